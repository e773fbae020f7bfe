"""Five hundred names as others write them, each with the rule it tests: who is meant stands among the first ten."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Generator
from pathlib import Path

import pytest
from sqlalchemy import insert

from casefile.desk import Desk
from casefile.record.looks import write_looks
from casefile.record.model import CaseFile
from casefile.record.people import Person
from casefile.search.asked import read_text
from casefile.search.people import find_people, likely
from casefile.standards import Library
from casefile.store.engine import Store, embedded_engine
from casefile.work.ids import derived_id
from tests.conftest import KEY, PASSWORD, Clock
from tests.crowd import Crowd

VARIANTS = Path(__file__).parents[2] / "data" / "names" / "variants.csv"
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
