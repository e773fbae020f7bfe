"""Reading the people of a file."""

from __future__ import annotations

from uuid import UUID

from casefile.files.reach import case_file
from casefile.record.described import Description
from casefile.record.persons import FACT_KEYS, PersonView, describe_fact, people_of
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def people(work: Work, file_id: UUID) -> tuple[PersonView, ...]:
    """Read everybody involved in a file, with the facts about them over time."""
    case_file(work, file_id)
    found = people_of(work.session, file_id, work.today)
    work.about(people=[one.id for one in found])
    return found


@query(needs=Permission.OWN_ACCOUNT, logs=Logged.NOT_PERSONAL)
def fact_descriptions(work: Work) -> tuple[Description, ...]:
    """Give the descriptions of every kind of fact about a person."""
    return tuple(describe_fact(cls) for cls in FACT_KEYS.values())
