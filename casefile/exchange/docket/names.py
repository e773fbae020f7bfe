"""Names as cells hold them: one child or several, unborn ones, adults with what they are in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from casefile.exchange.docket.days import days_within
from casefile.exchange.docket.words import is_nothing, meaning, normal

_APART = re.compile(r"\n|;|/|&|\+|\band\b(?=\s+\S)", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_UNBORN = re.compile(
    r"\b(?:un-?\s?born(?:\s+(?:baby|child))?|ubb|u/b|bump|^baby\b|expected\s+(?:baby|child))\b",
    re.IGNORECASE,
)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Scripts in which the family name stands first: such a name is not split."""
_PARTICLES = frozenset(
    ("van", "von", "de", "der", "den", "da", "di", "du", "la", "le", "el", "al", "bin", "bint", "ter", "st")
)
_NOBODY = re.compile(r"(?:unknown|unidentified)\b", re.IGNORECASE)
_RANK = re.compile(
    r"\b(?:dc|ds|di|dci|pc|ps|pcso|insp|sgt|sergeant|constable|mr|mrs|ms|miss|dr|a/?ds|a/?di|t/?dc|tdc)\b\.?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody named in a cell.

    Attributes:
        stated: The cell's own words for them.
        full: The name where it does not split.
        unborn: Whether the words say so.
        days: Dates that stand with the name, as stated.
        beside: What else stands in brackets with the name.
        why: Why it is doubtful, in a sentence; "" if it is not.
    """

    stated: str
    given: str = ""
    family: str = ""
    full: str = ""
    unborn: bool = False
    days: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    why: str = ""

    @property
    def shown(self) -> str:
        """The name as one line."""
        return self.full or " ".join(one for one in (self.given, self.family) if one)

    @property
    def key(self) -> str:
        """What finds the name again, whatever its capitals and accents."""
        return normal(self.shown) or self.shown.casefold()


def children_in(cell: str, family: str, *, given_only: bool = False) -> tuple[Named, ...]:
    """The children a cell names.

    Args:
        family: The family name where another column states it.
        given_only: Whether the column holds given names alone.
    """
    if is_nothing(cell):
        return ()
    parts = _parted(cell, family)
    return _shared(_child(one, family, given_only) for one in parts if not is_nothing(one))


def adults_in(cell: str) -> tuple[Named, ...]:
    """The adults a cell names."""
    if is_nothing(cell):
        return ()
    parts = _parted(cell, "")
    return _shared(_adult(one) for one in parts if not is_nothing(one))


def role_of(named: Named) -> str | None:
    """What an adult is to the file, where brackets or words after a dash say so."""
    for one in named.beside:
        if code := meaning("role", one):
            return code
    return "unknown_adult" if _NOBODY.match(named.shown) else None


def surname_key(text: str) -> str:
    """An officer's name without rank and number, for finding: ``DC 4471 MARSH`` and ``Marsh`` are the same."""
    return normal(re.sub(r"\d+", " ", _RANK.sub(" ", text)))


def _shared(found: Iterable[Named]) -> tuple[Named, ...]:
    """``Anna & Ben Jones``: who has one name only bears the family name of who comes after."""
    people = list(found)
    for at in range(len(people) - 2, -1, -1):
        one, after = people[at], people[at + 1]
        if one.full and " " not in one.full and not one.family and after.family and not after.beside:
            people[at] = replace(one, given=one.full, family=after.family, full="")
    return tuple(people)


def _parted(cell: str, family: str) -> list[str]:
    """The parts of a cell that name one person each; what stands in brackets is not parted."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found.group())
        return f"\x01{len(kept) - 1}\x02"

    held = _BRACKETS.sub(keep, cell)
    parts = [one.strip(" ,.-") for one in _APART.split(held)]
    parts = [piece for one in parts for piece in _commas(one, family)]
    return [re.sub("\x01(\\d+)\x02", lambda one: kept[int(one[1])], part) for part in parts if part]


def _commas(part: str, family: str) -> list[str]:
    """``SMITH, John`` is one person; ``John, Mary, Ann`` and ``John Smith, Ann Lee`` are several."""
    pieces = [one.strip() for one in part.split(",") if one.strip()]
    if len(pieces) != 2:
        return pieces if len(pieces) > 2 else [part]
    first, second = (re.sub("\x01\\d+\x02", "", one).strip() for one in pieces)
    if not first or not second:
        return [part]
    if normal(first) == normal(family) or (first.isupper() and not second.isupper()):
        return [part]
    several = " " in first and " " in second and _like_names(first) and _like_names(second)
    return pieces if several or family else [part]


def _like_names(text: str) -> bool:
    """Whether every word may be of a name: none begins with a small letter but the ``van`` of ``van Dyk``."""
    return not any(one[:1].islower() and one not in _PARTICLES for one in text.split())


def _split_off(part: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """A name, the dates that stand with it, and what else does."""
    beside: list[str] = []
    days: list[str] = []
    for one in _BRACKETS.findall(part):
        inner = days_within(one)
        days += inner
        rest = one
        for day in inner:
            rest = rest.replace(day, " ")
        rest = " ".join(rest.split()).strip(" ,:;-")
        beside += [rest] if normal(rest) and normal(rest) not in ("dob", "d o b", "born", "b") else []
    name = _BRACKETS.sub(" ", part)
    for day in days_within(name):
        days.append(day)
        name = name.replace(day, " ")
    name = re.sub(
        r"\b(?:d\.?o\.?b\.?|born|b\.)\s*[:\-]?\s*$", "", " ".join(name.split()), flags=re.IGNORECASE
    )
    head, dash, tail = name.partition(" - ")
    if dash and meaning("role", tail):
        name, beside = head, [*beside, tail]
    return name.strip(" ,:;-"), tuple(days), tuple(beside)


def _child(part: str, family: str, given_only: bool) -> Named:
    name, days, beside = _split_off(part)
    bracketed = next((one for one in beside if _UNBORN.search(one)), None)
    if _UNBORN.search(name) or bracketed is not None or normal(name) in ("baby", "unborn"):
        rest = " ".join(_UNBORN.sub(" ", name).split()).strip(" ,:;-")
        rest = "" if normal(rest) in ("baby", "child", "of") else rest
        last = rest.title() if rest.isupper() else rest
        return Named(
            part, given="Unborn", family=last or family, unborn=True, days=days,
            beside=tuple(one for one in beside if one != bracketed or normal(one) != "unborn"),
        )  # fmt: skip
    found = replace(_named(name, family, given_only), stated=part, days=days, beside=beside)
    return found if found.shown else replace(found, full=part)


def _adult(part: str) -> Named:
    name, days, beside = _split_off(part)
    found = replace(_named(name, "", given_only=False), stated=part, days=days, beside=beside)
    return found if found.shown else replace(found, full=part)


def _named(name: str, family: str, given_only: bool) -> Named:
    head, comma, tail = (one.strip() for one in name.partition(","))
    if comma and head and tail:
        if "," in tail or not (_like_names(head) and _like_names(tail)):
            return Named(name, full=name)
        return Named(name, given=tail, family=_plain(head))
    words = name.split()
    if not words:
        return Named(name)
    own = normal(family)
    if own:
        return _within_family(name, words, family, given_only)
    if given_only:
        return Named(name, given=name)
    if len(words) == 1 or _CJK.search(name):
        return Named(name, full=name)
    if _in_capitals(words[0]) and not all(one.isupper() for one in words):
        return Named(name, given=" ".join(words[1:]), family=_plain(words[0]))
    at = len(words) - 1
    while at > 1 and words[at - 1].casefold().strip(".'’") in _PARTICLES:
        at -= 1
    return Named(name, given=" ".join(words[:at]), family=_plain(" ".join(words[at:])))


def _in_capitals(word: str) -> bool:
    """Whether a word is a family name in capitals, not initials: ``LI`` and ``SMITH``, not ``R.`` or ``JP``."""
    if not word.isupper() or "." in word:
        return False
    return len(word) > 2 or (len(word) == 2 and any(one in "AEIOUY" for one in word))


def _within_family(name: str, words: list[str], family: str, given_only: bool) -> Named:
    """A name in a family whose name another column states."""
    count = len(family.split())
    own = normal(family)
    if normal(" ".join(words[-count:])) == own:
        return Named(name, given=" ".join(words[:-count]), family=_plain(family))
    if normal(" ".join(words[:count])) == own:
        return Named(name, given=" ".join(words[count:]), family=_plain(family))
    if given_only or len(words) == 1:
        return Named(name, given=name, family=_plain(family))
    why = f"The name does not hold the family name “{family}”; it was taken as it stands."
    return replace(_named(name, "", given_only=False), why=why)


def _plain(name: str) -> str:
    """A family name in capitals with capitals only where names have them; any other as it stands."""
    return name.title().replace("’S", "’s") if name.isupper() and len(name) > 2 else name
