"""Where the dates of a diary come from: signed records, what they fix, one's own forms, tasks and absences.

Nothing is derived here: each is one statement on rows that writes keep up to date, found by an index on its day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from casefile.access.model import Absence, Officer
from casefile.access.queries import shown
from casefile.diary.rows import DiaryKind, DiaryRow, DiaryState
from casefile.record.dates import NotADate, long_date, read_date, read_time
from casefile.record.model import CaseFile, Draft, Entry, EntryThread, Task
from casefile.sections import SECTIONS
from casefile.sections.bail import Bail
from casefile.sections.closure import Closure
from casefile.sections.conference import Conference
from casefile.sections.contact import Contact
from casefile.sections.core_group import CoreGroup
from casefile.sections.legal import Legal
from casefile.sections.research_owed import RESEARCH
from casefile.sections.strategy import StrategyDiscussion
from casefile.work.unit import Work

MOST = 3_000
"""Rows of one source in one diary: more than anybody reads."""
HELD = {
    "conference": DiaryKind.CONFERENCE,
    "core_group": DiaryKind.CORE_GROUP,
    "strategy": DiaryKind.STRATEGY,
    "medical": DiaryKind.MEDICAL,
    "supervision": DiaryKind.REVIEW,
}
"""Records that stand in the diary on the day they happened."""
DRAFTED = {**HELD, "contact": DiaryKind.VISIT, "legal": DiaryKind.COURT}
_NO_VISIT = ("telephone", "text", "email", "letter")
_LIMITS = {
    DiaryKind.CONFERENCE: ("ICPC", "RCPC-"),
    DiaryKind.CORE_GROUP: ("CG-",),
    DiaryKind.STRATEGY: ("STR-1", "MED-0-STRATEGY"),
    DiaryKind.COURT: ("HEARING", "EPO", "EPO-", "CAO", "CARE", "PP"),
    DiaryKind.BAIL: ("BAIL-", "RUI"),
    DiaryKind.MEDICAL: ("MED-1", "MED-0-SEEN", "MED-0-FORENSIC"),
    DiaryKind.VISIT: ("VIS-",),
    DiaryKind.REVIEW: ("SUPERVISION", "INSPECTOR-REVIEW", "RISK-REVIEW"),
}
"""Timescales by what sort of date they set: keys, or how keys begin."""


def kind_of_limit(timescale: str) -> DiaryKind:
    """What sort of date a timescale sets."""
    for kind, keys in _LIMITS.items():
        if timescale.startswith(tuple(one for one in keys if one.endswith("-"))) or timescale in keys:
            return kind
    return DiaryKind.TASK


@dataclass(frozen=True, slots=True)
class Scope:
    """Between which days, and of which files and officers.

    Attributes:
        files: Conditions on the case file.
        tasks: A condition that takes tasks of other files too (those one owes oneself); None for none.
        officers: Whose absences stand in the diary.
    """

    from_on: date
    until_on: date
    files: ColumnElement[bool]
    tasks: ColumnElement[bool] | None
    officers: ColumnElement[bool]

    def within(self, day: Any) -> ColumnElement[bool]:
        """A column that holds a day between the two."""
        return and_(day >= self.from_on, day <= self.until_on)


_FILE = (CaseFile.id.label("file_id"), CaseFile.reference, CaseFile.family_name)


def _named(officer: Any) -> tuple[Any, ...]:
    return officer.id.label("holder"), officer.name.label("name"), officer.role, officer.number


def _of(row: Any) -> dict[str, Any]:
    """What every date of a file says: the file, and who has to be there."""
    return {
        "file_id": row.file_id,
        "reference": row.reference,
        "family_name": row.family_name,
        "officer_id": row.holder,
        "officer": shown(row.name, row.role, row.number) if row.name else "",
    }


def held(work: Work, scope: Scope) -> Iterator[DiaryRow]:
    """What happened: the latest version of each record, on its day."""
    holder = aliased(Officer)
    columns = (Entry.thread_id, Entry.section, Entry.happened_on, Entry.happened_at, Entry.summary)
    rows: Any = work.session.execute(
        select(*columns, *_FILE, *_named(holder))
        .join(EntryThread, EntryThread.latest_id == Entry.id)
        .join(CaseFile, CaseFile.id == Entry.file_id)
        .outerjoin(holder, holder.id == Entry.author_id)
        .where(Entry.section.in_(HELD), scope.within(Entry.happened_on), scope.files)
        .order_by(Entry.happened_on)
        .limit(MOST)
    )
    for row in rows:
        yield _record(row, HELD[row.section], work.today)


def visits(work: Work, scope: Scope) -> Iterator[DiaryRow]:
    """Visits and other meetings with the family face to face."""
    holder = aliased(Officer)
    rows: Any = work.session.execute(
        select(
            Contact.thread_id, Contact.section, Contact.happened_on, Contact.happened_at, Contact.summary,
            *_FILE, *_named(holder),
        )
        .join(EntryThread, EntryThread.latest_id == Contact.id)
        .join(CaseFile, CaseFile.id == Contact.file_id)
        .outerjoin(holder, holder.id == Contact.author_id)
        .where(scope.within(Contact.happened_on), Contact.kind.not_in(_NO_VISIT), scope.files)
        .order_by(Contact.happened_on)
        .limit(MOST)
    )  # fmt: skip
    for row in rows:
        yield _record(row, DiaryKind.VISIT, work.today)


def _record(row: Any, kind: DiaryKind, today: date) -> DiaryRow:
    return DiaryRow(
        key=f"held-{row.thread_id}",
        kind=kind,
        state=DiaryState.HELD if row.happened_on <= today else DiaryState.FIXED,
        on=row.happened_on,
        at=row.happened_at,
        title=row.summary or kind.label,
        thread_id=row.thread_id,
        section=row.section,
        divider=SECTIONS[row.section].divider,
        **_of(row),
    )


@dataclass(frozen=True, slots=True)
class _Fixes:
    """A field in which a record says when the next thing is.

    Attributes:
        answered_by: Sections whose later record takes its place.
    """

    section: Any
    day: str
    at: str
    kind: DiaryKind
    title: str
    answered_by: tuple[str, ...] = ()


_FIXED = (
    _Fixes(Conference, "next_on", "next_at", DiaryKind.CONFERENCE, "Conference fixed", ("conference",)),
    _Fixes(
        StrategyDiscussion, "conference_on", "", DiaryKind.CONFERENCE, "Initial conference fixed", ("conference",)
    ),
    _Fixes(CoreGroup, "next_on", "next_at", DiaryKind.CORE_GROUP, "Core group fixed", ("core_group",)),
    _Fixes(Legal, "next_hearing_on", "next_hearing_at", DiaryKind.COURT, "Court hearing", ("legal",)),
    _Fixes(Legal, "until_on", "", DiaryKind.COURT, "Order runs out"),
    _Fixes(Bail, "expires_on", "", DiaryKind.BAIL, "Bail expires"),
    _Fixes(Closure, "next_review_on", "", DiaryKind.REVIEW, "Review for retention"),
)  # fmt: skip
_LIMITS_FIXED = {"until_on", "expires_on", "next_review_on"}
"""Fields whose day is a limit and no meeting."""


def fixed(work: Work, scope: Scope) -> Iterator[DiaryRow]:
    """What records fix for a day to come, unless a later record took its place."""
    for one in _FIXED:
        yield from _fixed(work, scope, one)


def _fixed(work: Work, scope: Scope, one: _Fixes) -> Iterator[DiaryRow]:
    section, holder = one.section, aliased(Officer)
    day = getattr(section, one.day)
    wanted: Any = (
        select(section.thread_id, section.section, day.label("on"), *_FILE, *_named(holder))
        .join(EntryThread, EntryThread.latest_id == section.id)
        .join(CaseFile, CaseFile.id == section.file_id)
        .outerjoin(holder, holder.id == CaseFile.officer_id)
        .where(scope.within(day), scope.files)
    )
    if one.at:
        wanted = wanted.add_columns(getattr(section, one.at).label("at"))
    if one.section is not Closure:
        wanted = wanted.where(CaseFile.state != "closed")
    if one.section is Bail:
        wanted = wanted.where(or_(Bail.ended_how.is_(None), Bail.ended_how == "extended"))
    if one.answered_by:
        later, pointer = Entry.__table__.alias("later"), EntryThread.__table__.alias("pointer")
        wanted = wanted.where(
            ~exists().where(
                later.c.file_id == section.file_id,
                later.c.section.in_(one.answered_by),
                later.c.happened_on > section.happened_on,
                pointer.c.latest_id == later.c.id,
            )
        )
    for row in work.session.execute(wanted.order_by(day).limit(MOST)):
        limit = one.day in _LIMITS_FIXED
        yield DiaryRow(
            key=f"{one.day}-{row.thread_id}",
            kind=one.kind,
            state=_due(row.on, work.today) if limit else DiaryState.FIXED,
            on=row.on,
            at=row.at if one.at else None,
            title=one.title,
            thread_id=row.thread_id,
            section=row.section,
            divider=SECTIONS[row.section].divider,
            **_of(row),
        )


def _due(day: date, today: date) -> DiaryState:
    return DiaryState.LATE if day < today else DiaryState.DUE


def owed(work: Work, scope: Scope) -> Iterator[DiaryRow]:
    """What is owed by a day and not done."""
    holder = aliased(Officer)
    mine = scope.files if scope.tasks is None else or_(scope.files, scope.tasks)
    owes = holder.id == case(
        (Task.officer_id.is_not(None), Task.officer_id),
        (Task.timescale.in_(_LIMITS[DiaryKind.REVIEW]), CaseFile.supervisor_id),
        (Task.timescale == RESEARCH, func.coalesce(CaseFile.researcher_id, CaseFile.officer_id)),
        (Task.owed_by == "police", CaseFile.officer_id),
        else_=None,
    )
    columns = (Task.id, Task.timescale, Task.title, Task.due_on, Task.owed_by)
    rows: Any = work.session.execute(
        select(*columns, *_FILE, *_named(holder))
        .join(CaseFile, CaseFile.id == Task.file_id)
        .outerjoin(holder, owes)
        .where(Task.state == "due", scope.within(Task.due_on), mine)
        .order_by(Task.due_on)
        .limit(MOST)
    )
    agencies = work.standards.codes("agency")
    for row in rows:
        told = _of(row)
        if not told["officer"] and row.owed_by:
            told["officer"] = agencies.label(row.owed_by) if row.owed_by in agencies else row.owed_by
        yield DiaryRow(
            key=f"task-{row.id}",
            kind=kind_of_limit(row.timescale),
            state=_due(row.due_on, work.today),
            on=row.due_on,
            title=row.title,
            task_id=row.id,
            **told,
        )


def drafted(work: Work, scope: Scope) -> Iterator[DiaryRow]:
    """One's own forms of meetings to come: an invitation brought in stands here until it is held and signed."""
    holder = aliased(Officer)
    rows: Any = work.session.execute(
        select(Draft.id.label("draft_id"), Draft.record, Draft.values, *_FILE, *_named(holder))
        .join(CaseFile, CaseFile.id == Draft.file_id)
        .outerjoin(holder, holder.id == CaseFile.officer_id)
        .where(
            Draft.officer_id == work.officer_id,
            Draft.thread_id.is_(None),
            Draft.record.in_(DRAFTED),
            scope.files,
        )
    )
    for row in rows:
        day = _typed_day(row[2].get("happened_on"))
        if day is None or not scope.from_on <= day <= scope.until_on:
            continue
        yield DiaryRow(
            key=f"draft-{row.draft_id}",
            kind=DRAFTED[row.record],
            state=DiaryState.DRAFT,
            on=day,
            at=_typed_time(row[2].get("happened_at")),
            title=f"{SECTIONS[row.record].title}, not signed",
            section=row.record,
            draft_id=row.draft_id,
            **_of(row),
        )


