"""The words of a page of HTML, as mails carry them. Nothing it points to is ever fetched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

_SILENT = frozenset({"script", "style", "head", "title", "template", "object"})
_LINES = frozenset(
    {"address", "article", "blockquote", "br", "div", "dd", "dl", "dt", "footer", "h1", "h2", "h3", "h4", "h5",
     "h6", "header", "hr", "li", "ol", "p", "pre", "section", "table", "tr", "ul"}
)  # fmt: skip


def words_of(page: str) -> str:
    """The words of an HTML page: a line for each block, a tab before each further cell of a row."""
    parser = etree.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8"
    )
    try:
        root: Any = etree.fromstring(page.encode("utf-8", "ignore"), parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return ""
    if root is None:
        return ""
    lines = ("\t".join(" ".join(cell.split()) for cell in line.split("\t")) for line in _said(root))
    return "\n".join(line.strip() for line in "\n".join(lines).split("\n") if line.strip())


def _said(root: Any) -> Iterator[str]:
    said: list[str] = []
    silent: Any = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if silent is None and tag in _SILENT:
                silent = element
            if silent is not None:
                continue
            if tag in _LINES:
                yield "".join(said)
                said = ["• "] if tag == "li" else []
            elif tag in ("td", "th") and element.getprevious() is not None:
                said.append("\t")
            said.append(_plain(element.text))
            continue
        if silent is element:
            silent = None
        if silent is None:
            if tag in _LINES and tag != "br":
                yield "".join(said)
                said = []
            said.append(_plain(element.tail))
    yield "".join(said)


def _plain(text: str | None) -> str:
    """White space drawn together, as a reader sees it."""
    if not text:
        return ""
    head = " " if text[0].isspace() else ""
    tail = " " if text[-1].isspace() else ""
    return f"{head}{' '.join(text.split())}{tail}"
