"""Commands about officers. Each needs an administrator signed in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casefile.access.actions import NewOfficer, add_officer
from casefile.access.queries import officers
from casefile.access.roles import ROLES
from casefile.cli.session import NEW_PASSWORD, handed, signed_in
from casefile.cli.speak import give

Store = Annotated[Path, typer.Argument(help="The folder of the store.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    group = typer.Typer(help="The officers of a store.", no_args_is_help=True)
    group.command("add")(add)
    group.command("list")(list_all)
    app.add_typer(group, name="officer")


def add(
    store: Store,
    name: Annotated[str, typer.Argument(help="Surname or sign-in name.")],
    role: Annotated[str, typer.Option(help=f"One of {', '.join(ROLES)}.")],
    number: Annotated[str, typer.Option(help="Warrant or staff number.")] = "",
    team: Annotated[str, typer.Option(help="Their team.")] = "",
) -> None:
    """Add an officer. Their first password comes from CASEFILE_NEW_PASSWORD, or is asked for."""
    with signed_in(store) as opened:
        password = handed(NEW_PASSWORD, f"First password of {name}", twice=True)
        opened.desk.do(add_officer, NewOfficer(name, role, password, number, team))
    typer.echo(f"{name} can sign in as {ROLES[role].title.lower()}.")


def list_all(
    store: Store,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """List the officers, with those who may no longer sign in."""
    with signed_in(store) as opened:
        found = opened.desk.read(officers, with_inactive=True)
    if as_json:
        give(found)
        return
    for one in found:
        typer.echo(f"{one.shown}, {one.role_title}{'' if one.active else ' (may no longer sign in)'}")
