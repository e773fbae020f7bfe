"""Rich text (.rtf), as older systems and some surgeries send their reports."""

from __future__ import annotations

import codecs
import re

from striprtf.striprtf import rtf_to_text

from casefile.errors import Damaged
from casefile.exchange.readers.package import CUT_SHORT
from casefile.exchange.readers.reading import Reading, bounded
from casefile.exchange.readers.rtf_tamed import tame

MEDIA_TYPE = "application/rtf"
MOST_RTF = 64 * 1024 * 1024
"""Bytes of rich text that are read; pictures are written as letters and make it long."""
MOST_WORDS = 20_000_000
"""Characters of it left without its pictures."""
TOO_LONG = "The rich text is larger than any report; its text is not read."
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{1,5})")
_SET_APART = re.compile(r"\\(?:header|footer|footnote|annotation)[lrf]?\b ?")
_SAID = re.compile(r"\{\\(title|author|creatim)\b ?((?:[^{}\\]|\\[^{}])*)\}")
_TIME = re.compile(r"\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")


def read_rtf(data: bytes) -> Reading:
    """The words of a rich text, with its headers, footers and notes where they stand.

    Raises:
        Damaged: It is cut short in a way that no words can be taken from.
    """
    if len(data) > MOST_RTF:
        raise Damaged(TOO_LONG)
    encoding = _encoding(data)
    raw = data.decode("latin-1" if encoding == "utf-8" else encoding, "replace")
    said = {found[1]: found[2] for found in _SAID.finditer(raw[:65536])}
    text, warnings = bounded(_words(raw, encoding))
    time = _TIME.search(said.get("creatim", ""))
    dated = f"{time[1]}-{int(time[2]):02}-{int(time[3]):02}" if time else ""
    return Reading(
        MEDIA_TYPE,
        text,
        title=_short(said.get("title", ""), encoding),
        sender=_short(said.get("author", ""), encoding),
        dated=dated,
        warnings=warnings,
    )


def _words(raw: str, encoding: str) -> str:
    tamed = tame(raw)
    if len(tamed) > MOST_WORDS:
        raise Damaged(TOO_LONG)
    plain = _SET_APART.sub(r"\\par ", tamed)
    try:
        said = rtf_to_text(plain, encoding=encoding, errors="replace")
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise Damaged(CUT_SHORT) from error
    lines = (line[:-1].replace("|", "\t") if line.endswith("|") else line for line in said.split("\n"))
    return "\n".join(line.rstrip() for line in lines)


def _short(part: str, encoding: str) -> str:
    return _words("{\\rtf1\\ansi " + part + "}", encoding).strip()[:500]


def _encoding(data: bytes) -> str:
    found = _CODE_PAGE.search(data[:4096])
    name = f"cp{int(found[1])}" if found else "cp1252"
    if name == "cp65001":
        return "utf-8"
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name
