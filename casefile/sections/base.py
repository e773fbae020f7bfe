"""What a section is: a kind of entry with its own fields, and what signing it opens and closes.

A divider of the model file is one module beside this one. Adding a section is one such module,
one migration and one line in the standard.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, ClassVar, Literal
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from casefile.record.described import (
    Description,
    FieldKind,
    FieldSpec,
    described_fields,
    described_groups,
)
from casefile.record.duties import Ceases, Closes, Opens, OpensEach
from casefile.record.facts import EntryFact
from casefile.record.model import Entry
from casefile.work.names import Permission

Words = Callable[[str, str], str]
"""``words(code_list, code)`` gives the label of a code."""


Weight = Literal["", "significant", "danger"]
"""How much an event weighs in the chronology: ``danger`` where a child was hurt, at risk now or out of reach."""


class Section(Entry):
    """One kind of entry. Subclasses say ``key``, ``divider`` and ``title`` in the class line.

    Attributes:
        happened_label: What the common date means here, e.g. ``Held on``.
        happens_today: Whether signing is the thing itself, so that a new form starts with today.
        opens, opens_each, closes, ceases: What signing opens, closes and lets fall away (``casefile.record.owed``).
        signs: The permission that signing needs beside the usual one.
        own_hand: Whether one officer alone answers for it, so that nobody else writes in its draft.
        endorsed: Whether a supervisor endorses each version.
        closes_file: Whether signing closes the police file, and so is refused while something stands against it.
        numbered: Whether its entries are counted in the order in which they were written, as a policy log is.
        prepares: Whether it prepares for what its divider holds (a report to a conference), so that alone it completes nothing.
        once: True when a file has one thread of it at most (a front sheet, a closure).
    """

    __abstract__ = True

    key: ClassVar[str]
    divider: ClassVar[str]
    title: ClassVar[str]
    happened_label: ClassVar[str] = "Happened on"
    happens_today: ClassVar[bool] = False
    opens: ClassVar[tuple[Opens, ...]] = ()
    opens_each: ClassVar[tuple[OpensEach, ...]] = ()
    closes: ClassVar[tuple[Closes, ...]] = ()
    ceases: ClassVar[tuple[Ceases, ...]] = ()
    signs: ClassVar[Permission] = Permission.KEEP_FILES
    own_hand: ClassVar[bool] = False
    endorsed: ClassVar[bool] = False
    closes_file: ClassVar[bool] = False
    numbered: ClassVar[bool] = False
    prepares: ClassVar[bool] = False
    once: ClassVar[bool] = False

    def __init_subclass__(cls, *, key: str, divider: str, title: str, **kwargs: Any) -> None:
        """Give the section its table and its place in the file."""
        cls.key, cls.divider, cls.title = key, divider, title
        cls.__tablename__ = f"section_{key}"
        cls.__mapper_args__ = {"polymorphic_identity": key}
        super().__init_subclass__(**kwargs)

    @declared_attr
    def id(cls) -> Mapped[UUID]:  # pyright: ignore[reportIncompatibleVariableOverride]
        """The entry's identity."""
        return mapped_column(ForeignKey("entry.id"), primary_key=True)

    @declared_attr.directive
    def __table_args__(cls) -> Any:
        """Signed rows are guarded."""
        return ({"info": {"immutable": True}},)

    @classmethod
    def line(cls, entry: EntryFact, words: Words) -> str:
        """The entry in one line for lists and the chronology; the title unless a section knows better."""
        return cls.title

    @classmethod
    def weight(cls, entry: EntryFact) -> Weight:
        """How the chronology marks the entry. Our reading of "significant events marked": no guidance lists them."""
        return ""

    @classmethod
    def front(cls, entry: EntryFact) -> Mapping[str, Any]:
        """What the entry says for the front: risk level and day, plan category and start, or state."""
        return {}

    @classmethod
    def missing(cls, entry: EntryFact, as_of: date) -> tuple[str, ...]:
        """What the standard still asks of a signed entry beyond its *asked* fields, in words."""
        return ()

    @classmethod
    def excused(cls, entry: EntryFact) -> frozenset[str]:
        """Keys of *asked* fields and groups not asked of this entry: a refused assessment has no copy."""
        return frozenset()

    @classmethod
    def right(cls, values: Mapping[str, Any]) -> Permission:
        """The permission that signing this form needs."""
        return cls.signs

    @classmethod
    def bars(
        cls, values: Mapping[str, Any], held: Callable[[], Sequence[EntryFact]], officer_id: UUID, named: str
    ) -> str | None:
        """Why this officer may not sign this form, whatever it says, in a sentence; None when nothing bars them.

        Args:
            values: The form.
            held: Gives every version of every entry of the file, read when it is asked for; only supervision notes with
                their own fields.
            officer_id: Who would sign.
            named: Their name as shown.
        """
        return None

    @classmethod
    def faults(cls, values: Mapping[str, Any]) -> Mapping[str, str]:
        """What cannot stand together in a form (an end before its start): sentence by field key."""
        return {}

    @classmethod
    def wanting(cls, values: Mapping[str, Any]) -> Mapping[str, str]:
        """What whoever signs here still has to say, though a file that comes in may lack it: sentence by field key."""
        return {}


@cache
def describe(section: type[Section]) -> Description:
    """The description of a section: its common fields first, then its own, then its groups."""
    about = " ".join((section.__doc__ or "").split())
    common = (
        FieldSpec(
            "happened_on",
            section.happened_label,
            FieldKind.DATE,
            needed=True,
            prefill="today" if section.happens_today else None,
        ),
        FieldSpec("happened_at", "Time", FieldKind.TIME, "Time of day, if known."),
        FieldSpec(
            "known_on",
            "Police knew on",
            FieldKind.DATE,
            "When police learnt of it, if not today.",
            needed=True,
            prefill="today",
        ),
        FieldSpec(
            "concerns",
            "Concerns",
            FieldKind.PEOPLE,
            "The children and adults this is about.",
            prefill="subjects",
        ),
    )
    return Description(
        section.key,
        section.divider,
        section.title,
        about,
        common + described_fields(section),
        described_groups(section),
    )
