"""Recording checks: many systems about one person in one step, signed like any other entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from casefile.alarms.refresh import refresh_file
from casefile.errors import Fault, Invalid, Missing
from casefile.files.actions.entries import sign
from casefile.files.research.model import CheckColumn, Researched, ResearchGrid
from casefile.files.research.queries import read_research
from casefile.record.facts import EntryFact
from casefile.sections.researched import ANSWERS
from casefile.standards import Library
from casefile.work.door import action
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

_UNSAID = "Nothing was recorded."


@dataclass(frozen=True, slots=True)
class Found:
    """What one search gave.

    Attributes:
        system: Code of the system, or key of a check: then the system that is in use for it.
        result: Code of ``research_result``.
        tried: Names and dates of birth tried; "" is every name that the file holds.
        reference: Number there.
        source, information, handling: Grading of intelligence, as codes of the grading of that day.
    """

    system: str
    result: str
    tried: str = ""
    found: str = ""
    reference: str = ""
    source: str = ""
    information: str = ""
    handling: str = ""


@dataclass(frozen=True, slots=True)
class Occasion:
    """When, why and by whom was searched; what is left empty the file says.

    Attributes:
        on: The day; None is today.
        by: Who searched; "" is the officer.
        why: Code of ``research_reason``; "" follows from the file.
        conclusion: What it means for the children.
    """

    on: date | None = None
    by: str = ""
    why: str = ""
    conclusion: str = ""


@action(needs=Permission.KEEP_FILES, logs=Logged.COLLECTION)
def record_checks(
    work: Work, file_id: UUID, person_id: UUID, found: Sequence[Found], occasion: Occasion | None = None
) -> EntryFact:
    """Record what systems were searched about one person, as one signed entry.

    Raises:
        Missing: There is no such file for this officer.
        Invalid: Nobody of the file who is researched is meant, or nothing was searched, or a code is not in its list.
    """
    grid = read_research(work, file_id)
    try:
        person = grid.person(person_id)
    except KeyError:
        raise Missing("Nobody of this file who is researched is meant.", kept=_UNSAID) from None
    if not found:
        raise Invalid([Fault("searches", "Say which systems were searched.")], kept=_UNSAID)
    when = occasion or Occasion()
    when = replace(when, by=when.by or work.actor.name)
    fact = sign(work, file_id, "research", form(grid, person, found, work.standards, when))
    refresh_file(work, file_id, fact.known_on)
    return fact


def form(
    grid: ResearchGrid, person: Researched, found: Sequence[Found], library: Library, occasion: Occasion
) -> dict[str, Any]:
    """The state of the research form for what was found about one person."""
    day = (occasion.on or grid.as_of).isoformat()
    state: dict[str, Any] = {
        "happened_on": day,
        "known_on": day,
        "concerns": [str(person.id)],
        "occasion": occasion.why or grid.occasion(person),
        "searched_by": occasion.by,
        "status": status(grid, person, found, library),
        "searches": [_row(grid, person, one) for one in found],
        "conclusion": occasion.conclusion,
    }
    return {key: value for key, value in state.items() if value}


def status(grid: ResearchGrid, person: Researched, found: Sequence[Found], library: Library) -> str:
    """``complete`` where, with this, nothing is wanted of the person any more; else ``under_way``."""
    results = library.codes("research_result")
    answered = {
        system_of(grid, one.system)
        for one in found
        if (code := results.get(one.result)) and ANSWERS in code.tags
    }
    awaited = any(one.result in ("asked", "possible") for one in found)
    left = [one for one in person.wanted if answered.isdisjoint(grid.column(one.check).systems)]
    return "under_way" if left or awaited else "complete"


def system_of(grid: ResearchGrid, said: str) -> str:
    """The system meant: a code as it is, or the one in use for a check."""
    columns: tuple[CheckColumn, ...] = (*grid.columns, *grid.more)
    return next((one.system for one in columns if one.key == said and said not in one.systems), said)


def _row(grid: ResearchGrid, person: Researched, one: Found) -> dict[str, Any]:
    row = {
        "system": system_of(grid, one.system),
        "tried": one.tried or person.names,
        "result": one.result,
        "found": one.found,
        "found_ref": one.reference,
        "graded_source": one.source,
        "graded_information": one.information,
        "graded_handling": one.handling,
    }
    return {key: value for key, value in row.items() if value}
