"""Cases of the alarms on who has seen the children. 2 March 2026 is a Monday; 3 and 6 April are Good Friday and Easter Monday."""

from __future__ import annotations

from typing import Any

from casefile.record.facts import EntryFact
from casefile.record.persons import PersonView
from tests.casefile.alarms.telling import (
    ADA,
    BEN,
    LATER,
    OPENED,
    OTHER_HOME,
    Case,
    amended,
    child,
    closed,
    contact,
    entry,
    fact,
    person,
    referred,
    review,
    risk,
    tell,
)

PLAN = entry("plan", "2026-02-02", status="on_plan")
S47 = entry("strategy", "2026-03-02", outcome="s47")
ALONE = contact("2026-03-02", seen="alone")
HURT = referred("2026-03-02", injury=True)
AWAY_BEN = child("Ben", role="sibling", born="2021-03-01", home=OTHER_HOME)
UNBORN = person("Unborn Ashdown", "unborn", fact("birth", OPENED, expected_on="2026-07-01"))
DEAD = child("Ada", fact("birth", "2026-03-05", died_on="2026-03-05"))
FAILED = contact("2026-03-02", "visit_failed"), contact("2026-03-09", "visit_failed")
GONE = contact("2026-03-02", "telephone", out_of_sight=["withdrawn_school"])


def at_school(kind: str, then: bool = False, born: str = "2019-05-01", **dates: Any) -> PersonView:
    """A child at a school, or taught at home; *then* at another school."""
    known = dates.get("from_on") or dates["until_on"]
    other = (
        (fact("setting", "2026-03-10", kind="school", name="Mill Road", from_on="2026-03-09"),)
        if then
        else ()
    )
    told = max(known, OPENED)
    return child("Ada", fact("setting", told, kind=kind, name="Larch School", **dates), *other, born=born)


def visit(day: str, kind: str = "visit_announced", seen: str = "with_others", **more: Any) -> EntryFact:
    return contact(day, kind, seen, **more)


