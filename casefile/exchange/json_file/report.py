"""What became of a case file that was brought in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class JsonReport:
    """What was brought in.

    Attributes:
        opened: Whether the store did not hold the file before.
        added: How many of each kind of record were added.
        held: How many the store held already.
        waiting: How many decisions on matches could not be taken over, for the store finds no such match that the
            officer may see.
    """

    name: str
    reference: str
    file_id: UUID
    opened: bool
    added: Mapping[str, int]
    held: int
    waiting: int = 0

    @property
    def sentence(self) -> str:
        """What happened, in a sentence; another one where something waits."""
        return f"{self._done} {self._waits}".strip()

    @property
    def _waits(self) -> str:
        if not self.waiting:
            return ""
        waits = "decision on a match waits" if self.waiting == 1 else "decisions on matches wait"
        return f"{self.waiting} {waits}: bring it in again when the other file is here."

    @property
    def _done(self) -> str:
        if not self.opened and not self.added:
            return f"{self.reference}: nothing new; the store held all of it."
        said = ", ".join(f"{count} {kind}" for kind, count in self.added.items()) or "nothing but its front"
        return f"{self.reference}: {'opened' if self.opened else 'added to'}, with {said}."

    def lines(self) -> tuple[str, ...]:
        """The report for a terminal."""
        return (self.sentence,)

    def as_json(self) -> str:
        """The report for a machine."""
        return json.dumps(
            {
                "name": self.name,
                "reference": self.reference,
                "file_id": str(self.file_id),
                "opened": self.opened,
                "added": dict(self.added),
                "held": self.held,
                "waiting": self.waiting,
            },
            ensure_ascii=False,
            indent=1,
        )
