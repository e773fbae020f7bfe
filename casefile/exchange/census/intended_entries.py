"""What the episodes of a child become: signed entries of the file, each with its own doubts.

A referral, its assessments, plans for a child in need, section 47 enquiries, conferences, child
protection plans with reviews, and the closure by social care.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from casefile.exchange.census.model import Assessment, Child, Enquiry, Episode, Plan
from casefile.exchange.census.place import Item, Placed
from casefile.record.dates import long_date
from casefile.sections.values import DOUBTS

RANKS = {"referral": 0, "assessment": 1, "section47": 2, "conference": 3, "plan": 4, "review": 5}
"""Order of what the return dates on one day."""
_LAST = 9
_SOON = 15
_ENDED = {"RC1": "adopted", "RC2": "died", "RC5": "moved", "RC6": "age"}


def entries_of(child: Child, placed: Placed) -> list[Item]:
    """The entries of one child of the return, episode by episode."""
    found: list[Item] = []
    for episode in child.episodes:
        held: set[date] = set()
        later = [_assessment(child, episode, one, placed) for one in episode.assessments]
        for enquiry in episode.enquiries:
            later += _enquiry(child, episode, enquiry, held, placed)
        later += _conference_of_episode(child, episode, held, placed)
        for plan in episode.plans:
            later += _plan(child, plan, episode, placed)
        later += _need_plans(child, episode, placed)
        later += _closure(child, episode, placed)
        found += [_referral(child, episode, placed), *later]
    return found


def _referral(child: Child, episode: Episode, placed: Placed) -> Item:
    path = episode.path
    doubts = placed.take(
        {
            f"{path}/CINreferralDate": "happened_on",
            f"{path}/ReferralDate": "happened_on",
            f"{path}/ReferralSource": "source",
            f"{path}/PrimaryNeedCode": "primary_need",
            f"{path}/ReferralNFA": "decision",
        }
    )
    also = [f"{one.path.rpartition('/')[2]}: {one.stated} ({one.why})" for one in placed.rest(path)]
    if child.episodes[-1] is episode:
        also += [f"{one.path or 'Child'}: {one.stated} ({one.why})" for one in placed.rest()]
    raw = {
        "direction": "out" if episode.source == "6" else "between",
        "source": episode.source,
        "primary_need": episode.primary_need,
        "decision": "nfa" if episode.no_further_action else None,
        "account": "\n".join(
            ["Imported from the census.", *(f"The return also says: {one}" for one in also)]
        ),
    }
    return _item(child, "referral", "referral", episode.referred_on, raw, doubts)


def _assessment(child: Child, episode: Episode, one: Assessment, placed: Placed) -> Item:
    heads = {"single": ("Assessment",), "initial": ("InitialAssessment", "Assessment")}.get(
        one.kind, ("CoreAssessment", "Assessment")
    )
    ends = {
        "StartDate": "happened_on",
        "ActualStartDate": "happened_on",
        "AuthorisationDate": "finished_on",
        "EndDate": "finished_on",
        "ActualEndDate": "finished_on",
        "InternalReviewDate": "review_on",
        "TargetDate": "due_on",
        "TargetEndDate": "due_on",
    }
    places = {f"{one.path}/{head}{end}": field for head in heads for end, field in ends.items()}
    places[f"{one.path}/FactorsIdentifiedAtAssessment"] = "factors"
    places[f"{one.path}/AssessmentFactors"] = "factors"
    places[one.path] = "kind"
    raw = {
        "kind": one.kind,
        "state": "complete" if one.authorised_on else "under_way",
        "referral_on": episode.referred_on,
        "due_on": one.target_on,
        "review_on": one.review_on,
        "finished_on": one.authorised_on,
        "factors": list(one.factors),
    }
    return _item(child, "assessment", f"assessment/{one.kind}", one.started_on, raw, placed.take(places))


def _enquiry(child: Child, episode: Episode, one: Enquiry, held: set[date], placed: Placed) -> list[Item]:
    path = one.path
    conference = placed.take({f"{path}/DateOfInitialCPC": "happened_on"})
    raw = {
        "kind": None,
        "conference_due_on": one.conference_target,
        "conference_not_needed": one.conference_not_required,
        "ended_on": one.ended_on,
    }
    doubts = placed.take(
        {
            f"{path}/S47ActualStartDate": "happened_on",
            f"{path}/S47StartDate": "happened_on",
            f"{path}/InitialCPCtarget": "conference_due_on",
            f"{path}/ICPCnotRequired": "conference_not_needed",
            f"{path}/S47ActualEndDate": "ended_on",
            path: "kind",
        }
    )
    found = [_item(child, "section47", "section47", one.started_on, raw, doubts)]
    if one.conference_on or conference:
        found.append(_initial_conference(child, episode, one.conference_on, conference))
        if one.conference_on:
            held.add(one.conference_on)
    return found


def _conference_of_episode(child: Child, episode: Episode, held: set[date], placed: Placed) -> list[Item]:
    """The conference stated for the episode itself, unless an enquiry of the episode states the same day."""
    if episode.conference_on in held:
        return []
    doubts = placed.take({f"{episode.path}/DateOfInitialCPC": "happened_on"})
    if episode.conference_on is None and not doubts:
        return []
    return [_initial_conference(child, episode, episode.conference_on, doubts)]


def _initial_conference(
    child: Child, episode: Episode, on: date | None, doubts: dict[str, dict[str, str]]
) -> Item:
    """An initial conference. The census does not say what it decided, but a plan that follows at once does."""
    raw: dict[str, Any] = {"kind": "initial"}
    plan = next((one for one in episode.plans if _follows(one.started_on, on)), None)
    if plan is not None:
        raw |= {"outcome": "plan", "category": plan.first_category}
        why = f"The return does not state it; a plan begins on {long_date(plan.started_on)}."
        doubts = {**doubts, "outcome": {"stated": "", "why": why}}
    return _item(child, "conference", "conference", on, raw, doubts)


def _follows(plan_on: date | None, conference_on: date | None) -> bool:
    """Whether a plan begins with or soon after a conference: by rule 2885 it begins on its day."""
    if plan_on is None or conference_on is None:
        return False
    return 0 <= (plan_on - conference_on).days <= _SOON


def _plan(child: Child, plan: Plan, episode: Episode, placed: Placed) -> list[Item]:
    path = plan.path
    reviews = [
        _item(
            child,
            "conference",
            "review",
            one.held_on,
            {"kind": "review"},
            placed.take({one.path: "happened_on"}),
        )
        for one in plan.reviews
    ]
    held = [episode.conference_on, *(one.conference_on for one in episode.enquiries)]
    closed_with_plan = plan.ended_on is not None and episode.closed_on == plan.ended_on
    raw = {
        "status": "ended" if plan.ended_on else "on_plan",
        "first_category": plan.first_category,
        "category": plan.latest_category or plan.first_category,
        "conference_on": next((one for one in held if _follows(plan.started_on, one)), None),
        "previous_plans": plan.previous_plans,
        "ended_on": plan.ended_on,
        "end_reason": _ENDED.get(episode.closure_reason or "") if closed_with_plan else None,
    }
    doubts = placed.take(
        {
            f"{path}/CPPstartDate": "happened_on",
            f"{path}/CPPendDate": "ended_on",
            f"{path}/InitialCategoryOfAbuse": "first_category",
            f"{path}/LatestCategoryOfAbuse": "category",
            f"{path}/NumberOfPreviousCPP": "previous_plans",
            path: "status",
        }
    )
    return [_item(child, "plan", "plan", plan.started_on, raw, doubts), *reviews]


def _need_plans(child: Child, episode: Episode, placed: Placed) -> list[Item]:
    found: list[Item] = []
    for one in episode.need_plans:
        doubts = placed.take(
            {
                f"{one.path}/CINPlanStartDate": "happened_on",
                f"{one.path}/CINPlanEndDate": "ended_on",
                one.path: "status",
            }
        )
        raw = {"status": "in_need", "ended_on": one.ended_on}
        found.append(_item(child, "plan", "need-plan", one.started_on, raw, doubts))
    return found


def _closure(child: Child, episode: Episode, placed: Placed) -> list[Item]:
    doubts = placed.take(
        {f"{episode.path}/CINclosureDate": "happened_on", f"{episode.path}/ReasonForClosure": "closed_for"}
    )
    if episode.closed_on is None and episode.closure_reason is None and not doubts:
        return []
    referred = long_date(episode.referred_on) or "a day not given"
    raw = {
        "closed_for": episode.closure_reason,
        "note": f"Social care closed the episode referred on {referred}.",
    }
    return [_item(child, "social_care_closure", "closure", episode.closed_on, raw, doubts)]


def _item(
    child: Child,
    section: str,
    part: str,
    on: date | None,
    raw: dict[str, Any],
    doubts: dict[str, dict[str, str]],
) -> Item:
    state = {name: value for name, value in raw.items() if value not in (None, [], "")}
    if doubts:
        state[DOUBTS] = doubts
    if on is not None:
        state["happened_on"] = on
    rank = RANKS.get(part.split("/", 1)[0], RANKS.get(section, _LAST))
    return Item(section, f"{child.key}/{part}/{on.isoformat() if on else '?'}", on, state, rank)
