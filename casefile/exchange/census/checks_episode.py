"""What cannot be right within one episode: the order of dates, weekends, gaps and contradictions."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import NamedTuple

from casefile.exchange.census.elements import Ledger
from casefile.exchange.census.model import Assessment, Child, Enquiry, Episode, Plan
from casefile.record.dates import long_date, short_date
from casefile.standards import Library, is_bank_holiday, is_working_day, working_days_between

_OFTEN = 10
"""So many earlier plans are more likely a slip than a history."""


class _Said(NamedTuple):
    path: str
    day: date | None
    words: str


def check_episode(
    episode: Episode, child: Child, reference: date | None, standards: Library, ledger: Ledger
) -> None:
    """Mark everything within an episode that cannot be right."""
    referred = _Said(f"{episode.path}/CINreferralDate", episode.referred_on, "the referral")
    _check_referral(episode, child, referred, ledger)
    _check_closure(episode, child, referred, ledger)
    conference = _Said(f"{episode.path}/DateOfInitialCPC", episode.conference_on, "the initial conference")
    _conference_day(conference, ledger)
    _order(referred, conference, "1104-before-referral", ledger)
    for assessment in episode.assessments:
        _check_assessment(assessment, referred, ledger)
    for need in episode.need_plans:
        start = _Said(f"{need.path}/CINPlanStartDate", need.started_on, "the start of the child in need plan")
        end = _Said(f"{need.path}/CINPlanEndDate", need.ended_on, "the end of the child in need plan")
        _order(start, end, "4011-end-before-start", ledger)
        _order(referred, start, "4015-before-referral", ledger)
    for enquiry in episode.enquiries:
        _check_enquiry(enquiry, episode, referred, standards, ledger)
    for plan in episode.plans:
        _check_plan(plan, referred, ledger)
    _check_plans_in_turn(episode.plans, ledger)
    if reference:
        _check_reference(episode, reference, ledger)


def _check_referral(episode: Episode, child: Child, referred: _Said, ledger: Ledger) -> None:
    if referred.day is None:
        ledger.doubt(referred.path, "", "The date of the referral is missing.", "8600-no-referral-date")
    elif child.died_on and referred.day > child.died_on:
        why = f"The child is said to have died on {long_date(child.died_on)}, before this referral."
        ledger.doubt(referred.path, referred.day.isoformat(), why, "8555Q-after-death")
    else:
        due = child.born_on or child.expected_on
        if due and (due - referred.day).days > 280:
            why = f"This is more than 40 weeks before the child's birth, {long_date(due)}."
            ledger.doubt(referred.path, referred.day.isoformat(), why, "8606-before-conception")
    went_on = (
        episode.assessments
        or episode.enquiries
        or episode.plans
        or episode.need_plans
        or episode.conference_on
    )
    if episode.no_further_action and went_on:
        why = "It says that nothing followed the referral, but the episode goes on."
        ledger.doubt(f"{episode.path}/ReferralNFA", "true", why, "8831-nfa-but-more")


def _check_closure(episode: Episode, child: Child, referred: _Said, ledger: Ledger) -> None:
    closed = _Said(f"{episode.path}/CINclosureDate", episode.closed_on, "the closure")
    _order(referred, closed, "8630-closed-before-referral", ledger)
    reason = f"{episode.path}/ReasonForClosure"
    if closed.day and not episode.closure_reason:
        ledger.doubt(reason, "", "The episode is closed but no readable reason is given.", "8805-no-reason")
    if episode.closure_reason == "RC2" and child.died_on is None:
        ledger.doubt(
            reason, "RC2", "Closed because the child died, but no date of death is given.", "8585Q-died"
        )
    if episode.closure_reason and not closed.day:
        why = "A reason for closing is given but no readable date."
        ledger.doubt(closed.path, "", why, "8810-no-closure-date")


def _check_assessment(assessment: Assessment, referred: _Said, ledger: Ledger) -> None:
    path = assessment.path
    start = _Said(f"{path}/AssessmentActualStartDate", assessment.started_on, "the start of the assessment")
    end = _Said(f"{path}/AssessmentAuthorisationDate", assessment.authorised_on, "the end of the assessment")
    if start.day is None:
        ledger.doubt(start.path, "", "The day it began is missing.", "no-assessment-start")
    _order(start, end, "8608-authorised-before-start", ledger)
    _order(referred, start, "1103-before-referral", ledger)
    if end.day and not assessment.factors and assessment.kind == "single" and end.day >= date(2013, 4, 1):
        where = f"{path}/FactorsIdentifiedAtAssessment"
        ledger.doubt(where, "", "The assessment is finished but names no factor.", "8897Q-no-factors")
    if assessment.factors and not end.day:
        where = f"{path}/FactorsIdentifiedAtAssessment"
        why = "Factors are named but the assessment is not dated as finished."
        ledger.doubt(where, ", ".join(assessment.factors), why, "8614-factors-unfinished")
    if "21" in assessment.factors and len(assessment.factors) > 1:
        where = f"{path}/FactorsIdentifiedAtAssessment"
        why = "“No factor” (21) stands beside other factors."
        ledger.doubt(where, ", ".join(assessment.factors), why, "8869-none-and-more")


def _check_enquiry(
    enquiry: Enquiry, episode: Episode, referred: _Said, standards: Library, ledger: Ledger
) -> None:
    path = enquiry.path
    start = _Said(f"{path}/S47ActualStartDate", enquiry.started_on, "the start of the enquiry")
    held = _Said(f"{path}/DateOfInitialCPC", enquiry.conference_on, "the initial conference")
    if start.day is None:
        ledger.doubt(start.path, "", "The day it began is missing.", "8615-no-enquiry-start")
    _order(referred, start, "2889-before-referral", ledger)
    _order(start, held, "8615-conference-before-enquiry", ledger)
    _order(
        start,
        _Said(f"{path}/S47ActualEndDate", enquiry.ended_on, "the end of the enquiry"),
        "end-before-start",
        ledger,
    )
    _conference_day(held, ledger)
    if held.day and enquiry.conference_not_required:
        why = f"It says that no conference was needed, but one is dated {short_date(held.day)}."
        ledger.doubt(f"{path}/ICPCnotRequired", "true", why, "not-required-but-held")
    if held.day and episode.conference_on and held.day != episode.conference_on:
        why = f"The episode dates its initial conference {short_date(episode.conference_on)}."
        ledger.doubt(held.path, held.day.isoformat(), why, "2884-two-conference-dates")
    _check_target(enquiry, start, held, standards, ledger)


def _check_target(enquiry: Enquiry, start: _Said, held: _Said, standards: Library, ledger: Ledger) -> None:
    target = _Said(f"{enquiry.path}/InitialCPCtarget", enquiry.conference_target, "the target")
    _order(start, target, "target-before-enquiry", ledger)
    if start.day is None:
        return
    scale = standards.timescale("ICPC", start.day)
    due = scale.due(start.day) if scale else None
    if target.day and target.day.weekday() > 4:
        why = f"{long_date(target.day)} was a {target.day:%A}."
        ledger.doubt(target.path, target.day.isoformat(), why, "8870Q-weekend-target")
    if target.day and due and target.day > due and target.day > start.day:
        assert scale is not None
        why = f"{scale.words.capitalize()} after {short_date(start.day)} is {short_date(due)}."
        ledger.doubt(target.path, target.day.isoformat(), why, "target-too-late")
    limit = due or target.day
    if held.day and limit and held.day > limit:
        late = working_days_between(limit, held.day)
        why = f"The conference was due by {short_date(limit)}: {late} working day{'' if late == 1 else 's'} late."
        ledger.doubt(held.path, held.day.isoformat(), why, "conference-late")


def _check_plan(plan: Plan, referred: _Said, ledger: Ledger) -> None:
    path = plan.path
    start = _Said(f"{path}/CPPstartDate", plan.started_on, "the start of the plan")
    end = _Said(f"{path}/CPPendDate", plan.ended_on, "the end of the plan")
    if start.day is None:
        ledger.doubt(start.path, "", "The day it began is missing.", "8720-no-plan-start")
    _order(start, end, "8925-end-before-start", ledger)
    _order(referred, start, "1105-before-referral", ledger)
    if plan.first_category is None:
        why = "The category of abuse at the start is missing or could not be read."
        ledger.doubt(f"{path}/InitialCategoryOfAbuse", "", why, "8905-no-category")
    if plan.previous_plans is not None and plan.previous_plans >= _OFTEN:
        why = "So many earlier plans are unlikely."
        ledger.doubt(f"{path}/NumberOfPreviousCPP", str(plan.previous_plans), why, "many-plans")
    for review in plan.reviews:
        said = _Said(review.path, review.held_on, "the review")
        _order(start, said, "8841-review-before-plan", ledger)
        _order(said, end, "review-after-plan", ledger, mark_first=True)
        _conference_day(said, ledger)
        if said.day and said.day == start.day:
            why = "The review is dated the day the plan began."
            ledger.doubt(said.path, said.day.isoformat(), why, "8841-review-before-plan")


def _check_plans_in_turn(plans: tuple[Plan, ...], ledger: Ledger) -> None:
    dated = sorted((one for one in plans if one.started_on), key=lambda one: one.started_on or date.min)
    for before, after in pairwise(dated):
        assert after.started_on is not None
        if before.ended_on is None or after.started_on < before.ended_on:
            why = "The plan before this one had not ended."
            ledger.doubt(
                f"{after.path}/CPPstartDate", after.started_on.isoformat(), why, "8940-plans-overlap"
            )


def _check_reference(episode: Episode, reference: date, ledger: Ledger) -> None:
    """Mark everything dated after the day the return speaks of. Targets may lie ahead."""
    said = [
        (f"{episode.path}/CINreferralDate", episode.referred_on),
        (f"{episode.path}/CINclosureDate", episode.closed_on),
        (f"{episode.path}/DateOfInitialCPC", episode.conference_on),
    ]
    for one in episode.assessments:
        said += [
            (f"{one.path}/AssessmentActualStartDate", one.started_on),
            (f"{one.path}/AssessmentAuthorisationDate", one.authorised_on),
        ]
    for need in episode.need_plans:
        said += [
            (f"{need.path}/CINPlanStartDate", need.started_on),
            (f"{need.path}/CINPlanEndDate", need.ended_on),
        ]
    for enquiry in episode.enquiries:
        said += [
            (f"{enquiry.path}/S47ActualStartDate", enquiry.started_on),
            (f"{enquiry.path}/DateOfInitialCPC", enquiry.conference_on),
        ]
    for plan in episode.plans:
        said += [(f"{plan.path}/CPPstartDate", plan.started_on), (f"{plan.path}/CPPendDate", plan.ended_on)]
        said += [(review.path, review.held_on) for review in plan.reviews]
    for path, day in said:
        if day and day > reference:
            why = f"This is after the reference date of the return, {long_date(reference)}."
            ledger.doubt(path, day.isoformat(), why, "after-reference-date")


def _conference_day(said: _Said, ledger: Ledger) -> None:
    """Conferences are held on working days; the Department's rule 8875 asks it of initial ones."""
    if said.day is None or is_working_day(said.day):
        return
    held = f"{long_date(said.day)} was "
    if is_bank_holiday(said.day):
        ledger.doubt(said.path, said.day.isoformat(), f"{held}a bank holiday.", "bank-holiday")
    else:
        ledger.doubt(said.path, said.day.isoformat(), f"{held}a {said.day:%A}.", "8875-weekend")


def _order(first: _Said, then: _Said, rule: str, ledger: Ledger, *, mark_first: bool = False) -> None:
    """Mark *then* (or *first*) when it comes before what must precede it."""
    if first.day is None or then.day is None or then.day >= first.day:
        return
    marked, other = (first, then) if mark_first else (then, first)
    assert marked.day is not None
    assert other.day is not None
    turn = "after" if mark_first else "before"
    why = f"{marked.words[0].upper()}{marked.words[1:]} is dated {turn} {other.words} ({short_date(other.day)})."
    ledger.doubt(marked.path, marked.day.isoformat(), why, rule)
