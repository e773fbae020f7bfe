"""How a file was supervised: reviews with their lateness, directions, challenges, returned work, alarms; on both stores."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from casefile.alarms.actions import accept_alarm
from casefile.alarms.queries import alarms_now
from casefile.desk import Desk
from casefile.errors import Invalid, Missing
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import open_file
from casefile.files.actions.restrict import restrict_file
from casefile.files.actions.tasks import mark_done
from casefile.files.queries.docket import owed_on
from casefile.paper.supervision import preview_supervision, print_supervision
from casefile.supervision.history import supervision_history
from casefile.supervision.remarks import answer_return, return_entry
from tests.casefile.supervision.test_challenges import challenge, stage, words
from tests.conftest import officer_of

At = Callable[[str], Desk]


def note(desk: Desk, file_id: UUID, day: str, next_by: str, **more: Any) -> None:
    values = {
        "happened_on": day, "known_on": day, "kind": "scheduled", "supervisor": "DS Okafor", "rank": "ds",
        "risk_right": True, "note": f"Looked at on {day}.", "review_on": next_by, **more,
    }  # fmt: skip
    desk.do(record_entry, file_id, "supervision", values)


@pytest.fixture
def desk(sign_in: At) -> Desk:
    return sign_in("Okafor")


@pytest.fixture
def file_id(desk: Desk, sign_in: At) -> UUID:
    """A file with two reviews, the second late, two directions, a challenge, returned work. Today is 2 November 2026."""
    made = desk.do(open_file, "F-1").result
    contact = sign_in("Marsh").do(
        record_entry, made, "contact",
        {"happened_on": "2026-09-01", "known_on": "2026-09-01", "kind": "visit_unannounced", "by_whom": "Marsh",
         "child_seen": "with_others", "note": "All well."},
    ).result  # fmt: skip
    directions = [
        {"what": "Go to the door", "owed_by": "police", "owner": "DC Marsh", "due_on": "2026-09-07"},
        {"what": "Ring the school", "owed_by": "police", "due_on": "2026-10-30"},
    ]
    note(desk, made, "2026-09-02", "2026-09-30", directions=directions, safety="Not seen since August.")
    task = next(one for one in desk.read(owed_on, made, date(2026, 9, 9)) if one.title == "Go to the door")
    desk.do(mark_done, made, task.id, date(2026, 9, 9), "Seen at the door.")
    note(desk, made, "2026-10-03", "2026-10-31", risk_right=False, risk_why="The man is back.")
    challenge(desk, made, "2026-10-05", stage(1, "2026-10-05"))
    returned = desk.do(return_entry, contact.thread_id, "Who was rung?").result
    sign_in("Marsh").do(answer_return, returned, "The mother's number.")
    return made


def test_reviews_tell_what_was_held_and_how_late(desk: Desk, file_id: UUID) -> None:
    found = desk.read(supervision_history, file_id)
    assert [(one.on, one.due_on, one.next_by, one.risk_right) for one in found.reviews] == [
        (date(2026, 9, 2), None, date(2026, 9, 30), True),
        (date(2026, 10, 3), date(2026, 9, 30), date(2026, 10, 31), False),
    ]
    assert found.reviews[0].safety == "Not seen since August."
    assert [(one.timescale, one.days_late) for one in found.owed if one.timescale == "SUPERVISION"] == [
        ("SUPERVISION", 2)
    ]


def test_directions_tell_what_became_of_them(desk: Desk, file_id: UUID) -> None:
    found = desk.read(supervision_history, file_id)
    told = [(one.what, one.owner, one.state, one.ended_on, one.days_late) for one in found.directions]
    assert told == [
        ("Go to the door", "DC Marsh", "done late", date(2026, 9, 9), 2),
        ("Ring the school", "Police", "late", None, 3),
    ]


def test_the_history_prints_with_challenges_returned_work_and_accepted_alarms(
    desk: Desk, file_id: UUID
) -> None:
    alarm = desk.read(alarms_now, file_id)[0]
    desk.do(accept_alarm, file_id, alarm.key, alarm.about, date(2026, 11, 5), "The visit is on Wednesday.")
    said = words(desk.do(print_supervision, file_id, "the inspector").result)
    for told in (
        "Supervision history", "F-1", "2, 1 held after their day", "2, 1 not yet carried out", "3 days late",
        "The man is back.", "done late 9 Sep 2026, 2 days late", "open, 3 days late", "stage 1", "Who was rung?",
        "The mother's number.", "The visit is on Wednesday.", "Copy 1",
    ):  # fmt: skip
        assert told in said, told
    with pytest.raises(Invalid, match="whom the copy is for"):
        desk.do(print_supervision, file_id, "")


def test_a_restricted_history_is_not_told_of(desk: Desk, file_id: UUID, sign_in: At) -> None:
    desk.do(restrict_file, file_id, [officer_of(desk)], "An officer's family.")
    with pytest.raises(Missing):
        sign_in("Marsh").read(preview_supervision, file_id)
