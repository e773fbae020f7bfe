"""Asking the file from a terminal: the views there are, and the rows of one."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casefile.cli.given import AsJson
from casefile.cli.read import save
from casefile.cli.session import Store, signed_in
from casefile.cli.speak import day_given, give
from casefile.errors import Invalid
from casefile.record.dates import long_date

if TYPE_CHECKING:
    from casefile.ask.rows import Answer
    from casefile.ask.views import Views
    from casefile.desk import Desk


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command("ask")(ask)


def ask(
    store: Store,
    view: Annotated[
        str | None, typer.Argument(help="Key of the view; without it those that there are are listed.")
    ] = None,
    said: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            help="What is said for a parameter, as KEY=VALUE; as often as needed. Every view takes officer (a name, or "
            "me), team and closed (yes or no) beside its own; order is a column to order by, - before it turns it round.",
        ),
    ] = None,
    as_of: Annotated[str, typer.Option(help="By what police knew on this day, e.g. 2026-11-02.")] = "",
    csv: Annotated[
        Path | None, typer.Option(help="Give every row out as a table: where the CSV goes.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Print it: where the PDF goes.")] = None,
    whom: Annotated[str, typer.Option("--for", help="Whom a copy is for; the log names them.")] = "",
    as_json: AsJson = False,
) -> None:
    """Ask a prepared view across every file one may see: children not seen, second plans, a worker’s promises."""
    from casefile.ask.queries import MOST
    from casefile.ask.queries import ask as read
    from casefile.ask.views import load_views
    from casefile.exchange.asked import export_asked
    from casefile.paper.asked import print_asked

    with signed_in(store) as opened:
        desk = opened.desk
        there = load_views(desk.standards)
        if view is None:
            _list(there, desk, as_json=as_json)
            return
        one, given = there.called(view), _given(said or [])
        day = day_given(as_of) if as_of else None
        sort = given.pop("order", "")
        if csv is not None:
            made = desk.do(export_asked, one, given, whom, as_of=day, sort=sort).result
            save(csv, made.csv.encode("utf-8-sig"), "table")
            rows = "1 row is" if made.rows == 1 else f"{made.rows:,} rows are"
            typer.echo(f"{rows} given out to {csv}, copy {made.copy}.{_left_out(made.left_out)}")
            return
        if out is not None:
            save(out, desk.do(print_asked, one, given, whom, as_of=day, sort=sort).result, "print")
            typer.echo(f"“{one.title}” is printed to {out}.")
            return
        found = desk.read(read, one, given, as_of=day, sort=sort, limit=MOST)
    if as_json:
        give(found)
    else:
        typer.echo("\n".join(_lines(found)))


def _given(said: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in said:
        key, sign, value = one.partition("=")
        if not sign or not key.strip():
            raise Invalid(f"“{one}” says nothing: write it as days=30.", kept="Nothing was read.")
        found[key.strip()] = value.strip()
    return found


def _list(there: Views, desk: Desk, *, as_json: bool) -> None:
    """Every view by heading with its parameters, and why some do not load."""
    from casefile.ask.said import parameters
    from casefile.ask.views import undated

    if as_json:
        give(
            {
                "views": [{**one.model_dump(mode="json"), "today_only": undated(one)} for one in there.ready],
                "broken": there.broken,
            }
        )
        return
    for group, of_group in groupby(there.ready, key=lambda one: one.group):
        typer.echo(group)
        for one in of_group:
            own = [
                f"{key}={said.default}".removesuffix("=")
                for key, said in parameters(one)[: len(one.parameter)]
            ]
            beside = f"  ({', '.join(own)})" if own else ""
            typer.echo(f"  {one.key:28} {one.title}{beside}")
    for broken in there.broken:
        typer.echo(f"Does not load: {broken.why}", err=True)


def _lines(found: Answer) -> list[str]:
    widths = [
        min(max(len(one.title), *(len(row.cells[at]) for row in found.rows), 0), 40)
        for at, one in enumerate(found.columns)
    ] if found.rows else []  # fmt: skip
    lines = [found.question, f"{found.total:,} {found.what}, as of {long_date(found.day)}."]
    lines += [f"{label}: {words}" for label, words in found.said]
    if found.rows:
        lines.append(
            "  ".join(one.title.ljust(width) for one, width in zip(found.columns, widths, strict=True))
        )
    for row in found.rows:
        cells = (cell.ljust(width) for cell, width in zip(row.cells, widths, strict=True))
        lines.append("  ".join(cells).rstrip())
    left = _left_out(found.total - len(found.rows))
    return [*lines, left.strip()] if left else lines


def _left_out(number: int) -> str:
    return f" {number:,} more are left out: narrow the question." if number else ""
