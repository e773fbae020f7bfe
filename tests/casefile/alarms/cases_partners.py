"""Cases of the alarms on referrals and on work with other agencies."""

from __future__ import annotations

from typing import Any

from casefile.record.facts import EntryFact
from tests.casefile.alarms.telling import (
    ADA,
    BEN,
    LATER,
    Case,
    amended,
    closed,
    entry,
    given,
    inspector,
    referred,
    review,
    risk,
    tell,
)

FIRST = referred("2026-03-02")
ABSENT: dict[str, Any] = {"kind": "initial", "outcome": "nfa", "police_attendance": "neither"}


def small(
    day: str, source: str = "1A", referrer: str = "", known: str = "", decision: str = "nfa", **more: Any
) -> EntryFact:
    """A concern that led to nothing."""
    return referred(day, known, source=source, referrer=referrer, decision=decision, **more)


def domestic(day: str, known: str = "", **more: Any) -> EntryFact:
    """A domestic incident that police are told of."""
    return referred(day, known, concerns_about=["domestic_abuse"], **more)


def incident(day: str, known: str = "", **more: Any) -> EntryFact:
    """A domestic incident that police themselves report."""
    return referred(day, known, **given(more, {"source": "6", "concerns_about": ["domestic_abuse"]}))


def conference(day: str, known: str = "", **more: Any) -> EntryFact:
    """A first conference."""
    return entry(
        "conference",
        day,
        known,
        **given(more, {"kind": "initial", "outcome": "nfa", "police_attendance": "attended"}),
    )


def challenge(day: str, **more: Any) -> EntryFact:
    """Police challenge another agency."""
    return entry("challenge", day, **more)


TWO_SMALL = small("2026-03-02"), small("2026-03-16", "2A")
THREE_SMALL = *TWO_SMALL, small("2026-03-30")
TWO_INCIDENTS = domestic("2026-01-12"), domestic("2026-02-09")
INCIDENTS = *TWO_INCIDENTS, domestic("2026-03-09")
LEFT: dict[str, Any] = {
    "decision": "information",
    "acts_instead": "social_care",
    "decision_reasons": "They have a worker.",
}
DISSENT = conference("2026-03-02", position="dissent")
CASE_CLOSED = entry("social_care_closure", "2026-03-16")
HIGH = risk("2026-03-02", level="high")
CRIME = entry("investigation", "2026-03-02", offence="cruelty")

