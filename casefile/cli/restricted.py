"""Searches that met restricted files, from a terminal of the files' supervisor."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer

from casefile.cli.given import AsJson
from casefile.cli.session import Store, signed_in
from casefile.cli.speak import british, give
from casefile.errors import Invalid


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("restricted-matches")(list_told)
    app.command("mark-restricted-match")(mark)


def list_told(
    store: Store,
    marked: Annotated[
        bool, typer.Option("--all", help="Also those of which it is said what was done.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List who searched for what stands in a restricted file that one supervises, where the force's policy tells it."""
    from casefile.search.told import KINDS, WHAT, restricted_matches

    with signed_in(store) as opened:
        found = opened.desk.read(restricted_matches, marked=marked)
    if as_json:
        give(found)
        return
    typer.echo(f"{len(found) or 'No'} {'search' if len(found) == 1 else 'searches'} met a restricted file.")
    for one in found:
        typer.echo(f"{british(one.day)}  {one.officer}, {one.reference} {one.family_name}  ({one.id})")
        times = "once" if one.times == 1 else f"{one.times} times"
        typer.echo(f"     {times}, {' and '.join(KINDS[kind] for kind in one.kinds)}: {'; '.join(one.lines)}")
        if one.marked is not None:
            typer.echo(f"     {WHAT[one.marked.what]}, {one.marked.by}: {one.marked.note}")


def mark(
    store: Store,
    match: Annotated[str, typer.Argument(help="The search, as `casefile restricted-matches` names it.")],
    what: Annotated[str, typer.Argument(help="`talked`, `no_right` or `made_reader`.")],
    note: Annotated[str, typer.Option(help="Why.")],
) -> None:
    """Say what was done about a search that met a restricted file."""
    from casefile.search.told import mark_restricted_match

    try:
        match_id = UUID(match)
    except ValueError:
        raise Invalid(f"“{match}” is no such search.", kept="Nothing was recorded.") from None
    with signed_in(store) as opened:
        opened.desk.do(mark_restricted_match, match_id, what, note)
    typer.echo("It is recorded.")
