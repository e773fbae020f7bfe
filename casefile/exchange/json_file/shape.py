"""The outline of the format: what stands where in a case file as JSON.

Keys named ``key`` are any text that is used once; a UUID is kept as it is, anything else
becomes an identity of its own that is the same whenever the same file is read again.
"""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from casefile.exchange.json_file.limits import Day, Moment, Reference

FORMAT = "casefile/1"
Officer = Field(None, description="Sign-in name of the officer. Left out: whoever imports the file.")
When = Field(None, description="When it was recorded, with time zone. Left out: the moment of the import.")


class Part(BaseModel):
    """Any part of the format: an unknown key is refused, so that nothing is lost unseen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Stated(Part):
    """What a source stated that cannot be taken as it stands."""

    stated: str = Field(description="The source's own words.", examples=["29 February 2009"])
    why: str = Field(description="Why it is doubtful.", examples=["There is no 29 February in 2009."])


class AwayIn(Part):
    """An absence of an officer, from its first day to its last."""

    from_on: Day
    until_on: Day | None = Field(None, description="Last day. Left out while nobody knows it.")
    kind: str = Field("annual_leave", description="Code of the list ``absence_kind``.")
    known_on: Day | None = Field(None, description="When it was known. Left out: its first day.")
    planned: bool = Field(True, description="Whether it was known ahead.")
    recorded_at: Moment | None = When
    recorded_by: str | None = Officer


class NamedOfficer(Part):
    """An officer named anywhere in the file; one the store does not know is added and cannot sign in."""

    name: str = Field(description="Sign-in name, once in the list.")
    role: str = Field("constable", description="Key of the role.")
    number: str = Field("", description="Warrant or staff number.")
    team: str = ""
    away: tuple[AwayIn, ...] = Field((), description="When the officer was or will be away.")


class FactIn(Part):
    """One dated fact. It is never changed: a later fact replaces it."""

    key: str | None = Field(None, description="Needed only if another fact replaces this one.")
    says: dict[str, Any] = Field(description="The fact itself, by field key.")
    recorded_at: Moment | None = When
    recorded_by: str | None = Officer
    replaces: str | None = Field(None, description="Key of the fact that this one corrects or continues.")
    withdrawn: bool = Field(False, description="The replaced fact was wrong and nothing stands in its place.")
    doubts: dict[str, Stated] = Field({}, description="By field key; stands in for a needed value.")


class PersonIn(Part):
    """A child, adult or professional, with all that is known through this file."""

    key: str = Field(description="Any text used once, e.g. ``mother``; entries name people by it.")
    recorded_at: Moment | None = When
    recorded_by: str | None = Officer
    facts: dict[str, tuple[FactIn, ...]] = Field(description="Facts by kind; at least one involvement.")


class VersionIn(Part):
    """One signed version of an entry."""

    key: str | None = None
    happened_on: Day | None = Field(
        None, description="The day it happened; needed unless it stands under doubts."
    )
    happened_at: str | None = Field(None, description="Time of day, local, HH:MM.")
    known_on: Day | None = Field(
        None,
        description="The day police knew it: a replayed day uses only what was known by then. Left out: the day it "
        "was recorded, else the day it happened, at the latest the day of the import.",
    )
    concerns: tuple[str, ...] = Field((), description="Keys of the people it is about.")
    author: str | None = Officer
    recorded_at: Moment | None = When
    reason: str | None = Field(
        None, description="Why this version amends the one before; needed from the second on."
    )
    marking: str = "OFFICIAL-SENSITIVE"
    origin: str | None = Field(None, description="What it was imported from, if it was.")
    says: dict[str, Any] = Field({}, description="Fields and repeated groups of the section, by key.")
    doubts: dict[str, Stated] = Field({}, description="By field key; stands in for a needed value.")


class EntryIn(Part):
    """An entry with every version, first to last. The latest counts; all stay readable."""

    key: str | None = Field(None, description="Any text used once. Left out: made from the content.")
    section: str
    versions: tuple[VersionIn, ...] = Field(min_length=1)


class DocumentIn(Part):
    """A document, whole."""

    key: str | None = None
    parent: str | None = Field(None, description="Key of the mail or document it was attached to.")
    name: str
    media_type: str = "application/octet-stream"
    received_on: Day | None = None
    origin: str | None = None
    recorded_at: Moment | None = When
    recorded_by: str | None = Officer
    text: str = Field("", description="Its text, for reading and search.")
    warnings: tuple[str, ...] = ()
    content: str = Field(description="Its bytes in base64.")


class TaskEventIn(Part):
    """What an officer said of a task: done, waived, reopened, given to another officer, or opened by hand."""

    key: str | None = None
    task: str = Field(description="Identity of the task, or any text for one opened by hand.")
    what: Literal["done", "waived", "reopened", "given", "opened"]
    happened_on: Day
    known_on: Day
    recorded_at: Moment | None = When
    recorded_by: str | None = Officer
    reason: str | None = None
    title: str | None = None
    owed_by: str | None = None
    officer: str | None = None
    due_on: Day | None = None


class DividerMarkIn(Part):
    """A divider said to apply or not to apply to this file; the latest counts."""

    key: str | None = None
    divider: str
    applies: bool
    reason: str
    recorded_at: Moment | None = When
    recorded_by: str | None = Officer


class RemarkIn(Part):
    """What a supervisor or an author said of an entry: returned, answered, settled, endorsed, or marked."""

    key: str | None = Field(None, description="Needed only if another remark answers this one.")
    entry: str = Field(description="Key of the entry.")
    version: int = Field(1, ge=1, description="Number of the version it speaks of, from 1.")
    what: Literal[
        "returned", "answered", "amended", "settled", "endorsed", "significant", "no longer significant"
    ]
    says: str = ""
    answers: str | None = Field(None, description="Key of what was returned, of everything said to it.")
    recorded_at: Moment | None = When
    recorded_by: str | None = Officer


class AcceptedIn(Part):
    """A supervisor's word that an alarm is known and may stand until a day, that day included."""

    key: str | None = None
    alarm: str = Field(description="Key of the alarm in the standard.")
    about: str = Field(description="What it is about, as the list of alarms gives it.")
    from_on: Day
    until_on: Day
    reason: str
    recorded_at: Moment | None = When
    recorded_by: str | None = Officer


