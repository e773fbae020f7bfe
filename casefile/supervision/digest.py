"""What changed in a file since a supervisor last looked at it: one page, ordered by what bears on the child."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casefile.access.model import Officer, Reader
from casefile.access.queries import shown
from casefile.access.visibility import RestrictedFile, store_hides
from casefile.alarms.load import history_of
from casefile.alarms.seen import seen
from casefile.alarms.told import day_of
from casefile.errors import Fault, Invalid, Missing
from casefile.record.closed import stand_out_of_sight
from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.record.matches import Link, links_of
from casefile.record.model import CaseFile, Document, TaskEvent
from casefile.record.owed import TaskSaid, latest_versions
from casefile.record.people import Involvement
from casefile.record.persons import PersonView, people_of
from casefile.sections import SECTIONS
from casefile.sections.keep import words_of
from casefile.sections.load import entries
from casefile.sections.research_owed import owing
from casefile.sections.supervision import RECORD
from casefile.supervision.digest_rows import (
    Baseline,
    Change,
    Digest,
    DigestFacts,
    DigestGroup,
    DigestLine,
    OtherFile,
    Received,
    SaidOf,
)
from casefile.supervision.digest_work import groups
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.pieces import in_pieces
from casefile.work.unit import LONDON, Work

__all__ = ["Digest", "DigestGroup", "DigestLine", "changed_since"]

_EARLIEST = date(1899, 12, 31)
_NO_REVIEW = ("direction",)
"""Kinds of supervision entry that look at one thing and not at the file."""


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def changed_since(work: Work, file_id: UUID, since: date | datetime | None = None) -> Digest:
    """Say what changed in a file since one's last review, or since a day.

    Args:
        work: The unit of work.
        file_id: The case file.
        since: A day counts from its beginning. None is the last review signed by the officer who asks, else the
            last by anybody, else the opening of the file.

    Raises:
        Invalid: The day is too long ago to be meant.
        Missing: There is no such file for this officer.
    """
    if since is not None and not isinstance(since, datetime) and since <= _EARLIEST:
        raise Invalid([Fault("since", f"The year {since.year} is out of range.")], kept="Nothing was read.")
    case: Any = work.session.execute(
        select(CaseFile.reference, CaseFile.opened_on, CaseFile.recorded_at).where(CaseFile.id == file_id)
    ).first()
    if case is None:
        raise Missing(
            "There is no such file, or it is restricted and you are not one of its named readers.",
            remedy="Ask its supervisor, or break the glass with a reason.",
        )
    work.about(files=[file_id])
    held = entries(work.session, SECTIONS, file_id, all_versions=True)
    review = last_review(held, work.actor.officer_id) if since is None else None
    baseline, words = _baseline(case, review, since, work)
    facts = _facts(work, file_id, held, baseline)
    work.about(people=[one.id for one in facts.seen.people])
    work.note(since=baseline.day.isoformat())
    thread = review.thread_id if review else None
    since_on = baseline.day if baseline.day > date.min else case.opened_on
    return Digest(file_id, case.reference, since_on, words, thread, groups(facts))


def last_review(held: tuple[EntryFact, ...], officer_id: UUID | None) -> EntryFact | None:
    """The last review an officer signed, else the last that anybody did, as first signed."""
    signed = [
        one
        for one in held
        if one.section == RECORD and one.version == 1 and one.get("kind") not in _NO_REVIEW
    ]
    mine = [one for one in signed if one.author_id == officer_id]
    return max(mine or signed, key=lambda one: (day_of(one), one.recorded_at), default=None)


def _baseline(
    case: Any, review: EntryFact | None, since: date | datetime | None, work: Work
) -> tuple[Baseline, str]:
    filed: datetime = case.recorded_at
    if isinstance(since, datetime):
        there = since.astimezone(LONDON)
        return Baseline(there.date(), since, filed), f"{long_date(there.date())}, {there:%H:%M}"
    if since is not None:
        before = since - timedelta(days=1)
        return Baseline(before, datetime.combine(since, time(), LONDON), filed), long_date(since)
    if review is None:
        opened: date = case.opened_on
        return Baseline(date.min, filed, filed), f"the file was opened on {long_date(opened)}"
    whose = "your" if review.author_id == work.actor.officer_id else f"{review.author}’s"
    return Baseline(
        day_of(review), review.recorded_at, filed
    ), f"{whose} review of {long_date(day_of(review))}"


def _facts(work: Work, file_id: UUID, held: tuple[EntryFact, ...], baseline: Baseline) -> DigestFacts:
    known = tuple(one for one in held if one.known_on <= work.today)
    people = people_of(work.session, file_id, work.today)
    spoken = _spoken(work, file_id)
    said = [one for one, _, _ in spoken]
    history = history_of(work, file_id, facts=known, said=said, people=people)
    old = tuple(one for one in known if not baseline.is_new(one.known_on, one.recorded_at))
    old_said = [one for one, _, at in spoken if not baseline.is_new(one.known_on, at)]
    links = links_of(work.session, file_id)
    others, hidden = _other_files(work, file_id, people, links)
    return DigestFacts(
        baseline=baseline,
        as_of=work.today,
        seen=seen(history, work.today, work.standards),
        before=tuple(latest_versions(old)),
        changes=_changes(known, old),
        owed_before=owing(people, file_id, old, old_said, work.standards, max(baseline.day, _EARLIEST)),
        owed_now=owing(people, file_id, known, said, work.standards, work.today),
        said={one.task_id: SaidOf(by, one.reason or "") for one, by, _ in spoken},
        documents=_documents(work, file_id),
        elsewhere=others,
        restricted_elsewhere=hidden,
        words=words_of(work.standards),
        officers=_officers(work),
        links=links,
    )


def _changes(known: tuple[EntryFact, ...], old: tuple[EntryFact, ...]) -> tuple[Change, ...]:
    before = {one.thread_id: one for one in latest_versions(old)}
    return tuple(
        Change(one, before.get(one.thread_id))
        for one in latest_versions(known)
        if before.get(one.thread_id) is None or before[one.thread_id].version != one.version
    )


def _spoken(work: Work, file_id: UUID) -> list[tuple[TaskSaid, str, datetime]]:
    """What officers said of the file's tasks, who said it and when it was recorded, in order."""
    rows = work.session.execute(
        select(TaskEvent, Officer.name, Officer.role, Officer.number)
        .join(Officer, Officer.id == TaskEvent.recorded_by)
        .where(TaskEvent.file_id == file_id)
        .order_by(TaskEvent.recorded_at, TaskEvent.id)
    )
    return [
        (
            TaskSaid(
                row.task_id, row.what, row.happened_on, row.known_on, row.reason, row.title, row.owed_by,
                row.officer_id, row.due_on,
            ),
            shown(name, role, number),
            row.recorded_at,
        )
        for row, name, role, number in rows
    ]  # fmt: skip


