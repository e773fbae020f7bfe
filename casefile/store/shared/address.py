"""The address of a shared store: which servers, which database, how the server proves itself; never a password.

Written as a PostgreSQL address, with as many servers as there are standbys::

    postgresql://records1.force.example,records2.force.example/casefile?sslrootcert=/etc/ssl/force-ca.pem

The driver is loaded when a server is meant: whoever keeps a store on this computer does not wait for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from casefile.errors import Fault, Invalid
from casefile.store.away import PATIENCE

SCHEMES = ("postgresql://", "postgres://")
TAKEN = frozenset(
    {
        "channel_binding",
        "connect_timeout",
        "dbname",
        "host",
        "hostaddr",
        "krbsrvname",
        "port",
        "service",
        "sslcert",
        "sslcrl",
        "sslkey",
        "sslmode",
        "sslrootcert",
        "user",
    }
)
"""What an address may say. Whatever would weaken the way to the server is not among it."""
CHECKED = "verify-full"
CONNECT_SECONDS = PATIENCE["connect_timeout"]
"""How long one server may take to answer before the next is tried."""
_STAYING = {
    "gssencmode": "disable",
    **{key: str(value) for key, value in PATIENCE.items()},
    "ssl_min_protocol_version": "TLSv1.2",
    "target_session_attrs": "read-write",
}
"""Encryption by TLS only; a line that went dead is noticed within seconds; never a standby that cannot be written to."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a shared store is.

    Attributes:
        text: The address as it is kept and shown; it holds no password.
        parts: What it says, by the names that libpq knows.
        user: Whom it names: only the administrator who sets a server up.
    """

    text: str
    parts: Mapping[str, str] = field(hash=False)
    user: str = ""

    @property
    def hosts(self) -> tuple[str, ...]:
        """The servers, the first to be tried first; empty when a service file names them."""
        return tuple(self.parts["host"].split(",")) if self.parts.get("host") else ()

    @property
    def ports(self) -> tuple[str, ...]:
        """The port of each server."""
        given = self.parts.get("port", "").split(",")
        every = given if len(given) == len(self.hosts) else given[:1] * len(self.hosts)
        return tuple(one or "5432" for one in every)

    @property
    def database(self) -> str:
        """The name of the database."""
        return self.parts.get("dbname", "")

    @property
    def local(self) -> bool:
        """Whether it is a socket of this computer, where there is no network to protect."""
        return bool(self.hosts) and self.hosts[0].startswith(("/", "@"))

    @property
    def shown(self) -> str:
        """The server as people call it."""
        if self.local:
            return "this computer's own server"
        first, *rest = self.hosts or (f"the service {self.parts.get('service', '')}",)
        return f"{first} and {len(rest)} more" if rest else first

    def told(self, name: str, password: str | None, program: str) -> dict[str, str]:
        """What libpq is told in order to sign *name* in.

        The server's certificate is always checked, against its name too. With a password only SCRAM is accepted, tied to
        the encrypted line, so that a server in between learns nothing; without one only single sign-on or a certificate.
        """
        told = {**_STAYING, **self.parts}
        told |= {"user": name, "application_name": program}
        if self.local:
            told["sslmode"] = "disable"
            told.pop("channel_binding", None)
        else:
            told["sslmode"] = CHECKED
            if "sslrootcert" not in told and not (Path.home() / ".postgresql" / "root.crt").is_file():
                told["sslrootcert"] = "system"
        if password is None:
            told["require_auth"] = "gss,sspi,none"
            told["channel_binding"] = "disable"
        else:
            told |= {"password": password, "require_auth": "scram-sha-256"}
            if not self.local:
                told.setdefault("channel_binding", "require")
        return told

    def by(self, user: str) -> Address:
        """The same place, as the server's administrator *user* reaches it."""
        return Address(self.text, self.parts, user)

    def of(self, database: str) -> Address:
        """The same server, another database of it."""
        return Address(self.text, {**self.parts, "dbname": database}, self.user)


def is_address(text: str) -> bool:
    """Whether *text* is meant as the address of a server, and not as a folder."""
    return text.strip().casefold().startswith(SCHEMES)


def parse(text: str, *, naming: bool = False) -> Address:
    """The address that *text* gives.

    Args:
        text: As a person typed it.
        naming: Whether it may name who connects, as it does for set-up.

    Raises:
        Invalid: It is no address, holds a password, or asks for less protection.
    """
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    text = text.strip()
    if not is_address(text):
        raise _wrong("An address begins with postgresql:// and the name of the server.")
    try:
        parts = {key: str(value) for key, value in conninfo_to_dict(text).items()}
    except ProgrammingError:
        raise _wrong(
            "This is not the address of a server. Write it as postgresql://server.name:5432/casefile."
        ) from None
    if "password" in parts:
        raise _wrong(
            "The address holds a password. Leave it out: it would lie in the open. Casefile asks for it."
        )
    user = parts.pop("user", "")
    if user and not naming:
        raise _wrong(f"The address names {user}. Leave the name out: each officer signs in as themselves.")
    for key in parts:
        if key not in TAKEN:
            raise _wrong(f"Casefile does not take “{key}” in an address.")
    _checked(parts)
    return Address(text, parts, user)


def text_of(server: str, database: str, authority: str) -> str:
    """The address that a person means who gives its parts one by one.

    Args:
        server: The name of the server, with a port behind a colon if it is not the usual one; or a whole address.
        database: The name of the database there.
        authority: The file of the certificate authority; "" where the computer knows it already.
    """
    server = server.strip()
    if not is_address(server):
        server = f"{SCHEMES[0]}{server}/{quote(database, safe='')}"
    if authority and "sslrootcert=" not in server:
        server += f"{'&' if '?' in server else '?'}sslrootcert={quote(authority, safe='/:')}"
    return server


def _checked(parts: dict[str, str]) -> None:
    if parts.pop("sslmode", CHECKED) != CHECKED:
        raise _wrong(
            "The address asks for a connection that is not checked. Leave “sslmode” out: Casefile always encrypts "
            "and always checks the server's certificate."
        )
    if parts.get("channel_binding", "require") not in {"require", "prefer"}:
        raise _wrong("“channel_binding” is “require”, or “prefer” behind a pooler.")
    if not parts.get("host") and not parts.get("service"):
        raise _wrong("The address names no server. Write it as postgresql://server.name:5432/casefile.")
    if not parts.get("dbname") and not parts.get("service"):
        raise _wrong("The address names no database. Write it behind the server, as in …/casefile.")
    local = [one.startswith(("/", "@")) for one in parts.get("host", "").split(",")]
    if any(local) and not all(local):
        raise _wrong("The address mixes servers of the network with a socket of this computer.")


def _wrong(sentence: str) -> Invalid:
    return Invalid([Fault("address", sentence)], kept="Nothing was opened.")
