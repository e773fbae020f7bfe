"""Facts told in another natural way than the other tables tell them: they raise and end the same alarms.

And what is not the fact ends nothing: an answer of somebody else, a direction that reviews nothing, another matter.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from casefile.record.facts import EntryFact
from tests.casefile.alarms.telling import (
    ADA,
    BEN,
    HOME,
    LATER,
    OPENED,
    Case,
    amended,
    child,
    contact,
    entry,
    fact,
    given,
    inspector,
    person,
    referred,
    review,
    risk,
    tell,
)


def out(day: str, known: str = "", **more: Any) -> EntryFact:
    """What police themselves tell social care."""
    return entry("referral", day, known, **given(more, {"direction": "out", "source": "6"}))


def violence(day: str, **more: Any) -> EntryFact:
    """A domestic incident that police attended and told social care of."""
    return out(day, concerns_about=["domestic_abuse"], **more)


def conference(day: str, **more: Any) -> EntryFact:
    """A first conference."""
    return entry("conference", day, **given(more, {"kind": "initial", "outcome": "nfa"}))


def action(**more: Any) -> dict[str, Any]:
    """A row of a plan or of minutes."""
    return {"what": "Test the mother for drugs", "owed_by": "social_care", **more}


def asked(day: str, agency: str) -> EntryFact:
    """Police ask another agency what it knows."""
    return entry("disclosure", day, kind="request_out", agency=agency)


def came(day: str, agency: str | None) -> EntryFact:
    """Information comes from an agency."""
    return entry("disclosure", day, kind="received", agency=agency)


def bail(day: str, **more: Any) -> EntryFact:
    """Bail before charge."""
    return entry("bail", day, **given(more, {"kind": "pre_charge", "suspect": "Cole Hart"}))


def crime(day: str, known: str = "", **more: Any) -> EntryFact:
    """A crime against the child."""
    return entry("investigation", day, known, **given(more, {"offence": "abh", "crime_reference": "C1"}))


def medical(day: str, known: str = "", **more: Any) -> EntryFact:
    """A child protection medical."""
    return entry(
        "medical",
        day,
        known,
        **given(more, {"kind": "child_protection", "doctor": "Dr Vale", "opinion": "nai"}),
    )


def legal(day: str, **more: Any) -> EntryFact:
    """Where the law stands."""
    return entry("legal", day, **more)


def found(day: str, *who: dict[str, Any], known: str = "") -> EntryFact:
    """The household as found."""
    return entry("household", day, known, groups={"occupants": who})


MOTHER = person("Mia Finch", "mother")
EXPECTED = person("Unborn Finch", "unborn", fact("birth", OPENED, expected_on="2026-06-01"), home="")
UNBORN = person("Cleo", "unborn", fact("birth", OPENED, expected_on="2026-02-20"), fact("birth", "2026-02-16", born_on="2026-02-16"), fact("involvement", "2026-02-16", role="subject"), home="")  # fmt: skip
"""Born on Monday 16 February 2026."""
PLAN = entry("plan", "2026-02-02", status="on_plan", groups={"actions": [action()]})
DATED = entry("plan", "2026-02-02", status="on_plan", groups={"actions": [action(due_on="2026-03-10")]})
NOT_DONE = entry("core_group", "2026-03-02", groups={"actions": [action(action_state="not_done")]})
PROTECTED = entry("police_protection", "2026-03-02", at="10:00")
GIVEN_UP = amended(crime("2026-01-12"), "2026-02-02", outcome="nfa_cps", outcome_on="2026-02-02")
TAKEN_UP = amended(GIVEN_UP, "2026-03-02", outcome=None, outcome_on=None)
ON_BAIL = bail("2026-03-02", expires_on="2026-03-30")
DISSENT = conference("2026-03-02", position="dissent")
VISIT_REFUSED = contact("2026-03-02", seen="refused")
PICTURES = [{"kind": "photographs", "evidence_state": "received"}]
SPARE: dict[str, Any] = {"attendance": "apologies", "agency": "police"}

WAYS: dict[str, tuple[Case, ...]] = {
    "repeated_domestic_incidents": (
        Case("police attended and told social care each time", tell(violence("2026-01-12"), violence("2026-02-09"), violence("2026-03-09")), "2026-03-08", "2026-03-09"),
        Case("what police pass on is the same incident", tell(violence("2026-01-12"), referred("2026-02-09", concerns_about=["domestic_abuse"]), violence("2026-02-10")), LATER),
    ),
    "repeat_referral": (
        Case("police told social care first, a school tells police now", tell(out("2026-01-12"), referred("2026-03-02")), "2026-03-01", "2026-03-02"),
        Case("police tell social care of something new", tell(referred("2026-01-12"), out("2026-03-02")), "2026-03-01", "2026-03-02"),
        Case("social care refers back what police told it", tell(out("2026-03-02"), referred("2026-03-09", source="5A")), LATER),
        Case("a direction alone is no inspector’s look", tell(referred("2026-01-12"), referred("2026-03-02"), risk("2026-03-03"), review("2026-03-04", kind="direction", rank="di")), "2026-03-01", "2026-03-04 2026-12-31"),
    ),
    "referral_undecided": (
        Case("learnt of when the day had passed: a working day from then", tell(referred("2026-03-02", "2026-03-13")), "2026-03-02 2026-03-16", "2026-03-17"),
        Case("learnt of four weeks after", tell(referred("2026-03-02", "2026-03-30")), "2026-03-31", "2026-04-01"),
        Case("learnt of when it was old", tell(referred("2026-03-02", "2026-03-31")), "2026-03-31 2026-04-30 2026-12-31"),
    ),
    "strategy_late": (
        Case("told by its minutes alone", tell(referred("2026-03-02", injury=True), entry("minutes", "2026-03-03", kind="strategy")), LATER),
        Case("minutes of another meeting", tell(referred("2026-03-02", injury=True), entry("minutes", "2026-03-03", kind="professionals")), "2026-03-03", "2026-03-04"),
        Case("an injury told of ten days after", tell(referred("2026-03-02", "2026-03-12", injury=True)), "2026-03-13", "2026-03-14"),
        Case("a child who is not safe, and nothing decided", tell(referred("2026-03-02", safe_now="unsafe")), "2026-03-03", "2026-03-04"),
        Case("not safe, and decided otherwise", tell(referred("2026-03-02", safe_now="unsafe", decision="assessment")), LATER),
        Case("a doctor who finds what the child told of", tell(medical("2026-03-02", opinion="consistent", kind="sexual_abuse")), "2026-03-03", "2026-03-04"),
    ),
    "child_not_seen_after_concern": (
        Case("a child not yet born is seen once it is", tell(ADA, UNBORN, entry("strategy", "2026-01-12", outcome="s47", of=[UNBORN])), "2026-02-16 2026-02-18", "2026-02-19"),
        Case("nobody sees a child who has died", tell(referred("2026-03-02", injury=True, concerns_about=["death"])), LATER),
        Case("an injury told of on the telephone", tell(contact("2026-03-02", "telephone", injury=True)), "2026-03-04", "2026-03-05"),
        Case("whoever saw the injury saw the child", tell(contact("2026-03-02", seen="with_others", injury=True)), LATER),
    ),
    "visits_failed": (
        Case("nobody let the police in, twice", tell(VISIT_REFUSED, contact("2026-03-04", seen="refused")), "2026-03-03", "2026-03-04"),
        Case("one door shut, one not opened", tell(VISIT_REFUSED, contact("2026-03-04", "visit_failed")), "2026-03-03", "2026-03-04"),
        Case("a telephone that nobody answers is no visit", tell(VISIT_REFUSED, contact("2026-03-04", "telephone", seen="refused")), LATER),
    ),
    "child_not_seen": (
        Case("a visit that names the mother is about the child of the home", tell(ADA, MOTHER, entry("plan", "2026-01-12", status="on_plan"), contact("2026-02-02", seen="alone", of=[MOTHER])), "2026-03-02", "2026-03-03"),
        Case("told at once: the plan ended in May", tell(entry("plan", "2026-01-12", status="on_plan", ended_on="2026-05-01")), "2026-02-09 2026-05-01 2026-12-31", "2026-02-10 2026-04-30"),
        Case("told at once as a plan that has ended", tell(entry("plan", "2026-01-12", status="ended", ended_on="2026-05-01")), "2026-02-09 2026-05-01", "2026-02-10 2026-04-30"),
        Case("told at once: the enquiry ended in May", tell(entry("section47", "2026-01-12", outcome="nfa", ended_on="2026-05-01")), "2026-02-09 2026-05-01 2026-12-31", "2026-02-10 2026-04-30"),
        Case("a plan said to have ended, and nobody says when", tell(entry("plan", "2026-01-12", status="ended")), LATER),
        Case("somebody who was grown up when the file was opened", tell(child("Ada", born="1990-01-01"), entry("plan", "2026-01-12", status="on_plan")), LATER),
        Case("somebody who has turned eighteen", tell(child("Ada", born="2008-04-01"), entry("plan", "2026-01-12", status="on_plan"), contact("2026-04-20", "telephone")), "2026-04-20 2026-12-31", "2026-02-10 2026-04-19"),
        Case("the child came to its conference", tell(entry("plan", "2026-01-12", status="on_plan"), conference("2026-02-02", kind="review", review_outcome="continue", participation="PN1", of=[ADA])), "2026-03-02", "2026-03-03"),
        Case("one child of two came, and nobody says which", tell(ADA, BEN, entry("plan", "2026-01-12", status="on_plan"), conference("2026-02-02", kind="review", review_outcome="continue", participation="PN1", of=[ADA, BEN])), "2026-02-09", "2026-02-10"),
    ),
    "information_not_received": (
        Case("somebody else’s answer is not this one’s", tell(asked("2026-03-02", "health"), came("2026-03-04", "education")), "2026-03-09", "2026-03-10 2026-12-31"),
        Case("a hospital answers for health", tell(asked("2026-03-02", "health"), came("2026-03-04", "hospital")), LATER),
        Case("one hospital does not answer for a general practice", tell(asked("2026-03-02", "gp"), came("2026-03-04", "hospital")), "2026-03-09", "2026-03-10"),
        Case("an answer that names no agency", tell(asked("2026-03-02", "gp"), came("2026-03-04", None)), LATER),
        Case("two asked, the second answers", tell(asked("2026-03-02", "health"), asked("2026-03-02", "education"), came("2026-03-04", "education")), "2026-03-09", "2026-03-10"),
    ),
    "answer_owed": (
        Case("given to somebody else", tell(entry("disclosure", "2026-03-02", kind="request_in", agency="health", answer_due="2026-03-10"), entry("disclosure", "2026-03-04", kind="disclosure_out", agency="education")), "2026-03-10", "2026-03-11"),
    ),
    "order_running_out": (
        Case("extended by a second order", tell(legal("2026-03-02", court_order="epo", until_on="2026-03-10"), legal("2026-03-09", court_order="epo", until_on="2026-03-17")), "2026-03-09 2026-03-14", "2026-03-08 2026-03-15"),
        Case("the child is looked after by agreement", tell(legal("2026-03-02", court_order="epo", until_on="2026-03-10"), legal("2026-03-09", legal_status="V2")), "2026-03-09 2026-12-31", "2026-03-08"),
    ),
    "police_protection_ending": (
        Case("told at once: it ended a day too late", tell(entry("police_protection", "2026-03-02", ended_how="returned", ended_at=datetime(2026, 3, 6, 9, tzinfo=UTC))), "2026-03-03 2026-03-06", "2026-03-04 2026-03-05"),
        Case("a court placed the child", tell(PROTECTED, legal("2026-03-04", court_order="epo")), LATER),
        Case("a court placed the child on the last day", tell(PROTECTED, legal("2026-03-05", court_order="ico")), "2026-03-05 2026-12-31", "2026-03-04"),
        Case("a court placed another child", tell(ADA, BEN, entry("police_protection", "2026-03-02", of=[ADA]), legal("2026-03-04", court_order="epo", of=[BEN])), "2026-03-03", "2026-03-04"),
    ),
    "legal_advice_late": (
        Case("advice is awaited, and nobody says since when", tell(legal("2026-03-02", advice="awaited")), "2026-03-12", "2026-03-13"),
        Case("advice came, and nobody says on which day", tell(legal("2026-03-02", advice_asked_on="2026-03-02"), legal("2026-03-20", advice="against")), "2026-03-20", "2026-03-19"),
        Case("more is asked of the court, not of the lawyers", tell(legal("2026-03-02", advice_asked_on="2026-03-02"), legal("2026-03-20", advice="awaited")), "2026-03-12", "2026-03-20 2026-12-31"),
    ),
    "bail_running_out": (
        Case("told at once: ended five weeks after it had run out", tell(bail("2026-03-02", expires_on="2026-03-30", ended_how="nfa", ended_on="2026-05-05")), "2026-03-22 2026-05-05", "2026-03-23 2026-05-04"),
        Case("told at once: charged on the last day", tell(bail("2026-03-02", expires_on="2026-03-30", ended_how="charged", ended_on="2026-03-30")), LATER),
        Case("bailed again as it ran out", tell(ON_BAIL, bail("2026-03-28", expires_on="2026-05-30")), "2026-03-28 2026-05-22", "2026-03-27 2026-05-23"),
        Case("bailed for something else weeks before", tell(ON_BAIL, bail("2026-03-10", expires_on="2026-05-30")), "2026-03-22", "2026-03-23 2026-04-30"),
        Case("somebody else was bailed", tell(ON_BAIL, bail("2026-03-28", suspect="Jo Hart", expires_on="2026-05-30")), "2026-03-22", "2026-03-28 2026-04-30"),
        Case("charged, as the investigation tells", tell(ON_BAIL, crime("2026-03-02", "2026-03-25", groups={"suspects": [{"name": "cole  hart", "suspect_status": "charged", "status_on": "2026-03-25"}]})), "2026-03-25 2026-12-31", "2026-03-24"),
        Case("somebody else was charged", tell(ON_BAIL, crime("2026-03-02", groups={"suspects": [{"name": "Jo Hart", "suspect_status": "charged", "status_on": "2026-03-25"}]})), "2026-03-22", "2026-03-25 2026-12-31"),
    ),
    "second_no_prosecution": (
        Case("one investigation, taken up again and given up again", tell(amended(TAKEN_UP, "2026-04-01", outcome="nfa_cps", outcome_on="2026-04-01")), "2026-03-31", "2026-04-01 2026-12-31"),
        Case("the day of the decision is put right", tell(amended(GIVEN_UP, "2026-02-10", outcome_on="2026-02-03")), LATER),
        Case("advice, then the outcome that follows it", tell(amended(amended(crime("2026-01-12"), "2026-02-02", cps_advice="nfa_evidence"), "2026-02-10", outcome="nfa_cps", outcome_on="2026-02-10")), LATER),
        Case("a direction is no look at both", tell(amended(TAKEN_UP, "2026-04-01", outcome="nfa_cps", outcome_on="2026-04-01"), review("2026-04-07", kind="direction", rank="di")), "2026-03-31", "2026-04-07"),
    ),
    "suspect_not_interviewed": (
        Case("told at once: interviewed seven weeks after", tell(crime("2026-03-02", groups={"suspects": [{"name": "Cole Hart", "suspect_status": "bailed", "interviewed_on": "2026-05-01"}]})), "2026-03-16 2026-05-01", "2026-03-17 2026-04-30"),
        Case("told at once: given up before anybody was interviewed", tell(crime("2026-03-02", outcome="nfa_police", outcome_on="2026-06-01", groups={"suspects": [{"name": "Cole Hart", "suspect_status": "identified"}]})), "2026-03-16 2026-06-01", "2026-03-17 2026-05-31"),
        Case("another suspect written before this one", tell(amended(crime("2026-03-02", groups={"suspects": [{"name": "Cole Hart", "suspect_status": "identified"}]}), "2026-03-20", groups={"suspects": [{"name": "Jo Hart", "suspect_status": "eliminated"}, {"name": "Cole Hart", "suspect_status": "identified"}]})), "2026-03-16", "2026-03-17 2026-03-20"),
    ),
    "conference_not_attended": (
        Case("police were not there to say what they think", tell(conference("2026-03-02", position="absent")), "2026-03-01", "2026-03-02"),
        Case("why police stayed away is all that is told", tell(conference("2026-03-02", non_attendance="no_officer")), "2026-03-01", "2026-03-02"),
        Case("police sent apologies", tell(conference("2026-03-02", groups={"attendees": [SPARE, {"agency": "social_care", "attendance": "attended"}]})), "2026-03-01", "2026-03-02"),
        Case("one officer sent apologies, another came", tell(conference("2026-03-02", groups={"attendees": [SPARE, {"agency": "police", "attendance": "by_video"}]})), LATER),
        Case("apologies to a review that has the report", tell(conference("2026-03-02", kind="review", report_sent_on="2026-02-20", groups={"attendees": [SPARE]})), LATER),
        Case("nobody says who came", tell(conference("2026-03-02")), LATER),
    ),
    "dissent_unchallenged": (
        Case("dissent in words, and no view chosen", tell(conference("2026-03-02", dissent="Police asked for removal.")), "2026-03-03", "2026-03-04"),
        Case("another agency dissented and police agreed", tell(conference("2026-03-02", dissent="Health.", position="agreed")), LATER),
        Case("a challenge of a visit is another matter", tell(DISSENT, entry("challenge", "2026-02-23", about="contact")), "2026-03-03", "2026-03-04 2026-12-31"),
        Case("a challenge of the plan is not", tell(DISSENT, entry("challenge", "2026-03-03", about="plan")), LATER),
    ),
    "plan_action_undelivered": (
        Case("no day was set, and a core group says that it is not done", tell(PLAN, NOT_DONE), "2026-03-01", "2026-03-02 2026-12-31"),
        Case("no day was set and nobody says anything", tell(PLAN), LATER),
        Case("said to be done later", tell(PLAN, NOT_DONE, entry("core_group", "2026-03-30", groups={"actions": [action(action_state="done")]})), "2026-03-30 2026-12-31", "2026-03-29"),
        Case("the plan set the day, a core group says that it is done", tell(DATED, entry("core_group", "2026-03-16", groups={"actions": [action(action_state="done")]})), "2026-03-10 2026-03-16", "2026-03-15"),
        Case("another action is done", tell(DATED, entry("core_group", "2026-03-16", groups={"actions": [action(what="Visit weekly", action_state="done")]})), "2026-03-10", "2026-03-16 2026-12-31"),
    ),
    "minutes_missing": (
        Case("minutes of an earlier meeting are not these", tell(conference("2026-03-02"), entry("minutes", "2025-12-02", "2026-03-13", kind="initial_conference", received_on="2026-03-13")), "2026-03-23", "2026-03-24"),
        Case("minutes that state a day or two too late are these", tell(conference("2026-03-02"), entry("minutes", "2026-03-04", "2026-03-13", kind="initial_conference", received_on="2026-03-13")), LATER),
    ),
    "photographs_unviewed": (
        Case("told at once: looked at a month after", tell(entry("photographs", "2026-03-02", taken=True, viewed_on="2026-04-02")), "2026-03-05 2026-04-02", "2026-03-06 2026-04-01"),
        Case("pictures came as evidence", tell(crime("2026-03-02", groups={"evidence": PICTURES})), "2026-03-05", "2026-03-06"),
        Case("pictures that came are filed, and looked at", tell(crime("2026-03-02", groups={"evidence": PICTURES}), entry("photographs", "2026-03-02", taken=True, viewed_by="DS Okafor")), LATER),
        Case("pictures are still asked for", tell(crime("2026-03-02", groups={"evidence": [{"kind": "photographs", "evidence_state": "asked"}]})), LATER),
    ),
    "medical_attendance_undecided": (
        Case("who decided stands in the log of decisions", tell(medical("2026-03-03", police_attend=True), entry("decision", "2026-03-02", kind="medical")), LATER),
        Case("the log of decisions tells of something else", tell(medical("2026-03-03", police_attend=True), entry("decision", "2026-03-02", kind="bail")), "2026-03-04", "2026-03-05"),
    ),
    "opinions_differ": (
        Case("one doctor, written two ways", tell(medical("2026-03-02"), medical("2026-03-05", doctor="Dr. Anna Vale", opinion="accident")), LATER),
        Case("two doctors of one family name", tell(medical("2026-03-02", doctor="Dr Ben Vale"), medical("2026-03-05", doctor="Dr Anna Vale", opinion="accident")), "2026-03-04", "2026-03-05"),
    ),
    "unverified_adult": (
        Case("a search that nobody has answered", tell(ADA, MOTHER, entry("research", "2026-01-06", of=[MOTHER], groups={"searches": [{"system": "pnc", "result": "asked"}]})), "2026-01-07", "2026-01-08 2026-12-31"),
        Case("a search that one system answered", tell(ADA, MOTHER, entry("research", "2026-01-06", of=[MOTHER], groups={"searches": [{"system": "pnc", "result": "asked"}, {"system": "pnd", "result": "no_trace"}]})), LATER),
        Case("told at once: he lived there for seven weeks", tell(ADA, person("Cole Hart", "other", fact("residence", "2026-03-02", address=HOME, kind="home", from_on="2026-03-02", until_on="2026-04-20"), known="2026-03-02", home="")), "2026-03-04 2026-04-20", "2026-03-05 2026-04-19"),
        Case("a man found in the home whom the file does not hold", tell(found("2026-03-02", {"name": "Ada"}, {"name": "Cole Hart", "relation": "boyfriend"})), "2026-03-04", "2026-03-05"),
        Case("those found are of the file, by name or by place", tell(person("Mia Finch", "mother", fact("name", "2026-01-05", given="Mia"), home=""), child("Ada", fact("name", "2026-01-05", given="Ada")), found("2026-03-02", {"name": "Ada"}, {"name": "Mother"}, {"name": "mia finch"})), LATER),
        Case("a person of the file, found to live there", tell(ADA, person("Cole Hart", "suspect", home="", known="2026-01-05"), found("2026-03-02", {"name": "Cole Hart", "person_id": person("Cole Hart", "suspect").id})), "2026-03-04", "2026-03-05"),
    ),
    "never_supervised": (
        Case("a direction alone reviews nothing", tell(review("2026-01-06", kind="direction")), "2026-01-08", "2026-01-09"),
    ),
    "child_died": (
        Case("a referral of a death that names nobody, in a file of one child", tell(referred("2026-03-02", concerns_about=["death"])), "2026-03-01", "2026-03-02"),
        Case("one of two, and nobody says which", tell(ADA, BEN, referred("2026-03-02", concerns_about=["death"])), LATER),
        Case("a post-mortem", tell(medical("2026-03-02", kind="post_mortem")), "2026-03-01", "2026-03-02"),
        Case("social care closed because the child died", tell(entry("social_care_closure", "2026-03-02", closed_for="RC2")), "2026-03-01", "2026-03-02"),
        Case("the plan ended because the child died", tell(entry("plan", "2026-02-02", "2026-03-04", status="ended", ended_on="2026-03-02", end_reason="died")), "2026-03-03", "2026-03-04"),
        Case("closed for it, and an inspector has looked", tell(entry("closure", "2026-03-02", closed_for="died"), inspector("2026-03-09")), "2026-03-09", "2026-03-08"),
    ),
    "risk_not_reassessed": (
        Case("a new partner who lives elsewhere", tell(ADA, risk("2026-02-02"), person("Cole Hart", "partner", home="9 Mill Lane", known="2026-03-02")), "2026-03-09", "2026-03-10"),
        Case("a partner whom the file knew when it was opened", tell(ADA, risk("2026-02-02"), person("Cole Hart", "partner", home="9 Mill Lane")), LATER),
        Case("a doctor’s opinion after the assessment", tell(risk("2026-03-02"), medical("2026-03-09")), "2026-03-16", "2026-03-17"),
        Case("an opinion that was awaited", tell(amended(medical("2026-03-02", opinion="awaited"), "2026-03-09", opinion="nai"), risk("2026-03-04")), "2026-03-16", "2026-03-17"),
        Case("an opinion that it was an accident", tell(risk("2026-03-02"), medical("2026-03-09", opinion="accident")), LATER),
        Case("the mother is pregnant", tell(ADA, risk("2026-01-12"), person("Unborn Finch", "unborn", fact("birth", "2026-03-02", expected_on="2026-09-01"), known="2026-03-02", home="")), "2026-03-09", "2026-03-10"),
        Case("she was pregnant when the file was opened", tell(ADA, risk("2026-01-12"), person("Unborn Finch", "unborn", fact("birth", "2026-01-05", expected_on="2026-06-01"), home="")), LATER),
    ),
    "low_level_reports": (
        Case("told at once: the third was decided a week after", tell(referred("2026-01-12", source="2A", decision="nfa"), referred("2026-02-12", source="3B", decision="nfa"), referred("2026-03-12", source="2A", decision="nfa", decided_on="2026-03-20")), "2026-03-19", "2026-03-20"),
    ),
    "research_not_repeated": (
        Case("who lives with the mother is searched before the child is born", tell(EXPECTED, person("Mia Finch", "mother", known="2026-01-05"), conference("2026-03-02", kind="pre_birth")), "2026-03-01", "2026-03-02"),
        Case("a child born after the conference", tell(UNBORN, conference("2026-01-28", kind="pre_birth")), "2026-01-28 2026-02-28 2026-12-31"),
    ),
    "conference_late": (
        Case("told by its minutes alone", tell(entry("strategy", "2026-03-02", outcome="s47"), entry("minutes", "2026-03-20", "2026-03-25", kind="initial_conference")), "2026-03-25 2026-12-31", "2026-03-24"),
        Case("the plan is said to have ended, and nobody says when", tell(amended(entry("plan", "2026-01-12", status="on_plan"), "2026-03-02", status="ended")), "2026-04-13 2026-12-31"),
    ),
    "bail_breached": (
        Case("bail that ended by a breach", tell(bail("2026-03-02", ended_how="breached", ended_on="2026-03-10")), "2026-03-09", "2026-03-10 2026-12-31"),
    ),
    "retraction": (
        Case("told by an assessment of the risk alone", tell(risk("2026-03-02", groups={"factors": [{"factor": "parent_retracts", "factor_state": "present"}]})), "2026-03-01", "2026-03-02 2026-12-31"),
        Case("told by an assessment, and a supervisor has looked at it", tell(risk("2026-03-02", groups={"factors": [{"factor": "retracts", "factor_state": "present"}]}), review("2026-03-04")), "2026-03-04 2026-12-31", "2026-03-03"),
        Case("an assessment says that nobody did", tell(risk("2026-03-02", groups={"factors": [{"factor": "retracts", "factor_state": "not_present"}]})), LATER),
    ),
    "core_group_late": (
        Case("told by its minutes alone", tell(conference("2026-03-02", outcome="plan"), entry("minutes", "2026-03-13", kind="core_group")), "2026-03-17 2026-12-31"),
    ),
}  # fmt: skip
"""By alarm."""
