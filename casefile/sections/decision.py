"""The decision log: what was decided, on what was known, and why."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy.orm import Mapped

from casefile.record.described import FieldKind, field
from casefile.record.facts import EntryFact
from casefile.sections.base import Section, Words


class Decision(Section, key="decision", divider="decisions", title="Decision"):
    """One decision in the policy log: put right only by a new version, never by erasing.

    The headings of the national decision model are offered: information, threat and risk, powers and policy,
    options, action.
    """

    happened_label: ClassVar[str] = "Decided on"
    numbered: ClassVar[bool] = True

    kind: Mapped[str | None] = field("About", codes="decision_kind", needed=True)
    decision: Mapped[str | None] = field("Decision", kind=FieldKind.PROSE, needed=True)
    decided_by: Mapped[str | None] = field("Decided by", needed=True, prefill="officer")
    rank: Mapped[str | None] = field("Rank", codes="police_rank", asked=True)
    decision_model: Mapped[str | None] = field("Decision model", codes="decision_model")
    information: Mapped[str | None] = field("What was known", kind=FieldKind.PROSE, needed=True)
    threat: Mapped[str | None] = field("Threat and risk", kind=FieldKind.PROSE)
    powers: Mapped[str | None] = field("Powers and policy", kind=FieldKind.PROSE)
    options: Mapped[str | None] = field("Options considered", kind=FieldKind.PROSE, asked=True)
    rationale: Mapped[str | None] = field("Reasons", kind=FieldKind.PROSE, needed=True)

    @classmethod
    def line(cls, entry: EntryFact, words: Words) -> str:
        """What it was about, and the first words of the decision."""
        about = words("decision_kind", entry.get("kind") or "") or "Decision"
        said = " ".join(str(entry.get("decision") or "").split())
        return f"{about}: {said[:90]}{'…' if len(said) > 90 else ''}"
