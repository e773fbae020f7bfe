"""The mapping for an index without a window: the guess where it is certain, with what a person says laid over."""

from __future__ import annotations

from collections.abc import Sequence

from casefile.errors import Fault, Invalid
from casefile.exchange.docket.guess import CERTAIN
from casefile.exchange.docket.index import Column, Index
from casefile.exchange.docket.mapping import DocketMap, from_pairs
from casefile.exchange.docket.sheet import KEPT
from casefile.exchange.docket.words import NOTE, targets


def certain_map(index: Index) -> DocketMap:
    """The guess, if it is certain which column holds the reference and which a name.

    Raises:
        Invalid: It is not; the sentence lists the columns and what they seem to hold.
    """
    found = index.guessed(at_least=CERTAIN)
    if not found.faults() and found.holds("reference"):
        return found
    listed = "; ".join(f"“{one.heading}”: {guess_words(one)}" for one in index.columns)
    asked = "It is not certain which column holds the docket's reference and which a name."
    raise Invalid([Fault("map", f"{asked} The columns of {index.name} seem to hold: {listed}.")], kept=KEPT)


def laid_over(index: Index, pairs: Sequence[tuple[str, str]]) -> DocketMap:
    """The certain guesses with what a person says (target and heading) laid over them.

    Raises:
        Invalid: A target is not known, or the index has no such column.
    """
    fitted = from_pairs(pairs).fitted(index.headings, whole=False)
    columns = index.guessed(at_least=CERTAIN).columns
    wanted = {one for one in fitted.columns.values() if not targets()[one].many}
    free = {heading: NOTE if key in wanted else key for heading, key in columns.items()}
    return DocketMap({**free, **fitted.columns}, index.guessed().sheet)


def guess_words(column: Column) -> str:
    """What a column seems to hold and how sure that is, in words."""
    guess = column.guess
    also = f" (or {guess.also}, which another column holds)" if guess.also else ""
    if guess.sure == "none":
        return f"nothing known, kept as a note{also}"
    return f"{targets()[guess.target].label}, {guess.sure}{also}"


def as_file(index: Index) -> str:
    """The guess as a mapping file to edit, each column with how sure it is and an example."""
    told = {one.heading: _remark(one) for one in index.columns}
    return index.guessed().as_toml(told)


def _remark(column: Column) -> str:
    example = column.samples[0].replace("\n", " / ")[:40] if column.samples else "empty"
    return f"{column.guess.sure if column.guess.sure != 'none' else 'not known'}; e.g. {example}"
