"""Research: people of the household whom nobody searched again before a conference."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from casefile.alarms.rules.base import event, fresh, known_from, reviewed, rule
from casefile.alarms.rules.household import near_since
from casefile.alarms.seen import Seen
from casefile.alarms.spell import Spell
from casefile.alarms.told import day_of
from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.record.persons import PersonView
from casefile.sections.researched import FixedConference, answers, fixed_conference, known_since
from casefile.standards import AlarmStandard

_FIXED = {"strategy": "conference_on", "conference": "next_on"}
"""Where a record fixes the day of the next conference."""
_DAY = timedelta(days=1)


@rule("research_not_repeated")
def research_not_repeated(seen: Seen, alarm: AlarmStandard) -> Iterable[Spell]:
    """Somebody of the household was not searched within the days that count before a conference, fixed or held.

    It is true from the day after the police report is due, for the research goes into the report. Of a conference that
    was held a supervisor's review ends it: nothing can be searched before it any more.
    """
    held = {one.happened_on for one in seen.of("conference") if one.happened_on}
    for entry in seen.of(*_FIXED):
        fixed: date | None = entry.get(_FIXED[entry.section])
        superseded = any(day > day_of(entry) for day in held)
        if fixed is not None and fixed >= day_of(entry) and not superseded:
            first = entry.section == "strategy"
            yield from _about(seen, entry, fixed_conference(fixed, first, seen.library), "")
    for entry in seen.of("conference"):
        if (
            entry.happened_on is None
            or entry.get("non_attendance") == "not_invited"
            or not fresh(seen, entry)
        ):
            continue
        if not reviewed(seen, event(seen, entry)):
            first = entry.get("kind") != "review"
            ahead = fixed_conference(entry.happened_on, first, seen.library)
            yield from _about(seen, entry, ahead, " It was held all the same.")


def _about(seen: Seen, entry: EntryFact, ahead: FixedConference, more: str) -> Iterable[Spell]:
    missing = [one for one in _household(seen, ahead.on) if not _searched(seen, one, ahead)]
    if missing:
        names = _listed([one.name for one in missing])
        since = max((day for one in missing if (day := known_since(one, seen.file_id))), default=date.min)
        due = max(
            ahead.report_by + _DAY, known_from(seen, entry) if not more else ahead.on, min(since, ahead.on)
        )
        yield Spell(
            f"conference/{ahead.on.isoformat()}",
            due,
            None,
            f"Nobody searched again about {names} from {long_date(ahead.counts_from)} on, before the conference of "
            f"{long_date(ahead.on)}; the research was due with the report on {long_date(ahead.report_by)}.{more}",
            f"research not repeated before the conference of {long_date(ahead.on)}",
            concerns=tuple(one.id for one in missing),
            entry_id=entry.id,
        )


def _household(seen: Seen, by: date) -> list[PersonView]:
    """The children, and the adults in their home or about it, whom police knew of before a day."""
    about = [*seen.children, *(one for one in seen.adults if near_since(seen, one) is not None)]
    return [
        one
        for one in about
        if (known_since(one, seen.file_id) or by) <= by and (seen.born_on(one) or by) <= by
    ]


def _searched(seen: Seen, person: PersonView, ahead: FixedConference) -> bool:
    results = seen.library.codes("research_result")
    return any(
        ahead.counts_from <= day_of(one) <= ahead.on
        and (not one.concerns or person.id in one.concerns)
        and (not one.rows("searches") or any(answers(row, results) for row in one.rows("searches")))
        for one in seen.of("research")
    )


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
