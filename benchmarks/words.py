"""Words over many records: the search box beside the engine's own query written by hand, and what each letter costs.

``CASEFILE_BENCH_ENTRIES`` says over how many (``60000,200000,2000000`` for the figures of the issue, and how they grow).
The window asks off its own thread: what it itself does at a key is told by ``window``.
"""

from __future__ import annotations

import gc
import math
import os
import time
from collections.abc import Callable, Iterator, Sequence
from statistics import median
from typing import Any, Literal

from benchmarks.many_words import fill
from benchmarks.measure import Figure, in_turn
from benchmarks.stores import staffed
from casefile.record.worded import Of, numbers
from casefile.search.words import search_as_typed, search_words

SIZES = tuple(int(one) for one in os.environ.get("CASEFILE_BENCH_ENTRIES", "60000").split(","))
GOAL, GROWTH = 1.5, 0.3
RUNS = 11
SHOWN, COUNTED = 50, 1_000
LINES = {
    "a common word": "school",
    "three words": "bruise nursery concern",
    "a rare name": "{rare}",
    "a phrase": '"social worker agreed"',
    "a word and not another": "doctor -letter",
    "the beginning of a word": "bru*",
}
ENGINES: Sequence[Literal["embedded", "shared"]] = ("embedded", "shared")
CLOCKS = {"embedded": time.process_time, "shared": time.perf_counter}
"""On the store of one computer all the work is the program's own: what others do beside it does not count."""
TYPED = ("brui", "schoo")
_SEEN = "f.id NOT IN (SELECT file_id FROM restricted_file)"
_SHOWS = "e.id, e.thread_id, e.section, e.summary, e.happened_on, f.reference, f.family_name, o.name"
_BESIDE = "JOIN entry e ON e.id = r.record_id JOIN case_file f ON f.id = e.file_id JOIN officer o ON o.id = e.author_id"
_SQLITE = (
    f"SELECT {_SHOWS}, snippet(word_index, 0, '[', ']', '…', 20) FROM word_index w JOIN word_row r ON r.id = w.rowid {_BESIDE} "
    f"WHERE word_index MATCH ? AND w.rowid BETWEEN ? AND ? AND r.latest AND {_SEEN} ORDER BY w.rowid DESC LIMIT {SHOWN}"
)
_SQLITE_COUNT = (
    "SELECT count(*) FROM (SELECT 1 FROM word_index w JOIN word_row r ON r.id = w.rowid JOIN case_file f ON f.id = r.file_id "
    f"WHERE word_index MATCH ? AND w.rowid BETWEEN ? AND ? AND r.latest AND {_SEEN} LIMIT {COUNTED + 1})"
)
_POSTGRESQL = (
    f"SELECT {_SHOWS}, ts_headline('simple', e.text, %s::tsquery) FROM casefile.word_index w "
    f"JOIN word_row r ON r.id = w.id {_BESIDE} "
    f"WHERE w.words @@ %s::tsquery AND w.id BETWEEN %s AND %s AND w.latest AND {_SEEN} ORDER BY w.id DESC LIMIT {SHOWN}"
)
_POSTGRESQL_COUNT = (
    "SELECT count(*) FROM (SELECT 1 FROM casefile.word_index w JOIN case_file f ON f.id = w.file_id "
    f"WHERE w.words @@ %s::tsquery AND w.id BETWEEN %s AND %s AND w.latest AND {_SEEN} LIMIT {COUNTED + 1}) AS t"
)
_BY_HAND = "the engine’s own query by hand: the newest 50 with snippets, file and author, counted to 1,000, of files one may see"
_Medians = dict[str, float]


def figures() -> list[Figure]:
    """Measure."""
    found: list[Figure] = []
    for engine in ENGINES:
        smallest: _Medians = {}
        for size in SIZES:
            found += _beside(engine, size, smallest)
    return found


def _beside(engine: Literal["embedded", "shared"], size: int, smallest: _Medians) -> Iterator[Figure]:
    with staffed(engine) as (desk, officers):
        rare = fill(desk, officers[0], size)
        gc.collect()
        gc.freeze()  # what stands by now need not be looked through between two runs
        where = f"over {size:,} records ({desk.store.kind} store)"
        with desk.store.reading() as session:
            work = desk.with_()._work(session)
            for what, line in LINES.items():
                line = line.format(rare=rare)  # noqa: PLW2901 (the line with the name in it)
                by_hand = _by_hand(session.connection(), engine, _spelt(engine, line))

                def ours(line: str = line) -> object:
                    return search_words.function(work, line, kinds=("entry",), most=SHOWN)

                assert len(search_words.function(work, line, kinds=("entry",), most=SHOWN).hits) == SHOWN, (
                    line
                )
                times = in_turn(ours, by_hand, RUNS, clock=CLOCKS[engine])
                note = _growth(smallest, what, size, times[0])
                yield Figure(f"{what.capitalize()}, {where}", _BY_HAND, GOAL, *times, note=note)
            for typed in TYPED:
                by_hand = _by_hand(session.connection(), engine, _spelt(engine, f"{typed}*"))

                def letters(typed: str = typed) -> object:
                    return search_as_typed.function(work, typed)

                times = in_turn(letters, by_hand, RUNS, clock=CLOCKS[engine])
                note = _growth(smallest, typed, size, times[0])
                yield Figure(
                    f"As one types “{typed}”, all kinds, {where}", f"{_BY_HAND}, of records alone", None, *times, note=note
                )  # fmt: skip


def _growth(smallest: _Medians, what: str, size: int, times: Sequence[float]) -> str:
    """How the time grew since the smallest store."""
    now = median(times)
    before = smallest.setdefault(what, now)
    if size == SIZES[0]:
        return ""
    slope = math.log(now / before) / math.log(size / SIZES[0])
    return f"time grows with the power {slope:.2f} of the records since {SIZES[0]:,} (goal ≤ {GROWTH})"


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

    return word if word in ("bru", *TYPED) else word_of(word)


def _by_hand(connection: Any, engine: str, asked: str) -> Callable[[], object]:
    low, high = numbers(Of.ENTRY)
    if engine == "embedded":
        first, count = (_SQLITE, (asked, low, high)), (_SQLITE_COUNT, (asked, low, high))
    else:
        first, count = (_POSTGRESQL, (asked, asked, low, high)), (_POSTGRESQL_COUNT, (asked, low, high))

    def once() -> object:
        return [connection.exec_driver_sql(*one).fetchall() for one in (first, count)]

    return once
