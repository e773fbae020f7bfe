"""What the officer says for the parameters of a view, read and told back in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casefile.access.model import Officer
from casefile.access.queries import shown
from casefile.access.rules import sign_in_name
from casefile.ask.shape import Parameter, View
from casefile.errors import Fault, Invalid
from casefile.record.dates import long_date
from casefile.standards import Library
from casefile.work.unit import Work

ME = "me"
_KEPT = "Nothing was read."
_YES = ("yes", "true", "1", "on")
_NO = ("no", "false", "0", "off")
OFFICER = Parameter(
    key="of_officer", title="Officer", kind="officer", help="Files they hold, research or supervise."
)
TEAM = Parameter(key="of_team", title="Team", kind="team", help="Of the file’s officer or supervisor.")
CLOSED = Parameter(key="of_closed", title="Closed files too", kind="yes_no", default=False)


@dataclass(frozen=True, slots=True)
class Said:
    """What was said, read.

    Attributes:
        values: By key of the parameter; None for what was left empty.
        officer: Whose files; None is everybody's.
        team: Of which team; "" is every team.
        closed: Whether closed files are asked about too.
        words: Title and words of each that is not empty, for paper and the window.
        question: The question of the view with what was said in it.
    """

    values: Mapping[str, Any]
    officer: UUID | None
    team: str
    closed: bool
    words: tuple[tuple[str, str], ...]
    question: str


def parameters(view: View) -> tuple[tuple[str, Parameter], ...]:
    """The parameters of a view by the name they are said under: its own, then those that every view has."""
    every = (
        ("officer", OFFICER.model_copy(update={"default": view.officer})),
        ("team", TEAM.model_copy(update={"default": view.team})),
        ("closed", CLOSED.model_copy(update={"default": view.closed})),
    )
    return (*((one.key, one) for one in view.parameter), *every)


def read_said(work: Work, view: View, given: Mapping[str, str]) -> Said:
    """Read what was said, with the defaults for the rest.

    Raises:
        Invalid: Something cannot be read, is out of bounds, or is not a parameter; each fault names its parameter.
    """
    asked = dict(parameters(view))
    faults = [
        Fault(one, f"There is no parameter called {one}. It takes: {', '.join(asked)}.")
        for one in given
        if one not in asked
    ]
    read = _Reading(work)
    values: dict[str, Any] = {}
    for key, one in asked.items():
        raw = str(given.get(key, one.default)).strip()
        try:
            values[key] = read.of(one, raw)
        except ValueError as error:
            faults.append(Fault(key, f"{one.title}: {error}"))
    if faults:
        raise Invalid(faults, kept=_KEPT)
    words = tuple(
        (one.title, read.words(one, values[key]))
        for key, one in asked.items()
        if values[key] not in (None, "", False)
    )
    told = {key: read.words(one, values[key]) or unsaid(one) for key, one in asked.items()}
    return Said(
        values,
        values["officer"],
        values["team"] or "",
        bool(values["closed"]),
        words,
        view.question.format_map(told),
    )


def unsaid(one: Parameter) -> str:
    """How a question reads where nothing is said."""
    return {"text": "anybody", "officer": "anybody", "team": "any team", "code": "any"}.get(one.kind, "…")


class _Reading:
    """Reads one parameter after another; officers are looked up once."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._readers: Mapping[str, Callable[[Parameter, str], Any]] = {
            "number": _number,
            "day": lambda _, raw: _day(raw),
            "yes_no": lambda _, raw: _yes_no(raw),
            "code": lambda one, raw: _code(work.standards, one, raw),
            "officer": lambda _, raw: self._officer(raw),
            "team": lambda _, raw: self._team(raw),
            "text": lambda _, raw: " ".join(raw.split()),
        }

    def of(self, one: Parameter, raw: str) -> Any:
        """The value; None where nothing is said. ValueError with a sentence when it cannot be read."""
        if not raw:
            if one.needed:
                raise ValueError("say it; nothing can be asked without it.")
            return None
        return self._readers[one.kind](one, raw)

    def words(self, one: Parameter, value: Any) -> str:
        """A value as people read it."""
        if value is None or value == "":
            return ""
        if one.kind == "code":
            return self._work.standards.codes(one.codes).label(value)
        if one.kind == "officer":
            return next((shown(*row[1:]) for row in self._officers() if row[0] == value), "")
        if one.kind == "yes_no":
            return "Yes" if value else "No"
        return (
            long_date(value) if isinstance(value, date) else f"{value:,}" if one.kind == "number" else value
        )

    def _officers(self) -> list[Any]:
        return list(
            self._work.session.execute(select(Officer.id, Officer.name, Officer.role, Officer.number))
        )

    def _officer(self, raw: str) -> UUID | None:
        if raw.lower() == ME:
            return self._work.officer_id
        name = sign_in_name(raw)
        for row in self._officers():
            if raw == str(row[0]) or sign_in_name(row[1]) == name or shown(*row[1:]) == raw:
                found: UUID = row[0]
                return found
        raise ValueError(f"there is no officer called {raw}.")

    def _team(self, raw: str) -> str:
        """The team as officers are in it; letters may be small or large."""
        if raw.lower() == ME:
            mine = Officer.id == self._work.officer_id
            return self._work.session.scalars(select(Officer.team).where(mine)).one()
        teams = set(self._work.session.scalars(select(Officer.team).distinct()))
        for one in teams:
            if one.lower() == raw.lower():
                return one
        raise ValueError(f"there is no team called {raw}.")


def _number(one: Parameter, raw: str) -> int:
    try:
        found = int(raw)
    except ValueError:
        raise ValueError("give a whole number.") from None
    if not one.least <= found <= one.most:
        raise ValueError(f"give a number from {one.least:,} to {one.most:,}.")
    return found


def _day(raw: str) -> date:
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise ValueError(f"“{raw}” is no day. Write it as 2026-11-02.") from None


def _yes_no(raw: str) -> bool:
    if raw.lower() in _YES:
        return True
    if raw.lower() in _NO:
        return False
    raise ValueError("say yes or no.")


def _code(standards: Library, one: Parameter, raw: str) -> str:
    listed = standards.codes(one.codes)
    for code in listed.codes:
        if raw.lower() in (code.code.lower(), code.label.lower()):
            return code.code
    raise ValueError(f"“{raw}” is none of {', '.join(code.code for code in listed.codes)}.")
