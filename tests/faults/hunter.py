"""The hunter: looks through files for words and keys that may never lie anywhere in the clear."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterable
from pathlib import Path

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")
PDF = b"%PDF-"
"""Pages hold their words compressed: a printed page in the clear is known by what every PDF begins with."""


def _as_mail(data: bytes) -> Iterable[bytes]:
    """How base64 writes *data* wherever it begins within a group of three bytes: the part that never changes."""
    for before in range(3):
        written = base64.b64encode(bytes(before) + data)
        first, last = -(-before * 4 // 3), len(written) - 4 if (before + len(data)) % 3 else len(written)
        yield written[first:last]


def shapes(words: Iterable[str], keys: Iterable[bytes] = ()) -> dict[bytes, str]:
    """Every shape in which programs write a word or a key, and what it is called when it is found.

    Words: as they are, in small letters and capitals, in one- and two-byte characters, and in base64. Keys: their
    bytes, in hex, in base64.
    """
    found: dict[bytes, str] = {PDF: "a PDF"}
    for word in words:
        for said in (word, word.casefold(), word.upper()):
            for encoding in ENCODINGS:
                found[said.encode(encoding)] = word
        found |= dict.fromkeys(_as_mail(word.encode()), f"{word} in base64")
    for key in keys:
        found[key] = "the key"
        for text in (key.hex(), key.hex().upper()):
            found |= {text.encode(encoding): "the key in hex" for encoding in ENCODINGS}
        found |= dict.fromkeys(_as_mail(key), "the key in base64")
        found[base64.urlsafe_b64encode(key).rstrip(b"=")] = "the key in base64"
    return found


def found(sought: dict[bytes, str], *places: Path) -> list[str]:
    """What of *sought* lies in a file or its name, anywhere below *places*."""
    hits: set[str] = set()
    for path in (one for place in places for one in place.rglob("*")):
        try:
            data = str(path).encode() + (path.read_bytes() if path.is_file() else b"")
        except FileNotFoundError:  # gone meanwhile, as the WAL goes
            continue
        hits |= {f"{name} in {path.name}" for shape, name in sought.items() if shape in data}
    return sorted(hits)


def unseen(sought: dict[bytes, str], process: int) -> list[str]:
    """The same in the files that *process* holds open, also those that were unlinked and nobody sees."""
    hits: set[str] = set()
    for handle in Path(f"/proc/{process}/fd").glob("*"):
        if handle.is_file():
            data = handle.read_bytes()
            where = os.readlink(handle)
            hits |= {f"{name} in {where}" for shape, name in sought.items() if shape in data}
    return sorted(hits)
