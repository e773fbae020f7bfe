"""Values of the record in words, as paper shows them: codes by their labels, identities by names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.access.model import Officer
from casefile.access.queries import shown
from casefile.record.dates import long_date
from casefile.record.described import FieldKind, FieldSpec
from casefile.record.model import Document, Entry, EntryThread
from casefile.record.people import Person
from casefile.standards import Library

LONDON = ZoneInfo("Europe/London")


class Words:
    """Says what the record holds. Names are looked up once and a limited number is remembered."""

    def __init__(self, session: Session, library: Library) -> None:
        """*session* shows only what the officer may see."""
        self._session, self._library = session, library
        self.person = lru_cache(2000)(self._person)
        self.officer = lru_cache(500)(self._officer)
        self.document = lru_cache(500)(self._document)
        self.entry = lru_cache(500)(self._entry)

    def said(self, spec: FieldSpec, value: Any) -> str:
        """One value in words; "" where there is none."""
        if value is None or value in ("", [], ()):
            return ""
        match spec.kind:
            case FieldKind.CODE | FieldKind.CODES:
                return "; ".join(self.label(str(spec.codes), one) for one in _several(value))
            case FieldKind.PERSON | FieldKind.PEOPLE:
                return "; ".join(self.person(_id(one)) for one in _several(value))
            case FieldKind.OFFICER:
                return self.officer(_id(value))
            case FieldKind.DOCUMENT:
                return self.document(_id(value))
            case FieldKind.ENTRY:
                return self.entry(_id(value))
            case FieldKind.YES_NO:
                return "Yes" if value else "No"
            case _:
                return plain(value)

    def label(self, code_list: str, code: str | None) -> str:
        """The label of a code; "" for none."""
        return self._library.codes(code_list).label(code) if code else ""

    def pairs(self, fields: tuple[FieldSpec, ...], values: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Label and words of every field that holds something."""
        found = ((spec.label, self.said(spec, values.get(spec.key))) for spec in fields)
        return [(label, words) for label, words in found if words]

    def _person(self, one: UUID) -> str:
        name = self._session.scalar(select(Person.display_name).where(Person.id == one))
        return name or "A person not known here"

    def _officer(self, one: UUID) -> str:
        row = self._session.execute(
            select(Officer.name, Officer.role, Officer.number).where(Officer.id == one)
        ).first()
        return shown(row.name, row.role, row.number) if row else "An officer not known here"

    def _document(self, one: UUID) -> str:
        return self._session.scalar(select(Document.name).where(Document.id == one)) or "A document not here"

    def _entry(self, one: UUID) -> str:
        held = select(Entry.summary, Entry.happened_on).join(EntryThread, EntryThread.latest_id == Entry.id)
        row = self._session.execute(held.where(EntryThread.id == one)).first()
        if row is None:
            return "An entry not here"
        return f"{row.summary} ({long_date(row.happened_on)})" if row.happened_on else str(row.summary)


def plain(value: Any) -> str:
    """A date, a time, a number or text in words."""
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value)


def moment(at: datetime) -> str:
    """A moment in London time: ``2 November 2026, 14:02``."""
    local = at.astimezone(LONDON)
    return f"{long_date(local.date())}, {local:%H:%M}"


def _several(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]  # pyright: ignore[reportUnknownArgumentType]


def _id(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(str(value))
