"""The wider chart laid out and drawn: a column for each step, from left to right, with lines in between."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from casefile.files.picture.knots import Associations, Knot, KnotKind, Thread
from casefile.files.picture.least import Least
from casefile.files.picture.shapes import Anchor, Dash, Drawing, Ink, Path, Place, Shape, Words

BOX, HIGH, GAP, GUTTER, EDGE = 186.0, 40.0, 12.0, 84.0, 16.0
"""Width and height of a knot, between two of them, between two columns, and around the chart."""
SWEEPS = 8
_Node = str | tuple[int, int]
"""A knot by key, or where the line of a thread passes a column: number of the thread, column."""
_WORDS = {KnotKind.FILE: "File", KnotKind.PERSON: "", KnotKind.ADDRESS: "Address", KnotKind.CONTACT: "Number"}


def chart_of(told: Associations) -> Drawing:
    """Lay out and draw a chart of any size.

    Raises:
        Unavailable: The solver is not installed.
    """
    columns, hops = _columns(told)
    _ordered(columns, hops)
    ys = _heights(columns, hops)
    by_key = {one.key: one for one in told.knots}
    shapes: list[Shape] = list(_lines(told, hops, columns, ys))
    places: list[Place] = []
    for step, column in enumerate(columns):
        for node in column:
            if isinstance(node, str):
                x, y = EDGE + step * (BOX + GUTTER), ys[node]
                shapes += _box(by_key[node], x, y)
                said = _told(told, by_key[node])
                places.append(Place(node, x, y - HIGH / 2, x + BOX, y + HIGH / 2, said))
    width = 2 * EDGE + len(columns) * BOX + (len(columns) - 1) * GUTTER
    height = max((y for y in ys.values()), default=0.0) + HIGH / 2 + EDGE
    title = f"Who the people of {told.reference} are tied to, {len(columns) - 1} steps away"
    links = tuple((one.one, one.other) for one in told.threads)
    return Drawing(title, width, height, tuple(shapes), tuple(places), told_of(told), links)


def told_of(told: Associations) -> tuple[str, ...]:
    """The chart in words: every knot with what it hangs together with."""
    lines = [_told(told, one) for one in told.knots]
    if told.left_out:
        lines.append(f"{told.left_out} more people are not shown: too many at one place.")
    return tuple(lines)


def _told(told: Associations, knot: Knot) -> str:
    names = {one.key: one.title for one in told.knots}
    kind = _WORDS[knot.kind]
    parts = [f"{kind} {knot.title}".strip() + (f", {knot.about}" if knot.about else "")]
    for thread in told.threads:
        if knot.key in (thread.one, thread.other):
            other = thread.other if thread.one == knot.key else thread.one
            doubt = "" if thread.verified else ", not verified"
            words = (
                f"{names[thread.one]}, {thread.words}"
                if thread.related
                else f"{names[other]} ({thread.words})"
            )
            parts.append(f"{words}{doubt}")
    return "; ".join(parts)


_Hop = tuple[_Node, _Node]


def _columns(told: Associations) -> tuple[list[list[_Node]], dict[int, list[_Hop]]]:
    """Knots by step, and the parts of each thread from column to column; a thread within a column has one part."""
    steps = {one.key: one.step for one in told.knots}
    columns: list[list[_Node]] = [[] for _ in range(max(steps.values(), default=-1) + 1)]
    for knot in told.knots:
        columns[knot.step].append(knot.key)
    hops: dict[int, list[_Hop]] = defaultdict(list)
    for number, thread in enumerate(told.threads):
        low, high = sorted((thread.one, thread.other), key=steps.__getitem__)
        before: _Node = low
        for step in range(steps[low] + 1, steps[high]):
            columns[step].append((number, step))
            hops[number].append((before, (number, step)))
            before = (number, step)
        hops[number].append((before, high))
    return columns, hops


def _ordered(columns: list[list[_Node]], hops: Mapping[int, Sequence[_Hop]]) -> None:
    """Each knot goes to the middle of those it hangs together with, column by column, to and fro."""
    beside: dict[_Node, list[_Node]] = defaultdict(list)
    for parts in hops.values():
        for one, other in parts:
            beside[one].append(other)
            beside[other].append(one)
    at: dict[_Node, float] = {node: place for column in columns for place, node in enumerate(column)}
    for sweep in range(SWEEPS):
        for column in columns if sweep % 2 == 0 else columns[::-1]:
            wanted = {
                node: sum(at[one] for one in beside[node]) / len(beside[node]) if beside[node] else at[node]
                for node in column
            }
            column.sort(key=lambda node, wanted=wanted: (wanted[node], at[node]))
            at |= {node: float(place) for place, node in enumerate(column)}


def _heights(columns: Sequence[Sequence[_Node]], hops: Mapping[int, Sequence[_Hop]]) -> dict[_Node, float]:
    problem = Least()
    at: dict[_Node, int] = {}
    for column in columns:
        for place, node in enumerate(column):
            at[node] = problem.column(EDGE + HIGH / 2, float("inf"), 0.001)
            if place:
                before = column[place - 1]
                apart = (_high(before) + _high(node)) / 2 + GAP
                problem.must([(at[node], 1.0), (at[before], -1.0)], apart)
    for parts in hops.values():
        for one, other in parts:
            problem.wish([(at[one], 1.0), (at[other], -1.0)], 0.0, 1.0 if isinstance(one, str) else 3.0)
    found = problem.solve()
    return {node: found[column] for node, column in at.items()}


def _high(node: _Node) -> float:
    return HIGH if isinstance(node, str) else 4.0


def _lines(
    told: Associations,
    hops: Mapping[int, Sequence[_Hop]],
    columns: Sequence[Sequence[_Node]],
    ys: Mapping[_Node, float],
) -> Iterator[Path]:
    step = {node: place for place, column in enumerate(columns) for node in column}
    for number, parts in hops.items():
        thread = told.threads[number]
        points: list[tuple[float, float]] = []
        for one, other in parts:
            points += _hop(one, other, step, ys, GUTTER * (0.12 + 0.09 * (number % 4)))
        yield Path(tuple(dict.fromkeys(points)), Ink.QUIET, width=1.1, dash=_dash(thread))


def _hop(
    one: _Node, other: _Node, step: Mapping[_Node, int], ys: Mapping[_Node, float], aside: float
) -> list[tuple[float, float]]:
    """From the right edge of one column to the left edge of the next, straight through a column that it passes."""
    left = EDGE + step[one] * (BOX + GUTTER)
    if step[one] == step[other]:
        out = left + BOX + aside
        return [(left + BOX, ys[one]), (out, ys[one]), (out, ys[other]), (left + BOX, ys[other])]
    start = [(left, ys[one])] if not isinstance(one, str) else []
    return [*start, (left + BOX, ys[one]), (left + BOX + GUTTER, ys[other])]


def _dash(thread: Thread) -> Dash:
    return Dash.SOLID if thread.verified else Dash.DASHED


def _box(knot: Knot, x: float, y: float) -> Iterator[Shape]:
    left, top, right, bottom = x, y - HIGH / 2, x + BOX, y + HIGH / 2
    if knot.kind is KnotKind.FILE:
        corners = ((left, top), (right - 10, top), (right, top + 10), (right, bottom), (left, bottom))
    elif knot.kind is KnotKind.ADDRESS:
        corners = (
            (left + 10, top),
            (right - 10, top),
            (right, top + 10),
            (right, bottom),
            (left, bottom),
            (left, top + 10),
        )
    elif knot.kind is KnotKind.CONTACT:
        half = HIGH / 2
        corners = (
            (left + half, top),
            (right - half, top),
            (right, y),
            (right - half, bottom),
            (left + half, bottom),
            (left, y),
        )
    else:
        corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    width = 2.0 if knot.step == 0 else 1.2
    ground = Ink.HOUSE if knot.kind is KnotKind.FILE else Ink.GROUND
    yield Path(corners, Ink.TEXT, ground, width, closed=True)
    room = BOX - (HIGH if knot.kind is KnotKind.CONTACT else 18)
    yield Words(x + BOX / 2, y - 2, knot.title, 11, room, bold=True)
    kind = _WORDS[knot.kind].lower()
    more = "" if knot.open else " · more" if knot.kind is not KnotKind.PERSON else ""
    about = f"{kind}: {knot.about}" if kind and knot.about else kind or knot.about
    yield Words(x + BOX / 2, y + 13, f"{about}{more}", 10, room, Ink.QUIET, Anchor.MIDDLE)
