"""Writing one docket of the index to the record: its file, its people, what is stated of them, its entries."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casefile.exchange.census.held import HeldRef
from casefile.exchange.census.place import Item
from casefile.exchange.docket.filing_file import DocketFiling
from casefile.exchange.docket.match import BORN, Matching
from casefile.exchange.docket.officers import KnownOfficers
from casefile.exchange.docket.report import FileReport
from casefile.exchange.docket.says import MARKED, REPORT_ONLY, DocketDoubt, DocketSays, PersonSays, Said
from casefile.exchange.docket.words import normal, targets
from casefile.exchange.filing import Bringing, digest_of
from casefile.files.actions.files import new_file
from casefile.record.dates import long_date
from casefile.record.model import CaseFile
from casefile.record.persons import PersonView, people_of
from casefile.sections.file_facts import CHILDREN

_PARENTS = {
    "mother": "mother",
    "father": "father",
    "step_parent": "step_parent",
    "carer": "carer",
    "foster_carer": "foster_carer",
    "grandparent": "grandparent",
}
"""How adults of a role stand to the children."""
_LONGEST_KEY = 120
_AGENCIES = {"social_worker": "social_care"}


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file that the store holds under the docket's reference, or from an earlier index."""

    id: UUID
    reference: str
    family: str
    opened_on: date
    ours: bool


