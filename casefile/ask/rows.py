"""What asking hands over: the question as it was put, the columns, and the rows with their words and values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class AnswerColumn:
    """A column of an answer; ``sorts`` says whether the rows can be ordered by it."""

    key: str
    title: str
    number: bool
    sorts: bool


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One row of an answer.

    Attributes:
        id: What the row is of, so that it stays chosen when it is read again.
        divider: Where it is opened in its file.
        thread_id: The record it is, if it is one.
        cells: Words, in the order of the columns.
        values: The same as plain values: days, numbers, codes, names.
    """

    id: tuple[UUID, ...]
    file_id: UUID
    reference: str
    divider: str
    thread_id: UUID | None
    cells: tuple[str, ...]
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A view as it was asked.

    Attributes:
        question: What was asked, with what was said in it.
        said: Title and words of everything that was said.
        day: By what was known then.
        total: How many rows there are in all.
        what: What its rows are, in words.
    """

    key: str
    title: str
    question: str
    about: str
    source: str
    said: tuple[tuple[str, str], ...]
    day: date
    columns: tuple[AnswerColumn, ...]
    rows: tuple[AskedRow, ...]
    total: int
    what: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be said for officers and teams: name as shown, and value."""

    officers: tuple[tuple[str, str], ...]
    teams: tuple[str, ...]
