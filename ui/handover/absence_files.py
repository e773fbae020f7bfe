"""Absences from files and into one: a duty system's CSV, an officer's calendar, a team's absences as a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from casefile.access.queries import OfficerRow
from casefile.desk import Desk
from casefile.errors import Unavailable
from casefile.exchange.absences import AbsenceReport, export_absences, import_absences, import_calendar
from casefile.exchange.calendar_bounds import MOST_BYTES
from casefile.exchange.diary.feeds import put_file
from casefile.work.changed import Done
from casefile.work.names import Permission
from ui.handover.acts import officer_given
from ui.shell.context import Context
from ui.widgets.choice import Choice
from ui.widgets.dialogs import Ask, Field, say_done

TOLD = 12
"""Sentences on what was left out that are shown; how many more is said."""


class AbsenceFiles:
    """Asks where from and where to, and does it."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        self._context, self._parent = context, parent
        self.officers: Sequence[OfficerRow] = ()

    def ask_import(self) -> None:
        """Ask for a CSV or a calendar."""
        chosen, _ = QFileDialog.getOpenFileName(
            self._parent, "Absences", "", "Absences (*.csv *.ics);;All files (*)"
        )
        if chosen:
            self.take(Path(chosen))

    def take(self, path: Path) -> None:
        """Bring in a CSV, or ask whose calendar it is."""
        if path.suffix.lower() == ".ics":
            self._ask_calendar(path)
            return
        self._context.jobs.write(
            self._parent, lambda desk: desk.do(import_absences, _bytes(path), path.name), self._told
        )

    def ask_export(self) -> None:
        """Ask which team, and where to."""
        teams = tuple(dict.fromkeys(one.team for one in self.officers if one.team))
        choices = (Choice("", "Everybody"), *(Choice(one, one) for one in sorted(teams)))
        me = self._context.desk.actor.officer_id
        mine = next((one.team for one in self.officers if one.id == me), "")
        about = (
            "It says who is away, never why. The dates of a team with its absences go out from the Diary, under "
            "Calendar file."
        )
        ask = Ask(
            "Absences as a calendar", about, (Field("team", "Team", mine, choices),), "Save …", self._parent
        )

        def go(given: dict[str, str]) -> None:
            target, _ = QFileDialog.getSaveFileName(ask, "Save calendar", "absences.ics", "Calendar (*.ics)")
            if target:
                self.save(Path(target), given["team"], ask)

        ask.given.connect(go)
        ask.open()

    def save(self, target: Path, team: str, ask: Ask | None = None) -> None:
        """Write the absences of a team, or of everybody, to a file."""

        def write(desk: Desk) -> bytes:
            data = desk.read(export_absences, team)
            put_file(target, data)
            return data

        def done(_: bytes) -> None:
            if ask is not None:
                ask.accept()
            say_done(self._parent, "Saved", f"The calendar stands in {target.name}.")

        self._context.jobs.read(
            self._parent, write, done, failed=ask.say if ask is not None else None, slot="export"
        )

    def _ask_calendar(self, path: Path) -> None:
        kinds = tuple(
            Choice(one.code, one.label)
            for one in self._context.desk.standards.codes("absence_kind").codes
            if one.code != "no_access"
        )
        fields = [Field("kind", "Take each whole day as", choices=kinds, help="Empty: what its title says.")]
        me = str(self._context.desk.actor.officer_id)
        if self._context.may(Permission.ALLOCATE):
            people = tuple(Choice(str(one.id), one.shown, one.team) for one in self.officers)
            fields.insert(0, Field("officer", "Whose calendar", me, people))
        about = (
            "A month back and two years ahead are read; only what lasts whole days, or a working day, counts."
        )
        ask = Ask(f"Absences of {path.name}", about, fields, "Bring in", self._parent)

        def go(desk: Desk, given: dict[str, str]) -> Done[AbsenceReport]:
            officer = officer_given(given.get("officer") or me)
            return desk.do(import_calendar, _bytes(path), officer, given["kind"] or None)

        def done(report: AbsenceReport) -> None:
            ask.accept()
            self._told(report)

        ask.given.connect(
            lambda given: self._context.jobs.write(ask, lambda desk: go(desk, given), done, failed=ask.say)
        )
        ask.open()

    def _told(self, report: AbsenceReport) -> None:
        words = f"{report.added} recorded, {report.held} stood already."
        more = len(report.aside) - TOLD
        lines = [words, *report.aside[:TOLD], *([f"And {more} more."] if more > 0 else [])]
        say_done(self._parent, "Absences brought in", "\n".join(lines))


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(MOST_BYTES * 4)
    except OSError as error:
        raise Unavailable(
            f"{path.name} cannot be read.", kept="No absence was recorded.", remedy="Check that it is there."
        ) from error
