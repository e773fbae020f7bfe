"""Absences, from a terminal: recorded, put right, withdrawn, brought in and given out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from casefile.cli.given import AsJson
from casefile.cli.read import save
from casefile.cli.session import Store, signed_in
from casefile.cli.speak import british, day_given, give
from casefile.desk import Desk
from casefile.errors import Missing, Unavailable

Officer = Annotated[str, typer.Argument(help="The officer's sign-in name.")]
Which = Annotated[str, typer.Option("--which", help="First day of the absence meant, as 2026-11-02.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    group = typer.Typer(help="When officers are away.", no_args_is_help=True)
    group.command("list")(list_all)
    group.command("foresee")(foresee)
    group.command("alter")(alter)
    group.command("withdraw")(withdraw)
    group.command("import")(bring_in)
    group.command("export")(give_out)
    app.add_typer(group, name="absence")


def list_all(
    store: Store,
    team: Annotated[str, typer.Option(help="Only this team.")] = "",
    as_json: AsJson = False,
) -> None:
    """List the absences that stand, and from when each asks for a hand-over."""
    from casefile.handover.absence import absences

    with signed_in(store) as opened:
        found = opened.desk.read(absences, team=team)
    if as_json:
        give(found)
        return
    for one in found:
        until = f" to {british(one.until_on)}" if one.until_on else ", no end known"
        needs = f"; hand-over by {british(one.needs_from)}" if one.needs_from else ""
        kind = f", {one.kind}" if one.kind else ""
        typer.echo(f"{one.officer}: {british(one.from_on)}{until}{kind}{needs}")
    if not found:
        typer.echo("Nobody is away.")


def foresee(
    store: Store,
    name: Officer,
    from_on: Annotated[str, typer.Option("--from", help="First day, as 2026-11-02.")],
    until_on: Annotated[str, typer.Option("--until", help="Last day; none while nobody knows it.")] = "",
    kind: Annotated[str, typer.Option(help="Kind of absence.")] = "annual_leave",
    as_json: AsJson = False,
) -> None:
    """Say what an absence would ask for, and what keeps it from being recorded; nothing is recorded."""
    from casefile.handover.foresight import foresee_absence

    with signed_in(store) as opened:
        officer = officer_called(opened.desk, name)
        last = day_given(until_on) if until_on else None
        found = opened.desk.read(foresee_absence, officer, day_given(from_on), last, kind)
    if as_json:
        give(found)
        return
    for fault in found.faults:
        typer.echo(fault.sentence)
    typer.echo(f"{found.sentence} Open files held: {found.held}.".strip())


def alter(
    store: Store,
    name: Officer,
    which: Which,
    from_on: Annotated[str, typer.Option("--from", help="The right first day; as it was without it.")] = "",
    until_on: Annotated[str, typer.Option("--until", help="The right last day.")] = "",
    kind: Annotated[str, typer.Option(help="The right kind; as it was without it.")] = "",
    note: Annotated[str, typer.Option(help="A note.")] = "",
) -> None:
    """Put an absence right: an end, another day, another kind. The record before stays readable."""
    from casefile.handover.absence import record_absence

    with signed_in(store) as opened:
        held = _absence(opened.desk, name, which)
        first = day_given(from_on) if from_on else held.from_on
        last = day_given(until_on) if until_on else held.until_on
        opened.desk.do(
            record_absence, held.officer_id, first, last, kind or held.kind, note or held.note,
            planned=held.planned, replaces_id=held.id,
        )  # fmt: skip
    typer.echo(f"The absence of {name} is put right.")


def withdraw(
    store: Store, name: Officer, which: Which, reason: Annotated[str, typer.Option(help="Why.")]
) -> None:
    """Say that an absence does not take place after all."""
    from casefile.handover.absence import withdraw_absence

    with signed_in(store) as opened:
        opened.desk.do(withdraw_absence, _absence(opened.desk, name, which).id, reason)
    typer.echo(f"The absence of {name} is withdrawn.")


def bring_in(
    store: Store,
    file: Annotated[Path, typer.Argument(help="A CSV of absences, or one officer's calendar (.ics).")],
    name: Annotated[str, typer.Option("--officer", help="Whose calendar it is.")] = "",
    kind: Annotated[str, typer.Option(help="Take every whole day of the calendar as this kind.")] = "",
    as_json: AsJson = False,
) -> None:
    """Record the absences of a CSV or a calendar: all of them, or none with what is wrong."""
    from casefile.exchange.absences import import_absences, import_calendar

    try:
        data = file.read_bytes()
    except OSError as error:
        raise Unavailable(
            f"{file} cannot be read: {error.strerror}.", kept="Nothing was recorded."
        ) from error
    with signed_in(store) as opened:
        if file.suffix.lower() == ".ics" or name:
            officer = officer_called(opened.desk, name) if name else opened.desk.actor.officer_id
            if officer is None:
                raise Missing("Say whose calendar it is.")
            done = opened.desk.do(import_calendar, data, officer, kind or None)
        else:
            done = opened.desk.do(import_absences, data, file.name)
    if as_json:
        give(done.result)
        return
    typer.echo(f"{done.result.added} recorded, {done.result.held} stood already.")
    for one in done.result.aside:
        typer.echo(f"  {one}")


def give_out(
    store: Store,
    out: Annotated[Path, typer.Option(help="Where the calendar (.ics) goes.")],
    team: Annotated[str, typer.Option(help="Only this team.")] = "",
) -> None:
    """Write the absences of a team as a calendar; it says who is away, never why."""
    from casefile.exchange.absences import export_absences

    with signed_in(store) as opened:
        found = opened.desk.read(export_absences, team)
    save(out, found, "export")
    typer.echo(f"The absences are written to {out}.")


def officer_called(desk: Desk, name: str) -> UUID:
    """Identity of the officer who signs in under a name, or is shown under it."""
    from casefile.access.queries import officers

    wanted = name.strip().casefold()
    for one in desk.read(officers, with_inactive=True):
        if wanted in (one.name.casefold(), one.shown.casefold()):
            return one.id
    raise Missing(f"There is no officer called {name}.", remedy="List them with `casefile officer list`.")


def _absence(desk: Desk, name: str, which: str) -> Any:
    from casefile.handover.absence import absences

    day = day_given(which)
    for one in desk.read(absences, officer_called(desk, name)):
        if one.from_on == day:
            return one
    raise Missing(f"{name} has no absence that begins on {british(day)}.")
