"""Who could receive files of a hand-over, and a suggestion that spreads them by workload."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from casefile.access.model import Officer
from casefile.access.queries import shown
from casefile.access.roles import ROLES
from casefile.access.visibility import unlimited
from casefile.handover.reach import handover_of, items_of, oversees, stands
from casefile.handover.receiver import Receivers
from casefile.handover.spread import WEIGHTS, Carrier, Placed, ToPlace, file_points, spread
from casefile.record.handover import HandoverFile
from casefile.record.model import CaseFile, Entry
from casefile.record.people import Involvement
from casefile.sections.file_facts import OUTSIDE
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.pieces import in_pieces
from casefile.work.unit import Work

Loads = Mapping[UUID, tuple[float, float]]
"""By officer: points carried, and points they can carry."""


@dataclass(frozen=True, slots=True)
class CarrierRow:
    """An officer who keeps files, as a possible receiver.

    Attributes:
        fits: Whether they are of the giver's team and role: whom one would think of first.
        files, points, capacity: Open files they are in charge of, what those weigh and what they can carry; 0 for who
            may not know what others carry.
        against: Why they cannot receive anything of this hand-over, e.g. ``is away too``; "" when they can.
    """

    id: UUID
    officer: str
    team: str
    fits: bool
    files: int
    points: float
    capacity: float
    against: str


@query(needs=Permission.READ_FILES, logs=Logged.NOT_PERSONAL)
def possible_receivers(
    work: Work, handover_id: UUID, *, loads: Loads | None = None
) -> tuple[CarrierRow, ...]:
    """List who could receive files of a hand-over with what they carry: those of the giver's team and role first."""
    handover = handover_of(work, handover_id)
    giver = work.session.get_one(Officer, handover.officer_id)
    with unlimited(work.session):
        files, carried = _carried(work)
    told = oversees(work)
    receivers = Receivers(work, handover)
    found: list[CarrierRow] = []
    for one in work.session.scalars(select(Officer).where(Officer.active)):
        if Permission.KEEP_FILES not in ROLES[one.role].permissions or one.id == giver.id:
            continue
        points, capacity = (loads or {}).get(one.id, (carried.get(one.id, 0), WEIGHTS.capacity))
        against = receivers.against_person(giver.id, one) or ""
        name = shown(one.name, one.role, one.number)
        fits = (one.team, one.role) == (giver.team, giver.role)
        found.append(
            CarrierRow(one.id, name, one.team, fits, files.get(one.id, 0), points, capacity, against)
        )
    found.sort(key=_most_room)
    return tuple(one if told else replace(one, files=0, points=0, capacity=0) for one in found)


@query(needs=Permission.KEEP_FILES, logs=Logged.CONSULTATION)
def suggest_receivers(
    work: Work,
    item_ids: Iterable[UUID],
    among: Iterable[UUID],
    *,
    points: Mapping[UUID, float] | None = None,
    loads: Loads | None = None,
) -> tuple[Placed, ...]:
    """Suggest who receives each file, with a reason for each; nothing is chosen by it.

    Files that were sent or accepted already are left out.

    Args:
        among: The officers to spread them over.
        points: What files weigh, by file; what is not named weighs by risk and plan.
        loads: What officers carry and can carry; whoever is not named, by the files they hold.
    """
    items = [one for one in items_of(work, item_ids) if not _gone(work, one)]
    chosen = tuple(dict.fromkeys(among))
    ground = {one: Receivers(work, handover_of(work, one)) for one in {item.handover_id for item in items}}
    by_id = {one.id: one for one in items}
    with unlimited(work.session):
        carried = _carried(work)[1]
    officers = {one.id: one for one in work.session.scalars(select(Officer))}
    carriers = [
        Carrier(
            one.id,
            shown(one.name, one.role, one.number),
            one.team,
            *(loads or {}).get(one.id, (carried.get(one.id, 0), WEIGHTS.capacity)),
        )
        for key in chosen
        if (one := officers.get(key)) is not None
    ]

    def refused(item_id: UUID, officer_id: UUID) -> str | None:
        item = by_id[item_id]
        return ground[item.handover_id].against(item, officer_id)

    files = _to_place(work, items, officers, points or {})
    keepers = [key for key in chosen if (one := officers.get(key)) is not None and not _supervises(one)]
    ties = _ties(work, files, keepers)
    return spread(files, carriers, ties, refused, told=oversees(work))


