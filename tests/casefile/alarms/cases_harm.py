"""Cases of the alarms on injuries, medicals and accounts taken back, and on who is in the home."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casefile.record.facts import EntryFact
from casefile.record.persons import PersonView
from tests.casefile.alarms.telling import (
    ADA,
    ELSEWHERE,
    HOME,
    LATER,
    OTHER_HOME,
    Case,
    amended,
    child,
    closed,
    contact,
    entry,
    fact,
    given,
    person,
    referred,
    review,
    risk,
    tell,
)

CLEO = child("Cleo", born="2025-10-02", known="2026-01-05")
TALKED = entry("strategy", "2026-03-02", outcome="s47")
BRUISE = contact("2026-03-02", seen="with_others", injury=True)
TAKEN_BACK = contact("2026-03-02", "telephone", retracted=True)
PICTURES = entry("photographs", "2026-03-02", taken=True, taken_on="2026-03-02")
NOT_THERE: dict[str, Any] = {"police_attend": False, "decided_by": "DS Okafor"}


def medical(
    day: str, opinion: str = "nai", doctor: str = "Dr Vale", known: str = "", **more: Any
) -> EntryFact:
    """A medical."""
    return entry(
        "medical",
        day,
        known,
        **given(more, {"kind": "child_protection", "opinion": opinion, "doctor": doctor}),
    )


def discharge(day: str, **more: Any) -> EntryFact:
    """A child leaves hospital."""
    return contact(day, "hospital", "with_others", discharged=True, **more)


HURT = referred("2026-03-02", injury=True)
HOME_AGAIN = discharge("2026-03-06")

HARM: dict[str, tuple[Case, ...]] = {
    "non_mobile_baby_injury": (
        Case("on the day", tell(CLEO, BRUISE), "2026-03-01", "2026-03-02 2026-05-31"),
        Case("the last day under nine months", tell(CLEO, contact("2026-07-01", seen="alone", injury=True)), "2026-06-30", "2026-07-01"),
        Case("nine months old", tell(CLEO, contact("2026-07-02", seen="alone", injury=True)), "2026-07-02 2026-07-31"),
        Case("talked about and examined", tell(CLEO, BRUISE, TALKED, medical("2026-03-04")), "2026-03-04 2026-03-31", "2026-03-03"),
        Case("talked about, not examined", tell(CLEO, BRUISE, TALKED), "2026-03-01", "2026-03-03 2026-05-31"),
        Case("the opinion is awaited", tell(CLEO, BRUISE, TALKED, medical("2026-03-02", "awaited")), "2026-03-01", "2026-03-03 2026-05-31"),
        Case("examined, not talked about", tell(CLEO, BRUISE, medical("2026-03-02")), "2026-03-01", "2026-03-03 2026-05-31"),
        Case("a week-old discussion was of something else",
             tell(CLEO, entry("strategy", "2026-02-23", outcome="s47"), BRUISE, medical("2026-03-02")), "2026-03-01", "2026-03-03"),
        Case("before police knew", tell(CLEO, contact("2026-03-02", seen="alone", injury=True, known="2026-03-10")), "2026-03-09", "2026-03-10"),
        Case("a second look by a doctor is no second injury",
             tell(CLEO, BRUISE, TALKED, medical("2026-03-03"), medical("2026-03-20", "consistent", "Dr Ross", second_opinion=True)), "2026-03-20 2026-06-30", "2026-03-02"),
        Case("an injury only a doctor found", tell(CLEO, medical("2026-03-02")), "2026-03-01", "2026-03-02"),
        Case("an older child", tell(ADA, BRUISE), LATER),
        Case("of a baby and its sister, the sister is hurt", tell(CLEO, ADA, contact("2026-03-02", seen="alone", injury=True, of=[ADA])), LATER),
        Case("a concern without an injury", tell(CLEO, referred("2026-03-02", concerns_about=["neglect"])), LATER),
        Case("file closed", tell(CLEO, BRUISE, closed("2026-03-02")), LATER),
    ),
    "retraction": (
        Case("on the day", tell(TAKEN_BACK), "2026-03-01", "2026-03-02 2026-06-30"),
        Case("assessed and looked at", tell(TAKEN_BACK, risk("2026-03-03"), review("2026-03-05")), "2026-03-05", "2026-03-04"),
        Case("assessed, not looked at", tell(TAKEN_BACK, risk("2026-03-03")), "2026-03-01", "2026-06-30"),
        Case("looked at, not assessed", tell(TAKEN_BACK, review("2026-03-05")), "2026-03-01", "2026-06-30"),
        Case("before police knew", tell(contact("2026-03-02", "telephone", retracted=True, known="2026-03-10")), "2026-03-09", "2026-03-10"),
        Case("what was signed before an amendment told of it looks at nothing",
             tell(amended(contact("2026-03-02", "telephone"), "2026-03-10", retracted=True), risk("2026-03-05"), review("2026-03-05")), "2026-03-09", "2026-03-10"),
        Case("known together from an old file", tell(contact("2026-03-02", "telephone", retracted=True, known="2026-03-20"), risk("2026-03-05", "2026-03-20"), review("2026-03-05", "2026-03-20")), LATER),
        Case("an amendment of something else does not ask again", tell(amended(TAKEN_BACK, "2026-03-20", note="x"), risk("2026-03-03"), review("2026-03-05")), "2026-03-20 2026-06-30", "2026-03-04"),
        Case("nobody took anything back", tell(contact("2026-03-02", "telephone", retracted=False)), LATER),
        Case("file closed", tell(TAKEN_BACK, closed("2026-03-02")), LATER),
    ),
    "photographs_unviewed": (
        Case("three working days are in time", tell(PICTURES), "2026-03-05", "2026-03-06"),
        Case("a weekend does not count", tell(entry("photographs", "2026-03-06", taken=True, taken_on="2026-03-06")), "2026-03-11", "2026-03-12"),
        Case("nor does Easter", tell(entry("photographs", "2026-04-02", taken=True, taken_on="2026-04-02")), "2026-04-09", "2026-04-10"),
        Case("looked at", tell(amended(PICTURES, "2026-03-16", viewed_on="2026-03-16")), "2026-03-16", "2026-03-15"),
        Case("looked at by somebody named", tell(entry("photographs", "2026-03-02", taken=True, taken_on="2026-03-02", viewed_by="DS Okafor")), LATER),
        Case("the limit runs from when police had them", tell(entry("photographs", "2026-03-02", "2026-03-10", taken=True, taken_on="2026-03-02")), "2026-03-13", "2026-03-14"),
        Case("none were taken", tell(entry("photographs", "2026-03-02", taken=False, not_taken_why="too_late")), LATER),
        Case("told of a year on", tell(entry("photographs", "2025-03-03", "2026-03-02", taken=True, taken_on="2025-03-03")), LATER),
        Case("file closed", tell(PICTURES, closed("2026-03-05")), LATER),
    ),
    "medical_attendance_undecided": (
        Case("one working day is in time", tell(medical("2026-03-02")), "2026-03-03", "2026-03-04"),
        Case("a weekend does not count", tell(medical("2026-03-06")), "2026-03-09", "2026-03-10"),
        Case("nor does Easter", tell(medical("2026-04-02")), "2026-04-07", "2026-04-08"),
        Case("decided", tell(amended(medical("2026-03-02"), "2026-03-09", police_attend=True, decided_by="DS Okafor")), "2026-03-09", "2026-03-08"),
        Case("nobody says who decided", tell(medical("2026-03-02", police_attend=True)), "2026-03-03", "2026-03-04"),
        Case("the limit runs from when police knew", tell(medical("2026-03-02", known="2026-03-10")), "2026-03-11", "2026-03-12"),
        Case("pictures of the bones are part of an examination", tell(medical("2026-03-02", kind="skeletal")), LATER),
        Case("file closed", tell(medical("2026-03-02"), closed("2026-03-03")), LATER),
    ),
    "medical_not_attended": (
        Case("no reason, on the day", tell(medical("2026-03-02", **NOT_THERE)), "2026-03-01", "2026-03-02 2026-06-30"),
        Case("nobody was free", tell(medical("2026-03-02", **NOT_THERE, absent_why="no_officer")), "2026-03-01", "2026-03-02"),
        Case("a permitted reason", tell(medical("2026-03-02", **NOT_THERE, absent_why="criteria_not_met")), LATER),
        Case("a permitted reason given later", tell(amended(medical("2026-03-02", **NOT_THERE), "2026-03-05", absent_why="doctor_request")), "2026-03-05", "2026-03-04"),
        Case("a supervisor has looked at it", tell(medical("2026-03-02", **NOT_THERE), review("2026-03-09")), "2026-03-09", "2026-03-08"),
        Case("before police knew", tell(medical("2026-03-02", known="2026-03-10", **NOT_THERE), review("2026-03-09")), "2026-03-09", "2026-03-10"),
        Case("police were there", tell(medical("2026-03-02", police_attend=True, decided_by="DS Okafor")), LATER),
        Case("told of a year on", tell(medical("2025-03-03", known="2026-03-02", **NOT_THERE)), LATER),
        Case("file closed", tell(medical("2026-03-02", **NOT_THERE), closed("2026-03-02")), LATER),
    ),
    "discharged_with_concern": (
        Case("on the day", tell(HURT, HOME_AGAIN), "2026-03-05", "2026-03-06 2026-12-31"),
        Case("on Good Friday", tell(referred("2026-04-01", injury=True), discharge("2026-04-03")), "2026-04-02", "2026-04-03"),
        Case("police and social care agreed", tell(HURT, discharge("2026-03-06", discharge_agreed=True)), LATER),
        Case("it turns out that they agreed", tell(HURT, amended(HOME_AGAIN, "2026-03-10", discharge_agreed=True)), "2026-03-10", "2026-03-09"),
        Case("seen at home and looked at", tell(HURT, HOME_AGAIN, contact("2026-03-08", seen="alone"), review("2026-03-09")), "2026-03-09 2026-12-31", "2026-03-08"),
        Case("looked at, and nobody has seen the child since", tell(HURT, HOME_AGAIN, review("2026-03-09")), "2026-03-05", "2026-03-09 2026-12-31"),
        Case("before police knew", tell(HURT, discharge("2026-03-06", known="2026-03-10")), "2026-03-09", "2026-03-10"),
        Case("harm feared 28 days before", tell(HURT, discharge("2026-03-30")), "2026-03-29", "2026-03-30"),
        Case("and 29 days before", tell(HURT, discharge("2026-03-31")), LATER),
        Case("under a plan", tell(entry("plan", "2026-02-02", status="on_plan"), discharge("2026-05-04")), "2026-05-03", "2026-05-04"),
        Case("nothing was feared", tell(referred("2026-03-02", concerns_about=["neglect"], safe_now="safe_home"), HOME_AGAIN), LATER),
        Case("told of a year on", tell(referred("2025-03-03", injury=True), discharge("2025-03-06", known="2026-03-02")), LATER),
        Case("file closed", tell(HURT, HOME_AGAIN, closed("2026-03-06")), LATER),
    ),
    "opinions_differ": (
        Case("on the day of the second", tell(medical("2026-03-02"), medical("2026-03-16", "accident", "Dr Ross")), "2026-03-15", "2026-03-16 2026-12-31"),
        Case("90 days apart", tell(medical("2026-03-02"), medical("2026-05-31", "accident", "Dr Ross")), "2026-05-30", "2026-05-31"),
        Case("91 days apart", tell(medical("2026-03-02"), medical("2026-06-01", "accident", "Dr Ross")), "2026-06-01 2026-12-31"),
        Case("a second opinion", tell(medical("2026-03-02"), medical("2026-03-16", "accident", "Dr Ross"), medical("2026-03-30", doctor="Prof Hale", second_opinion=True)), "2026-03-30 2026-12-31", "2026-03-29"),
        Case("the second opinion itself", tell(medical("2026-03-02"), medical("2026-03-16", "accident", "Dr Ross", second_opinion=True)), LATER),
        Case("before police knew of the second", tell(medical("2026-03-02"), medical("2026-03-16", "accident", "Dr Ross", "2026-04-10")), "2026-04-09", "2026-04-10"),
        Case("one doctor who learns more", tell(medical("2026-03-02"), medical("2026-03-16", "accident")), LATER),
        Case("the same in other words", tell(medical("2026-03-02"), medical("2026-03-16", "consistent", "Dr Ross")), LATER),
        Case("the first could not tell, the second can", tell(medical("2026-03-02", "undetermined"), medical("2026-03-16", "nai", "Dr Ross")), LATER),
        Case("the first could tell, the second cannot", tell(medical("2026-03-02"), medical("2026-03-16", "undetermined", "Dr Ross")), "2026-03-15", "2026-03-16"),
        Case("one is awaited", tell(medical("2026-03-02"), medical("2026-03-16", "awaited", "Dr Ross")), LATER),
        Case("file closed", tell(medical("2026-03-02"), medical("2026-03-16", "accident", "Dr Ross"), closed("2026-03-16")), LATER),
    ),
}  # fmt: skip
"""By alarm."""

LODGER = person("Cole Hart", "lodger", known="2026-03-02")
PARTNER_ELSEWHERE = person("Cole Hart", "partner", home=OTHER_HOME, known="2026-03-02")
UNCLE = person("Cole Hart", "relative", home="", known="2026-03-02")
STRANGER = person("A man with a dog", "unknown_adult", home="", known="2026-03-02")
MOTHER_AGAIN = fact("residence", "2026-03-02", address=HOME, kind="home")
AT_HOME = contact("2026-03-02", seen="alone")
CONFIRMED: dict[str, Any] = {"occupants": [{"name": "Cole Hart", "lives_there": True, "identified": True}]}
UNKNOWN: dict[str, Any] = {"occupants": [{"name": "A man", "lives_there": True, "identified": False}]}


def looked_up(day: str, *of: Any, **more: Any) -> EntryFact:
    """What police hold about somebody."""
    return entry("research", day, of=of, occasion="new_person", **more)


def who_lives_here(day: str, groups: Any = None, known: str = "") -> EntryFact:
    """The household is confirmed."""
    return entry("household", day, known, groups=groups or CONFIRMED)


MOVED_IN = person(
    "Cole Hart",
    "relative",
    MOTHER_AGAIN,
    fact(
        "residence", "2026-03-20", replaces=MOTHER_AGAIN, address=HOME, kind="home", confirmed_on="2026-03-20"
    ),
    home="",
    known="2026-03-02",
)
MOVED_OUT = person(
    "Cole Hart",
    "relative",
    MOTHER_AGAIN,
    fact("residence", "2026-03-20", replaces=MOTHER_AGAIN, address=HOME, kind="home", until_on="2026-03-20"),
    home="",
    known="2026-03-02",
)
UNVERIFIED = person("Cole Hart", "lodger", known="2026-03-02", verified=False)
OF_ANOTHER_FILE = person(
    "Cole Hart",
    "relative",
    fact("involvement", "2026-03-02", file=ELSEWHERE, role="unknown_adult"),
    home="",
    known="2026-03-02",
)

FIXED = entry("strategy", "2026-03-02", conference_on="2026-03-23")
"""A conference on a Monday: the report is due on the Thursday before, and a search counts from 23 February."""


def searched(day: str, *whom: PersonView, result: str = "no_trace") -> EntryFact:
    """A search of one system about some people, or about nobody named."""
    rows: list[Mapping[str, Any]] = [{"system": "pnc", "result": result}]
    return entry("research", day, of=whom, groups={"searches": rows})


HOUSEHOLD: dict[str, tuple[Case, ...]] = {
    "unverified_adult": (
        Case("two working days are in time", tell(ADA, LODGER), "2026-03-04", "2026-03-05"),
        Case("a weekend does not count", tell(ADA, person("Cole Hart", "lodger", known="2026-03-06")), "2026-03-10", "2026-03-11"),
        Case("nor does Easter", tell(ADA, person("Cole Hart", "lodger", known="2026-04-02")), "2026-04-08", "2026-04-09"),
        Case("looked up", tell(ADA, LODGER, looked_up("2026-03-09", LODGER)), "2026-03-09", "2026-03-08"),
        Case("looked up in part", tell(ADA, LODGER, looked_up("2026-03-03", LODGER, status="under_way")), "2026-03-04", "2026-03-05"),
        Case("looked up, not verified", tell(ADA, UNVERIFIED, looked_up("2026-03-03", UNVERIFIED)), "2026-03-04", "2026-03-05"),
        Case("a partner, wherever they say they live", tell(ADA, PARTNER_ELSEWHERE), "2026-03-04", "2026-03-05"),
        Case("a relative who lives elsewhere", tell(ADA, UNCLE), LATER),
        Case("a social worker", tell(ADA, person("J. Fenn", "social_worker", known="2026-03-02")), LATER),
        Case("somebody unknown, at once", tell(ADA, STRANGER), "2026-03-01", "2026-03-02 2026-06-30"),
        Case("unknown to another file only", tell(ADA, OF_ANOTHER_FILE), LATER),
        Case("found at home and not identified", tell(who_lives_here("2026-03-02", UNKNOWN)), "2026-03-01", "2026-03-02 2026-06-30"),
        Case("identified when the household is confirmed again", tell(who_lives_here("2026-03-02", UNKNOWN), who_lives_here("2026-03-09")), "2026-03-09", "2026-03-08"),
        Case("before police knew", tell(who_lives_here("2026-03-02", UNKNOWN, "2026-03-10")), "2026-03-09", "2026-03-10"),
        Case("that the address is confirmed again starts nothing anew", tell(ADA, MOVED_IN), "2026-03-04", "2026-03-05 2026-03-21"),
        Case("has left", tell(ADA, MOVED_OUT), "2026-03-20 2026-06-30", "2026-03-19"),
        Case("file closed", tell(ADA, LODGER, closed("2026-03-04")), LATER),
    ),
    "research_not_repeated": (
        Case("from the day after the report is due", tell(FIXED), "2026-03-19", "2026-03-20 2026-12-31"),
        Case("searched within the days that count", tell(FIXED, searched("2026-02-23", ADA)), LATER),
        Case("searched a day too early", tell(FIXED, searched("2026-02-22", ADA)), "2026-03-19", "2026-03-20"),
        Case("searched at last", tell(FIXED, searched("2026-03-22", ADA)), "2026-03-22", "2026-03-21"),
        Case("searched after it", tell(FIXED, searched("2026-03-24", ADA)), "2026-03-19", "2026-03-24"),
        Case("asked and not answered", tell(FIXED, searched("2026-03-02", ADA, result="asked")), "2026-03-19", "2026-03-20"),
        Case("an entry that names nobody is about everybody", tell(FIXED, searched("2026-03-02")), LATER),
        Case("somebody new in the home", tell(ADA, LODGER, FIXED, searched("2026-03-09", ADA)), "2026-03-19", "2026-03-20"),
        Case("somebody who came only after the conference", tell(ADA, person("Cole Hart", "relative", known="2026-03-24"), FIXED, searched("2026-03-09", ADA)), LATER),
        Case("somebody elsewhere", tell(ADA, person("Cole Hart", "relative", home=OTHER_HOME), FIXED, searched("2026-03-09", ADA)), LATER),
        Case("a review, whose report is due five working days before", tell(entry("conference", "2026-01-12", kind="initial", next_on="2026-04-13"), searched("2026-01-09", ADA)), "2026-04-02", "2026-04-03"),
        Case("held all the same, until a supervisor looks", tell(FIXED, entry("conference", "2026-03-23", kind="initial"), review("2026-03-30")), "2026-03-19 2026-03-30", "2026-03-20 2026-03-29"),
        Case("held, never fixed in the file", tell(entry("conference", "2026-03-23", kind="initial")), "2026-03-22", "2026-03-23"),
        Case("police were not invited", tell(entry("conference", "2026-03-23", kind="initial", non_attendance="not_invited")), LATER),
        Case("fixed and told of after the report was due", tell(entry("strategy", "2026-03-02", known="2026-03-21", conference_on="2026-03-23")), "2026-03-20", "2026-03-21"),
        Case("a conference told of a year on", tell(entry("conference", "2025-03-03", known="2026-03-02", kind="initial")), LATER),
        Case("file closed", tell(FIXED, closed("2026-03-19")), LATER),
    ),
    "household_not_confirmed": (
        Case("five working days are in time", tell(AT_HOME), "2026-03-09", "2026-03-10"),
        Case("Easter does not count", tell(contact("2026-03-30", seen="alone")), "2026-04-08", "2026-04-09"),
        Case("confirmed", tell(AT_HOME, who_lives_here("2026-03-16")), "2026-03-16", "2026-03-15"),
        Case("confirmed on the day", tell(AT_HOME, who_lives_here("2026-03-02")), LATER),
        Case("confirmed the day before", tell(who_lives_here("2026-03-01"), AT_HOME), "2026-03-09", "2026-03-10"),
        Case("the limit runs from when it was recorded", tell(contact("2026-03-02", seen="alone", known="2026-03-10")), "2026-03-17", "2026-03-18"),
        Case("confirmed on the day, recorded later", tell(AT_HOME, who_lives_here("2026-03-02", known="2026-03-16")), "2026-03-16", "2026-03-15"),
        Case("by the address of somebody confirmed", tell(ADA, person("Cole Hart", "relative", fact("residence", "2026-03-03", address=HOME, kind="home", confirmed_on="2026-03-03"), home=""), AT_HOME), LATER),
        Case("at the door", tell(contact("2026-03-02", "doorstep")), LATER),
        Case("a social worker was there", tell(contact("2026-03-02", "visit_announced", "alone", agency="social_care")), LATER),
        Case("police and a social worker were there", tell(contact("2026-03-02", "visit_joint", "alone", agency="social_care")), "2026-03-09", "2026-03-10"),
        Case("told of a year on", tell(contact("2025-03-03", seen="alone", known="2026-03-02")), LATER),
        Case("file closed", tell(AT_HOME, closed("2026-03-09")), LATER),
    ),
}  # fmt: skip
"""By alarm."""
