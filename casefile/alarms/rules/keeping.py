"""Keeping the file: who owns it, who is away, who has looked at it, how it was closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from casefile.alarms.rules.base import about_file, days_after, incoming, rule, working_days_after
from casefile.alarms.rules.sight import seen_since
from casefile.alarms.seen import Away, Seen, day_of
from casefile.alarms.spell import Spell
from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.record.owed import TaskState
from casefile.standards import AlarmStandard, working_days_between

_OWNERS = {"officer": "officer in charge", "supervisor": "supervisor"}


def _holder(seen: Seen, role: str) -> tuple[UUID | None, date]:
    """Who holds the file in a role, and since when that is so (since when nobody does)."""
    rows = [one for one in seen.holders if one.get("role") == role and one.current]
    standing = [one for one in rows if one.get("until_on") is None or one.get("until_on") >= seen.known_by]
    if standing:
        return standing[0].get("officer_id"), standing[0].get("from_on") or standing[0].values["known_on"]
    ended = [one.get("until_on") for one in rows if one.get("until_on")]
    return None, max(ended, default=seen.history.opened_on)


@rule("unowned")
def unowned(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """The file has no officer in charge, or no supervisor."""
    missing: dict[str, date] = {}
    for role, name in _OWNERS.items():
        holder, since = _holder(seen, role)
        if holder is None:
            missing[name] = since
    if missing:
        since = min(missing.values())
        yield about_file(
            working_days_after(since, alarm.limits["working_days"]),
            f"The file has had no {' and no '.join(missing)} since {long_date(since)}.",
            f"no {' and no '.join(missing)}",
            since,
        )


@rule("officer_away")
def officer_away(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Whoever is in charge, or supervises, is away longer than the limit and still holds the file."""
    for role, name in _OWNERS.items():
        holder, _ = _holder(seen, role)
        for away in seen.away:
            if (
                away.officer_id == holder
                and (from_on := _long_from(away, alarm.limits["working_days"])) is not None
            ):
                who = seen.history.officers.get(away.officer_id, "the officer")
                back = f" until {long_date(away.until_on)}" if away.until_on else ""
                yield Spell(
                    f"{role}/{away.officer_id}",
                    from_on,
                    away.until_on,
                    f"{who}, {name}, is away from {long_date(away.from_on)}{back} and the file is not handed over.",
                    f"{name} away, not handed over",
                    away.from_on,
                )


def _long_from(away: Away, limit: int) -> date | None:
    """From when an absence counts as long: at once if its end is known to be far, else once it has lasted so long."""
    if away.until_on is None:
        return away.from_on if away.why == "left" else working_days_after(away.from_on, limit)
    return away.from_on if working_days_between(away.from_on, away.until_on) > limit else None


@rule("never_supervised")
def never_supervised(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """No supervisor has signed a review of the file since it was opened."""
    if not seen.of("supervision"):
        opened = seen.history.opened_on
        yield about_file(
            days_after(opened, alarm.limits["days"]),
            f"No supervisor has reviewed the file since it was opened on {long_date(opened)}.",
            "never reviewed, open for {n}",
            opened,
        )


@rule("closed_unsafely")
def closed_unsafely(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """What stood open on the day the file was closed: bail, a child nobody has seen, something police owed."""
    for entry in seen.of("closure"):
        if not any(since >= day_of(entry) and until is None for since, until in seen.closed):
            continue
        if open_things := [*_unseen(seen, entry), *_left_open(seen, entry)]:
            yield about_file(
                day_of(entry),
                f"Closed on {long_date(day_of(entry))} while {'; '.join(open_things)}.",
                "closed with something open",
                shown_by=entry,
            )


def _unseen(seen: Seen, closure: EntryFact) -> Iterable[str]:
    told = [day_of(one) for one in incoming(seen) if day_of(one) <= day_of(closure)]
    for child in seen.children:
        if told and seen_since(seen, child.id, max(told)) is None:
            yield f"{child.name} had not been seen since the last referral"


def _left_open(seen: Seen, closure: EntryFact) -> Iterable[str]:
    if any(
        not one.get("ended_how") and one.get("kind") not in ("charge", "court", "nfa")
        for one in seen.of("bail")
    ):
        yield "bail was live"
    if closure.get("outstanding"):
        return
    for task in seen.owed:
        given_up = task.state is TaskState.CEASED and task.ended_on == day_of(closure)
        if given_up and task.owed_by == "police" and task.timescale in ("ACTION", "TASK", "CHASE"):
            yield f"police still owed “{task.title}”"
