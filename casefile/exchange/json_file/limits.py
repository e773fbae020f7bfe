"""What no case file may hold, whoever wrote it: half characters, bottomless nesting, days that no record bears."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Annotated, Any, cast

from pydantic import AfterValidator, BeforeValidator

from casefile.errors import Fault
from casefile.record.dates import EARLIEST, LATEST

DEEPEST = 40
"""Levels of lists and objects; a case file has ten."""
MOST_FAULTS = 50
"""Faults told at once; who has more mends these first."""
_UNKEPT = re.compile("[\x00\ud800-\udfff]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}.*")


def _written(value: object) -> object:
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise ValueError("write the day like 2026-03-02")
    if not isinstance(value, str | date):
        raise ValueError("write the day as text, like 2026-03-02")
    return value


def _written_moment(value: object) -> object:
    if not isinstance(value, datetime) and not (isinstance(value, str) and _MOMENT.fullmatch(value)):
        raise ValueError("write the moment as text, like 2026-03-02T14:05:00Z")
    return value


def _possible(day: date) -> date:
    if not EARLIEST <= day.year <= LATEST:
        raise ValueError(f"the year {day.year} is out of range; it must be between {EARLIEST} and {LATEST}")
    return day


def _placed(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("say the time zone, for instance with a Z at the end")
    _possible(moment.date())
    instant = moment.astimezone(UTC)
    _possible(instant.date())
    return instant


def _one_line(reference: str) -> str:
    if reference != " ".join(reference.split()):
        raise ValueError("a reference is one line, without spaces before, after or doubled")
    return reference


Reference = Annotated[str, AfterValidator(_one_line)]
"""A file's reference as people type it."""
Day = Annotated[date, BeforeValidator(_written), AfterValidator(_possible)]
"""A day as text, in the years that records bear."""
Moment = Annotated[datetime, BeforeValidator(_written_moment), AfterValidator(_placed)]
"""An instant as text with its time zone."""


def faults(raw: object) -> list[Fault]:
    """What in plain JSON data can be kept by no store, each with its place; empty if all of it can."""
    return [Fault(place, f"{place}: {said}.") for place, said in _walk(raw)][:MOST_FAULTS]


def _walk(raw: object) -> Iterator[tuple[str, str]]:
    waiting: list[tuple[str, object, int]] = [("$", raw, 0)]
    while waiting:
        place, value, depth = waiting.pop()
        if depth > DEEPEST:
            yield place, "it is nested deeper than any case file"
            return
        if isinstance(value, str) and _UNKEPT.search(value):
            yield place, "it holds half a character or a zero byte, which no text has"
        elif isinstance(value, dict):
            for key, one in cast("dict[str, Any]", value).items():
                if _UNKEPT.search(key):
                    yield place, "the name of a field in it holds half a character or a zero byte"
                else:
                    waiting.append((f"{place}.{key}", one, depth + 1))
        elif isinstance(value, list):
            listed = cast("list[Any]", value)
            waiting.extend((f"{place}[{at}]", one, depth + 1) for at, one in enumerate(listed))
