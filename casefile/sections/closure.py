"""Closing: of the police file by a supervisor, and of the case by social care."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped

from casefile.record.described import FieldKind, field
from casefile.record.duties import Ceases
from casefile.record.facts import EntryFact
from casefile.sections.base import Section, Weight, Words
from casefile.standards import library
from casefile.work.names import Permission

_SOCIAL_CARE = (
    "REF-1", "IA-06", "IA-10", "CA", "SA", "S47-1", "ICPC", "CG-1", "CG-n",
    "RCPC-1", "RCPC-n", "RCPC-B", "RCPC-B-UNFIT", "CONF-D", "CONF-M", "CONF-R1", "CONF-R2",
    "VIS-1", "VIS-3-ANY", "VIS-3-SW", "LEG-3", "PRE", "STR-1",
)  # fmt: skip

_WHEN_POLICE_CLOSE = (
    *_SOCIAL_CARE, "REF-2", "MASH-RED", "MASH-AMBER", "MASH-GREEN", "CONF-C", "RISK-REVIEW", "SUPERVISION", "INSPECTOR-REVIEW",
    "CHASE", "CRIME", "PHOTO-1", "PHOTO-AGAIN", "MED-1", "MED-0-SEEN", "MED-0-REPORT", "MED-0-FORENSIC", "INFO",
    "LEG-1", "ACTION", "ESC-1", "ESC-2", "ESC-3", "ESC-4", "ESC-5",
)  # fmt: skip
"""What nobody owes once police have closed. Bail, court, police protection, what a victim is told and answers
owed to others run on: the law set them, not the file."""


class Closure(Section, key="closure", divider="closure", title="Closure of the file"):
    """A supervisor closes the police file: every child seen, no live bail, nothing that police still owe.

    What stands against it is refused (``casefile.alarms.closing``); what need not be done is waived before.
    """

    happened_label = "Closed on"
    signs = Permission.SIGN_SUPERVISION
    closes_file = True

    closed_for: Mapped[str | None] = field("Why it closes", codes="file_closure_reason", needed=True)
    plan_ended: Mapped[bool | None] = field("Has the plan ended?", asked=True)
    checklist: Mapped[list[str] | None] = field("Checked", codes="closure_checklist", asked=True)
    outstanding: Mapped[str | None] = field(
        "What others still owe, and why it may close all the same", kind=FieldKind.PROSE
    )
    risk_level: Mapped[str | None] = field(
        "Risk on closing", codes="risk_level", asked=True, prefill="risk.level"
    )
    grounds: Mapped[str | None] = field("Grounds", kind=FieldKind.PROSE, asked=True)
    retention_group: Mapped[str | None] = field("Retention group", codes="mopi_group", asked=True)
    retention_hold: Mapped[str | None] = field("Hold on disposal", codes="retention_hold")
    next_review_on: Mapped[date | None] = field("Review for retention on", asked=True, dated=True)

    ceases = (Ceases(_WHEN_POLICE_CLOSE, whole_file=True),)

    @classmethod
    def missing(cls, entry: EntryFact, as_of: date) -> tuple[str, ...]:
        """Everything on the list was looked at, or it says why it may close all the same."""
        checked: set[str] = set(entry.get("checklist") or ())
        if entry.get("outstanding") or not checked:
            return ()
        wanted = library().codes("closure_checklist").codes
        return tuple(f"not checked: {one.label}" for one in wanted if one.code not in checked)

    @classmethod
    def weight(cls, entry: EntryFact) -> Weight:
        """Closing is significant."""
        return "significant"

    @classmethod
    def line(cls, entry: EntryFact, words: Words) -> str:
        """Why it closed."""
        why = words("file_closure_reason", entry.get("closed_for") or "")
        return f"File closed: {why[0].lower()}{why[1:]}" if why else "File closed"

    @classmethod
    def front(cls, entry: EntryFact) -> Mapping[str, Any]:
        """The file is closed."""
        return {"state": "closed"}


class SocialCareClosure(
    Section, key="social_care_closure", divider="closure", title="Closure by social care"
):
    """Social care closes its case on the child; what it owed is owed no more.

    The police file stays open until police close it.
    """

    happened_label = "Closed on"

    closed_for: Mapped[str | None] = field("Why social care closed", codes="closure_reason", asked=True)
    told_by: Mapped[str | None] = field("Told by", help="Who told police, and how.")
    note: Mapped[str | None] = field("Note", kind=FieldKind.PROSE)
    police_view: Mapped[str | None] = field("Police view", kind=FieldKind.PROSE)

    ceases = (Ceases(_SOCIAL_CARE),)

    @classmethod
    def weight(cls, entry: EntryFact) -> Weight:
        """Closing is significant."""
        return "significant"

    @classmethod
    def line(cls, entry: EntryFact, words: Words) -> str:
        """Why social care closed its case."""
        why = words("closure_reason", entry.get("closed_for") or "")
        return f"Social care closed: {why[0].lower()}{why[1:]}" if why else "Social care closed"
