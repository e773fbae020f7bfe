"""A view as it is asked: its question, what is said, how many rows there are, and the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QStackedWidget, QWidget

from casefile.ask.queries import PAGE, ask
from casefile.ask.rows import Answer, AnswerColumn, AskedRow
from casefile.ask.views import undated
from casefile.desk import Desk
from casefile.errors import CasefileError, Invalid
from casefile.paper.asked import preview_asked, print_asked
from casefile.record.dates import long_date
from casefile.work.names import Permission
from ui.ask.give_out import Asked, GiveOut
from ui.ask.said_form import SaidForm
from ui.record.printing import Printable, PrintReport
from ui.shell.context import Context
from ui.widgets.empty import Empty
from ui.widgets.flow import Flow
from ui.widgets.parts import LARGE, button, column, label, readable, scale
from ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from casefile.ask.shape import View

_AROUND, _LEAST, _MOST = 22, 60, 300
"""Pixels around the words of a cell, and the narrowest and widest column, at 100 %."""
_LOWEST = 150
"""Pixels of the room of the rows at 100 %, where everything else takes most of a small window."""
_CHIP = 16
_TONES: Mapping[str, Mapping[Any, str]] = {
    "severity": {"danger": "danger", "late": "late"},
    "late": {True: "late"},
    "file_risk": {"high": "danger"},
}
"""Columns whose values are drawn as chips; the word says the same."""
_BAR, _NARROWED, _FIRST = 24, 110, 200
"""Pixels of the scroll bar; of a column that is not made narrower to let all of them be seen; and of the first, and the
one of most words. At 100 %."""
_LOOKED_AT = 40
"""Rows whose words say how wide a column is."""


class AnswerView(QWidget):
    """The right side of the room.

    Signals:
        opened: A row is to be opened; carries the place in the room of files.
    """

    opened = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._view: View | None = None
        self._asked: Asked | None = None
        self.answer: Answer | None = None
        self.table: Table | None = None
        body = column(self, margins=(16, 14, 16, 12), gap=8)
        self._title = label("", "section-title", wrap=True)
        self._question = readable()
        self._about = label("", "small", wrap=True)
        self.form = SaidForm(context.desk.standards, context.today)
        self.form.asked.connect(self.ask)
        self.form.changed.connect(self._changed)
        for part in (self._title, self._question, self._about, self.form):
            body.addWidget(part)
        body.addLayout(self._foot())
        self._stack = QStackedWidget()
        self._stack.setMinimumHeight(context.theme.px(_LOWEST))
        self._none = Empty("", "")
        self._stack.addWidget(self._none)
        body.addWidget(self._stack, 1)

    def show_view(self, view: View) -> None:
        """Show a view before it is asked."""
        if self._view is not None and self._view.key == view.key:
            return
        self._view = view
        self._title.setText(view.title)
        source = f"Source: {view.source}."
        self._about.setText(view.about if scale() >= LARGE else f"{view.about} {source}".strip())
        self._about.setToolTip(source)
        self.form.show_for(view, dated=not undated(view))
        self._put()
        self._forget("Not asked yet", "Say what you want to know above, then press Ask or Enter.")

    def say(self, title: str, why: str) -> None:
        """Show something that is no view: one that does not load."""
        self._view = None
        self._title.setText(title)
        self._question.setText(why)
        self._about.setText("Mend the file, and open this page again. The other views are not touched.")
        self.form.hide()
        self._forget("", "")

    def ask(self, *, then: Callable[[], object] | None = None) -> None:
        """Ask the view with what is said."""
        if self._view is None or self.form.trouble():
            return
        self._asked = Asked(self._view, self.form.said(), self.form.day())
        self._read(then)

    def again(self) -> None:
        """Ask again what was asked: something was written."""
        if self._asked is not None:
            self._read()

    def focus_table(self) -> None:
        """To the rows, where there are some."""
        if self.table is not None and self.answer is not None and self.answer.rows:
            self.table.setFocus()

    def print(self) -> None:
        """Look at the pages of what was asked, then make a copy."""
        asked = self._asked
        if asked is None or self.answer is None or not self._may():
            return
        what = Printable(
            f"Print “{asked.view.title}”",
            asked.name("pdf"),
            lambda errand: errand.read(
                preview_asked, asked.view, asked.said, as_of=asked.day, sort=asked.sort
            ),
            lambda errand, whom: errand.do(
                print_asked, asked.view, asked.said, whom, as_of=asked.day, sort=asked.sort
            ),
        )
        PrintReport(self._context, what, self).open()

    def give_out(self) -> None:
        """Give out what was asked as a table, once it is said for whom and where to."""
        if self._asked is not None and self.answer is not None and self._may():
            GiveOut(self._context, self._asked, self).open()

    def _foot(self) -> Flow:
        line = Flow(gap=8)
        self._go = button("Ask", self.ask, name="primary", hint="Enter in a field")
        self._print = button("Print …", self.print, hint="Ctrl+P")
        self._give = button("Give out as a table …", self.give_out, hint="Ctrl+E")
        self._told = label("", "strong", wrap=True)
        for one in (self._go, self._print, self._give, self._told):
            line.addWidget(one)
        self._tools()
        return line

    def _tools(self) -> None:
        """What can be done now."""
        self._go.setVisible(self._view is not None)
        for one in (self._print, self._give):
            one.setVisible(self.answer is not None and self._may())

    def _may(self) -> bool:
        return self._context.may(Permission.DISCLOSE)

    def _changed(self) -> None:
        """Something else is said: rows of what was said before would tell something else than the question."""
        self._put()
        self._forget("Not asked yet", "Press Ask or Enter.")

    def _forget(self, title: str, about: str) -> None:
        """What was asked before is no longer shown."""
        self._asked, self.answer = None, None
        self._told.setText("")
        self._tools()
        self._none.say(title, about)
        self._stack.setCurrentWidget(self._none)

    def _put(self) -> None:
        """The question as it would be put now."""
        if self._view is not None:
            self.form.show()
            self._question.setText(self._view.question.format_map(self.form.words()))

    def _read(self, then: Callable[[], object] | None = None, offset: int = 0) -> None:
        asked = self._asked
        if asked is None:
            return

        def read(desk: Desk) -> Answer:
            return desk.read(
                ask, asked.view, asked.said, as_of=asked.day, sort=asked.sort, offset=offset, limit=PAGE
            )

        def arrived(found: Answer) -> None:
            if offset and self.table is not None:
                self.table.rows.add_rows(found.rows)
                return
            self._arrived(found)
            if then is not None:
                then()

        self._context.jobs.read(self, read, arrived, failed=self._failed, slot="more" if offset else "ask")

    def _failed(self, error: CasefileError) -> None:
        if isinstance(error, Invalid):
            self.form.refuse(error)
            self._forget("Not asked", "Mend what is said in red above, then press Ask or Enter.")
        else:
            self._forget("It could not be asked", f"{error.sentence} {error.remedy}".strip())

    def _arrived(self, found: Answer) -> None:
        view = self._view
        if view is None or view.key != found.key:
            return
        before, self.answer = self.answer, found
        self._question.setText(found.question)
        day = "" if found.day == self._context.today else f", as of {long_date(found.day)}"
        self._told.setText(f"{found.total:,} {found.what}{day}")
        self._tools()
        if not found.rows:
            self._none.say("None", "Nothing that you may see fits what was asked.")
            self._stack.setCurrentWidget(self._none)
            return
        if self.table is None or before is None or before.columns != found.columns:
            self._make_table(found)
        assert self.table is not None
        self.table.show_again(found.rows, found.total)
        self._stack.setCurrentWidget(self.table)

    def _make_table(self, found: Answer) -> None:
        """A table of the columns of this answer, in place of the one before."""
        if self.table is not None:
            self._stack.removeWidget(self.table)
            self.table.deleteLater()
        measure = self.fontMetrics()
        wide = [_width(measure, one, place, found.rows) for place, one in enumerate(found.columns)]
        heads = [_width(measure, one, 0, ()) for one in found.columns]
        longest = max(wide[1:], default=0)
        least = [
            max(one, _FIRST if each == longest else _NARROWED) for one, each in zip(heads, wide, strict=True)
        ]
        room = round(self._stack.width() / scale()) - _BAR
        columns = [
            _column(*both)
            for both in zip(found.columns, range(len(wide)), _fitted(wide, least, room), strict=True)
        ]
        self.table = Table(columns, self._context.theme, found.title)
        self.table.opened.connect(self._open)
        self.table.sorted_by.connect(self._sort)
        self.table.rows.wants_more.connect(lambda have: self._read(offset=have))
        self._stack.addWidget(self.table)

    def _sort(self, key: str, down: bool) -> None:
        if self._asked is not None:
            self._asked = Asked(
                self._asked.view, self._asked.said, self._asked.day, f"-{key}" if down else key
            )
            self._read()

    def _open(self, row: AskedRow) -> None:
        self.opened.emit((row.file_id, row.divider, row.thread_id))


def _column(one: AnswerColumn, place: int, width: int) -> Column:
    tones = _TONES.get(one.key)
    return Column(
        one.key if one.sorts else "",
        one.title,
        lambda row: row.cells[place],
        None if tones is None else lambda row: tones.get(row.values[place]),
        width,
        one.number,
    )


def _width(measure: QFontMetrics, one: AnswerColumn, place: int, rows: tuple[AskedRow, ...]) -> int:
    """As wide as its words need, at 100 %."""
    words = (f"{one.title}  ", *(row.cells[place] for row in rows[:_LOOKED_AT]))
    longest = max(measure.horizontalAdvance(each) for each in words)
    around = _AROUND + (_CHIP if one.key in _TONES else 0)
    return min(max(round(longest / scale()) + around, _LEAST), _FIRST if place == 0 else _MOST)


def _fitted(wide: list[int], least: list[int], room: int) -> list[int]:
    """Widths that fit into the room as far as columns of many words can give some of theirs; the first names the row."""
    spare = [0, *(max(one - few, 0) for one, few in zip(wide[1:], least[1:], strict=True))]
    over = min(sum(wide) - room, sum(spare))
    if over <= 0:
        return wide
    return [one - over * each // sum(spare) for one, each in zip(wide, spare, strict=True)]
