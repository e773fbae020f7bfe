"""The duplicate finder on the FEBRL sets 1 to 3, beside the recipe of the package that ships them and plain rapidfuzz."""

from __future__ import annotations

from benchmarks.measure import Figure
from benchmarks.names import febrl


def figures() -> list[Figure]:
    """Measure."""
    return list(febrl())
