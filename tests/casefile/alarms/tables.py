"""Every case of every alarm, by its key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from casefile.sections import SECTIONS
from tests.casefile.alarms.cases_days import DAYS
from tests.casefile.alarms.cases_harm import HARM, HOUSEHOLD
from tests.casefile.alarms.cases_justice import JUSTICE
from tests.casefile.alarms.cases_keeping import KEEPING, RISK
from tests.casefile.alarms.cases_late import CLOCKS, NEVER, OTHER_DAYS
from tests.casefile.alarms.cases_partners import PARTNERS, REFERRALS
from tests.casefile.alarms.cases_sight import SIGHT
from tests.casefile.alarms.cases_ways import WAYS
from tests.casefile.alarms.telling import Case, tell


def opened() -> frozenset[str]:
    """Every timescale of which some section opens tasks; those of actions and of tasks set by hand too."""
    found = {"ACTION", "TASK"}
    for section in SECTIONS.values():
        for one in (*section.opens, *section.opens_each):
            found |= {one.timescale} if isinstance(one.timescale, str) else set(one.among)
    return frozenset(found)


def every_case() -> Mapping[str, tuple[Case, ...]]:
    """The tables put together."""
    found: dict[str, list[Case]] = defaultdict(list)
    for clock in CLOCKS:
        if clock.scale in opened():
            found[clock.alarm] += clock.cases()
    for alarm, name, part, due, late in OTHER_DAYS:
        found[alarm].append(Case(name, tell(part), due, late))
    for alarm, name, parts in NEVER:
        found[alarm].append(Case(name, tell(*parts), "2026-03-31 2026-06-30 2027-12-31 2031-03-31"))
    for table in (SIGHT, HARM, HOUSEHOLD, REFERRALS, PARTNERS, JUSTICE, RISK, KEEPING, DAYS, WAYS):
        for alarm, cases in table.items():
            found[alarm] += cases
    return {key: tuple(cases) for key, cases in found.items()}
