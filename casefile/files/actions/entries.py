"""Signing: a draft becomes a version of an entry that nobody can change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, select

from casefile.access.lean import Lean
from casefile.alarms.closing import against_closing
from casefile.alarms.load import history_of
from casefile.alarms.refresh import refresh_file
from casefile.alarms.seen import seen
from casefile.errors import Conflict, Fault, Invalid, Missing
from casefile.files.reach import in_sight, own_draft
from casefile.record.described import FieldKind
from casefile.record.drafting import undecided
from casefile.record.facts import EntryFact
from casefile.record.model import Draft, EntryThread
from casefile.record.people import Involvement
from casefile.record.presence import who_writes
from casefile.record.remark_rows import answer_by_amendment
from casefile.sections import SECTIONS
from casefile.sections.base import Section, describe
from casefile.sections.hands import may_sign
from casefile.sections.keep import digest_of, words_of, write
from casefile.sections.load import thread
from casefile.sections.values import SOURCE, Reading, read_form
from casefile.store.base import Identity
from casefile.work.door import action
from casefile.work.ids import new_id
from casefile.work.names import Kind, Logged, Permission
from casefile.work.unit import Work

_INVOLVED = Lean(
    select(Involvement.person_id).where(Involvement.file_id == bindparam("file", type_=Identity()))
)
LONGEST_ORIGIN = 300
"""Characters of the name of a document kept as the origin of an entry."""


@action(needs=Permission.KEEP_FILES, logs=Logged.ALTERATION)
def sign_entry(
    work: Work, draft_id: UUID, *, reason: str | None = None, revision: int | None = None, over: bool = False
) -> EntryFact:
    """Sign a draft: it becomes an entry, or a new version of the one it amends, with a reason.

    Args:
        work: The unit of work.
        draft_id: The draft, which is the officer's own; nothing else of it is left afterwards.
        reason: Why the signed record must say something else.
        revision: How the officer read it last: what somebody else saved since is read before it is signed.
        over: Sign although somebody else is writing in it at this moment.

    Raises:
        Conflict: Somebody else changed it since it was read, writes in it now, or two words wait for a decision.
    """
    draft = own_draft(work, draft_id)
    _as_read(work, draft, revision, over=over)
    fact = sign(
        work, draft.file_id, draft.record, draft.values,
        thread_id=draft.thread_id, reason=reason, first_id=draft.id,
    )  # fmt: skip
    work.session.execute(delete(Draft).where(Draft.id == draft_id))
    work.touch(Kind.DRAFT, draft.file_id)
    refresh_file(work, draft.file_id, fact.known_on)
    return fact


def _as_read(work: Work, draft: Draft, revision: int | None, *, over: bool) -> None:
    """Nobody signs what they have not read, nor where two words stand for one field."""
    if revision is not None and draft.revision != revision:
        raise Conflict("Somebody else changed this draft while you read it.", theirs=dict(draft.values))
    if waiting := undecided(draft):
        titles = {one.key: one.label for one in describe(SECTIONS[draft.record]).fields}
        named = ", ".join(titles.get(key, key) for key in waiting)
        raise Conflict(f"Two versions stand side by side for {named}: say first which is to stand.")
    if not over and (writing := who_writes(work, draft.id)):
        names = " and ".join(writing)
        raise Conflict(f"{names} {'is' if len(writing) == 1 else 'are'} writing in this draft now.")


@action(needs=Permission.KEEP_FILES, logs=Logged.COLLECTION)
def record_entry(
    work: Work, file_id: UUID, record: str, values: Mapping[str, Any], *, reason: str | None = None
) -> EntryFact:
    """Write and sign an entry in one step, as the command line and the training store do."""
    in_sight(work, file_id)
    fact = sign(work, file_id, record, values, reason=reason)
    refresh_file(work, file_id, fact.known_on)
    return fact


def sign(
    work: Work,
    file_id: UUID,
    record: str,
    values: Mapping[str, Any],
    *,
    thread_id: UUID | None = None,
    reason: str | None = None,
    first_id: UUID | None = None,
) -> EntryFact:
    """Validate and write one version, inside work that refreshes the file afterwards.

    A new entry bears the identity of its draft (*first_id*): one draft cannot be signed twice, and whoever had the draft
    open finds the entry that it became.
    """
    section = SECTIONS[record]
    reading = read_form(describe(section), values, work.standards)
    may_sign(work, file_id, section, reading.values)
    said = {**reading.values, **reading.groups}
    told = {**section.wanting(said), **section.faults(said)}
    faults = reading.faults + [Fault(key, sentence) for key, sentence in told.items()]
    if section.closes_file:
        faults += _closing_faults(work, file_id)
    faults += _people_faults(work, file_id, reading)
    faults += _link_faults(work, file_id, section, reading)
    faults += _date_faults(reading, work.today)
    version, root = _next_version(work, thread_id)
    if version > 1 and not (reason or "").strip():
        faults.append(Fault("reason", "Say why you amend it: both versions stay readable."))
    if section.once and version == 1 and _has_one(work, file_id, record):
        faults.append(Fault("", f"This file already has its {section.title.lower()}. Amend that one."))
    if faults:
        raise Invalid(faults)
    fact = _fact(work, file_id, record, reading, (root, version, first_id), reason)
    fact = replace(fact, origin=_origin(values))
    summary = section.line(fact, words_of(work.standards))
    fact = replace(fact, summary=summary)
    fact = replace(fact, digest=digest_of(fact))
    write(work.session, section, fact, work.standards)
    if version > 1:
        answer_by_amendment(work, fact)
    work.note(section=record, version=version)
    work.about(files=[file_id], people=fact.concerns)
    work.touch(Kind.ENTRY, file_id)
    return fact


def _closing_faults(work: Work, file_id: UUID) -> list[Fault]:
    """What stands against closing the file today; nothing but what happens, or a waiver, takes it away."""
    found = against_closing(seen(history_of(work, file_id), work.today, work.standards), work.today)
    if not found:
        return []
    more = f"; and {len(found) - 4} more" if len(found) > 4 else ""
    told = f"The file cannot close while {'; '.join(found[:4])}{more}."
    return [Fault("", f"{told} Do it, or let a supervisor waive what need not be done.")]


def _fact(
    work: Work,
    file_id: UUID,
    record: str,
    reading: Reading,
    place: tuple[UUID | None, int, UUID | None],
    reason: str | None,
) -> EntryFact:
    values = dict(reading.values)
    happened_on, happened_at = values.pop("happened_on"), values.pop("happened_at")
    known_on, concerns = values.pop("known_on"), values.pop("concerns")
    entry_id = (place[2] if place[0] is None else None) or new_id()
    return EntryFact(
        id=entry_id,
        file_id=file_id,
        thread_id=place[0] or entry_id,
        section=record,
        version=place[1],
        versions=place[1],
        happened_on=happened_on,
        happened_at=happened_at,
        known_on=known_on or work.today,
        recorded_at=work.now,
        author_id=work.officer_id,
        author=work.actor.name,
        reason=reason.strip() if reason and place[1] > 1 else None,
        marking="OFFICIAL-SENSITIVE",
        origin=None,
        summary="",
        values=values,
        groups=reading.groups,
        doubts=reading.doubts,
        concerns=tuple(sorted(UUID(one) for one in concerns or ())),
    )


def _origin(values: Mapping[str, Any]) -> str | None:
    """The name of the document that the form was prefilled from, if it was."""
    source = values.get(SOURCE)
    name = source.get("name") if isinstance(source, dict) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return str(name)[:LONGEST_ORIGIN] if name else None  # pyright: ignore[reportUnknownArgumentType]


def _next_version(work: Work, thread_id: UUID | None) -> tuple[int, UUID | None]:
    if thread_id is None:
        return 1, None
    versions = thread(work.session, SECTIONS, thread_id)
    if not versions:
        raise Missing("What you want to amend is not there.")
    latest = max(one.version for one in versions)
    return latest + 1, thread_id


def _has_one(work: Work, file_id: UUID, record: str) -> bool:
    found = select(EntryThread.id).where(EntryThread.file_id == file_id, EntryThread.section == record)
    return work.session.execute(found.limit(1)).first() is not None


def _people_faults(work: Work, file_id: UUID, reading: Reading) -> list[Fault]:
    concerned = reading.values.get("concerns") or ()
    if not concerned:
        return []
    involved = {str(one.person_id) for one in _INVOLVED.rows(work.session, file=file_id)}
    if set(concerned) <= involved:
        return []
    return [
        Fault("concerns", "Somebody named here is not involved in this file. Add them to the file first.")
    ]


def _link_faults(work: Work, file_id: UUID, section: type[Section], reading: Reading) -> list[Fault]:
    """An entry points only at entries of its own file."""
    links = {
        one.key: reading.values[one.key]
        for one in describe(section).fields
        if one.kind is FieldKind.ENTRY and reading.values.get(one.key)
    }
    if not links:
        return []
    held = select(EntryThread.id).where(EntryThread.file_id == file_id, EntryThread.id.in_(links.values()))
    there = set(work.session.scalars(held))
    return [Fault(key, "That entry is not in this file.") for key, one in links.items() if one not in there]


def _date_faults(reading: Reading, today: date) -> list[Fault]:
    known: date | None = reading.values.get("known_on")
    if known is not None and known > today:
        return [Fault("known_on", "Police cannot know on a day that has not come.")]
    return []
