"""Cutting long lists into pieces that one statement can hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def in_pieces(things: Iterable[T], size: int = 500) -> Iterator[tuple[T, ...]]:
    """*things* in order, in tuples of at most *size*."""
    waiting = iter(things)
    while piece := tuple(islice(waiting, size)):
        yield piece
