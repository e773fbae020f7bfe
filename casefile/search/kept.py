"""Searches that an officer keeps under a name, to ask them again."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, select

from casefile.errors import Fault, Invalid
from casefile.record.kept import SEARCH, KeptFilter
from casefile.work.door import action, query
from casefile.work.names import Kind, Logged, Permission
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
    _forget(work, called)
    said = {"line": wanted.line.strip(), "kinds": list(wanted.kinds), "older": wanted.older}
    work.session.add(KeptFilter(officer_id=work.officer_id, room=SEARCH, name=called, wanted=said))
    work.touch(Kind.SETTING)


@action(needs=Permission.READ_FILES, logs=Logged.NOT_PERSONAL)
def forget_search(work: Work, name: str) -> None:
    """Forget a kept search."""
    _forget(work, name)
    work.touch(Kind.SETTING)


@query(needs=Permission.READ_FILES, logs=Logged.NOT_PERSONAL)
def kept_searches(work: Work) -> tuple[KeptSearch, ...]:
    """List the searches one has kept, by name."""
    rows = work.session.scalars(select(KeptFilter).where(*_mine(work)).order_by(KeptFilter.name))
    return tuple(
        KeptSearch(one.name, one.wanted["line"], tuple(one.wanted["kinds"]), one.wanted["older"])
        for one in rows
    )


def _mine(work: Work) -> tuple[ColumnElement[bool], ...]:
    return KeptFilter.officer_id == work.officer_id, KeptFilter.room == SEARCH


def _forget(work: Work, name: str) -> None:
    work.session.execute(delete(KeptFilter).where(*_mine(work), KeptFilter.name == name))
