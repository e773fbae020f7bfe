"""One ``CINdetails`` of a return: referral, assessments, plans, enquiries and closure."""

from __future__ import annotations

from casefile.exchange.census.elements import Group, Ledger, Stated
from casefile.exchange.census.model import (
    Assessment,
    CinPlan,
    Enquiry,
    Episode,
    Plan,
    Review,
)
from casefile.exchange.census.values import code, day, number, yes_no
from casefile.standards import Library

_ASSESSMENTS = {
    "single": ("Assessments", "Assessment"),
    "initial": ("InitialAssessments", "InitialAssessment"),
    "core": ("CoreAssessments", "CoreAssessment"),
}
_STARTED = "ActualStartDate", "StartDate"
_ENDED = "AuthorisationDate", "ActualEndDate", "EndDate", "CompletionDate", "ActualCompletionDate"
_TARGET = "TargetDate", "TargetEndDate", "TargetCompletionDate"


def read_episode(group: Group, standards: Library, ledger: Ledger) -> Episode:
    """Read one episode. Dates are as stated; which of them cannot be right is checked afterwards."""
    referred = day(group.text("CINreferralDate", "ReferralDate"), ledger)
    return Episode(
        path=group.path,
        referred_on=referred,
        source=code(group.text("ReferralSource"), "referral_source", standards, ledger, referred),
        no_further_action=yes_no(group.text("ReferralNFA"), ledger),
        primary_need=code(group.text("PrimaryNeedCode"), "primary_need", standards, ledger),
        closed_on=day(group.text("CINclosureDate"), ledger),
        closure_reason=code(group.text("ReasonForClosure"), "closure_reason", standards, ledger),
        conference_on=day(group.text("DateOfInitialCPC"), ledger),
        assessments=tuple(_assessments(group, standards, ledger)),
        need_plans=tuple(_need_plan(one, ledger) for one in group.groups("CINPlanDates")),
        enquiries=tuple(_enquiry(one, ledger) for one in group.groups("Section47", "S47")),
        plans=tuple(
            _plan(one, standards, ledger)
            for one in group.groups("ChildProtectionPlans", "ChildProtectionPlan", "CPPlan")
        ),
    )


def _assessments(group: Group, standards: Library, ledger: Ledger) -> list[Assessment]:
    found: list[Assessment] = []
    for kind, names in _ASSESSMENTS.items():
        for inner in group.groups(*names):
            found.append(_assessment(inner, kind, standards, ledger))
            inner.close()
    return found + _bare_assessments(group, ledger)


def _bare_assessments(group: Group, ledger: Ledger) -> list[Assessment]:
    """Older returns may give only the day of an initial assessment, without a group around it."""
    return [
        Assessment(stated.path, kind, day(stated, ledger), None, None, None, ())
        for kind, name in (("initial", "DateOfInitialAssessment"), ("core", "DateOfCoreAssessment"))
        for stated in group.texts(name)
    ]


def _assessment(group: Group, kind: str, standards: Library, ledger: Ledger) -> Assessment:
    heads = ("Assessment", "") if kind == "single" else (f"{kind.capitalize()}Assessment", "Assessment", "")
    started = day(group.text(*_named(heads, _STARTED)), ledger)
    finished = day(group.text(*_named(heads, _ENDED)), ledger)
    factors: list[str] = []
    for listed in group.groups("FactorsIdentifiedAtAssessment"):
        factors += _factors(listed.texts("AssessmentFactors"), standards, ledger)
        listed.close()
    factors += _factors(group.texts("AssessmentFactors"), standards, ledger)
    return Assessment(
        path=group.path,
        kind=kind,
        started_on=started,
        target_on=day(group.text(*_named(heads, _TARGET)), ledger),
        review_on=day(group.text(*_named(heads, ("InternalReviewDate",))), ledger),
        authorised_on=finished,
        factors=tuple(dict.fromkeys(factors)),
    )


def _named(heads: tuple[str, ...], ends: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{head}{end}" for head in heads for end in ends)


def _factors(stated: list[Stated], standards: Library, ledger: Ledger) -> list[str]:
    """Factor codes; several may stand in one element, divided by spaces or commas."""
    found: list[str] = []
    for one in stated:
        for part in one.text.replace(",", " ").split():
            known = code(Stated(one.path, part), "assessment_factor", standards, ledger)
            if known is not None:
                found.append(known)
    return found


def _need_plan(group: Group, ledger: Ledger) -> CinPlan:
    found = CinPlan(
        group.path, day(group.text("CINPlanStartDate"), ledger), day(group.text("CINPlanEndDate"), ledger)
    )
    group.close()
    return found


def _enquiry(group: Group, ledger: Ledger) -> Enquiry:
    found = Enquiry(
        path=group.path,
        started_on=day(group.text("S47ActualStartDate", "S47StartDate"), ledger),
        conference_target=day(group.text("InitialCPCtarget"), ledger),
        conference_on=day(group.text("DateOfInitialCPC"), ledger),
        conference_not_required=yes_no(group.text("ICPCnotRequired"), ledger),
        target_on=day(group.text("S47TargetEndDate", "S47TargetDate"), ledger),
        ended_on=day(group.text("S47ActualEndDate", "S47EndDate"), ledger),
    )
    group.close()
    return found


def _plan(group: Group, standards: Library, ledger: Ledger) -> Plan:
    found = Plan(
        path=group.path,
        started_on=day(group.text("CPPstartDate"), ledger),
        ended_on=day(group.text("CPPendDate"), ledger),
        first_category=code(group.text("InitialCategoryOfAbuse"), "abuse_category", standards, ledger),
        latest_category=code(group.text("LatestCategoryOfAbuse"), "abuse_category", standards, ledger),
        previous_plans=number(group.text("NumberOfPreviousCPP"), ledger),
        reviews=tuple(
            Review(one.path, day(one, ledger)) for one in _listed(group, ("Reviews", "CPPreviews"), _REVIEWS)
        ),
    )
    group.close()
    return found


_REVIEWS = ("CPPreviewDate", "CPPreview")


def _listed(group: Group, frames: tuple[str, ...], names: tuple[str, ...]) -> list[Stated]:
    """Dates given in a group of their own, or straight in the plan."""
    found: list[Stated] = []
    for frame in group.groups(*frames):
        found += frame.texts(*names)
        frame.close()
    return found + group.texts(*names)
