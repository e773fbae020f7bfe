"""A family on a day, told from the facts of a file: pure, so that a slider asks the store nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from casefile.files.picture.model import Basis, Family, Someone, Stay
from casefile.files.picture.ties import implied_by_roles, one_each, tie_of
from casefile.record.homes import LIVES, address_of, whole_addresses
from casefile.record.persons import FactView, PersonView, age_words, birth_words, display_name
from casefile.standards import Library

CHILDREN = frozenset({"subject", "unborn", "sibling", "other_child"})
SUBJECTS = frozenset({"subject", "unborn"})


@dataclass(frozen=True, slots=True)
class Told:
    """All that a file knows of its family, over time.

    Attributes:
        people: Everybody of the file, and whom they are related to, with every fact ever recorded.
        elsewhere: By person, references of the other files they stand in that this officer may see.
        today: The last day there is.
    """

    file_id: UUID
    reference: str
    marking: str
    name: str
    today: date
    people: tuple[PersonView, ...]
    elsewhere: Mapping[UUID, tuple[str, ...]] = field(default_factory=dict[UUID, tuple[str, ...]])

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which something changed, by either reckoning; the first and last bound the slider."""
        found = {self.today}
        for fact in facts_of(self.people):
            found |= {one for one in (fact.get("known_on"), fact.get("from_on"), fact.get("until_on")) if one}
            if fact.key == "birth":
                found |= {one for one in (fact.get("born_on"), fact.get("died_on")) if one}
        return tuple(sorted(one for one in found if one <= self.today))


def facts_of(people: Iterable[PersonView]) -> Iterator[FactView]:
    """Every fact of some people."""
    for person in people:
        for facts in person.facts.values():
            yield from facts


def known_by(person: PersonView, day: date) -> PersonView:
    """A person by what police knew on a day: later facts are gone, and what they replaced stands again."""
    facts: dict[str, tuple[FactView, ...]] = {}
    for key, held in person.facts.items():
        then = [one for one in held if one.get("known_on") <= day]
        replaced = {one.replaces_id for one in then if one.replaces_id}
        facts[key] = tuple(replace(one, current=one.id not in replaced and not one.withdrawn) for one in then)
    return replace(person, facts=facts, name=_name_then(person, facts.get("name", ())))


def _name_then(person: PersonView, then: tuple[FactView, ...]) -> str:
    """The name by which police knew somebody; that they had none yet, where it became known later."""
    if any(one.current for one in then) or not person.facts.get("name"):
        return display_name(then, person.unborn, None) if then else person.name
    return "Unborn child" if person.unborn else "Name not known yet"


def standing(facts: Iterable[FactView], day: date | None) -> tuple[FactView, ...]:
    """The facts that hold on a day; all that were ever true where no day is asked."""
    return tuple(
        one
        for one in facts
        if one.current
        and (
            day is None
            or (
                (one.get("from_on") is None or one.get("from_on") <= day)
                and (one.get("until_on") is None or one.get("until_on") >= day)
            )
        )
    )


def family_on(
    told: Told, day: date, basis: Basis, library: Library, marks: Mapping[str, str] | None = None
) -> Family:
    """The family on a day; *marks* gives households the letters they have on other days."""
    people = [known_by(one, day) for one in told.people] if basis is Basis.KNOWN else list(told.people)
    here = [one for one in people if _here(one, day, told.file_id)]
    return _family(told, here, day, day, basis, library, marks or {})


def family_ever(told: Told, library: Library) -> Family:
    """Everybody and every tie that ever stood, as known now: what keeps its place while a slider moves."""
    here = [one for one in told.people if _of_family(one, told.file_id)]
    return _family(told, here, told.today, None, Basis.HAPPENED, library, {})


def _here(person: PersonView, day: date, file_id: UUID) -> bool:
    """Whether somebody was born and known to the file; a child expected on a later day is there unborn."""
    if not any(person.facts.get(key) for key in ("involvement", "relationship", "name", "birth")):
        return False
    born = _born(person)
    return _of_family(person, file_id) and (born is None or born <= day or _expected(person))


def _of_family(person: PersonView, file_id: UUID) -> bool:
    """Whether somebody is of the family or the household, rather than there by profession alone."""
    roles = {str(one.get("role")) for one in person.stated("involvement") if one.file_id == file_id}
    return not roles or not roles <= PROFESSIONALS


