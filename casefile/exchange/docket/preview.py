"""The first rows of an index as they would come in, with what is doubtful: nothing is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casefile.exchange.docket.dockets import WHOLE, Dockets
from casefile.exchange.docket.index import Index
from casefile.exchange.docket.mapping import DocketMap
from casefile.exchange.docket.says import DocketSays, PersonSays
from casefile.record.dates import short_date
from casefile.sections.values import DOUBTS
from casefile.standards import Library

ROWS = 20
"""Rows that a preview shows."""


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One child as it would come in.

    Attributes:
        row: The row of the sheet.
        file: The docket it would belong to.
        child, born, lives, adults, plan, holder, notes: What would be known, in words.
        doubts: What is doubtful about its row, in sentences.
    """

    row: int
    file: str
    child: str
    born: str
    lives: str
    adults: str
    plan: str
    holder: str
    notes: str
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows as they would come in.

    Attributes:
        lines: Child by child, in the order of the rows.
        asides: What belongs to no child: titles, repeated headings, other sheets.
        files: How many files these rows are.
    """

    lines: tuple[PreviewLine, ...]
    asides: tuple[str, ...]
    files: int


def preview(
    index: Index, mapping: DocketMap, standards: Library, received_on: date, rows: int = ROWS
) -> Preview:
    """The first *rows* rows by this mapping.

    Args:
        mapping: Need not be fit for use yet: what names nobody shows nobody.

    Raises:
        Damaged: The file cannot be read further.
    """
    reading = Dockets(index, mapping, standards, received_on)
    dockets = reading.read(most=rows)
    doubts: dict[int, list[str]] = {}
    asides: list[str] = []
    for one in reading.doubts:
        said = f"“{one.stated}”: {one.why}" if one.stated else one.why
        if one.file == WHOLE:
            asides.append(f"{one.column or f'row {one.row}'}: {said}")
        else:
            doubts.setdefault(one.row, []).append(f"{one.column}: {said}" if one.column else said)
    lines = [_line(docket, child, standards, doubts) for docket in dockets for child in docket.children]
    return Preview(tuple(sorted(lines, key=lambda one: one.row)), tuple(asides), len(dockets))


def _line(
    docket: DocketSays, child: PersonSays, standards: Library, doubts: dict[int, list[str]]
) -> PreviewLine:
    label = standards.codes("involvement_role").label
    adults = ", ".join(f"{one.named.shown} ({label(one.role).lower()})" for one in docket.adults)
    return PreviewLine(
        row=child.row,
        file=docket.reference or "a new reference",
        child=f"{child.named.shown or 'name not known'}{'' if child.role == 'subject' else f' ({label(child.role).lower()})'}",
        born=_born(child),
        lives=_lives(child),
        adults=adults,
        plan=_plan(child, standards),
        holder=", ".join(docket.once.officers.values()),
        notes="; ".join(f"{heading}: {text}" if heading else text for heading, text in child.notes),
        doubts=tuple(doubts.get(child.row, ())),
    )


def _born(child: PersonSays) -> str:
    if child.born_on:
        return _precisely(child)
    if child.expected_on:
        return f"expected {short_date(child.expected_on)}"
    found = child.fact("birth")
    return _stated(found.raw[DOUBTS].values()) if found and found.raw.get(DOUBTS) else ""


def _precisely(child: PersonSays) -> str:
    """The date of birth as far as it is known: ``14 Mar 2019``, ``Mar 2019``, ``2019``, ``about 2019``."""
    found, on = child.fact("birth"), short_date(child.born_on)
    precision = found.raw.get("precision") if found else "exact"
    year = on.rpartition(" ")[2]
    return {"month": on.partition(" ")[2], "year": year, "estimated": f"about {year}"}.get(str(precision), on)


def _stated(doubts: Iterable[dict[str, str]]) -> str:
    return "; ".join(f"as stated: {one['stated']}" for one in doubts if one["stated"])


def _lives(child: PersonSays) -> str:
    found = child.fact("residence")
    return (
        ", ".join(str(found.raw[key]) for key in ("address", "town", "postcode") if found.raw.get(key))
        if found
        else ""
    )


def _plan(child: PersonSays, standards: Library) -> str:
    said: list[str] = []
    for one in child.entries:
        day = f" {short_date(one.happened_on)}" if one.happened_on else ""
        if one.kind == "plan":
            status = standards.codes("plan_status").label(str(one.raw.get("status", "")))
            category = standards.codes("abuse_category").label(str(one.raw.get("category", "")))
            said.append(f"{status}{f': {category.lower()}' if category else ''}{day}")
        elif one.kind == "risk":
            said.append(f"risk {standards.codes('risk_level').label(str(one.raw['level'])).lower()}")
        else:
            said.append(
                f"{standards.codes('conference_type').label(str(one.raw.get('kind', ''))).lower()} conference{day}"
            )
    return "; ".join(said)
