"""A record read beside the list that led to it: an entry, something owed, a person, a document, another file."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from casefile.access.queries import OfficerRow
from casefile.files.queries.docket import Docket, open_docket, versions
from casefile.files.queries.documents import DocumentText, document_text
from casefile.files.queries.people import fact_descriptions
from casefile.record.dates import long_date
from casefile.record.described import Description
from casefile.record.facts import EntryFact
from casefile.record.persons import PersonView, birth_words
from casefile.supervision.digest import DigestLine
from ui.record.around import around_of
from ui.shell.context import Context
from ui.widgets.choice import Around
from ui.widgets.document_view import TextView
from ui.widgets.flow import Beside
from ui.widgets.page import scrolled
from ui.widgets.parts import button, clear, column, label, readable
from ui.widgets.record_view import RecordView
from ui.widgets.words import value_words

EVENTS = 6
"""Last events told of another file."""


class Reader(QWidget):
    """The read view.

    Signals:
        wanted: The file is wanted, at a divider and one of its records, or at its front.
        closed: It is read; the keyboard goes back to the list.
    """

    wanted = Signal(object)
    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._docket: Docket | None = None
        self._officers: tuple[OfficerRow, ...] = ()
        self._place: object = None
        self._inner = QWidget()
        self._body = column(self._inner, margins=(14, 10, 14, 14), gap=8)
        area = scrolled(self._inner, "The record that was opened", surface=True)
        column(self, gap=0).addWidget(area)
        self.opens = button("Open in the file", self._go)

    def show_line(self, line: DigestLine, docket: Docket, officers: tuple[OfficerRow, ...]) -> None:
        """Read what a line of the digest opens."""
        self._docket, self._officers = docket, officers
        self._place = None
        what = line.id
        read = self._context.jobs.read
        if line.opens == "entry" and what is not None:
            read(self, lambda desk: desk.read(versions, what), self._entry, slot="beside")
        elif line.opens == "person" and what is not None:
            read(
                self, lambda desk: desk.read(fact_descriptions), lambda kinds: self._person(what, kinds),
                slot="beside",
            )  # fmt: skip
        elif line.opens == "document" and what is not None:
            read(self, lambda desk: desk.read(document_text, what), self._document, slot="beside")
        elif line.opens == "file" and what is not None:
            read(self, lambda desk: desk.read(open_docket, what), self._file, slot="beside")
        elif line.opens == "task" and what is not None:
            self._task(what)
        else:
            self._say(line)

    def _go(self) -> None:
        self.wanted.emit(self._place)

    def _begin(self, title: str, quiet: str, place: object) -> None:
        """A fresh page with its head; *place* is where the file opens, None for nowhere."""
        self._place = place
        clear(self._body)
        head = Beside(label(title, "section-title", wrap=True), stacked=True)
        if place is not None:
            self.opens = button("Open in the file", self._go)
            head.add(self.opens)
        close = button("Close", self.closed.emit, hint="Esc")
        head.add(close)
        self._body.addLayout(head)
        if quiet:
            self._body.addWidget(readable(quiet, "quiet"))
        close.setFocus()

    def _around(self) -> Around:
        assert self._docket is not None
        made = around_of(self._context, self._docket, self._officers, self.width())
        return replace(made, short=True, stacked=made.stacked)

    def _entry(self, found: tuple[EntryFact, ...]) -> None:
        docket, entry = self._docket, found[-1]
        if docket is None or entry.file_id != docket.id:
            return
        divider, description = next(
            (one.key, kind) for one in docket.dividers for kind in one.sections if kind.key == entry.section
        )
        amended = (
            f"Amended: version {entry.version} of {entry.versions}. ● marks what changed."
            if found[1:]
            else ""
        )
        self._begin(
            entry.summary or description.title, amended, (docket.id, divider, entry.thread_id, None, None)
        )
        self._body.addWidget(
            RecordView(description, entry, self._around(), differs=_differs(description, found), narrow=True)
        )
        self._body.addStretch(1)

    def _task(self, task_id: UUID) -> None:
        docket = self._docket
        task = next((one for one in docket.owed if one.id == task_id), None) if docket else None
        if docket is None or task is None:
            return
        event = next((one for one in docket.chronology if one.entry_id == task.entry_id), None)
        place = (docket.id, event.divider, event.thread_id, None, None) if event else docket.id
        self._begin(task.title, task.state.value.capitalize(), place)
        agency = self._context.desk.standards.codes("agency").label
        officer = next((one.shown for one in self._officers if one.id == task.officer_id), "")
        late = f", {task.days_late} {task.late_unit} late" if task.days_late else ""
        for name, words in (
            ("Owed by", officer or agency(task.owed_by)),
            ("Owed since", long_date(task.opened_on)),
            ("Due", (long_date(task.due_on) or "No date") + late),
            ("Ended", long_date(task.ended_on)),
            ("Follows from", task.because),
            ("Set by", task.standard),
        ):
            if words:
                self._body.addWidget(readable(f"{name}: {words}"))
        self._body.addStretch(1)

    def _person(self, person_id: UUID, kinds: tuple[Description, ...]) -> None:
        docket = self._docket
        person = next((one for one in docket.people if one.id == person_id), None) if docket else None
        if docket is None or person is None:
            return
        born = birth_words(person)
        self._begin(person.name, f"Born {born}" if born else "Date of birth not known", (docket.id, "child"))
        around = self._around()
        for kind in kinds:
            for words in _facts(person, kind, around, docket.id):
                self._body.addWidget(readable(f"{kind.title}: {words}"))
        self._body.addStretch(1)

    def _document(self, found: DocumentText) -> None:
        docket = self._docket
        self._begin(found.name, "Its text, as it was read", (docket.id, "documents") if docket else None)
        shown = TextView(found.text, f"Text of {found.name}")
        shown.setMinimumHeight(self._context.theme.px(220))
        self._body.addWidget(shown, 1)

    def _file(self, other: Docket) -> None:
        codes = self._context.desk.standards.codes
        name = f"{other.family_name.upper()} family" if other.family_name else "Family not named"
        risk = codes("risk_level").label(other.risk_level) if other.risk_level else "not assessed"
        plan = codes("abuse_category").label(other.plan_category) if other.plan_category else "none"
        self._begin(name, f"{other.reference} · {other.state}", other.id)
        held = f"Held by: {other.officer or 'nobody'}"
        for words in (f"Risk: {risk}", f"Child protection plan: {plan}", held):
            self._body.addWidget(readable(words))
        for event in other.chronology[:EVENTS]:
            self._body.addWidget(
                readable(f"{long_date(event.happened_on) or 'Day not known'}: {event.summary}")
            )
        self._body.addStretch(1)

    def _say(self, line: DigestLine) -> None:
        self._begin(line.what, line.detail, None)
        self._body.addStretch(1)


def _differs(description: Description, found: tuple[EntryFact, ...]) -> frozenset[str]:
    """Fields and groups that the version before held otherwise."""
    if len(found) < 2:
        return frozenset()
    old, new = found[-2], found[-1]
    fields = {one.key for one in description.fields if old.get(one.key) != new.get(one.key)}
    return frozenset(
        fields | {one.key for one in description.groups if old.rows(one.key) != new.rows(one.key)}
    )


def _facts(person: PersonView, kind: Description, around: Around, file_id: UUID) -> list[str]:
    """What holds of a kind of fact now, a line each; of roles only those in this file."""
    hidden = {"known_on", "verified"}
    return [
        " · ".join(
            f"{spec.label.lower()} {words}" if spec.key in ("from_on", "until_on", "source") else words
            for spec in kind.fields
            if spec.key not in hidden and (words := value_words(spec, fact.get(spec.key), around))
        )
        for fact in person.now(kind.key)
        if kind.key != "involvement" or fact.file_id == file_id
    ]
