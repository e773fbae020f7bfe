"""Setting a shared store up, from its server's administrator to the first administrator of Casefile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from casefile.access.actions import add_first_administrator
from casefile.access.rights import keep_rights
from casefile.access.rules import sign_in_name
from casefile.desk import Desk
from casefile.errors import Invalid, Missing
from casefile.opening.findings import Finding, of_server
from casefile.standards import library
from casefile.store.shared import logins, setup
from casefile.store.shared.address import Address
from casefile.store.shared.parts import Parts
from casefile.store.shared.served import facts_of, verifier
from casefile.store.shared.setup import AdministratorStore, Choices

__all__ = ["Choices", "Parts", "Prepared", "look", "maintain", "prepare", "weigh"]
Asked = Callable[[], tuple[str, str]]
"""Gives name and password of the first administrator; called only where the store needs one."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What came of it.

    Attributes:
        new: Whether the store is new.
        store_id: Its identity.
        administrator: The administrator of Casefile who was given a way in; "" when there was one already.
        without_login: Officers who cannot sign in because the database came here without its roles.
    """

    new: bool
    store_id: UUID
    administrator: str
    without_login: tuple[str, ...]


def look(address: Address, password: str | None) -> tuple[Finding, ...]:
    """How the server at *address* is set, before anything is made there.

    Raises:
        Refused, Damaged, Unavailable, Missing, Invalid: It cannot be looked at, or will not do at all.
    """
    with setup.looked_at(address, password) as store:
        return of_server(store)


def weigh(findings: tuple[Finding, ...], accepted: tuple[str, ...]) -> None:
    """Refuse a server on which the record would be in danger, but for what the administrator accepts by name.

    Raises:
        Invalid: With the settings that endanger the record.
    """
    dangers = [one for one in findings if one.endangers and one.what not in accepted]
    if dangers:
        raise Invalid(
            f"The record would not be safe on this server: {', '.join(one.what for one in dangers)}. "
            f"{' '.join(one.remedy for one in dangers)} Or accept each by its name.",
            kept="Nothing was made.",
        )


def prepare(address: Address, password: str | None, choices: Choices, administrator: Asked) -> Prepared:
    """Make the database at *address* a shared store, or bring it up and put its rights right.

    Args:
        address: The server and database; it names the server's administrator.
        password: That administrator's; None for a local socket, a certificate or single sign-on.
        choices: What they decide for this store.
        administrator: Gives the first administrator of Casefile, for a store that has none, or whose administrators
            came here without their roles.

    Raises:
        Refused, Damaged, Unavailable, Missing, Invalid: What is in the way of it, in a sentence; then nothing was made
        but the empty database.
    """
    with setup.opened(address, password) as store:
        new = setup.put_up(store, choices)
        try:
            with store.laying() as connection:
                keep_rights(connection)
            way_in = "" if _somebody_administers(store) else _way_in(store, *administrator())
            left_out = tuple(name for _, name, _ in _without_login(store))
            with store.laying() as connection:
                identity = UUID(facts_of(connection)["store_id"])
        finally:
            setup.leave(store)
        return Prepared(new, identity, way_in, left_out)


def maintain(address: Address, password: str | None) -> Parts:
    """Make room for the log of the store at *address* to grow into, while officers work.

    Raises:
        Refused, Damaged, Unavailable, Missing, Invalid: What is in the way of it, in a sentence; then nothing was made.
    """
    with setup.looked_at(address, password) as store:
        return setup.maintain(store)


def _way_in(store: AdministratorStore, name: str, password: str) -> str:
    """Give an administrator a role: theirs is made with their row, or anew where it was lost."""
    if not _anybody(store):
        Desk(store, library()).do(add_first_administrator, name, password)
        return name
    lost = {called: number for number, called, role in _without_login(store) if role == "administrator"}
    number = lost.get(sign_in_name(name))
    if number is None:
        raise Missing(
            f"This store has no administrator called {name}.",
            kept="Everything else was set up.",
            remedy=f"Run it again for one of these: {', '.join(sorted(lost))}." if lost else "",
        )
    with store.laying() as connection:
        logins.reset(connection, number, verifier(connection, sign_in_name(name), password))
    return name


def _somebody_administers(store: AdministratorStore) -> bool:
    asked = text(
        "SELECT EXISTS (SELECT FROM officer JOIN pg_roles ON rolname = sign_in_name "
        "WHERE active AND role = 'administrator')"
    )
    with store.laying() as connection:
        return bool(connection.execute(asked).scalar())


def _anybody(store: AdministratorStore) -> bool:
    with store.laying() as connection:
        return bool(connection.execute(text("SELECT EXISTS (SELECT FROM officer)")).scalar())


def _without_login(store: AdministratorStore) -> list[tuple[UUID, str, str]]:
    asked = text(
        "SELECT id, sign_in_name, role FROM officer WHERE active AND NOT EXISTS "
        "(SELECT FROM pg_roles WHERE rolname = sign_in_name) ORDER BY sign_in_name"
    )
    with store.laying() as connection:
        return [(row.id, row.sign_in_name, row.role) for row in connection.execute(asked)]
