"""Injuries and what doctors say: babies who cannot move, medicals, photographs, accounts taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from uuid import UUID

from casefile.alarms.rules.base import (
    STALE,
    about_entry,
    about_person,
    assessed,
    bears_on,
    event,
    fresh,
    known_from,
    reviewed,
    rule,
    whom,
    working_days_after,
)
from casefile.alarms.rules.sight import concern
from casefile.alarms.seen import Seen
from casefile.alarms.sightings import from_their_day, seen_since
from casefile.alarms.spell import Spell
from casefile.alarms.told import day_of
from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.record.persons import PersonView
from casefile.standards import AlarmStandard, add_months

_HURT = ("nai", "undetermined", "accident", "consistent")
_NOTES_INJURY = ("referral", "contact", "medical", "photographs")
_FIRST_HAND = ("child_protection", "sexual_abuse", "emergency", "inpatient", "neglect", "post_mortem")
"""Examinations of the child; scans, eyes and teeth are parts of one."""
_OPINIONS: Mapping[str, str] = {
    "nai": "harm done", "consistent": "harm done", "accident": "accident",
    "medical_cause": "illness", "undetermined": "undetermined",
}  # fmt: skip
"""What an opinion comes down to: two doctors differ if it is not the same. What is awaited or not found says nothing;
a doctor who could not tell is not contradicted by another who then can."""
_SHORTLY_BEFORE = timedelta(days=3)


def injury_noted(entry: EntryFact) -> bool:
    """Whether an entry tells of an injury to a child, or of what a doctor made of one."""
    if entry.section in ("referral", "contact"):
        return bool(entry.get("injury"))
    if entry.section == "medical":
        return entry.get("opinion") in _HURT
    return entry.section == "photographs" and (entry.get("taken") is True or bool(entry.rows("injuries")))


@rule("non_mobile_baby_injury")
def non_mobile_baby_injury(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """An injury to a baby: until a strategy discussion was held and a doctor gave an opinion."""
    for entry in seen.of(*_NOTES_INJURY):
        if not injury_noted(entry) or not fresh(seen, entry):
            continue
        for child in whom(seen, entry):
            born = seen.born_on(child)
            if born is None or day_of(entry) >= add_months(born, alarm.limits["months"]):
                continue
            if _noted_before(seen, entry, child.id):
                continue
            if (missing := _unanswered(seen, child, day_of(entry))) is not None:
                yield about_person(
                    child.id,
                    day_of(entry),
                    f"{child.name}, a baby, was found injured on {long_date(day_of(entry))}; {missing}.",
                    f"injury to {child.name}, a baby",
                    shown_by=entry,
                    renewed=(known_from(seen, entry),),
                )


def _noted_before(seen: Seen, entry: EntryFact, child: UUID) -> bool:
    """Whether a doctor or pictures look at an injury that was noted already: a second look is no second injury."""
    if entry.section not in ("medical", "photographs"):
        return False
    day = day_of(entry)
    return any(
        day - STALE <= day_of(one) < day and injury_noted(one) and bears_on(seen, one, child)
        for one in seen.of(*_NOTES_INJURY)
    )


def _unanswered(seen: Seen, child: PersonView, day: date) -> str | None:
    since = day - _SHORTLY_BEFORE
    minutes = seen.first_on("minutes", since, lambda one: one.get("kind") == "strategy")
    talked = seen.first_on("strategy", since) is not None or minutes is not None
    examined = any(
        day_of(one) >= day - _SHORTLY_BEFORE
        and one.get("opinion") not in (None, "awaited")
        and (not one.concerns or child.id in one.concerns)
        for one in seen.of("medical")
    )
    if talked and examined:
        return None
    if talked:
        return "no doctor has given an opinion"
    return (
        "no strategy discussion was held"
        if examined
        else "no strategy discussion was held and no doctor has given an opinion"
    )


def _retracted(entry: EntryFact) -> bool:
    return bool(entry.get("retracted"))


@rule("retraction")
def retraction(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Somebody took back an account; the risk has not been assessed since, or no supervisor has looked at it."""
    for entry in seen.of("contact"):
        if not _retracted(entry) or not fresh(seen, entry):
            continue
        day, taken_back = day_of(entry), event(seen, entry, _retracted)
        if not (assessed(seen, taken_back) and reviewed(seen, taken_back)):
            yield about_entry(
                entry, day, f"An account was taken back on {long_date(day)}.", "an account was taken back"
            )
    first = next((one for one in seen.of("risk") if _tells_of_retraction(one)), None)
    known = any(_retracted(one) for one in seen.of("contact"))
    if first and not known and fresh(seen, first):
        if not reviewed(seen, event(seen, first, _tells_of_retraction)):
            day = day_of(first)
            yield about_entry(
                first,
                day,
                f"The risk assessment of {long_date(day)} tells of an account taken back.",
                "an account was taken back",
            )


