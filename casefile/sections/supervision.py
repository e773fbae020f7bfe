"""Supervision notes: a supervisor looked at the file and directed what comes next."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casefile.record.described import FieldKind, field, rows
from casefile.record.duties import Closes, Opens, stated
from casefile.record.facts import EntryFact
from casefile.record.groups import Action
from casefile.sections.base import Section, Words
from casefile.work.names import Permission

RECORD = DIVIDER = "supervision"
"""Key of the record, and of the divider it stands behind."""


class Supervision(Section, key=RECORD, divider=DIVIDER, title="Supervision"):
    """A supervisor's review of the file: is the risk right, was the child seen and heard, does the plan deliver.

    Each direction has an owner and a date and becomes a task. The interval follows from the level of risk.
    """

    happened_label: ClassVar[str] = "Reviewed on"
    signs: ClassVar[Permission] = Permission.SIGN_SUPERVISION

    kind: Mapped[str | None] = field("Kind of review", codes="supervision_kind", needed=True)
    supervisor: Mapped[str | None] = field("Supervisor", needed=True, prefill="officer")
    rank: Mapped[str | None] = field("Rank", codes="police_rank", asked=True)
    risk_right: Mapped[bool | None] = field("The level of risk is right", needed=True)
    child_seen: Mapped[bool | None] = field("The child was seen and heard", asked=True)
    plan_delivered: Mapped[bool | None] = field("The plan is being delivered")
    moving: Mapped[bool | None] = field("The investigation is moving")
    challenge_needed: Mapped[bool | None] = field("A challenge to a partner is needed")
    note: Mapped[str | None] = field("Note", kind=FieldKind.PROSE, needed=True)
    directions = rows("Directions", Action)
    review_on: Mapped[date | None] = field("Next review by", needed=True)

    opens: ClassVar[tuple[Opens, ...]] = (
        Opens(
            "SUPERVISION",
            owed_by="police",
            due_on=stated("review_on"),
            even_if_past=True,
            title="Supervisor’s review",
        ),
    )
    closes: ClassVar[tuple[Closes, ...]] = (Closes(("SUPERVISION",)),)

    @classmethod
    def line(cls, entry: EntryFact, words: Words) -> str:
        """The kind of review, and how many directions."""
        kind = words("supervision_kind", entry.get("kind") or "") or "Supervision"
        count = len(entry.rows("directions"))
        return f"{kind}: {count} direction{'' if count == 1 else 's'}" if count else kind
