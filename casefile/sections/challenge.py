"""Professional challenge: police disagree with a partner, and take it up step by step until it is settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped

from casefile.record.described import FieldKind, field, rows
from casefile.record.duties import OpensEach, RowEnd
from casefile.record.facts import EntryFact
from casefile.record.model import Row
from casefile.sections.base import Section, Words

ABOUT: Mapping[str, str] = {
    "conference": "conference",
    "plan": "plan",
    "core_group": "plan",
    "decision": "decision",
    "contact": "contact",
    "strategy": "strategy",
    "section47": "other",
    "referral": "referral",
    "assessment": "assessment",
    "legal": "legal",
    "minutes": "conference",
    "social_care_closure": "decision",
}
"""Sections whose entries can be challenged from where they are read, with the code that says what it is about."""
CLOCKS = ("ESC-1", "ESC-2", "ESC-3", "ESC-4", "ESC-5")
"""Timescales of the stages, from worker to worker up to the chair of the partnership."""


class ChallengeStage(Row):
    """One stage of a challenge: who took it to whom, and what came back."""

    __tablename__ = "row_challenge_stage"

    stage: Mapped[str | None] = field("Stage", codes="challenge_stage", needed=True)
    begun_on: Mapped[date | None] = field("Begun on", needed=True)
    our_officer: Mapped[str | None] = field("Our officer", needed=True)
    counterpart: Mapped[str | None] = field(
        "With whom", needed=True, help="Name and post of the counterpart."
    )
    response: Mapped[str | None] = field("What they answered", kind=FieldKind.PROSE)
    responded_on: Mapped[date | None] = field("Answered on")
    settled: Mapped[bool | None] = field("Did it settle the matter?")


def number_of(stage: Mapping[str, Any]) -> int:
    """The number of a stage, 1 to 5; 0 where it is not given."""
    code = str(stage.get("stage") or "")
    return int(code) if code.isdecimal() else 0


def _clock(stage: Mapping[str, Any]) -> str | None:
    return f"ESC-{number_of(stage)}" if number_of(stage) else None


def _title(stage: Mapping[str, Any]) -> str:
    return f"Challenge, stage {number_of(stage)}: settle or take further"


def _end(entry: EntryFact, stage: Mapping[str, Any]) -> RowEnd | None:
    """A stage ends by the answer or by going a stage further; the outcome ends what is left."""
    begun: date = stage["begun_on"]
    answered: date | None = stage.get("responded_on")
    further = [
        one["begun_on"]
        for one in entry.rows("stages")
        if number_of(one) > number_of(stage) and one.get("begun_on") and one["begun_on"] >= begun
    ]
    days = [one for one in (answered, *further) if one]
    over: date | None = ended_on(entry)
    if days and (over is None or min(days) <= over):
        return RowEnd(min(days))
    return RowEnd(over, done=False) if over else None


def ended_on(entry: EntryFact) -> date | None:
    """The day a challenge ended; None while it is open. One with an outcome and no day ended when police knew it."""
    if not entry.get("outcome"):
        return None
    found: date = entry.get("outcome_on") or entry.known_on
    return found


def stage_now(entry: EntryFact) -> Mapping[str, Any] | None:
    """The stage a challenge has come to: the highest begun; None where none is recorded."""
    begun = [one for one in entry.rows("stages") if number_of(one)]
    return max(begun, key=number_of, default=None)


def wants_challenge(entry: EntryFact) -> bool:
    """Whether police said at a conference that they dissent: then a challenge is offered."""
    return entry.section == "conference" and entry.get("position") == "dissent"


def is_challenged(thread_id: UUID, entries: Sequence[EntryFact]) -> bool:
    """Whether one of *entries* is a challenge of this entry."""
    return any(one.section == "challenge" and one.get("about_entry") == thread_id for one in entries)


class Challenge(Section, key="challenge", divider="challenge", title="Challenge"):
    """Police disagree with another agency and say so: what, why, what was asked, and how the child is safe meanwhile.

    One entry for one challenge, amended as it moves on. Differences are settled by discussion within a working week,
    sooner if the child's safety needs it (London procedures); what is not settled goes a stage further, from worker
    to worker up to the chair of the partnership. The report of June 2009 found too little challenge (paragraph 30).
    """

    happened_label: ClassVar[str] = "Raised on"

    about: Mapped[str | None] = field("About", codes="challenge_about", needed=True)
    about_entry: Mapped[UUID | None] = field(
        "Entry challenged",
        kind=FieldKind.ENTRY,
        help="The conference, plan, decision or contact it is about.",
    )
    agency: Mapped[str | None] = field("Agency challenged", codes="agency", needed=True)
    disagreement: Mapped[str | None] = field("What we disagree with", kind=FieldKind.PROSE, needed=True)
    evidence: Mapped[str | None] = field("Evidence", kind=FieldKind.PROSE, asked=True)
    asked_for: Mapped[str | None] = field("What we asked for", kind=FieldKind.PROSE, needed=True)
    interim_safety: Mapped[str | None] = field(
        "How the child is safe meanwhile", kind=FieldKind.PROSE, asked=True
    )
    immediate_danger: Mapped[bool | None] = field(
        "Immediate danger", help="Stages may be skipped; say why below."
    )
    skip_reason: Mapped[str | None] = field("Why stages were skipped", kind=FieldKind.PROSE)
    outcome: Mapped[str | None] = field(
        "Outcome", codes="challenge_outcome", help="Needed, with its day, once it has ended."
    )
    outcome_on: Mapped[date | None] = field("Ended on")
    learning: Mapped[str | None] = field("What is learnt from it", kind=FieldKind.PROSE)

    stages = rows("Stages", ChallengeStage, needed=True, help="One row for each stage that was begun.")

    opens_each: ClassVar[tuple[OpensEach, ...]] = (
        OpensEach(
            _clock,
            "stages",
            when=lambda row: bool(row.get("begun_on")),
            due_on="",
            title=_title,
            begins="begun_on",
            ends=_end,
            among=CLOCKS,
        ),
    )

    @classmethod
    def line(cls, entry: EntryFact, words: Words) -> str:
        """With whom, about what, and the stage it has come to or how it ended."""
        agency = words("agency", entry.get("agency") or "") or "Agency not given"
        about = words("challenge_about", entry.get("about") or "").lower()
        now = stage_now(entry)
        state = words("challenge_outcome", entry.get("outcome") or "") or (
            f"stage {number_of(now)}" if now else "not begun"
        )
        return f"Challenge to {agency}{f', {about}' if about else ''}: {state[:1].lower()}{state[1:]}"

    @classmethod
    def missing(cls, entry: EntryFact, as_of: date) -> tuple[str, ...]:
        """An answer that settled it wants an outcome; one that did not goes a stage further; an end is learnt from."""
        over = bool(entry.get("outcome"))
        if over:
            return () if entry.get("learning") else ("what is learnt from it",)
        now = stage_now(entry)
        if now is None:
            return ("no stage is recorded",)
        if now.get("settled"):
            return ("it is settled; how it ended is not recorded",)
        if now.get("responded_on"):
            further = "the outcome" if number_of(now) == len(CLOCKS) else "the next stage, or the outcome"
            return (f"stage {number_of(now)} was answered and did not settle it: {further}",)
        return ()

    @classmethod
    def faults(cls, values: Mapping[str, Any]) -> Mapping[str, str]:
        """Stages follow one another unless the danger is immediate; it ends with an outcome, after it was raised."""
        found = dict(_order_faults(values.get("stages") or (), values))
        outcome, ended = values.get("outcome"), values.get("outcome_on")
        raised = values.get("happened_on")
        if ended and not outcome:
            found["outcome"] = "Say how it ended: a challenge closes with an outcome."
        if outcome and not ended:
            found["outcome_on"] = "Say when it ended."
        if raised and ended and ended < raised:
            found["outcome_on"] = "It cannot end before it was raised."
        return found

    @classmethod
    def wanting(cls, values: Mapping[str, Any]) -> Mapping[str, str]:
        """Stages are taken one after another, none before the challenge was raised: their clocks count from these days."""
        found: dict[str, str] = {}
        raised, before = values.get("happened_on"), None
        begun = [(number_of(one), place, one["begun_on"]) for place, one in _begun(values)]
        for number, place, day in sorted(begun):
            if raised and day < raised:
                found[f"stages.{place}.begun_on"] = (
                    "This is before the day on which the challenge was raised."
                )
            elif before and day < before:
                found[f"stages.{place}.begun_on"] = f"Stage {number} cannot begin before the stage below it."
            before = day
        return found


def _begun(values: Mapping[str, Any]) -> list[tuple[int, Mapping[str, Any]]]:
    """The stages with a number and a day, each with its place in the form."""
    rows: Sequence[Mapping[str, Any]] = values.get("stages") or ()
    return [(place, one) for place, one in enumerate(rows) if number_of(one) and one.get("begun_on")]


def _order_faults(stages: Sequence[Mapping[str, Any]], values: Mapping[str, Any]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    numbers = sorted(number_of(one) for one in stages if number_of(one))
    if len(set(numbers)) < len(numbers):
        found["stages"] = "Each stage stands once: put the answer into its row."
    for one in stages:
        begun, answered = one.get("begun_on"), one.get("responded_on")
        if begun and answered and answered < begun:
            found["stages"] = f"Stage {number_of(one)} cannot be answered before it was begun."
    if numbers and set(range(1, max(numbers) + 1)) - set(numbers):
        if not values.get("immediate_danger"):
            found["immediate_danger"] = "Stages were skipped: that is for immediate danger alone."
        elif not str(values.get("skip_reason") or "").strip():
            found["skip_reason"] = "Say why stages were skipped."
    return found
