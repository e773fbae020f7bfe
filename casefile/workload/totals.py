"""Files and points of every officer on a day, added up: today and later by the store itself, past days replayed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, case, distinct, func, or_, select, true

from casefile.access.visibility import RestrictedFile, unlimited
from casefile.record.model import CaseFile
from casefile.record.weight import FileWeight
from casefile.standards import WorkloadStandard
from casefile.work.unit import Work
from casefile.workload.held import FileOnDay, counts_on, files_on
from casefile.workload.rows import Sum

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Totals:
    """What stands with whom.

    Attributes:
        held: By officer in the case who still counts as a named person.
        nobody: Of files without such an officer, by supervisor; None where they have none either.
        supervised: By supervisor, how many files, and of how many other officers.
        researches: Open files by researcher.
    """

    held: Mapping[UUID, Sum]
    nobody: Mapping[UUID | None, Sum]
    supervised: Mapping[UUID, tuple[int, int]]
    researches: Mapping[UUID, int]


class _Adding:
    """Numbers being added up under keys; a thousand sums are made once, at the end."""

    def __init__(self, standard: WorkloadStandard) -> None:
        self._standard = standard
        self._found: dict[Any, list[int]] = defaultdict(lambda: [0, 0, 0, 0])

    def files(self, key: Any, files: int) -> None:
        """So many files more."""
        self._found[key][0] += files

    def weighed(self, key: Any, weight: str, number: int, items: int) -> None:
        """So many of one weight more, in so many items."""
        known = self._standard.weights.get(weight)
        if known is None:
            return
        held = self._found[key]
        held[1] += known.points * (number if known.each else items)
        if weight == "child_on_plan":
            held[2] += number
        elif weight == "high_risk":
            held[3] += items

    def sums(self) -> dict[Any, Sum]:
        """What was added up."""
        return {key: Sum(*numbers) for key, numbers in self._found.items()}


def totals_on(work: Work, day: date, gone: Collection[UUID]) -> Totals:
    """What stands with whom on a day, restricted files counted and not named.

    Args:
        gone: Who counts as a named person no more.
    """
    if day < work.today:
        return _of_files(work, files_on(work, day), gone)
    with unlimited(work.session):
        held, nobody = _asked(work, day, gone)
        supervised, researches = _supervised(work), _researches(work)
        restricted = work.session.execute(select(RestrictedFile.file_id).limit(1)).first() is not None
    if restricted:
        seen, seen_of_nobody = _asked(work, day, gone)
        held, nobody = _hiding(held, seen), _hiding(nobody, seen_of_nobody)
    return Totals(held, nobody, supervised, researches)


def _hiding(every: Mapping[K, Sum], seen: Mapping[K, Sum]) -> dict[K, Sum]:
    """All of it, saying how much of it is not seen."""
    found: dict[K, Sum] = {}
    for key, one in every.items():
        known = seen.get(key, Sum())
        found[key] = replace(
            one, hidden_files=one.files - known.files, hidden_points=one.points - known.points
        )
    return found


def _asked(work: Work, day: date, gone: Collection[UUID]) -> tuple[dict[UUID, Sum], dict[UUID | None, Sum]]:
    """Added up by officer, and of files without a named person by supervisor."""
    by_officer = _by(work, day, CaseFile.officer_id, true())
    lost = [one for one in by_officer if one is None or one in gone]
    if not lost:
        return by_officer, {}
    of_nobody = or_(CaseFile.officer_id.is_(None), CaseFile.officer_id.in_(list(gone)))
    named = {key: one for key, one in by_officer.items() if key not in lost}
    return named, _by(work, day, CaseFile.supervisor_id, of_nobody)


def _by(work: Work, day: date, key: Any, which: ColumnElement[bool]) -> dict[Any, Sum]:
    adding = _Adding(work.standards.workload)
    is_open = CaseFile.state == "open"
    held: Any = work.session.execute(select(key, func.count(CaseFile.id)).where(is_open, which).group_by(key))
    for who, files in held:
        adding.files(who, files)
    weighed: Any = work.session.execute(
        select(key, FileWeight.weight, func.sum(FileWeight.number), func.count(FileWeight.position))
        .join(CaseFile, CaseFile.id == FileWeight.file_id)
        .where(is_open, which, *counts_on(day))
        .group_by(key, FileWeight.weight)
    )
    for who, weight, number, items in weighed:
        adding.weighed(who, weight, int(number), items)
    return adding.sums()


def _supervised(work: Work) -> dict[UUID, tuple[int, int]]:
    others = case((CaseFile.officer_id != CaseFile.supervisor_id, CaseFile.officer_id))
    rows: Any = work.session.execute(
        select(CaseFile.supervisor_id, func.count(CaseFile.id), func.count(distinct(others)))
        .where(CaseFile.state == "open", CaseFile.supervisor_id.is_not(None))
        .group_by(CaseFile.supervisor_id)
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def _researches(work: Work) -> dict[UUID, int]:
    rows: Any = work.session.execute(
        select(CaseFile.researcher_id, func.count(CaseFile.id))
        .where(CaseFile.researcher_id.is_not(None), CaseFile.state == "open")
        .group_by(CaseFile.researcher_id)
    )
    return {row[0]: row[1] for row in rows}


def _of_files(work: Work, files: Iterable[FileOnDay], gone: Collection[UUID]) -> Totals:
    held: dict[UUID, Sum] = defaultdict(Sum)
    nobody: dict[UUID | None, Sum] = defaultdict(Sum)
    researches: dict[UUID, int] = defaultdict(int)
    supervised: dict[UUID, list[UUID | None]] = defaultdict(list)
    for one in files:
        if one.officer_id is None or one.officer_id in gone:
            nobody[one.supervisor_id] += sum_of(work, one)
        else:
            held[one.officer_id] += sum_of(work, one)
        if one.researcher_id is not None:
            researches[one.researcher_id] += 1
        if one.supervisor_id is not None:
            supervised[one.supervisor_id].append(one.officer_id)
    counted = {key: (len(whose), len({*whose} - {None, key})) for key, whose in supervised.items()}
    return Totals(dict(held), dict(nobody), counted, dict(researches))


def sum_of(work: Work, one: FileOnDay) -> Sum:
    """One file as a sum."""
    points = one.points(work.standards.workload)
    return Sum(1, points, one.children, int(one.high), int(not one.seen), 0 if one.seen else points)
