"""Questions about the record that every opened file and every signature asks, under the same limits as any other.

What an officer may not see is left out here as everywhere (:mod:`casefile.access.visibility`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from casefile.access.visibility import LIMITS, counts, limited, reader_of
from casefile.store import lean


class Lean(lean.Lean):
    """A question that is asked again and again of classes, which the limits of a session know."""

    def rows(self, session: Session, **given: Any) -> Sequence[Any]:
        """What it finds of what the officer may see, as rows with names."""
        if counts(session):  # another schema, on a server
            return session.execute(self._statement, given).all()
        if limited(session):
            return self._rows(session, {**given, **reader_of(session)}, limited=True)
        return self._rows(session, given, limited=False)

    def _limited(self) -> Any:
        return self._statement.options(*LIMITS)
