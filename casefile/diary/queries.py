"""Reading a diary: of an officer, a file or a team, between two days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, false, or_, select

from casefile.access.model import Absence, Officer
from casefile.diary import sources
from casefile.diary.conflicts import Away, with_conflicts
from casefile.diary.rows import Diary, DiaryKind, DiaryRow, DiaryState, Wanted
from casefile.diary.sources import MOST, Scope
from casefile.errors import Fault, Invalid, Missing
from casefile.record.model import CaseFile, Task
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

MOST_DAYS = 400
"""Calendar days of one diary: a year and a little."""
_RANK = {
    DiaryState.HELD: 0,
    DiaryState.DRAFT: 1,
    DiaryState.FIXED: 2,
    DiaryState.LATE: 3,
    DiaryState.DUE: 3,
    DiaryState.AWAY: 4,
}
"""Which of several rows about the same meeting tells it best."""


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def diary(work: Work, wanted: Wanted) -> Diary:
    """Read everything with a date between two days, with what does not go together."""
    found = read_diary(work, wanted)
    work.about(files={one.file_id for one in found.rows if one.file_id})
    work.note(whose=wanted.whose, found=len(found.rows))
    return found


@query(needs=Permission.READ_FILES, logs=Logged.NOT_PERSONAL)
def teams(work: Work) -> tuple[str, ...]:
    """List the teams that have an active officer."""
    found = work.session.scalars(
        select(Officer.team).where(Officer.active, Officer.team != "").distinct().order_by(Officer.team)
    )
    return tuple(found)


def read_diary(work: Work, wanted: Wanted) -> Diary:
    """The diary, inside work that is under way; the caller says whose record it reads.

    Raises:
        Invalid: The days are the wrong way round or too far apart, or the team is not named and one has none.
        Missing: There is no such file, or not for this officer to see.
    """
    if wanted.until_on < wanted.from_on:
        raise Invalid([Fault("until_on", "The last day is before the first.")], kept="Nothing was read.")
    if (wanted.until_on - wanted.from_on).days > MOST_DAYS:
        raise Invalid(
            [Fault("until_on", f"A diary holds {MOST_DAYS} days at most.")], kept="Nothing was read."
        )
    title, scope = _scope(work, wanted)
    rows: list[DiaryRow] = []
    left_off = False
    for source in (sources.held, sources.visits, sources.fixed, sources.drafted, sources.owed):
        some = list(source(work, scope))
        left_off = left_off or len(some) >= MOST
        rows += some
    rows = _once(rows)
    rows += [
        sources.absence_row(one, officer, scope, _kind_words(work, one))
        for one, officer in sources.absences(work, scope)
    ]
    if wanted.kinds:
        rows = [one for one in rows if one.kind in wanted.kinds]
    told = _conflicts(work, scope, rows)
    return Diary(title, wanted.from_on, wanted.until_on, tuple(sorted(told, key=order)), left_off)


def order(one: DiaryRow) -> tuple[date, bool, time, int, str, str]:
    """By day, what lasts the whole day first, then by time; what is only owed comes last."""
    last = one.state in (DiaryState.DUE, DiaryState.LATE)
    at = one.at or (time.max if last else time.min)
    return one.on, one.kind is not DiaryKind.ABSENCE, at, _RANK[one.state], one.reference, one.title


def _once(rows: Iterable[DiaryRow]) -> list[DiaryRow]:
    """One row for one meeting: the record before the form, the form before what was fixed, that before the limit.

    A limit that is late and of which no record is signed is told as late, whoever had fixed that day.
    """
    best: dict[tuple[UUID | None, DiaryKind, date], list[DiaryRow]] = {}
    for one in rows:
        best.setdefault((one.file_id, one.kind, one.on), []).append(one)
    found: list[DiaryRow] = []
    for (_, kind, _), same in best.items():
        states = {one.state for one in same}
        late = DiaryState.LATE in states and DiaryState.HELD not in states
        told = [one for one in same if one.state is DiaryState.LATE] if late else same
        top = min(_RANK[one.state] for one in told)
        kept = [one for one in told if _RANK[one.state] == top or kind is DiaryKind.TASK]
        found += kept if kind is DiaryKind.TASK else _limits_once(kept)
    return found


def _limits_once(same: list[DiaryRow]) -> list[DiaryRow]:
    """A limit that a record states and the task that it opened are one date, told in the words of the task."""
    tasks = [one for one in same if one.task_id is not None]
    stated = [one for one in same if one.task_id is None]
    if len(tasks) == len(stated) == 1 and stated[0].state is tasks[0].state:
        return [replace(stated[0], title=tasks[0].title, task_id=tasks[0].task_id)]
    return stated or tasks


def _scope(work: Work, wanted: Wanted) -> tuple[str, Scope]:
    me = work.officer_id
    days = wanted.from_on, wanted.until_on
    if wanted.whose == "file":
        file = work.session.scalars(select(CaseFile).where(CaseFile.id == wanted.file_id)).first()
        if file is None:
            raise Missing(
                "There is no such file, or it is restricted and you are not one of its named readers."
            )
        held_by = [one for one in (file.officer_id, file.researcher_id, file.supervisor_id) if one]
        return file.reference, Scope(*days, CaseFile.id == file.id, None, Absence.officer_id.in_(held_by))
    if wanted.whose == "team":
        team = wanted.team or work.session.scalars(select(Officer.team).where(Officer.id == me)).first() or ""
        if not team:
            raise Invalid([Fault("team", "Name a team: you belong to none.")], kept="Nothing was read.")
        theirs = select(Officer.id).where(Officer.team == team)
        files: ColumnElement[bool] = or_(
            CaseFile.officer_id.in_(theirs),
            CaseFile.officer_id.is_(None) & CaseFile.supervisor_id.in_(theirs),
        )
        return team, Scope(*days, files, None, Absence.officer_id.in_(theirs))
    mine = or_(CaseFile.officer_id == me, CaseFile.researcher_id == me, CaseFile.supervisor_id == me)
    return work.actor.name, Scope(*days, mine, Task.officer_id == me, Absence.officer_id == me)


def _kind_words(work: Work, one: Absence) -> str:
    """Why somebody is away is for them and for who allocates work; others need to know only that they are."""
    if one.officer_id != work.actor.officer_id and not work.actor.may(Permission.ALLOCATE):
        return ""
    return work.standards.codes("absence_kind").label(one.kind).lower()


def _conflicts(work: Work, scope: Scope, rows: list[DiaryRow]) -> tuple[DiaryRow, ...]:
    ahead = [
        one for one in rows if one.officer_id and one.last >= work.today and one.state is not DiaryState.HELD
    ]
    officers = sorted(
        {one.officer_id for one in ahead if one.officer_id and one.kind is not DiaryKind.ABSENCE}
    )
    if not officers or scope.until_on < work.today:
        return tuple(rows)
    all_of_them = replace(
        scope, officers=Absence.officer_id.in_(officers) if officers else false(), from_on=work.today
    )
    away = [Away(one.officer_id, one.from_on, one.until_on) for one, _ in sources.absences(work, all_of_them)]
    meetings = list(sources.meetings_of(work, scope, officers))
    work.about(files={one.file_id for one in meetings if one.file_id and _beside(one, ahead)})
    return with_conflicts(rows, meetings, away, work.today)


def _beside(meeting: DiaryRow, rows: list[DiaryRow]) -> bool:
    """Whether a meeting stands on the day of a row of the same officer."""
    return any(one.on == meeting.on and one.officer_id == meeting.officer_id for one in rows)


def month_of(day: date) -> tuple[date, date]:
    """First and last day of the weeks, Monday to Sunday, that hold the month of a day."""
    first = day.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    last = after - timedelta(days=1)
    return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week of a day."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)
