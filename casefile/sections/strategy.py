"""The strategy discussion: police, social care, health and others decide together what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Mapped

from casefile.record.described import FieldKind, field, rows
from casefile.record.duties import Closes, Opens, on_the_day, stated
from casefile.record.facts import EntryFact
from casefile.record.groups import Action, Attendee
from casefile.sections.base import Section, Weight, Words

_TIMELY_FROM = 2020
HEALTH = {"health", "hospital", "gp", "health_visiting", "midwifery", "paediatrics", "mental_health"}
"""Codes of agencies that are health."""


def _medical_by(entry: EntryFact) -> str:
    """The medical standard of the day: twelve hours from 2010, the local process from 2020."""
    return "MED-0-SEEN" if entry.happened_on and entry.happened_on.year < _TIMELY_FROM else "MED-1"


def _starts_enquiry(entry: EntryFact) -> bool:
    return entry.get("outcome") == "s47"


HARM_DONE = ("nai", "consistent")
"""Opinions of a doctor that somebody harmed the child."""
TELLS_OF_HARM = ("referral", "strategy", "contact", "medical")
"""Sections whose entries may tell of an injury, or talk about it."""
_THE_SAME_HARM = timedelta(days=14)


def first_told(known: Sequence[EntryFact], entry: EntryFact) -> bool:
    """Whether an injury is told of first here: no referral, discussion, visit or doctor told of it in the days before."""
    day = entry.happened_on
    return day is not None and not any(
        one.happened_on is not None
        and one.thread_id != entry.thread_id
        and day - _THE_SAME_HARM <= one.happened_on <= day
        and _of_harm(one)
        and _before(one, entry)
        and (not one.concerns or not entry.concerns or not set(one.concerns).isdisjoint(entry.concerns))
        for one in known
    )


def _of_harm(entry: EntryFact) -> bool:
    if entry.section in ("referral", "strategy"):
        return entry.section == "strategy" or entry.get("direction") == "in"
    return bool(entry.get("injury")) if entry.section == "contact" else entry.get("opinion") in HARM_DONE


def _before(one: EntryFact, other: EntryFact) -> bool:
    """Of two entries of a day a referral or discussion comes first; of two that look at a child, one of them."""
    if one.happened_on != other.happened_on or one.section in ("referral", "strategy"):
        return True
    return (one.section, one.thread_id) < (other.section, other.thread_id)


class StrategyDiscussion(Section, key="strategy", divider="strategy", title="Strategy discussion"):
    """A discussion of at least police, social care and health on a child who may suffer significant harm.

    When it starts an enquiry under section 47 of the Children Act 1989, the initial conference is
    due 15 working days after it.
    """

    happened_label = "Held on"

    mode: Mapped[str | None] = field("How held", codes="strategy_mode", needed=True)
    place: Mapped[str | None] = field("Where")
    chair: Mapped[str | None] = field("Chaired by", asked=True)
    supervisor: Mapped[str | None] = field(
        "Police supervisor", help="Name and rank of who decided for police.", asked=True
    )
    shared: Mapped[str | None] = field("What was shared", kind=FieldKind.PROSE, asked=True)
    risk_now: Mapped[str | None] = field("Risk to the child now", kind=FieldKind.PROSE)
    outcome: Mapped[str | None] = field("Decision", codes="strategy_outcome", needed=True)
    s47_kind: Mapped[str | None] = field(
        "How the enquiry is made", codes="s47_kind", help="Needed if an enquiry under section 47 begins."
    )
    medical: Mapped[bool | None] = field("Medical agreed")
    child_seen_by: Mapped[str | None] = field("Who sees the child, and when", asked=True)
    conference_on: Mapped[date | None] = field("Initial conference fixed for", dated=True)
    criminal: Mapped[bool | None] = field("Criminal investigation")
    disagreement: Mapped[str | None] = field(
        "Disagreement", kind=FieldKind.PROSE, help="Who, why, and how it was settled."
    )
    decision_reasons: Mapped[str | None] = field("Reasons", kind=FieldKind.PROSE, asked=True)

    attendees = rows("Who took part", Attendee, asked=True, prefill="invited")
    actions = rows("Agreed actions", Action)

    opens = (
        Opens("ICPC", when=_starts_enquiry, even_if_past=True),
        Opens("S47-1", when=_starts_enquiry),
        Opens(
            "CONF-R1",
            when=lambda e: bool(e.get("conference_on")),
            counted_from=stated("conference_on"),
            opened_on=on_the_day,
        ),
        Opens(
            _medical_by,
            among=("MED-0-SEEN", "MED-1"),
            when=lambda e: bool(e.get("medical")),
            owed_by="health",
            if_fresh=True,
            title="Medical held",
        ),
    )
    closes = (Closes(("STR-1", "REF-1")),)

    @classmethod
    def weight(cls, entry: EntryFact) -> Weight:
        """The beginning of an enquiry is significant."""
        return "significant" if _starts_enquiry(entry) else ""

    @classmethod
    def line(cls, entry: EntryFact, words: Words) -> str:
        """What was decided."""
        decision = words("strategy_outcome", entry.get("outcome") or "")
        return (
            f"Strategy discussion: {decision[0].lower()}{decision[1:]}" if decision else "Strategy discussion"
        )

    @classmethod
    def missing(cls, entry: EntryFact, as_of: date) -> tuple[str, ...]:
        """Police, social care and health must be named; actions must be dated."""
        agencies = {row.get("agency") for row in entry.rows("attendees")}
        wanted = (("police", {"police"}), ("social care", {"social_care"}), ("health", HEALTH))
        found = [f"nobody from {name} is named" for name, codes in wanted if not agencies & codes]
        undated = sum(1 for row in entry.rows("actions") if not row.get("due_on"))
        if undated:
            found.append("an action has no date" if undated == 1 else f"{undated} actions have no date")
        if any(row.get("agency") == "police" and not row.get("role") for row in entry.rows("attendees")):
            found.append("the rank of the police officer")
        if _starts_enquiry(entry) and entry.get("medical") is None:
            found.append("whether a medical is needed")
        return tuple(found)

    @classmethod
    def faults(cls, values: Mapping[str, Any]) -> Mapping[str, str]:
        """A section 47 enquiry needs to be joint or single."""
        if values.get("outcome") == "s47" and not values.get("s47_kind"):
            return {"s47_kind": "Say whether the enquiry is joint or by one agency."}
        return {}
