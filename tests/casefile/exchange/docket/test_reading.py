"""Reading sheets: headings, dates, names, encodings, and files that want to do harm."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from casefile.errors import Damaged, Invalid
from casefile.exchange.docket import DocketMap, from_pairs, load_map, open_index
from casefile.exchange.docket.choose import as_file, certain_map, laid_over
from casefile.exchange.docket.days import read_day
from casefile.exchange.docket.guess import guess_columns
from casefile.exchange.docket.names import adults_in, children_in, role_of
from casefile.exchange.docket.preview import preview
from casefile.exchange.docket.sheet import Cell
from casefile.standards import library
from tests.make_docket import HEADINGS, SAMPLE, as_csv, as_xlsx, row

HEADED = {
    "Docket No": "reference", "CAIT Ref": "reference", "URN": "reference", "File ref.": "reference",
    "SURNAME": "family_name", "Child's surname": "family_name", "Familyname": "family_name",
    "Name of child": "child_name", "Children": "child_name", "Child’s Name": "child_name", "Childs nmae": "child_name",
    "Forename(s)": "given_name", "First name": "given_name",
    "D.O.B.": "born_on", "DoB": "born_on", "Date of Brith": "born_on", "dob / edd": "born_on", "E.D.D": "expected_on",
    "M/F": "sex", "Gender": "sex", "Ethnic origin": "ethnicity", "First language": "language",
    "Home address": "address", "Post Code": "postcode", "Borough": "town", "Tel No.": "telephone",
    "Mother (DOB)": "mother", "Mum": "mother", "Father's name": "father", "Mother's partner": "adults", "Sibs": "siblings",
    "School/Nursery": "school", "G.P.": "gp", "S/W": "social_worker", "Allocated social worker": "social_worker",
    "OIC": "officer", "Investigating Officer": "officer", "Supervising sergeant": "supervisor",
    "Category of abuse": "category", "Cat.": "category", "Date of registration": "plan_on", "CPP start date": "plan_on",
    "De-registered": "plan_ended_on", "CP status": "status", "Date opened": "opened_on", "Referral date": "opened_on",
    "Put away": "closed_on", "ICPC": "conference_on", "Last RCPC": "review_on", "Next Conf.": "next_conference_on",
    "Review due": "next_conference_on", "Risk level": "risk", "RAG": "risk", "SWIFT No": "la_child_id", "NHS No": "nhs",
    "UPN": "upn", "Merlin PAC": "merlin", "CRIS No.": "crime", "Remarks": "note", "Box": "note", "Colour of folder": "note",
}  # fmt: skip


@pytest.mark.parametrize("heading", HEADED)
def test_headings_are_known_as_teams_write_them(heading: str) -> None:
    (guess,) = guess_columns([heading], [()])
    assert guess.target == HEADED[heading]


@pytest.mark.parametrize(
    ("stated", "on", "precision", "doubtful"),
    [
        ("14/03/2009", date(2009, 3, 14), "exact", False), ("14.3.09", date(2009, 3, 14), "exact", False),
        ("14-Mar-2009", date(2009, 3, 14), "exact", False), ("14MAR2009", date(2009, 3, 14), "exact", False),
        ("14th March 2009", date(2009, 3, 14), "exact", False), ("Mar 14, 2009", date(2009, 3, 14), "exact", False),
        ("2009-03-14", date(2009, 3, 14), "exact", False), ("2009/03/14", date(2009, 3, 14), "exact", False),
        ("2009-03-14 00:00:00", date(2009, 3, 14), "exact", False), ("20090314", date(2009, 3, 14), "exact", False),
        ("03/14/2009", date(2009, 3, 14), "exact", True), ("39886", date(2009, 3, 14), "exact", True),
        ("March 2009", date(2009, 3, 1), "month", False), ("3/2009", date(2009, 3, 1), "month", False),
        ("2009", date(2009, 1, 1), "year", False), ("c. 2009", date(2009, 1, 1), "estimated", False),
        ("29/02/2009", None, "exact", True), ("31/06/2018", None, "exact", True), ("00/00/0000", None, "exact", True),
        ("see book", None, "exact", True), ("", None, "exact", True),
    ],
)  # fmt: skip
def test_dates_are_read_in_any_order_and_never_invented(
    stated: str, on: date | None, precision: str, doubtful: bool
) -> None:
    day = read_day(Cell(stated))
    assert (day.on, day.precision, bool(day.why)) == (on, precision, doubtful)


def test_an_expected_date_says_so() -> None:
    assert read_day(Cell("EDD 1/4/2027")).expected
    assert read_day(Cell("due: 1 April 2027")).on == date(2027, 4, 1)


@pytest.mark.parametrize(
    ("cell", "family", "names"),
    [
        ("Kim", "Ashby", ["Kim Ashby"]), ("ASHBY, Kim", "", ["Kim Ashby"]), ("Ashby Kim", "ASHBY", ["Kim Ashby"]),
        ("Kim & Lee", "Ashby", ["Kim Ashby", "Lee Ashby"]), ("Kim, Lee and Max", "Ashby", ["Kim Ashby", "Lee Ashby", "Max Ashby"]),
        ("Anna & Ben Jones", "", ["Anna Jones", "Ben Jones"]), ("Unborn Ashby", "", ["Unborn Ashby"]),
        ("UBB", "Ashby", ["Unborn Ashby"]), ("Ludwig van der Berg", "", ["Ludwig van der Berg"]),
        ("O'NEILL Sean", "", ["Sean O'Neill"]), ("R. Adeyemi", "", ["R. Adeyemi"]), ("JP Stone", "", ["JP Stone"]),
        ("李小红", "", ["李小红"]), ("محمد علي", "علي", ["محمد علي"]),
        ("Nguyễn Minh Anh", "Nguyễn", ["Minh Anh Nguyễn"]), ("N/K", "Ashby", []), ("-", "Ashby", []),
    ],
)  # fmt: skip
def test_children_are_found_in_a_cell(cell: str, family: str, names: list[str]) -> None:
    assert [one.shown for one in children_in(cell, family)] == names


def test_what_an_adult_is_stands_in_brackets() -> None:
    one, other = adults_in("Darren Pike (mother's boyfriend), Joan Smith (MGM) (1/2/1950)")
    assert (one.shown, role_of(one)) == ("Darren Pike", "partner")
    assert (other.shown, role_of(other), other.days) == ("Joan Smith", "grandparent", ("1/2/1950",))
    (nobody,) = adults_in("Unknown male, drives blue van")
    assert (nobody.shown, role_of(nobody)) == ("Unknown male, drives blue van", "unknown_adult")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_csv_is_read_however_it_is_written(encoding: str, delimiter: str) -> None:
    text = as_csv(row(child="Zoë", mother="Renée Ashby"), row(child="José"), delimiter=delimiter).decode()
    index = open_index(text.encode(encoding), "x.csv")
    assert index.headings == HEADINGS
    assert [one.cells[2].text for one in index.rows()] == ["Zoë", "José"]


def test_a_declared_separator_and_quoted_lines_are_read() -> None:
    index = open_index(b'sep=;\r\nDocket No;Child;Notes\r\n1;Kim;"two\r\nlines; and ""more"""\r\n', "x.csv")
    (one,) = index.rows()
    assert one.cells[2].text == 'two\nlines; and "more"'


