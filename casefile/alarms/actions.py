"""What a supervisor says of an alarm: known, and left to stand until a day, and why."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from casefile.alarms.model import AlarmAcceptance
from casefile.alarms.queries import standing_alarms
from casefile.alarms.refresh import refresh_alarms, refresh_file
from casefile.errors import Fault, Invalid, Missing
from casefile.record.closed import taken_stale
from casefile.record.dates import NotADate, read_date
from casefile.work.door import action
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

LONGEST = timedelta(days=92)
"""No word lasts longer: then somebody looks again."""


@action(needs=Permission.SIGN_SUPERVISION, logs=Logged.ALTERATION)
def accept_alarm(
    work: Work, file_id: UUID, alarm: str, about: str, until_on: date | str, reason: str
) -> None:
    """Accept an alarm until a day (as typed will do), and why: silent until then, it comes back if still true."""
    found = next(
        (one for one in standing_alarms(work, file_id) if (one.key, one.about) == (alarm, about)), None
    )
    if found is None:
        raise Missing("That alarm does not stand any more.", kept="Nothing was changed.")
    faults: list[Fault] = []
    try:
        last = until_on if isinstance(until_on, date) else read_date(until_on)
    except NotADate as fault:
        raise Invalid([Fault("until_on", fault.sentence)], kept="The alarm stands.") from None
    if not reason.strip():
        faults.append(Fault("reason", "Say why it may stand."))
    if not work.today <= last <= work.today + LONGEST:
        faults.append(Fault("until_on", "Give a day from today up to three months ahead."))
    if work.standards.alarms[alarm].no_acceptance:
        faults.append(Fault("alarm", "The law sets this limit: only what happens to the child ends it."))
    if faults:
        raise Invalid(faults, kept="The alarm stands.")
    work.about(files=[file_id])
    work.note(alarm=alarm)
    work.session.add(
        AlarmAcceptance(
            file_id=file_id,
            alarm=alarm,
            about=about,
            from_on=work.today,
            until_on=last,
            reason=reason.strip(),
            recorded_at=work.now,
            recorded_by=work.officer_id,
        )
    )
    work.session.flush()
    refresh_alarms(work, file_id, work.today)


@action(needs=Permission.KEEP_FILES, logs=Logged.ALTERATION)
def catch_up(work: Work) -> None:
    """Bring files up to date that were changed by somebody who may not see them, as when their holder went away."""
    files = taken_stale(work.session)
    for done, file_id in enumerate(files):
        work.progress.step(done, len(files), "Working out what is owed")
        refresh_file(work, file_id)
    work.about(files=files)
