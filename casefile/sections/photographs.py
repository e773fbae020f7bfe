"""Photographs of injuries and the body map."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped

from casefile.record.described import FieldKind, field, rows
from casefile.record.duties import Closes, Opens
from casefile.record.facts import EntryFact
from casefile.record.model import Row
from casefile.sections.base import Section, Weight, Words


class Injury(Row):
    """One injury on the body map."""

    __tablename__ = "row_injury"

    site: Mapped[str | None] = field("Where on the body", codes="body_site", needed=True)
    injury: Mapped[str | None] = field("What it is", codes="injury_kind", needed=True)
    size: Mapped[str | None] = field("Size, shape and colour")
    explanation: Mapped[str | None] = field("How it came about, and who says so", kind=FieldKind.PROSE)


def _agreed(entry: EntryFact) -> bool:
    """Not taken, with a reason, and a supervisor agreed; nothing to be seen needs no supervisor."""
    why = entry.get("not_taken_why")
    return (
        entry.get("taken") is False
        and bool(why)
        and (bool(entry.get("agreed_by")) or why == "no_visible_injury")
    )


def _unsettled(entry: EntryFact) -> bool:
    return entry.get("taken") is False and not _agreed(entry)


class Photographs(Section, key="photographs", divider="photographs", title="Photographs and body map"):
    """Whether a child's injury was photographed, by whom and where the pictures are; if not, why and who agreed.

    Due within 48 hours of the injury being noted, so that a sergeant is told before 72 have passed.
    """

    happened_label: ClassVar[str] = "Injury noted on"

    taken: Mapped[bool | None] = field("Photographs taken", needed=True)
    taken_on: Mapped[date | None] = field("Taken on", help="Needed if photographs were taken.")
    photographer: Mapped[str | None] = field("Taken by", codes="photographer")
    scale: Mapped[bool | None] = field("With scale and colour chart")
    exhibit: Mapped[str | None] = field("Exhibit reference")
    kept_at: Mapped[str | None] = field("Where they are kept")
    again_on: Mapped[date | None] = field("To be repeated on")
    viewed_by: Mapped[str | None] = field(
        "Looked at by", help="Those who decide must see the pictures, not a description of them."
    )
    viewed_on: Mapped[date | None] = field("Looked at on")
    not_taken_why: Mapped[str | None] = field(
        "Why not taken", codes="photograph_reason", help="Needed if none were taken."
    )
    agreed_by: Mapped[str | None] = field("Supervisor who agreed")
    injuries = rows("Injuries", Injury, asked=True)

    opens: ClassVar[tuple[Opens, ...]] = (
        Opens("PHOTO-1", when=_unsettled, from_known=True),
        Opens(
            "PHOTO-AGAIN",
            when=lambda e: bool(e.get("again_on")),
            owed_by="police",
            due_on=lambda e: e.get("again_on"),
            title="Photograph the injury again",
        ),
    )
    closes: ClassVar[tuple[Closes, ...]] = (
        Closes(
            ("PHOTO-1", "PHOTO-2", "PHOTO-AGAIN"),
            when=lambda e: e.get("taken") is True,
            done_on=lambda e: e.get("taken_on") or e.happened_on,
            ahead=14,
        ),
        Closes(("PHOTO-1", "PHOTO-2"), when=_agreed, ahead=14),
    )

    @classmethod
    def weight(cls, entry: EntryFact) -> Weight:
        """An injury on the body map endangers."""
        return "danger" if entry.rows("injuries") else ""

    @classmethod
    def line(cls, entry: EntryFact, words: Words) -> str:
        """Taken, or why not."""
        if entry.get("taken"):
            return f"Injury photographed, {len(entry.rows('injuries'))} on the body map"
        why = words("photograph_reason", entry.get("not_taken_why") or "")
        return f"Injury not photographed: {why or 'no reason given'}"

    @classmethod
    def excused(cls, entry: EntryFact) -> frozenset[str]:
        """No body map of an injury that nobody can see."""
        unseen = entry.get("taken") is False and entry.get("not_taken_why") == "no_visible_injury"
        return frozenset({"injuries"}) if unseen else frozenset()

    @classmethod
    def missing(cls, entry: EntryFact, as_of: date) -> tuple[str, ...]:
        """Of pictures taken: by whom, scale, exhibit, where they are. Of none: the supervisor who agreed."""
        if entry.get("taken") is False:
            return () if _agreed(entry) else ("the supervisor who agreed that none were taken",)
        wanted = {
            "photographer": "who took them",
            "scale": "scale and colour chart",
            "exhibit": "the exhibit reference",
            "kept_at": "where they are kept",
        }
        return tuple(words for key, words in wanted.items() if not entry.get(key))

    @classmethod
    def faults(cls, values: Mapping[str, Any]) -> Mapping[str, str]:
        """Taken needs its day; not taken needs its reason."""
        if values.get("taken") is True and not values.get("taken_on"):
            return {"taken_on": "Say when the photographs were taken."}
        if values.get("taken") is False and not values.get("not_taken_why"):
            return {"not_taken_why": "Say why no photographs were taken."}
        return {}
