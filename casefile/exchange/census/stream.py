"""A return's XML taken apart child by child, by a hardened parser, with flat memory.

A document type is refused, and with it every entity, external file and billion laughs; so are
returns that are too large, nested too deep or all one child.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from casefile.errors import Damaged
from casefile.exchange.census.elements import local_name

LARGEST = 400 * 1024 * 1024
"""Bytes a return may have: some ten times the largest authority's."""
DEEPEST = 40
"""Levels of nesting; the census has six."""
MOST_IN_ONE = 50_000
"""Elements one child (or the space between two) may hold; a real child has some hundreds."""
KEPT = "Nothing was brought in."


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the return as it passes by.

    Attributes:
        kind: ``header``, ``child``, ``frame`` for the elements around them, or ``stray`` for what belongs nowhere.
        element: The element; good only until the next part is asked for. None for stray text.
        path: Where it stood.
        text: Stray text.
    """

    kind: str
    element: Element | None
    path: str
    text: str = ""


def parts(data: bytes) -> Iterator[Part]:
    """The header, each child and everything else of a return, in order.

    Raises:
        Damaged: It is not a census return, is broken, too large, or holds what could do harm.
    """
    if len(data) > LARGEST:
        raise Damaged(f"The file has {len(data):,} bytes; a census return may have {LARGEST:,}.", kept=KEPT)
    try:
        yield from _Walk().parts(data)
    except DefusedXmlException as danger:
        raise Damaged(
            "The file declares a document type or entities, which a census return never does "
            "and which can be used to do harm.",
            kept=KEPT,
            remedy="Ask the authority for the return as it was sent to the Department.",
        ) from danger
    except (ParseError, UnicodeError, LookupError, ValueError) as broken:
        raise Damaged(
            f"The file cannot be read as XML: {broken}.",
            kept=KEPT,
            remedy="If it was cut off or edited, ask the authority for it again.",
        ) from broken


class _Walk:
    """One pass through the XML, keeping the path from the root to here and nothing behind it."""

    def __init__(self) -> None:
        self._open: list[Element] = []
        self._since_last = 0
        self._last: tuple[Element, Element, str] | None = None
        """The last finished part with its parent: its tail is read, and it is let go, at the next event."""

    def parts(self, data: bytes) -> Iterator[Part]:
        events = iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=True)
        for event, element in events:
            yield from self._let_go()
            if event == "start":
                self._start(element)
            else:
                yield from self._end(element)
        yield from self._let_go()

    def _start(self, element: Element) -> None:
        self._open.append(element)
        self._since_last += 1
        if len(self._open) == 1 and local_name(element).casefold() != "message":
            raise Damaged(
                f"This is not a Children in Need census return: it begins with “{local_name(element)[:60]}” "
                "instead of “Message”.",
                kept=KEPT,
            )
        if len(self._open) > DEEPEST:
            raise Damaged(f"The file nests its elements more than {DEEPEST} deep.", kept=KEPT)
        if self._since_last > MOST_IN_ONE:
            raise Damaged(f"One child of the file holds more than {MOST_IN_ONE:,} elements.", kept=KEPT)

    def _end(self, element: Element) -> Iterator[Part]:
        self._open.pop()
        kind = self._kind(element)
        if kind is None:
            if not self._open or self._is_children(element):
                yield from self._head_text(element)
            return
        path = "/".join(local_name(one) for one in [*self._open[1:], element])
        yield Part(kind, element, path)
        self._last = (self._open[-1], element, path)
        self._since_last = 0

    def _kind(self, element: Element) -> str | None:
        """What a finished element is: a part, or None while it is inside one or is a frame around them."""
        name = local_name(element).casefold()
        if len(self._open) == 1 and name == "header":
            return "header"
        if len(self._open) == 1 and not self._is_children(element):
            return "stray"
        if len(self._open) == 2 and self._is_children(self._open[1]):
            return "child" if name == "child" else "stray"
        return None

    def _is_children(self, element: Element) -> bool:
        return local_name(element).casefold() == "children"

    def _let_go(self) -> Iterator[Part]:
        if self._last is None:
            return
        parent, element, path = self._last
        self._last = None
        if element.tail and element.tail.strip():
            yield Part("stray", None, path.rpartition("/")[0], element.tail)
        element.clear()
        parent.remove(element)

    def _head_text(self, element: Element) -> Iterator[Part]:
        """Text at the start of a frame element, and the frame element itself as counted."""
        yield Part("frame", element, "/".join(local_name(one) for one in [*self._open[1:], element]))
        if element.text and element.text.strip():
            yield Part("stray", None, local_name(element), element.text)
