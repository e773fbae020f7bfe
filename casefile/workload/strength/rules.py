"""How many posts the work needs, and whether stated totals add up. Pure.

Posts of one kind in one team = sum of volume by hours, over available hours less abstraction (domain section 7). A
figure is a tool for judgement: it says what the assumptions come to, not what a team deserves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from casefile.workload.strength.assumed import Against, Assumed, Ratio, Sum, Year

CLOSE = 0.005
"""Figures closer than this are the same."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one kind of work asks of one kind of post: *number* a year at *hours* each."""

    volume: str
    number: float
    hours: float

    @property
    def total(self) -> float:
        """Hours in a year."""
        return self.number * self.hours


@dataclass(frozen=True, slots=True)
class Need:
    """Posts of one kind that one team needs.

    Attributes:
        parts: The work that asks for it.
        effective: Hours that one post gives in a year, abstraction taken off; None where nothing is assumed of it.
        posts: None where *effective* is.
    """

    team: str
    post: str
    parts: tuple[Part, ...]
    effective: float | None

    @property
    def hours(self) -> float:
        """Hours of work in a year."""
        return sum(one.total for one in self.parts)

    @property
    def posts(self) -> float | None:
        """Full-time posts."""
        if not self.parts:
            return 0.0
        return None if not self.effective else self.hours / self.effective


def needs(assumed: Assumed) -> tuple[Need, ...]:
    """What every team needs of every kind of post that anything is assumed of, teams in order."""
    posts = posts_of(assumed)
    return tuple(_need(assumed, team.name, team.volumes, post) for team in assumed.teams for post in posts)


def posts_of(assumed: Assumed) -> tuple[str, ...]:
    """Every kind of post that a scenario speaks of, in order."""
    named = (one.post for one in (*assumed.posts, *assumed.rates))
    allowed = (key for team in assumed.teams for key in team.establishment)
    return tuple(dict.fromkeys((*named, *allowed)))


def volumes_of(assumed: Assumed) -> tuple[str, ...]:
    """Every kind of work that a scenario speaks of, in order."""
    counted = (key for team in assumed.teams for key in team.volumes)
    return tuple(dict.fromkeys((*(one.volume for one in assumed.rates), *counted)))


def _need(assumed: Assumed, team: str, volumes: Mapping[str, float], post: str) -> Need:
    held = assumed.post(post)
    parts = tuple(
        Part(one.volume, volumes[one.volume], one.hours)
        for one in assumed.rates
        if one.post == post and one.hours and volumes.get(one.volume)
    )
    return Need(team, post, parts, held.hours * (1 - held.abstraction) if held else None)


@dataclass(frozen=True, slots=True)
class Check:
    """A figure as stated, beside what it comes to.

    Attributes:
        how: The sum written out, e.g. ``396 + 38 + 9``.
        stated, found: As stated, and as computed from its parts.
        agrees: Whether they are the same, to the digits that are stated.
        words: What must be said of it, in a sentence.
    """

    label: str
    how: str
    stated: str
    found: str
    difference: float
    agrees: bool
    words: str
    source: str


def checks(assumed: Assumed) -> tuple[Check, ...]:
    """Every stated total and share with its recomputation, in the order of the scenario."""
    found = [*(_sum(one) for one in assumed.sums), *(_ratio(one) for one in assumed.ratios)]
    for one in assumed.years:
        found += [_total(one, assumed.years_source), _share(one, assumed.years_source)]
    found += _heading(assumed)
    return tuple(found)


def _sum(one: Sum) -> Check:
    found = sum(term.value for term in one.terms)
    how = _joined(term.value for term in one.terms)
    parts = ", ".join(f"{number(abs(term.value))} {term.label}" for term in one.terms)
    return _compared(one.label, how, one.stated, found, one.source, f" ({parts})")


def _total(one: Year, source: str) -> Check:
    how = _joined((one.officers, one.staff))
    return _compared(f"{one.label}: total", how, one.total, one.officers + one.staff, source, "")


def _compared(label: str, how: str, stated: float, found: float, source: str, parts: str) -> Check:
    apart = stated - found
    agrees = abs(apart) < CLOSE
    if agrees:
        words = f"{how} is {number(found)}, as stated."
    else:
        more = "more" if apart > 0 else "less"
        words = (
            f"{how} is {number(found)}, not {number(stated)}: "
            f"the total as stated is {number(abs(apart))} {more} than its parts{parts}."
        )
    return Check(label, how, number(stated), number(found), apart, agrees, words, source)


def _ratio(one: Ratio) -> Check:
    return _per_cent(one.label, one.part, one.whole, one.stated, 0, one.source, one.basis)


def _share(one: Year, source: str) -> Check:
    return _per_cent(f"{one.label}: share", one.total, one.whole, one.share, 2, source, "")


def _per_cent(
    label: str, part: float, whole: float, stated: float, digits: int, source: str, basis: str
) -> Check:
    found = part / whole * 100
    agrees = abs(found - stated) <= 0.5 * 10**-digits + 1e-9
    how = f"{number(part)} of {number(whole)}"
    exact = f"{found:.{max(digits, 1)}f} %"
    based = f" ({basis})" if basis else ""
    if agrees:
        words = f"{how}{based} is {exact}, stated as {stated:.{digits}f} %."
    else:
        more = "more" if stated > found else "less"
        points = f"{abs(stated - found):.{max(digits, 1)}f}"
        words = f"{how}{based} is {exact}, not {stated:.{digits}f} %: {points} points {more} is stated."
    return Check(label, how, f"{stated:.{digits}f} %", exact, stated - found, agrees, words, source)


def _heading(assumed: Assumed) -> list[Check]:
    """The heading of the table of years says from when it runs."""
    since = assumed.heading_since
    if since is None or not assumed.years:
        return []
    first = min(assumed.years, key=lambda one: one.begins)
    agrees = first.begins == since
    words = (
        f"The heading says since {since}, and the table begins with {first.label}."
        if agrees
        else f"The heading says since {since}, but the table begins with {first.label}."
    )
    return [
        Check("Heading of the table of years", "first year of the table", f"since {since}", first.label,
              float(since - first.begins), agrees, words, assumed.years_source)
    ]  # fmt: skip


def against_words(one: Against) -> str:
    """A strength beside its plan: ``379 against 396 planned: 17 short``."""
    apart = one.actual - one.planned
    stands = (
        "as planned" if abs(apart) < CLOSE else f"{number(abs(apart))} {'over' if apart > 0 else 'short'}"
    )
    return f"{number(one.actual)} against {number(one.planned)} planned: {stands}."


def number(value: float) -> str:
    """A figure as people write it: ``46,760``, ``3.5``, ``0.25``."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def posts_words(value: float | None) -> str:
    """A number of posts, to a tenth: ``12.4``; an empty string where it cannot be said."""
    return "" if value is None else f"{value:,.1f}"


def gap_words(have: float, need: float) -> str:
    """What is missing, in words: ``2.4 short``, ``0.5 over``, ``enough``."""
    apart = round(have - need, 1)
    if apart == 0:
        return "enough"
    return f"{abs(apart):,.1f} {'over' if apart > 0 else 'short'}"


def _joined(values: Iterable[float]) -> str:
    """``396 + 38 + 9`` or ``203 − 154``."""
    said = ""
    for value in values:
        if said:
            said += f" {'−' if value < 0 else '+'} {number(abs(value))}"
        else:
            said = number(value)
    return said
