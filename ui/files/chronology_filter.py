"""What of a chronology is shown: by person, agency, section, significance and words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from casefile.files.chronology.model import Chronology, Wanted
from casefile.sections import SECTIONS
from casefile.standards import Library
from ui.theme.theme import Theme
from ui.widgets.flow import Flow

_WEIGHTS = (("Everything", ""), ("Significant and danger", "significant"), ("Danger only", "danger"))


class ChronologyFilter(QWidget):
    """The filters, in a line that goes on below where there is no room.

    Signals:
        changed: Something else is wanted.
    """

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.words = QLineEdit()
        self.words.setPlaceholderText("Filter by words, date, danger or significant")
        self.words.setToolTip("By words of what happened, its date, its source, or danger and significant")
        self.words.setAccessibleName("Filter the chronology by words, date, source or weight")
        self.words.setClearButtonEnabled(True)
        self.words.setMinimumWidth(theme.px(230))
        self.person, self.agency, self.section, self.weight = (
            _combo(theme, name) for name in ("Person", "Agency", "Section", "Significance")
        )
        for words, key in _WEIGHTS:
            self.weight.addItem(words, key)
        line = Flow(self, gap=6)
        for part in (self.words, self.person, self.agency, self.section, self.weight):
            line.addWidget(part)
        self.words.textChanged.connect(lambda _: self.changed.emit())
        for one in (self.person, self.agency, self.section, self.weight):
            one.currentIndexChanged.connect(lambda _: self.changed.emit())

    def offer(self, told: Chronology, library: Library) -> None:
        """Offer the people, agencies and sections that a chronology holds; what was chosen is kept."""
        label = library.codes("agency").label
        agencies = sorted({(label(one), one) for event in told.events for one in event.agencies})
        sections = {(SECTIONS[one.section].title, one.section) for one in told.events}
        people = sorted((name, person) for person, name in told.people.items())
        _fill(self.person, "Everybody", people)
        _fill(self.agency, "All agencies", agencies)
        _fill(self.section, "All sections", sorted(sections))

    def wanted(self) -> Wanted:
        """What is asked for."""
        return Wanted(
            self.person.currentData(),
            self.agency.currentData() or "",
            self.section.currentData() or "",
            self.weight.currentData() or "",
            self.words.text(),
        )


def _combo(theme: Theme, name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(12)
    made.setMaximumWidth(theme.px(230))
    return made


def _fill(combo: QComboBox, everything: str, choices: Sequence[tuple[str, object]]) -> None:
    held = combo.currentData()
    combo.blockSignals(True)
    combo.clear()
    combo.addItem(everything, None)
    for words, key in choices:
        combo.addItem(words, key)
    combo.setCurrentIndex(max(combo.findData(held), 0))
    combo.blockSignals(False)
