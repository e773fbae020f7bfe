# The library has no types for what it hands on to canvas and document.
# pyright: reportUnknownMemberType=false, reportAttributeAccessIssue=false, reportUnknownArgumentType=false
# pyright: reportIncompatibleMethodOverride=false, reportMissingTypeStubs=false, reportUnknownVariableType=false
"""The type on paper: Inter, and a font of its own for every other script a name comes in.

Text goes through :func:`markup` before it is set: it is escaped, each word is given a font that
has all its letters, and what no font has is printed as its number rather than dropped.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape  # writes only: nothing is parsed by it

import uharfbuzz
from bidi import get_display
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"

SHAPER = f"HarfBuzz {uharfbuzz.version_string()}"
"""What joins letters; the printing library would set them apart without a word if it were missing."""

REGULAR = "Inter"
MEDIUM = "Inter-Medium"
BOLD = "Inter-SemiBold"
ITALIC = "Inter-Italic"

_OWN = {
    REGULAR: "Inter-Regular.ttf",
    MEDIUM: "Inter-Medium.ttf",
    BOLD: "Inter-SemiBold.ttf",
    ITALIC: "Inter-Italic.ttf",
}
_SCRIPTS = (
    "Arabic",
    "Hebrew",
    "Devanagari",
    "Bengali",
    "Gurmukhi",
    "Gujarati",
    "Tamil",
    "Telugu",
    "Kannada",
    "Malayalam",
    "Sinhala",
    "Ethiopic",
    "Armenian",
    "Georgian",
    "Thai",
)
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_SHAPED = re.compile("[\u0590-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufefe]")


class _SetAsTyped(TTFont):
    """A font whose letters stand as they are typed: it takes part in shaped paragraphs unshaped."""

    @property
    def hbFont(self) -> object:  # noqa: N802 (the library's name)
        """No shaping font: the library then leaves the word alone."""
        raise AttributeError("hbFont")


@dataclass(frozen=True, slots=True)
class _Fallback:
    """A font for what Inter has not: its regular and bold names, and the letters it has."""

    regular: str
    bold: str
    letters: frozenset[int]


@cache
def _letters() -> frozenset[int]:
    """Register the fonts of the house once and give the letters that Inter has."""
    for name, file in _OWN.items():
        pdfmetrics.registerFont(_SetAsTyped(name, _path(file)))
    face = pdfmetrics.getFont(REGULAR).face
    return frozenset(face.charToGlyph)


@cache
def _fallbacks() -> tuple[_Fallback, ...]:
    """Register the fonts of other scripts; only a print that meets such a script pays for it."""
    found = [
        _register(f"NotoSans{script}", f"NotoSans{script}-Regular.ttf", f"NotoSans{script}-Bold.ttf")
        for script in _SCRIPTS
    ]
    found.append(_register("DroidSansFallback", "DroidSansFallbackFull.ttf", None))
    found.append(_register("NanumGothic", "NanumGothic.ttf", None))
    found.append(_register("NotoSansSymbols2", "NotoSansSymbols2-Regular.ttf", None))
    return tuple(found)


def register() -> None:
    """Make the fonts known to the printing library; harmless when done before."""
    _letters()


def cleaned(text: str) -> str:
    """*text* as it can be printed: composed, without control characters, lines ended one way."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    return unicodedata.normalize("NFC", _CONTROL.sub("", text))


def plain(text: str) -> bool:
    """Whether Inter alone has every letter of *text* (line ends aside)."""
    return text.isascii() or all(ord(letter) in _letters() for letter in set(text) if letter != "\n")


def runs_right_to_left(text: str) -> bool:
    """Whether *text* holds Arabic, Hebrew or another script written from the right."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def needs_shaping(text: str) -> bool:
    """Whether letters of *text* change their form beside one another (Arabic, Indic scripts, Thai)."""
    return not text.isascii() and _SHAPED.search(text) is not None


def markup(text: str, *, bold: bool = False) -> str:
    """*text* (already :func:`cleaned`) as markup of the printing library, every word in a font that has it.

    Args:
        text: What is to be printed, in the order it is read aloud.
        bold: Whether the words stand in a heading.
    """
    if plain(text):
        return escape(text).replace("\n", "<br/>")
    return "<br/>".join(" ".join(_word(word, bold) for word in line.split(" ")) for line in text.split("\n"))


def mostly_from_the_right(text: str) -> bool:
    """Whether *text* as a whole runs from the right: an English sentence with one such name does not."""
    ways = [unicodedata.bidirectional(letter) for letter in text]
    return sum(way in ("R", "AL") for way in ways) > ways.count("L")


def in_visual_order(line: str, *, from_right: bool) -> str:
    """One printed line with its words in the order the eye meets them on the page.

    The letters of a word keep their spoken order: shaping turns them. *from_right* says which way
    the whole text runs.
    """
    shown = str(get_display(line, base_dir="R" if from_right else "L"))
    return " ".join(word[::-1] if runs_right_to_left(word) else word for word in shown.split(" "))


def as_seen(lines: list[str], *, from_right: bool) -> str:
    """*lines* letter by letter as the eye meets them: readers of a PDF turn such text themselves."""
    base = "R" if from_right else "L"
    return " ".join(str(get_display(line, base_dir=base)) for line in lines)


def broken(text: str, font: str, size: float, width: float) -> list[str]:
    """*text* in lines no wider than *width* points, in spoken order; for scripts from the right."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and _width(longer, font, size) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines


def _width(text: str, font: str, size: float) -> float:
    return sum(
        pdfmetrics.stringWidth(word, _font_of(word, font) or font, size) for word in text.split(" ")
    ) + (text.count(" ") * pdfmetrics.stringWidth(" ", font, size))


def _font_of(word: str, own: str) -> str | None:
    """The one font that has all of *word*; None when no single one has."""
    letters = {ord(letter) for letter in word}
    if letters <= _letters():
        return own
    for fallback in _fallbacks():
        if letters <= fallback.letters:
            return fallback.bold if own == BOLD else fallback.regular
    return None


def _word(word: str, bold: bool) -> str:
    own = BOLD if bold else REGULAR
    font = _font_of(word, own)
    if font == own:
        return escape(word)
    if font is not None:
        return f'<font name="{font}">{escape(word)}</font>'
    return " ".join(_in_font(part, font, own) for part, font in _parts(word, own))


def _parts(word: str, own: str) -> list[tuple[str, str | None]]:
    """A word that no single font has, cut where the font must change."""
    parts: list[tuple[str, str | None]] = []
    for letter in word:
        font = _font_of(letter, own)
        if parts and (parts[-1][1] == font or unicodedata.combining(letter)):
            parts[-1] = (parts[-1][0] + letter, parts[-1][1])
        else:
            parts.append((letter, font))
    return parts


def _in_font(part: str, font: str | None, own: str) -> str:
    if font is None:
        return escape("".join(f"[U+{ord(letter):04X}]" for letter in part))
    return escape(part) if font == own else f'<font name="{font}">{escape(part)}</font>'


def _register(name: str, regular: str, bold: str | None) -> _Fallback:
    font = TTFont(name, _path(regular))
    pdfmetrics.registerFont(font)
    heavy = name
    if bold is not None:
        heavy = f"{name}-Bold"
        pdfmetrics.registerFont(TTFont(heavy, _path(bold)))
    letters = frozenset(font.face.charToGlyph)
    return _Fallback(name, heavy, letters)


def _path(file: str) -> str:
    return str(FONTS / file)