PROFESSIONALS = frozenset(
    {"social_worker", "conference_chair", "health_professional", "education_professional", "professional",
     "interpreter", "appropriate_adult", "referrer", "witness"}
)  # fmt: skip
"""Roles by which nobody is drawn: they are with the family by profession, or only told of it."""


def _born(person: PersonView) -> date | None:
    return next((one.get("born_on") for one in person.stated("birth") if one.get("born_on")), None)


def _expected(person: PersonView) -> bool:
    return any(one.get("expected_on") and not one.get("born_on") for one in person.stated("birth"))


def _family(
    told: Told,
    people: Sequence[PersonView],
    day: date,
    on: date | None,
    basis: Basis,
    library: Library,
    marks: Mapping[str, str],
) -> Family:
    ids = {one.id: place for place, one in enumerate(people)}
    codes = library.codes("relationship")
    ties = [
        tie
        for person in people
        for fact in standing_ties(person, on)
        if (tie := tie_of(fact, person.id, codes, ended=_over(fact, day))) is not None
        and {tie.one, tie.other} <= ids.keys()
    ]
    ties += implied_by_roles(people, told.file_id, ties)
    return Family(
        day,
        basis,
        tuple(_someone(told, one, day, library) for one in people),
        tuple(sorted(one_each(ties), key=lambda one: (one.kind.value, ids[one.one], ids[one.other]))),
        tuple(_stays(people, on, library)),
        marks,
    )


_LASTING = frozenset({"spouse", "former_spouse", "partner", "ex_partner"})


def standing_ties(person: PersonView, on: date | None) -> Iterator[FactView]:
    """Relationships that hold on a day; a couple that has parted is still drawn, as parted."""
    for fact in person.stated("relationship"):
        begun = on is None or fact.get("from_on") is None or fact.get("from_on") <= on
        over = on is not None and fact.get("until_on") is not None and fact.get("until_on") < on
        if begun and (not over or fact.get("kind") in _LASTING):
            yield fact


def _over(fact: FactView, day: date) -> bool:
    until = fact.get("until_on")
    return until is not None and until < day


def _someone(told: Told, person: PersonView, day: date, library: Library) -> Someone:
    involved = [one for one in standing(person.facts.get("involvement", ()), day)
                if one.file_id == told.file_id]  # fmt: skip
    codes = [str(one.get("role")) for one in involved]
    label = library.codes("involvement_role").label
    sex = next((str(one.get("sex")) for one in person.stated("characteristics") if one.get("sex")), "")
    born = _born(person)
    died = next((one.get("died_on") for one in person.stated("birth") if one.get("died_on")), None)
    unborn = (born is None and (person.unborn or _expected(person))) or (born is not None and born > day)
    roles = tuple(label(one) for one in codes)
    if unborn or "unborn" in codes:
        roles = tuple(
            (label("unborn") if unborn else label("subject")) if code in SUBJECTS else label(code)
            for code in codes
        )
    doubted = any(one.get("verified") is False for one in (*involved, *person.now("name")))
    return Someone(
        id=person.id,
        name=person.name,
        sex=sex if sex in ("F", "M") else "",
        sex_known=sex == "X",
        born_on=born,
        born=birth_words(person),
        died_on=died if died is not None and died <= day else None,
        unborn=unborn,
        roles=tuple(dict.fromkeys(roles)),
        subject=bool(SUBJECTS & set(codes)),
        child=bool(CHILDREN & set(codes)),
        concern=any(one.get("of_concern") for one in involved),
        verified=not doubted and "unknown_adult" not in codes,
        age="" if unborn else age_words(born, min(day, died) if died else day),
        elsewhere=told.elsewhere.get(person.id, ()),
    )


def _stays(people: Iterable[PersonView], on: date | None, library: Library) -> Iterator[Stay]:
    whole = whole_addresses([one for one in facts_of(people) if one.key == "residence"])
    label = library.codes("residence_kind").label
    for person in people:
        homes = sorted(
            standing(person.facts.get("residence", ()), on),
            key=lambda one: (str(one.get("kind") or "") not in LIVES, one.get("until_on") or date.max),
        )
        for home in sorted(homes, key=lambda one: bool(on is None and one.ended)):
            kind = str(home.get("kind") or "")
            yield Stay(
                person.id,
                address_of(home, whole),
                label(kind) if kind not in ("", "home") else "",
                kind in LIVES,
                home.get("verified") is not False,
                home.get("from_on"),
                home.get("until_on"),
            )
