"""What an import of a docket index did, file by file, in words, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from casefile.exchange.census.report import Became, harmless
from casefile.exchange.docket.dockets import WHOLE
from casefile.exchange.docket.says import DocketDoubt
from casefile.exchange.docket.words import NOTE, targets

LEFT_OUT = "The docket's file is restricted to named readers, of whom you are none."


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one docket of the index.

    Attributes:
        label: Its reference as the index states it, or its family.
        reference: Reference of the case file.
        rows: The rows of the sheet it stands in.
        children: How many children the index names in it.
        opened: Whether the file was opened by this import.
        became: How many facts and entries were added, amended, unchanged, or left as they were.
        no_longer: What an earlier index stated and this newer one does not; it stands in the file.
    """

    label: str
    reference: str
    file_id: UUID
    rows: tuple[int, ...]
    children: int
    opened: bool
    became: Mapping[Became, int]
    no_longer: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether anything was written."""
        return bool(self.became.get(Became.ADDED) or self.became.get(Became.AMENDED))

    @property
    def sentence(self) -> str:
        """What became of the docket, in a sentence."""
        count = f"{self.children} {_plural(self.children, 'child', 'children')}"
        parts = ", ".join(f"{number} {one.value}" for one, number in self.became.items() if number)
        named = f" ({self.label})" if self.label != self.reference else ""
        head = f"{self.reference}{named}, {count}: "
        if self.opened:
            return f"{head}file opened; {parts}."
        return f"{head}file brought up to date; {parts}." if self.changed else f"{head}file not changed."


@dataclass(frozen=True, slots=True)
class DocketReport:
    """What became of a whole docket index.

    Attributes:
        name, sheet: The file it came in, and its sheet.
        received_on: The day police had it.
        rows: How many rows of dockets were read.
        mapping: What each column was taken for: label of the target by heading.
        kept: How many cells of each column were kept as notes.
        entries: Signed entries by section and what became of them.
        doubts: Everything doubtful, in the order of the rows.
    """

    name: str
    sheet: str
    received_on: date
    rows: int
    files: tuple[FileReport, ...]
    mapping: Mapping[str, str]
    kept: Mapping[str, int]
    entries: Mapping[str, Mapping[Became, int]]
    doubts: tuple[DocketDoubt, ...]

    @property
    def changed(self) -> bool:
        """Whether the import wrote anything at all."""
        return any(one.changed or one.opened for one in self.files)

    @property
    def total(self) -> Mapping[Became, int]:
        """Facts and entries of all files, by what became of them."""
        found: Counter[Became] = Counter()
        for one in self.files:
            found.update(one.became)
        return found

    @property
    def sentence(self) -> str:
        """The whole import in a few sentences."""
        children = sum(one.children for one in self.files)
        head = (
            f"{self.rows:,} {_plural(self.rows, 'row', 'rows')} with {children:,} "
            f"{_plural(children, 'child', 'children')} read from the docket index {self.name}."
        )
        left_out = sum(one.why == LEFT_OUT for one in self.doubts)
        if left_out:
            head += f" {left_out:,} {_plural(left_out, 'docket was', 'dockets were')} left out as restricted."
        elif not self.changed:
            return f"{head} Nothing was changed: the store already holds everything this index says."
        opened = sum(one.opened for one in self.files)
        updated = sum(one.changed and not one.opened for one in self.files)
        same = len(self.files) - opened - updated
        done = (
            f"{opened:,} {_plural(opened, 'file', 'files')} opened, {updated:,} brought up to date, "
            f"{same:,} not changed."
        )
        count = len(self.doubts)
        marks = f"{count:,} {_plural(count, 'thing is', 'things are')} doubtful and told below."
        return f"{head} {done} {marks}{self._kept_words()}"

    def lines(self) -> tuple[str, ...]:
        """The report in words: the whole, then each docket with its doubts beneath."""
        found = [self.sentence]
        for heading, label in self.mapping.items():
            found.append(f"Column “{heading}”: {label}.")
        found += [f"{key}: {_words(became)}." for key, became in sorted(self.entries.items())]
        by_file: dict[str, list[DocketDoubt]] = {}
        for doubt in self.doubts:
            by_file.setdefault(doubt.file, []).append(doubt)
        found += _doubt_lines(by_file.pop(WHOLE, []))
        for one in self.files:
            found.append(one.sentence)
            found += [f"  An earlier index stated {said}; this one does not." for said in one.no_longer]
            found += _doubt_lines(by_file.pop(one.label, []))
        for label, doubts in by_file.items():
            found += [f"{label}: not brought in.", *_doubt_lines(doubts)]
        return tuple(found)

    def as_csv(self) -> str:
        """The doubts as CSV, one a line; cells a spreadsheet would run as formulas are made harmless."""
        references = {one.label: one.reference for one in self.files}
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(["row", "docket", "file", "person", "column", "stated", "why", "done"])
        for one in self.doubts:
            cells = [
                one.file,
                references.get(one.file, ""),
                one.who,
                one.column,
                one.stated,
                one.why,
                one.done,
            ]
            writer.writerow([one.row or "", *(harmless(cell) for cell in cells)])
        return out.getvalue()

    def as_json(self) -> str:
        """The whole report as JSON."""
        return json.dumps(
            {
                "name": self.name,
                "sheet": self.sheet,
                "received_on": self.received_on.isoformat(),
                "sentence": self.sentence,
                "rows": self.rows,
                "columns": dict(self.mapping),
                "kept_as_notes": dict(self.kept),
                "entries": {key: _plain(became) for key, became in sorted(self.entries.items())},
                "files": [
                    {
                        "docket": one.label,
                        "file": one.reference,
                        "rows": list(one.rows),
                        "children": one.children,
                        "opened": one.opened,
                        **_plain(one.became),
                        "no_longer_stated": list(one.no_longer),
                    }
                    for one in self.files
                ],
                "doubts": [asdict(one) for one in self.doubts],
            },
            ensure_ascii=False,
            indent=2,
        )

    def _kept_words(self) -> str:
        if not self.kept:
            return ""
        said = ", ".join(f"“{heading}” ({count:,})" for heading, count in self.kept.items())
        return f" Kept as notes with the children, with their headings: {said}."


def labels(columns: Mapping[str, str]) -> dict[str, str]:
    """What each column was taken for, in words."""
    known = targets()
    return {
        heading: known[key].label if key != NOTE else "kept as a note" for heading, key in columns.items()
    }


def _doubt_lines(doubts: list[DocketDoubt]) -> list[str]:
    return [
        f"  {_where(one)}: {f'“{one.stated}”. ' if one.stated else ''}{one.why} {one.done}" for one in doubts
    ]


def _where(doubt: DocketDoubt) -> str:
    row = f"Row {doubt.row}" if doubt.row else "The index"
    return ", ".join(one for one in (row, doubt.who, doubt.column) if one)


def _plain(became: Mapping[Became, int]) -> dict[str, int]:
    return {one.value: became.get(one, 0) for one in Became}


def _words(became: Mapping[Became, int]) -> str:
    return ", ".join(f"{count:,} {one.value}" for one, count in became.items() if count) or "none"


def _plural(count: int, one: str, many: str) -> str:
    return one if count == 1 else many
