"""Questions about the record that every opened file and every signature asks, under the same limits as any other.

What an officer may not see is left out here as everywhere (:mod:`casefile.access.visibility`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Integer, bindparam, literal_column
from sqlalchemy.orm import Session

from casefile.access.visibility import LIMITS, counts, limited, reader_of
from casefile.store import lean


def of_page(name: str) -> ColumnElement[int]:
    """The parameter that says how many rows a page has, or where it begins.

    Added to nothing, because SQLite plans a statement anew each time it is given a bare number there.
    """
    return bindparam(name, type_=Integer()) + literal_column("0")


class Lean(lean.Lean):
    """A question that is asked again and again of classes, which the limits of a session know."""

    def rows(self, session: Session, **given: Any) -> Sequence[Any]:
        """What it finds of what the officer may see, as rows with names."""
        if counts(session):  # another schema, on a server
            return session.execute(self._statement, given).all()
        return super().rows(session, **given)

    def _limits(self, session: Session) -> Mapping[str, Any] | None:
        return reader_of(session) if limited(session) else None

    def _limited(self) -> Any:
        return self._statement.options(*LIMITS)
