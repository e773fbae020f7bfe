"""Writing one child of a return to the record: file, person, facts and signed entries, or their newer versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from casefile.errors import Bug
from casefile.exchange.census.held import HeldRef, HeldReturn
from casefile.exchange.census.intended import Intended, digest_of
from casefile.exchange.census.place import Item
from casefile.exchange.census.report import Became, ChildReport
from casefile.files.actions.files import new_file
from casefile.files.prefill import form_of
from casefile.record.dates import long_date, short_date
from casefile.record.facts import Doubt as Marked
from casefile.record.facts import EntryFact
from casefile.record.model import CaseFile
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
        origin: What entries and facts name as their source, e.g. ``CIN census 975 2022``.
        reference_date: The day the return speaks of.
        received_on: When police had the return: everything in it is known from that day.
    """

    work: Work
    held: HeldReturn
    origin: str
    reference_date: date | None
    received_on: date

    def older_than(self, ref: HeldRef) -> bool:
        """Whether the store holds this from a newer return than the one in hand."""
        if ref.stated_on is None or self.reference_date is None:
            return False
        return self.reference_date < ref.stated_on

    def reason(self, ref: HeldRef) -> str:
        """Why a held record gets a new version."""
        until = long_date(self.reference_date) or "a day not given"
        if ref.stated_on == self.reference_date:
            return f"Corrected return, reference date {until}."
        return f"Newer return, reference date {until}."


