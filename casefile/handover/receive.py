"""Receiving: reading, asking back, refusing, accepting. At acceptance the file and its tasks move, and not before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casefile.access.model import Officer
from casefile.access.queries import shown
from casefile.alarms.refresh import refresh_file
from casefile.errors import Conflict, Fault, Invalid, Refused
from casefile.handover.reach import (
    UNCHANGED,
    giver_only,
    handover_of,
    hold,
    items_of,
    say,
    stands,
    still_open,
    words_of,
)
from casefile.handover.receiver import Receivers
from casefile.handover.sending import no_longer_given
from casefile.record.handing import Stands, Step, standing
from casefile.record.handover import HandoverFile
from casefile.record.holding import give, give_task, open_task
from casefile.record.model import CaseFile, Task
from casefile.standards import add_working_days
from casefile.work.door import action
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

CHECKLIST = "checklist"
"""What the receiver must have opened before accepting."""
TELL_WITHIN = 2
"""Working days in which partners are told that another officer holds the file. (Our reading.)"""


@action(needs=Permission.KEEP_FILES, logs=Logged.CONSULTATION)
def note_opened(work: Work, item_id: UUID, what: str = CHECKLIST) -> bool:
    """Record that the receiver has opened the checklist, the file or one of its dividers; once for each.

    Returns:
        Whether it was recorded: nothing is, for anybody but the receiver or after they answered.
    """
    (item,) = items_of(work, [item_id])
    hold(work, [item])
    now = stands(work, item)
    mine = now.step.waits_for_receiver and now.receiver_id == work.actor.officer_id
    if not mine or what in now.opened:
        return False
    if what not in (CHECKLIST, "file"):
        work.standards.divider(what)
    say(work, item, "opened", what)
    return True


@action(needs=Permission.KEEP_FILES, logs=Logged.COLLECTION)
def ask_back(work: Work, item_id: UUID, question: str) -> None:
    """Ask whoever gives a file away before accepting it; it stays where it is meanwhile."""
    item, _ = _waiting(work, item_id)
    if not question.strip():
        raise Invalid([Fault("question", "Write the question.")], kept=UNCHANGED)
    say(work, item, "asked", question)


@action(needs=Permission.KEEP_FILES, logs=Logged.COLLECTION)
def answer_question(work: Work, item_id: UUID, answer: str) -> None:
    """Answer the receiver's question; whoever gives the file away does, or a supervisor."""
    (item,) = items_of(work, [item_id])
    hold(work, [item])
    giver_only(work, [item])
    still_open(work, item.handover_id)
    if stands(work, item).step is not Step.ASKED:
        raise Conflict("There is no open question about it any more.")
    if not answer.strip():
        raise Invalid([Fault("answer", "Write the answer.")], kept=UNCHANGED)
    say(work, item, "answered", answer)


@action(needs=Permission.KEEP_FILES, logs=Logged.ALTERATION)
def refuse(work: Work, item_id: UUID, reason: str) -> None:
    """Refuse a file, and say why; it goes back to whoever gives it away, and the supervisor sees it."""
    item, _ = _waiting(work, item_id)
    if not reason.strip():
        raise Invalid([Fault("reason", "Say why you cannot take it.")], kept=UNCHANGED)
    say(work, item, "refused", reason)


@action(needs=Permission.KEEP_FILES, logs=Logged.ALTERATION)
def accept(work: Work, item_ids: Iterable[UUID]) -> int:
    """Accept files: from now on they are the receiver's, with the giver's tasks in them; all of them or none.

    Partners to be told, and promises, become tasks of the receiver.

    Raises:
        Conflict: One was taken back, or answered already.
        Invalid: A checklist was not opened, or something stands against the receiver or the file.
        Refused: One was sent to somebody else.
    """
    items = items_of(work, item_ids)
    hold(work, items)
    faults: list[Fault] = []
    for item in items:
        now = _mine(work, item)
        case = work.session.scalars(select(CaseFile).where(CaseFile.id == item.file_id)).one()
        receivers = Receivers(work, handover_of(work, item.handover_id))
        found = no_longer_given(case, item) or receivers.against(item, work.officer_id)
        if found is None and CHECKLIST not in now.opened:
            found = "open its checklist before you accept it."
        faults += [Fault(str(item.id), f"{case.reference}: {found}")] if found else []
    if faults:
        raise Invalid(faults, kept="Nothing was accepted.")
    for place, item in enumerate(items):
        work.progress.step(place, len(items), "Taking files over")
        _take(work, item)
    work.note(files=len(items))
    return len(items)


def _take(work: Work, item: HandoverFile) -> None:
    """Move one file to the acting officer."""
    handover, me = handover_of(work, item.handover_id), work.officer_id
    sent = standing(words_of(work, [item.id], with_checklists=True)[item.id], work.today).sent
    say(work, item, "accepted", receiver_id=me)
    if item.role != "tasks":
        give(work, item.file_id, item.role, me, work.today)
    owed = work.session.scalars(
        select(Task.id)
        .where(Task.file_id == item.file_id, Task.officer_id == item.from_officer_id, Task.state == "due")
        .order_by(Task.id)
    ).all()
    for task_id in owed:
        give_task(work, item.file_id, task_id, me, f"Handed over, {handover.reference}")
    values: dict[str, Any] = (sent.checklist or {}).get("values", {}) if sent else {}
    giver = _name(work, item.from_officer_id)
    for row in values.get("tell", ()):
        title = f"Tell {row['whom']} that {work.actor.name} has taken over from {giver}"
        open_task(work, item.file_id, title, add_working_days(work.today, TELL_WITHIN), me)
    for row in values.get("promises", ()):
        by = date.fromisoformat(row["by_on"]) if row.get("by_on") else None
        open_task(work, item.file_id, f"Promised to {row['who']}: {row['what']}", by, me)
        if row.get("told_by"):
            change = f"See that {row['who']} hears of the change of officer ({row['told_by']} tells them)"
            open_task(work, item.file_id, change, add_working_days(work.today, TELL_WITHIN), me)
    work.session.flush()
    refresh_file(work, item.file_id, work.today)


def _waiting(work: Work, item_id: UUID) -> tuple[HandoverFile, Stands]:
    (item,) = items_of(work, [item_id])
    hold(work, [item])
    return item, _mine(work, item)


def _mine(work: Work, item: HandoverFile) -> Stands:
    """How it stands, if it waits for the acting officer."""
    now = stands(work, item)
    if now.step is Step.DRAFTED:
        raise Refused("It was not sent to anybody yet.")
    if now.receiver_id != work.actor.officer_id:
        raise Refused("It was sent to another officer: only they answer for it.")
    still_open(work, item.handover_id)
    if not now.step.waits_for_receiver:
        what = {
            Step.WITHDRAWN: "was taken back just before",
            Step.ACCEPTED: "was accepted already",
            Step.REFUSED: "was refused already",
        }.get(now.step, "is no longer to be answered")
        raise Conflict(f"The file {what}. Nothing of it has moved.")
    return now


def _name(work: Work, officer_id: UUID) -> str:
    officer = work.session.get_one(Officer, officer_id)
    return shown(officer.name, officer.role, officer.number)
