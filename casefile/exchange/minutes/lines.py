"""The lines of a document as its writer meant them: wrapped ones joined, rows of tables in cells, labels apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_LOOKED_AT = 1_000_000
"""Characters looked at; minutes of 300 pages have fewer."""
LONGEST = 4_000
"""Characters of a line looked at."""
_WRAPPED = 50
"""A line shorter than this was ended by its writer, not by the margin."""

ITEM = re.compile(
    r"^\s*(?:[•◦▪●‣·*–—-]|\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[a-z]|[ivx]{1,5})[.)])\s+|^\s*\d{1,3}\s{2,}"
)
_LABEL = re.compile(r"^\s*([^\W\d_](?:(?!\.\s)[^:;\t]){1,60}?)\s*:(?!\d)\s*(.*)$")
_FURTHER = re.compile(r"(?:\t|\s{3,})(?=[^\W\d_][^:\t]{1,40}:(?!\d))")
_MARKING = re.compile(r"^\s*(?:OFFICIAL|RESTRICTED|CONFIDENTIAL|PROTECT|NOT PROTECTIVELY MARKED)\b")


@dataclass(frozen=True, slots=True)
class Line:
    """One line as its writer meant it.

    Attributes:
        number: Number of the physical line it begins in, from 1.
        text: Its words, white space drawn together within cells.
        cells: Its cells, when it is a row of a table.
    """

    number: int
    text: str
    cells: tuple[str, ...] = ()

    @property
    def body(self) -> str:
        """The words without the number or bullet before them."""
        return ITEM.sub("", self.text, count=1).strip()

    @property
    def is_item(self) -> bool:
        """Whether it is an item of a list."""
        return bool(ITEM.match(self.text))


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a text; empty lines and markings at head and foot are left out."""
    found: list[Line] = []
    for number, whole in enumerate(text[:MOST_LOOKED_AT].split("\n"), start=1):
        raw = whole[:LONGEST]
        if not raw.strip() or _MARKING.match(raw):
            continue
        if found and _goes_on(found[-1], raw):
            last = found[-1]
            found[-1] = Line(last.number, f"{last.text.rstrip()} {raw.strip()}"[:LONGEST] + _end(raw))
            continue
        cells = tuple(" ".join(cell.split()) for cell in raw.split("\t")) if "\t" in raw.strip() else ()
        found.append(Line(number, raw.strip() + _end(raw), cells))
    return tuple(Line(one.number, one.text.rstrip(), one.cells) for one in found)


def _end(raw: str) -> str:
    """One space where the line ended in white space: a margin was there, not an end."""
    return " " if raw[-1:] in (" ", "\u00a0") else ""


def _goes_on(last: Line, raw: str) -> bool:
    """Whether a physical line goes on with the sentence of the one before."""
    said = last.text.rstrip()
    if last.cells or "\t" in raw or ITEM.match(raw) or _LABEL.match(raw):
        return False
    if len(said) < _WRAPPED or said[-1] in ".:!?":
        return False
    return said[-1] in ",–-" or last.text.endswith(" ") or raw.lstrip()[0].islower()


def pairs_of(line: Line) -> tuple[tuple[str, str], ...]:
    """``Label: value`` as often as it stands in a line; a row of two cells is one too. Labels in small letters."""
    if len(line.cells) == 2 and line.cells[0] and len(line.cells[0]) < 60:
        return ((_plain(line.cells[0]), line.cells[1]),)
    found: list[tuple[str, str]] = []
    for part in _FURTHER.split(ITEM.sub("", line.text, count=1)):
        pair = _LABEL.match(part)
        if pair:
            found.append((_plain(pair[1]), pair[2].strip()))
    return tuple(found)


def heading_of(line: Line) -> str:
    """The words of a line that may be a heading, in small letters; "" when it is none."""
    if any(line.cells[1:]) or len(line.text) > 80:
        return ""
    body = (line.cells[0] if line.cells else line.body).strip()
    return _plain(body) if body and body[-1] not in ".;,!?" else ""


def _plain(words: str) -> str:
    kept = re.sub(r"[^\w\s/&-]", " ", words.casefold().replace("’", "").replace("'", ""))
    return " ".join(kept.split())
