"""A drawing as plain data: what is drawn once is shown in the window and printed on paper alike."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from uuid import UUID


class Ink(StrEnum):
    """Colours by what they mean; window and paper each have their own for them."""

    TEXT = "text"
    QUIET = "quiet"
    LINE = "line"
    FAINT = "faint"
    GROUND = "ground"
    HOUSE = "house"
    ACCENT = "accent"
    DANGER = "danger"
    NONE = "none"


class Anchor(Enum):
    """Which end of a text its place is."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


class Dash(StrEnum):
    """How a line is broken."""

    SOLID = "solid"
    DASHED = "dashed"
    """Not verified."""
    DOTTED = "dotted"
    """Partners who are not married; a foster child."""


@dataclass(frozen=True, slots=True)
class Path:
    """Straight lines through points; closed ones may be filled."""

    points: tuple[tuple[float, float], ...]
    stroke: Ink = Ink.LINE
    fill: Ink = Ink.NONE
    width: float = 1.3
    dash: Dash = Dash.SOLID
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Oval:
    """An ellipse about its middle."""

    x: float
    y: float
    across: float
    down: float
    stroke: Ink = Ink.LINE
    fill: Ink = Ink.NONE
    width: float = 1.3
    dash: Dash = Dash.SOLID


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text, never longer than its room: it is set narrower, and then cut.

    Attributes:
        x: Its left end, its middle or its right end, by *anchor*.
        y: Its base line.
        room: The width it may take.
    """

    x: float
    y: float
    text: str
    size: float
    room: float
    ink: Ink = Ink.TEXT
    anchor: Anchor = Anchor.MIDDLE
    bold: bool = False


Shape = Path | Oval | Words


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody, or something, of a drawing that can be chosen.

    Attributes:
        key: Its identity.
        left, top, right, bottom: What it takes up.
        told: It in words, as a list reads it.
    """

    key: UUID | str
    left: float
    top: float
    right: float
    bottom: float
    told: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing, from its upper left corner, in units that are pixels at 100 % and points on paper.

    Attributes:
        title: What it shows, e.g. ``Family on 2 November 2026, as known today``.
        told: It in words, line by line: what a list says to whoever cannot see it.
        links: Places that a line joins, by key: the arrow keys go along them.
    """

    title: str
    width: float
    height: float
    shapes: tuple[Shape, ...]
    places: tuple[Place, ...] = ()
    told: tuple[str, ...] = ()
    links: tuple[tuple[UUID | str, UUID | str], ...] = ()


def rectangle(
    left: float,
    top: float,
    right: float,
    bottom: float,
    *,
    stroke: Ink = Ink.LINE,
    fill: Ink = Ink.NONE,
    width: float = 1.3,
    dash: Dash = Dash.SOLID,
) -> Path:
    """A rectangle."""
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    return Path(corners, stroke, fill, width, dash, closed=True)
