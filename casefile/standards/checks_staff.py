"""What a file weighs, what an officer can carry and which training a role needs: read, and a force's copies laid over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeVar

from casefile.errors import Damaged
from casefile.standards.shape import (
    AccreditationShape,
    CapacityShape,
    GapsShape,
    StaffFile,
    WeightShape,
    WorkloadFile,
    shaped,
)

WORKLOAD = "workload.toml"
STAFF = "staff.toml"


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


_Row = TypeVar("_Row", bound=_Keyed)


class StaffFiles:
    """What one folder of standards says of weights, capacity and training, each by its key."""

    def __init__(self) -> None:
        self.capacity: dict[str, CapacityShape] = {}
        self.weights: dict[str, WeightShape] = {}
        self.accreditations: dict[str, AccreditationShape] = {}
        self.gaps: GapsShape | None = None

    def take(self, name: str, raw: Mapping[str, Any]) -> None:
        """Read one of the two files.

        Raises:
            Damaged: It has not the shape, or names something twice.
        """
        if name == WORKLOAD:
            found = shaped(name, raw, WorkloadFile)
            self.capacity = _once(name, found.capacity)
            self.weights = _once(name, found.weight)
        else:
            staff = shaped(name, raw, StaffFile)
            self.accreditations, self.gaps = _once(name, staff.accreditation), staff.gaps

    def lay_over(self, theirs: StaffFiles) -> None:
        """Let a force's rows take the place of the shipped ones with the same key.

        Raises:
            Damaged: A weight or a number of capacity that no rule knows.
        """
        for what, ours, new in (
            ("weight", self.weights, theirs.weights),
            ("number of capacity", self.capacity, theirs.capacity),
        ):
            if unknown := next((key for key in new if key not in ours), None):
                raise Damaged(
                    f"{WORKLOAD}: there is no {what} called {unknown}. Those there are may be edited; a new one "
                    "needs a rule."
                )
        self.capacity |= theirs.capacity
        self.weights |= theirs.weights
        self.accreditations |= theirs.accreditations
        self.gaps = theirs.gaps or self.gaps

    def named(self) -> Iterable[tuple[str, list[tuple[str, str, str]]]]:
        """What is named of code lists: the list, and file, row and code of each."""
        for one in self.weights.values():
            for listed, codes in one.codes.items():
                yield listed, [(WORKLOAD, one.key, code) for code in codes]
        yield "accreditation", [(STAFF, key, key) for key in self.accreditations]

    def plain(self) -> dict[str, Any]:
        """All of it as plain data."""
        return {
            "capacity": [_plain(one) for one in self.capacity.values()],
            "weights": [_plain(one) for one in self.weights.values()],
            "accreditations": [_plain(one) for one in self.accreditations.values()],
            "gaps_of_staff": _plain(self.gaps) if self.gaps else {},
        }


def _once(name: str, rows: Iterable[_Row]) -> dict[str, _Row]:
    found: dict[str, _Row] = {}
    for row in rows:
        if row.key in found:
            raise Damaged(f"{name}: {row.key} stands there twice.")
        found[row.key] = row
    return found


def _plain(shape: Any) -> dict[str, Any]:
    return shape.model_dump(mode="json", exclude_defaults=True)
