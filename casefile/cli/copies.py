"""Commands about copies of files that are taken away for a time."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casefile.cli.session import PASSPHRASE, Store, handed, signed_in
from casefile.cli.speak import Code, Counter, british, give
from casefile.work.unit import LONDON

COPY_PASSPHRASE = "CASEFILE_COPY_PASSPHRASE"  # noqa: S105 (the name of a variable)
Folder = Annotated[Path, typer.Argument(help="The folder of the copy.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    copy = typer.Typer(
        help="Copies of files taken away for a conference: encrypted, read only, for a time.",
        no_args_is_help=True,
    )
    copy.command("take")(take)
    copy.command("open")(open_one)
    copy.command("return")(give_back)
    copy.command("list")(listed)
    app.add_typer(copy, name="copy")


def take(
    store: Store,
    references: Annotated[list[str], typer.Argument(help="The references of the files.")],
    out: Annotated[Path, typer.Option(help="A new folder for the copy.")],
    why: Annotated[str, typer.Option(help="Why; it goes into the log.")],
    recipient: Annotated[str, typer.Option("--for", help="Who reads it; yourself without it.")] = "",
    hours: Annotated[int, typer.Option(help="For how many hours.")] = 24,
) -> None:
    """Take an encrypted copy of files away, to be read only; a disclosure, named in the log."""
    from casefile import copies
    from casefile.files.queries.listing import find_file

    with signed_in(store) as opened:
        desk = opened.desk
        files = tuple(desk.read(find_file, one).id for one in references)
        passphrase = handed(COPY_PASSPHRASE, "A passphrase for the copy", twice=True)
        taken = copies.take(
            desk,
            copies.Taking(out, files, recipient or desk.actor.name, why, hours, passphrase),
            Counter(),
        )
    until = taken.until.astimezone(LONDON)
    typer.echo(
        f"The copy of {', '.join(taken.references)} stands in {out}. It opens with its passphrase until "
        f"{british(until.date())}, {until:%H:%M}."
    )


def open_one(folder: Folder) -> None:
    """Open a copy in the window. From a terminal, `casefile show` and the other reading commands open it too."""
    from casefile import copies
    from casefile.cli.window import open_copy_window

    opened = copies.open_copy(folder, handed(PASSPHRASE, "The passphrase of the copy"))
    try:
        code = open_copy_window(opened)
    finally:
        opened.close()
    raise typer.Exit(code)


def give_back(
    store: Store,
    folder: Folder,
    lost: Annotated[
        bool,
        typer.Option(
            "--lost-passphrase", help="Nobody knows its passphrase any more: delete it all the same."
        ),
    ] = False,
) -> None:
    """Return a copy: what was read in it goes into the log of the store, and nothing of it stays on the disk."""
    from casefile import copies

    with signed_in(store) as opened:
        asks = not lost and not (folder / copies.READINGS).exists()
        passphrase = handed(COPY_PASSPHRASE, "The passphrase of the copy") if asks else None
        logged = copies.return_copy(opened.desk, folder, passphrase)
    typer.echo(f"The copy is deleted. {logged:,} reading{'s' if logged != 1 else ''} went into the log.")


def listed(
    store: Store,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """List the copies of the last 90 days; what should be back and is not ends with exit code 1. Needs the right to the log."""
    from casefile.exchange.copies.register import copies_out

    with signed_in(store) as opened:
        found = opened.desk.read(copies_out)
    if as_json:
        give(found)
    elif not found:
        typer.echo("No copy was taken in the last 90 days.")
    else:
        for one in found:
            until = one.until.astimezone(LONDON)
            how = one.ended or ("NOT BACK" if one.late else "out")
            typer.echo(
                f"{', '.join(one.references)}  ·  {one.officer} for {one.recipient}  ·  until "
                f"{british(until.date())}, {until:%H:%M}  ·  {how}  ·  {one.reason}"
            )
    if any(one.late for one in found):
        raise typer.Exit(Code.FOUND.value)
