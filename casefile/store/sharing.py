"""Who shares keys with what is asked for, and what is said of them: the two statements that every search for a person waits for.

Both are made once in the words of each engine, and on an embedded store go straight to the driver: what stands above it takes
longer than they do.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, text
from sqlalchemy.orm import Session

from casefile.names.keys import WEIGHTS
from casefile.store.engine import driver_of
from casefile.store.words import worded

Hidden = tuple[Select[UUID], Mapping[str, Any]] | None
"""The files that are left out, in the statement itself; on a server the store leaves them out."""


class Sharing(NamedTuple):
    """A look by one of its names, and how much it shares with what is asked for.

    Attributes:
        called: The name in plain letters.
        shares: The weight of the keys that both have (``casefile.names.keys.WEIGHTS``).
    """

    look_id: int
    called: str
    shares: int


_OFTEN = "4256"
"""Kinds of key that most rows are of, so that they are weighed first."""
_WEIGHED = " ".join(
    f"WHEN '{kind}' THEN {WEIGHTS[kind]}"
    for kind in sorted(WEIGHTS, key=lambda one: (_OFTEN.find(one) < 0, one))
)
_BEST = (
    f"SELECT k.look_id, sum(CASE substr(k.key, 1, 1) {_WEIGHED} END) AS shares FROM {{keys}} "  # noqa: S608 (our own words)
    "GROUP BY k.look_id ORDER BY shares DESC, k.look_id LIMIT :most"
)
_SHARING = (
    "SELECT best.look_id, c.called, best.shares FROM ({best}) best CROSS JOIN person_called c "
    "WHERE c.look_id = best.look_id ORDER BY best.shares DESC, best.look_id, c.called"
)
_SAID = "SELECT l.person_id, l.said FROM person_look l WHERE l.person_id IN ({people})"
_ON_SERVER = (
    text(_SHARING.format(best=_BEST.format(keys="person_key k WHERE k.key = ANY (CAST(:keys AS text[]))"))),
    text(
        _SAID.format(
            people="SELECT p.person_id FROM person_look p WHERE p.id = ANY (CAST(:looks AS bigint[]))"
        )
    ),
)


@cache
def _embedded(hidden: str) -> tuple[str, str]:
    """Both statements in SQLite's words."""
    keys = "json_each(:keys) one CROSS JOIN person_key k ON k.key = one.value"
    said = _SAID.format(
        people="SELECT p.person_id FROM json_each(:looks) one CROSS JOIN person_look p ON p.id = one.value"
    )
    if hidden:
        keys += f" WHERE k.look_id NOT IN (SELECT l.id FROM person_look l WHERE l.file_id IN ({hidden}))"  # noqa: S608
        said += f" AND l.file_id NOT IN ({hidden})"
    return _SHARING.format(best=_BEST.format(keys=keys)), said


def sharing(session: Session, keys: Sequence[str], hidden: Hidden, most: int) -> Sequence[Sharing]:
    """The looks that share the most with what is asked for, by each of their names; the most first.

    Args:
        most: How many looks.
    """
    if session.get_bind().dialect.name == "postgresql":
        rows = session.connection().execute(_ON_SERVER[0], {"keys": list(keys), "most": most})
        return [Sharing(*row) for row in rows]
    words, given = _hidden(hidden)
    asked = {"keys": json.dumps(keys), "most": most, **given}
    return [Sharing._make(row) for row in driver_of(session).execute(_embedded(words)[0], asked)]


def said_of(session: Session, looks: Sequence[int], hidden: Hidden) -> Mapping[UUID, list[dict[str, Any]]]:
    """What is said of the people of some looks, in all of their looks, by person."""
    found: dict[UUID, list[dict[str, Any]]] = {}
    if session.get_bind().dialect.name == "postgresql":
        for person_id, said in session.connection().execute(_ON_SERVER[1], {"looks": list(looks)}):
            found.setdefault(person_id, []).append(said)
        return found
    words, given = _hidden(hidden)
    rows = driver_of(session).execute(_embedded(words)[1], {"looks": json.dumps(looks), **given})
    for person_id, said in rows:
        found.setdefault(UUID(person_id), []).append(json.loads(said))
    return found


def _hidden(hidden: Hidden) -> tuple[str, dict[str, Any]]:
    if hidden is None:
        return "", {}
    words, changes = worded(hidden[0])
    return words, {
        name: change(hidden[1][name]) if change else hidden[1][name] for name, change in changes.items()
    }
