"""The command line: every command by name, and what an error becomes."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from casefile import __version__
from casefile.cli import (
    absence,
    alarms,
    allocate,
    ask,
    bring_in,
    campaign,
    challenge,
    changed,
    chronology,
    copies,
    diary,
    drafts,
    handover,
    moving,
    officers,
    people,
    picture,
    queue,
    read,
    remarks,
    research,
    restricted,
    search,
    serve,
    stores,
    strength,
    window,
    workload,
    writing,
)
from casefile.cli.speak import CODES, Code, apologise
from casefile.errors import CasefileError, as_bug

_EPILOG = "Exit codes: " + ", ".join(f"{code.value} {meaning}" for code, meaning in CODES.items()) + "."


def application() -> typer.Typer:
    """Every command, in the order that help lists them."""
    app = typer.Typer(
        name="casefile",
        help="The model case file of every child at risk. Without a command, the window opens.",
        epilog=_EPILOG,
        no_args_is_help=False,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback(invoke_without_command=True)(_first)
    for module in (
        stores,
        serve,
        moving,
        officers,
        absence,
        bring_in,
        read,
        people,
        ask,
        search,
        restricted,
        picture,
        chronology,
        research,
        drafts,
        writing,
        alarms,
        queue,
        handover,
        challenge,
        changed,
        copies,
        remarks,
        campaign,
        diary,
        workload,
        allocate,
        strength,
        window,
    ):
        module.add_to(app)
    return app


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: What stands behind the program's name; None for what this process was started with.

    Returns:
        The exit code.
    """
    logging.captureWarnings(True)
    _keep_no_picture_of_the_memory()
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        application()(given, prog_name="casefile")
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(bool(leaving.code))
    except CasefileError as error:
        return apologise(error)
    except KeyboardInterrupt:
        return Code.CANCELLED.value
    except Exception as mistake:  # noqa: BLE001 (whatever it is, a person gets a sentence and the place, no content)
        bug = as_bug(mistake)
        code = apologise(bug)
        typer.echo("\n".join(f"  {place}" for note in bug.__notes__ for place in note.splitlines()), err=True)
        return code
    return Code.DONE.value


def _keep_no_picture_of_the_memory() -> None:
    """A crash must not leave the memory on the disk: it holds the key of the store and what was read from it."""
    try:
        import resource
    except ImportError:  # Windows, which keeps no such file unless it is told to
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"Casefile {__version__}")
        raise typer.Exit


def _first(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_say_version, is_eager=True, help="Say which version this is."),
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        raise typer.Exit(window.open_window(None))
