"""What a rule is, and what several rules ask of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import takewhile
from uuid import UUID

from casefile.alarms.seen import Seen
from casefile.alarms.spell import Spell
from casefile.alarms.told import day_of
from casefile.errors import Bug
from casefile.record.duties import FRESH
from casefile.record.facts import EntryFact
from casefile.record.persons import PersonView
from casefile.sections.supervision import by_inspector, is_review
from casefile.standards import AlarmStandard, add_working_days

Rule = Callable[[Seen, AlarmStandard], Iterable[Spell]]
"""What is true of a file, by what was known: unanswered things, each from its first day."""

RULES: dict[str, Rule] = {}
"""Every rule by the key of its alarm."""

STALE = FRESH
"""What police learn later than this starts no new clock: nobody can see a child within two days of a referral that
a return tells of a year on (``docs/decisions/010-clocks-that-ran-out-unknown.md``)."""

SOCIAL_CARE = ("5A", "5B", "5C")
"""Sources of a referral that are the local authority."""
_PASSED_ON = timedelta(days=14)


def rule(key: str) -> Callable[[Rule], Rule]:
    """Register a rule under the key of its alarm."""

    def register(function: Rule) -> Rule:
        if key in RULES:
            raise Bug(f"The alarm {key} has two rules.")
        RULES[key] = function
        return function

    return register


def fresh(seen: Seen, entry: EntryFact) -> bool:
    """Whether police learnt of it soon enough to act on it as new."""
    return seen.first_known(entry) - day_of(entry) <= STALE


def known_from(seen: Seen, entry: EntryFact) -> date:
    """The day on which its clock starts: when it happened, or when police first knew, whichever is later."""
    return max(day_of(entry), seen.first_known(entry))


def working_days_after(day: date, count: int) -> date:
    """The first day after a limit of so many working days has run out."""
    return add_working_days(day, count) + timedelta(days=1)


def days_after(day: date, count: int) -> date:
    """The first day after a limit of so many calendar days has run out."""
    return day + timedelta(days=count + 1)


def whom(seen: Seen, entry: EntryFact) -> tuple[PersonView, ...]:
    """The children an entry is about; one that names no child is about every child."""
    named = tuple(one for one in seen.children if one.id in entry.concerns)
    return named or seen.children


def bears_on(seen: Seen, entry: EntryFact, child: UUID) -> bool:
    """Whether an entry is about a child."""
    return any(one.id == child for one in whom(seen, entry))


def about_child(seen: Seen, child: UUID, *sections: str) -> tuple[EntryFact, ...]:
    """The latest versions of entries of these sections that are about a child, oldest first."""

    def found() -> tuple[EntryFact, ...]:
        return tuple(one for one in seen.of(*sections) if bears_on(seen, one, child))

    return seen.once(("about a child", child, sections), found)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that asks for an answer: the day it happened, and the day police first knew of it."""

    on: date
    told: date


def event(
    seen: Seen, entry: EntryFact, shows: Callable[[EntryFact], bool] | None = None, on: date | None = None
) -> Event:
    """What an entry tells of: known from the first of its versions, or the first that *shows* it."""
    told = (
        [one.known_on for one in seen.versions(entry) if shows(one)] if shows else [seen.first_known(entry)]
    )
    return Event(on or day_of(entry), min(told, default=entry.known_on))


def answered(seen: Seen, section: str, by: Event, when: Callable[[EntryFact], bool] = lambda _: True) -> bool:
    """Whether an entry of a section came after an event, from somebody who could know of it.

    What was signed before police were told looks at nothing; what police learn of together with the event, as from
    an old file, may.
    """
    since = takewhile(lambda one: day_of(one) >= by.on, reversed(seen.of(section)))
    return any(max(day_of(one), seen.first_known(one)) >= by.told and when(one) for one in since)


def reviewed(seen: Seen, by: Event) -> bool:
    """Whether a supervisor has signed a review of the file since an event."""
    return answered(seen, "supervision", by, is_review)


def inspected(seen: Seen, by: Event) -> bool:
    """Whether an inspector, or somebody above, has signed a review of the file since an event."""
    return answered(seen, "supervision", by, lambda one: is_review(one) and by_inspector(one))


def assessed(seen: Seen, by: Event) -> bool:
    """Whether the risk has been assessed since an event."""
    return answered(seen, "risk", by, lambda one: one.get("level") != "not_assessed")


def about_entry(
    entry: EntryFact, from_on: date, because: str, brief: str, since: date | None = None
) -> Spell:
    """A spell about one entry, open until somebody answers it."""
    return Spell(
        str(entry.thread_id), from_on, None, because, brief, since, concerns=entry.concerns, entry_id=entry.id
    )


def about_person(
    person: UUID,
    from_on: date,
    because: str,
    brief: str,
    since: date | None = None,
    *,
    shown_by: EntryFact | None = None,
    renewed: Iterable[date] = (),
) -> Spell:
    """A spell about one person, open until somebody answers it."""
    return Spell(
        str(person),
        from_on,
        None,
        because,
        brief,
        since,
        concerns=(person,),
        entry_id=shown_by.id if shown_by else None,
        renewed=tuple(renewed),
    )


def about_file(
    from_on: date,
    because: str,
    brief: str,
    since: date | None = None,
    *,
    shown_by: EntryFact | None = None,
    renewed: Iterable[date] = (),
) -> Spell:
    """A spell about the whole file, open until somebody answers it."""
    shown = shown_by.id if shown_by else None
    return Spell("file", from_on, None, because, brief, since, entry_id=shown, renewed=tuple(renewed))


def as_last(spells: Sequence[Spell]) -> Iterable[Spell]:
    """Spells that each tell the whole so far: all in the words of the last."""
    for one in spells:
        yield replace(spells[-1], from_on=one.from_on, renewed=one.renewed)


def lower(words: str) -> str:
    """A label in the middle of a sentence: ``Initial`` becomes ``initial``; an abbreviation stays."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def incoming(seen: Seen) -> Sequence[EntryFact]:
    """Referrals that came to police, oldest first."""
    return [one for one in seen.of("referral") if one.get("direction") == "in"]


def concerns_raised(seen: Seen, within: timedelta = _PASSED_ON) -> Sequence[EntryFact]:
    """Referrals that each raise a concern anew, oldest first: to police, and what police themselves told social care.

    What police pass on that somebody told them shortly before, *within* some days, is no new concern; nor is what
    social care refers back of what police had just told it.
    """
    return seen.once(("concerns raised", within), lambda: _raised_anew(seen, within))


def _raised_anew(seen: Seen, within: timedelta) -> Sequence[EntryFact]:
    told = seen.of("referral")
    return [one for one in told if not _the_same_again(one, told, within)]


def _the_same_again(entry: EntryFact, told: Iterable[EntryFact], within: timedelta) -> bool:
    if entry.get("direction") not in ("in", "out"):
        return True
    outward = entry.get("direction") == "out"
    if not outward and entry.get("source") not in SOCIAL_CARE:
        return False
    other = "in" if outward else "out"
    return any(
        one.get("direction") == other
        and day_of(entry) - within <= day_of(one) <= day_of(entry)
        and (outward or day_of(one) < day_of(entry))
        for one in told
    )
