"""Officers on a day: terms, absences, accreditations, and who counts as a named person no more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casefile.access.roles import ROLES
from casefile.access.staffing import Gap, Held, Lack, Terms, accreditations_on, terms_on
from casefile.alarms.away import standing_away
from casefile.alarms.history import Away
from casefile.alarms.load import absences_of
from casefile.record.dates import long_date
from casefile.standards import Library
from casefile.work.names import Permission
from casefile.work.unit import Work
from casefile.workload.capacity import Serving, capacity
from casefile.workload.rows import Capacity

GONE = ("no_access", "left")
"""Kinds of absence after which nobody counts as a named person any more."""


def sees_all(work: Work) -> bool:
    """Whether this officer sees the workload of others."""
    return work.actor.may(Permission.ALLOCATE) or work.actor.may(Permission.READ_LOG)


@dataclass(frozen=True, slots=True)
class Staff:
    """Officers on a day, by identity.

    Attributes:
        terms: Terms of service.
        away: Absences that stand.
        held: Accreditations.
        gone: Who may not sign in any more, or has left: no named person.
    """

    terms: Mapping[UUID, Terms]
    away: Mapping[UUID, tuple[Away, ...]]
    held: Mapping[UUID, tuple[Held, ...]]
    gone: frozenset[UUID]

    def name(self, officer_id: UUID | None) -> str:
        """Name as shown; "" for none."""
        return self.terms[officer_id].shown if officer_id and officer_id in self.terms else ""

    def team(self, officer_id: UUID | None) -> str:
        """Their team; "" for none."""
        return self.terms[officer_id].team if officer_id and officer_id in self.terms else ""


def staff_on(work: Work, day: date) -> Staff:
    """Everybody on a day, by what was known then."""
    terms = terms_on(work.session, day)
    away: dict[UUID, list[Away]] = defaultdict(list)
    every = absences_of(work)
    for one in standing_away(each for each in every if each.known_on <= day):
        away[one.officer_id].append(one)
    gone = {
        key
        for key, rows in away.items()
        if any(one.why in GONE and one.from_on <= day <= (one.until_on or date.max) for one in rows)
    }
    said = {one.officer_id for one in every if one.why in GONE}
    gone |= {key for key, one in terms.items() if not one.active and key not in said}
    held = accreditations_on(work.session, day)
    return Staff(terms, {key: tuple(rows) for key, rows in away.items()}, held, frozenset(gone))


def capacity_of(work: Work, staff: Staff, officer_id: UUID, supervisees: int, day: date) -> Capacity:
    """What one officer can carry on a day."""
    one = staff.terms[officer_id]
    serving = Serving(
        one.role,
        ROLES[one.role].title,
        one.fte,
        one.probation_until,
        supervisees,
        staff.away.get(officer_id, ()),
    )
    return capacity(serving, work.standards.workload, day)


def gap_words(standards: Library, gap: Gap) -> str:
    """A gap in words: ``Researcher course: expired on 3 May 2026``."""
    name = standards.codes("accreditation").label(gap.kind)
    on = long_date(gap.on)
    words = {
        Lack.NEVER: "needed, never had",
        Lack.NOT_YET: f"not before {on}",
        Lack.EXPIRED: f"expired on {on}",
        Lack.WITHDRAWN: f"withdrawn on {on}",
        Lack.EXPIRES: f"expires on {on}",
    }
    return f"{name}: {words[gap.lack]}"
