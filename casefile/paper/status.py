"""The state of a divider in a sentence: complete, what is missing, or not applicable and who said so."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from casefile.paper.words import Words, moment
from casefile.record.described import Description
from casefile.record.facts import EntryFact
from casefile.record.model import DividerMark
from casefile.sections import SECTIONS
from casefile.sections.base import describe
from casefile.sections.load import entries
from casefile.standards import Divider
from casefile.work.unit import Work

_MOST = 6
"""Missing things that are named; a longer list is cut with its number."""


def divider_status(
    work: Work, file_id: UUID, divider: Divider, sections: list[str], count: int, words: Words
) -> str:
    """The state of *divider*; *count* is how many records stand behind it, *sections* its kinds of entry."""
    mark = work.session.scalars(
        select(DividerMark)
        .where(DividerMark.file_id == file_id, DividerMark.divider == divider.key)
        .order_by(DividerMark.recorded_at.desc(), DividerMark.id.desc())
        .limit(1)
    ).first()
    if mark is not None and not mark.applies:
        return f"Not applicable: {words.officer(mark.recorded_by)}, {moment(mark.recorded_at)}: {mark.reason}"
    if not count:
        return "Empty."
    missing: list[str] = []
    for fact in entries(work.session, SECTIONS, file_id, only=sections) if sections else ():
        missing += [f"{one} ({fact.summary})" for one in _missing(fact, describe(SECTIONS[fact.section]))]
        missing += SECTIONS[fact.section].missing(fact, work.today)
    named = list(dict.fromkeys(missing))
    if not named:
        return "Complete."
    more = f"; and {len(named) - _MOST} more" if len(named) > _MOST else ""
    return f"Missing: {'; '.join(named[:_MOST])}{more}."


def _missing(fact: EntryFact, description: Description) -> list[str]:
    fields = [
        spec.label for spec in description.fields if spec.asked and fact.get(spec.key) in (None, "", [], ())
    ]
    return fields + [spec.label for spec in description.groups if spec.asked and not fact.rows(spec.key)]
