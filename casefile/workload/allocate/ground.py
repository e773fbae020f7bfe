"""What is known of officers and files when files are given: read once, for one file or for thousands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select

from casefile.access.model import Reader
from casefile.access.roles import ROLES
from casefile.access.staffing import gaps, standing_conflicts
from casefile.alarms.away import ALARM, long_stretch
from casefile.record.dates import long_date
from casefile.record.handover import Handover, HandoverFile, HandoverMark
from casefile.record.model import CaseFile
from casefile.record.people import Allocation, Involvement, Residence
from casefile.sections.weights import CHILDREN
from casefile.standards import add_working_days
from casefile.work.names import Permission
from casefile.work.pieces import in_pieces
from casefile.work.unit import Work
from casefile.workload.allocate.rules import Offer, Reach
from casefile.workload.held import FileOnDay, files_on, weights_of
from casefile.workload.queries import officer_loads
from casefile.workload.rows import OfficerLoad
from casefile.workload.staff import Staff, gap_words, staff_on
from casefile.workload.totals import Totals, totals_on

RIGHTS = {
    "officer": Permission.KEEP_FILES,
    "researcher": Permission.KEEP_FILES,
    "supervisor": Permission.SIGN_SUPERVISION,
}
"""The right without which nobody holds a file in a role."""
SUGGESTED = {"researcher": ("researcher",), "supervisor": ("sergeant", "referral_sergeant", "inspector")}
"""Roles that are suggested; as officer, those whose role carries files by the standard."""
GRAVE = ("serious_allegation",)
PROFESSIONALS = "professional"


@dataclass(frozen=True, slots=True)
class FileFacts:
    """One file as far as giving it away asks.

    Attributes:
        holders: Who holds it now, by role.
        weights: Keys of what makes work in it.
        readers: Who may read it; None for a file that is not restricted.
        towns: Where its children live, without regard to case.
        past: Who had it before as officer.
        kin: By officer, references of their other files in which somebody of this family stands.
    """

    file_id: UUID
    reference: str
    family_name: str
    holders: Mapping[str, UUID | None]
    points: int
    weights: frozenset[str]
    readers: frozenset[UUID] | None
    towns: frozenset[str]
    past: frozenset[UUID]
    kin: Mapping[UUID, tuple[str, ...]]

    @property
    def grave(self) -> bool:
        """Whether it is judged at high risk, or holds a serious allegation."""
        return bool(self.weights & {"high_risk", *GRAVE})


@dataclass(frozen=True, slots=True)
class Officers:
    """Everybody on the day, with what they carry and what keeps them from taking more."""

    day: date
    staff: Staff
    loads: Mapping[UUID, OfficerLoad]
    totals: Totals
    away: Mapping[UUID, str]
    giving: Mapping[UUID, str]
    conflicts: Mapping[UUID, tuple[tuple[UUID | None, str], ...]]

    def supervised(self, officer_id: UUID) -> int:
        """How many files somebody supervises."""
        return self.totals.supervised.get(officer_id, (0, 0))[0]


def officers_now(work: Work) -> Officers:
    """Officers as they stand today."""
    day = work.today
    staff = staff_on(work, day)
    totals = totals_on(work, day, staff.gone)
    conflicts: dict[UUID, list[tuple[UUID | None, str]]] = defaultdict(list)
    for one in standing_conflicts(work.session, day):
        conflicts[one.officer_id].append((one.file_id, one.words))
    return Officers(
        day,
        staff,
        {one.officer_id: one for one in officer_loads(work, staff, totals, day)},
        totals,
        _away(work, staff, day),
        _giving(work),
        {key: tuple(rows) for key, rows in conflicts.items()},
    )


def facts_of_file(work: Work, case: CaseFile) -> FileFacts:
    """One file, which this officer may read."""
    day = work.today
    items = weights_of(work, case.id, day)
    file = FileOnDay(
        case.id, case.reference, case.family_name, case.officer_id, case.researcher_id, case.supervisor_id, items
    )  # fmt: skip
    return facts_of(work, [file])[0]


def facts_of(work: Work, files: Collection[FileOnDay]) -> tuple[FileFacts, ...]:
    """Files that this officer may read, in order."""
    ids = [one.file_id for one in files]
    readers, towns, past = _readers(work, ids), _towns(work, ids), _past(work, ids)
    kin = _kin(work, ids)
    standard = work.standards.workload
    return tuple(
        FileFacts(
            one.file_id,
            one.reference,
            one.family_name,
            {"officer": one.officer_id, "researcher": one.researcher_id, "supervisor": one.supervisor_id},
            one.points(standard),
            frozenset(item.weight for item in one.items),
            readers.get(one.file_id),
            frozenset(towns.get(one.file_id, ())),
            frozenset(past.get(one.file_id, ())),
            kin.get(one.file_id, {}),
        )
        for one in files
    )


def files_held(work: Work, whose: Collection[UUID | None]) -> tuple[tuple[FileOnDay, ...], int]:
    """Open files of some officers (None: of nobody) that this officer may read, and how many they may not."""
    found = files_on(work, work.today, whose)
    seen = tuple(one for one in found if one.seen)
    return seen, len(found) - len(seen)


def offer_of(
    work: Work, everybody: Officers, file: FileFacts, officer_id: UUID, role: str
) -> tuple[Offer, Reach]:
    """A file offered to an officer in a role, and what keeps them from it."""
    load, terms = everybody.loads[officer_id], everybody.staff.terms[officer_id]
    supervisor = file.holders.get("supervisor")
    team = everybody.staff.team(supervisor)
    mine = everybody.conflicts.get(officer_id, ())
    before = load.held.points - (file.points if file.holders.get("officer") == officer_id else 0)
    offer = Offer(
        points=file.points,
        before=before,
        capacity=load.capacity.points if role == "officer" and load.carries else None,
        files=_files_in(everybody, load, officer_id, role),
        family=file.kin.get(officer_id, ()),
        knew=role == "officer" and officer_id in file.past and officer_id != file.holders.get(role),
        team=team if team and team == load.team and role != "supervisor" else "",
        areas=tuple(one for one in terms.areas if one.casefold() in file.towns),
        lacks=_lacks(work, everybody, file, officer_id, role),
        protected=terms.on_probation(everybody.day) and file.grave,
        declared=tuple(words for at, words in mine if at is None),
    )
    others = {"officer": ("supervisor", "the supervisor"), "supervisor": ("officer", "the officer")}
    stands, said = others.get(role, ("", ""))
    reach = Reach(
        name=load.officer,
        active=terms.active and officer_id not in everybody.staff.gone,
        away=everybody.away.get(officer_id, ""),
        handing_over=everybody.giving.get(officer_id, ""),
        may=RIGHTS[role] in ROLES[load.role].permissions,
        fits=_fits(load, role),
        reader=file.readers is None or officer_id in file.readers,
        conflict=next((words for at, words in mine if at == file.file_id), ""),
        other=said if stands and file.holders.get(stands) == officer_id else "",
    )
    return offer, reach


def _fits(load: OfficerLoad, role: str) -> bool:
    return load.carries if role == "officer" else load.role in SUGGESTED[role]


def _files_in(everybody: Officers, load: OfficerLoad, officer_id: UUID, role: str) -> int:
    if role == "researcher":
        return load.researches
    return load.supervises if role == "supervisor" else 0


def _lacks(work: Work, everybody: Officers, file: FileFacts, officer_id: UUID, role: str) -> tuple[str, ...]:
    wanted = {
        one.accreditation
        for one in work.standards.allocation.needs
        if one.role == role and (not one.weight or one.weight in file.weights)
    }
    held = everybody.staff.held.get(officer_id, ())
    standing = {one.kind for one in held if one.stands_on(everybody.day)}
    missing = wanted - standing
    told = {
        gap.kind: gap_words(work.standards, gap)
        for gap in gaps(everybody.loads[officer_id].role, held, work.standards.staff, everybody.day)
        if gap.now
    }
    label = work.standards.codes("accreditation").label
    return tuple(told.get(key, f"{label(key)}: needed, never had") for key in sorted(missing))


def _away(work: Work, staff: Staff, day: date) -> dict[UUID, str]:
    """Who is away today, or soon for so long that their files must be handed over, and when."""
    soon = add_working_days(day, work.standards.allocation.moves.away_within_working_days)
    standard = work.standards.alarms[ALARM]
    found: dict[UUID, str] = {}
    for officer_id, rows in staff.away.items():
        for one in rows:
            today = one.from_on <= day and (one.until_on is None or day <= one.until_on)
            long = long_stretch(one, standard)
            near = (
                long is not None and long.from_on <= soon and (long.until_on is None or day <= long.until_on)
            )
            if today or near:
                until = f" until {long_date(one.until_on)}" if one.until_on else ", nobody knows until when"
                found.setdefault(officer_id, f"from {long_date(one.from_on)}{until}")
    return found


def _giving(work: Work) -> dict[UUID, str]:
    """Who is giving files away in a hand-over that goes on, and in which."""
    rows = work.session.execute(
        select(Handover.officer_id, Handover.reference)
        .outerjoin(HandoverMark, HandoverMark.handover_id == Handover.id)
        .where(HandoverMark.id.is_(None), Handover.kind == "hand_over")
        .order_by(Handover.reference)
    )
    return {row[0]: row[1] for row in rows}


def handed_over_in(work: Work, file_id: UUID) -> str:
    """The hand-over in which a file stands and that goes on; "" for none."""
    found = work.session.execute(
        select(Handover.reference)
        .join(HandoverFile, HandoverFile.handover_id == Handover.id)
        .outerjoin(HandoverMark, HandoverMark.handover_id == Handover.id)
        .where(HandoverFile.file_id == file_id, HandoverMark.id.is_(None))
        .order_by(Handover.reference.desc())
    ).first()
    return found[0] if found else ""


def _readers(work: Work, ids: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    found: dict[UUID, frozenset[UUID]] = {}
    for some in in_pieces(ids):
        restricted = work.session.scalars(
            select(CaseFile.id).where(CaseFile.id.in_(some), CaseFile.restricted.is_(True))
        ).all()
        named: dict[UUID, set[UUID]] = {one: set() for one in restricted}
        rows = work.session.execute(
            select(Reader.file_id, Reader.officer_id).where(
                Reader.file_id.in_(restricted), or_(Reader.until_at.is_(None), Reader.until_at > work.now)
            )
        )
        for file_id, officer_id in rows:
            named[file_id].add(officer_id)
        found |= {key: frozenset(value) for key, value in named.items()}
    return found


def _standing(work: Work, table: type[Any], some: Collection[UUID]) -> Iterable[Any]:
    rows = work.session.execute(
        select(*table.__table__.c).where(table.file_id.in_(some)).order_by(table.recorded_at, table.id)
    ).all()
    replaced = {one.replaces_id for one in rows if one.replaces_id}
    return (one for one in rows if one.id not in replaced and not one.withdrawn)


def _over(one: Any, day: date) -> bool:
    return one.until_on is not None and one.until_on < day


def _towns(work: Work, ids: Iterable[UUID]) -> dict[UUID, set[str]]:
    """Where the children of each file live now, as written, without regard to case."""
    found: dict[UUID, set[str]] = defaultdict(set)
    for some in in_pieces(ids):
        children = {
            (one.file_id, one.person_id) for one in _standing(work, Involvement, some) if one.role in CHILDREN
        }
        for one in _standing(work, Residence, some):
            if one.town and (one.file_id, one.person_id) in children and not _over(one, work.today):
                found[one.file_id].add(" ".join(one.town.split()).casefold())
    return found


def _past(work: Work, ids: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for some in in_pieces(ids):
        for one in _standing(work, Allocation, some):
            if one.role == "officer" and one.officer_id is not None:
                found[one.file_id].add(one.officer_id)
    return found


def _kin(work: Work, ids: Iterable[UUID]) -> dict[UUID, dict[UUID, tuple[str, ...]]]:
    """By file and officer, other open files that this officer may read and in which the family stands too."""
    codes = work.standards.codes("involvement_role").codes
    family = [
        one.code for one in codes if one.group != PROFESSIONALS and one.code not in ("referrer", "witness")
    ]
    found: dict[UUID, dict[UUID, set[str]]] = defaultdict(lambda: defaultdict(set))
    mine, other = Involvement.__table__.alias(), Involvement.__table__.alias()
    over = select(Involvement.__table__.c.replaces_id).where(Involvement.__table__.c.replaces_id.is_not(None))
    visible = select(CaseFile.id, CaseFile.reference, CaseFile.officer_id).where(
        CaseFile.state == "open", CaseFile.officer_id.is_not(None)
    )
    for some in in_pieces(ids):
        pairs = work.session.execute(
            select(mine.c.file_id, other.c.file_id)
            .join(other, and_(other.c.person_id == mine.c.person_id, other.c.file_id != mine.c.file_id))
            .where(mine.c.file_id.in_(some), *(side.c.role.in_(family) for side in (mine, other)))
            .where(*(side.c.id.not_in(over) for side in (mine, other)))
            .where(*(side.c.withdrawn.is_(False) for side in (mine, other)))
            .distinct()
        ).all()
        named: dict[UUID, tuple[str, UUID]] = {}
        for piece in in_pieces({pair[1] for pair in pairs}):
            for row in work.session.execute(visible.where(CaseFile.id.in_(piece))):
                named[row[0]] = str(row[1]), UUID(str(row[2]))
        for file_id, there in pairs:
            if there in named:
                reference, officer_id = named[there]
                found[file_id][officer_id].add(reference)
    return {
        key: {officer: tuple(sorted(refs)) for officer, refs in rows.items()} for key, rows in found.items()
    }
