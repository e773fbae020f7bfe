"""Child protection medicals: who examined the child, what was found, and the doctor's own opinion."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casefile.record.described import FieldKind, field
from casefile.record.duties import Closes, Opens, on_the_day, stated
from casefile.record.facts import EntryFact
from casefile.sections.base import Section, Weight, Words
from casefile.sections.plan import PLAN_MADE_BY, under_plan
from casefile.sections.strategy import HARM_DONE, TELLS_OF_HARM, first_told

_HURT = ("nai", "consistent", "undetermined", "accident")
"""Opinions on an injury that was there to be seen, and so to be photographed."""


def _wanted(entry: EntryFact) -> bool:
    """A report was or will be asked for."""
    return entry.get("report_state") != "refused"


def _reported_on(entry: EntryFact) -> date | None:
    """The day the final report came; of one said to be there without a date, the day police knew."""
    stated: date | None = entry.get("final_report_on")
    return stated or (entry.known_on if entry.get("report_state") == "final" else None)


class Medical(Section, key="medical", divider="medicals", title="Medical"):
    """A medical examination of a child, with the decision whether police attend and the doctor's opinion.

    The opinion stands in the doctor's own terms; an officer does not translate it. The final report is chased by
    its date.
    """

    happened_label: ClassVar[str] = "Examined on"

    kind: Mapped[str | None] = field("Kind of examination", codes="medical_kind", needed=True)
    requested_on: Mapped[date | None] = field("Asked for on")
    second_opinion: Mapped[bool | None] = field("Second opinion", help="Sought because doctors differ.")
    doctor: Mapped[str | None] = field("Doctor", needed=True)
    place: Mapped[str | None] = field("Where", asked=True)
    police_attend: Mapped[bool | None] = field("Police attended", asked=True)
    attended_why: Mapped[str | None] = field("Why police attended", codes="medical_attendance_reason")
    absent_why: Mapped[str | None] = field("Why police did not", codes="medical_non_attendance_reason")
    decided_by: Mapped[str | None] = field("Who decided that", asked=True)
    present: Mapped[str | None] = field("Who was there", asked=True)
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
            when=_wanted,
            owed_by="health",
            due_on=stated("final_report_due"),
            done_on=_reported_on,
            even_if_past=True,
            title="Final medical report",
        ),
        Opens(
            "MED-0-FORENSIC",
            when=lambda e: e.get("kind") == "sexual_abuse",
            counted_from=stated("requested_on"),
            done_on=on_the_day,
        ),
        Opens(
            "PHOTO-1",
            when=lambda e: e.get("opinion") in _HURT,
            from_known=True,
        ),
        Opens(
            "VIS-3-ANY",
            when=lambda e: e.get("kind") != "post_mortem",
            in_file=under_plan,
            looks_at=PLAN_MADE_BY,
        ),
        Opens(
            "STR-1",
            when=lambda e: e.get("opinion") in HARM_DONE,
            if_fresh=True,
            in_file=first_told,
            looks_at=TELLS_OF_HARM,
        ),
    )
    closes: ClassVar[tuple[Closes, ...]] = (Closes(("MED-1", "MED-0-SEEN", "VIS-3-ANY")),)

    @classmethod
    def excused(cls, entry: EntryFact) -> frozenset[str]:
        """There are no words yet while the opinion is awaited."""
        return frozenset({"opinion_words"}) if entry.get("opinion") == "awaited" else frozenset()

    @classmethod
    def missing(cls, entry: EntryFact, as_of: date) -> tuple[str, ...]:
        """Why police went or stayed away, the opinion, and the day of the final report."""
        found: list[str] = []
        if entry.get("police_attend") is True and not entry.get("attended_why"):
            found.append("why police attended")
        if entry.get("police_attend") is False and not entry.get("absent_why"):
            found.append("why police did not attend")
        if entry.get("opinion") == "awaited":
            found.append("the doctor’s opinion is awaited")
        if entry.get("report_state") == "final" and not entry.get("final_report_on"):
            found.append("the day the final report came")
        return tuple(found)

    @classmethod
    def weight(cls, entry: EntryFact) -> Weight:
        """Non-accidental injury endangers; an opinion left open is significant."""
        if entry.get("opinion") == "nai":
            return "danger"
        return "significant" if entry.get("opinion") in ("undetermined", "awaited") else ""

    @classmethod
    def line(cls, entry: EntryFact, words: Words) -> str:
        """The kind and the opinion."""
        kind, opinion = entry.get("kind") or "", entry.get("opinion") or ""
        return f"{words('medical_kind', kind) or 'Medical'}: {words('medical_opinion', opinion) or 'no opinion given'}"
