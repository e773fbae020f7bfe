"""Core groups: the few who carry out the plan between conferences."""

from __future__ import annotations

from datetime import date, time

from sqlalchemy.orm import Mapped

from casefile.record.described import FieldKind, field, rows
from casefile.record.duties import Closes, Opens
from casefile.record.facts import EntryFact
from casefile.record.groups import Action, Attendee
from casefile.sections.base import Section, Words


def _next_on(entry: EntryFact) -> date | None:
    found: date | None = entry.get("next_on")
    return found


class CoreGroup(Section, key="core_group", divider="core_groups", title="Core group"):
    """A meeting of those who carry out the plan.

    The first is held within ten working days of the initial conference, later ones at least every
    month or as the group fixes itself (Working Together).
    """

    happened_label = "Held on"

    place: Mapped[str | None] = field("Where", prefill="last.place")
    chair: Mapped[str | None] = field("Led by", prefill="last.chair")
    police_attendance: Mapped[str | None] = field("Did police attend?", codes="police_attendance", asked=True)
    progress: Mapped[str | None] = field("Progress of the plan", codes="core_group_progress", asked=True)
    child_seen: Mapped[str | None] = field("Child seen since the last?", codes="child_seen")
    discussed: Mapped[str | None] = field("What was said and decided", kind=FieldKind.PROSE, asked=True)
    next_on: Mapped[date | None] = field("Next fixed for", dated=True)
    next_at: Mapped[time | None] = field("At", help="Time of day of the next one, if it is fixed.")

    attendees = rows("Who attended", Attendee, asked=True, prefill="invited")
    actions = rows("Actions", Action)

    opens = (Opens("CG-n", due_on=_next_on, from_known=True),)
    closes = (Closes(("CG-1", "CG-n", "RCPC-B", "RCPC-B-UNFIT")),)

    @classmethod
    def line(cls, entry: EntryFact, words: Words) -> str:
        """The progress it found."""
        progress = words("core_group_progress", entry.get("progress") or "")
        return f"Core group: progress {progress.lower()}" if progress else "Core group"
