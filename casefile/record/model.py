"""Tables of the kernel: case files, entries and their drafts, tasks, documents, and where things came from.

Rows of ``entry`` and of every section are written once, when signed, and guarded by triggers;
``entry_thread`` is the cached pointer to the latest version; ``draft`` holds forms as typed.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from casefile.access.visibility import FileItself, OfFile
from casefile.record.described import Described
from casefile.record.drafting import KeptForm
from casefile.store.base import Base
from casefile.work.ids import new_id

IMMUTABLE = {"immutable": True}


class CaseFile(FileItself, Base):
    """One family or household at risk, with one or more subject children.

    The columns from ``family_name`` on are cached from dated rows and entries, so that a list
    of 100,000 files needs no other table; ``casefile.sections.refresh`` and, for the days that say in whose
    queue the file stands, ``casefile.alarms.refresh`` are their only writers.

    Attributes:
        review_due: When the supervisor's next review is due.
        inspection_due: When an inspector's next review is due.
        research_due: When research of somebody is due first; it may begin later than today.
        reviewed_on: When a supervisor last reviewed it.
        danger_on, late_on: From when an alarm of that gravity stands.
        inspector_on, superintendent_on: From when an alarm has gone up to that rank, or an inspector's review is due.
        waits_from: From when the file waits for a supervisor: the first of ``danger_on``, ``late_on``, ``review_due``.
        risk_order: Its place by risk in a queue: 0 high or not assessed, 1 medium, 2 standard.
        turns_on: The day on which an alarm ends by the calendar alone (whoever was away is back). From then on
            the five days above say too much, and the alarms themselves are asked until something is written.
    """

    __tablename__ = "case_file"
    __table_args__ = (
        # all that a queue's order follows from, in that order and of no more files than it is about
        Index(
            "ix_case_file_danger", "risk_order", "danger_on", "reference", "turns_on", "id",
            sqlite_where=text("danger_on IS NOT NULL"), postgresql_where=text("danger_on IS NOT NULL"),
        ),
        Index(
            "ix_case_file_late", "risk_order", "late_on", "reference", "danger_on", "turns_on", "id",
            sqlite_where=text("late_on IS NOT NULL"), postgresql_where=text("late_on IS NOT NULL"),
        ),
        Index("ix_case_file_waits", "waits_from", "turns_on", "id"),
    )  # fmt: skip

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(unique=True)
    opened_on: Mapped[date]
    recorded_at: Mapped[datetime]
    marking: Mapped[str] = mapped_column(default="OFFICIAL-SENSITIVE")
    restricted: Mapped[bool] = mapped_column(default=False, index=True)
    family_name: Mapped[str] = mapped_column(default="")
    children: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(default="open", index=True)
    risk_level: Mapped[str | None]
    risk_on: Mapped[date | None]
    plan_category: Mapped[str | None]
    plan_since: Mapped[date | None]
    officer_id: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"), index=True)
    researcher_id: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"), index=True)
    supervisor_id: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"), index=True)
    next_due: Mapped[date | None] = mapped_column(index=True)
    last_entry_on: Mapped[date | None]
    review_due: Mapped[date | None]
    inspection_due: Mapped[date | None]
    research_due: Mapped[date | None]
    reviewed_on: Mapped[date | None]
    danger_on: Mapped[date | None]
    late_on: Mapped[date | None]
    inspector_on: Mapped[date | None] = mapped_column(index=True)
    superintendent_on: Mapped[date | None] = mapped_column(index=True)
    waits_from: Mapped[date | None]
    risk_order: Mapped[int] = mapped_column(default=0)
    turns_on: Mapped[date | None] = mapped_column(index=True)
    find_text: Mapped[str] = mapped_column(default="")


class Entry(OfFile, Described, Base):
    """Any dated record of a file, as signed. A section's own table holds its own fields.

    Attributes:
        thread_id: Identity of the first version; all versions share it.
        happened_on, happened_at: When it happened, local date and time of day.
        known_on: When police knew it; every rule replays by this date.
        reason: Why this version amends the one before; None for the first.
        origin: What it came from when not typed here, e.g. ``CIN census 975 2022``.
        doubts: By field key, what the source stated and why it is doubtful.
        text: Plain text of all its fields, for search.
    """

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("thread_id", "version"),
        Index("ix_entry_file_section", "file_id", "section", "happened_on"),
        Index("ix_entry_file_known", "file_id", "known_on"),
        Index("ix_entry_section_happened", "section", "happened_on"),
        {"info": IMMUTABLE},
    )
    __mapper_args__ = {  # noqa: RUF012 (SQLAlchemy reads it as a class attribute)
        "polymorphic_on": "section",
        "polymorphic_identity": "entry",
        "polymorphic_abstract": True,
    }

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"))
    thread_id: Mapped[UUID] = mapped_column(index=True)
    version: Mapped[int]
    section: Mapped[str]
    happened_on: Mapped[date | None]
    happened_at: Mapped[time | None]
    known_on: Mapped[date]
    recorded_at: Mapped[datetime]
    author_id: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))
    reason: Mapped[str | None]
    marking: Mapped[str]
    origin: Mapped[str | None]
    summary: Mapped[str]
    text: Mapped[str]
    doubts: Mapped[dict[str, Any]]
    digest: Mapped[str]


class EntryThread(OfFile, Base):
    """The latest version of an entry: a cached pointer, never the only copy of anything."""

    __tablename__ = "entry_thread"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    section: Mapped[str]
    latest_id: Mapped[UUID] = mapped_column(ForeignKey("entry.id"), unique=True)
    versions: Mapped[int]


class EntryPerson(Base):
    """A person whom an entry concerns: the children seen, the adult researched."""

    __tablename__ = "entry_person"
    __table_args__ = ({"info": IMMUTABLE},)

    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)


class Row(Described, Base):
    """A row of a repeated group of an entry; each kind of row has a table of its own."""

    __abstract__ = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    group: Mapped[str] = mapped_column("group_key")
    position: Mapped[int]

    @declared_attr
    def entry_id(cls) -> Mapped[UUID]:
        """The entry version this row belongs to."""
        return mapped_column(ForeignKey("entry.id"), index=True)

    @declared_attr.directive
    def __table_args__(cls) -> Any:
        """Signed with its entry, so guarded like it."""
        return ({"info": IMMUTABLE},)


class Draft(OfFile, KeptForm, Base):
    """A form as typed, not yet signed: of an entry, or of a fact about a person.

    Attributes:
        officer_id: Whose it is: who began it, or took it over; only they sign it or throw it away.
        record: Key of the description whose form this is.
        thread_id: The entry that it amends, or None for a new one; one entry has one amendment in hand at most.
    """

    __tablename__ = "draft"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    officer_id: Mapped[UUID] = mapped_column(ForeignKey("officer.id"), index=True)
    record: Mapped[str]
    thread_id: Mapped[UUID | None] = mapped_column(unique=True)


class Task(OfFile, Base):
    """Something owed by a date. A cache: derived from entries and task events at each write.

    Attributes:
        id: Derived from what opened it, so that it stays the same task at every derivation.
        timescale: Key in the standard, e.g. ``ICPC``; ``ACTION`` for a decision of a meeting.
        standard: Key of the edition that set it.
        owed_by: Who owes it, as a code of the list ``agency`` or an officer's name.
        state: ``due``, ``done``, ``waived`` or ``ceased``; lateness depends on the day asked.
    """

    __tablename__ = "task"
    __table_args__ = (Index("ix_task_state_due", "state", "due_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    entry_id: Mapped[UUID | None]
    timescale: Mapped[str]
    standard: Mapped[str]
    title: Mapped[str]
    owed_by: Mapped[str]
    officer_id: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"), index=True)
    opened_on: Mapped[date]
    due_on: Mapped[date | None]
    state: Mapped[str]
    ended_on: Mapped[date | None]


class TaskEvent(OfFile, Base):
    """What people said of a task: done, waived, reopened, given to another officer, or a task opened by hand."""

    __tablename__ = "task_event"
    __table_args__ = ({"info": IMMUTABLE},)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    task_id: Mapped[UUID] = mapped_column(index=True)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    what: Mapped[str]
    happened_on: Mapped[date]
    known_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))
    reason: Mapped[str | None]
    title: Mapped[str | None]
    owed_by: Mapped[str | None]
    officer_id: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    due_on: Mapped[date | None]


class Document(OfFile, Base):
    """A document of a file, kept whole: minutes, a report, a mail, a photograph."""

    __tablename__ = "document"
    __table_args__ = (
        ForeignKeyConstraint(
            ["file_id", "sha256"], ["blob.file_id", "blob.sha256"], name="fk_document_file_id_sha256"
        ),
        {"info": IMMUTABLE},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("document.id"))
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(index=True)
    received_on: Mapped[date | None]
    origin: Mapped[str | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))
    text: Mapped[str]
    warnings: Mapped[list[str]]


class Blob(OfFile, Base):
    """The bytes of one document, kept once in a file however often they are filed there.

    Once in each file and not once in the store: whoever files bytes must not learn that another file holds them.
    """

    __tablename__ = "blob"
    __table_args__ = ({"info": IMMUTABLE},)

    file_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]


class BlobChunk(OfFile, Base):
    """One piece of a blob, so that a large document never has to stand in memory whole."""

    __tablename__ = "blob_chunk"
    __table_args__ = (
        ForeignKeyConstraint(["file_id", "sha256"], ["blob.file_id", "blob.sha256"]),
        {"info": IMMUTABLE},
    )

    file_id: Mapped[UUID] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    data: Mapped[bytes]


class DividerMark(OfFile, Base):
    """A divider said to be not applicable to a file, by whom and why; the latest row counts."""

    __tablename__ = "divider_mark"
    __table_args__ = ({"info": IMMUTABLE},)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    divider: Mapped[str]
    applies: Mapped[bool]
    reason: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))


class SourceRef(OfFile, Base):
    """What a record was in its source, so that a return imported again updates and never duplicates.

    Attributes:
        scheme: Kind of source, e.g. ``cin-census/975``.
        key: Natural key in the source.
        record_id: The case file, person or entry thread it became.
        stated: Digest of what the source last said.
        stated_on: The source's own date (reference date of a return).
    """

    __tablename__ = "source_ref"

    scheme: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    record_id: Mapped[UUID] = mapped_column(index=True)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    stated: Mapped[str]
    stated_on: Mapped[date | None]
