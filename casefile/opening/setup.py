"""Setting a shared store up, from its server's administrator to the first administrator of Casefile."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from casefile.access.actions import add_first_administrator
from casefile.access.rights import keep_rights
from casefile.access.rules import sign_in_name
from casefile.desk import Desk
from casefile.standards import library
from casefile.store.shared import logins, setup
from casefile.store.shared.address import Address
from casefile.store.shared.served import facts_of, verifier
from casefile.store.shared.setup import AdministratorStore, Choices

__all__ = ["Choices", "Prepared", "prepare"]


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


def prepare(
    address: Address, password: str | None, choices: Choices, administrator: tuple[str, str] | None
) -> Prepared:
    """Make the database at *address* a shared store, or bring it up and put its rights right.

    Args:
        address: The server and database; it names the server's administrator.
        password: That administrator's; None for a local socket, a certificate or single sign-on.
        choices: What they decide for this store.
        administrator: Name and password of the first administrator of Casefile, for a store that has none, or whose
            administrator came here without their role.

    Raises:
        Refused, Damaged, Unavailable, Missing, Invalid: What is in the way of it, in a sentence; then nothing was made
        but the empty database.
    """
    with setup.opened(address, password) as store:
        new = setup.put_up(store, choices)
        try:
            with store.laying() as connection:
                keep_rights(connection)
            way_in = _way_in(store, administrator) if administrator else ""
            left_out = tuple(name for _, name, _ in _without_login(store))
            with store.laying() as connection:
                identity = UUID(facts_of(connection)["store_id"])
        finally:
            setup.leave(store)
        return Prepared(new, identity, way_in, left_out)


def _way_in(store: AdministratorStore, administrator: tuple[str, str]) -> str:
    """Give the first administrator a role: theirs is made with their row, or anew where it was lost."""
    name, password = administrator
    missing = next((one for one in _without_login(store) if one[1] == sign_in_name(name)), None)
    if missing is not None and missing[2] == "administrator":
        with store.laying() as connection:
            logins.reset(connection, missing[0], verifier(connection, missing[1], password))
        return name
    desk = Desk(store, library())
    if not _anybody(store):
        desk.do(add_first_administrator, name, password)
        return name
    return ""


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
