"""Recording people and the dated facts about them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casefile.alarms.refresh import refresh_file
from casefile.errors import Fault, Invalid, Missing
from casefile.files.reach import in_sight, involved
from casefile.record.dates import read_date
from casefile.record.people import Involvement, Person, PersonFact, PersonName
from casefile.record.persons import FACT_KEYS, describe_fact, fact_faults, folded, full_name
from casefile.sections.file_facts import OUTSIDE
from casefile.sections.refresh import refresh_people
from casefile.sections.values import read_form
from casefile.work.door import action
from casefile.work.names import Kind, Logged, Permission
from casefile.work.unit import Work

_NOT_SIGNED = "Nothing was recorded; what you typed is still in the form."


@action(needs=Permission.KEEP_FILES, logs=Logged.COLLECTION)
def add_person(work: Work, file_id: UUID, facts: Mapping[str, Mapping[str, Any]]) -> UUID:
    """Add a person to a file: at least a role, and what is known (``{"name": {…}, "involvement": {…}}``)."""
    in_sight(work, file_id)
    if "involvement" not in facts:
        raise Invalid([Fault("involvement.role", "Say what the person is to this file.")], kept=_NOT_SIGNED)
    person_id = new_person(work)
    faults: list[Fault] = []
    for key, values in facts.items():
        try:
            put_fact(work, file_id, person_id, key, values)
        except Invalid as refused:
            faults += [Fault(f"{key}.{fault.field}", fault.sentence) for fault in refused.faults]
    if faults:
        raise Invalid(faults, kept=_NOT_SIGNED)
    work.about(people=[person_id])
    refresh_people(work, [person_id])
    refresh_file(work, file_id, _learnt(work, *facts.values()))
    return person_id


@action(needs=Permission.KEEP_FILES, logs=Logged.COLLECTION)
def involve_person(
    work: Work,
    file_id: UUID,
    person_id: UUID,
    involvement: Mapping[str, Any],
    name: Mapping[str, Any] | None = None,
) -> UUID:
    """Say that somebody who is known already stands in this file too; nothing of them is typed again.

    Args:
        involvement: What they are to this file, and who said so.
        name: How the source writes them; kept as stated where no name of theirs is written so.

    Raises:
        Missing: There is no such person in any file that this officer may see.
    """
    in_sight(work, file_id)
    names = select(PersonName).where(PersonName.person_id == person_id)
    known = select(Involvement.id).where(Involvement.person_id == person_id).limit(1)
    if work.session.execute(known).first() is None:
        raise Missing("There is no such person, or no file of theirs is yours to see.")
    put_fact(work, file_id, person_id, "involvement", involvement)
    written = folded(full_name(name or {}))
    held = [
        folded(full_name({"given": one.given, "family": one.family, "full": one.full}))
        for one in work.session.scalars(names)
    ]
    if name and written and written not in held:
        put_fact(work, file_id, person_id, "name", {**name, "kind": "as_stated"})
    work.about(people=[person_id])
    refresh_people(work, [person_id])
    for one in _files_of(work, person_id, file_id):
        refresh_file(work, one, _learnt(work, involvement))
    return person_id


@action(needs=Permission.KEEP_FILES, logs=Logged.ALTERATION)
def record_fact(
    work: Work,
    file_id: UUID,
    person_id: UUID,
    key: str,
    values: Mapping[str, Any],
    *,
    replaces_id: UUID | None = None,
    withdrawn: bool = False,
) -> UUID:
    """Record a fact about a person, in place of an earlier one if that was wrong or has ended."""
    in_sight(work, file_id)
    if key != "involvement":
        involved(work, file_id, person_id)
    fact_id = put_fact(work, file_id, person_id, key, values, replaces_id=replaces_id, withdrawn=withdrawn)
    work.about(people=[person_id])
    refresh_people(work, [person_id])
    for one in _files_of(work, person_id, file_id):
        refresh_file(work, one, _learnt(work, values))
    return fact_id


def _files_of(work: Work, person_id: UUID, file_id: UUID) -> list[UUID]:
    """This file, then every other of the person's family or household that the officer may see: they hear at once.

    A professional stands in hundreds of files, and nothing there follows from who they are.
    """
    others = select(Involvement.file_id).where(
        Involvement.person_id == person_id, Involvement.role.not_in(OUTSIDE)
    )
    found = work.session.scalars(others.distinct()).all()
    return [file_id, *sorted(one for one in found if one != file_id)]


def _learnt(work: Work, *facts: Mapping[str, Any]) -> date:
    """The earliest day on which police knew any of these facts; today where none says so."""
    stated = (one.get("known_on") for one in facts)
    days = [one if isinstance(one, date) else read_date(str(one)) for one in stated if one]
    return min((*days, work.today))


def new_person(work: Work) -> UUID:
    """A person with nothing known yet, inside work that refreshes them afterwards."""
    person = Person(recorded_at=work.now, recorded_by=work.officer_id)
    work.session.add(person)
    work.session.flush()
    work.touch(Kind.PERSON)
    return person.id


def put_fact(
    work: Work,
    file_id: UUID,
    person_id: UUID,
    key: str,
    values: Mapping[str, Any],
    *,
    replaces_id: UUID | None = None,
    withdrawn: bool = False,
) -> UUID:
    """Write one fact about a person, inside work that refreshes person and file afterwards."""
    if key not in FACT_KEYS:
        raise Invalid(f"There is no kind of fact called {key}.", kept=_NOT_SIGNED)
    cls: Any = FACT_KEYS[key]
    reading = read_form(describe_fact(cls), {"known_on": work.today.isoformat(), **values}, work.standards)
    faults = list(reading.faults)
    if not withdrawn:
        faults += [Fault(at, said) for at, said in fact_faults(key, reading.values).items()]
    if faults and not withdrawn:
        raise Invalid(faults, kept=_NOT_SIGNED)
    if replaces_id is not None:
        _still_stands(work, cls, replaces_id, person_id)
    fact: PersonFact = cls(
        file_id=file_id,
        person_id=person_id,
        recorded_at=work.now,
        recorded_by=work.officer_id,
        replaces_id=replaces_id,
        withdrawn=withdrawn,
        doubts={at: {"stated": one.stated, "why": one.why} for at, one in reading.doubts.items()},
        **reading.values,
    )
    work.session.add(fact)
    work.session.flush()
    work.touch(Kind.PERSON, file_id)
    return fact.id


def _still_stands(work: Work, cls: Any, fact_id: UUID, person_id: UUID) -> None:
    old = work.session.scalars(select(cls).where(cls.id == fact_id, cls.person_id == person_id)).first()
    if old is None:
        raise Missing("What this corrects is not there.")
    if work.session.scalars(select(cls.id).where(cls.replaces_id == fact_id)).first() is not None:
        raise Invalid(
            "Somebody has corrected this already. Look at the newest version first.", kept=_NOT_SIGNED
        )
