"""Calendars as other programs write them (.ics, RFC 5545): reading what falls between two days, and writing.

Reading is by icalendar and recurring-ical-events, behind bounds of our own: a calendar comes from outside, and one
line of it can ask for every second of ten thousand years. What is refused or left out is said in words.

The libraries are imported where they are used: they would add a fifth of a second to every start of the program.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast

from casefile.errors import Damaged, Invalid
from casefile.exchange.calendar_bounds import Rules, check_lines, decoded
from casefile.work.unit import LONDON

MEDIA_TYPE = "text/calendar"
MOST_DAYS = 3 * 366
"""The longest stretch that one reading may ask for."""
MOST_OCCURRENCES = 10_000
MOST_DOUBTS = 200
MOST_NAMES = 200
MOST_WORDS = 8_000
_TITLE = 300
_NOT_AS_IT_SHOULD_BE = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    ArithmeticError,
    LookupError,
    RecursionError,
)
"""What the libraries raise on calendars that are not written as calendars should be."""
_READING = threading.Lock()
"""The library keeps the time zones of the last calendar for all who read: one at a time, each with its own."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing in a calendar, at one time: of a repeated one, one of its times.

    Attributes:
        uid: The identity that its calendar gave it; all times of a repeated one share it.
        starts: The moment in London time, or the first day of something that lasts whole days.
        ends: The moment it ends, or the *last* day (not the day after); never before ``starts``.
        attendees: Who is asked, by name or, where none is given, by address.
        private: Whether its calendar calls it private or confidential.
    """

    uid: str
    title: str
    starts: datetime | date
    ends: datetime | date
    where: str = ""
    attendees: tuple[str, ...] = ()
    description: str = ""
    organiser: str = ""
    repeats: bool = False
    private: bool = False

    @property
    def whole_days(self) -> bool:
        """Whether it lasts whole days and has no time of day."""
        return not isinstance(self.starts, datetime)

    @property
    def first_day(self) -> date:
        """The day it begins, in London."""
        return self.starts.date() if isinstance(self.starts, datetime) else self.starts

    @property
    def last_day(self) -> date:
        """The last day it touches, in London; midnight itself belongs to the day before."""
        if not isinstance(self.ends, datetime):
            return self.ends
        last = self.ends if self.ends == self.starts else self.ends - timedelta(microseconds=1)
        return last.date()


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a calendar held between two days.

    Attributes:
        name: What the calendar calls itself.
        method: ``REQUEST`` for an invitation, ``CANCEL`` when it calls a meeting off; "" when it does not say.
        events: In the order of their beginning.
        doubts: What was left out or taken on trust, each in a sentence.
    """

    name: str
    method: str
    events: tuple[Event, ...]
    doubts: tuple[str, ...] = ()


def read_calendar(data: bytes, from_on: date, until_on: date) -> Calendar:
    """Everything in an .ics between two days, both included, with repeated events worked out.

    Times of day come back in London time, whatever zone they were written in; a time without a zone is taken as
    London's.

    Raises:
        Damaged: It is no calendar, or asks for more than is bearable.
        Invalid: The days are the wrong way round or more than three years apart.
    """
    import icalendar
    from icalendar.timezone import tzp

    if until_on < from_on:
        raise Invalid("The last day is before the first.", kept="Nothing was read.")
    if (until_on - from_on).days > MOST_DAYS:
        raise Invalid("Ask for three years at most.", kept="Nothing was read.")
    text, guessed = decoded(data)
    check_lines(text)
    with _READING, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tzp.use_default()
        try:
            whole: Any = icalendar.Calendar.from_ical(cast("Any", text.encode()))
        except _NOT_AS_IT_SHOULD_BE as error:
            raise Damaged(
                "This is not a calendar that can be read (.ics).", kept="Nothing was read."
            ) from error
        if getattr(whole, "name", "") != "VCALENDAR":
            raise Damaged(
                "This is not a calendar (.ics): it does not begin as one.", kept="Nothing was read."
            )
        reading = _Reading(whole, from_on, until_on, list(guessed))
        events = sorted(reading.events(), key=_order)
        return Calendar(
            _words(whole.get("X-WR-CALNAME"), _TITLE),
            _words(whole.get("METHOD"), 20).upper(),
            tuple(events),
            tuple(dict.fromkeys(reading.doubts))[:MOST_DOUBTS],
        )


