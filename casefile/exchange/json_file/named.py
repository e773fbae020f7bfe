"""Who is named in a case file that goes out, and how its values are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casefile.access.model import Absence, Officer
from casefile.exchange.json_file.ground import numbered
from casefile.work.unit import Work


class Named:
    """The officers named in one file; it remembers whom it named."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._officers = {one.id: one for one in work.session.scalars(select(Officer))}
        self._named: set[UUID] = set()
        self._alike: set[str] = set()

    def namesakes(self) -> bool:
        """Whether two officers named here bear one name; from now on their numbers tell them apart."""
        names = Counter(self._officers[one].name.casefold() for one in self._named)
        self._alike = {name for name, often in names.items() if often > 1}
        return bool(self._alike)

    def knows(self, officer_id: UUID) -> bool:
        """Whether there is such an officer."""
        return officer_id in self._officers

    def listed(self) -> list[dict[str, Any]]:
        """Everybody named in the file, by sign-in name, with when they are away."""
        away = {one: self._away(one) for one in list(self._named)}
        return [
            {"name": self.name(one.id), "role": one.role, "number": one.number, "team": one.team}
            | ({"away": away[one.id]} if away.get(one.id) else {})
            for one in sorted((self._officers[one] for one in self._named), key=lambda one: one.name)
        ]

    def _away(self, officer_id: UUID) -> list[dict[str, Any]]:
        rows = self._work.session.scalars(
            select(Absence).where(Absence.officer_id == officer_id).order_by(Absence.recorded_at, Absence.id)
        ).all()
        replaced = {row.replaces_id for row in rows}
        return [
            without_empty(
                {
                    "from_on": row.from_on.isoformat(),
                    "until_on": plain(row.until_on),
                    "kind": row.kind,
                    "known_on": row.known_on.isoformat(),
                    **({} if row.planned else {"planned": False}),
                    **self.said(row),
                }
            )
            for row in rows
            if row.id not in replaced and not row.withdrawn
        ]

    def said(self, row: Any) -> dict[str, str]:
        """Who recorded a row and when."""
        return {"recorded_at": moment(row.recorded_at), "recorded_by": self.name(row.recorded_by)}

    def name(self, officer_id: UUID) -> str:
        """The name an officer bears in the file; from now on the file names them."""
        self._named.add(officer_id)
        officer = self._officers[officer_id]
        alike = officer.name.casefold() in self._alike and officer.sign_in_name != officer.name.casefold()
        return numbered(officer.name, officer.number) if alike else officer.name


def without_empty(values: Mapping[str, Any]) -> dict[str, Any]:
    """What is not empty: nothing says nothing."""
    return {key: value for key, value in values.items() if value not in (None, "", [], {}, ())}


def plain(day: date | None) -> str | None:
    """A day as JSON holds it."""
    return day.isoformat() if day else None


def moment(at: datetime) -> str:
    """A moment as JSON holds it, in UTC."""
    return at.astimezone(UTC).isoformat()