class FilingDocket:
    """One docket being filed.

    Attributes:
        doubts: What is doubtful about how it was filed.
        people: Everybody of the docket, for the caller to refresh.
    """

    def __init__(
        self, bringing: Bringing, docket: DocketSays, officers: KnownOfficers, held: HeldFile | None
    ) -> None:
        self._docket = docket
        self._held = held
        self._bringing = bringing
        self._work = bringing.work
        self._base = base_key(docket.key)
        self._file_id = held.id if held else self._open()
        self._filing = DocketFiling(bringing, self._file_id, officers)
        self.doubts: list[DocketDoubt] = []
        self.people: list[UUID] = []

    def file(self) -> FileReport:
        """Write what the index says anew, and say what became of it. The caller refreshes the file."""
        self._about_the_file()
        everybody = people_of(self._work.session, self._file_id, date.max) if self._held else ()
        people = self._people(everybody)
        self._relate(people)
        self._entries(people)
        self._the_docket()
        self._bringing.held.flush()
        self._work.about(files=[self._file_id], people=self.people)
        return FileReport(
            self._docket.label,
            self._reference(),
            self._file_id,
            tuple(self._docket.rows),
            len(self._docket.children),
            self._held is None,
            dict(self._filing.became),
            self._no_longer(),
        )

    @property
    def sections(self) -> Mapping[str, Any]:
        """What became of the entries, by section."""
        return self._filing.sections

    def _doubt(self, who: str, column: str, stated: str, why: str, done: str = MARKED) -> None:
        row = self._docket.rows[0]
        self.doubts.append(DocketDoubt(row, self._docket.label, who, column, stated, why, done))

    def _open(self) -> UUID:
        return new_file(
            self._work, self._docket.reference, self._docket.once.opened or self._bringing.received_on
        )

    def _reference(self) -> str:
        found = select(CaseFile.reference).where(CaseFile.id == self._file_id)
        return self._work.session.execute(found).scalar_one()

    def _about_the_file(self) -> None:
        """Note that the docket has its file, and what differs from what the store held of it."""
        held, docket = self._held, self._docket
        if held is None or not held.ours:
            ref = HeldRef(self._file_id, self._file_id, "", self._bringing.reference_date)
            self._bringing.held.add(self._base, ref)
        if held is None:
            return
        if not held.ours:
            self._doubt(
                "", "", held.reference, "The store held a file of this reference already; brought together."
            )
        if held.family and docket.family and normal(held.family) != normal(docket.family):
            why = f"The file of this reference is called “{held.family}”: check that it is the same family."
            self._doubt("", "", docket.family, why)
        opened = docket.once.opened
        if opened is not None and opened != held.opened_on:
            why = f"The file was opened on {long_date(held.opened_on)}; the index says otherwise."
            self._doubt("", "", long_date(opened), why, REPORT_ONLY)

    def _people(self, everybody: tuple[PersonView, ...]) -> list[UUID]:
        """Everybody of the docket on the record, in its order."""
        people = self._docket.people
        matching = Matching(people, everybody, self._file_id)
        found: list[UUID] = []
        for place, (person, known) in enumerate(zip(people, matching.found, strict=True)):
            person_id = known or self._filing.bare_person()
            if why := matching.why.get(place):
                self._doubt(person.named.shown, "", person.named.stated, why)
                if why == BORN and person.role == "sibling":
                    person.role = "subject"
            self._facts(person, person_id, new=known is None)
            found.append(person_id)
        self.people = list(dict.fromkeys(found))
        return found

    def _facts(self, person: PersonSays, person_id: UUID, *, new: bool) -> None:
        key = f"{self._base}/{person_id}"
        note = "\n".join(f"{heading}: {text}" if heading else text for heading, text in person.notes)
        role = {"role": person.role, "agency": _AGENCIES.get(person.role), "note": note or None}
        raw = {name: value for name, value in role.items() if value}
        self._filing.put_involvement(
            Item("involvement", f"{key}/involvement", None, raw, 0), person_id, new=new
        )
        for said in person.facts:
            if not new and said.kind == "name" and self._known_by_name(person, person_id, key):
                continue
            part = f"/{short_key(said.part)}" if said.part else ""
            self._filing.put_fact(Item(said.kind, f"{key}/{said.kind}{part}", None, said.raw, 0), person_id)

    def _known_by_name(self, person: PersonSays, person_id: UUID, key: str) -> bool:
        """Whether the file calls them so already, from another source than an index."""
        if self._bringing.held.get(f"{key}/name") is not None:
            return False
        return self._filing.bears(person_id, person.named.key)

    def _relate(self, ids: list[UUID]) -> None:
        """Parents and carers to the children of the docket."""
        people = list(zip(self._docket.people, ids, strict=True))
        children = [one for one in people if one[0].role in CHILDREN]
        for adult, adult_id in people:
            kind = _PARENTS.get(adult.role)
            if kind is None:
                continue
            for child, child_id in children:
                if child.role == "sibling" or child_id == adult_id:
                    continue
                unborn = child.role == "unborn"
                how = "expectant_mother" if unborn and kind == "mother" else kind
                key = f"{self._base}/{adult_id}/relationship/{child_id}"
                raw = {"kind": how, "to_person_id": child_id}
                self._filing.put_fact(Item("relationship", key, None, raw, 0), adult_id)

    def _entries(self, ids: list[UUID]) -> None:
        """Entries, those that say the same of several children as one."""
        grouped: dict[tuple[str, str, str], tuple[Said, list[UUID]]] = {}
        for person, person_id in zip(self._docket.people, ids, strict=True):
            for said in person.entries:
                digest = digest_of(Item(said.kind, "", None, said.raw, 0))
                held = grouped.setdefault((said.kind, said.part, digest), (said, []))
                if person_id not in held[1]:
                    held[1].append(person_id)
        for said, concerns in sorted(grouped.values(), key=lambda one: one[0].happened_on or date.max):
            self._filing.put_said(self._base, said, tuple(concerns))

    def _the_docket(self) -> None:
        """Who holds it, what is to come, and whether it is closed."""
        once = self._docket.once
        for role, stated in once.officers.items():
            if why := self._filing.allocate(self._base, role, stated):
                self._doubt("", targets()[role].label, stated, why)
        if once.next_conference is not None:
            self._filing.expect(self._base, once.next_conference)
        if once.is_closed and not self._filing.close(self._base, once.closed, opened_now=self._held is None):
            why = "The index says that the docket is closed; only a supervisor closes a file that the store holds."
            self._doubt("", "", long_date(once.closed), why, REPORT_ONLY)

    def _no_longer(self) -> tuple[str, ...]:
        """What an earlier index stated of this docket and this one does not."""
        until = self._bringing.reference_date
        if self._held is None or until is None:
            return ()
        found: list[str] = []
        for key in self._bringing.held.keys_of(self._base):
            ref = self._bringing.held.get(key)
            if key == self._base or key in self._filing.stated or ref is None:
                continue
            if ref.stated_on is not None and ref.stated_on < until:
                found.append(self._filing.told(key.removeprefix(f"{self._base}/")))
        return tuple(dict.fromkeys(found))


def base_key(docket_key: str) -> str:
    """The key of a docket among what is held of indexes."""
    return f"docket/{short_key(docket_key.replace('/', ' '))}"


def short_key(text: str) -> str:
    """A text that is part of a key; of a long one only a digest, for no index of a store takes any length."""
    return text if len(text) <= _LONGEST_KEY else hashlib.sha256(text.encode()).hexdigest()
