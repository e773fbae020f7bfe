"""Child protection medicals: who examined the child, what was found, and the doctor's own opinion."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casefile.record.described import FieldKind, field
from casefile.record.facts import EntryFact
from casefile.record.owed import Closes, Opens
from casefile.sections.base import Section, Words


def _awaited(entry: EntryFact) -> bool:
    return not entry.get("final_report_on") and entry.get("report_state") in ("asked", "provisional", None)


class Medical(Section, key="medical", divider="medicals", title="Medical"):
    """A medical examination of a child, with the decision whether police attend and the doctor's opinion.

    The opinion stands in the doctor's own terms; an officer does not translate it. The final report is chased by
    its date.
    """

    happened_label: ClassVar[str] = "Examined on"

    kind: Mapped[str | None] = field("Kind of examination", codes="medical_kind", needed=True)
    doctor: Mapped[str | None] = field("Doctor", needed=True)
    place: Mapped[str | None] = field("Where")
    police_attend: Mapped[bool | None] = field("Police attended", asked=True)
    attended_why: Mapped[str | None] = field("Why police attended", codes="medical_attendance_reason")
    absent_why: Mapped[str | None] = field("Why police did not", codes="medical_non_attendance_reason")
    decided_by: Mapped[str | None] = field("Who decided that", asked=True)
    present: Mapped[str | None] = field("Who was there")
    consent: Mapped[str | None] = field("Consent given by")
    findings: Mapped[str | None] = field("Findings", kind=FieldKind.PROSE, asked=True)
    opinion: Mapped[str | None] = field("Opinion", codes="medical_opinion", needed=True)
    opinion_words: Mapped[str | None] = field(
        "Opinion in the doctor’s own words", kind=FieldKind.PROSE, asked=True
    )
    further: Mapped[str | None] = field("Further tests", kind=FieldKind.PROSE)
    report_state: Mapped[str | None] = field("Report", codes="report_state", asked=True)
    provisional_report_on: Mapped[date | None] = field("Provisional report received")
    final_report_due: Mapped[date | None] = field("Final report due")
    final_report_on: Mapped[date | None] = field("Final report received")

    opens: ClassVar[tuple[Opens, ...]] = (
        Opens(
            "MED-0-REPORT",
            when=_awaited,
            owed_by="health",
            due_on=lambda e: e.get("final_report_due"),
            title="Final medical report",
        ),
    )
    closes: ClassVar[tuple[Closes, ...]] = (Closes(("MED-1", "MED-0-SEEN")),)

    @classmethod
    def line(cls, entry: EntryFact, words: Words) -> str:
        """The kind and the opinion."""
        kind, opinion = entry.get("kind") or "", entry.get("opinion") or ""
        return f"{words('medical_kind', kind) or 'Medical'}: {words('medical_opinion', opinion) or 'no opinion given'}"