def write_calendar(events: Iterable[Event], name: str, *, made_at: datetime) -> bytes:
    """The events as an .ics that any calendar program opens or subscribes to.

    Args:
        events: What it holds; each with a ``uid`` that stays the same from one writing to the next.
        name: What the calendar is called.
        made_at: The moment of writing, aware.
    """
    import icalendar

    whole: Any = icalendar.Calendar()
    whole.add("PRODID", "-//Casefile//Diary//EN")
    whole.add("VERSION", "2.0")
    whole.add("METHOD", "PUBLISH")
    whole.add("X-WR-CALNAME", name)
    whole.add("REFRESH-INTERVAL", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for one in events:
        whole.add_component(_written(one, made_at))
    return whole.to_ical()


def _written(one: Event, made_at: datetime) -> Any:
    from icalendar import Event as Component

    event: Any = Component()
    event.add("UID", one.uid)
    event.add("DTSTAMP", _utc(made_at))
    event.add("SUMMARY", one.title)
    if isinstance(one.starts, datetime) and isinstance(one.ends, datetime):
        event.add("DTSTART", _utc(one.starts))
        event.add("DTEND", _utc(one.ends))
    else:
        event.add("DTSTART", one.first_day)
        event.add("DTEND", one.last_day + timedelta(days=1))
        event.add("TRANSP", "TRANSPARENT")
    for key, value in (("LOCATION", one.where), ("DESCRIPTION", one.description)):
        if value:
            event.add(key, value)
    event.add("CLASS", "CONFIDENTIAL")
    return event


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _order(one: Event) -> tuple[date, time, str, str]:
    at = one.starts.time() if isinstance(one.starts, datetime) else time.min
    return one.first_day, at, one.title, one.uid


class _Reading:
    """One reading of one calendar: its bounds, and the doubts that come up on the way."""

    def __init__(self, whole: Any, from_on: date, until_on: date, doubts: list[str]) -> None:
        self._whole = whole
        self._from, self._until = from_on, until_on
        self._rules = Rules(until_on)
        self.doubts = doubts

    def events(self) -> Iterator[Event]:
        """The events of the days asked for."""
        found = 0
        by_uid = self._by_uid()
        for part in (part for parts in by_uid.values() for part in parts if "DTSTART" in part):
            self.doubts.extend(self._rules.bear(part, _title(part)))
        for uid, parts in by_uid.items():
            for one in self._times(uid, parts):
                if one.last_day < self._from or one.first_day > self._until:
                    continue
                found += 1
                if found > MOST_OCCURRENCES:
                    self.doubts.append(
                        f"Only the first {MOST_OCCURRENCES:,} events found were taken; ask for fewer days."
                    )
                    return
                yield one

    def _by_uid(self) -> dict[str, list[Any]]:
        """The written events by identity: a repeated one and its exceptions belong together."""
        parts: dict[str, list[Any]] = {}
        for place, one in enumerate(self._whole.walk("VEVENT")):
            parts.setdefault(_words(one.get("UID"), 500) or f"event {place + 1}", []).append(one)
        return parts

    def _times(self, uid: str, parts: list[Any]) -> list[Event]:
        import icalendar
        import recurring_ical_events

        title = _title(parts[0])
        if not any("DTSTART" in one for one in parts):
            self.doubts.append(f"“{title}” was left out: it does not say when it is.")
            return []
        one_calendar: Any = icalendar.Calendar()
        zone = self._whole.get("X-WR-TIMEZONE")
        if zone is not None:
            one_calendar.add("X-WR-TIMEZONE", str(zone))
        try:
            for part in parts:
                self._zones(part, title)
                one_calendar.add_component(part)
            first = datetime.combine(self._from, time.min, LONDON)
            after = datetime.combine(self._until + timedelta(days=1), time.min, LONDON)
            query: Any = recurring_ical_events.of(one_calendar, keep_recurrence_attributes=True)
            found: list[Event] = []
            for one in query.between(first, after):
                if _words(one.get("STATUS"), 20).upper() != "CANCELLED":
                    found.append(self._event(uid, one))
        except _NOT_AS_IT_SHOULD_BE:
            self.doubts.append(f"“{title}” was left out: it is not written as an event should be.")
            return []
        return found

    def _zones(self, part: Any, title: str) -> None:
        """A zone that nobody knows leaves a time as it stands: say so."""
        for key in ("DTSTART", "DTEND"):
            value = part.get(key)
            zone = value.params.get("TZID") if hasattr(value, "params") else None
            if zone and isinstance(value.dt, datetime) and value.dt.tzinfo is None:
                self.doubts.append(
                    f"The time zone {_words(zone, 60)} of “{title}” is not known; its time is taken as London’s."
                )

    def _event(self, uid: str, one: Any) -> Event:
        starts = _in_london(one["DTSTART"].dt)
        ends = _in_london(one["DTEND"].dt) if "DTEND" in one else starts
        if not isinstance(starts, datetime):
            last = ends.date() if isinstance(ends, datetime) else ends
            ends = max(starts, last - timedelta(days=1))
        elif not isinstance(ends, datetime):
            ends = datetime.combine(ends, time.min, LONDON)
        if isinstance(starts, datetime) and isinstance(ends, datetime) and ends < starts:
            ends = starts
        return Event(
            uid=uid,
            title=_words(one.get("SUMMARY"), _TITLE),
            starts=starts,
            ends=ends,
            where=_words(one.get("LOCATION"), _TITLE),
            attendees=tuple(_each(one.get("ATTENDEE"), _name))[:MOST_NAMES],
            description=_prose(one.get("DESCRIPTION")),
            organiser=next(_each(one.get("ORGANIZER"), _name), ""),
            repeats="RRULE" in one or "RDATE" in one,
            private=_words(one.get("CLASS"), 20).upper() in ("PRIVATE", "CONFIDENTIAL"),
        )


def _title(part: Any) -> str:
    return _words(part.get("SUMMARY"), _TITLE) or "an event without a title"


def _in_london(value: datetime | date) -> datetime | date:
    if not isinstance(value, datetime):
        return value
    return value.replace(tzinfo=LONDON) if value.tzinfo is None else value.astimezone(LONDON)


def _each(value: Any, turn: Callable[[Any], str]) -> Iterator[str]:
    values = cast("list[Any]", value) if isinstance(value, list) else [value] if value is not None else []
    yield from dict.fromkeys(words for one in values if (words := turn(one)))


def _name(value: Any) -> str:
    """Who it is: the name that the calendar gives, else the address without its scheme."""
    named = _words(getattr(value, "params", {}).get("CN"), 120).strip("\"'")
    address = _words(value, 200)
    return named or (address[7:] if address.lower().startswith("mailto:") else address)


def _words(value: Any, most: int) -> str:
    """One line of words: no line breaks, nothing that does not print."""
    if isinstance(value, list):
        value = cast("list[Any]", value)[0] if value else ""
    text = "" if value is None else str(value)[: most * 2]
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:most]


def _prose(value: Any) -> str:
    lines = ("" if value is None else str(value))[:MOST_WORDS].splitlines()
    return "\n".join("".join(c if c.isprintable() else " " for c in line).rstrip() for line in lines).strip()
