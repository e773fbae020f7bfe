"""The standards library: everything the standard says, asked by date.

``library()`` is the shipped standard with a force's edited copies laid over it, from the folder that
``CASEFILE_STANDARDS`` names or the one that is given. All of it is checked before anything is handed out.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from casefile.errors import Bug, Damaged
from casefile.standards.allocation import allocation_standard
from casefile.standards.checked import kept
from casefile.standards.codes import Code, CodeList
from casefile.standards.files import read_files, shipped_files
from casefile.standards.model import AlarmStandard, Divider, ReviewInterval, Standard, Timescale
from casefile.standards.research import research_standard
from casefile.standards.restricted import restricted_standard
from casefile.standards.workload import staff_standard, workload_standard

OWN = "CASEFILE_STANDARDS"
"""Names the folder of a force's own copies."""


class Library:
    """The standards as they were, are and will be; every question names its day.

    Attributes:
        standards: Editions of Working Together, statutes and local defaults, oldest first.
        timescales: Every version of every limit, by id and date.
        dividers: The dividers of the model file in order.
        reviews: The review intervals of every risk level.
        alarms: What is said of every alarm, by key.
        workload: What a file weighs and what an officer can carry.
        staff: Which training each role needs.
        sources: What the tags in the sources mean.
        allocation: What speaks for and against an officer for a file, and what moving many files weighs.
        research: Which checks are made about whom, and how long one counts.
        restricted: Whether a supervisor is told of a search that meets a restricted file.
        strength: Scenarios of planned strength that ship, as plain data (``casefile.workload.strength``).
        gaps: Sentences on days for which nothing is set between two versions.
    """

    def __init__(self, plain: Mapping[str, Any]) -> None:
        self.standards = tuple(_standard(row) for row in plain["standards"])
        self.timescales = tuple(_timescale(row) for row in plain["timescales"])
        self.dividers = tuple(Divider(**row) for row in plain["dividers"])
        self.reviews = tuple(_review(row) for row in plain["reviews"])
        self.alarms: Mapping[str, AlarmStandard] = {row["key"]: _alarm(row) for row in plain["alarms"]}
        self.workload = workload_standard(plain)
        self.staff = staff_standard(plain)
        self.sources: Mapping[str, str] = MappingProxyType(plain["sources"])
        self.allocation = allocation_standard(plain["allocation"])
        self.research = research_standard(plain["research"])
        self.restricted = restricted_standard(plain["restricted"])
        self.strength: tuple[Mapping[str, Any], ...] = tuple(plain["strength"])
        self.gaps: tuple[str, ...] = tuple(plain["gaps"])
        self._raw_codes: Mapping[str, Any] = plain["codes"]
        self._codes: dict[str, CodeList] = {}
        self._versions: dict[str, list[Timescale]] = {}
        for scale in self.timescales:
            self._versions.setdefault(scale.id, []).append(scale)
        self._editions = [one for one in self.standards if one.kind == "working together"]
        self._dividers = {divider.key: divider for divider in self.dividers}

    def standard(self, on: date) -> Standard:
        """The edition of Working Together in force on that day.

        Raises:
            Damaged: A force's copies leave that day without an edition.
        """
        for edition in reversed(self._editions):
            if (edition.from_on is None or edition.from_on <= on) and (
                edition.until_on is None or on <= edition.until_on
            ):
                return edition
        raise Damaged(f"The standards name no edition of Working Together for {on}.")

    def standard_called(self, key: str) -> Standard | None:
        """The standard with that key, for a task that remembers it."""
        return next((one for one in self.standards if one.key == key), None)

    def timescale(self, scale_id: str, on: date) -> Timescale | None:
        """The limit in force for a trigger on that day; None if that day's standards set none."""
        return next((one for one in self._versions.get(scale_id, ()) if one.in_force(on)), None)

    def versions(self, scale_id: str) -> tuple[Timescale, ...]:
        """Every version of a limit, oldest first."""
        return tuple(self._versions.get(scale_id, ()))

    def codes(self, list_key: str) -> CodeList:
        """A code list.

        Raises:
            Bug: There is no such list; sections name only lists that exist.
        """
        if list_key not in self._codes:
            if list_key not in self._raw_codes:
                raise Bug(f"There is no code list called {list_key}.")
            self._codes[list_key] = _code_list(list_key, self._raw_codes[list_key])
        return self._codes[list_key]

    @property
    def code_lists(self) -> tuple[str, ...]:
        """The keys of all code lists, in order."""
        return tuple(self._raw_codes)

    def divider(self, key: str) -> Divider:
        """The divider with that key.

        Raises:
            Bug: There is no such divider.
        """
        if key not in self._dividers:
            raise Bug(f"There is no divider called {key}.")
        return self._dividers[key]

    def review_interval(self, risk: str, on: date) -> ReviewInterval | None:
        """How often a file of that risk level is reviewed; None for a level without an interval."""
        for one in self.reviews:
            if one.risk == risk and (one.from_on or date.min) <= on <= (one.until_on or date.max):
                return one
        return None

    def systems(self, on: date) -> tuple[Code, ...]:
        """The systems police could search on that day."""
        return self.codes("research_system").in_use(on)


