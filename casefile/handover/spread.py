"""A suggestion of who receives which file: simple, in the open, with a reason for each; people decide. Pure.

The heaviest file comes first and goes to whoever, of those with room for it, knows the family, else is of the giver's
team, else has the most room. What a file weighs and what an officer can carry are handed in: the weights below stand
where nothing better is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Weights:
    """Points of one open file, and how many an officer carries; illustrative (domain section 7), to be changed."""

    file: float = 1
    on_plan: float = 3
    high_risk: float = 3
    capacity: float = 100


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class ToPlace:
    """A file that wants a receiver: its place in the hand-over, what it weighs, and the team it comes from."""

    item_id: UUID
    file_id: UUID
    reference: str
    points: float
    team: str


@dataclass(frozen=True, slots=True)
class Carrier:
    """An officer who could receive, with the points they carry and can carry."""

    officer_id: UUID
    officer: str
    team: str
    points: float
    capacity: float


@dataclass(frozen=True, slots=True)
class Placed:
    """What is suggested for one file; *receiver_id* is None where nobody asked about can take it, and *why* says so."""

    item_id: UUID
    reference: str
    points: float
    receiver_id: UUID | None
    receiver: str
    why: str


def file_points(risk_level: str | None, *, on_plan: bool, weights: Weights = WEIGHTS) -> float:
    """What a file weighs by what its front says."""
    return (
        weights.file
        + (weights.on_plan if on_plan else 0)
        + (weights.high_risk if risk_level == "high" else 0)
    )


def spread(
    files: Iterable[ToPlace],
    carriers: Iterable[Carrier],
    ties: Mapping[tuple[UUID, UUID], str],
    refused: Callable[[UUID, UUID], str | None],
    *,
    told: bool = True,
) -> tuple[Placed, ...]:
    """Suggest a receiver for each file, in the order of their references.

    Args:
        ties: By file and officer, how the officer knows the family, in a sentence.
        refused: Why an officer cannot take a file of the hand-over, or None.
        told: Whether the reasons may say what others carry.
    """
    there = {one.officer_id: one for one in carriers}
    load = {key: one.points for key, one in there.items()}
    found: list[Placed] = []
    for file in sorted(files, key=lambda one: (-one.points, one.reference)):
        against = {key: refused(file.item_id, key) for key in there}
        able = [one for key, one in there.items() if against[key] is None]
        if not able:
            why = next((one for one in against.values() if one), "Nobody was chosen.")
            found.append(Placed(file.item_id, file.reference, file.points, None, "", why))
            continue
        chosen = min(able, key=lambda one: _order(file, one, load[one.officer_id], ties))
        now = load[chosen.officer_id] = load[chosen.officer_id] + file.points
        why = _why(file, chosen, now, ties, told=told)
        found.append(
            Placed(file.item_id, file.reference, file.points, chosen.officer_id, chosen.officer, why)
        )
    return tuple(sorted(found, key=lambda one: one.reference))


def _order(
    file: ToPlace, one: Carrier, load: float, ties: Mapping[tuple[UUID, UUID], str]
) -> tuple[bool, bool, bool, float, str]:
    """The least comes first: room, then who knows the family, then the same team, then the share carried."""
    after = load + file.points
    tied = (file.file_id, one.officer_id) in ties
    share = after / one.capacity if one.capacity > 0 else float("inf")
    return after > one.capacity, not tied, one.team != file.team, share, one.officer


def _why(
    file: ToPlace, one: Carrier, now: float, ties: Mapping[tuple[UUID, UUID], str], *, told: bool
) -> str:
    said = [ties[file.file_id, one.officer_id]] if (file.file_id, one.officer_id) in ties else []
    if one.team and one.team == file.team:
        said.append("Same team.")
    room = now <= one.capacity
    if told:
        carried = f"{now:g} of {one.capacity:g} points with it."
        said.append(carried if room else f"Beyond their room: {carried}")
    else:
        said.append("Has room for it." if room else "Beyond their room; nobody chosen has more.")
    return " ".join(said)
