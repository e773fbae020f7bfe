"""The statement of a view: which rows fit, in which order; a restricted file is left out by the session in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select

from casefile.access.model import Officer
from casefile.ask.clauses import conditions
from casefile.ask.facts import Fact, Ground, Kind, Subject
from casefile.ask.gathered import facts_of
from casefile.ask.of_file import is_open
from casefile.ask.said import Said
from casefile.ask.shape import View
from casefile.ask.standing import holder, one_of
from casefile.ask.vocabulary import SUBJECTS

HOLDERS = ("officer", "researcher", "supervisor")


@dataclass(frozen=True, slots=True)
class Asked:
    """A view made ready to be read."""

    view: View
    subject: Subject
    facts: Mapping[str, Fact]
    ground: Ground
    where: tuple[ColumnElement[bool], ...]

    def count(self) -> Any:
        """How many rows there are."""
        return self.subject.rows(self.ground, (func.count(self.ground.file.id),)).where(*self.where)

    def page(self, sort: str, offset: int, limit: int) -> Any:
        """What names the rows of a page, and how many rows there are in all; ordered by *sort*, else as the view says.

        The columns are told afterwards, and for this page alone: an engine would reckon them of every row before it orders.
        """
        order = [self._ordered(one) for one in ([sort] if sort else self.view.order)]
        names = self.names()
        return (
            self.subject.rows(self.ground, (*names, func.count().over().label("total")))
            .where(*self.where)
            .order_by(*order, self.ground.file.reference, *names[2:])
            .offset(offset)
            .limit(limit)
        )

    def told(self, files: Collection[UUID], own: Collection[UUID]) -> Any:
        """Rows of these files, and of these of what a row is: what names each, then its columns; in no order."""
        made = [
            self.facts[one.fact].make(self.ground).label(f"fact_{at}")
            for at, one in enumerate(self.view.column)
        ]
        names = self.names()
        told = self.subject.rows(self.ground, (*names, *made)).where(self.ground.file.id.in_(files))
        return told if len(names) == 2 else told.where(names[2].in_(own))

    def names(self) -> tuple[Any, ...]:
        """The columns that name a row."""
        ground = self.ground
        own = (
            ground.person if ground.person is not None else ground.row.id if ground.row is not None else None
        )
        return (ground.file.id, ground.file.reference, *(() if own is None else (own.label("own"),)))

    def _ordered(self, key: str) -> Any:
        """What rows are ordered by."""
        fact = self.facts[key.removeprefix("-")]
        by = fact.make(self.ground)
        if fact.kind is Kind.OFFICER:
            officer = Officer.__table__.alias()
            by = one_of(officer, officer.c.name, officer.c.id == by).scalar_subquery()
        return by.desc().nulls_last() if key.startswith("-") else by.asc().nulls_first()


def asked(view: View, said: Said, day: date, *, today: bool) -> Asked:
    """A view with what was said, as of a day."""
    subject = SUBJECTS[view.of]
    ground = subject.ground(day, today)
    facts = facts_of(view, said.values)
    where = [*conditions(view.where, facts, said.values, ground), *_scope(said, ground)]
    return Asked(view, subject, facts, ground, tuple(where))


def _scope(said: Said, ground: Ground) -> list[ColumnElement[bool]]:
    """Whose files, of which team, and whether closed ones too."""
    found: list[ColumnElement[bool]] = [] if said.closed else [is_open(ground)]
    if said.officer is not None:
        found.append(or_(*(holder(ground, one) == said.officer for one in HOLDERS)))
    if said.team:
        team = select(Officer.__table__.c.id).where(Officer.__table__.c.team == said.team)
        found.append(or_(holder(ground, "officer").in_(team), holder(ground, "supervisor").in_(team)))
    return found
