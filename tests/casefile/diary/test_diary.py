"""The diary: what stands in it for an officer, a file and a team, and what does not go together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any
from uuid import UUID

import pytest

from casefile.audit.queries import log_page
from casefile.desk import Desk
from casefile.diary.queries import diary, month_of, teams, week_of
from casefile.diary.rows import Diary, DiaryKind, DiaryRow, DiaryState, Wanted
from casefile.errors import Invalid, Missing
from casefile.files.actions.drafts import start_draft
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import allocate, open_file
from casefile.files.actions.restrict import restrict_file
from casefile.files.actions.tasks import add_task
from casefile.handover.absence import record_absence
from tests.conftest import Clock, officer_of

NOVEMBER = Wanted(date(2026, 11, 1), date(2026, 11, 30))
"""The tests' moment is Monday, 2 November 2026, half past nine."""


@pytest.fixture
def sergeant(sign_in: Callable[[str], Desk]) -> Desk:
    return sign_in("Okafor")


@pytest.fixture
def constable(sign_in: Callable[[str], Desk]) -> Desk:
    return sign_in("Marsh")


@pytest.fixture
def opened(desk: Desk, sergeant: Desk, constable: Desk) -> Callable[[str], UUID]:
    """Opens a file that the constable holds and the sergeant supervises."""

    def make(reference: str) -> UUID:
        file_id = desk.do(open_file, reference).result
        sergeant.do(allocate, file_id, "officer", officer_of(constable))
        sergeant.do(allocate, file_id, "supervisor", officer_of(sergeant))
        return file_id

    return make


def conference(desk: Desk, file_id: UUID, on: str = "2026-10-20", **more: Any) -> UUID:
    told = {"happened_on": on, "known_on": on, "kind": "initial", "outcome": "nfa", **more}
    return desk.do(record_entry, file_id, "conference", told).result.thread_id


def core_group(desk: Desk, file_id: UUID, on: str = "2026-10-20", **more: Any) -> UUID:
    told = {"happened_on": on, "known_on": on, **more}
    return desk.do(record_entry, file_id, "core_group", told).result.thread_id


def of(found: Diary, kind: DiaryKind) -> list[DiaryRow]:
    return [one for one in found.rows if one.kind is kind]


def said(found: Diary) -> list[tuple[str, str, str]]:
    return [(one.kind.value, one.state.value, one.on.isoformat()) for one in found.rows]


def test_what_happened_what_is_fixed_and_what_is_owed_stand_on_their_days(
    desk: Desk, constable: Desk, opened: Callable[[str], UUID]
) -> None:
    file_id = opened("D-1")
    thread = conference(
        desk, file_id, "2026-11-02", happened_at="09:00", next_on="2026-11-20", next_at="10:30"
    )
    seen = {"happened_on": "2026-11-02", "known_on": "2026-11-02", "child_seen": "alone", "note": "Well."}
    desk.do(record_entry, file_id, "contact", {**seen, "kind": "visit_joint", "by_whom": "DC Marsh"})
    desk.do(record_entry, file_id, "contact", {**seen, "kind": "telephone", "by_whom": "DC Marsh"})
    constable.do(add_task, file_id, "Return the exhibits", date(2026, 11, 5))
    found = constable.read(diary, NOVEMBER)
    held, fixed = of(found, DiaryKind.CONFERENCE)
    assert (held.state, held.at, held.thread_id) == (DiaryState.HELD, time(9), thread)
    assert (fixed.state, fixed.on, fixed.at) == (DiaryState.FIXED, date(2026, 11, 20), time(10, 30))
    assert (fixed.reference, fixed.officer, fixed.thread_id) == ("D-1", "DC 102 Marsh", thread)
    assert len(of(found, DiaryKind.VISIT)) == 1
    assert [one.title for one in of(found, DiaryKind.TASK) if one.on == date(2026, 11, 5)] == [
        "Return the exhibits"
    ]
    assert [one.on for one in found.rows] == sorted(one.on for one in found.rows)


