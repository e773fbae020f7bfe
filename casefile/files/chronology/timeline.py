"""A chronology drawn along time: what was so in bands above, what happened as marks below, from days to years."""

from __future__ import annotations

from bisect import bisect
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
_LETTERS, _LETTER, _MARK = 30, 6.2, 7.0
WIDEST = 40_000.0
"""Most that is drawn: beyond it a day is made narrower."""
AGAIN = 480.0
"""After so many pixels a band says again what it is, for its beginning may be out of view."""
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
    """A line for each tick, and its words where they do not touch the last ones of their kind."""
    before = {True: -1e9, False: -1e9}
    for day, words, heavy in _ticks(scale):
        x = scale.x(day)
        yield Path(((x, _AXIS - 6), (x, bottom)), Ink.FAINT, width=1.0 if heavy else 0.6)
        if x - before[heavy] >= len(words) * _LETTER + 10 and x + len(words) * _LETTER < scale.width:
            yield Words(x + 3, 13 if heavy else 25, words, 10.5 if heavy else 9.5, 90,
                        Ink.TEXT if heavy else Ink.QUIET, Anchor.START, bold=heavy)  # fmt: skip
            before[heavy] = x


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
        words = f"▲ {span.words}" if span.tone == "danger" else span.words
        for at in range(1 + int((right - left) // AGAIN)):
            start = left + at * AGAIN
            room = min(right - start, AGAIN) - 10
            if room > 14:
                said = f"{band.title}: {words}" if at else words
                yield Words(start + 6, top + 14.5, said, 10, room, _INKS[span.tone], Anchor.START)


def _events(
    told: Chronology, events: Sequence[Event], scale: Scale, top: float
) -> tuple[list[Shape], tuple[Place, ...], int]:
    lanes: list[list[tuple[float, float]]] = [[] for _ in range(_LANES)]
    spots: dict[int, _Spot] = {}
    order = sorted(range(len(events)), key=lambda at: (events[at].weight != "danger", not events[at].weight))
    for at in order:
        spots[at] = _spot(lanes, scale, scale.x(events[at].day), _label(told, events[at]))
    used = max((one.lane + 1 for one in spots.values() if one.lane < _LANES), default=0)
    shapes: list[Shape] = []
    places: list[Place] = []
    crowded: dict[int, int] = defaultdict(int)
    for at, event in enumerate(events):
        spot, x = spots[at], scale.x(event.day)
        y = top + _LANE * min(spot.lane, used) + _LANE / 2
        if spot.lane < _LANES:
            shapes += _mark(event, x, y)
            shapes += spot.words(x, y, _label(told, event), bold=bool(event.weight))
        else:
            crowded[int(x // 40)] += 1
        places.append(Place(event.thread_id, spot.left, y - 9, spot.right, y + 9, told_event(told, event)))
    for bucket, count in crowded.items():
        shapes.append(Words(bucket * 40.0 + 20, top + _LANE * used + 13, f"+{count}", 9.5, 38, Ink.QUIET))
    return shapes, tuple(places), used + bool(crowded)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where an event stands.

    Attributes:
        lane: From above; beyond the last where there was no room.
        side: 1 with its words at the right, -1 at the left, 0 without.
    """

    lane: int
    side: int
    left: float
    right: float

    def words(self, x: float, y: float, text: str, *, bold: bool) -> Iterator[Words]:
        """What stands beside the mark."""
        if self.side:
            anchor = Anchor.START if self.side > 0 else Anchor.END
            yield Words(
                x + 10 * self.side, y + 3.5, text, 10, self.right - self.left, Ink.TEXT, anchor, bold=bold
            )


def _spot(lanes: list[list[tuple[float, float]]], scale: Scale, x: float, words: str) -> _Spot:
    """The first lane with room for mark and words, at the right or at the end of time at the left; else for the mark."""
    wide = len(words) * _LETTER + 12
    side = 1 if x + wide <= scale.width else -1
    asked = (
        (side, x - _MARK, x + wide) if side > 0 else (side, x - wide, x + _MARK),
        (0, x - _MARK, x + _MARK),
    )
    for way, start, end in asked:
        for number, held in enumerate(lanes):
            at = bisect(held, (start, end))
            if (not at or held[at - 1][1] < start) and (at == len(held) or end < held[at][0]):
                held.insert(at, (start, end))
                return _Spot(number, way, start, end)
    return _Spot(_LANES, 0, x - _MARK, x + _MARK)


def _label(told: Chronology, event: Event) -> str:
    """What stands beside a mark: with the reference where several files are shown, and cut where it is long."""
    words = f"{event.reference}: {event.summary}" if len(told.files) > 1 else event.summary
    return words if len(words) <= _LETTERS else f"{words[: _LETTERS - 1].rstrip()}…"


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
