"""Re-review campaigns, from a terminal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, cast
from uuid import UUID

import typer

from casefile.cli.given import AsJson
from casefile.cli.read import save
from casefile.cli.session import Store, signed_in
from casefile.cli.speak import british, give
from casefile.desk import Desk
from casefile.errors import Invalid, Missing, Unavailable

Campaign = Annotated[str, typer.Argument(help="Its reference, as R-2026-01.")]
For = Annotated[str, typer.Option("--for", help="Whom the copy is for; the log names them.")]
Out = Annotated[Path, typer.Option(help="Where the PDF goes.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    group = typer.Typer(help="Re-review campaigns: chosen files are looked at again.", no_args_is_help=True)
    group.command("begin")(begin)
    group.command("list")(list_all)
    group.command("mine")(mine)
    group.command("show")(show)
    group.command("answer")(answer)
    group.command("end")(end)
    group.command("print")(print_one)
    app.add_typer(group, name="campaign")


def begin(
    store: Store,
    says: Annotated[
        Path,
        typer.Option(help="JSON with the fields of the campaign; officers by name (docs/campaigns.md)."),
    ],
    preview: Annotated[bool, typer.Option(help="Only say which files fit, and who would answer.")] = False,
    as_json: AsJson = False,
) -> None:
    """Begin a re-review of the files that fit: by whom, by when, with which questions."""
    from casefile.supervision.campaign.actions import begin_campaign
    from casefile.supervision.campaign.queries import fitting_files

    values = _object(says)
    with signed_in(store) as opened:
        desk = opened.desk
        values = _with_officers(desk, values)
        found: Any = desk.read(fitting_files, values) if preview else desk.do(begin_campaign, values).result
    if as_json:
        give(found)
    elif preview:
        for one in found.files:
            typer.echo(f"{one.reference}  {one.family_name or 'no name yet'}: {one.reviewer}")
        typer.echo(f"{len(found.files)} files fit{_and_restricted(found.restricted)}.")
    else:
        typer.echo(
            f"{found.reference} has begun with {found.files} files, {found.restricted} of them restricted."
        )


def list_all(store: Store, as_json: AsJson = False) -> None:
    """List the campaigns, with how far each is."""
    from casefile.supervision.campaign.queries import campaigns

    with signed_in(store) as opened:
        found = opened.desk.read(campaigns)
    if as_json:
        give(found)
        return
    for one in found:
        state = f"ended {british(one.ended_on)}" if one.ended_on else f"by {british(one.due_on)}"
        late = ", late" if one.late else ""
        typer.echo(f"{one.reference}  {one.title}: {one.answered} of {one.files}{late} ({state})")
    if not found:
        typer.echo("There is no campaign.")


def mine(store: Store, as_json: AsJson = False) -> None:
    """List the files that you have still to answer for."""
    from casefile.supervision.campaign.queries import my_campaign_files

    with signed_in(store) as opened:
        found = opened.desk.read(my_campaign_files)
    if as_json:
        give(found)
        return
    for one in found:
        late = f", {one.days_late} days late" if one.days_late else ""
        typer.echo(f"{one.reference}  {one.title}: by {british(one.due_on)}{late}")
    if not found:
        typer.echo("No file waits for your answer.")


def show(store: Store, which: Campaign, as_json: AsJson = False) -> None:
    """Show a campaign: how far each reviewer is, the answers counted, and every file."""
    from casefile.supervision.campaign.queries import campaign

    with signed_in(store) as opened:
        page = opened.desk.read(campaign, which)
    if as_json:
        give(page)
        return
    row = page.row
    typer.echo(f"{row.reference}  {row.title}, by {british(row.due_on)}: {row.answered} of {row.files}")
    for share in page.shares:
        typer.echo(
            f"  {share.reviewer}: {share.answered} answered, {share.outstanding} outstanding, {share.late} late"
        )
    for one in page.tallies:
        counts = ", ".join(f"{code.replace('_', ' ')} {number}" for code, number in one.counts.items())
        typer.echo(f"  {one.question.key}  {one.question.words} {counts or 'no answer yet'}")
    for file in page.files:
        by = (
            f" by {file.answered_by}, {british(file.answered_on)}"
            if file.answered_on
            else f", {file.reviewer}"
        )
        typer.echo(f"  {file.reference}  {file.family_name or 'no name yet'}: {file.state}{by}")
    if row.restricted:
        typer.echo(f"  {row.restricted} restricted, not shown to you")
    if page.findings:
        typer.echo(f"Found: {page.findings}")


def answer(
    store: Store,
    which: Campaign,
    reference: Annotated[str, typer.Argument(help="The file's reference.")],
    says: Annotated[Path, typer.Option(help="JSON with an answer for each question: q1, q1_comment, q2 …")],
    reason: Annotated[str, typer.Option(help="Why an answer given before is put right.")] = "",
) -> None:
    """Answer a campaign's questions about a file."""
    from casefile.supervision.campaign.actions import answer_campaign
    from casefile.supervision.campaign.queries import campaign

    values = _object(says)
    with signed_in(store) as opened:
        files = opened.desk.read(campaign, which).files
        file = next((one for one in files if one.reference.lower() == reference.strip().lower()), None)
        if file is None:
            raise Missing(f"{which} does not ask you about {reference}.")
        opened.desk.do(answer_campaign, file.id, values, reason=reason or None)
    typer.echo(f"{reference} is answered.")


