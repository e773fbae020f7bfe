"""The front sheet as drawn from the file: who holds it, the children, plan and risk, the next dates."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from casefile.files.queries.docket import Docket
from casefile.record.persons import PersonView, age_words, birth_words
from casefile.work.names import Permission
from ui.files.marks import task_item
from ui.shell.context import Context
from ui.widgets.choice import Around
from ui.widgets.lists import Item, ItemList
from ui.widgets.parts import button, card, clear, column, label, readable, row

CHILDREN = frozenset({"subject", "unborn", "sibling"})
NEXT = 6


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
        self._docket: Docket | None = None
        self._body = column(self, margins=(20, 14, 20, 14), gap=12)
        self.setAccessibleName("Front sheet")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_file(self, docket: Docket, around: Around) -> None:
        """Show the front of a file."""
        self._docket, self._around = docket, around
        clear(self._body)
        head = row()
        head.addWidget(label("Front sheet", "section-title"))
        head.addStretch(1)
        give = button(
            "Allocate …", self.allocating.emit, hint="Give the file to an officer, researcher or supervisor"
        )
        give.setEnabled(self._context.may(Permission.ALLOCATE))
        head.addWidget(give)
        self._body.addLayout(head)
        self._dangers(docket)
        self._facts(docket)
        self._children(docket)
        self._next(docket)
        self._missing(docket)
        self._body.addStretch(1)

    def _dangers(self, docket: Docket) -> None:
        """What whoever visits must know stands before everything else."""
        if not docket.dangers:
            return
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
        self._body.addWidget(frame)

    def _facts(self, docket: Docket) -> None:
        frame = card()
        grid = QGridLayout(frame)
        grid.setContentsMargins(16, 14, 16, 14)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(7)
        across = 1 if self._around.short else 2
        for place, fact in enumerate(docket.front):
            line, at = divmod(place, across)
            grid.addWidget(label(fact.label, "label"), line, at * 2, Qt.AlignmentFlag.AlignTop)
            shown = readable(fact.value)
            shown.setAccessibleName(f"{fact.label}: {fact.value}")
            grid.addWidget(shown, line, at * 2 + 1, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(at * 2 + 1, 1)
        self._body.addWidget(frame)

    def _children(self, docket: Docket) -> None:
        self._body.addWidget(label("Children", "strong"))
        children = [one for one in docket.people if CHILDREN & set(one.roles(docket.id))]
        shown = ItemList(self._context.theme, "Children")
        shown.show_items([self._child(one) for one in children])
        shown.opened.connect(lambda _: self.wanted.emit("child", None))
        shown.keep_whole()
        self._body.addWidget(shown)
        shown.setVisible(bool(children))
        if not children:
            self._body.addWidget(
                readable("No child is named yet. Open Child and add the first one.", "quiet")
            )

    def _child(self, person: PersonView) -> Item:
        parts = [birth_words(person), age_words(person.born_on, self._context.today)]
        return Item(person.name, " · ".join(part for part in parts if part) or "Date of birth not known",
                    "unborn" if person.unborn else "", "accent", person.id)  # fmt: skip

    def _next(self, docket: Docket) -> None:
        waiting = [one for one in docket.owed if one.state.outstanding][:NEXT]
        self._body.addWidget(label("Next dates", "strong"))
        agency = self._context.desk.standards.codes("agency").label
        shown = ItemList(self._context.theme, "Next dates")
        shown.show_items([task_item(one, self._context.today, agency(one.owed_by)) for one in waiting])
        shown.keep_whole()
        self._body.addWidget(shown)
        shown.setVisible(bool(waiting))
        if not waiting:
            self._body.addWidget(readable("Nothing is owed on this file today.", "quiet"))

    def _missing(self, docket: Docket) -> None:
        items = [
            Item(one.title, " ".join(one.missing), f"{len(one.missing)} missing", "late", one.key, one.asks)
            for one in docket.dividers
            if one.mark == "missing" and one.missing
        ]
        if items:
            self._body.addWidget(label("Not complete", "strong"))
            shown = ItemList(self._context.theme, "Dividers that are not complete")
            shown.show_items(items)
            shown.opened.connect(lambda key: self.wanted.emit(key, None))
            shown.keep_whole()
            self._body.addWidget(shown)
