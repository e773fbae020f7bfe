"""Commands about officers: an administrator adds them, a supervisor keeps their staff record."""

from __future__ import annotations

from typing import Annotated

import typer

from casefile.access.actions import NewOfficer, add_officer, change_own_password, reset_password
from casefile.access.queries import OfficerRow, officers
from casefile.access.roles import ROLES
from casefile.cli import staff
from casefile.cli.session import NEW_PASSWORD, OFFICER, PASSWORD, Store, handed, signed_in, unlocked
from casefile.cli.speak import british, day_given, give
from casefile.desk import Desk
from casefile.errors import Missing, Refused


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    group = typer.Typer(help="The officers of a store.", no_args_is_help=True)
    group.command("add")(add)
    group.command("list")(list_all)
    group.command("password")(password)
    group.command("reset")(reset)
    group.command("away")(away)
    group.add_typer(staff.group(), name="record")
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


def password(store: Store) -> None:
    """Change one's own password. The new one comes from CASEFILE_NEW_PASSWORD, or is asked for."""
    name, old = handed(OFFICER, "Officer", secret=False), handed(PASSWORD, "Present password")
    with unlocked(store) as opened:
        opened.desk.sign_in(name, old)
        new = handed(NEW_PASSWORD, "New password", twice=True)
        if refused := opened.desk.do(change_own_password, old, new).result:
            raise Refused(refused, kept="Your password is unchanged.", remedy="")
    typer.echo("The password is changed.")


def reset(
    store: Store,
    name: Annotated[str, typer.Argument(help="The officer's sign-in name.")],
) -> None:
    """Give an officer a new password, from CASEFILE_NEW_PASSWORD or asked for; they may sign in again at once."""
    with signed_in(store) as opened:
        officer = _named(opened.desk, name)
        opened.desk.do(
            reset_password, officer.id, handed(NEW_PASSWORD, f"New password of {name}", twice=True)
        )
    typer.echo(f"{officer.shown} signs in with the new password.")


def _named(desk: Desk, name: str) -> OfficerRow:
    everybody = desk.read(officers, with_inactive=True)
    found = [one for one in everybody if one.name.casefold() == name.casefold()]
    if not found:
        raise Missing(f"There is no officer called {name}.", kept="Nothing was changed.")
    return found[0]


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


def away(
    store: Store,
    name: Annotated[str, typer.Argument(help="The officer's sign-in name.")],
    from_on: Annotated[str, typer.Option("--from", help="First day away, as 2026-11-02.")],
    until_on: Annotated[
        str, typer.Option("--until", help="Last day away; without it, nobody knows it yet.")
    ] = "",
    kind: Annotated[str, typer.Option(help="Code of the kind of absence.")] = "annual_leave",
) -> None:
    """Record that an officer is away: the files they hold raise an alarm unless they are handed over."""
    from casefile.handover.absence import record_absence

    first, last = day_given(from_on), day_given(until_on) if until_on else None
    with signed_in(store) as opened:
        officer = _named(opened.desk, name)
        opened.desk.do(record_absence, officer.id, first, last, kind)
    typer.echo(f"{officer.shown} is away from {british(first)}{f' until {british(last)}' if last else ''}.")
