"""The words of docket indexes: what columns may hold, and what stands in their cells (``resources/docket``)."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from casefile.errors import Damaged

FOLDER = Path(__file__).resolve().parents[3] / "resources" / "docket"
NOTE = "note"
"""Key of the target that keeps a column as it stands."""
_APART = re.compile(r"[\W_]+")
_LETTERS = re.compile(r"\b\w(?: \w\b)+")


@dataclass(frozen=True, slots=True)
class Target:
    """Something of the record that a column may hold.

    Attributes:
        key: As in a mapping file.
        label: As shown to people.
        about: What becomes of it, in a sentence.
        holds: How its cells are read: ``text``, ``date``, ``children``, ``adults``, ``officer``, ``sex`` …
        many: Whether several columns may hold it.
        headings: How teams have headed it, normalised.
    """

    key: str
    label: str
    about: str
    holds: str
    many: bool
    headings: tuple[str, ...]


def normal(text: str) -> str:
    """Text without capitals, accents and punctuation, for comparing: ``D.O.B.`` and ``d o b`` are the same."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _APART.sub(" ", "".join(one for one in plain if not unicodedata.combining(one))).strip()


def heading_key(text: str) -> str:
    """A heading for comparing: as :func:`normal`, and letters with stops are one word: ``D.O.B.`` is ``dob``."""
    return _LETTERS.sub(lambda one: one.group().replace(" ", ""), normal(text))


@cache
def targets() -> dict[str, Target]:
    """Every target by its key, in the order a person picks from.

    Raises:
        Damaged: The list that ships with Casefile cannot be read.
    """
    found: dict[str, Target] = {}
    for one in cast("list[dict[str, Any]]", _read("targets.toml")["target"]):
        headings = tuple(dict.fromkeys(heading_key(str(each)) for each in (one["label"], *one["headings"])))
        key = str(one["key"])
        found[key] = Target(
            key, str(one["label"]), str(one["about"]), str(one["holds"]), bool(one.get("many")), headings
        )
    return found


def target_named(text: str) -> Target | None:
    """The target of a key, or of a label as a person writes it; None if there is none."""
    wanted = normal(text)
    for one in targets().values():
        if text.strip() == one.key or wanted in (normal(one.key), normal(one.label)):
            return one
    return None


@cache
def _meanings(of: str) -> dict[str, str]:
    lists = cast("dict[str, list[str]]", _read("words.toml")[of])
    return {normal(word): code for code, words in lists.items() for word in words}


def meaning(of: str, text: str) -> str | None:
    """What a cell's words mean in one list (``sex``, ``status``, ``role`` …); None if they are not known."""
    return _meanings(of).get(normal(text))


def is_nothing(text: str) -> bool:
    """Whether the words say that nothing is known: ``N/K``, ``none``, ``-``, ``?``."""
    return not normal(text) or meaning("nothing", text) is not None


def _read(name: str) -> dict[str, Any]:
    try:
        return tomllib.loads((FOLDER / name).read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise Damaged(
            f"{name} that belongs to Casefile cannot be read: {error}.", remedy="Install Casefile again."
        ) from error