def test_a_later_record_takes_the_place_of_what_was_fixed_and_a_held_one_of_its_limit(
    desk: Desk, constable: Desk, opened: Callable[[str], UUID]
) -> None:
    file_id = opened("D-1")
    core_group(desk, file_id, "2026-10-12", next_on="2026-11-10")
    assert ("core_group", "fixed", "2026-11-10") in said(constable.read(diary, NOVEMBER))
    core_group(desk, file_id, "2026-10-30", next_on="2026-11-24", next_at="14:00")
    found = [one.on for one in of(constable.read(diary, NOVEMBER), DiaryKind.CORE_GROUP)]
    assert found == [date(2026, 11, 24)], "one row for the meeting, though it is owed on the same day too"


def test_what_was_fixed_and_never_recorded_is_late(
    desk: Desk, constable: Desk, opened: Callable[[str], UUID], clock: Clock
) -> None:
    core_group(desk, opened("D-1"), "2026-10-12", next_on="2026-11-03")
    clock.forward(days=7)
    (one,) = of(constable.read(diary, NOVEMBER), DiaryKind.CORE_GROUP)
    assert one.state is DiaryState.LATE


FIXES: tuple[tuple[str, dict[str, Any], DiaryKind, int], ...] = (
    (
        "bail",
        {
            "suspect": "R",
            "kind": "pre_charge",
            "authorised_by": "custody_officer",
            "safety": "Lives elsewhere.",
        }
        | {"expires_on": "2026-11-18"},
        DiaryKind.BAIL,
        18,
    ),
    (
        "bail",
        {"suspect": "R", "kind": "charge", "expires_on": "2026-11-19", "safety": "x"},
        DiaryKind.BAIL,
        19,
    ),
    (
        "legal",
        {"next_hearing_on": "2026-11-12", "next_hearing_at": "10:00", "detail": "x"},
        DiaryKind.COURT,
        12,
    ),
    ("legal", {"court_order": "epo", "until_on": "2026-11-09", "detail": "x"}, DiaryKind.COURT, 9),
    (
        "strategy",
        {"mode": "video", "outcome": "s47", "s47_kind": "joint", "conference_on": "2026-11-17"},
        DiaryKind.CONFERENCE,
        17,
    ),
)


def test_each_record_puts_its_date_into_the_diary_once(
    desk: Desk, constable: Desk, opened: Callable[[str], UUID]
) -> None:
    day = {"happened_on": "2026-11-01", "known_on": "2026-11-01"}
    for number, (record, values, _, _) in enumerate(FIXES):
        desk.do(record_entry, opened(f"D-{number}"), record, {**day, **values})
    found = constable.read(diary, NOVEMBER)
    for number, (_, _, kind, on) in enumerate(FIXES):
        rows = [one for one in of(found, kind) if one.reference == f"D-{number}" and one.on.day == on]
        assert len(rows) == 1, (number, rows)
        assert rows[0].state in (DiaryState.FIXED, DiaryState.DUE)


def test_bail_that_ended_and_a_file_that_closed_are_no_longer_in_it(
    desk: Desk, constable: Desk, opened: Callable[[str], UUID]
) -> None:
    told = {
        "happened_on": "2026-11-01",
        "known_on": "2026-11-01",
        "suspect": "R",
        "kind": "charge",
        "safety": "x",
    }
    ended = {"expires_on": "2026-11-19", "ended_how": "charged", "ended_on": "2026-11-02"}
    desk.do(record_entry, opened("D-1"), "bail", {**told, **ended})
    assert of(constable.read(diary, NOVEMBER), DiaryKind.BAIL) == []


