"""Reading workload: officers and teams side by side, the files of one, and why a file weighs what it weighs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import select

from casefile.access.roles import ROLES
from casefile.access.staffing import gaps
from casefile.errors import Missing, Refused
from casefile.record.model import CaseFile, Entry
from casefile.sections import SECTIONS
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.pieces import in_pieces
from casefile.work.unit import Work
from casefile.workload.held import FileOnDay, files_on, priced, weights_of
from casefile.workload.rows import (
    NOBODY,
    FileLoad,
    FileLoads,
    OfficerLoad,
    Sum,
    TeamLoad,
    Why,
    WhyItem,
    Workload,
)
from casefile.workload.staff import Staff, capacity_of, gap_words, sees_all, staff_on
from casefile.workload.totals import Totals, sum_of, totals_on


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def workload(work: Work, *, team: str = "", as_of: date | None = None) -> Workload:
    """Set officers and teams side by side on a day: what they carry against what they can.

    Whoever neither allocates nor looks at the log sees their own.
    """
    work.note(team=team or "all")
    return read_workload(work, team=team, as_of=as_of)


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def files_of(work: Work, officer_id: UUID | None, *, as_of: date | None = None, team: str = "") -> FileLoads:
    """List what each file of an officer weighs, or of nobody, the heaviest first.

    Args:
        officer_id: The officer in the case; None for files without a named person.
        team: Of those without, only files whose supervisor is of this team, or that have no supervisor.
    """
    if officer_id != work.actor.officer_id and not sees_all(work):
        raise Refused("You see your own workload. A supervisor sees that of others.")
    day = as_of or work.today
    staff = staff_on(work, day)
    if officer_id is None:
        found = [one for one in files_on(work, day, {None, *staff.gone}) if _of_team(one, staff, team)]
    else:
        found = list(files_on(work, day, {officer_id}))
    rows = sorted(
        (_file(work, one, staff) for one in found if one.seen), key=lambda one: (-one.points, one.reference)
    )
    work.about(files=[one.file_id for one in rows])
    total = sum((sum_of(work, one) for one in found), Sum())
    return FileLoads(day, officer_id, staff.name(officer_id) or NOBODY, tuple(rows), total)


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def why(work: Work, file_id: UUID, *, as_of: date | None = None) -> Why:
    """Say why a file weighs what it weighs, item by item, each with the record that shows it."""
    day = as_of or work.today
    case = work.session.scalars(select(CaseFile).where(CaseFile.id == file_id)).first()
    if case is None:
        raise Missing("There is no such file, or it is restricted and you are not one of its named readers.")
    work.about(files=[file_id])
    items = priced(weights_of(work, file_id, day), work.standards.workload)
    where = _records(work, (one.entry_id for one, _ in items if one.entry_id))
    told: list[WhyItem] = []
    for one, points in items:
        weight = work.standards.workload.weights[one.weight]
        thread, divider = where.get(one.entry_id, (None, "")) if one.entry_id else (None, "")
        if points:
            told.append(
                WhyItem(
                    one.weight, weight.title, one.said, one.number, weight.points, points, thread, divider, weight.source
                )
            )  # fmt: skip
    officer = staff_on(work, day).name(case.officer_id) if case.officer_id else ""
    total = sum(one.points for one in told)
    return Why(file_id, case.reference, case.family_name, day, total, tuple(told), officer)


def read_workload(work: Work, *, team: str = "", as_of: date | None = None) -> Workload:
    """The same inside work that is under way; allocation reads it too."""
    day = as_of or work.today
    staff = staff_on(work, day)
    totals = totals_on(work, day, staff.gone)
    loads = [one for one in officer_loads(work, staff, totals, day) if not team or one.team == team]
    if not sees_all(work):
        mine = tuple(one for one in loads if one.officer_id == work.actor.officer_id)
        return Workload(day, team, mine, (), Sum(), whole=False)
    unallocated = _unallocated(staff, totals)
    teams = _teams(loads, unallocated, team)
    total = sum((one for name, one in unallocated.items() if not team or name in ("", team)), Sum())
    return Workload(day, team, tuple(loads), teams, total)


def officer_loads(work: Work, staff: Staff, totals: Totals, day: date) -> tuple[OfficerLoad, ...]:
    """What each officer carries beside what they can: by team, those most above capacity first."""
    standard = work.standards.workload
    found: list[OfficerLoad] = []
    for key, one in staff.terms.items():
        if key in staff.gone or one.role == "administrator":
            continue
        files, officers = totals.supervised.get(key, (0, 0))
        found.append(
            OfficerLoad(
                officer_id=key,
                officer=one.shown,
                role=one.role,
                role_title=ROLES[one.role].title,
                team=one.team,
                held=totals.held.get(key, Sum()),
                capacity=capacity_of(work, staff, key, officers, day),
                researches=totals.researches.get(key, 0),
                supervises=files,
                carries=standard.carries(one.role),
                lacks=tuple(
                    gap_words(work.standards, gap)
                    for gap in gaps(one.role, staff.held.get(key, ()), work.standards.staff, day)
                    if gap.now
                ),
            )
        )
    return tuple(
        sorted(found, key=lambda one: (not one.team, one.team, not one.carries, -one.over, one.officer))
    )


def _unallocated(staff: Staff, totals: Totals) -> dict[str, Sum]:
    """Files without a named person by the team of their supervisor; "" where they have none."""
    found: dict[str, Sum] = defaultdict(Sum)
    for supervisor_id, one in totals.nobody.items():
        found[staff.team(supervisor_id)] += one
    return dict(found)


def _of_team(one: FileOnDay, staff: Staff, team: str) -> bool:
    return not team or staff.team(one.supervisor_id) in ("", team)


def _teams(loads: Iterable[OfficerLoad], unallocated: Mapping[str, Sum], wanted: str) -> tuple[TeamLoad, ...]:
    by_team: dict[str, list[OfficerLoad]] = defaultdict(list)
    for one in loads:
        by_team[one.team].append(one)
    for name in unallocated:
        if name and (not wanted or name == wanted):
            by_team.setdefault(name, [])
    return tuple(
        TeamLoad(
            name,
            sum(1 for one in rows if one.carries),
            sum((one.held for one in rows), Sum()),
            sum(one.capacity.points for one in rows),
            sum(1 for one in rows if one.carries and one.over > 0),
            unallocated.get(name, Sum()) if name else Sum(),
        )
        for name, rows in sorted(by_team.items(), key=lambda one: (not one[0], one[0]))
        if any(one.carries or one.held.files or one.researches or one.supervises for one in rows)
        or unallocated.get(name, Sum()).files
    )


def _file(work: Work, one: FileOnDay, staff: Staff) -> FileLoad:
    return FileLoad(
        one.file_id,
        one.reference,
        one.family_name,
        one.points(work.standards.workload),
        one.children,
        one.high,
        staff.name(one.supervisor_id),
        staff.name(one.officer_id) if one.officer_id in staff.gone else "",
    )


def _records(work: Work, ids: Iterable[UUID]) -> dict[UUID, tuple[UUID, str]]:
    """Thread and divider of versions of records."""
    table = Entry.__table__
    found: dict[UUID, tuple[UUID, str]] = {}
    for some in in_pieces(ids):
        for row in work.session.execute(
            select(table.c.id, table.c.thread_id, table.c.section).where(table.c.id.in_(some))
        ):
            found[row[0]] = row[1], SECTIONS[row[2]].divider
    return found
