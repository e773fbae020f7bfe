"""What does not go together: an officer who is away, or wanted at two places at once. Pure: rows in, sentences out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from casefile.diary.rows import ATTENDED, DiaryKind, DiaryRow, DiaryState
from casefile.record.dates import long_date

LASTS = timedelta(hours=2)
"""How long a meeting is taken to last: records say when one begins, never when it ends (house assumption)."""


@dataclass(frozen=True, slots=True)
class Away:
    """One absence of an officer, first and last day; the last None while nobody knows it."""

    officer_id: UUID
    from_on: date
    until_on: date | None

    def holds(self, day: date) -> bool:
        """Whether the officer is away that day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


def with_conflicts(
    rows: Sequence[DiaryRow], meetings: Iterable[DiaryRow], absences: Iterable[Away], today: date
) -> tuple[DiaryRow, ...]:
    """The rows, each saying in sentences what it does not go together with; what is past clashes with nothing.

    Args:
        rows: The dates shown.
        meetings: All meetings to come of the officers who stand in *rows*, shown or not.
        absences: When these officers are away.
        today: The day it is seen from.
    """
    away: Mapping[UUID, list[Away]] = defaultdict(list)
    for absence in absences:
        away[absence.officer_id].append(absence)
    by_day: Mapping[tuple[UUID, date], dict[str, DiaryRow]] = defaultdict(dict)
    for one in (*meetings, *rows):
        if _to_be_kept(one) and one.officer_id is not None:
            by_day[one.officer_id, one.on][one.key] = one
    return tuple(_told(one, away, by_day, today) for one in rows)


def _told(
    one: DiaryRow,
    away: Mapping[UUID, list[Away]],
    by_day: Mapping[tuple[UUID, date], dict[str, DiaryRow]],
    today: date,
) -> DiaryRow:
    if one.officer_id is None or one.on < today or one.kind is DiaryKind.ABSENCE:
        return one
    if one.state is DiaryState.HELD:
        return one
    found = [_absent(one, each) for each in away.get(one.officer_id, ()) if each.holds(one.on)]
    if _to_be_kept(one):
        others = by_day.get((one.officer_id, one.on), {})
        found += [words for key, other in others.items() if key != one.key and (words := _clash(one, other))]
    return replace(one, conflicts=tuple(dict.fromkeys(found))) if found else one


def _to_be_kept(one: DiaryRow) -> bool:
    """Whether somebody has to be somewhere at it."""
    return one.kind in ATTENDED and one.state.appointed


def _absent(one: DiaryRow, absence: Away) -> str:
    until = f"until {long_date(absence.until_on)}" if absence.until_on else "with no day of return known"
    does = "who is to attend," if _to_be_kept(one) else "who owes it,"
    return f"{one.officer}, {does} is away that day, {until}."


def _clash(one: DiaryRow, other: DiaryRow) -> str:
    what = f"{other.kind.label.lower()} {other.reference}".strip()
    if one.at is not None and other.at is not None:
        if abs(_moment(one.at) - _moment(other.at)) >= LASTS:
            return ""
        if one.at == other.at:
            return f"At the same time {one.officer} is wanted at: {what}."
        return f"{one.officer} is wanted at {other.at:%H:%M} too, less than two hours apart: {what}."
    return f"On the same day {one.officer} is wanted at: {what}; the times are not both known."


def _moment(at: time) -> datetime:
    return datetime.combine(date.min.replace(year=2000), at)
