"""Records of words by the million: rows as each engine takes them fastest, their words cut by the program's own rule.

Each record has one of some thousands of invented texts, a file and a day of its own, so that an index holds as many places
as it would of texts that all differ. Indexes are laid when the rows are in.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert

from casefile.desk import Desk
from casefile.record.model import CaseFile
from casefile.record.worded import Of, number
from casefile.store.engine import CACHE_KIB
from casefile.store.words import make_anew
from casefile.words.cut import GAP, worded
from casefile.work.ids import derived_id
from casefile.work.pieces import in_pieces
from tests.crowd import Crowd

OF_FILE, TEXTS, PIECE = 40, 20_000, 20_000
BEGIN, DAYS = date(2014, 1, 1), 4_500
COMMON = (
    "child", "mother", "school", "seen", "home", "visit", "social", "worker", "said", "bruise", "arm", "police", "plan",
    "review", "health", "father", "room", "alone", "concern", "evening", "nursery", "doctor", "letter", "agreed", "today",
)  # fmt: skip
HEADING = "Contact\nVisit: seen alone"
_FILLED = {
    "entry": (
        "id", "file_id", "thread_id", "version", "section", "happened_on", "known_on", "recorded_at", "author_id", "marking",
        "summary", "text", "doubts", "digest",
    ),
    "entry_thread": ("id", "file_id", "section", "latest_id", "versions"),
    "word_row": ("id", "file_id", "record_id", "section", "author_id", "latest", "placed", "loose"),
    "casefile.word_index": ("id", "file_id", "section", "author_id", "latest", "words"),
}  # fmt: skip
"""Columns of the tables that are filled; the last is PostgreSQL's own index of words."""
_LAID_LATER = {
    "sqlite": (
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND (type = 'index' AND tbl_name IN ({}) "
        "OR type = 'trigger' AND tbl_name = 'word_row')"
    ),
    "postgresql": (
        "SELECT 'INDEX', schemaname || '.' || indexname, indexdef FROM pg_indexes WHERE tablename IN ({}, 'word_index') "
        "AND indexname NOT IN (SELECT conname FROM pg_constraint)"
    ),
}
_QUICK = {
    "sqlite": (
        "PRAGMA journal_mode=OFF", "PRAGMA synchronous=OFF", "PRAGMA secure_delete=OFF", "PRAGMA cache_size=-400000",
        "BEGIN",
    ),
    "postgresql": ("SET session_replication_role = replica", "SET maintenance_work_mem = '512MB'"),
}  # fmt: skip
_AGAIN = {
    "sqlite": (
        "COMMIT", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA secure_delete=ON",
        f"PRAGMA cache_size=-{CACHE_KIB}",
    ),
    "postgresql": ("RESET session_replication_role", "RESET maintenance_work_mem", "ANALYZE"),
}  # fmt: skip
"""And as every connection of the program has it; a server counts by itself what it holds, SQLite is never told to."""


@dataclass(frozen=True, slots=True)
class _Text:
    """What one record says, and its words as each engine keeps them."""

    text: str
    placed: str
    loose: str

    @property
    def vector(self) -> str:
        """The words with their places as PostgreSQL writes them."""
        places: dict[str, list[int]] = {}
        for place, word in enumerate(self.placed.split(" "), 1):
            places.setdefault(word, []).append(place)
        places.pop(GAP, None)
        placed = (f"{word}:{','.join(map(str, at))}" for word, at in places.items())
        return " ".join([*placed, *self.loose.split(" ")])


def fill(desk: Desk, officer: UUID, count: int) -> str:
    """Put so many records into an empty store; gives a name that stands in few of them."""
    chance, crowd = random.Random(11), Crowd()
    names = [crowd.name().split()[-1] for _ in range(4_000)]
    texts = [_text(chance, names) for _ in range(min(TEXTS, count))]
    with desk.store.writing() as session:
        _open_files(session, desk.now(), count // OF_FILE + 1)
    desk.store.engine.dispose()
    with desk.store.laying() as connection:
        put = _into_sqlite if connection.dialect.name == "sqlite" else _into_postgresql
        with _bare(connection):
            put(connection, _records(chance, texts, count), officer, desk.now())
        connection.connection.commit()  # the driver's own: nothing was said through the connection above it
    return names[7]


@dataclass(frozen=True, slots=True)
class _Record:
    id: UUID
    file_id: UUID
    day: date
    said: _Text

    @property
    def row(self) -> int:
        """The number of its row of words."""
        return number(Of.ENTRY, self.id, self.file_id, self.day)


def _text(chance: random.Random, names: Sequence[str]) -> _Text:
    said = " ".join([*chance.choices(COMMON, k=40), *chance.choices(names, k=4)])
    words = worded(HEADING, said)
    return _Text(f"{HEADING}\n{said}", words.placed, words.loose)


def _records(chance: random.Random, texts: Sequence[_Text], count: int) -> Iterator[_Record]:
    """One after the other, as days go by."""
    files = [derived_id("file", at) for at in range(count // OF_FILE + 1)]
    for place in range(count):
        identity = UUID(int=0x01990000_E471_7000_8000_000000000000 + place)
        day = BEGIN + timedelta(days=place * DAYS // count)
        yield _Record(identity, chance.choice(files), day, chance.choice(texts))


def _open_files(session: Any, now: datetime, count: int) -> None:
    session.execute(
        insert(CaseFile),
        [
            {"id": derived_id("file", at), "reference": f"R-{at}", "opened_on": BEGIN, "recorded_at": now}
            for at in range(count)
        ],
    )  # fmt: skip


@contextmanager
def _bare(connection: Connection) -> Iterator[None]:
    """For as long as it lasts the tables have no indexes and no triggers, and nothing waits for the disk."""
    on_sqlite = connection.dialect.name == "sqlite"
    run = connection.connection.cursor().execute
    for statement in _QUICK[connection.dialect.name]:
        run(statement)
    laid: list[tuple[str, str, str]] = run(
        _LAID_LATER[connection.dialect.name].format(", ".join(f"'{one}'" for one in _FILLED))
    ).fetchall()
    for kind, name, _ in laid:
        run(f"DROP {kind} {name}")
    yield
    for _, _, statement in laid:
        run(statement)
    if on_sqlite:
        make_anew(connection)
    for statement in _AGAIN[connection.dialect.name]:
        run(statement)


def _into_sqlite(connection: Connection, records: Iterator[_Record], officer: UUID, now: datetime) -> None:
    cursor: Any = connection.connection.cursor()
    moment, author = now.replace(tzinfo=None).isoformat(" ", "microseconds"), officer.hex
    put = {
        table: f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        for table, names in _FILLED.items()
    }
    for some in in_pieces(records, PIECE):
        cursor.executemany(
            put["entry"],
            [
                (one.id.hex, one.file_id.hex, one.id.hex, 1, "contact", one.day.isoformat(), one.day.isoformat(), moment,
                 author, "OFFICIAL-SENSITIVE", "Visit: seen alone", one.said.text, "{}", "")
                for one in some
            ],
        )  # fmt: skip
        cursor.executemany(
            put["entry_thread"], [(one.id.hex, one.file_id.hex, "contact", one.id.hex, 1) for one in some]
        )
        words = [
            (one.row, one.file_id.hex, one.id.hex, "contact", author, 1, one.said.placed, one.said.loose)
            for one in some
        ]
        cursor.executemany(put["word_row"], sorted(words))


def _into_postgresql(
    connection: Connection, records: Iterator[_Record], officer: UUID, now: datetime
) -> None:
    cursor: Any = connection.connection.cursor()
    vectors: dict[int, str] = {}
    for some in in_pieces(records, PIECE):
        words: list[tuple[int, _Record, str]] = []
        for one in some:
            vector = vectors.setdefault(id(one.said), "") or one.said.vector
            vectors[id(one.said)] = vector
            words.append((one.row, one, vector))
        words.sort(key=lambda each: each[0])
        text = {id(one.said): one.said.text.replace("\n", "\\n") for one in some}
        _copy(
            cursor, "entry",
            (
                f"{one.id}\t{one.file_id}\t{one.id}\t1\tcontact\t{one.day}\t{one.day}\t{now}\t{officer}\t"
                f"OFFICIAL-SENSITIVE\tVisit: seen alone\t{text[id(one.said)]}\t{{}}\t\n"
                for one in some
            ),
        )  # fmt: skip
        _copy(
            cursor, "entry_thread", (f"{one.id}\t{one.file_id}\tcontact\t{one.id}\t1\n" for one in some)
        )  # fmt: skip
        _copy(
            cursor, "word_row",
            (
                f"{at}\t{one.file_id}\t{one.id}\tcontact\t{officer}\tt\t{one.said.placed}\t{one.said.loose}\n"
                for at, one, _ in words
            ),
        )  # fmt: skip
        _copy(
            cursor, "casefile.word_index",
            (f"{at}\t{one.file_id}\tcontact\t{officer}\tt\t{vector}\n" for at, one, vector in words),
        )  # fmt: skip


def _copy(cursor: Any, table: str, lines: Iterator[str]) -> None:
    with cursor.copy(f"COPY {table} ({', '.join(_FILLED[table])}) FROM STDIN") as taken:
        taken.write("".join(lines))
