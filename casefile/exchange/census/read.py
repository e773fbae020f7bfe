"""Reading a whole return: header, children one by one, then what only the whole return shows."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from xml.etree.ElementTree import Element

from casefile.errors import Damaged
from casefile.exchange.census.child import read_child
from casefile.exchange.census.elements import REPORT_ONLY, Group, Ledger, local_name, shortened
from casefile.exchange.census.header import check_header, read_header
from casefile.exchange.census.model import CensusReturn, Child, Doubt, Header
from casefile.exchange.census.stream import KEPT, Part, parts
from casefile.standards import Library, library
from casefile.work.progress import Progress, Quiet

_STEP = 50
"""Children between two reports of progress."""


def read_census(
    data: bytes, progress: Progress | None = None, standards: Library | None = None
) -> CensusReturn:
    """Read a Children in Need census return of any year.

    Args:
        data: The bytes of the XML file.
        progress: Told how far the reading is; may cancel it.
        standards: The code lists and limits to read by; the shipped ones unless given.

    Raises:
        Damaged: It is not a return, or one that cannot be read safely; a sentence says why.
        Cancelled: Somebody stopped it.
    """
    reading = _Reading(standards or library(), progress or Quiet())
    for part in parts(data):
        reading.take(part)
    return reading.finish()


@dataclass(slots=True)
class _Reading:
    standards: Library
    progress: Progress
    header: Header = field(default_factory=Header)
    headers: int = 0
    frames: set[str] = field(default_factory=set[str])
    children: list[Child] = field(default_factory=list[Child])
    ledgers: list[Ledger] = field(default_factory=list[Ledger])
    ours: Ledger = field(default_factory=lambda: Ledger("the return"))

    def take(self, part: Part) -> None:
        """Read one part of the return."""
        if part.element is None:
            self.ours.doubt(
                part.path, part.text, "Text stands here that belongs to no element.", "noise", REPORT_ONLY
            )
        elif part.kind == "child":
            self._child(part.element)
        elif part.kind == "header":
            self._header(part.element)
        elif part.kind == "frame":
            self.frames.add(local_name(part.element).casefold())
            self.ours.counts[local_name(part.element)] += 1
        else:
            self._stray(part)

    def finish(self) -> CensusReturn:
        """The whole return, with the doubts that only the whole shows."""
        if "children" not in self.frames and not self.headers:
            raise Damaged(
                "This is not a Children in Need census return: it has neither a header nor children.",
                kept=KEPT,
            )
        if not self.headers:
            self.ours.doubt("Header", "", "The return has no header.", "no-header")
        _repeated(self.children, self.ledgers)
        counts: Counter[str] = Counter()
        unknown: Counter[str] = Counter()
        for ledger in (self.ours, *self.ledgers):
            counts.update(ledger.counts)
            unknown.update(ledger.unknown)
        doubts: list[Doubt] = list(self.ours.doubts)
        for ledger in self.ledgers:
            doubts += [replace(one, child=ledger.child) for one in ledger.doubts]
        return CensusReturn(self.header, tuple(self.children), tuple(doubts), dict(counts), dict(unknown))

    def _child(self, element: Element) -> None:
        place = len(self.children) + 1
        ledger = Ledger(f"child {place} of the return", place)
        child = read_child(element, place, self._until(), self.standards, ledger)
        ledger.child = child.label
        self.children.append(child)
        self.ledgers.append(ledger)
        if place % _STEP == 0:
            self.progress.step(place, None, "Reading the return")

    def _until(self) -> date | None:
        return self.header.reference_date

    def _header(self, element: Element) -> None:
        self.headers += 1
        if self.headers > 1:
            said = shortened(" ".join(element.itertext()))
            self.ours.doubt(
                "Header", said, "The return has a second header.", "repeated-element", REPORT_ONLY
            )
            _count(element, self.ours)
            return
        group = Group(element, "Header", self.ours)
        self.header = read_header(group, self.ours)
        group.close()
        check_header(self.header, self.ours)

    def _stray(self, part: Part) -> None:
        assert part.element is not None
        said = " ".join(part.element.itertext())
        self.ours.doubt(
            part.path, said, "The census has no such element here.", "unknown-element", REPORT_ONLY
        )
        _count(part.element, self.ours)


def _count(element: Element, ledger: Ledger) -> None:
    for one in element.iter():
        ledger.counts[local_name(one)] += 1
        ledger.unknown[local_name(one)] += 1


def _repeated(children: list[Child], ledgers: list[Ledger]) -> None:
    """Mark children that the return has more than once, and pupil numbers that two children share."""
    by_key: dict[str, list[int]] = defaultdict(list)
    by_upn: dict[str, list[int]] = defaultdict(list)
    for at, child in enumerate(children):
        by_key[child.key].append(at)
        if child.upn:
            by_upn[child.upn].append(at)
    for places in by_key.values():
        for at in places[1:]:
            first = children[places[0]].place
            ledgers[at].doubt(
                "",
                children[at].label,
                f"The return has this child more than once; the first is child {first} of the return.",
                "8510-repeated-child",
                "Brought together in one case file.",
            )
    for upn, places in by_upn.items():
        keys = {children[at].key for at in places}
        if len(keys) > 1:
            for at in places:
                others = ", ".join(
                    children[one].label for one in places if children[one].key != children[at].key
                )
                ledgers[at].doubt(
                    "ChildIdentifiers/UPN",
                    upn,
                    f"Another child has the same pupil number: {others}.",
                    "1520-shared-upn",
                )
