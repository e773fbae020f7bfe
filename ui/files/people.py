"""Family and people of a file: who they are, everything known of them, now and before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtGui import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QSplitter, QWidget

from casefile.errors import CasefileError, Invalid
from casefile.files.actions.people import record_fact
from casefile.files.queries.docket import Docket
from casefile.files.queries.people import fact_descriptions
from casefile.record.dates import short_date
from casefile.record.described import Description
from casefile.record.persons import FactView, PersonView, age_words, birth_words
from casefile.sections.file_facts import CHILDREN
from casefile.work.names import Permission
from ui.files.add_person import AddPerson
from ui.shell.context import Context
from ui.widgets.chip import Chip
from ui.widgets.choice import Around
from ui.widgets.empty import Empty
from ui.widgets.flow import Flow
from ui.widgets.form import Form
from ui.widgets.lists import Item, ItemList
from ui.widgets.page import scrolled
from ui.widgets.parts import button, clear, column, label, readable, row, rule
from ui.widgets.sheet import Sheet
from ui.widgets.words import moment_words, value_words

COMMON = frozenset({"from_on", "until_on", "known_on", "source", "verified"})


class PeopleView(QWidget):
    """People at the left, one person's facts at the right."""

    def __init__(self, context: Context, file_id: UUID) -> None:
        super().__init__()
        self._context, self._file_id = context, file_id
        self._docket: Docket | None = None
        self._around: Around | None = None
        self._person: UUID | None = None
        self._divider = ""
        self._descriptions: tuple[Description, ...] = ()
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        body = column(self, margins=(20, 14, 0, 0), gap=8)
        line = row(margins=(0, 0, 20, 0))
        head = Flow(apart=1)
        line.addLayout(head)
        head.addWidget(label("Family and people", "section-title"))
        self._past = QCheckBox("Show what was before")
        self._past.clicked.connect(lambda _: self._show_person())
        head.addWidget(self._past)
        self._add = button("Add a person", self.add, name="primary", hint="Ctrl+N")
        self._add.setEnabled(context.may(Permission.KEEP_FILES))
        head.addWidget(self._add)
        body.addLayout(line)
        self.list = ItemList(context.theme, "People of this file")
        self.list.chosen.connect(self._chosen)
        self.list.setMinimumWidth(context.theme.px(210))
        inner = QWidget()
        self._facts = column(inner, margins=(14, 0, 20, 14), gap=8)
        split = self._split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(scrolled(inner, "What is known of this person", surface=True))
        split.setStretchFactor(1, 1)
        body.addWidget(split, 1)
        self.setFocusProxy(self.list)

    def show_people(self, docket: Docket, around: Around, divider: str) -> None:
        """Show the people of a file; the divider says whom first: a child, or somebody around the children."""
        self._docket, self._around = docket, around
        if divider != self._divider:
            self._divider = divider
            self._person = self._first_behind(divider, docket)
        down, along = Qt.Orientation.Vertical, Qt.Orientation.Horizontal
        self._split.setOrientation(down if around.stacked else along)
        self._split.setSizes([1, 2] if around.stacked else [1, 3])
        self.list.setMinimumHeight(self._context.theme.px(48) if around.stacked else 0)
        if not self._descriptions:
            self._context.jobs.read(
                self, lambda desk: desk.read(fact_descriptions), self._described, slot="facts"
            )
        self.list.blockSignals(True)
        self.list.show_items([self._item(one) for one in docket.people])
        wanted = self._person or (docket.people[0].id if docket.people else None)
        self.list.choose(wanted)
        self.list.blockSignals(False)
        self._person = wanted
        self._show_person()

    def seek(self, docket: Docket, person: UUID) -> str:
        """Show this person of a file next; gives the divider behind which they stand."""
        child = any(one.id == person and CHILDREN & set(one.roles(self._file_id)) for one in docket.people)
        self._divider, self._person = ("child" if child else "associated"), person
        return self._divider

    def _first_behind(self, divider: str, docket: Docket) -> UUID | None:
        wanted = divider == "child"
        behind = [one.id for one in docket.people if bool(CHILDREN & set(one.roles(self._file_id))) is wanted]
        return behind[0] if behind else None

    def add(self) -> None:
        """Add a person: name and what they are to this file, or somebody who is known already; the rest after."""

        def added(person: UUID) -> None:
            self._person = person

        AddPerson(self._context, self._file_id, added, self).open()

    def _item(self, person: PersonView) -> Item:
        role = self._context.desk.standards.codes("involvement_role").label
        roles = ", ".join(role(one) for one in person.roles(self._file_id)) or "no role now"
        age = age_words(person.born_on, self._context.today)
        warned = any(one.get("warnings") for one in person.now("involvement"))
        mark, tone = ("warning", "danger") if warned else ("unborn" if person.unborn else "", "accent")
        return Item(person.name, f"{roles}{f' · {age}' if age else ''}", mark, tone, person.id)

    def _described(self, found: tuple[Description, ...]) -> None:
        self._descriptions = found
        self._show_person()

    def _chosen(self, person: UUID | None) -> None:
        self._person = person
        self._show_person()

    def _show_person(self) -> None:
        clear(self._facts)
        people = self._docket.people if self._docket is not None else ()
        person = next((one for one in people if one.id == self._person), None)
        if person is None:
            self._facts.addWidget(
                Empty("Nobody is named yet", "Children, parents, everybody in the household, and professionals.",
                      "Add a person", self.add)
            )  # fmt: skip
            return
        head = row()
        head.addWidget(label(person.name, "section-title", wrap=True), 1)
        self._facts.addLayout(head)
        born = birth_words(person)
        words = born.capitalize() if person.unborn else f"Born {born}"
        self._facts.addWidget(readable(words if born else "Date of birth not known", "quiet"))
        self._show_seen(person)
        for description in self._descriptions:
            self._show_kind(person, description)
        self._facts.addStretch(1)

    def _show_seen(self, person: PersonView) -> None:
        """When a child was last seen, and what it said: drawn from the records, never typed again."""
        seen = (
            next((one for one in self._docket.seen if one.person_id == person.id), None)
            if self._docket
            else None
        )
        if seen is None:
            return
        self._facts.addWidget(rule())
        self._facts.addWidget(label("Seen and heard", "strong"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for line, (name, words) in enumerate(seen.lines()):
            grid.addWidget(label(name, "label", wrap=True), line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(readable(words), line, 1, Qt.AlignmentFlag.AlignTop)
        self._facts.addLayout(grid)

    def _show_kind(self, person: PersonView, description: Description) -> None:
        facts = (
            person.facts.get(description.key, ()) if self._past.isChecked() else person.now(description.key)
        )
        self._facts.addWidget(rule())
        line = row()
        line.addWidget(label(description.title, "strong"), 1)
        more = button("Add", lambda: self._edit(person, description, None), name="link")
        more.setAccessibleName(f"Add: {description.title}")
        more.setEnabled(self._context.may(Permission.KEEP_FILES))
        line.addWidget(more)
        self._facts.addLayout(line)
        for fact in facts:
            self._facts.addLayout(self._fact(person, description, fact))

    def _fact(self, person: PersonView, description: Description, fact: FactView) -> Any:
        assert self._around is not None
        around = self._around
        own = [
            (one, value_words(one, fact.get(one.key), around))
            for one in description.fields
            if one.key not in COMMON
        ]
        words = " · ".join(value if one.key in ("kind", "given", "family", "full", "address", "town", "postcode", "value",
                                                "name", "role") else f"{one.label}: {value}"
                           for one, value in own if value)  # fmt: skip
        words += "".join(f" ◆ as stated by the source: {one.stated}" for one in fact.doubts.values())
        since = f"from {short_date(fact.get('from_on'))} " if fact.get("from_on") else ""
        until = f"until {short_date(fact.get('until_on'))}" if fact.get("until_on") else ""
        source = f"source: {fact.get('source')}" if fact.get("source") else ""
        verified = {True: "verified", False: "not verified"}.get(fact.get("verified"), "")
        said = f"recorded by {fact.recorded_by}, {moment_words(fact.recorded_at)}"
        line = row()
        text = column(gap=1)
        text.addWidget(readable(words or "nothing stated"))
        text.addWidget(
            readable(
                " · ".join(one for one in (f"{since}{until}".strip(), source, verified, said) if one), "small"
            )
        )
        line.addLayout(text, 1)
        if not fact.current:
            line.addWidget(Chip("withdrawn" if fact.withdrawn else "replaced"))
        elif fact.ended:
            line.addWidget(Chip("ended"))
        if fact.current:
            change = button("Change", lambda: self._edit(person, description, fact), name="link")
            change.setAccessibleName(f"Change {description.title}: {words}")
            change.setEnabled(self._context.may(Permission.KEEP_FILES))
            line.addWidget(change)
        return line

    def _edit(self, person: PersonView, description: Description, fact: FactView | None) -> None:
        assert self._around is not None
        about = About(self._file_id, person, description, fact)
        FactDialog(self._context, about, self._around, self).open()


@dataclass(frozen=True, slots=True)
class About:
    """Which fact of whom is being written; None for a new one."""

    file_id: UUID
    person: PersonView
    description: Description
    fact: FactView | None


class FactDialog(Sheet):
    """A fact about a person, added or replaced; what it replaces stays."""

    def __init__(self, context: Context, about: About, around: Around, parent: QWidget) -> None:
        person, description, fact = about.person, about.description, about.fact
        super().__init__(description.title, parent, wide=620)
        self._context, self._about = context, about
        kept = "What stood before is kept and can be shown." if fact is not None else ""
        self.head(f"{description.title}: {person.name}", kept)
        self.form = Form(description, around)
        if fact is not None:
            self.form.set_state(
                {key: _plain(value) for key, value in fact.values.items() if value is not None}
            )
        else:
            self.form.set_state({"known_on": around.today.isoformat()})
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        if fact is not None:
            self.foot.addWidget(
                button("Withdraw: it was wrong", lambda: self._record(withdrawn=True), name="danger")
            )
        self.foot.addWidget(button("Cancel", self.reject))
        self.foot.addWidget(button("Record", lambda: self._record(withdrawn=False), name="primary"))

    def _record(self, *, withdrawn: bool) -> None:
        about, values = self._about, self.form.state()
        replaces = about.fact.id if about.fact else None
        file_id, person, key = about.file_id, about.person.id, about.description.key
        self._context.jobs.write(
            self,
            lambda desk: desk.do(
                record_fact, file_id, person, key, values, replaces_id=replaces, withdrawn=withdrawn
            ),
            lambda _: self.accept(),
            failed=self._failed,
        )

    def _failed(self, error: CasefileError) -> None:
        if isinstance(error, Invalid):
            self.form.show_faults(error.faults)
            self.tell(" ".join(one.sentence for one in error.faults if not one.field))
        else:
            self.tell(f"{error.sentence} {error.remedy}".strip())


def _plain(value: Any) -> Any:
    if isinstance(value, bool | int | str):
        return value
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