def _most_room(one: CarrierRow) -> tuple[bool, bool, float, str]:
    share = one.points / one.capacity if one.capacity > 0 else float("inf")
    return bool(one.against), not one.fits, share, one.officer


def _supervises(officer: Officer) -> bool:
    """Whoever supervises a file signs in it and need not know the family for that."""
    return Permission.SIGN_SUPERVISION in ROLES[officer.role].permissions


def _gone(work: Work, item: HandoverFile) -> bool:
    step = stands(work, item).step
    return step.waits_for_receiver or step.ended


def _carried(work: Work) -> tuple[dict[UUID, int], dict[UUID, float]]:
    """By officer in charge: how many open files, and what they weigh."""
    files: dict[UUID, int] = {}
    points: dict[UUID, float] = {}
    rows = work.session.execute(
        select(CaseFile.officer_id, CaseFile.risk_level, CaseFile.plan_category.is_not(None), func.count())
        .where(CaseFile.state == "open", CaseFile.officer_id.is_not(None))
        .group_by(CaseFile.officer_id, CaseFile.risk_level, CaseFile.plan_category.is_not(None))
    )
    for officer_id, risk, on_plan, count in rows:
        if officer_id is None:
            continue
        files[officer_id] = files.get(officer_id, 0) + count
        weight = file_points(risk, on_plan=bool(on_plan)) * count
        points[officer_id] = points.get(officer_id, 0) + weight
    return files, points


def _to_place(
    work: Work, items: Sequence[HandoverFile], officers: Mapping[UUID, Officer], points: Mapping[UUID, float]
) -> list[ToPlace]:
    cases: dict[UUID, CaseFile] = {}
    for some in in_pieces({one.file_id for one in items}):
        cases |= {one.id: one for one in work.session.scalars(select(CaseFile).where(CaseFile.id.in_(some)))}
    found: list[ToPlace] = []
    for one in items:
        if (case := cases.get(one.file_id)) is None:
            continue
        weight = points.get(case.id)
        if weight is None:
            weight = file_points(case.risk_level, on_plan=case.plan_category is not None)
        giver = officers.get(one.from_officer_id)
        found.append(ToPlace(one.id, case.id, case.reference, weight, giver.team if giver else ""))
    return found


def _ties(work: Work, files: Sequence[ToPlace], among: Sequence[UUID]) -> dict[tuple[UUID, UUID], str]:
    """How officers know the families: a file of one of their people, or records they signed in this one."""
    found: dict[tuple[UUID, UUID], str] = {}
    ids = [one.file_id for one in files]
    for some in in_pieces(ids):
        signed = work.session.execute(
            select(Entry.file_id, Entry.author_id, func.count())
            .where(Entry.file_id.in_(some), Entry.author_id.in_(among))
            .group_by(Entry.file_id, Entry.author_id)
        )
        for file_id, officer_id, count in signed:
            records = "1 record" if count == 1 else f"{count} records"
            found[file_id, officer_id] = f"Signed {records} of this file."
        for file_id, officer_id, reference in _siblings(work, some, among):
            found[file_id, officer_id] = f"Holds {reference} of the same family."
    return found


def _siblings(work: Work, files: Sequence[UUID], among: Sequence[UUID]) -> Iterable[tuple[UUID, UUID, str]]:
    """Other open files in which a person of the family stands, held by one of these officers."""
    people: dict[UUID, set[UUID]] = {}
    for one in _family(work, Involvement.file_id.in_(files)):
        people.setdefault(one.person_id, set()).add(one.file_id)
    stands: dict[UUID, set[UUID]] = {}
    for some in in_pieces(sorted(people)):
        for one in _family(work, Involvement.person_id.in_(some)):
            stands.setdefault(one.file_id, set()).update(people[one.person_id])
    for some in in_pieces(sorted(stands)):
        held = select(CaseFile).where(
            CaseFile.id.in_(some), CaseFile.state == "open", CaseFile.officer_id.in_(among)
        )
        for case in work.session.scalars(held.order_by(CaseFile.reference)):
            for file_id in stands[case.id] - {case.id}:
                if case.officer_id is not None:
                    yield file_id, case.officer_id, case.reference


def _family(work: Work, where: ColumnElement[bool]) -> list[Involvement]:
    """Involvements that stand, of people of the family; professionals stand in many files."""
    rows = work.session.scalars(select(Involvement).where(where)).all()
    replaced = {one.replaces_id for one in rows if one.replaces_id}
    return [one for one in rows if one.id not in replaced and not one.withdrawn and one.role not in OUTSIDE]
