"""The investigation and the law: suspects, prosecutions, bail, police protection, orders that run out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from casefile.alarms.rules.base import (
    Event,
    about_entry,
    assessed,
    days_after,
    event,
    fresh,
    inspected,
    reviewed,
    rule,
    whom,
)
from casefile.alarms.seen import Seen
from casefile.alarms.sightings import from_their_day, sightings
from casefile.alarms.spell import Spell
from casefile.alarms.told import day_of
from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.record.owed import Owed
from casefile.sections.bail import LIMITS
from casefile.sections.legal import places
from casefile.standards import AlarmStandard

_NO_PROSECUTION = frozenset({"nfa_police", "nfa_cps", "9", "10", "14", "15", "16", "18", "21"})
_ADVISED_AGAINST = frozenset({"nfa_evidence", "nfa_public_interest"})
_TO_INTERVIEW = frozenset({"identified", "arrested"})


@rule("second_no_prosecution")
def second_no_prosecution(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """No prosecution on a second day or a later one, and no inspector has looked at it since."""
    ended = sorted(
        (day, index, told, one)
        for index, one in enumerate(seen.of("investigation"))
        for day, told in _decisions_not_to(seen, one)
    )
    for day, _, told, entry in ended:
        if day > ended[0][0] and not inspected(seen, Event(day, told)):
            yield about_entry(
                entry,
                day,
                f"On {long_date(day)} it was again decided not to prosecute; "
                f"the first time was on {long_date(ended[0][0])}.",
                "second decision not to prosecute",
            )


def _decisions_not_to(seen: Seen, entry: EntryFact) -> Iterable[tuple[date, date]]:
    """Each decision not to prosecute that an investigation tells of: its day, and when police knew.

    An investigation that was taken up again and then given up tells of two; a day put right is no second decision.
    """
    last: EntryFact | None = None
    told = date.max
    for one in seen.versions(entry):
        if _not_prosecuted(one):
            told = min(told, one.known_on)
            last = one
        elif last is not None:
            yield last.get("outcome_on") or told, told
            last, told = None, date.max
    if last is not None:
        yield last.get("outcome_on") or told, told


def _not_prosecuted(entry: EntryFact) -> bool:
    return entry.get("outcome") in _NO_PROSECUTION or entry.get("cps_advice") in _ADVISED_AGAINST


@rule("suspect_not_interviewed")
def suspect_not_interviewed(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Somebody is suspected and not interviewed within the limit of days."""
    for entry in seen.of("investigation"):
        over: date | None = (entry.get("outcome_on") or date.min) if entry.get("outcome") else None
        for row in entry.rows("suspects"):
            ends = min((day for day in (row.get("interviewed_on"), over) if day), default=None)
            if row.get("suspect_status") not in _TO_INTERVIEW and not row.get("interviewed_on"):
                continue
            told = event(seen, entry, partial(_suspects, name=row.get("name"))).told
            since = max(row.get("status_on") or told, day_of(entry))
            name = row.get("name") or "A suspect"
            yield Spell(
                f"{entry.thread_id}/{name}",
                days_after(since, alarm.limits["days"]),
                ends,
                f"{name}, a suspect since {long_date(since)}, has not been interviewed.",
                f"{name} not interviewed for {{n}}",
                since,
                concerns=entry.concerns,
                entry_id=entry.id,
            )


def _suspects(entry: EntryFact, name: str | None) -> bool:
    return any(
        row.get("name") == name and row.get("suspect_status") in _TO_INTERVIEW
        for row in entry.rows("suspects")
    )


