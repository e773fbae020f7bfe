"""Reading a family for its picture: everything ever recorded of its people, and in which other files they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from casefile.files.picture.told import Told
from casefile.files.reach import case_file
from casefile.record.matches import PERSON, MatchDecision, PersonMatch
from casefile.record.model import CaseFile
from casefile.record.people import Involvement, Relationship
from casefile.record.persons import PersonView, people_of, persons
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.pieces import in_pieces
from casefile.work.unit import Work

CONFIRMED = "confirmed"
"""What an officer decided of two records that are of one person."""
KIN = frozenset({"parent", "child", "family", "couple"})
"""Groups of relationships that bring somebody into the picture who has no part in the file."""


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def family_told(work: Work, file_id: UUID) -> Told:
    """Read the people of a file over time, for the picture of the family."""
    return read_family(work, file_id)


def read_family(work: Work, file_id: UUID) -> Told:
    """The people of a file, those they are related to, and the other files they stand in.

    Raises:
        Missing: There is no such file for this officer.
    """
    case = case_file(work, file_id)
    people = people_of(work.session, file_id, work.today)
    people = (*people, *persons(work.session, _related(work, people), work.today))
    ids = [one.id for one in people]
    work.about(people=ids)
    return Told(
        file_id, case.reference, case.marking, case.family_name, work.today, people,
        elsewhere(work, ids, (file_id,)),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Same:
    """Another record that an officer confirmed to be of the same person.

    Attributes:
        person_id: The person asked for.
        other_id: The other record.
        file_id, reference: The file in which the other record stands.
    """

    person_id: UUID
    other_id: UUID
    file_id: UUID
    reference: str


def confirmed_same(work: Work, people: Iterable[UUID]) -> tuple[Same, ...]:
    """Other records confirmed to be of these people, both of whose files this officer may see."""
    found: dict[tuple[UUID, UUID, UUID], Same] = {}
    for some in in_pieces(list(dict.fromkeys(people))):
        for here, there in ((PersonMatch.one_person_id, "other"), (PersonMatch.other_person_id, "one")):
            for row in work.session.execute(_matched(here, there).where(here.in_(some))):
                if row.what == CONFIRMED:
                    found[row.here, row.there, row.file_id] = Same(
                        row.here, row.there, row.file_id, row.reference
                    )
                else:
                    found.pop((row.here, row.there, row.file_id), None)
    return tuple(found.values())


def _matched(here: Any, there: str) -> Any:
    """Decisions on matches of two records of one person, oldest first: the last counts."""
    mine, other = ("one", "other") if there == "other" else ("other", "one")
    own = aliased(CaseFile)
    return (
        select(
            here.label("here"),
            getattr(PersonMatch, f"{other}_person_id").label("there"),
            CaseFile.id.label("file_id"),
            CaseFile.reference,
            MatchDecision.what,
        )
        .join(MatchDecision, MatchDecision.match_id == PersonMatch.id)
        .join(CaseFile, CaseFile.id == getattr(PersonMatch, f"{other}_file_id"))
        .join(own, own.id == getattr(PersonMatch, f"{mine}_file_id"))
        .where(PersonMatch.kind == PERSON)
        .order_by(MatchDecision.recorded_at, MatchDecision.id)
    )


def elsewhere(work: Work, people: Iterable[UUID], but: Iterable[UUID] = ()) -> dict[UUID, tuple[str, ...]]:
    """References of the files in which each person stands, but for some; files this officer may not see are not there."""
    found: dict[UUID, set[str]] = defaultdict(set)
    apart, people = tuple(but), tuple(dict.fromkeys(people))
    for some in in_pieces(people):
        rows = work.session.execute(
            select(Involvement.person_id, CaseFile.reference)
            .join(CaseFile, CaseFile.id == Involvement.file_id)
            .where(Involvement.person_id.in_(some), Involvement.file_id.not_in(apart))
        )
        for person, reference in rows:
            found[person].add(reference)
    for one in confirmed_same(work, people):
        if one.file_id not in apart:
            found[one.person_id].add(one.reference)
    return {person: tuple(sorted(files)) for person, files in found.items()}


def _related(work: Work, people: tuple[PersonView, ...]) -> list[UUID]:
    """Family of the people of the file, as recorded in any file, who stand in a file that this officer may see."""
    kin = {one.code for one in work.standards.codes("relationship").codes if one.group in KIN}
    here = [one.id for one in people]
    wanted: set[UUID] = {
        fact.get("to_person_id")
        for one in people
        for fact in one.stated("relationship")
        if fact.get("kind") in kin and isinstance(fact.get("to_person_id"), UUID)
    }
    for some in in_pieces(here):
        wanted |= set(
            work.session.scalars(
                select(Relationship.person_id).where(
                    Relationship.to_person_id.in_(some), Relationship.kind.in_(kin)
                )
            )
        )
    left = sorted(wanted - set(here), key=str)
    seen: list[UUID] = []
    for some in in_pieces(left):
        seen += work.session.scalars(
            select(Involvement.person_id).where(Involvement.person_id.in_(some)).distinct()
        )
    return sorted(seen, key=str)