REFERRALS: dict[str, tuple[Case, ...]] = {
    "repeat_referral": (
        Case("six months to the day", tell(FIRST, referred("2026-09-02")), "2026-09-01", "2026-09-02 2026-12-31"),
        Case("six months and a day", tell(FIRST, referred("2026-09-03")), "2026-09-03 2026-12-31"),
        Case("six months from the last day of August end with February", tell(referred("2026-08-31"), referred("2027-02-28")), "2027-02-27", "2027-02-28"),
        Case("assessed, and an inspector has looked at it", tell(FIRST, referred("2026-06-01"), risk("2026-06-02"), inspector("2026-06-05")), "2026-06-05", "2026-06-04"),
        Case("a sergeant’s look is not enough", tell(FIRST, referred("2026-06-01"), risk("2026-06-02"), review("2026-06-05")), "2026-05-31", "2026-06-05 2026-12-31"),
        Case("a detective inspector’s note of any kind is", tell(FIRST, referred("2026-06-01"), risk("2026-06-02"), review("2026-06-05", kind="ad_hoc", rank="di")), "2026-06-05", "2026-06-04"),
        Case("not assessed", tell(FIRST, referred("2026-06-01"), inspector("2026-06-05")), "2026-05-31", "2026-06-05 2026-12-31"),
        Case("before police knew of the second", tell(FIRST, referred("2026-06-01", "2026-06-10")), "2026-06-09", "2026-06-10"),
        Case("what was signed before police knew looks at nothing", tell(FIRST, referred("2026-06-01", "2026-06-10"), risk("2026-06-03"), inspector("2026-06-04")), "2026-06-09", "2026-06-10 2026-12-31"),
        Case("two tell of the same day", tell(FIRST, referred("2026-03-02", source="3A")), LATER),
        Case("police referred", tell(FIRST, entry("referral", "2026-03-03", direction="out")), LATER),
        Case("told of a year on", tell(referred("2025-03-03", "2026-03-02"), referred("2025-05-01", "2026-03-02")), LATER),
        Case("file closed", tell(FIRST, referred("2026-06-01"), closed("2026-06-01")), "2026-06-01 2026-12-31"),
        Case("opened again by the second", tell(FIRST, closed("2026-04-01"), referred("2026-06-01")), "2026-05-31", "2026-06-01"),
    ),
    "repeat_referral_year": (
        Case("six months and a day", tell(FIRST, referred("2026-09-03")), "2026-09-02", "2026-09-03 2026-12-31"),
        Case("six months to the day is the graver alarm", tell(FIRST, referred("2026-09-02")), "2026-09-02 2026-12-31"),
        Case("a year to the day", tell(FIRST, referred("2027-03-02")), "2027-03-01", "2027-03-02"),
        Case("a year and a day", tell(FIRST, referred("2027-03-03")), "2027-03-03 2027-12-31"),
        Case("assessed and looked at", tell(FIRST, referred("2026-10-01"), risk("2026-10-02"), review("2026-10-05")), "2026-10-05", "2026-10-04"),
        Case("looked at, not assessed", tell(FIRST, referred("2026-10-01"), review("2026-10-05")), "2026-09-30", "2026-10-05 2026-12-31"),
        Case("before police knew of the second", tell(FIRST, referred("2026-10-01", "2026-10-10")), "2026-10-09", "2026-10-10"),
        Case("told of a year on", tell(referred("2025-03-03"), referred("2025-10-01", "2026-03-02")), LATER),
        Case("file closed", tell(FIRST, referred("2026-10-01"), closed("2026-10-01")), "2026-10-01 2026-12-31"),
    ),
    "low_level_reports": (
        Case("the third", tell(*THREE_SMALL), "2026-03-29", "2026-03-30 2026-12-31"),
        Case("the third on the last day of the year", tell(*TWO_SMALL, small("2027-03-02")), "2027-03-01", "2027-03-02"),
        Case("the third a day too late", tell(*TWO_SMALL, small("2027-03-03")), "2027-03-03 2027-12-31"),
        Case("looked at together", tell(*THREE_SMALL, review("2026-04-07")), "2026-04-07 2026-12-31", "2026-04-06"),
        Case("before police knew of the third", tell(*TWO_SMALL, small("2026-03-30", known="2026-04-10")), "2026-04-09", "2026-04-10"),
        Case("a review before police knew is no look at it", tell(*TWO_SMALL, small("2026-03-30", known="2026-04-10"), review("2026-04-01")), "2026-04-09", "2026-04-10"),
        Case("one source", tell(small("2026-03-02"), small("2026-03-16"), small("2026-03-30")), LATER),
        Case("one kind of source, different people", tell(small("2026-03-02", referrer="A. Finch"), small("2026-03-16", referrer="B. Wren"), small("2026-03-30", referrer="A. Finch")), "2026-03-29", "2026-03-30"),
        Case("one of them led to an enquiry", tell(*TWO_SMALL, small("2026-03-30", decision="strategy")), LATER),
        Case("one told of an injury and led to nothing all the same", tell(*TWO_SMALL, small("2026-03-30", injury=True)), "2026-03-29", "2026-03-30"),
        Case("the decision on the third comes later", tell(*TWO_SMALL, amended(referred("2026-03-30", source="1A"), "2026-04-02", decision="nfa")), "2026-04-01", "2026-04-02"),
        Case("file closed", tell(*THREE_SMALL, closed("2026-03-30")), LATER),
    ),
    "repeated_domestic_incidents": (
        Case("the third", tell(*INCIDENTS), "2026-03-08", "2026-03-09 2026-12-31"),
        Case("the third on the last day of the year", tell(*TWO_INCIDENTS, domestic("2027-01-12")), "2027-01-11", "2027-01-12"),
        Case("the third a day too late", tell(*TWO_INCIDENTS, domestic("2027-01-13")), "2027-01-13 2027-12-31"),
        Case("assessed and looked at", tell(*INCIDENTS, risk("2026-03-10"), review("2026-03-16")), "2026-03-16 2026-12-31", "2026-03-15"),
        Case("looked at, not assessed", tell(*INCIDENTS, review("2026-03-16")), "2026-03-08", "2026-03-16 2026-12-31"),
        Case("before police knew of the third", tell(*TWO_INCIDENTS, domestic("2026-03-09", "2026-03-20")), "2026-03-19", "2026-03-20"),
        Case("a crime is an incident", tell(*TWO_INCIDENTS, entry("investigation", "2026-03-09", offence="domestic_abuse")), "2026-03-08", "2026-03-09"),
        Case("the crime that a referral told of is not another", tell(*TWO_INCIDENTS, entry("investigation", "2026-02-10", offence="domestic_abuse")), LATER),
        Case("they reach different children", tell(ADA, BEN, domestic("2026-01-12", of=[ADA]), domestic("2026-02-09", of=[BEN]), domestic("2026-03-09", of=[ADA])), LATER),
        Case("another concern", tell(*TWO_INCIDENTS, referred("2026-03-09", concerns_about=["neglect"])), LATER),
        Case("told of a year on", tell(domestic("2025-01-13", "2026-03-02"), domestic("2025-02-10", "2026-03-02"), domestic("2025-03-10", "2026-03-02")), LATER),
        Case("file closed", tell(*INCIDENTS, closed("2026-03-09")), LATER),
    ),
    "incident_not_referred": (
        Case("one working day is in time", tell(incident("2026-03-02")), "2026-03-03", "2026-03-04 2026-12-31"),
        Case("a weekend does not count", tell(incident("2026-03-06")), "2026-03-09", "2026-03-10"),
        Case("nor does Easter", tell(incident("2026-04-02")), "2026-04-07", "2026-04-08"),
        Case("the limit runs from when police knew", tell(incident("2026-03-02", "2026-03-10")), "2026-03-11", "2026-03-12"),
        Case("referred to social care", tell(incident("2026-03-02"), entry("referral", "2026-03-09", direction="out")), "2026-03-09 2026-12-31", "2026-03-08"),
        Case("referred on the day", tell(incident("2026-03-02"), entry("referral", "2026-03-02", direction="out")), LATER),
        Case("told to social care as information", tell(incident("2026-03-02"), entry("disclosure", "2026-03-09", kind="disclosure_out", agency="social_care")), "2026-03-09", "2026-03-08"),
        Case("talked about with social care", tell(incident("2026-03-02"), entry("strategy", "2026-03-03", outcome="assessment")), LATER),
        Case("social care itself told of it", tell(referred("2026-03-01", source="5A"), incident("2026-03-02")), LATER),
        Case("alcohol, and decided as information only", tell(incident("2026-03-02", concerns_about=["alcohol"], decision="information")), "2026-03-03", "2026-03-04"),
        Case("decided that social care assesses", tell(incident("2026-03-02", decision="assessment")), LATER),
        Case("a crime of it", tell(entry("investigation", "2026-03-02", offence="domestic_abuse")), "2026-03-03", "2026-03-04"),
        Case("a school told police", tell(incident("2026-03-02", source="2A")), LATER),
        Case("another concern", tell(incident("2026-03-02", concerns_about=["neglect"])), LATER),
        Case("told of a year on", tell(incident("2025-03-03", "2026-03-02")), LATER),
        Case("file closed", tell(incident("2026-03-02"), closed("2026-03-03")), LATER),
    ),
    "closed_on_another_agency": (
        Case("on the day", tell(referred("2026-03-02", **LEFT)), "2026-03-01", "2026-03-02 2026-12-31"),
        Case("from the day of the decision", tell(referred("2026-03-02", "2026-03-04", decided_on="2026-03-04", **LEFT)), "2026-03-03", "2026-03-04"),
        Case("confirmed", tell(amended(referred("2026-03-02", **LEFT), "2026-03-05", acts_confirmed=True)), "2026-03-05", "2026-03-04"),
        Case("confirmed, no reason given", tell(referred("2026-03-02", acts_instead="health", acts_confirmed=True)), "2026-03-01", "2026-03-02"),
        Case("it says that it does not act", tell(referred("2026-03-02", acts_confirmed=False, **LEFT)), "2026-03-01", "2026-03-02"),
        Case("before police knew", tell(referred("2026-03-02", "2026-03-10", **LEFT)), "2026-03-09", "2026-03-10"),
        Case("police act themselves", tell(referred("2026-03-02", decision="criminal_only")), LATER),
        Case("told of a year on", tell(referred("2025-03-03", "2026-03-02", **LEFT)), LATER),
        Case("file closed", tell(referred("2026-03-02", **LEFT), closed("2026-03-02")), LATER),
    ),
}  # fmt: skip
"""By alarm."""

