"""The research of a file on paper: who was searched on what, by whom, under which names, and what is still wanted."""

from __future__ import annotations

import io
from collections.abc import Iterator
from uuid import UUID

from casefile.audit.recipient import recipient_of
from casefile.files.research.model import Researched, ResearchGrid
from casefile.files.research.queries import read_research
from casefile.paper.listed import PrintedList, lay_list
from casefile.paper.model_file import PrintedTable
from casefile.paper.rows import Column
from casefile.paper.sheet import Imprint
from casefile.record.dates import long_date, short_date
from casefile.sections.researched import CheckCell, CheckState, Searched
from casefile.standards import Library
from casefile.store.counters import next_number
from casefile.work.door import action, query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

MARKING = "OFFICIAL-SENSITIVE"
_COLUMNS = (
    Column("Person", 22),
    Column("Check", 20),
    Column("Searched, and what was tried", 44),
    Column("How it stands", 34),
)


@action(needs=Permission.DISCLOSE, logs=Logged.DISCLOSURE)
def print_research(work: Work, file_id: UUID, recipient: str) -> bytes:
    """Print who of a file was searched on what, and what is missing, as a numbered copy.

    Raises:
        Missing: There is no such file for this officer.
        Invalid: Nobody is named to receive the copy.
    """
    whom = recipient_of(recipient)
    told = read_research(work, file_id)
    number = next_number(work.session, f"copy/{file_id}")
    work.disclosed_to(whom)
    work.note(copy=number, people=len(told.people))
    return _printed(work, told, number)


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def preview_research(work: Work, file_id: UUID) -> bytes:
    """Look at the pages that the research of a file would have; every page says that it is no copy."""
    return _printed(work, read_research(work, file_id), None)


def _printed(work: Work, told: ResearchGrid, number: int | None) -> bytes:
    stream = io.BytesIO()
    family = f"{told.family_name} family" if told.family_name else "Family not named"
    imprint = Imprint(MARKING, told.reference, family, work.actor.name, work.now, number)
    printed = PrintedList("Research", about(told), (research_table(told, work.standards),))
    work.note(pages=lay_list(printed, stream, imprint, work.progress))
    return stream.getvalue()


def about(told: ResearchGrid) -> tuple[tuple[str, str], ...]:
    """What the research is for, and how much is wanted."""
    ahead = told.conference
    fixed = (
        f"{long_date(ahead.on)}; a search counts from {long_date(ahead.counts_from)} on, the report is due on "
        f"{long_date(ahead.report_by)}"
        if ahead is not None
        else "None is fixed"
    )
    awaited = told.count(CheckState.AWAITED, CheckState.POSSIBLE)
    return (
        ("As of", long_date(told.as_of)),
        ("Next conference", fixed),
        ("Wanted", f"{told.wanted} checks; {awaited} more are awaited or not settled"),
    )


def research_table(told: ResearchGrid, library: Library) -> PrintedTable:
    """Person by person what was searched; then in one line what is missing and what nobody asks for."""
    rows = (row for person in told.people for row in _person(told, person, library))
    return PrintedTable(
        "research", "Who was searched on what", _COLUMNS, rows, "Nobody of this file is researched."
    )


def _person(told: ResearchGrid, person: Researched, library: Library) -> Iterator[tuple[str, ...]]:
    name = f"{person.name}\n{person.roles}" + (f", born {person.born}" if person.born else "")
    for column in told.columns:
        cell = person.cells[column.key]
        if cell.state is CheckState.OFFERED and not cell.searches:
            continue
        yield name, column.title, _searched(cell, library), _stands(cell)
        name = ""


def _searched(cell: CheckCell, library: Library) -> str:
    return "\n".join(search_words(one, library) for one in cell.searches) or "Not searched"


def search_words(one: Searched, library: Library) -> str:
    """One search in a line: system, result, day, by whom, what was tried and found."""
    system = library.codes("research_system").label(one.system)
    result = library.codes("research_result").label(one.result) if one.result else "result not recorded"
    tried = f" Tried: {one.tried}." if one.tried else ""
    found = f" Found: {one.found}" if one.found else ""
    grade = "/".join(part for part in one.grade if part)
    return f"{short_date(one.on)}, {system}: {result.lower()}, {one.by}.{tried}{found}{f' [{grade}]' if grade else ''}"


def _stands(cell: CheckCell) -> str:
    sign = "◆ " if cell.state.open else ""
    due = f", by {long_date(cell.due_on)}" if cell.due_on else ""
    return f"{sign}{cell.state.value.capitalize()}{due}. {' '.join(cell.why)}".strip()
