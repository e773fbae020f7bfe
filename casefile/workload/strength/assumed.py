"""What a scenario of planned strength assumes: frozen, to and from plain data, and one figure changed at a time. Pure.

A figure is named by its path: ``volumes/Team North/referral``, ``hours/referral/pclo``, ``available/dc``,
``abstraction/dc``, ``establishment/Team North/dc``; of figures that a source states, ``sum/growth/stated`` or
``sum/growth/dc``, ``against/june_2009/actual``, ``ratio/increase/part``, ``year/2005/officers``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, TypeVar, cast

from casefile.errors import Fault, Invalid

T = TypeVar("T")
UNCHANGED = "Nothing was changed."
LONGEST_YEAR = 8784.0
"""Hours of a leap year: nobody works longer."""
MOST = 1_000_000.0
"""More of anything in a year of one team, or of a force, is a slip of the hand."""


@dataclass(frozen=True, slots=True)
class Post:
    """What one full-time post of a kind gives in a year.

    Attributes:
        hours: Hours on duty in a year, leave and bank holidays taken off.
        abstraction: Share of them lost to court, courses, sickness and other calls; 0.2 is a fifth.
    """

    post: str
    hours: float
    abstraction: float
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """Hours that one piece of work takes of one kind of post."""

    volume: str
    post: str
    hours: float
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Team:
    """A team: how much work comes to it in a year, and the posts it is allowed."""

    name: str
    volumes: Mapping[str, float] = field(default_factory=dict[str, float])
    establishment: Mapping[str, float] = field(default_factory=dict[str, float])


@dataclass(frozen=True, slots=True)
class Against:
    """A strength that a source gives, beside what was planned."""

    key: str
    label: str
    actual: float
    planned: float
    source: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a sum; negative where it is taken off."""

    key: str
    label: str
    value: float
    source: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """A total as stated, and its parts."""

    key: str
    label: str
    stated: float
    terms: tuple[Term, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share as stated, in per cent, and of what it is a share."""

    key: str
    label: str
    stated: float
    part: float
    whole: float
    basis: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a table of strengths; *share* is in per cent of *whole*, the force's own total."""

    label: str
    begins: int
    officers: float
    staff: float
    total: float
    whole: float
    share: float


@dataclass(frozen=True, slots=True)
class Assumed:
    """Everything that a scenario assumes.

    Attributes:
        heading_since: The year from which the heading of the table of years says it runs; None where it says nothing.
    """

    about: str = ""
    source: str = ""
    posts: tuple[Post, ...] = ()
    rates: tuple[Rate, ...] = ()
    teams: tuple[Team, ...] = ()
    against: tuple[Against, ...] = ()
    sums: tuple[Sum, ...] = ()
    ratios: tuple[Ratio, ...] = ()
    years: tuple[Year, ...] = ()
    heading_since: int | None = None
    years_source: str = ""

    def post(self, key: str) -> Post | None:
        """What a post of a kind gives; None where nothing is assumed of it."""
        return next((one for one in self.posts if one.post == key), None)

    def rate(self, volume: str, post: str) -> Rate | None:
        """What a piece of work takes of a kind of post; None where nothing."""
        return next((one for one in self.rates if (one.volume, one.post) == (volume, post)), None)

    def team(self, name: str) -> Team | None:
        """A team by its name, without regard to case."""
        return next((one for one in self.teams if one.name.casefold() == name.casefold()), None)


def from_plain(plain: Mapping[str, Any]) -> Assumed:
    """What a scenario as kept in the store, or as shipped (``resources/standards/strength``), assumes."""
    trend = plain.get("trend", {})
    return Assumed(
        about=plain.get("about", ""),
        source=plain.get("source", ""),
        posts=_all(Post, plain.get("post", ())),
        rates=_all(Rate, plain.get("rate", ())),
        teams=_all(Team, plain.get("team", ())),
        against=_all(Against, plain.get("against", ())),
        sums=tuple(_sum_of(one) for one in plain.get("sum", ())),
        ratios=_all(Ratio, plain.get("ratio", ())),
        years=_all(Year, plain.get("year", ())),
        heading_since=trend.get("heading_since"),
        years_source=trend.get("source", ""),
    )


def to_plain(assumed: Assumed) -> dict[str, Any]:
    """The same as plain data for the store; :func:`from_plain` reads it back."""
    rows = {
        "post": assumed.posts,
        "rate": assumed.rates,
        "team": assumed.teams,
        "against": assumed.against,
        "sum": assumed.sums,
        "ratio": assumed.ratios,
        "year": assumed.years,
    }
    return {
        "about": assumed.about,
        "source": assumed.source,
        "trend": {"heading_since": assumed.heading_since, "source": assumed.years_source},
        **{key: [asdict(one) for one in found] for key, found in rows.items()},
    }


def _sum_of(plain: Mapping[str, Any]) -> Sum:
    terms = _all(Term, plain["terms"])
    return Sum(plain["key"], plain["label"], plain["stated"], terms, plain.get("source", ""))


def _all(kind: Callable[..., T], rows: Sequence[Mapping[str, Any]]) -> tuple[T, ...]:
    return tuple(kind(**row) for row in rows)


def number_given(path: str, text: str | float) -> float:
    """A figure as typed: ``1,650``, ``0.25`` or ``25%``.

    Raises:
        Invalid: It is no number.
    """
    if isinstance(text, int | float):
        value = float(text)
    else:
        bare = text.strip().replace(",", "").replace(" ", "")
        per_cent = bare.endswith("%")
        try:
            value = float(bare.rstrip("%")) / (100 if per_cent else 1)
        except ValueError:
            raise _wrong(path, f"“{text}” is no number. Write it as 1650, 0.25 or 25%.") from None
    if not math.isfinite(value):
        raise _wrong(path, f"“{text}” is no number. Write it as 1650, 0.25 or 25%.")
    return value


def with_figure(assumed: Assumed, path: str, text: str | float) -> Assumed:
    """The same with one figure changed.

    Raises:
        Invalid: There is no such figure, or it cannot be so; the sentence says what it may be.
    """
    parts = [one.strip() for one in path.split("/")]
    change = _CHANGES.get(parts[0])
    if change is None or len(parts) != _LENGTHS[parts[0]] or not all(parts):
        raise _wrong(path, f"There is no figure called {path}. Figures are called {_EXAMPLES}.")
    value = number_given(path, text)
    return change(assumed, path, parts[1:], value)


def with_team(assumed: Assumed, name: str) -> Assumed:
    """The same with one team more.

    Raises:
        Invalid: It has no name, or stands there already.
    """
    wanted = " ".join(name.split())
    if not wanted or "/" in wanted or len(wanted) > 200:
        raise _wrong("team", "Give the team a name without a stroke.")
    if assumed.team(wanted) is not None:
        raise _wrong("team", f"{wanted} stands in this scenario already.")
    return replace(assumed, teams=(*assumed.teams, Team(wanted)))


def without_team(assumed: Assumed, name: str) -> Assumed:
    """The same with one team less.

    Raises:
        Invalid: There is no such team.
    """
    gone = _team(assumed, name, name)
    return replace(assumed, teams=tuple(one for one in assumed.teams if one is not gone))


def _available(assumed: Assumed, path: str, at: list[str], value: float) -> Assumed:
    if not 0 < value <= LONGEST_YEAR:
        raise _wrong(path, "The hours of a post in a year are more than 0 and at most 8,784.")
    held = assumed.post(at[0]) or Post(at[0], value, 0.0)
    return _with_post(assumed, replace(held, hours=value))


def _abstraction(assumed: Assumed, path: str, at: list[str], value: float) -> Assumed:
    if not 0 <= value < 1:
        raise _wrong(path, "The abstraction is from 0 to less than 100 %: at 100 % nobody does any work.")
    held = assumed.post(at[0])
    if held is None:
        raise _wrong(path, "Say first how many hours such a post has in a year.")
    return _with_post(assumed, replace(held, abstraction=value))


def _hours(assumed: Assumed, path: str, at: list[str], value: float) -> Assumed:
    if not 0 <= value <= LONGEST_YEAR:
        raise _wrong(path, "The hours that a piece of work takes are from 0 to 8,784.")
    held = assumed.rate(at[0], at[1])
    made = replace(held, hours=value) if held else Rate(at[0], at[1], value)
    return replace(assumed, rates=_put(assumed.rates, held, made))


def _volume(assumed: Assumed, path: str, at: list[str], value: float) -> Assumed:
    _count(path, value)
    held = _team(assumed, at[0], path)
    made = replace(held, volumes={**held.volumes, at[1]: value})
    return replace(assumed, teams=_put(assumed.teams, held, made))


def _establishment(assumed: Assumed, path: str, at: list[str], value: float) -> Assumed:
    _count(path, value)
    held = _team(assumed, at[0], path)
    made = replace(held, establishment={**held.establishment, at[1]: value})
    return replace(assumed, teams=_put(assumed.teams, held, made))


def _sum(assumed: Assumed, path: str, at: list[str], value: float) -> Assumed:
    if not -MOST <= value <= MOST:
        raise _wrong(path, "That is no number of posts.")
    held = _found(path, (one for one in assumed.sums if one.key == at[0]))
    if at[1] == "stated":
        return replace(assumed, sums=_put(assumed.sums, held, replace(held, stated=value)))
    term = _found(path, (one for one in held.terms if one.key == at[1]))
    made = replace(held, terms=_put(held.terms, term, replace(term, value=value)))
    return replace(assumed, sums=_put(assumed.sums, held, made))


def _against(assumed: Assumed, path: str, at: list[str], value: float) -> Assumed:
    _count(path, value)
    held = _found(path, (one for one in assumed.against if one.key == at[0]))
    return replace(assumed, against=_put(assumed.against, held, _with(held, path, at[1], value)))


def _ratio(assumed: Assumed, path: str, at: list[str], value: float) -> Assumed:
    _count(path, value)
    if at[1] == "whole" and value == 0:
        raise _wrong(path, "A share is of something: more than 0.")
    held = _found(path, (one for one in assumed.ratios if one.key == at[0]))
    return replace(assumed, ratios=_put(assumed.ratios, held, _with(held, path, at[1], value)))


def _year(assumed: Assumed, path: str, at: list[str], value: float) -> Assumed:
    _count(path, value)
    if at[1] == "whole" and value == 0:
        raise _wrong(path, "A share is of something: more than 0.")
    held = _found(path, (one for one in assumed.years if str(one.begins) == at[0]))
    return replace(assumed, years=_put(assumed.years, held, _with(held, path, at[1], value)))


_CHANGES: dict[str, Callable[[Assumed, str, list[str], float], Assumed]] = {
    "available": _available,
    "abstraction": _abstraction,
    "hours": _hours,
    "volumes": _volume,
    "establishment": _establishment,
    "sum": _sum,
    "against": _against,
    "ratio": _ratio,
    "year": _year,
}
_LENGTHS = {key: 2 if key in ("available", "abstraction") else 3 for key in _CHANGES}
_EXAMPLES = (
    "volumes/TEAM/referral, hours/referral/pclo, available/dc, abstraction/dc or establishment/TEAM/dc"
)


def _with_post(assumed: Assumed, made: Post) -> Assumed:
    return replace(assumed, posts=_put(assumed.posts, assumed.post(made.post), made))


def _with(held: T, path: str, name: str, value: float) -> T:
    """A figure of a row, changed; only what is a figure."""
    if name in ("key", "label", "source", "basis", "begins") or not hasattr(held, name):
        raise _wrong(path, f"There is no figure called {path}.")
    return cast("T", replace(cast("Any", held), **{name: value}))


def _put(rows: tuple[T, ...], held: T | None, made: T) -> tuple[T, ...]:
    return tuple(made if one is held else one for one in rows) if held is not None else (*rows, made)


def _team(assumed: Assumed, name: str, path: str) -> Team:
    found = assumed.team(name)
    if found is None:
        raise _wrong(path, f"There is no team called {name} in this scenario.")
    return found


def _found(path: str, rows: Any) -> Any:
    found = next(iter(rows), None)
    if found is None:
        raise _wrong(path, f"There is no figure called {path}.")
    return found


def _count(path: str, value: float) -> None:
    if not 0 <= value <= MOST:
        raise _wrong(path, "A number in a year is from 0 to 1,000,000; it cannot be less than nothing.")


def _wrong(path: str, sentence: str) -> Invalid:
    return Invalid([Fault(path, sentence)], kept=UNCHANGED)
