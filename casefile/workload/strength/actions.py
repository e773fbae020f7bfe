"""Copying a scenario, changing its figures, counting its volumes from the record, adopting it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete

from casefile.errors import Fault, Invalid
from casefile.work.door import action
from casefile.work.names import Kind, Logged, Permission
from casefile.work.unit import Work
from casefile.workload.strength.assumed import (
    UNCHANGED,
    Assumed,
    Team,
    from_plain,
    to_plain,
    with_figure,
    with_team,
    without_team,
)
from casefile.workload.strength.count import counted, strength
from casefile.workload.strength.model import StrengthAdoption, StrengthScenario
from casefile.workload.strength.reach import (
    adoption_of,
    missing,
    name_key,
    shipped,
    shipped_on,
    stored,
    to_change,
)
from casefile.workload.strength.rules import needs

LONGEST_NAME = 120


@action(needs=Permission.ALLOCATE, logs=Logged.ADMINISTRATION)
def copy_scenario(work: Work, which: str, name: str) -> UUID:
    """Copy a scenario of planned strength under a name of its own, to change the copy."""
    plain, until_on, said = _original(work, which)
    named = _new_name(work, name)
    made = StrengthScenario(
        name=named,
        name_key=name_key(named),
        year_until=until_on,
        copied_from=said,
        values=dict(plain),
        made_on=work.today,
        saved_at=work.now,
        saved_by=work.officer_id,
    )
    work.session.add(made)
    work.session.flush()
    _noted(work, made)
    return made.id


@action(needs=Permission.ALLOCATE, logs=Logged.ADMINISTRATION)
def set_figures(
    work: Work, which: str, figures: Mapping[str, str | float], revision: int | None = None
) -> int:
    """Change figures of a scenario, all of them or none; gives its new revision.

    Args:
        which: Its identity or name.
        figures: By path (``casefile.workload.strength.assumed``), as typed.
        revision: The one that was looked at; an older one never overwrites a newer.
    """
    held = to_change(work, which, revision)
    assumed = from_plain(held.values)
    for path, text in figures.items():
        _known_codes(work, path)
        assumed = with_figure(assumed, path, text)
    return _keep(work, held, assumed)


@action(needs=Permission.ALLOCATE, logs=Logged.ADMINISTRATION)
def add_planned_team(work: Work, which: str, team: str, revision: int | None = None) -> int:
    """Add a team to a scenario; gives its new revision."""
    held = to_change(work, which, revision)
    return _keep(work, held, with_team(from_plain(held.values), team))


@action(needs=Permission.ALLOCATE, logs=Logged.ADMINISTRATION)
def remove_planned_team(work: Work, which: str, team: str, revision: int | None = None) -> int:
    """Take a team out of a scenario; gives its new revision."""
    held = to_change(work, which, revision)
    return _keep(work, held, without_team(from_plain(held.values), team))


@action(needs=Permission.ALLOCATE, logs=Logged.ADMINISTRATION)
def count_volumes(work: Work, which: str, until_on: date | None = None, revision: int | None = None) -> int:
    """Put the volumes that the record shows for a year into a scenario, team by team; gives its new revision.

    Teams that the record knows and the scenario does not are added. What was typed for a volume is replaced.
    """
    held = to_change(work, which, revision)
    until = until_on or work.today
    if until > work.today:
        raise Invalid([Fault("until_on", "The year must have ended, today at the latest.")], kept=UNCHANGED)
    found = counted(work, until).teams
    assumed = from_plain(held.values)
    for team in (*dict.fromkeys(name for name, _ in strength(work)), *found):
        if team and "/" not in team and assumed.team(team) is None:
            assumed = with_team(assumed, team)
    codes = [one.code for one in work.standards.codes("strength_volume").codes]
    teams = tuple(_counted_team(team, found, codes) for team in assumed.teams)
    held.year_until = until
    return _keep(work, held, replace(assumed, teams=teams))


@action(needs=Permission.SIGN_INSPECTION, logs=Logged.ADMINISTRATION)
def adopt_scenario(work: Work, which: str, reason: str, revision: int | None = None) -> None:
    """Adopt a scenario as the planned strength; from here on it stands as it is, and is changed only in a copy."""
    held = to_change(work, which, revision)
    if not reason.strip():
        raise Invalid([Fault("reason", "Say why it is adopted, and by which decision.")], kept=UNCHANGED)
    assumed = from_plain(held.values)
    if not assumed.teams or not any(one.posts for one in needs(assumed)):
        raise Invalid(
            "The scenario asks for no posts: it has no team with volumes. Count or type them first.",
            kept=UNCHANGED,
        )
    work.session.add(
        StrengthAdoption(
            scenario_id=held.id,
            name=held.name,
            year_until=held.year_until,
            values=dict(held.values),
            reason=reason.strip(),
            adopted_on=work.today,
            adopted_at=work.now,
            adopted_by=work.officer_id,
        )
    )
    work.session.flush()
    _noted(work, held)


@action(needs=Permission.ALLOCATE, logs=Logged.ADMINISTRATION)
def drop_scenario(work: Work, which: str, revision: int | None = None) -> None:
    """Throw away a scenario that was never adopted."""
    held = to_change(work, which, revision)
    _noted(work, held)
    work.session.execute(delete(StrengthScenario).where(StrengthScenario.id == held.id))


def _original(work: Work, which: str) -> tuple[Mapping[str, Any], date, str]:
    """What a scenario assumes, its year, and its name."""
    if (held := stored(work, which)) is not None:
        adopted = adoption_of(work, held)
        return (adopted or held).values, held.year_until, held.name
    if (ships := shipped(work, which)) is None:
        raise missing(which)
    return to_plain(from_plain(ships)), shipped_on(ships), ships["title"]


def _new_name(work: Work, name: str) -> str:
    named = " ".join(name.split())
    if not named or len(named) > LONGEST_NAME:
        raise Invalid(
            [Fault("name", f"Give the copy a name of 1 to {LONGEST_NAME} characters.")], kept=UNCHANGED
        )
    if stored(work, named) is not None or shipped(work, named) is not None:
        raise Invalid([Fault("name", f"There is already a scenario called {named}.")], kept=UNCHANGED)
    return named


def _known_codes(work: Work, path: str) -> None:
    """A kind of post or of work that a path names is one of the lists."""
    parts = [one.strip() for one in path.split("/")]
    lists = {
        "available": ("", "staff_post"),
        "abstraction": ("", "staff_post"),
        "hours": ("", "strength_volume", "staff_post"),
        "volumes": ("", "", "strength_volume"),
        "establishment": ("", "", "staff_post"),
    }.get(parts[0], ())
    for part, listed in zip(parts, lists, strict=False):
        if listed and work.standards.codes(listed).get(part) is None:
            known = ", ".join(one.code for one in work.standards.codes(listed).codes)
            raise Invalid([Fault(path, f"There is no {part}. There are: {known}.")], kept=UNCHANGED)


def _counted_team(team: Team, found: Mapping[str, Mapping[str, int]], codes: list[str]) -> Team:
    numbers: Mapping[str, int] = {}
    for name, held in found.items():
        if name.casefold() == team.name.casefold():
            numbers = held
    return Team(team.name, {code: float(numbers.get(code, 0)) for code in codes}, team.establishment)


def _keep(work: Work, held: StrengthScenario, assumed: Assumed) -> int:
    held.values = to_plain(assumed)
    held.revision += 1
    held.saved_at, held.saved_by = work.now, work.officer_id
    work.session.flush()
    _noted(work, held)
    return held.revision


def _noted(work: Work, held: StrengthScenario) -> None:
    work.note(scenario=held.name, revision=held.revision)
    work.touch(Kind.STRENGTH)
