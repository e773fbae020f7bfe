"""What is given on a command line, and how it is read: identities, files of JSON, the usual options."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from casefile.errors import Invalid, Unavailable

AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
Entry = Annotated[
    str, typer.Argument(help="Identity of the entry (`thread_id` in `show REF --json`, `key` in an export).")
]


def identity(text: str) -> UUID:
    """An identity as given on a command line.

    Raises:
        Invalid: It is none.
    """
    try:
        return UUID(text)
    except ValueError:
        raise Invalid(f"“{text}” is no identity of an entry.", kept="Nothing was done.") from None


def json_object(path: Path) -> dict[str, Any]:
    """The fields that a JSON file gives."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise Unavailable(f"{path} cannot be read: {error.strerror}.", kept="Nothing was done.") from error
    except ValueError as error:
        raise Invalid(f"{path} is no JSON: {error}.", kept="Nothing was done.") from error
    if not isinstance(found, dict):
        raise Invalid(f"{path} holds no object with the fields.", kept="Nothing was done.")
    return found  # pyright: ignore[reportUnknownVariableType]
