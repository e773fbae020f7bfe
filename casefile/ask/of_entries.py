"""What can be known of a record of any section: its own fields as it describes them, and what every record has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Text, func, literal, select

from casefile.ask.facts import Fact, Ground, Kind, Subject, by_key
from casefile.ask.of_file import FILE_FACTS
from casefile.ask.standing import one_of, version_stands
from casefile.record.described import FieldKind, FieldSpec, described_fields, group_classes
from casefile.record.model import CaseFile, Entry, EntryThread
from casefile.sections import SECTIONS
from casefile.sections.base import Section, describe

_KINDS = {
    FieldKind.LINE: Kind.TEXT,
    FieldKind.PROSE: Kind.TEXT,
    FieldKind.DATE: Kind.DAY,
    FieldKind.NUMBER: Kind.NUMBER,
    FieldKind.YES_NO: Kind.YES_NO,
    FieldKind.CODE: Kind.CODE,
    FieldKind.CODES: Kind.CODES,
    FieldKind.OFFICER: Kind.OFFICER,
}
"""Kinds of field that can be asked about; a time, a person or a document cannot."""
_TAKEN = ("concerns", "happened_at")


def _column(key: str) -> Callable[[Ground], ColumnElement[Any]]:
    return lambda on: getattr(on.row, key)


def _count(row_class: Any, group: str) -> Callable[[Ground], ColumnElement[Any]]:
    def make(ground: Ground) -> ColumnElement[Any]:
        row = row_class.__table__.alias()
        mine = row.c.entry_id == ground.row.id, row.c.group_key == group
        return one_of(row, func.count(row.c.id), *mine).scalar_subquery()

    return make


def _codes(row_class: Any, group: str, key: str) -> Callable[[Ground], ColumnElement[Any]]:
    """The codes of one field in all rows of a group, as one text in which each stands between quotation marks."""

    def make(ground: Ground) -> ColumnElement[Any]:
        row = row_class.__table__.alias()
        mine = row.c.entry_id == ground.row.id, row.c.group_key == group
        quoted = literal('"', Text()) + row.c[key] + literal('"', Text())
        return one_of(row, func.aggregate_strings(quoted, ","), *mine).scalar_subquery()

    return make


def of_field(spec: FieldSpec) -> Fact | None:
    """The fact that a field of a record is; None for a field that cannot be asked about."""
    kind = _KINDS.get(spec.kind)
    if kind is None or spec.key in _TAKEN:
        return None
    return Fact(spec.key, spec.label, kind, _column(spec.key), spec.codes or "")


def _facts(section: type[Section]) -> dict[str, Fact]:
    described = describe(section)
    own = [fact for spec in described.fields if (fact := of_field(spec))]
    counted = [
        Fact(f"rows_{key}", declared.label, Kind.NUMBER, _count(declared.row, key))
        for key, declared in group_classes(section).items()
    ]
    listed = [
        Fact(
            f"{key}_{spec.key}", spec.label, Kind.CODES, _codes(declared.row, key, spec.key), spec.codes or ""
        )
        for key, declared in group_classes(section).items()
        for spec in described_fields(declared.row)
        if spec.kind is FieldKind.CODE
    ]
    common = (
        Fact("summary", section.title, Kind.TEXT, _column("summary")),
        Fact("signed_by", "Signed by", Kind.OFFICER, _column("author_id")),
        Fact("about_whom", "Concerns", Kind.NAMES, _column("id")),
    )
    return {**FILE_FACTS, **by_key(*common, *own, *counted, *listed)}


def _rows(ground: Ground, columns: tuple[Any, ...]) -> Any:
    found = select(*columns).select_from(ground.row).join(CaseFile, CaseFile.id == ground.row.file_id)
    if ground.today:
        return found.join(EntryThread, EntryThread.latest_id == ground.row.id)
    entry: Any = Entry.__table__
    return found.where(version_stands(entry.c, ground.day, today=False))


def _subject(section: type[Section]) -> Subject:
    def ground(day: date, today: bool) -> Ground:
        return Ground(day, today, CaseFile, row=section)

    title = f"{section.title[:1].lower()}{section.title[1:]}"
    return Subject(section.key, f"{title} record", f"{title} records", ground, _rows, _facts(section))


ENTRIES = {key: _subject(section) for key, section in SECTIONS.items()}
"""One kind of row for each section, by its key."""
OWN_FIELDS = {
    key: tuple(fact.key for spec in describe(section).fields if (fact := of_field(spec)))
    for key, section in SECTIONS.items()
}
"""Facts that stand in the record itself, by section: what a view may gather."""
