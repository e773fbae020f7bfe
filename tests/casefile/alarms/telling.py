"""Telling a file in a line or two: histories without a database, so that a case of an alarm reads like a sentence.

Days are ISO text. Everything is told with the day it happened and, where it differs, the day police knew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from casefile.alarms.history import Away, History
from casefile.alarms.replay import Accepted, Stood, as_of, between
from casefile.record.facts import EntryFact
from casefile.record.owed import TaskSaid
from casefile.record.persons import FactView, PersonView
from casefile.standards import library
from casefile.work.ids import derived_id

FILE = derived_id("the file that cases of alarms tell")
ELSEWHERE = derived_id("another file")
MARSH, OKAFOR = derived_id("DC Marsh"), derived_id("DS Okafor")
OPENED = "2026-01-05"
LATER = "2026-03-31 2026-06-30 2026-12-31"
"""Days long after what most cases tell."""
HOME, OTHER_HOME = "12 Larch Road", "4 Mill Lane"

Part = EntryFact | PersonView | FactView | Away | TaskSaid | tuple[EntryFact, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One line of a table: what was told, on which days the alarm is silent and on which it is raised.

    Attributes:
        silent, raised: Days, apart by a space.
    """

    name: str
    history: History
    silent: str = ""
    raised: str = ""


def on(day: str) -> date:
    """A day."""
    return date.fromisoformat(day)


