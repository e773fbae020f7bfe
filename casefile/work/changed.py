"""What a write touched, so that every open screen can decide for itself whether to refresh."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar
from uuid import UUID

from casefile.work.names import Kind

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Changed:
    """Kinds of record and case files that a write touched.

    Attributes:
        elsewhere: Whether it was written in another window or program: then nothing moves under whoever reads or types.
        unnamed: Whether restricted files were touched, which are not named to others.
        anywhere: Whether any file may have been touched, because what was told meanwhile was missed.
    """

    kinds: frozenset[Kind] = field(default_factory=frozenset[Kind])
    files: frozenset[UUID] = field(default_factory=frozenset[UUID])
    elsewhere: bool = False
    unnamed: bool = False
    anywhere: bool = False

    def concerns(self, *kinds: Kind, file_id: UUID | None = None, restricted: bool = False) -> bool:
        """Whether any of *kinds* changed, and (if given) in this file, which is *restricted* or not."""
        if not self.kinds & set(kinds):
            return False
        hidden = self.unnamed and (restricted or Kind.RESTRICTION in self.kinds)
        return file_id is None or file_id in self.files or self.anywhere or hidden

    def with_(self, other: Changed) -> Changed:
        """Both of two changes that were heard shortly after one another."""
        return Changed(
            self.kinds | other.kinds,
            self.files | other.files,
            self.elsewhere and other.elsewhere,
            self.unnamed or other.unnamed,
            self.anywhere or other.anywhere,
        )


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """The result of an action, and what it changed."""

    result: T
    changed: Changed
