"""Challenging a partner from a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from casefile.cli.given import AsJson, Entry, identity, json_object
from casefile.cli.session import Store, signed_in
from casefile.cli.speak import british, give
from casefile.cli.writing import sign_with
from casefile.errors import Invalid


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("challenge")(challenge)
    app.command("challenges")(challenges)


def challenge(
    store: Store,
    entry: Entry,
    says: Annotated[
        Path | None,
        typer.Option(help="JSON with the fields of the challenge; with it the challenge is signed at once."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Challenge a conference, plan, decision, contact or the like: a draft filled in from it, or signed."""
    from casefile.files.actions.challenge import start_challenge

    values = json_object(says) if says else None
    with signed_in(store) as opened:
        desk = opened.desk
        draft = desk.do(start_challenge, identity(entry)).result
        found: Any = draft if values is None else sign_with(desk, draft, values)
    if as_json:
        give(found)
    elif values is None:
        typer.echo(f"A challenge is begun in {draft.reference}: it waits among your drafts to be signed.")
    else:
        typer.echo(f"{draft.reference}  {found.summary}  ({found.thread_id})")


def challenges(
    store: Store,
    state: Annotated[str, typer.Option(help="`open`, `ended` or `all`.")] = "open",
    mine: Annotated[bool, typer.Option(help="Only files that one holds or supervises.")] = False,
    agency: Annotated[str, typer.Option(help="Only to this agency: its code.")] = "",
    text: Annotated[str, typer.Option(help="Words of the file, the counterpart or the disagreement.")] = "",
    out: Annotated[Path | None, typer.Option(help="Print the register: where the PDF goes.")] = None,
    whom: Annotated[str, typer.Option("--for", help="Whom a printed copy is for; the log names them.")] = "",
    as_json: AsJson = False,
) -> None:
    """List the challenges of every file one may read: to whom, how far, how late, how they ended; or print them."""
    from casefile.cli.read import save
    from casefile.paper.challenges import print_register
    from casefile.supervision.challenges import RegisterFilter, challenge_register, standing

    if state not in ("open", "ended", "all"):
        raise Invalid(f"“{state}” is none of open, ended and all.", kept="Nothing was read.")
    with signed_in(store) as opened:
        desk = opened.desk
        if agency and agency not in desk.standards.codes("agency"):
            raise Invalid(f"There is no agency called {agency}.", kept="Nothing was read.")
        wanted = RegisterFilter(state, mine, agency or None, text)
        if out is not None:
            save(out, desk.do(print_register, wanted, whom).result, "print")
            typer.echo(f"The register is printed to {out}.")
            return
        found = desk.read(challenge_register, wanted)
    if as_json:
        give(found.rows)
        return
    typer.echo(f"{found.open} open, {found.late} with a stage past its day.")
    for one in found.rows:
        said = f"{one.outcome}, {british(one.ended_on)}" if one.outcome and one.ended_on else standing(one)
        typer.echo(f"{one.reference}  {one.agency}, {one.about.lower()}: {said}\n  {one.disagreement}")
    for words, count in found.ended:
        typer.echo(f"{count:4}  {words}")
