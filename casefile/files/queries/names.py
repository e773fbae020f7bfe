"""What the files and people of log rows are called: references for all, names only for those who read cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from casefile.record.model import CaseFile
from casefile.record.people import Involvement, Person
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.pieces import in_pieces
from casefile.work.unit import Work


@dataclass(frozen=True, slots=True)
class Names:
    """References of files and names of people by identity; whoever the officer may not see is not in it."""

    files: Mapping[UUID, str] = field(default_factory=dict[UUID, str])
    people: Mapping[UUID, str] = field(default_factory=dict[UUID, str])


@query(needs=Permission.READ_LOG, logs=Logged.ADMINISTRATION)
def names_in_log(work: Work, files: Iterable[UUID], people: Iterable[UUID]) -> Names:
    """Name the files and people of rows of the log.

    An administrator administers and reads no case: they get references and no names. People of restricted
    files are named only to their readers.
    """
    references: dict[UUID, str] = {}
    for ids in in_pieces(dict.fromkeys(files)):
        rows = work.session.execute(select(CaseFile.id, CaseFile.reference).where(CaseFile.id.in_(ids)))
        references |= {row.id: row.reference for row in rows}
    named: dict[UUID, str] = {}
    if work.actor.may(Permission.READ_FILES):
        for ids in in_pieces(dict.fromkeys(people)):
            seen = select(Involvement.person_id).where(Involvement.person_id.in_(ids))
            rows = work.session.execute(select(Person.id, Person.display_name).where(Person.id.in_(seen)))
            named |= {row.id: row.display_name for row in rows}
    return Names(references, named)
