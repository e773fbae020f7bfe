"""Workload by team on paper, with its charts, and what the staff record lacks."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date

from casefile.audit.recipient import recipient_of
from casefile.paper.charts import OVER, PAPER, Bar, bar_drawing, longest
from casefile.paper.listed import PrintedList, lay_list
from casefile.paper.model_file import PrintedTable
from casefile.paper.rows import Cell, Column
from casefile.paper.sheet import Imprint
from casefile.record.dates import long_date
from casefile.store.counters import next_number
from casefile.work.door import action, query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work
from casefile.workload.queries import read_workload
from casefile.workload.record import list_staff
from casefile.workload.record_rows import StaffRow
from casefile.workload.rows import OfficerLoad, TeamLoad, Workload, count

MARKING = "OFFICIAL-SENSITIVE"
PRINCIPLE = (
    "Weights are the same for everybody and said item by item; they leave room for judgement and are a tool for it, "
    "not a target."
)
"""The principles of any scheme in one sentence (W69; domain section 7)."""
_BAR = 118.0
"""Points of width of a bar on paper."""


@action(needs=Permission.DISCLOSE, logs=Logged.DISCLOSURE)
def print_workload(work: Work, recipient: str, *, team: str = "", as_of: date | None = None) -> bytes:
    """Print the workload of a team or of all, with charts and gaps of the staff record, as a numbered copy.

    Raises:
        Invalid: Nobody is named to receive the copy.
    """
    whom = recipient_of(recipient)
    number = next_number(work.session, "copy/workload")
    work.disclosed_to(whom)
    work.note(copy=number)
    return _laid(work, team, as_of, number)


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def preview_workload(work: Work, *, team: str = "", as_of: date | None = None) -> bytes:
    """Look at the pages a print of the workload would have; every page says that it is no copy."""
    return _laid(work, team, as_of, None)


def team_bars(found: Workload) -> tuple[Bar, ...]:
    """Teams against their capacity, files without a named person last and as a danger."""
    bars = [_team_bar(one) for one in found.teams]
    if found.unallocated.files:
        said = f"{count(found.unallocated.points, 'point')} in {count(found.unallocated.files, 'file')}"
        bars.append(Bar("Unallocated", found.unallocated.points, 0, said, alarming=True))
    return tuple(bars)


def officer_bars(rows: Sequence[OfficerLoad]) -> tuple[Bar, ...]:
    """Officers who carry files, or hold some, against their capacity."""
    return tuple(_officer_bar(one) for one in rows if one.carries or one.held.files)


def _team_bar(one: TeamLoad) -> Bar:
    said = f"{one.held.points} of {one.capacity}, {one.said}"
    return Bar(one.team or "No team", one.held.points, one.capacity, said)


def _officer_bar(one: OfficerLoad) -> Bar:
    said = f"{one.held.points} of {one.capacity.points}, {one.said}" if one.carries else f"{one.held.points}"
    return Bar(one.officer, one.held.points, one.capacity.points, said)


def _laid(work: Work, team: str, as_of: date | None, copy: int | None) -> bytes:
    found = read_workload(work, team=team, as_of=as_of)
    lacking = [one for one in list_staff(work, team=team, as_of=as_of) if one.gaps]
    stream = io.BytesIO()
    imprint = Imprint(
        MARKING, "Workload", found.team or long_date(found.day), work.actor.name, work.now, copy
    )
    listed = PrintedList("Workload", _about(found), (*_tables(found), _gaps(lacking)))
    work.note(pages=lay_list(listed, stream, imprint, work.progress))
    return stream.getvalue()


def _about(found: Workload) -> tuple[tuple[str, str], ...]:
    one = found.unallocated
    hidden = f", of them {one.hidden}" if one.hidden else ""
    nobody = f"{OVER} {count(one.files, 'file')} without a named person, {count(one.points, 'point')}{hidden}"
    return (
        ("As of", long_date(found.day)),
        ("Of", found.team or ("All teams" if found.whole else "One officer")),
        ("Unallocated", nobody if one.files else "Every open file has a named person."),
        ("What it is for", PRINCIPLE),
    )


def _tables(found: Workload) -> Iterator[PrintedTable]:
    if found.teams:
        bars = team_bars(found)
        most = longest(bars)
        columns = (
            Column("Team", 22),
            Column("Points against capacity", 30),
            Column("In words", 26),
            Column("Files", 8, number=True),
            Column("On plans", 9, number=True),
            Column("High risk", 9, number=True),
            Column("Without a person", 12, number=True),
        )
        rows = tuple(_team_row(one, _team_bar(one), most) for one in found.teams)
        yield PrintedTable("teams", "Teams", columns, rows)
    columns = (
        Column("Officer", 26),
        Column("Points against capacity", 30),
        Column("In words", 28),
        Column("Files", 8, number=True),
        Column("On plans", 9, number=True),
        Column("High risk", 9, number=True),
    )
    for team in dict.fromkeys(one.team for one in found.officers):
        rows = [one for one in found.officers if one.team == team and (one.carries or one.held.files)]
        most = longest(officer_bars(found.officers))
        lines = tuple(_officer_row(one, most) for one in rows)
        if lines:
            yield PrintedTable(f"team-{team}", team or "Without a team", columns, lines)


def _team_row(one: TeamLoad, bar: Bar, most: int) -> tuple[Cell, ...]:
    nobody = f"{OVER} {one.unallocated.files}" if one.unallocated.files else "–"
    return (
        bar.name,
        bar_drawing(bar, most, _BAR, 8, PAPER),
        _words(bar),
        f"{one.held.files:,}",
        f"{one.held.children:,}",
        f"{one.held.high:,}",
        nobody,
    )


def _officer_row(one: OfficerLoad, most: int) -> tuple[Cell, ...]:
    bar = _officer_bar(one)
    more = [one.held.hidden] if one.held.hidden else []
    more += [step.said for step in one.capacity.steps[1:]] if one.carries else []
    name = "\n".join((one.officer, *(f"Lacks {lack}" for lack in one.lacks)))
    return (
        name,
        bar_drawing(bar, most, _BAR, 8, PAPER),
        "\n".join((_words(bar), *more)),
        f"{one.held.files:,}",
        f"{one.held.children:,}",
        f"{one.held.high:,}",
    )


def _words(bar: Bar) -> str:
    return f"{OVER} {bar.said}" if bar.over else bar.said


def _gaps(rows: Sequence[StaffRow]) -> PrintedTable:
    columns = (Column("Officer", 28), Column("Team", 18), Column("Lacks, or soon will", 54))
    lines = tuple(
        (
            f"{one.officer}, {one.role_title}",
            one.team or "–",
            "\n".join(
                f"{OVER if gap.now else '◷'} {told}" for gap, told in zip(one.gaps, one.told, strict=True)
            ),
        )
        for one in rows
    )
    return PrintedTable("gaps", "Accreditations lacking", columns, lines, "Nobody lacks an accreditation.")
