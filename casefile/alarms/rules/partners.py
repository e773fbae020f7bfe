"""Working with others: conferences police did not attend, dissent nobody took further, agencies that close."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from casefile.alarms.rules.base import (
    about_entry,
    event,
    fresh,
    known_from,
    reviewed,
    rule,
    working_days_after,
)
from casefile.alarms.rules.sight import concern
from casefile.alarms.seen import Seen
from casefile.alarms.spell import Spell
from casefile.alarms.told import day_of
from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.sections.bail import is_live
from casefile.sections.challenge import ended_on
from casefile.sections.strategy import HARM_DONE
from casefile.standards import AlarmStandard, add_months

_DISSENT = ("dissent", "agreed_after_dissent")
_STAYED_AWAY = frozenset({"apologies", "absent", "report_only", "not_invited"})
_ANOTHER_MATTER = ("contact", "referral")
_REPORT = {False: "CONF-R1", True: "CONF-R2"}
"""The timescale of the police report: to a first conference, to a review."""
_DISSENTED = {
    "conference": "Police dissented at the conference",
    "strategy": "Police or another agency disagreed in the strategy discussion",
    "supervision": "A supervisor asked for a challenge",
}


@rule("conference_not_attended")
def conference_not_attended(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Police were not at a first conference; or neither at a review nor heard there, without a permitted reason."""
    kinds = {one.code: one.label for one in seen.library.codes("conference_type").codes}
    for entry in seen.of("conference"):
        excused = entry.get("non_attendance") in alarm.codes["permitted"]
        day = day_of(entry)
        if (
            _absent(entry)
            and not excused
            and fresh(seen, entry)
            and not reviewed(seen, event(seen, entry, _absent))
        ):
            kind = kinds.get(str(entry.get("kind")), "").lower()
            yield about_entry(
                entry,
                day,
                f"Police did not attend the {kind} conference of {long_date(day)}.",
                "conference not attended",
            )


def _absent(entry: EntryFact) -> bool:
    """A review may be served by a report; a first conference may not.

    Where nobody says how police took part, it follows from who is listed, from the view that police could not give, and
    from the reason given for staying away.
    """
    how = entry.get("police_attendance")
    if how is None:
        ours = {row.get("attendance") for row in entry.rows("attendees") if row.get("agency") == "police"}
        stayed_away = bool(ours) and ours <= _STAYED_AWAY
        away = stayed_away or entry.get("position") == "absent" or bool(entry.get("non_attendance"))
        sent = entry.get("report_sent_on") is not None and entry.get("kind") == "review"
        return away and not sent
    return how == "neither" or (how == "report_only" and entry.get("kind") != "review")


