"""OpenDocument texts (.odt): headers, headings, paragraphs, lists and tables, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from casefile.errors import Damaged
from casefile.exchange.readers.docx import MACROS
from casefile.exchange.readers.package import LOCKED, Package
from casefile.exchange.readers.reading import Reading, bounded

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_PARAGRAPHS = frozenset({f"{_TEXT}p", f"{_TEXT}h"})
_SKIPPED = frozenset({f"{_TEXT}tracked-changes", f"{_TEXT}sequence-decls"})
_MOST_SPACES = 100


def read_odt(package: Package) -> Reading:
    """The words of an OpenDocument text; what was struck out as a tracked change is left out.

    Raises:
        Damaged: It is broken, locked or larger than any real document.
    """
    manifest = "META-INF/manifest.xml"
    if manifest in package.names and b"encryption-data" in package.part(manifest):
        raise Damaged(LOCKED)
    parts = [package.xml(name) for name in ("styles.xml", "content.xml") if name in package.names]
    lists = _Lists(parts)
    text, warnings = bounded("\n".join(line for part in parts for line in _blocks(part, lists)))
    said: dict[str, str] = {}
    if "meta.xml" in package.names:
        meta = package.xml("meta.xml")
        said = {each.tag.rpartition("}")[2]: (each.text or "").strip() for each in meta.iter()}
    if any(name.startswith(("Basic/", "Scripts/")) for name in package.names):
        warnings += (MACROS,)
    return Reading(
        MEDIA_TYPE,
        text,
        title=said.get("title", ""),
        sender=said.get("creator") or said.get("initial-creator") or "",
        dated=said.get("creation-date") or said.get("date", ""),
        warnings=warnings,
    )


class _Lists:
    """Which lists of a document are numbered, and how far each has counted."""

    def __init__(self, parts: list[Element]) -> None:
        self._numbered = {
            style.get(f"{_STYLE}name", "")
            for part in parts
            for style in part.iter(f"{_TEXT}list-style")
            if len(style) and style[0].tag == f"{_TEXT}list-level-style-number"
        }
        self._counts: dict[str, int] = {}

    def begin(self, element: Element, style: str) -> str:
        """Begin a list; lists within a list share its style."""
        own = element.get(f"{_TEXT}style-name", style)
        if (
            element.get(f"{_TEXT}continue-numbering") != "true"
            and f"{_TEXT}continue-list" not in element.attrib
        ):
            self._counts[own] = 0
        return own

    def mark(self, style: str) -> str:
        """The mark before the next item."""
        if style not in self._numbered:
            return "• "
        self._counts[style] = self._counts.get(style, 0) + 1
        return f"{self._counts[style]}. "


def _blocks(element: Element, lists: _Lists, mark: str = "", style: str = "") -> Iterator[str]:
    """A line for each paragraph, items of lists with their mark, rows of tables with tabs."""
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag in _PARAGRAPHS:
            yield mark + _words(child, lists)
            mark = ""
        elif child.tag == f"{_TABLE}table-row":
            yield "\t".join(" ".join(" ".join(_blocks(cell, lists)).split()) for cell in child)
        elif child.tag == f"{_TEXT}list":
            within = lists.begin(child, style)
            for item in child.findall(f"{_TEXT}list-item"):
                yield from _blocks(item, lists, lists.mark(within), within)
        else:
            yield from _blocks(child, lists)


def _words(element: Element, lists: _Lists) -> str:
    said = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}tab":
            said.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            said.append("\n")
        elif child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c", "1")
            said.append(" " * (min(int(count), _MOST_SPACES) if count.isascii() and count.isdigit() else 1))
        elif child.tag == f"{_OFFICE}annotation":
            said.append(" [" + " ".join(_blocks(child, lists)) + "] ")
        else:
            said.append(_words(child, lists))
            if child.tag in _PARAGRAPHS:
                said.append("\n")
        said.append(child.tail or "")
    return "".join(said)
