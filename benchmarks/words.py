"""Words over many records: the search box beside the engine's own query written by hand, and what a key costs the window.

``CASEFILE_BENCH_ENTRIES`` says over how many (2,000,000 for the figure of the issue); without it, fewer.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Literal

from sqlalchemy import insert

from benchmarks.measure import Figure, in_turn
from benchmarks.stores import staffed
from casefile.desk import Desk
from casefile.record.model import CaseFile, Entry, EntryThread
from casefile.record.worded import Of, Words, keep_words, numbers
from casefile.search.words import search_as_typed, search_words
from casefile.store.words import make_anew
from casefile.work.ids import derived_id
from tests.crowd import Crowd

ENTRIES = int(os.environ.get("CASEFILE_BENCH_ENTRIES", "60000"))
OF_FILE, PIECE = 40, 10_000
GOAL = 1.5
RUNS = 9
SHOWN, COUNTED = 50, 1_000
COMMON = (
    "child", "mother", "school", "seen", "home", "visit", "social", "worker", "said", "bruise", "arm", "police", "plan",
    "review", "health", "father", "room", "alone", "concern", "evening", "nursery", "doctor", "letter", "agreed", "today",
)  # fmt: skip
LINES = {
    "a common word": "school",
    "three words": "bruise nursery concern",
    "a rare name": "{rare}",
    "a phrase": '"social worker agreed"',
    "a word and not another": "doctor -letter",
    "the beginning of a word": "bru*",
}
_WHERE = "f.restricted = false"
_SQLITE = (
    "SELECT e.id, e.summary, snippet(word_index, 0, '[', ']', '…', 20), e.happened_on, f.reference FROM word_index w "
    "JOIN word_row r ON r.id = w.rowid JOIN entry e ON e.id = r.record_id JOIN case_file f ON f.id = e.file_id "
    f"WHERE word_index MATCH ? AND w.rowid BETWEEN ? AND ? AND r.latest AND {_WHERE} ORDER BY w.rowid DESC LIMIT {SHOWN}"
)
_SQLITE_COUNT = (
    "SELECT count(*) FROM (SELECT 1 FROM word_index w JOIN word_row r ON r.id = w.rowid JOIN case_file f ON f.id = r.file_id "
    f"WHERE word_index MATCH ? AND w.rowid BETWEEN ? AND ? AND r.latest AND {_WHERE} LIMIT {COUNTED + 1})"
)
_POSTGRESQL = (
    "SELECT e.id, e.summary, ts_headline('simple', e.text, %s::tsquery), e.happened_on, f.reference FROM casefile.word_index w "
    "JOIN word_row r ON r.id = w.id JOIN entry e ON e.id = r.record_id JOIN case_file f ON f.id = e.file_id "
    f"WHERE w.words @@ %s::tsquery AND w.id BETWEEN %s AND %s AND w.latest AND {_WHERE} ORDER BY w.id DESC LIMIT {SHOWN}"
)
_POSTGRESQL_COUNT = (
    "SELECT count(*) FROM (SELECT 1 FROM casefile.word_index w JOIN case_file f ON f.id = w.file_id "
    f"WHERE w.words @@ %s::tsquery AND w.id BETWEEN %s AND %s AND w.latest AND {_WHERE} LIMIT {COUNTED + 1}) AS t"
)


def figures() -> list[Figure]:
    """Measure."""
    return [*_beside("embedded"), *_beside("shared")]


def _beside(engine: Literal["embedded", "shared"]) -> Iterator[Figure]:
    with staffed(engine) as (desk, officers):
        rare = _fill(desk, officers[0])
        with desk.store.reading() as session:
            work = desk.with_()._work(session)
            for what, line in LINES.items():
                line = line.format(rare=rare)  # noqa: PLW2901 (the line with the name in it)
                asked = _spelt(engine, line)
                by_hand = _by_hand(session.connection(), engine, asked)
                ours = in_turn(
                    lambda line=line: search_words.function(work, line, kinds=("entry",), most=SHOWN),
                    by_hand,
                    RUNS,
                )
                yield Figure(
                    f"{what.capitalize()}, over {ENTRIES:,} records ({desk.store.kind} store)",
                    "the engine’s own query by hand: the first 50 with snippets, counted to 1,000, of files one may see",
                    GOAL, *ours,
                )  # fmt: skip
            yield Figure(
                f"As one types “brui”, all kinds, over {ENTRIES:,} records ({desk.store.kind} store)",
                "the same by hand, of records alone", None,
                *in_turn(
                    lambda: search_as_typed.function(work, "brui"),
                    _by_hand(session.connection(), engine, _spelt(engine, "bru*")), RUNS,
                ),
                note="the window asks off its own thread: what it itself does at a key is told by `window`",
            )  # fmt: skip


def _spelt(engine: str, line: str) -> str:
    """The line as somebody who knows the engine would write it."""
    words = line.replace('"', "").split()
    if engine == "embedded":
        if line.startswith('"'):
            return f'placed : "{" ".join(map(_stem, words))}"'
        parts = [
            f'"{_stem(one.strip("*-"))}"{"*" if one.endswith("*") else ""}' for one in words if one[0] != "-"
        ]
        left = [f' NOT "{_stem(one[1:])}"' for one in words if one[0] == "-"]
        return " AND ".join(parts) + "".join(left)
    if line.startswith('"'):
        return " <-> ".join(map(_stem, words))
    return " & ".join(
        f"!{_stem(one[1:])}" if one[0] == "-" else f"{_stem(one[:-1])}:*" if one.endswith("*") else _stem(one)
        for one in words
    )


def _stem(word: str) -> str:
    from casefile.words.cut import word_of

    return word if word == "bru" else word_of(word)


def _by_hand(connection: Any, engine: str, asked: str) -> Callable[[], object]:
    low, high = numbers(Of.ENTRY)
    if engine == "embedded":
        first, count = (_SQLITE, (asked, low, high)), (_SQLITE_COUNT, (asked, low, high))
    else:
        first, count = (_POSTGRESQL, (asked, asked, low, high)), (_POSTGRESQL_COUNT, (asked, low, high))

    def once() -> object:
        return [connection.exec_driver_sql(*one).fetchall() for one in (first, count)]

    return once


def _fill(desk: Desk, officer: object) -> str:
    """Many records of invented words and names; gives a name that stands in few of them."""
    chance, crowd = random.Random(11), Crowd()
    names = [crowd.name().split()[-1] for _ in range(4_000)]
    begin = date(2014, 1, 1)
    for start in range(0, ENTRIES, PIECE):
        rows: list[dict[str, Any]] = []
        for place in range(start, min(start + PIECE, ENTRIES)):
            day = begin + timedelta(days=place * 4_500 // ENTRIES)
            said = " ".join([*chance.choices(COMMON, k=40), *chance.choices(names, k=4)])
            identity = derived_id("entry", place)
            rows.append(
                {
                    "id": identity, "file_id": derived_id("file", chance.randrange(ENTRIES // OF_FILE + 1)),
                    "thread_id": identity, "version": 1, "section": "contact", "happened_on": day, "happened_at": None,
                    "known_on": day, "recorded_at": desk.now(), "author_id": officer, "reason": None,
                    "marking": "OFFICIAL-SENSITIVE", "origin": None, "summary": "Visit: seen alone",
                    "text": f"Contact\nVisit: seen alone\n{said}", "doubts": {}, "digest": "",
                }
            )  # fmt: skip
        with desk.store.writing() as session:
            if not start:
                _open_files(session, desk, range(ENTRIES // OF_FILE + 1))
            session.execute(insert(Entry.__table__), rows)  # type: ignore[arg-type]
            session.execute(insert(EntryThread.__table__), [_thread(row) for row in rows])  # type: ignore[arg-type]
            keep_words(
                session,
                [
                    Words(
                        Of.ENTRY, row["id"], row["file_id"], row["happened_on"], "Contact\nVisit: seen alone",
                        row["text"].split("\n", 2)[2], "contact", row["author_id"],
                    )
                    for row in rows
                ],
            )  # fmt: skip
    with desk.store.laying() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("INSERT INTO word_index (word_index) VALUES ('optimize')")
        else:
            make_anew(connection)
            connection.exec_driver_sql("ANALYZE")
    return names[7]


def _thread(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "file_id": row["file_id"],
        "section": "contact",
        "latest_id": row["id"],
        "versions": 1,
    }


def _open_files(session: Any, desk: Desk, places: Sequence[int]) -> None:
    session.execute(
        insert(CaseFile),
        [
            {"id": derived_id("file", at), "reference": f"R-{at}", "opened_on": date(2014, 1, 1), "recorded_at": desk.now()}
            for at in places
        ],
    )  # fmt: skip
