"""What an import did, child by child and element by element, in words, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from uuid import UUID

from casefile.exchange.census.model import Doubt, Header
from casefile.record.dates import long_date

RESTRICTED = "restricted"
"""Rule of the doubt that stands for a child whose file the officer may not read."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet would run a cell that begins so as a formula."""


class Became(StrEnum):
    """What became of something the return states."""

    ADDED = "added"
    AMENDED = "amended"
    UNCHANGED = "unchanged"
    OLDER = "older"
    """The file holds it from a newer return already: left as it is."""
    CORRECTED = "kept as corrected"
    """An officer has corrected it since: theirs stands."""


@dataclass(frozen=True, slots=True)
class ChildReport:
    """What became of one child of the return.

    Attributes:
        label: The authority's number, or the place in the return.
        reference: Reference of the case file.
        opened: Whether the file was opened by this import.
        became: How many facts and entries were added, amended, unchanged or left as newer.
        no_longer: What an earlier return stated and this newer one does not; it stands in the file.
    """

    label: str
    reference: str
    file_id: UUID
    opened: bool
    became: Mapping[Became, int]
    no_longer: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether anything was written."""
        return bool(self.became.get(Became.ADDED) or self.became.get(Became.AMENDED))

    @property
    def sentence(self) -> str:
        """What became of the child, in a sentence."""
        parts = [f"{count} {one.value}" for one, count in self.became.items() if count]
        head = f"{self.label}: file {self.reference} "
        if self.opened:
            return f"{head}opened; {', '.join(parts)}."
        return f"{head}brought up to date; {', '.join(parts)}." if self.changed else f"{head}not changed."


@dataclass(frozen=True, slots=True)
class CensusReport:
    """What became of a whole return.

    Attributes:
        name: Name of the file it came in.
        counts: How many elements of each name the return has; equal to the source's own count.
        unknown: Of these, the ones Casefile has no place for.
        entries: Signed entries by section and what became of them.
        doubts: Everything doubtful, child by child.
    """

    name: str
    header: Header
    children: tuple[ChildReport, ...]
    counts: Mapping[str, int]
    unknown: Mapping[str, int]
    entries: Mapping[str, Mapping[Became, int]]
    doubts: tuple[Doubt, ...]

    @property
    def changed(self) -> bool:
        """Whether the import wrote anything at all."""
        return any(child.changed or child.opened for child in self.children)

    @property
    def total(self) -> Mapping[Became, int]:
        """Facts and entries of all children, by what became of them."""
        found: Counter[Became] = Counter()
        for child in self.children:
            found.update(child.became)
        return found

    @property
    def sentence(self) -> str:
        """The whole import in a few sentences."""
        opened = sum(child.opened for child in self.children)
        updated = sum(child.changed and not child.opened for child in self.children)
        same = len(self.children) - opened - updated
        read = self.counts.get("Child", 0)
        head = f"{read:,} {_plural(read, 'child', 'children')} read from {self.source}."
        left_out = sum(one.rule == RESTRICTED for one in self.doubts)
        if left_out:
            files = _plural(
                left_out, "child was left out: its file is", "children were left out: their files are"
            )
            head = f"{head} {left_out:,} {files} restricted."
        elif not self.changed:
            return f"{head} Nothing was changed: the store already holds everything this return says."
        files = _plural(opened, "file", "files")
        done = f"{opened:,} {files} opened, {updated:,} brought up to date, {same:,} not changed."
        marks = (
            f"{len(self.doubts):,} {_plural(len(self.doubts), 'thing is', 'things are')} doubtful and marked."
        )
        kept = self.total.get(Became.OLDER, 0)
        older = f" {kept:,} were left as a newer return states them." if kept else ""
        return f"{head} {done} {marks}{older}"

    @property
    def source(self) -> str:
        """Whose return it is, and of when."""
        until = long_date(self.header.reference_date)
        year = self.header.year or "year unknown"
        told = f"the CIN census of authority {self.header.lea or 'unknown'}, {year}"
        return f"{told}, reference date {until}" if until else told

    def lines(self) -> tuple[str, ...]:
        """The report in words: the whole, then each child with its doubts beneath."""
        found = [self.sentence]
        found += [f"{key}: {_words(became)}." for key, became in sorted(self.entries.items())]
        by_child: dict[str, list[Doubt]] = {}
        for doubt in self.doubts:
            by_child.setdefault(doubt.child, []).append(doubt)
        found += _doubt_lines(by_child.pop("the return", []))
        for child in self.children:
            found.append(child.sentence)
            found += [f"  An earlier return stated {one}; this one does not." for one in child.no_longer]
            found += _doubt_lines(by_child.pop(child.label, []))
        for label, doubts in by_child.items():
            found += [f"{label}: not brought in.", *_doubt_lines(doubts)]
        return tuple(found)

    def as_csv(self) -> str:
        """The doubts as CSV, one a line; cells a spreadsheet would run as formulas are made harmless."""
        references = {child.label: child.reference for child in self.children}
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(["child", "file", "element", "stated", "why", "done", "rule"])
        for one in self.doubts:
            row = [
                one.child,
                references.get(one.child, ""),
                one.path,
                one.stated,
                one.why,
                one.done,
                one.rule,
            ]
            writer.writerow([harmless(cell) for cell in row])
        return out.getvalue()

    def as_json(self) -> str:
        """The whole report as JSON."""
        return json.dumps(
            {
                "name": self.name,
                "source": self.source,
                "sentence": self.sentence,
                "header": asdict(self.header),
                "elements": dict(sorted(self.counts.items())),
                "unknown_elements": dict(sorted(self.unknown.items())),
                "entries": {key: _plain(became) for key, became in sorted(self.entries.items())},
                "children": [
                    {
                        "child": child.label,
                        "file": child.reference,
                        "opened": child.opened,
                        **_plain(child.became),
                        "no_longer_stated": list(child.no_longer),
                    }
                    for child in self.children
                ],
                "doubts": [asdict(one) for one in self.doubts],
            },
            default=str,
            ensure_ascii=False,
            indent=2,
        )


def _doubt_lines(doubts: list[Doubt]) -> list[str]:
    return [f"  {one.path or 'Child'}: {_stated(one.stated)}{one.why} {one.done}" for one in doubts]


def _stated(text: str) -> str:
    return f"“{text}”. " if text else ""


def _plain(became: Mapping[Became, int]) -> dict[str, int]:
    return {one.value: became.get(one, 0) for one in Became}


def _words(became: Mapping[Became, int]) -> str:
    return ", ".join(f"{count:,} {one.value}" for one, count in became.items() if count) or "none"


def _plural(count: int, one: str, many: str) -> str:
    return one if count == 1 else many


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
