"""Commands about a shared store's server, and about the connections that are saved on this computer."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import Annotated

import typer

from casefile import opening
from casefile.cli.given import AsJson
from casefile.cli.session import OFFICER, PASSWORD, handed
from casefile.cli.speak import Code, give
from casefile.errors import Fault, Invalid
from casefile.opening import Address, connections
from casefile.opening.findings import Finding
from casefile.opening.setup import Choices, Prepared, look, maintain, prepare, weigh

SERVER_PASSWORD = "CASEFILE_SERVER_PASSWORD"  # noqa: S105 (the name of a variable)


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("serve-setup")(serve_setup)
    app.command("maintain")(keep_up)
    group = typer.Typer(
        help="Connections to shared stores that are saved on this computer.", no_args_is_help=True
    )
    group.command("add")(add)
    group.command("list")(list_all)
    group.command("remove")(remove)
    app.add_typer(group, name="connection")


def serve_setup(
    address: Annotated[
        str,
        typer.Argument(
            metavar="URL",
            help="postgresql://ADMINISTRATOR@SERVER/DATABASE; the administrator is the server's, such as postgres.",
        ),
    ],
    check: Annotated[
        bool, typer.Option("--check", help="Look at the server's settings only; nothing is made.")
    ] = False,
    accept: Annotated[
        list[str] | None,
        typer.Option(help="Go on although this setting endangers the record; as often as needed."),
    ] = None,
    local_socket: Annotated[
        bool, typer.Option("--local-socket", help="Let officers use a socket of the server's own computer.")
    ] = False,
    keep_passwords: Annotated[
        bool,
        typer.Option(
            help="Let officers keep their password in the keychain of their computer.",
        ),
    ] = True,
    as_json: AsJson = False,
) -> None:
    """Make a PostgreSQL database a shared store, or bring one up. Run again, it puts right what is not."""
    found = opening.parse(address, naming=True)
    password = server_password(found)
    findings = look(found, password)
    if not as_json:
        say(findings)
    if check:
        if as_json:
            give({"settings": findings})
        raise typer.Exit(Code.DONE.value if all(one.sound for one in findings) else Code.FOUND.value)
    accepted = tuple(accept or ())
    if unknown := sorted({*accepted} - {one.what for one in findings}):
        raise Invalid(
            [Fault("accept", f"There is no setting called {unknown[0]}.")], kept="Nothing was made."
        )
    weigh(findings, accepted)
    made = prepare(found, password, Choices(local_socket, keep_passwords, accepted), _first_administrator)
    if as_json:
        give({"settings": findings, "store": made})
    else:
        _tell(made, found)


def keep_up(
    address: Annotated[
        str,
        typer.Argument(metavar="URL", help="postgresql://ADMINISTRATOR@SERVER/DATABASE, as for serve-setup."),
    ],
    as_json: AsJson = False,
) -> None:
    """Make room for the log of a shared store to grow into. Run it once a night; officers may go on working."""
    found = opening.parse(address, naming=True)
    stands = maintain(found, server_password(found))
    if as_json:
        give(stands)
        return
    made = f"Made: {', '.join(stands.made)}." if stands.made else "Nothing needed to be made."
    typer.echo(
        f"{made} The log holds {stands.newest:,} rows in {stands.parts} parts, with room for {stands.ahead:,} more."
    )


def server_password(address: Address) -> str | None:
    """The password of the server's administrator; a socket, a certificate or an account need none."""
    if SERVER_PASSWORD in os.environ:
        return os.environ[SERVER_PASSWORD]
    if address.local or "sslcert" in address.parts or not sys.stdin.isatty():
        return None
    return handed(SERVER_PASSWORD, f"Password of {address.user} on {address.shown} (empty for none)") or None


def _first_administrator() -> tuple[str, str]:
    name = handed(OFFICER, "Name of the first administrator of Casefile", secret=False)
    return name, handed(PASSWORD, "Their password", twice=True)


def say(findings: Iterable[Finding]) -> None:
    """Say how each thing was found: sound, to be mended, or a danger to the record, with why and what to do."""
    for one in findings:
        mark = "✓" if one.sound else "✗" if one.endangers else "▲"
        typer.echo(
            " ".join(part for part in (f"{mark} {one.what}: {one.says}.", one.why, one.remedy) if part)
        )


def _tell(made: Prepared, address: Address) -> None:
    typer.echo(
        f"The store {'is made' if made.new else 'is up to date'} in {address.database} on {address.shown}."
    )
    if made.administrator:
        typer.echo(f"{made.administrator} is its administrator.")
    if made.without_login:
        typer.echo(
            "These officers cannot sign in, because the database came here without its roles; an administrator gives "
            f"each a new password: {', '.join(made.without_login)}."
        )


def add(
    name: Annotated[str, typer.Argument(help="What to call it; it may then stand wherever a store may.")],
    address: Annotated[
        str, typer.Argument(metavar="URL", help="postgresql://SERVER/DATABASE, without a name.")
    ],
    account: Annotated[
        bool, typer.Option("--account", help="The server knows officers by the account of their computer.")
    ] = False,
) -> None:
    """Save a connection to a shared store under a name."""
    connections.keep(connections.Connection(name, address.strip(), account))
    typer.echo(f"{name} is saved. `casefile open {name}` opens it.")


def list_all(as_json: AsJson = False) -> None:
    """List the connections saved here. None of them holds a password."""
    found = connections.kept()
    if as_json:
        give(found)
        return
    for one in found:
        typer.echo(f"{one.name}: {one.address}{' (by the account of this computer)' if one.account else ''}")


def remove(name: Annotated[str, typer.Argument(help="The name it was saved under.")]) -> None:
    """Forget a connection, and the password that the keychain holds for it."""
    known = connections.named(name)
    if known is not None and known.officer:
        opening.open_server(known.address).forget_password(known.officer)
    connections.forget(name)
    typer.echo(f"{name} is forgotten.")
