"""What can be known of a child of a file, and of an adult: when last seen, under which plan, in which other files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from casefile.ask.facts import Fact, Ground, Kind, Subject, by_key
from casefile.ask.of_file import FILE_FACTS
from casefile.ask.standing import (
    LONG_AGO,
    bears_on,
    entries,
    fact_stands,
    found_in,
    involved,
    one_of,
    stands_in,
    version_stands,
)
from casefile.record.matches import PERSON, MatchDecision, PersonMatch
from casefile.record.model import CaseFile
from casefile.record.people import Birth, Involvement, Person
from casefile.sections.conference import Conference
from casefile.sections.contact import SEEN, Contact
from casefile.sections.investigation import Investigation
from casefile.sections.medical import Medical
from casefile.sections.plan import ENDS, PROTECTION, Plan
from casefile.sections.police_protection import PoliceProtection
from casefile.sections.section47 import Section47

_YES, _NO = literal(1), literal(0)


def _said(
    ground: Ground,
    section: Any,
    on: Callable[[Any, Any], Any],
    where: Callable[[Any], Any],
    *more: Callable[[Any], Any],
) -> Any:
    """A day that entries of a section tell of, with what else they tell; one row an entry."""
    entry, own = entries(), section.__table__.alias()
    return (
        select(
            entry.c.id,
            entry.c.file_id,
            on(entry.c, own.c).label("on"),
            *(one(own.c).label(f"more_{place}") for place, one in enumerate(more)),
        )
        .join_from(entry, own, own.c.id == entry.c.id)
        .where(version_stands(entry.c, ground.day, today=ground.today), where(own.c))
    )


def _day(entry: Any, own: Any) -> Any:
    return func.coalesce(entry.happened_on, entry.known_on)


def _first_of(key: str) -> Callable[[Any, Any], Any]:
    return lambda entry, own: func.coalesce(own[key], entry.happened_on, entry.known_on)


def _flag(condition: Any) -> Any:
    return case((condition, _YES), else_=_NO)


def _never(own: Any) -> Any:
    return _NO


def _always(own: Any) -> Any:
    return _YES


def _sightings(ground: Ground) -> Any:
    """Every time somebody laid eyes on a child (``casefile.alarms.sightings``): whether alone, whether police."""
    return union_all(
        _said(
            ground, Contact, _day, lambda own: own.child_seen.in_(SEEN),
            lambda own: _flag(own.child_seen == "alone"),
            lambda own: _flag(func.coalesce(own.agency, "police") == "police"),
        ),
        _said(
            ground, Section47, _first_of("child_seen_on"), lambda own: own.child_seen.in_(SEEN),
            lambda own: _flag(own.child_seen == "alone"), _never,
        ),
        _said(
            ground, Investigation, _first_of("interviewed_on"), lambda own: own.child_interview == "held",
            _always, lambda own: _flag(own.interviewed_on.is_not(None)),
        ),
        _said(
            ground, Medical, _day, lambda own: func.coalesce(own.kind, "") != "post_mortem",
            _never, lambda own: _flag(own.police_attend.is_(True)),
        ),
        _said(ground, PoliceProtection, _day, lambda own: own.id.is_not(None), _never, _always),
    ).subquery()  # fmt: skip


def _last_seen(*, alone: bool = False, police: bool = False) -> Callable[[Ground], ColumnElement[Any]]:
    def make(ground: Ground) -> ColumnElement[Any]:
        seen = _sightings(ground)
        where = [
            seen.c.file_id == ground.file.id, seen.c.on <= ground.day, bears_on(seen.c.id, ground.person)
        ]  # fmt: skip
        where += [seen.c.more_0 == 1] if alone else []
        where += [seen.c.more_1 == 1] if police else []
        return one_of(seen, func.max(seen.c.on), *where).scalar_subquery()

    return make


def _ends(ground: Ground) -> Any:
    """The days on which plans ended: by the record of the plan, or by the decision of a review."""
    return union_all(
        _said(
            ground, Plan, lambda _, own: own.ended_on,
            lambda own: and_(own.status != "in_need", own.ended_on.is_not(None)),
        ),
        _said(ground, Conference, _day, lambda own: own.review_outcome.in_(ENDS)),
    ).subquery()  # fmt: skip


def _of_child(ground: Ground, said: Any) -> tuple[Any, ...]:
    return (
        said.c.file_id == ground.file.id, said.c.on <= ground.day, bears_on(said.c.id, ground.person)
    )  # fmt: skip


def _plan_since(ground: Ground) -> ColumnElement[Any]:
    """Since when a child protection plan has stood without a break."""
    made = union_all(
        _said(ground, Plan, _day, lambda own: own.status.in_(PROTECTION)),
        _said(ground, Conference, _day, lambda own: own.outcome == "plan"),
    ).subquery()
    over = _ends(ground)
    last = one_of(over, func.max(over.c.on), *_of_child(ground, over)).scalar_subquery()
    begun = made.c.on > func.coalesce(last, LONG_AGO)
    return one_of(made, func.min(made.c.on), *_of_child(ground, made), begun).scalar_subquery()


def _on_plan(ground: Ground) -> ColumnElement[Any]:
    return _plan_since(ground).is_not(None)


def _earlier_plans(ground: Ground) -> ColumnElement[Any]:
    """Plans that ended before: as the records of plans state it, or as they stand in this file, whichever is more."""
    entry, own = entries(), Plan.__table__.alias()
    mine = (
        entry.c.file_id == ground.file.id, own.c.status != "in_need",
        version_stands(entry.c, ground.day, today=ground.today), bears_on(entry.c.id, ground.person),
    )  # fmt: skip
    plans = entry.join(own, own.c.id == entry.c.id)
    stated = one_of(plans, func.coalesce(func.max(own.c.previous_plans), 0), *mine).scalar_subquery()
    ended = one_of(plans, func.count(entry.c.id), *mine, own.c.ended_on <= ground.day).scalar_subquery()
    return case((stated > ended, stated), else_=ended)


def _birth(key: str) -> Callable[[Ground], ColumnElement[Any]]:
    def make(ground: Ground) -> ColumnElement[Any]:
        row, later = Birth.__table__.alias(), Birth.__table__.alias()
        mine = row.c.person_id == ground.person
        stands = fact_stands(row.c, later, ground.day)
        return one_of(row, func.max(row.c[key]), mine, stands).scalar_subquery()

    return make


def _role(ground: Ground) -> ColumnElement[Any]:
    row, later = Involvement.__table__.alias(), Involvement.__table__.alias()
    return one_of(
        row,
        func.min(row.c.role),
        row.c.person_id == ground.person,
        row.c.file_id == ground.file.id,
        fact_stands(row.c, later, ground.day),
    ).scalar_subquery()


def _other_files(ground: Ground) -> ColumnElement[Any]:
    """Other files, which the officer may see, in which the same person stands: under this record or a confirmed one."""
    other = aliased(CaseFile)
    return (
        select(func.count(other.id))
        .correlate_except(other)
        .where(
            other.id != ground.file.id,
            or_(stands_in(ground.person, other.id, ground.day), _matched(ground, other.id, confirmed=True)),
        )
        .scalar_subquery()
    )


def _likely_files(ground: Ground) -> ColumnElement[Any]:
    other = aliased(CaseFile)
    return (
        select(func.count(other.id))
        .correlate_except(other)
        .where(other.id != ground.file.id, _matched(ground, other.id, confirmed=False))
        .scalar_subquery()
    )


def _matched(ground: Ground, other_id: Any, *, confirmed: bool) -> ColumnElement[bool]:
    """Whether a match of two records joins a person of this file with one of another."""
    match, said, later = (
        PersonMatch.__table__.alias(), MatchDecision.__table__.alias(), MatchDecision.__table__.alias()
    )  # fmt: skip
    sides = or_(
        and_(
            match.c.one_person_id == ground.person,
            match.c.one_file_id == ground.file.id,
            match.c.other_file_id == other_id,
        ),
        and_(
            match.c.other_person_id == ground.person,
            match.c.other_file_id == ground.file.id,
            match.c.one_file_id == other_id,
        ),
    )
    last = ~found_in(
        later,
        later.c.match_id == said.c.match_id,
        or_(
            later.c.recorded_at > said.c.recorded_at,
            and_(later.c.recorded_at == said.c.recorded_at, later.c.id > said.c.id),
        ),
    )
    decided = found_in(said, said.c.match_id == match.c.id, last, said.c.what == "confirmed")
    quiet = found_in(
        said, said.c.match_id == match.c.id, last, said.c.what == "rejected", said.c.facts == match.c.facts
    )
    how = decided if confirmed else and_(match.c.stands.is_(True), ~decided, ~quiet)
    return found_in(match, match.c.kind == PERSON, sides, how)


def _name(_: Ground) -> Any:
    return Person.display_name


_PERSON = by_key(
    Fact("name", "Name", Kind.TEXT, _name),
    Fact("born_on", "Born", Kind.DAY, _birth("born_on")),
    Fact("died_on", "Died", Kind.DAY, _birth("died_on")),
    Fact("role", "In the file as", Kind.CODE, _role, "involvement_role"),
    Fact("other_files", "Other files", Kind.NUMBER, _other_files, dated=False),
    Fact("likely_files", "Likely in", Kind.NUMBER, _likely_files, dated=False),
    Fact("also_in", "Also in", Kind.NAMES, lambda on: on.person, dated=False),
)
_CHILD = by_key(
    Fact("expected_on", "Expected", Kind.DAY, _birth("expected_on")),
    Fact("unborn", "Unborn", Kind.YES_NO, lambda on: _birth("born_on")(on).is_(None) & _birth("expected_on")(on).is_not(None)),
    Fact("last_seen", "Last seen", Kind.DAY, _last_seen()),
    Fact("last_seen_alone", "Last seen alone", Kind.DAY, _last_seen(alone=True)),
    Fact("last_seen_by_police", "Last seen by police", Kind.DAY, _last_seen(police=True)),
    Fact("on_plan", "On a plan", Kind.YES_NO, _on_plan),
    Fact("plan_since", "Plan since", Kind.DAY, _plan_since),
    Fact("earlier_plans", "Earlier plans", Kind.NUMBER, _earlier_plans),
)  # fmt: skip


def _rows(children: bool) -> Callable[[Ground, tuple[Any, ...]], Any]:
    def rows(ground: Ground, columns: tuple[Any, ...]) -> Any:
        who = involved(ground.day, children=children)
        return (
            select(*columns)
            .select_from(CaseFile)
            .join(who, who.c.file_id == CaseFile.id)
            .join(Person, Person.id == who.c.person_id)
            .where(CaseFile.opened_on <= ground.day)
        )

    return rows


def _ground(day: date, today: bool) -> Ground:
    return Ground(day, today, CaseFile, Person.id)


CHILD = Subject(
    "child", "child", "children", _ground, _rows(children=True), {**FILE_FACTS, **_PERSON, **_CHILD}, opens="child"
)  # fmt: skip
ADULT = Subject(
    "adult", "adult", "adults", _ground, _rows(children=False), {**FILE_FACTS, **_PERSON}, opens="household"
)  # fmt: skip
