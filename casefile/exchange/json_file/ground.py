"""What writing any part of a case file stands on: keys, officers, values read, rows written once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from casefile.access.model import Officer
from casefile.errors import Fault
from casefile.exchange.json_file.naming import Keys, renamed
from casefile.exchange.json_file.shape import CaseFileIn, Stated
from casefile.record.described import Description, FieldKind, FieldSpec
from casefile.record.facts import Doubt
from casefile.sections.values import DOUBTS, read_form
from casefile.work.ids import new_id
from casefile.work.unit import Work

NO_PASSWORD = "!"  # noqa: S105 (no password matches it)
"""An officer known only from a file cannot sign in."""


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
        self.officers = {one.sign_in_name: one.id for one in work.session.scalars(select(Officer))}
        self.faults: list[Fault] = []
        self.added: Counter[str] = Counter()
        self.held: int = 0
        self.people: list[UUID] = []

    def add_officers(self) -> None:
        """Add officers the store does not know; they cannot sign in."""
        for one in self.read.officers:
            name = " ".join(one.name.split())
            if name.casefold() in self.officers:
                continue
            officer_id = new_id()
            self.work.session.execute(
                insert(Officer.__table__),  # type: ignore[arg-type]
                {
                    "id": officer_id,
                    "name": name,
                    "sign_in_name": name.casefold(),
                    "role": one.role,
                    "number": one.number,
                    "team": one.team,
                    "active": False,
                    "password_hash": NO_PASSWORD,
                    "created_at": self.work.now,
                },
            )
            self.officers[name.casefold()] = officer_id
            self.added["officers"] += 1

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
        recorded_at: datetime | None = part.recorded_at
        if recorded_at is not None and recorded_at.tzinfo is None:
            self.fault(f"{at}.recorded_at", "say the time zone, for instance with a Z at the end")
            recorded_at = None
        return {
            "recorded_at": recorded_at or self.work.now,
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

    def has(self, cls: Any, record_id: UUID) -> bool:
        """Whether the store holds the record."""
        table = cls.__table__
        found = (
            self.work.session.execute(select(table.c.id).where(table.c.id == record_id)).first() is not None
        )
        self.held += found
        return found

    def put(self, cls: Any, kind: str, row: dict[str, Any]) -> None:
        """Write a row unless the store holds it."""
        if self.faults or self.has(cls, row["id"]):
            return
        self.work.session.execute(insert(cls.__table__), row)
        self.added[kind] += 1

    def fault(self, at: str, said: str) -> None:
        """Note what cannot stand, and where."""
        self.faults.append(Fault(at, f"{at}: {said.rstrip('.')}."))
