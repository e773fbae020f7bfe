"""Commands about whole stores: make, look after, copy, bring back, prove."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casefile import doctor, opening
from casefile.cli.given import AsJson
from casefile.cli.serve import say
from casefile.cli.session import (
    OFFICER,
    PASSPHRASE,
    PASSWORD,
    Store,
    folder_of,
    handed,
    readable,
    sign_in,
    signed_in,
    unlocked,
)
from casefile.cli.speak import Code, Counter, give


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("init")(init)
    app.command("doctor")(look)
    app.command("backup")(backup)
    app.command("restore")(restore)
    log = typer.Typer(help="The log of what was done and read.", no_args_is_help=True)
    log.command("verify")(verify)
    log.command("accept")(accept)
    app.add_typer(log, name="log")


def init(store: Store) -> None:
    """Make an encrypted store and its first administrator."""
    folder = folder_of(store, "A server is set up with `casefile serve-setup`.")
    if opening.exists(folder):
        with unlocked(store) as opened:
            if not opened.has_officers():
                _first_administrator(opened)
                return
    passphrase = handed(PASSPHRASE, f"Recovery passphrase ({opening.PASSPHRASE_RULE})", twice=True)
    opened = opening.create(folder, passphrase)
    try:
        where = f"in {opened.kept_in}" if opened.kept_in else "nowhere but under the recovery passphrase"
        typer.echo(f"The store stands in {folder}. Its key is kept {where}.")
        _first_administrator(opened)
    finally:
        opened.close()


def _first_administrator(opened: opening.OpenStore) -> None:
    name = handed(OFFICER, "Name of the first administrator", secret=False)
    opened.first_administrator(name, handed(PASSWORD, "Their password", twice=True))
    typer.echo(f"{name} is its first administrator.")


def look(
    store: Annotated[
        str | None,
        typer.Argument(help="A store, to look at that too: its folder, or the address of a server."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what is there, which keychain, which versions, and whether the store and its log are sound."""
    findings = list(doctor.machine())
    if store is not None:
        with readable(store) as opened:
            findings += doctor.store(opened, Counter())
    if as_json:
        give(findings)
    else:
        say(findings)
    if not all(one.sound for one in findings):
        raise typer.Exit(Code.FOUND.value)


def backup(store: Store, target: Annotated[Path, typer.Argument(help="A new folder for the copy.")]) -> None:
    """Copy a store, still encrypted, while it may be in use. Needs an administrator."""
    folder_of(store, "A server is backed up by its own tools: see docs/shared-store.md.")
    with signed_in(store) as opened:
        if isinstance(opened, opening.OpenFolder):
            opened.backup(target, Counter())
    typer.echo(f"The copy stands in {target}. It opens with the same recovery passphrase.")


def restore(
    copy: Annotated[Path, typer.Argument(help="The folder that a backup made.")],
    target: Annotated[Path, typer.Argument(help="A new folder for the store.")],
) -> None:
    """Bring a store back from a copy, proven page by page. Needs an administrator of the copy."""
    opened = opening.restore(copy, target, handed(PASSPHRASE, "Recovery passphrase"), sign_in)
    opened.close()
    typer.echo(f"The store stands in {target}, as it was when the copy was made.")


def verify(store: Store, as_json: AsJson = False) -> None:
    """Prove the log: no row changed, removed, moved or cut off."""
    with readable(store) as opened:
        verdict = opened.desk.verify_log(Counter())
    if as_json:
        give(
            {
                "intact": verdict.intact,
                "rows": verdict.rows,
                "faults": verdict.faults,
                "remarks": verdict.remarks,
            }
        )
    elif verdict.intact:
        typer.echo(f"The log is intact: {verdict.rows:,} rows.")
    else:
        typer.echo(f"The log is not intact: {verdict.rows:,} rows, {len(verdict.faults):,} faults.")
        for fault in verdict.faults:
            typer.echo(f"  {fault.sentence}")
    if not as_json:
        for remark in verdict.remarks:
            typer.echo(f"  {remark}")
    if not verdict.intact:
        raise typer.Exit(Code.FOUND.value)


def accept(
    store: Store,
    reason: Annotated[str, typer.Option(help="Why the end of the log is gone: it goes into the log.")],
) -> None:
    """Take the log as it stands after a server was brought back to an earlier moment. Needs an administrator."""
    with signed_in(store) as opened:
        verdict = opened.accept_log(reason)
    typer.echo(f"The log is taken as it stands: {verdict.rows:,} rows; its last row says why.")
