"""What queries of planned strength hand over: frozen rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from casefile.workload.strength.assumed import Against, Assumed
from casefile.workload.strength.rules import Check


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """A scenario in the list.

    Attributes:
        which: By what it is asked for: its identity, or the key of one that ships.
        state: ``ships`` (never changed), ``draft`` (worked on) or ``adopted`` (never changed again).
        in_force: Whether it is the planned strength adopted last.
        year_until: Last day of the year whose volumes it plans with; the day of its source for one that ships.
    """

    which: str
    name: str
    state: str
    in_force: bool
    year_until: date
    copied_from: str = ""
    revision: int = 0
    saved_at: datetime | None = None
    saved_by: str = ""
    adopted_on: date | None = None
    adopted_by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Strength:
    """Posts of one kind in one team, or in all.

    Attributes:
        need: Posts that the work needs; None where nothing is assumed of such a post.
        why: How that is reckoned, in words.
        actual: Full-time equivalents there today; None where the team is not one of this store.
        establishment: Posts allowed; None where none is recorded.
        gap: What is missing against the need, in words.
    """

    team: str
    post: str
    label: str
    need: float | None
    why: str
    actual: float | None
    establishment: float | None
    gap: str


@dataclass(frozen=True, slots=True)
class ScenarioPage:
    """A scenario opened.

    Attributes:
        posts, volumes: Labels of the kinds of post and of work, by code, in order.
        groups: ``officer`` or ``staff`` by kind of post.
        lines: Each team by each kind of post that it needs, has or is allowed.
        totals: The same over all teams, then officers, staff and everybody.
        basis: What the totals rest on, in sentences.
        checks: Stated totals beside what they come to.
        outside: Teams of this store that the scenario leaves out, with how many work there.
    """

    row: ScenarioRow
    assumed: Assumed
    posts: Mapping[str, str]
    volumes: Mapping[str, str]
    groups: Mapping[str, str]
    lines: tuple[Strength, ...]
    totals: tuple[Strength, ...]
    basis: tuple[str, ...]
    checks: tuple[Check, ...]
    against: tuple[Against, ...]
    outside: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of scenarios side by side: a figure in each, None where a scenario has none.

    Attributes:
        differs: Whether the scenarios do not all say the same.
    """

    heading: str
    label: str
    values: tuple[str, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Scenarios side by side: what they come to first, then what they assume."""

    rows: tuple[ScenarioRow, ...]
    lines: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """Volumes counted from the record for the year that ends on a day.

    Attributes:
        teams: By team, the number of each kind of work; files and entries of nobody's team stand under "".
    """

    from_on: date
    until_on: date
    teams: Mapping[str, Mapping[str, int]]
