"""Opening what came inside a document, and inside that: mails within mails, reports attached to them."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from casefile.exchange.readers.read import read_document
from casefile.exchange.readers.reading import DEEPEST, Reading, safe_name
from casefile.work.progress import Progress, Quiet

MOST_PARTS = 300
MOST_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class Part:
    """One document of those that came as one.

    Attributes:
        name: Its file name.
        data: Its bytes, whole.
        reading: What was read from it.
        parent: The place, in the row of parts, of the document it came inside; None for the first.
    """

    name: str
    data: bytes
    reading: Reading
    parent: int | None


def read_whole(name: str, data: bytes, progress: Progress | None = None) -> tuple[Part, ...]:
    """Read a document and everything inside it, the document itself first, each after what it came in.

    What lies deeper or is more than the bounds allow is not taken out; the last part that was says so.
    Raises :class:`casefile.errors.Cancelled` when the person stops the work.
    """
    watched = progress or Quiet()
    parts: list[Part] = []
    waiting: deque[tuple[str, bytes, int | None, int]] = deque([(safe_name(name, "document"), data, None, 0)])
    size = 0
    while waiting:
        name, data, parent, depth = waiting.popleft()
        watched.step(len(parts), len(parts) + len(waiting) + 1, "Reading the documents")
        reading = read_document(name, data, progress)
        here = len(parts)
        fits = [
            each
            for each in reading.attachments
            if depth < DEEPEST and here + len(waiting) < MOST_PARTS and size + len(each.data) <= MOST_BYTES
        ]
        size += sum(len(each.data) for each in fits)
        waiting.extend((each.name, each.data, here, depth + 1) for each in fits)
        parts.append(Part(name, data, _say(reading, len(reading.attachments) - len(fits)), parent))
    return tuple(parts)


def _say(reading: Reading, left: int) -> Reading:
    if not left:
        return reading
    said = f"{left} attachments were not taken out: they lie too deep, or are too many or too large."
    return Reading(
        reading.media_type, reading.text, reading.title, reading.sender, reading.dated,
        reading.attachments, (*reading.warnings, said), reading.recipients,
    )  # fmt: skip
