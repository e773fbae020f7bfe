"""Rich text made safe to read: the library's own patterns take time without end on what was written to hang them.

Pictures are taken out, links lose their targets, and the table of fonts, which tells in what letters the words are
written, is written anew with nothing in it but that.
"""

from __future__ import annotations

import re

_PICTURE = re.compile(r"\{\\pict(?>[^{}\\]*)(?>\\[a-z]+-?\d* ?|[0-9a-f\s]+)*+\}", re.IGNORECASE)
_FONT = re.compile(r"\\f(\d{1,5})(?!\d)[^;{}]{0,200}?\\fcharset(\d{1,3})(?!\d)")
_BRACE = re.compile(r"[{}]")
_HEAD = re.compile(r"\{\\rtf\d*")
MOST_TABLE = 500_000
"""Characters looked at for the table of fonts; Word's own are a tenth of that."""
MOST_FONTS = 2_000


def tame(raw: str) -> str:
    """The same rich text without pictures and targets of links, and with a plain table of fonts."""
    said = _PICTURE.sub("", raw).replace("\\fldinst", "\\fldinst\n")
    start = said.find("{\\fonttbl")
    if start < 0:
        return said.replace("\\fonttbl", "\\fonts")
    table = said[start : start + MOST_TABLE]
    fonts = dict(_FONT.findall(table))
    end = _end(table)
    rest = said[:start] + said[start + end :]
    rest = rest.replace("\\fonttbl", "\\fonts")
    known = "\n".join(
        f"{{\\f{number}\\fcharset{letters} x;}}" for number, letters in list(fonts.items())[:MOST_FONTS]
    )
    head = _HEAD.search(rest)
    place = head.end() if head else 0
    return f"{rest[:place]}{{\\fonttbl\n{known}\n}}{rest[place:]}" if known else rest


def _end(table: str) -> int:
    """Where the group ends; 0 when it does not end within reach: then it is left as it stands, unnamed."""
    depth = 0
    for brace in _BRACE.finditer(table):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.end()
    return 0
