"""Workload, from a terminal: officers and teams side by side, the files of one, and why a file weighs what it weighs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from casefile.cli.absence import officer_called
from casefile.cli.given import AsJson
from casefile.cli.read import save
from casefile.cli.session import Store, signed_in
from casefile.cli.speak import Counter, british, day_given, give
from casefile.errors import Invalid
from casefile.workload.rows import count

Team = Annotated[str, typer.Option(help="Only this team.")]
AsOf = Annotated[str, typer.Option("--as-of", help="The day looked at, as 2026-11-02; today without it.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    group = typer.Typer(
        help="What officers carry beside what they can: to judge by, not a target.", no_args_is_help=True
    )
    group.command("show")(show)
    group.command("print")(print_one)
    app.add_typer(group, name="workload")


def show(
    store: Store,
    team: Team = "",
    officer: Annotated[str, typer.Option(help="The files of this officer, by sign-in name.")] = "",
    file: Annotated[str, typer.Option(help="Why this file weighs what it weighs, by reference.")] = "",
    unallocated: Annotated[
        bool, typer.Option("--unallocated", help="The files that have no named person.")
    ] = False,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """Show officers and teams side by side, the files of one officer or of nobody, or why a file weighs so much."""
    from casefile.files.queries.listing import find_file
    from casefile.workload.queries import files_of, why, workload

    if sum(map(bool, (officer, file, unallocated))) > 1:
        raise Invalid("Ask for an officer, for a file or for files without one, not for two of them at once.")
    day = day_given(as_of) if as_of else None
    with signed_in(store) as opened:
        desk = opened.desk
        found: Any
        if file:
            found = desk.read(why, desk.read(find_file, file).id, as_of=day)
            lines = _why_lines(found)
        elif officer or unallocated:
            whose = officer_called(desk, officer) if officer else None
            found = desk.read(files_of, whose, as_of=day, team=team)
            lines = _file_lines(found)
        else:
            found = desk.with_(progress=Counter()).read(workload, team=team, as_of=day)
            lines = _load_lines(found)
    if as_json:
        give(found)
    else:
        typer.echo("\n".join(lines))


def print_one(
    store: Store,
    out: Annotated[Path, typer.Option(help="Where the PDF goes.")],
    recipient: Annotated[str, typer.Option("--for", help="For whom it is: it goes into the log.")],
    team: Team = "",
    as_of: AsOf = "",
) -> None:
    """Print the workload by team with charts, and the gaps in the staff record."""
    from casefile.paper.workload import print_workload

    day = day_given(as_of) if as_of else None
    with signed_in(store) as opened:
        done = opened.desk.with_(progress=Counter()).do(print_workload, recipient, team=team, as_of=day)
    save(out, done.result, "copy")
    typer.echo(f"The workload is printed to {out}.")


def _load_lines(found: Any) -> Iterator[str]:
    yield f"Workload on {british(found.day)}{f', {found.team}' if found.team else ''}"
    if found.unallocated.files:
        one = found.unallocated
        hidden = f" ({one.hidden})" if one.hidden else ""
        yield f"▲ Unallocated: {count(one.files, 'file')} without a named person, {count(one.points, 'point')}{hidden}"
    for one in found.teams:
        yield f"\n{one.team or 'No team'}: {one.held.points} of {one.capacity} points, {one.said}"
        yield from (_officer_line(each) for each in found.officers if each.team == one.team)
    if not found.teams:
        yield from (_officer_line(each) for each in found.officers)


def _officer_line(one: Any) -> str:
    mark = "▲ " if one.carries and one.over > 0 else "  "
    more = [
        count(one.held.files, "file"),
        f"{one.held.children} {'child' if one.held.children == 1 else 'children'} on plans",
        f"{one.held.high} at high risk",
    ]
    more += [one.held.hidden] if one.held.hidden else []
    more += [f"supervises {one.supervises}"] if one.supervises else []
    more += [f"researches {one.researches}"] if one.researches else []
    lacks = f"; lacks {'; '.join(one.lacks)}" if one.lacks else ""
    return f"{mark}{one.officer}: {one.held.points} of {one.capacity.points} points, {one.said} ({', '.join(more)}){lacks}"


def _file_lines(found: Any) -> Iterator[str]:
    total = found.total
    yield f"{found.officer} on {british(found.day)}: {count(total.points, 'point')} in {count(total.files, 'file')}"
    for one in found.files:
        high = ", high risk" if one.high else ""
        was = f", was with {one.was_with}" if one.was_with else ""
        yield f"  {one.points:>4}  {one.reference}  {one.family_name}{high}{was}"
    if total.hidden:
        yield f"  and {total.hidden}"


def _why_lines(found: Any) -> Iterator[str]:
    yield f"{found.reference} {found.family_name}: {count(found.points, 'point')} on {british(found.day)}"
    for one in found.items:
        number = f" ({one.number} × {one.each})" if one.number > 1 else ""
        yield f"  {one.points:>4}  {one.title}{number}: {one.said}"
