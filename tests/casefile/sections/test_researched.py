"""How a check of a person stands, by a table of cases: new, old, before a conference, a name learnt later, an age."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from casefile.record.facts import EntryFact
from casefile.record.persons import PersonView
from casefile.sections.researched import CheckCell, CheckState, cells, conference_ahead
from casefile.standards import library
from tests.casefile.alarms.telling import FILE, child, entry, fact, on, person

DANA = person("Dana Marsh", "mother", fact("name", "2026-01-05", kind="legal", given="Dana", family="Marsh"))
ALIAS = person(
    "Dana Marsh", "mother", fact("name", "2026-01-05", kind="legal", given="Dana", family="Marsh"),
    fact("name", "2026-03-02", kind="maiden", given="Dana", family="Vane"),
)  # fmt: skip
FIXED = entry("strategy", "2026-03-02", conference_on="2026-03-23")
"""The report is due on 19 March; a search counts from 23 February."""


def searched(
    day: str, *whom: PersonView, system: str = "pnc", result: str = "no_trace", tried: str = ""
) -> EntryFact:
    rows: list[Mapping[str, Any]] = [{"system": system, "result": result, "tried": tried or None}]
    return entry("research", day, of=whom, groups={"searches": rows}, searched_by="R Ash")


@dataclass(frozen=True)
class Case:
    """What was recorded, and how the check of convictions of a person stands then."""

    name: str
    entries: Sequence[EntryFact]
    state: CheckState
    due: str = ""
    whom: PersonView = DANA
    day: str = "2026-03-10"
    check: str = "convictions"


S = CheckState
CASES = (
    Case("nobody searched: two working days after police learnt of her", (), S.MISSING, "2026-01-07"),
    Case("nobody searched, and the report is due before that", (FIXED,), S.MISSING, "2026-03-19",
         person("Dana Marsh", "mother", known="2026-03-18"), "2026-03-18"),
    Case("searched", (searched("2026-03-09", DANA),), S.DONE),
    Case("another system that answers the same question", (searched("2026-03-09", DANA, system="leds"),), S.DONE),
    Case("another question", (searched("2026-03-09", DANA, system="social_care"),), S.MISSING, "2026-01-07"),
    Case("another person", (searched("2026-03-09", child("Ada")),), S.MISSING, "2026-01-07"),
    Case("refused is an answer", (searched("2026-03-09", DANA, result="refused"),), S.DONE),
    Case("not available is none", (searched("2026-03-09", DANA, result="not_available"),), S.MISSING, "2026-01-07"),
    Case("asked", (searched("2026-03-09", DANA, result="asked"),), S.AWAITED),
    Case("asked, then answered", (searched("2026-03-08", DANA, result="asked"), searched("2026-03-09", DANA)), S.DONE),
    Case("perhaps somebody else", (searched("2026-03-09", DANA, result="possible"),), S.POSSIBLE),
    Case("perhaps, then certainly",
         (searched("2026-03-08", DANA, result="possible"), searched("2026-03-09", DANA, result="trace")), S.DONE),
    Case("a year old to the day", (searched("2025-03-10", DANA, tried="Dana Marsh"),), S.DONE),
    Case("more than a year old", (searched("2025-03-09", DANA, tried="Dana Marsh"),), S.AGAIN, "2026-03-09"),
    Case("within the days before a conference", (FIXED, searched("2026-02-23", DANA)), S.DONE),
    Case("a day too early for it", (FIXED, searched("2026-02-22", DANA)), S.AGAIN, "2026-03-19"),
    Case("too early for it, but it is not yet time", (FIXED, searched("2026-02-20", DANA)), S.DONE, day="2026-02-22"),
    Case("too early for it, and asked again",
         (FIXED, searched("2026-02-22", DANA), searched("2026-03-09", DANA, result="asked")), S.AWAITED),
    Case("the conference was held", (FIXED, searched("2026-02-22", DANA), entry("conference", "2026-03-09", kind="initial")), S.DONE),
    Case("a name learnt after the search", (searched("2026-02-20", ALIAS),), S.NAME, "2026-03-04", ALIAS),
    Case("a name learnt and tried, in whatever order",
         (searched("2026-03-04", ALIAS, tried="Dana Marsh; VANE, dana"),), S.DONE, whom=ALIAS),
    Case("a name known and not tried", (searched("2026-03-04", ALIAS, tried="Dana Marsh"),), S.NAME, "2026-03-04", ALIAS),
    Case("names tried on two days",
         (searched("2026-03-03", ALIAS, tried="Dana Marsh"), searched("2026-03-04", ALIAS, tried="Dana Vane")), S.DONE,
         whom=ALIAS),
    Case("ten years old", (), S.MISSING, "2026-01-07", child("Ada", born="2016-03-10")),
    Case("not yet ten", (), S.OFFERED, whom=child("Ada", born="2016-03-11")),
    Case("nobody knows how old", (), S.MISSING, "2026-01-07", child("Ada", born="")),
    Case("offered, and not asked of anybody", (), S.OFFERED, check="firearms"),
    Case("offered, and made", (searched("2026-03-09", DANA, system="firearms"),), S.DONE, check="firearms"),
)  # fmt: skip


def standing(entries: Iterable[EntryFact], whom: PersonView, day: str, check: str) -> CheckCell:
    held = tuple(one for one in entries if one.known_on <= on(day))
    found = cells([whom], FILE, held, library(), on(day))
    return next(one for one in found if one.check == check)


@pytest.mark.parametrize("case", CASES, ids=[one.name for one in CASES])
def test_a_check_stands_as_what_was_searched_says(case: Case) -> None:
    cell = standing(case.entries, case.whom, case.day, case.check)
    assert (cell.state, cell.due_on) == (case.state, on(case.due) if case.due else None)
    assert cell.why or not cell.state.open, "what is wanted says why"
    assert all(one.endswith(".") and "None" not in one for one in cell.why)


def test_nobody_researches_who_works_with_the_family_or_is_not_born() -> None:
    people = [person("J. Fenn", "social_worker"), person("Unborn Marsh", "unborn", born="")]
    assert {cell.person_id for cell in cells(people, FILE, (), library(), date(2026, 3, 10))} <= {
        people[1].id
    }


def test_the_next_conference_is_the_one_that_was_fixed_last_and_not_yet_held() -> None:
    first = entry("conference", "2026-01-12", kind="initial", next_on="2026-04-13")
    ahead = conference_ahead((first,), library(), date(2026, 3, 10))
    assert ahead is not None
    assert (ahead.on, ahead.first, ahead.report_by) == (date(2026, 4, 13), False, date(2026, 4, 2))
    held = entry("conference", "2026-04-13", kind="review", next_on="2026-10-05")
    ahead = conference_ahead((first, held), library(), date(2026, 4, 14))
    assert ahead is not None
    assert ahead.on == date(2026, 10, 5)
    assert conference_ahead((first,), library(), date(2026, 4, 14)) is None
    mistyped = entry("strategy", "2026-03-02", conference_on="9999-12-31")
    assert conference_ahead((mistyped,), library(), date(2026, 3, 10)) is not None


def test_checks_of_an_era_are_offered_in_it() -> None:
    systems = library().codes("research_system")

    def on_day(day: date) -> dict[str, tuple[str, ...]]:
        return {
            one.key: tuple(key for key in one.systems if (code := systems.get(key)) and code.used_on(day))
            for one in library().research.on(day, systems)
        }

    assert on_day(date(2009, 3, 2))["other_forces"] == ("ini", "other_forces")
    assert on_day(date(2026, 3, 2))["other_forces"] == ("pnd", "other_forces")
    assert "other_forces" not in on_day(date(2004, 3, 2))
    assert "cp_is" not in on_day(date(2009, 3, 2))