def test_two_lines_of_headings_become_one_and_titles_stand_aside() -> None:
    index = open_index(SAMPLE.read_bytes(), SAMPLE.name)
    assert index.heading_rows == (4, 5)
    assert index.headings[12:17] == ("OIC", "Plan: Category", "Plan: Date", "Plan: Ended", "Status")
    asides = [one.text for one in index.asides]
    assert any("Docket Index" in one for one in asides)
    assert "Seen at the address by PC Lorne on 9 November" in asides
    assert any(one.where == "sheet Lists" for one in index.asides)


def test_a_workbook_keeps_its_dates_results_and_formulas() -> None:
    data = as_xlsx(["W/1", "Ashby", "Kim", date(2019, 3, 14), "F", "=A2&B2", 7.0, True, 1.5, "#REF!", "'x"])
    (one,) = open_index(data, "x.xlsx").rows()
    assert one.cells[3].day == date(2019, 3, 14)
    assert (one.cells[5].text, bool(one.cells[5].why)) == ("=A2&B2", True)
    assert [one.cells[at].text for at in (6, 7, 8)] == ["7", "True", "1.5"]
    assert one.cells[9].why


def test_the_sheet_that_looks_like_an_index_is_taken_unless_another_is_named() -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["Team", "Phone"])
    page = book.create_sheet("Dockets")
    page.append(HEADINGS)
    page.append(row())
    out = io.BytesIO()
    book.save(out)
    assert open_index(out.getvalue(), "x.xlsx").sheet == "Dockets"
    assert open_index(out.getvalue(), "x.xlsx", "Sheet").headings == ("Team", "Phone")
    with pytest.raises(Invalid, match="has no sheet “Old”"):
        open_index(out.getvalue(), "x.xlsx", "Old")


