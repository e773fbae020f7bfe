"""A text beside another, with the words that differ marked by weight and a line under them."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit

_WORDS = re.compile(r"\s+|[^\s]+")
MOST_WORDS = 3_000
"""Words that are still compared one by one; longer texts are marked as a whole."""


class Marked(QTextEdit):
    """The text, to be read and copied."""

    def __init__(self, text: str, other: str) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setPlainText(text)
        marked = QTextCharFormat()
        marked.setFontWeight(QFont.Weight.Bold)
        marked.setFontUnderline(True)
        cursor = QTextCursor(self.document())
        for low, high in differing_words(text, other):
            cursor.setPosition(low)
            cursor.setPosition(high, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(marked)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the text."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        high = round(self.document().size().height()) + 4
        if self.height() != high or self.minimumHeight() != high:
            self.setFixedHeight(high)


def differing_words(text: str, other: str) -> list[tuple[int, int]]:
    """From where to where the words of a text differ from another, as Qt counts."""
    mine, theirs = _WORDS.findall(text), _WORDS.findall(other)
    starts = [0]
    for one in mine:
        starts.append(starts[-1] + len(one.encode("utf-16-le")) // 2)
    if len(mine) > MOST_WORDS or len(theirs) > MOST_WORDS:
        return [(0, starts[-1])] if text != other else []
    found = SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes()
    return [(starts[low], starts[high]) for tag, low, high, _, _ in found if tag != "equal" and high > low]
