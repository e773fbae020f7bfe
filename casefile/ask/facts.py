"""The words a view is written in: kinds of rows and what can be known of each, as expressions of one statement."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement


class Kind(StrEnum):
    """What a fact is, and so which tests it takes and how it is told."""

    DAY = "day"
    NUMBER = "number"
    TEXT = "text"
    CODE = "code"
    CODES = "codes"
    YES_NO = "yes or no"
    OFFICER = "officer"
    NAMES = "names"
    """Told beside a row and never asked about: people a record concerns, other files of a person."""


TESTS: Mapping[Kind, frozenset[str]] = {
    Kind.DAY: frozenset(
        {"longer_ago", "within", "ahead", "past", "since", "before", "earlier_than", "later_than"}
    ),
    Kind.NUMBER: frozenset({"is", "is_not", "at_least", "at_most"}),
    Kind.TEXT: frozenset({"is", "is_not", "one_of", "none_of", "contains"}),
    Kind.CODE: frozenset({"is", "is_not", "one_of", "none_of"}),
    Kind.CODES: frozenset({"holds", "lacks"}),
    Kind.YES_NO: frozenset({"is", "is_not"}),
    Kind.OFFICER: frozenset({"is", "is_not"}),
    Kind.NAMES: frozenset(),
}
"""Tests that each kind takes, beside ``known`` and ``unknown``, which all but names take."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a statement stands on.

    Attributes:
        day: By what was known then.
        today: Whether that is today, so that what the store keeps at hand may be read.
        file: The mapped class of files.
        person: The column that names the person of a row; None where a row is of no one person.
        row: The mapped class of the row itself: a section, a task, an alarm; None for files and people.
    """

    day: date
    today: bool
    file: Any
    person: Any = None
    row: Any = None


Make = Callable[[Ground], ColumnElement[Any]]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that can be known of a row.

    Attributes:
        make: The expression that finds it.
        codes: Of a code: the key of its list.
        dated: Whether it can be told as of a past day, by what was known then.
    """

    key: str
    title: str
    kind: Kind
    make: Make
    codes: str = ""
    dated: bool = True


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of row.

    Attributes:
        one, many: What rows are called.
        rows: The statement that finds them all, of these columns.
        person: Whether each row is of one person; facts are then gathered from what concerns them.
        dated: Whether its rows can be told as of a past day.
        opens: Key of the divider where a row is opened; "" where its record says so.
        ground: What the statement stands on, for a day.
    """

    key: str
    one: str
    many: str
    ground: Callable[[date, bool], Ground]
    rows: Callable[[Ground, tuple[Any, ...]], Any]
    facts: Mapping[str, Fact] = field(default_factory=dict[str, Fact])
    dated: bool = True
    opens: str = ""


def by_key(*facts: Fact) -> Mapping[str, Fact]:
    """Facts by key."""
    return {one.key: one for one in facts}
