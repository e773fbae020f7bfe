"""People tied across files: by the files they stand in, the addresses and numbers they share, and how they are related.

The chart grows step by step: a file opens into its people, a person into their other files and what they share with
others, an address or a number into everybody who has it. Files this officer may not see are not there, and neither is
what was learnt only through them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casefile.files.picture.queries import confirmed_same
from casefile.files.reach import case_file
from casefile.names.keys import ADDRESS, CONTACT
from casefile.names.traces import address_key, contact_key
from casefile.record.looks import PersonKey, PersonLook
from casefile.record.model import CaseFile
from casefile.record.people import Involvement, Person, Relationship
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.pieces import in_pieces
from casefile.work.unit import Work

_INVOLVED = (
    Involvement.id,
    Involvement.replaces_id,
    Involvement.withdrawn,
    Involvement.file_id,
    Involvement.person_id,
    Involvement.role,
)
MANY = 60
"""People shown of one file, address or number; more are counted."""


class KnotKind(StrEnum):
    """What ties people together, and the people."""

    FILE = "file"
    PERSON = "person"
    ADDRESS = "address"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Knot:
    """A file, a person, an address or a number.

    Attributes:
        key: Kind and identity, as ``person:…``.
        about: More of it, in words.
        step: How many steps it is away from where the chart began.
        open: Whether what leads on from it is shown.
        id: Of a person or a file.
    """

    key: str
    kind: KnotKind
    title: str
    about: str
    step: int
    open: bool = False
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Thread:
    """That two knots hang together, and how, in words; of two people who are *related* from the first to the second."""

    one: str
    other: str
    words: str
    verified: bool = True
    related: bool = False


@dataclass(frozen=True, slots=True)
class Associations:
    """The chart as data.

    Attributes:
        left_out: How many people were not shown because there were too many at one place.
    """

    file_id: UUID
    reference: str
    marking: str
    knots: tuple[Knot, ...]
    threads: tuple[Thread, ...]
    left_out: int = 0


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def associations(work: Work, file_id: UUID, opened: Sequence[str] = (), steps: int = 2) -> Associations:
    """Read who the people of a file are tied to in other files, step by step.

    Args:
        work: The unit of work.
        file_id: Where the chart begins.
        opened: Keys of knots that are opened beside those of the first steps.
        steps: Everything up to so many steps away is opened: 2 are the people of the file and what they share.
    """
    return read_associations(work, file_id, opened, steps)


def read_associations(work: Work, file_id: UUID, opened: Sequence[str], steps: int) -> Associations:
    """The chart as data. Missing where there is no such file for this officer."""
    case = case_file(work, file_id)
    growing = _Growing(work, frozenset(opened), steps)
    growing.begin(case)
    work.about(
        files=[one.id for one in growing.knots.values() if one.kind is KnotKind.FILE and one.id],
        people=[one.id for one in growing.knots.values() if one.kind is KnotKind.PERSON and one.id],
    )
    return Associations(
        file_id,
        case.reference,
        case.marking,
        tuple(growing.knots.values()),
        tuple(growing.woven()),
        growing.left_out,
    )


class _Growing:
    """The chart as it grows, a step at a time: each step asks the store a handful of questions."""

    def __init__(self, work: Work, opened: frozenset[str], steps: int) -> None:
        self._work, self._opened, self._steps = work, opened, steps
        self.knots: dict[str, Knot] = {}
        self.threads: dict[tuple[str, str], Thread] = {}
        self.left_out = 0

    def begin(self, case: CaseFile) -> None:
        """Start at a file and open step by step."""
        self._knot(_file(case.id, case.reference, case.family_name, case.state, 0))
        step = 0
        while True:
            here = [one for one in self.knots.values() if one.step == step and self._opens(one)]
            if not here and not any(one.step > step for one in self.knots.values()):
                break
            for one in here:
                self.knots[one.key] = replace(one, open=True)
            self._open(here, step + 1)
            step += 1
        self._related()

    def woven(self) -> Iterator[Thread]:
        """Threads whose both ends are shown."""
        return (one for one in self.threads.values() if one.one in self.knots and one.other in self.knots)

    def _opens(self, knot: Knot) -> bool:
        return knot.step < self._steps or knot.key in self._opened

    def _open(self, knots: Sequence[Knot], step: int) -> None:
        files = [one.id for one in knots if one.kind is KnotKind.FILE and one.id]
        people = [one.id for one in knots if one.kind is KnotKind.PERSON and one.id]
        traces = [one for one in knots if one.kind in (KnotKind.ADDRESS, KnotKind.CONTACT)]
        if files:
            self._people_of(files, step)
        if people:
            self._files_of(people, step)
            self._traces_of(people, step)
            self._same(people, step)
        if traces:
            self._people_at(traces, step)

    def _people_of(self, files: Sequence[UUID], step: int) -> None:
        rows = self._rows(
            select(*_INVOLVED, Person.display_name).join(Person, Person.id == Involvement.person_id),
            Involvement.file_id,
            files,
        )
        label = self._work.standards.codes("involvement_role").label
        shown: dict[UUID, set[UUID]] = {}
        for row in sorted(_standing(rows), key=lambda one: (one.display_name, str(one.person_id))):
            held = shown.setdefault(row.file_id, set())
            if self._too_many(held, row.person_id):
                continue
            words = label(row.role) if row.role else "no role"
            self._knot(_person(row.person_id, row.display_name, words, step))
            self._thread(_key(KnotKind.FILE, row.file_id), _key(KnotKind.PERSON, row.person_id), words)

    def _files_of(self, people: Sequence[UUID], step: int) -> None:
        rows = self._rows(
            select(*_INVOLVED, CaseFile.reference, CaseFile.family_name, CaseFile.state).join(
                CaseFile, CaseFile.id == Involvement.file_id
            ),
            Involvement.person_id,
            people,
        )  # fmt: skip
        label = self._work.standards.codes("involvement_role").label
        for row in sorted(_standing(rows), key=lambda one: one.reference):
            self._knot(_file(row.file_id, row.reference, row.family_name, row.state, step))
            words = label(row.role) if row.role else "no role"
            self._thread(_key(KnotKind.FILE, row.file_id), _key(KnotKind.PERSON, row.person_id), words)

    def _same(self, people: Sequence[UUID], step: int) -> None:
        """Other records that an officer confirmed to be of the same people."""
        same = confirmed_same(self._work, people)
        names = self._names({one.other_id for one in same})
        for one in same:
            self._knot(
                _person(one.other_id, names.get(one.other_id, "Name not known"), "another record", step)
            )
            here, there = _key(KnotKind.PERSON, one.person_id), _key(KnotKind.PERSON, one.other_id)
            self._thread(here, there, "confirmed to be the same person")

    def _traces_of(self, people: Sequence[UUID], step: int) -> None:
        """Addresses and numbers that these people share with anybody."""
        looks = self._rows(select(PersonLook.person_id, PersonLook.said), PersonLook.person_id, people)
        traces: dict[str, tuple[KnotKind, str]] = {}
        whose: dict[str, set[UUID]] = {}
        for look in looks:
            for kind, key, title in _traces(look.said):
                if len(title) > len(traces.get(key, (kind, ""))[1]):
                    traces[key] = (kind, title)
                whose.setdefault(key, set()).add(look.person_id)
        everybody = self._having(traces)
        for key, (kind, title) in sorted(traces.items(), key=lambda one: one[1][1]):
            having = everybody.get(key, set())
            if len(having) < 2:
                continue
            knot = f"{kind.value}:{key}"
            words = "lives or lived there" if kind is KnotKind.ADDRESS else "has this number or address"
            self._knot(Knot(knot, kind, title, f"{len(having)} people", step))
            for person in sorted(whose[key], key=str):
                self._thread(knot, _key(KnotKind.PERSON, person), words)

    def _having(self, keys: Iterable[str]) -> dict[str, set[UUID]]:
        found: dict[str, set[UUID]] = {}
        rows = self._rows(
            select(PersonKey.key, PersonLook.person_id).join(PersonLook, PersonLook.id == PersonKey.look_id),
            PersonKey.key,
            list(keys),
        )
        for row in rows:
            found.setdefault(row.key, set()).add(row.person_id)
        return found

    def _people_at(self, traces: Sequence[Knot], step: int) -> None:
        keys = {one.key.partition(":")[2]: one for one in traces}
        having = self._having(keys)
        names = self._names({person for held in having.values() for person in held})
        for key, people in having.items():
            shown: set[UUID] = set()
            for person in sorted(people, key=lambda one: (names.get(one, ""), str(one))):
                if not self._too_many(shown, person):
                    self._knot(_person(person, names.get(person, "Name not known"), "", step))
                    self._thread(keys[key].key, _key(KnotKind.PERSON, person), "is there too")

    def _names(self, people: set[UUID]) -> dict[UUID, str]:
        rows = self._rows(select(Person.id, Person.display_name), Person.id, sorted(people, key=str))
        return {row.id: row.display_name for row in rows}

    def _related(self) -> None:
        """How people are related; for those of the file where the chart begins there is the picture of the family."""
        people = {one.id: one for one in self.knots.values() if one.kind is KnotKind.PERSON and one.id}
        rows = self._rows(
            select(Relationship.id, Relationship.replaces_id, Relationship.withdrawn, Relationship.person_id,
                   Relationship.to_person_id, Relationship.kind, Relationship.verified),
            Relationship.person_id,
            list(people),
        )  # fmt: skip
        label = self._work.standards.codes("relationship").label
        for row in _standing(rows):
            one, other = people.get(row.person_id), people.get(row.to_person_id)
            if one is None or other is None or one.step == other.step == 1:
                continue
            words = f"{label(row.kind).lower() if row.kind else 'related'} of {other.title}"
            self._thread(one.key, other.key, words, verified=row.verified is True, related=True)

    def _rows(self, statement: Any, column: Any, values: Sequence[Any]) -> list[Any]:
        found: list[Any] = []
        for some in in_pieces(list(values)):
            found += self._work.session.execute(statement.where(column.in_(some))).all()
        return found

    def _too_many(self, held: set[UUID], person: UUID) -> bool:
        if person not in held and len(held) >= MANY:
            self.left_out += 1
            return True
        held.add(person)
        return False

    def _knot(self, knot: Knot) -> None:
        held = self.knots.setdefault(knot.key, knot)
        if knot.about and not held.about:
            self.knots[knot.key] = replace(held, about=knot.about)

    def _thread(
        self, one: str, other: str, words: str, *, verified: bool = True, related: bool = False
    ) -> None:
        pair = (min(one, other), max(one, other))
        self.threads.setdefault(pair, Thread(one, other, words, verified, related))


def _standing(rows: Sequence[Any]) -> list[Any]:
    """Facts that were neither withdrawn nor replaced."""
    replaced = {row.replaces_id for row in rows if row.replaces_id}
    return [row for row in rows if not row.withdrawn and row.id not in replaced]


def _traces(said: dict[str, Any]) -> Iterator[tuple[KnotKind, str, str]]:
    """Addresses and numbers of a look: the kind, the key that finds it again, and it as written."""
    for address, town, postcode, _ in said.get("homes", ()):
        key = address_key(address, postcode or town)
        if key:
            title = ", ".join(one for one in (address, town, postcode) if one)
            yield KnotKind.ADDRESS, f"{ADDRESS}{key}", title
    for _, value in said.get("contacts", ()):
        key = contact_key(value)
        if key:
            yield KnotKind.CONTACT, f"{CONTACT}{key}", str(value)


def _key(kind: KnotKind, identity: UUID) -> str:
    return f"{kind.value}:{identity}"


def _file(identity: UUID, reference: str, family: str, state: str, step: int) -> Knot:
    about = f"{family or 'Name not known'} family, {state}"
    return Knot(_key(KnotKind.FILE, identity), KnotKind.FILE, reference, about, step, id=identity)


def _person(identity: UUID, name: str, about: str, step: int) -> Knot:
    return Knot(_key(KnotKind.PERSON, identity), KnotKind.PERSON, name, about, step, id=identity)
