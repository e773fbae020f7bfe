"""What is there: versions, keychain, places, and whether a store and its log are sound. Touches nothing."""

from __future__ import annotations

import platform
import shutil
import sys
from importlib import metadata

import sqlcipher3.dbapi2 as sqlcipher
from platformdirs import user_config_path

from casefile import __version__, opening
from casefile.errors import CasefileError
from casefile.opening import APPLICATION, OpenFolder, OpenStore
from casefile.opening.findings import Finding, of_server
from casefile.search.mending import stands
from casefile.standards import library
from casefile.work.progress import Progress

_LOW_DISK = 1_000_000_000
"""Bytes free under which a store may soon not be able to write."""


def machine() -> tuple[Finding, ...]:
    """What this machine and this installation are."""
    return (
        Finding(
            "Casefile", f"{__version__}{' (installed program)' if getattr(sys, 'frozen', False) else ''}"
        ),
        Finding("System", f"{platform.platform()}, Python {platform.python_version()}"),
        *_versions("PySide6-Essentials", "SQLAlchemy", "sqlcipher3", "reportlab", "holidays"),
        _cipher(),
        _keychain(),
        _standards(),
        _views(),
        Finding("Settings", str(user_config_path(APPLICATION, appauthor=False))),
        Finding("Store where none was chosen", str(opening.default_folder())),
    )


def store(opened: OpenStore, progress: Progress) -> tuple[Finding, ...]:
    """Whether an open store, its log and its disk, or the server it is on, are sound.

    On a server an officer must be signed in, who may read the log.
    """
    faults = opened.faults()
    end = str(opening.heads_of(opened.identity)) if opened.identity else "nowhere yet"
    return (
        Finding("Store", opened.place),
        Finding("Pages and references", "; ".join(faults) or "sound", not faults),
        _log(opened, progress),
        _words(opened),
        Finding("End of the log, kept at", end),
        *(_folder(opened) if isinstance(opened, OpenFolder) else of_server(opened.desk.store)),
    )


def _folder(opened: OpenFolder) -> tuple[Finding, ...]:
    free = shutil.disk_usage(opened.folder).free
    return (
        Finding("Key kept in", opened.kept_in or "no keychain: under the recovery passphrase only"),
        Finding("Free on its disk", f"{free / 1e9:,.1f} GB", free > _LOW_DISK),
    )


def _log(opened: OpenStore, progress: Progress) -> Finding:
    try:
        verdict = opened.desk.verify_log(progress)
    except CasefileError as error:
        return Finding("Log", f"It cannot be proven. {error.sentence}", sound=False)
    faults = " ".join(one.sentence for one in verdict.faults)
    return Finding("Log", f"{verdict.rows:,} rows, intact" if verdict.intact else faults, verdict.intact)


def _words(opened: OpenStore) -> Finding:
    """Whether what is searched is what the records say: each has its words, and the engine's index holds them."""
    try:
        with opened.desk.store.reading() as session:
            found = stands(session)
    except CasefileError as error:
        return Finding("Words that are searched", f"They cannot be looked at. {error.sentence}", sound=False)
    if found.sound:
        return Finding("Words that are searched", f"{found.rows:,} records, all found")
    return Finding(
        "Words that are searched",
        found.sentence,
        sound=False,
        why="A search may not find what is on record. The records themselves are whole.",
        remedy="Let an officer who keeps files run: casefile mend-words STORE.",
    )


def _versions(*names: str) -> list[Finding]:
    found: list[Finding] = []
    for name in names:
        try:
            found.append(Finding(name, metadata.version(name)))
        except metadata.PackageNotFoundError:
            found.append(Finding(name, "is missing", sound=False))
    return found


def _cipher() -> Finding:
    connection = sqlcipher.connect(":memory:")
    try:
        version = connection.execute("PRAGMA cipher_version").fetchone()
    finally:
        connection.close()
    return Finding("Encryption", f"SQLCipher {version[0]}" if version else "is missing", bool(version))


def _keychain() -> Finding:
    name = opening.keychain_name()
    return Finding(
        "Keychain", name or "none that keeps secrets safely: the passphrase is asked for each time"
    )


def _views() -> Finding:
    """Questions across files: how many, where a force's own are looked for, and why some do not load."""
    from casefile.ask.views import folders, load_views

    try:
        found = load_views(library())
    except CasefileError as error:
        return Finding("Questions across files", error.sentence, sound=False)
    where = ", ".join(str(one) for one in folders())
    broken = " ".join(one.why for one in found.broken)
    told = f"{len(found.ready)}; a force’s own are looked for in {where}"
    return Finding("Questions across files", f"{told}. {broken}".strip(". "), not broken)


def _standards() -> Finding:
    try:
        library()
    except CasefileError as error:
        return Finding("Standards", error.sentence, sound=False)
    return Finding("Standards", "loaded and valid")
