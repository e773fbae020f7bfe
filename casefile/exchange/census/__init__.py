"""The Children in Need census: the yearly return of every English local authority, read and brought in.

``read`` is pure (XML in, plain data and doubts out); ``bring_in`` writes it to the record.
``docs/import-census.md`` says element by element what becomes of it.
"""

from casefile.exchange.census.model import (
    Assessment,
    CensusReturn,
    Child,
    CinPlan,
    Doubt,
    Enquiry,
    Episode,
    Header,
    Plan,
    Review,
)
from casefile.exchange.census.read import read_census

__all__ = [
    "Assessment",
    "CensusReturn",
    "Child",
    "CinPlan",
    "Doubt",
    "Enquiry",
    "Episode",
    "Header",
    "Plan",
    "Review",
    "read_census",
]
