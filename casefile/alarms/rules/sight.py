"""Who has seen the children: not seen, not alone, not since the concern, only at the door, going out of sight."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from casefile.alarms.deaths import alive
from casefile.alarms.rules.base import (
    Event,
    about_entry,
    about_file,
    about_person,
    bears_on,
    days_after,
    event,
    fresh,
    known_from,
    reviewed,
    rule,
    whom,
    working_days_after,
)
from casefile.alarms.seen import Seen, place
from casefile.alarms.sightings import SHOWN_BY, from_their_day, seen_since, sighting, sightings, watched_since
from casefile.alarms.spell import Spell
from casefile.alarms.told import day_of
from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.record.persons import PersonView
from casefile.sections.contact import SEEN
from casefile.standards import AlarmStandard, add_months

_SCHOOLS = ("nursery", "school", "college")
AT_HOME = frozenset({"visit_joint", "visit_announced", "visit_unannounced", "welfare_check", "doorstep"})
"""Kinds of contact at the family's door or behind it."""
TELLS_OF_CONCERN = ("referral", "strategy", "contact")
"""Sections whose entries may tell that significant harm is feared."""


@rule("child_not_seen")
@from_their_day
def child_not_seen(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """A child who must be seen again and again has not been for longer than the limit."""
    for child in alive(seen, seen.children):
        watched = watched_since(seen, child)
        if watched is None:
            continue
        last = max((one.on for one in sightings(seen, child.id)), default=None)
        since = max(watched, last or watched, seen.born_on(child) or watched)
        when = f"was last seen on {long_date(last)}, {{n}} ago" if last else "has never been seen by anybody"
        yield about_person(
            child.id,
            days_after(since, alarm.limits["days"]),
            f"{child.name} {when}.",
            f"{child.name} not seen for {{n}}" if last else f"{child.name} never seen",
            last,
        )


@rule("child_not_seen_after_concern")
@from_their_day
def child_not_seen_after_concern(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Significant harm was feared, and the limit has passed without anybody seeing the child."""
    for entry in seen.of(*TELLS_OF_CONCERN):
        what = concern(entry)
        if what is None or not fresh(seen, entry):
            continue
        for child in alive(seen, whom(seen, entry)):
            born = seen.born_on(child) or date.min
            if seen_since(seen, child.id, max(counts_since(seen, entry), born)) is None:
                yield about_person(
                    child.id,
                    working_days_after(max(known_from(seen, entry), born), alarm.limits["working_days"]),
                    f"{child.name} has not been seen since the {what} of {long_date(day_of(entry))}, {{n}} ago.",
                    f"{child.name} not seen for {{n}} since the {what}",
                    day_of(entry),
                    shown_by=entry,
                    renewed=(known_from(seen, entry),),
                )


def concern(entry: EntryFact) -> str | None:
    """What an entry that tells of feared significant harm is called."""
    if entry.section == "strategy":
        return "strategy discussion" if entry.get("outcome") in ("s47", "s47_continue") else None
    if entry.section == "contact":
        return "injury" if entry.get("injury") and entry.get("child_seen") not in SEEN else None
    if entry.section != "referral" or entry.get("direction") not in ("in", "out"):
        return None
    grave = entry.get("injury") or entry.get("safe_now") == "unsafe"
    return "referral" if grave or entry.get("decision") in ("strategy", "police_protection") else None


def counts_since(seen: Seen, entry: EntryFact) -> date:
    """From when a sight of the child answers a concern: a discussion tells of what was known some days before."""
    limits = seen.library.alarms["child_not_seen_after_concern"].limits
    before = limits["days_before_strategy"] if entry.section == "strategy" else 0
    return day_of(entry) - timedelta(days=before)


@rule("child_not_seen_alone")
@from_their_day
def child_not_seen_alone(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """The child is seen, but for too long and too often only with others there."""
    for child in alive(seen, seen.children):
        watched = watched_since(seen, child)
        if watched is None:
            continue
        found = sightings(seen, child.id)
        alone = max((one.on for one in found if one.alone), default=None)
        since = max(watched, alone or watched)
        visits = [one for one in found if one.on > since and one.entry.section == "contact"]
        if len(visits) < alarm.limits["visits"]:
            continue
        enough = visits[alarm.limits["visits"] - 1]
        yield about_person(
            child.id,
            max(enough.on, days_after(since, alarm.limits["days"])),
            f"{child.name} has been seen {len(visits)} times since {long_date(since)}, never alone.",
            f"{child.name} not seen alone for {{n}}",
            since,
            shown_by=visits[-1].entry,
        )


@rule("sibling_not_seen")
@from_their_day
def sibling_not_seen(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Other children of the same home were seen; this one was not, neither shortly before nor since."""
    for child in seen.children:
        yield from _left_out(seen, child, alarm)


def _left_out(seen: Seen, child: PersonView, alarm: AlarmStandard) -> Iterable[Spell]:
    """The first visit that a child was not seen at, and of the later ones any that police knew of before it."""
    born, known = seen.born_on(child), _in_the_file_since(child)
    first = date.max
    for entry in _unanswered(seen, child, alarm):
        if day_of(entry) >= first:
            return
        if entry.get("kind") not in AT_HOME or entry.get("child_seen") not in SEEN:
            continue
        since = known_from(seen, entry)
        if since >= first or (born and born > day_of(entry)) or (known and known > since):
            continue
        there = [one for one in seen.children if one.id in entry.concerns]
        if child in there or not there or not _lives_with(child, there) or not fresh(seen, entry):
            continue
        first = since
        yield about_person(
            child.id,
            days_after(since, alarm.limits["days"]),
            f"{child.name} was not seen when {there[0].name} was, on {long_date(day_of(entry))}, nor since.",
            f"{child.name} not seen when others of the home were",
            shown_by=entry,
        )


def _unanswered(seen: Seen, child: PersonView, alarm: AlarmStandard) -> Sequence[EntryFact]:
    """The contacts since which, and shortly before which, nobody has seen a child."""
    contacts = seen.of("contact")
    met = sightings(seen, child.id)
    if not met:
        return contacts
    before = timedelta(days=alarm.limits["before_days"])
    return contacts[bisect_right(contacts, met[-1].on, key=lambda one: day_of(one) - before) :]


def _in_the_file_since(child: PersonView) -> date | None:
    return min((one.values["known_on"] for one in child.facts.get("involvement", ())), default=None)


def _lives_with(child: PersonView, others: Iterable[PersonView]) -> bool:
    """Whether a child lives where others do; one whose address nobody knows is taken to."""
    homes = {place(one) for one in child.now("residence")}
    theirs = {place(one) for other in others for one in other.now("residence")}
    return not homes or not theirs or bool(homes & theirs)


@rule("doorstep_only")
def doorstep_only(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """The last contacts were all by appointment, or went no further than the door."""
    announced: list[EntryFact] = []
    door: list[EntryFact] = []
    for entry in seen.of(*SHOWN_BY):
        kind = entry.get("kind") if entry.section == "contact" else None
        if kind == "doorstep":
            announced.append(entry)
            door.append(entry)
        elif kind == "visit_announced":
            announced.append(entry)
            door = [] if entry.get("child_seen") in SEEN else door
        elif sighting(entry) is not None and day_of(entry) >= seen.history.opened_on:
            announced, door = [], []
    for run, limit, how in (
        (door, alarm.limits["doorstep_visits"], "at the door only"),
        (announced, alarm.limits["announced_visits"], "by appointment or at the door only"),
    ):
        if len(run) >= limit:
            yield about_file(
                day_of(run[limit - 1]),
                f"The last {len(run)} contacts, since {long_date(day_of(run[0]))}, were {how}.",
                f"last {len(run)} contacts {how}",
                shown_by=run[-1],
                renewed=[known_from(seen, one) for one in run],
            )
            return


@rule("visits_failed")
def visits_failed(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """One visit after another failed, and nobody has seen a child in between or since."""
    last = max((one.on for entry in seen.of(*SHOWN_BY) if (one := sighting(entry))), default=date.min)
    failed = [one for one in seen.of("contact") if visit_failed(one)]
    run = [one for one in failed if day_of(one) > last]
    limit = alarm.limits["visits"]
    if len(run) >= limit:
        yield about_file(
            day_of(run[limit - 1]),
            f"{len(run)} visits one after another have failed since {long_date(day_of(run[0]))}.",
            f"{len(run)} visits failed",
            shown_by=run[-1],
            renewed=[known_from(seen, one) for one in run],
        )


def visit_failed(entry: EntryFact) -> bool:
    """Whether a visit came to nothing: nobody opened, or nobody was let in to the child."""
    kind = entry.get("kind")
    return kind == "visit_failed" or (kind in AT_HOME and entry.get("child_seen") == "refused")


def _out_of_sight(entry: EntryFact) -> bool:
    return bool(entry.get("out_of_sight"))


@rule("loss_of_sight")
@from_their_day
def loss_of_sight(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Something took the child out of sight; nobody has seen the child since, or no supervisor has looked at it."""
    codes = {one.code: one.label for one in seen.library.codes("out_of_sight").codes}
    for entry in seen.of("contact", "referral"):
        what = [codes.get(one) or one for one in entry.get("out_of_sight") or ()]
        if not what or not fresh(seen, entry):
            continue
        day = day_of(entry)
        hidden = [one for one in whom(seen, entry) if seen_since(seen, one.id, day) is None]
        if hidden or not reviewed(seen, event(seen, entry, _out_of_sight)):
            yield about_entry(
                entry, day, f"{'; '.join(what)} ({long_date(day)}).", f"out of sight: {what[0].lower()}"
            )
    for child in alive(seen, seen.children):
        yield from _out_of_school(seen, child, alarm)


def _out_of_school(seen: Seen, child: PersonView, alarm: AlarmStandard) -> Iterable[Spell]:
    """The places that see a child say that it left school or nursery for no other, or is taught at home."""
    left = _left_school(seen, child, alarm)
    if left is None:
        return
    day, told, from_on = left
    said = [
        one
        for one in seen.of("contact", "referral")
        if "withdrawn_school" in (one.get("out_of_sight") or ()) and bears_on(seen, one, child.id)
    ]
    if said or (seen_since(seen, child.id, day) is not None and reviewed(seen, Event(day, told))):
        return
    yield about_person(
        child.id,
        max(from_on, told),
        f"{child.name} has been at no school or nursery since {long_date(day)}.",
        f"{child.name} at no school or nursery",
    )


def _left_school(seen: Seen, child: PersonView, alarm: AlarmStandard) -> tuple[date, date, date] | None:
    """When a child left, when police knew, and from when it counts: at once if taught at home.

    None if it did not, if it was long before the file was opened, or if the child is past school age.
    """
    if any(one.get("kind") in _SCHOOLS for one in child.now("setting")):
        return None
    gap = alarm.limits["days_without_school"]
    left = [
        (day, one.values["known_on"], day if at_home else days_after(day, gap))
        for one in child.stated("setting")
        if one.get("kind") in (*_SCHOOLS, "home_educated")
        and (day := one.get("from_on" if (at_home := one.get("kind") == "home_educated") else "until_on"))
    ]
    if not left:
        return None
    day, told, from_on = max(left)
    born = seen.born_on(child)
    grown = born is not None and day >= add_months(born, alarm.limits["school_age_months"])
    old = day < seen.history.opened_on - timedelta(days=alarm.limits["days_before_opening"])
    return None if grown or old else (day, told, from_on)
