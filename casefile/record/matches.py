"""Who in one file likely stands in another: tables, and what brings them up to date with every fact.

A match is derived and a cache; what officers decided of it is written once. It is derived from everything there is, so
that it does not depend on who writes, and handed over only to those who may see both files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, bindparam, insert, or_, select, update
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from casefile.access.visibility import everything
from casefile.names.births import compare, of_day
from casefile.names.fold import tokens
from casefile.names.keys import ADDRESS, BORN, CONTACT, NUMBER, SETTING, VEHICLE
from casefile.names.likeness import both_ways
from casefile.record.looks import PersonKey, PersonLook, current_keys
from casefile.record.model import IMMUTABLE, CaseFile
from casefile.store.base import Base
from casefile.work.ids import derived_id, new_id
from casefile.work.pieces import in_pieces

PERSON, STANDS = "person", "stands"
TRACES = {ADDRESS: "address", CONTACT: "contact", VEHICLE: "vehicle", SETTING: "setting"}
"""Kinds of match that rest on one trace."""
_STRONG = frozenset({BORN, NUMBER, *TRACES})
_MANY = 24
"""A trace that more share is a hostel, a switchboard or a large school: it says nothing of two families."""
_NAME_LEAST, _NAME_SURE, _BORN_LEAST = 80.0, 93.0, 74.0
OUTSIDE = frozenset(
    {
        "social_worker", "conference_chair", "health_professional", "education_professional", "professional",
        "interpreter", "appropriate_adult",
    }
)  # fmt: skip
_CHILDREN = frozenset({"subject", "unborn", "sibling", "other_child"})
_DANGER = frozenset({"suspect", "offender"})
_STAFF = frozenset({"employer"})


class PersonMatch(Base):
    """Somebody of one file who likely stands in another, or a trace that two files share.

    Attributes:
        kind: ``person`` (two records of one human being), ``stands`` (one record in two files), or a trace.
        one_person_id, one_file_id: The one side; ``other_…`` the other, in the order of their identities.
        trace: The key that two files share, of a match that rests on one; "" of a person.
        score: How likely, from 0 to 100.
        why: In sentences without a stop.
        facts: Digest of what it rests on: a match that was rejected stays quiet until it changes.
        stands: Whether the facts still say so.
    """

    __tablename__ = "person_match"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    one_person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    one_file_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    other_person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    other_file_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    trace: Mapped[str]
    score: Mapped[int]
    why: Mapped[list[str]]
    facts: Mapped[str]
    found_at: Mapped[datetime]
    stands: Mapped[bool] = mapped_column(default=True)


class MatchDecision(Base):
    """What an officer decided of a match: confirmed, rejected, left open, or undone; the latest counts."""

    __tablename__ = "match_decision"
    __table_args__ = ({"info": IMMUTABLE},)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    match_id: Mapped[UUID] = mapped_column(ForeignKey("person_match.id"), index=True)
    what: Mapped[str]
    reason: Mapped[str]
    facts: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))


@dataclass(frozen=True, slots=True)
class _Side:
    """One look of somebody, as matching sees it."""

    look_id: int
    person_id: UUID
    file_id: UUID
    said: dict[str, Any]

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(self.said.get("roles", ()))

    @property
    def family(self) -> bool:
        """Whether they belong to the family or are of concern, and do not only work with it."""
        return not self.roles or bool(self.roles - OUTSIDE)


_LOOKS = select(PersonLook.id, PersonLook.person_id, PersonLook.file_id, PersonLook.said)
_SHARING = (
    select(PersonKey.look_id)
    .where(PersonKey.key == bindparam("key"))
    .order_by(PersonKey.look_id)
    .limit(_MANY + 1)
)


def refresh_matches(session: Session, people: Iterable[UUID], now: datetime) -> None:
    """Derive the matches of people anew."""
    with everything(session):
        for some in in_pieces(dict.fromkeys(people), 200):
            _refresh(session, some, now)


def _refresh(session: Session, people: tuple[UUID, ...], now: datetime) -> None:
    mine = [_Side(*row) for row in session.execute(_LOOKS.where(PersonLook.person_id.in_(people)))]
    mine = [one for one in mine if one.family]
    keys = {one.look_id: sorted(key for key in current_keys(one.said) if key[0] in _STRONG) for one in mine}
    sharing = {
        key: list(session.scalars(_SHARING, {"key": key})) for key in {k for ks in keys.values() for k in ks}
    }
    wanted = {at for looks in sharing.values() if len(looks) <= _MANY for at in looks}
    sides = {one.look_id: one for one in mine}
    for ids in in_pieces(wanted - sides.keys()):
        for row in session.execute(_LOOKS.where(PersonLook.id.in_(ids))):
            sides[row.id] = _Side(*row)
    found: dict[UUID, dict[str, Any]] = {}
    for one in mine:
        for row in _matches(one, keys[one.look_id], sharing, sides):
            if row["id"] not in found or _people(row) < _people(found[row["id"]]):
                found[row["id"]] = row
    for row in _standing(mine):
        found.setdefault(row["id"], row)
    _write(session, people, found, now)


def _matches(
    one: _Side, keys: list[str], sharing: dict[str, list[int]], sides: dict[int, _Side]
) -> Iterator[dict[str, Any]]:
    """What a look has in common with looks of other files."""
    same: dict[int, dict[str, Any] | None] = {}
    for key in keys:
        looks = sharing[key]
        for other in (sides[at] for at in looks if len(looks) <= _MANY and at in sides):
            if other.file_id == one.file_id or not other.family or other.person_id == one.person_id:
                continue
            if other.look_id not in same:
                same[other.look_id] = _same(one, other)
                if row := same[other.look_id]:
                    yield row
            # what two records of one person share says nothing more of the families
            if same[other.look_id] is None and key[0] in TRACES and key in current_keys(other.said):
                if row := _trace(key, one, other):
                    yield row


def _same(one: _Side, other: _Side) -> dict[str, Any] | None:
    """Two records of one human being; said in one way whichever of them was written last."""
    one, other = sorted((one, other), key=lambda side: (side.file_id, side.person_id))
    numbers = {key for key in current_keys(one.said) & current_keys(other.said) if key[0] == NUMBER}
    names = [
        both_ways(tokens(a[1]), tokens(b[1]))
        for a in one.said.get("names", ())
        for b in other.said.get("names", ())
    ]
    name = max(names, key=lambda found: (found.score, found.why), default=None)
    births = [
        compare(of_day(date.fromisoformat(a[0]), a[1]), of_day(date.fromisoformat(b[0]), b[1]))
        for a in one.said.get("births", ())
        for b in other.said.get("births", ())
    ]
    born = max(births, key=lambda told: (told.score or 0.0, told.why), default=None)
    if name is None or (name.score < _NAME_LEAST and not numbers):
        return None
    fits = born is not None and born.score is not None and born.score >= _BORN_LEAST
    against = born is not None and born.score is not None and born.score < _BORN_LEAST
    traces = {
        key for key in current_keys(one.said) & current_keys(other.said) if key[0] in (ADDRESS, CONTACT)
    }
    if not (numbers or fits or (traces and not against and name.score >= _NAME_SURE)):
        return None
    why = [*name.why] or ["the same name"]
    why += [born.why] if born is not None and fits else []
    why += ["the same number of another system"] if numbers else []
    score = (name.score + (born.score if born is not None and born.score is not None else 80)) / 2
    return _row(PERSON, "", (one, other), 99 if numbers else round(score), why)


def _trace(key: str, one: _Side, other: _Side) -> dict[str, Any] | None:
    """A trace that two files share."""
    kind = TRACES[key[0]]
    if kind == "setting":
        if not any(_on_staff(a, key) and b.roles & _CHILDREN for a, b in ((one, other), (other, one))):
            return None
        why = "a suspect or person of concern works where a child of the other file goes"
    else:
        why = {"address": "the same address", "contact": "the same telephone number or mail address",
               "vehicle": "the same vehicle"}[kind]  # fmt: skip
    return _row(kind, key, (one, other), 70 if kind == "setting" else 80, [why])


def _on_staff(side: _Side, key: str) -> bool:
    danger = bool(side.roles & _DANGER) or bool(side.said.get("concern"))
    works = [[kind, name] for kind, name in side.said.get("settings", ()) if kind in _STAFF]
    return danger and key in current_keys({"settings": works})


def _standing(mine: list[_Side]) -> Iterator[dict[str, Any]]:
    """One record that stands in two files."""
    for one in mine:
        for other in mine:
            if one.person_id == other.person_id and one.file_id < other.file_id and one.roles and other.roles:
                yield _row(STANDS, "", (one, other), 100, ["stands in both files"])


def match_id(kind: str, trace: str, one: tuple[UUID, UUID], other: tuple[UUID, UUID]) -> UUID:
    """The identity of a match, the same in every store that holds both files; each side is a file and a person."""
    one, other = sorted((one, other))
    people = () if kind in TRACES.values() else (one[1], other[1])
    return derived_id("match", kind, trace, one[0], other[0], *people)


def _row(kind: str, key: str, both: tuple[_Side, _Side], score: int, why: list[str]) -> dict[str, Any]:
    one, other = sorted(both, key=lambda side: (side.file_id, side.person_id))
    people = () if kind in TRACES.values() else (one.person_id, other.person_id)
    facts = f"{kind} {key} {sorted(why)} {_told(one)} {_told(other)}" if people else f"{kind} {key}"
    return {
        "id": match_id(kind, key, (one.file_id, one.person_id), (other.file_id, other.person_id)),
        "kind": kind,
        "one_person_id": one.person_id,
        "one_file_id": one.file_id,
        "other_person_id": other.person_id,
        "other_file_id": other.file_id,
        "trace": "" if people else key,
        "score": score,
        "why": why,
        "facts": sha256(facts.encode()).hexdigest()[:32],
        "stands": True,
    }


def _told(side: _Side) -> str:
    """What of a look a match of a person rests on."""
    return str([side.said.get(key) for key in ("names", "births", "numbers", "homes", "contacts")])


def _write(
    session: Session, people: tuple[UUID, ...], found: dict[UUID, dict[str, Any]], now: datetime
) -> None:
    either = or_(PersonMatch.one_person_id.in_(people), PersonMatch.other_person_id.in_(people))
    held: dict[UUID, Any] = {
        row.id: row for row in session.execute(select(PersonMatch.__table__).where(either))
    }
    ids = [one for one in found if one not in held]
    for some in in_pieces(ids):
        held |= {
            row.id: row
            for row in session.execute(select(PersonMatch.__table__).where(PersonMatch.id.in_(some)))
        }
    if new := [{**row, "found_at": now} for at, row in found.items() if at not in held]:
        session.execute(insert(PersonMatch), new)
    for at, row in held.items():
        if at not in found:
            left = _left_of(session, row) if row.trace else {"stands": False}
            session.execute(update(PersonMatch).where(PersonMatch.id == at).values(**left))
        elif (row.facts, row.score, row.stands) != (found[at]["facts"], found[at]["score"], True):
            values = {key: found[at][key] for key in ("facts", "score", "why", "stands")}
            session.execute(update(PersonMatch).where(PersonMatch.id == at).values(**values))


def _left_of(session: Session, row: Any) -> dict[str, Any]:
    """A trace that somebody no longer leaves: others of both families may still."""
    shared = list(session.scalars(_SHARING, {"key": row.trace}))
    sides = [_Side(*one) for one in session.execute(_LOOKS.where(PersonLook.id.in_(shared)))]
    left = [one for one in sides if one.family and row.trace in current_keys(one.said)]
    pairs = [
        made
        for one in left
        for other in left
        if (one.file_id, other.file_id) == (row.one_file_id, row.other_file_id)
        and _same(one, other) is None
        and (made := _trace(row.trace, one, other))
    ]
    if len(shared) > _MANY or not pairs:
        return {"stands": False}
    first = min(pairs, key=_people)
    return {key: first[key] for key in ("one_person_id", "other_person_id", "why", "facts", "stands")}


def _people(row: dict[str, Any]) -> tuple[UUID, UUID]:
    return row["one_person_id"], row["other_person_id"]


@dataclass(frozen=True, slots=True)
class Link:
    """Somebody of a file who is, or likely is, somebody of another file that may be seen.

    Attributes:
        person_id: Who it is here.
        other: Name of the record there, and ``file_id`` the file.
        confirmed: Whether an officer confirmed it; otherwise it waits for a decision.
    """

    person_id: UUID
    other_id: UUID
    file_id: UUID
    confirmed: bool
    why: tuple[str, ...]
    found_at: datetime


def links_of(session: Session, file_id: UUID) -> tuple[Link, ...]:
    """The people of a file who stand in other files under another record, confirmed or not yet decided.

    Only where both files are the officer’s to see: the session leaves the others out of the statement.
    """
    one, other = aliased(CaseFile), aliased(CaseFile)
    rows = session.execute(
        select(PersonMatch)
        .join(one, one.id == PersonMatch.one_file_id)
        .join(other, other.id == PersonMatch.other_file_id)
        .where(PersonMatch.kind == PERSON, or_(one.id == file_id, other.id == file_id))
        .order_by(PersonMatch.found_at, PersonMatch.id)
    )
    held = [row[0] for row in rows]
    last = {
        made.match_id: made
        for some in in_pieces([one.id for one in held])
        for made in session.scalars(
            select(MatchDecision)
            .where(MatchDecision.match_id.in_(some))
            .order_by(MatchDecision.recorded_at, MatchDecision.id)
        )
    }
    found: list[Link] = []
    for match in held:
        said = last.get(match.id)
        confirmed = said is not None and said.what == "confirmed"
        quiet = said is not None and said.what == "rejected" and said.facts == match.facts
        if quiet or not (confirmed or match.stands):
            continue
        at = said.recorded_at if said is not None and confirmed else match.found_at
        here, there, where = (
            (match.one_person_id, match.other_person_id, match.other_file_id)
            if match.one_file_id == file_id
            else (match.other_person_id, match.one_person_id, match.one_file_id)
        )
        found.append(Link(here, there, where, confirmed, tuple(match.why), at))
    return tuple(found)
