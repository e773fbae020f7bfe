"""A chip: a word with a shape on a ground. Colour never says anything that the word does not."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy

from ui.theme.icons import SHAPES
from ui.widgets.elided import Elided
from ui.widgets.parts import restyle


class Chip(Elided):
    """A short word in one of the tones ``danger``, ``late``, ``done``, ``due``, ``accent`` or ``plain``."""

    def __init__(self, text: str, tone: str = "plain", *, shape: bool = True) -> None:
        super().__init__()
        self.setProperty("chip", "true")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.say(text, tone, shape=shape)

    def say(self, text: str, tone: str = "plain", *, shape: bool = True) -> None:
        """Say something else."""
        mark = SHAPES.get(tone, "") if shape else ""
        self.setProperty("tone", "plain" if tone == "due" else tone)
        self.setText(f"{mark} {text}" if mark else text)
        self.setAccessibleName(text)
        restyle(self)
