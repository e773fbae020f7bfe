"""Research: which systems were searched about whom, under which names, and what was found."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy.orm import Mapped

from casefile.record.described import FieldKind, field, rows
from casefile.record.facts import EntryFact
from casefile.record.model import Row
from casefile.sections.base import Section, Words

FOUND = ("trace", "possible")
"""Results by which something is known of somebody, or may be."""


class Search(Row):
    """One system searched, with the names and dates of birth tried."""

    __tablename__ = "row_search"

    system: Mapped[str | None] = field("System", codes="research_system", needed=True)
    tried: Mapped[str | None] = field("Names and dates of birth tried")
    result: Mapped[str | None] = field("Result", codes="research_result", needed=True)
    found: Mapped[str | None] = field("What was found", kind=FieldKind.PROSE)
    found_ref: Mapped[str | None] = field("Reference there")
    graded_source: Mapped[str | None] = field("Intelligence: source", codes="intelligence_source")
    graded_information: Mapped[str | None] = field(
        "Intelligence: information", codes="intelligence_information"
    )
    graded_handling: Mapped[str | None] = field("Intelligence: handling", codes="intelligence_handling")


class Research(Section, key="research", divider="research", title="Research"):
    """What police and partner systems hold about the people of the file, searched on a day.

    Every adult and child of the household is searched, and again before each conference and for each new person.
    """

    happened_label: ClassVar[str] = "Searched on"

    occasion: Mapped[str | None] = field("Why", codes="research_reason", needed=True)
    searched_by: Mapped[str | None] = field("Searched by", needed=True, prefill="officer")
    status: Mapped[str | None] = field("Status", codes="research_status", asked=True)
    searches = rows("Systems searched", Search, needed=True, prefill="systems")
    grading: Mapped[str | None] = field("How sure", codes="source_reliability")
    conclusion: Mapped[str | None] = field("What it means for the children", kind=FieldKind.PROSE, asked=True)

    @classmethod
    def line(cls, entry: EntryFact, words: Words) -> str:
        """How many systems, and how many traces."""
        searches = entry.rows("searches")
        traces = sum(row.get("result") in FOUND for row in searches)
        return f"{len(searches)} systems searched, {traces} with a trace"

    @classmethod
    def excused(cls, entry: EntryFact) -> frozenset[str]:
        """Where nothing was found there is nothing to say of what it means."""
        found = any(row.get("result") in FOUND for row in entry.rows("searches"))
        return frozenset() if found or not entry.rows("searches") else frozenset({"conclusion"})
