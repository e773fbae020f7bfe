"""Moving many files as a problem for a solver, and what any answer costs by the plan's own measure. Pure.

One officer for each file, from a few who may take it. What counts: points above capacity, points near it, and for each
file what speaks against its officer (moving where it need not, lacking accreditation; a family kept together is
worth something). The numbers stand in ``resources/standards/allocation.toml``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from casefile.standards import MovesStandard


@dataclass(frozen=True, slots=True)
class Option:
    """An officer who may take a file, by place among the officers, and what it costs beside load."""

    officer: int
    cost: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything that a solver needs.

    Attributes:
        points: What each file weighs.
        options: For each file who may have it; never empty.
        stays: For each file which of its options leaves it where it is; None where it must go.
        officers: Who they are.
        load: Points of each officer that do not move.
        capacity: Points each can carry.
    """

    points: tuple[int, ...]
    options: tuple[tuple[Option, ...], ...]
    stays: tuple[int | None, ...]
    officers: tuple[UUID, ...]
    load: tuple[int, ...]
    capacity: tuple[int, ...]

    def near(self, moves: MovesStandard) -> tuple[int, ...]:
        """From how many points on each officer is near capacity."""
        return tuple(one * moves.near_percent // 100 for one in self.capacity)

    def carried(self, chosen: Sequence[int]) -> list[int]:
        """What each officer carries when each file goes to its chosen option."""
        found = list(self.load)
        for file, option in enumerate(chosen):
            found[self.options[file][option].officer] += self.points[file]
        return found

    def cost(self, chosen: Sequence[int], moves: MovesStandard) -> int:
        """What an answer costs: the less the better. *chosen* names an option for each file."""
        total = sum(self.options[file][option].cost for file, option in enumerate(chosen))
        for carried, capacity, near in zip(
            self.carried(chosen), self.capacity, self.near(moves), strict=True
        ):
            total += moves.over * max(carried - capacity, 0) + moves.near * max(carried - near, 0)
        return total

    def idle(self) -> tuple[int, ...] | None:
        """The answer that leaves every file where it is; None where one must go."""
        kept = tuple(one for one in self.stays if one is not None)
        return kept if len(kept) == len(self.stays) else None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the solver found.

    Attributes:
        chosen: An option for each file.
        cost: By the measure of the problem.
        bound: No answer costs less.
        in_time: Whether it came to its end, not stopped by the clock.
    """

    chosen: tuple[int, ...]
    cost: int
    bound: float
    in_time: bool

    @property
    def gap(self) -> float:
        """How far from the best possible it may be, in hundredths of what it costs; 0.0 is proven best."""
        apart = max(self.cost - self.bound, 0.0)
        return 0.0 if apart < 0.5 else 100 * apart / max(abs(self.cost), 1)
