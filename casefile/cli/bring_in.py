"""Bringing things in from a terminal: each path by itself, all of it or nothing, and words about each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from casefile.cli.session import Store, signed_in
from casefile.cli.speak import Code, Counter, apologise, give
from casefile.desk import Desk
from casefile.errors import CasefileError, Invalid, Missing, Unavailable

LARGEST = 512 * 1024 * 1024
"""Bytes of one file: far above any return or report, far below what would fill the memory."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of one path.

    Attributes:
        path: What was brought in.
        lines: What happened, in words.
        report: The same for programs, as JSON text.
    """

    path: str
    lines: tuple[str, ...]
    report: str


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("import")(bring_in)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for beside the paths.

    Attributes:
        file: Reference of the file that documents belong to; None for none.
        received_on: The day police had it; None is today.
        mapping: For docket indexes: mapping files, or pairs ``Target=Column``.
    """

    file: str | None = None
    received_on: date | None = None
    mapping: tuple[str, ...] = ()


def bring_in(
    store: Store,
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Census returns (.xml), whole files (.json), docket indexes (.csv, .xlsx), and documents for one file (--file)."
        ),
    ],
    file: Annotated[
        str | None, typer.Option("--file", help="Reference of the file that documents belong to.")
    ] = None,
    received: Annotated[
        datetime | None,
        typer.Option("--received-on", formats=["%Y-%m-%d"], help="The day police had it; today if left out."),
    ] = None,
    mapping: Annotated[
        list[str] | None,
        typer.Option(
            "--map", help="For a docket index: a mapping file, or Target=Column, as often as needed."
        ),
    ] = None,
    show_map: Annotated[
        bool,
        typer.Option(
            "--show-map", help="Print what the columns of an index seem to hold, as a mapping file."
        ),
    ] = False,
    reports: Annotated[
        Path | None, typer.Option("--report", help="A folder for the report of each path, as JSON.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Bring files in. Each is brought in whole or not at all; the next is tried when one cannot be."""
    code = Code.DONE.value
    done: list[Brought] = []
    wanted = Wanted(file, received.date() if received else None, tuple(mapping or ()))
    if show_map:
        raise typer.Exit(_show_maps(paths))
    with signed_in(store) as opened:
        for path in paths:
            try:
                done.append(one(opened.desk, path, wanted))
            except CasefileError as error:
                typer.echo(f"{path}: ", err=True, nl=False)
                code = apologise(error)
            else:
                if not as_json:
                    typer.echo("\n".join(done[-1].lines))
    if as_json:
        give([{"path": each.path, "report": each.lines} for each in done])
    if reports is not None:
        _write(reports, done)
    if code:
        raise typer.Exit(code)


def one(desk: Desk, path: Path, wanted: Wanted | None = None) -> Brought:
    """Bring one file in, by what its name says it is.

    Raises:
        Missing: There is no such file.
        Invalid: Casefile does not know such files, or it is too large.
        Damaged: It is not what its name says.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(READERS))
        raise Invalid(
            f"Casefile brings in {known} here, not {path.suffix or 'a file without an ending'}.", kept=_KEPT
        )
    return reader(desk, path, _bytes(path), wanted or Wanted())


_KEPT = "Nothing of it was brought in."


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise Invalid(f"{path.name} is larger than {LARGEST // 1024**2} MB.", kept=_KEPT)
        return path.read_bytes()
    except FileNotFoundError:
        raise Missing(f"There is no file {path}.", kept=_KEPT) from None
    except OSError as error:
        raise Unavailable(f"{path} cannot be read: {error.strerror}.", kept=_KEPT) from error


def _census(desk: Desk, path: Path, data: bytes, wanted: Wanted) -> Brought:
    from casefile.exchange.census.bring_in import bring_in_census

    report = (
        desk.with_(progress=Counter())
        .do(bring_in_census, data, path.name, received_on=wanted.received_on)
        .result
    )
    return Brought(str(path), report.lines(), report.as_json())


def _json(desk: Desk, path: Path, data: bytes, wanted: Wanted) -> Brought:
    from casefile.exchange.json_file.bring_in import bring_in_json

    report = desk.with_(progress=Counter()).do(bring_in_json, data, path.name).result
    return Brought(str(path), report.lines(), report.as_json())


def _document(desk: Desk, path: Path, data: bytes, wanted: Wanted) -> Brought:
    from casefile.exchange.documents.bring_in import bring_in_document
    from casefile.exchange.readers import read_whole
    from casefile.files.queries.listing import find_file

    if wanted.file is None:
        raise Invalid(
            f"{path.name} is a document: name the file it belongs to with --file REFERENCE.", kept=_KEPT
        )
    file_id = desk.read(find_file, wanted.file).id
    parts = read_whole(path.name, data, Counter())
    errand = desk.with_(progress=Counter())
    report = errand.do(bring_in_document, file_id, parts, received_on=wanted.received_on).result
    return Brought(str(path), report.lines(), report.as_json())


def _show_maps(paths: list[Path]) -> int:
    """Print the guessed mapping of each index; nothing is read from the store, so nobody signs in."""
    from casefile.exchange.docket import open_index
    from casefile.exchange.docket.choose import as_file

    code = Code.DONE.value
    for path in paths:
        try:
            if path.suffix.lower() not in INDEXES:
                raise Invalid(
                    f"{path.name} is no docket index: those are {' and '.join(INDEXES)}.", kept=_KEPT
                )
            typer.echo(as_file(open_index(_bytes(path), path.name)), nl=False)
        except CasefileError as error:
            typer.echo(f"{path}: ", err=True, nl=False)
            code = apologise(error)
    return code


def _docket(desk: Desk, path: Path, data: bytes, wanted: Wanted) -> Brought:
    from casefile.exchange.docket import open_index
    from casefile.exchange.docket.bring_in import bring_in_docket
    from casefile.exchange.docket.choose import certain_map, laid_over
    from casefile.exchange.docket.mapping import load_map

    pairs = [one.partition("=") for one in wanted.mapping if "=" in one]
    files = [Path(one) for one in wanted.mapping if "=" not in one]
    if len(files) > 1 or (files and pairs):
        raise Invalid("Give one mapping file, or pairs Target=Column; not both.", kept=_KEPT)
    if files:
        mapping = load_map(_bytes(files[0]), files[0].name)
    else:
        index = open_index(data, path.name)
        said = [(target, column) for target, _, column in pairs]
        try:
            mapping = laid_over(index, said) if said else certain_map(index)
        except Invalid as refused:
            refused.remedy = "Say it with --map; --show-map prints the guess as a mapping file to edit."
            raise
    report = (
        desk.with_(progress=Counter())
        .do(bring_in_docket, data, path.name, mapping, received_on=wanted.received_on)
        .result
    )
    return Brought(str(path), report.lines(), report.as_json())


INDEXES = (".csv", ".xlsx")
"""Endings of docket indexes."""
DOCUMENTS = (".docx", ".pdf", ".eml", ".msg", ".rtf", ".odt", ".txt")
"""Endings of documents, as people have them."""
READERS: dict[str, Callable[[Desk, Path, bytes, Wanted], Brought]] = {
    ".xml": _census,
    ".json": _json,
    **dict.fromkeys(INDEXES, _docket),
    **dict.fromkeys(DOCUMENTS, _document),
}
"""What is brought in, by the ending of the file's name."""


def _write(folder: Path, done: list[Brought]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for each in done:
            (folder / f"{Path(each.path).stem}.report.json").write_text(each.report, "utf-8")
    except OSError as error:
        raise Unavailable(
            f"The reports cannot be written to {folder}: {error.strerror}.",
            kept="What was brought in is in the store.",
        ) from error
