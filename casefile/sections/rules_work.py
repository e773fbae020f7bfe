"""What the standard asks of the dividers that work stands behind, from the referral to closing. Pure.

Each rule gives a sentence for everything that is missing (``resources/standards/dividers.toml``, dividers 7 to 27).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.sections.challenge import is_challenged, wants_challenge
from casefile.sections.contact import SEEN
from casefile.sections.file_facts import FileFacts
from casefile.sections.rules_people import Rule
from casefile.standards import Library


def _referral(facts: FileFacts, library: Library, as_of: date) -> Iterable[str]:
    if not facts.of("referral"):
        yield "No referral is recorded."


def _strategy(facts: FileFacts, library: Library, as_of: date) -> Iterable[str]:
    for enquiry in facts.of("section47"):
        if not _any_until(facts.of("strategy"), enquiry.happened_on):
            yield f"The enquiry of {long_date(enquiry.happened_on)} has no strategy discussion before it."


def _section47(facts: FileFacts, library: Library, as_of: date) -> Iterable[str]:
    for held in facts.of("strategy"):
        if held.get("outcome") == "s47" and not _any_from(facts.of("section47"), held.happened_on):
            yield f"The enquiry that the discussion of {long_date(held.happened_on)} started is not recorded."


def _assessments(facts: FileFacts, library: Library, as_of: date) -> Iterable[str]:
    for told in facts.of("referral"):
        if told.get("decision") == "assessment" and not _any_from(facts.of("assessment"), told.happened_on):
            yield f"The assessment decided on the referral of {long_date(told.happened_on)} is not recorded."


def _minutes(facts: FileFacts, library: Library, as_of: date) -> Iterable[str]:
    for one in facts.owed:
        if one.timescale == "CONF-M" and one.state.outstanding and not one.days_late:
            yield f"Minutes of {long_date(one.opened_on)} not received: {one.because}."


def _plan(facts: FileFacts, library: Library, as_of: date) -> Iterable[str]:
    plans = [one.get("conference_on") or one.happened_on for one in facts.of("plan")]
    for held in facts.of("conference"):
        day = held.happened_on
        if held.get("outcome") == "plan" and not any(on and day and on >= day for on in plans):
            yield f"The conference of {long_date(day)} decided on a plan; the plan is not in the file."


_TRIGGERS = ("referral", "conference", "bail", "medical", "photographs", "social_care_closure")


def _risk(facts: FileFacts, library: Library, as_of: date) -> Iterable[str]:
    judged = [one.happened_on for one in facts.of("risk") if one.happened_on]
    if not judged:
        yield "The risk has not been assessed."
        return
    latest = facts.of("risk")[-1]
    if not latest.get("endorsed_by") and latest.id not in facts.endorsed:
        yield f"Risk assessment of {long_date(latest.happened_on)}: no supervisor has endorsed it."
    since = [one for one in _changes(facts) if one[0] > max(judged)]
    if since and not facts.closed():
        day, what = max(since)
        yield f"The risk has not been judged again since {long_date(day)}: {what}."


def _changes(facts: FileFacts) -> Iterable[tuple[date, str]]:
    """What resets the assessment: a referral, an injury, a new adult, bail, a missed visit, a conference, an outcome."""
    for entry in facts.entries:
        if entry.happened_on and (entry.section in _TRIGGERS or _missed_or_hurt(entry)):
            yield entry.happened_on, entry.summary
        if entry.section == "investigation" and (on := entry.get("outcome_on")):
            yield on, entry.summary
        if entry.section == "bail" and (on := entry.get("ended_on")):
            yield on, entry.summary
    for adult in facts.adults():
        for fact in adult.now("involvement"):
            if fact.file_id == facts.file_id and (on := fact.get("from_on") or fact.get("known_on")):
                yield on, f"{adult.name} came into the file"


def _missed_or_hurt(entry: EntryFact) -> bool:
    return entry.section == "contact" and (entry.get("kind") == "visit_failed" or bool(entry.get("injury")))


def _investigation(facts: FileFacts, library: Library, as_of: date) -> Iterable[str]:
    for held in facts.of("strategy"):
        by_police = held.get("criminal") or held.get("s47_kind") == "single_police"
        if by_police and not facts.of("investigation"):
            yield f"The investigation agreed on {long_date(held.happened_on)} is not recorded."


def _bail(facts: FileFacts, library: Library, as_of: date) -> Iterable[str]:
    if facts.of("bail"):
        return
    for case in facts.of("investigation"):
        for row in case.rows("suspects"):
            if row.get("suspect_status") in ("bailed", "rui"):
                yield f"{row.get('name')} is on bail or under investigation; it is not recorded here."


def _supervision(facts: FileFacts, library: Library, as_of: date) -> Iterable[str]:
    if not facts.of("supervision"):
        yield "No supervisor has reviewed this file."


def _challenge(facts: FileFacts, library: Library, as_of: date) -> Iterable[str]:
    for held in facts.of("conference"):
        if wants_challenge(held) and not is_challenged(held.thread_id, facts.entries):
            yield f"Police dissented at the conference of {long_date(held.happened_on)}; no challenge is recorded."


def _contacts(facts: FileFacts, library: Library, as_of: date) -> Iterable[str]:
    plan = facts.on_plan()
    if plan is None:
        return
    seen = [one for one in facts.of("contact") if one.get("child_seen") in SEEN]
    if not seen:
        yield "There is a plan, and nobody is recorded to have seen the child."
        return
    rule = library.timescale("VIS-2", plan.happened_on or as_of)
    visits = [one for one in seen if one.get("agency") == "social_care"]
    if rule is None or rule.limit is None or len(visits) < rule.limit:
        return
    last = visits[-rule.limit :]
    if not any(one.get("child_seen") == "alone" for one in last):
        yield f"The child was not seen alone at any of the last {rule.limit} visits."
    if not any(one.get("bedroom_seen") for one in last):
        yield f"The bedroom was not seen at any of the last {rule.limit} visits."


def _closure(facts: FileFacts, library: Library, as_of: date) -> Iterable[str]:
    closed = facts.last("closure")
    if closed is None or closed.get("outstanding"):
        return
    for one in facts.of("bail"):
        if not one.get("ended_how") and one.get("kind") not in ("nfa", "voluntary"):
            yield f"Closed with live bail, and no reason: {one.summary}."


def _any_from(entries: Iterable[EntryFact], day: date | None) -> bool:
    """Whether one of them happened on the day or later; where a day is not known, nobody is faulted."""
    return any(day is None or one.happened_on is None or one.happened_on >= day for one in entries)


def _any_until(entries: Iterable[EntryFact], day: date | None) -> bool:
    return any(day is None or one.happened_on is None or one.happened_on <= day for one in entries)


WORK_RULES: Mapping[str, Rule] = {
    "referral": _referral,
    "strategy": _strategy,
    "section47": _section47,
    "assessments": _assessments,
    "minutes": _minutes,
    "plan": _plan,
    "risk": _risk,
    "investigation": _investigation,
    "bail": _bail,
    "supervision": _supervision,
    "challenge": _challenge,
    "contacts": _contacts,
    "closure": _closure,
}
