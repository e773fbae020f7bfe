"""The list of files: found as you type, sorted by any column, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select

from casefile.access.lean import Lean, of_page
from casefile.access.model import Officer
from casefile.access.queries import shown
from casefile.errors import Missing, Refused
from casefile.record.closed import closed_file
from casefile.record.model import CaseFile
from casefile.record.persons import ESCAPE, folded, held_in
from casefile.store.lean import ahead
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work


@dataclass(frozen=True, slots=True)
class FileRow:
    """A case file as one line of the list."""

    id: UUID
    reference: str
    family_name: str
    children: int
    state: str
    risk_level: str | None
    plan_category: str | None
    plan_since: date | None
    officer: str
    next_due: date | None
    last_entry_on: date | None
    restricted: bool


@dataclass(frozen=True, slots=True)
class FilePage:
    """One page of the list, and how many files fit in all."""

    rows: tuple[FileRow, ...]
    total: int


_COLUMNS = (
    CaseFile.id, CaseFile.reference, CaseFile.family_name, CaseFile.children, CaseFile.state, CaseFile.risk_level,
    CaseFile.plan_category, CaseFile.plan_since, Officer.name, Officer.role, Officer.number, CaseFile.next_due,
    CaseFile.last_entry_on, CaseFile.restricted,
)  # fmt: skip
_SORTS: dict[str, Any] = {
    "reference": CaseFile.reference,
    "family_name": CaseFile.family_name,
    "children": CaseFile.children,
    "state": CaseFile.state,
    "risk_level": CaseFile.risk_level,
    "plan_category": CaseFile.plan_category,
    "plan_since": CaseFile.plan_since,
    "next_due": CaseFile.next_due,
    "last_entry_on": CaseFile.last_entry_on,
    "officer": Officer.name,
    "restricted": CaseFile.restricted,
}
_ROWS = select(*_COLUMNS).outerjoin(Officer, Officer.id == CaseFile.officer_id)


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def list_files(
    work: Work,
    *,
    text: str = "",
    sort: str = "reference",
    descending: bool = False,
    state: str | None = None,
    officer_id: UUID | None = None,
    offset: int = 0,
    limit: int = 100,
) -> FilePage:
    """List files whose reference, any name, address or officer holds every word of the text."""
    words = folded(text).split()
    asked: dict[str, Any] = {f"word_{place}": held_in(word) for place, word in enumerate(words)}
    if state is not None:
        asked["of_state"] = state
    if officer_id is not None:
        asked["of_officer"] = officer_id
    count, page = _statements(tuple(asked), sort if sort in _SORTS else "reference", descending)
    with ahead(work.session, count, page, **asked, first=offset, most=limit):
        total = count.rows(work.session, **asked)[0][0]
        rows = _rows(page.rows(work.session, **asked, first=offset, most=limit))
    work.about(files=[one.id for one in rows])
    work.note(found=total)
    return FilePage(rows, total)


@lru_cache(maxsize=256)
def _statements(asked: tuple[str, ...], sort: str, descending: bool) -> tuple[Lean, Lean]:
    """How many fit and one page of them; made once for each way of asking, which takes longer than the answer."""
    where: list[Any] = []
    for one in asked:
        if one == "of_state":
            where.append(CaseFile.state == bindparam(one))
        elif one == "of_officer":
            where.append(CaseFile.officer_id == bindparam(one))
        else:
            where.append(CaseFile.find_text.like(bindparam(one), escape=ESCAPE))
    column = _SORTS[sort]
    order = (column.desc() if descending else column.asc()).nulls_last()
    page = _ROWS.where(*where).order_by(order, CaseFile.reference)
    count = select(func.count(CaseFile.id)).where(*where)
    return Lean(count), Lean(page.offset(of_page("first")).limit(of_page("most")))


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def find_file(work: Work, reference: str) -> FileRow:
    """Find one file by its exact reference; a restricted one is named with whom to ask."""
    asked = reference.strip()
    # As it is written it is found by its index; in other letters every reference must be looked at.
    rows = _rows(work.session.execute(_ROWS.where(CaseFile.reference == asked))) or _rows(
        work.session.execute(_ROWS.where(func.lower(CaseFile.reference) == asked.lower()))
    )
    if rows:
        work.about(files=[rows[0].id])
        return rows[0]
    if closed := closed_file(work.session, reference):
        raise Refused(
            f"The file {reference.strip()} is restricted to named readers.",
            remedy=f"Ask {_whom_to_ask(work, closed[1])}, or break the glass with a reason.",
        )
    raise Missing(f"There is no file {reference.strip()}.", remedy="Check the reference, or search by name.")


def _rows(found: Any) -> tuple[FileRow, ...]:
    return tuple(
        FileRow(*row[:8], shown(*row[8:11]) if row[8] else "", *row[11:])  # pyright: ignore[reportCallIssue]
        for row in found
    )


def _whom_to_ask(work: Work, officer_id: UUID | None) -> str:
    officer = work.session.get(Officer, officer_id) if officer_id else None
    return shown(officer.name, officer.role, officer.number) if officer else "its supervisor"