SIGHT: dict[str, tuple[Case, ...]] = {
    "child_not_seen": (
        Case("28 days are in time", tell(PLAN, ALONE), "2026-03-30", "2026-03-31"),
        Case("Easter counts like any day", tell(PLAN, contact("2026-03-20", seen="alone")), "2026-04-17", "2026-04-18"),
        Case("never seen, from the day the plan began", tell(PLAN), "2026-03-02", "2026-03-03"),
        Case("seen ends it", tell(PLAN, ALONE, contact("2026-04-08", seen="with_others")), "2026-04-08", "2026-04-07"),
        Case("seen, and police hear of it later", tell(PLAN, ALONE, contact("2026-03-20", seen="alone", known="2026-04-10")), "2026-04-10", "2026-04-09"),
        Case("before police knew of the plan", tell(entry("plan", "2026-02-02", "2026-03-20", status="on_plan")), "2026-03-19", "2026-03-20"),
        Case("a visit that failed is no sight", tell(PLAN, ALONE, contact("2026-03-20", "visit_failed")), "2026-03-30", "2026-03-31"),
        Case("no plan, no enquiry, standard risk", tell(risk("2026-03-02", level="standard")), LATER),
        Case("high risk", tell(risk("2026-03-02", level="high")), "2026-03-30", "2026-03-31"),
        Case("an interview recorded before its day counts from its day", tell(PLAN, ALONE, entry("investigation", "2026-03-20", child_interview="held", interviewed_on="2026-04-09")), "2026-03-30 2026-04-09 2026-05-07", "2026-03-31 2026-04-08 2026-05-08"),
        Case("high risk again starts nothing anew", tell(risk("2026-03-02", level="high"), risk("2026-03-20", level="high")), "2026-03-30", "2026-03-31"),
        Case("risk lowered", tell(risk("2026-03-02", level="high"), risk("2026-03-20", level="medium")), LATER),
        Case("an enquiry", tell(S47), "2026-03-30", "2026-03-31"),
        Case("the enquiry is over", tell(S47, entry("section47", "2026-03-02", outcome="nfa", ended_on="2026-03-23")), LATER),
        Case("the plan is over", tell(amended(PLAN, "2026-02-20", ended_on="2026-02-20")), LATER),
        Case("of two children the one not seen", tell(ADA, BEN, PLAN, contact("2026-03-02", seen="alone", of=[ADA, BEN]), contact("2026-03-25", seen="alone", of=[ADA])),
             "2026-03-30", "2026-03-31"),
        Case("a brother who is not on the plan", tell(ADA, BEN, entry("plan", "2026-02-02", status="on_plan", of=[ADA]),
             *(contact(day, seen="alone", of=[ADA]) for day in ("2026-02-10", "2026-03-02", "2026-03-27"))), "2026-03-31 2026-04-24"),
        Case("a second discussion begins nothing anew", tell(S47, entry("strategy", "2026-03-20", outcome="s47")), "2026-03-30", "2026-03-31"),
        Case("social care closes without anybody having seen the child", tell(S47, entry("social_care_closure", "2026-03-23")), "2026-03-30", "2026-03-31 2026-12-31"),
        Case("social care closes, and the child is seen after all", tell(S47, entry("social_care_closure", "2026-03-23"), contact("2026-04-07", seen="alone")), "2026-04-07 2026-12-31", "2026-04-06"),
        Case("social care closes, the child seen in the four weeks before", tell(S47, contact("2026-03-09", seen="alone"), entry("social_care_closure", "2026-04-06")), LATER),
        Case("social care closes, the child seen longer before", tell(S47, contact("2026-03-09", seen="alone"), entry("social_care_closure", "2026-04-07")), "2026-04-06", "2026-04-07"),
        Case("an old enquiry and its closing, told of together", tell(entry("strategy", "2026-03-02", "2026-03-30", outcome="s47"), entry("social_care_closure", "2026-03-23", "2026-03-30")), LATER),
        Case("nobody knows whether the child is safe", tell(referred("2026-03-02", safe_now="not_known")), "2026-03-30", "2026-03-31"),
        Case("nobody knew, and then somebody saw the child", tell(referred("2026-03-02", safe_now="not_known"), contact("2026-03-09", seen="with_others")), LATER),
        Case("a child not yet born", tell(UNBORN, PLAN), LATER),
        Case("a baby, from its birth", tell(child("Cleo", born="2026-03-10", known="2026-03-10"), PLAN), "2026-04-07", "2026-04-08"),
        Case("a child who has died", tell(DEAD, PLAN, ALONE), LATER),
        Case("file closed", tell(PLAN, closed("2026-02-20")), LATER),
    ),
    "child_not_seen_after_concern": (
        Case("two working days are in time", tell(HURT), "2026-03-04", "2026-03-05"),
        Case("a weekend does not count", tell(referred("2026-03-06", injury=True)), "2026-03-10", "2026-03-11"),
        Case("nor does Easter", tell(referred("2026-04-02", injury=True)), "2026-04-08", "2026-04-09"),
        Case("seen ends it", tell(HURT, contact("2026-03-09", seen="with_others")), "2026-03-09", "2026-03-08"),
        Case("seen on the day itself", tell(HURT, ALONE), LATER),
        Case("the limit runs from when police knew", tell(referred("2026-03-02", "2026-03-10", injury=True)), "2026-03-12", "2026-03-13"),
        Case("seen before police were told", tell(referred("2026-03-02", "2026-03-10", injury=True), contact("2026-03-04", seen="alone")), LATER),
        Case("nothing grave was told", tell(referred("2026-03-02", decision="information", safe_now="safe_home")), LATER),
        Case("said to be unsafe", tell(referred("2026-03-02", safe_now="unsafe")), "2026-03-04", "2026-03-05"),
        Case("safe after all", tell(amended(referred("2026-03-02", safe_now="unsafe"), "2026-03-06", safe_now="safe_home")), "2026-03-06", "2026-03-05"),
        Case("a strategy discussion that begins an enquiry", tell(S47), "2026-03-04", "2026-03-05"),
        Case("seen between the referral and the discussion of it",
             tell(referred("2026-03-02", decision="strategy"), contact("2026-03-03", seen="alone"), entry("strategy", "2026-03-04", outcome="s47")), LATER),
        Case("interviewed", tell(S47, entry("investigation", "2026-03-02", child_interview="held", interviewed_on="2026-03-03")), LATER),
        Case("an interview recorded before its day counts from its day", tell(S47, entry("investigation", "2026-03-02", child_interview="held", interviewed_on="2026-03-11")), "2026-03-11 2026-12-31", "2026-03-05 2026-03-10"),
        Case("told of a year on", tell(referred("2025-03-03", "2026-03-02", injury=True)), LATER),
        Case("a referral police made", tell(entry("referral", "2026-03-02", direction="out", injury=True)), "2026-03-04", "2026-03-05 2026-12-31"),
        Case("a referral between teams of police", tell(entry("referral", "2026-03-02", direction="between", injury=True)), LATER),
        Case("file closed", tell(HURT, closed("2026-03-04")), LATER),
    ),
    "child_not_seen_alone": (
        Case("28 days are in time", tell(PLAN, ALONE, visit("2026-03-16"), visit("2026-03-26")), "2026-03-30", "2026-03-31"),
        Case("one visit is too few to say", tell(PLAN, ALONE, visit("2026-03-16")), LATER),
        Case("alone ends it", tell(PLAN, ALONE, visit("2026-03-16"), visit("2026-03-26"), contact("2026-04-07", "school", "alone")), "2026-04-07", "2026-04-06"),
        Case("from the second visit, if that is later", tell(PLAN, ALONE, visit("2026-03-16"), visit("2026-04-06")), "2026-04-05", "2026-04-06"),
        Case("before police knew of the second", tell(PLAN, ALONE, visit("2026-03-16"), visit("2026-03-26", known="2026-04-10")), "2026-04-09", "2026-04-10"),
        Case("an interview is alone", tell(PLAN, ALONE, visit("2026-03-16"), visit("2026-03-26"),
             entry("investigation", "2026-03-20", child_interview="held", interviewed_on="2026-03-27")), "2026-03-31 2026-04-23"),
        Case("never alone, from the day the plan began", tell(PLAN, visit("2026-02-10"), visit("2026-02-20")), "2026-03-02", "2026-03-03"),
        Case("nobody has to see the child", tell(visit("2026-03-02"), visit("2026-03-16")), LATER),
        Case("visits about a brother are not the child’s", tell(ADA, BEN, PLAN, ALONE, visit("2026-03-16", of=[BEN]), contact("2026-03-26", seen="alone", of=[BEN])), LATER),
        Case("file closed", tell(PLAN, ALONE, visit("2026-03-16"), visit("2026-03-26"), closed("2026-03-30")), LATER),
    ),
    "sibling_not_seen": (
        Case("three days are in time", tell(ADA, BEN, contact("2026-03-02", seen="alone", of=[ADA])), "2026-03-05", "2026-03-06"),
        Case("Easter counts like any day", tell(ADA, BEN, contact("2026-04-03", seen="alone", of=[ADA])), "2026-04-06", "2026-04-07"),
        Case("seen within the week before", tell(ADA, BEN, contact("2026-02-23", "school", "alone", of=[BEN]), contact("2026-03-02", seen="alone", of=[ADA])), LATER),
        Case("seen more than a week before", tell(ADA, BEN, contact("2026-02-22", "school", "alone", of=[BEN]), contact("2026-03-02", seen="alone", of=[ADA])), "2026-03-05", "2026-03-06"),
        Case("seen ends it", tell(ADA, BEN, contact("2026-03-02", seen="alone", of=[ADA]), contact("2026-03-09", "school", "with_others", of=[BEN])), "2026-03-09", "2026-03-08"),
        Case("the limit runs from when police knew", tell(ADA, BEN, contact("2026-03-02", seen="alone", of=[ADA], known="2026-03-10")), "2026-03-13", "2026-03-14"),
        Case("both were seen", tell(ADA, BEN, contact("2026-03-02", seen="alone", of=[ADA, BEN])), LATER),
        Case("not at home", tell(ADA, BEN, contact("2026-03-02", "school", "alone", of=[ADA])), LATER),
        Case("lives elsewhere", tell(ADA, AWAY_BEN, contact("2026-03-02", seen="alone", of=[ADA])), LATER),
        Case("not yet born", tell(ADA, child("Cleo", role="sibling", born="2026-03-04", known="2026-03-04"), contact("2026-03-02", seen="alone", of=[ADA])), LATER),
        Case("nobody was seen", tell(ADA, BEN, contact("2026-03-02", "visit_failed", of=[ADA])), LATER),
        Case("file closed", tell(ADA, BEN, contact("2026-03-02", seen="alone", of=[ADA]), closed("2026-03-05")), LATER),
    ),
    "doorstep_only": (
        Case("the third by appointment", tell(visit("2026-03-02"), visit("2026-03-16"), visit("2026-03-30")), "2026-03-29", "2026-03-30"),
        Case("the second at the door", tell(contact("2026-03-02", "doorstep"), contact("2026-03-09", "doorstep")), "2026-03-08", "2026-03-09"),
        Case("seen without an appointment", tell(visit("2026-03-02"), visit("2026-03-16"), visit("2026-03-30"), visit("2026-04-01", "visit_unannounced")), "2026-04-01", "2026-03-31"),
        Case("seen at school between", tell(visit("2026-03-02"), visit("2026-03-16"), visit("2026-03-20", "school"), visit("2026-03-30")), LATER),
        Case("before police knew of the third", tell(visit("2026-03-02"), visit("2026-03-16"), visit("2026-03-30", known="2026-04-10")), "2026-04-09", "2026-04-10"),
        Case("a visit without an appointment that did not see the child changes nothing",
             tell(visit("2026-03-02"), visit("2026-03-16"), contact("2026-03-20"), visit("2026-03-30")), "2026-03-29", "2026-03-30"),
        Case("calls do not count", tell(visit("2026-03-02"), contact("2026-03-16", "telephone"), contact("2026-03-30", "letter")), LATER),
        Case("once at the door, then seen at home", tell(contact("2026-03-02", "doorstep"), visit("2026-03-09")), LATER),
        Case("file closed", tell(visit("2026-03-02"), visit("2026-03-16"), closed("2026-03-20")), LATER),
    ),
    "visits_failed": (
        Case("the second that fails", tell(*FAILED), "2026-03-08", "2026-03-09"),
        Case("seen between", tell(*FAILED, contact("2026-03-04", seen="alone")), LATER),
        Case("seen ends it", tell(*FAILED, contact("2026-03-12", seen="alone")), "2026-03-12", "2026-03-11"),
        Case("seen later on the day of the second", tell(*FAILED, contact("2026-03-09", seen="alone")), LATER),
        Case("before police knew of the second", tell(FAILED[0], contact("2026-03-09", "visit_failed", known="2026-03-20")), "2026-03-19", "2026-03-20"),
        Case("seen between, and police hear of it later", tell(*FAILED, contact("2026-03-04", seen="alone", known="2026-03-15")), "2026-03-15", "2026-03-14"),
        Case("a call changes nothing", tell(*FAILED, contact("2026-03-04", "telephone")), "2026-03-08", "2026-03-09"),
        Case("one that fails", tell(FAILED[0]), LATER),
        Case("file closed", tell(*FAILED, closed("2026-03-09")), LATER),
    ),
    "loss_of_sight": (
        Case("on the day", tell(GONE), "2026-03-01", "2026-03-02 2026-06-30"),
        Case("seen and looked at", tell(GONE, contact("2026-03-05", seen="alone"), review("2026-03-06")), "2026-03-06", "2026-03-05"),
        Case("seen, not looked at", tell(GONE, contact("2026-03-05", seen="alone")), "2026-03-01", "2026-03-05 2026-06-30"),
        Case("looked at, not seen", tell(GONE, review("2026-03-06")), "2026-03-01", "2026-03-06 2026-06-30"),
        Case("before police knew", tell(contact("2026-03-02", "telephone", out_of_sight=["moved"], known="2026-03-10")), "2026-03-09", "2026-03-10"),
        Case("a review before police knew is no look at it",
             tell(contact("2026-03-02", "telephone", out_of_sight=["moved"], known="2026-03-10"), contact("2026-03-05", seen="alone"), review("2026-03-05")), "2026-03-09", "2026-03-10"),
        Case("an amendment tells of it", tell(amended(contact("2026-03-02", "telephone"), "2026-03-10", out_of_sight=["moved"]), ALONE, review("2026-03-05")), "2026-03-09", "2026-03-10"),
        Case("told by a referral", tell(referred("2026-03-02", out_of_sight=["services_closed"])), "2026-03-01", "2026-03-02"),
        Case("of two children one is seen", tell(ADA, BEN, GONE, contact("2026-03-05", seen="alone", of=[ADA]), review("2026-03-06")), "2026-03-01", "2026-03-06"),
        Case("told of a year on", tell(contact("2025-03-03", "telephone", out_of_sight=["moved"], known="2026-03-02")), LATER),
        Case("taught at home, by the places that see the child", tell(at_school("home_educated", from_on="2026-03-02")), "2026-03-01", "2026-03-02"),
        Case("taught at home before police had a file", tell(at_school("home_educated", from_on="2024-09-02")), LATER),
        Case("left one school and six weeks are not over", tell(at_school("school", until_on="2026-03-02")), "2026-04-13", "2026-04-14"),
        Case("left one school for another", tell(at_school("school", until_on="2026-03-02", then=True)), LATER),
        Case("left school at sixteen", tell(at_school("school", until_on="2026-03-02", born="2010-03-01")), LATER),
        Case("file closed", tell(GONE, closed("2026-03-02")), LATER),
    ),
}  # fmt: skip
"""By alarm."""
