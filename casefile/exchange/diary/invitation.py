"""An invitation (.ics, or the mail that carries one) becomes a form of the meeting, to be confirmed and signed later.

The invitation is kept whole as a document of the file. Nothing is signed: the form waits among the officer's drafts
and stands in their diary until the meeting was held.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email import policy
from email.parser import BytesParser
from pathlib import PurePath
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casefile.errors import Invalid
from casefile.exchange.calendars import MEDIA_TYPE, Event, read_calendar
from casefile.exchange.documents.prefill import OWN_SECTION
from casefile.exchange.documents.report import Prefilled
from casefile.exchange.minutes.agencies import agency_of
from casefile.exchange.minutes.kinds import KINDS
from casefile.files.actions.documents import NewDocument, put_document
from casefile.files.actions.drafts import start_draft
from casefile.files.reach import case_file
from casefile.record.dates import long_date
from casefile.record.model import Document, Draft, Entry, EntryThread
from casefile.sections import SECTIONS
from casefile.sections.values import SOURCE
from casefile.work.door import action
from casefile.work.names import Kind, Logged, Permission
from casefile.work.unit import Work

MEETINGS = ("conference", "core_group", "strategy")
"""Sections that an invitation can be prefilled into."""
BACK, AHEAD = 366, 731
"""Calendar days before and after today in which meetings are looked for."""
MOST_GUESTS = 60
_TYPES = {
    "initial_conference": "initial",
    "review_conference": "review",
    "pre_birth_conference": "pre_birth",
}
_MAIL = (ValueError, LookupError, TypeError, AttributeError, RecursionError, IndexError)


@dataclass(frozen=True, slots=True)
class Invitation:
    """One meeting that somebody is invited to.

    Attributes:
        name, data: The document it came in.
        event: When, where, who.
        doubts: What to look at before the form is confirmed, in sentences.
    """

    name: str
    data: bytes
    event: Event
    doubts: tuple[str, ...] = ()


def read_invitations(name: str, data: bytes, today: date) -> tuple[Invitation, ...]:
    """The meetings an invitation is for; of a repeated one the next time from today on.

    Raises:
        Damaged: It is no calendar that can be read.
        Invalid: It holds no meeting, or calls one off.
    """
    calendar = read_calendar(_calendar_in(data), today - timedelta(days=BACK), today + timedelta(days=AHEAD))
    if calendar.method == "CANCEL":
        raise Invalid(
            "This calls the meeting off; it is no invitation. Throw away the form of the meeting if there is one.",
            kept="Nothing was started.",
        )
    if not calendar.events:
        why = f" {calendar.doubts[0]}" if calendar.doubts else ""
        raise Invalid(
            f"No meeting of the last or the next year stands in {name}.{why}", kept="Nothing was started."
        )
    found: dict[str, Event] = {}
    for one in calendar.events:
        held = found.get(one.uid)
        if held is None or held.first_day < today <= one.first_day:
            found[one.uid] = one
    return tuple(Invitation(name, data, one, calendar.doubts) for one in found.values())


@action(needs=Permission.KEEP_FILES, logs=Logged.COLLECTION)
def draft_from_invitation(work: Work, file_id: UUID, invitation: Invitation, record: str = "") -> Prefilled:
    """Keep an invitation in a file and start the form of its meeting, or move the form when it was moved.

    Args:
        work: The unit of work.
        file_id: The case file.
        invitation: What :func:`read_invitations` found; reading comes first, outside the unit of work.
        record: The section; "" for what the invitation calls itself, a conference when it does not say.

    Raises:
        Invalid: That section is not one of a meeting.
        Missing: There is no such file, or not for this officer to see.
    """
    reference = case_file(work, file_id).reference
    kind = _kind(invitation.event)
    section = record or OWN_SECTION.get(kind, "conference")
    if section not in MEETINGS:
        raise Invalid(
            "An invitation is prefilled into the form of a meeting only.", kept="Nothing was started."
        )
    document_id = _kept(work, file_id, invitation)
    doubts = (*invitation.doubts, *_doubts(invitation.event, kind, work.today))
    values = _values(invitation, section, kind, document_id, doubts)
    work.note(reference=reference)
    title = SECTIONS[section].title
    what = f"An invitation to a {title.lower()} on {long_date(invitation.event.first_day)}."
    if signed := _signed(work, file_id, section, invitation.event.first_day):
        why_not = f"The file holds a signed record of that day already: {signed}."
        return Prefilled(document_id, invitation.name, None, section, title, "", what, doubts, why_not)
    draft = _mine(work, file_id, section, invitation.event.uid)
    if draft is None:
        draft_id = start_draft(work, file_id, section, values=values).id
    else:
        draft_id, moved = draft.id, _move(work, draft, values)
        what = f"{what} {moved}"
    return Prefilled(document_id, invitation.name, draft_id, section, title, "", what, doubts, "")


def _calendar_in(data: bytes) -> bytes:
    """The calendar itself, or the one that a mail carries."""
    if data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").upper().startswith(b"BEGIN:VCALENDAR"):
        return data
    try:
        mail = BytesParser(policy=policy.default).parsebytes(data)
        for part in mail.walk():
            named = (part.get_filename() or "").lower().endswith(".ics")
            if part.get_content_type() == MEDIA_TYPE or named:
                found = part.get_payload(decode=True)
                if isinstance(found, bytes):
                    return found
    except _MAIL:
        return data
    return data


def _kind(event: Event) -> str:
    """What the meeting calls itself: a code of the kinds of meetings, or ""."""
    for words in (event.title, event.description[:400]):
        for code, pattern in KINDS:
            if code in OWN_SECTION and pattern.search(words):
                return code
    return ""


def _doubts(event: Event, kind: str, today: date) -> tuple[str, ...]:
    found: list[str] = []
    if not kind:
        found.append("The invitation does not say what kind of meeting it is.")
    if event.repeats:
        found.append("The meeting repeats; only this one time was taken.")
    if event.whole_days:
        found.append("The invitation gives no time of day.")
    if event.first_day < today:
        found.append("The meeting is past.")
    return tuple(found)


def _lines(event: Event) -> list[tuple[str, str]]:
    """The invitation as a person reads it, each line with the field it fills."""
    starts, ends = event.starts, event.ends
    when = long_date(event.first_day)
    if isinstance(starts, datetime) and isinstance(ends, datetime):
        when += f", {starts:%H:%M} to {ends:%H:%M}"
    lines = [("kind", f"Invitation: {event.title}"), ("happened_on", f"When: {when}")]
    lines += [("place", f"Where: {event.where}")] if event.where else []
    lines += [("", f"Sent by: {event.organiser}")] if event.organiser else []
    lines += [
        (f"attendees.{place}", f"Invited: {name}") for place, name in enumerate(event.attendees[:MOST_GUESTS])
    ]
    return lines + [("", line) for line in event.description.splitlines() if line.strip()]


def _values(
    invitation: Invitation, section: str, kind: str, document_id: UUID, doubts: tuple[str, ...]
) -> dict[str, Any]:
    event = invitation.event
    values: dict[str, Any] = {
        "happened_on": event.first_day.isoformat(),
        "known_on": event.first_day.isoformat(),
    }
    if isinstance(event.starts, datetime):
        values["happened_at"] = f"{event.starts:%H:%M}"
    if section == "conference" and kind in _TYPES:
        values["kind"] = _TYPES[kind]
    if event.where:
        values["place"] = event.where
    guests = [{"name": name, "agency": agency_of(name, name)} for name in event.attendees[:MOST_GUESTS]]
    if guests:
        values["attendees"] = [{key: value for key, value in one.items() if value} for one in guests]
    evidence = {
        key: {"line": number, "text": text[:300]}
        for number, (key, text) in enumerate(_lines(event), 1)
        if key
    }
    if "happened_on" in evidence:
        evidence["happened_at"] = evidence["happened_on"]
    values[SOURCE] = {
        "document_id": str(document_id),
        "name": invitation.name,
        "evidence": evidence,
        "doubts": list(doubts),
        "uid": event.uid,
    }
    return values


def _kept(work: Work, file_id: UUID, invitation: Invitation) -> UUID:
    """The invitation as a document of the file; the same one again is not filed a second time."""
    digest = hashlib.sha256(invitation.data).hexdigest()
    held = work.session.scalars(
        select(Document.id).where(Document.file_id == file_id, Document.sha256 == digest).limit(1)
    ).first()
    if held is not None:
        return held
    text = "\n".join(line for _, line in _lines(invitation.event))
    name = PurePath(invitation.name).name or "invitation.ics"
    new = NewDocument(
        name,
        MEDIA_TYPE,
        invitation.data,
        text,
        work.today,
        invitation.event.organiser or None,
        invitation.doubts,
    )
    return put_document(work, file_id, new)


def _signed(work: Work, file_id: UUID, section: str, day: date) -> str:
    """The signed record of such a meeting on that day, in one line; "" when there is none."""
    found = work.session.scalars(
        select(Entry.summary)
        .join(EntryThread, EntryThread.latest_id == Entry.id)
        .where(Entry.file_id == file_id, Entry.section == section, Entry.happened_on == day)
        .limit(1)
    ).first()
    return found or ""


def _mine(work: Work, file_id: UUID, section: str, uid: str) -> Draft | None:
    """One's own form of the same meeting, begun from an earlier invitation."""
    drafts = work.session.scalars(
        select(Draft).where(
            Draft.file_id == file_id, Draft.officer_id == work.officer_id, Draft.record == section
        )
    )
    return next((one for one in drafts if _uid(one.values) == uid), None)


def _uid(values: Mapping[str, Any]) -> str:
    source: Any = values.get(SOURCE)
    return str(source.get("uid", "")) if isinstance(source, dict) else ""  # pyright: ignore[reportUnknownArgumentType, reportUnknownMemberType]


def _move(work: Work, draft: Draft, values: Mapping[str, Any]) -> str:
    """Bring the day, the time and the place of a form to what the newer invitation says; nothing else is touched."""
    fields = ("happened_on", "known_on", "happened_at", "place", SOURCE)
    newer = {key: values[key] for key in fields if key in values}
    was = draft.values.get("happened_on"), draft.values.get("happened_at"), draft.values.get("place")
    draft.values = {**draft.values, **newer}
    now = draft.values.get("happened_on"), draft.values.get("happened_at"), draft.values.get("place")
    if was == now:
        return "Its form was begun before."
    draft.revision += 1
    draft.saved_at = work.now
    work.touch(Kind.DRAFT, draft.file_id)
    return "Its form was begun before and was moved to what this one says."
