"""Information asked for, given and received: what, to whom, on which lawful basis."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped

from casefile.record.described import FieldKind, field
from casefile.record.duties import Closes, Opens, stated
from casefile.record.facts import EntryFact
from casefile.sections.base import Section, Words
from casefile.sections.strategy import HEALTH

_ASKED_BY_US = ("request_out", "family_court", "subject_access")
_PROTOCOL_2024 = date(2024, 3, 1)


def _asked(entry: EntryFact) -> bool:
    """Police asked another agency for what it knows."""
    return entry.get("kind") == "request_out"


def _court_protocol(entry: EntryFact) -> str | None:
    """Which protocol on material for the family court was in force."""
    if entry.get("kind") != "family_court" or entry.happened_on is None:
        return None
    return "DISC-24" if entry.happened_on >= _PROTOCOL_2024 else "DISC-13"


def _gave_report(entry: EntryFact) -> bool:
    """Police gave their report to a conference."""
    return entry.get("kind") == "disclosure_out" and entry.get("report_id") is not None


def _same_party(asked: EntryFact, answer: EntryFact) -> bool:
    """Whether an answer may be that of whom was asked: the same agency, a part of health for health, or not said."""
    one, other = asked.get("agency"), answer.get("agency")
    if one == other or one is None or other is None:
        return True
    return "health" in (one, other) and {one, other} <= HEALTH


class Disclosure(Section, key="disclosure", divider="sharing", title="Information shared"):
    """Information about the family that was asked for, given or received, with its lawful basis.

    Each print and export also leaves a row in the log by itself; this is what a person decides to share.
    """

    happened_label: ClassVar[str] = "Shared on"

    kind: Mapped[str | None] = field("Kind", codes="information_kind", needed=True)
    other_party: Mapped[str | None] = field("To or from whom", needed=True)
    agency: Mapped[str | None] = field("Agency", codes="agency", asked=True)
    what: Mapped[str | None] = field("What", kind=FieldKind.PROSE, needed=True)
    lawful_basis: Mapped[str | None] = field("Lawful basis", codes="lawful_basis", needed=True)
    form: Mapped[str | None] = field("How", codes="disclosure_form", asked=True)
    material: Mapped[str | None] = field("Kind of material", codes="material_kind")
    schedule: Mapped[str | None] = field("Reference in the disclosure schedules")
    answered_on: Mapped[date | None] = field("Answered on")
    answer_due: Mapped[date | None] = field("Answer due")
    report_id: Mapped[UUID | None] = field("Police report given", kind=FieldKind.ENTRY)

    opens: ClassVar[tuple[Opens, ...]] = (
        Opens(
            "ANSWER",
            when=lambda e: bool(e.get("answer_due")) and e.get("kind") not in _ASKED_BY_US,
            owed_by="police",
            due_on=stated("answer_due"),
            done_on=stated("answered_on"),
            even_if_past=True,
            title="Answer a request for information",
        ),
        Opens(
            "INFO", when=_asked, due_on=stated("answer_due"), done_on=stated("answered_on"), even_if_past=True
        ),
        Opens(
            _court_protocol,
            among=("DISC-13", "DISC-24"),
            due_on=stated("answer_due"),
            done_on=stated("answered_on"),
        ),
        Opens("SAR", when=lambda e: e.get("kind") == "subject_access", done_on=stated("answered_on")),
    )
    closes: ClassVar[tuple[Closes, ...]] = (
        Closes(
            ("ANSWER", "DISC-13", "DISC-24"),
            when=lambda e: e.get("kind") == "disclosure_out",
            which="oldest",
            alike=_same_party,
        ),
        Closes(("CONF-R1", "CONF-R2"), when=_gave_report, which="oldest"),
        Closes(
            ("INFO",),
            when=lambda e: e.get("kind") in ("received", "third_party"),
            which="oldest",
            alike=_same_party,
        ),
    )

    @classmethod
    def missing(cls, entry: EntryFact, as_of: date) -> tuple[str, ...]:
        """Material of third parties and of a prosecution stands in a disclosure schedule."""
        scheduled = entry.get("kind") in ("third_party", "cpia") or entry.get("material") == "third_party"
        return (
            ("the reference in the disclosure schedules",) if scheduled and not entry.get("schedule") else ()
        )

    @classmethod
    def line(cls, entry: EntryFact, words: Words) -> str:
        """The kind, and with whom."""
        kind = words("information_kind", entry.get("kind") or "") or "Information shared"
        return f"{kind}: {entry.get('other_party') or 'nobody named'}"
