"""Writing what a source says to the record: facts and signed entries, or their newer versions, never twice."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from casefile.errors import Bug
from casefile.exchange.census.held import HeldRef, HeldReturn
from casefile.exchange.census.place import Item
from casefile.exchange.census.report import Became
from casefile.files.prefill import form_of
from casefile.record.dates import long_date
from casefile.record.facts import Doubt, EntryFact
from casefile.record.people import Involvement, Person
from casefile.record.persons import FACT_KEYS
from casefile.sections import SECTIONS
from casefile.sections.base import describe
from casefile.sections.keep import digest_of as entry_digest
from casefile.sections.keep import words_of, write
from casefile.sections.load import thread
from casefile.sections.values import DOUBTS, read_form
from casefile.work.ids import new_id
from casefile.work.names import Kind
from casefile.work.unit import Work

MARKING = "OFFICIAL-SENSITIVE"


@dataclass(frozen=True, slots=True)
class Bringing:
    """What holds for the whole import.

    Attributes:
        held: What the store holds of this source already.
        origin: What entries and facts name as their source, e.g. ``CIN census 975 2022``.
        reference_date: The day the source speaks of.
        received_on: When police had it: everything in it is known from that day.
        what: What the source is called in the reason of a new version.
    """

    work: Work
    held: HeldReturn
    origin: str
    reference_date: date | None
    received_on: date
    what: str = "return"

    def older_than(self, ref: HeldRef) -> bool:
        """Whether the store holds this from a newer source than the one in hand."""
        if ref.stated_on is None or self.reference_date is None:
            return False
        return self.reference_date < ref.stated_on

    def reason(self, ref: HeldRef) -> str:
        """Why a held record gets a new version."""
        until = long_date(self.reference_date) or "a day not given"
        how = "Corrected" if ref.stated_on == self.reference_date else "Newer"
        return f"{how} {self.what}, reference date {until}."


def digest_of(item: Item) -> str:
    """SHA-256 over what the source says for an item; the same source gives the same digest."""
    plain = json.dumps(item.raw, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(plain.encode()).hexdigest()


class Filing:
    """Items of one source being written to one file. The caller refreshes the file afterwards.

    Attributes:
        file_id: The file.
        became: What became of everything put so far.
        sections: The same for entries, by section.
    """

    def __init__(self, bringing: Bringing, file_id: UUID) -> None:
        self.bringing = bringing
        self.work = bringing.work
        self.file_id = file_id
        self.became: Counter[Became] = Counter()
        self.sections: dict[str, Counter[Became]] = {}

    def put_fact(self, item: Item, person_id: UUID) -> Became:
        """Write a fact about a person if the source says something new."""
        return self._count(
            self._take(
                item, lambda: self._fact(item, person_id), lambda ref: self.renew(item, person_id, ref)
            )
        )

    def put_entry(self, item: Item, concerns: tuple[UUID, ...]) -> Became:
        """Sign an entry, or a new version of it, if the source says something new."""
        became = self._count(
            self._take(item, lambda: self._sign(item, concerns), lambda ref: self._amend(item, concerns, ref))
        )
        self.sections.setdefault(item.kind, Counter())[became] += 1
        return became

    def new_person(self, role: str) -> UUID:
        """Somebody of the file, with nothing known yet but what they are to it."""
        person_id = self.bare_person()
        self._insert(
            Involvement, {"file_id": self.file_id, "person_id": person_id, "role": role, **self.said()}
        )
        self.work.touch(Kind.PERSON, self.file_id)
        return person_id

    def bare_person(self) -> UUID:
        """A person with nothing known yet, not even what they are to the file."""
        person_id = new_id()
        own = {"id": person_id, "recorded_at": self.work.now, "recorded_by": self.work.officer_id}
        self.work.session.execute(insert(Person.__table__), own)  # type: ignore[arg-type]
        return person_id

    def said(self) -> dict[str, Any]:
        """When police knew, and from what."""
        return {"known_on": self.bringing.received_on, "source": self.bringing.origin}

    def renew(self, item: Item, person_id: UUID, ref: HeldRef) -> UUID:
        """Write a fact in place of the one the source stated before."""
        return self._fact(item, person_id, ref.record_id)

    def corrected(self, item: Item, ref: HeldRef) -> bool:
        """Whether an officer has corrected a fact that came from the source: then theirs stands."""
        cls = FACT_KEYS.get(item.kind)
        if cls is None:
            return False
        newer = select(cls.id).where(cls.replaces_id == ref.record_id).limit(1)
        return self.work.session.execute(newer).first() is not None

    def _count(self, became: Became) -> Became:
        self.became[became] += 1
        return became

    def _take(self, item: Item, add: Callable[[], UUID], renew: Callable[[HeldRef], UUID]) -> Became:
        held, digest, stated_on = self.bringing.held, digest_of(item), self.bringing.reference_date
        ref = held.get(item.key)
        if ref is None:
            held.add(item.key, HeldRef(add(), self.file_id, digest, stated_on))
            return Became.ADDED
        if self.bringing.older_than(ref):
            return Became.UNCHANGED if ref.stated == digest else Became.OLDER
        if ref.stated == digest:
            if ref.stated_on != stated_on:
                held.restate(item.key, digest, stated_on)
            return Became.UNCHANGED
        if self.corrected(item, ref):
            held.restate(item.key, digest, stated_on)
            return Became.CORRECTED
        held.restate(item.key, digest, stated_on, renew(ref))
        return Became.AMENDED

    def _fact(self, item: Item, person_id: UUID, replaces: UUID | None = None) -> UUID:
        own = {key: value for key, value in item.raw.items() if key != DOUBTS}
        fact_id = self._insert(
            FACT_KEYS[item.kind],
            {
                "file_id": self.file_id,
                "person_id": person_id,
                "replaces_id": replaces,
                "doubts": dict(item.raw.get(DOUBTS, {})),
                **self.said(),
                **own,
            },
        )
        self.work.touch(Kind.PERSON, self.file_id)
        return fact_id

    def _insert(self, cls: Any, row: dict[str, Any]) -> UUID:
        fact_id = new_id()
        common = {"id": fact_id, "recorded_at": self.work.now, "recorded_by": self.work.officer_id}
        self.work.session.execute(insert(cls.__table__), {**common, **row})
        return fact_id

    def _sign(self, item: Item, concerns: tuple[UUID, ...]) -> UUID:
        entry_id = new_id()
        self._write(item, concerns, (entry_id, entry_id, 1), None)
        return entry_id

    def _amend(self, item: Item, concerns: tuple[UUID, ...], ref: HeldRef) -> UUID:
        """A new version: of the source's own words, or laid over what an officer has added since."""
        versions = thread(self.work.session, SECTIONS, ref.record_id)
        latest = max(versions, key=lambda one: one.version)
        if latest.origin is None:
            form = form_of(latest)
            marks = {**form.get(DOUBTS, {}), **item.raw.get(DOUBTS, {})}
            item = replace(item, raw={**form, **item.raw, DOUBTS: marks})
        place = (new_id(), ref.record_id, latest.version + 1)
        self._write(item, concerns, place, self.bringing.reason(ref))
        return ref.record_id

    def _write(
        self, item: Item, concerns: tuple[UUID, ...], place: tuple[UUID, UUID, int], reason: str | None
    ) -> None:
        section = SECTIONS[item.kind]
        common = {"known_on": self.bringing.received_on, "concerns": list(concerns)}
        reading = read_form(describe(section), {**item.raw, **common}, self.work.standards, imported=True)
        if reading.faults:
            raise Bug(f"The import does not fit the section {item.kind}: {reading.faults[0].field}.")
        values = dict(reading.values)
        for key in ("happened_on", "happened_at", "known_on", "concerns"):
            values.pop(key, None)
        entry_id, thread_id, version = place
        fact = EntryFact(
            id=entry_id,
            file_id=self.file_id,
            thread_id=thread_id,
            section=item.kind,
            version=version,
            versions=version,
            happened_on=item.happened_on,
            happened_at=reading.values.get("happened_at"),
            known_on=self.bringing.received_on,
            recorded_at=self.work.now,
            author_id=self.work.officer_id,
            author=self.work.actor.name,
            reason=reason,
            marking=MARKING,
            origin=self.bringing.origin,
            summary="",
            values=values,
            groups=reading.groups,
            doubts={key: Doubt(one.stated, one.why) for key, one in reading.doubts.items()},
            concerns=concerns,
        )
        fact = replace(fact, summary=section.line(fact, words_of(self.work.standards)))
        fact = replace(fact, digest=entry_digest(fact))
        write(self.work.session, section, fact, self.work.standards)
        self.work.touch(Kind.ENTRY, self.file_id)
