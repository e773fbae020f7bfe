"""Reading alarms: of one file or of all, as of a day or between two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Date, bindparam, or_, select

from casefile.access.lean import Lean
from casefile.alarms.load import accepted_of, history_of
from casefile.alarms.model import Alarm
from casefile.alarms.replay import Accepted, Stood, as_of, between
from casefile.alarms.spell import counted
from casefile.errors import Invalid, Missing
from casefile.record.model import CaseFile
from casefile.store.base import Identity
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work


@dataclass(frozen=True, slots=True)
class AlarmRow:
    """One alarm as shown.

    Attributes:
        key: Of the alarm in the standard.
        about: What it is about; with the key it names the alarm to be accepted.
        told: The rank told by the day asked.
        goes_up_on: When the next rank is told; None if nobody else is, or it has been.
        ended_on: First day on which it stood no more; None while it lasts.
        because: Why, in a sentence, as of the day asked.
        brief: The same in a few words.
        means, ends: What the standard says it means, and what ends it.
        accepted: A supervisor's word that silences it, if there is one.
    """

    file_id: UUID
    reference: str
    key: str
    about: str
    title: str
    severity: str
    told: str
    goes_up_on: date | None
    began_on: date
    ended_on: date | None
    because: str
    brief: str
    means: str
    ends: str
    source: str
    entry_id: UUID | None
    accepted: Accepted | None = None


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def alarms_on(work: Work, as_of_day: date, file_id: UUID | None = None) -> tuple[AlarmRow, ...]:
    """Replay which alarms stood on a day, in one file or in all, by what police knew then."""
    found: list[AlarmRow] = []
    for one_file in _files(work, file_id):
        history = history_of(work, one_file)
        stood = as_of(history, work.standards, as_of_day, accepted_of(work, one_file))
        found += [
            _shown(one, history.reference, one_file, as_of_day) for one in stood if one.lasts_on(as_of_day)
        ]
    return tuple(found)


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def alarms_between(work: Work, first: date, last: date, file_id: UUID | None = None) -> tuple[AlarmRow, ...]:
    """Replay every alarm that stood on some day between two, with the days it began and ended."""
    if last < first:
        raise Invalid("The second day is before the first.", kept="Nothing was read.")
    found: list[AlarmRow] = []
    for one_file in _files(work, file_id):
        history = history_of(work, one_file)
        for one in between(history, work.standards, first, last, accepted_of(work, one_file)):
            day = min(last, one.ended_on or last)
            found.append(_shown(one, history.reference, one_file, day))
    return tuple(sorted(found, key=lambda one: (one.reference, one.began_on, one.key, one.about)))


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def alarms_now(work: Work, file_id: UUID) -> tuple[AlarmRow, ...]:
    """Read the alarms of a file that stand today, and those a supervisor has accepted for now."""
    _files(work, file_id)
    return standing_alarms(work, file_id)


_TODAY = bindparam("today", type_=Date())
STANDING = Lean(
    select(*(getattr(Alarm, one.key) for one in Alarm.__table__.c), CaseFile.reference)
    .join(CaseFile, CaseFile.id == Alarm.file_id)
    .where(
        Alarm.file_id == bindparam("file", type_=Identity()),
        or_(Alarm.ended_on.is_(None), Alarm.ended_on > _TODAY),
        or_(Alarm.began_on <= _TODAY, Alarm.accepted_until >= _TODAY),
    )
    .order_by(Alarm.gravity, Alarm.began_on, Alarm.alarm, Alarm.about)
)
"""The cached alarms of a file that stand on a day."""


def standing_alarms(work: Work, file_id: UUID) -> tuple[AlarmRow, ...]:
    """The cached alarms of a file that stand today, and those accepted for now; the gravest first."""
    today = work.today
    rows = STANDING.rows(work.session, file=file_id, today=today)
    words = accepted_of(work, file_id) if any(one.accepted_until for one in rows) else ()
    return tuple(cached(one, work, words) for one in rows)


def cached(row: Any, work: Work, words: tuple[Accepted, ...] = ()) -> AlarmRow:
    """A row of the cache as it reads today."""
    today = work.today
    standard = work.standards.alarms[row.alarm]
    up = row.goes_up_on is not None and row.goes_up_on <= today
    silent = row.accepted_until is not None and row.accepted_until >= today
    return AlarmRow(
        file_id=row.file_id,
        reference=row.reference,
        key=row.alarm,
        about=row.about,
        title=standard.title,
        severity=row.severity,
        told=row.then_told if up and row.then_told else row.told,
        goes_up_on=None if up else row.goes_up_on,
        began_on=row.began_on,
        ended_on=row.ended_on,
        because=counted(row.because, row.since, row.unit, today),
        brief=counted(row.brief, row.since, row.unit, today),
        means=standard.means,
        ends=standard.ends,
        source=standard.source,
        entry_id=row.entry_id,
        accepted=next(
            (one for one in reversed(words) if silent and (one.alarm, one.about) == (row.alarm, row.about)),
            None,
        ),
    )


def _files(work: Work, file_id: UUID | None) -> list[UUID]:
    """The files asked for, which the log will name."""
    wanted = select(CaseFile.id).order_by(CaseFile.reference)
    if file_id is not None:
        wanted = wanted.where(CaseFile.id == file_id)
    found = list(work.session.scalars(wanted))
    if file_id is not None and not found:
        raise Missing("There is no such file, or it is restricted and you are not one of its named readers.")
    work.about(files=found)
    return found


def _shown(one: Stood, reference: str, file_id: UUID, day: date) -> AlarmRow:
    return AlarmRow(
        file_id=file_id,
        reference=reference,
        key=one.alarm.key,
        about=one.spell.about,
        title=one.alarm.title,
        severity=one.alarm.severity,
        told=one.told(day),
        goes_up_on=one.goes_up_on,
        began_on=one.began_on,
        ended_on=one.ended_on,
        because=one.because(day),
        brief=counted(one.spell.brief, one.spell.since, one.spell.unit, day),
        means=one.alarm.means,
        ends=one.alarm.ends,
        source=one.alarm.source,
        entry_id=one.spell.entry_id,
        accepted=one.accepted,
    )
