"""The police report to a conference: what is recorded, apart from what police think of it; every line with its source."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped

from casefile.record.dates import long_date
from casefile.record.described import FieldKind, field, rows
from casefile.record.facts import EntryFact
from casefile.record.model import Row
from casefile.sections.base import Section, Words

FACTS = ("family", "incidents", "checks")
"""Groups of what is recorded; everything that police think of it stands in fields of its own."""
OPINION = ("risk", "view_code", "view", "asks")


class ReportLine(Row):
    """One line of a report: what is recorded, what kind of statement it is, and where it stands."""

    __tablename__ = "row_report_line"

    about: Mapped[UUID | None] = field("About", kind=FieldKind.PERSON)
    said_on: Mapped[date | None] = field("On")
    said: Mapped[str | None] = field("What is recorded", kind=FieldKind.PROSE, needed=True)
    mark: Mapped[str | None] = field(
        "Kind of statement",
        codes="report_mark",
        needed=True,
        help="Fact is kept apart from what somebody judged.",
    )
    graded: Mapped[str | None] = field("Graded", help="Of intelligence: source, information, handling.")
    source: Mapped[str | None] = field("Source", help="Where it stands, and who recorded it.")


class ConferenceReport(Section, key="report", divider="conferences", title="Police report to a conference"):
    """What police bring to a conference: the family, what happened, what research found; then what police think of it.

    Drafted from the file and edited. A supervisor endorses a version before it is given to anybody. Report of June 2009:
    police reports were to go to every conference in time; fact is kept apart from personal assessment
    (Data Protection Act 2018, section 38).
    """

    happened_label: ClassVar[str] = "Written on"
    happens_today: ClassVar[bool] = True
    endorsed: ClassVar[bool] = True
    prepares: ClassVar[bool] = True

    conference_on: Mapped[date | None] = field(
        "For the conference of", needed=True, prefill="drafted.conference_on"
    )
    conference_kind: Mapped[str | None] = field(
        "Type of conference", codes="conference_type", needed=True, prefill="drafted.conference_kind"
    )

    family = rows("The family, as recorded", ReportLine, prefill="drafted.family")
    incidents = rows("What happened, as recorded", ReportLine, prefill="drafted.incidents")
    checks = rows("What research found", ReportLine, prefill="drafted.checks")

    not_known: Mapped[str | None] = field(
        "What police do not know", kind=FieldKind.PROSE, prefill="drafted.not_known"
    )
    risk: Mapped[str | None] = field(
        "Assessment: the risk as police judge it",
        kind=FieldKind.PROSE,
        asked=True,
        prefill="drafted.risk",
        help="Who judged it, when, and why.",
    )
    view_code: Mapped[str | None] = field("Opinion: what police ask for", codes="report_view", asked=True)
    view: Mapped[str | None] = field(
        "Opinion: the police view, and why",
        kind=FieldKind.PROSE,
        needed=True,
        help="What the facts mean for each child, in the words of who will answer for it.",
    )
    asks: Mapped[str | None] = field(
        "Opinion: what should stand in a plan",
        kind=FieldKind.PROSE,
        help="What must change, who is to do it, and what police will do.",
    )
    withheld: Mapped[str | None] = field(
        "Left out, and why",
        kind=FieldKind.PROSE,
        prefill="drafted.withheld",
        help="Stays in the file: it is never printed with the report.",
    )

    @classmethod
    def line(cls, entry: EntryFact, words: Words) -> str:
        """Which conference it is for."""
        kind = words("conference_type", entry.get("conference_kind") or "").lower()
        day = long_date(entry.get("conference_on")) or "a day not given"
        return f"Police report to the {kind} conference of {day}" if kind else f"Police report for {day}"

    @classmethod
    def missing(cls, entry: EntryFact, as_of: date) -> tuple[str, ...]:
        """Every line says where it stands; intelligence says how it is graded."""
        lines = [row for group in FACTS for row in entry.rows(group)]
        found: list[str] = []
        if any(not row.get("source") for row in lines):
            found.append("the source of each line")
        if any(row.get("mark") == "intelligence" and not row.get("graded") for row in lines):
            found.append("how the intelligence is graded")
        return tuple(found)
