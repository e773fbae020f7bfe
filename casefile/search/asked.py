"""What somebody is looked for by: read from one line as people type it, or from the fields of a form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from casefile.names.births import Born, of_age, of_day, read_age
from casefile.names.fold import Token, plain, tokens
from casefile.names.keys import (
    ADDRESS,
    CONTACT,
    HOUSE,
    NUMBER,
    POSTCODE,
    SETTING,
    VEHICLE,
    asked_birth_keys,
    asked_keys,
    born_keys,
)
from casefile.names.traces import (
    address_key,
    contact_key,
    find_phone,
    find_postcode,
    number_key,
    postcode_key,
    setting_key,
    street_key,
)
from casefile.record.dates import NotADate, long_date, read_date

_DATES = re.compile(
    r"\b(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*(?:\d{4}|\d{2})"
    r"|\d{1,2}(?:st|nd|rd|th)?\s+[a-z]{3,9}\.?,?\s+\d{4})\b"
)
_NUMBER = re.compile(r"\b(?=[a-z/]*\d)[a-z\d/]*\d[a-z\d/]*\b")
PARTS = (
    "name", "given", "family", "born", "age", "address", "postcode", "contact", "number", "vehicle", "setting",
)  # fmt: skip
"""What a form may look for somebody by."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody is looked for by.

    Attributes:
        words: The words of the name.
        given, family: Those that were said to be given or family names.
        born: When they were born, as far as it was said.
        traces: Keys of addresses, numbers, vehicles and settings, each with how it is said.
        said: All of it in words.
    """

    words: tuple[Token, ...] = ()
    given: frozenset[str] = frozenset()
    family: frozenset[str] = frozenset()
    born: Born | None = None
    traces: tuple[tuple[str, str], ...] = ()
    said: str = ""

    def keys(self) -> frozenset[str]:
        """The keys by which they are looked for."""
        found = set(asked_keys(self.words)) | {key for key, _ in self.traces}
        if self.born is not None:
            found |= asked_birth_keys(self.born, named=len(self.words) > 1)
            found |= born_keys(self.words, self.born)
        return frozenset(found)


def read_text(text: str, today: date) -> Asked:
    """What a line asks for: a name, with a date or year of birth, an age, a telephone number or a postcode."""
    rest, born, traces = plain(text.replace("’", "'")), None, list[tuple[str, str]]()
    whole = rest
    if found := _DATES.search(rest):
        try:
            born = of_day(read_date(found[0]))
            rest = f"{rest[: found.start()]} {rest[found.end() :]}"
        except NotADate:
            born = None
    code, rest = find_postcode(rest)
    if code:
        traces.append((f"{POSTCODE}{code}", "the same postcode"))
    phone, rest = find_phone(rest)
    if phone:
        traces.append((f"{CONTACT}{phone}", "the same telephone number"))
    if born is None:
        born, rest = read_age(rest, today)
    for one in _NUMBER.findall(rest):
        if key := number_key(one):
            traces += [(f"{NUMBER}{key}", "the same number"), (f"{VEHICLE}{key}", "the same vehicle")]
    shown = _kept_as_typed(text, _NUMBER.sub(" ", rest))
    return Asked(tokens(shown), born=born, traces=tuple(traces), said=_said(shown, born, whole))


def read_parts(parts: Mapping[str, str], today: date) -> Asked:
    """What the fields of a form ask for; fields that hold nothing usable say nothing."""
    held = {key: " ".join(str(value).split()) for key, value in parts.items() if value}
    given, family = tokens(held.get("given", "")), tokens(held.get("family", ""))
    named = tokens(" ".join(held[one] for one in ("name", "given", "family") if held.get(one)))
    born = _born(held.get("born", ""), held.get("age", ""), today)
    traces: list[tuple[str, str]] = []
    address, code = held.get("address", ""), held.get("postcode", "")
    for key, words in (
        (f"{ADDRESS}{address_key(address, code)}", "the same address"),
        (f"{HOUSE}{street_key(address)}", "a house of the same number and street"),
        (f"{POSTCODE}{postcode_key(code) or postcode_key(address)}", "the same postcode"),
        (f"{CONTACT}{contact_key(held.get('contact', ''))}", "the same telephone number or mail address"),
        (f"{NUMBER}{number_key(held.get('number', ''))}", "the same number"),
        (f"{VEHICLE}{number_key(held.get('vehicle', ''))}", "the same vehicle"),
        (f"{SETTING}{setting_key(held.get('setting', ''))}", "the same school or setting"),
    ):
        if len(key) > 1:
            traces.append((key, words))
    return Asked(
        named,
        frozenset(one.plain for one in given),
        frozenset(one.plain for one in family),
        born,
        tuple(traces),
        ", ".join(held[one] for one in PARTS if held.get(one)),
    )


def _born(text: str, age: str, today: date) -> Born | None:
    if text:
        try:
            return of_day(read_date(text))
        except NotADate:
            found, _ = read_age(plain(text), today)
            if found is not None:
                return found
    figures = re.search(r"\d{1,3}", age)
    return of_age(int(figures[0]), today) if figures else None


def _kept_as_typed(text: str, rest: str) -> str:
    """The words that are left, spelt as they were typed."""
    left = rest.split()
    typed: list[str] = []
    for word in text.split():
        bare = plain(word)
        if bare in left:
            left.remove(bare)
            typed.append(word)
    return " ".join([*typed, *left])


def _said(name: str, born: Born | None, whole: str) -> str:
    if born is None or born.year is None:
        return name or whole
    if born.whole and born.month and born.day:
        return f"{name}, born {long_date(date(born.year, born.month, born.day))}".lstrip(", ")
    about = "about " if born.spare else ""
    return f"{name}, born {about}{born.year}".lstrip(", ")
