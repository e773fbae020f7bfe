"""Addresses, numbers, vehicles and settings in the one spelling that finds them again."""

from __future__ import annotations

import re

from casefile.names.fold import plain
from casefile.names.words import GENERIC, ROADS

_POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\b")
_PHONE = re.compile(r"(?:\+|00)?\(?\d[\d\s().\-]{7,}\d")
_WORD = re.compile(r"[a-z\d]+")
_HOUSE = re.compile(r"\d+[a-z]?")


def address_key(address: str, postcode: str | None = None) -> str:
    """A house found again: ``Flat 2, 14 Mill Lane`` and ``2/14 Mill Ln.``; "" where no house is named."""
    words = [ROADS.get(one, one) for one in _WORD.findall(plain(address))]
    kept = [one for one in words if one]
    numbers = sorted(one for one in kept if _HOUSE.fullmatch(one))
    rest = [one for one in kept if not _HOUSE.fullmatch(one)]
    code = postcode_key(postcode or "") or postcode_key(address)
    if code:
        rest = [one for one in rest if one not in (code[:-3], code[-3:], code)]
        numbers = [one for one in numbers if one not in (code[:-3], code[-3:])]
        return f"{code} {' '.join(numbers) or ' '.join(rest)}".strip()
    return f"{' '.join(numbers)} {' '.join(rest)}".strip() if rest and numbers else ""


def street_key(address: str) -> str:
    """The number and the first word of the street: finds a house again whatever else the address says."""
    words = [ROADS.get(one, one) for one in _WORD.findall(plain(address))]
    numbers = [one for one in words if _HOUSE.fullmatch(one)]
    names = [one for one in words if one and not _HOUSE.fullmatch(one) and one not in ROADS.values()]
    return f"{numbers[-1]} {names[0]}" if numbers and names else ""


def postcode_key(text: str) -> str:
    """A British postcode in a text without its space: ``n178aa``; "" if there is none."""
    found = _POSTCODE.search(plain(text))
    return f"{found[1]}{found[2]}" if found else ""


def contact_key(value: str) -> str:
    """A telephone number by its national figures, a mail address or name in small letters; "" for what is too short."""
    said = plain(value)
    if "@" in said:
        return said.replace(" ", "")
    figures = re.sub(r"\D", "", said)
    letters = re.sub(r"[^a-z]", "", said.replace("ext", ""))
    if len(figures) >= 7 and len(letters) <= 3:
        figures = figures.removeprefix("00")
        if figures.startswith("44") and len(figures) > 10:
            figures = figures[2:]
        return figures.lstrip("0")
    return said if len(said) >= 4 else ""


def number_key(value: str) -> str:
    """A number of another system without its blanks and strokes, in small letters; "" for what is too short."""
    kept = re.sub(r"[^a-z\d]", "", plain(value))
    return kept if len(kept) >= 4 and any(one.isdigit() for one in kept) else ""


def setting_key(name: str) -> str:
    """A school or another setting by the words that say which one it is; all of its words where none does."""
    words = _WORD.findall(plain(name).replace(".", ""))
    own = [one for one in words if one not in GENERIC]
    return " ".join(sorted(own or words))


def find_postcode(text: str) -> tuple[str, str]:
    """A postcode in a text in plain letters, and the text without it."""
    found = _POSTCODE.search(text)
    return (f"{found[1]}{found[2]}", _without(text, found)) if found else ("", text)


def find_phone(text: str) -> tuple[str, str]:
    """A telephone number in a text, and the text without it."""
    found = _PHONE.search(text)
    return (contact_key(found[0]), _without(text, found)) if found else ("", text)


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"
