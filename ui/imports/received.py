"""The day on which police had a return: what it says is known from then."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from casefile.record.dates import long_date
from ui.widgets.fields.dates import DateEditor
from ui.widgets.flow import Flow
from ui.widgets.parts import column, label, scaled

NAME = "Census returns were received on"


class Received(QWidget):
    """A date with its name and, below, what is wrong with it. A docket index asks for its own."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self.editor = DateEditor(today)
        self.editor.call(NAME, "The day police had them; today if left empty")
        self.editor.edit.setPlaceholderText(long_date(today))
        self.editor.edit.setMinimumWidth(scaled(170))
        self.editor.left.connect(self._say)
        self.wrong = label("", "fault", wrap=True)
        self.wrong.hide()
        name = label(NAME, "label")
        name.setBuddy(self.editor)
        body = column(self, gap=4)
        line = Flow(gap=10)
        for part in (name, self.editor, label("Today if left empty", "small")):
            line.addWidget(part)
        body.addLayout(line)
        body.addWidget(self.wrong)

    def day(self) -> date | None:
        """The day given; None for today."""
        typed = self.editor.value()
        return date.fromisoformat(typed) if typed else None

    def may_stand(self) -> bool:
        """Whether it can have been received on that day; else say why not, and put the keyboard there."""
        may = self._say()
        if not may:
            self.editor.setFocus()
        return may

    def _say(self) -> bool:
        sentence = self.editor.trouble()
        if sentence is None and (self.day() or self._today) > self._today:
            sentence = "A return cannot have been received in the future."
        self.wrong.setText(sentence or "")
        self.wrong.setVisible(bool(sentence))
        self.editor.set_wrong(bool(sentence))
        return not sentence
