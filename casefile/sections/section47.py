"""The enquiry under section 47 of the Children Act 1989, from its start to its outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Mapped

from casefile.record.described import FieldKind, field
from casefile.record.duties import Ceases, Closes, Opens
from casefile.record.facts import EntryFact
from casefile.sections.base import Section, Weight, Words

_SHORTLY = timedelta(days=14)


def _no_conference(entry: EntryFact) -> bool:
    outcome = entry.get("outcome")
    return bool(entry.get("conference_not_needed")) or (outcome is not None and outcome != "conference")


def _conference_owed(entry: EntryFact) -> bool:
    """Opened here only when no strategy discussion of the file opens it already."""
    return entry.get("strategy_on") is None and not _no_conference(entry)


def _alone(entry: EntryFact) -> bool:
    """No strategy discussion of the file opened it already."""
    return entry.get("strategy_on") is None


def _begins_it(known: Sequence[EntryFact], entry: EntryFact) -> bool:
    """Whether no strategy discussion of the file began the enquiry shortly before, though the entry names none."""
    day = entry.happened_on
    return day is not None and not any(
        one.section == "strategy"
        and one.get("outcome") == "s47"
        and one.happened_on is not None
        and day - _SHORTLY <= one.happened_on <= day
        and (not one.concerns or not entry.concerns or not set(one.concerns).isdisjoint(entry.concerns))
        for one in known
    )


def _ended(entry: EntryFact) -> bool:
    return bool(entry.get("ended_on") or entry.get("outcome"))


def _ended_on(entry: EntryFact) -> date | None:
    return (entry.get("ended_on") or entry.known_on) if _ended(entry) else None


class Section47(Section, key="section47", divider="section47", title="Section 47 enquiry"):
    """Social care's duty to enquire whether a child suffers or may suffer significant harm.

    It begins with the strategy discussion; an initial conference, if one is needed, is due 15 working
    days after that (Working Together, every edition since 1999).
    """

    happened_label = "Began on"

    strategy_on: Mapped[date | None] = field(
        "Strategy discussion on file",
        help="Date of the strategy discussion that started it, if it stands in this file.",
        prefill="strategy.happened_on",
    )
    kind: Mapped[str | None] = field(
        "How it is made", codes="s47_kind", asked=True, prefill="strategy.s47_kind"
    )
    lead: Mapped[str | None] = field("Lead", help="Social worker and police officer.", asked=True)
    child_seen: Mapped[str | None] = field("Child seen?", codes="child_seen", asked=True)
    child_seen_on: Mapped[date | None] = field("Child seen on")
    child_said: Mapped[str | None] = field("What the child said", kind=FieldKind.PROSE)
    substantiated: Mapped[str | None] = field("Are the concerns borne out?", codes="s47_substantiated")
    outcome: Mapped[str | None] = field("Outcome", codes="s47_outcome", asked=True)
    ended_on: Mapped[date | None] = field("Ended on")
    conference_due_on: Mapped[date | None] = field("Conference target", help="As social care states it.")
    conference_not_needed: Mapped[bool | None] = field("No conference needed")
    police_view: Mapped[str | None] = field("Police view", kind=FieldKind.PROSE)

    opens = (
        Opens(
            "ICPC",
            when=_conference_owed,
            even_if_past=True,
            in_file=_begins_it,
            looks_at=("strategy",),
        ),
        Opens("S47-1", when=_alone, done_on=_ended_on, in_file=_begins_it, looks_at=("strategy",)),
    )
    closes = (Closes(("REF-1",)), Closes(("S47-1",), when=_ended, done_on=_ended_on))
    ceases = (Ceases(("ICPC",), when=_no_conference, from_on=_ended_on),)

    @classmethod
    def weight(cls, entry: EntryFact) -> Weight:
        """What the enquiry came to is significant."""
        return "significant" if entry.get("outcome") else ""

    @classmethod
    def line(cls, entry: EntryFact, words: Words) -> str:
        """Its outcome, or that it began."""
        outcome = words("s47_outcome", entry.get("outcome") or "")
        return (
            f"Section 47 enquiry: {outcome[0].lower()}{outcome[1:]}"
            if outcome
            else "Section 47 enquiry begun"
        )

    @classmethod
    def faults(cls, values: Mapping[str, Any]) -> Mapping[str, str]:
        """An end before the start."""
        began, ended = values.get("happened_on"), values.get("ended_on")
        return {"ended_on": "It cannot end before it began."} if began and ended and ended < began else {}
