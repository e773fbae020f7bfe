"""The tokens as typed data, and the contrast between two colours."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

TOKENS = Path(__file__).with_name("tokens.toml")


@dataclass(frozen=True, slots=True)
class Colours:
    """One set of colours, each as ``#RRGGBB``. A ground goes with the colour it is named after."""

    window: str
    surface: str
    sunken: str
    hairline: str
    edge: str
    text: str
    quiet: str
    accent: str
    accent_ground: str
    on_accent: str
    danger: str
    danger_ground: str
    late: str
    late_ground: str
    done: str
    done_ground: str

    def tone(self, tone: str) -> tuple[str, str]:
        """Text and ground of a tone: ``danger``, ``late``, ``done``, ``accent`` or ``plain``."""
        if tone == "plain":
            return self.quiet, self.sunken
        return getattr(self, tone), getattr(self, f"{tone}_ground")


@dataclass(frozen=True, slots=True)
class Type:
    """Sizes of type in pixels at 100 %, and the families to try in order."""

    base: int
    quiet: int
    section: int
    page: int
    families: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Space:
    """Distances and corners in pixels at 100 %."""

    unit: int
    related: int
    group: int
    page: int
    row: int
    control: int
    corner_chip: int
    corner: int
    corner_card: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """Everything in ``tokens.toml``."""

    type: Type
    space: Space
    light: Colours
    dark: Colours


def load(path: Path = TOKENS) -> Tokens:
    """Read the tokens; a name that is missing or unknown is a TypeError at start-up."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    kind = raw["type"]
    return Tokens(
        Type(**{**kind, "families": tuple(kind["families"])}),
        Space(**raw["space"]),
        Colours(**raw["light"]),
        Colours(**raw["dark"]),
    )


def high_contrast(dark: bool) -> Colours:
    """Black and white with the grounds dropped: words and shapes carry every meaning."""
    front, ground = ("#FFFFFF", "#000000") if dark else ("#000000", "#FFFFFF")
    accent = "#8CC8FF" if dark else "#00318C"
    danger = "#FFB3AB" if dark else "#8B0000"
    colours = dict.fromkeys((one.name for one in fields(Colours)), front)
    colours |= dict.fromkeys(
        ("window", "surface", "sunken", "accent_ground", "danger_ground", "late_ground", "done_ground"),
        ground,
    )
    return Colours(**{**colours, "accent": accent, "on_accent": ground, "danger": danger})


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours by WCAG 2: from 1 (the same) to 21 (black on white)."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
