"""Who answers for a file on a day: always exactly one officer, also while nobody has accepted it.

Its holder; while the holder is away so long that the standard asks for a hand-over, whoever an exception names; else
the supervisor, until somebody accepts; the supervisor away too, an inspector. (Domain section 6, acceptance.)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from casefile.access.model import Officer
from casefile.access.queries import shown
from casefile.alarms.away import Long
from casefile.handover.away import long_absences
from casefile.handover.reach import words_of
from casefile.handover.rows import Owner
from casefile.record.handing import Excepted, standing
from casefile.record.handover import HandoverFile
from casefile.record.people import Allocation
from casefile.work.pieces import in_pieces
from casefile.work.unit import Work

SENIOR = ("inspector", "commander", "sergeant", "referral_sergeant")
"""Roles that answer for a file whose supervisor is away too, in this order."""


@dataclass(frozen=True, slots=True)
class Staff:
    """Officers as the rule sees them on a day.

    Attributes:
        names, teams: By identity.
        seniors: Who may answer in the last resort, by rank and then by name.
        away: By officer, the days on which they count as away for long.
        never: Officers who may not sign in and of whom no record says since when.
    """

    names: Mapping[UUID, str]
    teams: Mapping[UUID, str]
    seniors: tuple[UUID, ...]
    away: Mapping[UUID, tuple[Long, ...]]
    never: frozenset[UUID]

    def there(self, officer_id: UUID | None, day: date) -> bool:
        """Whether an officer is there on a day to answer for a file."""
        if officer_id is None or officer_id in self.never:
            return False
        return not any(one.covers(day) for one in self.away.get(officer_id, ()))

    def name(self, officer_id: UUID | None) -> str:
        """An officer's name as shown; "" for none."""
        return self.names.get(officer_id, "") if officer_id else ""


@dataclass(frozen=True, slots=True)
class Held:
    """Who holds a file, and the exceptions made for them, as known on a day."""

    officer_id: UUID | None
    supervisor_id: UUID | None
    exceptions: tuple[tuple[UUID, Excepted], ...] = ()


def owner_of(held: Held, staff: Staff, day: date) -> Owner:
    """Who answers for a file on a day. Pure."""
    holder, supervisor = held.officer_id, held.supervisor_id
    if holder is not None and staff.there(holder, day):
        return _owner(holder, "holder", staff, f"{staff.name(holder)} holds the file.")
    away = f"{staff.name(holder)} is away" if holder else "Nobody is in charge of the file"
    for officer_id, one in reversed(held.exceptions):
        if officer_id == holder and one.stands_on(day) and staff.there(one.interim_id, day):
            who = staff.name(one.interim_id)
            return _owner(one.interim_id, "interim", staff, f"{away}; {who} looks after it by an exception.")
    if supervisor is not None and staff.there(supervisor, day):
        who = staff.name(supervisor)
        return _owner(
            supervisor, "supervisor", staff, f"{away}; {who}, supervisor, owns it until somebody accepts it."
        )
    for senior in _nearest(staff, (supervisor, holder)):
        if staff.there(senior, day):
            who = staff.name(senior)
            gone = f"{staff.name(supervisor)}, supervisor, too" if supervisor else "it has no supervisor"
            return _owner(senior, "inspector", staff, f"{away}, {gone}; {who} answers for it.")
    return Owner(None, "", "nobody", f"{away} and nobody is there to answer for it.")


def _owner(officer_id: UUID, why: str, staff: Staff, sentence: str) -> Owner:
    return Owner(officer_id, staff.name(officer_id), why, sentence)


def _nearest(staff: Staff, near: Iterable[UUID | None]) -> Sequence[UUID]:
    """Seniors of the team of whoever held the file first."""
    team = next((staff.teams.get(one, "") for one in near if one and staff.teams.get(one)), "")
    return sorted(staff.seniors, key=lambda one: staff.teams.get(one, "") != team)


def staff_on(work: Work, day: date) -> Staff:
    """The officers, with the absences known on a day."""
    rows = work.session.scalars(select(Officer).order_by(Officer.name, Officer.id)).all()
    away = long_absences(work, known_by=day)
    ever = long_absences(work)
    return Staff(
        names={one.id: shown(one.name, one.role, one.number) for one in rows},
        teams={one.id: one.team for one in rows},
        seniors=tuple(one.id for rank in SENIOR for one in rows if one.role == rank),
        away=away,
        never=frozenset(
            one.id
            for one in rows
            if not one.active and not any(long.until_on is None for long in ever.get(one.id, ()))
        ),
    )


def held_on(work: Work, file_ids: Iterable[UUID], day: date) -> dict[UUID, Held]:
    """Who holds each file, by what was known on a day."""
    wanted = list(dict.fromkeys(file_ids))
    holders: dict[UUID, dict[str, UUID | None]] = {one: {} for one in wanted}
    exceptions: dict[UUID, list[tuple[UUID, Excepted]]] = {one: [] for one in wanted}
    for some in in_pieces(wanted):
        for row in _allocations(work, some, day):
            over = row.until_on is not None and row.until_on < day
            holders[row.file_id][str(row.role)] = None if over else row.officer_id
        for item, one in _exceptions(work, some, day):
            exceptions[item.file_id].append((item.from_officer_id, one))
    return {
        one: Held(holders[one].get("officer"), holders[one].get("supervisor"), tuple(exceptions[one]))
        for one in wanted
    }


def owners(work: Work, file_ids: Iterable[UUID], day: date) -> dict[UUID, Owner]:
    """Who answers for each file on a day, by what was known then."""
    staff = staff_on(work, day)
    return {key: owner_of(held, staff, day) for key, held in held_on(work, file_ids, day).items()}


def _allocations(work: Work, files: Sequence[UUID], day: date) -> Iterable[Allocation]:
    """Rows of allocation that stand, as known on a day, oldest first."""
    rows = work.session.scalars(
        select(Allocation)
        .where(Allocation.file_id.in_(files), Allocation.known_on <= day)
        .order_by(Allocation.recorded_at, Allocation.id)
    ).all()
    replaced = {one.replaces_id for one in rows if one.replaces_id}
    return (one for one in rows if one.id not in replaced and not one.withdrawn)


def _exceptions(work: Work, files: Sequence[UUID], day: date) -> Iterable[tuple[HandoverFile, Excepted]]:
    items = work.session.scalars(
        select(HandoverFile).where(HandoverFile.file_id.in_(files), HandoverFile.role == "officer")
        .order_by(HandoverFile.id)
    ).all()  # fmt: skip
    words = words_of(work, [one.id for one in items])
    for item in items:
        exception = standing(words[item.id], day).exception
        if exception is not None:
            yield item, exception
