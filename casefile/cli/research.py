"""Research from a terminal: who was searched on what, recording checks, and the police report to a conference."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from casefile.cli.given import AsJson, Entry, identity, json_object
from casefile.cli.read import save
from casefile.cli.session import Store, signed_in
from casefile.cli.speak import british, day_given, give
from casefile.cli.writing import sign_with
from casefile.errors import Invalid, Missing

if TYPE_CHECKING:
    from casefile.files.research.actions import Found
    from casefile.files.research.model import Researched, ResearchGrid

Reference = Annotated[str, typer.Argument(help="The file's reference.")]
_UNSAID = "Nothing was recorded."
_SAYS = ("on", "by", "why", "conclusion", "tried", "grade")


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("research")(research)
    app.command("record-checks")(record)
    app.command("conference-report")(draft_report)
    app.command("give-report")(give_out)


def research(
    store: Store,
    reference: Reference,
    names: Annotated[bool, typer.Option("--names", help="Also the spellings to try of each person.")] = False,
    out: Annotated[Path | None, typer.Option(help="Print it as a numbered copy to this PDF.")] = None,
    recipient: Annotated[
        str, typer.Option("--for", help="Whom the copy is for; the log names them.")
    ] = "the file itself",
    as_json: AsJson = False,
) -> None:
    """Show which checks are wanted of whom, why and by when, and what was searched; or print it."""
    from casefile.files.queries.listing import find_file
    from casefile.files.research.queries import research as read
    from casefile.paper.research import about, print_research

    with signed_in(store) as opened:
        desk = opened.desk
        file_id = desk.read(find_file, reference).id
        told = desk.read(read, file_id)
        if out is not None:
            save(out, desk.do(print_research, file_id, recipient).result, "print")
    if as_json:
        give(told)
    elif out is not None:
        typer.echo(f"The research of {told.reference} is printed to {out}.")
    else:
        typer.echo("\n".join(f"{label}: {words}." for label, words in about(told)))
        for person in told.people:
            typer.echo("\n".join(_lines(told, person, names=names)))


def _lines(told: ResearchGrid, person: Researched, *, names: bool) -> list[str]:
    lines = [f"{person.name} ({person.roles.lower()})"]
    for column in told.columns:
        cell = person.cells[column.key]
        if cell.searches or cell.state.open:
            last = cell.searches[0] if cell.searches else None
            when = f" {british(last.on)}, {last.by}" if last is not None else ""
            due = f", by {british(cell.due_on)}" if cell.due_on else ""
            lines.append(f"  {column.title}: {cell.state.value}{due}.{when}".rstrip())
            lines += [f"      {why}" for why in cell.why]
    if names:
        lines += [f"  try: {one.text} ({one.why})" for one in person.spellings]
    return lines


def record(
    store: Store,
    reference: Reference,
    person: Annotated[str, typer.Argument(help="Whom: their name, or as much of it as is theirs alone.")],
    found: Annotated[
        list[str],
        typer.Option(
            "--found",
            help="SYSTEM=RESULT, with “: words” where something was found; as often as needed: "
            "“pnc=no_trace”, “intelligence=trace: Seen at the address.”.",
        ),
    ],
    says: Annotated[
        list[str] | None,
        typer.Option(
            "--says",
            help="on=DAY, by=NAME, why=CODE, conclusion=…, tried=NAMES or grade=SOURCE/INFORMATION/HANDLING of the "
            "intelligence found, e.g. 2/C/P; what is not said the file says.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Record what systems were searched about one person, as one signed entry."""
    from casefile.files.queries.listing import find_file
    from casefile.files.research.actions import Occasion, record_checks
    from casefile.files.research.queries import research as read

    said = dict(_pair(one) for one in says or [])
    rows = [_found(one, said.get("tried", ""), said.get("grade", "")) for one in found]
    day = day_given(said["on"]) if said.get("on") else None
    occasion = Occasion(day, said.get("by", ""), said.get("why", ""), said.get("conclusion", ""))
    with signed_in(store) as opened:
        desk = opened.desk
        file_id = desk.read(find_file, reference).id
        whom = _whom(desk.read(read, file_id), person)
        entry = desk.do(record_checks, file_id, whom.id, rows, occasion).result
    if as_json:
        give(entry)
    else:
        typer.echo(f"{whom.name}: {entry.summary}. ({entry.thread_id})")


