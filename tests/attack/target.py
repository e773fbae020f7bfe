"""A shared store with one file that everybody may see and one that nobody here may: what every attack is aimed at.

Its rows are made from the catalogue, a row of each table for each of the two files, so that a table that comes later is
attacked as well. Every text of the hidden file holds :data:`SECRET`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid5

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from casefile.access.rights import keep_rights
from casefile.access.roles import ROLES
from casefile.store.shared import setup
from casefile.store.shared.counted import MASKED
from casefile.store.shared.put_up import shapes
from casefile.store.shared.rules import LOG, rule_of
from casefile.store.shared.setup import AdministratorStore, Choices
from tests.owners import address_of

SECRET = "Quillfeather"
"""A word of the hidden file, which no answer, error or plan may hold."""
OPEN, HIDDEN = UUID(int=0xA1), UUID(int=0xB2)
"""The two files."""
SPACE = UUID(int=0xC3)
PASSWORD = "five amber kettles hum"
NOBODY, PUT_AWAY = "attack_nobody", "attack_put_away"
ATTACKERS = (*(f"attack_{role}" for role in ROLES), PUT_AWAY, NOBODY)
"""A login of each role, one of an officer who may no longer sign in, and one that is no officer."""
LEADING = frozenset({"files", "look_id", "match_id", "one_file_id"})
"""Columns by which a row leads to a person though its table has a rule of its own."""
_READER_OF_NOTHING = UUID(int=0xD4)


@dataclass
class Target:
    """The store under attack.

    Attributes:
        dsn: How its owner connects.
        columns: By table, its columns with their types.
        leads: How rows of each table lead to a person ("" for none).
    """

    dsn: str
    columns: Mapping[str, Mapping[str, str]]
    leads: Mapping[str, str]
    immutable: frozenset[str]
    _open: list[psycopg.Connection[tuple[object, ...]]] = field(default_factory=list)

    def as_(self, login: str) -> psycopg.Connection[tuple[object, ...]]:
        """A connection of an attacker, each statement for itself."""
        made = psycopg.connect(make_conninfo(self.dsn, user=login, password=PASSWORD), autocommit=True)
        self._open.append(made)
        return made

    def owner(self) -> psycopg.Connection[tuple[object, ...]]:
        """A connection of whoever keeps the server."""
        return psycopg.connect(self.dsn, autocommit=True)

    def close(self) -> None:
        """End every connection."""
        for one in self._open:
            one.close()

    def fingerprint(self) -> dict[str, object]:
        """What every table holds, as its owner sees it."""
        with self.owner() as connection:
            found: dict[str, object] = {}
            for table in (*self.columns, *LOG):
                whole = sql.SQL("SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {} t")
                found[table] = connection.execute(whole.format(sql.Identifier(table))).fetchone()
            return found


def build(dsn: str) -> None:
    """Make the store in an empty database."""
    with setup.opened(address_of(dsn), None) as store:
        setup.put_up(store, Choices(local_socket=True))
        with store.laying() as connection:
            keep_rights(connection)
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        for place, login in enumerate(ATTACKERS):
            _make_login(connection, login)
            if login != NOBODY:
                role = login.removeprefix("attack_") if login != PUT_AWAY else "sergeant"
                connection.execute(
                    "INSERT INTO officer (id, name, sign_in_name, role, number, team, active, password_hash, failed, "
                    "created_at) VALUES (%s, %s, %s, %s, %s, 'North', %s, %s, 0, now())",
                    (UUID(int=place + 1), login, login, role, str(place), login != PUT_AWAY, SECRET),
                )
        target = look(dsn)
        for table, columns in target.columns.items():
            if target.leads[table] or not LEADING.isdisjoint(columns):
                for file in (HIDDEN,) if table == "restricted_file" else (OPEN, HIDDEN):
                    _insert(connection, table, _row(target, table, columns, file))
        connection.execute("INSERT INTO counter VALUES (%s, 1)", (f"copy/{HIDDEN}",))
        connection.execute("SET session_replication_role = origin")
        connection.execute("SELECT casefile_fill_words()")
        connection.execute("ANALYZE")


def look(dsn: str) -> Target:
    """The store in a database that :func:`build` made."""
    store = AdministratorStore(address_of(dsn), None)
    try:
        with store.laying() as connection:
            found = [one for one in shapes(connection) if one.name not in LOG]
    finally:
        store.close()
    return Target(
        dsn,
        {one.name: one.columns for one in found},
        {one.name: rule_of(one.name, one.columns).leads for one in found},
        frozenset(one.name for one in found if one.immutable),
    )


def _make_login(connection: psycopg.Connection[tuple[object, ...]], login: str) -> None:
    verifier = connection.pgconn.encrypt_password(
        PASSWORD.encode(), login.encode(), b"scram-sha-256"
    ).decode()
    there = connection.execute("SELECT to_regrole(%s) IS NOT NULL", (login,)).fetchone()
    verb = "ALTER" if there and there[0] else "CREATE"
    connection.execute(sql.SQL(verb + " ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(login), verifier))
    connection.execute(sql.SQL("GRANT casefile_officer TO {}").format(sql.Identifier(login)))


def _row(target: Target, table: str, columns: Mapping[str, str], file: UUID) -> Iterator[tuple[str, object]]:
    counted = MASKED.get(table, frozenset())
    identity = row_id(table, file, target.leads[table])
    own = {
        "file_id": file,
        "id": identity.int >> 65 if columns.get("id") == "bigint" else identity,
        "entry_id": uuid5(file, "entry"),
        "latest_id": uuid5(file, "entry"),
        "person_id": uuid5(file, "person"),
        **({"until_at": None} if table == "reader" else {}),
        "one_file_id": file,
        "other_file_id": file,
        "look_id": number_of(row_id("person_look", file)),
        "match_id": row_id("person_match", file),
    }
    for column, kind in columns.items():
        if column in own:
            value = own[column]
            yield column, number_of(value) if kind == "bigint" and isinstance(value, UUID) else value
        elif column.endswith(
            ("_by", "officer_id", "author_id", "supervisor_id", "researcher_id", "reviewer_id")
        ):
            yield column, _READER_OF_NOTHING
        else:
            # What is shown so that it can be counted is a code or a number, and no secret.
            said = SECRET if file == HIDDEN and column not in counted else "plain"
            yield column, _value(kind, f"{said} {table}.{column}", str(file))


def number_of(identity: UUID) -> int:
    """The number that stands for an identity in a table that counts its rows."""
    return identity.int % 2**62


def row_id(table: str, file: UUID, leads: str = "file") -> UUID:
    """Identity of the row of a table that belongs to a file; a section shares that of its entry."""
    return file if leads == "itself" else uuid5(file, "entry" if leads == "signed" else table)


def _value(kind: str, said: str, where: str) -> object:
    return {
        "text": said,
        "jsonb": json.dumps({"said": said}),
        "uuid": uuid5(SPACE, where + said),
        "boolean": False,
        "integer": 1,
        "bigint": 1,
        "date": "2026-01-05",
        "time without time zone": "10:00",
        "timestamp with time zone": "2026-01-05T10:00:00Z",
        "bytea": said.encode(),
    }[kind]


def _insert(
    connection: psycopg.Connection[tuple[object, ...]], table: str, row: Iterator[tuple[str, object]]
) -> None:
    columns, values = zip(*row, strict=True)
    connection.execute(
        sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, columns)),
            sql.SQL(", ").join([sql.Placeholder()] * len(columns)),
        ),
        values,
    )
