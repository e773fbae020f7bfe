"""One child of a return: identifiers, characteristics and the episodes of being in need.

Element names changed over the years; every name known to have been used is understood. Capital
and small letters in names are not told apart (``LAchildID``, ``LAChildID``).
"""

from __future__ import annotations

import hashlib
import re
from datetime import date
from xml.etree.ElementTree import Element, tostring

from casefile.exchange.census.checks import check_child
from casefile.exchange.census.elements import Group, Ledger
from casefile.exchange.census.episode import read_episode
from casefile.exchange.census.model import Child, Episode
from casefile.exchange.census.values import code, day, sex
from casefile.standards import Library


def read_child(
    element: Element, place: int, reference: date | None, standards: Library, ledger: Ledger
) -> Child:
    """Read the child that is number *place* of the return, and mark what cannot be right.

    Args:
        element: The ``Child``.
        place: Which child of the return, from 1.
        reference: The reference date of the return, if it has one.
        standards: Code lists and limits.
        ledger: Takes counts and doubts; its ``child`` becomes the child's label.
    """
    group = Group(element, "", ledger)
    numbers: dict[str, str | None] = dict.fromkeys(("la_child_id", "upn", "upn_unknown"))
    days: dict[str, date | None] = dict.fromkeys(("born_on", "expected_on", "died_on"))
    former: list[str] = []
    gender: str | None = None
    for inner in group.groups("ChildIdentifiers"):
        for key, names in _NUMBERS.items():
            stated = inner.text(*names)
            numbers[key] = numbers[key] or (stated.text if stated else None)
        former += [one.text for one in inner.texts("FormerUPN")]
        numbers["upn_unknown"] = numbers["upn_unknown"] or code(
            inner.text("UPNunknown"), "upn_unknown", standards, ledger
        )
        for key, names in _DAYS.items():
            days[key] = days[key] or day(inner.text(*names), ledger)
        gender = gender or sex(
            inner.text("GenderCurrent", "Gender", "PersonGenderCurrent"), inner.text("Sex"), standards, ledger
        )
        inner.close()
    ethnicity, disabilities = _characteristics(group, standards, ledger)
    episodes = tuple(_episodes(group, standards, ledger))
    group.close()
    child = Child(
        place=place,
        label=numbers["la_child_id"] or f"child {place} of the return",
        key=_key(numbers["la_child_id"], numbers["upn"], element),
        la_child_id=numbers["la_child_id"],
        upn=numbers["upn"],
        former_upns=tuple(former),
        upn_unknown=numbers["upn_unknown"],
        born_on=days["born_on"],
        expected_on=days["expected_on"],
        died_on=days["died_on"],
        sex=gender,
        ethnicity=ethnicity,
        disabilities=disabilities,
        episodes=episodes,
    )
    check_child(child, reference, standards, ledger)
    return child


_NUMBERS = {"la_child_id": ("LAchildID", "LAChild"), "upn": ("UPN",)}
_DAYS = {
    "born_on": ("PersonBirthDate", "DOB"),
    "expected_on": ("ExpectedPersonBirthDate",),
    "died_on": ("PersonDeathDate",),
}


def _characteristics(group: Group, standards: Library, ledger: Ledger) -> tuple[str | None, tuple[str, ...]]:
    ethnicity: str | None = None
    disabilities: list[str] = []
    for inner in group.groups("ChildCharacteristics"):
        ethnicity = ethnicity or code(inner.text("Ethnicity"), "ethnicity", standards, ledger)
        for listed in inner.groups("Disabilities"):
            for stated in listed.texts("Disability"):
                found = code(stated, "disability", standards, ledger)
                if found is not None and found not in disabilities:
                    disabilities.append(found)
            listed.close()
        inner.close()
    if "NONE" in disabilities and len(disabilities) > 1:
        ledger.doubt(
            "ChildCharacteristics/Disabilities",
            ", ".join(disabilities),
            "“None” stands beside a disability.",
            "8790-disability-none",
        )
    return ethnicity, tuple(disabilities)


def _episodes(group: Group, standards: Library, ledger: Ledger) -> list[Episode]:
    found: list[Episode] = []
    for inner in group.groups("CINdetails"):
        found.append(read_episode(inner, standards, ledger))
        inner.close()
    return found


def _key(la_child_id: str | None, upn: str | None, element: Element) -> str:
    """What identifies the child: the authority's number, the pupil number, or everything said of it."""
    if la_child_id:
        return f"child/{la_child_id}"
    if upn:
        return f"upn/{upn}"
    plain = re.sub(rb"\s+", b" ", tostring(element, encoding="utf-8"))
    return f"said/{hashlib.sha256(plain).hexdigest()[:32]}"