def library(extra: Path | None = None) -> Library:
    """The standards library, with a force's edited copies laid over it.

    Args:
        extra: The folder of the copies; None for the one that ``CASEFILE_STANDARDS`` names, if it names one.

    Raises:
        Damaged: A file is not what it must be; the sentence names the file and the place.
        Unavailable: The folder is not there or cannot be read.
    """
    named = os.environ.get(OWN)
    return _laid(extra or (Path(named) if named else None))


@cache
def _laid(extra: Path | None) -> Library:
    files = shipped_files()
    plain = kept(files) if extra is None else None
    if plain is None:
        from casefile.standards.checks import checked

        plain = checked(files, read_files(extra) if extra else None)
    return Library(plain)


def _standard(row: Mapping[str, Any]) -> Standard:
    return Standard(
        key=row["key"],
        title=row["title"],
        kind=row["kind"],
        from_on=_day(row, "from"),
        until_on=_day(row, "until"),
        precision=row.get("precision", "day"),
        source=row["source"],
        confidence=row["confidence"],
        note=row.get("note", ""),
    )


def _timescale(row: Mapping[str, Any]) -> Timescale:
    return Timescale(
        id=row["id"],
        name=row["name"],
        trigger=row["trigger"],
        limit=row.get("limit"),
        unit=row["unit"],
        source=row["source"],
        confidence=row["confidence"],
        standard_key=row["standard_key"],
        from_on=_day(row, "from"),
        until_on=_day(row, "until"),
        owed_by=row["owed_by"],
        day_rule=row.get("day_rule", "after"),
        normal_from=row.get("normal_from"),
        changed_by=row["changed_by"],
        note=row.get("note") or row.get("why", ""),
        no_task=row.get("no_task", ""),
    )


def _review(row: Mapping[str, Any]) -> ReviewInterval:
    return ReviewInterval(
        risk=row["risk"],
        days=row["days"],
        normal_from=row.get("normal_from"),
        inspector_days=row.get("inspector_days"),
        from_on=_day(row, "from"),
        until_on=_day(row, "until"),
        source=row["source"],
        confidence=row["confidence"],
        note=row.get("note", ""),
    )


def _alarm(row: Mapping[str, Any]) -> AlarmStandard:
    return AlarmStandard(
        key=row["key"],
        title=row["title"],
        means=row["means"],
        ends=row["ends"],
        severity=row["severity"],
        told=row["told"],
        then_told=row.get("then_told"),
        then_after=row.get("then_after", 0),
        then_unit=row.get("then_unit", "calendar_days"),
        late=tuple(row.get("late", ())),
        brief=row.get("brief", "{what} {n} late"),
        sections=tuple(row.get("sections", ())),
        but=tuple(row.get("but", ())),
        limits=MappingProxyType(row.get("limits", {})),
        codes=MappingProxyType({key: tuple(found) for key, found in row.get("codes", {}).items()}),
        when_closed=row.get("when_closed", False),
        no_acceptance=row.get("no_acceptance", False),
        whole_file=row.get("whole_file", False),
        source=row["source"],
        confidence=row["confidence"],
        note=row.get("note", ""),
    )


def _code_list(key: str, row: Mapping[str, Any]) -> CodeList:
    codes = (
        Code(
            one["code"],
            one["label"],
            _day(one, "from"),
            _day(one, "until"),
            one.get("help", ""),
            one.get("group", ""),
            one.get("inverse"),
            tuple(one.get("tags", ())),
        )
        for one in row["codes"]
    )
    return CodeList(key, row["title"], codes, row["source"], row["confidence"], row.get("about", ""))


def _day(row: Mapping[str, Any], key: str) -> date | None:
    found = row.get(key)
    return date.fromisoformat(found) if found else None
