"""Finding people from a terminal: however they were written, and twice in one list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from casefile.cli.given import AsJson
from casefile.cli.session import Store, signed_in
from casefile.cli.speak import give
from casefile.errors import Invalid, Unavailable

if TYPE_CHECKING:
    from casefile.search.rows import Candidate


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("find-person")(find_person)
    app.command("matches")(list_matches)
    app.command("decide-match")(decide)
    app.command("duplicates")(duplicates)


def find_person(
    store: Store,
    text: Annotated[
        str, typer.Argument(help="As you would type it: “nowak anna 12/3/1984”, “bill smyth aged 34”.")
    ],
    most: Annotated[int, typer.Option(help="How many at most.", min=1, max=1_000)] = 20,
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
    typer.echo(f"{found.asked}: {found.counted} found." if found.asked else "Nobody was asked for.")
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


def list_matches(
    store: Store,
    reference: Annotated[str | None, typer.Option("--file", help="Only the matches of this file.")] = None,
    mine: Annotated[bool, typer.Option(help="Only of files that one holds or supervises.")] = False,
    decided: Annotated[bool, typer.Option("--all", help="Also those that are decided.")] = False,
    out: Annotated[Path | None, typer.Option(help="Print them: where the PDF goes.")] = None,
    whom: Annotated[str, typer.Option("--for", help="Whom a printed copy is for; the log names them.")] = "",
    as_json: AsJson = False,
) -> None:
    """List who in one file likely stands in another, and traces that two files share; or print them."""
    from casefile.cli.read import save
    from casefile.files.queries.listing import find_file
    from casefile.paper.matches import print_matches
    from casefile.search.match_rows import KINDS
    from casefile.search.matches import matches

    with signed_in(store) as opened:
        desk = opened.desk
        file_id = desk.read(find_file, reference).id if reference else None
        if out is not None:
            save(out, desk.do(print_matches, whom, file_id, mine=mine).result, "print")
            typer.echo(f"The matches are printed to {out}.")
            return
        found = desk.read(matches, file_id=file_id, mine=mine, decided=decided)
    if as_json:
        give(found)
        return
    typer.echo(f"{len(found) or 'No'} {'match' if len(found) == 1 else 'matches'}.")
    for one in found:
        typer.echo(f"{one.score:3}  {KINDS[one.kind]}: {one.state.value}  ({one.id})")
        for side in (one.one, one.other):
            typer.echo(
                f"     {side.reference} {side.family_name}: {side.name}{f', born {side.born}' if side.born else ''}"
            )
        typer.echo(f"     {'; '.join(one.why)}")


def decide(
    store: Store,
    match: Annotated[str, typer.Argument(help="The match, as `casefile matches` names it.")],
    what: Annotated[str, typer.Argument(help="`confirmed`, `rejected`, `left open` or `undone`.")],
    reason: Annotated[str, typer.Option(help="Why.")],
) -> None:
    """Decide a match between two files; what was decided before is kept."""
    from casefile.search.matches import decide_match

    try:
        match_id = UUID(match)
    except ValueError:
        raise Invalid(f"“{match}” is no match.", kept="Nothing was recorded.") from None
    with signed_in(store) as opened:
        opened.desk.do(decide_match, match_id, what, reason)
    typer.echo(f"The match is {what}.")


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
