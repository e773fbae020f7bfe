"""An entry as rules, screens and paper see it: plain, frozen, with its values by field key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, TypeVar
from uuid import UUID

T = TypeVar("T")
_COMMON = frozenset({"happened_on", "happened_at", "known_on", "concerns"})


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a source stated that cannot be taken as it stands.

    Attributes:
        stated: The source's own words, e.g. ``29 February 2009``.
        why: Why it is doubtful, in a sentence.
    """

    stated: str
    why: str


@dataclass(frozen=True, slots=True)
class EntryFact:
    """One signed version of an entry.

    Attributes:
        section: Key of its section.
        version, versions: This version's number, and how many the thread has.
        happened_on, happened_at: When it happened (local date and time of day).
        known_on: When police knew it: rules that replay a day use only what was known by then.
        author: Name of who signed it, as shown.
        reason: Why it amends the version before; None for the first.
        origin: The source it was imported from, or None.
        summary: The entry in one line.
        values: Typed values by field key (dates, codes, text, numbers, identities as UUID).
        groups: Rows of its repeated groups by group key, each a mapping like ``values``.
        doubts: By field key.
        concerns: The people it is about.
        digest: SHA-256 over the signed content.
    """

    id: UUID
    file_id: UUID
    thread_id: UUID
    section: str
    version: int
    versions: int
    happened_on: date | None
    happened_at: time | None
    known_on: date
    recorded_at: datetime
    author_id: UUID
    author: str
    reason: str | None
    marking: str
    origin: str | None
    summary: str
    values: Mapping[str, Any] = field(default_factory=dict[str, Any])
    groups: Mapping[str, tuple[Mapping[str, Any], ...]] = field(
        default_factory=dict[str, tuple[Mapping[str, Any], ...]]
    )
    doubts: Mapping[str, Doubt] = field(default_factory=dict[str, Doubt])
    concerns: tuple[UUID, ...] = ()
    digest: str = ""

    def get(self, key: str) -> Any:
        """The value of a field, or None: also for the common ones (``happened_on`` …)."""
        return getattr(self, key) if key in _COMMON else self.values.get(key)

    def rows(self, key: str) -> tuple[Mapping[str, Any], ...]:
        """The rows of a repeated group; empty if it has none."""
        return self.groups.get(key, ())


class Held(tuple[EntryFact, ...]):  # noqa: SLOT001 (what was looked for is kept)
    """Entries that are asked for by section again and again: each section is looked for once."""

    def of(self, *sections: str) -> tuple[EntryFact, ...]:
        """The entries of these sections, in the same order."""
        found: dict[tuple[str, ...], tuple[EntryFact, ...]] = self.__dict__.setdefault("_sections", {})
        if sections not in found:
            found[sections] = tuple(one for one in self if one.section in sections)
        return found[sections]

    def once(self, key: str, make: Callable[[Held], T]) -> T:
        """What *make* gathers from these entries, gathered once."""
        found: dict[str, Any] = self.__dict__.setdefault("_gathered", {})
        if key not in found:
            found[key] = make(self)
        return found[key]
