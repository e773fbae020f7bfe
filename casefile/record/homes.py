"""Addresses as households: which wordings mean one place, and the fullest of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from casefile.record.persons import FactView

NO_ADDRESS = "No address known"
LIVES = frozenset(
    {"home", "main_carer", "other_parent", "relative", "foster", "residential", "private_fostering", "hospital",
     "refuge", "hostel", "custody", "bail_address", "other", ""}
)  # fmt: skip
"""Kinds of stay by which somebody is of the household; the others come and go, or only have their post there."""


def bare(home: FactView) -> tuple[str, str]:
    """House and town without case and spaces: what makes two addresses the same where one has no postcode."""
    address, town = ("".join(str(home.get(one) or "").casefold().split()) for one in ("address", "town"))
    return address, town


def whole_addresses(homes: Sequence[FactView]) -> Mapping[tuple[str, str], str]:
    """The fullest wording of each address that is known under one postcode at most."""
    found: dict[tuple[str, str], str] = {}
    codes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for home in homes:
        codes[bare(home)].add("".join(str(home.get("postcode") or "").casefold().split()))
        found[bare(home)] = max(found.get(bare(home), ""), address_words(home), key=len)
    return {key: words for key, words in found.items() if len(codes[key] - {""}) <= 1}


def address_of(home: FactView, whole: Mapping[tuple[str, str], str]) -> str:
    """An address by its fullest wording: people with the same answer are at one place."""
    return whole.get(bare(home), "") or address_words(home)


def address_words(home: FactView) -> str:
    """An address as recorded, in one line."""
    parts = (home.get(one) for one in ("address", "town", "postcode"))
    return ", ".join(str(one) for one in parts if one) or NO_ADDRESS
