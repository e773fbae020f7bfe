"""Bringing in an invitation: which file, which meeting, then the form opens with what it says."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from casefile.desk import Desk
from casefile.errors import Unavailable
from casefile.exchange.calendar_bounds import MOST_BYTES
from casefile.exchange.diary.invitation import Invitation, draft_from_invitation, read_invitations
from casefile.exchange.documents.report import Prefilled
from casefile.files.queries.listing import find_file
from casefile.record.dates import long_date
from casefile.work.changed import Done
from ui.shell.context import Context
from ui.widgets.choice import Choice
from ui.widgets.dialogs import Ask, Field, say_done

ABOUT = (
    "The invitation is kept as a document of the file, and the form of the meeting opens with what it says. "
    "Nothing is signed; the form stands in your diary until the meeting was held."
)
_FORMS = (
    Choice("", "As the invitation says"),
    Choice("conference", "Conference"),
    Choice("core_group", "Core group"),
    Choice("strategy", "Strategy discussion"),
)


class Inviting(QObject):
    """Asks and starts.

    Signals:
        drafted: A form was started or moved; carries the place of it in the room of files.
    """

    drafted = Signal(object)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._parent = context, parent

    def ask(self, file_id: UUID | None) -> None:
        """Ask for the invitation; the file too, unless it is known."""
        chosen, _ = QFileDialog.getOpenFileName(
            self._parent, "Invitation", "", "Invitations (*.ics *.eml);;All files (*)"
        )
        if chosen:
            self.take(Path(chosen), file_id)

    def take(self, path: Path, file_id: UUID | None) -> None:
        """Read an invitation, off the UI thread, then ask what it does not say."""
        today = self._context.today
        self._context.jobs.long(
            self,
            "Reading the invitation",
            lambda _: read_invitations(path.name, _bytes(path), today),
            lambda found: self._which(found, file_id),
        )

    def _which(self, found: tuple[Invitation, ...], file_id: UUID | None) -> None:
        meetings = tuple(Choice(str(place), _words(one)) for place, one in enumerate(found))
        fields = [] if file_id else [Field("reference", "Reference of the file")]
        fields.append(Field("meeting", "Meeting", "0", meetings))
        fields.append(Field("form", "Form", "", _FORMS))
        ask = Ask("Invitation", ABOUT, fields, "Start the form", self._parent)

        def go(values: dict[str, str]) -> None:
            one = found[int(values["meeting"] or 0)]

            def start(desk: Desk) -> Done[tuple[UUID, Prefilled]]:
                held = file_id or desk.read(find_file, values["reference"]).id
                done = desk.do(draft_from_invitation, held, one, values["form"])
                return Done((held, done.result), done.changed)

            self._context.jobs.write(ask, start, lambda made: self._started(ask, *made), failed=ask.say)

        ask.given.connect(go)
        ask.open()

    def _started(self, ask: Ask, file_id: UUID, done: Prefilled) -> None:
        ask.accept()
        if done.draft_id is None:
            say_done(self._parent, "No form was started", f"{done.what} {done.why_not}")
            return
        self.drafted.emit((file_id, None, None, done.draft_id, done.record))


def _words(one: Invitation) -> str:
    day = long_date(one.event.first_day)
    at = "" if one.event.whole_days else f", {one.event.starts:%H:%M}"
    return f"{one.event.title or 'Meeting'}, {day}{at}"


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(MOST_BYTES * 4)
    except OSError as error:
        raise Unavailable(
            f"{path.name} cannot be read.", remedy="Check that it is there and try again."
        ) from error
