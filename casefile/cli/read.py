"""Reading the record from a terminal: files, what is owed on any day, a file on paper."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from casefile.cli.given import AsJson
from casefile.cli.session import Store, signed_in
from casefile.cli.speak import Counter, british, day_given, give
from casefile.errors import Invalid, Unavailable
from casefile.record.owed import Owed
from casefile.standards import Library, library

if TYPE_CHECKING:
    from casefile.files.queries.docket import Docket

EVERY = 1_000_000
"""More files than any store holds."""


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("show")(show)
    app.command("owed")(owed)
    app.command("print")(print_one)
    app.command("export")(export)


def show(
    store: Store,
    reference: Annotated[
        str | None, typer.Argument(help="One file's reference; without it all are listed.")
    ] = None,
    find: Annotated[
        str, typer.Option(help="Only files whose reference, names or address hold these words.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """List the files, or show one with its dividers, what is owed and its chronology."""
    from casefile.files.queries.docket import open_docket
    from casefile.files.queries.listing import find_file, list_files

    with signed_in(store) as opened:
        desk = opened.desk
        if reference is not None:
            docket = desk.read(open_docket, desk.read(find_file, reference).id)
            lines = _docket_lines(docket, desk.standards)
            found: Any = docket
        else:
            rows = desk.read(list_files, text=find, limit=EVERY).rows
            lines = [_row_line(one) for one in rows] or ["There is no file."]
            found = rows
    if as_json:
        give(found)
    else:
        typer.echo("\n".join(lines))


def owed(
    store: Store,
    reference: Annotated[str | None, typer.Option("--file", help="Only this file.")] = None,
    as_of: Annotated[str, typer.Option("--as-of", help="The day, as 2026-11-02; today without it.")] = "",
    ended: Annotated[
        bool, typer.Option("--all", help="Also what was done, waived or fell away by then.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Replay what was owed on a day, by what police knew then."""
    from casefile.files.queries.docket import owed_on
    from casefile.files.queries.listing import find_file
    from casefile.files.queries.tasks import owed_everywhere

    with signed_in(store) as opened:
        desk = opened.desk
        day = day_given(as_of) if as_of else desk.now().date()
        if reference:
            row = desk.read(find_file, reference)
            files = [(row.reference, desk.read(owed_on, row.id, day))]
        else:
            everywhere = desk.with_(progress=Counter()).read(owed_everywhere, day)
            files = [(one.reference, one.owed) for one in everywhere]
    found = [(file, task) for file, tasks in files for task in tasks if ended or task.state.outstanding]
    if as_json:
        give([_task(file, task) for file, task in found])
        return
    typer.echo(f"Owed on {british(day)}:" if found else f"Nothing was owed on {british(day)}.")
    for file, task in found:
        typer.echo(f"  {file}  {_task_line(task, library())}")


def print_one(
    store: Store,
    reference: Annotated[str, typer.Argument(help="The file's reference.")],
    out: Annotated[Path, typer.Option(help="Where the PDF goes.")],
    divider: Annotated[
        list[str] | None, typer.Option(help="Only this divider; may be given several times.")
    ] = None,
    recipient: Annotated[
        str, typer.Option("--for", help="Whom the copy is for; the log names them.")
    ] = "the file itself",
    supervision: Annotated[
        bool,
        typer.Option("--supervision", help="Only how it was supervised: reviews, directions, challenges."),
    ] = False,
) -> None:
    """Print a file, chosen dividers of it, or how it was supervised, as a numbered copy."""
    from casefile.files.queries.listing import find_file
    from casefile.paper.supervision import print_supervision
    from casefile.printing import print_copy

    if supervision and divider:
        raise Invalid("Give --divider or --supervision, not both.", kept="Nothing was printed.")

    with signed_in(store) as opened:
        desk = opened.desk
        file_id = desk.read(find_file, reference).id
        chosen = tuple(divider) if divider else None
        if supervision:
            save(out, desk.do(print_supervision, file_id, recipient).result, "print")
        else:
            with suppress(OSError):  # what cannot be made is said when the print cannot be written
                out.parent.mkdir(parents=True, exist_ok=True)
            print_copy(desk, file_id, out, dividers=chosen, recipient=recipient, progress=Counter())
    typer.echo(f"{reference} is printed to {out}.")


