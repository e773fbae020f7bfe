"""What is searched for, read from one line as people type it. There is no wrong syntax: what cannot be read is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from casefile.names.fold import plain
from casefile.words.cut import PHONE, begun, cut, phone, stem, word_of

FIELDS = ("by", "section", "file", "before", "after", "kind", "agency", "status")
"""What may stand before a colon, to search only a part."""
NEAR = 10
"""Within how many words two words are near each other, where nothing else is said."""
MOST_NEAR = 30
LEAST_BEGUN = 3
"""From how many letters on the beginning of a word is searched."""
MOST_WORDS = 24
_SIDE = r'"[^"]*"?|[^\s"]+'
_PART = re.compile(rf"(?P<minus>-?)(?:(?P<field>[A-Za-z]+):(?=[^\s/])(?P<value>{_SIDE})|(?P<said>{_SIDE}))")
_NEAR = re.compile(r"(?:NEAR|near)/(\d+)|NEAR")
_CURLY = str.maketrans({"“": '"', "”": '"', "„": '"', "–": "-", "−": "-"})
_WHOLE = re.compile(rf"(?<!\S){PHONE}(?!\S)")
_FIGURES = re.compile(r"0\d{2,}$")


@dataclass(frozen=True, slots=True)
class Alone:
    """One word.

    Attributes:
        word: As it is searched.
        begun: Whether it is only the beginning of the word.
        other: Further words of which one is enough instead.
    """

    word: str
    begun: bool = False
    other: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """Words one behind the other; of the last perhaps only its beginning."""

    words: tuple[str, ...]
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Two words with at most so many words between them, in either order."""

    one: str
    other: str
    within: int


@dataclass(frozen=True, slots=True)
class Number:
    """Figures in several groups, as of a telephone number: each of them, or all of them in one piece."""

    parts: tuple[str, ...]
    whole: str
    begun: bool


Term = Alone | Row | Near | Number


