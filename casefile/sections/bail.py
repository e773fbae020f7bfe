"""Bail and release under investigation: conditions, expiry and what they mean for the child."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped

from casefile.record.described import FieldKind, field
from casefile.record.facts import EntryFact
from casefile.record.owed import Opens
from casefile.sections.base import Section, Words

PRE_CHARGE = ("pre_charge", "pre_charge_complex")


def _lives(entry: EntryFact) -> bool:
    return not entry.get("ended_how")


class Bail(Section, key="bail", divider="bail", title="Bail"):
    """A suspect's bail, or release under investigation: who may not go where until when, and is the child safe.

    What limits it is the law in force on the day it began (Police and Criminal Evidence Act 1984, as amended in 2017
    and 2022). An amendment shows extensions, breaches and the end.
    """

    happened_label: ClassVar[str] = "Began on"

    suspect: Mapped[str | None] = field("Suspect", needed=True)
    kind: Mapped[str | None] = field("Kind", codes="bail_type", needed=True)
    conditions: Mapped[list[str] | None] = field("Conditions", codes="bail_condition", asked=True)
    conditions_words: Mapped[str | None] = field("Conditions in full", kind=FieldKind.PROSE)
    authorised_by: Mapped[str | None] = field("Authorised by", codes="bail_authority", asked=True)
    expires_on: Mapped[date | None] = field("Expires on", asked=True)
    shared_on: Mapped[date | None] = field("Conditions shared with social care on", asked=True)
    breaches: Mapped[str | None] = field("Breaches", kind=FieldKind.PROSE)
    safety: Mapped[str | None] = field(
        "What it means for the child’s safety", kind=FieldKind.PROSE, needed=True
    )
    ended_how: Mapped[str | None] = field("How it ended", codes="bail_outcome")
    ended_on: Mapped[date | None] = field("Ended on")

    opens: ClassVar[tuple[Opens, ...]] = (
        Opens(
            "BAIL-22-CUSTODY",
            when=lambda e: _lives(e) and e.get("kind") in PRE_CHARGE,
            due_on=lambda e: e.get("expires_on"),
            title="Bail expires: extend, charge or release",
        ),
        Opens("RUI", when=lambda e: _lives(e) and e.get("kind") == "rui"),
    )

    @classmethod
    def line(cls, entry: EntryFact, words: Words) -> str:
        """Who, which kind, and how it ended."""
        ended = words("bail_outcome", entry.get("ended_how") or "")
        kind = words("bail_type", entry.get("kind") or "") or "Bail"
        return f"{entry.get('suspect') or 'A suspect'}: {kind}{f', {ended.lower()}' if ended else ''}"

    @classmethod
    def faults(cls, values: Mapping[str, Any]) -> Mapping[str, str]:
        """Bail cannot end or expire before it began."""
        began = values.get("happened_on")
        return {
            key: "This cannot be before the bail began."
            for key in ("expires_on", "ended_on")
            if began and values.get(key) and values[key] < began
        }
