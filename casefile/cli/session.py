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
from typing import Annotated

import typer

from casefile import copies, opening
from casefile.desk import Desk
from casefile.errors import CasefileError, Invalid, NoKey, Refused, Unavailable
from casefile.opening import Address, OpenServer, OpenStore

PASSPHRASE = "CASEFILE_PASSPHRASE"  # noqa: S105 (the name of a variable)
OFFICER = "CASEFILE_OFFICER"
PASSWORD = "CASEFILE_PASSWORD"  # noqa: S105
NEW_PASSWORD = "CASEFILE_NEW_PASSWORD"  # noqa: S105
ACCOUNT = "CASEFILE_ACCOUNT"
Store = Annotated[
    str,
    typer.Argument(
        help="The store: its folder, the address of the force's server (postgresql://…), or a saved connection."
    ),
]


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


def folder_of(store: str, instead: str) -> Path:
    """The folder that *store* means, for what only a store on this computer has.

    Args:
        store: As given on the command line.
        instead: What to do where the store is on a server.

    Raises:
        Invalid: It means a store on a server.
    """
    place = opening.place_of(store)
    if isinstance(place, Address):
        raise Invalid(
            f"That is a store on a server, and this is for a store on this computer. {instead}",
            kept="Nothing was done.",
        )
    return place


def unlock(store: str) -> OpenStore:
    """Open a store: with the passphrase of the environment, else the keychain, else by asking; a server's at once."""
    place = opening.place_of(store)
    if isinstance(place, Address):
        return opening.open_server(place)
    if PASSPHRASE in os.environ:
        return opening.open_with_passphrase(place, os.environ[PASSPHRASE], remember=False)
    try:
        if found := opening.open_with_keychain(place):
            return found
    except NoKey as error:
        if not sys.stdin.isatty():
            raise
        typer.echo(error.sentence, err=True)
    return opening.open_with_passphrase(place, handed(PASSPHRASE, "Recovery passphrase"))


def sign_in(desk: Desk) -> None:
    """Sign the officer in whom the environment names, else ask who is there."""
    desk.sign_in(handed(OFFICER, "Officer", secret=False), handed(PASSWORD, "Password"))


def sign_in_to(opened: OpenStore) -> None:
    """Sign in to whatever store it is; to a server's also by the account of this computer, or from the keychain."""
    if not isinstance(opened, OpenServer):
        sign_in(opened.desk)
        return
    if os.environ.get(ACCOUNT) == "yes" or (opened.account and PASSWORD not in os.environ):
        opened.desk.sign_in(os.environ.get(OFFICER) or opened.officer, None)
    else:
        name = handed(OFFICER, "Officer", secret=False)
        kept = None if PASSWORD in os.environ else opened.kept_password(name)
        opened.desk.sign_in(name, kept or handed(PASSWORD, "Password"))
    for remark in filter(None, (opened.desk.clock_remark(), opened.notice)):
        typer.echo(remark, err=True)


@contextmanager
def unlocked(store: str) -> Generator[OpenStore]:
    """A store that is open while the block runs; nobody is signed in."""
    opened = unlock(store)
    if opened.notice:
        typer.echo(opened.notice, err=True)
    try:
        yield opened
    except BaseException:
        with suppress(CasefileError):  # what went wrong first is what is said
            opened.close()
        raise
    opened.close()


@contextmanager
def readable(store: str) -> Generator[OpenStore]:
    """A store that is open while the block runs, with an officer signed in where nothing can be read without."""
    with unlocked(store) as opened:
        if opened.asks_first:
            sign_in_to(opened)
        yield opened


@contextmanager
def signed_in(store: str) -> Generator[OpenStore]:
    """A store that is open, with an officer signed in, while the block runs; or a copy, with its reader."""
    if copies.look(Path(store)) is not None:
        away = copies.open_copy(Path(store), handed(PASSPHRASE, "The passphrase of the copy"))
        try:
            yield away
        finally:
            away.close()
        return
    with unlocked(store) as opened:
        if not opened.has_officers():
            raise Refused("This store has no officer yet.", remedy="Make the first one with `casefile init`.")
        sign_in_to(opened)
        yield opened
