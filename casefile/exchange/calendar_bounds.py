"""What a calendar from outside may ask for: bounds on its size, its shape and how it repeats.

A rule of repetition is a small program: one that never comes true, or comes true every second, would be worked out
until the year 9999. So rules are looked at before they are run.
"""

from __future__ import annotations

from datetime import date, datetime
from itertools import islice
from typing import Any, cast

from dateutil.rrule import rrulestr

from casefile.errors import Damaged

MOST_BYTES = 5 * 1024 * 1024
MOST_LINES = 200_000
MOST_EVENTS = 20_000
DEEPEST = 6
"""How far components may stand in one another; a calendar, an event and its alarm are three."""
MOST_DAYS_WORKED_OUT = 2_000_000
"""Days of all repeated events together, from the first time of each to the last day asked for."""
MOST_EMPTY_RULES = 5
_OFTEN_ENOUGH = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_KNOWN_PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS"}
_EARLIEST = 1970
_CYCLE = 400
"""Years after which days, weekdays and leap years repeat exactly."""


def decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of an .ics, and a doubt where it is not written in UTF-8 as it should be.

    Raises:
        Damaged: Larger than bearable, or empty.
    """
    if len(data) > MOST_BYTES:
        raise Damaged(
            f"The calendar is larger than {MOST_BYTES // (1024 * 1024)} MB and was not read.",
            kept="Nothing was read.",
            remedy="Export fewer days from the program it comes from.",
        )
    try:
        text, doubts = data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
        doubts = ("The calendar is not written in UTF-8; accented letters may be wrong.",)
    if not text.strip():
        raise Damaged("The calendar is empty.", kept="Nothing was read.")
    return text.replace("\x00", " ").strip() + "\r\n", doubts


def check_lines(text: str) -> None:
    """Look at the shape before anything is built from it.

    Raises:
        Damaged: No calendar, too much of it, too deep, or a time zone that changes other than by the year.
    """
    lines = text.splitlines()
    if lines[0].strip().upper() != "BEGIN:VCALENDAR":
        raise Damaged("This is not a calendar (.ics): it does not begin as one.", kept="Nothing was read.")
    events = text.upper().count("BEGIN:VEVENT")
    if len(lines) > MOST_LINES or events > MOST_EVENTS:
        raise Damaged(
            f"The calendar holds more than {MOST_EVENTS:,} events or {MOST_LINES:,} lines and was not read.",
            kept="Nothing was read.",
            remedy="Export fewer days from the program it comes from.",
        )
    _check_shape(lines)


def _check_shape(lines: list[str]) -> None:
    standing: list[str] = []
    line = ""
    for raw in [*lines, "END:"]:
        if raw[:1] in (" ", "\t"):
            line = (line + raw[1:])[:2000]
            continue
        name, _, value = line.partition(":")
        name, value, line = name.split(";")[0].strip().upper(), value.strip().upper(), raw
        if name == "BEGIN":
            standing.append(value)
        elif name == "END" and standing:
            standing.pop()
        elif name in ("RRULE", "EXRULE") and "VTIMEZONE" in standing:
            parts = value.split(";")
            if "FREQ=YEARLY" not in parts or any(one.startswith("BY") and _slow(one) for one in parts):
                raise Damaged(
                    "A time zone of the calendar changes in a way that no time zone does.",
                    kept="Nothing was read.",
                )
        elif name == "DTSTART" and "VTIMEZONE" in standing and not value[:4].isdigit():
            raise Damaged("A time zone of the calendar begins on no day.", kept="Nothing was read.")
        if len(standing) > DEEPEST:
            raise Damaged("The calendar is built deeper than any is.", kept="Nothing was read.")


def _slow(part: str) -> bool:
    return part.partition("=")[0] in ("BYHOUR", "BYMINUTE", "BYSECOND", "BYYEARDAY", "BYWEEKNO", "BYSETPOS")


class Rules:
    """Looks at how events repeat; keeps count of how much there is to work out."""

    def __init__(self, until_on: date) -> None:
        """Rules that are worked out to *until_on*."""
        self._until = until_on
        self._days = 0
        self._empty = 0

    def bear(self, event: Any, title: str) -> list[str]:
        """Take from an event the rules that cannot be worked out; a sentence for each.

        Raises:
            Damaged: All events together repeat more often than is bearable.
        """
        doubts: list[str] = []
        event.pop("EXRULE", None)
        stated: Any = event.get("RRULE")
        if stated is None:
            return doubts
        rules = cast("list[Any]", stated) if isinstance(stated, list) else [stated]
        why = "it repeats by several rules at once"
        if len(rules) == 1:
            try:
                why = self._fault(rules[0], event)
            except (ValueError, TypeError, AttributeError, ArithmeticError):
                why = "its rule of repetition cannot be right"
        if why:
            event.pop("RRULE", None)
            doubts.append(f"“{title}” is shown once: {why}. Look at the calendar it comes from.")
        return doubts

    def _fault(self, rule: Any, event: Any) -> str:
        """Why a rule is not worked out; "" when it is."""
        parts = {str(key).upper(): value for key, value in rule.items()}
        often = str((parts.get("FREQ") or [""])[0]).upper()
        if often not in _OFTEN_ENOUGH:
            return "it repeats more often than daily, or does not say how often"
        if set(parts) - _KNOWN_PARTS:
            return "it repeats by a rule that Casefile does not work out"
        if any(int(each) < 1 for key in ("INTERVAL", "COUNT") for each in _values(parts.get(key))):
            return "its rule of repetition cannot be right"
        start = event["DTSTART"].dt
        first = start.date() if isinstance(start, datetime) else start
        if first.year < _EARLIEST:
            return f"it repeats since before {_EARLIEST}"
        self._days += max(0, (self._until - first).days) + 366
        if self._days > MOST_DAYS_WORKED_OUT:
            raise Damaged(
                "The events of the calendar repeat over more days than can be worked out.",
                kept="Nothing was read.",
                remedy="Export fewer days from the program it comes from.",
            )
        if not self._ever(rule, first):
            return "its rule never falls on a day"
        return ""

    def _ever(self, rule: Any, first: date) -> bool:
        """Whether the rule comes true at all, tried near the end of time, where trying ends by itself.

        The year is moved by whole cycles of the calendar, so days, weekdays and leap years stand as they do now.
        """
        text = ";".join(
            part
            for part in rule.to_ical().decode().split(";")
            if not part.upper().startswith(("UNTIL=", "COUNT="))
        )
        late = first.year + (9999 - first.year) // _CYCLE * _CYCLE
        found = rrulestr(text, dtstart=datetime(late, first.month, first.day))  # noqa: DTZ001 (a day, no moment)
        if any(True for _ in islice(found, 1)):
            return True
        self._empty += 1
        if self._empty > MOST_EMPTY_RULES:
            raise Damaged("The calendar is full of rules that never fall on a day.", kept="Nothing was read.")
        return False


def _values(value: Any) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else [] if value is None else [value]