@dataclass(frozen=True, slots=True)
class Field:
    """A part to which the search is narrowed, or that is left out."""

    name: str
    value: str
    without: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What is searched for.

    Attributes:
        wanted: All of these must stand in a record.
        unwanted: None of these may.
        fields: To what it is narrowed.
        plain: The words that are searched without an operator, as typed: a name may be among them.
        remarks: What could not be read, in sentences.
    """

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()
    fields: tuple[Field, ...] = ()
    plain: str = ""
    remarks: tuple[str, ...] = ()

    def words(self) -> frozenset[tuple[str, bool]]:
        """The words that are hits, and of which only the beginning is known."""
        found: set[tuple[str, bool]] = set()
        for term in self.wanted:
            match term:
                case Alone():
                    found |= {(term.word, term.begun), *((one, False) for one in term.other)}
                case Row():
                    last = len(term.words) - 1
                    found |= {(one, term.begun and at == last) for at, one in enumerate(term.words)}
                case Near():
                    found |= {(term.one, False), (term.other, False)}
                case Number():
                    last = len(term.parts) - 1
                    found |= {(one, term.begun and at == last) for at, one in enumerate(term.parts)}
                    found.add((term.whole, term.begun))
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class _Said:
    """One part of the line: a term, with how it was written."""

    term: Term
    without: bool
    typed: str
    plain: bool


def read(line: str, *, typing: bool = False) -> Asked:
    """Read a line.

    Args:
        line: ``bruise "left arm" -football by:marsh after:1/3/2026``.
        typing: Whether it is still being typed: then its last word may be only the beginning of one.
    """
    text = _WHOLE.sub(lambda found: phone(found[0]), line.translate(_CURLY))
    remarks: list[str] = []
    if text.count('"') % 2:
        remarks.append("A quotation mark is not closed: what follows it is searched as a phrase.")
    said: list[_Said | int] = []
    fields: list[Field] = []
    for found in _PART.finditer(text):
        last = typing and found.end() == len(text)
        _part(found, said, fields, remarks, last=last)
    terms = _with_numbers(_with_nearness(said, remarks))
    if len(terms) > MOST_WORDS:
        remarks.append(f"Only the first {MOST_WORDS} words are searched.")
        terms = terms[:MOST_WORDS]
    wanted = tuple(dict.fromkeys(one.term for one in terms if not one.without))
    unwanted = tuple(dict.fromkeys(one.term for one in terms if one.without))
    if unwanted and not wanted and not fields:
        remarks.append("Say also what to look for, not only what to leave out.")
    bare = " ".join(one.typed for one in terms if one.plain and not one.without)
    return Asked(wanted, unwanted, tuple(fields), bare, tuple(remarks))


def _part(
    found: re.Match[str], said: list[_Said | int], fields: list[Field], remarks: list[str], *, last: bool
) -> None:
    without, name = bool(found["minus"]), (found["field"] or "").casefold()
    if name in FIELDS:
        value = " ".join(found["value"].strip('"').split())
        if value:
            fields.append(Field(name, value, without))
        else:
            remarks.append(f"Nothing stands behind “{name}:”, so it narrows nothing.")
        return
    typed = found["said"] or found[0].removeprefix("-")
    if near := _NEAR.fullmatch(typed):
        if not without:
            said.append(min(int(near[1]), MOST_NEAR) if near[1] else NEAR)
            return
    if name and not typed.startswith('"'):
        known = ", ".join(f"{one}:" for one in FIELDS)
        if name not in ("http", "https", "mailto"):
            remarks.append(f"“{name}:” narrows nothing here, so its words are searched. What does: {known}.")
    term = _term(typed, last=last)
    if term is None:
        if not typed.strip('"*-–.,;:!?()/&+'):
            return
        remarks.append(f"“{typed.strip()}” stands in nearly every record, so it is not searched.")
        return
    said.append(
        _Said(term, without, typed, isinstance(term, Alone) and '"' not in typed and "*" not in typed)
    )


def _term(typed: str, *, last: bool) -> Term | None:
    """A word, or several that are written together or between quotation marks; None where nothing is left of them."""
    quoted = typed.startswith('"')
    open_end = typed.rstrip('"').endswith("*") or (last and not (quoted and typed.endswith('"')))
    words = [one.word for one in cut(typed)]
    if not words:
        return None
    raw = _last_raw(typed)
    starts = open_end and len(raw) >= LEAST_BEGUN
    if len(words) > 1:
        if starts:
            words[-1] = raw
        return Row(tuple(words), starts)
    return Alone(raw, True, begun(raw)) if starts else Alone(words[0])


def _last_raw(typed: str) -> str:
    """The last word as it begins, without taking its stem."""
    ends = [typed[one.start : one.end] for one in cut(typed)]
    return "".join(re.findall(r"[^\W_]+", plain(ends[-1]))) if ends else ""


def _with_nearness(said: Sequence[_Said | int], remarks: list[str]) -> list[_Said]:
    """Two words with nearness between them become one term."""
    found: list[_Said] = []
    place = 0
    while place < len(said):
        here = said[place]
        if isinstance(here, int):
            after = said[place + 1] if place + 1 < len(said) else None
            before = found[-1] if found else None
            one, other = _single(before), _single(after)
            if (
                one
                and other
                and before
                and isinstance(after, _Said)
                and not (before.without or after.without)
            ):
                found[-1] = _Said(_near(one, other, here), without=False, typed="", plain=False)
                place += 2
                continue
            remarks.append(
                "NEAR wants one word before it and one behind it, so the words are searched alone."
            )
        else:
            found.append(here)
        place += 1
    return found


def _single(said: _Said | int | None) -> str:
    if isinstance(said, _Said) and isinstance(said.term, Alone):
        return word_of(said.typed.strip('"*')) or said.term.word
    return ""


def _near(one: str, other: str, within: int) -> Term:
    return Alone(one) if one == other else Near(min(one, other), max(one, other), within)


def _with_numbers(said: Sequence[_Said]) -> list[_Said]:
    """Groups of figures beside each other that begin with a nought, as a telephone number does, belong together."""
    found: list[_Said] = []
    place = 0
    while place < len(said):
        run = [said[place]]
        if _figures(said[place]) and _FIGURES.match(said[place].typed):
            for one in said[place + 1 :]:
                if not _figures(one):
                    break
                run.append(one)
        if len(run) > 1:
            parts = tuple(one.term.word for one in run if isinstance(one.term, Alone))
            last = run[-1].term
            starts = (isinstance(last, Alone) and last.begun) or sum(map(len, parts)) < 10
            whole = phone("".join(parts))
            found.append(
                _Said(
                    Number(parts, whole, starts),
                    without=False,
                    typed=" ".join(one.typed for one in run),
                    plain=True,
                )
            )
        else:
            found.append(run[0])
        place += len(run)
    return found


def _figures(said: _Said) -> bool:
    return isinstance(said.term, Alone) and not said.without and said.term.word.isdigit()


def without_typing(asked: Asked) -> Asked:
    """The same without remarks: what is still being typed is not found fault with."""
    return replace(asked, remarks=())


def finished(asked: Asked) -> Asked:
    """The same with every beginning taken for a whole word; *asked* itself where there is none."""
    wanted = tuple(map(_finished, asked.wanted))
    return asked if wanted == asked.wanted else replace(asked, wanted=wanted)


def _finished(term: Term) -> Term:
    match term:
        case Alone(word, True, other):
            return Alone(stem(word), begun=False, other=other)
        case Row(words, True):
            return Row((*words[:-1], stem(words[-1])))
        case Number(parts, whole, True):
            return Number(parts, whole, begun=False)
        case _:
            return term
