"""Five hundred names as others write them, each with the rule it tests: who is meant stands among the first ten."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Generator
from pathlib import Path

import pytest
from rapidfuzz import fuzz
from sqlalchemy import insert, select

from casefile.desk import Desk
from casefile.names.fold import tokens
from casefile.names.keys import ENDS, INITIAL, LETTER, NAMED, ONE, SOUND, asked_keys, name_keys
from casefile.record.looks import PersonLook, write_looks
from casefile.record.model import CaseFile
from casefile.record.people import Person
from casefile.search.asked import read_text
from casefile.search.people import SHOWN, find_people, likely
from casefile.standards import Library
from casefile.store.engine import Store, embedded_engine
from casefile.work.ids import derived_id
from tests.conftest import KEY, PASSWORD, Clock
from tests.crowd import Crowd

VARIANTS = Path(__file__).parents[2] / "data" / "names" / "variants.csv"
SAID = (PersonLook.person_id, PersonLook.said)
OTHERS = 1_000
"""People who are not meant, with names as skewed as real ones."""


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with VARIANTS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def crowded(
    tmp_path_factory: pytest.TempPathFactory,
    staffed_store: Path,
    standards: Library,
    rows: list[dict[str, str]],
) -> Generator[Desk]:
    """A desk on a store that holds everybody of the list and a crowd beside them."""
    path = tmp_path_factory.mktemp("crowded") / "casefile.db"
    path.write_bytes(staffed_store.read_bytes())
    store = Store(embedded_engine(path, KEY), "embedded", "crowded")
    desk = Desk(store, standards, clock=Clock())
    desk.sign_in("Rhodes", PASSWORD)
    crowd, file_id = Crowd(), derived_id("file")
    people = [(derived_id("held", place), row["held"], row["born"]) for place, row in enumerate(rows)]
    people += [
        (derived_id("other", place), crowd.name(), crowd.born().isoformat()) for place in range(OTHERS)
    ]
    by = {"recorded_at": desk.now(), "recorded_by": desk.actor.officer_id}
    with store.writing() as session:
        opened = {
            "id": file_id,
            "reference": "R-1",
            "opened_on": desk.now().date(),
            "recorded_at": desk.now(),
        }
        session.execute(insert(CaseFile), [opened])
        session.execute(insert(Person), [{"id": one, "display_name": name, **by} for one, name, _ in people])
        write_looks(
            session,
            [
                {
                    "person_id": one,
                    "file_id": file_id,
                    "said": {"names": [["legal", name, True]], "births": [[born, "exact", True]]},
                }
                for one, name, born in people
            ],
        )
    yield desk
    store.close()


def test_there_are_five_hundred_of_seven_origins_each_with_its_rule(rows: list[dict[str, str]]) -> None:
    assert len(rows) >= 500
    assert len({row["origin"] for row in rows}) == 7
    assert min(Counter(row["origin"] for row in rows).values()) >= 60
    assert len({row["rule"] for row in rows}) >= 15


def test_who_is_meant_stands_among_the_first_ten(crowded: Desk, rows: list[dict[str, str]]) -> None:
    lost: list[str] = []
    with crowded.store.reading() as session:
        work = crowded.with_()._work(session)
        for place, row in enumerate(rows):
            found = [one for one, _ in likely(work, read_text(row["written"], work.today)).people][:10]
            if derived_id("held", place) not in found:
                lost.append(f"{row['held']} as {row['written']} ({row['origin']}, {row['rule']})")
    assert len(lost) <= len(rows) // 50, "\n".join(lost)


def test_each_that_is_written_otherwise_says_why(crowded: Desk, rows: list[dict[str, str]]) -> None:
    for place in range(0, len(rows), 60):
        found = crowded.read(find_people, rows[place]["written"], most=10).candidates
        meant = next(one for one in found if one.person_id == derived_id("held", place))
        assert meant.why or meant.score == 100
        assert all(one[:1].strip() and not one.endswith(".") for one in meant.why)


def test_what_exhaustive_matching_finds_is_found_in_any_order_of_the_words(crowded: Desk) -> None:
    hits, missed = 0, list[str]()
    with crowded.store.reading() as session:
        work = crowded.with_()._work(session)
        held = {row.person_id: row.said["names"][0][1] for row in session.execute(select(*SAID))}
        crowd = Crowd(7)
        for name in sorted(held.values())[::15]:
            text = crowd.wrong(name)
            found = likely(work, read_text(text, work.today))
            turned = likely(work, read_text(" ".join(reversed(text.upper().split())), work.today))
            assert [(one, how.score) for one, how in found.people] == [
                (one, how.score) for one, how in turned.people
            ], text
            like = {
                one for one, other in held.items() if fuzz.token_sort_ratio(text.lower(), other.lower()) >= 90
            }
            hits += len(like)
            missed += [f"{held[one]} as {text}" for one in like - {one for one, _ in found.people[:SHOWN]}]
    assert hits > 50
    assert len(missed) <= hits // 50, "\n".join(missed)


def test_whoever_asks_for_more_is_given_everybody_and_else_is_told_that_there_may_be_others(
    crowded: Desk,
) -> None:
    few = crowded.read(find_people, "daniel", most=3)
    assert len(few.candidates) == 3
    assert few.counted == f"more than {few.total}"
    every = crowded.read(find_people, "daniel", most=1_000)
    assert not every.more
    assert every.counted == f"{every.total}"
    called = {one.person_id for one in every.candidates}
    with crowded.store.reading() as session:
        for row in session.execute(select(*SAID)):
            if "Daniel" in row.said["names"][0][1].split():
                assert row.person_id in called


@pytest.mark.parametrize(
    ("held", "written"),
    [
        ("J Quennell", "John Quennell"),  # an initial on record
        ("Odalys Quennell", "O Quennel"),  # an initial asked for, and a letter left out
        ("Odalys Fox Quennell", "Odalys Foxquennell"),  # one word for two
        ("Dominika Burowski", "dsminik Burowski"),  # two letters wrong in one word
        ("Lucinda Ralpole", "Linda Ralpole"),
        ("Alexander Clifstow", "aexandra Clifstow"),
        ("Odalys Quennell", "oadlys quenell"),  # a slip in each
    ],
)
def test_a_name_and_what_it_is_asked_by_share_two_words_together(held: str, written: str) -> None:
    shared = asked_keys(tokens(written)) & name_keys(held)
    assert any(key[0] in {ONE, ENDS, SOUND, NAMED, LETTER, INITIAL} for key in shared)
