"""An invented file and one entry of each section that misses nothing: what cases of completeness start from."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from casefile.record.facts import EntryFact
from casefile.record.owed import derive
from casefile.record.persons import FactView, PersonView
from casefile.sections import SECTIONS
from casefile.sections.base import describe
from casefile.sections.completeness import DividerState, FileFacts, MarkSaid, divider_states
from casefile.sections.keep import words_of
from casefile.standards import library
from casefile.work.ids import derived_id

FILE, CHILD, MOTHER = derived_id("file"), derived_id("child"), derived_id("mother")
D, DAY = date, date(2026, 3, 2)
"""A Monday; the file is looked at on it unless the case says otherwise."""


def entry(section: str, on: date = DAY, *, known: date | None = None, **values: Any) -> EntryFact:
    """A signed entry; values of its groups are lists of rows."""
    groups = {one.key for one in describe(SECTIONS[section]).groups}
    thread = derived_id(section, on, str(sorted(values)))
    fact = EntryFact(
        id=thread, file_id=FILE, thread_id=thread, section=section, version=1, versions=1, happened_on=on,
        happened_at=None, known_on=known or on, recorded_at=datetime(2026, 3, 2, tzinfo=UTC), author_id=FILE,
        author="", reason=None, marking="", origin=None, summary="",
        values={key: value for key, value in values.items() if key not in (*groups, "concerns")},
        groups={key: tuple(value) for key, value in values.items() if key in groups},
        concerns=values.get("concerns", ()),
    )  # fmt: skip
    return replace(fact, summary=SECTIONS[section].line(fact, words_of(library())))


def fact(key: str, **values: Any) -> FactView:
    return FactView(
        derived_id(key, str(values)), key, FILE, {"known_on": D(2026, 1, 5), **values},
        datetime(2026, 1, 5, tzinfo=UTC), "", FILE, None, False, {}, True, False,
    )  # fmt: skip


def person(
    who: UUID, name: str, role: str, *facts: FactView, born: date | None = None, unborn: bool = False
) -> PersonView:
    held: dict[str, list[FactView]] = {}
    has_role = any(one.key == "involvement" for one in facts)
    for one in (*facts, *(() if has_role else (fact("involvement", role=role),))):
        held.setdefault(one.key, []).append(one)
    return PersonView(who, name, unborn, born, {key: tuple(several) for key, several in held.items()})


AT_HOME = fact("residence", address="4 Mill Lane")
BORN = fact("birth", born_on=D(2016, 5, 1))
GP, SCHOOL = fact("setting", kind="gp", name="Hill Surgery"), fact("setting", kind="school", name="St Anne’s")
KNOWN_AS = fact("characteristics", sex="F", ethnicity="WBRI")
TESSA = person(CHILD, "Tessa Ashdown", "subject", BORN, AT_HOME, GP, SCHOOL, KNOWN_AS, born=D(2016, 5, 1))
RHIANNON = person(
    MOTHER,
    "Rhiannon Ashdown",
    "mother",
    AT_HOME,
    fact("involvement", role="mother", parental_responsibility=True),
)
FAMILY = (TESSA, RHIANNON)
TOGETHER = (CHILD, MOTHER)
SEEN = entry(
    "contact", kind="visit_joint", agency="police", child_seen="alone", present="Mother", note="Well."
)
ATTENDEES = (
    {"name": "A", "agency": "police", "role": "DS"},
    {"name": "B", "agency": "social_care"},
    {"name": "C", "agency": "paediatrics"},
)
ACTION = {"what": "See the child", "owed_by": "social_care", "due_on": D(2026, 3, 20)}

REFERRAL: dict[str, Any] = {
    "direction": "in", "source": "1A", "concerns_about": ["neglect"], "account": "Left alone.", "safe_now": "safe_home",
    "decision": "nfa", "decided_by": "DS Okafor", "feedback": "given", "feedback_on": DAY,
}  # fmt: skip
STRATEGY: dict[str, Any] = {
    "mode": "meeting", "chair": "B", "supervisor": "DS Okafor", "shared": "All held.", "outcome": "nfa",
    "child_seen_by": "B, today", "decision_reasons": "No harm found.", "attendees": ATTENDEES, "actions": (ACTION,),
}  # fmt: skip
ENQUIRY: dict[str, Any] = {"kind": "joint", "lead": "B", "child_seen": "alone", "outcome": "nfa"}
ASSESSMENT: dict[str, Any] = {
    "kind": "single", "state": "copy_on_file", "received_on": DAY, "finished_on": DAY, "police_view": "Agreed.",
}  # fmt: skip
CONFERENCE: dict[str, Any] = {
    "kind": "initial", "chair": "E", "police_attendance": "attended", "report_sent_on": D(2026, 2, 25), "quorate": "yes",
    "outcome": "services", "position": "agreed", "participation": "PN0", "attendees": ATTENDEES,
    "record_received_on": DAY, "decision_received_on": DAY,
}  # fmt: skip
MINUTES: dict[str, Any] = {
    "kind": "core_group", "received_on": DAY, "checked": "accurate", "said": "As held.",
}  # fmt: skip
CORE: dict[str, Any] = {
    "police_attendance": "attended", "progress": "good", "discussed": "The plan.", "attendees": ATTENDEES,
}  # fmt: skip
PLAN: dict[str, Any] = {
    "status": "on_plan", "category": "NEG", "aims": "Fed and clean.", "contingency": "Legal advice.",
    "police_trigger": "Left alone again.", "actions": (ACTION,),
}  # fmt: skip
RISK: dict[str, Any] = {
    "trigger": "first", "level": "standard", "factors": ({"factor": "drugs", "factor_state": "past"},), "protective": ["school"],
    "analysis": "Held.", "rationale": "Low.", "review_on": D(2026, 3, 30), "endorsed_by": "DS Okafor",
}  # fmt: skip
MEDICAL: dict[str, Any] = {
    "kind": "child_protection", "doctor": "Dr Rao", "place": "Ward 4", "police_attend": True, "attended_why": "serious_assault",
    "decided_by": "DS Okafor", "present": "Mother", "findings": "None.", "opinion": "no_findings", "opinion_words": "Nothing seen.",
    "report_state": "final", "final_report_on": DAY,
}  # fmt: skip
PHOTOS: dict[str, Any] = {
    "taken": True, "taken_on": DAY, "photographer": "officer", "scale": True, "exhibit": "RM/1", "kept_at": "Store 2",
    "injuries": ({"site": "arm_left", "injury": "bruise"},),
}  # fmt: skip
CRIME: dict[str, Any] = {
    "crime_reference": "C/1", "offence": "cruelty", "allegation": "Left alone.", "plan_of_work": "Interview.",
    "evidence": ({"kind": "statement", "evidence_state": "received"},), "child_interview": "not_needed",
}  # fmt: skip
BAIL: dict[str, Any] = {
    "suspect": "C. Vane", "kind": "pre_charge", "conditions": ["no_contact_child"], "authorised_by": "custody_officer",
    "expires_on": D(2026, 5, 1), "shared_on": DAY, "safety": "Lives elsewhere.", "victim_told_on": DAY,
}  # fmt: skip
DECISION: dict[str, Any] = {
    "kind": "nfa", "decision": "None.", "decided_by": "A", "rank": "ds", "information": "All.", "options": "Two.", "rationale": "R.",
}  # fmt: skip
SUPERVISION: dict[str, Any] = {
    "kind": "scheduled", "supervisor": "A", "rank": "ds", "risk_right": True, "child_seen": True, "note": "N.",
    "review_on": D(2026, 3, 16), "level": "standard", "risk_why": "R.", "safety": "S.", "voice": "V.", "household": "H.",
    "evidence": "None.", "bail": "None.", "meetings": "None.", "plan_state": "Done.", "earlier": "None.",
}  # fmt: skip
CHALLENGE: dict[str, Any] = {
    "about": "conference", "agency": "social_care", "disagreement": "He went home.", "evidence": "The doctor’s report.",
    "asked_for": "A place of safety.", "interim_safety": "With his aunt.", "outcome": "accepted", "outcome_on": DAY,
    "learning": "Ask earlier.", "stages": ({"stage": "1", "begun_on": DAY, "our_officer": "DC A", "counterpart": "B"},),
}  # fmt: skip
LEGAL: dict[str, Any] = {"legal_status": "none", "detail": "Nothing before a court."}
PROTECTION: dict[str, Any] = {
    "constable": "A", "designated_officer": "DI B", "grounds": "G.", "placed": "Foster care", "ended_how": "returned",
    "duties_done": [one.code for one in library().codes("police_protection_duty").codes],
}  # fmt: skip
SHARED: dict[str, Any] = {
    "kind": "disclosure_out", "other_party": "B", "agency": "social_care", "what": "Checks.", "lawful_basis": "ca89_s47", "form": "verbal",
}  # fmt: skip
CLOSURE: dict[str, Any] = {
    "closed_for": "plan_ended", "plan_ended": True, "checklist": [one.code for one in library().codes("closure_checklist").codes],
    "risk_level": "standard", "grounds": "Ended.", "retention_group": "2", "next_review_on": D(2036, 3, 2),
}  # fmt: skip
SEARCHED: dict[str, Any] = {
    "occasion": "periodic", "searched_by": "A", "status": "complete", "conclusion": "Nothing new.",
    "searches": tuple(
        {"system": one, "result": "no_trace"}
        for one in ("local_records", "pnc", "intelligence", "pnd", "social_care", "visor")
    ),
    "concerns": TOGETHER,
}  # fmt: skip
HOUSEHOLD: dict[str, Any] = {
    "address": "4 Mill Lane", "confirmed_by": "A", "occupants": ({"name": "Tessa Ashdown", "identified": True},),
}  # fmt: skip


def without(values: dict[str, Any], *keys: str, **instead: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key not in keys} | instead


def state(
    divider: str,
    *entries: EntryFact,
    people: tuple[PersonView, ...] = FAMILY,
    as_of: date = DAY,
    marks: dict[str, MarkSaid] | None = None,
    **more: Any,
) -> DividerState:
    owed = derive(entries, [], SECTIONS, library(), as_of)
    known = tuple(sorted(entries, key=lambda one: one.happened_on or one.known_on))
    facts = FileFacts(FILE, known, people, owed, marks or {}, **more)
    return next(one for one in divider_states(facts, library(), as_of) if one.divider == divider)


ONE_EACH: dict[str, EntryFact] = {
    SECTIONS[one.section].divider: one
    for one in (
        entry("referral", **REFERRAL), entry("strategy", **STRATEGY), entry("section47", **ENQUIRY),
        entry("assessment", **ASSESSMENT), entry("conference", **CONFERENCE), entry("minutes", **MINUTES),
        entry("core_group", **CORE), entry("plan", **PLAN), entry("risk", **RISK), entry("medical", **MEDICAL),
        entry("photographs", **PHOTOS), entry("investigation", **CRIME), entry("bail", **BAIL),
        entry("decision", **DECISION), entry("supervision", **SUPERVISION), entry("challenge", **CHALLENGE), entry("legal", **LEGAL),
        entry("disclosure", **SHARED), SEEN, entry("closure", **CLOSURE), entry("research", **SEARCHED),
    )
}  # fmt: skip
