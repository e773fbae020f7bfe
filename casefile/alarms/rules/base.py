"""What a rule is, and what several rules ask of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from casefile.alarms.seen import Seen, day_of
from casefile.alarms.spell import Spell
from casefile.errors import Bug
from casefile.record.facts import EntryFact
from casefile.record.persons import PersonView
from casefile.sections.supervision import by_inspector
from casefile.standards import AlarmStandard, add_working_days

Rule = Callable[[Seen, AlarmStandard], Iterable[Spell]]
"""What is true of a file, by what was known: unanswered things, each from its first day."""

RULES: dict[str, Rule] = {}
"""Every rule by the key of its alarm."""

STALE = timedelta(days=28)
"""What police learn later than this starts no new clock: nobody can see a child within two days of a referral that
a return tells of a year on (``docs/decisions/010-clocks-that-ran-out-unknown.md``)."""


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
    return seen.first_known[entry.thread_id] - day_of(entry) <= STALE


def known_from(seen: Seen, entry: EntryFact) -> date:
    """The day on which its clock starts: when it happened, or when police first knew, whichever is later."""
    return max(day_of(entry), seen.first_known[entry.thread_id])


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


def reviewed(seen: Seen, since: date) -> bool:
    """Whether a supervisor has signed a review of the file on or after a day."""
    return seen.first_on("supervision", since) is not None


def inspected(seen: Seen, since: date) -> bool:
    """Whether an inspector, or somebody above, has signed a review of the file on or after a day."""
    return seen.first_on("supervision", since, by_inspector) is not None


def assessed(seen: Seen, since: date) -> bool:
    """Whether the risk has been assessed on or after a day."""
    return seen.first_on("risk", since) is not None


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
    )


def about_file(
    from_on: date, because: str, brief: str, since: date | None = None, *, shown_by: EntryFact | None = None
) -> Spell:
    """A spell about the whole file, open until somebody answers it."""
    return Spell("file", from_on, None, because, brief, since, entry_id=shown_by.id if shown_by else None)


def lower(words: str) -> str:
    """A label in the middle of a sentence: ``Initial`` becomes ``initial``; an abbreviation stays."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def incoming(seen: Seen) -> Sequence[EntryFact]:
    """Referrals that came to police, oldest first."""
    return [one for one in seen.of("referral") if one.get("direction") == "in"]
