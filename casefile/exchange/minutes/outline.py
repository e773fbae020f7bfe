"""The outline of minutes: which lines stand under which heading, whatever the layout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from casefile.exchange.minutes.who import looks_like_a_person


class Part(Enum):
    """What a part of minutes is about."""

    PRESENT = "attended"
    APOLOGIES = "apologies"
    ABSENT = "absent"
    REPORT_ONLY = "report_only"
    ACTIONS = "actions"
    DECISION = "decision"
    HELD = "held"
    CHAIR = "chair"
    NEXT = "next"
    OTHER = "other"


_PEOPLE = frozenset({Part.PRESENT, Part.APOLOGIES, Part.ABSENT, Part.REPORT_ONLY})
_HEADINGS: tuple[tuple[str, Part], ...] = (
    (r"report (?:received|sent|only|provided).*", Part.REPORT_ONLY),
    (r"apologies(?: for absence| received(?: from)?| from)?|apols", Part.APOLOGIES),
    (r"absent|did not attend|not present|invited but did not attend|non[- ]attendees", Part.ABSENT),
    ((r"present|in attendance|attendance|attendees|attended(?: by)?|those present|participants|people present"
     r"|who attended|members present"), Part.PRESENT),
    ((r"(?:date (?:and time )?of |date of the |date of this )?next (?:review|core group|conference|meeting).*"
     r"|(?:date of )?(?:first |next )?(?:core group|review conference|review)(?: meeting| date)?"
     r"|date of (?:first |next )?(?:review|core group).*"), Part.NEXT),
    ((r"(?:date|held|held on|meeting date|date held|date and time|date/time|date & time|when"
     r"|(?:date|date and time) of (?:the )?(?:conference|meeting|discussion|strategy discussion|core group|review))"),
     Part.HELD),
    (r"(?:independent )?chair(?:ed by|person)?|chaired by|led by|lead|chair of (?:the )?(?:meeting|conference)",
     Part.CHAIR),
    ((r"(?:agreed |further |summary of |table of )?actions?(?: agreed| points?| plan| arising)?(?: \d{1,2})?"
     r"|recommendations?(?: and (?:outline )?plan)?|(?:outline |child protection )plan|decisions and actions"
     r"|what (?:is|was) to be done"), Part.ACTIONS),
    ((r"decisions?(?: of (?:the )?conference)?|outcomes?(?: of (?:the )?(?:discussion|meeting|conference))?"
     r"|conference decision|conclusions?"), Part.DECISION),
)  # fmt: skip
_MARK = re.compile(r"^\s*(?:[•*·▪-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+")
_MARKING = re.compile(r"^(?:NOT PROTECTIVELY MARKED|OFFICIAL|PROTECT|RESTRICTED|CONFIDENTIAL)\b")
_LABEL = re.compile(r"^(?P<label>[A-Z][^:\t]{1,60}):(?P<rest>.*)$")


@dataclass(slots=True)
class Block:
    """A heading and what stands under it.

    Attributes:
        heading: As written, without marks; "" before the first.
        inline: What stands on the heading's own line, behind the colon.
        lines: The lines under it; items of lists keep their marks, rows of tables their tabs.
    """

    part: Part
    heading: str
    inline: str = ""
    lines: list[str] = field(default_factory=list[str])


def outline(text: str) -> list[Block]:
    """The blocks of a document in order, the first without a heading."""
    blocks = [Block(Part.OTHER, "")]
    apart = False
    for line in lines_of(text):
        if apart and _ends_with_a_gap(blocks[-1], line):
            blocks.append(Block(Part.OTHER, ""))
        apart = not line
        for piece in _apart(line) if line else ():
            _take(blocks, piece)
    return blocks


def lines_of(text: str) -> list[str]:
    """The lines of a document without the protective markings at the head and foot of each page."""
    return [
        line.rstrip().removesuffix("\t") for line in text.splitlines() if not _MARKING.match(line.strip())
    ]


def part_of(heading: str) -> Part:
    """What a heading is about; ``OTHER`` for those that no rule asks for."""
    plain = " ".join(_MARK.sub("", heading).lower().strip(" :.").split())
    return next((part for pattern, part in _HEADINGS if re.fullmatch(pattern, plain)), Part.OTHER)


def is_marked(line: str) -> bool:
    """Whether a line begins an item of a list."""
    return _MARK.match(line) is not None


def unmarked(line: str) -> str:
    """A line without the mark of its list."""
    return _MARK.sub("", line).strip()


def items(block: Block) -> Iterator[str]:
    """The items of a block: what stands behind the colon, then each item of its list, its lines joined."""
    if block.inline:
        yield block.inline
    joined: list[str] = []
    marked = any(is_marked(line) for line in block.lines)
    for line in block.lines:
        if joined and (not marked or is_marked(line) or "\t" in line):
            yield unmarked(" ".join(joined))
            joined = []
        if "\t" in line:
            yield line
        else:
            joined.append(line.strip())
    if joined:
        yield unmarked(" ".join(joined))


def _apart(line: str) -> list[str]:
    """Labels that share a line: ``Date: 6 May 2026    Time: 14:00    Venue: …``."""
    if "\t" in line:
        return [line]
    return [one for one in re.split(r"\s{3,}(?=[A-Z][\w ]{1,30}:)", line.strip()) if one]


def _take(blocks: list[Block], line: str) -> None:
    current = blocks[-1]
    if _goes_on(current, line):
        current.inline = f"{current.inline} {line.strip()}"
        return
    found = _LABEL.match(line.strip()) if "\t" not in line and not is_marked(line) else None
    if found is not None:
        blocks.append(Block(part_of(found["label"]), found["label"].strip(), found["rest"].strip()))
    elif _is_heading(current, line):
        blocks.append(Block(part_of(line), line.strip()))
    else:
        current.lines.append(line)


def _goes_on(current: Block, line: str) -> bool:
    """Whether a line only continues what stands behind the colon of the heading before it."""
    said = current.inline
    if not said or current.lines or is_marked(line) or "\t" in line:
        return False
    return said.count("(") > said.count(")") or said.endswith((",", ";")) or line.lstrip()[:1].islower()


def _is_heading(current: Block, line: str) -> bool:
    said = line.strip()
    if "\t" in line or is_marked(line) or len(said) > 70 or said.endswith((".", ",", ";")):
        return False
    if part_of(said) is not Part.OTHER:
        return True
    if current.part in _PEOPLE:
        return not looks_like_a_person(said)
    return (
        said[0].isupper()
        and len(said.split()) <= 6
        and not re.search(r"\d", said)
        and not _broken_off(current)
    )


def _broken_off(current: Block) -> bool:
    """Whether the line before ends in the middle of a sentence, as in text taken from a page."""
    return bool(current.lines) and not current.lines[-1].rstrip().endswith((".", ":", "!", "?", ")", "”"))


def _ends_with_a_gap(block: Block, following: str) -> bool:
    """Whether an empty line ended a list: what follows it is not one of its items."""
    if not block.lines or is_marked(following) or "\t" in following:
        return False
    return block.part in _PEOPLE or is_marked(block.lines[0]) or is_marked(block.lines[-1])
