"""Reading the research of a file: every person, every check, what is missing and by when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from casefile.files.reach import case_file
from casefile.files.research.model import CheckColumn, Researched, ResearchGrid
from casefile.names.spellings import Named, spellings
from casefile.record.facts import EntryFact
from casefile.record.persons import PersonView, birth_words, people_of
from casefile.sections import SECTIONS
from casefile.sections.load import entries
from casefile.sections.researched import (
    CheckState,
    Judging,
    Searched,
    Whom,
    conference_ahead,
    known_since,
    searches,
)
from casefile.standards import Check, Library
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

LOOKED_AT = ("research", "conference", "strategy")
"""Sections that say who was searched, and what for."""


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def research(work: Work, file_id: UUID) -> ResearchGrid:
    """Read who of a file was searched on which system, what is missing, why and by when."""
    return read_research(work, file_id)


def read_research(work: Work, file_id: UUID) -> ResearchGrid:
    """The research of a file today.

    Raises:
        Missing: There is no such file for this officer.
    """
    case = case_file(work, file_id)
    held = entries(work.session, SECTIONS, file_id, only=LOOKED_AT)
    people = people_of(work.session, file_id, work.today)
    work.about(people=[one.id for one in people])
    return grid(file_id, (case.reference, case.family_name or ""), people, held, work.standards, work.today)


def grid(
    file_id: UUID,
    named: tuple[str, str],
    people: Sequence[PersonView],
    held: Sequence[EntryFact],
    library: Library,
    as_of: date,
) -> ResearchGrid:
    """The grid of a file, of what was known; *named* is its reference and the name of the family."""
    judging = Judging(file_id, library, as_of, conference_ahead(held, library, as_of))
    made = searches(held)
    systems = library.codes("research_system")
    checks = (*library.research.on(as_of, systems), *_without_check(made, library))
    whom = [one for one in (Whom.of(each, file_id) for each in people) if one.kind]
    rows = tuple(_row(one, checks, made.get(one.person.id, ()), judging) for one in whom)
    seen = {
        key for row in rows for key, cell in row.cells.items()
        if cell.state is not CheckState.OFFERED or cell.searches
    }  # fmt: skip
    asked = {one.key for one in checks if any(who.wanted(one, as_of) for who in whom)}
    columns = [_column(one, one.key in asked, library, as_of) for one in checks]
    return ResearchGrid(
        file_id, *named, as_of, judging.conference,
        tuple(one for one in columns if one.key in seen or one.asked),
        tuple(one for one in columns if one.key not in seen and not one.asked),
        rows,
    )  # fmt: skip


def _without_check(made: Mapping[UUID, tuple[Searched, ...]], library: Library) -> tuple[Check, ...]:
    """Systems that somebody searched and that answer no check of the standard stand under their own name."""
    systems = library.codes("research_system")
    found = {
        one.system for mine in made.values() for one in mine if not library.research.answering(one.system)
    }
    return tuple(
        Check(
            f"system:{code}", systems.label(code), (code,), (), 0, (), None, None,
            "Searched, though the standard does not ask for it.", "", "general knowledge",
        )
        for code in sorted(found, key=systems.label)
    )  # fmt: skip


def _column(check: Check, asked: bool, library: Library, as_of: date) -> CheckColumn:
    systems = library.codes("research_system")
    in_use = [key for key in check.systems if (code := systems.get(key)) and code.used_on(as_of)]
    return CheckColumn(
        check.key, check.title, check.systems, (in_use or list(check.systems))[0], asked, check.why,
        check.source,
    )  # fmt: skip


def _row(whom: Whom, checks: Sequence[Check], made: Sequence[Searched], judging: Judging) -> Researched:
    person = whom.person
    roles = judging.library.codes("involvement_role")
    return Researched(
        person.id,
        person.name,
        str(whom.kind),
        ", ".join(roles.label(one) for one in person.roles(judging.file_id)),
        birth_words(person),
        known_since(person, judging.file_id),
        not made,
        spellings(_names(person, judging.library)),
        {check.key: judging.cell(whom, check, made) for check in checks},
    )


def _names(person: PersonView, library: Library) -> list[Named]:
    kinds = library.codes("name_kind")
    return [
        Named(
            str(one.get("given") or ""),
            str(one.get("family") or ""),
            str(one.get("full") or ""),
            kinds.label(str(one.get("kind"))).lower() if one.get("kind") else "",
        )
        for one in reversed(person.stated("name"))
    ]
