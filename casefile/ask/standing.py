"""What stood on a day, as conditions of a statement: versions of entries, dated facts, who held a file.

The tables are read bare here, beneath a file that the session shows; what counts *other* files asks for them as
mapped classes, so that the session leaves out those which the officer may not see.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, func, literal_column, or_, select

from casefile.ask.facts import Ground
from casefile.record.model import Entry, EntryPerson, EntryThread
from casefile.record.people import Allocation, Involvement
from casefile.sections.file_facts import CHILDREN, OUTSIDE

LONG_AGO = date(1, 1, 1)
_ONE = literal_column("1", Integer)


def found_in(own: Any, *where: Any) -> ColumnElement[bool]:
    """Whether a row of a table fits; whatever else the conditions name belongs to the statement around it."""
    return select(_ONE).select_from(own).where(*where).correlate_except(own).exists()


def one_of(own: Any, wanted: Any, *where: Any) -> Any:
    """One value from the rows of a table that fit; whatever else the conditions name belongs to the statement around it."""
    return select(wanted).select_from(own).where(*where).correlate_except(own)


def entries() -> Any:
    """The table of entries under a name of its own."""
    return Entry.__table__.alias()


def version_stands(entry: Any, day: date, *, today: bool) -> ColumnElement[bool]:
    """Whether this version was the latest that police knew of on a day."""
    if today:
        thread = EntryThread.__table__.alias()
        return found_in(thread, thread.c.latest_id == entry.id)
    later = entries()
    return and_(
        entry.known_on <= day,
        ~found_in(
            later,
            later.c.thread_id == entry.thread_id,
            later.c.version > entry.version,
            later.c.known_on <= day,
        ),
    )


def bears_on(entry_id: Any, person: Any) -> ColumnElement[bool]:
    """Whether an entry concerns a person; one that names nobody is about everybody."""
    named, anybody = EntryPerson.__table__.alias(), EntryPerson.__table__.alias()
    return or_(
        found_in(named, named.c.entry_id == entry_id, named.c.person_id == person),
        ~found_in(anybody, anybody.c.entry_id == entry_id),
    )


def fact_stands(row: Any, later: Any, day: date) -> ColumnElement[bool]:
    """Whether a dated fact stood on a day, by what police knew then; *later* is the same table under another name."""
    return and_(
        row.known_on <= day,
        row.withdrawn.is_(False),
        ~found_in(later, later.c.replaces_id == row.id, later.c.known_on <= day),
        or_(row.until_on.is_(None), row.until_on >= day),
    )


def involved(ground: Ground, *, children: bool) -> tuple[Any, ColumnElement[bool]]:
    """The rows that say who belongs to which file, and which of them stand on the day: each person once.

    The children of a file, or its adults but for those who only work with the family. A person of two such roles is
    taken by the row that is the first of them.
    """
    row, first = Involvement.__table__.alias(), Involvement.__table__.alias()

    def fits(one: Any) -> ColumnElement[bool]:
        roles = CHILDREN if children else CHILDREN | OUTSIDE
        of_those = one.c.role.in_(sorted(roles))
        stands = fact_stands(one.c, Involvement.__table__.alias(), ground.day)
        return and_(of_those if children else ~of_those, stands)

    earlier = found_in(
        first,
        first.c.person_id == row.c.person_id,
        first.c.file_id == row.c.file_id,
        first.c.id < row.c.id,
        fits(first),
    )
    return row, and_(fits(row), ~earlier)


def stands_in(person: Any, file_id: Any, day: date) -> ColumnElement[bool]:
    """Whether a person belongs to a file on a day and does not only work with the family."""
    row, later = Involvement.__table__.alias(), Involvement.__table__.alias()
    return found_in(
        row,
        row.c.person_id == person,
        row.c.file_id == file_id,
        row.c.role.not_in(sorted(OUTSIDE)),
        fact_stands(row.c, later, day),
    )


def holder(ground: Ground, role: str) -> ColumnElement[Any]:
    """Who holds a file as ``officer``, ``researcher`` or ``supervisor``; of a past day from the dated rows."""
    if ground.today:
        return getattr(ground.file, f"{role}_id")
    row, later = Allocation.__table__.alias(), Allocation.__table__.alias()
    begun = func.coalesce(row.c.from_on, row.c.known_on)
    return (
        one_of(
            row,
            row.c.officer_id,
            row.c.file_id == ground.file.id,
            row.c.role == role,
            begun <= ground.day,
            fact_stands(row.c, later, ground.day),
        )
        .order_by(begun.desc(), row.c.recorded_at.desc())
        .limit(1)
        .scalar_subquery()
    )
