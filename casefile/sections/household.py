"""The household as found: who lives at or frequents the address, confirmed on a day."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped

from casefile.record.described import FieldKind, field, rows
from casefile.record.facts import EntryFact
from casefile.record.model import Row
from casefile.sections.base import Section, Weight, Words


class Occupant(Row):
    """Somebody found to live at or frequent the address."""

    __tablename__ = "row_occupant"

    person_id: Mapped[UUID | None] = field(
        "Person of the file", kind=FieldKind.PERSON, help="Leave empty for somebody the file does not know."
    )
    name: Mapped[str | None] = field("Name", needed=True)
    relation: Mapped[str | None] = field("Relation to the children")
    lives_there: Mapped[bool | None] = field("Lives there")
    identified: Mapped[bool | None] = field("Identity established", help="If not, it is an open query.")
    seen_by: Mapped[str | None] = field("Who says so")


class Household(Section, key="household", divider="household", title="Household confirmed"):
    """Who lives at or frequents the child's address, confirmed again at each contact and each review.

    An adult who is not identified is an open query until somebody says who it is.
    """

    happened_label: ClassVar[str] = "Confirmed on"

    address: Mapped[str | None] = field("Address", needed=True, prefill="home")
    confirmed_by: Mapped[str | None] = field("Confirmed by", needed=True, prefill="officer")
    how: Mapped[str | None] = field("How", codes="contact_kind")
    occupants = rows("Who is there", Occupant, needed=True, prefill="residents")
    query: Mapped[str | None] = field("What is still open", kind=FieldKind.PROSE)

    @classmethod
    def weight(cls, entry: EntryFact) -> Weight:
        """Somebody there whom nobody has identified is significant."""
        unknown = any(one.get("identified") is False for one in entry.rows("occupants"))
        return "significant" if unknown else ""

    @classmethod
    def line(cls, entry: EntryFact, words: Words) -> str:
        """How many, and how many of them unknown."""
        found = entry.rows("occupants")
        unknown = sum(row.get("identified") is False for row in found)
        return f"Household of {len(found)} confirmed{f', {unknown} not identified' if unknown else ''}"
