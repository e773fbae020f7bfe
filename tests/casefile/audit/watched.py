"""An officer at work, and whoever keeps the store: who may look into its tables, and prove or forge its log."""

from __future__ import annotations

from dataclasses import dataclass

from casefile.audit.verify import Verdict
from casefile.desk import Desk
from casefile.store.engine import Store


@dataclass(frozen=True)
class Watched:
    """Both of them, on one store.

    Attributes:
        officer: The desk where an officer is signed in.
        keeper: A desk of whoever keeps the store; nobody is signed in.
    """

    officer: Desk
    keeper: Desk

    @property
    def store(self) -> Store:
        """The store as its keeper has it."""
        return self.keeper.store

    def verify_log(self) -> Verdict:
        """What the keeper finds of the log."""
        return self.keeper.verify_log()
