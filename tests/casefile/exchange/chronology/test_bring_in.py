"""Another agency's chronology: columns found, dates doubted aloud, rows kept as they came, hostile files refused."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from openpyxl import Workbook

from casefile.desk import Desk
from casefile.errors import CasefileError, Damaged, Invalid, Missing
from casefile.exchange.chronology.bring_in import bring_in_chronology
from casefile.exchange.chronology.rows import Told, read_rows
from casefile.exchange.chronology.sheet import open_sheet
from casefile.exchange.readers.inside import Part
from casefile.exchange.readers.read import read_document
from casefile.files.actions.files import open_file
from casefile.files.actions.people import add_person
from casefile.files.chronology.actions import mark_event
from casefile.files.chronology.model import Wanted, chosen
from casefile.files.chronology.queries import chronology
from casefile.files.queries.docket import divider_page, open_docket, versions

TODAY = date(2026, 11, 2)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ROWS: list[tuple[Any, ...]] = [
    ("Chronology of Kayla Marsh", None, None, None, None),
    ("Date", "Significant event", "Source", "Child", "Action taken"),
    (date(2026, 3, 2), "Not brought to the clinic.", "Health visitor", "Kayla Marsh", "Card left"),
    ("03/2026", "Weight below the second centile.", "Dr Aas", "Kayla Marsh", None),
    ("31/02/2026", "Telephone call, no answer.", "Health visitor", None, None),
    (None, "Second call the same day.", "Health visitor", None, None),
    ("12/04/2026 - 14/04/2026", "Ward admission.", "Hospital", "Kayla Marsh", "Discharged"),
    (date(2027, 1, 4), "Next appointment.", "Clinic", None, None),
    (None, None, None, None, None),
    ("5.5.26", "=1+1", "Health visitor", None, None),
]


def workbook(rows: list[tuple[Any, ...]] = ROWS) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def word(rows: list[list[str]], lines: tuple[str, ...] = ()) -> bytes:
    cells = "".join(
        f"<w:tr>{''.join(f'<w:tc><w:p><w:r><w:t>{one}</w:t></w:r></w:p></w:tc>' for one in row)}</w:tr>"
        for row in rows
    )
    said = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in lines)
    table = f"<w:tbl>{cells}</w:tbl>" if rows else ""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", f"<w:document {W}><w:body>{said}{table}</w:body></w:document>")
    return held.getvalue()


def read(data: bytes, name: str, **columns: str) -> Told:
    return read_rows(open_sheet(data, name), columns, TODAY)


def part(data: bytes, name: str) -> Part:
    return Part(name, data, read_document(name, data), None)


def test_a_workbook_is_read_and_what_is_doubtful_of_its_dates_is_said() -> None:
    told = read(workbook(), "health.xlsx")
    assert [(one.on, one.why) for one in told.events] == [
        (date(2026, 3, 2), ""),
        (date(2026, 3, 1), "Only the month is stated; it stands on its first day."),
        (None, "There is no 31 February 2026 in the calendar."),
        (None, "The row has no date."),
        (date(2026, 4, 12), "“12/04/2026 - 14/04/2026” is more than one day; it stands on the first."),
        (date(2027, 1, 4), "The day is still to come."),
        (date(2026, 5, 5), ""),
    ]
    first = told.events[0]
    assert (first.what, first.told_by, first.about, first.response, first.row) == (
        "Not brought to the clinic.", "Health visitor", "Kayla Marsh", "Card left", 3,
    )  # fmt: skip
    assert told.events[-1].what == "=1+1"


def test_a_row_without_a_date_takes_that_of_the_row_above_and_says_so() -> None:
    told = read(b"Date,Event\n2/3/2026,Visit\n,Second visit\n", "a.csv")
    assert told.events[1].on == date(2026, 3, 2)
    assert told.events[1].why == "The row has no date; the row above it is of 2 March 2026."


def test_a_word_document_is_read_from_its_table_or_from_lines_that_begin_with_a_date() -> None:
    table = read(word([["Date", "Details", "Worker"], ["4 May 2026", "Absent.", "Ms Ray"]]), "school.docx")
    assert [(one.on, one.what, one.told_by) for one in table.events] == [
        (date(2026, 5, 4), "Absent.", "Ms Ray")
    ]
    lines = read(
        word([], ("Chronology", "04/05/2026 – Absent all week.", "11 May 2026: Returned.")), "school.docx"
    )
    assert [(one.on, one.what) for one in lines.events] == [
        (date(2026, 5, 4), "Absent all week."), (date(2026, 5, 11), "Returned."),
    ]  # fmt: skip


def test_columns_without_known_headings_are_found_by_what_they_hold_and_mapped_by_hand() -> None:
    data = b"Spalte 1,Spalte 2,Spalte 3\n2/3/2026,JR,Visit made and nobody in\n3/3/2026,JR,Letter sent to mother\n"
    told = read(data, "a.csv")
    assert (told.events[0].on, told.events[0].what) == (
        date(2026, 3, 2), "Visit made and nobody in\nSpalte 2: JR",
    )  # fmt: skip
    mapped = read(data, "a.csv", **{"Spalte 2": "told_by"})
    assert (mapped.events[0].told_by, mapped.events[0].what) == ("JR", "Visit made and nobody in")
    with pytest.raises(Invalid, match="There is no column"):
        read(data, "a.csv", Nowhere="what")
    with pytest.raises(Invalid, match="No column says what happened"):
        read(data, "a.csv", **{"Spalte 3": "left_out"})


@pytest.fixture
def file(desk: Desk) -> UUID:
    file = desk.do(open_file, "F-1").result
    name = {"kind": "legal", "given": "Kayla", "family": "Marsh"}
    desk.do(add_person, file, {"name": name, "involvement": {"role": "subject"}})
    return file


def test_rows_become_events_with_their_source_and_are_never_brought_in_twice(
    desk: Desk, file: UUID, sign_in: Callable[[str], Desk]
) -> None:
    whole = part(workbook(), "health.xlsx")
    report = desk.do(bring_in_chronology, file, whole, "health", {}, received_on=date(2026, 10, 30)).result
    assert report.sentence == ("7 events of Health brought into F-1; 5 dates are doubtful, and say why.")
    told = desk.read(chronology, file)
    first = next(one for one in told.events if one.happened_on == date(2026, 3, 2))
    assert (first.summary, first.source) == (
        "Health: Not brought to the clinic.", "R 101 Rhodes, from Health, health.xlsx",
    )  # fmt: skip
    assert (first.imported, first.known_on, first.agencies) == (True, date(2026, 10, 30), ("health",))
    assert [told.people[one] for one in first.people] == ["Kayla Marsh"]
    undated = [one for one in told.events if one.happened_on is None]
    assert [one.doubts for one in undated if "31/02" in str(one.doubts)] == [
        ("31/02/2026: There is no 31 February 2026 in the calendar.",)
    ]
    docket = desk.read(open_docket, file)
    assert [one.name for one in docket.documents] == ["health.xlsx"]
    assert len(docket.chronology) == 7
    assert len(desk.read(divider_page, file, "sharing").entries) == 7

    again = desk.do(bring_in_chronology, file, whole, "health", {}).result
    assert (again.added, again.held) == (0, 7)
    longer = part(
        workbook([*ROWS, (date(2026, 6, 1), "Seen at home.", "Health visitor", None, None)]),
        "health-2.xlsx",
    )
    more = desk.do(bring_in_chronology, file, longer, "health", {}).result
    assert (more.added, more.held) == (1, 7)
    assert len(desk.read(versions, first.thread_id)) == 1
    desk.do(mark_event, first.thread_id, "The first sign.")
    assert [one.summary for one in chosen(desk.read(chronology, file), Wanted(weight="significant"))] == [
        first.summary
    ]
    with pytest.raises(Invalid, match="Say whose"):
        desk.do(bring_in_chronology, file, whole, "nobody", {})
    with pytest.raises(Missing):
        desk.do(bring_in_chronology, UUID(int=1), whole, "health", {})


def test_what_is_hostile_or_broken_gives_a_sentence_and_nothing_else() -> None:
    laughs = f'<!DOCTYPE x [<!ENTITY a "ha">]><w:document {W}><w:body/></w:document>'
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr("word/document.xml", laughs)
    for data, name in (
        (b"", "a.xlsx"),
        (b"\x00\x01\x02\xff" * 40, "a.csv"),
        (b"PK\x03\x04 no package", "a.docx"),
        (held.getvalue(), "a.docx"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "a.xlsx"),
        (word([], ("No date here",)), "a.docx"),
        (b"just words\n", "a.txt"),
    ):
        with pytest.raises((Damaged, Invalid)):
            open_sheet(data, name)


def test_torn_files_never_crash() -> None:
    rolled = random.Random(7)
    sound = [(workbook(), "a.xlsx"), (word([["Date", "Event"], ["1/2/2026", "x"]]), "a.docx"),
             (b"Date,Event\n1/2/2026,x\n", "a.csv")]  # fmt: skip
    said: list[str] = []
    for turn in range(120):
        data, name = sound[turn % 3]
        torn = bytearray(data[: rolled.randint(1, len(data))])
        for _ in range(rolled.randint(0, 12)):
            torn[rolled.randrange(len(torn))] = rolled.randrange(256)
        try:
            read(bytes(torn), name)
        except CasefileError as error:
            said.append(error.sentence)
    assert all(said)
