"""The views there are: those that ship, then a force's own; each checked against the vocabulary before it is offered.

A view that does not load says why and keeps no other from loading. A force's view of the same key takes the place
of the one that ships.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import site_config_path, user_config_path
from pydantic import ValidationError

from casefile.ask.checks import faults
from casefile.ask.gathered import facts_of
from casefile.ask.shape import Clause, View
from casefile.ask.vocabulary import SUBJECTS
from casefile.errors import Missing
from casefile.standards import Library

APPLICATION = "casefile"
OWN = "CASEFILE_VIEWS"
"""Names a folder with the views of a force, on a network perhaps."""
SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "views"
"""The views that ship with the app."""
MOST_BYTES = 100_000
"""A file of a view that is larger is none."""
_SAID = {"missing": "it is missing", "extra_forbidden": "nothing of that name can be said"}
"""What the library says of a shape, in words of ours."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A view that does not load: the name of its file, and why in a sentence."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Views:
    """The views there are, in the order of their files, and those that do not load."""

    ready: tuple[View, ...] = field(default=())
    broken: tuple[Broken, ...] = field(default=())

    def called(self, key: str) -> View:
        """The view of that key.

        Raises:
            Missing: There is none, or it does not load.
        """
        for one in self.ready:
            if one.key == key:
                return one
        file = key.replace("_", "-")
        why = next((one.why for one in self.broken if one.name.removesuffix(".toml").endswith(file)), "")
        raise Missing(
            f"There is no view called {key}. {why}".strip(), remedy="List them to see what can be asked."
        )


def folders() -> tuple[Path, ...]:
    """Where a force and an officer keep views of their own: of the force, of this computer, then of this person."""
    named = os.environ.get(OWN)
    return (
        *((Path(named),) if named else ()),
        site_config_path(APPLICATION, appauthor=False) / "views",
        user_config_path(APPLICATION, appauthor=False) / "views",
    )


def load_views(standards: Library, own: Sequence[Path] | None = None) -> Views:
    """Read every view: those that ship, and those of the force's folders; a folder that is not there holds none."""
    held: dict[str, View] = {}
    broken: list[Broken] = []
    for folder in (SHIPPED, *(folders() if own is None else own)):
        here: set[str] = set()
        for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
            try:
                view = _read(path, standards)
                if view.key in here:
                    raise ValueError(f"another file of this folder already has the key {view.key}.")
            except ValueError as error:
                broken.append(Broken(path.name, f"{path.name}: {error}"))
                continue
            here.add(view.key)
            held[view.key] = view
    return Views(tuple(held.values()), tuple(broken))


def _read(path: Path, standards: Library) -> View:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ValueError(f"it is larger than {MOST_BYTES:,} bytes.")
        view = View.model_validate(tomllib.loads(path.read_bytes().decode("utf-8-sig")))
    except OSError as error:
        raise ValueError(f"it cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        raise ValueError(f"it is not a text file in UTF-8 (byte {error.start}).") from None
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"it is no TOML: {error}.") from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = " ".join(str(part + 1) if isinstance(part, int) else str(part) for part in first["loc"])
        words = _SAID.get(first["type"]) or first["msg"].removeprefix("Value error, ")
        raise ValueError(f"{place}: {words}." if place else f"{words}.") from None
    if fault := next(faults(view, standards), None):
        raise ValueError(fault)
    return view


def undated(view: View) -> tuple[str, ...]:
    """What keeps the view from being asked as of a past day: titles of facts that are known for today only."""
    facts = facts_of(view)
    asked = [fact for clause in view.where for fact in _named(clause)]
    asked += [one.fact for one in view.column] + [one.removeprefix("-") for one in view.order]
    found = [facts[one].title for one in dict.fromkeys(asked) if not facts[one].dated]
    subject = SUBJECTS[view.of]
    return tuple(found) if subject.dated else (subject.many.capitalize(),)


def _named(clause: Clause) -> Iterator[str]:
    if clause.fact:
        yield clause.fact
    for one in clause.any:
        yield from _named(one)
