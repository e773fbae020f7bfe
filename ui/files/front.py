"""The front sheet as drawn from the file: who holds it, the children, plan and risk, the next dates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from casefile.files.queries.docket import DividerRow, Docket
from casefile.record.owed import Owed
from casefile.record.persons import PersonView, age_words, birth_words
from casefile.work.names import Permission
from ui.files.marks import first_of, task_item
from ui.shell.context import Context
from ui.widgets.choice import Around
from ui.widgets.lists import Item, ItemList
from ui.widgets.parts import button, card, clear, column, label, readable, row

CHILDREN = frozenset({"subject", "unborn", "sibling"})
NEXT, LACKING = 6, 4
"""Dates, and sentences of what a divider lacks, that the page holds."""


class FrontSheet(QWidget):
    """The first page of a file.

    Signals:
        wanted: A divider is wanted; carries its key and a record, or None.
        allocating: The file is to be given to somebody.
    """

    wanted = Signal(str, object)
    allocating = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._parts: list[_Part] = []
        self._body = column(self, margins=(20, 14, 20, 14), gap=12)
        self.setAccessibleName("Front sheet")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        head = row()
        head.addWidget(label("Front sheet", "section-title"))
        head.addStretch(1)
        give = button(
            "Allocate …", self.allocating.emit, hint="Give the file to an officer, researcher or supervisor"
        )
        give.setEnabled(context.may(Permission.ALLOCATE))
        head.addWidget(give)
        self._body.addLayout(head)
        for _ in range(5):
            self._parts.append(_Part())
            self._body.addWidget(self._parts[-1])
        self._body.addStretch(1)

    def show_file(self, docket: Docket, around: Around) -> None:
        """Show the front of a file; only what is told otherwise than before is drawn anew, a part at a time."""
        self._context.jobs.in_turns(self, self._draw(docket, around))

    def _draw(self, docket: Docket, around: Around) -> Iterator[None]:
        today = self._context.today
        children = [one for one in docket.people if CHILDREN & set(one.roles(docket.id))]
        waiting = [one for one in docket.owed if one.state.outstanding][:NEXT]
        lacking = [one for one in docket.dividers if one.mark == "missing" and one.missing]
        dangers, facts, who, dates, missing = self._parts
        yield
        dangers.tell(docket.dangers, lambda: self._dangers(docket) if docket.dangers else ())
        facts.tell((docket.front, around.short), lambda: self._facts(docket, around))
        yield
        who.tell((children, today), lambda: self._children(children))
        yield
        dates.tell((waiting, today), lambda: self._next(waiting))
        yield
        missing.tell([(one.key, one.missing) for one in lacking], lambda: self._missing(lacking))

    def _dangers(self, docket: Docket) -> Iterator[QWidget]:
        """What whoever visits must know stands before everything else."""
        frame = card()
        frame.setProperty("danger", "true")
        inner = column(frame, margins=(16, 12, 16, 12), gap=4)
        inner.addWidget(label("▲ Warnings: know these before a visit", "strong"))
        for one in docket.dangers:
            line = column(gap=0)
            line.addWidget(readable(f"{one.who}: {one.what}"))
            if one.said:
                line.addWidget(readable(one.said, "small"))
            inner.addLayout(line)
        yield frame

    def _facts(self, docket: Docket, around: Around) -> Iterator[QWidget]:
        frame = card()
        grid = QGridLayout(frame)
        grid.setContentsMargins(16, 14, 16, 14)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(7)
        across = 1 if around.short else 2
        for place, fact in enumerate(docket.front):
            line, at = divmod(place, across)
            grid.addWidget(label(fact.label, "label"), line, at * 2, Qt.AlignmentFlag.AlignTop)
            shown = readable(fact.value)
            shown.setAccessibleName(f"{fact.label}: {fact.value}")
            grid.addWidget(shown, line, at * 2 + 1, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(at * 2 + 1, 1)
        yield frame

    def _children(self, children: Sequence[PersonView]) -> Iterator[QWidget]:
        yield label("Children", "strong")
        if not children:
            yield readable("No child is named yet. Open Child and add the first one.", "quiet")
            return
        shown = ItemList(self._context.theme, "Children")
        shown.show_items([self._child(one) for one in children])
        shown.opened.connect(lambda _: self.wanted.emit("child", None))
        shown.keep_whole()
        yield shown

    def _child(self, person: PersonView) -> Item:
        parts = [birth_words(person), age_words(person.born_on, self._context.today)]
        return Item(person.name, " · ".join(part for part in parts if part) or "Date of birth not known",
                    "unborn" if person.unborn else "", "accent", person.id)  # fmt: skip

    def _next(self, waiting: Sequence[Owed]) -> Iterator[QWidget]:
        yield label("Next dates", "strong")
        if not waiting:
            yield readable("Nothing is owed on this file today.", "quiet")
            return
        agency = self._context.desk.standards.codes("agency").label
        shown = ItemList(self._context.theme, "Next dates")
        shown.show_items([task_item(one, self._context.today, agency(one.owed_by)) for one in waiting])
        shown.keep_whole()
        yield shown

    def _missing(self, lacking: Sequence[DividerRow]) -> Iterator[QWidget]:
        if not lacking:
            return
        yield label("Not complete", "strong")
        shown = ItemList(self._context.theme, "Dividers that are not complete")
        shown.show_items(
            [
                Item(
                    one.title,
                    first_of(one.missing, LACKING),
                    f"{len(one.missing)} missing",
                    "late",
                    one.key,
                    one.asks,
                )
                for one in lacking
            ]
        )
        shown.opened.connect(lambda key: self.wanted.emit(key, None))
        shown.keep_whole()
        yield shown


class _Part(QWidget):
    """One part of the page; it stays as it is while the same is told."""

    def __init__(self) -> None:
        super().__init__()
        self._told: object = None
        self._body = column(self, gap=12)
        self.hide()

    def tell(self, told: object, draw: Callable[[], Iterable[QWidget]]) -> None:
        """Draw it where it is told otherwise than before."""
        if told == self._told:
            return
        self._told = told
        clear(self._body)
        for one in draw():
            self._body.addWidget(one)
        self.setVisible(self._body.count() > 0)
