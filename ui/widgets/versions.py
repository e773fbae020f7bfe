"""Two versions of a record side by side, with what differs marked by a dot and heavier type."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QWidget

from casefile.record.described import Description
from casefile.record.facts import EntryFact
from ui.widgets.choice import Around
from ui.widgets.parts import card, clear, column, label, row
from ui.widgets.record_view import RecordView
from ui.widgets.words import moment_words


class Versions(QWidget):
    """Every version of one record; any two stand side by side, at first the last two."""

    def __init__(self, description: Description, versions: Sequence[EntryFact], around: Around) -> None:
        super().__init__()
        self._description, self._versions, self._around = description, tuple(versions), around
        body = column(self, gap=10)
        body.addWidget(label("A dot marks what differs between the two.", "quiet"))
        self._sides = column(gap=14) if around.short else row(gap=14)
        self._picks: list[QComboBox] = []
        body.addLayout(self._sides, 1)
        last = len(self._versions) - 1
        for start in (max(last - 1, 0), last):
            pick = QComboBox()
            pick.addItems(
                [f"Version {one.version}, signed {moment_words(one.recorded_at)}" for one in self._versions]
            )
            pick.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            pick.setMinimumContentsLength(12)
            pick.setAccessibleName("Version to show on this side")
            pick.setCurrentIndex(start)
            pick.setToolTip(pick.currentText())
            pick.currentTextChanged.connect(pick.setToolTip)
            pick.currentIndexChanged.connect(self._draw)
            self._picks.append(pick)
        self._columns = [column(gap=8), column(gap=8)]
        for pick, side in zip(self._picks, self._columns, strict=True):
            whole = column(gap=8)
            whole.addWidget(pick)
            whole.addLayout(side)
            whole.addStretch(1)
            self._sides.addLayout(whole, 1)
        self._draw()

    def _draw(self) -> None:
        shown = [self._versions[pick.currentIndex()] for pick in self._picks]
        differs = differing(self._description, shown[0], shown[1])
        for one, side in zip(shown, self._columns, strict=True):
            clear(side)
            frame = card()
            column(frame, margins=14).addWidget(
                RecordView(self._description, one, self._around, differs=differs, narrow=True)
            )
            side.addWidget(frame)


def differing(description: Description, one: EntryFact, other: EntryFact) -> frozenset[str]:
    """The fields and groups that two versions hold differently."""
    keys = {spec.key for spec in description.fields if one.get(spec.key) != other.get(spec.key)}
    keys |= {
        spec.key for spec in description.groups if list(one.rows(spec.key)) != list(other.rows(spec.key))
    }
    keys |= {key for key in {*one.doubts, *other.doubts} if one.doubts.get(key) != other.doubts.get(key)}
    return frozenset(key.split(".")[0] for key in keys)
