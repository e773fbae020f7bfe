"""When each child of a file was last seen, last seen alone and last seen by police, and what the child last said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casefile.alarms.sightings import Sighting, sighting
from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.record.persons import PersonView
from casefile.sections.file_facts import CHILDREN
from casefile.sections.rules_people import police_saw


@dataclass(frozen=True, slots=True)
class ChildSeen:
    """How long ago somebody laid eyes on a child; days are None where nothing says so.

    Attributes:
        last_on: By anybody.
        alone_on: By somebody who was alone with the child.
        police_on: By police.
        said: What the child last said, in its own words; "" where nothing was recorded.
        said_on: When.
    """

    person_id: UUID
    last_on: date | None
    alone_on: date | None
    police_on: date | None
    said: str
    said_on: date | None

    def lines(self) -> tuple[tuple[str, str], ...]:
        """Label and words, for window and paper."""
        days = (
            ("Last seen by police", self.police_on),
            ("Last seen alone", self.alone_on),
            ("Last seen by anybody", self.last_on),
        )
        told = tuple((label, long_date(day) if day else "Nothing says when") for label, day in days)
        if not self.said:
            return told
        when = f" ({long_date(self.said_on)})" if self.said_on else ""
        return (*told, ("The child said", f"{self.said}{when}"))


def children_seen(
    file_id: UUID, people: Iterable[PersonView], latest: Sequence[EntryFact]
) -> tuple[ChildSeen, ...]:
    """What the latest versions of a file's entries say of each child that is born."""
    born = [one.id for one in people if CHILDREN & set(one.roles(file_id)) and not one.unborn]
    if not born:
        return ()
    seen = [found for entry in latest if (found := sighting(entry)) is not None]
    heard = [one for one in latest if one.section == "contact" and one.get("child_said")]
    return tuple(_of(child, seen, heard) for child in born)


def _of(child: UUID, seen: Sequence[Sighting], heard: Sequence[EntryFact]) -> ChildSeen:
    sightings = [one for one in seen if _about(one.entry, child)]
    said = (one for one in heard if _about(one, child))
    last = max(said, key=lambda one: (one.happened_on or one.known_on, one.recorded_at), default=None)
    return ChildSeen(
        child,
        max((one.on for one in sightings), default=None),
        max((one.on for one in sightings if one.alone), default=None),
        max((one.on for one in sightings if police_saw(one.entry, child)), default=None),
        str(last.get("child_said")) if last else "",
        last.happened_on if last else None,
    )


def _about(entry: EntryFact, child: UUID) -> bool:
    """An entry that names nobody is about every child."""
    return not entry.concerns or child in entry.concerns
