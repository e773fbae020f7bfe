"""Writing to the file of a docket what only an index states: notes, who holds it, what is to come, its closing."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casefile.exchange.census.held import HeldRef
from casefile.exchange.census.place import Item
from casefile.exchange.census.report import Became
from casefile.exchange.docket.officers import KnownOfficers
from casefile.exchange.docket.says import Said, mark
from casefile.exchange.docket.words import normal
from casefile.exchange.filing import Bringing, Filing
from casefile.record.dates import long_date
from casefile.record.model import CaseFile, TaskEvent
from casefile.record.people import Allocation, Involvement, PersonName
from casefile.record.persons import full_name
from casefile.sections import SECTIONS
from casefile.sections.values import DOUBTS
from casefile.work.ids import derived_id
from casefile.work.names import Kind, Permission

CONFERENCE = "Child protection conference"


class DocketFiling(Filing):
    """The items of one docket being written to its file.

    Attributes:
        stated: Keys of everything this index states.
    """

    def __init__(self, bringing: Bringing, file_id: UUID, officers: KnownOfficers) -> None:
        super().__init__(bringing, file_id)
        self._officers = officers
        self.stated: set[str] = set()

    def put_fact(self, item: Item, person_id: UUID) -> Became:
        """Write a fact about a person if the index says something new."""
        self.stated.add(item.key)
        return super().put_fact(item, person_id)

    def put_involvement(self, item: Item, person_id: UUID, *, new: bool) -> None:
        """What somebody is to the file, with what is kept as notes; laid over what the file says already."""
        standing = None if new else self._standing(person_id)
        held = self.bringing.held.get(item.key)
        if held is None and standing is not None and not item.raw.get("note"):
            return
        if held is None and standing is not None:
            item = Item(item.kind, item.key, None, self._over(standing, item.raw), 0)
            self.stated.add(item.key)
            self._count(
                self._take(item, lambda: self._fact(item, person_id, standing.id), lambda _: standing.id)
            )
            return
        self.put_fact(item, person_id)

    def renew(self, item: Item, person_id: UUID, ref: HeldRef) -> UUID:
        """Write a fact in place of the earlier one; a role keeps what officers have said of it since."""
        standing = self._standing(person_id) if item.kind == "involvement" else None
        if standing is None:
            return super().renew(item, person_id, ref)
        raw = self._over(standing, item.raw)
        return self._fact(Item(item.kind, item.key, None, raw, 0), person_id, standing.id)

    def corrected(self, item: Item, ref: HeldRef) -> bool:
        """Whether an officer's correction stands; notes are added to it all the same."""
        return item.kind != "involvement" and super().corrected(item, ref)

    def bears(self, person_id: UUID, name: str) -> bool:
        """Whether the file calls a person so."""
        rows = self.work.session.scalars(select(PersonName).where(PersonName.person_id == person_id))
        said = ({"full": one.full, "given": one.given, "family": one.family} for one in rows)
        return any(normal(full_name(one)) == name for one in said)

    def put_said(self, base: str, said: Said, concerns: tuple[UUID, ...]) -> None:
        """Sign an entry that concerns these children."""
        key = self._entry_key(f"{base}/{concerns[0]}/{said.kind}", said.part)
        raw = {**said.raw, "concerns": sorted(str(one) for one in concerns)}
        if said.happened_on is not None:
            raw["happened_on"] = said.happened_on
        self.stated.add(key)
        self.put_entry(Item(said.kind, key, said.happened_on, raw, 0), concerns)

    def allocate(self, base: str, role: str, stated: str) -> str:
        """Give the file to the officer whom the index names; says why that is doubtful, or ""."""
        found = self._officers.find(stated)
        raw: dict[str, Any] = {"role": role, "officer_id": found.officer_id}
        if found.why:
            mark(raw, "officer_id", stated, found.why)
        said = {**raw, "officer_id": found.name}
        item = Item("allocation", f"{base}/allocation/{role}", None, said, 0)
        self.stated.add(item.key)
        latest = self._latest_allocation(role)
        ref = self.bringing.held.get(item.key)
        if latest is not None and (ref is None or ref.record_id != latest.id):
            if latest.officer_id == found.officer_id:
                return ""
            if ref is None or latest.source != self.bringing.origin:
                return "" if ref is not None else "The file is allocated to somebody else already; left so."
        self._count(
            self._take(
                item, lambda: self._allocation(raw, None), lambda r: self._allocation(raw, r.record_id)
            )
        )
        return found.why

    def expect(self, base: str, on: date) -> None:
        """Put the next conference on the list of what is owed; an earlier day that was stated is waived."""
        key = f"{base}/next-conference"
        task_id = derived_id("docket-index", self.file_id, on)
        item = Item("next-conference", key, None, {"on": on}, 0)
        self.stated.add(key)

        def opened() -> UUID:
            self._say(
                task_id, {"what": "opened", "title": CONFERENCE, "owed_by": "social_care", "due_on": on}
            )
            return task_id

        def moved(ref: HeldRef) -> UUID:
            why = f"{self.bringing.origin} gives {long_date(on)}."
            self._say(ref.record_id, {"what": "waived", "reason": why})
            return opened()

        self._count(self._take(item, opened, moved))

    def close(self, base: str, on: date | None, *, opened_now: bool) -> bool:
        """Close the file as the index says; False if this officer may not close a file that the store holds."""
        key = f"{base}/closure"
        self.stated.add(key)
        if self.bringing.held.get(key) is None and not opened_now:
            state = self.work.session.execute(
                select(CaseFile.state).where(CaseFile.id == self.file_id)
            ).scalar_one()
            if state == "closed":
                return True
            if not self.work.actor.may(Permission.SIGN_SUPERVISION):
                return False
        raw: dict[str, Any] = {"happened_on": on} if on else {}
        self.put_entry(Item("closure", key, on, raw, 0), ())
        return True

    def told(self, part: str) -> str:
        """A key of something held, in words."""
        pieces = part.split("/")
        if pieces[0] in ("allocation", "next-conference", "closure"):
            return {"allocation": "an officer", "closure": "the closing"}.get(pieces[0], "a next conference")
        kind = pieces[1] if len(pieces) > 1 else pieces[0]
        name = SECTIONS[kind].title.lower() if kind in SECTIONS else kind.replace("_", " ")
        day = next((one for one in pieces if len(one) == 10 and one[4] == "-"), "")
        return f"a {name} of {long_date(date.fromisoformat(day))}" if day else f"a {name}"

    def _standing(self, person_id: UUID) -> Involvement | None:
        """What the person is to the file now, by whomever it was said last."""
        mine = select(Involvement).where(
            Involvement.person_id == person_id, Involvement.file_id == self.file_id
        )
        rows = list(self.work.session.scalars(mine.order_by(Involvement.recorded_at, Involvement.id)))
        replaced = {one.replaces_id for one in rows}
        standing = [one for one in rows if one.id not in replaced and not one.withdrawn]
        return standing[-1] if standing else None

    def _over(self, standing: Involvement, raw: Any) -> dict[str, Any]:
        """What the index says laid over what stands: the role of officers stays, lines of notes are added."""
        own = ("role", "agency", "parental_responsibility", "of_concern", "from_on", "until_on", "verified")
        found = {one: getattr(standing, one) for one in own if getattr(standing, one) is not None}
        if standing.role == "unborn" and raw.get("role") == "subject":
            found["role"] = "subject"
        lines = [*(standing.note or "").split("\n"), *str(raw.get("note") or "").split("\n")]
        note = "\n".join(dict.fromkeys(one for one in lines if one))
        return {**found, "note": note} if note else found

    def _entry_key(self, base: str, part: str) -> str:
        """Its key; an entry whose day the earlier or this index leaves out is the same as the only other one."""
        head, _, day = part.rpartition("/")
        stem = f"{base}/{head}/" if head else f"{base}/"
        exact = f"{stem}{day}"
        if self.bringing.held.get(exact) is not None:
            return exact
        docket = "/".join(base.split("/")[:2])
        others = [
            one
            for one in self.bringing.held.keys_of(docket)
            if one.startswith(stem) and one not in self.stated
        ]
        undated = day == "?" or f"{stem}?" in others
        return others[0] if undated and len(others) == 1 else exact

    def _latest_allocation(self, role: str) -> Allocation | None:
        mine = select(Allocation).where(Allocation.file_id == self.file_id, Allocation.role == role)
        rows = mine.order_by(Allocation.recorded_at.desc(), Allocation.id.desc())
        return self.work.session.scalars(rows.limit(1)).first()

    def _allocation(self, raw: dict[str, Any], replaces: UUID | None) -> UUID:
        doubts = raw.get(DOUBTS, {})
        own = {
            "role": raw["role"],
            "officer_id": raw["officer_id"],
            "doubts": doubts,
            "replaces_id": replaces,
        }
        self.work.touch(Kind.CASE_FILE, self.file_id)
        return self._insert(Allocation, {"file_id": self.file_id, **own, **self.said()})

    def _say(self, task_id: UUID, values: dict[str, Any]) -> None:
        day = self.bringing.received_on
        own = {"task_id": task_id, "file_id": self.file_id, "happened_on": day, "known_on": day}
        self._insert(TaskEvent, {**own, **values})
        self.work.touch(Kind.TASK, self.file_id)
