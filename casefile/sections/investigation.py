"""The criminal investigation: crime, suspects, evidence, advice and outcome."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped

from casefile.record.described import FieldKind, field, rows
from casefile.record.duties import Closes, Opens, OpensEach, stated
from casefile.record.facts import EntryFact
from casefile.record.groups import Action
from casefile.record.model import Row
from casefile.sections.bail import LIMITS, folded
from casefile.sections.base import Section, Weight, Words


class Suspect(Row):
    """Someone suspected, and how they stand."""

    __tablename__ = "row_suspect"

    name: Mapped[str | None] = field("Name", needed=True)
    suspect_status: Mapped[str | None] = field("Status", codes="suspect_status", needed=True)
    status_on: Mapped[date | None] = field("Since")
    interviewed_on: Mapped[date | None] = field("Interviewed on")


class Evidence(Row):
    """One piece of evidence wanted or held, and when it is chased next."""

    __tablename__ = "row_evidence"

    kind: Mapped[str | None] = field("Kind", codes="evidence_kind", needed=True)
    detail: Mapped[str | None] = field("What it is")
    evidence_state: Mapped[str | None] = field("State", codes="evidence_state", needed=True)
    holder: Mapped[str | None] = field("Who has it")
    chase_on: Mapped[date | None] = field("Chase on")


_OUTSTANDING = ("wanted", "asked", "chased")


def _recorded_on(entry: EntryFact) -> date | None:
    """The day the crime was recorded; of one with a reference and no day, the day police knew of it."""
    recorded: date | None = entry.get("crime_recorded_on")
    return recorded or (entry.known_on if entry.get("crime_reference") else None)


_DECIDED = ("charged", "nfa", "eliminated", "convicted", "acquitted", "died")
"""How a suspect stands of whom it is decided."""


def _decided(entry: EntryFact) -> list[Mapping[str, Any]]:
    return [row for row in entry.rows("suspects") if row.get("suspect_status") in _DECIDED]


def _decided_on(entry: EntryFact) -> date | None:
    """The day on which it was decided of a suspect: that of the outcome, else the last that a suspect’s row states."""
    stated_on = [day for row in _decided(entry) if (day := row.get("status_on"))]
    return entry.get("outcome_on") or max(stated_on, default=entry.known_on)


def _of_the_bailed(bail: EntryFact, entry: EntryFact) -> bool:
    """Whether it is the bailed suspect of whom it was decided."""
    return folded(bail) in {" ".join(str(row.get("name")).casefold().split()) for row in _decided(entry)}


class Investigation(Section, key="investigation", divider="investigation", title="Investigation"):
    """The investigation of a crime against a child, as it stands: an amendment shows how it moved on.

    The investigation is the police's alone; that it is joint or single is agreed in the strategy discussion.
    Every open line has an owner and a date.
    """

    happened_label: ClassVar[str] = "Reported on"

    crime_reference: Mapped[str | None] = field("Crime reference", asked=True)
    offence: Mapped[str | None] = field("Offence", codes="offence_kind", needed=True)
    allegation: Mapped[str | None] = field("Allegation", kind=FieldKind.PROSE, needed=True)
    crime_recorded_on: Mapped[date | None] = field("Crime recorded on")
    plan_of_work: Mapped[str | None] = field("Investigative strategy", kind=FieldKind.PROSE, asked=True)
    suspects = rows("Suspects", Suspect)
    evidence = rows("Evidence", Evidence, asked=True)
    lines_open = rows("Open lines of enquiry", Action)
    child_interview: Mapped[str | None] = field(
        "Recorded interview of the child", codes="interview_decision", asked=True
    )
    interviewed_on: Mapped[date | None] = field("Interviewed on")
    cps_referred_on: Mapped[date | None] = field("Referred to the Crown Prosecution Service")
    cps_advice: Mapped[str | None] = field("Its advice", codes="cps_advice")
    outcome: Mapped[str | None] = field("Outcome", codes="criminal_outcome")
    outcome_on: Mapped[date | None] = field("Outcome on")
    victim_told: Mapped[list[str] | None] = field("Victim or carer told of", codes="victim_told")
    victim_told_on: Mapped[date | None] = field("Victim told on", help="Of a child, within one working day.")

    opens: ClassVar[tuple[Opens, ...]] = (
        Opens("CRIME", done_on=_recorded_on, if_fresh=True),
        Opens("VCOP-ENH", counted_from=stated("outcome_on"), done_on=stated("victim_told_on")),
    )
    closes: ClassVar[tuple[Closes, ...]] = (
        Closes(LIMITS, when=lambda e: bool(_decided(e)), done_on=_decided_on, alike=_of_the_bailed),
    )
    opens_each: ClassVar[tuple[OpensEach, ...]] = (
        OpensEach(
            "CHASE",
            "evidence",
            when=lambda row: row.get("evidence_state") in _OUTSTANDING,
            due_on="chase_on",
            title=lambda row: f"Chase evidence: {row.get('detail') or row.get('holder') or row.get('kind')}",
        ),
    )

    @classmethod
    def missing(cls, entry: EntryFact, as_of: date) -> tuple[str, ...]:
        """Each open line has an owner and a date, evidence outstanding a day to chase it, advice its answer."""
        if entry.get("outcome"):
            return () if entry.get("outcome_on") else ("the day of the outcome",)
        found = [
            f"no owner or no date: {row.get('what')}"
            for row in entry.rows("lines_open")
            if not row.get("due_on") or not (row.get("officer_id") or row.get("owner") or row.get("owed_by"))
        ]
        found += [
            f"no day to chase: {row.get('detail') or row.get('holder') or 'evidence'}"
            for row in entry.rows("evidence")
            if row.get("evidence_state") in _OUTSTANDING and not row.get("chase_on")
        ]
        if entry.get("cps_referred_on") and not entry.get("cps_advice"):
            found.append("the advice of the Crown Prosecution Service, or that it is awaited")
        if entry.get("child_interview") == "held" and not entry.get("interviewed_on"):
            found.append("the day the child was interviewed")
        return tuple(found)

    @classmethod
    def weight(cls, entry: EntryFact) -> Weight:
        """How an investigation ended is significant."""
        return "significant" if entry.get("outcome") else ""

    @classmethod
    def line(cls, entry: EntryFact, words: Words) -> str:
        """The offence, and the outcome once there is one."""
        offence = words("offence_kind", entry.get("offence") or "") or "Investigation"
        outcome = words("criminal_outcome", entry.get("outcome") or "")
        return f"{offence}: {outcome.lower()}" if outcome else f"{offence} under investigation"
