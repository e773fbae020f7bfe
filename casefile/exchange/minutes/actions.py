"""Actions decided at a meeting: what, by whom, by when, from tables and from sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from casefile.exchange.minutes.outline import Block, Part, is_marked, items
from casefile.exchange.minutes.proposal import ProposedAction, StatedDate
from casefile.exchange.minutes.tables import Column, rows
from casefile.exchange.minutes.when import due_date, first_date
from casefile.exchange.minutes.who import agency_of, split_person, surname

_TO_DO = re.compile(
    r"^(?P<who>(?:(?:DC|DS|DI|PC|PS|Dr|Mrs?|Ms|Miss|Prof)\.?\s+)?[A-Z][\w’'.\-]*(?:[ ,/&]+(?:and |of |the )?[\w’'.\-]+){0,6}?)"
    r"\s+(?:is to|are to|was asked to|agreed to|will|to|shall)\s+(?P<what>.+)$",
    re.DOTALL,
)
_LABELLED = re.compile(r"^action(?:\s+\d+)?\s*[:–-]\s*(?P<what>.+)$", re.IGNORECASE | re.DOTALL)
_WHO = re.compile(
    r"\s*[.;,(–-]?\s*\b(?:by whom|owner|lead|responsible|who)\s*[:–-]\s*(?P<who>[^.;)]+)", re.IGNORECASE
)
_WHEN = re.compile(
    r"\s*[.;,(–-]?\s*\b(?:by when|due(?: date| by)?|timescale|deadline|when)\s*[:–-]\s*(?P<when>[^;)]+?)\s*\)?\.?$",
    re.IGNORECASE,
)
_BY = re.compile(r"[\s,;(]+by\s+(?P<when>(?!whom)[^,;()]{3,60}?)\)?\s*\.?$", re.IGNORECASE)
_SOON = re.compile(
    r"[\s,;(–-]+(?P<when>asap|as soon as possible|immediately|today|forthwith|ongoing|within [\w ]{2,30}?"
    r"(?:hours?|days?|weeks?|months?)(?: of [\w ]{3,30})?)\)?\s*\.?$",
    re.IGNORECASE,
)
_ABOUT_A_DAY = re.compile(
    r"\d|end of|next|conference|review|meeting|week|month|tomorrow|today|monday|tuesday|wednesday|thursday|friday|close",
    re.IGNORECASE,
)


def actions_of(blocks: Iterable[Block], agencies: Mapping[str, str]) -> tuple[ProposedAction, ...]:
    """Every action that stands in a table with such columns, under such a heading, or is marked so in its line.

    Args:
        blocks: The outline.
        agencies: Code of the agency by surname, from those who were there.
    """
    found: dict[tuple[str, str], ProposedAction] = {}
    for block in blocks:
        for one in _of_block(block, agencies):
            found.setdefault((one.what.lower(), one.owner.lower()), one)
    return tuple(found.values())


def _of_block(block: Block, agencies: Mapping[str, str]) -> Iterator[ProposedAction]:
    for row in rows(block.lines):
        what = row.cells.get(Column.WHAT, "")
        if what and (Column.WHO in row.cells or Column.WHEN in row.cells):
            yield _action(
                what, row.cells.get(Column.WHO, ""), row.cells.get(Column.WHEN, ""), row.line, agencies
            )
    for said in items(block):
        if "\t" in said:
            continue
        labelled = _LABELLED.match(said)
        if labelled is not None:
            yield _sentence(labelled["what"], said, agencies)
        elif block.part is Part.ACTIONS and (said == block.inline or _listed(block)):
            yield _sentence(said, said, agencies)


def _listed(block: Block) -> bool:
    """Whether the block lists its items, or says one in each line."""
    return any(is_marked(line) for line in block.lines) or all(
        _TO_DO.match(line.strip()) for line in block.lines
    )


def _sentence(said: str, line: str, agencies: Mapping[str, str]) -> ProposedAction:
    """An action said in one sentence: ``DC Nair to check the address; by 31 April 2026``."""
    who, when = "", ""
    if found := _WHEN.search(said):
        when, said = found["when"], said[: found.start()]
    if found := _WHO.search(said):
        who, said = found["who"], said[: found.start()] + said[found.end() :]
    if not when:
        by = _BY.search(said)
        soon = _SOON.search(said)
        if by is not None and (first_date(by["when"]) or _ABOUT_A_DAY.search(by["when"])):
            when, said = by["when"], said[: by.start()]
        elif soon is not None:
            when, said = soon["when"], said[: soon.start()]
    if not who and (found := _TO_DO.match(said)):
        who, said = found["who"], found["what"]
    return _action(said, who, when, line, agencies)


def _action(what: str, who: str, when: str, line: str, agencies: Mapping[str, str]) -> ProposedAction:
    owner = " ".join(who.split()).strip(" .;:,")
    name, role = split_person(owner)
    agency = agency_of(role) or agencies.get(surname(name), "") or agency_of(name)
    due: StatedDate | None = due_date(when)
    plain = " ".join(what.split()).strip(" ;,.(")
    return ProposedAction(plain[:1].upper() + plain[1:], owner, agency, due, " ".join(line.split()))
