"""What is hunted: an officer who does everything there is to do with words that can be looked for afterwards.

Run as a program of its own, so that its folders, its log and its end can be watched:
``python -m tests.faults.hunted desk STORE`` or ``… window STORE OUT``. It says ``ready`` when it has done everything once,
then goes on writing until it is stopped.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import UUID

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.cli import main
from casefile.desk import Desk
from casefile.errors import CasefileError
from casefile.exchange.documents.bring_in import bring_in_document
from casefile.exchange.json_file.bring_in import bring_in_json
from casefile.exchange.json_file.export import export_file
from casefile.exchange.readers import read_whole
from casefile.files.actions.documents import add_document
from casefile.files.actions.drafts import save_draft, start_draft
from casefile.files.actions.entries import sign_entry
from casefile.files.actions.files import open_file
from casefile.files.actions.people import add_person
from casefile.files.queries.docket import open_docket
from casefile.files.queries.listing import list_files
from casefile.opening import OpenStore
from casefile.paper.actions import print_file
from casefile.work.progress import Quiet

GIVEN, FAMILY, GREEK = "Ondine", "Quillfeather", "Ξένια Καλλιγά"
SIGNED = "the heron stood in the reeds at dusk"
DRAFTED = "an unsaved sparrow on the window ledge"
ATTACHED = "copper lanterns under the viaduct"
PASSPHRASE, PASSWORD = "otter kettle lamp viaduct", "plum river stone heron"
WORDS = (GIVEN, FAMILY, GREEK, SIGNED, DRAFTED, ATTACHED, PASSPHRASE, PASSWORD)
"""None of these may ever lie anywhere in the clear."""


def _contact(note: str) -> dict[str, Any]:
    return {
        "happened_on": "2026-03-02", "known_on": "2026-03-02", "kind": "school", "by_whom": f"DC {FAMILY}",
        "child_seen": "alone", "note": note,
    }  # fmt: skip


def _mail() -> bytes:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = FAMILY, "a@example.org", "b@example.org"
    mail.set_content(f"{ATTACHED}\n{GREEK}")
    mail.add_attachment(
        (ATTACHED * 20_000).encode(), maintype="text", subtype="plain", filename=f"{FAMILY}.txt"
    )
    return mail.as_bytes()


def work(folder: Path) -> tuple[OpenStore, UUID]:
    """Make a store and do everything there is to do once; gives it open, and the file."""
    opened = opening.create(folder, PASSPHRASE, keychain=False)
    opened.first_administrator("Hale", PASSWORD)
    desk = opened.desk
    desk.do(add_officer, NewOfficer("Marsh", "sergeant", PASSWORD))
    desk.sign_in("Marsh", PASSWORD)
    file_id = desk.do(open_file, "F-2026-00001").result
    for given, family in ((GIVEN, FAMILY), (GREEK, FAMILY)):
        name = {"kind": "legal", "given": given, "family": family}
        desk.do(add_person, file_id, {"name": name, "involvement": {"role": "subject"}})
    draft = desk.do(start_draft, file_id, "contact").result
    saved = desk.do(save_draft, draft.id, _contact(SIGNED), draft.revision).result
    assert saved.revision > draft.revision
    desk.do(sign_entry, draft.id)
    desk.do(add_document, file_id, f"{FAMILY}.txt", (ATTACHED * 100_000).encode())
    desk.do(bring_in_document, file_id, read_whole(f"{FAMILY}.eml", _mail(), Quiet()))
    desk.do(print_file, file_id)
    desk.read(list_files, text=FAMILY)
    desk.read(open_docket, file_id)
    out = desk.read(export_file, file_id)
    desk.do(bring_in_json, out, f"{FAMILY}.json")
    _go_wrong(desk, folder, out)
    return opened, file_id


def _go_wrong(desk: Desk, folder: Path, out: bytes) -> None:
    """Everything that fails must keep quiet about what it was about."""
    for tried in (
        lambda: desk.do(bring_in_json, out[: len(out) // 2], f"{FAMILY}.json"),
        lambda: desk.do(bring_in_json, out.replace(b'"contact"', b'"gossip"'), "x.json"),
        lambda: desk.do(open_file, FAMILY * 2, SIGNED),  # type: ignore[arg-type]
        lambda: opening.open_with_passphrase(folder, DRAFTED),
    ):
        # Ours or the world's: what is caught here is what the window and the terminal catch.
        try:
            tried()
        except CasefileError:
            logging.getLogger("casefile").warning("refused")
        except Exception as mistake:  # noqa: BLE001
            logging.getLogger("casefile").warning("mistake %s", type(mistake).__name__)
    os.environ["CASEFILE_PASSPHRASE"] = PASSPHRASE
    os.environ |= {"CASEFILE_OFFICER": "Marsh", "CASEFILE_PASSWORD": PASSWORD}
    with contextlib.redirect_stdout(None):
        main(["doctor", str(folder)])
        main(["show", str(folder), "F-NONE"])


def _write_on(desk: Desk, file_id: UUID) -> None:
    """Draft and sign until stopped, and say so each time."""
    while True:
        draft = desk.do(start_draft, file_id, "contact").result
        revision = desk.do(save_draft, draft.id, _contact(DRAFTED), draft.revision).result.revision
        desk.do(save_draft, draft.id, _contact(SIGNED), revision)
        desk.do(sign_entry, draft.id)
        sys.stdout.write("signed\n")
        sys.stdout.flush()


def _show(opened: OpenStore, out: Path) -> None:
    """The same record in the real window, page by page."""
    from ui.app import pictures

    pictures(opened, ("Marsh", PASSWORD), out)


if __name__ == "__main__":
    logging.basicConfig(level=logging.DEBUG)
    store, file = work(Path(sys.argv[2]))
    if sys.argv[1] == "window":
        _show(store, Path(sys.argv[3]))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    if sys.argv[1] == "desk":
        sys.stdin.readline()
        _write_on(store.desk, file)