def _tells_of_retraction(risk: EntryFact) -> bool:
    return any(
        row.get("factor") in ("retracts", "parent_retracts") and row.get("factor_state") == "present"
        for row in risk.rows("factors")
    )


@rule("photographs_unviewed")
def photographs_unviewed(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Photographs were taken and nobody who decides has looked at them."""
    for entry in seen.of("photographs"):
        if (
            entry.get("taken") is True
            and (entry.get("viewed_on") or not entry.get("viewed_by"))
            and fresh(seen, entry)
        ):
            taken = max(entry.get("taken_on") or day_of(entry), seen.first_known(entry))
            unviewed = about_entry(
                entry,
                working_days_after(taken, alarm.limits["working_days"]),
                f"Photographs of {long_date(taken)} have not been looked at by those who decide.",
                "photographs not looked at for {n}",
                taken,
            )
            yield replace(unviewed, until_on=entry.get("viewed_on"))
    yield from _pictures_received(seen, alarm)


def _pictures_received(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Pictures that came as evidence, and that nobody filed since as photographs: so nobody says who looked at them."""
    for entry in seen.of("investigation"):
        came = event(seen, entry, _has_pictures)
        filed = any(
            one.get("taken") is True and seen.first_known(one) >= came.told - STALE
            for one in seen.of("photographs")
        )
        if _has_pictures(entry) and not filed and not entry.get("outcome"):
            yield about_entry(
                entry,
                working_days_after(came.told, alarm.limits["working_days"]),
                f"Photographs received by {long_date(came.told)} have not been looked at by those who decide.",
                "photographs not looked at for {n}",
                came.told,
            )


def _has_pictures(entry: EntryFact) -> bool:
    return any(
        row.get("kind") == "photographs" and row.get("evidence_state") == "received"
        for row in entry.rows("evidence")
    )


@rule("medical_attendance_undecided")
def medical_attendance_undecided(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """A medical was held and nobody recorded whether police attended, or who decided it."""
    for entry in seen.of("medical"):
        decided = entry.get("police_attend") is not None and _decided(seen, entry)
        if entry.get("kind") in _FIRST_HAND and not decided and fresh(seen, entry):
            yield about_entry(
                entry,
                working_days_after(known_from(seen, entry), alarm.limits["working_days"]),
                f"Nobody recorded who decided whether police attend the medical of {long_date(day_of(entry))}.",
                "attendance at the medical undecided",
            )


def _decided(seen: Seen, medical: EntryFact) -> bool:
    """Whether somebody is named who decided that police go or stay away, here or in the log of decisions."""
    first = day_of(medical) - _SHORTLY_BEFORE
    return bool(medical.get("decided_by")) or any(
        one.get("kind") == "medical" and first <= day_of(one) <= day_of(medical) + _SHORTLY_BEFORE
        for one in seen.of("decision")
    )


@rule("medical_not_attended")
def medical_not_attended(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Police stayed away from a medical, and the reason is missing or is not permitted."""
    labels = {one.code: one.label for one in seen.library.codes("medical_non_attendance_reason").codes}
    for entry in seen.of("medical"):
        why = entry.get("absent_why")
        declined = entry.get("kind") in _FIRST_HAND and entry.get("police_attend") is False
        if (
            declined
            and why not in alarm.codes["permitted"]
            and fresh(seen, entry)
            and not reviewed(seen, event(seen, entry))
        ):
            reason = f"the reason given is “{labels.get(why, why)}”" if why else "no reason is given"
            yield about_entry(
                entry,
                day_of(entry),
                f"Police did not attend the medical of {long_date(day_of(entry))}; {reason}.",
                "medical not attended",
            )


@rule("discharged_with_concern")
@from_their_day
def discharged_with_concern(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """A child left hospital under a plan or after harm was feared, and nobody says that police and social care agreed."""
    for entry in seen.of("contact"):
        if not entry.get("discharged") or entry.get("discharge_agreed") or not fresh(seen, entry):
            continue
        day = day_of(entry)
        if not _feared(seen, entry, day - timedelta(days=alarm.limits["days"])) and not seen.on_plan(day):
            continue
        met = all(seen_since(seen, one.id, day + timedelta(days=1)) is not None for one in whom(seen, entry))
        if not (met and reviewed(seen, event(seen, entry, _discharged))):
            yield about_entry(
                entry,
                day,
                f"Discharged from hospital on {long_date(day)}; nobody records that police and social care agreed.",
                "discharged from hospital with a concern",
            )


def _discharged(entry: EntryFact) -> bool:
    return bool(entry.get("discharged"))


def _feared(seen: Seen, entry: EntryFact, since: date) -> bool:
    """Whether harm was feared for the child in the days before."""
    return any(
        since <= day_of(one) <= day_of(entry)
        and (injury_noted(one) or concern(one) is not None)
        and (not one.concerns or not entry.concerns or not set(one.concerns).isdisjoint(entry.concerns))
        for one in seen.of(*_NOTES_INJURY, "strategy")
        if one is not entry
    )


@rule("opinions_differ")
def opinions_differ(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Two opinions on one child that cannot both stand, with no second opinion since."""
    within = timedelta(days=alarm.limits["days"])
    for child in seen.children:
        medicals = [one for one in seen.of("medical") if not one.concerns or child.id in one.concerns]
        for first, second in combinations(medicals, 2):
            later = max(day_of(first), day_of(second))
            settled = any(one.get("second_opinion") and day_of(one) >= later for one in medicals)
            if _differ(first, second) and day_of(second) - day_of(first) <= within and not settled:
                yield about_person(
                    child.id,
                    later,
                    f"Doctors differ on {child.name}: {_said(seen, first)}; {_said(seen, second)}.",
                    f"doctors differ on {child.name}",
                    shown_by=second,
                    renewed=(later,),
                )


def _differ(first: EntryFact, second: EntryFact) -> bool:
    """Whether two doctors came to different opinions; one doctor who learns more does not differ."""
    one, other = (_OPINIONS.get(str(each.get("opinion"))) for each in (first, second))
    said = one is not None and other is not None and one != "undetermined"
    return said and one != other and not _same_doctor(first, second)


def _same_doctor(first: EntryFact, second: EntryFact) -> bool:
    """Whether two entries name one doctor: all the words of the shorter name stand in the longer."""
    one, other = (
        set(
            "".join(
                each if each.isalnum() else " " for each in str(one.get("doctor") or "").casefold()
            ).split()
        )
        - _TITLES
        for one in (first, second)
    )
    return one <= other or other <= one


_TITLES = {"dr", "doctor", "mr", "mrs", "ms", "miss", "prof", "professor", "consultant"}


def _said(seen: Seen, medical: EntryFact) -> str:
    labels = {one.code: one.label for one in seen.library.codes("medical_opinion").codes}
    opinion = labels.get(medical.get("opinion"), "")
    return f"{medical.get('doctor') or 'a doctor'} on {long_date(day_of(medical))}, {opinion.lower()}"
