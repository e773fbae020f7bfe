"""Everything a view may speak of: kinds of rows with their facts, and facts it gathers from the records of a section."""

from __future__ import annotations

from collections.abc import Mapping

from casefile.ask.facts import Fact, Subject
from casefile.ask.of_entries import ENTRIES
from casefile.ask.of_file import FILE
from casefile.ask.of_people import ADULT, CHILD
from casefile.ask.of_work import ALARM, TASK

SUBJECTS: Mapping[str, Subject] = {
    **{one.key: one for one in (FILE, CHILD, ADULT, TASK, ALARM)},
    **ENTRIES,
}
"""Kinds of rows by key."""


def names(facts: Mapping[str, Fact]) -> str:
    """The facts there are, for a sentence that says that another is not among them."""
    return ", ".join(sorted(facts))
