"""Legal: advice asked for by the local authority, orders and proceedings."""

from __future__ import annotations

from datetime import date, time
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casefile.record.described import FieldKind, field
from casefile.record.duties import Closes, Opens, When, stated
from casefile.record.facts import EntryFact
from casefile.sections.base import Section, Weight, Words


def _ordered(order: str) -> When:
    """Entries that record one kind of order."""

    def when(entry: EntryFact) -> bool:
        return entry.get("court_order") == order

    return when


_PLACED = ("ico", "care", "supervision", "iso")
"""Orders that take the place of an emergency protection or child assessment order."""
_LOOKED_AFTER = ("C1", "C2", "V2")
"""Legal status of a child that a care order, or an agreement, keeps where it is."""


def _advice_on(entry: EntryFact) -> date | None:
    """The day advice was given; of advice told without its day, the day police knew of it."""
    stated_on: date | None = entry.get("advice_on")
    told = entry.get("advice") not in (None, "awaited")
    return stated_on or (entry.known_on if told else None)


def _asked_on(entry: EntryFact) -> date | None:
    """The day advice was asked for; of advice that is awaited, the day it is said to be."""
    asked: date | None = entry.get("advice_asked_on")
    return asked or (entry.happened_on if entry.get("advice") == "awaited" else None)


def places(entry: EntryFact) -> bool:
    """Whether a court has placed the child, or somebody who may has agreed where it lives."""
    order, status = entry.get("court_order"), entry.get("legal_status")
    return order in (*_PLACED, "epo") or status in (*_LOOKED_AFTER, "L2")


def _replaces(entry: EntryFact) -> bool:
    """Whether an order or an agreement takes the place of an emergency or assessment order."""
    return (
        entry.get("court_order") in _PLACED
        or entry.get("legal_status") in _LOOKED_AFTER
        or entry.get("proceedings") == "interim"
    )


class Legal(Section, key="legal", divider="legal", title="Legal"):
    """Where the law stands for the children: legal advice, orders made, proceedings and their next date.

    Advice of the local authority's lawyers has a clock from the day it was asked for.
    """

    happened_label: ClassVar[str] = "On"

    legal_status: Mapped[str | None] = field(
        "Legal status of the child", codes="legal_status", asked=True, prefill="last.legal_status"
    )
    advice_asked_on: Mapped[date | None] = field("Advice asked for on")
    advice_on: Mapped[date | None] = field("Advice given on")
    advice: Mapped[str | None] = field("Advice", codes="legal_advice_outcome")
    court_order: Mapped[str | None] = field("Order", codes="court_order")
    court: Mapped[str | None] = field("Court", codes="court_kind", prefill="last.court")
    case_number: Mapped[str | None] = field("Court’s case number", prefill="last.case_number")
    until_on: Mapped[date | None] = field("Order runs until", dated=True)
    proceedings: Mapped[str | None] = field("Proceedings", codes="proceedings_state")
    next_hearing_on: Mapped[date | None] = field("Next hearing", dated=True)
    next_hearing_at: Mapped[time | None] = field(
        "At", help="Time of day of the next hearing, if it is known."
    )
    detail: Mapped[str | None] = field("What it means", kind=FieldKind.PROSE, needed=True)

    opens: ClassVar[tuple[Opens, ...]] = (
        Opens("LEG-1", counted_from=_asked_on, done_on=_advice_on, even_if_past=True),
        Opens(
            "EPO",
            when=_ordered("epo"),
            due_on=stated("until_on"),
            title="Emergency protection order runs out",
        ),
        Opens(
            "CAO", when=_ordered("cao"), due_on=stated("until_on"), title="Child assessment order runs out"
        ),
        Opens("PRE", when=lambda e: e.get("proceedings") == "pre_proceedings"),
        Opens("CARE", when=lambda e: e.get("proceedings") == "issued"),
        Opens(
            "HEARING",
            when=lambda e: bool(e.get("next_hearing_on")),
            owed_by="police",
            due_on=stated("next_hearing_on"),
            even_if_past=True,
            title="Court hearing",
        ),
    )
    closes: ClassVar[tuple[Closes, ...]] = (
        Closes(("LEG-1",), done_on=_advice_on),
        Closes(("HEARING",), which="oldest"),
        Closes(("PRE",), when=lambda e: e.get("proceedings") in ("issued", "withdrawn", "none")),
        Closes(("CARE",), when=lambda e: e.get("proceedings") in ("final", "withdrawn", "dismissed")),
        Closes(("LEG-3",), when=lambda e: bool(e.get("advice_asked_on")) or bool(e.get("proceedings"))),
        Closes(("EPO",), when=_ordered("epo")),
        Closes(("CAO",), when=lambda e: e.get("court_order") in ("cao", "epo")),
        Closes(("EPO", "CAO"), when=_replaces),
    )

    @classmethod
    def missing(cls, entry: EntryFact, as_of: date) -> tuple[str, ...]:
        """An order says which court made it; proceedings say when they go on."""
        found: list[str] = []
        if entry.get("court_order") and not entry.get("court"):
            found.append("which court made the order")
        if entry.get("proceedings") in ("issued", "interim") and not entry.get("next_hearing_on"):
            found.append("the next hearing")
        return tuple(found)

    @classmethod
    def weight(cls, entry: EntryFact) -> Weight:
        """Orders and proceedings are significant."""
        return "significant" if entry.get("court_order") or entry.get("proceedings") else ""

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
