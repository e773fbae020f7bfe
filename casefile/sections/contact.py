"""The contact log: visits, calls and visits that failed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped

from casefile.record.described import FieldKind, field
from casefile.record.facts import EntryFact
from casefile.sections.base import Section, Words


class Contact(Section, key="contact", divider="contacts", title="Contact"):
    """A visit, call or other contact with the family: was the child seen, alone, and who was there.

    An officer does not rely on another adult's presence as protection; what the child said stands in its own words.
    """

    happened_label: ClassVar[str] = "When"

    kind: Mapped[str | None] = field("Kind", codes="contact_kind", needed=True)
    by_whom: Mapped[str | None] = field("By whom", needed=True, prefill="officer")
    place: Mapped[str | None] = field("Where")
    child_seen: Mapped[str | None] = field("Child seen", codes="child_seen", needed=True)
    child_said: Mapped[str | None] = field("What the child said, in its own words", kind=FieldKind.PROSE)
    present: Mapped[str | None] = field("Who was there", asked=True)
    failed_why: Mapped[str | None] = field("Why it failed", codes="failed_visit_reason")
    cooperation: Mapped[str | None] = field("How the family worked with us", codes="cooperation")
    note: Mapped[str | None] = field("What was seen and said", kind=FieldKind.PROSE, needed=True)

    @classmethod
    def line(cls, entry: EntryFact, words: Words) -> str:
        """The kind, and whether the child was seen."""
        kind = words("contact_kind", entry.get("kind") or "") or "Contact"
        seen = words("child_seen", entry.get("child_seen") or "")
        return f"{kind}: {seen[:1].lower()}{seen[1:]}" if seen else kind

    @classmethod
    def faults(cls, values: Mapping[str, Any]) -> Mapping[str, str]:
        """A failed visit says why."""
        if values.get("kind") == "visit_failed" and not values.get("failed_why"):
            return {"failed_why": "Say why the visit failed."}
        return {}
