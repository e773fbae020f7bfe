"""What recorded relationships mean for a picture: parents, couples, brothers and sisters, and all others.

A relationship is recorded from one side ("Dana is the mother of Kayla") or from both; either is one tie. Where a file
says what people are to it and nobody recorded how they are related, the tie follows from the roles, not verified.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from uuid import UUID

from casefile.files.picture.model import Tie, TieKind
from casefile.record.persons import FactView, PersonView
from casefile.standards import CodeList

_PARENTS = {
    "mother": "birth",
    "father": "birth",
    "parent": "birth",
    "expectant_mother": "birth",
    "alleged_father": "alleged",
    "adoptive_parent": "adoptive",
    "step_parent": "step",
    "foster_carer": "foster",
    "special_guardian": "guardian",
    "guardian": "guardian",
}
_CHILDREN = {
    "child": "birth",
    "unborn_child": "birth",
    "alleged_child": "alleged",
    "adopted_child": "adoptive",
    "step_child": "step",
    "foster_child": "foster",
    "ward": "guardian",
}
_SIBLINGS = {"sibling": "full", "half_sibling": "half", "step_sibling": "step", "twin": "twin"}
_COUPLES = {
    "spouse": ("married", ""),
    "former_spouse": ("married", "divorced"),
    "partner": ("partners", ""),
    "ex_partner": ("partners", "separated"),
}
_ELDERS = {"grandchild": "grandparent", "great_grandchild": "great_grandparent", "niece_nephew": "aunt_uncle",
           "child_in_law": "parent_in_law", "cared_for": "carer", "minded_child": "babysitter"}  # fmt: skip
"""Recorded from the younger side: turned round, so that the elder always comes first."""
_MOST_TELLING = {"birth": 0, "alleged": 1, "adoptive": 0, "foster": 0, "guardian": 0, "step": 2}


def tie_of(fact: FactView, person: UUID, codes: CodeList, *, ended: bool) -> Tie | None:
    """What one recorded relationship means; None where it names nobody, or the person themselves."""
    other, code = fact.get("to_person_id"), str(fact.get("kind") or "unknown")
    if not isinstance(other, UUID) or other == person:
        return None
    known = codes.get(code)
    words = (known.label if known else code).lower()
    inverse = codes.get(known.inverse) if known and known.inverse else None
    back = (inverse.label if inverse else words).lower()
    tie = Tie(
        person,
        other,
        TieKind.OTHER,
        code,
        words,
        back,
        verified=fact.get("verified") is True,
        since=fact.get("from_on"),
        until=fact.get("until_on"),
    )
    if code in _PARENTS:
        return replace(tie, kind=TieKind.PARENT, nature=_PARENTS[code])
    if code in _CHILDREN:
        return _turned(replace(tie, kind=TieKind.PARENT, nature=_CHILDREN[code]))
    if code in _SIBLINGS:
        return replace(tie, kind=TieKind.SIBLING, nature=_SIBLINGS[code])
    if code in _COUPLES:
        nature, over = _COUPLES[code]
        return replace(tie, kind=TieKind.COUPLE, nature=nature, ended=over or ("separated" if ended else ""))
    return _turned(replace(tie, nature=_ELDERS[code])) if code in _ELDERS else tie


def _turned(tie: Tie) -> Tie:
    return replace(tie, one=tie.other, other=tie.one, words=tie.back, back=tie.words)


def one_each(ties: Iterable[Tie]) -> tuple[Tie, ...]:
    """Ties recorded from both sides, or twice, as one: the more telling words, verified if either is, ended if any is."""
    found: dict[tuple[object, ...], Tie] = {}
    for tie in ties:
        pair = (tie.one, tie.other) if tie.kind is TieKind.PARENT else frozenset((tie.one, tie.other))
        key = (tie.kind, pair, tie.nature if tie.kind in (TieKind.PARENT, TieKind.OTHER) else "")
        held = found.get(key)
        found[key] = tie if held is None else _joined(held, tie)
    return tuple(found.values())


def _joined(held: Tie, tie: Tie) -> Tie:
    telling = held.words not in ("parent", "child", "mother") or tie.words in ("parent", "child")
    kept = held if telling or held.one != tie.one else tie
    order = ("", "separated", "divorced")
    nature = kept.nature
    if held.kind is TieKind.COUPLE and "married" in (held.nature, tie.nature):
        nature = "married"
    if held.kind is TieKind.SIBLING and "twin" in (held.nature, tie.nature):
        nature = "twin"
    return replace(
        kept,
        nature=nature,
        verified=held.verified or tie.verified,
        ended=max(held.ended, tie.ended, key=order.index),
        since=held.since or tie.since,
        until=held.until or tie.until,
        implied=held.implied and tie.implied,
    )


def implied_by_roles(people: Iterable[PersonView], file_id: UUID, ties: Iterable[Tie]) -> Iterator[Tie]:
    """Ties that follow from what people are to the file, where nobody recorded how they are related."""
    roles = {one.id: frozenset(one.roles(file_id)) for one in people}
    held = list(ties)
    tied = {(one.one, one.other) for one in held} | {(one.other, one.one) for one in held}
    children = [one for one, said in roles.items() if said & {"subject", "unborn", "sibling"}]
    for role, words, nature in (
        ("mother", "mother", "birth"),
        ("father", "father", "birth"),
        ("step_parent", "step-parent", "step"),
        ("adoptive_parent", "adoptive parent", "adoptive"),
        ("foster_carer", "foster carer", "foster"),
    ):
        have = {one.other for one in held if one.kind is TieKind.PARENT and one.words == words}
        holders = [one for one, said in roles.items() if role in said]
        if len(holders) != 1:
            continue
        for child in children:
            whose = "sibling" not in roles[child] or role == "mother"
            if whose and child not in have and (holders[0], child) not in tied and holders[0] != child:
                yield Tie(holders[0], child, TieKind.PARENT, nature, words, "child", implied=True)
    yield from _implied_couples(roles, held)


def _implied_couples(roles: Mapping[UUID, frozenset[str]], held: list[Tie]) -> Iterator[Tie]:
    """The partner of a parent, where the file has one mother and nobody said whose partner it is."""
    mothers = [one for one, said in roles.items() if "mother" in said]
    coupled = {one for tie in held if tie.kind is TieKind.COUPLE for one in (tie.one, tie.other)}
    for person, said in roles.items():
        if len(mothers) == 1 and said & {"partner", "ex_partner"} and person not in {*coupled, mothers[0]}:
            over = "" if "partner" in said else "separated"
            words = "former partner" if over else "partner"
            yield Tie(person, mothers[0], TieKind.COUPLE, "partners", words, words, over, implied=True)
