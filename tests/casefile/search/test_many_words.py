"""Where many records hold a word, each engine has more than one way to the newest: all of them find the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from casefile.desk import Desk
from casefile.record.model import CaseFile
from casefile.record.worded import Of, Words, keep_words, numbers
from casefile.store.engine import Store
from casefile.store.words import Within, find_and_count, find_roughly
from casefile.words.asked import read
from casefile.words.engines import ENGINES, rough, said
from casefile.work.ids import derived_id

At = Callable[[str], Desk]
MANY = 3_200
FILE, OTHER = derived_id("many words", 1), derived_id("many words", 2)


def _says(place: int) -> str:
    """What the record of that place says: from the oldest to the newest."""
    parts = ["school"]
    if place % 2:
        parts.append("nursery")
    if place < 1_000:
        parts.append("kindergarten")
    if place % 1_000 == 7:
        parts.append("kinship")
    if place % 150 == 0:
        parts.append("social worker agreed")
    return " ".join(parts)


@pytest.fixture
def many(store: Store, sign_in: At) -> tuple[Desk, dict[int, str]]:
    """A desk on a store with thousands of records and a task, and what each row says."""
    begin = date(2010, 1, 1)
    records = [
        Words(
            Of.ENTRY,
            derived_id("of many", at),
            FILE if at % 50 else OTHER,
            begin + timedelta(days=at),
            "",
            _says(at),
        )
        for at in range(MANY)
    ]
    task = Words(Of.TASK, derived_id("of many", "task"), FILE, begin, "Ask the school about kinship")
    desk = sign_in("Rhodes")
    with store.writing() as session:
        session.execute(
            insert(CaseFile),
            [
                {"id": one, "reference": f"M-{at}", "opened_on": begin, "recorded_at": desk.now(), "state": "open"}
                for at, one in enumerate((FILE, OTHER))
            ],
        )  # fmt: skip
        keep_words(session, [*records, task])
    if store.kind == "shared":
        with store.laying() as connection:
            connection.execute(text("ANALYZE casefile.word_index"))
    return desk, {one.number: _says(at) for at, one in enumerate(records)}


def test_the_newest_and_how_many_are_the_same_by_whichever_way(many: tuple[Desk, dict[int, str]]) -> None:
    """Common words, rare ones, such as stand in old records alone, several, a phrase, one left out, and none at all."""
    desk, says = many
    entries = Within(*numbers(Of.ENTRY))
    held: dict[str, Callable[[str], bool]] = {
        "school": lambda words: "school" in words,
        "school nursery": lambda words: "nursery" in words,
        "kindergarten": lambda words: "kindergarten" in words,
        "kinship": lambda words: "kinship" in words,
        "kin*": lambda words: "kin" in words,
        "kindergarten kinship": lambda words: "kindergarten" in words and "kinship" in words,
        '"social worker agreed"': lambda words: "social" in words,
        "school -nursery": lambda words: "nursery" not in words,
        "zebra": lambda _: False,
    }
    with desk.store.reading() as session:
        engine = ENGINES[session.get_bind().dialect.name]
        for line, holds in held.items():
            wanted = sorted((at for at, words in says.items() if holds(words)), reverse=True)
            for most, counted in ((5, 5), (50, 1_001), (2_000, 2_000)):
                found, total = find_and_count(session, said(engine, read(line)), entries, None, most, counted)
                assert list(found) == wanted[:most], line
                assert total == min(len(wanted), max(most, counted)), line
        of_file = Within(*numbers(Of.ENTRY), files=(OTHER,))
        found, total = find_and_count(session, said(engine, read("school")), of_file, None, 10, 1_001)
        assert (len(found), total) == (10, MANY // 50)
        tasks = find_and_count(
            session, said(engine, read("school kin*")), Within(*numbers(Of.TASK)), None, 10, 10
        )
        assert tasks[1] == 1, "a task is found among thousands of records that hold the same word"

        _begin(desk, session)


def _begin(desk: Desk, session: Session) -> None:
    """The beginning of a word is looked for among the newest first, and what is found is the same."""
    engine = ENGINES[session.get_bind().dialect.name]
    for line in ("kinder*", "kinshi*", "nurs* school", '"social work*"', "zebra nurs*"):
        asked = read(line)
        roughly = rough(engine, asked)
        assert roughly is not None, line
        found = find_roughly(session, roughly, Within(*numbers(Of.ENTRY)), None, 6)
        whole, _ = find_and_count(session, said(engine, asked), Within(*numbers(Of.ENTRY)), None, 6, 6)
        assert found is None or list(found) == list(whole), line
        if desk.store.kind == "embedded" and line == "nurs* school":
            assert found is not None, "enough of the newest hold it: the rest is not gathered"
    assert rough(engine, read("school kin*")) is None, "an index is kept of beginnings as short as this"
    assert rough(engine, read("07700 900*"), heading=True) is None
