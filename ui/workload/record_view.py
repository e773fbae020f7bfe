"""One staff record: what is lacking first, then accreditations, conflicts of interest and terms of service."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from casefile.record.dates import long_date
from casefile.workload.record_rows import AccreditationRow, ConflictRow, StaffRecord
from ui.room import Command
from ui.shell.context import Context
from ui.widgets.flow import Flow
from ui.widgets.lists import Item, ItemList
from ui.widgets.parts import button, card, clear, column, label
from ui.workload import record_forms as forms

_STATES = {"stands": "done", "expired": "late", "withdrawn": "late", "not yet": "plain"}


class RecordView(QWidget):
    """The record of one officer.

    Signals:
        changed: Something was recorded in it.
        wanted: The file of a conflict of interest is wanted.
    """

    changed = Signal()
    wanted = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.found: StaffRecord | None = None
        self._body = column(self, margins=(16, 14, 16, 14), gap=12)
        self.accreditations: ItemList | None = None
        self.conflicts: ItemList | None = None

    def take_focus(self) -> None:
        """Go into the record by keyboard."""
        if self.accreditations is not None:
            self.accreditations.setFocus()
            self.accreditations.choose_first()

    def commands(self) -> tuple[Command, ...]:
        """What can be recorded in it now."""
        found = self.found
        if found is None:
            return ()
        keeping = (
            Command("Add an accreditation", self.add),
            Command("Record hours, probation or areas", self.ask_terms),
        )
        declaring = (Command("Declare a conflict of interest", self.declare),)
        return (keeping if found.may_keep else ()) + (declaring if found.may_declare else ())

    def show_record(self, found: StaffRecord | None) -> None:
        """Show a record instead; nothing where there is none."""
        self.found = found
        clear(self._body)
        self.accreditations = self.conflicts = None
        if found is None:
            self._body.addWidget(label("Nobody fits.", "quiet", wrap=True))
            self._body.addStretch(1)
            return
        self._body.addWidget(self._head(found))
        self._body.addWidget(self._accreditations(found))
        if found.may_declare:
            self._body.addWidget(self._conflicts(found))
        self._body.addWidget(self._terms(found))
        self._body.addStretch(1)

    def add(self) -> None:
        """Ask for an accreditation that was granted."""
        if self.found is not None and self.found.may_keep:
            forms.ask_accreditation(self._context, self.found, self, self.changed.emit)

    def ask_terms(self) -> None:
        """Ask what of their terms changes, and from when."""
        if self.found is not None and self.found.may_keep:
            forms.ask_terms(self._context, self.found, self, self.changed.emit)

    def declare(self) -> None:
        """Ask for a conflict of interest."""
        if self.found is not None and self.found.may_declare:
            forms.ask_conflict(self._context, self.found, self, self.changed.emit)

    def _head(self, found: StaffRecord) -> QWidget:
        row, frame = found.row, card()
        frame.setProperty("danger", any(gap.now for gap in row.gaps))
        body = column(frame, margins=14, gap=6)
        body.addWidget(label(row.officer, "section-title", wrap=True))
        parts = [
            row.role_title,
            row.team or "No team",
            *([row.post] if row.post not in ("", row.role_title) else []),
        ]
        parts += [f"covers {', '.join(row.areas)}"] if row.areas else []
        body.addWidget(label(" · ".join(parts), "quiet", wrap=True))
        for gap, told in zip(row.gaps, row.told, strict=True):
            body.addWidget(label(f"{'▲' if gap.now else '◷'} {told}", "fault" if gap.now else "", wrap=True))
        if not row.gaps:
            body.addWidget(label("✓ Nothing that the role needs is lacking.", "", wrap=True))
        return frame

    def _accreditations(self, found: StaffRecord) -> QWidget:
        frame = card()
        body = column(frame, margins=14, gap=6)
        body.addWidget(label("Accreditations", "strong"))
        self.accreditations = ItemList(self._context.theme, "Accreditations", browse=True)
        items = [_accreditation(one) for one in found.accreditations]
        self.accreditations.show_items(items or [Item("None is recorded.")])
        self.accreditations.keep_whole()
        self.accreditations.opened.connect(self._change)
        body.addWidget(self.accreditations)
        if found.may_keep:
            line = Flow(gap=8)
            line.addWidget(button("Add an accreditation …", self.add))
            if found.accreditations:
                line.addWidget(
                    button("Withdraw …", self._withdraw, hint="The accreditation chosen; Enter puts it right")
                )
            body.addLayout(line)
        return frame

    def _conflicts(self, found: StaffRecord) -> QWidget:
        frame = card()
        body = column(frame, margins=14, gap=6)
        body.addWidget(label("Conflicts of interest", "strong"))
        self.conflicts = ItemList(self._context.theme, "Conflicts of interest", browse=True)
        items = [_conflict(one) for one in found.conflicts]
        self.conflicts.show_items(items or [Item("None is declared.")])
        self.conflicts.keep_whole()
        self.conflicts.opened.connect(self._to_file)
        body.addWidget(self.conflicts)
        line = Flow(gap=8)
        line.addWidget(button("Declare one …", self.declare))
        if found.may_keep and found.conflicts:
            line.addWidget(button("It has ended …", self._end, hint="The conflict of interest chosen"))
        body.addLayout(line)
        return frame

    def _terms(self, found: StaffRecord) -> QWidget:
        frame = card()
        body = column(frame, margins=14, gap=6)
        body.addWidget(label("Terms of service", "strong"))
        terms = ItemList(self._context.theme, "Terms of service", browse=True)
        items = [
            Item(
                f"From {long_date(one.from_on)}",
                " · ".join(part for part in (one.said, one.note, one.by) if part),
            )
            for one in found.terms
        ]
        terms.show_items(items or [Item("Nothing but the officer’s own row is recorded.")])
        terms.keep_whole()
        body.addWidget(terms)
        if found.may_keep:
            line = Flow(gap=8)
            line.addWidget(button("Hours, probation, post or areas …", self.ask_terms))
            body.addLayout(line)
        return frame

    def _change(self, one: AccreditationRow | None) -> None:
        if one is not None and self.found is not None and self.found.may_keep:
            forms.ask_right(self._context, one, self, self.changed.emit)

    def _withdraw(self) -> None:
        one = _chosen(self.accreditations)
        if isinstance(one, AccreditationRow):
            forms.ask_withdraw(self._context, one, self, self.changed.emit)

    def _end(self) -> None:
        one = _chosen(self.conflicts)
        if isinstance(one, ConflictRow):
            forms.ask_end(self._context, one, self, self.changed.emit)

    def _to_file(self, one: ConflictRow | None) -> None:
        file_id: UUID | None = one.file_id if one else None
        if file_id is not None:
            self.wanted.emit(file_id)


def _chosen(found: ItemList | None) -> object:
    """The item chosen in a list, or its first."""
    if found is None or not found.items():
        return None
    return found.items()[max(found.currentIndex().row(), 0)].data


def _accreditation(one: AccreditationRow) -> Item:
    until = f" to {long_date(one.expires_on)}" if one.expires_on else ""
    parts = [f"From {long_date(one.granted_on)}{until}", one.evidence]
    parts += [f"withdrawn on {long_date(one.withdrawn_on)}: {one.reason}"] if one.withdrawn_on else []
    return Item(one.title, " · ".join(parts), one.state, _STATES[one.state], one)


def _conflict(one: ConflictRow) -> Item:
    words = one.words or "About a restricted file that you may not read"
    since = f"{one.reference} · " if one.reference else ""
    return Item(words, f"{since}since {long_date(one.from_on)} · {one.by}", "", "plain", one)
