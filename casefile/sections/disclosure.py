"""Information asked for, given and received: what, to whom, on which lawful basis."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casefile.record.described import FieldKind, field
from casefile.record.facts import EntryFact
from casefile.record.owed import Closes, Opens
from casefile.sections.base import Section, Words


class Disclosure(Section, key="disclosure", divider="sharing", title="Information shared"):
    """Information about the family that was asked for, given or received, with its lawful basis.

    Each print and export also leaves a row in the log by itself; this is what a person decides to share.
    """

    happened_label: ClassVar[str] = "Shared on"

    kind: Mapped[str | None] = field("Kind", codes="information_kind", needed=True)
    other_party: Mapped[str | None] = field("To or from whom", needed=True)
    agency: Mapped[str | None] = field("Agency", codes="agency", asked=True)
    what: Mapped[str | None] = field("What", kind=FieldKind.PROSE, needed=True)
    lawful_basis: Mapped[str | None] = field("Lawful basis", codes="lawful_basis", needed=True)
    form: Mapped[str | None] = field("How", codes="disclosure_form", asked=True)
    material: Mapped[str | None] = field("Kind of material", codes="material_kind")
    schedule: Mapped[str | None] = field("Reference in the disclosure schedules")
    answer_due: Mapped[date | None] = field("Answer due")

    opens: ClassVar[tuple[Opens, ...]] = (
        Opens(
            "ANSWER",
            when=lambda e: bool(e.get("answer_due")),
            owed_by="police",
            due_on=lambda e: e.get("answer_due"),
            title="Answer a request for information",
        ),
    )
    closes: ClassVar[tuple[Closes, ...]] = (
        Closes(("ANSWER",), when=lambda e: e.get("kind") == "disclosure_out", which="oldest"),
    )

    @classmethod
    def line(cls, entry: EntryFact, words: Words) -> str:
        """The kind, and with whom."""
        kind = words("information_kind", entry.get("kind") or "") or "Information shared"
        return f"{kind}: {entry.get('other_party') or 'nobody named'}"
