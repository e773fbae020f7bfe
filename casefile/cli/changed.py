"""What changed in a file since a review, from a terminal."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from casefile.cli.given import AsJson
from casefile.cli.session import Store, signed_in
from casefile.cli.speak import british, day_given, give
from casefile.errors import Invalid

_MARKS = {"danger": "▲ ", "late": "◆ ", "done": "✓ "}


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command("changed")(changed)


def changed(
    store: Store,
    reference: Annotated[str, typer.Argument(help="The file's reference.")],
    since: Annotated[
        str, typer.Option(help="The first day that counts, as 2026-11-02; without it your last review.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Say what changed in a file since your last review, or since a day, by what bears on the child."""
    from casefile.files.queries.listing import find_file
    from casefile.supervision.digest import changed_since

    with signed_in(store) as opened:
        desk = opened.desk
        day = day_given(since) if since else None
        if day and day > desk.now().date():
            raise Invalid(f"{british(day)} is still to come.", kept="Nothing was read.")
        found = desk.read(changed_since, desk.read(find_file, reference).id, day)
    if as_json:
        give(found)
        return
    typer.echo(f"{found.reference}: {found.count or 'nothing'} changed since {found.since}.")
    for group in found.groups:
        typer.echo(f"\n{group.title}")
        for one in group.lines:
            typer.echo("\n".join(_lines(one)))


def _lines(one: Any) -> list[str]:
    happened = british(one.happened_on) if one.happened_on else ""
    known = f"police knew {british(one.known_on)}" if one.known_on and one.known_on != one.happened_on else ""
    about = "; ".join(part for part in (happened, known, one.by) if part)
    lines = [f"  {_MARKS.get(one.tone, '')}{one.what}{f' ({about})' if about else ''}"]
    return [*lines, f"      {one.detail}"] if one.detail else lines
