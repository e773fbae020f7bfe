"""Allocation: the files that wait, those of nobody first; for one of them who might take it and why; a person decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QSplitter, QStackedWidget, QWidget

from casefile.access.queries import OfficerRow, officers
from casefile.desk import Desk
from casefile.work.changed import Changed
from casefile.work.names import Kind
from casefile.workload.allocate.decide import allocation_decisions
from casefile.workload.allocate.rows import Candidate, DecisionRow, Suggestion, ToAllocate, Waiting
from casefile.workload.allocate.suggest import files_to_allocate, suggest_officers
from casefile.workload.rows import count
from ui.room import Command, Screen
from ui.shell.context import Context
from ui.widgets.flow import Flow
from ui.widgets.lists import Item, ItemList
from ui.widgets.page import scrolled
from ui.widgets.parts import LARGE, button, column, ground, keys, label, readable, scale
from ui.widgets.table import Column, Table
from ui.workload.deciding import AskWho
from ui.workload.moves_view import MovesView

ROLES = (("Officer in the case", "officer"), ("Researcher", "researcher"), ("Supervisor", "supervisor"))
COLUMNS = (
    Column("", "", lambda one: str(one.place) if one.place else "–", width=34, number=True),
    Column("", "Officer", lambda one: one.officer, width=0),
    Column("", "Points", lambda one: one.stands, width=136, number=True),
    Column("", "Score", lambda one: str(one.score) if one.place else "", width=58, number=True),
    Column("", "Why", lambda one: one.against or one.why, width=390),
)


class AllocatePage(Screen):
    """The tab."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._file: UUID | None = None
        self._officers: tuple[OfficerRow, ...] = ()
        self.found: Suggestion | None = None
        self.moves = MovesView(context)
        self.moves.left.connect(self.close_moves)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._one_file())
        self._stack.addWidget(self.moves)
        column(self, gap=0).addWidget(self._stack)
        keys(self, "Ctrl+Return", self.ask_chosen)
        keys(self, "Ctrl+M", self.open_moves)
        keys(self, "Esc", self.close_moves)
        context.theme.changed.connect(self._fit)
        self._fit()

    def shown(self, place: Any = None) -> None:
        """Read; *place* is the file to give."""
        if isinstance(place, UUID):
            self._file = place
            self._stack.setCurrentIndex(0)
        self._read()
        (self.table if isinstance(place, UUID) else self.list).setFocus()

    def place(self) -> Any:
        """The file in view."""
        return self._file

    def on_changed(self, changed: Changed) -> None:
        """Files, officers, staff or hand-overs changed."""
        if changed.concerns(Kind.CASE_FILE, Kind.OFFICER, Kind.STAFF, Kind.HANDOVER):
            self._read()

    def commands(self) -> tuple[Command, ...]:
        """What can be done here."""
        return (
            Command("Give the file to the chosen officer", self.ask_chosen, "Ctrl+Enter"),
            Command("Move many files", self.open_moves, "Ctrl+M"),
        )

    def open_moves(self) -> None:
        """Plan moving many files."""
        self._stack.setCurrentIndex(1)
        self.moves.begin()

    def close_moves(self) -> None:
        """Back to the files that wait."""
        if self._stack.currentIndex() == 1:
            self._stack.setCurrentIndex(0)
            self._read()
            self.list.setFocus()

    def ask_chosen(self) -> None:
        """Give the file to the candidate that is chosen, once the reason is given."""
        one: Candidate | None = self.table.current()
        if self.found is not None and self._stack.currentIndex() == 0:
            AskWho(self._context, self.found, one, self._officers, self).open()

    def _one_file(self) -> QWidget:
        split = self._split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        left = ground("surface")
        inner = column(left, margins=(8, 8, 0, 0), gap=6)
        self._count = label("", "strong", wrap=True)
        self.list = ItemList(self._context.theme, "Files that wait to be given", browse=True)
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(lambda _: self.table.setFocus())
        inner.addWidget(self._count)
        inner.addWidget(self.list, 1)
        split.addWidget(left)
        split.addWidget(scrolled(self._right(), "Who might take it"))
        split.setSizes([self._context.theme.px(360), self._context.theme.px(840)])
        return split

    def _right(self) -> QWidget:
        made = QWidget()
        body = column(made, margins=(16, 10, 16, 10), gap=8)
        line = QWidget()
        flow = Flow(line, gap=8)
        self.role = QComboBox()
        self.role.setAccessibleName("Given as")
        for words, key in ROLES:
            self.role.addItem(words, key)
        self.role.activated.connect(lambda _: self._suggest())
        flow.addWidget(self.role)
        self._give = button("Give …", self.ask_chosen, name="primary", hint="Ctrl+Enter")
        self._open = button("Open the file", self._to_file)
        flow.addWidget(self._give)
        flow.addWidget(self._open)
        flow.addWidget(button("Move many …", self.open_moves, hint="Ctrl+M"))
        body.addWidget(line)
        self._title = label("", "section-title", wrap=True)
        self._notes = readable("", "fault")
        self.table = Table(COLUMNS, self._context.theme, "Who might take it, best first")
        self.table.chosen.connect(self._explain)
        self.table.opened.connect(lambda _: self.ask_chosen())
        self.parts = ItemList(self._context.theme, "What speaks for and against", browse=True)
        self.table.setMinimumHeight(self._context.theme.px(150))
        self.parts.setMinimumHeight(self._context.theme.px(110))
        self._given = readable("", "quiet")
        for one in (self._title, self._notes):
            body.addWidget(one)
        body.addWidget(self.table, 3)
        body.addWidget(self.parts, 2)
        body.addWidget(self._given)
        return made

    def _to_file(self) -> None:
        if self._file is not None:
            self.go.emit("files", self._file)

    def _read(self) -> None:
        self._context.jobs.read(
            self,
            lambda desk: (desk.read(files_to_allocate), desk.read(officers)),
            lambda found: self._arrived(*found),
            slot="waiting",
        )

    def _arrived(self, found: Waiting, everyone: tuple[OfficerRow, ...]) -> None:
        self._officers = everyone
        nobody = sum(one.nobody for one in found.files)
        away = len(found.files) - nobody
        words = (
            f"▲ {count(nobody, 'file')} without a named person" if nobody else "Every file has a named person"
        )
        words += f" · {away} whose holder is away" if away else ""
        words += f" · {found.hidden} restricted, not shown" if found.hidden else ""
        self._count.setText(words)
        self.list.blockSignals(True)
        self.list.show_items(
            [_file_item(one) for one in found.files]
            or [Item("No file waits to be given", "Open a file to give it anew.")]
        )
        if self._file is None and found.files:
            self._file = found.files[0].file_id
        self.list.choose(self._file)
        self.list.blockSignals(False)
        self._suggest()

    def _choose(self, file_id: UUID | None) -> None:
        if file_id is not None and file_id != self._file:
            self._file = file_id
            self._suggest()

    def _suggest(self) -> None:
        file_id, role = self._file, str(self.role.currentData())
        for one in (self._give, self._open, self.role):
            one.setEnabled(file_id is not None)
        if file_id is None:
            self._title.setText("Choose a file, or move many")
            return

        def ask(desk: Desk) -> tuple[Suggestion, tuple[DecisionRow, ...]]:
            return desk.read(suggest_officers, file_id, role), desk.read(allocation_decisions, file_id)

        self._context.jobs.read(self, ask, lambda found: self._show(*found), slot="suggestion")

    def _show(self, found: Suggestion, decided: Sequence[DecisionRow]) -> None:
        self.found = found
        name = found.family_name.upper() or "Family not named"
        now = f"with {found.holder}" if found.holder else "with nobody"
        self._title.setText(f"{name}  {found.reference}: {count(found.points, 'point')}, {now}")
        self._notes.setText(" ".join(found.notes))
        self._notes.setVisible(bool(found.notes))
        place = max(self.table.currentIndex().row(), 0)
        self.table.rows.show_rows(found.candidates)
        self.table.choose(min(place, len(found.candidates) - 1))
        self._explain(self.table.current())
        self._given.setText(_told(decided[0]) if decided else "No decision is kept for this file yet.")

    def _explain(self, one: Candidate | None) -> None:
        if one is None:
            self.parts.show_items([Item("Nobody of this store could take it.")])
            return
        if one.against:
            self.parts.show_items(
                [Item(one.against, "Choose somebody else, or mend what stands against it.")]
            )
            return
        items = [Item(said, "", "look at this", "late") for said in one.warnings]
        items += [
            Item(part.title, f"{part.said[:1].upper()}{part.said[1:]}", f"{part.points:+}", "plain")
            for part in one.parts
        ]
        self.parts.show_items([*items, Item("Score", "The sum of these parts", str(one.score), "accent")])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The files that wait stand above where type is large."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        large = scale() >= LARGE
        self._split.setOrientation(Qt.Orientation.Vertical if large else Qt.Orientation.Horizontal)


def _file_item(one: ToAllocate) -> Item:
    name = one.family_name.upper() or "Family not named"
    why = f"{one.why} {count(one.points, 'point')}{', high risk' if one.high else ''}."
    mark, tone = ("nobody", "danger") if one.nobody else ("away", "late")
    return Item(f"{name}  {one.reference}", why, mark, tone, one.file_id)


def _told(one: DecisionRow) -> str:
    place = f"number {one.place} of those suggested" if one.place else "not among those suggested"
    first = f" (first was {one.first})" if one.first and one.place != 1 else ""
    plan = f", plan {one.plan}" if one.plan else ""
    return f"Last given to {one.officer}, {place}{first}{plan}, by {one.decided_by}: {one.reason}"
