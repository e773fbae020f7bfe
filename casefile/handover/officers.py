"""Changing an officer: whoever may no longer sign in is away for good, and the files they hold hear of it at once."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from casefile.access.actions import alter_officer
from casefile.access.model import Absence, Officer
from casefile.handover.away import NO_ACCESS, refresh_held, standing_rows
from casefile.work.door import action
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work


@action(needs=Permission.ADMINISTER, logs=Logged.ADMINISTRATION)
def change_officer(work: Work, officer_id: UUID, *, role: str, number: str, team: str, active: bool) -> None:
    """Change an officer's role, number, team, or whether they may sign in at all."""
    officer = work.session.get(Officer, officer_id)
    was_active = officer is not None and officer.active
    alter_officer(work, officer_id, role=role, number=number, team=team, active=active)
    if active != was_active:
        _say(work, officer_id, active)
        refresh_held(work, officer_id)


def _say(work: Work, officer_id: UUID, active: bool) -> None:
    """Record the absence of whoever lost the right to sign in, or its end: so a past day is replayed as it was."""
    held = [one for one in standing_rows(work, officer_id) if one.kind == NO_ACCESS and one.until_on is None]
    if not active and not held:
        work.session.add(_row(work, officer_id))
    for one in held if active else ():
        over = work.today - timedelta(days=1)
        row = _row(work, officer_id)
        row.from_on, row.replaces_id = one.from_on, one.id
        row.until_on, row.withdrawn = (None, True) if over < one.from_on else (over, False)
        work.session.add(row)
    work.session.flush()


def _row(work: Work, officer_id: UUID) -> Absence:
    return Absence(
        officer_id=officer_id,
        from_on=work.today,
        until_on=None,
        known_on=work.today,
        kind=NO_ACCESS,
        note=None,
        planned=False,
        withdrawn=False,
        replaces_id=None,
        recorded_at=work.now,
        recorded_by=work.officer_id,
    )
