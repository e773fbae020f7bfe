"""Moving a record to a server and back, and taking up a store again that was moved away."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Annotated

import typer

from casefile.cli.serve import server_password
from casefile.cli.session import (
    NEW_PASSWORD,
    PASSPHRASE,
    folder_of,
    handed,
    sign_in,
    signed_in,
)
from casefile.cli.speak import Counter
from casefile.errors import CasefileError, Refused
from casefile.moving.ends import NewFolder, OnServer, Target
from casefile.moving.run import Move, Source
from casefile.moving.sources import of_folder, of_server, take_up_again
from casefile.opening import OpenFolder
from casefile.opening.setup import look, weigh
from casefile.store.shared.address import is_address, parse

_ADDRESS = "postgresql://KEEPER@HOST/DATABASE"
_END = f"a folder, or {_ADDRESS} with who keeps the server and without a password"


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("move")(move)
    app.command("take-up")(take_up)


def move(
    came: Annotated[str, typer.Argument(metavar="FROM", help=f"The store: {_END}.")],
    to: Annotated[str, typer.Argument(metavar="TO", help=f"Where it goes: {_END}. Must hold no record.")],
    accept: Annotated[
        list[str] | None,
        typer.Option(
            help="Go on although this setting of the server endangers the record; as often as needed."
        ),
    ] = None,
) -> None:
    """Move a whole record from this computer to a server, or back. Needs an administrator.

    Started again after it was stopped, it goes on where it was. The administrator's own password in the new place comes
    from CASEFILE_NEW_PASSWORD or is asked for; nobody else can sign in there until an administrator gives them one.
    """
    if not is_address(came) and not is_address(to):
        raise Refused(
            "A record is moved to a server or from one.",
            kept="Nothing was moved.",
            remedy="For another folder, use casefile backup and casefile restore.",
        )
    with _source(came) as source:
        target = _target(to, tuple(accept or ()))
        password = handed(NEW_PASSWORD, f"Password of {source.desk.actor.name} in the new place", twice=True)
        try:
            moved = Move(source, target, password, Counter()).run()
        except CasefileError:
            _say_frozen(source)
            raise
    typer.echo(
        f"The record is now in {moved.place}: {moved.rows:,} rows, each proven equal, and a log of "
        f"{moved.log_rows:,} rows that verifies. The old store can be read, and says where the record went."
    )
    typer.echo("Only you can sign in there so far. Give each officer a password: casefile officer reset.")


def take_up(
    store: Annotated[str, typer.Argument(help=f"The store: {_END}.")],
    reason: Annotated[str, typer.Option(help="Why: it goes into the log.")],
) -> None:
    """Use a store again that was moved away, or was to be. Needs an administrator."""
    with _source(store) as source:
        take_up_again(source, reason)
    typer.echo("The store can be changed again. If the other one is in use too, the record lives twice.")


@contextmanager
def _source(named: str) -> Generator[Source]:
    """A store with an administrator signed in, while the block runs."""
    if is_address(named):
        address = parse(named, naming=True)
        with of_server(address, server_password(address), sign_in) as source:
            yield source
        return
    with signed_in(named) as opened:
        if not isinstance(opened, OpenFolder):
            raise Refused("Name the server by its address, and who keeps it.", remedy=f"As {_ADDRESS}.")
        yield of_folder(opened)


def _target(named: str, accepted: tuple[str, ...]) -> Target:
    if is_address(named):
        address = parse(named, naming=True)
        password = server_password(address)
        weigh(look(address, password), accepted)
        return OnServer(address, password, accepted)
    folder = folder_of(named, f"Name the server as {_ADDRESS}.")
    return NewFolder(folder, handed(PASSPHRASE, "Recovery passphrase of the new store", twice=True))


def _say_frozen(source: Source) -> None:
    if said := source.standing():
        typer.echo(
            f"{said.sentence} Started again, the move goes on where it stopped; `casefile take-up` gives it up.",
            err=True,
        )