PARTNERS: dict[str, tuple[Case, ...]] = {
    "conference_not_attended": (
        Case("on the day", tell(entry("conference", "2026-03-02", **ABSENT)), "2026-03-01", "2026-03-02 2026-12-31"),
        Case("attended", tell(conference("2026-03-02")), LATER),
        Case("a report to a first conference is not enough", tell(conference("2026-03-02", police_attendance="report_only")), "2026-03-01", "2026-03-02"),
        Case("a report to a review is", tell(conference("2026-03-02", kind="review", police_attendance="report_only")), LATER),
        Case("neither at a review nor heard there", tell(conference("2026-03-02", kind="review", police_attendance="neither")), "2026-03-01", "2026-03-02"),
        Case("not invited", tell(entry("conference", "2026-03-02", **ABSENT, non_attendance="not_invited")), LATER),
        Case("nobody was free", tell(entry("conference", "2026-03-02", **ABSENT, non_attendance="no_officer")), "2026-03-01", "2026-03-02"),
        Case("looked at", tell(entry("conference", "2026-03-02", **ABSENT), review("2026-03-09")), "2026-03-09", "2026-03-08"),
        Case("before police knew, and a review before that", tell(entry("conference", "2026-03-02", "2026-03-10", **ABSENT), review("2026-03-05")), "2026-03-09", "2026-03-10"),
        Case("told of a year on", tell(entry("conference", "2025-03-03", "2026-03-02", **ABSENT)), LATER),
        Case("file closed", tell(entry("conference", "2026-03-02", **ABSENT), closed("2026-03-02")), LATER),
    ),
    "police_report_late": (
        Case("sent on the last day, two working days before", tell(conference("2026-03-20", report_sent_on="2026-03-18")), LATER),
        Case("sent a day later", tell(conference("2026-03-20", report_sent_on="2026-03-19")), "2026-03-19", "2026-03-20 2026-12-31"),
        Case("Easter does not count", tell(conference("2026-04-08", report_sent_on="2026-04-03")), "2026-04-07", "2026-04-08"),
        Case("before Easter is in time", tell(conference("2026-04-08", report_sent_on="2026-04-02")), LATER),
        Case("to a review, five working days before", tell(conference("2026-03-20", kind="review", report_sent_on="2026-03-13")), LATER),
        Case("to a review, four", tell(conference("2026-03-20", kind="review", report_sent_on="2026-03-16")), "2026-03-19", "2026-03-20"),
        Case("none was sent", tell(conference("2026-03-20")), "2026-03-19", "2026-03-20"),
        Case("a supervisor has looked at it", tell(conference("2026-03-20"), review("2026-03-27")), "2026-03-27 2026-12-31", "2026-03-26"),
        Case("it turns out that it went in time", tell(amended(conference("2026-03-20"), "2026-03-27", report_sent_on="2026-03-17")), "2026-03-27", "2026-03-26"),
        Case("before police knew of the conference", tell(conference("2026-03-20", "2026-03-30")), "2026-03-29", "2026-03-30"),
        Case("fixed, its day has come, and nothing is known of it", tell(entry("strategy", "2026-03-02", outcome="s47", conference_on="2026-03-20")), "2026-03-19", "2026-03-20 2026-12-31"),
        Case("fixed, sent in time and recorded on the day", tell(entry("strategy", "2026-03-02", outcome="s47", conference_on="2026-03-20"), conference("2026-03-20", report_sent_on="2026-03-17")), "2026-03-19 2026-03-20 2026-12-31"),
        Case("police were not invited", tell(entry("conference", "2026-03-20", **ABSENT, non_attendance="not_invited")), LATER),
        Case("told of a year on", tell(conference("2025-03-20", "2026-03-02")), LATER),
        Case("file closed", tell(conference("2026-03-20"), closed("2026-03-20")), LATER),
    ),
    "dissent_unchallenged": (
        Case("one working day is in time", tell(DISSENT), "2026-03-03", "2026-03-04 2026-12-31"),
        Case("a weekend does not count", tell(conference("2026-03-06", position="dissent")), "2026-03-09", "2026-03-10"),
        Case("nor does Easter", tell(conference("2026-04-02", position="dissent")), "2026-04-07", "2026-04-08"),
        Case("agreed after dissent", tell(conference("2026-03-02", position="agreed_after_dissent")), "2026-03-03", "2026-03-04"),
        Case("a challenge opened", tell(DISSENT, challenge("2026-03-09")), "2026-03-09 2026-12-31", "2026-03-08"),
        Case("a challenge open already", tell(challenge("2026-02-16"), DISSENT), LATER),
        Case("a challenge that was over by then", tell(challenge("2026-02-16", outcome="agreed", outcome_on="2026-02-27"), DISSENT), "2026-03-03", "2026-03-04"),
        Case("the limit runs from when police knew", tell(conference("2026-03-02", "2026-03-10", position="dissent")), "2026-03-11", "2026-03-12"),
        Case("a supervisor asks for a challenge", tell(review("2026-03-02", challenge_needed=True)), "2026-03-03", "2026-03-04"),
        Case("police agreed", tell(conference("2026-03-02", position="agreed")), LATER),
        Case("told of a year on", tell(conference("2025-03-03", "2026-03-02", position="dissent")), LATER),
        Case("file closed", tell(DISSENT, closed("2026-03-03")), LATER),
    ),
    "partner_closing": (
        Case("at high risk, on the day", tell(HIGH, CASE_CLOSED), "2026-03-15", "2026-03-16 2026-12-31"),
        Case("at standard risk", tell(risk("2026-03-02", level="standard"), CASE_CLOSED), LATER),
        Case("the risk had been lowered by then", tell(HIGH, risk("2026-03-09", level="standard"), CASE_CLOSED), LATER),
        Case("the investigation is open", tell(CRIME, CASE_CLOSED), "2026-03-15", "2026-03-16"),
        Case("bail is live", tell(entry("bail", "2026-03-02", kind="pre_charge"), CASE_CLOSED), "2026-03-15", "2026-03-16"),
        Case("bail never given", tell(entry("bail", "2026-03-02", kind="nfa"), CASE_CLOSED), LATER),
        Case("under a plan", tell(entry("plan", "2026-03-02", status="on_plan"), CASE_CLOSED), "2026-03-15", "2026-03-16"),
        Case("continuing risk, and no conference", tell(entry("section47", "2026-03-02", substantiated="substantiated_risk", outcome="monitor"), CASE_CLOSED), "2026-03-15", "2026-03-16"),
        Case("continuing risk, and a conference", tell(entry("section47", "2026-03-02", substantiated="substantiated_risk", outcome="conference"), conference("2026-03-09"), CASE_CLOSED), LATER),
        Case("an enquiry nobody ended", tell(entry("strategy", "2026-03-02", outcome="s47"), CASE_CLOSED), "2026-03-15", "2026-03-16"),
        Case("an enquiry that was ended", tell(entry("strategy", "2026-03-02", outcome="s47"), entry("section47", "2026-03-02", outcome="nfa", ended_on="2026-03-12"), CASE_CLOSED), LATER),
        Case("an injury told of and left at that", tell(referred("2026-03-02", injury=True, decision="nfa"), CASE_CLOSED), "2026-03-15", "2026-03-16"),
        Case("an injury told of, the risk judged since", tell(referred("2026-03-02", injury=True), risk("2026-03-05", level="standard"), CASE_CLOSED), LATER),
        Case("an injury told of a year before, to the day", tell(referred("2025-03-16", injury=True), CASE_CLOSED, opened="2025-03-16"), "2026-03-15", "2026-03-16"),
        Case("and a year and a day", tell(referred("2025-03-15", injury=True), CASE_CLOSED, opened="2025-03-15"), LATER),
        Case("a doctor says harm was done", tell(entry("medical", "2026-03-02", kind="child_protection", opinion="nai"), CASE_CLOSED), "2026-03-15", "2026-03-16"),
        Case("a child out of sight", tell(entry("contact", "2026-03-02", kind="telephone", child_seen="not_seen", out_of_sight=["withdrawn_school"]), CASE_CLOSED), "2026-03-15", "2026-03-16"),
        Case("the police view is recorded", tell(HIGH, amended(CASE_CLOSED, "2026-03-20", police_view="Too soon.")), "2026-03-20", "2026-03-19"),
        Case("a challenge opened", tell(HIGH, CASE_CLOSED, challenge("2026-03-23")), "2026-03-23", "2026-03-22"),
        Case("before police knew", tell(HIGH, entry("social_care_closure", "2026-03-16", "2026-03-30")), "2026-03-29", "2026-03-30"),
        Case("told of a year on", tell(CRIME, entry("social_care_closure", "2025-03-16", "2026-03-30")), LATER),
        Case("file closed", tell(HIGH, CASE_CLOSED, closed("2026-03-16")), LATER),
    ),
}  # fmt: skip
"""By alarm."""
