"""The referral: how police or social care first learnt of the concern, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped

from casefile.record.described import FieldKind, field
from casefile.record.duties import Opens, stated
from casefile.record.facts import EntryFact
from casefile.sections.base import Section, Weight, Words

_RATED = {"red": "MASH-RED", "amber": "MASH-AMBER", "green": "MASH-GREEN"}


def _to_police(entry: EntryFact) -> bool:
    return entry.get("direction") == "in"


def _decided(entry: EntryFact) -> bool:
    return _to_police(entry) and bool(entry.get("decision"))


def _decided_on(entry: EntryFact) -> date | None:
    return (entry.get("decided_on") or entry.happened_on) if entry.get("decision") else None


def _needs_strategy(entry: EntryFact) -> bool:
    """Harm that police and social care must talk about: decided so, or a child hurt or not safe and nobody has said otherwise."""
    if entry.get("decision"):
        return entry.get("decision") in ("strategy", "police_protection")
    return bool(entry.get("injury")) or entry.get("safe_now") == "unsafe"


def _hurt(entry: EntryFact) -> bool:
    """An injury was told of. A physical concern alone is none; that nobody asked is told as missing."""
    return bool(entry.get("injury"))


class Referral(Section, key="referral", divider="referral", title="Referral"):
    """A concern about a child, told to police or to social care, and the decision taken on it.

    The next step is decided within one working day and the referrer hears of it
    (Working Together, every edition since 2006).
    """

    happened_label = "Received on"

    direction: Mapped[str | None] = field("Which way it went", codes="referral_direction", needed=True)
    source: Mapped[str | None] = field("Who referred", codes="referral_source", asked=True)
    referrer: Mapped[str | None] = field("Name of the referrer", help="And how to reach them.")
    concerns_about: Mapped[list[str] | None] = field("What it is about", codes="referral_concern", asked=True)
    primary_need: Mapped[str | None] = field("Primary need", codes="primary_need")
    category: Mapped[str | None] = field("Category of abuse", codes="abuse_category")
    rating: Mapped[str | None] = field("Rating of the hub", codes="mash_rating")
    merlin_risk: Mapped[str | None] = field(
        "Risk on the police report", codes="merlin_risk", help="As the child report graded it, from May 2005."
    )
    injury: Mapped[bool | None] = field(
        "Injury seen or told of", help="Photographs are due within hours of it being noted."
    )
    out_of_sight: Mapped[list[str] | None] = field("What took the child out of sight", codes="out_of_sight")
    account: Mapped[str | None] = field(
        "What was said",
        kind=FieldKind.PROSE,
        help="In the referrer's own words as far as they are known.",
        asked=True,
    )
    safe_now: Mapped[str | None] = field("Safe now?", codes="immediate_safety", asked=True)
    safety_note: Mapped[str | None] = field("What was done for safety", kind=FieldKind.PROSE)
    reference: Mapped[str | None] = field("Reference", help="Of the report, crime or log.")
    decision: Mapped[str | None] = field("Decision", codes="referral_decision", asked=True)
    decided_on: Mapped[date | None] = field("Decided on")
    decided_by: Mapped[str | None] = field("Decided by", help="Name and rank or post.", asked=True)
    decision_reasons: Mapped[str | None] = field("Reasons for the decision", kind=FieldKind.PROSE)
    acts_instead: Mapped[str | None] = field(
        "Agency said to act instead", codes="agency", help="If police do nothing because another agency does."
    )
    acts_confirmed: Mapped[bool | None] = field("That agency has confirmed it")
    feedback: Mapped[str | None] = field("Feedback to the referrer", codes="feedback_state", asked=True)
    feedback_on: Mapped[date | None] = field("Feedback given on")

    opens = (
        Opens("REF-1", when=_to_police, done_on=_decided_on, if_fresh=True),
        Opens("REF-2", when=_decided, counted_from=_decided_on, done_on=stated("feedback_on")),
        Opens("STR-1", when=_needs_strategy, if_fresh=True),
        Opens(
            lambda e: _RATED.get(e.get("rating") or ""),
            among=tuple(_RATED.values()),
            when=_to_police,
            done_on=_decided_on,
            title="Enquiry of the hub answered",
        ),
        Opens("PHOTO-1", when=_hurt, from_known=True),
    )

    @classmethod
    def weight(cls, entry: EntryFact) -> Weight:
        """An injury endangers; what led to a strategy discussion is significant."""
        if entry.get("injury"):
            return "danger"
        return "significant" if entry.get("decision") in ("strategy", "police_protection") else ""

    @classmethod
    def line(cls, entry: EntryFact, words: Words) -> str:
        """Who referred and what was decided."""
        source = words("referral_source", entry.get("source") or "")
        decision = words("referral_decision", entry.get("decision") or "")
        head = f"Referral from {source[0].lower()}{source[1:]}" if source else "Referral"
        return f"{head}: {decision.lower()}" if decision else head

    @classmethod
    def front(cls, entry: EntryFact) -> Mapping[str, Any]:
        """A referral opens the file again that was closed before it."""
        return {"state": "open"}

    @classmethod
    def excused(cls, entry: EntryFact) -> frozenset[str]:
        """What only the agency that was told can say; and nobody decided or answered what is undecided."""
        if not _to_police(entry):
            return frozenset({"safe_now", "decided_by", "feedback", "concerns_about"})
        return frozenset() if entry.get("decision") else frozenset({"decided_by", "feedback"})

    @classmethod
    def missing(cls, entry: EntryFact, as_of: date) -> tuple[str, ...]:
        """The day of feedback; and nobody relies on another agency that has not said that it acts."""
        found: list[str] = []
        if entry.get("feedback") == "outstanding":
            found.append("the referrer has not been told what was decided")
        if entry.get("feedback") == "given" and not entry.get("feedback_on"):
            found.append("the day the referrer was told")
        if entry.get("injury") is None and "physical" in (entry.get("concerns_about") or ()):
            found.append("whether an injury was seen or told of")
        if entry.get("acts_instead") and not entry.get("acts_confirmed"):
            found.append("the agency said to act instead has not confirmed it")
        return tuple(found)

    @classmethod
    def faults(cls, values: Mapping[str, Any]) -> Mapping[str, str]:
        """A decision or feedback before the referral."""
        received = values.get("happened_on")
        names = {"decided_on": "decision", "feedback_on": "feedback"}
        return {
            key: f"The {name} is dated before the referral was received."
            for key, name in names.items()
            if received and values.get(key) and values[key] < received
        }