def export(
    store: Store,
    reference: Annotated[str, typer.Argument(help="The file's reference.")],
    out: Annotated[Path, typer.Option(help="Where the JSON goes.")],
    recipient: Annotated[
        str, typer.Option("--for", help="Whom it is for; the log names them.")
    ] = "export as JSON",
) -> None:
    """Export a whole file as JSON, in the published format that `import` reads."""
    from casefile.exchange.json_file.export import export_file
    from casefile.files.queries.listing import find_file

    with signed_in(store) as opened:
        desk = opened.desk
        data = desk.read(export_file, desk.read(find_file, reference).id, recipient)
    save(out, data, "export")
    typer.echo(f"{reference} is exported to {out}.")


def save(out: Path, data: bytes, what: str) -> None:
    """Write it whole beside its place, then put it there."""
    partial = out.with_name(f"{out.name}.part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(data)
        partial.replace(out)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise Unavailable(
            f"The {what} cannot be written to {out}: {error.strerror}.",
            kept="The log says that this copy was made.",
            remedy=f"Choose a place with free space and {what} again.",
        ) from error


def _task(reference: str, task: Owed) -> dict[str, Any]:
    return {
        "file": reference,
        "task": task.title,
        "timescale": task.timescale,
        "standard": task.standard,
        "owed_by": task.owed_by,
        "opened_on": task.opened_on,
        "due_on": task.due_on,
        "state": task.state,
        "days_late": task.days_late,
    }


def _task_line(task: Owed, standards: Library) -> str:
    due = f"due {british(task.due_on)}" if task.due_on else "no date"
    late = f", {task.days_late} {task.late_unit} late" if task.days_late else ""
    agency = standards.codes("agency")
    by = agency.label(task.owed_by) if task.owed_by in agency else task.owed_by
    return f"{task.title}: {due}{late}, owed by {by} ({task.state.value.replace('_', ' ')})"


def _row_line(row: Any) -> str:
    children = f"{row.children} {'child' if row.children == 1 else 'children'}"
    parts = [row.reference, row.family_name or "no name yet", children, row.state]
    parts += [f"{row.risk_level} risk"] if row.risk_level else []
    parts += [f"plan: {row.plan_category}"] if row.plan_category else []
    parts += [f"next due {british(row.next_due)}"] if row.next_due else []
    return "  ·  ".join(parts)


def _docket_lines(docket: Docket, standards: Library) -> list[str]:
    lines = [f"{docket.reference}  ·  {docket.family_name or 'no name yet'}  ·  {docket.state}", ""]
    wide = max(len(one.label) for one in docket.front)
    lines += [f"  {one.label:<{wide}}  {one.value}" for one in docket.front]
    lines += [f"  ▲ {one.sentence}" for one in docket.dangers]
    lines += ["", "Dividers:"]
    for one in docket.dividers:
        records = f", {one.count} {'record' if one.count == 1 else 'records'}" if one.count else ""
        said = f" ({one.said_by})" if one.said_by else ""
        lines.append(f"  {one.title}: {one.mark.replace('_', ' ')}{said}{records}")
        lines += [f"    {what}" for what in one.missing]
    owed = [f"  {_task_line(one, standards)}" for one in docket.owed if one.state.outstanding]
    lines += ["", "Owed:", *(owed or ["  Nothing."])]
    lines += ["", "Chronology:"]
    lines += [
        f"  {british(one.happened_on) if one.happened_on else 'no date'}  {one.summary}"
        for one in docket.chronology
    ]
    return lines
