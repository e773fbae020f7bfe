"""The one search box from a terminal, and putting right what it searches."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casefile.cli.given import AsJson
from casefile.cli.read import save
from casefile.cli.session import Store, signed_in
from casefile.cli.speak import Counter, british, give

if TYPE_CHECKING:
    from casefile.search.hits import Hit, Results


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("search")(search)
    app.command("mend-words")(mend)


def search(
    store: Store,
    line: Annotated[
        str,
        typer.Argument(help='Words, with operators or without: bruise "left arm" -football by:marsh.'),
    ],
    kind: Annotated[
        list[str] | None,
        typer.Option(
            help="Only `person`, `file`, `entry`, `document` or `task`; may be given several times."
        ),
    ] = None,
    older: Annotated[bool, typer.Option(help="Also versions of records that were amended.")] = False,
    most: Annotated[int, typer.Option(help="How many of each kind at most.", min=1, max=1000)] = 20,
    out: Annotated[
        Path | None, typer.Option(help="Give it out: where the table (.csv) or the print (.pdf) goes.")
    ] = None,
    whom: Annotated[str, typer.Option("--for", help="Whom it is for; the log names them.")] = "",
    as_json: AsJson = False,
) -> None:
    """Search everything one may see: people, files, records, documents and tasks."""
    from casefile.exchange.found import export_search
    from casefile.paper.found import print_search
    from casefile.search.words import search_words

    with signed_in(store) as opened:
        if out is not None:
            give_out = print_search if out.suffix.casefold() == ".pdf" else export_search
            done = opened.desk.do(give_out, whom, line, kinds=tuple(kind or ()), older=older)
            save(out, done.result, "print" if out.suffix.casefold() == ".pdf" else "export")
            typer.echo(f"What was found stands in {out}.")
            return
        found = opened.desk.read(search_words, line, kinds=tuple(kind or ()), older=older, most=most)
    if as_json:
        give(found)
    else:
        typer.echo("\n".join(_lines(found)))


def _lines(found: Results) -> list[str]:
    lines = [*found.remarks, *(f"Only {one.said}." for one in found.narrowings)]
    if not found.groups:
        lines.append("Nothing was found. Try fewer words, or the beginning of one with *.")
    for group in found.groups:
        lines.append(f"{group.title}: {group.counted}")
        for hit in group.hits:
            lines += _hit(hit)
    return lines


def _hit(hit: Hit) -> list[str]:
    parts = [hit.title, hit.reference, british(hit.on) if hit.on else "", hit.by]
    older = "  (amended since)" if hit.older else ""
    lines = [f"  {'  ·  '.join(one for one in parts if one)}{older}"]
    return [*lines, f"    {hit.snippet.text}"] if hit.snippet.text.strip() else lines


def mend(store: Store, as_json: AsJson = False) -> None:
    """Draw the words that are searched anew from the records, and put right what is not so."""
    from casefile.search.mending import mend_words

    with signed_in(store) as opened:
        done = opened.desk.with_(progress=Counter()).do(mend_words).result
    if as_json:
        give(done)
        return
    wrong = f"{done.wrong:,} were put right" if done.wrong else "all are as they should be"
    typer.echo(f"{done.rows:,} records of {done.files:,} files were looked at: {wrong}.")
