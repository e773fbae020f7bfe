"""Walking the XML of a return so that nothing is passed over unseen.

A :class:`Group` hands out its elements by name; what nobody asked for, text that stands between
elements, attributes and empty elements all end up in the :class:`Ledger` as doubts.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from casefile.exchange.census.model import Doubt

MARKED = "Imported as stated, and marked."
REPORT_ONLY = "Not imported: it stands in this report only."
AS_TEXT = "It has no field of its own: kept as text with the child's record, and in this report."
NOTHING = "There was nothing to import."
_NOISE = "Text stands here that belongs to no element."
_SHOWN = 500
"""Characters of stray text that a doubt shows; longer text says how much was left out."""


@dataclass(slots=True)
class Ledger:
    """What was read and what was doubtful, for one child or the header.

    Attributes:
        child: How the report names whom this is about.
        place: Which child of the return; 0 for the header.
    """

    child: str
    place: int = 0
    doubts: list[Doubt] = field(default_factory=list[Doubt])
    counts: Counter[str] = field(default_factory=Counter[str])
    unknown: Counter[str] = field(default_factory=Counter[str])

    @property
    def leftover(self) -> str:
        """What becomes of something that Casefile has no field for."""
        return AS_TEXT if self.place else REPORT_ONLY

    def doubt(self, path: str, stated: str, why: str, rule: str, done: str = MARKED) -> None:
        """Write down something doubtful."""
        self.doubts.append(Doubt(self.child, path, shortened(stated), why, done, rule, self.place))


@dataclass(frozen=True, slots=True)
class Stated:
    """The text of one element and where it stood. Empty text means that the element was empty."""

    path: str
    text: str


class Group:
    """An element that holds other elements."""

    __slots__ = ("_ledger", "_waiting", "path")

    def __init__(self, element: Element, path: str, ledger: Ledger) -> None:
        self.path = path
        self._ledger = ledger
        self._waiting: dict[str, list[tuple[Element, str]]] = {}
        ledger.counts[local_name(element)] += 1
        _attributes(element, path, ledger)
        _noise(element.text, path, ledger)
        several = Counter(local_name(inner) for inner in element)
        seen: Counter[str] = Counter()
        for inner in element:
            name = local_name(inner)
            seen[name] += 1
            where = _joined(path, name) + (f"[{seen[name]}]" if several[name] > 1 else "")
            self._waiting.setdefault(name.casefold(), []).append((inner, where))
            _noise(inner.tail, path, ledger)
        if not len(element) and not (element.text or "").strip():
            ledger.doubt(path, "", "This group is empty.", "empty", NOTHING)

    def groups(self, *names: str) -> list[Group]:
        """Every group of one of these names, in order."""
        return [Group(inner, path, self._ledger) for inner, path in self._take(names)]

    def texts(self, *names: str) -> list[Stated]:
        """The text of every element of one of these names; empty ones are reported and left out."""
        found = [self._text(inner, path) for inner, path in self._take(names)]
        return [one for one in found if one.text]

    def text(self, *names: str) -> Stated | None:
        """The text of the element of one of these names, or None; a second one that differs is reported."""
        found = self.texts(*names)
        for extra in found[1:]:
            same = extra.text == found[0].text
            self._ledger.doubt(
                extra.path,
                extra.text,
                "Given twice with the same value."
                if same
                else f"Given more than once; the first says “{found[0].text}”.",
                "repeated-element",
                "Imported once." if same else f"The first was imported. {self._ledger.leftover}",
            )
        return found[0] if found else None

    def close(self) -> None:
        """Report everything that nobody asked for, whole."""
        for waiting in self._waiting.values():
            for inner, path in waiting:
                _unknown(inner, path, self._ledger)
        self._waiting.clear()

    def _take(self, names: tuple[str, ...]) -> list[tuple[Element, str]]:
        found: list[tuple[Element, str]] = []
        for name in names:
            found += self._waiting.pop(name.casefold(), [])
        return found

    def _text(self, element: Element, path: str) -> Stated:
        self._ledger.counts[local_name(element)] += 1
        _attributes(element, path, self._ledger)
        for inner in element:
            _unknown(inner, _joined(path, local_name(inner)), self._ledger)
            _noise(inner.tail, path, self._ledger)
        text = (element.text or "").strip()
        if not text:
            self._ledger.doubt(path, "", "The element is there but empty.", "empty", NOTHING)
        return Stated(path, text)


def local_name(element: Element) -> str:
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def shortened(text: str) -> str:
    """Text with its spaces drawn together, cut at a length a report can show, saying what was cut."""
    plain = " ".join(text.split())
    if len(plain) <= _SHOWN:
        return plain
    return f"{plain[:_SHOWN]}… ({len(plain) - _SHOWN:,} more characters)"


def _joined(path: str, name: str) -> str:
    return f"{path}/{name}" if path else name


def _noise(text: str | None, path: str, ledger: Ledger) -> None:
    if text and text.strip():
        ledger.doubt(path, text, _NOISE, "noise", ledger.leftover)


def _attributes(element: Element, path: str, ledger: Ledger) -> None:
    for name, value in element.attrib.items():
        ledger.doubt(
            f"{path}/@{name.rpartition('}')[2]}",
            value,
            "The census has no such attribute.",
            "unknown-attribute",
            ledger.leftover,
        )


def _unknown(element: Element, path: str, ledger: Ledger) -> None:
    inside = list(element.iter())
    for one in inside:
        name = local_name(one)
        ledger.counts[name] += 1
        ledger.unknown[name] += 1
    said = " ".join(part for one in inside for part in _said(one, element))
    ledger.doubt(
        path,
        said,
        "The census has no such element here.",
        "unknown-element",
        ledger.leftover,
    )


def _said(one: Element, top: Element) -> list[str]:
    """Name, attributes and text of an element of an unknown group, so that the report has it whole."""
    said = [f"{name}={value}" for name, value in one.attrib.items()]
    text = (one.text or "").strip()
    if one is not top:
        said.insert(0, f"{local_name(one)}:")
    if text:
        said.append(text)
    if one is not top and one.tail and one.tail.strip():
        said.append(one.tail.strip())
    return said
