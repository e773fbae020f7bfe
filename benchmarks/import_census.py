"""Bringing in a census return of 332 children, beside parsing its XML and nothing else."""

from __future__ import annotations

from pathlib import Path

from defusedxml.ElementTree import fromstring

from benchmarks.measure import Figure, seconds
from benchmarks.stores import empty
from casefile.exchange.census.bring_in import bring_in_census

RETURN = Path(__file__).resolve().parents[1] / "tests" / "data" / "cin-census" / "fake_CIN_data.xml"


def figures() -> list[Figure]:
    """Measure."""
    data = RETURN.read_bytes()
    ours: list[float] = []
    least: list[float] = []
    for _ in range(3):
        with empty() as opened:
            least.append(seconds(lambda: fromstring(data)))
            desk = opened.desk
            ours.append(seconds(lambda desk=desk: desk.do(bring_in_census, data, RETURN.name)))
    note = "the floor writes nothing: it shows what XML costs, not what a store must cost"
    work = "Bring in a census return"
    return [Figure(work, "parsing the XML", None, tuple(ours), tuple(least), (332, "child"), note)]
