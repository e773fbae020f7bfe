"""Research that is owed, by a table of stories: when it opens, what it names, by when, and how it ends; any past day replayed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import pytest

from casefile.record.facts import EntryFact
from casefile.record.persons import PersonView
from casefile.record.task import Owed, TaskSaid
from casefile.sections.research_owed import owing, research_tasks
from casefile.standards import library
from tests.casefile.alarms.telling import ELSEWHERE, FILE, closed, entry, fact, on, person, referred
from tests.casefile.sections.test_researched import ALIAS, DANA, FIXED, searched

ADULT = ("local_records", "pnc", "intelligence", "pnd", "social_care", "visor")


def checked(day: str, whom: PersonView, *systems: str, tried: str = "Dana Marsh; Dana Vane") -> EntryFact:
    rows = [{"system": one, "result": "no_trace", "tried": tried} for one in systems]
    return entry("research", day, of=(whom,), groups={"searches": rows}, searched_by="R Ash")


def told(
    entries: Sequence[EntryFact], whom: PersonView, day: str, said: Sequence[TaskSaid] = ()
) -> list[Owed]:
    found = owing([whom], FILE, entries, said, library(), on(day))
    return [one for one in found if one.timescale == "RESEARCH"]


def short(found: Sequence[Owed]) -> list[str]:
    """Each task as: state, from when, due, how many checks it names."""
    return [
        f"{one.state.value} {one.opened_on} {one.due_on} {one.title.partition(': ')[2].count(';') + 1}"
        + (f" ended {one.ended_on}" if one.ended_on else "")
        for one in found
    ]


@dataclass(frozen=True)
class Story:
    """What was recorded, and the research owed of one adult on a day."""

    name: str
    entries: Sequence[EntryFact]
    day: str
    owed: Sequence[str]
    whom: PersonView = DANA


ALL = checked("2026-01-06", DANA, *ADULT)
PART = checked("2026-01-06", DANA, *ADULT[:4])
HELD = entry("conference", "2026-03-23", kind="initial")
LEFT = person("Dana Marsh", "mother", until_on="2026-01-20")
LATER = checked("2026-03-03", ALIAS, *ADULT)
STORIES = (
    Story("the day police learn of her", (), "2026-01-05", ["due 2026-01-05 2026-01-07 6"]),
    Story("the day before", (), "2026-01-04", []),
    Story("a day late", (), "2026-01-08", ["late 2026-01-05 2026-01-07 6"]),
    Story("searched in part", (PART,), "2026-01-06", ["due 2026-01-05 2026-01-07 2"]),
    Story("searched", (ALL,), "2026-01-06", ["done 2026-01-05 2026-01-07 6 ended 2026-01-06"]),
    Story("searched the day police learn of her", (checked("2026-01-05", DANA, *ADULT),), "2026-01-05",
          ["done 2026-01-05 2026-01-07 6 ended 2026-01-05"]),
    Story("the day before it was recorded", (ALL,), "2026-01-05", ["due 2026-01-05 2026-01-07 6"]),
    Story("searched too late", (checked("2026-01-09", DANA, *ADULT),), "2026-02-01",
          ["done late 2026-01-05 2026-01-07 6 ended 2026-01-09"]),
    Story("asked for is searched", (searched("2026-01-06", DANA, result="asked"), checked("2026-01-06", DANA, *ADULT[:1], *ADULT[2:])),
          "2026-01-06", ["done 2026-01-05 2026-01-07 6 ended 2026-01-06"]),
    Story("a conference is fixed", (ALL, FIXED), "2026-03-02",
          ["done 2026-01-05 2026-01-07 6 ended 2026-01-06", "due 2026-03-02 2026-03-19 6"]),
    Story("a search too early for it", (ALL, FIXED, checked("2026-02-22", DANA, *ADULT)), "2026-03-20",
          ["done 2026-01-05 2026-01-07 6 ended 2026-01-06", "late 2026-03-02 2026-03-19 6"]),
    Story("searched for it", (ALL, FIXED, checked("2026-03-18", DANA, *ADULT)), "2026-03-20",
          ["done 2026-01-05 2026-01-07 6 ended 2026-01-06", "done 2026-03-02 2026-03-19 6 ended 2026-03-18"]),
    Story("held without it", (ALL, FIXED, HELD), "2026-03-24",
          ["done 2026-01-05 2026-01-07 6 ended 2026-01-06", "ceased 2026-03-02 2026-03-19 6 ended 2026-03-23"]),
    Story("the day came, and nothing is recorded of it", (ALL, FIXED), "2026-03-24",
          ["done 2026-01-05 2026-01-07 6 ended 2026-01-06", "ceased 2026-03-02 2026-03-19 6 ended 2026-03-24"]),
    Story("a name learnt later", (checked("2026-01-06", ALIAS, *ADULT, tried=""),), "2026-03-02",
          ["done 2026-01-05 2026-01-07 6 ended 2026-01-06", "due 2026-03-02 2026-03-04 6"], ALIAS),
    Story("and tried", (checked("2026-01-06", ALIAS, *ADULT, tried=""), LATER), "2026-03-05",
          ["done 2026-01-05 2026-01-07 6 ended 2026-01-06", "done 2026-03-02 2026-03-04 6 ended 2026-03-03"], ALIAS),
    Story("nearly a year old", (ALL,), "2026-12-08", ["done 2026-01-05 2026-01-07 6 ended 2026-01-06"]),
    Story("28 days before it is a year old", (ALL,), "2026-12-09",
          ["done 2026-01-05 2026-01-07 6 ended 2026-01-06", "due 2026-12-09 2027-01-06 6"]),
    Story("she left the file", (), "2026-01-21", ["ceased 2026-01-05 2026-01-07 6 ended 2026-01-21"], LEFT),
    Story("the file was closed", (closed("2026-01-09"),), "2026-01-10", ["ceased 2026-01-05 2026-01-07 6 ended 2026-01-09"]),
    Story("and opened again", (closed("2026-01-09"), referred("2026-02-02")), "2026-02-02",
          ["ceased 2026-01-05 2026-01-07 6 ended 2026-01-09", "late 2026-02-02 2026-01-07 6"]),
    Story("a year mistyped", (entry("strategy", "2026-01-05", conference_on="9999-12-31"),), "2026-01-05",
          ["due 2026-01-05 2026-01-07 6"]),
)  # fmt: skip


@pytest.mark.parametrize("story", STORIES, ids=[one.name for one in STORIES])
def test_research_is_owed_of_a_person_as_of_a_day(story: Story) -> None:
    found = sorted(told(story.entries, story.whom, story.day), key=lambda one: one.opened_on)
    assert short(found) == list(story.owed)
    assert all(one.because and not one.because.endswith(".") for one in found)
    turned = told(tuple(reversed(story.entries)), story.whom, story.day)
    assert sorted(turned, key=lambda one: one.opened_on) == found, "in whatever order it came in"


def test_it_names_whom_what_is_missing_and_what_for() -> None:
    (first,) = told((PART,), DANA, "2026-01-06")
    assert first.title == "Research Dana Marsh: Social care; Sexual and violent offenders"
    assert first.concerns == (DANA.id,)
    _, again = sorted(told((ALL, FIXED), DANA, "2026-03-02"), key=lambda one: one.opened_on)
    assert again.title.startswith("Research Dana Marsh again for the conference of 23 March 2026: Crime and")
    assert again.because == "For the conference of 23 March 2026 a search counts from 23 February 2026 on"


def waived(task: Owed, day: str, what: str = "waived") -> TaskSaid:
    return TaskSaid(task.id, what, on(day), on(day), reason="He lives abroad.")


def test_a_word_settles_it_for_what_it_was_wanted_for_and_no_longer() -> None:
    (task,) = told((), DANA, "2026-01-08")
    word = waived(task, "2026-01-08")
    assert short(told((), DANA, "2026-02-01", [word])) == ["waived 2026-01-05 2026-01-07 6 ended 2026-01-08"]
    later = told((FIXED,), DANA, "2026-03-02", [word])
    assert short(sorted(later, key=lambda one: one.opened_on)) == [
        "waived 2026-01-05 2026-01-07 6 ended 2026-01-08",
        "late 2026-03-02 2026-01-07 6",
    ]
    again = [word, waived(task, "2026-01-12", "reopened")]
    assert short(told((), DANA, "2026-02-01", again)) == ["late 2026-01-05 2026-01-07 6"]
    done = waived(task, "2026-01-07", "done")
    assert short(told((), DANA, "2026-02-01", [done])) == ["done 2026-01-05 2026-01-07 6 ended 2026-01-07"]


def test_what_begins_by_itself_is_said_ahead_only_to_who_keeps_it() -> None:
    asked = ([DANA], FILE, (ALL,), (), library(), date(2026, 1, 6))
    assert len(research_tasks(*asked)) == 1
    done, ahead = research_tasks(*asked, to_come=True)
    assert (done.opened_on, ahead.opened_on, ahead.due_on) == (
        on("2026-01-05"),
        on("2026-12-09"),
        on("2027-01-06"),
    )
    again: dict[UUID, date] = {one.id: one.opened_on for one in told((ALL,), DANA, "2026-12-09")}
    assert again[ahead.id] == ahead.opened_on, "the day it begins it is the same task"


def test_what_another_file_knows_of_a_person_opens_nothing() -> None:
    alias = fact("name", "2026-03-02", file=ELSEWHERE, kind="maiden", given="Dana", family="Vane")
    theirs = replace(DANA, facts={**DANA.facts, "name": (*DANA.facts["name"], alias)})
    assert told((ALL,), theirs, "2026-03-05") == told((ALL,), DANA, "2026-03-05")
