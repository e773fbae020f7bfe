"""Words for the cells of an answer, and plain values for a table that is given out."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from sqlalchemy import select

from casefile.access.model import Officer
from casefile.access.queries import shown
from casefile.ask.facts import Fact, Kind
from casefile.ask.of_file import TAB
from casefile.ask.statement import Asked
from casefile.record.dates import short_date
from casefile.sections import SECTIONS
from casefile.work.unit import Work

_WORDS = ("severity", "told", "state", "file_state")
"""Facts that are words of the house, written small where they are kept."""


_QUOTED = re.compile(r'"([^"]+)"')


class Teller:
    """Tells the values of one answer."""

    def __init__(self, work: Work, made: Asked) -> None:
        self._standards = work.standards
        self._day = made.ground.day
        self._columns = [(made.facts[one.fact], one.show) for one in made.view.column]
        wanted = any(fact.kind is Kind.OFFICER for fact, _ in self._columns)
        self._officers = _officers(work) if wanted else {}

    def beside(self, at: int) -> bool:
        """Whether a column is told beside the row, not read with it."""
        return self._columns[at][0].kind is Kind.NAMES

    def value(self, at: int, raw: Any) -> Any:
        """A plain value: a day, a number, yes or no, a code, a name, or names; None where nothing is known."""
        fact, show = self._columns[at]
        if raw is None or raw == "":
            return None
        if fact.kind is Kind.OFFICER:
            return self._officers.get(raw, "")
        if fact.kind is Kind.YES_NO:
            return bool(raw)
        if fact.kind is Kind.DAY and show == "days":
            return abs((self._day - raw).days)
        if fact.kind is Kind.CODES and isinstance(raw, str):
            return list(dict.fromkeys(_QUOTED.findall(raw)))
        if fact.kind in (Kind.CODES, Kind.NAMES):
            return list(raw) or None
        return raw

    def cell(self, at: int, value: Any) -> str:
        """A value as people read it; what is not known is said of a day, and else left empty."""
        fact, show = self._columns[at]
        if value is None:
            return "Never" if fact.kind is Kind.DAY and fact.key.startswith("last_") and not show else ""
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if isinstance(value, date):
            return short_date(value)
        return f"{value:,}" if isinstance(value, int) else self._words(fact, value)

    def _words(self, fact: Fact, value: Any) -> str:
        if fact.kind is Kind.CODES:
            return "; ".join(self._label(fact.codes, str(one)) for one in value)
        if fact.kind is Kind.NAMES:
            return ", ".join(value)
        if fact.kind is Kind.CODE:
            return self._label(fact.codes, str(value))
        if fact.key == "file":
            family, _, reference = str(value).partition(TAB)
            return f"{family.upper() or 'Not named'} {reference}"
        if fact.key in _WORDS:
            return str(value).capitalize()
        if fact.key == "follows_from":
            return SECTIONS[value].title if value in SECTIONS else str(value)
        if fact.key == "alarm" and value in self._standards.alarms:
            return self._standards.alarms[value].title
        return " ".join(str(value).split())

    def _label(self, codes: str, code: str) -> str:
        return self._standards.codes(codes).label(code)


def _officers(work: Work) -> dict[Any, str]:
    rows = work.session.execute(select(Officer.id, Officer.name, Officer.role, Officer.number))
    return {row[0]: shown(*row[1:]) for row in rows}