def test_a_file_and_a_team_have_a_diary_and_so_has_the_supervisor(
    desk: Desk, sergeant: Desk, constable: Desk, opened: Callable[[str], UUID], sign_in: Callable[[str], Desk]
) -> None:
    one, other = opened("D-1"), opened("D-2")
    for file_id in (one, other):
        conference(desk, file_id, next_on="2026-11-20")
    whole = {"D-1", "D-2"}
    assert {row.reference for row in sergeant.read(diary, NOVEMBER).rows} == whole
    assert {
        row.reference for row in desk.read(diary, Wanted(NOVEMBER.from_on, NOVEMBER.until_on)).rows
    } == set()
    of_file = Wanted(NOVEMBER.from_on, NOVEMBER.until_on, "file", one)
    found = desk.read(diary, of_file)
    assert (found.title, {row.reference for row in found.rows}) == ("D-1", {"D-1"})
    of_team = Wanted(NOVEMBER.from_on, NOVEMBER.until_on, "team")
    assert {row.reference for row in desk.read(diary, of_team).rows} == whole
    assert desk.read(teams) == ("North",)
    south = Wanted(NOVEMBER.from_on, NOVEMBER.until_on, "team", team="South")
    assert desk.read(diary, south).rows == ()


def test_a_restricted_file_is_in_nobodys_diary_but_its_readers(
    desk: Desk, sergeant: Desk, constable: Desk, opened: Callable[[str], UUID]
) -> None:
    hidden, clashes = opened("D-1"), opened("D-2")
    conference(desk, hidden, next_on="2026-11-20", next_at="10:00")
    conference(desk, clashes, next_on="2026-11-20", next_at="10:00")
    sergeant.do(restrict_file, hidden, (officer_of(sergeant),), "A member of staff is the subject.")
    found = constable.read(diary, NOVEMBER)
    assert {one.reference for one in found.rows if one.file_id} == {"D-2"}
    assert "D-1" not in " ".join(words for one in found.rows for words in one.conflicts)
    assert {"D-1", "D-2"} <= {one.reference for one in sergeant.read(diary, NOVEMBER).rows}
    with pytest.raises(Missing):
        constable.read(diary, Wanted(NOVEMBER.from_on, NOVEMBER.until_on, "file", hidden))


def test_two_at_the_same_time_and_one_whose_attendee_is_away_are_said_in_words(
    desk: Desk, sergeant: Desk, constable: Desk, opened: Callable[[str], UUID]
) -> None:
    one, other, third, fourth = (opened(f"D-{number}") for number in range(1, 5))
    conference(desk, one, next_on="2026-11-20", next_at="10:00")
    core_group(desk, other, next_on="2026-11-20", next_at="11:00")
    core_group(desk, third, next_on="2026-11-20", next_at="15:00")
    core_group(desk, fourth, next_on="2026-11-25")
    sergeant.do(
        record_absence, officer_of(constable), date(2026, 11, 23), date(2026, 11, 27), "sickness", "Flu."
    )
    found = constable.read(diary, NOVEMBER)
    by_file = {row.reference: row for row in found.rows if row.state is DiaryState.FIXED}
    assert by_file["D-1"].conflicts == (
        "DC 102 Marsh is wanted at 11:00 too, less than two hours apart: core group D-2.",
    )
    assert by_file["D-2"].conflicts == (
        "DC 102 Marsh is wanted at 10:00 too, less than two hours apart: conference D-1.",
    )
    assert by_file["D-3"].conflicts == ()
    assert by_file["D-4"].conflicts == (
        "DC 102 Marsh, who is to attend, is away that day, until 27 November 2026.",
    )
    alone = desk.read(diary, Wanted(NOVEMBER.from_on, NOVEMBER.until_on, "file", one))
    assert [row.conflicts for row in alone.rows if row.state is DiaryState.FIXED] == [
        by_file["D-1"].conflicts
    ]
    assert found.conflicts == 3


