"""What finding people hands over: frozen rows, each with a score and in words why."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Standing:
    """A file a person stands in, that the officer may see.

    Attributes:
        roles: Codes of what they are to the file (list ``involvement_role``).
    """

    file_id: UUID
    reference: str
    family_name: str
    state: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be the person looked for.

    Attributes:
        score: From 0 to 100; candidates of one score stand in the order of their identity.
        why: Why they may be the same, sentences without a stop; empty where everything asked for is the same.
        name: As shown in the file first named.
        other_names: Their further names.
        born: Date of birth in words; "" if not known.
        address: Where they live or lived last; "" if not known.
        files: Where they stand, by reference.
    """

    person_id: UUID
    score: float
    why: tuple[str, ...]
    name: str
    other_names: tuple[str, ...]
    born: str
    address: str
    files: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found.

    Attributes:
        asked: What was looked for, as it was understood, in words.
        total: How many of those compared are like enough, also those that are not handed over.
        more: Whether there may be others, which asking for more hands over.
    """

    asked: str
    candidates: tuple[Candidate, ...]
    total: int
    more: bool = False

    @property
    def counted(self) -> str:
        """How many, in words."""
        return f"more than {self.total:,}" if self.more else f"{self.total:,}" if self.total else "nobody"