@rule("police_report_late")
def police_report_late(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """A conference was held without a police report in time, and no supervisor has looked at that.

    So it is when its day has come and nothing is known of it. Before that day the report is a task, late or not: that
    it was sent is recorded with the conference.
    """
    for entry in seen.of("conference"):
        if (
            not fresh(seen, entry)
            or entry.get("non_attendance") == "not_invited"
            or entry.happened_on is None
        ):
            continue
        scale = seen.library.timescale(_REPORT[entry.get("kind") == "review"], entry.happened_on)
        due = scale.due(entry.happened_on) if scale else None
        sent = entry.get("report_sent_on")
        if due is None or (sent is not None and sent <= due) or reviewed(seen, event(seen, entry)):
            continue
        how = f"went only on {long_date(sent)}" if sent else "was not sent"
        yield about_entry(
            entry,
            entry.happened_on,
            f"The police report to the conference of {long_date(entry.happened_on)} {how}; it was due on {long_date(due)}.",
            "police report to the conference late" if sent else "no police report to the conference",
        )
    for task in seen.owed(*_REPORT.values()):
        fixed = seen.entry(task.entry_id)
        day = (fixed.get("conference_on") or fixed.get("next_on")) if fixed else None
        if day is not None and (task.ended_on is None or task.ended_on > day):
            yield Spell(
                str(task.id),
                day,
                task.ended_on,
                f"No police report is known to have gone to the conference of {long_date(day)}.",
                "no police report to the conference",
                concerns=task.concerns,
                entry_id=task.entry_id,
            )


@rule("dissent_unchallenged")
def dissent_unchallenged(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Police disagreed, or a supervisor asked for a challenge, and nobody opened one."""
    for entry in seen.of(*_DISSENTED):
        if not _disagrees(entry) or not fresh(seen, entry) or _challenged(seen, entry):
            continue
        day = day_of(entry)
        yield about_entry(
            entry,
            working_days_after(known_from(seen, entry), alarm.limits["working_days"]),
            f"{_DISSENTED[entry.section]} on {long_date(day)} and no challenge was opened.",
            "dissent without a challenge",
            day,
        )


def _disagrees(entry: EntryFact) -> bool:
    said = entry.get("position") in _DISSENT or entry.get("challenge_needed") is True
    unsaid = entry.section == "conference" and entry.get("position") is None and bool(entry.get("dissent"))
    return said or unsaid or (entry.section == "strategy" and bool(entry.get("disagreement")))


def _challenged(seen: Seen, entry: EntryFact) -> bool:
    """Whether a challenge was opened on or after that day, or was open then; not one of another matter."""
    return any(
        ((over := ended_on(one)) is None or max(over, day_of(one)) >= day_of(entry)) and _bears(one, entry)
        for one in seen.of("challenge")
    )


def _bears(challenge: EntryFact, entry: EntryFact) -> bool:
    """Whether a challenge can be of what an entry tells: a visit or a referral that is challenged is another matter."""
    about = challenge.get("about_entry")
    return about == entry.thread_id or challenge.get("about") not in _ANOTHER_MATTER


@rule("partner_closing")
def partner_closing(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Social care closed its case while harm is not resolved, and the police view of that is not recorded."""
    for entry in seen.of("social_care_closure"):
        day = day_of(entry)
        why = _unresolved(seen, day) or _unanswered(seen, day, add_months(day, -alarm.limits["months"]))
        if why and not entry.get("police_view") and not _challenged(seen, entry) and fresh(seen, entry):
            yield about_entry(
                entry,
                day,
                f"Social care closed its case on {long_date(day)} while {why}; no police view is recorded.",
                "social care closed with harm unresolved",
            )


def _unresolved(seen: Seen, day: date) -> str | None:
    """What of the harm was not resolved on a day, in words; the plainest first."""
    risk = [one for one in seen.of("risk") if day_of(one) <= day and one.get("level") != "not_assessed"]
    if risk and risk[-1].get("level") in ("medium", "high"):
        return f"the risk is {risk[-1].get('level')}"
    bail = seen.of("bail")
    if any(is_live(one, bail, day) for one in bail):
        return "bail is live"
    if any(not one.get("outcome") and day_of(one) <= day for one in seen.of("investigation")):
        return "the investigation is open"
    if seen.on_plan(day):
        return "a child protection plan stands"
    borne_out = [one for one in seen.of("section47") if one.get("substantiated") == "substantiated_risk"]
    if borne_out and not any(day_of(one) >= day_of(borne_out[-1]) for one in seen.of("conference")):
        return "the enquiry found continuing risk and no conference followed"
    return None


def _unanswered(seen: Seen, day: date, since: date) -> str | None:
    """A concern of the months before that nothing has answered: no enquiry that ended, no assessment of the risk."""
    answers = [day_of(one) for one in seen.of("risk") if one.get("level") != "not_assessed"]
    answers += [
        one.get("ended_on") or day_of(one)
        for one in seen.of("section47")
        if one.get("ended_on") or one.get("outcome")
    ]
    answers += [day_of(one) for one in seen.of("conference")]
    answered_by = max((one for one in answers if one <= day), default=date.min)
    for entry in reversed(seen.of("referral", "strategy", "medical", "contact")):
        if since <= day_of(entry) <= day and day_of(entry) > answered_by and (what := _concern(entry)):
            return f"{what} of {long_date(day_of(entry))} is not answered"
    return None


def _concern(entry: EntryFact) -> str | None:
    """What an entry that tells of harm, or of a child out of sight, is called."""
    if entry.section == "medical":
        return "the doctor’s opinion" if entry.get("opinion") in HARM_DONE else None
    if entry.get("out_of_sight"):
        return "the loss of sight"
    if entry.section == "contact":
        return "the injury" if entry.get("injury") else None
    what = concern(entry)
    return f"the {what}" if what else None
