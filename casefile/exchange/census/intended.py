"""What a child of a return is to become on the record: facts about the child and entries of the file.

Pure: plain data out. ``bring_in`` writes it. Every item has the key by which a later return finds
it again, the state of its form, and the doubts of its own elements, by field.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from casefile.exchange.census.intended_entries import entries_of
from casefile.exchange.census.model import Child, Doubt
from casefile.exchange.census.place import Item, Placed
from casefile.sections.values import DOUBTS
from casefile.standards import Library

NAMELESS = "The census gives no names: this stands for one until a name is known."


@dataclass(frozen=True, slots=True)
class Intended:
    """Everything one child is to become.

    Attributes:
        key: The child's own key in this authority's returns.
        unborn: Whether the child was not yet born on the reference date.
        opened_on: The earliest referral: the day the file's story begins; None if none is dated.
        facts: Facts about the child; ``kind`` is the key of the fact.
        entries: Entries of the file, oldest first; ``kind`` is the key of the section.
    """

    key: str
    label: str
    unborn: bool
    opened_on: date | None
    facts: tuple[Item, ...]
    entries: tuple[Item, ...]


def intended(children: Iterable[Child], doubts: Iterable[Doubt], standards: Library) -> Intended:
    """What the children of one key (one, unless the return repeats it) are to become."""
    all_of_them = list(children)
    said = list(doubts)
    first = all_of_them[0]
    facts: dict[str, Item] = {}
    entries: dict[str, Item] = {}
    for child in all_of_them:
        placed = Placed([one for one in said if one.place == child.place])
        of_child = _numbered(_facts(child, placed, standards))
        for item in _numbered(entries_of(child, placed)):
            entries.setdefault(item.key, item)
        for item in [_with_rest(of_child[0], placed.rest()), *of_child[1:]]:
            facts.setdefault(item.key, item)
    days = [one.referred_on for child in all_of_them for one in child.episodes if one.referred_on]
    return Intended(
        key=first.key,
        label=first.label,
        unborn=first.born_on is None and first.expected_on is not None,
        opened_on=min(days, default=None),
        facts=tuple(facts.values()),
        entries=tuple(sorted(entries.values(), key=lambda one: (one.happened_on or date.max, one.rank))),
    )


def _numbered(items: Iterable[Item]) -> list[Item]:
    """Give the second and later items of one key a number, so that two on one day stay two."""
    seen: Counter[str] = Counter()
    found: list[Item] = []
    for item in items:
        seen[item.key] += 1
        count = seen[item.key]
        found.append(item if count == 1 else item.renamed(f"{item.key}#{count}"))
    return found


def _facts(child: Child, placed: Placed, standards: Library) -> list[Item]:
    """Facts about the child, each with the doubts of its own elements."""
    ids = "ChildIdentifiers"
    found = [
        _fact(child, "name", {"kind": "as_stated", "full": _name(child), DOUBTS: _nameless()}),
        _fact(
            child,
            "birth",
            {
                "born_on": child.born_on,
                "precision": "exact" if child.born_on else None,
                "expected_on": None if child.born_on else child.expected_on,
                "died_on": child.died_on,
                DOUBTS: placed.take(
                    {
                        f"{ids}/PersonBirthDate": "born_on",
                        f"{ids}/DOB": "born_on",
                        f"{ids}/ExpectedPersonBirthDate": "expected_on",
                        f"{ids}/PersonDeathDate": "died_on",
                    }
                ),
            },
        ),
        _fact(child, "characteristics", _characteristics(child, placed, standards)),
    ]
    numbers = [
        ("la_child_id", child.la_child_id, f"{ids}/LAchildID"),
        ("upn", child.upn, f"{ids}/UPN"),
        *(("former_upn", one, f"{ids}/FormerUPN") for one in child.former_upns),
    ]
    for kind, value, path in numbers:
        if value:
            raw = {"kind": kind, "value": value, DOUBTS: placed.take({path: "value"}, stated=value)}
            found.append(_fact(child, "identifier", raw, part=f"{kind}/{value}"))
    return [one for one in found if any(value for value in one.raw.values())]


def _with_rest(name: Item, rest: Iterable[Doubt]) -> Item:
    """The name with whatever else the return says of a child that has no episode to keep it."""
    said = "; ".join(f"{one.path or 'Child'}: {one.stated} ({one.why})" for one in rest)
    if not said:
        return name
    return replace(name, raw={**name.raw, DOUBTS: {"full": {"stated": said, "why": NAMELESS}}})


def _fact(child: Child, kind: str, raw: Mapping[str, Any], part: str = "") -> Item:
    key = f"{child.key}/{kind}/{part}".rstrip("/")
    return Item(
        kind, key, None, {name: value for name, value in raw.items() if value not in (None, [], {})}, 0
    )


def _characteristics(child: Child, placed: Placed, standards: Library) -> dict[str, Any]:
    ids, other = "ChildIdentifiers", "ChildCharacteristics"
    note = None
    if child.upn_unknown:
        why = standards.codes("upn_unknown").label(child.upn_unknown)
        note = f"Why there is no pupil number ({child.upn_unknown}): {why}."
    return {
        "sex": child.sex,
        "ethnicity": child.ethnicity,
        "disability": list(child.disabilities),
        "note": note,
        DOUBTS: placed.take(
            {
                f"{ids}/Sex": "sex",
                f"{ids}/GenderCurrent": "sex",
                f"{ids}/Gender": "sex",
                f"{ids}/PersonGenderCurrent": "sex",
                f"{other}/Ethnicity": "ethnicity",
                f"{other}/Disabilities": "disability",
                f"{ids}/UPNunknown": "note",
            }
        ),
    }


def _name(child: Child) -> str:
    number = child.la_child_id or child.upn
    return f"Child {number}" if number else f"Child without number ({child.key[5:13]})"


def _nameless() -> dict[str, dict[str, str]]:
    return {"full": {"stated": "", "why": NAMELESS}}
