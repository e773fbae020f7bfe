"""Who was at a meeting, who sent apologies or a report, and who was absent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from casefile.exchange.minutes.outline import Block, Part, items
from casefile.exchange.minutes.proposal import ProposedAttendee
from casefile.exchange.minutes.tables import Column, rows
from casefile.exchange.minutes.who import agency_of, looks_like_a_person, split_person

_STATED = (
    (r"did not|absent|no show|not present|^no$|dna", "absent"),
    (r"apolog", "apologies"),
    (r"report", "report_only"),
    (r"video|teams|phone|remote|online|virtual|dial", "by_video"),
    (r"not invited", "not_invited"),
    (r"exclud", "excluded"),
)
_LISTS = {Part.PRESENT, Part.APOLOGIES, Part.ABSENT, Part.REPORT_ONLY}
_NONE = ("none", "nil", "n/a", "none received", "no apologies")


def attendees_of(blocks: Iterable[Block]) -> tuple[ProposedAttendee, ...]:
    """Everybody named in a table with such columns or under such a heading, each once."""
    found: dict[str, ProposedAttendee] = {}
    for block in blocks:
        for one in (*_in_tables(block), *_in_lists(block)):
            found.setdefault(one.name.lower(), one)
    return tuple(found.values())


def _in_tables(block: Block) -> Iterator[ProposedAttendee]:
    for row in rows(block.lines):
        name = row.cells.get(Column.NAME, "")
        named = {Column.ROLE, Column.AGENCY, Column.ATTENDANCE} & row.cells.keys()
        if not name or not named or Column.WHAT in row.cells:
            continue
        role, agency = row.cells.get(Column.ROLE, ""), row.cells.get(Column.AGENCY, "")
        stated = row.cells.get(Column.ATTENDANCE, "")
        attendance = _attendance(stated) if stated else _under(block)
        yield ProposedAttendee(name, role, agency_of(f"{role} {agency}", name), attendance, row.line)


def _in_lists(block: Block) -> Iterator[ProposedAttendee]:
    if block.part not in _LISTS:
        return
    for item in items(block):
        if "\t" in item:
            continue
        for said in _people(item):
            name, role = split_person(said)
            if name.lower() in _NONE or not looks_like_a_person(said):
                continue
            yield ProposedAttendee(name, role, agency_of(role, name), _under(block), " ".join(item.split()))


def _people(item: str) -> list[str]:
    """The people of one line: apart by semicolons; else by commas where each has its role in brackets."""
    if ";" in item:
        return item.split(";")
    if item.count("(") > 1:
        return re.split(r"(?<=\))\s*(?:,|and)\s*", item)
    return [item]


def _under(block: Block) -> str:
    return block.part.value if block.part in _LISTS else Part.PRESENT.value


def _attendance(stated: str) -> str:
    plain = stated.lower()
    return next((code for pattern, code in _STATED if re.search(pattern, plain)), Part.PRESENT.value)
