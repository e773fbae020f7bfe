"""Searches that met a restricted file, in My work of the file's supervisor: who searched for what, and what was done about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QWidget

from casefile.record.dates import short_date
from casefile.search.told import KINDS, WHAT, RestrictedRow, mark_restricted_match
from ui.shell.context import Context
from ui.widgets.choice import Choice
from ui.widgets.dialogs import Ask, Field
from ui.widgets.lists import Item, ItemList
from ui.widgets.parts import button, column, keys, label, row

_ABOUT = (
    "Whoever searched was shown nothing and was told nothing. What you say stays with the file and is for its supervisor; "
    "if the officer searches for it again, it comes back."
)


class RestrictedSearches(QWidget):
    """The searches that wait, Enter to open the file, and a word on what was done.

    Signals:
        opened: A file is to be opened; carries its identity.
        marked: It was said what was done about one.
    """

    opened = Signal(object)
    marked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        body = column(self, margins=(8, 12, 0, 8), gap=6)
        name = label("Searches that met a restricted file", "strong", wrap=True)
        name.setContentsMargins(12, 0, 0, 0)
        body.addWidget(name)
        self.list = ItemList(context.theme, "Searches that met a restricted file", browse=True)
        self.list.opened.connect(self._open)
        body.addWidget(self.list)
        foot = row(margins=(12, 0, 12, 0))
        foot.addWidget(button("Say what was done …", self.mark, hint="Ctrl+Return"))
        foot.addStretch(1)
        body.addLayout(foot)
        keys(self, "Ctrl+Return", self.mark)
        self.hide()

    def show_rows(self, found: tuple[RestrictedRow, ...]) -> None:
        """Show those that wait; the whole is not there while none does."""
        self.list.show_items([_item(one) for one in found])
        self.list.setFixedHeight(min(self.list.full_height(), self._context.theme.px(260)))
        self.setVisible(bool(found))
        if found and not self.list.currentIndex().isValid():
            self.list.choose_first()

    def mark(self) -> None:
        """Ask what was done about the one chosen, and record it."""
        place = self.list.currentIndex().row()
        if place < 0 or not self.isVisible():
            return
        one: RestrictedRow = self.list.items()[place].data
        ask = Ask(
            "What was done",
            f"{one.officer} searched for “{one.lines[0]}”: it matches the restricted file {one.reference}. {_ABOUT}",
            (
                Field(
                    "what",
                    "What was done",
                    choices=tuple(Choice(key.value, said) for key, said in WHAT.items()),
                ),
                Field("note", "Why", prose=True),
            ),
            "Keep it",
            self,
        )

        def go(values: dict[str, str]) -> None:
            self._context.jobs.write(
                ask,
                lambda desk: desk.do(mark_restricted_match, one.id, values["what"], values["note"]),
                lambda _: self._kept(ask),
                failed=ask.say,
            )

        ask.given.connect(go)
        ask.open()

    def _kept(self, ask: Ask) -> None:
        ask.accept()
        self.marked.emit()

    def _open(self, one: RestrictedRow | None) -> None:
        if one is not None:
            self.opened.emit(one.file_id)


def _item(one: RestrictedRow) -> Item:
    """One officer's searches of a day that met one file."""
    first, *others = one.lines
    more = f", also “{'”, “'.join(others)}”" if others else ""
    times = "once" if one.times == 1 else f"{one.times} times"
    where = " and ".join(KINDS[kind] for kind in one.kinds)
    family = one.family_name.upper() if one.family_name else "Family not named"
    return Item(
        f"{one.officer} searched for “{first}”{more}",
        f"It matches the restricted file {family} {one.reference}. {short_date(one.day)}, {times}, {where}",
        "restricted",
        "danger",
        one,
    )
