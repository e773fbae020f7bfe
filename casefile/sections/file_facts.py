"""What the rules on completeness need to know of one file, as plain facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from uuid import UUID

from casefile.record.facts import EntryFact
from casefile.record.owed import Owed
from casefile.record.persons import PersonView
from casefile.sections import SECTIONS
from casefile.sections.plan import PROTECTION

CHILDREN = frozenset({"subject", "unborn", "sibling", "other_child"})
OUTSIDE = frozenset(
    {
        "social_worker",
        "conference_chair",
        "health_professional",
        "education_professional",
        "professional",
        "interpreter",
        "appropriate_adult",
    }
)
"""Roles of those who work with the family: nobody researches them or asks where they live."""


@dataclass(frozen=True, slots=True)
class MarkSaid:
    """What an officer said of a divider: that it applies or not, why, and when."""

    applies: bool
    reason: str
    officer: str
    on: date


@dataclass(frozen=True)
class FileFacts:
    """What the rules need to know of one file. Its entries are sorted out once: every divider asks for its own.

    Attributes:
        entries: The latest signed version of each entry, oldest first.
        officer, supervisor: Whether the file has one.
        endorsed: Versions that a supervisor endorsed.
        returned: Threads that a supervisor returned and nobody has answered.
    """

    file_id: UUID
    entries: tuple[EntryFact, ...]
    people: tuple[PersonView, ...]
    owed: tuple[Owed, ...]
    marks: Mapping[str, MarkSaid] = field(default_factory=dict[str, MarkSaid])
    officer: bool = False
    supervisor: bool = False
    risk_level: str | None = None
    documents: int = 0
    endorsed: frozenset[UUID] = frozenset()
    returned: frozenset[UUID] = frozenset()

    def last(self, section: str) -> EntryFact | None:
        """The latest entry of one section, or None."""
        found = self.of(section)
        return found[-1] if found else None

    def of(self, section: str) -> tuple[EntryFact, ...]:
        """The entries of one section, oldest first."""
        return self._sections.get(section, ())

    def behind(self, divider: str) -> tuple[EntryFact, ...]:
        """The entries behind one divider."""
        return self._dividers.get(divider, ())

    @cached_property
    def _sections(self) -> Mapping[str, tuple[EntryFact, ...]]:
        return _sorted_out(self.entries, lambda one: one.section)

    @cached_property
    def _dividers(self) -> Mapping[str, tuple[EntryFact, ...]]:
        return _sorted_out(self.entries, lambda one: SECTIONS[one.section].divider)

    def on_plan(self) -> EntryFact | None:
        """The child protection plan that stands, or None."""
        plan = self.last("plan")
        stands = plan is not None and plan.get("status") in PROTECTION and plan.get("ended_on") is None
        return plan if stands else None

    def closed(self) -> bool:
        """Whether police have closed the file and nothing opened it again."""
        said = [SECTIONS[one.section].front(one).get("state") for one in self.entries]
        return next((one for one in reversed(said) if one), "open") == "closed"

    def children(self) -> tuple[PersonView, ...]:
        """The children of the file, unborn ones too."""
        return tuple(one for one in self.people if CHILDREN & set(one.roles(self.file_id)))

    def adults(self) -> tuple[PersonView, ...]:
        """The adults of the family and others of concern; not professionals."""
        return tuple(
            one
            for one in self.people
            if one.roles(self.file_id)
            and not CHILDREN & set(one.roles(self.file_id))
            and not OUTSIDE & set(one.roles(self.file_id))
        )


def _sorted_out(
    entries: Iterable[EntryFact], by: Callable[[EntryFact], str]
) -> Mapping[str, tuple[EntryFact, ...]]:
    found: dict[str, list[EntryFact]] = {}
    for one in entries:
        found.setdefault(by(one), []).append(one)
    return {key: tuple(some) for key, some in found.items()}
