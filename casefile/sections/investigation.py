"""The criminal investigation: crime, suspects, evidence, advice and outcome."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casefile.record.described import FieldKind, field, rows
from casefile.record.facts import EntryFact
from casefile.record.groups import Action
from casefile.record.model import Row
from casefile.sections.base import Section, Words


class Suspect(Row):
    """Someone suspected, and how they stand."""

    __tablename__ = "row_suspect"

    name: Mapped[str | None] = field("Name", needed=True)
    suspect_status: Mapped[str | None] = field("Status", codes="suspect_status", needed=True)
    status_on: Mapped[date | None] = field("Since")


class Evidence(Row):
    """One piece of evidence wanted or held, and when it is chased next."""

    __tablename__ = "row_evidence"

    kind: Mapped[str | None] = field("Kind", codes="evidence_kind", needed=True)
    detail: Mapped[str | None] = field("What it is")
    evidence_state: Mapped[str | None] = field("State", codes="evidence_state", needed=True)
    holder: Mapped[str | None] = field("Who has it")
    chase_on: Mapped[date | None] = field("Chase on")


class Investigation(Section, key="investigation", divider="investigation", title="Investigation"):
    """The investigation of a crime against a child, as it stands: an amendment shows how it moved on.

    The investigation is the police's alone; that it is joint or single is agreed in the strategy discussion.
    Every open line has an owner and a date.
    """

    happened_label: ClassVar[str] = "Reported on"

    crime_reference: Mapped[str | None] = field("Crime reference", asked=True)
    offence: Mapped[str | None] = field("Offence", codes="offence_kind", needed=True)
    allegation: Mapped[str | None] = field("Allegation", kind=FieldKind.PROSE, needed=True)
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

    @classmethod
    def line(cls, entry: EntryFact, words: Words) -> str:
        """The offence, and the outcome once there is one."""
        offence = words("offence_kind", entry.get("offence") or "") or "Investigation"
        outcome = words("criminal_outcome", entry.get("outcome") or "")
        return f"{offence}: {outcome.lower()}" if outcome else f"{offence} under investigation"