def days(text: str) -> tuple[date, ...]:
    """Days apart by a space."""
    return tuple(on(one) for one in text.split())


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Text that reads as a day is one."""
    return {key: _day(one) for key, one in values.items()}


def _day(value: Any) -> Any:
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
        return date.fromisoformat(value)
    return value


def entry(
    section: str,
    happened: str,
    known: str = "",
    *,
    at: str = "",
    of: Iterable[PersonView] = (),
    groups: Mapping[str, Iterable[Mapping[str, Any]]] | None = None,
    **values: Any,
) -> EntryFact:
    """An entry signed once, known on the day it happened unless told otherwise; it concerns *of*."""
    rows = {key: tuple(_plain(row) for row in found) for key, found in (groups or {}).items()}
    about = tuple(one.id for one in of)
    thread = derived_id(section, happened, known, repr(sorted(values.items(), key=str)), repr(rows), *about)
    return EntryFact(
        id=derived_id(thread, 1),
        file_id=FILE,
        thread_id=thread,
        section=section,
        version=1,
        versions=1,
        happened_on=on(happened),
        happened_at=time.fromisoformat(at) if at else None,
        known_on=on(known or happened),
        recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
        author_id=MARSH,
        author="DC Marsh",
        reason=None,
        marking="",
        origin=None,
        summary=section,
        values=_plain(values),
        groups=rows,
        concerns=about,
    )


def amended(
    first: EntryFact | tuple[EntryFact, ...],
    known: str,
    *,
    groups: Mapping[str, Iterable[Mapping[str, Any]]] | None = None,
    **values: Any,
) -> tuple[EntryFact, ...]:
    """The entry and what it was amended to, on the day police knew better."""
    before = first if isinstance(first, tuple) else (first,)
    last = before[-1]
    rows = {key: tuple(_plain(row) for row in found) for key, found in (groups or {}).items()}
    after = replace(
        last,
        id=derived_id(last.thread_id, last.version + 1),
        version=last.version + 1,
        versions=last.version + 1,
        known_on=on(known),
        values={**last.values, **_plain(values)},
        groups={**last.groups, **rows},
    )
    return (*before, after)


def fact(
    key: str, known: str, *, file: UUID = FILE, replaces: FactView | None = None, **values: Any
) -> FactView:
    """A fact about a person or the file, known from a day; it may replace another."""
    told = {"from_on": None, "until_on": None, "verified": None, **_plain(values), "known_on": on(known)}
    return FactView(
        id=derived_id(key, known, file, repr(sorted(values.items(), key=str))),
        key=key,
        file_id=file,
        values=told,
        recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
        recorded_by="DC Marsh",
        recorded_by_id=MARSH,
        replaces_id=replaces.id if replaces else None,
        withdrawn=False,
        doubts={},
        current=True,
        ended=False,
    )


def person(
    name: str, role: str, *facts: FactView, known: str = OPENED, home: str = HOME, born: str = "", **more: Any
) -> PersonView:
    """Somebody of the file: who they are to it, where they live (nowhere known: ``home=""``) and when born."""
    rows = [*facts, fact("involvement", known, role=role, **more)]
    if home:
        rows.append(fact("residence", known, address=home, kind="home"))
    if born:
        rows.append(fact("birth", known, born_on=born))
    kinds = {one.key: tuple(each for each in rows if each.key == one.key) for one in rows}
    return PersonView(
        derived_id("person", name), name, unborn=False, born_on=on(born) if born else None, facts=kinds
    )


def child(
    name: str, *facts: FactView, role: str = "subject", born: str = "2019-05-01", **more: Any
) -> PersonView:
    """A child of the file, seven years old unless told otherwise."""
    return person(name, role, *facts, born=born, **more)


def held_by(
    role: str, officer: UUID, from_on: str = OPENED, known: str = "", until: str | None = None
) -> FactView:
    """The file is given to somebody."""
    return fact(
        "allocation", known or from_on, role=role, officer_id=officer, from_on=from_on, until_on=until
    )


def away(
    officer: UUID,
    from_on: str,
    until: str = "",
    known: str = "",
    why: str = "sickness",
    replaces: Away | None = None,
) -> Away:
    """An officer is away, or was for other days than an earlier record says."""
    return Away(
        officer,
        on(from_on),
        on(until) if until else None,
        on(known or from_on),
        why,
        id=derived_id("away", officer, from_on, until, known, why),
        replaces_id=replaces.id if replaces else None,
    )


ADA = child("Ada")
BEN = child("Ben", role="sibling", born="2021-03-01")
BABY = child("Cleo", role="sibling", born="2026-01-10", known="2026-01-10")
HOLDERS = (held_by("officer", MARSH), held_by("supervisor", OKAFOR))


def tell(*parts: Part, opened: str = OPENED) -> History:
    """A file: Ada is its child unless somebody else is, and Marsh and Okafor hold it unless others do."""
    flat = [one for part in parts for one in (part if isinstance(part, tuple) else (part,))]
    people = tuple(one for one in flat if isinstance(one, PersonView))
    children = any(one.facts.get("birth") for one in people)
    holders = tuple(one for one in flat if isinstance(one, FactView))
    return History(
        file_id=FILE,
        reference="F-2026-00001",
        opened_on=on(opened),
        entries=tuple(one for one in flat if isinstance(one, EntryFact)),
        said=tuple(one for one in flat if isinstance(one, TaskSaid)),
        people=people if children else (ADA, *people),
        holders=holders or HOLDERS,
        away=tuple(one for one in flat if isinstance(one, Away)),
        officers={MARSH: "DC Marsh", OKAFOR: "DS Okafor"},
    )


def standing(
    history: History, alarm: str, day: date, accepted: tuple[Accepted, ...] = ()
) -> tuple[Stood, ...]:
    """Those of one alarm that stand on a day."""
    found = as_of(history, library(), day, accepted)
    return tuple(one for one in found if one.alarm.key == alarm and one.lasts_on(day))


def runs(history: History, alarm: str, first: str, last: str) -> list[tuple[date, date | None]]:
    """From when to when one alarm stood between two days."""
    found = between(history, library(), on(first), on(last))
    return [(one.began_on, one.ended_on) for one in found if one.alarm.key == alarm]


def given(values: Mapping[str, Any], otherwise: Mapping[str, Any]) -> dict[str, Any]:
    """What is told, and else what goes without saying."""
    return {**otherwise, **values}


def review(day: str, known: str = "", **values: Any) -> EntryFact:
    """A supervisor reviews the file."""
    return entry("supervision", day, known, **given(values, {"kind": "scheduled", "rank": "ds"}))


def inspector(day: str, known: str = "") -> EntryFact:
    """An inspector reviews the file."""
    return entry("supervision", day, known, kind="inspector", rank="di")


def risk(day: str, known: str = "", level: str = "medium", **values: Any) -> EntryFact:
    """The risk is assessed."""
    return entry("risk", day, known, level=level, **values)


def contact(day: str, kind: str = "visit_unannounced", seen: str = "not_seen", **values: Any) -> EntryFact:
    """A contact, by police unless told otherwise."""
    return entry("contact", day, values.pop("known", ""), kind=kind, child_seen=seen, **values)


def referred(day: str, known: str = "", **values: Any) -> EntryFact:
    """A referral to police."""
    return entry("referral", day, known, direction="in", **values)


def closed(day: str, known: str = "", **values: Any) -> EntryFact:
    """Police close the file."""
    return entry("closure", day, known, closed_for="no_plan", **values)