def test_why_somebody_is_away_is_told_to_them_and_to_who_allocates_only(
    desk: Desk, sergeant: Desk, constable: Desk
) -> None:
    away = officer_of(constable), date(2026, 11, 23), None, "sickness", "Flu."
    sergeant.do(record_absence, *away)
    team = Wanted(NOVEMBER.from_on, NOVEMBER.until_on, "team")
    (mine,) = of(constable.read(diary, NOVEMBER), DiaryKind.ABSENCE)
    assert (mine.on, mine.until, mine.title) == (
        date(2026, 11, 23),
        date(2026, 11, 30),
        "DC 102 Marsh is away: sickness",
    )
    assert [one.title for one in of(sergeant.read(diary, team), DiaryKind.ABSENCE)] == [mine.title]
    assert [one.title for one in of(desk.read(diary, team), DiaryKind.ABSENCE)] == ["DC 102 Marsh is away"]


def test_an_absence_put_right_stands_once(sergeant: Desk, constable: Desk) -> None:
    me = officer_of(constable)
    first = sergeant.do(record_absence, me, date(2026, 11, 9), date(2026, 11, 13), "course").result
    sergeant.do(record_absence, me, date(2026, 11, 10), date(2026, 11, 13), "course", replaces_id=first)
    assert [one.on for one in of(constable.read(diary, NOVEMBER), DiaryKind.ABSENCE)] == [date(2026, 11, 10)]


def test_ones_own_form_of_a_meeting_to_come_stands_in_it_and_nobody_elses(
    desk: Desk, constable: Desk, opened: Callable[[str], UUID]
) -> None:
    file_id = opened("D-1")
    values = {"happened_on": "20 November 2026", "happened_at": "10am"}
    draft = constable.do(start_draft, file_id, "conference", values=values).result
    (one,) = of(constable.read(diary, NOVEMBER), DiaryKind.CONFERENCE)
    assert (one.draft_id, one.state, one.on, one.at) == (
        draft.id,
        DiaryState.DRAFT,
        date(2026, 11, 20),
        time(10),
    )
    of_file = Wanted(NOVEMBER.from_on, NOVEMBER.until_on, "file", file_id)
    assert of(desk.read(diary, of_file), DiaryKind.CONFERENCE) == []


def test_only_the_kinds_asked_for(desk: Desk, constable: Desk, opened: Callable[[str], UUID]) -> None:
    conference(desk, opened("D-1"), next_on="2026-11-20")
    wanted = Wanted(NOVEMBER.from_on, NOVEMBER.until_on, kinds=frozenset({DiaryKind.COURT}))
    assert constable.read(diary, wanted).rows == ()


def test_days_that_make_no_diary_are_refused(desk: Desk) -> None:
    for days in ((date(2026, 11, 2), date(2026, 11, 1)), (date(2026, 1, 1), date(2028, 1, 1))):
        with pytest.raises(Invalid):
            desk.read(diary, Wanted(*days))
    assert desk.read(diary, NOVEMBER).conflicts == 0


def test_reading_a_diary_names_its_files_in_the_log(
    desk: Desk, constable: Desk, opened: Callable[[str], UUID], sign_in: Callable[[str], Desk]
) -> None:
    file_id = opened("D-1")
    conference(desk, file_id, next_on="2026-11-20")
    constable.read(diary, NOVEMBER)
    last = sign_in("Penrose").read(log_page)
    row = next(one for one in last if one.act == "diary.diary")
    assert (row.category, row.officer) == ("consultation", "DC 102 Marsh")
    assert file_id in row.files


@pytest.mark.parametrize(
    ("day", "month", "week"),
    [
        (date(2026, 11, 2), (date(2026, 10, 26), date(2026, 12, 6)), (date(2026, 11, 2), date(2026, 11, 8))),
        (date(2027, 2, 14), (date(2027, 2, 1), date(2027, 2, 28)), (date(2027, 2, 8), date(2027, 2, 14))),
        (date(2028, 2, 29), (date(2028, 1, 31), date(2028, 3, 5)), (date(2028, 2, 28), date(2028, 3, 5))),
    ],
)
def test_months_and_weeks_begin_on_monday(
    day: date, month: tuple[date, date], week: tuple[date, date]
) -> None:
    assert month_of(day) == month
    assert week_of(day) == week
