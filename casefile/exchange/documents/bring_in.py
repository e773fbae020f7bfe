"""Bringing a document into a case file: kept whole with all that came inside it, and minutes prefilled from it.

Nothing is signed here. What was read is a proposal in a draft of the officer who brought it in; a person compares
it with the document, mends it and signs. The same document again is not filed a second time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from pathlib import PurePath
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casefile.access.queries import officers
from casefile.errors import Cancelled, Invalid, Missing
from casefile.exchange.documents.prefill import OWN_SECTION, Source, held_on, prefill, words_of
from casefile.exchange.documents.report import DocumentReport, Filed, Prefilled
from casefile.exchange.documents.told import doubts, read_as
from casefile.exchange.minutes import Known, ProposedMinutes, propose_minutes
from casefile.exchange.readers import Part, Reading
from casefile.files.actions.documents import NewDocument, put_document
from casefile.files.actions.drafts import start_draft
from casefile.files.reach import case_file
from casefile.record.model import Document, Draft
from casefile.record.persons import people_of
from casefile.sections import SECTIONS
from casefile.sections.load import entries
from casefile.sections.values import SOURCE
from casefile.work.door import action
from casefile.work.names import Logged, Permission
from casefile.work.unit import LONDON, Work

MINUTES = "minutes"
MEETINGS = (MINUTES, *dict.fromkeys(OWN_SECTION.values()))
"""Sections that can be prefilled from a document."""


@action(needs=Permission.KEEP_FILES, logs=Logged.COLLECTION)
def bring_in_document(
    work: Work, file_id: UUID, parts: Sequence[Part], *, received_on: date | None = None
) -> DocumentReport:
    """File a document with all that came inside it, and start the minutes that it holds.

    Args:
        work: The unit of work.
        file_id: The case file it belongs to.
        parts: What :func:`casefile.exchange.readers.read_whole` made of it. Reading comes first and outside
            the unit of work, so that nobody's saving waits for a long document.
        received_on: The day police had it; else the day a mail was sent, else today.

    Raises:
        Invalid: There is nothing to file, or a document too large to keep. Nothing is filed.
        Missing: There is no such file, or not for this officer to see.
        Cancelled: Somebody stopped it. Nothing is filed.
    """
    reference = case_file(work, file_id).reference
    if not parts:
        raise Invalid("There is no document to file.", kept="Nothing was filed.")
    received = min(received_on or _sent_on(parts[0].reading) or work.today, work.today)
    try:
        filed = _file(work, file_id, parts, received)
    except Cancelled as stopped:
        raise Cancelled(stopped.sentence, kept="Nothing of the document was filed.") from stopped
    known = _known(work, file_id)
    prefilled: list[Prefilled] = []
    for part, one in zip(parts, filed, strict=True):
        if part.reading.text:
            read = propose_minutes(part.reading.text, part.reading.title, known)
            prefilled.append(_start(work, file_id, (one.document_id, part.name, received), read, known))
    work.note(reference=reference, drafts=sum(1 for one in prefilled if one.draft_id))
    return DocumentReport(file_id, reference, filed, tuple(prefilled))


@action(needs=Permission.KEEP_FILES, logs=Logged.COLLECTION)
def draft_from_document(work: Work, document_id: UUID, record: str = MINUTES) -> Prefilled:
    """Start a form of a meeting from a document of a file, with what can be read from it.

    Raises:
        Missing: There is no such document, or not for this officer to see.
        Invalid: That section is not one of a meeting, or no text could be read from the document.
    """
    row: Any = work.session.execute(
        select(Document.file_id, Document.name, Document.text, Document.received_on).where(
            Document.id == document_id
        )
    ).first()
    if row is None:
        raise Missing("That document is not there, or not yours to see.")
    if record not in MEETINGS:
        raise Invalid(
            "Only the record of a meeting can be prefilled from a document.", kept="Nothing was started."
        )
    if not row.text:
        raise Invalid(
            f"No text could be read from {row.name}; write the record by hand.", kept="Nothing was started."
        )
    work.about(files=[row.file_id])
    known = _known(work, row.file_id)
    read = propose_minutes(row.text, PurePath(row.name).stem.replace("-", " ").replace("_", " "), known)
    source = (document_id, row.name, row.received_on or work.today)
    return _start(work, row.file_id, source, read, known, wanted=record)


def _file(work: Work, file_id: UUID, parts: Sequence[Part], received: date) -> tuple[Filed, ...]:
    filed: list[Filed] = []
    for place, part in enumerate(parts):
        work.progress.step(place, len(parts), "Filing the documents")
        parent = filed[part.parent] if part.parent is not None else None
        parent_id = parent.document_id if parent else None
        held = _held(work, file_id, parent_id, part)
        reading = part.reading
        sender = reading.sender or (parts[part.parent].reading.sender if part.parent is not None else "")
        new = NewDocument(
            part.name, reading.media_type, part.data, reading.text, received, sender or None,
            reading.warnings, parent_id,
        )  # fmt: skip
        filed.append(
            Filed(
                held or put_document(work, file_id, new), part.name, parent.name if parent else "",
                len(reading.text.split()), held is not None, reading.warnings,
            )
        )  # fmt: skip
    return tuple(filed)


def _held(work: Work, file_id: UUID, parent_id: UUID | None, part: Part) -> UUID | None:
    """The same document at the same place in the file, if it is there."""
    same = select(Document.id).where(
        Document.file_id == file_id,
        Document.sha256 == hashlib.sha256(part.data).hexdigest(),
        Document.parent_id.is_(None) if parent_id is None else Document.parent_id == parent_id,
    )
    if parent_id is not None:
        same = same.where(Document.name == part.name)
    return work.session.scalars(same.limit(1)).first()


def _start(
    work: Work,
    file_id: UUID,
    document: tuple[UUID, str, date],
    read: ProposedMinutes,
    known: Known,
    wanted: str = "",
) -> Prefilled:
    """Start the draft of a document that reads as minutes, or of the section that a person wants."""
    document_id, name, received = document
    record = wanted or MINUTES
    meeting = _Meeting(work, file_id, document_id, read)
    draft_id, why_not = meeting.draft_of(record)
    left_out = 0
    if draft_id is None and not why_not and not (wanted or read.is_minutes):
        why_not = "It is kept for reading; no form was started from it."
    elif draft_id is None and not why_not:
        owed = meeting.actions()
        left_out = sum(1 for one in read.actions if words_of(one).casefold() in owed)
        told = tuple(doubts(read, known, left_out))
        source = Source(document_id, name, received, owed, told, known.subjects)
        draft_id = start_draft(work, file_id, record, values=prefill(record, read, source)).id
    own = OWN_SECTION.get(read.kind.value if read.kind else "", "") if read.is_minutes else ""
    return Prefilled(
        document_id, name, draft_id, record, SECTIONS[record].title,
        own if own and own != record and not meeting.recorded(own) else "",
        read_as(read, work.standards), tuple(doubts(read, known, left_out)), why_not,
    )  # fmt: skip


class _Meeting:
    """What a file already holds of the meeting a document records."""

    def __init__(self, work: Work, file_id: UUID, document_id: UUID, read: ProposedMinutes) -> None:
        self._day = read.held.value.day if read.held else None
        same = select(Document.sha256).where(Document.id == document_id).scalar_subquery()
        copies = select(Document.id).where(Document.file_id == file_id, Document.sha256 == same)
        self._copies = {str(one) for one in work.session.scalars(copies)}
        self._signed = entries(work.session, SECTIONS, file_id, only=MEETINGS)
        self._drafts = work.session.scalars(
            select(Draft).where(Draft.file_id == file_id, Draft.record.in_(MEETINGS))
        ).all()
        self._mine = work.officer_id

    def draft_of(self, record: str) -> tuple[UUID | None, str]:
        """The draft already started from this document; or, in a sentence, why none is to be started."""
        for entry in self._signed:
            if entry.section == record and str(entry.get("document_id")) in self._copies:
                return (
                    None,
                    "It is confirmed and signed already; amend that record if it must say something else.",
                )
            if entry.section == record and record != MINUTES and self._day and entry.happened_on == self._day:
                return None, f"The file holds a signed record of that day already: {entry.summary}."
        for draft in self._drafts:
            if draft.record == record and _source_of(draft.values) in self._copies:
                mine = draft.officer_id == self._mine
                return (draft.id, "") if mine else (None, "Another officer has begun to confirm it.")
        return None, ""

    def recorded(self, record: str) -> bool:
        """Whether the meeting itself is recorded or being recorded under its own section."""
        day = self._day.isoformat() if self._day else ""
        signed = any(
            one.section == record and self._day and one.happened_on == self._day for one in self._signed
        )
        return signed or any(
            one.record == record
            and (_source_of(one.values) in self._copies or (day and held_on(one.values) == day))
            for one in self._drafts
        )

    def actions(self) -> frozenset[str]:
        """The actions of the same day or document that are owed already, in small letters."""
        found: set[str] = set()
        for entry in self._signed:
            if self._day and entry.happened_on == self._day:
                found.update(str(row.get("what")).casefold() for row in entry.rows("actions"))
        for draft in self._drafts:
            if _source_of(draft.values) in self._copies:
                rows: Any = draft.values.get("actions") or ()
                found.update(str(row.get("what")).casefold() for row in rows)
        return frozenset(found)


def _source_of(values: Mapping[str, Any]) -> str:
    source: Any = values.get(SOURCE)
    return str(source.get("document_id", "")) if isinstance(source, Mapping) else ""  # pyright: ignore[reportUnknownArgumentType, reportUnknownMemberType]


def _known(work: Work, file_id: UUID) -> Known:
    people = people_of(work.session, file_id, work.today)
    names = tuple((one.id, one.name) for one in people if not one.unborn)
    subjects = frozenset(one.id for one in people if {"subject", "unborn"} & set(one.roles(file_id)))
    return Known(names, tuple((one.id, one.name, one.number or "") for one in officers(work)), subjects)


def _sent_on(reading: Reading) -> date | None:
    """The day a mail was sent, in London."""
    if reading.media_type not in ("message/rfc822", "application/vnd.ms-outlook") or not reading.dated:
        return None
    try:
        sent = parsedate_to_datetime(reading.dated)
    except (ValueError, TypeError, IndexError):
        try:
            sent = datetime.fromisoformat(reading.dated)
        except ValueError:
            return None
    try:
        return sent.astimezone(LONDON).date() if sent.tzinfo else sent.date()
    except (OverflowError, ValueError):
        return None
