"""Writing one case file from JSON to the record, with the authors and moments it names."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from casefile.alarms.model import AlarmAcceptance
from casefile.exchange.json_file.ground import Ground
from casefile.exchange.json_file.handed import add_handovers
from casefile.exchange.json_file.remarks import remarks_in
from casefile.exchange.json_file.restricted import add_restrictions
from casefile.exchange.json_file.shape import DocumentIn, EntryIn, FactIn, VersionIn
from casefile.files.actions.documents import PIECE
from casefile.record.facts import EntryFact
from casefile.record.model import (
    Blob,
    BlobChunk,
    DividerMark,
    Document,
    Entry,
    EntryThread,
    SourceRef,
    TaskEvent,
)
from casefile.record.people import Allocation, Person
from casefile.record.persons import FACT_KEYS, describe_fact, fact_faults
from casefile.sections import SECTIONS
from casefile.sections.base import describe
from casefile.sections.keep import COMMON, digest_of, words_of, write
from casefile.work.unit import LONDON


class FilingFile(Ground):
    """One file being filed."""

    def file(self) -> None:
        """Write everything that the store does not hold."""
        self.add_officers()
        for place, person in enumerate(self.read.people):
            at = f"$.people[{place}]"
            person_id = self.keys.of(person.key)
            self.people.append(person_id)
            self.put(Person, "people", {"id": person_id, **self.said(person, at)}, at)
        self._add_facts()
        self._add_documents()
        for place, entry in enumerate(self.read.entries):
            self.work.progress.step(place, len(self.read.entries), "Bringing in entries")
            self._add_entry(entry, f"$.entries[{place}]")
        self._add_rest()

    def _add_facts(self) -> None:
        for place, person in enumerate(self.read.people):
            person_id = self.keys.of(person.key)
            if not person.facts.get("involvement"):
                self.fault(
                    f"$.people[{place}].facts", "say under involvement what the person is to this file"
                )
            for kind, facts in person.facts.items():
                at = f"$.people[{place}].facts.{kind}"
                if kind not in FACT_KEYS:
                    self.fault(at, "there is no such kind of fact")
                    continue
                for number, fact in enumerate(facts):
                    self._add_fact(FACT_KEYS[kind], kind, fact, f"{at}[{number}]", person_id)
        for number, fact in enumerate(self.read.allocations):
            self._add_fact(Allocation, "allocation", fact, f"$.allocations[{number}]", None)

    def _add_fact(self, cls: Any, kind: str, fact: FactIn, at: str, person_id: UUID | None) -> None:
        values, doubts = self.values(describe_fact(cls), fact.says, fact.doubts, f"{at}.says", lenient=True)
        if not fact.withdrawn and not doubts:
            for key, said in fact_faults(kind, values).items():
                self.fault(f"{at}.says.{key}", said)
        row = {
            "id": self.keys.for_part(fact, fact.key, kind, person_id),
            "file_id": self.file_id,
            **self.said(fact, at),
            **values,
            "known_on": values.get("known_on")
            or self._known(fact.recorded_at, values.get("from_on") or self.read.opened_on),
            "replaces_id": self.keys.of(fact.replaces) if fact.replaces else None,
            "withdrawn": fact.withdrawn,
            "doubts": {key: {"stated": one.stated, "why": one.why} for key, one in doubts.items()},
        }
        self.put(cls, "facts", row if person_id is None else {**row, "person_id": person_id}, at)

    def _known(self, recorded_at: datetime | None, day: date | None) -> date:
        """When police knew, where the file does not say: the day it was recorded, else the day it speaks of.

        Never later than today: what is to come is known now.
        """
        stated = recorded_at.astimezone(LONDON).date() if recorded_at else day
        return min(stated or self.work.today, self.work.today)

    def _add_entry(self, entry: EntryIn, at: str) -> None:
        section = SECTIONS.get(entry.section)
        if section is None:
            self.fault(f"{at}.section", f"there is no section called {entry.section}")
            return
        thread_id = self.keys.for_part(entry, entry.key, "entry")
        self.claim("entry_thread", thread_id, at)
        for number, version in enumerate(entry.versions):
            here = f"{at}.versions[{number}]"
            if number and not (version.reason or "").strip():
                self.fault(f"{here}.reason", "say why this version amends the one before")
            key = version.key or (str(thread_id) if number == 0 else f"{thread_id} {number + 1}")
            self._sign(entry.section, version, (thread_id, self.keys.of(key), number + 1), here)

    def _sign(self, key: str, version: VersionIn, place: tuple[UUID, UUID, int], at: str) -> None:
        section = SECTIONS[key]
        if self.has(Entry, place[1], at) or not self._follows(key, place, at):
            return
        known_on = version.known_on or self._known(version.recorded_at, version.happened_on)
        raw = {
            **version.says,
            "happened_on": version.happened_on and version.happened_on.isoformat(),
            "happened_at": version.happened_at,
            "known_on": known_on.isoformat(),
            "concerns": list(version.concerns),
        }
        values, doubts = self.values(describe(section), raw, version.doubts, f"{at}.says")
        groups = {one.key: values.pop(one.key) for one in describe(section).groups if one.key in values}
        for field, said in section.faults({**values, **groups}).items():
            if version.origin is None:
                self.fault(f"{at}.says.{field}", said)
        common = {one: values.pop(one, None) for one in COMMON}
        happened_at: time | None = common["happened_at"]
        fact = EntryFact(
            id=place[1],
            file_id=self.file_id,
            thread_id=place[0],
            section=key,
            version=place[2],
            versions=place[2],
            happened_on=common["happened_on"],
            happened_at=happened_at,
            known_on=common["known_on"] or known_on,
            recorded_at=version.recorded_at or self.work.now,
            author_id=self.officer(version.author, f"{at}.author"),
            author="",
            reason=version.reason,
            marking=version.marking,
            origin=version.origin,
            summary="",
            values=values,
            groups=groups,
            doubts=doubts,
            concerns=tuple(sorted(UUID(one) for one in common["concerns"] or ())),
        )
        self._concerned(fact, at)
        if self.faults:
            return
        fact = replace(fact, summary=section.line(fact, words_of(self.work.standards)))
        write(self.work.session, section, replace(fact, digest=digest_of(fact)), self.work.standards)
        self.added["entries"] += 1

    def _follows(self, section: str, place: tuple[UUID, UUID, int], at: str) -> bool:
        """Whether this version comes next after those the store holds of the entry."""
        table = EntryThread.__table__.c
        wanted = select(table.file_id, table.section, table.versions).where(table.id == place[0])
        held = self.work.session.execute(wanted).first()
        if held is None or (held.file_id, held.section, held.versions) == (
            self.file_id,
            section,
            place[2] - 1,
        ):
            return True
        if held.file_id == self.file_id and held.section == section:
            self.fault(
                at, f"the store holds another version {place[2]} of this entry; amend it there instead"
            )
        else:
            self.fault(at, "the store holds another entry under this key")
        return False

    def _concerned(self, fact: EntryFact, at: str) -> None:
        if not set(fact.concerns) <= set(self.people):
            self.fault(f"{at}.concerns", "somebody named here is not among the people of the file")

    def _add_documents(self) -> None:
        known = {self.keys.of(one.key) for one in self.read.documents if one.key}
        waiting = list(enumerate(self.read.documents))
        held = select(Document.__table__.c.id).where(Document.__table__.c.file_id == self.file_id)
        filed: set[UUID] = set(self.work.session.scalars(held))
        # What something was attached to is filed before it, wherever it stands in the list.
        while waiting:
            ready = [one for one in waiting if one[1].parent is None or self.keys.of(one[1].parent) in filed]
            for place, document in ready or waiting:
                at = f"$.documents[{place}]"
                if not ready:
                    lost = document.parent is None or self.keys.of(document.parent) not in known
                    self.fault(
                        f"{at}.parent", "there is no such document" if lost else "it is attached to itself"
                    )
                    continue
                filed.add(self._add_document(document, at))
            waiting = [one for one in waiting if one not in ready] if ready else []

    def _add_document(self, one: DocumentIn, at: str) -> UUID:
        document_id = self.keys.for_part(one, one.key, "document")
        try:
            data = base64.b64decode(one.content, validate=True)
        except (binascii.Error, ValueError):
            self.fault(f"{at}.content", "this is not base64")
            return document_id
        sha256 = hashlib.sha256(data).hexdigest()
        session = self.work.session
        held = select(Blob.sha256).where(Blob.file_id == self.file_id, Blob.sha256 == sha256)
        if session.execute(held).first() is None:
            kept = {"file_id": self.file_id, "sha256": sha256}
            session.execute(insert(Blob.__table__), {**kept, "size": len(data)})  # type: ignore[arg-type]
            for place, start in enumerate(range(0, max(len(data), 1), PIECE)):
                piece = {**kept, "position": place, "data": data[start : start + PIECE]}
                session.execute(insert(BlobChunk.__table__), piece)  # type: ignore[arg-type]
        row = {
            "id": document_id,
            "file_id": self.file_id,
            "parent_id": self.keys.of(one.parent) if one.parent else None,
            "name": one.name,
            "media_type": one.media_type,
            "size": len(data),
            "sha256": sha256,
            "received_on": one.received_on,
            "origin": one.origin,
            **self.said(one, at),
            "text": one.text.replace("\x00", ""),
            "warnings": list(one.warnings),
        }
        self.put(Document, "documents", row, at)
        return document_id

    def _add_rest(self) -> None:
        mine = {"file_id": self.file_id}
        for place, event in enumerate(self.read.task_events):
            at = f"$.task_events[{place}]"
            row = event.model_dump(exclude={"key", "task", "officer", "recorded_at", "recorded_by"})
            row |= {"id": self.keys.for_part(event, event.key, "task"), "task_id": self.keys.of(event.task)}
            officer = self.officer(event.officer, f"{at}.officer") if event.officer else None
            self.put(
                TaskEvent, "task events", {**row, **mine, **self.said(event, at), "officer_id": officer}, at
            )
        dividers = {one.key for one in self.work.standards.dividers}
        for place, mark in enumerate(self.read.divider_marks):
            at = f"$.divider_marks[{place}]"
            if mark.divider not in dividers:
                self.fault(f"{at}.divider", f"there is no divider called {mark.divider}")
            row = mark.model_dump(include={"divider", "applies", "reason"})
            row |= {"id": self.keys.for_part(mark, mark.key, "mark"), **mine, **self.said(mark, at)}
            self.put(DividerMark, "divider marks", row, at)
        for place, word in enumerate(self.read.accepted_alarms):
            at = f"$.accepted_alarms[{place}]"
            if word.alarm not in self.work.standards.alarms:
                self.fault(f"{at}.alarm", f"there is no alarm called {word.alarm}")
            row = word.model_dump(include={"alarm", "about", "from_on", "until_on", "reason"})
            row |= {"id": self.keys.for_part(word, word.key, "accepted"), **mine, **self.said(word, at)}
            self.put(AlarmAcceptance, "accepted alarms", row, at)
        add_restrictions(self)
        add_handovers(self)
        if not self.faults:
            remarks_in(self)
        self._add_sources()

    def _add_sources(self) -> None:
        for one in self.read.sources:
            held = select(SourceRef.__table__.c.key).where(
                SourceRef.__table__.c.scheme == one.scheme, SourceRef.__table__.c.key == one.source_key
            )
            if self.work.session.execute(held).first() is not None:
                self.held += 1
                continue
            row = {"scheme": one.scheme, "key": one.source_key, "record_id": self.keys.of(one.record)}
            row |= {"file_id": self.file_id, "stated": one.stated, "stated_on": one.stated_on}
            self.work.session.execute(insert(SourceRef.__table__), row)  # type: ignore[arg-type]
            self.added["sources"] += 1
