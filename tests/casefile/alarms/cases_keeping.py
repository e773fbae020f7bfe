"""Cases of the alarms on the risk and on keeping the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casefile.record.facts import EntryFact
from casefile.record.owed import TaskSaid
from casefile.record.persons import PersonView
from casefile.work.ids import derived_id
from tests.casefile.alarms.telling import (
    ADA,
    BEN,
    HOME,
    LATER,
    MARSH,
    OKAFOR,
    OTHER_HOME,
    Case,
    amended,
    away,
    child,
    closed,
    contact,
    entry,
    fact,
    held_by,
    inspector,
    on,
    person,
    referred,
    review,
    risk,
    tell,
)

ASSESSED = risk("2026-02-02")
BIRTH = fact("birth", "2026-03-10", born_on="2026-03-02")


def factors(day: str, known: str = "", **states: str) -> EntryFact:
    """The risk assessed with its factors."""
    rows: list[Mapping[str, Any]] = [{"factor": key, "factor_state": one} for key, one in states.items()]
    return risk(day, known, groups={"factors": rows})


def sign(day: str, *codes: str, known: str = "") -> EntryFact:
    """A visit with signs of disguised compliance."""
    return contact(day, seen="with_others", compliance=list(codes), known=known)


THREE = factors("2026-03-02", domestic_violence="present", drugs="suspected", mental_health="present")
TWO = factors("2026-03-02", domestic_violence="present", alcohol="suspected")
MOVED = child("Ada", fact("residence", "2026-03-02", address=OTHER_HOME, kind="home"))
MOVED_WITHIN_DAYS = child("Ada", fact("residence", "2026-01-19", address=OTHER_HOME, kind="home"))
FIRST_TOLD = fact("residence", "2026-01-05", address=HOME, kind="home")
TOLD_AGAIN = child(
    "Ada",
    FIRST_TOLD,
    fact(
        "residence", "2026-03-02", replaces=FIRST_TOLD, address=HOME, kind="home", confirmed_on="2026-03-02"
    ),
    home="",
)
JOINED = person("Cole Hart", "relative", known="2026-03-02")

RISK: dict[str, tuple[Case, ...]] = {
    "risk_not_assessed": (
        Case("seven days are in time", tell(), "2026-01-12", "2026-01-13 2026-12-31"),
        Case("Christmas counts like any day", tell(opened="2026-12-21"), "2026-12-28", "2026-12-29"),
        Case("assessed", tell(risk("2026-01-20")), "2026-01-20", "2026-01-19"),
        Case("assessed in time, and recorded later", tell(risk("2026-01-09", "2026-01-20")), "2026-01-20", "2026-01-19"),
        Case("to say that it is not assessed is no assessment", tell(risk("2026-01-09", level="not_assessed")), "2026-01-12", "2026-01-13"),
        Case("assessed at once", tell(risk("2026-01-05", level="standard")), LATER),
        Case("before the file was opened", tell(), "2026-01-04"),
        Case("file closed", tell(closed("2026-01-12")), LATER),
    ),
    "risk_not_reassessed": (
        Case("five working days after a referral", tell(ASSESSED, referred("2026-03-02")), "2026-03-09", "2026-03-10 2026-12-31"),
        Case("Easter does not count", tell(ASSESSED, referred("2026-03-30")), "2026-04-08", "2026-04-09"),
        Case("assessed again", tell(ASSESSED, referred("2026-03-02"), risk("2026-03-16")), "2026-03-16", "2026-03-15"),
        Case("assessed on the day", tell(ASSESSED, referred("2026-03-02"), risk("2026-03-02", level="high")), LATER),
        Case("the limit runs from when police knew", tell(ASSESSED, referred("2026-03-02", "2026-03-10")), "2026-03-17", "2026-03-18"),
        Case("assessed before police knew", tell(ASSESSED, referred("2026-03-02", "2026-03-10"), risk("2026-03-05", level="high")), "2026-03-17", "2026-03-18"),
        Case("never assessed is another alarm’s", tell(referred("2026-03-02")), LATER),
        Case("an injury", tell(ASSESSED, contact("2026-03-02", seen="alone", injury=True)), "2026-03-09", "2026-03-10"),
        Case("a change of bail", tell(ASSESSED, entry("bail", "2026-03-02", kind="pre_charge")), "2026-03-09", "2026-03-10"),
        Case("the end of bail", tell(entry("bail", "2026-01-26", kind="pre_charge"), ASSESSED, amended(entry("bail", "2026-01-26", kind="pre_charge"), "2026-03-02", ended_how="nfa", ended_on="2026-03-02")), "2026-03-09", "2026-03-10"),
        Case("bail amended in words only", tell(ASSESSED, amended(entry("bail", "2026-01-26", kind="pre_charge"), "2026-03-02", safety="x")), LATER),
        Case("bail put off", tell(ASSESSED, amended(entry("bail", "2026-01-26", kind="pre_charge", expires_on="2026-03-26"), "2026-03-02", expires_on="2026-04-26")), "2026-03-09", "2026-03-10"),
        Case("a second visit that fails", tell(ASSESSED, contact("2026-02-27", "visit_failed"), contact("2026-03-02", "visit_failed")), "2026-03-09", "2026-03-10"),
        Case("one visit that fails", tell(ASSESSED, contact("2026-03-02", "visit_failed")), LATER),
        Case("a plan action not done by its day", tell(ASSESSED, entry("plan", "2026-02-02", status="in_need", groups={"actions": [{"what": "x", "owed_by": "health", "due_on": "2026-03-01"}]})), "2026-03-09", "2026-03-10"),
        Case("another officer in charge", tell(ASSESSED, held_by("officer", MARSH), held_by("officer", OKAFOR, "2026-03-02"), held_by("supervisor", OKAFOR)), "2026-03-09", "2026-03-10"),
        Case("disagreement in a strategy discussion", tell(ASSESSED, entry("strategy", "2026-03-02", outcome="nfa", disagreement="Police want an enquiry.")), "2026-03-09", "2026-03-10"),
        Case("social care closes", tell(ASSESSED, entry("social_care_closure", "2026-03-02")), "2026-03-09", "2026-03-10"),
        Case("the end of an investigation", tell(ASSESSED, amended(entry("investigation", "2026-01-12"), "2026-03-02", outcome="18", outcome_on="2026-03-02")), "2026-03-09", "2026-03-10"),
        Case("a conference, assessed within four weeks before", tell(ASSESSED, entry("conference", "2026-03-02", kind="review", review_outcome="continue")), LATER),
        Case("a conference, assessed longer before", tell(ASSESSED, entry("conference", "2026-03-03", kind="review", review_outcome="continue")), "2026-03-10", "2026-03-11"),
        Case("dissent, however lately assessed", tell(ASSESSED, entry("conference", "2026-03-02", kind="review", review_outcome="end", position="dissent")), "2026-03-09", "2026-03-10"),
        Case("a new address of the child", tell(MOVED, ASSESSED), "2026-03-09", "2026-03-10"),
        Case("an address told in the first days", tell(MOVED_WITHIN_DAYS, risk("2026-01-12")), LATER),
        Case("the address told again", tell(TOLD_AGAIN, ASSESSED), LATER),
        Case("a new adult of the household", tell(ADA, JOINED, ASSESSED), "2026-03-09", "2026-03-10"),
        Case("a new adult elsewhere", tell(ADA, person("Cole Hart", "relative", home=OTHER_HOME, known="2026-03-02"), ASSESSED), LATER),
        Case("a social worker whose address is wrongly the child’s", tell(ADA, person("J. Fenn", "social_worker", known="2026-03-02"), ASSESSED), LATER),
        Case("a birth, from when police knew", tell(ADA, person("Cleo", "sibling", BIRTH, known="2026-03-10"), ASSESSED), "2026-03-17", "2026-03-18"),
        Case("told of a year on", tell(ASSESSED, referred("2025-03-03", "2026-03-02")), LATER),
        Case("file closed", tell(ASSESSED, contact("2026-03-02", seen="alone", injury=True), closed("2026-03-09")), LATER),
    ),
    "trio": (
        Case("on the day", tell(THREE), "2026-03-01", "2026-03-02 2026-12-31"),
        Case("two of three", tell(factors("2026-03-02", domestic_violence="present", alcohol="present", mental_health="unknown")), LATER),
        Case("from the day of the third", tell(factors("2026-02-02", domestic_violence="present", alcohol="present"), referred("2026-03-02", concerns_about=["mental_health"])), "2026-03-01", "2026-03-02"),
        Case("by factors of an assessment", tell(referred("2026-02-02", concerns_about=["domestic_abuse", "drugs"]), entry("assessment", "2026-03-02", factors=["4B"])), "2026-03-01", "2026-03-02"),
        Case("a factor of the child is not one of the parents", tell(referred("2026-02-02", concerns_about=["domestic_abuse", "drugs"]), entry("assessment", "2026-03-02", factors=["4A"])), LATER),
        Case("looked at", tell(THREE, review("2026-03-09")), "2026-03-09 2026-12-31", "2026-03-08"),
        Case("one of them is over", tell(THREE, factors("2026-03-16", domestic_violence="present", drugs="past", mental_health="present")), "2026-03-16", "2026-03-15"),
        Case("before police knew, and a review before that", tell(factors("2026-03-02", "2026-03-10", domestic_violence="present", drugs="present", mental_health="present"), review("2026-03-05")), "2026-03-09", "2026-03-10"),
        Case("file closed", tell(THREE, closed("2026-03-02")), LATER),
    ),
    "two_of_trio": (
        Case("28 days are in time", tell(TWO), "2026-03-30", "2026-03-31 2026-12-31"),
        Case("Easter counts like any day", tell(factors("2026-03-09", alcohol="present", mental_health="present")), "2026-04-06", "2026-04-07"),
        Case("looked at", tell(TWO, review("2026-04-07")), "2026-04-07 2026-12-31", "2026-04-06"),
        Case("looked at in time", tell(TWO, review("2026-03-09")), LATER),
        Case("one alone", tell(factors("2026-03-02", domestic_violence="present", alcohol="unknown")), LATER),
        Case("the third comes", tell(TWO, referred("2026-04-07", concerns_about=["mental_health"])), "2026-04-07 2026-12-31", "2026-04-06"),
        Case("one of them is over", tell(TWO, factors("2026-04-07", domestic_violence="past", alcohol="present")), "2026-04-07", "2026-04-06"),
        Case("before police knew", tell(factors("2026-03-02", "2026-03-10", domestic_violence="present", alcohol="present")), "2026-04-07", "2026-04-08"),
        Case("file closed", tell(TWO, closed("2026-03-30")), LATER),
    ),
    "disguised_compliance": (
        Case("the second sign", tell(sign("2026-03-02", "clean_up"), sign("2026-03-16", "selective")), "2026-03-15", "2026-03-16 2026-12-31"),
        Case("one sign twice", tell(sign("2026-03-02", "clean_up"), sign("2026-03-16", "clean_up")), LATER),
        Case("two at once", tell(sign("2026-03-02", "clean_up", "glib")), "2026-03-01", "2026-03-02"),
        Case("one seen on a visit, one in the assessment", tell(sign("2026-03-02", "clean_up"), risk("2026-03-16", compliance=["splits"])), "2026-03-15", "2026-03-16"),
        Case("looked at", tell(sign("2026-03-02", "clean_up", "glib"), review("2026-03-09")), "2026-03-09 2026-12-31", "2026-03-08"),
        Case("another sign after that", tell(sign("2026-03-02", "clean_up", "glib"), review("2026-03-09"), sign("2026-03-23", "splits")), "2026-03-09 2026-03-22", "2026-03-23"),
        Case("before police knew", tell(sign("2026-03-02", "clean_up", "glib", known="2026-03-10"), review("2026-03-05")), "2026-03-09", "2026-03-10"),
        Case("told of a year on", tell(sign("2025-03-03", "clean_up", "glib", known="2026-03-02")), LATER),
        Case("file closed", tell(sign("2026-03-02", "clean_up", "glib"), closed("2026-03-02")), LATER),
    ),
}  # fmt: skip
"""By alarm."""

SUPERVISOR = held_by("supervisor", OKAFOR)
OFFICER = held_by("officer", MARSH)
FREED = held_by("officer", MARSH, until="2026-03-13", known="2026-03-13")
OTHER = held_by("officer", OKAFOR, "2026-03-23")
SEEN = contact("2026-01-12", seen="alone")
ACTION: dict[str, Any] = {
    "what": "Take the neighbour’s statement",
    "owed_by": "police",
    "due_on": "2026-04-13",
}
OWED = entry("plan", "2026-03-02", status="in_need", groups={"actions": [ACTION]})
UNSEEN = referred("2026-03-02", safe_now="unsafe")
WAIVED = TaskSaid(derived_id(OWED.thread_id, "actions", 0), "waived", on("2026-03-10"), on("2026-03-10"))


def died(day: str, known: str = "") -> PersonView:
    """A child of the file who has died."""
    return child("Dot", fact("birth", known or day, born_on="2019-05-01", died_on=day), role="sibling")


KEEPING: dict[str, tuple[Case, ...]] = {
    "never_supervised": (
        Case("three days are in time", tell(), "2026-01-08", "2026-01-09 2026-12-31"),
        Case("a weekend counts like any day", tell(opened="2026-01-09"), "2026-01-12", "2026-01-13"),
        Case("reviewed", tell(review("2026-01-20")), "2026-01-20 2026-12-31", "2026-01-19"),
        Case("reviewed on the first day", tell(review("2026-01-05")), LATER),
        Case("reviewed in time, and recorded later", tell(review("2026-01-07", "2026-01-20")), "2026-01-20", "2026-01-19"),
        Case("a risk assessment is no review", tell(risk("2026-01-06")), "2026-01-08", "2026-01-09"),
        Case("file closed", tell(closed("2026-01-08")), LATER),
    ),
    "unowned": (
        Case("one working day is in time", tell(SUPERVISOR), "2026-01-06", "2026-01-07 2026-12-31"),
        Case("a weekend does not count", tell(SUPERVISOR, opened="2026-01-09"), "2026-01-12", "2026-01-13"),
        Case("Easter does not count", tell(SUPERVISOR, opened="2026-04-02"), "2026-04-07", "2026-04-08"),
        Case("no supervisor", tell(OFFICER), "2026-01-06", "2026-01-07"),
        Case("both are named", tell(OFFICER, SUPERVISOR), "2026-01-07 2026-12-31"),
        Case("named", tell(SUPERVISOR, held_by("officer", MARSH, "2026-01-20")), "2026-01-20", "2026-01-19"),
        Case("named from an earlier day, known later", tell(SUPERVISOR, held_by("officer", MARSH, "2026-01-12", "2026-01-20")), "2026-01-20", "2026-01-19"),
        Case("given back, known ahead", tell(held_by("officer", MARSH, until="2026-03-13"), SUPERVISOR), "2026-03-16", "2026-03-17 2026-12-31"),
        Case("given back, and to another", tell(OTHER, FREED, SUPERVISOR), "2026-03-16 2026-03-23 2026-12-31", "2026-03-17 2026-03-22"),
        Case("a researcher is no officer in charge", tell(SUPERVISOR, held_by("researcher", MARSH)), "2026-01-06", "2026-01-07"),
        Case("file closed", tell(SUPERVISOR, closed("2026-01-06")), LATER),
    ),
    "child_died": (
        Case("on the day", tell(died("2026-03-02")), "2026-03-01", "2026-03-02 2026-12-31"),
        Case("on a Sunday", tell(died("2026-03-01")), "2026-02-28", "2026-03-01"),
        Case("on Good Friday", tell(died("2026-04-03")), "2026-04-02", "2026-04-03"),
        Case("an inspector has looked at it", tell(died("2026-03-02"), inspector("2026-03-03")), "2026-03-03 2026-12-31", "2026-03-02"),
        Case("a sergeant’s look is not enough", tell(died("2026-03-02"), review("2026-03-03")), "2026-03-01", "2026-03-03 2026-12-31"),
        Case("before police knew, and an inspector before that", tell(died("2026-03-02", "2026-03-10"), inspector("2026-03-05")), "2026-03-09", "2026-03-10"),
        Case("a referral tells of it", tell(ADA, referred("2026-03-02", concerns_about=["death"], of=[ADA])), "2026-03-01", "2026-03-02"),
        Case("a brother who died years before the file", tell(ADA, died("2020-03-02", "2026-01-05")), LATER),
        Case("an adult who has died", tell(ADA, person("Cole Hart", "father", fact("birth", "2026-03-02", died_on="2026-03-02"))), LATER),
        Case("in a closed file too", tell(closed("2026-02-02"), died("2026-03-02")), "2026-03-01", "2026-03-02"),
    ),
    "officer_away": (
        Case("nobody knows until when: ten working days", tell(away(MARSH, "2026-03-02")), "2026-03-16", "2026-03-17 2026-12-31"),
        Case("Easter does not count", tell(away(MARSH, "2026-03-30")), "2026-04-15", "2026-04-16"),
        Case("eleven working days on, known at once", tell(away(MARSH, "2026-03-02", "2026-03-17")), "2026-03-01 2026-03-18", "2026-03-02 2026-03-17"),
        Case("ten working days on", tell(away(MARSH, "2026-03-02", "2026-03-16")), "2026-03-02 2026-03-16 2026-03-31"),
        Case("known ahead", tell(away(MARSH, "2026-03-02", "2026-04-30", known="2026-02-02")), "2026-03-01 2026-05-01", "2026-03-02 2026-04-30"),
        Case("before it was known", tell(away(MARSH, "2026-03-02", "2026-04-30", known="2026-03-09")), "2026-03-08", "2026-03-09"),
        Case("back, and known on the day", tell(away(MARSH, "2026-03-02"), away(MARSH, "2026-03-02", "2026-03-22", "2026-03-23", replaces=away(MARSH, "2026-03-02"))), "2026-03-23", "2026-03-17 2026-03-22"),
        Case("has left", tell(away(MARSH, "2026-03-02", why="left")), "2026-03-01", "2026-03-02 2026-12-31"),
        Case("the supervisor", tell(away(OKAFOR, "2026-03-02", why="left")), "2026-03-01", "2026-03-02"),
        Case("handed over", tell(held_by("officer", OKAFOR, "2026-03-23"), OFFICER, SUPERVISOR, away(MARSH, "2026-03-02")), "2026-03-23", "2026-03-22"),
        Case("somebody who does not hold the file", tell(held_by("officer", OKAFOR), SUPERVISOR, away(MARSH, "2026-03-02", why="left")), LATER),
        Case("file closed", tell(away(MARSH, "2026-03-02", why="left"), closed("2026-03-02")), LATER),
    ),
    "closed_unsafely": (
        Case("a child not seen since the concern", tell(SEEN, UNSEEN, closed("2026-03-16")), "2026-03-15", "2026-03-16 2026-12-31"),
        Case("seen since", tell(UNSEEN, contact("2026-03-03", seen="alone"), closed("2026-03-16")), LATER),
        Case("seen before the discussion of it",
             tell(contact("2026-03-03", seen="alone"), entry("strategy", "2026-03-04", outcome="s47"), closed("2026-03-16")), LATER),
        Case("seen after the closing", tell(UNSEEN, closed("2026-03-16"), contact("2026-03-30", seen="alone")), "2026-03-30", "2026-03-29"),
        Case("nobody feared significant harm", tell(referred("2026-03-02", safe_now="safe_home"), closed("2026-03-16")), LATER),
        Case("a brother of whom nobody feared it", tell(ADA, BEN, referred("2026-03-02", safe_now="unsafe", of=[ADA]),
             contact("2026-03-03", seen="alone", of=[ADA]), closed("2026-03-16")), LATER),
        Case("bail is live", tell(entry("bail", "2026-03-02", kind="pre_charge"), closed("2026-03-16")), "2026-03-15", "2026-03-16"),
        Case("bail has ended",
             tell(entry("bail", "2026-03-02", "2026-03-09", kind="pre_charge", ended_how="nfa", ended_on="2026-03-09", victim_told_on="2026-03-03"),
                  closed("2026-03-16")), LATER),
        Case("an action of police", tell(OWED, closed("2026-03-16")), "2026-03-15", "2026-03-16"),
        Case("an action of police that a supervisor waived", tell(OWED, WAIVED, closed("2026-03-16")), LATER),
        Case("an action of social care",
             tell(entry("plan", "2026-03-02", status="in_need", groups={"actions": [{**ACTION, "owed_by": "social_care"}]}), closed("2026-03-16")), LATER),
        Case("asked of police after the closing", tell(closed("2026-03-16"), entry("disclosure", "2026-03-23", kind="subject_access")), LATER),
        Case("before it was known", tell(UNSEEN, closed("2026-03-16", "2026-03-23")), "2026-03-22", "2026-03-23"),
        Case("opened again", tell(OWED, closed("2026-03-16"), referred("2026-04-01")), "2026-04-01 2026-12-31", "2026-03-31"),
        Case("nothing open", tell(closed("2026-03-16")), LATER),
    ),
}  # fmt: skip
"""By alarm."""
