"""A chronology drawn along time: what was so in bands above, what happened as marks below, from days to years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from casefile.files.chronology.model import Band, Chronology, Event
from casefile.files.picture.shapes import (
    Anchor,
    Dash,
    Drawing,
    Ink,
    Oval,
    Path,
    Place,
    Shape,
    Words,
    rectangle,
)
from casefile.record.dates import long_date, short_date

LEFT, RIGHT = 92.0, 28.0
_AXIS, _BAND, _LANE, _FOOT = 30.0, 22.0, 20.0, 10.0
_LANES = 9
"""Events above one another; what has no room left is counted below."""
_LABEL, _LETTER, _MARK = 150.0, 5.5, 7.0
WIDEST = 40_000.0
"""Most that is drawn: beyond it a day is made narrower."""
YEARS, MONTHS, WEEKS, DAYS = 0.22, 1.1, 5.0, 26.0
"""Pixels of a day at each size."""
SIZES = (("Years", YEARS), ("Months", MONTHS), ("Weeks", WEEKS), ("Days", DAYS))
_INKS = {"danger": Ink.DANGER, "late": Ink.TEXT, "plain": Ink.QUIET}


@dataclass(frozen=True, slots=True)
class Scale:
    """From days to places.

    Attributes:
        first, last: The days at both ends.
        day: Pixels of a day.
    """

    first: date
    last: date
    day: float

    def x(self, on: date) -> float:
        """Where a day begins."""
        return LEFT + (min(max(on, self.first), self.last) - self.first).days * self.day

    @property
    def width(self) -> float:
        """How wide the whole is."""
        return LEFT + max((self.last - self.first).days, 1) * self.day + RIGHT


def scale_of(events: Sequence[Event], today: date, day: float = 0.0, room: float = 0.0) -> Scale:
    """The scale that shows all events: so many pixels a day, or as many as fill *room*."""
    days = [one.day for one in events] or [today]
    first, last = min(days), max(*days, today) if min(days) <= today else max(days)
    pad = timedelta(days=max((last - first).days // 40, 3))
    first, last = _moved(first, -pad), _moved(last, pad)
    count = max((last - first).days, 1)
    if room:
        day = max(room - LEFT - RIGHT, 100) / count
    return Scale(first, last, min(day, WIDEST / count))


def _moved(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return day


def timeline_of(told: Chronology, events: Sequence[Event], scale: Scale) -> Drawing:
    """Draw some of the events of a chronology; *events* are what a filter left, oldest first."""
    top = _AXIS
    shapes: list[Shape] = []
    for band in told.bands:
        shapes += _band(band, scale, top)
        top += _BAND
    marks, places, lanes = _events(told, events, scale, top + 12)
    bottom = top + 12 + _LANE * max(lanes, 1) + _FOOT
    grid = list(_axis(scale, bottom))
    now: list[Shape] = []
    if scale.first <= told.today <= scale.last:
        x = scale.x(told.today)
        now = [Path(((x, _AXIS - 4), (x, bottom)), Ink.ACCENT, width=1.2, dash=Dash.DASHED)]
    title = f"{len(events):,} events from {long_date(scale.first)} to {long_date(scale.last)}"
    return Drawing(
        title,
        scale.width,
        bottom + 4,
        (*grid, *now, *shapes, *marks),
        places,
        tuple(one.told for one in places),
    )


def _axis(scale: Scale, bottom: float) -> Iterator[Shape]:
    before = -1e9
    for day, words, heavy in _ticks(scale):
        x = scale.x(day)
        yield Path(((x, _AXIS - 6), (x, bottom)), Ink.FAINT, width=1.0 if heavy else 0.6)
        if x - before >= len(words) * _LETTER + 10:
            yield Words(x + 3, 14 if heavy else 24, words, 10.5 if heavy else 9.5, 90,
                        Ink.TEXT if heavy else Ink.QUIET, Anchor.START, bold=heavy)  # fmt: skip
            before = x if not heavy else before


def _ticks(scale: Scale) -> Iterator[tuple[date, str, bool]]:
    """Days that bear a line: years and months heavy, what is finer light."""
    day = date(scale.first.year, scale.first.month, 1)
    while day <= scale.last:
        if day >= scale.first:
            if day.month == 1 or scale.day >= WEEKS * 0.8:
                words = str(day.year) if scale.day < MONTHS * 0.5 else short_date(day).split(" ", 1)[1]
                yield day, words, True
            elif scale.day >= MONTHS * 0.5:
                yield day, short_date(day).split(" ")[1], False
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    if scale.day >= WEEKS * 0.8:
        step = 1 if scale.day >= DAYS * 0.6 else 7
        day = scale.first + timedelta(days=-scale.first.weekday() % 7) if step == 7 else scale.first
        while day <= scale.last:
            yield day, str(day.day), False
            day += timedelta(days=step)


def _band(band: Band, scale: Scale, top: float) -> Iterator[Shape]:
    yield Words(LEFT - 8, top + 14, band.title, 10.5, LEFT - 12, Ink.TEXT, Anchor.END, bold=True)
    for span in band.spans:
        until = span.until_on + timedelta(days=1) if span.until_on else scale.last
        if until <= scale.first or span.from_on >= scale.last:
            continue
        left, right = scale.x(span.from_on), max(scale.x(until), scale.x(span.from_on) + 2)
        yield rectangle(left, top + 3, right, top + _BAND - 3, stroke=Ink.QUIET, fill=Ink.HOUSE, width=0.8)
        if span.tone == "danger":
            yield Path(((left, top + 3), (left, top + _BAND - 3)), Ink.DANGER, width=3.0)
        room = right - left - 10
        if room > 14:
            words = f"▲ {span.words}" if span.tone == "danger" else span.words
            yield Words(left + 6, top + 14.5, words, 10, room, _INKS[span.tone], Anchor.START)


def _events(
    told: Chronology, events: Sequence[Event], scale: Scale, top: float
) -> tuple[list[Shape], tuple[Place, ...], int]:
    lanes: list[list[tuple[float, float]]] = [[] for _ in range(_LANES)]
    at: dict[int, tuple[int, bool]] = {}
    order = sorted(
        range(len(events)), key=lambda place: (events[place].weight != "danger", not events[place].weight)
    )
    for place in order:
        at[place] = _lane(lanes, scale.x(events[place].day), _label(told, events[place]))
    shapes: list[Shape] = []
    places: list[Place] = []
    crowded: dict[int, int] = defaultdict(int)
    used = max((lane + 1 for lane, _ in at.values() if lane < _LANES), default=0)
    for place, event in enumerate(events):
        lane, labelled = at[place]
        x, y = scale.x(event.day), top + _LANE * min(lane, used) + _LANE / 2
        words = _label(told, event)
        wide = min(len(words) * _LETTER, _LABEL) if labelled else 0.0
        if lane < _LANES:
            shapes += _mark(event, x, y)
            if labelled:
                shapes.append(
                    Words(x + 10, y + 3.5, words, 10, _LABEL, Ink.TEXT, Anchor.START, bold=bool(event.weight))
                )
        else:
            crowded[int(x // 40)] += 1
        places.append(Place(event.thread_id, x - _MARK, y - 9, x + 10 + wide, y + 9, told_event(told, event)))
    for bucket, count in crowded.items():
        shapes.append(Words(bucket * 40.0 + 20, top + _LANE * used + 13, f"+{count}", 9.5, 38, Ink.QUIET))
    return shapes, tuple(places), used + bool(crowded)


def _lane(lanes: list[list[tuple[float, float]]], x: float, words: str) -> tuple[int, bool]:
    """The first lane with room for mark and words, else for the mark alone; beyond the last where there is none."""
    for wide, labelled in ((min(len(words) * _LETTER, _LABEL) + 14, True), (_MARK, False)):
        start, end = x - _MARK, x + wide
        for number, held in enumerate(lanes):
            if all(end < low or high < start for low, high in held):
                held.append((start, end))
                return number, labelled
    return _LANES, False


def _label(told: Chronology, event: Event) -> str:
    """What stands beside a mark: with the reference where several files are shown."""
    return f"{event.reference}: {event.summary}" if len(told.files) > 1 else event.summary


def _mark(event: Event, x: float, y: float) -> Iterator[Shape]:
    if event.weight == "danger":
        yield Path(((x, y - 6), (x + 6, y + 5), (x - 6, y + 5)), Ink.DANGER, Ink.DANGER, 1.0, closed=True)
    elif event.weight:
        yield Path(((x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y)), Ink.ACCENT, Ink.ACCENT, 1.0, closed=True)
    elif event.imported:
        yield rectangle(x - 4, y - 4, x + 4, y + 4, stroke=Ink.TEXT, fill=Ink.GROUND, width=1.3)
    else:
        yield Oval(x, y, 8, 8, Ink.QUIET, Ink.QUIET, 1.0)


def told_event(told: Chronology, event: Event) -> str:
    """One event in words, as a list reads it."""
    parts = [event.when, event.summary, event.title]
    parts += [event.reference] if len(told.files) > 1 else []
    parts += {"danger": ["endangers a child"], "significant": ["significant"]}.get(event.weight, [])
    parts += [f"marked by {event.mark.by}: {event.mark.why}"] if event.mark else []
    parts += ["told by another agency, not checked by police"] if event.imported else []
    parts += [f"doubtful: {one}" for one in event.doubts]
    return "; ".join(dict.fromkeys(parts))
