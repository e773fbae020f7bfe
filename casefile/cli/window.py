"""Commands that start the window, or show what it does where there is none."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from casefile import opening
from casefile.cli import self_test
from casefile.cli.speak import Code, Counter
from casefile.errors import Unavailable

Argument = typer.Argument(
    help="The store: its folder, the address of the force's server (postgresql://…), or a saved connection."
)


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("open")(open_command)
    app.command("run")(run)
    app.command("demo")(demo)
    app.command("self-test")(test_itself)


def has_display() -> bool:
    """Whether a window can be shown here: Qt ends the whole process where it cannot."""
    if sys.platform in {"win32", "darwin"} or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_window(store: str | None) -> int:
    """Open the window on a store, or on the one that was used last; its exit code.

    Raises:
        Unavailable: There is no display.
    """
    _need_display()
    return _window(place=None if store is None else opening.place_of(store))


def open_copy_window(opened: opening.OpenStore) -> int:
    """Open the window on a copy that was taken away; its exit code."""
    return _window(opened=opened)


def open_command(
    store: Annotated[str | None, Argument] = None,
) -> None:
    """Open the window on a store; without one, on the one used last, or on the first steps."""
    raise typer.Exit(open_window(store))


def run(
    store: Annotated[str | None, Argument] = None,
    training: Annotated[bool, typer.Option(help="Open a throw-away store with invented families.")] = False,
) -> None:
    """Open the window; with --training on invented families, in a store that is gone afterwards."""
    if not training:
        raise typer.Exit(open_window(store))
    _need_display()
    from casefile.sample import OFFICER, PASSWORD

    with tempfile.TemporaryDirectory(prefix="casefile-training-") as folder:
        typer.echo("Making the training store …", err=True)
        opened = training_store(Path(folder) / "store")
        try:
            code = _window(opened=opened, sign_in=(OFFICER, PASSWORD))
        finally:
            opened.close()
    raise typer.Exit(code)


def training_store(folder: Path) -> opening.OpenFolder:
    """A new store with the invented families; its key goes into no keychain."""
    from casefile.sample import build

    opened = opening.create(folder, opening.suggest_passphrase(), keychain=False)
    try:
        build(opened, Counter())
    except BaseException:
        opened.close()
        raise
    return opened


def demo(
    out: Annotated[Path, typer.Option(help="Where the PDFs and pictures go.")] = Path("demo-output"),
) -> None:
    """Do the main job on the training store without a display: printed files, pictures of the window."""
    from casefile.cli.demonstrate import demonstrate

    for line in demonstrate(out):
        typer.echo(line)


def test_itself() -> None:
    """Let the installed program test itself; nothing of yours is touched."""
    failed = 0
    for what, fault in self_test.results():
        failed += fault is not None
        typer.echo(f"{'✓' if fault is None else '✗'} {what}{'' if fault is None else f': {fault}'}")
    if failed:
        raise typer.Exit(Code.FOUND.value)


def _window(
    *,
    place: opening.Place | None = None,
    opened: opening.OpenStore | None = None,
    sign_in: tuple[str, str] | None = None,
) -> int:
    """Start the window; this module is the only one of the command line that knows it."""
    _need_display()
    from ui.app import run as start

    return start(place=place, opened=opened, sign_in=sign_in)


def window_pictures(opened: opening.OpenStore, sign_in: tuple[str, str], out: Path) -> list[Path]:
    """Pictures of the window's main pages, drawn without a display; gives where they are."""
    from ui.app import pictures

    return pictures(opened, sign_in, out)


def _need_display() -> None:
    if not has_display():
        raise Unavailable(
            "There is no display here, so no window can open.",
            kept="Nothing was done.",
            remedy="Use `casefile demo --out FOLDER`, or the other commands: `casefile --help`.",
        )
