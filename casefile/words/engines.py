"""What is searched for, in the words of each engine. Both say the same; tests hold them against each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from casefile.words.asked import LEAST_BEGUN, Alone, Asked, Near, Number, Row, Term
from casefile.words.cut import AGENCY, HEAD


class Fts5:
    """For SQLite: single words in both columns, words in a row in the column that keeps their places."""

    def one(self, word: str, *, begun: bool = False) -> str:
        """A word, or the beginning of one."""
        return f'"{word}"*' if begun else f'"{word}"'

    def row(self, words: Sequence[str], *, begun: bool) -> str:
        """Words one behind the other."""
        return f'placed : "{" ".join(words)}"{" *" if begun else ""}'

    def near(self, one: str, other: str, within: int) -> str:
        """Two words with at most so many between them."""
        return f'placed : NEAR("{one}" "{other}", {within})'

    def either(self, parts: Iterable[str]) -> str:
        """One of several."""
        return f"({' OR '.join(parts)})"

    def all(self, parts: Iterable[str]) -> str:
        """Every one of several."""
        return f"({' AND '.join(parts)})"

    def but(self, whole: str, parts: Sequence[str]) -> str:
        """Without any of several."""
        return f"{whole} NOT ({' OR '.join(parts)})" if parts else whole


class Tsquery:
    """For PostgreSQL: a ``tsquery`` in its own notation, which no dictionary of the server looks at."""

    def one(self, word: str, *, begun: bool = False) -> str:
        """A word, or the beginning of one."""
        return f"'{word}':*" if begun else f"'{word}'"

    def row(self, words: Sequence[str], *, begun: bool) -> str:
        """Words one behind the other."""
        last = len(words) - 1
        return f"({' <-> '.join(self.one(one, begun=begun and at == last) for at, one in enumerate(words))})"

    def near(self, one: str, other: str, within: int) -> str:
        """Two words with at most so many between them: each distance by itself, in both orders."""
        ways = [
            f"'{a}' <{far}> '{b}'" for far in range(1, within + 2) for a, b in ((one, other), (other, one))
        ]
        return f"({' | '.join(ways)})"

    def either(self, parts: Iterable[str]) -> str:
        """One of several."""
        return f"({' | '.join(parts)})"

    def all(self, parts: Iterable[str]) -> str:
        """Every one of several."""
        return f"({' & '.join(parts)})"

    def but(self, whole: str, parts: Sequence[str]) -> str:
        """Without any of several."""
        return f"{whole} & !({' | '.join(parts)})" if parts else whole


Engine = Fts5 | Tsquery
ENGINES: dict[str, Engine] = {"sqlite": Fts5(), "postgresql": Tsquery()}
"""By the name of the dialect."""


@dataclass(frozen=True, slots=True)
class Rough:
    """What is searched for with beginnings cut to those that an index is kept of, and what then must stand in a record.

    Attributes:
        said: In the words of the engine; holds for more records than are wanted.
        holding: Of each of these, one must stand in the words of a record, all of which have a blank at both sides.
    """

    said: str
    holding: tuple[tuple[str, ...], ...]


def rough(
    engine: Engine,
    asked: Asked,
    *,
    heading: bool = False,
    agencies: Iterable[str] = (),
    not_agencies: Iterable[str] = (),
) -> Rough | None:
    """What is searched for, roughly; None where it holds no beginning longer than those that an index is kept of."""
    cut: list[Term] = []
    holding: list[tuple[str, ...]] = []
    mark = HEAD if heading else ""
    for one in asked.wanted:
        match one:
            case Alone(word, True, other) if len(mark + word) > LEAST_BEGUN:
                cut.append(Alone((mark + word)[:LEAST_BEGUN], True, tuple(mark + each for each in other)))
                holding.append((f" {mark}{word}", *(f" {mark}{each} " for each in other)))
            case Row(words, True) if len(words[-1]) > LEAST_BEGUN and not heading:
                cut.append(Row((*words[:-1], words[-1][:LEAST_BEGUN]), begun=True))
                holding.append((f" {' '.join(words)}",))
            case Alone(word, False) if heading:
                cut.append(Alone(mark + word))
            case Row() | Near() | Number() if heading:
                return None
            case _:
                cut.append(one)
    if not holding:
        return None
    words = replace(asked, wanted=tuple(cut))
    return Rough(said(engine, words, agencies=agencies, not_agencies=not_agencies), tuple(holding))


def said(
    engine: Engine,
    asked: Asked,
    *,
    heading: bool = False,
    agencies: Iterable[str] = (),
    not_agencies: Iterable[str] = (),
) -> str:
    """What is searched for, for one engine; "" where nothing is.

    Args:
        heading: Only where every word stands in a heading.
        agencies: One of these must be named.
        not_agencies: None of these may be named.
    """
    parts: list[str] = []
    for one in asked.wanted:
        if not heading or not isinstance(one, Alone):  # a word of the heading is one of the record
            parts.append(_term(engine, one))
        if heading:
            parts.append(_in_heading(engine, one))
    if named := [engine.one(f"{AGENCY}{one}") for one in sorted(set(agencies))]:
        parts.append(engine.either(named))
    if not parts:
        return ""
    left_out = [_term(engine, one) for one in asked.unwanted]
    left_out += [engine.one(f"{AGENCY}{one}") for one in sorted(set(not_agencies))]
    return engine.but(engine.all(parts), left_out)


def _term(engine: Engine, term: Term) -> str:
    match term:
        case Alone(word, begun, other):
            first = engine.one(word, begun=begun)
            return engine.either([first, *map(engine.one, other)]) if other else first
        case Row(words, begun):
            return engine.row(words, begun=begun)
        case Near(one, other, within):
            return engine.near(one, other, within)
        case Number(parts, whole, begun):
            last = len(parts) - 1
            alone = engine.all(engine.one(one, begun=begun and at == last) for at, one in enumerate(parts))
            return engine.either([alone, engine.one(whole, begun=begun)])


def _in_heading(engine: Engine, term: Term) -> str:
    match term:
        case Alone(word, begun, other):
            first = engine.one(f"{HEAD}{word}", begun=begun)
            return engine.either([first, *(engine.one(f"{HEAD}{one}") for one in other)]) if other else first
        case Row(words, begun) | Number(words, _, begun):
            last = len(words) - 1
            return engine.all(
                engine.one(f"{HEAD}{one}", begun=begun and at == last) for at, one in enumerate(words)
            )
        case Near(one, other, _):
            return engine.all([engine.one(f"{HEAD}{one}"), engine.one(f"{HEAD}{other}")])
