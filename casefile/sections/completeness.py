"""How complete each divider of a file is, held against the standard's minimum. Pure.

A divider is *complete*, or something is *missing* (and what), or somebody said that it does *not
apply*, or it stands *empty* where the standard does not yet ask for anything. Nobody can say that
a divider does not apply while something behind it is late.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.record.owed import Owed
from casefile.sections import SECTIONS
from casefile.sections.base import Section, describe
from casefile.sections.file_facts import FileFacts, MarkSaid
from casefile.sections.rules_people import PEOPLE_RULES
from casefile.sections.rules_work import WORK_RULES
from casefile.standards import Library

__all__ = ["LATER", "OWED_BEHIND", "DividerState", "FileFacts", "MarkSaid", "divider_states"]

LATER = ("handover",)
"""Dividers that other rooms keep; they are not listed in a file until those rooms stand."""

OWED_BEHIND: dict[str, tuple[str, ...]] = {
    "referral": ("REF-1", "REF-2", "MASH-RED", "MASH-AMBER", "MASH-GREEN"),
    "strategy": ("STR-1",),
    "section47": ("S47-1", "ICPC"),
    "assessments": ("IA-06", "IA-10", "CA", "SA"),
    "conferences": ("CONF-R1", "CONF-R2", "CONF-D", "RCPC-1", "RCPC-n", "RCPC-B", "RCPC-B-UNFIT"),
    "minutes": ("CONF-M", "CONF-C"),
    "research": ("RESEARCH",),
    "core_groups": ("CG-1", "CG-n"),
    "risk": ("RISK-REVIEW",),
    "medicals": ("MED-1", "MED-0-SEEN", "MED-0-REPORT", "MED-0-FORENSIC"),
    "photographs": ("PHOTO-1", "PHOTO-AGAIN"),
    "investigation": ("CRIME", "CHASE"),
    "bail": (
        "BAIL-0", "BAIL-17-INSP", "BAIL-17-SUPT", "BAIL-22-CUSTODY", "BAIL-22-INSP", "BAIL-22-SUPT",
        "BAIL-22-MAX", "BAIL-22x", "RUI",
    ),
    "supervision": ("SUPERVISION", "INSPECTOR-REVIEW"),
    "challenge": ("ESC-1", "ESC-2", "ESC-3", "ESC-4", "ESC-5"),
    "legal": ("PP", "EPO", "CAO", "CARE", "LEG-1", "LEG-3", "PRE", "HEARING"),
    "sharing": ("INFO", "ANSWER", "DISC-13", "DISC-24", "SAR"),
    "contacts": ("VIS-1", "VIS-3-SW", "VIS-3-ANY"),
}  # fmt: skip
"""Which timescales count behind which divider once they are late. What is not here (an action, what a
victim is told) counts behind the divider of the entry that opened it."""
_PLACED = {timescale: divider for divider, several in OWED_BEHIND.items() for timescale in several}


@dataclass(frozen=True, slots=True)
class DividerState:
    """How one divider stands: ``complete``, ``missing``, ``not_applicable`` or ``empty``."""

    divider: str
    mark: str
    count: int
    missing: tuple[str, ...]
    said_by: str


def divider_states(facts: FileFacts, library: Library, as_of: date) -> tuple[DividerState, ...]:
    """The state of every divider of a file, in the order of the standard."""
    late = _late(facts, library)
    return tuple(
        _state(one.key, facts, late.get(one.key, []), library, as_of)
        for one in library.dividers
        if one.key not in LATER
    )


def _state(divider: str, facts: FileFacts, late: list[str], library: Library, as_of: date) -> DividerState:
    count = _count(divider, facts)
    said = facts.marks.get(divider)
    if said is not None and not said.applies and count == 0 and not late:
        words = f"{said.officer}, {long_date(said.on)}: {said.reason}"
        return DividerState(divider, "not_applicable", 0, (), words)
    rule = PEOPLE_RULES.get(divider) or WORK_RULES.get(divider)
    ruled = rule(facts, library, as_of) if rule else ()
    missing = [*_asked(divider, facts, as_of), *ruled, *late]
    if missing:
        return DividerState(divider, "missing", count, tuple(dict.fromkeys(missing)), "")
    stands = count > sum(SECTIONS[one.section].prepares for one in facts.behind(divider))
    return DividerState(divider, "complete" if stands else "empty", count, (), "")


def _count(divider: str, facts: FileFacts) -> int:
    drawn: dict[str, Callable[[], int]] = {
        "front_sheet": lambda: 1,
        "child": lambda: len(facts.children()),
        "household": lambda: len([one for one in facts.people if one.now("residence")]),
        "associated": lambda: len(facts.adults()),
        "chronology": lambda: len(facts.entries),
        "audit": lambda: 1,
    }
    return drawn.get(divider, lambda: 0)() or len(facts.behind(divider))


def _asked(divider: str, facts: FileFacts, as_of: date) -> Iterable[str]:
    """Fields the standard asks for that signed entries leave empty, and what sections themselves miss."""
    for entry in facts.behind(divider):
        section = SECTIONS[entry.section]
        excused = section.excused(entry)
        if entry.thread_id in facts.returned:
            yield f"{_head(entry)}: returned by a supervisor and not answered."
        fields, groups = _asks_for(section)
        empty = [
            f"“{label}”"
            for key, label in fields
            if key not in excused and entry.get(key) in (None, "", [], ())
        ]
        empty += [f"“{label}”" for key, label in groups if key not in excused and not entry.rows(key)]
        if empty:
            *most, last = empty
            yield f"{_head(entry)}: nothing under {', '.join(most)}{' and ' if most else ''}{last}."
        yield from (f"{_head(entry)}: {said}." for said in section.missing(entry, as_of))


def _head(entry: EntryFact) -> str:
    return f"{SECTIONS[entry.section].title} of {long_date(entry.happened_on) or 'a day not known'}"


@cache
def _asks_for(section: type[Section]) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Keys and labels of the fields and groups of a section that the standard asks for."""
    described = describe(section)
    return (
        tuple((one.key, one.label) for one in described.fields if one.asked),
        tuple((one.key, one.label) for one in described.groups if one.asked),
    )


def _late(facts: FileFacts, library: Library) -> dict[str, list[str]]:
    """What is late, by divider, with who owes it unless police do."""
    opened_by = {one.id: SECTIONS[one.section].divider for one in facts.entries}
    found: dict[str, list[str]] = {}
    for task in facts.owed:
        divider = _PLACED.get(task.timescale) or (opened_by.get(task.entry_id) if task.entry_id else None)
        if divider and task.days_late and task.state.outstanding:
            found.setdefault(divider, []).append(_how_late(task, library))
    return found


def _how_late(task: Owed, library: Library) -> str:
    unit = task.late_unit.removesuffix("s") if task.days_late == 1 else task.late_unit
    owes = "" if task.owed_by == "police" else f", owed by {library.codes('agency').label(task.owed_by)}"
    return f"{task.title}: {task.days_late} {unit} late{owes}."
