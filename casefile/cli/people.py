"""Finding people from a terminal: however they were written, and twice in one list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casefile.cli.read import AsJson, Store
from casefile.cli.session import signed_in
from casefile.cli.speak import give
from casefile.errors import Invalid, Unavailable

if TYPE_CHECKING:
    from casefile.search.rows import Candidate


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("find-person")(find_person)
    app.command("duplicates")(duplicates)


def find_person(
    store: Store,
    text: Annotated[
        str, typer.Argument(help="As you would type it: “nowak anna 12/3/1984”, “bill smyth aged 34”.")
    ],
    most: Annotated[int, typer.Option(help="How many at most.", min=1, max=250)] = 20,
    as_json: AsJson = False,
) -> None:
    """Find people however they were written; each with a score and why."""
    from casefile.search.people import find_people

    with signed_in(store) as opened:
        found = opened.desk.read(find_people, text, most=most)
        roles = opened.desk.standards.codes("involvement_role")
        lines = [line for one in found.candidates for line in _lines(one, roles.label)]
    if as_json:
        give(found)
        return
    typer.echo(f"{found.asked}: {found.total or 'nobody'} found." if found.asked else "Nobody was asked for.")
    typer.echo("\n".join(lines) if lines else "Try fewer words, or a year instead of a date.")


def _lines(one: Candidate, role: Callable[[str], str]) -> list[str]:
    born = f", born {one.born}" if one.born else ""
    lines = [f"{one.score:5.1f}  {one.name}{born}"]
    if one.other_names:
        lines.append(f"       also {', '.join(one.other_names)}")
    lines.append(f"       {'; '.join(one.why) or 'as asked for'}")
    for at in one.files:
        roles = ", ".join(role(code).lower() for code in at.roles)
        lines.append(f"       {at.reference} {at.family_name}{f': {roles}' if roles else ''}")
    return lines


def duplicates(
    table: Annotated[Path, typer.Argument(help="A list of people as .csv, with a heading for each column.")],
    as_json: AsJson = False,
) -> None:
    """Find the rows of a list that are likely of one person; reads the list and nothing else."""
    from casefile.exchange.docket.csv_book import CsvBook
    from casefile.search.duplicates import find_duplicates
    from casefile.search.fields import fields_of

    try:
        book = CsvBook(table.read_bytes())
    except OSError as error:
        raise Unavailable(f"{table} cannot be read: {error.strerror}.") from error
    rows = list(book.rows("CSV"))
    if not rows:
        raise Invalid(f"{table.name} holds no row.", kept="Nothing was compared.")
    heads = {place: cell.text for place, cell in rows[0].cells.items()}
    records = [{heads[at]: cell.text for at, cell in row.cells.items() if at in heads} for row in rows[1:]]
    if not fields_of(records):
        raise Invalid(
            f"No column of {table.name} says by its heading that it holds a name, a date of birth, an address or a number.",
            kept="Nothing was compared.",
        )
    found = find_duplicates(records)
    lines = [row.number for row in rows[1:]]
    if as_json:
        give(
            [
                {"rows": [lines[one.one], lines[one.other]], "score": one.score, "why": one.why}
                for one in found
            ]
        )
        return
    typer.echo(f"{len(records):,} rows, {len(found):,} pairs likely of one person.")
    for one in found:
        typer.echo(f"  rows {lines[one.one]} and {lines[one.other]}: {one.score:.1f}  {'; '.join(one.why)}")
