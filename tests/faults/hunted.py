"""What is hunted: an officer's day with words that can be looked for afterwards.

Run as a program of its own, so that its folders, its log and its end can be watched:
``python -m tests.faults.hunted desk STORE`` or ``… window STORE``. It says ``ready`` when it has done everything once.
At the desk it then goes on writing until it is stopped; the window closes as a person closes it when it is told to.
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
from casefile.errors import Cancelled, CasefileError
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
from casefile.opening import OpenFolder
from casefile.paper.actions import preview_file
from casefile.printing import print_copy
from casefile.work.progress import Quiet

GIVEN, FAMILY, GREEK = "Ondinella", "Quillfeather", "Ξένια Καλλιγά"
SIGNED = "the heron stood in the reeds at dusk"
DRAFTED = "an unsaved sparrow on the window ledge"
ATTACHED = "copper lanterns under the viaduct"
FIRST_PASSPHRASE, PASSPHRASE = "marble otter saddle", "otter kettle lamp viaduct"
PASSWORD = "plum river stone heron"
WORDS = (GIVEN, FAMILY, GREEK, SIGNED, DRAFTED, ATTACHED, FIRST_PASSPHRASE, PASSPHRASE, PASSWORD)
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


def work(folder: Path) -> tuple[OpenFolder, UUID]:
    """Make a store and do everything there is to do once; gives it open, and the file."""
    opened = opening.create(folder, FIRST_PASSPHRASE, keychain=False)
    opened.first_administrator("Hale", PASSWORD)
    desk = opened.desk
    desk.do(add_officer, NewOfficer("Marsh", "sergeant", PASSWORD))
    desk.sign_in("Marsh", PASSWORD)
    file_id = desk.do(open_file, "F-2026-00001").result
    for given, family in ((GIVEN, FAMILY), (GREEK, FAMILY)):
        name = {"kind": "legal", "given": given, "family": family}
        desk.do(add_person, file_id, {"name": name, "involvement": {"role": "subject"}})
    draft = desk.do(start_draft, file_id, "contact").result
    desk.do(save_draft, draft.id, _contact(SIGNED), draft.revision)
    desk.do(sign_entry, draft.id)
    desk.do(add_document, file_id, f"{FAMILY}.txt", (ATTACHED * 100_000).encode())
    desk.do(bring_in_document, file_id, read_whole(f"{FAMILY}.eml", _mail(), Quiet()))
    desk.read(preview_file, file_id)
    _print(desk, file_id, folder.parent / "copy.pdf")
    desk.read(list_files, text=FAMILY)
    desk.read(open_docket, file_id)
    out = desk.read(export_file, file_id)
    desk.do(bring_in_json, out, f"{FAMILY}.json")
    _keep_copies(opened, folder)
    _go_wrong(desk, folder, out)
    return opened, file_id


class StopAt:
    """Somebody who stops a long job."""

    def step(self, done: int, of: int | None, what: str) -> None:
        if done >= 3:
            raise Cancelled("The print was stopped.")


def _print(desk: Desk, file_id: UUID, target: Path) -> None:
    """A print that is stopped, and one that is made and carried away."""
    with contextlib.suppress(Cancelled):
        print_copy(desk, file_id, target, progress=StopAt())
    assert print_copy(desk, file_id, target).number == 2
    target.unlink()


def _keep_copies(opened: OpenFolder, folder: Path) -> None:
    """A new passphrase, a copy of the store, and the copy brought back."""
    opened.desk.sign_in("Hale", PASSWORD)
    opened.change_passphrase(PASSPHRASE)
    copy = folder.parent / "copy"
    opened.backup(copy)
    back = opening.restore(
        copy, folder.parent / "back", PASSPHRASE, lambda desk: desk.sign_in("Hale", PASSWORD)
    )
    back.close()
    opened.desk.sign_in("Marsh", PASSWORD)


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
        say("drafted")
        desk.do(save_draft, draft.id, _contact(SIGNED), revision)
        desk.do(sign_entry, draft.id)
        say("signed")


def _show(opened: OpenFolder, file_id: UUID) -> None:
    """The same record in the real window: typed on, looked for, looked at as pages, a mistake told; then closed."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from ui.app import build, start
    from ui.files.printing import PrintDialog
    from ui.files.screen import FilesScreen
    from ui.pictures import settle
    from ui.shell.errors import Trouble
    from ui.shell.settings import Settings

    window = build(QApplication([]), Settings())
    window.show()
    start(window, opened=opened, sign_in=("Marsh", PASSWORD))
    for target in (None, file_id, (file_id, "contacts")):
        window.go("files", target)
        settle(window)
    screen = window.pages.currentWidget()
    assert isinstance(screen, FilesScreen)
    assert screen.docket is not None
    screen.docket.new()
    settle(window)
    form = screen.docket.records.form
    assert form is not None
    prose = next(one for one in form.form.editors.values() if type(one).__name__ == "ProseEditor")
    QTest.keyClicks(prose.inner(), DRAFTED)
    form.keep()
    settle(window)
    screen.docket.print()
    settle(window)
    dialog = screen.docket.findChild(PrintDialog)
    assert dialog is not None
    assert dialog.view is not None
    assert dialog.view.document.pageCount() > 3
    say("shown")
    sys.stdin.readline()
    dialog.reject()
    _tell_of_a_mistake()
    for told in window.findChildren(Trouble):
        logging.getLogger("casefile").error(told.report())
        told.accept()
    window.close()


def _tell_of_a_mistake() -> None:
    try:
        raise ValueError(f"{FAMILY}: {SIGNED}")
    except ValueError as mistake:
        sys.excepthook(type(mistake), mistake, mistake.__traceback__)


def say(what: str) -> None:
    """One line to whoever hunts."""
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    logging.basicConfig(level=logging.DEBUG)
    store, file = work(Path(sys.argv[2]))
    if sys.argv[1] == "window":
        _show(store, file)
    else:
        say("ready")
        sys.stdin.readline()
        _write_on(store.desk, file)
