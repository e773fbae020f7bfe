"""The house's own fonts, so that the window looks the same on every machine."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


def load_fonts(folder: Path = RESOURCES / "fonts") -> tuple[str, ...]:
    """Load every font file of the folder; gives the families found, none when there is no folder."""
    found: list[str] = []
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.suffix.lower() in (".ttf", ".otf"):
            number = QFontDatabase.addApplicationFont(str(path))
            found += QFontDatabase.applicationFontFamilies(number) if number >= 0 else ()
    return tuple(dict.fromkeys(found))


def interface_font(families: tuple[str, ...], pixels: int) -> QFont:
    """The font of the window."""
    font = QFont()
    font.setFamilies(list(families))
    font.setPixelSize(pixels)
    font.setStyleHint(QFont.StyleHint.SansSerif)
    return font


def in_columns(font: QFont) -> QFont:
    """The same font with figures of one width, so that numbers stand under one another."""
    made = QFont(font)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made
