"""Facts that a view gathers itself from the records of one section: how many, how many different, the first, the last."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, func

from casefile.ask.clauses import conditions
from casefile.ask.facts import Fact, Ground, Kind
from casefile.ask.shape import Gather, View
from casefile.ask.standing import bears_on, one_of, version_stands
from casefile.ask.vocabulary import SUBJECTS
from casefile.record.model import Entry
from casefile.sections import SECTIONS

DAY = "happened_on"


class _Row:
    """A section under a name of its own: fields of the section and of every entry, as columns."""

    def __init__(self, section: str) -> None:
        self.entry = Entry.__table__.alias()
        self.own = SECTIONS[section].__table__.alias()
        self.joined: Any = self.entry.join(self.own, self.own.c.id == self.entry.c.id)

    def __getattr__(self, key: str) -> Any:
        return self.entry.c[key] if key in self.entry.c else self.own.c[key]


def gathered(one: Gather, said: Mapping[str, Any]) -> Fact:
    """The fact, once it is known what the officer says for the parameters of its clauses."""
    kind = Kind.DAY if one.give in ("first", "last") else Kind.NUMBER
    return Fact(one.key, one.title, kind, _maker(one, said))


def _maker(one: Gather, said: Mapping[str, Any]) -> Callable[[Ground], ColumnElement[Any]]:
    def make(ground: Ground) -> ColumnElement[Any]:
        row = _Row(one.of)
        beneath = replace(ground, row=row)
        field = getattr(row, one.field) if one.field else None
        day = func.coalesce(row.happened_on, row.known_on) if field is None else field
        where = [
            row.entry.c.file_id == ground.file.id,
            row.entry.c.section == one.of,
            version_stands(row.entry.c, ground.day, today=ground.today),
            *conditions(one.where, SUBJECTS[one.of].facts, said, beneath),
        ]
        if ground.person is not None:
            where.append(bears_on(row.entry.c.id, ground.person))
        wanted: Mapping[str, Any] = {
            "number": lambda: func.count(row.entry.c.id),
            "different": lambda: func.count(field.distinct()) if field is not None else func.count(day.distinct()),
            "first": lambda: func.min(day),
            "last": lambda: func.max(day),
        }  # fmt: skip
        return one_of(row.joined, wanted[one.give](), *where).scalar_subquery()

    return make


def facts_of(view: View, said: Mapping[str, object] | None = None) -> Mapping[str, Fact]:
    """Every fact that the view may speak of: those of its rows, and what it gathers."""
    return {**SUBJECTS[view.of].facts, **{one.key: gathered(one, said or {}) for one in view.gather}}
