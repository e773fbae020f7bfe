"""The chronology from a terminal: filtered, of several files, marked, printed; another agency's brought in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from casefile.cli.given import AsJson
from casefile.cli.read import save
from casefile.cli.session import Store, signed_in
from casefile.cli.speak import Counter, day_given, give
from casefile.errors import Invalid, Missing, Unavailable

if TYPE_CHECKING:
    from casefile.files.chronology.model import Chronology, Event, Wanted

Reference = Annotated[str, typer.Argument(help="The file's reference.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("chronology")(chronology)
    app.command("mark")(mark)
    app.command("import-chronology")(bring_in)


def chronology(
    store: Store,
    reference: Reference,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            help="person=NAME, agency=CODE, section=KEY, weight=significant or danger, words=…, from=DAY or until=DAY; "
            "as often as needed.",
        ),
    ] = None,
    beside: Annotated[
        list[str] | None, typer.Option("--with", help="Reference of another file of the family, or “all”.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Print it as a numbered copy to this PDF.")] = None,
    recipient: Annotated[
        str, typer.Option("--for", help="Whom the copy is for; the log names them.")
    ] = "the file itself",
    as_json: AsJson = False,
) -> None:
    """Show what happened, oldest first, of one file or of several of a family; or print it."""
    from casefile.files.chronology.model import chosen
    from casefile.files.chronology.queries import chronology as read
    from casefile.files.queries.listing import find_file
    from casefile.paper.chronology import print_chronology

    with signed_in(store) as opened:
        desk = opened.desk
        row = desk.read(find_file, reference)
        told = desk.read(read, row.id)
        files = _beside(told, beside or [])
        told = desk.read(read, row.id, files) if files else told
        wanted = _wanted(told, only or [])
        events = chosen(told, wanted)
        if out is not None:
            save(out, desk.do(print_chronology, row.id, recipient, wanted, files).result, "print")
    if as_json:
        give(events)
    elif out is not None:
        typer.echo(f"The chronology of {row.reference} is printed to {out}.")
    else:
        typer.echo("\n".join([*(_line(told, one) for one in events)] or ["No event fits."]))
        for one in told.others if not files else ():
            typer.echo(f"Also of this family: {one.reference}, {', '.join(one.shares)}.")


def mark(
    store: Store,
    reference: Reference,
    event: Annotated[
        str, typer.Argument(help="Identity of the event, as the chronology gives it with --json.")
    ],
    why: Annotated[str, typer.Option("--why", help="Why it is, or is no longer, significant.")],
    back: Annotated[bool, typer.Option("--back", help="Take the mark back.")] = False,
) -> None:
    """Mark an event as significant by hand, or take the mark back; the signed entry stays as it is."""
    from casefile.files.chronology.actions import mark_event
    from casefile.files.chronology.queries import chronology as read
    from casefile.files.queries.listing import find_file

    with signed_in(store) as opened:
        desk = opened.desk
        told = desk.read(read, desk.read(find_file, reference).id)
        found = [one for one in told.events if str(one.thread_id).startswith(event.lower())]
        if len(found) != 1:
            raise Missing(
                f"{len(found) or 'No'} events of {told.reference} begin with “{event}”.",
                kept="Nothing was recorded.",
            )
        desk.do(mark_event, found[0].thread_id, why, significant=not back)
    typer.echo(f"{found[0].summary}: {'no longer marked' if back else 'marked as significant'}.")


def bring_in(
    store: Store,
    reference: Reference,
    path: Annotated[Path, typer.Argument(help="The chronology: .xlsx, .csv, .docx and other documents.")],
    agency: Annotated[str, typer.Option(help="Whose it is: a code of the agencies, e.g. health.")],
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", help="Target=Column where the guess is wrong, as often as needed."),
    ] = None,
    sheet: Annotated[str, typer.Option(help="Which sheet of a workbook.")] = "",
    received: Annotated[
        str, typer.Option("--received-on", help="The day police had it; today without it.")
    ] = "",
    preview: Annotated[bool, typer.Option("--preview", help="Only show how it would come in.")] = False,
) -> None:
    """Bring another agency's chronology into a file, marked with its source; nothing of it is ever altered."""
    from casefile.exchange.chronology.bring_in import bring_in_chronology
    from casefile.exchange.chronology.rows import preview_lines, read_rows
    from casefile.exchange.chronology.sheet import lines_told, open_sheet
    from casefile.exchange.readers.inside import Part
    from casefile.exchange.readers.read import read_document
    from casefile.files.queries.listing import find_file

    try:
        data = path.read_bytes()
    except OSError as error:
        raise Unavailable(
            f"{path} cannot be read: {error.strerror}.", kept="Nothing was brought in."
        ) from error
    mapping = {heading: target for target, heading in map(_pair, columns or [])}
    with signed_in(store) as opened:
        desk = opened.desk.with_(progress=Counter())
        if preview:
            table = open_sheet(data, path.name, sheet)
            told = read_rows(table, mapping, opened.desk.now().date())
            typer.echo("\n".join(["Columns:", *(f"  {one}" for one in lines_told(table))]))
            typer.echo("\n".join(preview_lines(told)))
            return
        file_id = desk.read(find_file, reference).id
        part = Part(path.name, data, read_document(path.name, data), None)
        day = day_given(received) if received else None
        report = desk.do(
            bring_in_chronology, file_id, part, agency, mapping, received_on=day, sheet=sheet
        ).result
    typer.echo(report.sentence)


def _pair(said: str) -> tuple[str, str]:
    key, sign, value = said.partition("=")
    if not sign:
        raise Invalid(f"“{said}” should read like Target=Column.", kept="Nothing was brought in.")
    return key.strip(), value.strip()


def _beside(told: Chronology, wanted: list[str]) -> tuple[UUID, ...]:
    """Other files of the family by reference."""
    if "all" in [one.lower() for one in wanted]:
        return tuple(one.id for one in told.others)
    by_reference = {one.reference.lower(): one.id for one in told.others}
    unknown = [one for one in wanted if one.lower() not in by_reference]
    if unknown:
        listed = ", ".join(one.reference for one in told.others) or "none"
        raise Missing(f"{', '.join(unknown)} shares nobody with {told.reference}. Files that do: {listed}.")
    return tuple(by_reference[one.lower()] for one in wanted)


def _wanted(told: Chronology, said: list[str]) -> Wanted:
    from casefile.files.chronology.model import Wanted

    found = Wanted()
    for one in said:
        key, _, value = one.partition("=")
        if key == "person":
            people = [person for person, name in told.people.items() if value.lower() in name.lower()]
            if len(people) != 1:
                raise Invalid(
                    f"{len(people) or 'No'} people of the chronology are called “{value}”.",
                    kept="Nothing was read.",
                )
            found = replace(found, person=people[0])
        elif key in ("from", "until"):
            found = replace(found, **{"since" if key == "from" else "until": day_given(value)})
        elif key in ("agency", "section", "weight", "words"):
            found = replace(found, **{key: value})
        else:
            raise Invalid(
                f"“{one}” is no filter: give person, agency, section, weight, words, from or until.",
                kept="Nothing was read.",
            )
    return found


def _line(told: Chronology, event: Event) -> str:
    from casefile.files.chronology.timeline import told_event

    sign = {"danger": "▲", "significant": "◆"}.get(event.weight, "□" if event.imported else " ")
    return f"{sign} {told_event(told, event)}"
