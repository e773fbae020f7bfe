"""Whatever a sheet holds, nothing of it is lost: each word ends in the record, in a note or in a doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from casefile.errors import Damaged, Invalid
from casefile.exchange.docket import DocketMap, open_index
from casefile.exchange.docket.days import read_day
from casefile.exchange.docket.dockets import Dockets
from casefile.exchange.docket.index import Index
from casefile.exchange.docket.preview import preview
from casefile.exchange.docket.says import DocketSays
from casefile.exchange.docket.sheet import Cell
from casefile.exchange.docket.words import meaning, targets
from casefile.standards import Library, library
from tests.make_docket import HEADINGS, as_csv

RECEIVED = date(2026, 11, 2)
STANDARDS = library()
WORDS = st.sampled_from(
    ["Kim", "Smith", "O'Neill", "Unborn", "baby", "unborn (edd 1/2/27)", "(", ")", "&", "and", "/", ",", ";", "\n", "N/K",
     "29/02/2009", "2/3/2011", "EDD 4/5/2027", "2011", "41275", "=1+1", "Neglect", "Physical", "high", "F", "M", "closed",
     "on plan", "DC Marsh", "(MGM)", "(1/2/1990)", "- partner", "12 High St LK1 2AB", "李小红", "محمد", "Ünal", "-", "?", "#REF!"]
)  # fmt: skip
CELLS = st.one_of(
    st.just(""),
    st.lists(WORDS, max_size=5).map(" ".join),
    st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Zl", "Zp")), max_size=20),
)
WIDE = ("Docket No", "Surname", "Child", "Forename", "DOB", "EDD", "Sex", "Ethnicity", "Address", "Postcode", "Telephone",
        "Mother", "Father", "Other adults", "Siblings", "School", "GP", "Social worker", "OIC", "Supervisor", "Category",
        "Plan date", "Plan end", "Status", "Opened", "Closed", "ICPC", "RCPC", "Next conference", "Risk", "NHS", "Box")  # fmt: skip


def words(text: str) -> list[str]:
    """The words of a text, without capitals."""
    return re.findall(r"[^\W_]+", text.casefold())


def texts(what: Any) -> Iterator[str]:
    """Every text in plain data."""
    if isinstance(what, dict):
        for one in what.values():
            yield from texts(one)
    elif isinstance(what, list | tuple):
        for one in what:
            yield from texts(one)
    elif what is not None:
        yield str(what)


def everything(dockets: list[DocketSays], reading: Dockets) -> str:
    """All that would be written and told, as one text."""
    said: list[str] = []
    for docket in dockets:
        said += [
            docket.reference,
            docket.family,
            *docket.once.officers.values(),
            str(docket.once.next_stated),
        ]
        for person in docket.people:
            for one in (*person.facts, *person.entries):
                said += texts(one.raw)
            said += [f"{heading} {text}" for heading, text in person.notes]
    said += [f"{one.stated} {one.column} {one.who}" for one in reading.doubts]
    return " ".join(said)


def understood(text: str, target: str) -> bool:
    """Whether a cell is wholly understood as one value, so that its words need not stand anywhere."""
    holds = targets()[target].holds
    if holds == "date":
        return read_day(Cell(text)).on is not None
    if holds == "status":
        return bool(meaning("status", text) or meaning("docket", text))
    if holds == "ethnicity":
        return False
    return holds in ("sex", "category", "risk") and meaning(holds, text) is not None


def left_out(index: Index, mapping: DocketMap, standards: Library) -> list[str]:
    """Words of the index's cells that stand nowhere."""
    reading = Dockets(index, mapping, standards, RECEIVED)
    dockets = reading.read()
    kept = everything(dockets, reading)
    held = set(words(kept))
    squeezed = re.sub(r"\W+", "", kept.casefold())
    missing: list[str] = []
    for row in index.rows():
        for place, cell in row.cells.items():
            if not words(cell.text):
                missing += [] if cell.text in kept else [repr(cell.text)]
                continue
            if understood(cell.text, mapping.target(index.heading(place))):
                continue
            missing += [
                f"{cell.text!r}: {one}"
                for one in words(cell.text)
                if one not in held and one not in squeezed and not _small(one) and not read_day(Cell(one)).on
            ]
    return missing


def _small(word: str) -> bool:
    """Words that only join or name what a value is, and figures that stand in dates."""
    return (
        word
        in {"and", "dob", "born", "b", "edd", "due", "expected", "unborn", "child", "baby", "of", "d", "o"}
        or word.isdigit()
    )


@settings(max_examples=120, deadline=None, derandomize=True)
@example([["", "Smith", "Kim & Lee (2/3/2011)", "", "2/3/2011 4/5/2012", "", "F", *[""] * 25]])
@example(
    [
        ["1", "", "", "", "", "", "", "", "12 High St", *[""] * 23],
        ["1", *[""] * 10, "Jo (MGM) (x)", *[""] * 20],
    ]
)
@example([["", "", "", "Max", "Kim 29/02/2009 29/02/2009", *[""] * 9, "unborn", *[""] * 17]])
@example([["", "", "", "Max", ":,", *[""] * 9, "unborn", *[""] * 17]])
@given(st.lists(st.lists(CELLS, min_size=len(WIDE), max_size=len(WIDE)), min_size=1, max_size=5))
def test_no_word_of_a_mapped_sheet_is_lost(rows: list[list[str]]) -> None:
    data = as_csv(*rows, headings=WIDE)
    index = open_index(data, "x.csv")
    if index.heading_rows != (1,):
        return
    assert [one.heading for one in index.columns] == list(WIDE)
    keys = ("reference", "family_name", "child_name", "given_name", "born_on", "expected_on", "sex", "ethnicity",
            "address", "postcode", "telephone", "mother", "father", "adults", "siblings", "school", "gp", "social_worker",
            "officer", "supervisor", "category", "plan_on", "plan_ended_on", "status", "opened_on", "closed_on",
            "conference_on", "review_on", "next_conference_on", "risk", "nhs", "note")  # fmt: skip
    mapping = DocketMap(dict(zip(WIDE, keys, strict=True)))
    assert left_out(index, mapping, STANDARDS) == []


@settings(max_examples=150, deadline=None, derandomize=True)
@example("a,b\n1,2\n")
@example('"unclosed\n')
@example("sep=;\nA;B\n1;2")
@example("\ufeffDocket No,Child\n1,Kim\n")
@given(st.text(max_size=300))
def test_no_text_crashes_it(text: str) -> None:
    try:
        index = open_index(text.encode("utf-8", "surrogatepass"), "x.csv")
    except Damaged:
        return
    mapping = index.guessed()
    again = DocketMap(dict.fromkeys(index.headings, "note") | {index.headings[0]: "child_name"})
    for one in (mapping, again):
        try:
            fitted = one.fitted(index.headings)
        except Invalid:
            continue
        assert left_out(index, fitted, STANDARDS) == []
        preview(index, fitted, STANDARDS, RECEIVED)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.binary(max_size=400))
def test_no_bytes_crash_it(data: bytes) -> None:
    try:
        index = open_index(data, "x.csv")
    except Damaged:
        return
    assert len(index.headings) == len(set(index.headings))
    assert list(index.rows()) is not None


def test_the_headings_of_the_usual_index_are_all_certain() -> None:
    index = open_index(as_csv(), "x.csv")
    assert [one.guess.sure for one in index.columns] == ["certain"] * len(HEADINGS)
