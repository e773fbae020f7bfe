"""Recording an absence or putting it right: what it asks for, and what is wrong with it, is said as it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame

from casefile.access.queries import OfficerRow
from casefile.errors import CasefileError, Invalid
from casefile.handover.absence import AbsenceRow, record_absence
from casefile.handover.foresight import Sight, foresee_absence
from casefile.record.dates import NotADate, read_date
from casefile.record.described import Description, FieldKind, FieldSpec
from casefile.work.names import Permission
from ui.shell.context import Context
from ui.widgets.choice import Around, Choice
from ui.widgets.flow import Flow
from ui.widgets.form import Form
from ui.widgets.parts import button, column, keys, label, readable

TYPING = 300
"""Milliseconds after the last key until it is said what the absence means."""
_OFFICER = FieldSpec("officer", "Officer", FieldKind.OFFICER, needed=True)
_FIELDS = (
    FieldSpec("kind", "Kind", FieldKind.CODE, codes="absence_kind", needed=True),
    FieldSpec("from_on", "First day", FieldKind.DATE, needed=True),
    FieldSpec("until_on", "Last day", FieldKind.DATE, "Leave it open while nobody knows it."),
    FieldSpec("planned", "Known ahead", FieldKind.YES_NO, "No for a sudden absence."),
    FieldSpec("note", "Note", FieldKind.PROSE, "Read by the officer and those who allocate files."),
)


class AbsenceForm(QFrame):
    """The card with the form.

    Signals:
        recorded: It stands; carries its identity.
        closed: The form was closed.
    """

    recorded = Signal(object)
    closed = Signal()

    def __init__(
        self,
        context: Context,
        officers: Sequence[OfficerRow],
        held: AbsenceRow | None,
        *,
        short: bool = False,
        stacked: bool = False,
    ) -> None:
        """*held* is the record to be put right; None to record another."""
        super().__init__()
        self.setObjectName("card")
        self._context, self._held = context, held
        others = context.may(Permission.ALLOCATE) and held is None
        body = column(self, margins=16, gap=12)
        title = f"Put right: {held.officer}" if held else "Record an absence"
        body.addWidget(label(title, "section-title", wrap=True))
        around = Around(
            context.today,
            context.desk.standards.codes,
            officers=tuple(Choice(str(one.id), one.shown) for one in officers),
            short=short,
            stacked=stacked,
        )
        fields = (_OFFICER, *_FIELDS) if others else _FIELDS
        self.form = Form(Description("absence", "", "Absence", "", fields), around)
        self.form.set_state(_state(held))
        body.addWidget(self.form)
        self.means = readable("", "strong")
        body.addWidget(self.means)
        self.said = label("", "fault", wrap=True)
        self.said.hide()
        body.addWidget(self.said)
        foot = Flow(gap=8, right=True)
        foot.addWidget(button("Close", self.closed.emit, hint="Esc"))
        self.verb = button("Put right" if held else "Record", self.record, name="primary", hint="Ctrl+Enter")
        foot.addWidget(self.verb)
        body.addLayout(foot)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(TYPING)
        self._wait.timeout.connect(self.foresee)
        self.form.changed.connect(self._typed)
        keys(self, "Ctrl+Return", self.record)
        keys(self, "Esc", self.closed.emit)
        if held is not None:
            self.foresee()

    def foresee(self) -> None:
        """Ask what the absence means as typed; nothing while it has no officer, kind or first day."""
        self._wait.stop()
        said = self._typed_days()
        if said is None:
            self.means.setText("")
            return
        officer, kind, first, last = said
        replaces = self._held.id if self._held else None
        self._context.jobs.read(
            self, lambda desk: desk.read(foresee_absence, officer, first, last, kind, replaces_id=replaces),
            self._foreseen, failed=self._failed, slot="foresee",
        )  # fmt: skip

    def record(self) -> None:
        """Record it, or say what is wrong."""
        state = self.form.state()
        said = self._typed_days()
        if said is None:
            wrong = (one.trouble() for one in self.form.editors.values())
            who = "the officer, the kind" if "officer" in self.form.editors else "the kind"
            self._say(next((one for one in wrong if one), f"Give {who} and the first day."))
            return
        officer, kind, first, last = said
        note, planned = str(state.get("note") or ""), state.get("planned") is not False
        replaces = self._held.id if self._held else None
        self.verb.setEnabled(False)
        self._context.jobs.write(
            self,
            lambda desk: desk.do(
                record_absence, officer, first, last, kind, note, planned=planned, replaces_id=replaces
            ),
            self.recorded.emit,
            failed=self._failed,
        )

    def _typed_days(self) -> tuple[UUID, str, date, date | None] | None:
        """Officer, kind and days, once they can be read."""
        state, mine = self.form.state(), self._context.desk.actor.officer_id
        own = mine if "officer" not in self.form.editors else None
        given = self._held.officer_id if self._held else state.get("officer", own)
        try:
            officer = given if isinstance(given, UUID) else UUID(str(given))
            first = read_date(str(state.get("from_on") or ""))
            last = read_date(str(state["until_on"])) if state.get("until_on") else None
        except (NotADate, ValueError):
            return None
        kind = str(state.get("kind") or "")
        return (officer, kind, first, last) if kind else None

    def _typed(self) -> None:
        self.said.hide()
        self._wait.start()

    def _foreseen(self, sight: Sight) -> None:
        self.form.clear_faults()
        if sight.faults:
            focus = self.focusWidget()
            self.form.show_faults(sight.faults)
            if focus is not None:
                focus.setFocus()
        files = "no open file is held" if not sight.held else f"{sight.held:,} open files are held"
        files = "1 open file is held" if sight.held == 1 else files
        going = f"; {', '.join(sight.going)} goes on" if sight.going else ""
        mark = "◆ " if sight.needs_from is not None and sight.held else ""
        self.means.setText(f"{mark}{sight.sentence} {files[:1].upper()}{files[1:]}{going}.".strip())

    def _failed(self, error: CasefileError) -> None:
        self.verb.setEnabled(True)
        if isinstance(error, Invalid):
            self.form.show_faults([one for one in error.faults if one.field])
            rest = " ".join(one.sentence for one in error.faults if not one.field)
            self._say(f"{rest} {error.kept}".strip())
        else:
            self._say(f"{error.sentence} {error.kept} {error.remedy}".strip())

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.said.show()


def _state(held: AbsenceRow | None) -> dict[str, Any]:
    if held is None:
        return {"planned": True}
    return {
        "kind": held.kind,
        "from_on": held.from_on.isoformat(),
        "until_on": held.until_on.isoformat() if held.until_on else None,
        "planned": held.planned,
        "note": held.note or None,
    }
