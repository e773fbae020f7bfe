"""Which spellings of a name to try in a system that finds only what is typed: written as known, then as it may be held.

A system of the force or of a partner is searched by hand. What is offered here is what a person would else have to think of:
names turned about, halves of a double surname, Mac and O’ without their mark, short and long forms of the given name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casefile.names.fold import forms_of, plain
from casefile.names.sounds import kin

MOST_FORMS = 5
"""Forms of one given name that are offered; a table may hold thirty."""
_APART = re.compile(r"[\s\-–]+")
_MARKS = re.compile(r"['’‘`´ʼ]")


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to write a name.

    Attributes:
        text: As to be typed.
        why: What it is, in a few words.
        known: Whether the file itself holds it; else it follows from a rule or a table.
    """

    text: str
    why: str
    known: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A name as the file holds it: in parts, or as a whole where it does not split."""

    given: str
    family: str
    full: str
    kind: str

    @property
    def text(self) -> str:
        """As shown."""
        return self.full or " ".join(one for one in (self.given, self.family) if one)


def spellings(names: Iterable[Named]) -> tuple[Spelling, ...]:
    """Every spelling of somebody’s names, those of the file first; none twice."""
    held = tuple(names)
    found: dict[str, Spelling] = {}
    for one in held:
        _put(found, one.text, one.kind or "as recorded", known=True)
    for one in held:
        for text, why in _others(one):
            _put(found, text, why, known=False)
    return tuple(found.values())


def _put(found: dict[str, Spelling], text: str, why: str, *, known: bool) -> None:
    text = " ".join(text.split())
    if text:
        found.setdefault(text.casefold(), Spelling(text, why, known))


def _others(name: Named) -> Iterable[tuple[str, str]]:
    if not (name.given and name.family):
        return
    first = name.given.split()[0]
    yield f"{name.family} {name.given}", "family name first"
    if first != name.given:
        yield f"{first} {name.family}", "first given name only"
    for half in _halves(name.family):
        yield f"{name.given} {half}", "half of the double surname"
    for surname in _surnames(name.family):
        yield f"{name.given} {surname}", "surname in another spelling"
    for form in kin(plain(first))[:MOST_FORMS]:
        yield f"{form.capitalize()} {name.family}", f"form of {first}"


def _halves(family: str) -> Sequence[str]:
    parts = [one for one in _APART.split(family) if one]
    return parts if len(parts) > 1 and all(len(one) > 2 for one in parts) else ()


def _surnames(family: str) -> Iterable[str]:
    """Without its mark, with the mark as a space, and by the rules of the language."""
    if _MARKS.search(family):
        yield _MARKS.sub("", family)
        yield _MARKS.sub(" ", family)
    bare = plain(family)
    if bare.isascii() and not family.isascii():
        yield bare.title()
    if bare.isalpha():
        for form in sorted(forms_of(bare) - {bare}):
            yield form.capitalize()
