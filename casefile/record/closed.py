"""What is told of files that an officer may not see, and what is done to them all the same.

On a server the database hides their rows, so each of these is a function of its own there that says so much and no
more (``casefile/store/shared/sql/03_who.sql``); on one machine the program's own session asks the tables.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from casefile.access.model import Restriction
from casefile.access.visibility import RestrictedFile
from casefile.record.model import CaseFile
from casefile.store.shared import readings

_KEYS = text("SELECT key, file_id FROM casefile_closed_keys(:scheme, CAST(:keys AS text[]))")
_REFERENCES = text("SELECT reference, file_id FROM casefile_closed_references(CAST(:references AS text[]))")
_STAND = text("SELECT casefile_stand_out_of_sight(CAST(:people AS uuid[]))")
_VOLUMES = text(
    "SELECT team, volume, number FROM casefile_hidden_volumes(CAST(:sections AS text[]), CAST(:reviews AS text[]), "
    ":from_on, :until_on)"
)
_NAMES_OTHERS = text("SELECT casefile_bring_in()")
_HELD = text("SELECT casefile_files_held(:officer)")
_STALE = text("SELECT casefile_mark_stale(CAST(:files AS uuid[]))")
_ANY = text("SELECT casefile_any_stale()")
_TAKE = text("SELECT casefile_take_stale()")
_CLOSED = text("SELECT file_id, ask FROM casefile_closed_file(:called)")


def closed_file(session: Session, reference: str) -> tuple[UUID, UUID | None] | None:
    """Identity of a restricted file by its reference, and the officer to ask: its supervisor, else who restricted it."""
    if readings.of(session) is not None:
        row = session.execute(_CLOSED, {"called": reference}).first()
        return (row.file_id, row.ask) if row else None
    table = CaseFile.__table__
    found = session.execute(
        select(table.c.id, table.c.supervisor_id)
        .join(RestrictedFile.__table__, RestrictedFile.__table__.c.file_id == table.c.id)
        .where(func.lower(table.c.reference) == reference.strip().lower())
    ).first()
    if found is None:
        return None
    restricted = select(Restriction.recorded_by).where(Restriction.file_id == found.id)
    ask = found.supervisor_id or session.scalars(restricted.order_by(Restriction.recorded_at.desc())).first()
    return found.id, ask


def closed_keys(session: Session, scheme: str, keys: Collection[str]) -> dict[str, UUID]:
    """Which of these keys of a source belong to files that a server hides, and to which: nothing is brought in twice."""
    if readings.of(session) is None or not keys:
        return {}
    rows = session.execute(_KEYS, {"scheme": scheme, "keys": list(keys)})
    return {row.key: row.file_id for row in rows}


def closed_references(session: Session, references: Collection[str]) -> dict[str, UUID]:
    """Which of these references, as stated, are of files that a server hides."""
    if readings.of(session) is None or not references:
        return {}
    rows = session.execute(_REFERENCES, {"references": list(references)})
    return {row.reference: row.file_id for row in rows}


def stand_out_of_sight(session: Session, people: Collection[UUID]) -> bool:
    """Whether one of these people, whom the officer sees, also stands in a file that a server hides: a yes or no."""
    return bool(people) and bool(session.scalar(_STAND, {"people": list(people)}))


def volumes_out_of_sight(
    session: Session, sections: Collection[str], reviews: Collection[str], from_on: date, until_on: date
) -> list[tuple[str, str, int]]:
    """What files that a server hides add to a year's work, by team: numbers, as the rest of the count."""
    if readings.of(session) is None:
        return []
    asked = {"sections": list(sections), "reviews": list(reviews), "from_on": from_on, "until_on": until_on}
    return [(row.team, row.volume, row.number) for row in session.execute(_VOLUMES, asked)]


def names_others(session: Session) -> None:
    """From here to the end of the work rows may name those who wrote them elsewhere; a server's log says so."""
    if readings.of(session) is not None:
        session.execute(_NAMES_OTHERS)


def held_out_of_sight(session: Session, officer_id: UUID, seen: Iterable[UUID]) -> None:
    """Files an officer holds that a server hides from who works: the next officer who sees them works them out anew."""
    if session.get_bind().dialect.name != "postgresql":
        return
    hidden = set(session.scalars(_HELD, {"officer": officer_id})) - set(seen)
    if hidden:
        session.execute(_STALE, {"files": list(hidden)})


def any_stale(session: Session) -> bool:
    """Whether a server has files in this officer's sight that somebody changed who may not see them."""
    return bool(session.scalar(_ANY))


def taken_stale(session: Session) -> tuple[UUID, ...]:
    """Files in this officer's sight that were changed by somebody who may not see them, handed out once."""
    if readings.of(session) is None:
        return ()
    return tuple(session.scalars(_TAKE))
