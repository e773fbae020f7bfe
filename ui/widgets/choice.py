"""Something that can be picked: a code, a person, an officer, a document, another entry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from casefile.standards import CodeList

SHORT_CODE = 5
"""Official codes are short and people know them; longer ones are the house's own and not shown."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to pick.

    Attributes:
        key: What is kept: a code or an identity as text.
        label: What is shown.
        note: More about it, for a tooltip.
    """

    key: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """What a form must know about its surroundings; all frozen, all handed over.

    Attributes:
        today: The date in London.
        codes: Gives a code list by its key.
        people, officers, documents, entries: What pickers offer.
        short: One column only: type is large or room is narrow.
        stacked: Names stand above their fields: there is hardly room for one column.
    """

    today: date
    codes: Callable[[str], CodeList]
    people: tuple[Choice, ...] = ()
    officers: tuple[Choice, ...] = ()
    documents: tuple[Choice, ...] = ()
    entries: Sequence[Choice] = ()
    short: bool = False
    stacked: bool = False
    names: dict[str, str] = field(default_factory=dict)

    def name(self, identity: object) -> str:
        """What an identity is called: a person, officer, document or entry."""
        key = str(identity)
        if key in self.names:
            return self.names[key]
        found = next(
            (
                one.label
                for one in chain(self.people, self.officers, self.documents, self.entries)
                if one.key == key
            ),
            None,
        )
        return found or "not to be seen here"


def code_choices(codes: CodeList, on: date, *, keep: str | None = None) -> tuple[Choice, ...]:
    """The codes in use on a day (and *keep*, which an old form may hold), with short codes shown."""
    used = list(codes.in_use(on))
    if keep and (old := codes.get(keep)) is not None and old not in used:
        used.append(old)
    short = all(len(one.code) <= SHORT_CODE for one in used)
    return tuple(
        Choice(one.code, f"{one.label} ({one.code})" if short else one.label, one.help) for one in used
    )
