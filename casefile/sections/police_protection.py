"""Police protection: a child removed or kept safe by a constable under section 46."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy.orm import Mapped

from casefile.record.described import FieldKind, field
from casefile.record.duties import Opens
from casefile.record.facts import EntryFact
from casefile.sections.base import Section, Weight, Words
from casefile.standards import library


def _ended_on(entry: EntryFact) -> date | None:
    ended: datetime | None = entry.get("ended_at")
    return ended.date() if ended else (entry.known_on if entry.get("ended_how") else None)


class PoliceProtection(Section, key="police_protection", divider="legal", title="Police protection"):
    """A constable's power to remove a child, or keep it where it is, for at most 72 hours.

    Children Act 1989, section 46. A designated officer enquires and the constable tells the local authority, the
    child and the parents.
    """

    happened_label: ClassVar[str] = "Taken on"

    constable: Mapped[str | None] = field("Constable", needed=True, prefill="officer")
    designated_officer: Mapped[str | None] = field("Designated officer", needed=True)
    grounds: Mapped[str | None] = field("Reasonable cause to believe", kind=FieldKind.PROSE, needed=True)
    placed: Mapped[str | None] = field("Where the child was taken or kept", asked=True)
    duties_done: Mapped[list[str] | None] = field("Duties done", codes="police_protection_duty", asked=True)
    ended_how: Mapped[str | None] = field("How it ended", codes="police_protection_end")
    ended_at: Mapped[datetime | None] = field("Ended at")

    opens: ClassVar[tuple[Opens, ...]] = (Opens("PP", done_on=_ended_on, even_if_past=True),)

    @classmethod
    def excused(cls, entry: EntryFact) -> frozenset[str]:
        """Duties are named one by one below."""
        return frozenset({"duties_done"})

    @classmethod
    def missing(cls, entry: EntryFact, as_of: date) -> tuple[str, ...]:
        """Each thing that section 46 requires and nobody says was done; release once it has ended."""
        done: set[str] = set(entry.get("duties_done") or ())
        if not _ended_on(entry):
            done.add("release")
        duties = library().codes("police_protection_duty")
        return tuple(f"not said to be done: {one.label}" for one in duties.codes if one.code not in done)

    @classmethod
    def weight(cls, entry: EntryFact) -> Weight:
        """A child was removed, or kept where it was safe."""
        return "danger"

    @classmethod
    def line(cls, entry: EntryFact, words: Words) -> str:
        """That it was used, and how it ended."""
        ended = words("police_protection_end", entry.get("ended_how") or "")
        return f"Police protection taken{f': {ended.lower()}' if ended else ''}"
