"""Everything true of a file by what was known on a day: all rules run, closed days cut out, spells put together."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from casefile.alarms import rules
from casefile.alarms.rules.base import RULES, Rule
from casefile.alarms.rules.tasks import late
from casefile.alarms.seen import Seen
from casefile.alarms.spell import Spell
from casefile.standards import AlarmStandard


@dataclass(frozen=True, slots=True)
class Raised:
    """One spell with the alarm it belongs to."""

    alarm: AlarmStandard
    spell: Spell

    @property
    def identity(self) -> tuple[str, str]:
        """What stays the same while it lasts: the alarm and what it is about."""
        return self.alarm.key, self.spell.about


@cache
def all_rules() -> dict[str, Rule]:
    """Every rule by key, from the modules of ``casefile.alarms.rules``."""
    for module in pkgutil.iter_modules(rules.__path__):
        importlib.import_module(f"{rules.__name__}.{module.name}")
    return dict(RULES)


def raised(seen: Seen) -> tuple[Raised, ...]:
    """Every spell that what was known by the day of *seen* makes true, now or ahead; the gravest first."""
    found = (one for alarm in seen.library.alarms.values() for one in of_alarm(seen, alarm))
    return in_order(found)


def of_alarm(seen: Seen, alarm: AlarmStandard) -> tuple[Raised, ...]:
    """The spells of one alarm."""
    spells = late(seen, alarm) if alarm.late else all_rules()[alarm.key](seen, alarm)
    if not alarm.when_closed:
        spells = [part for one in spells for part in _while_open(one, seen)]
    return tuple(Raised(alarm, one) for one in _together(spells))


def in_order(found: Iterable[Raised]) -> tuple[Raised, ...]:
    """The gravest first."""
    return tuple(sorted(found, key=_order))


_GRAVITY = {"danger": 0, "late": 1, "watch": 2}


def _order(one: Raised) -> tuple[int, date, str, str]:
    return (_GRAVITY[one.alarm.severity], one.spell.from_on, one.alarm.key, one.spell.about)


def _while_open(spell: Spell, seen: Seen) -> Iterable[Spell]:
    """The parts of a spell that fall on days on which the file was open; reopened, it begins anew."""
    from_on: date | None = spell.from_on
    for closed, again in seen.closed:
        if from_on is None or (spell.until_on is not None and spell.until_on <= closed):
            break
        if from_on < closed:
            yield replace(spell, from_on=from_on, until_on=closed)
        from_on = None if again is None else max(from_on, again)
    if from_on is not None and (spell.until_on is None or from_on < spell.until_on):
        yield replace(spell, from_on=from_on)


def _together(spells: Iterable[Spell]) -> Iterable[Spell]:
    """Spells about the same thing that meet are one, told in the words of the first."""
    last: dict[str, Spell] = {}
    for spell in sorted(spells, key=lambda one: (one.about, one.from_on)):
        if spell.until_on is not None and spell.until_on <= spell.from_on:
            continue
        before = last.get(spell.about)
        if before is None or (before.until_on is not None and before.until_on < spell.from_on):
            if before is not None:
                yield before
            last[spell.about] = spell
        else:
            ends = (
                None
                if before.until_on is None or spell.until_on is None
                else max(before.until_on, spell.until_on)
            )
            again = tuple(sorted({*before.renewed, *spell.renewed}))
            last[spell.about] = replace(before, until_on=ends, renewed=again)
    yield from last.values()
