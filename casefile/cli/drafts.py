"""Drafts from a terminal: what is begun and not signed, whose it is, who wrote in it and what waits for a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from casefile.cli.given import AsJson
from casefile.cli.session import Store, signed_in
from casefile.cli.speak import british, give

if TYPE_CHECKING:
    from casefile.files.queries.drafts import DraftRow

LONDON = ZoneInfo("Europe/London")


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command("drafts")(drafts)


def drafts(
    store: Store,
    reference: Annotated[
        str | None, typer.Option("--file", help="Every draft of this file; without it, one’s own.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List drafts: whose each is, when it was saved, who else wrote in it and what waits for a decision."""
    from casefile.files.queries.drafts import drafts_in, my_drafts
    from casefile.files.queries.listing import find_file

    with signed_in(store) as opened:
        desk = opened.desk
        if reference:
            found = desk.read(drafts_in, desk.read(find_file, reference).id)
        else:
            found = desk.read(my_drafts)
    if as_json:
        give([_plain(one) for one in found])
    else:
        typer.echo("\n".join(_line(one) for one in found) or "There is no draft.")


def _others(one: DraftRow) -> list[str]:
    return sorted({*one.state.hands.values()} - {one.officer})


def _line(one: DraftRow) -> str:
    saved = one.saved_at.astimezone(LONDON)
    said = f"{one.reference}  {one.title}  ·  {one.officer}  ·  saved {british(saved.date())}, {saved:%H:%M}"
    if others := _others(one):
        said += f"  ·  with {', '.join(others)}"
    if waiting := one.state.waiting:
        said += f"  ·  {len(waiting)} to decide"
    return said


def _plain(one: DraftRow) -> dict[str, object]:
    return {
        "id": one.id,
        "file": one.reference,
        "section": one.record,
        "amends": one.thread_id,
        "officer": one.officer,
        "saved_at": one.saved_at,
        "revision": one.revision,
        "others": _others(one),
        "to_decide": [each.field for each in one.state.waiting],
    }
