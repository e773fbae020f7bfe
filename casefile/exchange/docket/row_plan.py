"""What a row says of the plan: its category, its days, conferences held, the level of risk."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from casefile.exchange.docket.days import Day, read_day
from casefile.exchange.docket.says import AS_STATED, MARKED, NOTED, PersonSays, Said, mark
from casefile.exchange.docket.sheet import Cell
from casefile.exchange.docket.words import NOTE, is_nothing, meaning
from casefile.standards import Library

_PARTS = re.compile(r"\n|;|/|&|\+|,|\band\b", re.IGNORECASE)
_REGISTER_UNTIL = date(2008, 3, 31)
"""Last day of the child protection registers; plans took their place."""
_NOT_SAID = "The index does not say so; it gives a category or a day of a plan."
Cells = dict[str, list[tuple[str, Cell]]]


class PlanReader:
    """Reads the columns about plan, conferences and risk into the children of the row."""

    def __init__(
        self, cells: Cells, standards: Library, received_on: date, doubt: Callable[..., None]
    ) -> None:
        self._cells = cells
        self._standards = standards
        self._received_on = received_on
        self._doubt = doubt

    def read(self, everybody: Sequence[PersonSays]) -> None:
        """Put entries with each child of the row; brothers and sisters of another column have none."""
        children = [one for one in everybody if one.role != "sibling"] or list(everybody)
        said = [
            *self._plan(),
            *self._conference("conference_on", "initial"),
            *self._conference("review_on", "review"),
        ]
        said += self._risk()
        for child in children:
            child.entries += [copy.deepcopy(one) for one in said]
        if not children:
            for target in ("category", "plan_on", "plan_ended_on", "conference_on", "review_on", "risk"):
                self._cells[NOTE] += self._cells.get(target, [])

    def _plan(self) -> list[Said]:
        raw: dict[str, Any] = {}
        status = self._status(raw)
        began = self._day(raw, "plan_on", "happened_on")
        ended = self._day(raw, "plan_ended_on", "ended_on")
        self._category(raw)
        if not raw and status is None and began is None:
            return []
        if ended is not None:
            raw["ended_on"] = ended
        if status is None or (status in ("on_plan", "registered") and ended is not None):
            assumed = "ended" if ended is not None else _in_force(began)
            if status is None:
                mark(raw, "status", self._stated("status"), _NOT_SAID)
            elif status != assumed:
                mark(raw, "status", self._stated("status"), "The index also gives the day it ended.")
            status = assumed
        raw["status"] = status
        if began is not None:
            self._coming("plan_on", began, raw, "happened_on")
        part = began.isoformat() if began else "?"
        return [Said("plan", part, raw, began)]

    def _status(self, raw: dict[str, Any]) -> str | None:
        """The plan's status; words about the docket, and words nobody knows, become a note."""
        found: str | None = None
        for heading, cell in self._cells.get("status", ()):
            code = meaning("status", cell.text)
            if code is not None and found is None:
                found = code
                continue
            self._cells[NOTE].append((heading, cell))
            if not is_nothing(cell.text) and meaning("docket", cell.text) is None:
                self._doubt(heading, cell.text, "What this means for the plan is not known.", NOTED)
        return found

    def _stated(self, target: str) -> str:
        return "; ".join(cell.text for _, cell in self._cells.get(target, ()))

    def _day(self, raw: dict[str, Any], target: str, field: str) -> date | None:
        """A day of the plan; what cannot be read is kept as stated in its field."""
        found: date | None = None
        for heading, cell in self._cells.get(target, ()):
            if is_nothing(cell.text) or found is not None:
                self._cells[NOTE].append((heading, cell))
                continue
            day = read_day(cell)
            found = day.on if day.precision == "exact" else None
            why = day.why if found else _why_not(day)
            if why:
                mark(raw, field, cell.text, why)
                self._doubt(heading, cell.text, why, MARKED if found else AS_STATED)
        return found

    def _coming(self, target: str, on: date, raw: dict[str, Any], field: str) -> None:
        if on > self._received_on:
            heading, cell = self._cells[target][0]
            why = "The day is still to come."
            mark(raw, field, cell.text, why)
            self._doubt(heading, cell.text, why)

    def _category(self, raw: dict[str, Any]) -> None:
        for heading, cell in self._cells.get("category", ()):
            if is_nothing(cell.text) or "category" in raw:
                self._cells[NOTE].append((heading, cell))
                continue
            whole = meaning("category", cell.text)
            parts = [one for one in _PARTS.split(cell.text) if one.strip()]
            codes = [whole] if whole else [meaning("category", one) for one in parts]
            known = [one for one in codes if one]
            if known:
                raw["category"] = known[0]
            if len(known) != 1 or len(codes) != 1:
                why = (
                    "More than one category is stated; the first stands."
                    if known
                    else f"“{cell.text[:60]}” is not in the list {self._standards.codes('abuse_category').title}."
                )
                mark(raw, "category", cell.text, why)
                self._doubt(heading, cell.text, why, MARKED if known else AS_STATED)

    def _conference(self, target: str, kind: str) -> list[Said]:
        raw: dict[str, Any] = {}
        held = self._day(raw, target, "happened_on")
        if held is None and not raw:
            return []
        if held is not None:
            self._coming(target, held, raw, "happened_on")
        return [
            Said("conference", f"{kind}/{held.isoformat() if held else '?'}", {"kind": kind, **raw}, held)
        ]

    def _risk(self) -> list[Said]:
        for heading, cell in self._cells.get("risk", ()):
            level = meaning("risk", cell.text)
            if level is None:
                self._cells[NOTE].append((heading, cell))
                if not is_nothing(cell.text):
                    self._doubt(heading, cell.text, "This is no level of risk.", NOTED)
                continue
            raw: dict[str, Any] = {"level": level}
            mark(raw, "happened_on", "", "The index does not say when the risk was judged.")
            return [Said("risk", "?", raw)]
        return []


def _in_force(began: date | None) -> str:
    return "registered" if began is not None and began <= _REGISTER_UNTIL else "on_plan"


def _why_not(day: Day) -> str:
    return day.why or "Only part of the date is given."
