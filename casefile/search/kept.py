"""Searches that an officer keeps under a name, to ask them again."""

from __future__ import annotations

from dataclasses import dataclass

from casefile.errors import Fault, Invalid
from casefile.record.kept import SEARCH, forget, held, keep
from casefile.work.door import action, query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work


@dataclass(frozen=True, slots=True)
class KeptSearch:
    """A search and the name it was kept under.

    Attributes:
        line: As typed.
        kinds: Only these; none means all.
        older: Also versions that were amended.
    """

    name: str
    line: str
    kinds: tuple[str, ...] = ()
    older: bool = False


@action(needs=Permission.READ_FILES, logs=Logged.NOT_PERSONAL)
def keep_search(work: Work, wanted: KeptSearch) -> None:
    """Keep a search under a name; the same name again replaces it."""
    called = " ".join(wanted.name.split())
    faults = [] if called else [Fault("name", "Give the search a name.")]
    if not wanted.line.strip():
        faults.append(Fault("line", "There is nothing to keep: type what to search for."))
    if faults:
        raise Invalid(faults, kept="Nothing was kept.")
    said = {"line": wanted.line.strip(), "kinds": list(wanted.kinds), "older": wanted.older}
    keep(work, SEARCH, called, said)


@action(needs=Permission.READ_FILES, logs=Logged.NOT_PERSONAL)
def forget_search(work: Work, name: str) -> None:
    """Forget a kept search."""
    forget(work, SEARCH, name)


@query(needs=Permission.READ_FILES, logs=Logged.NOT_PERSONAL)
def kept_searches(work: Work) -> tuple[KeptSearch, ...]:
    """List the searches one has kept, by name."""
    return tuple(
        KeptSearch(one.name, one.wanted["line"], tuple(one.wanted["kinds"]), one.wanted["older"])
        for one in held(work, SEARCH)
    )
