"""Putting doubts where they belong: from the path of an element to the field of a record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from casefile.exchange.census.model import Doubt

_NUMBER = re.compile(r"\[\d+\]$")


@dataclass(frozen=True, slots=True)
class Item:
    """One fact or entry to be.

    Attributes:
        kind: Key of the kind of fact, or of the section.
        key: What finds it again in a later return.
        happened_on: For entries: when; None if the return does not say.
        raw: The state of its form, dates as dates, with its doubts under ``DOUBTS``.
        rank: Order among entries of one day.
    """

    kind: str
    key: str
    happened_on: date | None
    raw: Mapping[str, Any]
    rank: int

    def renamed(self, key: str) -> Item:
        """The same under another key."""
        return replace(self, key=key)


class Placed:
    """The doubts about one child, handed out once each to the records they belong to."""

    def __init__(self, doubts: Iterable[Doubt]) -> None:
        self._waiting = list(doubts)

    def take(self, fields: Mapping[str, str], stated: str | None = None) -> dict[str, dict[str, str]]:
        """The doubts of these elements (path to field), as the form keeps them: field to stated and why.

        A doubt about an element inside one of them, or one of several of that name, belongs too.
        With *stated*, only doubts about that value are taken.
        """
        found: dict[str, dict[str, str]] = {}
        left: list[Doubt] = []
        for doubt in self._waiting:
            field = self._field(doubt, fields)
            if field is None or (stated is not None and doubt.stated and doubt.stated != stated):
                left.append(doubt)
                continue
            held = found.setdefault(field, {"stated": "", "why": ""})
            held["stated"] = _joined(held["stated"], doubt.stated, "; ")
            held["why"] = _joined(held["why"], doubt.why, " ")
        self._waiting = left
        return found

    def rest(self, within: str | None = None) -> tuple[Doubt, ...]:
        """The doubts that no record has taken: all, or those within one group of the return."""
        taken = [one for one in self._waiting if within is None or _inside(one.path, within)]
        self._waiting = [one for one in self._waiting if one not in taken]
        return tuple(taken)

    def _field(self, doubt: Doubt, fields: Mapping[str, str]) -> str | None:
        for path, field in fields.items():
            if _inside(doubt.path, path):
                return field
        return None


def _inside(path: str, of: str) -> bool:
    return path == of or path.startswith((f"{of}/", f"{of}[")) or _NUMBER.sub("", path) == of


def _joined(held: str, more: str, between: str) -> str:
    if not more or more in held:
        return held
    return f"{held}{between}{more}" if held else more
