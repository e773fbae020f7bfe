"""Where a store is, as a person says it: a folder, the address of a server, or the name of a saved connection."""

from __future__ import annotations

from pathlib import Path

from casefile.opening import connections
from casefile.store.shared.address import Address, is_address, parse

Place = Path | Address


def place_of(said: str) -> Place:
    """The place that *said* means; a saved connection comes before a folder of the same bare name.

    Raises:
        Invalid: It is meant as an address, and is none that Casefile takes.
    """
    if is_address(said):
        return parse(said)
    if not any(sign in said for sign in "/\\") and (found := connections.named(said)):
        return parse(found.address)
    return Path(said).expanduser()


def is_server(said: str) -> bool:
    """Whether *said* means a store on a server."""
    return isinstance(place_of(said), Address)
