"""What queries of hand-over hand over: frozen rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from casefile.record.described import Description
from casefile.record.drafting import FormState
from casefile.record.handing import Step


@dataclass(frozen=True, slots=True)
class Line:
    """One line drawn from a file.

    Attributes:
        text: A sentence or a few words.
        on: The day it speaks of or is due.
        late: Whether that day has passed with the thing outstanding.
        entry_id: The entry that shows it, to be opened.
    """

    text: str
    on: date | None = None
    late: bool = False
    entry_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """What the file says under one heading (code list ``handover_heading``).

    Attributes:
        nothing: What stands there when there is no line, e.g. ``No bail.``
    """

    key: str
    title: str
    lines: tuple[Line, ...]
    nothing: str


@dataclass(frozen=True, slots=True)
class WordRow:
    """A word about one file of a hand-over, as shown."""

    what: str
    on: date
    at: datetime
    by: str
    said: str
    receiver: str
    interim: str
    approved_by: str
    until_on: date | None


@dataclass(frozen=True, slots=True)
class Owner:
    """Who answers for a file on a day, and why it is they.

    Attributes:
        officer_id: None only where the store has nobody who could.
        why: ``holder``, ``interim`` (an exception), ``supervisor`` (until somebody accepts), ``inspector`` (the
            supervisor is away too) or ``nobody``.
        sentence: The same for people.
    """

    officer_id: UUID | None
    officer: str
    why: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One file of a hand-over, in one role.

    Attributes:
        step: Where it stands (``casefile.record.handing.Step``).
        state: The same in words, with an exception: e.g. ``Waits for DC 12 Vale``.
        due_on: The day by which it should be with its receiver.
        late: Whether that day has come (of a return: has passed) and it is neither accepted nor excepted.
        settled: Accepted, to stay, or excepted until a day that has not passed.
        asked: The receiver's open question.
        opened: What the receiver has opened: ``checklist``, ``file`` or keys of dividers.
        exception_until: Last day of the exception that stands or has run out.
        overtaken: Somebody else was given the file meanwhile; nothing is left to hand over.
        holder: Who holds it in this role today.
        restricted: To named readers.
    """

    id: UUID
    handover_id: UUID
    handover: str
    kind: str
    file_id: UUID
    reference: str
    family_name: str
    children: int
    risk_level: str | None
    next_due: date | None
    restricted: bool
    role: str
    from_officer_id: UUID
    from_officer: str
    receiver_id: UUID | None
    receiver: str
    step: Step
    state: str
    since: date | None
    due_on: date
    late: bool
    settled: bool
    asked: str
    opened: tuple[str, ...]
    exception_until: date | None
    overtaken: bool
    holder_id: UUID | None
    holder: str


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """A hand-over as one line.

    Attributes:
        kind: Code of ``handover_kind``.
        absence_kind: Code of ``absence_kind``; "" where there is no absence.
        begins_on, until_on: First and last day of the absence as it stands; the day set where there is none.
        counts: Files by state: ``drafted``, ``sent``, ``asked``, ``refused``, ``withdrawn``, ``accepted``, ``stays``,
            ``excepted``, ``overtaken``.
        files, settled: Files this officer may see, and how many of them want nothing more.
        restricted: Files of it that this officer may not see.
        late: Whether its day has come with files unsettled.
        ended: Whether it is signed or was ended.
    """

    id: UUID
    reference: str
    kind: str
    officer_id: UUID
    officer: str
    team: str
    absence_kind: str
    planned: bool
    reason: str
    begins_on: date
    until_on: date | None
    begun_on: date
    begun_by: str
    counts: Mapping[str, int]
    files: int
    settled: int
    restricted: int
    late: bool
    ended: bool
    signed_on: date | None
    signed_by: str
    signed_words: str
    ended_why: str


@dataclass(frozen=True, slots=True)
class HandoverPage:
    """A whole hand-over as this officer may see it; *may_sign* whether nothing keeps it from being signed."""

    row: HandoverRow
    items: tuple[ItemRow, ...]
    may_sign: bool


@dataclass(frozen=True, slots=True)
class ChecklistPage:
    """One file of a hand-over: what the file says, what the officer says, and every word about it.

    Attributes:
        blocks: Drawn from the file: today while it is not sent, as sent afterwards.
        description, values, revision: The form, its state and how often it was saved.
        saved_at, saved_by: "" and None while nobody has typed in it.
        state: The form as it is kept, with what was laid beside its fields; None while nobody has typed in it.
        changed: What was recorded in the file since it was sent.
        owner: Who answers for the file today.
        may_edit, may_receive, may_settle: What this officer may do: correct and send; accept, refuse, ask; except.
    """

    item: ItemRow
    blocks: tuple[Block, ...]
    description: Description
    values: Mapping[str, Any]
    revision: int
    saved_at: datetime | None
    saved_by: str
    changed: tuple[Line, ...]
    words: tuple[WordRow, ...]
    owner: Owner
    may_edit: bool
    may_receive: bool
    may_settle: bool
    state: FormState | None = None


@dataclass(frozen=True, slots=True)
class OutstandingRow:
    """A file, or an absence, that wants a supervisor.

    Attributes:
        why: ``not_begun`` (an absence asks for a hand-over and none was begun), ``not_accepted``, ``exception_over``
            or ``no_owner``.
        sentence: The same for people.
        from_on: Since when, or from when.
        late: Whether that day has come.
        file_id, reference: Of the file; None and "" for an absence.
    """

    why: str
    sentence: str
    from_on: date
    late: bool
    officer_id: UUID | None
    officer: str
    file_id: UUID | None
    reference: str
    family_name: str
    handover_id: UUID | None
    handover: str
    owner: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A checklist as it is kept, and what still keeps the file from being sent."""

    state: FormState
    wants: tuple[str, ...] = ()

    @property
    def revision(self) -> int:
        """How often it was saved."""
        return self.state.revision

    @property
    def saved_at(self) -> datetime:
        """When it was saved last."""
        return self.state.saved_at


@dataclass(frozen=True, slots=True)
class Begun:
    """A hand-over that was begun: its reference, how many files, and how many of them this officer may not see."""

    id: UUID
    reference: str
    files: int
    restricted: int
