"""Unlocking a store and signing in from a terminal, with or without a person in front of it.

No password ever stands on a command line, where every process of the machine can read it: a person is
asked, an unattended script hands them over in its environment.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

import typer

from casefile import copies, opening
from casefile.desk import Desk
from casefile.errors import CasefileError, NoKey, Refused, Unavailable
from casefile.opening import OpenStore

PASSPHRASE = "CASEFILE_PASSPHRASE"  # noqa: S105 (the name of a variable)
OFFICER = "CASEFILE_OFFICER"
PASSWORD = "CASEFILE_PASSWORD"  # noqa: S105
NEW_PASSWORD = "CASEFILE_NEW_PASSWORD"  # noqa: S105


def handed(variable: str, question: str, *, secret: bool = True, twice: bool = False) -> str:
    """What the environment holds under *variable*; else ask the person; else say what is missing.

    Raises:
        Unavailable: Nobody is there to be asked.
    """
    found = os.environ.get(variable)
    if found is not None:
        return found
    if not sys.stdin.isatty():
        raise Unavailable(
            f"{question}: nobody is there to be asked.",
            kept="Nothing was done.",
            remedy=f"Set {variable} in the environment.",
        )
    return str(typer.prompt(question, hide_input=secret, confirmation_prompt=twice, err=True))


def unlock(folder: Path) -> OpenStore:
    """Open a store: with the passphrase of the environment, else the keychain, else by asking."""
    if PASSPHRASE in os.environ:
        return opening.open_with_passphrase(folder, os.environ[PASSPHRASE], remember=False)
    try:
        if found := opening.open_with_keychain(folder):
            return found
    except NoKey as error:
        if not sys.stdin.isatty():
            raise
        typer.echo(error.sentence, err=True)
    return opening.open_with_passphrase(folder, handed(PASSPHRASE, "Recovery passphrase"))


def sign_in(desk: Desk) -> None:
    """Sign the officer in whom the environment names, else ask who is there."""
    desk.sign_in(handed(OFFICER, "Officer", secret=False), handed(PASSWORD, "Password"))


@contextmanager
def unlocked(folder: Path) -> Generator[OpenStore]:
    """A store that is open while the block runs; nobody is signed in."""
    opened = unlock(folder)
    try:
        yield opened
    except BaseException:
        with suppress(CasefileError):  # what went wrong first is what is said
            opened.close()
        raise
    opened.close()


@contextmanager
def signed_in(folder: Path) -> Generator[OpenStore]:
    """A store that is open, with an officer signed in, while the block runs; or a copy, with its reader."""
    if copies.look(folder) is not None:
        away = copies.open_copy(folder, handed(PASSPHRASE, "The passphrase of the copy"))
        try:
            yield away
        finally:
            away.close()
        return
    with unlocked(folder) as opened:
        if not opened.has_officers():
            raise Refused("This store has no officer yet.", remedy="Make the first one with `casefile init`.")
        sign_in(opened.desk)
        yield opened
