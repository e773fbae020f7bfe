"""The contact log: visits, calls and visits that failed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped

from casefile.record.described import FieldKind, field
from casefile.record.duties import Closes, Opens
from casefile.record.facts import EntryFact
from casefile.sections.base import Section, Weight, Words
from casefile.sections.plan import PLAN_MADE_BY, under_plan
from casefile.sections.strategy import TELLS_OF_HARM, first_told

SEEN = ("alone", "with_others", "seen_not_spoken")
"""Codes of ``child_seen`` that mean that somebody laid eyes on the child."""


NOBODY_THERE = ("visit_failed", "telephone", "text", "email", "letter")
"""Kinds of contact at which nobody of the household stood before an officer."""


def _seen(entry: EntryFact) -> bool:
    return entry.get("child_seen") in SEEN


def _seen_by_social_worker(entry: EntryFact) -> bool:
    return _seen(entry) and entry.get("agency") == "social_care"


class Contact(Section, key="contact", divider="contacts", title="Contact"):
    """A visit, call or other contact with the family: was the child seen, alone, and who was there.

    An officer does not rely on another adult's presence as protection; what the child said stands in its own words.
    """

    happened_label: ClassVar[str] = "When"

    kind: Mapped[str | None] = field("Kind", codes="contact_kind", needed=True)
    agency: Mapped[str | None] = field(
        "Agency", codes="agency", help="Whose visit or call it was; police if left out."
    )
    by_whom: Mapped[str | None] = field("By whom", needed=True, prefill="officer")
    place: Mapped[str | None] = field("Where")
    child_seen: Mapped[str | None] = field("Child seen", codes="child_seen", needed=True)
    bedroom_seen: Mapped[bool | None] = field("Bedroom seen")
    injury: Mapped[bool | None] = field(
        "Injury seen", help="Photographs are due within hours of it being noted."
    )
    out_of_sight: Mapped[list[str] | None] = field("What took the child out of sight", codes="out_of_sight")
    child_said: Mapped[str | None] = field("What the child said, in its own words", kind=FieldKind.PROSE)
    retracted: Mapped[bool | None] = field("Somebody took back what they had said")
    discharged: Mapped[bool | None] = field("Child discharged from hospital")
    discharge_agreed: Mapped[bool | None] = field(
        "Police and social care agreed to the discharge", help="No child leaves while a concern remains."
    )
    present: Mapped[str | None] = field("Who was there", asked=True)
    failed_why: Mapped[str | None] = field(
        "Why it failed", codes="failed_visit_reason", help="Needed of a visit that failed."
    )
    cooperation: Mapped[str | None] = field("How the family worked with us", codes="cooperation")
    compliance: Mapped[list[str] | None] = field(
        "Signs of disguised compliance", codes="disguised_compliance"
    )
    note: Mapped[str | None] = field("What was seen and said", kind=FieldKind.PROSE, needed=True)

    opens: ClassVar[tuple[Opens, ...]] = (
        Opens(
            "PHOTO-1",
            when=lambda e: bool(e.get("injury")),
            from_known=True,
        ),
        Opens("VIS-1", when=_seen_by_social_worker, in_file=under_plan, looks_at=PLAN_MADE_BY),
        Opens("VIS-3-SW", when=_seen_by_social_worker, in_file=under_plan, looks_at=PLAN_MADE_BY),
        Opens("VIS-3-ANY", when=_seen, in_file=under_plan, looks_at=PLAN_MADE_BY),
        Opens(
            "STR-1",
            when=lambda e: bool(e.get("injury")),
            if_fresh=True,
            in_file=first_told,
            looks_at=TELLS_OF_HARM,
        ),
    )
    closes: ClassVar[tuple[Closes, ...]] = (
        Closes(("VIS-1", "VIS-3-SW"), when=_seen_by_social_worker),
        Closes(("VIS-3-ANY",), when=_seen),
    )

    @classmethod
    def weight(cls, entry: EntryFact) -> Weight:
        """An injury, refused access and words taken back endanger; a failed visit and a child out of sight are significant."""
        if entry.get("injury") or entry.get("child_seen") == "refused" or entry.get("retracted"):
            return "danger"
        return "significant" if entry.get("out_of_sight") or entry.get("kind") == "visit_failed" else ""

    @classmethod
    def line(cls, entry: EntryFact, words: Words) -> str:
        """The kind, and whether the child was seen."""
        kind = words("contact_kind", entry.get("kind") or "") or "Contact"
        seen = words("child_seen", entry.get("child_seen") or "")
        return f"{kind}: {seen[:1].lower()}{seen[1:]}" if seen else kind

    @classmethod
    def excused(cls, entry: EntryFact) -> frozenset[str]:
        """Nobody else is there when a door stays shut or a letter is sent."""
        return frozenset({"present"}) if entry.get("kind") in NOBODY_THERE else frozenset()

    @classmethod
    def faults(cls, values: Mapping[str, Any]) -> Mapping[str, str]:
        """A failed visit says why."""
        if values.get("kind") == "visit_failed" and not values.get("failed_why"):
            return {"failed_why": "Say why the visit failed."}
        return {}
