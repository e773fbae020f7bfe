"""Reading scenarios of planned strength: the list, one of them reckoned through, several side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from casefile.access.model import Officer
from casefile.access.queries import shown
from casefile.errors import Invalid
from casefile.record.dates import long_date
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work
from casefile.workload.strength.assumed import Assumed, from_plain
from casefile.workload.strength.count import counted, strength, year_of
from casefile.workload.strength.model import StrengthAdoption, StrengthScenario
from casefile.workload.strength.reach import missing, shipped, shipped_on, stored
from casefile.workload.strength.rows import (
    Comparison,
    Counted,
    Difference,
    ScenarioPage,
    ScenarioRow,
    Strength,
)
from casefile.workload.strength.rules import (
    Need,
    checks,
    gap_words,
    needs,
    number,
    posts_of,
    posts_words,
    volumes_of,
)

ALL = "All teams"
GROUPS = {"officer": "Officers", "staff": "Police staff"}
MOST_COMPARED = 4
"""Scenarios that stand side by side at most."""


@query(needs=Permission.OWN_ACCOUNT, logs=Logged.NOT_PERSONAL)
def scenarios(work: Work) -> tuple[ScenarioRow, ...]:
    """List the scenarios of planned strength: the one in force, others adopted, those worked on, those that ship."""
    names = _names(work)
    adopted = {one.scenario_id: one for one in work.session.scalars(select(StrengthAdoption))}
    latest = max(adopted.values(), key=lambda one: one.adopted_at, default=None)
    force = latest.scenario_id if latest else None
    rows = [
        _row(one, adopted.get(one.id), names, force)
        for one in work.session.scalars(select(StrengthScenario).order_by(StrengthScenario.name_key))
    ]
    rows.sort(key=lambda one: (not one.in_force, one.state != "adopted"))
    return (*rows, *(_shipped_row(one) for one in work.standards.strength))


@query(needs=Permission.OWN_ACCOUNT, logs=Logged.NOT_PERSONAL)
def scenario(work: Work, which: str) -> ScenarioPage:
    """Open a scenario: its assumptions, what each team needs, has and is allowed, and stated totals recomputed."""
    row, assumed = _opened(work, which)
    have = strength(work)
    label = work.standards.codes("staff_post").label
    lines = tuple(
        _line(one, label, assumed, have, work.standards.codes("strength_volume").label)
        for one in needs(assumed)
    )
    lines = tuple(one for one in lines if one.need or one.actual or one.establishment)
    groups = _groups(work)
    named = posts_of(assumed)
    extra = (one.code for one in work.standards.codes("staff_post").codes if one.code not in named)
    kinds = (one.code for one in work.standards.codes("strength_volume").codes)
    teams = {one.name.casefold() for one in assumed.teams}
    outside: dict[str, float] = {}
    for (team, _), count in have.items():
        if team.casefold() not in teams:
            outside[team] = outside.get(team, 0.0) + count
    return ScenarioPage(
        row=row,
        assumed=assumed,
        posts={one: label(one) for one in (*named, *extra)},
        volumes={
            one: work.standards.codes("strength_volume").label(one)
            for one in dict.fromkeys((*volumes_of(assumed), *kinds))
        },
        groups=groups,
        lines=lines,
        totals=_totals(lines, label, groups),
        basis=_basis(row, assumed, lines, outside),
        checks=checks(assumed),
        against=assumed.against,
        outside=tuple(sorted(outside.items())),
    )


@query(needs=Permission.OWN_ACCOUNT, logs=Logged.NOT_PERSONAL)
def compare_scenarios(work: Work, which: Sequence[str]) -> Comparison:
    """Put scenarios side by side: what they come to first, then every assumption.

    Raises:
        Invalid: Fewer than two, more than four, or one of them twice.
    """
    if not 2 <= len(which) <= MOST_COMPARED:
        raise Invalid(f"Choose two to {MOST_COMPARED} scenarios to compare.", kept="Nothing was read.")
    pages = [scenario(work, one) for one in which]
    if len({page.row.which for page in pages}) < len(pages):
        raise Invalid("A scenario cannot be compared with itself.", kept="Nothing was read.")
    return Comparison(tuple(page.row for page in pages), tuple(_compared(pages)))


@query(needs=Permission.ALLOCATE, logs=Logged.NOT_PERSONAL)
def volumes_of_record(work: Work, until_on: date | None = None) -> Counted:
    """Count the volumes of the year that ends on a day, today unless told, by team."""
    return counted(work, until_on or work.today)


def _opened(work: Work, which: str) -> tuple[ScenarioRow, Assumed]:
    held = stored(work, which)
    if held is not None:
        rows = scenarios(work)
        row = next(one for one in rows if one.which == str(held.id))
        adopted = work.session.get(StrengthAdoption, held.id)
        return row, from_plain((adopted or held).values)
    ships = shipped(work, which)
    if ships is None:
        raise missing(which)
    return _shipped_row(ships), from_plain(ships)


def _row(
    held: StrengthScenario, adopted: StrengthAdoption | None, names: Mapping[UUID, str], force: UUID | None
) -> ScenarioRow:
    return ScenarioRow(
        which=str(held.id),
        name=held.name,
        state="adopted" if adopted else "draft",
        in_force=held.id == force,
        year_until=held.year_until,
        copied_from=held.copied_from,
        revision=held.revision,
        saved_at=held.saved_at,
        saved_by=names.get(held.saved_by, ""),
        adopted_on=adopted.adopted_on if adopted else None,
        adopted_by=names.get(adopted.adopted_by, "") if adopted else "",
        reason=adopted.reason if adopted else "",
    )


def _shipped_row(plain: Mapping[str, object]) -> ScenarioRow:
    return ScenarioRow(str(plain["key"]), str(plain["title"]), "ships", False, shipped_on(plain))


def _names(work: Work) -> dict[UUID, str]:
    rows = work.session.execute(select(Officer.id, Officer.name, Officer.role, Officer.number))
    return {key: shown(name, role, digits) for key, name, role, digits in rows}


def _groups(work: Work) -> dict[str, str]:
    return {
        one.code: "officer" if "officer" in one.tags else "staff"
        for one in work.standards.codes("staff_post").codes
    }


def _line(
    need: Need,
    label: Callable[[str], str],
    assumed: Assumed,
    have: Mapping[tuple[str, str], float],
    volume: Callable[[str], str],
) -> Strength:
    team = assumed.team(need.team)
    allowed = team.establishment.get(need.post) if team else None
    known = {name.casefold() for name, _ in have}
    actual = None
    if need.team.casefold() in known:
        actual = sum(n for (name, post), n in have.items()
                     if (name.casefold(), post) == (need.team.casefold(), need.post))  # fmt: skip
    return Strength(
        need.team,
        need.post,
        label(need.post),
        need.posts,
        _why(need, assumed, volume),
        actual,
        allowed,
        gap_words(actual, need.posts) if actual is not None and need.posts is not None else "",
    )


def _why(need: Need, assumed: Assumed, volume: Callable[[str], str]) -> str:
    """How a need is reckoned, in words."""
    if not need.parts:
        return "No work of this scenario asks for it."
    parts = "; ".join(
        f"{number(one.number)} {volume(one.volume).lower()} at {number(one.hours)} h = {number(one.total)} h"
        for one in need.parts
    )
    held = assumed.post(need.post)
    if held is None or not need.effective:
        return f"{parts}. How many hours such a post has in a year is not said, so no posts follow."
    lost = number(held.abstraction * 100)
    return (
        f"{parts}. A post gives {number(held.hours)} h less {lost} % = {number(need.effective)} h: "
        f"{posts_words(need.posts)} posts."
    )


def _totals(
    lines: Iterable[Strength], label: Callable[[str], str], groups: Mapping[str, str]
) -> tuple[Strength, ...]:
    held = tuple(lines)
    posts = dict.fromkeys(one.post for one in held)
    found = [_total(label(post), post, [one for one in held if one.post == post]) for post in posts]
    for group, title in GROUPS.items():
        some = [one for one in held if groups.get(one.post) == group]
        if some:
            found.append(_total(title, group, some))
    if held:
        found.append(_total("Everybody", "", held))
    return tuple(found)


def _total(title: str, post: str, lines: Sequence[Strength]) -> Strength:
    need = sum(one.need for one in lines if one.need is not None)
    unknown = any(one.need is None for one in lines)
    actual = sum(one.actual for one in lines if one.actual is not None)
    allowed = [one.establishment for one in lines if one.establishment is not None]
    there = any(one.actual is not None for one in lines)
    return Strength(
        ALL,
        post,
        title,
        None if unknown else need,
        "",
        actual if there else None,
        sum(allowed) if allowed else None,
        gap_words(actual, need) if there and not unknown else "",
    )


def _basis(
    row: ScenarioRow, assumed: Assumed, lines: Sequence[Strength], outside: Mapping[str, float]
) -> tuple[str, ...]:
    """What every total on the page rests on."""
    said: list[str] = []
    if lines:
        from_on, until_on = year_of(row.year_until)
        teams = "team" if len(assumed.teams) == 1 else "teams"
        said.append(
            f"Needed: volumes of {long_date(from_on)} to {long_date(until_on)} of {len(assumed.teams)} {teams}, by hours, "
            "over the available hours of a post less abstraction; not rounded up."
        )
        said.append("Actual: full-time equivalents of whoever of these teams may sign in today, away or not.")
        allowed = sum(1 for team in assumed.teams if team.establishment)
        said.append(
            f"Establishment: as recorded in this scenario for {allowed} of {len(assumed.teams)} {teams}."
        )
    if outside and lines:
        left = ", ".join(f"{name or 'no team'} ({number(count)})" for name, count in sorted(outside.items()))
        said.append(f"Left out, because no team of this scenario: {left}.")
    return tuple(said)


def _compared(pages: Sequence[ScenarioPage]) -> Iterable[Difference]:
    """Totals, then teams, then assumptions: every figure that any of them has."""
    yield from _side_by_side(
        "Posts needed in all", pages, lambda page: {one.label: posts_words(one.need) for one in page.totals}
    )
    yield from _side_by_side(
        "Posts needed",
        pages,
        lambda page: {f"{one.team}: {one.label}": posts_words(one.need) for one in page.lines},
    )
    yield from _side_by_side(
        "Stated totals",
        pages,
        lambda page: {one.label: f"{one.stated}, comes to {one.found}" for one in page.checks},
    )
    for heading, figures in _ASSUMPTIONS:
        yield from _side_by_side(heading, pages, figures)


def _side_by_side(
    heading: str, pages: Sequence[ScenarioPage], figures: Callable[[ScenarioPage], Mapping[str, str]]
) -> Iterable[Difference]:
    found = [figures(page) for page in pages]
    for label in dict.fromkeys(key for one in found for key in one):
        values = tuple(one.get(label, "") for one in found)
        yield Difference(heading, label, values, len(set(values)) > 1)


_ASSUMPTIONS: tuple[tuple[str, Callable[[ScenarioPage], Mapping[str, str]]], ...] = (
    (
        "Available hours of a post in a year",
        lambda page: {page.posts[one.post]: number(one.hours) for one in page.assumed.posts},
    ),
    (
        "Abstraction",
        lambda page: {
            page.posts[one.post]: f"{number(one.abstraction * 100)} %" for one in page.assumed.posts
        },
    ),
    (
        "Hours each",
        lambda page: {
            f"{page.volumes[one.volume]}, {page.posts[one.post]}": number(one.hours)
            for one in page.assumed.rates
        },
    ),
    (
        "Volumes of a year",
        lambda page: {
            f"{team.name}: {page.volumes[key]}": number(value)
            for team in page.assumed.teams
            for key, value in team.volumes.items()
            if value
        },
    ),
    (
        "Establishment",
        lambda page: {
            f"{team.name}: {page.posts[key]}": number(value)
            for team in page.assumed.teams
            for key, value in team.establishment.items()
        },
    ),
)