def end(
    store: Store, which: Campaign, findings: Annotated[str, typer.Option(help="What was found.")]
) -> None:
    """End a campaign and say what was found."""
    from casefile.supervision.campaign.actions import end_campaign
    from casefile.supervision.campaign.queries import campaign

    with signed_in(store) as opened:
        page = opened.desk.read(campaign, which)
        opened.desk.do(end_campaign, page.row.id, findings)
    typer.echo(f"{page.row.reference} has ended: {page.row.answered} of {page.row.files} files answered.")


def print_one(store: Store, which: Campaign, out: Out, recipient: For = "the campaign itself") -> None:
    """Print a campaign with its answers, as a numbered copy."""
    from casefile.paper.campaign import print_campaign

    with signed_in(store) as opened:
        pdf = opened.desk.do(print_campaign, which, recipient).result
    save(out, pdf, "print")
    typer.echo(f"{which} is printed to {out}.")


def _and_restricted(count: int) -> str:
    return f", and {count} restricted that you may not see" if count else ""


def _with_officers(desk: Desk, values: dict[str, Any]) -> dict[str, Any]:
    """Officers named in the JSON as they sign in, by their identities."""
    from casefile.access.queries import officers

    known = {one.name.casefold(): str(one.id) for one in desk.read(officers)}

    def identity(given: Any) -> Any:
        if given in (None, ""):
            return given
        try:
            return str(UUID(str(given)))
        except ValueError:
            found = known.get(str(given).strip().casefold())
        if found is None:
            raise Missing(f"There is no officer called {given}.", kept="Nothing was begun.")
        return found

    made = dict(values)
    for key in ("officer_id", "supervisor_id"):
        if key in made:
            made[key] = identity(made[key])
    given = made.get("reviewers")
    rows = cast("list[Any]", given) if isinstance(given, list) else []
    if rows:
        made["reviewers"] = [
            {"officer_id": identity(one.get("officer_id") if hasattr(one, "get") else one)} for one in rows
        ]
    return made


def _object(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise Unavailable(f"{path} cannot be read: {error.strerror}.", kept="Nothing was done.") from error
    except ValueError as error:
        raise Invalid(f"{path} is no JSON: {error}.", kept="Nothing was done.") from error
    if not isinstance(found, dict):
        raise Invalid(f"{path} holds no object with the fields.", kept="Nothing was done.")
    return found  # pyright: ignore[reportUnknownVariableType]
