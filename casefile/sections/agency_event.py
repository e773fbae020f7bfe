"""What another agency's chronology says happened: kept in its own words, with its source, and never taken for our own."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped

from casefile.record.described import FieldKind, field
from casefile.record.facts import EntryFact
from casefile.sections.base import Section, Words

LONGEST_LINE = 160
"""Letters of what happened that stand in a list; the record holds all of it."""


class AgencyEvent(Section, key="agency_event", divider="sharing", title="Told by another agency"):
    """One event as another agency's chronology tells it, in that agency's words.

    Police neither saw it nor checked it. It stands in the chronology marked with its source.
    """

    happened_label: ClassVar[str] = "Happened on"

    agency: Mapped[str | None] = field("Agency", codes="agency", needed=True)
    what: Mapped[str | None] = field("What happened, as told", kind=FieldKind.PROSE, needed=True)
    told_by: Mapped[str | None] = field("Who recorded it there", help="A worker, a service, a system.")
    about: Mapped[str | None] = field("About whom, as told")
    response: Mapped[str | None] = field("What was done, as told", kind=FieldKind.PROSE)
    stated_on: Mapped[str | None] = field("Date as stated", help="In the document's own words.")
    document_id: Mapped[UUID | None] = field("From the document", kind=FieldKind.DOCUMENT)
    place: Mapped[str | None] = field("Where in the document", help="Row or line.")

    @classmethod
    def line(cls, entry: EntryFact, words: Words) -> str:
        """The agency and the beginning of what it tells."""
        agency = words("agency", entry.get("agency") or "") or "Another agency"
        told = " ".join(str(entry.get("what") or "nothing said").split())
        cut = told if len(told) <= LONGEST_LINE else f"{told[: LONGEST_LINE - 1].rstrip()}…"
        return f"{agency}: {cut}"
