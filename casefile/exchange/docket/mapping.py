"""Which column of an index holds what: kept as a small file that a person can read and edit."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from casefile.errors import Fault, Invalid
from casefile.exchange.docket.sheet import KEPT
from casefile.exchange.docket.words import NOTE, normal, target_named, targets

FORMAT = "casefile-docket-map/1"
NAMES = ("child_name", "given_name", "family_name")
"""Targets of which one is needed: a file must be of somebody."""


@dataclass(frozen=True, slots=True)
class DocketMap:
    """Which column holds what.

    Attributes:
        columns: Target by heading of the column; what is not named is kept as a note.
        sheet: Name of the sheet, if the workbook has several.
        name: What people call the mapping.
    """

    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    sheet: str = ""
    name: str = ""

    def target(self, heading: str) -> str:
        """The target of a column."""
        return self.columns.get(heading, NOTE)

    def holds(self, *keys: str) -> bool:
        """Whether any column holds one of these."""
        return any(one in keys for one in self.columns.values())

    def faults(self) -> tuple[str, ...]:
        """What is missing or said twice, in sentences; empty when it may be used."""
        found: list[str] = []
        if not self.holds(*NAMES):
            labels = ", ".join(f"“{targets()[one].label}”" for one in NAMES[:-1])
            found.append(
                f"No column holds a name: choose {labels} or “{targets()[NAMES[-1]].label}” for one of them."
            )
        for key, count in Counter(self.columns.values()).items():
            if count > 1 and not targets()[key].many:
                headings = ", ".join(f"“{one}”" for one, held in self.columns.items() if held == key)
                found.append(f"{count} columns hold “{targets()[key].label}”: {headings}. Only one can.")
        return tuple(found)

    def hints(self) -> tuple[str, ...]:
        """What would be better, in sentences."""
        if self.holds("reference"):
            return ()
        return ("No column holds the docket's reference: files are told apart by family name and address.",)

    def fitted(self, headings: Sequence[str], *, whole: bool = True) -> DocketMap:
        """The same for an index with these headings, however it spells their capitals and stops.

        With *whole*, it must be fit for use; without, it may be a part of a mapping.

        Raises:
            Invalid: The index has no such column, or the mapping cannot be used.
        """
        known = {normal(one) or one: one for one in reversed(headings)}
        columns: dict[str, str] = {}
        faults: list[Fault] = []
        for heading, target in self.columns.items():
            column = heading if heading in headings else known.get(normal(heading) or heading)
            if column is None:
                if target != NOTE:
                    faults.append(Fault(heading, f"The index has no column “{heading}”."))
                continue
            columns[column] = target
        fitted = DocketMap(columns, self.sheet, self.name)
        faults += [Fault("", one) for one in fitted.faults()] if whole else []
        if faults:
            listed = ", ".join(f"“{one}”" for one in headings)
            raise Invalid([*faults, Fault("", f"Its columns are {listed}.")], kept=KEPT)
        return fitted

    def as_toml(self, told: Mapping[str, str] | None = None) -> str:
        """As a file; *told* says something of a column, as a remark after it."""
        said = told or {}
        lines = [
            "# Which column of a docket index holds what. Columns that are not named are kept as notes.",
            f"# Targets: {', '.join(targets())}.",
            f"format = {_quoted(FORMAT)}",
        ]
        lines += [f"name = {_quoted(self.name)}"] if self.name else []
        lines += [f"sheet = {_quoted(self.sheet)}"] if self.sheet else []
        lines += ["", "[columns]"]
        for heading, target in self.columns.items():
            remark = f"  # {said[heading]}" if said.get(heading) else ""
            lines.append(f"{_quoted(heading)} = {_quoted(target)}{remark}")
        return "\n".join(lines) + "\n"


def load_map(data: bytes, name: str) -> DocketMap:
    """A mapping from a TOML or JSON file.

    Raises:
        Invalid: It is none, or names a target that there is not.
    """
    try:
        text = data.decode("utf-8-sig")
        raw: Any = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (UnicodeDecodeError, json.JSONDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise Invalid(f"{name} cannot be read as a mapping: {error}.", kept=KEPT) from error
    columns: Any = raw.get("columns") if isinstance(raw, dict) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    if not isinstance(columns, dict):
        raise Invalid(f"{name} is no mapping: it has no [columns].", kept=KEPT)
    whole = cast("dict[str, Any]", raw)
    pairs = [(str(target), str(column)) for column, target in cast("dict[str, Any]", columns).items()]
    return from_pairs(pairs, sheet=str(whole.get("sheet") or ""), name=str(whole.get("name") or ""))


def from_pairs(pairs: Iterable[tuple[str, str]], *, sheet: str = "", name: str = "") -> DocketMap:
    """A mapping from pairs of target (key or label) and heading.

    Raises:
        Invalid: A target is not known.
    """
    columns: dict[str, str] = {}
    for said, heading in pairs:
        target = target_named(said)
        if target is None:
            known = ", ".join(targets())
            raise Invalid(f"“{said}” is nothing a column can hold. Known are: {known}.", kept=KEPT)
        columns[heading] = target.key
    return DocketMap(columns, sheet, name)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
