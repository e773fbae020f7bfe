"""Plain text in whatever encoding it was written."""

from __future__ import annotations

from charset_normalizer import from_bytes

from casefile.exchange.readers.reading import Reading, bounded

_LOOKED_AT = 200_000
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")
)  # fmt: skip


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of these bytes, and a warning where its encoding had to be guessed."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), ()
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        encoding = _guess(data)
    guessed = (
        f"The text does not say how its letters are written; it was read as {encoding}. Check the names."
    )
    return data.decode(encoding, "replace"), (guessed,)


def is_text(data: bytes) -> bool:
    """Whether these bytes look like written text rather than a picture or a program."""
    if any(data.startswith(mark) for mark, _ in _MARKS):
        return True
    head = data[:8192]
    return b"\x00" not in head and sum(byte < 9 or 13 < byte < 27 for byte in head) * 50 <= len(head)


def read_txt(data: bytes) -> Reading:
    """The words of a plain text, lines ended alike."""
    said, guessed = decode(data)
    text, warnings = bounded(said.replace("\r\n", "\n").replace("\r", "\n"))
    return Reading("text/plain", text, warnings=guessed + warnings)


def _guess(data: bytes) -> str:
    """Windows letters when only a few are beyond ASCII (a pound sign, a quote), else what fits best."""
    head = data[:_LOOKED_AT]
    if sum(byte > 127 for byte in head) * 20 < len(head):
        try:
            head.decode("cp1252")
        except UnicodeDecodeError:
            pass
        else:
            return "cp1252"
    best = from_bytes(head).best()
    return best.encoding if best else "cp1252"
