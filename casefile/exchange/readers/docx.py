"""Word documents (.docx): headers, body, text boxes, tables, notes and footers, in reading order.

Read from the document's own XML: the libraries for it leave out text boxes, tracked changes, content
controls and the numbers of lists, and minutes are full of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from casefile.exchange.readers.numbering import Numbering, W
from casefile.exchange.readers.package import Package
from casefile.exchange.readers.reading import Reading, bounded

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SKIPPED = frozenset(
    {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{W}pPr", f"{W}rPr"}
    | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
_BREAKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_PARTS = ("header", "document", "footnotes", "endnotes", "comments", "footer")
MACROS = "The document holds macros; they were not run."


def read_docx(package: Package) -> Reading:
    """The words of a Word document; text struck out as a tracked change is left out, comments come last.

    Raises:
        Damaged: It is broken, locked or larger than any real document.
    """
    words = _Words(
        Numbering(
            package.xml("word/numbering.xml") if "word/numbering.xml" in package.names else None,
            package.xml("word/styles.xml") if "word/styles.xml" in package.names else None,
        )
    )
    lines: list[str] = []
    for kind in _PARTS:
        for name in sorted(package.names):
            if name.startswith(f"word/{kind}") and name.endswith(".xml"):
                lines.extend(words.blocks(package.xml(name)))
    text, warnings = bounded("\n".join(lines))
    if any(name.endswith("vbaProject.bin") for name in package.names):
        warnings += (MACROS,)
    said = _properties(package)
    return Reading(
        MEDIA_TYPE,
        text,
        title=said.get("title", ""),
        sender=said.get("creator", ""),
        dated=said.get("created", ""),
        warnings=warnings,
    )


class _Words:
    """Turns the parts of one document into lines; lists go on counting from part to part."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering

    def blocks(self, element: Element) -> Iterator[str]:
        """A line for each paragraph and for each row of a table, its cells apart by tabs."""
        for child in element:
            if child.tag in _SKIPPED:
                continue
            if child.tag == f"{W}p":
                yield self._numbering.mark(child) + self._said(child).strip("\n")
            elif child.tag == f"{W}tr":
                cells = (" ".join(" ".join(self.blocks(cell)).split()) for cell in _cells(child))
                yield "\t".join(cells)
            else:
                yield from self.blocks(child)

    def _said(self, element: Element) -> str:
        said: list[str] = []
        for child in element:
            if child.tag in _SKIPPED:
                continue
            if child.tag == f"{W}t":
                said.append(child.text or "")
            elif child.tag in _BREAKS:
                said.append(_BREAKS[child.tag])
            elif child.tag == f"{W}txbxContent":
                said.append("\n" + "\n".join(self.blocks(child)) + "\n")
            else:
                said.append(self._said(child))
        return "".join(said)


def _cells(row: Element) -> Iterator[Element]:
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from _cells(child)


def _properties(package: Package) -> dict[str, str]:
    if "docProps/core.xml" not in package.names:
        return {}
    return {
        child.tag.rpartition("}")[2]: (child.text or "").strip() for child in package.xml("docProps/core.xml")
    }
