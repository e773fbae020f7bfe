"""Writing a record from a terminal: a supervision note, a risk assessment, a contact; begun as a draft, or signed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from casefile.cli.given import AsJson, identity, json_object
from casefile.cli.session import Store, signed_in
from casefile.cli.speak import give
from casefile.errors import Missing

if TYPE_CHECKING:
    from casefile.desk import Desk
    from casefile.files.queries.drafts import DraftRow
    from casefile.record.facts import EntryFact


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
    from casefile.files.actions.drafts import start_draft
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
            found = sign_with(desk, draft, values, reason)
    if as_json:
        give(found)
    elif values is None:
        typer.echo(f"{draft.title} is begun in {draft.reference}: it waits among your drafts to be signed.")
    else:
        typer.echo(f"{draft.reference}  {found.summary}  ({found.thread_id})")


def sign_with(desk: Desk, draft: DraftRow, values: Mapping[str, Any], reason: str = "") -> EntryFact:
    """Sign a draft with what a JSON file says of its fields; what cannot be signed stays a draft, as it was filled in.

    Args:
        reason: Why a signed entry must say something else; "" where none is amended.
    """
    from casefile.files.actions.drafts import save_draft
    from casefile.files.actions.entries import sign_entry

    desk.do(save_draft, draft.id, {**draft.values, **values}, draft.revision)
    return desk.do(sign_entry, draft.id, reason=reason or None).result
