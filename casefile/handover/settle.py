"""What the supervisor does: sign a hand-over, or record why a file is not handed over and who looks after it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from casefile.access.model import Officer
from casefile.access.roles import ROLES
from casefile.access.visibility import unlimited
from casefile.alarms.refresh import refresh_file
from casefile.errors import Fault, Invalid, Refused
from casefile.handover.begin import close
from casefile.handover.items import item_rows
from casefile.handover.reach import UNCHANGED, hold, items_of, say, stands, still_open
from casefile.handover.receiver import Receivers
from casefile.record.dates import long_date
from casefile.record.handover import HandoverFile
from casefile.record.holding import open_task
from casefile.work.door import action
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

LONGEST = timedelta(days=92)
"""No exception lasts longer: then somebody looks again."""


@action(needs=Permission.SIGN_SUPERVISION, logs=Logged.ALTERATION)
def record_exception(
    work: Work,
    item_ids: Iterable[UUID],
    reason: str,
    *,
    approved_by: UUID,
    interim_id: UUID,
    until_on: date,
) -> None:
    """Record that files are not handed over until a day: why, who approved, and who looks after them meanwhile.

    Exceptional and appropriate circumstances only (report of June 2009, paragraph 43). It comes back when its day
    has passed.
    """
    items = items_of(work, item_ids)
    hold(work, items)
    faults = _exception_faults(work, reason, approved_by, until_on)
    for item in items:
        handover = still_open(work, item.handover_id)
        if stands(work, item).step.ended:
            faults.append(Fault("", "One of the files was accepted, or is to stay: it needs no exception."))
        elif item.from_officer_id == work.officer_id:
            faults.append(Fault("", "Nobody makes an exception for their own files: ask another supervisor."))
        elif work.session.get(Officer, interim_id) is None:
            faults.append(Fault("interim_id", "Name who looks after it meanwhile."))
        elif interim := Receivers(work, handover).against(item, interim_id):
            faults.append(Fault("interim_id", interim))
    if faults:
        raise Invalid(_once(faults), kept=UNCHANGED)
    for item in items:
        say(
            work,
            item,
            "excepted",
            reason,
            approved_by=approved_by,
            interim_id=interim_id,
            until_on=until_on,
        )
        words = f"Look after the file until {long_date(until_on)}: its hand-over is excepted"
        open_task(work, item.file_id, words, until_on, interim_id)
        work.session.flush()
        refresh_file(work, item.file_id, work.today)
    work.note(files=len(items))


@action(needs=Permission.SIGN_SUPERVISION, logs=Logged.ALTERATION)
def sign_handover(work: Work, handover_id: UUID, words: str = "") -> None:
    """Sign a hand-over: every file of it is accepted, excepted, or to stay.

    Raises:
        Refused: It is the signer's own.
        Invalid: Files are not settled; they are named.
    """
    handover = still_open(work, handover_id)
    if handover.officer_id == work.officer_id:
        raise Refused("Nobody signs their own hand-over: another supervisor does.")
    with unlimited(work.session):
        items = work.session.scalars(
            select(HandoverFile).where(HandoverFile.handover_id == handover_id)
        ).all()
        hold(work, items)
        rows = item_rows(work, items)
    waiting = [one for one in rows if not one.settled]
    if waiting:
        visible = set(
            work.session.scalars(select(HandoverFile.id).where(HandoverFile.handover_id == handover_id))
        )
        named = [f"{one.reference} ({one.state})" for one in waiting if one.id in visible][:5]
        more = len(waiting) - len(named)
        also = f" and {more} more" if named and more else f"{more} restricted files" if more else ""
        raise Invalid(
            f"Not every file is settled: {', '.join(named)}{also}.", kept="The hand-over is not signed."
        )
    close(work, handover, "signed", words)
    work.about(files=[one.file_id for one in items])


def _exception_faults(work: Work, reason: str, approved_by: UUID, until_on: date) -> list[Fault]:
    faults: list[Fault] = []
    if not reason.strip():
        faults.append(Fault("reason", "Say what is exceptional, and why that is appropriate."))
    if not work.today <= until_on <= work.today + LONGEST:
        faults.append(Fault("until_on", "Give a day from today up to three months ahead."))
    officer = work.session.get(Officer, approved_by)
    if officer is None or Permission.SIGN_SUPERVISION not in ROLES[officer.role].permissions:
        faults.append(Fault("approved_by", "Name the supervisor who approved it."))
    return faults


def _once(faults: list[Fault]) -> list[Fault]:
    return list(dict.fromkeys(faults))