def _pair(said: str) -> tuple[str, str]:
    key, sign, value = said.partition("=")
    if not sign or key.strip() not in _SAYS:
        raise Invalid(
            f"“{said}” says nothing known: give {', '.join(_SAYS)}, each with = and its words.", kept=_UNSAID
        )
    return key.strip(), value.strip()


def _found(said: str, tried: str, grade: str) -> Found:
    from casefile.files.research.actions import Found

    system, sign, rest = said.partition("=")
    result, _, words = rest.partition(":")
    if not sign or not result.strip():
        raise Invalid(f"“{said}” should read like pnc=no_trace, or pnc=trace: what was found.", kept=_UNSAID)
    graded = (*(part.strip() for part in grade.split("/")), "", "", "") if words.strip() else ("", "", "")
    return Found(
        system.strip(), result.strip(), tried, words.strip(), source=graded[0], information=graded[1], handling=graded[2]
    )  # fmt: skip


def _whom(told: ResearchGrid, said: str) -> Researched:
    fits = [one for one in told.people if said.casefold() in one.name.casefold() or said == str(one.id)]
    exact = [one for one in fits if one.name.casefold() == said.casefold()]
    fits = exact or fits
    if len(fits) != 1:
        listed = ", ".join(one.name for one in told.people) or "nobody"
        raise Missing(
            f"{len(fits) or 'No'} people of {told.reference} are called “{said}”.", kept=_UNSAID,
            remedy=f"Researched there: {listed}.",
        )  # fmt: skip
    return fits[0]


def draft_report(
    store: Store,
    reference: Reference,
    says: Annotated[
        Path | None,
        typer.Option(help="JSON with fields of the report; with it the report is signed at once."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Draft the police report to the next conference from the file, or sign it with what a JSON file adds."""
    from casefile.files.actions.drafts import start_draft
    from casefile.files.queries.listing import find_file

    values = json_object(says) if says else None
    with signed_in(store) as opened:
        desk = opened.desk
        draft = desk.do(start_draft, desk.read(find_file, reference).id, "report").result
        made: Any = draft if values is None else sign_with(desk, draft, values)
    if as_json:
        give(made)
    elif values is None:
        lines = sum(len(draft.values.get(group, ())) for group in ("family", "incidents", "checks"))
        typer.echo(
            f"A report of {lines} lines is drafted in {draft.reference}: it waits among your drafts to be edited."
        )
    else:
        typer.echo(f"{made.summary} ({made.thread_id}). A supervisor endorses it with `casefile endorse`.")


def give_out(
    store: Store,
    entry: Entry,
    recipient: Annotated[str, typer.Option("--for", help="Who receives it; the log names them.")],
    basis: Annotated[str, typer.Option(help="Lawful basis: a code of the list, e.g. ca89_s47.")],
    out: Annotated[Path, typer.Option(help="Where the PDF goes.")],
    agency: Annotated[str, typer.Option(help="Their agency: its code.")] = "social_care",
    form: Annotated[str, typer.Option(help="How it goes: a code, e.g. paper.")] = "secure_email",
) -> None:
    """Print the endorsed version of a police report for somebody; it is recorded as shared with them."""
    from casefile.paper.report import Given, give_report

    with signed_in(store) as opened:
        given = Given(recipient, basis, agency, form)
        save(out, opened.desk.do(give_report, identity(entry), given).result, "report")
    typer.echo(f"The report for {recipient} is printed to {out}; it is recorded as shared.")
