"""Writing a record from a terminal: a supervision note, a risk assessment, a contact; begun as a draft, or signed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from casefile.cli.challenge import identity, json_object
from casefile.cli.read import AsJson, Store
from casefile.cli.session import signed_in
from casefile.cli.speak import give
from casefile.errors import Missing


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command("write")(write)


def write(
    store: Store,
    reference: Annotated[str, typer.Argument(help="The file's reference.")],
    record: Annotated[
        str,
        typer.Argument(
            help="What is written: `supervision`, `risk`, `contact` …, as `section` in an export."
        ),
    ],
    says: Annotated[
        Path | None,
        typer.Option(help="JSON with what the fields say; with it the record is signed at once."),
    ] = None,
    amends: Annotated[
        str, typer.Option(help="The signed entry that it amends: its `thread_id` in `show REF --json`.")
    ] = "",
    reason: Annotated[str, typer.Option(help="Why a signed entry must say something else.")] = "",
    as_json: AsJson = False,
) -> None:
    """Write a record of a file: a draft filled in with what the file knows, or signed from JSON.

    Without --says a draft is begun, and --json shows what stands in it already. With --says the same is signed, each
    field that the JSON names saying what the JSON says. What cannot be signed is kept as a draft.
    """
    from casefile.files.actions.drafts import save_draft, start_draft
    from casefile.files.actions.entries import sign_entry
    from casefile.files.queries.listing import find_file
    from casefile.sections import SECTIONS

    if record not in SECTIONS:
        raise Missing(
            f"There is no record called {record}. There are: {', '.join(sorted(SECTIONS))}.",
            kept="Nothing was written.",
        )
    values = json_object(says) if says else None
    thread = identity(amends) if amends else None
    with signed_in(store) as opened:
        desk = opened.desk
        file_id = desk.read(find_file, reference).id
        draft = desk.do(start_draft, file_id, record, thread_id=thread).result
        found: Any = {"draft": draft.id, "file": draft.reference, "section": record, "values": draft.values}
        if values is not None:
            desk.do(save_draft, draft.id, {**draft.values, **values}, draft.revision)
            found = desk.do(sign_entry, draft.id, reason=reason or None).result
    if as_json:
        give(found)
    elif values is None:
        typer.echo(f"{draft.title} is begun in {draft.reference}: it waits among your drafts to be signed.")
    else:
        typer.echo(f"{draft.reference}  {found.summary}  ({found.thread_id})")
