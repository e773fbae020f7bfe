"""After a write: the file's tasks, cached columns and alarms brought up to date. The one refresh every write calls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, select

from casefile.access.lean import Lean
from casefile.alarms.history import History
from casefile.alarms.load import ACCEPTED, EXCEPTED, accepted_of, history_of
from casefile.alarms.model import Alarm
from casefile.alarms.replay import Before, Stood, as_of
from casefile.sections.refresh import asked_of_record, case_row, keep_columns
from casefile.sections.refresh import refresh_file as refresh_record
from casefile.store.base import Identity
from casefile.store.lean import Put, ahead
from casefile.work.ids import derived_id
from casefile.work.names import Kind
from casefile.work.pieces import in_pieces
from casefile.work.unit import Work

GRAVITY = {"danger": 0, "late": 1, "watch": 2}
RISK_ORDER = {"medium": 1, "standard": 2}
"""Where a file stands by risk; one that nobody has assessed stands with those at high risk."""
_TABLE: Any = Alarm.__table__
_KEEP = Put(_TABLE)
_HELD = Lean(
    select(*(getattr(Alarm, one.key) for one in Alarm.__table__.c)).where(
        Alarm.file_id == bindparam("file", type_=Identity())
    )
)


def refresh_file(work: Work, file_id: UUID, learnt_on: date | None = None) -> None:
    """Derive the file's tasks, cached columns and alarms anew.

    Args:
        learnt_on: The earliest day on which what was written was known: the days before are not replayed.
            None looks at all of them.
    """
    derived = refresh_record(work, file_id)
    with ahead(work.session, EXCEPTED, _HELD, ACCEPTED, file=file_id):
        history = history_of(
            work,
            file_id,
            facts=derived.entries,
            said=derived.said,
            people=derived.people,
            holders=derived.holders,
            tasks=derived.tasks,
            case=derived.case,
        )
        front = _derived(work, history, derived.columns, learnt_on)
    keep_columns(work, derived.case, {**derived.columns, **front})


def refresh_alarms(work: Work, file_id: UUID, learnt_on: date) -> None:
    """Derive the file's alarms anew after a word on one of them, which changes nothing that is owed.

    Args:
        learnt_on: The day of the word.
    """
    asked = (*asked_of_record(), EXCEPTED, _HELD, ACCEPTED)
    with ahead(work.session, *asked, file=file_id, as_of=date.max):
        case = case_row(work, file_id)
        front = _derived(work, history_of(work, file_id, case=case), case._asdict(), learnt_on)
    keep_columns(work, case, front)
    work.touch(Kind.CASE_FILE, file_id)


def _derived(
    work: Work, history: History, columns: Mapping[str, Any], learnt_on: date | None
) -> dict[str, date | int | None]:
    """Keep the alarms that follow from a history; gives what they say in the file's own row beside its *columns*."""
    held = _HELD.rows(work.session, file=history.file_id)
    accepted = accepted_of(work, history.file_id)
    before = None
    if learnt_on is not None:
        stood = (one for one in held if one.accepted_until is None)
        before = Before.of(learnt_on, (((one.alarm, one.about), one.began_on, one.ended_on) for one in stood))
    found = as_of(history, work.standards, work.today, accepted, before)
    _keep(work, history.file_id, found, {one.id: one._asdict() for one in held})
    work.touch(Kind.ALARM, history.file_id)
    return _front(found, columns)


def _keep(work: Work, file_id: UUID, found: tuple[Stood, ...], held: Mapping[UUID, dict[str, Any]]) -> None:
    """Keep what stands in place of what is *held*; what stands as it stood is left alone."""
    rows = {row["id"]: row for row in (_row(file_id, one) for one in found)}
    gone = [one for one, row in held.items() if rows.get(one) != row]
    for some in in_pieces(gone):
        work.session.execute(delete(_TABLE).where(_TABLE.c.id.in_(some)))
    _KEEP.rows(work.session, [row for one, row in rows.items() if held.get(one) != row])


def _front(found: tuple[Stood, ...], columns: Mapping[str, Any]) -> dict[str, date | int | None]:
    """From when the file stands in whose queue and where, for lists of 100,000 files, and until when that is so."""
    danger, late = (
        _first(one.began_on for one in found if one.alarm.severity == gravity)
        for gravity in ("danger", "late")
    )
    return {
        "danger_on": danger,
        "late_on": late,
        "inspector_on": _first((*(_reaches(one, "inspector") for one in found), columns["inspection_due"])),
        "superintendent_on": _first(_reaches(one, "superintendent") for one in found),
        "waits_from": _first((danger, late, columns["review_due"])),
        "risk_order": RISK_ORDER.get(columns["risk_level"], 0),
        "turns_on": _first(one.ended_on for one in found),
    }


def _first(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _reaches(one: Stood, rank: str) -> date | None:
    """From when a rank is told of an alarm."""
    if one.alarm.told == rank:
        return one.began_on
    return one.goes_up_on if one.alarm.then_told == rank else None


def _row(file_id: UUID, one: Stood) -> dict[str, Any]:
    return {
        "id": derived_id(file_id, one.alarm.key, one.spell.about, one.began_on),
        "file_id": file_id,
        "alarm": one.alarm.key,
        "about": one.spell.about,
        "severity": one.alarm.severity,
        "gravity": GRAVITY[one.alarm.severity],
        "told": one.alarm.told,
        "began_on": one.began_on,
        "ended_on": one.ended_on,
        "goes_up_on": one.goes_up_on,
        "then_told": one.alarm.then_told,
        "because": one.spell.because,
        "brief": one.spell.brief,
        "since": one.spell.since,
        "unit": one.spell.unit,
        "entry_id": one.spell.entry_id,
        "accepted_until": one.accepted.until_on
        if one.accepted and one.accepted.until_on < one.began_on
        else None,
    }
