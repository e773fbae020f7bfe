"""Officers as roles of the server: the functions that make and alter them, put up and called."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, TextClause, text
from sqlalchemy.exc import DBAPIError

from casefile.errors import Fault, Invalid

HOUSE = ("casefile_owner", "casefile_log", "casefile_logins", "casefile_officer")
"""The roles of the house; nobody signs in as one of them."""
LONGEST_NAME = 63
"""Bytes that a role's name may have."""
_THERE_ALREADY = "42710"
_ANOTHERS = "It belongs to another store or use of the server: ask those who look after the server to rename or remove it."
_ROLES = Path(__file__).with_name("roles.sql")
_FUNCTIONS = Path(__file__).with_name("logins.sql")
_ADD = text("SELECT casefile_add_login(:officer, :verifier)")
_SET = text("SELECT casefile_set_login(:officer, :active)")
_RESET = text("SELECT casefile_reset_login(:officer, :verifier)")
_CHANGE = text("SELECT casefile_change_own_login(:verifier)")


def put_up_roles(connection: Connection) -> None:
    """Make the roles of the house where they are not there; needs somebody who may make roles."""
    _run(connection, _ROLES)


def put_up(connection: Connection) -> None:
    """Put up, or anew, the functions that make and alter officers' roles; needs the roles and the tables."""
    _run(connection, _FUNCTIONS)


def _run(connection: Connection, script: Path) -> None:
    for statement in script.read_text("utf-8").split(";;"):
        connection.execute(text(statement))


def name_fault(name: str) -> str | None:
    """A sentence that says why nobody can sign in to a server under this name, or None."""
    if len(name.encode()) > LONGEST_NAME:
        return f"The name is too long for the server: at most {LONGEST_NAME} letters, fewer with accents."
    if name.startswith("pg_") or name in {"public", "none", "postgres", *HOUSE} or "\0" in name:
        return "The server keeps that name for itself. Choose another one."
    return None


def add(connection: Connection, officer: UUID, verifier: str) -> None:
    """Give an officer, whose row is there, a role to sign in with.

    Raises:
        Invalid: The server has a role of that name, which is not touched.
    """
    _call(connection, _ADD, "Choose another name.", officer=officer, verifier=verifier)


def allow(connection: Connection, officer: UUID, active: bool) -> None:
    """Let an officer sign in, or no more: then their open connections end at once.

    Raises:
        Invalid: The server's role of that name is not an officer's of this store.
    """
    _call(connection, _SET, _ANOTHERS, officer=officer, active=active)


def reset(connection: Connection, officer: UUID, verifier: str) -> None:
    """Give an officer a new password, and a role where theirs did not come with the database.

    Raises:
        Invalid: The server's role of that name is not an officer's of this store.
    """
    _call(connection, _RESET, _ANOTHERS, officer=officer, verifier=verifier)


def _call(connection: Connection, function: TextClause, remedy: str, **values: object) -> None:
    try:
        connection.execute(function, values)
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", "") != _THERE_ALREADY:
            raise
        sentence = f"The server has a role of that name already, and Casefile does not touch it. {remedy}"
        raise Invalid([Fault("name", sentence)], kept="Nothing was changed.") from error


def change_own(connection: Connection, verifier: str) -> None:
    """Give whoever is signed in a new password."""
    connection.execute(_CHANGE, {"verifier": verifier})