class RestrictionIn(Part):
    """The file limited to named readers, or opened again; the latest counts."""

    key: str | None = None
    restricted: bool
    reason: str
    recorded_at: Moment | None = When
    recorded_by: str | None = Officer


class ReaderIn(Part):
    """A named reader of a restricted file."""

    key: str | None = None
    officer: str
    from_at: Moment | None = When
    recorded_by: str | None = Officer


class HandoverMarkIn(Part):
    """A hand-over signed by a supervisor, or ended without a signature."""

    key: str | None = None
    what: Literal["signed", "ended"]
    said: str = ""
    happened_on: Day
    recorded_at: Moment | None = When
    recorded_by: str | None = Officer


class HandoverIn(Part):
    """A hand-over, or a hand-back, that the file was part of."""

    key: str = Field(description="The same in every file that was part of it.")
    reference: str = Field(min_length=1, examples=["H-2026-014"])
    kind: Literal["hand_over", "hand_back"] = "hand_over"
    officer: str = Field(description="Sign-in name of who went away, or came back.")
    planned: bool = True
    reason: str = ""
    begins_on: Day
    begun_on: Day
    recorded_at: Moment | None = When
    recorded_by: str | None = Officer
    marks: tuple[HandoverMarkIn, ...] = ()


class HandoverWordIn(Part):
    """Something said or done about the file in a hand-over, in order."""

    key: str | None = None
    what: Literal[
        "sent", "opened", "asked", "answered", "refused", "accepted", "withdrawn", "excepted", "stays"
    ]
    happened_on: Day
    recorded_at: Moment | None = When
    recorded_by: str | None = Officer
    said: str | None = None
    receiver: str | None = Field(None, description="Sign-in name of to whom it was sent.")
    interim: str | None = Field(None, description="Of an exception: who looks after the file.")
    approved_by: str | None = None
    until_on: Day | None = None
    checklist: dict[str, Any] | None = Field(None, description="The form and what was drawn, as sent.")


class HandedIn(Part):
    """The file in one hand-over, in one role."""

    key: str
    role: Literal["officer", "researcher", "supervisor", "tasks"] = "officer"
    given_by: str = Field(description="Sign-in name of who gave it away.")
    undoes: str | None = Field(None, description="Of a hand-back: key of what it undoes.")
    handover: HandoverIn
    words: tuple[HandoverWordIn, ...] = ()


class MatchDecisionIn(Part):
    """What an officer decided of a match of this file with another one; the latest of a match counts.

    It stands in the JSON of both files; where one is restricted, in that one's alone. It waits while the store does not
    hold both: bring this file in again after the other.
    """

    key: str | None = None
    kind: Literal["person", "stands", "address", "contact", "vehicle", "setting"] = Field(
        description="``person``: two records of one human being; ``stands``: one record in two files; else what both "
        "files share."
    )
    person: str | None = Field(None, description="Key of the person here. Of ``person`` and ``stands``.")
    other_person: UUID | None = Field(None, description="Identity of the person in the other file.")
    trace: str = Field("", description="Of what both files share: it, as the store keeps it.")
    other_file: UUID = Field(description="Identity of the other file.")
    what: Literal["confirmed", "rejected", "left open", "undone"]
    reason: str = Field(min_length=1)
    facts: str = Field(
        "",
        description="Digest of what the match rested on: a rejected one stays quiet until it changes. Left out: it is "
        "asked again.",
    )
    recorded_at: Moment | None = When
    recorded_by: str | None = Officer


class SourceIn(Part):
    """What a record was in its source, so that a return read again updates and never duplicates."""

    scheme: str
    source_key: str
    record: str
    stated: str
    stated_on: Day | None = None


class CaseFileIn(Part):
    """A whole case file: one family or household, with one or more subject children."""

    format: Literal["casefile/1"]
    reference: Reference = Field(
        min_length=1, description="The file's reference, once in a store.", examples=["F-2026-00417"]
    )
    key: str | None = Field(None, description="The file's identity. Left out: made from the reference.")
    opened_on: Day
    recorded_at: Moment | None = When
    marking: str = "OFFICIAL-SENSITIVE"
    officers: tuple[NamedOfficer, ...] = ()
    people: tuple[PersonIn, ...] = ()
    allocations: tuple[FactIn, ...] = ()
    entries: tuple[EntryIn, ...] = ()
    documents: tuple[DocumentIn, ...] = ()
    task_events: tuple[TaskEventIn, ...] = ()
    divider_marks: tuple[DividerMarkIn, ...] = ()
    remarks: tuple[RemarkIn, ...] = ()
    accepted_alarms: tuple[AcceptedIn, ...] = ()
    restrictions: tuple[RestrictionIn, ...] = ()
    readers: tuple[ReaderIn, ...] = ()
    handovers: tuple[HandedIn, ...] = ()
    match_decisions: tuple[MatchDecisionIn, ...] = ()
    sources: tuple[SourceIn, ...] = ()