def _documents(work: Work, file_id: UUID) -> tuple[Received, ...]:
    rows = work.session.execute(
        select(
            Document.id, Document.name, Document.received_on, Document.recorded_at,
            Officer.name, Officer.role, Officer.number,
        )
        .join(Officer, Officer.id == Document.recorded_by)
        .where(Document.file_id == file_id, Document.parent_id.is_(None))
    )  # fmt: skip
    return tuple(Received(row[0], row[1], row[2], row[3], shown(*row[4:])) for row in rows)


def _other_files(
    work: Work, file_id: UUID, people: tuple[PersonView, ...], links: tuple[Link, ...]
) -> tuple[dict[UUID, OtherFile], bool]:
    """Other files of these people that this officer may read, and whether there is one they may not."""
    readable = {
        fact.file_id
        for one in people
        for facts in one.facts.values()
        for fact in facts
        if fact.file_id != file_id
    } | {one.file_id for one in links}
    found: dict[UUID, OtherFile] = {}
    for some in in_pieces(sorted(readable)):
        for row in work.session.execute(
            select(CaseFile.id, CaseFile.reference, CaseFile.family_name, CaseFile.state).where(
                CaseFile.id.in_(some)
            )
        ):
            found[row.id] = OtherFile(row.reference, row.family_name, row.state)
    work.about(files=found)
    return found, _hidden(work, file_id, [one.id for one in people])


def _hidden(work: Work, file_id: UUID, people: list[UUID]) -> bool:
    """Whether one of these people stands in a restricted file that this officer may not read.

    The tables are asked past the limit of the session, for a yes or no and nothing else.
    """
    if store_hides(work.session):
        return stand_out_of_sight(work.session, people)
    stands, limited = Involvement.__table__, RestrictedFile.__table__
    named = select(Reader.file_id).where(
        Reader.officer_id == work.actor.officer_id, Reader.until_at.is_(None) | (Reader.until_at > work.now)
    )
    for some in in_pieces(people):
        found = work.session.execute(
            select(stands.c.file_id)
            .join(limited, limited.c.file_id == stands.c.file_id)
            .where(stands.c.person_id.in_(some), stands.c.file_id != file_id, stands.c.file_id.not_in(named))
            .limit(1)
        ).first()
        if found is not None:
            return True
    return False


def _officers(work: Work) -> dict[UUID, str]:
    rows = work.session.execute(select(Officer.id, Officer.name, Officer.role, Officer.number))
    return {row[0]: shown(*row[1:]) for row in rows}
