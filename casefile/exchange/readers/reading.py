"""What was read from a document, and the bounds of reading."""

from __future__ import annotations

from dataclasses import dataclass, replace

MOST_TEXT = 10_000_000
"""Characters of text taken from one document; what is beyond is kept in the document and said in a warning."""
MOST_ATTACHMENTS = 200
"""Attachments taken out of one document."""
LONGEST_LINE = 1_000
"""Characters of a title, a sender or a date as a document states them."""
DEEPEST = 6
"""How many times a document is opened inside another."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document that came inside another.

    Attributes:
        name: Its file name as stated, or a plain one where none was stated.
        data: Its bytes, whole.
    """

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a document in reading order, and what it says of itself.

    Attributes:
        media_type: What it really is, by its content; "application/octet-stream" when not known.
        text: Its words; rows of tables are lines with tabs. Empty when none could be read.
        title: Its title or subject, "" when it has none.
        sender: Who wrote or sent it, as stated.
        dated: The date it bears, as stated by the document and not checked.
        attachments: What came inside it.
        warnings: What could not be read, in sentences for people.
        recipients: To whom it was sent, as stated.
    """

    media_type: str
    text: str = ""
    title: str = ""
    sender: str = ""
    dated: str = ""
    attachments: tuple[Attachment, ...] = ()
    warnings: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()


def bounded(text: str) -> tuple[str, tuple[str, ...]]:
    """The text up to :data:`MOST_TEXT` characters, fit to be kept, and a warning when more was left.

    Null characters and halves of surrogate pairs, which no store keeps, are taken out.
    """
    cut = text[:MOST_TEXT]
    clean = cut.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8").strip()
    if len(text) <= MOST_TEXT:
        return clean, ()
    return clean, (
        f"Only the first {MOST_TEXT:,} characters were read for searching; the document is kept whole.",
    )


def tidy(reading: Reading) -> Reading:
    """What a document says of itself, on one line each and fit to be kept."""
    return replace(
        reading,
        title=_line(reading.title),
        sender=_line(reading.sender),
        dated=_line(reading.dated),
        recipients=tuple(_line(one) for one in reading.recipients),
    )


def _line(said: str) -> str:
    clean = said[:LONGEST_LINE].replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")
    return " ".join(clean.split())


def safe_name(stated: str | None, fallback: str) -> str:
    """A file name without folders or control characters, at most 200 characters long."""
    last = (stated or "").replace("\\", "/").rpartition("/")[2]
    plain = "".join(letter for letter in last if letter.isprintable()).strip(" .")
    return plain[-200:].encode("utf-8", "ignore").decode("utf-8") or fallback
