"""What a write touched, so that every open screen can decide for itself whether to refresh."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar
from uuid import UUID

from casefile.work.names import Kind

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Changed:
    """Kinds of record and case files that a write touched."""

    kinds: frozenset[Kind] = field(default_factory=frozenset[Kind])
    files: frozenset[UUID] = field(default_factory=frozenset[UUID])

    def concerns(self, *kinds: Kind, file_id: UUID | None = None) -> bool:
        """Whether any of *kinds* changed, and (if given) in this file."""
        return bool(self.kinds & set(kinds)) and (file_id is None or file_id in self.files)


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """The result of an action, and what it changed."""

    result: T
    changed: Changed