class FilingChild:
    """One child being filed.

    Attributes:
        person_id: The child.
        sections: What became of its entries, by section.
    """

    def __init__(self, bringing: Bringing, intended: Intended) -> None:
        self._bringing = bringing
        self._work = bringing.work
        self._intended = intended
        self._became: Counter[Became] = Counter()
        self._opened = False
        ref = bringing.held.get(intended.key)
        self._reference, self._file_id, self.person_id = self._found(ref) if ref else self._open()
        self.sections: dict[str, Counter[Became]] = {}

    def file(self) -> ChildReport:
        """Write what the return says anew, and say what became of it. The caller refreshes the file."""
        for item in self._intended.facts:
            self._became[self._take(item, self._add_fact, self._replace_fact)] += 1
        for item in self._intended.entries:
            became = self._take(item, self._sign, self._amend)
            self._became[became] += 1
            self.sections.setdefault(item.kind, Counter())[became] += 1
        self._bringing.held.flush()
        self._work.about(files=[self._file_id], people=[self.person_id])
        return ChildReport(
            self._intended.label,
            self._reference,
            self._file_id,
            self._opened,
            dict(self._became),
            self._no_longer(),
        )

    def _found(self, ref: HeldRef) -> tuple[str, UUID, UUID]:
        return self._reference_of(ref.file_id), ref.file_id, ref.record_id

    def _reference_of(self, file_id: UUID) -> str:
        return self._work.session.execute(
            select(CaseFile.reference).where(CaseFile.id == file_id)
        ).scalar_one()

    def _open(self) -> tuple[str, UUID, UUID]:
        """Open a case file for a child that the store does not know from this authority."""
        work = self._work
        file_id = new_file(work, opened_on=self._bringing.received_on)
        person_id = new_id()
        common = {"recorded_at": work.now, "recorded_by": work.officer_id}
        work.session.execute(insert(Person.__table__), {"id": person_id, **common})  # type: ignore[arg-type]
        role = "unborn" if self._intended.unborn else "subject"
        work.session.execute(
            insert(Involvement.__table__),  # type: ignore[arg-type]
            {"file_id": file_id, "person_id": person_id, "role": role, **common, **self._said()},
        )
        work.touch(Kind.PERSON, file_id)
        ref = HeldRef(person_id, file_id, "", self._bringing.reference_date)
        self._bringing.held.add(self._intended.key, ref)
        self._opened = True
        return self._reference_of(file_id), file_id, person_id

    def _take(self, item: Item, add: Any, renew: Any) -> Became:
        held, digest = self._bringing.held, digest_of(item)
        ref = held.get(item.key)
        if ref is None:
            record_id = add(item)
            held.add(item.key, HeldRef(record_id, self._file_id, digest, self._bringing.reference_date))
            return Became.ADDED
        if self._bringing.older_than(ref):
            return Became.UNCHANGED if ref.stated == digest else Became.OLDER
        if ref.stated == digest:
            if ref.stated_on != self._bringing.reference_date:
                held.restate(item.key, digest, self._bringing.reference_date)
            return Became.UNCHANGED
        if self._corrected(item, ref):
            held.restate(item.key, digest, self._bringing.reference_date)
            return Became.CORRECTED
        held.restate(item.key, digest, self._bringing.reference_date, renew(item, ref))
        return Became.AMENDED

    def _corrected(self, item: Item, ref: HeldRef) -> bool:
        """Whether an officer has corrected a fact that came from a return: then theirs stands."""
        cls = FACT_KEYS.get(item.kind)
        if cls is None:
            return False
        newer = select(cls.id).where(cls.replaces_id == ref.record_id).limit(1)
        return self._work.session.execute(newer).first() is not None

    def _said(self) -> dict[str, Any]:
        return {"known_on": self._bringing.received_on, "source": self._bringing.origin}

    def _add_fact(self, item: Item, replaces: UUID | None = None) -> UUID:
        fact_id = new_id()
        own = {key: value for key, value in item.raw.items() if key != DOUBTS}
        self._work.session.execute(
            insert(FACT_KEYS[item.kind].__table__),  # type: ignore[arg-type]
            {
                "id": fact_id,
                "file_id": self._file_id,
                "person_id": self.person_id,
                "recorded_at": self._work.now,
                "recorded_by": self._work.officer_id,
                "replaces_id": replaces,
                "doubts": dict(item.raw.get(DOUBTS, {})),
                **self._said(),
                **own,
            },
        )
        self._work.touch(Kind.PERSON, self._file_id)
        return fact_id

    def _replace_fact(self, item: Item, ref: HeldRef) -> UUID:
        return self._add_fact(item, ref.record_id)

    def _sign(self, item: Item) -> UUID:
        entry_id = new_id()
        self._write(item, entry_id, entry_id, 1, None)
        return entry_id

    def _amend(self, item: Item, ref: HeldRef) -> UUID:
        """A new version: of the return's own words, or laid over what an officer has added since."""
        versions = thread(self._work.session, SECTIONS, ref.record_id)
        latest = max(versions, key=lambda one: one.version)
        if latest.origin is None:
            form = form_of(latest)
            marks = {**form.get(DOUBTS, {}), **item.raw.get(DOUBTS, {})}
            item = replace(item, raw={**form, **item.raw, DOUBTS: marks})
        self._write(item, new_id(), ref.record_id, latest.version + 1, self._bringing.reason(ref))
        return ref.record_id

    def _write(self, item: Item, entry_id: UUID, thread_id: UUID, version: int, reason: str | None) -> None:
        section = SECTIONS[item.kind]
        common: Mapping[str, Any] = {
            "known_on": self._bringing.received_on,
            "concerns": [self.person_id],
        }
        reading = read_form(describe(section), {**item.raw, **common}, self._work.standards, imported=True)
        if reading.faults:
            raise Bug(f"The census import does not fit the section {item.kind}: {reading.faults[0].field}.")
        doubts = {key: Marked(one.stated, one.why) for key, one in reading.doubts.items()}
        values = dict(reading.values)
        for key in ("happened_on", "happened_at", "known_on", "concerns"):
            values.pop(key, None)
        fact = EntryFact(
            id=entry_id,
            file_id=self._file_id,
            thread_id=thread_id,
            section=item.kind,
            version=version,
            versions=version,
            happened_on=item.happened_on,
            happened_at=None,
            known_on=self._bringing.received_on,
            recorded_at=self._work.now,
            author_id=self._work.officer_id,
            author=self._work.actor.name,
            reason=reason,
            marking=MARKING,
            origin=self._bringing.origin,
            summary="",
            values=values,
            groups=reading.groups,
            doubts=doubts,
            concerns=(self.person_id,),
        )
        fact = replace(fact, summary=section.line(fact, words_of(self._work.standards)))
        fact = replace(fact, digest=entry_digest(fact))
        write(self._work.session, section, fact, self._work.standards)
        self._work.touch(Kind.ENTRY, self._file_id)

    def _no_longer(self) -> tuple[str, ...]:
        """What an earlier return stated for the year this one covers, and this one does not."""
        until = self._bringing.reference_date
        if self._opened or until is None:
            return ()
        stated = {one.key for one in (*self._intended.facts, *self._intended.entries)}
        found: list[str] = []
        for key in self._bringing.held.keys_of(self._intended.key):
            part, _, day = key.removeprefix(f"{self._intended.key}/").rpartition("/")
            on = _day(day)
            ref = self._bringing.held.get(key)
            covered = on is not None and on <= until and (until - on).days <= 366
            newer = ref is not None and ref.stated_on is not None and ref.stated_on < until
            if covered and newer and key not in stated:
                found.append(f"a {part.replace('/', ' ').replace('-', ' ')} of {short_date(on)}")
        return tuple(found)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
