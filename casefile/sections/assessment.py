"""Assessments by social care and others, and the copy on the police file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped

from casefile.record.described import FieldKind, field
from casefile.record.duties import Closes, Opens, When
from casefile.record.facts import EntryFact
from casefile.sections.base import Section, Words

_GIVEN_UP = ("refused", "stopped")


def _of_kind(kind: str) -> When:
    """Assessments of one kind that were not given up."""

    def when(entry: EntryFact) -> bool:
        return entry.get("kind") == kind and entry.get("state") not in _GIVEN_UP

    return when


def _finished_on(entry: EntryFact) -> date | None:
    """The day it was finished; else the day a copy came; else, of one said to be complete, the day police knew."""
    stated: date | None = entry.get("finished_on") or entry.get("received_on")
    return stated or (entry.known_on if entry.get("state") in ("complete", "copy_on_file") else None)


def _from_referral(entry: EntryFact) -> date | None:
    return entry.get("referral_on") or entry.happened_on


class Assessment(Section, key="assessment", divider="assessments", title="Assessment"):
    """An assessment of the child's needs and of the harm they suffer or may suffer.

    Until April 2013 an initial one in 7 (from March 2010: 10) working days and a core one in 35; since then
    a single one in 45 working days from the referral (Working Together).
    """

    happened_label = "Began on"

    kind: Mapped[str | None] = field("Type", codes="assessment_type", needed=True)
    state: Mapped[str | None] = field("State", codes="assessment_state", asked=True)
    assessor: Mapped[str | None] = field("Made by", help="Name and agency.")
    referral_on: Mapped[date | None] = field(
        "Referral received on", help="The limit is counted from it.", prefill="referral.happened_on"
    )
    due_on: Mapped[date | None] = field(
        "Due on", help="As social care states it; the standard's own limit is worked out."
    )
    review_on: Mapped[date | None] = field("Manager's review point")
    finished_on: Mapped[date | None] = field("Finished on")
    received_on: Mapped[date | None] = field("Copy received on", asked=True)
    factors: Mapped[list[str] | None] = field("Factors found", codes="assessment_factor")
    findings: Mapped[str | None] = field("What it found", kind=FieldKind.PROSE)
    police_view: Mapped[str | None] = field("Police view", kind=FieldKind.PROSE, asked=True)

    opens = (
        Opens("IA-06", when=_of_kind("initial"), counted_from=_from_referral, done_on=_finished_on),
        Opens("IA-10", when=_of_kind("initial"), counted_from=_from_referral, done_on=_finished_on),
        Opens("CA", when=_of_kind("core"), done_on=_finished_on),
        Opens("SA", when=_of_kind("single"), counted_from=_from_referral, done_on=_finished_on),
    )
    closes = (Closes(("REF-1",)),)

    @classmethod
    def line(cls, entry: EntryFact, words: Words) -> str:
        """Its type and state."""
        kind = words("assessment_type", entry.get("kind") or "") or "Assessment"
        state = words("assessment_state", entry.get("state") or "")
        return f"{kind}: {state.lower()}" if state else kind

    @classmethod
    def excused(cls, entry: EntryFact) -> frozenset[str]:
        """A copy and a view of it are asked for once it is finished; of one given up, never."""
        unfinished = entry.get("state") in ("requested", "under_way") and not _finished_on(entry)
        gave_up = entry.get("state") in _GIVEN_UP
        return frozenset({"received_on", "police_view"}) if unfinished or gave_up else frozenset()

    @classmethod
    def faults(cls, values: Mapping[str, Any]) -> Mapping[str, str]:
        """An end before the start."""
        began, ended = values.get("happened_on"), values.get("finished_on")
        return (
            {"finished_on": "It cannot be finished before it began."}
            if began and ended and ended < began
            else {}
        )
