"""What each divider asks, case by case: complete, missing and exactly what, empty, or not applicable.

Source: the minimum of each divider in ``resources/standards/dividers.toml`` (number in the comments).
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.record.facts import EntryFact
from casefile.record.persons import PersonView
from casefile.sections.completeness import LATER, OWED_BEHIND, MarkSaid
from casefile.standards import library
from tests.casefile.sections.whole_file import (
    ASSESSMENT,
    AT_HOME,
    ATTENDEES,
    BAIL,
    BORN,
    CHALLENGE,
    CHILD,
    CLOSURE,
    CONFERENCE,
    CORE,
    CRIME,
    DAY,
    DECISION,
    ENQUIRY,
    FAMILY,
    FILE,
    GP,
    HOUSEHOLD,
    KNOWN_AS,
    LEGAL,
    MEDICAL,
    MINUTES,
    MOTHER,
    ONE_EACH,
    PHOTOS,
    PLAN,
    PROTECTION,
    REFERRAL,
    RISK,
    SCHOOL,
    SEARCHED,
    SEEN,
    SHARED,
    STRATEGY,
    SUPERVISION,
    TESSA,
    D,
    entry,
    fact,
    person,
    state,
    without,
)  # fmt: skip

COMPLETE: tuple[tuple[str, tuple[EntryFact, ...]], ...] = (
    ("child", (SEEN,)),
    ("household", (entry("household", **HOUSEHOLD),)),
    ("associated", (entry("research", **SEARCHED),)),
    ("research", (entry("research", **SEARCHED),)),
    ("research", (entry("research", **without(SEARCHED, "conclusion")),)),
    ("chronology", (SEEN,)),
    ("referral", (entry("referral", **REFERRAL),)),
    ("referral", (entry("referral", direction="out", source="1A", account="Told.", decision="nfa"),)),
    ("strategy", (entry("strategy", **STRATEGY),)),
    ("section47", (entry("section47", **ENQUIRY),)),
    ("assessments", (entry("assessment", **ASSESSMENT),)),
    ("assessments", (entry("assessment", kind="single", state="refused"),)),
    ("assessments", (entry("assessment", kind="single", state="under_way"),)),
    ("conferences", (entry("conference", **CONFERENCE),)),
    ("conferences", (entry("conference", **without(CONFERENCE, "report_sent_on", "position", police_attendance="neither",
     non_attendance="not_invited")),)),
    ("conferences", (entry("conference", **without(CONFERENCE, "participation", kind="pre_birth")),)),
    ("minutes", (entry("minutes", **MINUTES),)),
    ("core_groups", (entry("core_group", **CORE),)),
    ("plan", (entry("plan", **PLAN),)),
    ("plan", (entry("plan", D(2019, 1, 7), known=DAY, status="ended", category="NEG", ended_on=D(2020, 1, 6), end_reason="risk_reduced"),)),
    ("plan", (entry("plan", **without(PLAN, "category", "police_trigger", status="in_need")),)),
    ("risk", (entry("risk", **RISK),)),
    ("medicals", (entry("medical", **MEDICAL),)),
    ("photographs", (entry("photographs", **PHOTOS),)),
    ("photographs", (entry("photographs", taken=False, not_taken_why="no_visible_injury"),)),
    ("investigation", (entry("investigation", **CRIME),)),
    ("bail", (entry("bail", **BAIL),)),
    ("bail", (entry("bail", suspect="C. Vane", kind="rui", safety="S.", victim_told_on=DAY),)),
    ("decisions", (entry("decision", **DECISION),)),
    ("supervision", (entry("supervision", **SUPERVISION),)),
    ("challenge", (entry("challenge", **CHALLENGE),)),
    ("challenge", (entry("challenge", **without(CHALLENGE, "outcome", "outcome_on", "learning")),)),
    ("legal", (entry("legal", **LEGAL),)),
    ("legal", (entry("police_protection", **PROTECTION),)),
    ("sharing", (entry("disclosure", **SHARED),)),
    ("contacts", (SEEN,)),
    ("contacts", (entry("contact", kind="telephone", child_seen="not_seen", note="Rang."),)),
    ("closure", (entry("closure", **CLOSURE),)),
    ("audit", ()),
)  # fmt: skip


@pytest.mark.parametrize(("divider", "entries"), COMPLETE)
def test_a_divider_is_complete(divider: str, entries: tuple[EntryFact, ...]) -> None:
    found = state(divider, *entries)
    assert (found.mark, found.missing) == ("complete", ())


def test_the_front_sheet_is_complete_with_every_post_the_risk_and_the_next_supervision() -> None:
    held = state(
        "front_sheet", entry("supervision", **SUPERVISION), officer=True, supervisor=True, risk_level="high"
    )
    assert (held.mark, held.missing) == ("complete", ())


OF = "2 March 2026"
MISSING: tuple[tuple[str, tuple[EntryFact, ...], tuple[str, ...]], ...] = (
    # 1, 2, 4, 5, 7
    ("front_sheet", (), (
        "No officer in charge is named.", "No supervisor is named.", "The risk has not been assessed.",
        "No day is fixed for the next supervision.")),
    ("child", (), ("Tessa Ashdown: nothing says when police last saw the child.",)),
    ("child", (entry("contact", kind="visit_joint", agency="social_care", child_seen="alone", note="N."),),
     ("Tessa Ashdown: nothing says when police last saw the child.",)),
    ("household", (), ("Who lives in the household has never been confirmed.",)),
    ("household", (entry("household", D(2026, 2, 2), **HOUSEHOLD), SEEN),
     (f"The household has not been re-confirmed since the contact of {OF}.",)),
    ("household", (entry("household", D(2026, 2, 2), **HOUSEHOLD), entry("conference", **without(CONFERENCE, kind="review"))),
     (f"The household has not been re-confirmed since the review of {OF}.",)),
    ("household", (entry("household", **without(HOUSEHOLD, occupants=({"name": "a man called Steve", "identified": False},))),),
     ("Open query: a man called Steve of the household is not identified.",)),
    ("associated", (), ("Rhiannon Ashdown has not been researched.",)),
    ("research", (), ("Tessa Ashdown has not been checked on any system.", "Rhiannon Ashdown has not been checked on any system.")),
    ("research", (entry("research", D(2025, 1, 6), **without(SEARCHED, concerns=(CHILD,))), entry("research",
     **without(SEARCHED, concerns=(MOTHER,)))),
     ("Tessa Ashdown was last checked on 6 January 2025.",)),
    ("research", (entry("research", **without(SEARCHED, searches=SEARCHED["searches"][:4])),),
     ("Tessa Ashdown: no check of Social care.",
      "Rhiannon Ashdown: no check of Social care, Sexual and violent offenders.")),
    ("research", (entry("research", **without(SEARCHED, "conclusion", searches=(
        {"system": "local_records", "result": "trace"}, *SEARCHED["searches"][1:]))),),
     (f"Research of {OF}: nothing under “What it means for the children”.",)),
    ("research", (entry("research", **without(SEARCHED, status="under_way")),),
     (f"Tessa Ashdown: the search of {OF} is not finished.", f"Rhiannon Ashdown: the search of {OF} is not finished.")),
    ("research", (entry("research", D(2026, 1, 5), **SEARCHED), entry("conference", **CONFERENCE)),
     (f"Nobody searched again before the conference of {OF}.",)),
    ("referral", (), ("No referral is recorded.",)),
    ("referral", (entry("referral", **without(REFERRAL, "feedback", "feedback_on", "decided_by")),),
     (f"Referral of {OF}: nothing under “Decided by” and “Feedback to the referrer”.",)),
    ("referral", (entry("referral", **without(REFERRAL, "feedback_on")),), (f"Referral of {OF}: the day the referrer was told.",)),
    ("referral", (entry("referral", **without(REFERRAL, acts_instead="health")),),
     (f"Referral of {OF}: the agency said to act instead has not confirmed it.",)),
    # 8, 9, 10
    ("strategy", (entry("strategy", **without(STRATEGY, attendees=ATTENDEES[:2])),),
     (f"Strategy discussion of {OF}: nobody from health is named.",)),
    ("strategy", (entry("strategy", **without(STRATEGY, attendees=({"name": "A", "agency": "police"}, *ATTENDEES[1:]))),),
     (f"Strategy discussion of {OF}: the rank of the police officer.",)),
    ("strategy", (entry("strategy", **without(STRATEGY, actions=({"what": "Ring the school"},))),),
     (f"Strategy discussion of {OF}: an action has no date.",)),
    ("strategy", (entry("section47", **ENQUIRY),), (f"The enquiry of {OF} has no strategy discussion before it.",)),
    ("section47", (entry("strategy", **without(STRATEGY, outcome="s47", s47_kind="joint", medical=False)),),
     (f"The enquiry that the discussion of {OF} started is not recorded.",)),
    ("section47", (entry("section47", **without(ENQUIRY, "outcome")),), (f"Section 47 enquiry of {OF}: nothing under “Outcome”.",)),
    ("assessments", (entry("referral", **without(REFERRAL, decision="assessment")),),
     (f"The assessment decided on the referral of {OF} is not recorded.",)),
    ("assessments", (entry("assessment", **without(ASSESSMENT, "received_on", state="complete")),),
     (f"Assessment of {OF}: nothing under “Copy received on”.",)),
    # 11, 12, 13, 14
    ("conferences", (entry("conference", **without(CONFERENCE, "outcome")),), (f"Conference of {OF}: the decision.",)),
    ("conferences", (entry("conference", **without(CONFERENCE, outcome="plan")),), (f"Conference of {OF}: the category of abuse.",)),
    ("conferences", (entry("conference", **without(CONFERENCE, police_attendance="neither")),),
     (f"Conference of {OF}: why police did not attend.",)),
    ("conferences", (entry("conference", **without(CONFERENCE, position="dissent")),), (f"Conference of {OF}: whose dissent, and why.",)),
    ("conferences", (entry("conference", **without(CONFERENCE, report_sent_on=DAY)),),
     (f"Conference of {OF}: the police report was not sent before the conference.",)),
    ("minutes", (entry("conference", **without(CONFERENCE, "record_received_on")),),
     (f"Minutes of {OF} not received: Initial conference: services to a child in need.",)),
    ("minutes", (entry("minutes", **without(MINUTES, checked="not_checked")),),
     (f"Minutes of {OF}: nobody has checked them for accuracy.",)),
    ("minutes", (entry("minutes", **without(MINUTES, "said")),), (f"Minutes of {OF}: the minutes themselves.",)),
    ("core_groups", (entry("core_group", **without(CORE, "progress")),), (f"Core group of {OF}: nothing under “Progress of the plan”.",)),
    ("plan", (entry("conference", **without(CONFERENCE, outcome="plan", category="NEG")),),
     (f"The conference of {OF} decided on a plan; the plan is not in the file.",)),
    ("plan", (entry("plan", **without(PLAN, actions=({"what": "Fit a gate", "due_on": DAY},))),),
     (f"Plan of {OF}: no owner or no date: Fit a gate.",)),
    ("plan", (entry("plan", **without(PLAN, "actions")),), (f"Plan of {OF}: nothing under “Actions”.",)),
    # 15, 16, 17
    ("risk", (), ("The risk has not been assessed.",)),
    ("risk", (entry("risk", **without(RISK, "endorsed_by")),), (f"Risk assessment of {OF}: no supervisor has endorsed it.",)),
    ("risk", (entry("risk", D(2026, 2, 16), **RISK), entry("contact", kind="visit_failed", child_seen="not_seen",
     failed_why="no_answer", note="N.")),
     (f"The risk has not been judged again since {OF}: Failed visit: not seen.",)),
    ("medicals", (entry("medical", **without(MEDICAL, police_attend=False)),), (f"Medical of {OF}: why police did not attend.",)),
    ("medicals", (entry("medical", **without(MEDICAL, "opinion_words", opinion="awaited")),),
     (f"Medical of {OF}: the doctor’s opinion is awaited.",)),
    ("photographs", (entry("photographs", taken=False, not_taken_why="booked", injuries=PHOTOS["injuries"]),),
     (f"Photographs and body map of {OF}: the supervisor who agreed that none were taken.",)),
    ("photographs", (entry("photographs", **without(PHOTOS, "exhibit", "scale")),),
     (f"Photographs and body map of {OF}: scale and colour chart.", f"Photographs and body map of {OF}: the exhibit reference.")),
    # 22
    ("challenge", (entry("conference", **without(CONFERENCE, position="dissent", dissent="DS A.")),),
     (f"Police dissented at the conference of {OF}; no challenge is recorded.",)),
    ("challenge", (entry("challenge", **without(CHALLENGE, "evidence")),), (f"Challenge of {OF}: nothing under “Evidence”.",)),
    ("challenge", (entry("challenge", **without(CHALLENGE, "learning")),), (f"Challenge of {OF}: what is learnt from it.",)),
    ("challenge", (entry("challenge", **without(CHALLENGE, "outcome", "outcome_on", "learning", stages=(
        {**CHALLENGE["stages"][0], "responded_on": DAY, "settled": True},))),),
     (f"Challenge of {OF}: it is settled; how it ended is not recorded.",)),
    ("challenge", (entry("challenge", **without(CHALLENGE, "outcome", "outcome_on", "learning", stages=(
        {**CHALLENGE["stages"][0], "responded_on": DAY, "settled": False},))),),
     (f"Challenge of {OF}: stage 1 was answered and did not settle it: the next stage, or the outcome.",)),
    ("risk", (entry("risk", **without(RISK, factors=({"factor": "drugs", "factor_state": "present"}, {"factor": "alcohol",
     "factor_state": "unknown"}))),), (f"Risk assessment of {OF}: what shows a factor that is present or suspected.",)),
    ("supervision", (entry("supervision", **without(SUPERVISION, directions=({"what": "Ask the school", "owner": "DC A"},))),),
     (f"Supervision of {OF}: no owner or no date: Ask the school.",)),
    # 18, 19, 20, 21
    ("investigation", (entry("strategy", **without(STRATEGY, criminal=True)),), (f"The investigation agreed on {OF} is not recorded.",)),
    ("investigation", (entry("investigation", **without(CRIME, lines_open=({"what": "Trace the aunt", "due_on": DAY},))),),
     (f"Investigation of {OF}: no owner or no date: Trace the aunt.",)),
    ("investigation", (entry("investigation", **without(CRIME, evidence=({"kind": "phone", "detail": "the handset",
     "evidence_state": "asked"},))),),
     (f"Investigation of {OF}: no day to chase: the handset.",)),
    ("bail", (entry("investigation", **without(CRIME, suspects=({"name": "C. Vane", "suspect_status": "bailed"},))),),
     ("C. Vane is on bail or under investigation; it is not recorded here.",)),
    ("bail", (entry("bail", **without(BAIL, "shared_on")),), (f"Bail of {OF}: nothing under “Conditions shared with social care on”.",)),
    ("bail", (entry("bail", **without(BAIL, expires_on=D(2026, 7, 1))),),
     (f"Bail of {OF}: it runs past 1 June 2026, the most that whoever authorised it may give.",)),
    ("decisions", (entry("decision", **without(DECISION, "options")),), (f"Decision of {OF}: nothing under “Options considered”.",)),
    ("supervision", (), ("No supervisor has reviewed this file.",)),
    # 23, 24, 25, 27
    ("legal", (entry("legal", **without(LEGAL, court_order="care")),), (f"Legal of {OF}: which court made the order.",)),
    ("legal", (entry("police_protection", **without(PROTECTION,
     duties_done=[one for one in PROTECTION["duties_done"] if one != "wishes"])),),
     (f"Police protection of {OF}: not said to be done: Found out the child’s wishes and feelings.",)),
    ("sharing", (entry("disclosure", **without(SHARED, kind="third_party")),),
     (f"Information shared of {OF}: the reference in the disclosure schedules.",)),
    ("contacts", (entry("contact", kind="visit_joint", child_seen="alone", note="N."),),
     (f"Contact of {OF}: nothing under “Who was there”.",)),
    ("contacts", (entry("plan", **PLAN),), ("There is a plan, and nobody is recorded to have seen the child.",)),
    ("contacts", (entry("plan", D(2026, 2, 2), **PLAN), *(
        entry("contact", day, kind="visit_announced", agency="social_care", child_seen="with_others", bedroom_seen=True,
     present="Mother", note="N.")
        for day in (D(2026, 2, 20), DAY))), ("The child was not seen alone at any of the last 2 visits.",)),
    ("closure", (entry("closure", **without(CLOSURE, checklist=[one for one in CLOSURE["checklist"] if one != "victim"])),),
     (f"Closure of the file of {OF}: not checked: Victim or carer told.",)),
    ("closure", (entry("bail", **BAIL), entry("closure", **CLOSURE)),
     ("Closed with live bail, and no reason: C. Vane: Pre-charge bail, three-month scheme.",)),
)  # fmt: skip


@pytest.mark.parametrize(("divider", "entries", "missing"), MISSING)
def test_a_divider_says_exactly_what_is_missing(
    divider: str, entries: tuple[EntryFact, ...], missing: tuple[str, ...]
) -> None:
    found = state(divider, *entries)
    assert (found.mark, found.missing) == ("missing", missing)


PEOPLE: tuple[tuple[str, tuple[PersonView, ...], str], ...] = (
    ("child", (), "No child is recorded."),
    ("child", (person(CHILD, "Unborn Ashdown", "unborn", unborn=True),), "Unborn Ashdown: no date of birth, and no expected date."),
    ("child", (person(CHILD, "Tessa", "subject", BORN, GP, SCHOOL, KNOWN_AS),), "Tessa: no address."),
    ("child", (person(CHILD, "Tessa", "subject", BORN, AT_HOME, SCHOOL, KNOWN_AS),), "Tessa: no GP."),
    ("child", (person(CHILD, "Tessa", "subject", BORN, AT_HOME, GP, KNOWN_AS, born=D(2016, 5, 1)),), "Tessa: no school."),
    ("child", (person(CHILD, "Tessa", "subject", BORN, AT_HOME, GP, SCHOOL, fact("characteristics", sex="F")),),
     "Tessa: ethnicity is not recorded."),
    ("household", (person(CHILD, "Tessa", "subject"),), "Nobody’s address is recorded."),
    ("household", (TESSA, person(MOTHER, "Rhiannon", "mother", AT_HOME)), "Nobody is recorded to have parental responsibility."),
    ("household", (*FAMILY, person(FILE, "a man with a dog", "unknown_adult")), "Open query: a man with a dog is not identified."),
    ("risk", (*FAMILY, person(FILE, "Curtis Vane", "partner", fact("involvement", role="partner", from_on=D(2026, 3, 9)))),
     "The risk has not been judged again since 9 March 2026: Curtis Vane came into the file."),
)  # fmt: skip


@pytest.mark.parametrize(("divider", "people", "said"), PEOPLE)
def test_a_divider_says_what_it_misses_of_people(
    divider: str, people: tuple[PersonView, ...], said: str
) -> None:
    met = entry("household", **HOUSEHOLD)
    found = state(divider, SEEN, met, entry("risk", **RISK), people=people, as_of=D(2026, 3, 10))
    assert said in found.missing


@pytest.mark.parametrize("role", ["social_worker", "conference_chair", "professional", "interpreter"])
def test_nobody_searches_those_who_work_with_the_family(role: str) -> None:
    people = (*FAMILY, person(FILE, "J. Amos", role))
    searched = entry("research", **SEARCHED)
    assert state("associated", searched, people=people).missing == ()
    assert state("research", searched, people=people).missing == ()


def test_a_child_under_five_needs_no_school_and_one_who_died_nothing() -> None:
    baby = person(CHILD, "Tessa", "subject", BORN, AT_HOME, GP, KNOWN_AS, born=D(2025, 5, 1))
    died = person(CHILD, "Tessa", "subject", fact("birth", born_on=D(2025, 5, 1), died_on=D(2026, 1, 2)))
    assert state("child", SEEN, people=(baby,)).missing == ()
    assert state("child", people=(died,)).missing == ()


THEIRS = ", owed by Children’s social care."
SW_VISIT = entry(
    "contact", kind="visit_joint", agency="social_care", child_seen="alone", present="Mother", note="N."
)
HURT = entry("contact", kind="hospital", child_seen="alone", injury=True, present="Mother", note="N.")
ASKED = without(MEDICAL, "final_report_on", report_state="asked", final_report_due=D(2026, 3, 9))
MAKES_PLAN = entry("conference", **without(CONFERENCE, outcome="plan"))
BAIL_BY_RANK: tuple[tuple[date, str, str, date, bool], ...] = (
    (D(2018, 3, 1), "pre_charge_2017", "inspector", D(2018, 4, 5), True),
    (D(2018, 3, 1), "pre_charge_2017", "superintendent", D(2018, 5, 31), False),
    (D(2018, 3, 1), "pre_charge_2017", "magistrates", D(2018, 9, 1), False),
    (DAY, "pre_charge", "custody_officer", D(2026, 6, 1), False),
    (DAY, "pre_charge", "inspector", D(2026, 9, 2), True),
    (DAY, "pre_charge", "magistrates", D(2028, 4, 1), True),
    (DAY, "pre_charge_complex", "superintendent", D(2027, 3, 1), False),
    (DAY, "cps", "custody_officer", D(2026, 9, 1), False),
)  # fmt: skip


@pytest.mark.parametrize(("began", "kind", "rank", "ends", "too_long"), BAIL_BY_RANK)
def test_bail_may_not_outlive_the_rank_that_gave_it(
    began: date, kind: str, rank: str, ends: date, too_long: bool
) -> None:
    held = entry("bail", began, **without(BAIL, kind=kind, authorised_by=rank, expires_on=ends))
    assert any("runs past" in one for one in state("bail", held, as_of=began).missing) is too_long


LATE: tuple[tuple[str, tuple[EntryFact, ...], date, str], ...] = (
    ("referral", (entry("referral", **without(REFERRAL, "decision")),), D(2026, 3, 5),
     f"Decide the next step on a referral: 2 working days late{THEIRS}"),
    ("section47", (entry("strategy", **without(STRATEGY, outcome="s47")),), D(2026, 3, 24),
     f"Initial child protection conference: 1 working day late{THEIRS}"),
    ("conferences", (MAKES_PLAN,), D(2026, 6, 5), f"First review conference: 3 days late{THEIRS}"),
    ("core_groups", (MAKES_PLAN,), D(2026, 3, 17), f"First core group: 1 working day late{THEIRS}"),
    ("plan", (entry("plan", **PLAN),), D(2026, 3, 23), f"See the child: 3 days late{THEIRS}"),
    ("risk", (entry("risk", **RISK),), D(2026, 3, 31), "Review the risk: 1 day late."),
    ("medicals", (entry("medical", **ASKED),), D(2026, 3, 16), "Final medical report: 7 days late, owed by Health."),
    ("photographs", (HURT,), D(2026, 3, 5), "Photographs of an injury, or a sergeant told why not: 1 day late."),
    ("bail", (entry("bail", **BAIL),), D(2026, 5, 4), "Bail expires: extend, charge or release: 3 days late."),
    ("supervision", (entry("supervision", **SUPERVISION),), D(2026, 3, 17), "Supervisor’s review: 1 day late."),
    ("challenge", (entry("challenge", **without(CHALLENGE, "outcome", "outcome_on", "learning")),), D(2026, 3, 6),
     "Challenge, stage 1: settle or take further: 2 working days late."),
    ("legal", (entry("legal", **without(LEGAL, advice_asked_on=DAY)),), D(2026, 3, 13),
     "Legal advice from the local authority’s lawyers: 1 day late, owed by Local authority legal service."),
    ("sharing", (entry("disclosure", **without(SHARED, kind="subject_access")),), D(2026, 4, 3),
     "Answer a subject access request: 1 day late."),
    ("contacts", (entry("plan", **PLAN), SW_VISIT), D(2026, 4, 14), f"Act: child not seen by any agency: 1 day late{THEIRS}"),
)  # fmt: skip


@pytest.mark.parametrize(("divider", "entries", "as_of", "said"), LATE)
def test_what_is_late_counts_behind_its_divider(
    divider: str, entries: tuple[EntryFact, ...], as_of: date, said: str
) -> None:
    assert said in state(divider, *entries, as_of=as_of).missing


def test_a_visit_starts_no_clock_of_a_plan_where_there_is_none() -> None:
    assert state("contacts", SW_VISIT, as_of=D(2026, 6, 1)).missing == ()
    assert len(state("contacts", entry("plan", **PLAN), SW_VISIT, as_of=D(2026, 6, 1)).missing) == 3


def test_every_timescale_that_opens_a_task_counts_behind_a_divider() -> None:
    placed = {one for several in OWED_BEHIND.values() for one in several}
    asked = {one.id for one in library().timescales if not one.no_task}
    assert asked - placed == {"VCOP-ENH"}, "told of an outcome or of bail: it counts where its entry stands"
    assert set(OWED_BEHIND) <= {one.key for one in library().dividers}


def test_nobody_owes_a_closed_file_its_next_review_until_it_opens_again() -> None:
    story = (entry("risk", D(2026, 2, 2), **RISK), entry("closure", D(2026, 2, 9), **CLOSURE), SEEN)
    failed = entry("contact", kind="visit_failed", child_seen="not_seen", failed_why="no_answer", note="N.")
    posts = {"officer": True, "supervisor": True, "risk_level": "standard"}
    assert state("front_sheet", *story, failed, **posts).missing == ()
    assert state("risk", *story, failed).missing == ()
    again = entry("referral", D(2026, 3, 9), **REFERRAL)
    assert state("front_sheet", *story, again, as_of=D(2026, 3, 9), **posts).mark == "missing"
    assert state("risk", *story, again, as_of=D(2026, 3, 9)).mark == "missing"


SAID = MarkSaid(applies=False, reason="No suspect was ever arrested.", officer="DS 12 Okafor", on=DAY)


@pytest.mark.parametrize("divider", sorted(ONE_EACH))
def test_not_applicable_says_who_said_so_until_something_stands_there(divider: str) -> None:
    marks = {divider: SAID}
    empty = state(divider, people=(), marks=marks)
    assert (empty.mark, empty.missing) == ("not_applicable", ())
    assert empty.said_by == "DS 12 Okafor, 2 March 2026: No suspect was ever arrested."
    held = state(divider, ONE_EACH[divider], marks=marks)
    assert held.mark != "not_applicable"
    assert held.count


def test_nobody_waves_away_a_divider_while_something_behind_it_is_late() -> None:
    marks = {"photographs": SAID}
    assert state("photographs", HURT, marks=marks).mark == "not_applicable"
    assert state("photographs", HURT, marks=marks, as_of=D(2026, 3, 6)).mark == "missing"


def test_a_mark_taken_back_counts_no_more() -> None:
    back = MarkSaid(applies=True, reason="He was arrested.", officer="DS 12 Okafor", on=DAY)
    assert state("bail", marks={"bail": back}).mark == "empty"


def test_the_cases_cover_every_divider() -> None:
    keys = {one.key for one in library().dividers} - set(LATER)
    assert {case[0] for case in COMPLETE} | {"front_sheet"} == keys
    assert {case[0] for case in MISSING} == keys - {"chronology", "audit"}, "these two build themselves"


@given(st.permutations([*ONE_EACH.values(), entry("household", **HOUSEHOLD)]), st.dates(DAY, D(2027, 3, 1)))
@settings(deadline=None)
def test_the_order_of_writing_does_not_matter(entries: list[EntryFact], as_of: date) -> None:
    plain = sorted(entries, key=lambda one: one.section)
    for divider in ("risk", "contacts", "research", "closure"):
        assert state(divider, *entries, as_of=as_of) == state(divider, *plain, as_of=as_of)
