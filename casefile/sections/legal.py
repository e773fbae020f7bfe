"""Legal: advice asked for by the local authority, orders and proceedings."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casefile.record.described import FieldKind, field
from casefile.record.facts import EntryFact
from casefile.record.owed import Closes, Opens
from casefile.sections.base import Section, Words


class Legal(Section, key="legal", divider="legal", title="Legal"):
    """Where the law stands for the children: legal advice, orders made, proceedings and their next date.

    Advice of the local authority's lawyers has a clock from the day it was asked for.
    """

    happened_label: ClassVar[str] = "On"

    legal_status: Mapped[str | None] = field("Legal status of the child", codes="legal_status", asked=True)
    advice_asked_on: Mapped[date | None] = field("Advice asked for on")
    advice_on: Mapped[date | None] = field("Advice given on")
    advice: Mapped[str | None] = field("Advice", codes="legal_advice_outcome")
    court_order: Mapped[str | None] = field("Order", codes="court_order")
    court: Mapped[str | None] = field("Court", codes="court_kind")
    case_number: Mapped[str | None] = field("Court’s case number")
    until_on: Mapped[date | None] = field("Order runs until")
    proceedings: Mapped[str | None] = field("Proceedings", codes="proceedings_state")
    next_hearing_on: Mapped[date | None] = field("Next hearing")
    detail: Mapped[str | None] = field("What it means", kind=FieldKind.PROSE, needed=True)

    opens: ClassVar[tuple[Opens, ...]] = (
        Opens(
            "LEG-1",
            when=lambda e: bool(e.get("advice_asked_on")) and not e.get("advice_on"),
            counted_from=lambda e: e.get("advice_asked_on"),
        ),
        Opens(
            "HEARING",
            when=lambda e: bool(e.get("next_hearing_on")),
            owed_by="police",
            due_on=lambda e: e.get("next_hearing_on"),
            title="Court hearing",
        ),
    )
    closes: ClassVar[tuple[Closes, ...]] = (
        Closes(("LEG-1",), when=lambda e: bool(e.get("advice_on")), done_on=lambda e: e.get("advice_on")),
        Closes(("HEARING",), which="oldest"),
    )

    @classmethod
    def line(cls, entry: EntryFact, words: Words) -> str:
        """The order, the advice or the state of proceedings."""
        for codes, key in (
            ("court_order", "court_order"),
            ("legal_advice_outcome", "advice"),
            ("proceedings_state", "proceedings"),
            ("legal_status", "legal_status"),
        ):
            if entry.get(key):
                return words(codes, entry.get(key))
        return "Legal"