def _typed_day(text: Any) -> date | None:
    try:
        return read_date(str(text)) if text else None
    except NotADate:
        return None


def _typed_time(text: Any) -> time | None:
    try:
        return read_time(str(text)) if text else None
    except NotADate:
        return None


def absences(work: Work, scope: Scope) -> Sequence[tuple[Absence, str]]:
    """Absences that stand and touch the days asked for, with the officer as shown."""
    replaced = select(Absence.replaces_id).where(Absence.replaces_id.is_not(None))
    rows: Any = work.session.execute(
        select(Absence, Officer.name, Officer.role, Officer.number)
        .join(Officer, Officer.id == Absence.officer_id)
        .where(
            Absence.from_on <= scope.until_on,
            or_(Absence.until_on.is_(None), Absence.until_on >= scope.from_on),
            Absence.id.not_in(replaced),
            Absence.withdrawn.is_(False),
            scope.officers,
        )
        .order_by(Absence.from_on, Absence.id)
    )
    return tuple((one, shown(name, role, number)) for one, name, role, number in rows)


def absence_row(one: Absence, officer: str, scope: Scope, kind: str) -> DiaryRow:
    """An absence as it stands in the diary, cut to the days asked for; *kind* in words or ""."""
    return DiaryRow(
        key=f"away-{one.id}",
        kind=DiaryKind.ABSENCE,
        state=DiaryState.AWAY,
        on=max(one.from_on, scope.from_on),
        until=min(one.until_on or scope.until_on, scope.until_on),
        title=f"{officer} is away{f': {kind}' if kind else ''}",
        officer_id=one.officer_id,
        officer=officer,
        note=f"From {long_date(one.from_on)} {_until(one.until_on)}",
    )


def _until(day: date | None) -> str:
    return f"to {long_date(day)}" if day else "with no day of return known"


def meetings_of(work: Work, scope: Scope, officers: Sequence[UUID]) -> Iterator[DiaryRow]:
    """Meetings to come of the files that these officers hold, whoever's diary is looked at."""
    theirs = Scope(
        max(scope.from_on, work.today),
        scope.until_on,
        CaseFile.officer_id.in_(officers),
        None,
        scope.officers,
    )
    yield from fixed(work, theirs)
