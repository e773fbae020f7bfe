"""Returned work and endorsement from a terminal."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from casefile.cli.given import AsJson, Entry, identity
from casefile.cli.session import Store, signed_in
from casefile.cli.speak import give
from casefile.record.remarks import RemarkFact

Remark = Annotated[
    str, typer.Argument(help="Identity of what was returned, as `casefile remarks --json` gives it.")
]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("return")(give_back)
    app.command("answer")(answer)
    app.command("settle")(settle)
    app.command("endorse")(endorse)
    app.command("remarks")(remarks)


def give_back(
    store: Store, entry: Entry, comment: Annotated[str, typer.Argument(help="What is to be put right.")],
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Return an entry to its author, with a comment."""
    from casefile.supervision.remarks import return_entry

    _do(store, return_entry, (identity(entry), comment), "It is returned to its author.", as_json=as_json)


def answer(
    store: Store, remark: Remark, words: Annotated[str, typer.Argument(help="The answer.")], as_json: AsJson = False
) -> None:  # fmt: skip
    """Answer what a supervisor returned; amending the entry answers it too."""
    from casefile.supervision.remarks import answer_return

    _do(store, answer_return, (identity(remark), words), "It is answered.", as_json=as_json)


def settle(
    store: Store, remark: Remark, comment: Annotated[str, typer.Argument(help="A word on it.")] = "",
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Say that what was returned is answered well enough, or why it need not be."""
    from casefile.supervision.remarks import settle_return

    _do(store, settle_return, (identity(remark), comment), "It is settled.", as_json=as_json)


def endorse(
    store: Store, entry: Entry, comment: Annotated[str, typer.Argument(help="A word on it.")] = "",
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Endorse a risk assessment as it stands."""
    from casefile.supervision.remarks import endorse_entry

    _do(store, endorse_entry, (identity(entry), comment), "It is endorsed.", as_json=as_json)


def remarks(
    store: Store,
    reference: Annotated[
        str | None, typer.Option("--file", help="All remarks of this file; without it, what waits for you.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List what was returned and waits for you, or every remark of a file."""
    from casefile.files.queries.listing import find_file
    from casefile.supervision.remarks import my_returned, remarks_in_file

    with signed_in(store) as opened:
        desk = opened.desk
        if reference:
            found: Any = desk.read(remarks_in_file, desk.read(find_file, reference).id)
            lines = [_line(one) for one in found]
        else:
            found = desk.read(my_returned)
            lines = [
                f"{one.reference}  {one.title}: {one.mine} it. {_line(one.returned.remark)}" for one in found
            ]
    if as_json:
        give(found)
    else:
        typer.echo("\n".join(lines) or "There is nothing.")


def _do(store: str, act: Any, arguments: tuple[Any, ...], said: str, *, as_json: bool) -> None:
    with signed_in(store) as opened:
        made = opened.desk.do(act, *arguments).result
    if as_json:
        give({"remark": made})
    else:
        typer.echo(f"{said} ({made})")


def _line(one: RemarkFact) -> str:
    return f"{one.recorded_at:%Y-%m-%d} {one.by}, {one.what.value}: {one.says} ({one.id})"
