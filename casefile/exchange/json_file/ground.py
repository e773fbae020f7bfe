"""What writing any part of a case file stands on: keys, officers, values read, rows written once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from casefile.access.model import Absence, Officer
from casefile.errors import Fault
from casefile.exchange.json_file.naming import Keys, renamed
from casefile.exchange.json_file.shape import AwayIn, CaseFileIn, NamedOfficer, Stated
from casefile.record.described import Description, FieldKind, FieldSpec
from casefile.record.facts import Doubt
from casefile.sections.values import DOUBTS, read_form
from casefile.work.ids import new_id
from casefile.work.unit import Work

NO_PASSWORD = "!"  # noqa: S105 (no password matches it)
"""An officer known only from a file cannot sign in."""


def numbered(name: str, number: str) -> str:
    """A name that tells an officer from a namesake: ``Marsh (340)``."""
    return f"{name} ({number})"


def _another(known: str, given: str) -> bool:
    return bool(known and given) and known != given


class Ground:
    """What writing any part of a file stands on: keys, officers, faults, and rows written once.

    Attributes:
        faults: What cannot stand, by its place; the caller refuses the whole if there is any.
        added: How many records of each kind were written.
        held: How many the store held already.
        people: Everybody of the file.
    """

    def __init__(self, work: Work, read: CaseFileIn, keys: Keys, file_id: UUID) -> None:
        self.work = work
        self.read = read
        self.keys = keys
        self.file_id = file_id
        self.officers: dict[str, UUID] = {
            one.sign_in_name: one.id for one in work.session.scalars(select(Officer))
        }
        self._numbers: dict[UUID, str] = {one.id: one.number for one in work.session.scalars(select(Officer))}
        self._claimed: dict[tuple[str, UUID], str] = {}
        self.faults: list[Fault] = []
        self.added: Counter[str] = Counter()
        self.held: int = 0
        self.people: list[UUID] = []

    def add_officers(self) -> None:
        """Add officers the store does not know; they cannot sign in.

        A namesake with another number is somebody else: their words are never put under the name of the
        officer whom the store knows.
        """
        meant: dict[str, UUID] = {}
        for place, one in enumerate(self.read.officers):
            name = " ".join(one.name.split())
            if not name:
                self.fault(f"$.officers[{place}].name", "an officer has a name")
            if name.casefold() in meant:
                self.fault(f"$.officers[{place}].name", f"{name} is listed twice")
            known = self.officers.get(name.casefold())
            if known is not None and _another(self._numbers[known], one.number):
                known = self.officers.get(numbered(name, one.number).casefold())
            meant[name.casefold()] = known or self._add_officer(one, name)
        self.officers |= meant
        for place, one in enumerate(self.read.officers):
            officer_id = self.officers[" ".join(one.name.split()).casefold()]
            for spell, away in enumerate(one.away):
                self._add_absence(officer_id, away, f"$.officers[{place}].away[{spell}]")

    def _add_absence(self, officer_id: UUID, away: AwayIn, at: str) -> None:
        """Record when an officer was away, unless the store knows of an absence from that day."""
        known = select(Absence.id).where(Absence.officer_id == officer_id, Absence.from_on == away.from_on)
        if self.work.session.execute(known).first() is not None:
            return
        if away.kind not in {one.code for one in self.work.standards.codes("absence_kind").codes}:
            self.fault(f"{at}.kind", f"there is no kind of absence called {away.kind}")
        if away.until_on is not None and away.until_on < away.from_on:
            self.fault(f"{at}.until_on", "it ends before it begins")
        if self.faults:
            return
        row = away.model_dump(include={"from_on", "until_on", "kind", "planned"}) | self.said(away, at)
        row |= {"id": new_id(), "officer_id": officer_id, "known_on": away.known_on or away.from_on}
        self.work.session.execute(insert(Absence.__table__), row)  # type: ignore[arg-type]
        self.added["absences"] += 1

    def _add_officer(self, one: NamedOfficer, name: str) -> UUID:
        taken = name.casefold() in self.officers
        sign_in_name = (numbered(name, one.number) if taken else name).casefold()
        officer_id = new_id()
        self.work.session.execute(
            insert(Officer.__table__),  # type: ignore[arg-type]
            {
                "id": officer_id,
                "name": name,
                "sign_in_name": sign_in_name,
                "role": one.role,
                "number": one.number,
                "team": one.team,
                "active": False,
                "password_hash": NO_PASSWORD,
                "created_at": self.work.now,
            },
        )
        self.officers[sign_in_name], self._numbers[officer_id] = officer_id, one.number
        self.added["officers"] += 1
        return officer_id

    def values(
        self,
        description: Description,
        says: Mapping[str, Any],
        stated: Mapping[str, Stated],
        at: str,
        *,
        lenient: bool = False,
    ) -> tuple[dict[str, Any], dict[str, Doubt]]:
        """Typed values; what cannot be read is a fault, and so is a needed value that nobody doubts."""
        marks = {key: {"stated": one.stated, "why": one.why} for key, one in stated.items()}
        raw = renamed(description, says, self._rename(at))
        reading = read_form(description, {**raw, DOUBTS: marks}, self.work.standards, imported=True)
        for fault in reading.faults:
            self.fault(f"{at}.{fault.field}", fault.sentence)
        doubts = {key: one for key, one in reading.doubts.items() if key in stated}
        for key, one in reading.doubts.items():
            if key not in stated and (one.stated or not lenient):
                self.fault(
                    f"{at}.{key}", one.why if one.stated else "this is needed, or say under doubts why not"
                )
        return {**reading.values, **reading.groups}, doubts

    def _rename(self, at: str) -> Any:
        def rename(spec: FieldSpec, value: str) -> str:
            if spec.kind is FieldKind.OFFICER:
                return str(self.officer(value, f"{at}.{spec.key}"))
            return str(self.keys.of(value))

        return rename

    def said(self, part: Any, at: str) -> dict[str, Any]:
        """Who recorded it and when."""
        return {
            "recorded_at": part.recorded_at or self.work.now,
            "recorded_by": self.officer(part.recorded_by, f"{at}.recorded_by"),
        }

    def officer(self, name: str | None, at: str) -> UUID:
        """The officer of a name; whoever imports when none is given."""
        if name is None:
            return self.work.officer_id
        found = self.officers.get(" ".join(name.split()).casefold())
        if found is None:
            self.fault(at, f"{name} is neither in the store nor in the list of officers")
        return found or self.work.officer_id

    def claim(self, kind: str, record_id: UUID, at: str) -> None:
        """Take a key for the part at a place; the same key for another part of its kind is a fault."""
        first = self._claimed.setdefault((kind, record_id), at)
        if first != at:
            self.fault(f"{at}.key", f"the key of {first} is used again")

    def has(self, cls: Any, record_id: UUID, at: str) -> bool:
        """Whether the store holds the record of the part at a place; a fault if another case file holds it."""
        self.claim(cls.__tablename__, record_id, at)
        table = cls.__table__
        owner = table.c.file_id if "file_id" in table.c else table.c.id
        found = self.work.session.execute(select(owner).where(table.c.id == record_id)).scalar()
        if found is not None and owner is not table.c.id and found != self.file_id:
            self.fault(f"{at}.key", "the store holds this record in another case file")
        self.held += found is not None
        return found is not None

    def put(self, cls: Any, kind: str, row: dict[str, Any], at: str) -> None:
        """Write the row of the part at a place unless the store holds it."""
        if self.has(cls, row["id"], at) or self.faults:
            return
        self.work.session.execute(insert(cls.__table__), row)
        self.added[kind] += 1

    def fault(self, at: str, said: str) -> None:
        """Note what cannot stand, and where."""
        self.faults.append(Fault(at, f"{at}: {said.rstrip('.')}."))
