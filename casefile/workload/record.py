"""Reading the staff record: who serves how, what they are accredited for, what is lacking, what stands against them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import select

from casefile.access.model import Officer
from casefile.access.queries import shown
from casefile.access.roles import ROLES
from casefile.access.staff import StaffConflict, StaffTerms
from casefile.access.staffing import Held, gaps, standing_conflicts
from casefile.errors import Missing, Refused
from casefile.record.dates import long_date
from casefile.record.model import CaseFile
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.unit import LONDON, Work
from casefile.workload.record_rows import AccreditationRow, ConflictRow, StaffRecord, StaffRow, TermsRow
from casefile.workload.staff import Staff, gap_words, sees_all, staff_on


@query(needs=Permission.READ_FILES, logs=Logged.ADMINISTRATION)
def staff(
    work: Work, *, team: str = "", only_gaps: bool = False, as_of: date | None = None
) -> tuple[StaffRow, ...]:
    """List the staff of a team or of all, with what they lack; one's own row for whoever supervises nobody."""
    return list_staff(work, team=team, only_gaps=only_gaps, as_of=as_of)


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def staff_record(work: Work, officer_id: UUID, *, as_of: date | None = None) -> StaffRecord:
    """Read the staff record of an officer: one's own, or as a supervisor anybody's."""
    if officer_id != work.actor.officer_id and not sees_all(work):
        raise Refused("You see your own staff record. A supervisor sees those of others.")
    day = as_of or work.today
    now = staff_on(work, day)
    if officer_id not in now.terms:
        raise Missing("There is no such officer.")
    own = officer_id == work.actor.officer_id
    keeps = work.actor.may(Permission.KEEP_STAFF)
    found = conflicts_on(work, day, [officer_id]) if own or keeps else ()
    work.about(files=[one.file_id for one in found if one.file_id])
    return StaffRecord(
        row=staff_row(work, now, officer_id, day),
        terms=tuple(_terms(work, officer_id, day)),
        accreditations=tuple(_accreditation(work, one, day) for one in now.held.get(officer_id, ())),
        conflicts=found,
        may_keep=keeps and not own,
        may_declare=own or keeps,
    )


def list_staff(
    work: Work, *, team: str = "", only_gaps: bool = False, as_of: date | None = None
) -> tuple[StaffRow, ...]:
    """The same inside work that is under way; paper reads it too."""
    day = as_of or work.today
    now = staff_on(work, day)
    rows = [staff_row(work, now, key, day) for key, one in now.terms.items() if one.role != "administrator"]
    if not sees_all(work):
        rows = [one for one in rows if one.officer_id == work.actor.officer_id]
    return tuple(
        one
        for one in sorted(rows, key=lambda one: (not one.team, one.team, one.officer))
        if (not team or one.team == team) and one.active and (not only_gaps or one.gaps)
    )


def staff_row(work: Work, now: Staff, officer_id: UUID, day: date) -> StaffRow:
    """One officer as the list of staff shows them."""
    one = now.terms[officer_id]
    found = gaps(one.role, now.held.get(officer_id, ()), work.standards.staff, day)
    posts = work.standards.codes("staff_post")
    return StaffRow(
        officer_id,
        one.shown,
        one.role,
        ROLES[one.role].title,
        one.team,
        one.number,
        posts.label(one.post) if one.post else "",
        one.fte,
        one.probation_until if one.on_probation(day) else None,
        one.areas,
        found,
        tuple(gap_words(work.standards, gap) for gap in found),
        one.active and officer_id not in now.gone,
        _away(work, now, officer_id, day),
    )


def conflicts_on(work: Work, day: date, officers: Iterable[UUID] | None = None) -> tuple[ConflictRow, ...]:
    """Conflicts of interest that stand on a day; one about a file that may not be read says only that there is one."""
    found = standing_conflicts(work.session, day, officers)
    files = {one.file_id for one in found if one.file_id}
    rows = work.session.execute(select(CaseFile.id, CaseFile.reference).where(CaseFile.id.in_(files)))
    named = {row[0]: row[1] for row in rows}
    names = {one.id: shown(one.name, one.role, one.number) for one in work.session.scalars(select(Officer))}
    return tuple(_conflict(one, named, names) for one in found)


def _conflict(one: StaffConflict, named: dict[UUID, str], names: dict[UUID, str]) -> ConflictRow:
    hidden = one.file_id is not None and one.file_id not in named
    return ConflictRow(
        one.id,
        one.officer_id,
        names[one.officer_id],
        None if hidden else one.file_id,
        named.get(one.file_id, "") if one.file_id else "",
        "" if hidden else one.words,
        one.from_on,
        names[one.recorded_by],
    )


def _terms(work: Work, officer_id: UUID, day: date) -> Iterable[TermsRow]:
    rows = work.session.execute(
        select(StaffTerms, Officer.name, Officer.role, Officer.number)
        .join(Officer, Officer.id == StaffTerms.recorded_by)
        .where(StaffTerms.officer_id == officer_id, StaffTerms.known_on <= day)
        .order_by(StaffTerms.from_on.desc(), StaffTerms.recorded_at.desc(), StaffTerms.id.desc())
    )
    for one, name, role, number in rows:
        by = "" if one.recorded_by == officer_id else shown(name, role, number)
        said = "; ".join(_said(work, one))
        yield TermsRow(one.from_on, said, one.note or "", by, one.recorded_at.astimezone(LONDON).date())


def _said(work: Work, one: StaffTerms) -> Iterable[str]:
    """What a row of terms changes, in words."""
    if one.role is not None:
        yield ROLES[one.role].title if one.role in ROLES else one.role
    if one.team is not None:
        yield one.team or "no team"
    if one.number is not None and one.number:
        yield f"number {one.number}"
    if one.fte is not None:
        yield "full time" if one.fte == 100 else f"{one.fte}% of full time"
    if one.probation_until is not None:
        ended = one.probation_until < one.from_on
        yield "probation ended" if ended else f"on probation until {long_date(one.probation_until)}"
    if one.post is not None:
        yield f"post: {work.standards.codes('staff_post').label(one.post)}" if one.post else "no post"
    if one.areas is not None:
        yield f"covers {', '.join(one.areas)}" if one.areas else "covers no area of their own"


def _accreditation(work: Work, one: Held, day: date) -> AccreditationRow:
    if one.stands_on(day):
        state = "stands"
    elif one.withdrawn_on is not None and one.withdrawn_on <= day:
        state = "withdrawn"
    else:
        state = "not yet" if one.granted_on > day else "expired"
    title = work.standards.codes("accreditation").label(one.kind)
    return AccreditationRow(
        one.id,
        one.kind,
        title,
        one.granted_on,
        one.expires_on,
        one.withdrawn_on,
        one.evidence,
        one.reason,
        state,
    )


def _away(work: Work, now: Staff, officer_id: UUID, day: date) -> str:
    for one in now.away.get(officer_id, ()):
        if one.from_on <= day <= (one.until_on or date.max):
            until = f" until {long_date(one.until_on)}" if one.until_on else ", no end known"
            return f"{work.standards.codes('absence_kind').label(one.why)}{until}"
    return ""
