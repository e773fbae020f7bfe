"""A diary on paper: its dates week by week, with what does not go together."""

from __future__ import annotations

import io
from datetime import date, timedelta

from casefile.audit.recipient import recipient_of
from casefile.diary.queries import read_diary, week_of
from casefile.diary.rows import Diary, DiaryRow, DiaryState, Wanted
from casefile.paper.listed import PrintedList, lay_list
from casefile.paper.model_file import PrintedTable
from casefile.paper.rows import Column
from casefile.paper.sheet import Imprint
from casefile.record.dates import long_date
from casefile.store.counters import next_number
from casefile.work.door import action, query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

MARKING = "OFFICIAL-SENSITIVE"
STATES = {
    DiaryState.HELD: "held",
    DiaryState.FIXED: "fixed",
    DiaryState.DRAFT: "not signed",
    DiaryState.DUE: "due",
    DiaryState.LATE: "◆ late",
    DiaryState.AWAY: "away",
}


@action(needs=Permission.DISCLOSE, logs=Logged.DISCLOSURE)
def print_diary(work: Work, wanted: Wanted, recipient: str) -> bytes:
    """Print a diary, as a numbered copy; every file in it is named in the log.

    Raises:
        Invalid: Nobody is named to receive it, or the days make no diary.
        Missing: There is no such file, or not for this officer to see.
    """
    whom = recipient_of(recipient)
    number = next_number(work.session, "copy/diary")
    pdf = _laid(work, wanted, number)
    work.disclosed_to(whom)
    work.note(copy=number)
    return pdf


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def preview_diary(work: Work, wanted: Wanted) -> bytes:
    """Look at the pages a print of a diary would have; every page says that it is no copy."""
    return _laid(work, wanted, None)


def _laid(work: Work, wanted: Wanted, copy: int | None) -> bytes:
    found = read_diary(work, wanted)
    stream = io.BytesIO()
    imprint = Imprint(MARKING, "Diary", found.title, work.actor.name, work.now, copy)
    pages = lay_list(_printed(found), stream, imprint, work.progress)
    work.about(files={one.file_id for one in found.rows if one.file_id})
    work.note(pages=pages, found=len(found.rows))
    return stream.getvalue()


def _printed(found: Diary) -> PrintedList:
    about = (
        ("Whose", found.title),
        ("Days", f"{long_date(found.from_on)} to {long_date(found.until_on)}"),
        ("Dates", f"{len(found.rows)}, {found.conflicts} in conflict"),
    )
    weeks = tuple(_week(found, monday) for monday in _mondays(found))
    return PrintedList("Diary", about, weeks)


def _mondays(found: Diary) -> list[date]:
    """The weeks that hold a date; the first one when none does."""
    held = sorted({week_of(one.on)[0] for one in found.rows})
    return held or [week_of(found.from_on)[0]]


def _week(found: Diary, monday: date) -> PrintedTable:
    columns = (Column("Day", 20), Column("What", 46), Column("File", 22), Column("Who", 20))
    sunday = monday + timedelta(days=6)
    rows = tuple(_line(one) for one in found.rows if monday <= one.on <= sunday)
    title = f"Week of {long_date(monday)}"
    return PrintedTable(f"week-{monday}", title, columns, rows, "Nothing stands in these days.")


def _line(one: DiaryRow) -> tuple[str, ...]:
    at = f", {one.at:%H:%M}" if one.at else ""
    until = f" to {one.until:%a} {one.until.day} {one.until:%b}" if one.until and one.until != one.on else ""
    day = f"{one.on:%a} {one.on.day} {one.on:%b}{at}{until}"
    what = (
        f"{one.title}. {one.note}." if one.state is DiaryState.AWAY else f"{one.title} ({STATES[one.state]})"
    )
    told = "\n".join((what, *(f"▲ {words}" for words in one.conflicts)))
    file = f"{one.family_name.upper() or 'Not named'} {one.reference}" if one.file_id else "–"
    return day, told, file, one.officer or "–"
