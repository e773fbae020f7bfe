"""The numbers that Word shows before the items of a list and does not write into the text."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST = 9
_PLACE = re.compile(r"%(\d)")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    pattern: str
    start: int


class Numbering:
    """Counts the items of every list as Word does, and gives the mark that stands before each."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._of_style: dict[str, tuple[str, int]] = {}
        if numbering is not None:
            self._read(numbering)
        for style in styles.iter(f"{W}style") if styles is not None else ():
            found = _reference(style.find(f"{W}pPr"))
            if found:
                self._of_style[style.get(f"{W}styleId", "")] = found

    def mark(self, paragraph: Element) -> str:
        """The mark before this paragraph with a space after it, or "" when it is no item of a list."""
        properties = paragraph.find(f"{W}pPr")
        found = _reference(properties)
        if found is None and properties is not None:
            style = properties.find(f"{W}pStyle")
            found = self._of_style.get(style.get(f"{W}val", "")) if style is not None else None
        if found is None or found[0] == "0":
            return ""
        return self._next(*found)

    def _next(self, number: str, depth: int) -> str:
        level = self._levels.get(number, {}).get(depth)
        if level is None:
            return ""
        if level.form == "bullet":
            return "• "
        counts = self._counts[number]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in range(depth + 1, _DEEPEST):
            counts.pop(deeper, None)
        mark = _PLACE.sub(lambda place: self._shown(number, int(place[1]) - 1), level.pattern)
        return f"{mark} " if mark.strip() else ""

    def _shown(self, number: str, depth: int) -> str:
        level = self._levels[number].get(depth, _Level("decimal", "", 1))
        return _write(self._counts[number].get(depth, level.start), level.form)

    def _read(self, numbering: Element) -> None:
        abstract = {
            each.get(f"{W}abstractNumId", ""): dict(_level(level) for level in each.findall(f"{W}lvl"))
            for each in numbering.findall(f"{W}abstractNum")
        }
        for each in numbering.findall(f"{W}num"):
            of = each.find(f"{W}abstractNumId")
            if of is not None:
                self._levels[each.get(f"{W}numId", "")] = abstract.get(of.get(f"{W}val", ""), {})


def _reference(properties: Element | None) -> tuple[str, int] | None:
    found = properties.find(f"{W}numPr") if properties is not None else None
    if found is None:
        return None
    number, depth = found.find(f"{W}numId"), found.find(f"{W}ilvl")
    if number is None:
        return None
    return number.get(f"{W}val", ""), _number(depth.get(f"{W}val") if depth is not None else None, 0)


def _level(level: Element) -> tuple[int, _Level]:
    def value(name: str) -> str:
        found = level.find(f"{W}{name}")
        return found.get(f"{W}val", "") if found is not None else ""

    depth = _number(level.get(f"{W}ilvl"), 0)
    return depth, _Level(value("numFmt") or "decimal", value("lvlText"), _number(value("start"), 1))


def _number(stated: str | None, otherwise: int) -> int:
    return int(stated) if stated and stated.isascii() and stated.isdigit() and len(stated) < 6 else otherwise


def _write(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 9)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        said = ""
        for worth, letters in _ROMAN:
            count, number = divmod(number, worth)
            said += letters * count
        return said if form == "lowerRoman" else said.upper()
    return str(number)
