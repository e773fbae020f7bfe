"""What the command line says, to people and to programs, and the exit codes."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from enum import Enum, IntEnum
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import typer

from casefile.errors import (
    Bug,
    Cancelled,
    CasefileError,
    Conflict,
    Damaged,
    Invalid,
    Missing,
    Refused,
    Unavailable,
)
from casefile.record.dates import EARLIEST, LATEST


class Code(IntEnum):
    """How a command ended."""

    DONE = 0
    FOUND = 1
    USAGE = 2
    REFUSED = 3
    INVALID = 4
    MISSING = 5
    CONFLICT = 6
    UNAVAILABLE = 7
    DAMAGED = 8
    CANCELLED = 9
    BUG = 70


CODES = {
    Code.DONE: "done",
    Code.FOUND: "done, and something is wrong with what was looked at",
    Code.USAGE: "the command was not understood",
    Code.REFUSED: "no right, or a wrong password or passphrase",
    Code.INVALID: "what was given cannot stand",
    Code.MISSING: "there is no such thing",
    Code.CONFLICT: "somebody else was first",
    Code.UNAVAILABLE: "a disk, keychain, library or server is not there",
    Code.DAMAGED: "a store or a file is not what it should be",
    Code.CANCELLED: "stopped by a person",
    Code.BUG: "a fault of ours",
}
_ERRORS: dict[type[CasefileError], Code] = {
    Refused: Code.REFUSED,
    Invalid: Code.INVALID,
    Missing: Code.MISSING,
    Conflict: Code.CONFLICT,
    Unavailable: Code.UNAVAILABLE,
    Damaged: Code.DAMAGED,
    Cancelled: Code.CANCELLED,
    Bug: Code.BUG,
}


def apologise(error: CasefileError) -> int:
    """Say what happened, what was kept and what to do; the exit code that goes with it."""
    typer.echo(str(error), err=True)
    return next((code.value for kind, code in _ERRORS.items() if isinstance(error, kind)), Code.BUG.value)


def give(what: Any) -> None:
    """Print an answer for a program: JSON with two spaces, dates as ISO 8601."""
    typer.echo(json.dumps(plain(what), ensure_ascii=False, indent=2))


def plain(what: Any) -> Any:
    """The same with nothing but what JSON knows: dataclasses become objects, dates ISO 8601."""
    if dataclasses.is_dataclass(what) and not isinstance(what, type):
        return {one.name: plain(getattr(what, one.name)) for one in dataclasses.fields(what)}
    if isinstance(what, Mapping):
        named = cast("Mapping[Any, Any]", what)
        return {str(key): plain(value) for key, value in named.items()}
    if isinstance(what, Enum):
        return plain(what.value)
    if isinstance(what, date | datetime | time):
        return what.isoformat()
    if isinstance(what, UUID | Path):
        return str(what)
    if isinstance(what, list | tuple | set | frozenset):
        return [plain(one) for one in cast("Iterable[Any]", what)]
    return what


def british(day: date) -> str:
    """A date as people read it: 2 November 2026."""
    return f"{day.day} {day:%B %Y}"


class Counter:
    """Progress on the terminal: one line that is written over, and nothing when nobody watches."""

    def __init__(self) -> None:
        self._shows = sys.stderr.isatty()
        self._last = ""

    def step(self, done: int, of: int | None, what: str) -> None:
        """Show how far it is."""
        if self._shows:
            line = f"{what}: {done:,} of {of:,}" if of else f"{what}: {done:,}"
            typer.echo(f"\r{line.ljust(len(self._last))}", err=True, nl=done == of)
            self._last = line


def day_given(text: str) -> date:
    """A day as given on a command line.

    Raises:
        Invalid: It is no day.
    """
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise Invalid(f"“{text}” is no day. Write it as 2026-11-02.", kept="Nothing was read.") from None
    if not EARLIEST <= found.year <= LATEST:
        raise Invalid(f"The year {found.year} is out of range.", kept="Nothing was read.")
    return found
