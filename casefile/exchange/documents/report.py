"""What came of a document, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Filed:
    """One document as filed, with those that came inside it.

    Attributes:
        document_id: Its identity in the store.
        name: Its file name.
        inside: The name of the document it came inside; "" for the one that was brought in.
        words: How many words were read from it.
        again: True when the file held it already; nothing was filed a second time.
        warnings: What could not be read, in sentences.
    """

    document_id: UUID
    name: str
    inside: str
    words: int
    again: bool
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prefilled:
    """A form prefilled from a document, or why there is none.

    Attributes:
        document_id, name: The document.
        draft_id: The draft that waits to be confirmed; None when none was started.
        record: Key of the section of the draft, e.g. ``minutes``.
        section: Its title.
        beside: Key of the section in which the meeting itself is recorded, where the file does not
            hold it yet: ``conference``, ``strategy``, ``core_group``; "" otherwise.
        what: What the document was read as, in a sentence.
        doubts: What is doubtful in it, in sentences.
        why_not: Why no draft was started, in a sentence; "" when one was.
    """

    document_id: UUID
    name: str
    draft_id: UUID | None
    record: str
    section: str
    beside: str
    what: str
    doubts: tuple[str, ...]
    why_not: str


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What came of one document with all that was inside it."""

    file_id: UUID
    reference: str
    filed: tuple[Filed, ...]
    prefilled: tuple[Prefilled, ...]

    @property
    def drafts(self) -> tuple[Prefilled, ...]:
        """The forms that wait to be confirmed."""
        return tuple(one for one in self.prefilled if one.draft_id is not None)

    def lines(self) -> tuple[str, ...]:
        """What happened, in words."""
        return tuple(self._lines())

    def as_json(self) -> str:
        """The same for programs."""
        return json.dumps(
            {
                "file": self.reference,
                "filed": [_plain(one) for one in self.filed],
                "prefilled": [_plain(one) for one in self.prefilled],
            },
            ensure_ascii=False,
            indent=2,
        )

    def _lines(self) -> Iterator[str]:
        for one in sorted(self.prefilled, key=lambda one: one.draft_id is None):
            waits = f"A draft under {one.section} waits to be compared, confirmed and signed."
            yield f"{one.name}: {one.what} {one.why_not or waits}"
            yield from (f"  {doubt}" for doubt in one.doubts)
        for one in self.filed:
            where = f" (inside {one.inside})" if one.inside else ""
            done = f"{self.reference} holds it already" if one.again else f"filed in {self.reference}"
            count = f"{one.words:,} words read" if one.words else "no text read"
            yield f"{one.name}{where}: {done}, {count}."
            yield from (f"  {warning}" for warning in one.warnings)


def _plain(one: Filed | Prefilled) -> dict[str, Any]:
    values = {each.name: getattr(one, each.name) for each in fields(one)}
    return {key: str(value) if isinstance(value, UUID) else value for key, value in values.items()}
