"""Files and points of every officer on a day, added up: today and later by the store itself, past days replayed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import case, distinct, func, select

from casefile.access.visibility import RestrictedFile, unlimited
from casefile.record.model import CaseFile
from casefile.record.weight import FileWeight
from casefile.work.unit import Work
from casefile.workload.held import FileOnDay, counts_on, files_on
from casefile.workload.rows import Sum

Pair = tuple[UUID | None, UUID | None]
"""Officer in the case and supervisor of a file; None where there is none."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What stands with whom.

    Attributes:
        held: By officer in the case and supervisor.
        researches: Open files by researcher.
    """

    held: Mapping[Pair, Sum]
    researches: Mapping[UUID, int] = field(default_factory=dict[UUID, int])

    def of(self, officer_id: UUID) -> Sum:
        """What an officer holds."""
        return sum((one for (who, _), one in self.held.items() if who == officer_id), Sum())

    def by_officer(self) -> dict[UUID, Sum]:
        """What each officer holds."""
        found: dict[UUID, Sum] = defaultdict(Sum)
        for (who, _), one in self.held.items():
            if who is not None:
                found[who] += one
        return dict(found)

    def supervised(self) -> dict[UUID, tuple[int, set[UUID]]]:
        """By supervisor: how many files, and whose."""
        found: dict[UUID, tuple[int, set[UUID]]] = {}
        for (who, supervisor), one in self.held.items():
            if supervisor is None:
                continue
            files, officers = found.get(supervisor, (0, set[UUID]()))
            others = {who} - {None, supervisor}
            found[supervisor] = files + one.files, officers | {each for each in others if each}
        return found


def totals_on(work: Work, day: date) -> Totals:
    """What stands with whom on a day, restricted files counted and not named."""
    if day < work.today:
        return _added_up(work, files_on(work, day))
    with unlimited(work.session):
        every, researches = _asked(work, day), _researches(work)
        restricted = work.session.execute(select(RestrictedFile.file_id).limit(1)).first() is not None
    seen = _asked(work, day) if restricted else every
    return Totals({key: _hiding(one, seen.get(key, Sum())) for key, one in every.items()}, researches)


def _hiding(every: Sum, seen: Sum) -> Sum:
    """All of it, saying how much of it is not seen."""
    return Sum(
        every.files, every.points, every.children, every.high,
        every.files - seen.files, every.points - seen.points,
    )  # fmt: skip


def _asked(work: Work, day: date) -> dict[Pair, Sum]:
    found: dict[Pair, Sum] = defaultdict(Sum)
    pair = (CaseFile.officer_id, CaseFile.supervisor_id)
    open_files = select(*pair, func.count(CaseFile.id)).where(CaseFile.state == "open").group_by(*pair)
    held: Any = work.session.execute(open_files)
    for officer_id, supervisor_id, files in held:
        found[officer_id, supervisor_id] += Sum(files=files)
    standard = work.standards.workload
    numbers = (FileWeight.weight, func.sum(FileWeight.number), func.count(distinct(FileWeight.file_id)))
    weighed: Any = work.session.execute(
        select(*pair, *numbers)
        .join(CaseFile, CaseFile.id == FileWeight.file_id)
        .where(CaseFile.state == "open", *counts_on(day))
        .group_by(*pair, FileWeight.weight)
    )
    for officer_id, supervisor_id, key, number, files in weighed:
        if key not in standard.weights:
            continue
        weight = standard.weights[key]
        found[officer_id, supervisor_id] += Sum(
            points=weight.points * (int(number) if weight.each else files),
            children=int(number) if key == "child_on_plan" else 0,
            high=files if key == "high_risk" else 0,
        )
    return dict(found)


def _researches(work: Work) -> dict[UUID, int]:
    open_files = func.sum(case((CaseFile.state == "open", 1), else_=0))
    rows: Any = work.session.execute(
        select(CaseFile.researcher_id, open_files)
        .where(CaseFile.researcher_id.is_not(None))
        .group_by(CaseFile.researcher_id)
    )
    return {row[0]: int(row[1]) for row in rows}


def _added_up(work: Work, files: Iterable[FileOnDay]) -> Totals:
    held: dict[Pair, Sum] = defaultdict(Sum)
    researches: dict[UUID, int] = defaultdict(int)
    for one in files:
        held[one.officer_id, one.supervisor_id] += sum_of(work, one)
        if one.researcher_id is not None:
            researches[one.researcher_id] += 1
    return Totals(dict(held), dict(researches))


def sum_of(work: Work, one: FileOnDay) -> Sum:
    """One file as a sum."""
    points = one.points(work.standards.workload)
    return Sum(1, points, one.children, int(one.high), int(not one.seen), 0 if one.seen else points)