@rule("bail_running_out")
def bail_running_out(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Bail before charge ends within days, or has ended, with nothing decided."""
    for task in seen.owed(*LIMITS):
        if _in_time(task):
            continue
        entry = seen.entry(task.entry_id)
        who = (entry.get("suspect") if entry else None) or "a suspect"
        if task.due_on is None:
            yield Spell(
                str(task.id),
                days_after(task.opened_on, alarm.limits["days_without_end"]),
                None,
                f"Bail of {who}, given on {long_date(task.opened_on)}, has no day on which it ends.",
                f"bail of {who} without an end",
                concerns=task.concerns,
                entry_id=task.entry_id,
            )
            continue
        yield _running_out(task, f"Bail of {who}", f"bail of {who}", alarm.limits["days_before"])


@rule("order_running_out")
def order_running_out(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """An emergency protection or child assessment order ends within days."""
    for task in seen.owed("EPO", "CAO"):
        if task.due_on is not None and not _in_time(task):
            name = "Emergency protection order" if task.timescale == "EPO" else "Child assessment order"
            yield _running_out(task, name, name.lower(), alarm.limits["days_before"])


def _in_time(task: Owed) -> bool:
    """Whether it is told that it was decided by its last day."""
    return task.ended_on is not None and (task.due_on is None or task.ended_on <= task.due_on)


def _running_out(task: Owed, what: str, brief: str, days: int) -> Spell:
    due = task.due_on or task.opened_on
    return Spell(
        str(task.id),
        max(due - timedelta(days=days), task.opened_on),
        task.ended_on,
        f"{what} runs until {long_date(due)} and nothing is decided.",
        f"{brief} runs until {long_date(due)}",
        concerns=task.concerns,
        entry_id=task.entry_id,
    )


@rule("bail_breached")
def bail_breached(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """A breach is recorded; the risk has not been assessed since, or no supervisor has looked at it."""
    for entry in seen.of("bail"):
        breach = event(seen, entry, _breached, on=_breached_on(entry))
        if _breached(entry) and not (assessed(seen, breach) and reviewed(seen, breach)):
            yield about_entry(
                entry,
                max(breach.told, _breached_on(entry) or date.min),
                f"{entry.get('suspect') or 'A suspect'} breached bail.",
                "bail breached",
            )


def _breached(entry: EntryFact) -> bool:
    return bool(entry.get("breaches")) or entry.get("ended_how") == "breached"


def _breached_on(entry: EntryFact) -> date | None:
    """The day on which bail ended by a breach, where that is told."""
    found: date | None = entry.get("ended_on") if entry.get("ended_how") == "breached" else None
    return found


@rule("police_protection_ending")
def police_protection_ending(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """The last hours of the 72: the power is never extended by itself."""
    for entry in seen.of("police_protection"):
        ended: datetime | None = entry.get("ended_at")
        if (entry.get("ended_how") and ended is None) or not fresh(seen, entry):
            continue
        near = (alarm.limits["hours"] - alarm.limits["hours_before"]) // 24
        ends = day_of(entry) + timedelta(hours=alarm.limits["hours"])
        if ended is not None and (ended.date() - day_of(entry)).days <= alarm.limits["hours"] // 24:
            continue
        placed = seen.first_on("legal", day_of(entry), partial(_places, entry=entry))
        over = min((one for one in (placed, ended.date() if ended else None) if one), default=None)
        at = f" at {entry.happened_at:%H:%M}" if entry.happened_at else ""
        ending = about_entry(
            entry,
            day_of(entry) + timedelta(days=near),
            f"Police protection of {long_date(day_of(entry))} ends on {long_date(ends)}{at} at the latest; how it ended is "
            "not recorded.",
            f"police protection ends on {long_date(ends)}",
        )
        yield replace(ending, until_on=over)


def _places(order: EntryFact, entry: EntryFact) -> bool:
    """Whether an order or an agreement places a child who is in police protection."""
    same = not order.concerns or not entry.concerns or not set(order.concerns).isdisjoint(entry.concerns)
    return same and places(order)


@rule("police_protection_unseen")
@from_their_day
def police_protection_unseen(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """It ended, and nobody recorded that the child was seen between taking and release, or since."""
    for entry in seen.of("police_protection"):
        ended: datetime | None = entry.get("ended_at")
        if (ended is None and not entry.get("ended_how")) or not fresh(seen, entry):
            continue
        released = ended.date() if ended else max(entry.known_on, day_of(entry))
        for child in whom(seen, entry):
            meetings = [
                one
                for one in sightings(seen, child.id)
                if one.on >= day_of(entry) and one.entry.section != entry.section
            ]
            if not meetings:
                yield Spell(
                    f"{entry.thread_id}/{child.id}",
                    released,
                    None,
                    f"{child.name} left police protection on {long_date(released)} and nobody recorded having seen "
                    "the child.",
                    f"{child.name} released from police protection unseen",
                    concerns=(child.id,),
                    entry_id=entry.id,
                )
