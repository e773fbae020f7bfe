"""A signed entry made ready for paper from its description: every version, doubt and signature."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casefile.access.roles import ROLES
from casefile.paper.records import Doubt, PrintedGroup, PrintedRecord, PrintedVersion, Signature
from casefile.paper.rows import Column
from casefile.paper.words import Words, moment, plain
from casefile.record.dates import long_date
from casefile.record.described import Description, FieldKind, GroupSpec
from casefile.record.facts import EntryFact

_SAID_ABOVE = ("happened_on", "happened_at", "known_on")
_SHARES = {FieldKind.PROSE: 36.0, FieldKind.LINE: 24.0, FieldKind.PEOPLE: 24.0, FieldKind.YES_NO: 10.0}
_WIDEST = 6
"""Columns a table can hold on the page; a group with more is printed as labelled text."""


def printed_entry(
    versions: tuple[EntryFact, ...],
    description: Description,
    words: Words,
    beside: tuple[PrintedGroup, ...] = (),
    mark: str = "",
) -> PrintedRecord:
    """One entry with all its *versions*, first to last.

    *beside* stands after its own groups; *mark* says that who made it was not accredited for it.
    """
    last = versions[-1]
    wide = tuple(group for group in description.groups if len(group.fields) > _WIDEST)
    return PrintedRecord(
        title=last.summary or description.title,
        when=_when(last, description),
        status=_status(last, description),
        fields=(*_fields(last, description, words), *_as_text(last, wide, words)),
        groups=(
            *(
                _group(group, last.rows(group.key), words)
                for group in description.groups
                if group not in wide and last.rows(group.key)
            ),
            *beside,
        ),
        doubts=tuple(
            Doubt(_label(description, key), doubt.stated or "–", doubt.why)
            for key, doubt in last.doubts.items()
        ),
        versions=tuple(_version(one, description, words) for one in versions) if len(versions) > 1 else (),
        signature=_signature(last),
        mark=mark,
    )


def _fields(fact: EntryFact, description: Description, words: Words) -> list[tuple[str, str]]:
    own = tuple(spec for spec in description.fields if spec.key not in _SAID_ABOVE)
    return words.pairs(own, {spec.key: fact.get(spec.key) for spec in own})


def _when(fact: EntryFact, description: Description) -> str:
    label = description.field("happened_on").label
    happened = long_date(fact.happened_on) or "day not known"
    at = f" at {plain(fact.happened_at)}" if fact.happened_at else ""
    return f"{label}: {happened}{at}. Police knew on {long_date(fact.known_on)}."


def _status(fact: EntryFact, description: Description) -> str:
    parts = [description.title, fact.marking]
    if fact.origin:
        parts.append(f"from {fact.origin}")
    parts.append(f"version {fact.version} of {fact.versions}")
    return " · ".join(parts)


def _signature(fact: EntryFact) -> Signature:
    return Signature(fact.author, _role(fact.author), moment(fact.recorded_at), fact.digest)


def _role(author: str) -> str:
    """The role in words, as the abbreviation before the name says it."""
    short = author.split(" ", 1)[0]
    found = {role.title.lower() for role in ROLES.values() if role.short == short}
    return found.pop() if len(found) == 1 else ""


def _version(fact: EntryFact, description: Description, words: Words) -> PrintedVersion:
    dated = tuple(spec for spec in description.fields if spec.key in _SAID_ABOVE)
    fields = words.pairs(dated, {spec.key: fact.get(spec.key) for spec in dated})
    fields += _fields(fact, description, words)
    fields += _as_text(fact, description.groups, words)
    return PrintedVersion(fact.version, tuple(fields), fact.reason or "", _signature(fact))


def _as_text(fact: EntryFact, groups: tuple[GroupSpec, ...], words: Words) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for group in groups:
        rows = [
            "; ".join(f"{label}: {said}" for label, said in words.pairs(group.fields, row))
            for row in fact.rows(group.key)
        ]
        if rows:
            found.append((group.label, "\n".join(rows)))
    return found


def _group(group: GroupSpec, rows: tuple[Mapping[str, Any], ...], words: Words) -> PrintedGroup:
    """The group as a table of the columns that hold anything."""
    used = [spec for spec in group.fields if any(words.said(spec, row.get(spec.key)) for row in rows)]
    used = used or list(group.fields[:1])
    return PrintedGroup(
        group.label,
        tuple(Column(spec.label, _SHARES.get(spec.kind, 18.0)) for spec in used),
        tuple(tuple(words.said(spec, row.get(spec.key)) for spec in used) for row in rows),
    )


def _label(description: Description, key: str) -> str:
    """The label of a field, or of a field in a row of a group (``attendees.2.person``, rows from 0)."""
    group, *rest = key.split(".")
    try:
        if len(rest) == 2:
            spec = description.group(group)
            inner = next(one.label for one in spec.fields if one.key == rest[1])
            return f"{spec.label}, row {int(rest[0]) + 1}: {inner}"
        return description.field(key).label
    except (KeyError, StopIteration, ValueError):
        return key
