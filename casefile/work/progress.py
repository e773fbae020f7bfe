"""How a long action says how far it is, and learns that somebody stopped it.

Free of Qt, so that the terminal shows it too.
"""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """What a long action is handed."""

    def step(self, done: int, of: int | None, what: str) -> None:
        """Say that *done* of *of* (None: not known) parts are done and what is in hand now.

        *what* holds no personal data. Raises :class:`casefile.errors.Cancelled` when the
        person has stopped the work: the action must let it pass through.
        """
        ...


class Quiet:
    """Progress that nobody watches and nobody stops."""

    def step(self, done: int, of: int | None, what: str) -> None:
        """Say nothing."""