def _with(name: str, content: bytes) -> bytes:
    """A workbook one part of which is replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(as_xlsx(row()))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for one in old.namelist():
            new.writestr(one, content if one == name else old.read(one))
    return out.getvalue()


_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (_with("xl/worksheets/sheet1.xml", _LAUGHS.encode()), "entities"),
        (_with("xl/worksheets/sheet1.xml", _LAUGHS.encode("utf-16")), "entities"),
        (_with("xl/worksheets/sheet1.xml", b"<worksheet>"), "not sound"),
        (_with("xl/workbook.xml", b"<x/>"), "has no sheet"),
        (_with("xl/worksheets/sheet1.xml", b" " * (65 * 1024 * 1024)), "far more than any"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "locked with a password"),
        (b"PK\x03\x04" + bytes(100), "cut short or damaged"),
        (b"", "is empty"), (b"\n\n , \n", "has no rows"), (b"\x00\x01\x02" * 90, "no written text"),
        (as_csv(*[["x"] * 400]), "more than 300 columns"),
    ],
    ids=["laughs", "laughs in utf-16", "cut", "no workbook", "bomb", "locked", "zip cut", "empty", "blank", "binary", "wide"],
)  # fmt: skip
def test_what_is_no_index_or_would_do_harm_is_refused_in_words(data: bytes, said: str) -> None:
    with pytest.raises(Damaged, match=said) as refused:
        list(open_index(data, "x.xlsx").rows())
    assert "Nothing of it was brought in." in str(refused.value)


def test_a_mapping_is_a_small_file_that_can_be_edited() -> None:
    index = open_index(SAMPLE.read_bytes(), SAMPLE.name)
    text = as_file(index)
    loaded = load_map(text.encode(), "map.toml")
    assert loaded.columns == index.guessed().columns
    assert loaded.sheet == "Live dockets"
    odd = DocketMap({'Na"me \\ \x7f\n': "child_name", "é": "note"}, name="Old 'book'")
    assert load_map(odd.as_toml().encode(), "m.toml") == odd
    as_json = b'{"columns": {"DOB": "Child: date of birth", "Child": "child_name"}}'
    assert load_map(as_json, "m.json").columns == {"DOB": "born_on", "Child": "child_name"}


@pytest.mark.parametrize(
    "data", [b"[columns", b"\xff", b"x = 1", b'{"columns": []}', b'[columns]\n"DOB" = "shoe size"']
)
def test_what_is_no_mapping_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid):
        load_map(data, "map.toml")


def test_the_guess_is_used_only_when_certain_and_words_are_laid_over_it() -> None:
    index = open_index(as_csv(row(), headings=("Thing", "Fam", "Kid", *HEADINGS[3:])), "x.csv")
    with pytest.raises(Invalid, match=r"not certain which column.*“Kid”: nothing known"):
        certain_map(index)
    mapping = laid_over(
        index, [("reference", "thing"), ("Child: given names", "Kid"), ("family_name", "Fam")]
    )
    assert mapping.columns["Thing"] == "reference"
    assert mapping.columns["DOB"] == "born_on"
    assert mapping.faults() == ()
    twice = from_pairs([("born_on", "A"), ("born_on", "B"), ("child_name", "C")])
    assert any("Only one can" in one for one in twice.faults())


def test_the_preview_shows_what_would_come_in_and_what_is_doubtful() -> None:
    index = open_index(SAMPLE.read_bytes(), SAMPLE.name)
    found = preview(index, index.guessed(), library(), date(2026, 11, 23), rows=12)
    by_name = {one.child: one for one in found.lines}
    assert by_name["Kayleigh Ashcroft"].born == "14 Mar 2019"
    assert by_name["Unborn Smithson (unborn subject child)"].born == "expected 19 Jan 2027"
    assert by_name["Alfie Beaumont"].born == "as stated: 29/02/2009"
    assert "no 29 February 2009" in by_name["Alfie Beaumont"].doubts[0]
    assert "neglect" in by_name["Alfie Beaumont"].plan
    assert found.files == 11
