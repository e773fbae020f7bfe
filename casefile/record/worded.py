"""The words of every record, ready to be searched: kept in the transaction that keeps the record itself.

A cache, and never the only copy of anything. Each row belongs to one file, so that the session leaves out what an officer
may not see; on a server the database does it besides. The engine's own index over it is in ``casefile.store.words``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Integer, bindparam, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from casefile.access.lean import Lean
from casefile.access.visibility import OfFile
from casefile.record.model import Document
from casefile.store.base import Base
from casefile.store.lean import Put
from casefile.words.cut import worded
from casefile.work.ids import derived_id
from casefile.work.pieces import in_pieces

_FIRST_DAY = date(1900, 1, 1).toordinal()
_KIND, _DAY = 60, 43
"""From which bit on the number of a row says of what kind it is, and from which on its day."""
_LAST_DAY = 2 ** (_KIND - _DAY) - 1


class Of(IntEnum):
    """Of what a row holds the words; rows of one kind stand together, what is undated by no order, what is dated by its day."""

    FILE = 1
    PERSON = 2
    ENTRY = 3
    DOCUMENT = 4
    TASK = 5


class WordRow(OfFile, Base):
    """The words of one record as they are searched.

    Attributes:
        id: Kind, day and a part of the identity in one number, so that the newest of a kind are the first from behind.
        record_id: Identity of the entry version, document, task, person or file.
        section: Divider of an entry.
        author_id: Who wrote it, or filed it.
        latest: Whether no newer version stands.
        placed, loose: Its words (``casefile.words.cut.Worded``).
    """

    __tablename__ = "word_row"

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False
    )
    file_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    record_id: Mapped[UUID]
    section: Mapped[str | None]
    author_id: Mapped[UUID | None]
    latest: Mapped[bool]
    placed: Mapped[str]
    loose: Mapped[str]


_TABLE: Any = WordRow.__table__
_KEEP = Put(_TABLE)
_SAYS = ("section", "author_id", "latest", "placed", "loose")
"""Columns that may be wrong in a row."""
_HELD = select(WordRow.id, *(getattr(WordRow, one) for one in _SAYS))
_STANDS = Lean(_HELD.where(WordRow.id == bindparam("id", type_=BigInteger())))


@dataclass(frozen=True, slots=True)
class Words:
    """What a record says, to be kept as words.

    Attributes:
        of: What it is.
        day: When it happened, or came; None for people and files.
        head: What it is called.
        body: What it says besides.
        agencies: Codes of the agencies it names.
        latest: Whether no newer version stands.
    """

    of: Of
    record_id: UUID
    file_id: UUID
    day: date | None
    head: str
    body: str = ""
    section: str | None = None
    author_id: UUID | None = None
    agencies: frozenset[str] = frozenset()
    latest: bool = True

    @property
    def number(self) -> int:
        """The number of its row."""
        return number(self.of, self.record_id, self.file_id, self.day)

    def row(self) -> dict[str, Any]:
        """As it is kept."""
        found = worded(self.head, self.body, self.agencies)
        return {
            "id": self.number,
            "file_id": self.file_id,
            "record_id": self.record_id,
            "section": self.section,
            "author_id": self.author_id,
            "latest": self.latest,
            "placed": found.placed,
            "loose": found.loose,
        }


def number(of: Of, record_id: UUID, file_id: UUID, day: date | None) -> int:
    """The number of a row: the same for the same record and day in every store."""
    whole = derived_id("words", record_id, file_id).int
    if day is None:
        return of << _KIND | whole >> (128 - _KIND)
    return of << _KIND | day_number(day) << _DAY | whole >> (128 - _DAY)


def day_number(day: date) -> int:
    """A day as it stands in the number of a row; what is out of reach counts as the first or last day."""
    return min(max(day.toordinal() - _FIRST_DAY, 0), _LAST_DAY)


def numbers(of: Of, after: date | None = None, before: date | None = None) -> tuple[int, int]:
    """The first and last number of a kind, of *after* to *before*, these days too."""
    low = of << _KIND
    high = (of + 1) << _KIND
    if before is not None:
        high = low | (day_number(before) + 1) << _DAY
    if after is not None:
        low |= day_number(after) << _DAY
    return low, high - 1


def keep_words(session: Session, said: Iterable[Words]) -> None:
    """Keep the words of records that have none yet."""
    rows = sorted((one.row() for one in said), key=lambda one: one["id"])
    _KEEP.rows(session, rows)


def drop_words(session: Session, ids: Sequence[int]) -> None:
    """Take away the words of records that are no more, by the numbers of their rows."""
    for some in in_pieces(sorted(ids)):
        session.execute(delete(_TABLE).where(_TABLE.c.id.in_(some)))


def keep_anew(session: Session, said: Sequence[Words], gone: Iterable[int] = ()) -> int:
    """Keep words in place of those that stand under the same numbers; gives how many rows were not as they should be.

    Args:
        session: Of the writing under way.
        said: What is to stand; what stands so already is left alone.
        gone: Numbers of rows that are to stand no more.
    """
    rows = {row["id"]: row for row in (one.row() for one in said)}
    asked = list(_STANDS.rows(session, id=next(iter(rows)))) if len(rows) == 1 else []
    for some in in_pieces(sorted(rows) if len(rows) > 1 else ()):
        asked += session.execute(_HELD.where(WordRow.id.in_(some)))
    held: dict[int, tuple[Any, ...]] = {row.id: tuple(row)[1:] for row in asked}
    wrong = {at for at, row in rows.items() if held.get(at) != tuple(row[one] for one in _SAYS)}
    left = set(gone)
    drop_words(session, sorted(left | (wrong & held.keys())))
    _KEEP.rows(session, [rows[at] for at in sorted(wrong)])
    return len(wrong | left)


def no_longer_latest(session: Session, row: int) -> None:
    """A newer version stands: the words of this one are found only by whoever asks for older ones."""
    session.execute(update(WordRow).where(WordRow.id == row).values(latest=False))


def of_look(person_id: UUID, file_id: UUID, said: Mapping[str, Any]) -> Words:
    """The words of what one file says of a person."""
    parts = [" ".join(one for one in home[:3] if one) for home in said.get("homes", ())]
    for key in ("contacts", "numbers", "settings"):
        parts += [str(one) for _, one in said.get(key, ())]
    head = "\n".join(name for _, name, _ in said.get("names", ()))
    return Words(Of.PERSON, person_id, file_id, None, head, "\n".join([*parts, *said.get("notes", ())]))


def of_document(document: Document) -> Words:
    """The words of a document: its name, and what was read from it."""
    day = document.received_on or document.recorded_at.date()
    author = document.recorded_by
    return Words(
        Of.DOCUMENT, document.id, document.file_id, day, document.name, document.text, author_id=author
    )


def of_task(row: Mapping[str, Any], owed_by: str, agencies: frozenset[str]) -> Words:
    """The words of something owed: what, and by whom in words."""
    return Words(
        Of.TASK, row["id"], row["file_id"], row["opened_on"], row["title"], owed_by, agencies=agencies
    )


def of_file(file_id: UUID, reference: str, family_name: str, holders: Iterable[str]) -> Words:
    """The words that a file is called by, and who holds it."""
    return Words(Of.FILE, file_id, file_id, None, f"{reference} {family_name}", " ".join(holders))
