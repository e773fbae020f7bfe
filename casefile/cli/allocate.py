"""Giving files to officers, from a terminal: who might, deciding, and moving many at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from casefile.cli.absence import officer_called
from casefile.cli.given import AsJson
from casefile.cli.read import save
from casefile.cli.session import Store, signed_in
from casefile.cli.speak import Counter, british, give
from casefile.desk import Desk

Reference = Annotated[str, typer.Argument(help="The file's reference.")]
Role = Annotated[
    str, typer.Option(help="As what: officer, researcher, supervisor, conference_liaison and so on.")
]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    group = typer.Typer(
        help="Allocation: who might take a file and why, deciding, moving many at once.", no_args_is_help=True
    )
    group.command("waiting")(waiting)
    group.command("suggest")(suggest)
    group.command("decide")(decide)
    group.command("history")(history)
    group.command("plan")(plan)
    group.command("print")(print_plan)
    app.add_typer(group, name="allocate")


def waiting(
    store: Store,
    team: Annotated[str, typer.Option(help="Only files supervised in this team, or in none.")] = "",
    as_json: AsJson = False,
) -> None:
    """List the files that wait to be given: those that nobody is named for, then those whose holder is away."""
    from casefile.workload.allocate.suggest import files_to_allocate

    with signed_in(store) as opened:
        found = opened.desk.read(files_to_allocate, team)
    if as_json:
        give(found)
        return
    for one in found.files:
        mark = "UNALLOCATED  " if one.nobody else ""
        typer.echo(
            f"{mark}{one.reference}  {one.family_name or 'no name yet'}: {one.points} points. {one.why}"
        )
    if found.hidden:
        typer.echo(f"{found.hidden} restricted, not shown to you.")
    if not found.files:
        typer.echo("No file waits to be given.")


def suggest(store: Store, reference: Reference, role: Role = "officer", as_json: AsJson = False) -> None:
    """Say who might take a file, best first, with reasons and what each would carry; then who cannot."""
    from casefile.workload.allocate.suggest import suggest_officers

    with signed_in(store) as opened:
        found = opened.desk.read(suggest_officers, reference, role)
    if as_json:
        give(found)
        return
    now = f", now with {found.holder}" if found.holder else ", with nobody"
    typer.echo(f"{found.reference} as {found.role_title}: {found.points} points{now}")
    for note in found.notes:
        typer.echo(note)
    for one in found.candidates:
        if one.place is None:
            typer.echo(f"  not: {one.against}")
            continue
        typer.echo(
            f"{one.place}. {one.officer} ({one.team or 'no team'}): {_stands(one)}score {one.score}. {one.why}"
        )
        for warning in one.warnings:
            typer.echo(f"     {warning}")


def decide(
    store: Store,
    reference: Reference,
    name: Annotated[str, typer.Argument(help="The officer, as they sign in or are shown.")],
    reason: Annotated[str, typer.Option(help="Why; it stays with the file.")],
    role: Role = "officer",
) -> None:
    """Give a file to an officer, and keep what was suggested and why."""
    from casefile.workload.allocate.decide import decide_allocation
    from casefile.workload.allocate.suggest import suggest_officers

    with signed_in(store) as opened:
        desk = opened.desk
        found = desk.read(suggest_officers, reference, role)
        desk.do(decide_allocation, found.file_id, role, officer_called(desk, name), reason, found.digest)
    typer.echo(f"{found.reference} is given to {name} as {found.role_title}.")


def history(store: Store, reference: Reference, as_json: AsJson = False) -> None:
    """Tell to whom a file was given, by whom, why, and who was suggested then."""
    from casefile.workload.allocate.decide import allocation_decisions
    from casefile.workload.allocate.suggest import file_called

    with signed_in(store) as opened:
        found = opened.desk.read(allocation_decisions, opened.desk.read(file_called, reference))
    if as_json:
        give(found)
        return
    for one in found:
        place = f"number {one.place} of those suggested" if one.place else "not suggested"
        plan = f", plan {one.plan}" if one.plan else ""
        typer.echo(
            f"{british(one.decided_on)}: {one.officer} as {one.role_title} ({place}{plan}), by {one.decided_by}: {one.reason}"
        )
        for told in one.suggested:
            typer.echo(f"    {told}")
    if not found:
        typer.echo("No decision is kept.")


Leaving = Annotated[list[str] | None, typer.Option("--from", help="An officer all of whose files go.")]
Teams = Annotated[list[str] | None, typer.Option("--team", help="A team whose files are evened out.")]
Into = Annotated[list[str] | None, typer.Option("--into", help="A team whose officers may take files.")]
Nobody = Annotated[bool, typer.Option("--unallocated", help="Give out what nobody is named for, too.")]


def plan(
    store: Store,
    leaving: Leaving = None,
    team: Teams = None,
    into: Into = None,
    nobody: Nobody = False,
    apply: Annotated[str, typer.Option(help="Move the files, and why; it stays with each of them.")] = "",
    only: Annotated[list[str] | None, typer.Option(help="Move only this file of the plan.")] = None,
    as_json: AsJson = False,
) -> None:
    """Propose how many files might move at once; nothing moves without --apply."""
    from casefile.workload.allocate.apply import apply_moves, approved
    from casefile.workload.allocate.plan import plan_moves

    with signed_in(store) as opened:
        desk = opened.desk
        found = desk.with_(progress=Counter()).read(plan_moves, _asked(desk, leaving, team, into, nobody))
        done: Any = None
        if apply:
            wanted = {one.lower() for one in only or ()}
            moves = [one for one in approved(found.moves) if not wanted or one.reference.lower() in wanted]
            done = desk.with_(progress=Counter()).do(apply_moves, moves, apply).result
    if as_json:
        give({"plan": found, "applied": done})
        return
    _tell(found)
    if done is not None:
        typer.echo(f"{done.plan}: {done.moved} moved.")
        for reference, said in done.refused:
            typer.echo(f"  {reference} stays: {said}")


def print_plan(
    store: Store,
    out: Annotated[Path, typer.Option(help="Where the PDF goes.")],
    leaving: Leaving = None,
    team: Teams = None,
    into: Into = None,
    nobody: Nobody = False,
    recipient: Annotated[str, typer.Option("--for", help="Whom the copy is for.")] = "the command",
) -> None:
    """Print a plan of moves, to be read and signed; nothing moves."""
    from casefile.paper.moves import print_moves

    with signed_in(store) as opened:
        desk = opened.desk
        asked = _asked(desk, leaving, team, into, nobody)
        pdf = desk.with_(progress=Counter()).do(print_moves, asked, recipient).result
    save(out, pdf, "print")
    typer.echo(f"The plan is printed to {out}.")


def _asked(
    desk: Desk, leaving: list[str] | None, team: list[str] | None, into: list[str] | None, nobody: bool
) -> Any:
    from casefile.workload.allocate.plan import Asked

    officers = tuple(officer_called(desk, one) for one in leaving or ())
    return Asked(officers, tuple(team or ()), nobody, tuple(into or ()))


def _stands(one: Any) -> str:
    return f"{one.stands}, " if one.stands else ""


def _tell(found: Any) -> None:
    typer.echo(f"{found.asked}. {found.said}")
    for one in found.moves:
        to = "stays" if one.stays else (f"to {one.to_officer}" if one.to_id else "NOBODY")
        typer.echo(f"  {one.reference} ({one.points}) from {one.from_officer or 'nobody'} {to}: {one.why}")
    for one in found.balances:
        over = f", {one.over} over" if one.over > 0 else ""
        typer.echo(f"  {one.officer}: {one.before} → {one.after} of {one.capacity}{over}")
    if found.hidden:
        typer.echo(f"{found.hidden} restricted, not shown to you and not moved.")
