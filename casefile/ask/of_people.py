"""What can be known of a child of a file, and of an adult: when last seen, under which plan, in which other files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, asc, case, desc, func, or_, select, union_all
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
    version_stands,
)
from casefile.record.matches import PERSON, MatchDecision, PersonMatch
from casefile.record.model import CaseFile
from casefile.record.people import Birth, Involvement, Person
from casefile.sections.base import Section
from casefile.sections.conference import Conference
from casefile.sections.contact import SEEN, Contact
from casefile.sections.file_facts import OUTSIDE
from casefile.sections.investigation import Investigation
from casefile.sections.medical import Medical
from casefile.sections.plan import ENDS, PROTECTION, Plan
from casefile.sections.police_protection import PoliceProtection
from casefile.sections.section47 import Section47


@dataclass(frozen=True, slots=True)
class _Told:
    """Entries of one section that tell of a day: which they are, and which day.

    Attributes:
        fits: Which entries, by the columns of the section.
        day: The day, by the columns of entry and section; by default the day it happened.
    """

    section: type[Section]
    fits: Callable[[Any], Any]
    day: Callable[[Any, Any], Any] = lambda entry, _: func.coalesce(entry.happened_on, entry.known_on)

    def days(self, ground: Ground, *after: Any) -> Any:
        """Those days, up to the day asked, of one child of one file; *after* is a day they must be later than."""
        entry, own = entries(), self.section.__table__.alias()
        day = self.day(entry.c, own.c)
        return one_of(
            entry.join(own, own.c.id == entry.c.id),
            day.label(_DAY),
            entry.c.file_id == ground.file.id,
            entry.c.section == self.section.key,
            self.fits(own.c),
            day <= ground.day,
            *(day > one for one in after),
            version_stands(entry.c, ground.day, today=ground.today),
            bears_on(entry.c.id, ground.person),
        )


_DAY = "told_on"


def _last(told: Iterable[Any]) -> Any:
    """The latest of the days told of; each part finds its entries by the index of their file."""
    return union_all(*told).order_by(desc(_DAY)).limit(1).scalar_subquery()


def _first(told: Iterable[Any]) -> Any:
    return union_all(*told).order_by(asc(_DAY)).limit(1).scalar_subquery()


def _stated(key: str) -> Callable[[Any, Any], Any]:
    return lambda entry, own: func.coalesce(own[key], entry.happened_on, entry.known_on)


def _interviewed(own: Any) -> Any:
    return own.child_interview == "held"


_SEEN = (
    _Told(Contact, lambda own: own.child_seen.in_(SEEN)),
    _Told(Section47, lambda own: own.child_seen.in_(SEEN), _stated("child_seen_on")),
    _Told(Investigation, _interviewed, _stated("interviewed_on")),
    _Told(Medical, lambda own: func.coalesce(own.kind, "") != "post_mortem"),
    _Told(PoliceProtection, lambda own: own.id.is_not(None)),
)
"""Everything that says that somebody laid eyes on a child, as ``casefile.alarms.sightings`` has it."""
_SEEN_ALONE = (
    _Told(Contact, lambda own: own.child_seen == "alone"),
    _Told(Section47, lambda own: own.child_seen == "alone", _stated("child_seen_on")),
    _Told(Investigation, _interviewed, _stated("interviewed_on")),
)
_SEEN_BY_POLICE = (
    _Told(Contact, lambda own: own.child_seen.in_(SEEN) & (func.coalesce(own.agency, "police") == "police")),
    _Told(
        Investigation,
        lambda own: _interviewed(own) & own.interviewed_on.is_not(None),
        _stated("interviewed_on"),
    ),
    _Told(Medical, lambda own: (func.coalesce(own.kind, "") != "post_mortem") & own.police_attend.is_(True)),
    _Told(PoliceProtection, lambda own: own.id.is_not(None)),
)
_PLAN_MADE = (
    _Told(Plan, lambda own: own.status.in_(PROTECTION)),
    _Told(Conference, lambda own: own.outcome == "plan"),
)
_PLAN_ENDED = (
    _Told(
        Plan, lambda own: (own.status != "in_need") & own.ended_on.is_not(None), lambda _, own: own.ended_on
    ),
    _Told(Conference, lambda own: own.review_outcome.in_(ENDS)),
)


def _last_told(told: tuple[_Told, ...]) -> Callable[[Ground], ColumnElement[Any]]:
    return lambda on: _last(one.days(on) for one in told)


def _plan_since(ground: Ground) -> ColumnElement[Any]:
    """Since when a child protection plan has stood without a break."""
    over = func.coalesce(_last(one.days(ground) for one in _PLAN_ENDED), LONG_AGO)
    return _first(one.days(ground, over) for one in _PLAN_MADE)


def _on_plan(ground: Ground) -> ColumnElement[Any]:
    return _plan_since(ground).is_not(None)


def _earlier_plans(ground: Ground) -> ColumnElement[Any]:
    """Plans that ended before: as the records of plans state it, or as they stand in this file, whichever is more."""
    entry, own = entries(), Plan.__table__.alias()
    mine = (
        entry.c.file_id == ground.file.id, entry.c.section == Plan.key, own.c.status != "in_need",
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
    row, other = Involvement.__table__.alias(), aliased(CaseFile)
    same = (
        select(func.count(other.id.distinct()))
        .select_from(row)
        .join(other, other.id == row.c.file_id)
        .where(
            row.c.person_id == ground.person,
            row.c.file_id != ground.file.id,
            row.c.role.not_in(sorted(OUTSIDE)),
            fact_stands(row.c, Involvement.__table__.alias(), ground.day),
        )
        .correlate_except(row, other)
        .scalar_subquery()
    )
    return same + _matched(ground, confirmed=True)


def _likely_files(ground: Ground) -> ColumnElement[Any]:
    return _matched(ground, confirmed=False)


def _matched(ground: Ground, *, confirmed: bool) -> ColumnElement[Any]:
    """Other files to which a match of two records leads: confirmed ones, or those that wait for a decision."""
    match, other = PersonMatch.__table__.alias(), aliased(CaseFile)
    here = and_(match.c.one_person_id == ground.person, match.c.one_file_id == ground.file.id)
    there = and_(match.c.other_person_id == ground.person, match.c.other_file_id == ground.file.id)
    how = _decided(match, "confirmed") if confirmed else _waits(match)
    leads = case((match.c.one_person_id == ground.person, match.c.other_file_id), else_=match.c.one_file_id)
    return (
        select(func.count(other.id.distinct()))
        .select_from(match)
        .join(other, other.id == leads)
        .where(match.c.kind == PERSON, or_(here, there), how)
        .correlate_except(match, other)
        .scalar_subquery()
    )


def _waits(match: Any) -> ColumnElement[bool]:
    """Whether a match stands and is neither confirmed, nor rejected on the facts as they are."""
    return and_(
        match.c.stands.is_(True),
        ~_decided(match, "confirmed"),
        ~_decided(match, "rejected", same_facts=True),
    )


def _decided(match: Any, what: str, *, same_facts: bool = False) -> ColumnElement[bool]:
    """Whether the last decision of a match was this one."""
    said, later = MatchDecision.__table__.alias(), MatchDecision.__table__.alias()
    after = or_(
        later.c.recorded_at > said.c.recorded_at,
        and_(later.c.recorded_at == said.c.recorded_at, later.c.id > said.c.id),
    )
    return found_in(
        said,
        said.c.match_id == match.c.id,
        said.c.what == what,
        *((said.c.facts == match.c.facts,) if same_facts else ()),
        ~found_in(later, later.c.match_id == said.c.match_id, after),
    )


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
    Fact("last_seen", "Last seen", Kind.DAY, _last_told(_SEEN)),
    Fact("last_seen_alone", "Last seen alone", Kind.DAY, _last_told(_SEEN_ALONE)),
    Fact("last_seen_by_police", "Last seen by police", Kind.DAY, _last_told(_SEEN_BY_POLICE)),
    Fact("on_plan", "On a plan", Kind.YES_NO, _on_plan),
    Fact("plan_since", "Plan since", Kind.DAY, _plan_since),
    Fact("earlier_plans", "Earlier plans", Kind.NUMBER, _earlier_plans),
)  # fmt: skip


def _rows(children: bool) -> Callable[[Ground, tuple[Any, ...]], Any]:
    def rows(ground: Ground, columns: tuple[Any, ...]) -> Any:
        who, stands = involved(ground, children=children)
        return (
            select(*columns)
            .select_from(CaseFile)
            .join(who, and_(who.c.file_id == CaseFile.id, stands))
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
