"""Matches between files on paper: both sides, why, and what was decided by whom."""

from __future__ import annotations

import io
from collections.abc import Callable
from uuid import UUID

from casefile.audit.recipient import recipient_of
from casefile.paper.listed import PrintedList, lay_list
from casefile.paper.model_file import PrintedTable
from casefile.paper.rows import Column
from casefile.paper.sheet import Imprint
from casefile.record.dates import long_date
from casefile.search.match_rows import KINDS, MatchRow, Side
from casefile.search.matches import matches
from casefile.store.counters import next_number
from casefile.work.door import action, query
from casefile.work.names import Logged, Permission
from casefile.work.unit import LONDON, Work

MARKING = "OFFICIAL-SENSITIVE"
_COLUMNS = (Column("One file", 27), Column("The other", 27), Column("Why", 24), Column("How it stands", 22))


@action(needs=Permission.DISCLOSE, logs=Logged.DISCLOSURE)
def print_matches(work: Work, recipient: str, file_id: UUID | None = None, *, mine: bool = False) -> bytes:
    """Print the matches between files, of one file or of the officer’s own, as a numbered copy.

    Raises:
        Invalid: Nobody is named to receive the copy.
    """
    whom = recipient_of(recipient)
    number = next_number(work.session, "copy/matches")
    work.disclosed_to(whom)
    work.note(copy=number)
    return _printed(work, matches(work, file_id=file_id, mine=mine, decided=True), number)


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def preview_matches(work: Work, file_id: UUID | None = None, *, mine: bool = False) -> bytes:
    """Look at the pages that a print of the matches would have; every page says that it is no copy."""
    return _printed(work, matches(work, file_id=file_id, mine=mine, decided=True), None)


def _printed(work: Work, found: tuple[MatchRow, ...], copy: int | None) -> bytes:
    stream = io.BytesIO()
    title = "Matches between files"
    imprint = Imprint(MARKING, title, long_date(work.today), work.actor.name, work.now, copy)
    still = [one for one in found if one.state.open]
    about = (
        ("As of", long_date(work.today)),
        ("To be decided", str(len(still))),
        ("In all", str(len(found))),
    )
    role = work.standards.codes("involvement_role").label
    tables = (
        _table("open", "To be decided", still, role),
        _table("decided", "Decided, or no longer so", [one for one in found if not one.state.open], role),
    )
    work.note(pages=lay_list(PrintedList(title, about, tables), stream, imprint, work.progress))
    return stream.getvalue()


def _table(key: str, title: str, found: list[MatchRow], role: Callable[[str], str]) -> PrintedTable:
    rows = tuple((_side(one.one, role), _side(one.other, role), _why(one), _stands(one)) for one in found)
    return PrintedTable(key, title, _COLUMNS, rows, "None.")


def _side(side: Side, role: Callable[[str], str]) -> str:
    roles = ", ".join(role(one).lower() for one in side.roles)
    born = f", born {side.born}" if side.born else ""
    homes = f". {'; '.join(side.homes)}" if side.homes else ""
    family = side.family_name.upper() or "Family not named"
    return f"{family} {side.reference}: {side.name}{born}{f', {roles}' if roles else ''}{homes}"


def _why(one: MatchRow) -> str:
    return f"{KINDS[one.kind]} ({one.score} of 100): {'; '.join(one.why)}"


def _stands(one: MatchRow) -> str:
    said = [
        f"{said.what.value.capitalize()} by {said.by}, {long_date(said.at.astimezone(LONDON).date())}: {said.reason}"
        for said in one.decisions
    ]
    return " ".join([f"{one.state.value.capitalize()}.", *said])
