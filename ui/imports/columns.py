"""The columns of an index: each with its heading, some of what stands under it, and a pick of what it holds."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from casefile.exchange.docket import Column, DocketMap, Index
from casefile.exchange.docket.words import NOTE, targets
from ui.widgets.choice import Choice
from ui.widgets.fields.picks import PickOne
from ui.widgets.parts import clear_grid, label, restyle

_SURE = {
    "certain": ("● certain", "done"),
    "likely": ("◐ likely", "accent"),
    "unsure": ("○ unsure", "late"),
    "none": ("no guess", "plain"),
}


class ColumnPicks(QWidget):
    """A line for each column.

    Signals:
        changed: Another target was picked.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 12, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._columns: tuple[Column, ...] = ()
        self._picks: list[PickOne] = []
        self._told: list[QLabel] = []

    @property
    def picks(self) -> tuple[PickOne, ...]:
        """The picks, column by column."""
        return tuple(self._picks)

    def show_index(self, index: Index) -> None:
        """Show the columns of an index, each with its guess picked."""
        clear_grid(self._grid)
        self._columns, self._picks, self._told = index.columns, [], []
        choices = tuple(Choice(one.key, one.label, one.about) for one in targets().values())
        for place, title in enumerate(("Column", "What stands in it", "What it holds", "The guess")):
            self._grid.addWidget(label(title, "quiet"), 0, place)
        for line, one in enumerate(index.columns, start=1):
            self._add(line, one, choices)
        self._grid.setRowStretch(len(index.columns) + 1, 1)

    def show_map(self, mapping: DocketMap) -> None:
        """Pick what a mapping says."""
        for one, pick in zip(self._columns, self._picks, strict=True):
            pick.set_value(mapping.target(one.heading))
        self._mark()

    def columns(self) -> dict[str, str]:
        """What is picked, by heading; what is not offered counts as a note until it is picked."""
        known = targets()
        found: dict[str, str] = {}
        for one, pick in zip(self._columns, self._picks, strict=True):
            value = pick.value()
            found[one.heading] = value if value in known else NOTE
        return found

    def trouble(self) -> str:
        """A sentence when something typed is not offered."""
        return next((said for one in self._picks if (said := one.trouble())), "")

    def _add(self, line: int, one: Column, choices: tuple[Choice, ...]) -> None:
        name = label(one.heading, "strong", wrap=True)
        name.setMinimumWidth(140)
        name.setMaximumWidth(230)
        samples = label(" · ".join(each.replace("\n", " / ")[:60] for each in one.samples[:4]), "quiet")
        samples.setToolTip("\n".join(one.samples))
        samples.setMinimumWidth(120)
        samples.setSizePolicy(samples.sizePolicy().Policy.Ignored, samples.sizePolicy().verticalPolicy())
        pick = PickOne(choices, "Kept as a note")
        pick.set_value(one.guess.target)
        pick.setMinimumWidth(220)
        pick.call(f"{one.heading} holds", f"Type to find. The guess: {one.guess.sure}.")
        pick.changed.connect(self._changed)
        pick.left.connect(self._changed)
        name.setBuddy(pick)
        words, tone = _SURE[one.guess.sure]
        told = label(words)
        told.setProperty("tone", tone)
        told.setProperty("chip", "true")
        if one.guess.also:
            told.setToolTip(f"It would fit {one.guess.also} too, which another column holds.")
        for place, widget in enumerate((name, samples, pick, told)):
            align = Qt.AlignmentFlag.AlignVCenter
            if widget is told:
                align |= Qt.AlignmentFlag.AlignLeft
            self._grid.addWidget(
                widget, line, place, align if widget in (name, told) else Qt.AlignmentFlag(0)
            )
        self._picks.append(pick)
        self._told.append(told)

    def _changed(self) -> None:
        self._mark()
        self.changed.emit()

    def _mark(self) -> None:
        """Say beside each pick whether another column holds the same, or that a person chose it."""
        picked = self.columns()
        values = list(picked.values())
        for one, pick, told in zip(self._columns, self._picks, self._told, strict=True):
            key = picked[one.heading]
            twice = values.count(key) > 1 and not targets()[key].many
            pick.set_wrong(twice or pick.trouble() is not None)
            if twice:
                words, tone = "▲ picked twice", "danger"
            elif pick.trouble() is not None:
                words, tone = "▲ not offered", "danger"
            elif key == one.guess.target:
                words, tone = _SURE[one.guess.sure]
            else:
                words, tone = "✓ chosen", "done"
            told.setText(words)
            if told.property("tone") != tone:
                told.setProperty("tone", tone)
                restyle(told)
