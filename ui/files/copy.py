"""Taking an encrypted copy of a file away for a conference, and returning it."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QFileDialog, QWidget

from casefile import copies
from casefile.copies import Taking
from casefile.desk import Desk
from casefile.errors import CasefileError
from casefile.exchange.copies.register import CopyTaken, longest_copy
from casefile.files.queries.docket import Docket
from casefile.files.queries.listing import find_file
from ui.shell.context import LONDON, Context
from ui.shell.jobs import Job
from ui.widgets.dialogs import Ask, Field, say_done

DAY = 24
"""Hours that are offered; the standard may allow fewer."""


def ask_copy(context: Context, docket: Docket | None, parent: QWidget) -> None:
    """Ask for whom, why and for how long; then where."""
    if docket is not None:
        context.jobs.read(
            parent,
            lambda desk: desk.read(longest_copy),
            lambda most: _ask(context, docket, parent, most),
            slot="copy",
        )


def _ask(context: Context, docket: Docket, parent: QWidget, most: int) -> None:
    ask = Ask(
        "Take a copy away",
        "An encrypted copy that Casefile opens without the store: everything in it can be read, nothing written, until "
        "its time is over. That it was taken, for whom and why, goes into the log; so does what is read in it, when you "
        "return it.",
        (
            Field("also", "Other files too", help="Their references, with commas between them"),
            Field("recipient", "Who reads it", context.desk.actor.name),
            Field("reason", "Why", help="For example: conference at the town hall, no network there"),
            Field("hours", "For how many hours", str(min(DAY, most)), help=f"At most {most}"),
            Field(
                "passphrase",
                "A passphrase for it",
                secret=True,
                help="At least twelve characters; say it to nobody else",
            ),
            Field("again", "The passphrase again", secret=True),
        ),
        "Choose where …",
        parent,
    )

    def given(values: dict[str, str]) -> None:
        if sentence := _wrong(values):
            ask.say(sentence)
            return
        chosen = QFileDialog.getExistingDirectory(ask, "Where the copy goes")
        if chosen:
            folder = Path(chosen) / f"Copy of {_plain(docket.reference)}"
            take_away(context, docket.id, folder, values, ask, parent)

    ask.given.connect(given)
    ask.open()


def take_away(
    context: Context, file_id: UUID, folder: Path, values: dict[str, str], ask: Ask, parent: QWidget
) -> None:
    """Take the copy, off the UI thread."""
    desk = context.desk
    also = [one.strip() for one in values["also"].split(",") if one.strip()]

    def work(job: Job) -> CopyTaken:
        files = (file_id, *(desk.read(find_file, one).id for one in also))
        return copies.take(
            desk,
            Taking(
                folder,
                files,
                values["recipient"],
                values["reason"],
                int(values["hours"]),
                values["passphrase"],
            ),
            job,
        )

    def taken(copy: CopyTaken) -> None:
        ask.accept()
        until = copy.until.astimezone(LONDON)
        words = (
            f"The copy of {', '.join(copy.references)} stands in {folder}. Open it from the first page of Casefile, or "
            f"with “casefile copy open”. It can be read until {until.day} {until:%B, %H:%M}. Return it when you are back."
        )
        say_done(parent, "Copy taken", words)

    context.jobs.long(ask, "Taking a copy", work, taken, failed=ask.say)


def ask_return(context: Context, parent: QWidget) -> None:
    """Ask which copy comes back."""
    chosen = QFileDialog.getExistingDirectory(parent, "The folder of the copy")
    if chosen:
        give_back(context, Path(chosen), parent)


def give_back(context: Context, folder: Path, parent: QWidget) -> None:
    """Return the copy in *folder*: ask for its passphrase, unless its time is over."""
    over = (folder / copies.READINGS).exists()
    ask = Ask(
        "Return a copy",
        "What was read in it goes into the log of the store, and everything of it is deleted from this folder.",
        ()
        if over
        else (
            Field(
                "passphrase", "Its passphrase", secret=True, help="Leave it empty if nobody knows it any more"
            ),
        ),
        "Return it",
        parent,
    )

    def given(values: dict[str, str]) -> None:
        passphrase = values.get("passphrase") or None
        context.jobs.long(
            ask,
            "Returning a copy",
            lambda _: _returned(context.desk, folder, passphrase),
            done,
            failed=failed,
        )

    def done(logged: int) -> None:
        ask.accept()
        say_done(parent, "Copy returned", f"It is deleted. Readings that went into the log: {logged:,}.")

    def failed(error: CasefileError) -> None:
        ask.say(error)

    ask.given.connect(given)
    ask.open()


def _returned(desk: Desk, folder: Path, passphrase: str | None) -> int:
    return copies.return_copy(desk, folder, passphrase)


def _wrong(values: dict[str, str]) -> str:
    if not values["reason"].strip():
        return "Say why: it goes into the log."
    if not values["hours"].strip().isdecimal():
        return "Say for how many hours, as a number."
    if values["passphrase"] != values["again"]:
        return "The two passphrases are not the same. Type the second again."
    return ""


def _plain(reference: str) -> str:
    return "".join(one if one.isalnum() else "-" for one in reference)
