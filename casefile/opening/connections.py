"""Connections that a person has kept on this computer: a name for the address of a shared store. Never a password."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from platformdirs import user_config_path

from casefile.errors import Damaged, Fault, Invalid, Missing, Unavailable
from casefile.opening.opened import APPLICATION
from casefile.store.shared.address import parse


@dataclass(frozen=True, slots=True)
class Connection:
    """A way to a shared store.

    Attributes:
        name: What it is called here, and may stand wherever a store's folder may.
        address: The address, without name and password.
        account: Whether the server knows officers by the account of their computer, so that no password is asked for.
        officer: Who signed in there last from this computer; "" when nobody has.
    """

    name: str
    address: str
    account: bool = False
    officer: str = ""


def where() -> Path:
    """The file that holds them, which is this person's own."""
    return user_config_path(APPLICATION, appauthor=False) / "connections.json"


def kept() -> tuple[Connection, ...]:
    """Every connection kept here, by name.

    Raises:
        Damaged: The file is none that Casefile wrote.
    """
    try:
        found = json.loads(where().read_text("utf-8"))
        return tuple(sorted((Connection(**one) for one in found), key=lambda one: one.name.casefold()))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise Unavailable(f"The saved connections cannot be read: {where()}.") from error
    except (ValueError, TypeError):
        raise Damaged(
            f"The file of saved connections is damaged: {where()}.",
            remedy="Mend it or take it away, and save the connections again.",
        ) from None


def named(name: str) -> Connection | None:
    """The connection of that name, without regard to case; None when there is none."""
    return next((one for one in kept() if one.name.casefold() == name.strip().casefold()), None)


def to(address: str) -> Connection | None:
    """The connection to that address; None when none was kept."""
    return next((one for one in kept() if one.address == address), None)


def keep(connection: Connection) -> None:
    """Keep a connection; one of the same name is replaced.

    Raises:
        Invalid: The name cannot stand, or the address cannot.
    """
    name = " ".join(connection.name.split())
    if not name or any(sign in name for sign in "/\\:"):
        raise Invalid(
            [Fault("name", "Give the connection a name without slashes and colons.")],
            kept="It was not saved.",
        )
    parse(connection.address)
    others = [one for one in kept() if one.name.casefold() != name.casefold()]
    _write([*others, Connection(name, connection.address, connection.account, connection.officer)])


def forget(name: str) -> None:
    """Forget a connection.

    Raises:
        Missing: There is none of that name.
    """
    if named(name) is None:
        raise Missing(f"No connection called {name} is saved here.")
    _write([one for one in kept() if one.name.casefold() != name.strip().casefold()])


def _write(connections: list[Connection]) -> None:
    path = where()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".new")
        partial.write_text(json.dumps([asdict(one) for one in connections], indent=2) + "\n", "utf-8")
        partial.replace(path)
    except OSError as error:
        raise Unavailable(f"The connection could not be saved in {path}.") from error
