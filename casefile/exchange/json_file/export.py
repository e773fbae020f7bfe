"""A case file out of the store as JSON: the same record always gives the same bytes."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casefile.access.model import Reader, Restriction
from casefile.alarms.model import AlarmAcceptance
from casefile.exchange.json_file.decided import decisions_out
from casefile.exchange.json_file.handed import handed_out
from casefile.exchange.json_file.named import Named, moment, plain, without_empty
from casefile.exchange.json_file.naming import renamed
from casefile.exchange.json_file.remarks import remarks_out
from casefile.exchange.json_file.shape import FORMAT
from casefile.files.queries.documents import chunks
from casefile.files.reach import case_file
from casefile.record.described import Description, FieldKind, FieldSpec
from casefile.record.facts import EntryFact
from casefile.record.model import DividerMark, Document, SourceRef, TaskEvent
from casefile.record.people import Allocation, Involvement, Person
from casefile.record.persons import FACT_KEYS, describe_fact
from casefile.sections import SECTIONS
from casefile.sections.base import describe
from casefile.sections.load import entries
from casefile.sections.values import to_raw
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work


@query(needs=Permission.DISCLOSE, logs=Logged.DISCLOSURE)
def export_file(work: Work, file_id: UUID, recipient: str = "export as JSON") -> bytes:
    """Export a whole case file as JSON. Drafts and the log are no part of it."""
    case = case_file(work, file_id)
    writing = _Writing(work, file_id)
    work.disclosed_to(recipient)
    head = {
        "format": FORMAT,
        "reference": case.reference,
        "key": str(case.id),
        "opened_on": case.opened_on.isoformat(),
        "recorded_at": moment(case.recorded_at),
        "marking": case.marking,
    }
    body = writing.body()
    if writing.named.namesakes():
        body = writing.body()
    whole = {**head, "officers": writing.named.listed(), **body}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


class _Writing:
    """One file being written out; it remembers whom it named."""

    def __init__(self, work: Work, file_id: UUID) -> None:
        self._work = work
        self._file_id = file_id
        self.named = Named(work)

    def body(self) -> dict[str, Any]:
        """Everything below the head; whoever is named in it is remembered."""
        found = {
            "people": self.people(),
            "allocations": self.facts(Allocation, Allocation.file_id == self._file_id),
            "entries": self.entries(),
            "documents": self.documents(),
            "task_events": self.task_events(),
            "divider_marks": self.marks(),
            "remarks": remarks_out(self._work, self._file_id, self.named.name),
            "accepted_alarms": self.accepted(),
            "restrictions": self.restrictions(),
            "readers": self.readers(),
            "sources": self.sources(),
        }
        if handovers := handed_out(self._work, self.named, self._file_id):
            found["handovers"] = handovers
        if decided := decisions_out(self._work, self.named, self._file_id):
            found["match_decisions"] = decided
        return found

    def people(self) -> list[dict[str, Any]]:
        """Everybody involved, with the facts learnt through this file."""
        session, mine = self._work.session, Involvement.file_id == self._file_id
        ids = session.scalars(select(Involvement.person_id).where(mine).distinct()).all()
        self._work.about(people=ids)
        found = session.scalars(
            select(Person).where(Person.id.in_(ids)).order_by(Person.recorded_at, Person.id)
        )
        return [
            {
                "key": str(one.id),
                **self.named.said(one),
                "facts": {
                    key: facts
                    for key, cls in FACT_KEYS.items()
                    if (facts := self.facts(cls, cls.person_id == one.id, cls.file_id == self._file_id))
                },
            }
            for one in found.all()
        ]

    def facts(self, cls: Any, *where: Any) -> list[dict[str, Any]]:
        """Facts of one kind in the order they were recorded."""
        description = describe_fact(cls)
        rows = self._work.session.scalars(select(cls).where(*where).order_by(cls.recorded_at, cls.id))
        return [self._fact(description, row) for row in rows]

    def _fact(self, description: Description, row: Any) -> dict[str, Any]:
        says = {one.key: getattr(row, one.key) for one in description.fields}
        return without_empty(
            {
                "key": str(row.id),
                **self.named.said(row),
                "replaces": row.replaces_id and str(row.replaces_id),
                "withdrawn": row.withdrawn or None,
                "doubts": _doubts(row.doubts),
            }
        ) | {"says": self._raw(description, says)}

    def entries(self) -> list[dict[str, Any]]:
        """Every entry with all its versions."""
        threads: dict[UUID, list[EntryFact]] = {}
        for fact in entries(self._work.session, SECTIONS, self._file_id, all_versions=True):
            threads.setdefault(fact.thread_id, []).append(fact)
        return [
            {
                "key": str(key),
                "section": versions[0].section,
                "versions": [self._version(one) for one in sorted(versions, key=lambda each: each.version)],
            }
            for key, versions in sorted(
                threads.items(), key=lambda one: (min(each.recorded_at for each in one[1]), one[0])
            )
        ]

    def _version(self, fact: EntryFact) -> dict[str, Any]:
        says = {**fact.values, **{key: rows for key, rows in fact.groups.items() if rows}}
        return without_empty(
            {
                "key": str(fact.id),
                "happened_on": plain(fact.happened_on),
                "happened_at": fact.happened_at and f"{fact.happened_at:%H:%M}",
                "known_on": fact.known_on.isoformat(),
                "concerns": sorted(str(one) for one in fact.concerns),
                "author": self.named.name(fact.author_id),
                "recorded_at": moment(fact.recorded_at),
                "reason": fact.reason,
                "marking": fact.marking,
                "origin": fact.origin,
                "says": self._raw(describe(SECTIONS[fact.section]), says),
                "doubts": _doubts({key: asdict(one) for key, one in fact.doubts.items()}),
            }
        )

    def documents(self) -> list[dict[str, Any]]:
        """Documents whole."""
        rows = self._rows(Document)
        found: list[dict[str, Any]] = []
        for done, row in enumerate(rows):
            self._work.progress.step(done, len(rows), "Writing out documents")
            data = b"".join(chunks(self._work, row.file_id, row.sha256))
            found.append(
                without_empty(
                    {
                        "key": str(row.id),
                        "parent": row.parent_id and str(row.parent_id),
                        "media_type": row.media_type,
                        "received_on": plain(row.received_on),
                        "origin": row.origin,
                        **self.named.said(row),
                        "text": row.text,
                        "warnings": row.warnings,
                    }
                )
                | {"name": row.name, "content": base64.b64encode(data).decode()}
            )
        return found

    def task_events(self) -> list[dict[str, Any]]:
        """What officers said of tasks."""
        return [
            without_empty(
                {
                    "key": str(row.id),
                    "task": str(row.task_id),
                    "what": row.what,
                    "happened_on": row.happened_on.isoformat(),
                    "known_on": row.known_on.isoformat(),
                    **self.named.said(row),
                    "reason": row.reason,
                    "title": row.title,
                    "owed_by": row.owed_by,
                    "officer": row.officer_id and self.named.name(row.officer_id),
                    "due_on": plain(row.due_on),
                }
            )
            for row in self._rows(TaskEvent)
        ]

    def marks(self) -> list[dict[str, Any]]:
        """Dividers said not to apply."""
        return [
            {
                "key": str(row.id),
                "divider": row.divider,
                "applies": row.applies,
                "reason": row.reason,
                **self.named.said(row),
            }
            for row in self._rows(DividerMark)
        ]

    def accepted(self) -> list[dict[str, Any]]:
        """Alarms that supervisors accepted until a day."""
        return [
            {
                "key": str(row.id),
                "alarm": row.alarm,
                "about": row.about,
                "from_on": row.from_on.isoformat(),
                "until_on": row.until_on.isoformat(),
                "reason": row.reason,
                **self.named.said(row),
            }
            for row in self._rows(AlarmAcceptance)
        ]

    def restrictions(self) -> list[dict[str, Any]]:
        """Restrictions and their lifting."""
        return [
            {"key": str(row.id), "restricted": row.restricted, "reason": row.reason, **self.named.said(row)}
            for row in self._rows(Restriction)
        ]

    def readers(self) -> list[dict[str, Any]]:
        """Named readers; glass once broken is no lasting right and stays behind."""
        rows = self._work.session.scalars(
            select(Reader)
            .where(Reader.file_id == self._file_id, Reader.until_at.is_(None))
            .order_by(Reader.from_at, Reader.id)
        )
        return [
            {
                "key": str(row.id),
                "officer": self.named.name(row.officer_id),
                "from_at": moment(row.from_at),
                "recorded_by": self.named.name(row.recorded_by),
            }
            for row in rows.all()
        ]

    def sources(self) -> list[dict[str, Any]]:
        """What the records were in their sources."""
        rows = self._work.session.scalars(
            select(SourceRef)
            .where(SourceRef.file_id == self._file_id)
            .order_by(SourceRef.scheme, SourceRef.key)
        )
        found = [
            without_empty({"scheme": row.scheme, "source_key": row.key, "stated_on": plain(row.stated_on)})
            | {"record": str(row.record_id), "stated": row.stated}
            for row in rows
        ]
        return sorted(found, key=lambda one: (one["scheme"], one["source_key"]))

    def _rows(self, cls: Any) -> list[Any]:
        wanted = select(cls).where(cls.file_id == self._file_id).order_by(cls.recorded_at, cls.id)
        return list(self._work.session.scalars(wanted))

    def _raw(self, description: Description, says: Mapping[str, Any]) -> dict[str, Any]:
        return renamed(description, to_raw(says), self._rename)

    def _rename(self, spec: FieldSpec, value: str) -> str:
        if spec.kind is FieldKind.OFFICER and self.named.knows(UUID(value)):
            return self.named.name(UUID(value))
        return value


def _doubts(doubts: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """In one order: the engines keep plain data in different ones."""
    return {key: {"stated": one["stated"], "why": one["why"]} for key, one in sorted(doubts.items())}
