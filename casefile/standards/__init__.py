"""The standard as data: editions of Working Together, timescales, dividers, code lists, working days.

The files are in ``resources/standards``; ``docs/standards.md`` says how a force edits them.
"""

from casefile.standards.allocation import AllocationStandard, MovesStandard, PartStandard
from casefile.standards.calendar import (
    add_months,
    add_working_days,
    is_bank_holiday,
    is_working_day,
    next_working_day,
    working_days_between,
)
from casefile.standards.codes import Code, CodeList
from casefile.standards.load import Library, library
from casefile.standards.model import AlarmStandard, Divider, ReviewInterval, Standard, Timescale
from casefile.standards.research import Check, ResearchStandard
from casefile.standards.workload import (
    Accreditation,
    CapacityNumber,
    StaffStandard,
    Weight,
    WorkloadStandard,
)

__all__ = [
    "Accreditation",
    "AlarmStandard",
    "AllocationStandard",
    "CapacityNumber",
    "Check",
    "Code",
    "CodeList",
    "Divider",
    "Library",
    "MovesStandard",
    "PartStandard",
    "ResearchStandard",
    "ReviewInterval",
    "StaffStandard",
    "Standard",
    "Timescale",
    "Weight",
    "WorkloadStandard",
    "add_months",
    "add_working_days",
    "is_bank_holiday",
    "is_working_day",
    "library",
    "next_working_day",
    "working_days_between",
]
