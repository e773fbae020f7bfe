"""Comparing a search with the restricted files that its officer may not see, for the supervisors of those files.

Whoever searches is handed nothing, and the work is the same whatever was met: one comparison, and one row of one length.
On a server functions of the owner's do both, and hand a supervisor what met their own files
(``casefile/store/shared/sql/09_restricted.sql``); there nobody can read the rows themselves.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, text
from sqlalchemy.orm import Session

from casefile.store.engine import driver_of
from casefile.store.words import worded

LONGEST = 400
"""Characters of a line that are kept."""
WEIGHTS = {
    "4": 4, "2": 3, "5": 9, "6": 4, "7": 3, "8": 6, "T": 6, "m": 4, "F": 5, "P": 2, "3": 6, "B": 2, "Y": 1,
    "A": 12, "H": 6, "C": 6, "E": 12, "U": 12, "V": 12, "O": 2,
}  # fmt: skip
"""By kind of key (``casefile.names.keys``), how much one that is shared says of a person being meant."""
ENOUGH = 12
"""From which sum on: a name, a telephone or other number, an address, a house with its postcode; no birth by itself."""
_NOTHING = UUID(int=0)
_SHARED = " ".join(f"WHEN '{kind}' THEN {weight}" for kind, weight in WEIGHTS.items())


@dataclass(frozen=True, slots=True)
class Compared:
    """A search as it is compared.

    Attributes:
        id: Identity of the row that it leaves, where the program gives it.
        officer_id: Who searched.
        at: When.
        kind: ``words`` or ``people``.
        line: What was searched for, as it is shown to a supervisor.
        said: In the words of this engine (``casefile.words.engines``); "" where no words are compared.
        ranges: First and last number of each kind of row that is compared.
        keys: Keys of the person who is looked for.
        states: Only files in one of these; None for all.
        most: A search that meets more files is for something common, and kept as one that met none.
    """

    id: UUID
    officer_id: UUID
    at: datetime
    kind: str
    line: str
    said: str
    ranges: tuple[tuple[int, int], ...]
    keys: tuple[str, ...]
    states: tuple[str, ...] | None
    most: int


@dataclass(frozen=True, slots=True)
class Met:
    """A search that met a file."""

    file_id: UUID
    officer_id: UUID
    at: datetime
    kind: str
    line: str


def compare(
    session: Session, search: Compared, hidden: tuple[Select[UUID], Mapping[str, Any]] | None
) -> None:
    """Compare a search and keep what it met, if anything: one row either way.

    Args:
        hidden: The files that the officer may not see, on a store where the program itself hides them.
    """
    if session.get_bind().dialect.name == "postgresql":
        given = {
            "kind": search.kind, "line": search.line, "said": search.said, "most": search.most,
            "lows": [low for low, _ in search.ranges], "highs": [high for _, high in search.ranges],
            "keys": list(search.keys), "states": None if search.states is None else list(search.states),
        }  # fmt: skip
        session.connection().execute(_COMPARE, given)
        return
    found: Sequence[str] = () if hidden is None else _met(session, search, hidden)
    if len(found) > search.most:
        found = ()
    line = search.line[:LONGEST]
    files = [str(UUID(one)) for one in found] + [str(_NOTHING)] * (search.most - len(found))
    driver_of(session).execute(
        "INSERT INTO restricted_match (id, officer_id, at, kind, line, met, files) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            search.id.hex, search.officer_id.hex,
            search.at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds"),
            search.kind, line if found else " " * len(line.encode()), bool(found), json.dumps(files),
        ),
    )  # fmt: skip


def _met(session: Session, search: Compared, hidden: tuple[Select[UUID], Mapping[str, Any]]) -> Sequence[str]:
    where, who = hidden
    of_hidden, changes = worded(where)
    given: dict[str, Any] = {
        name: change(who[name]) if change else who[name] for name, change in changes.items()
    }
    given |= {"keys": json.dumps(search.keys), "most": search.most + 1}
    people = (
        "SELECT l.file_id FROM person_key k JOIN person_look l ON l.id = k.look_id "  # noqa: S608 (our own words)
        f"WHERE k.key IN (SELECT value FROM json_each(:keys)) AND l.file_id IN ({of_hidden}) GROUP BY l.id "
        f"HAVING sum(CASE substr(k.key, 1, 1) {_SHARED} ELSE 0 END) >= {ENOUGH}"
    )
    parts = [people]
    if search.said and search.ranges:
        given |= {"said": search.said, "ranges": json.dumps(search.ranges)}
        given |= {"low": min(low for low, _ in search.ranges), "high": max(high for _, high in search.ranges)}
        parts.append(
            "SELECT r.file_id FROM word_index w CROSS JOIN word_row r ON r.id = w.rowid "  # noqa: S608
            f"WHERE word_index MATCH :said AND w.rowid BETWEEN :low AND :high AND r.latest AND r.file_id IN ({of_hidden}) AND EXISTS ("
            "SELECT 1 FROM json_each(:ranges) g "
            "WHERE r.id BETWEEN json_extract(g.value, '$[0]') AND json_extract(g.value, '$[1]'))"
        )
    within = ""
    if search.states is not None:
        given["states"] = json.dumps(search.states)
        within = "WHERE f.state IN (SELECT value FROM json_each(:states)) "
    statement = (
        f"SELECT DISTINCT f.id FROM ({' UNION ALL '.join(parts)}) one JOIN case_file f ON f.id = one.file_id "  # noqa: S608
        f"{within}ORDER BY 1 LIMIT :most"
    )
    return [row[0] for row in driver_of(session).execute(statement, given).fetchall()]


def met(session: Session, officer_id: UUID) -> Sequence[Met]:
    """The searches that met files which an officer supervises; whether they may see the file is for the caller to ask.

    On a server it is asked by the store as well.
    """
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        return [Met(*row) for row in connection.execute(_READ)]
    rows = driver_of(session).execute(_READ_SQLITE, (officer_id.hex,)).fetchall()
    return [
        Met(UUID(file), UUID(officer), datetime.fromisoformat(at).replace(tzinfo=UTC), kind, line)
        for file, officer, at, kind, line in rows
    ]


_COMPARE = text(
    "SELECT casefile_compare_search(:kind, :line, :said, CAST(:lows AS bigint[]), CAST(:highs AS bigint[]), "
    "CAST(:keys AS text[]), CAST(:states AS text[]), :most)"
)
_READ = text("SELECT file_id, officer_id, at, kind, line FROM casefile_restricted_matches()")
_READ_SQLITE = (
    "SELECT f.id, m.officer_id, m.at, m.kind, m.line FROM restricted_match m, json_each(m.files) one "
    "JOIN case_file f ON f.id = replace(one.value, '-', '') WHERE m.met AND f.supervisor_id = ?"
)
