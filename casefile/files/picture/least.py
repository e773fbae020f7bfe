"""Places found by a linear problem, handed to HiGHS: as near to what is wanted as what must be allows.

One thread and one start, so that the same family is laid out the same each time
(``docs/decisions/034-pictures-are-placed-by-highs.md``).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from casefile.errors import Unavailable

Terms = Iterable[tuple[int, float]]
"""Columns, each with its factor."""


class Least:
    """A linear problem that is built up wish by wish."""

    def __init__(self) -> None:
        self._cost: list[float] = []
        self._low: list[float] = []
        self._high: list[float] = []
        self._rows: list[tuple[list[tuple[int, float]], float, float]] = []

    def column(self, low: float, high: float, cost: float = 0.0) -> int:
        """A number to be found between two others; each unit of it costs *cost*."""
        self._cost.append(cost)
        self._low.append(low)
        self._high.append(high)
        return len(self._cost) - 1

    def must(self, terms: Terms, low: float, high: float = float("inf")) -> None:
        """A sum that has to stay between two numbers."""
        summed: dict[int, float] = {}
        for column, factor in terms:
            summed[column] = summed.get(column, 0.0) + factor
        self._rows.append(([one for one in summed.items() if one[1]], low, high))

    def wish(self, terms: Terms, target: float, weight: float) -> None:
        """A sum that should be *target*; each unit it is off costs *weight*."""
        over = self.column(0.0, float("inf"), weight)
        under = self.column(0.0, float("inf"), weight)
        self.must([*terms, (over, -1.0), (under, 1.0)], target, target)

    def solve(self) -> list[float]:
        """The numbers of all columns, in the order they were made.

        Raises:
            Unavailable: The solver is not installed, or finds no answer.
        """
        if not self._cost:
            return []
        highs = _library()
        solver = highs.Highs()
        for name, setting in (("output_flag", False), ("threads", 1), ("random_seed", 1),
                              ("solver", "simplex")):  # fmt: skip
            solver.setOptionValue(name, setting)
        solver.passModel(self._model(highs))
        solver.run()
        if solver.getModelStatus() != highs.HighsModelStatus.kOptimal:
            raise Unavailable(
                "The picture cannot be laid out.", remedy="The list beside it says all that it would show."
            )
        return list(solver.getSolution().col_value)

    def _model(self, highs: Any) -> Any:
        made = highs.HighsLp()
        made.num_col_, made.num_row_ = len(self._cost), len(self._rows)
        made.col_cost_, made.col_lower_, made.col_upper_ = self._cost, self._low, self._high
        made.row_lower_ = [low for _, low, _ in self._rows]
        made.row_upper_ = [high for _, _, high in self._rows]
        start, index, value = [0], list[int](), list[float]()
        for terms, _, _ in self._rows:
            index += [column for column, _ in terms]
            value += [factor for _, factor in terms]
            start.append(len(index))
        made.a_matrix_.format_ = highs.MatrixFormat.kRowwise
        made.a_matrix_.start_, made.a_matrix_.index_, made.a_matrix_.value_ = start, index, value
        return made


def _library() -> Any:
    try:
        import highspy
    except ImportError as error:
        raise Unavailable(
            "The solver that lays pictures out is not installed here.",
            remedy="Install highspy, or read the list beside the picture: it says all that it would show.",
        ) from error
    return highspy
