"""Dates and times as people write them; only those that exist."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from casefile.record.dates import NotADate, long_date, read_date, read_time
from ui.widgets.fields.editor import Editor
from ui.widgets.fields.text import LineEditor
from ui.widgets.parts import row, scaled

LONDON = ZoneInfo("Europe/London")


class DateEditor(LineEditor):
    """A date: ``2 Nov 2026``, ``2/11/2026`` or ``today``; shown in full once the field is left."""

    def __init__(self, today: date) -> None:
        super().__init__("e.g. 2 Nov 2026")
        self._today = today
        self.edit.setMinimumWidth(scaled(130))
        self.edit.editingFinished.connect(self._in_full)

    def value(self) -> Any:
        """The date as ISO text; what was typed when it is no date; None when empty."""
        text = self.edit.text().strip()
        if not text:
            return None
        found = self._read(text)
        return found.isoformat() if isinstance(found, date) else text

    def set_value(self, raw: Any) -> None:
        """Show a date given as ISO text, or what was typed in its place."""
        text = "" if raw is None else str(raw)
        found = self._read(text) if text else None
        self.edit.setText(long_date(found) if isinstance(found, date) else text)
        self.edit.setCursorPosition(0)

    def trouble(self) -> str | None:
        """A sentence when the text is no date that exists."""
        text = self.edit.text().strip()
        found = self._read(text) if text else None
        return found if isinstance(found, str) else None

    def _read(self, text: str) -> date | str:
        if text.lower() == "today":
            return self._today
        try:
            return read_date(text)
        except NotADate as fault:
            return fault.sentence

    def _in_full(self) -> None:
        self.set_value(self.value())


class TimeEditor(LineEditor):
    """A time of day: ``14:02``, ``1402`` or ``2.15pm``."""

    def __init__(self) -> None:
        super().__init__("e.g. 14:02")
        self.edit.setMaximumWidth(scaled(130))

    def value(self) -> Any:
        """``HH:MM``; what was typed when it is no time; None when empty."""
        text = self.edit.text().strip()
        try:
            return read_time(text).strftime("%H:%M") if text else None
        except NotADate:
            return text

    def trouble(self) -> str | None:
        """A sentence when the text is no time."""
        text = self.edit.text().strip()
        try:
            return read_time(text) and None if text else None
        except NotADate as fault:
            return fault.sentence


class MomentEditor(Editor):
    """A date and a time of day together, in London time."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._day, self._time = DateEditor(today), TimeEditor()
        line = row(self)
        for part in (self._day, self._time):
            part.changed.connect(self.changed)
            part.left.connect(self.left)
            line.addWidget(part)
        line.addStretch(1)
        self.setFocusProxy(self._day)

    def value(self) -> Any:
        """An aware ISO moment; what was typed when either part cannot be read; None when empty."""
        day, clock = self._day.value(), self._time.value()
        if day is None and clock is None:
            return None
        if self.trouble() or day is None:
            return " ".join(part for part in (day, clock) if part)
        return datetime.fromisoformat(f"{day}T{clock or '00:00'}").replace(tzinfo=LONDON).isoformat()

    def set_value(self, raw: Any) -> None:
        """Show a moment given as ISO text."""
        try:
            found = datetime.fromisoformat(str(raw)).astimezone(LONDON) if raw else None
        except ValueError:
            self._day.set_value(raw)
            return
        self._day.set_value(found.date().isoformat() if found else None)
        self._time.set_value(f"{found:%H:%M}" if found else None)

    def trouble(self) -> str | None:
        """A sentence when either part cannot be read."""
        return self._day.trouble() or self._time.trouble()

    def inner(self) -> QWidget:
        """The date."""
        return self._day.edit

    def call(self, name: str, about: str) -> None:
        """Name both parts."""
        super().call(name, about)
        self._time.call(f"{name}: time", about)
