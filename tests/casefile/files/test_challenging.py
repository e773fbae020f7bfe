"""A challenge begins from the entry it is about and starts its clock; on both stores."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from casefile.desk import Desk
from casefile.errors import Invalid, Missing
from casefile.files.actions.challenge import start_challenge
from casefile.files.actions.drafts import save_draft
from casefile.files.actions.entries import record_entry, sign_entry
from casefile.files.actions.files import open_file
from casefile.files.queries.docket import divider_page, open_docket
from casefile.record.facts import EntryFact

CONFERENCE: dict[str, Any] = {
    "happened_on": "2026-10-30", "known_on": "2026-10-30", "kind": "initial", "outcome": "plan", "category": "PHY",
    "position": "dissent", "dissent": "DS Okafor: the child should not go home.",
}  # fmt: skip


def the_conference(desk: Desk) -> EntryFact:
    return desk.do(record_entry, desk.do(open_file).result, "conference", CONFERENCE).result


def challenged(desk: Desk, thread_id: UUID, **values: Any) -> EntryFact:
    draft = desk.do(start_challenge, thread_id).result
    stages = [{**draft.values["stages"][0], "counterpart": "J. Amos, team manager"}]
    given = {"asked_for": "A place of safety.", "stages": stages, **values}
    desk.do(save_draft, draft.id, {**draft.values, **given}, draft.revision)
    return desk.do(sign_entry, draft.id).result


def test_the_form_starts_with_what_the_conference_says(desk: Desk) -> None:
    held = the_conference(desk)
    form = dict(desk.do(start_challenge, held.thread_id).result.values)
    assert form["about"] == "conference"
    assert form["about_entry"] == str(held.thread_id)
    assert form["agency"] == "social_care"
    assert form["disagreement"] == CONFERENCE["dissent"]
    assert form["stages"] == [{"stage": "1", "begun_on": "2026-11-02", "our_officer": "R 101 Rhodes"}]


def test_signing_starts_the_clock_of_its_stage_and_stands_beside_the_conference(desk: Desk) -> None:
    held = the_conference(desk)
    assert divider_page_of(desk, held).challenge_of(held.thread_id) is None
    made = challenged(desk, held.thread_id)
    assert made.summary == "Challenge to Children’s social care, conference: stage 1"
    assert made.get("about_entry") == held.thread_id
    beside = divider_page_of(desk, held).challenge_of(held.thread_id)
    assert beside is not None
    assert beside.thread_id == made.thread_id
    task = next(one for one in desk.read(open_docket, held.file_id).owed if one.timescale == "ESC-1")
    assert str(task.due_on) == "2026-11-04"


def divider_page_of(desk: Desk, held: EntryFact) -> Any:
    return desk.read(divider_page, held.file_id, "conferences")


def test_skipping_stages_needs_immediate_danger_and_its_reason(desk: Desk) -> None:
    held = the_conference(desk)
    high = [
        {"stage": "4", "begun_on": "2026-11-02", "our_officer": "Supt Lane", "counterpart": "Head of service"}
    ]
    with pytest.raises(Invalid, match="immediate danger alone"):
        challenged(desk, held.thread_id, stages=high)
    with pytest.raises(Invalid, match="Say why stages were skipped"):
        challenged(desk, held.thread_id, stages=high, immediate_danger=True)
    made = challenged(
        desk, held.thread_id, stages=high, immediate_danger=True, skip_reason="He goes home tonight."
    )
    assert made.summary.endswith("stage 4")


def test_it_closes_with_an_outcome_and_then_nothing_is_owed(desk: Desk) -> None:
    held = the_conference(desk)
    with pytest.raises(Invalid, match="closes with an outcome"):
        challenged(desk, held.thread_id, outcome_on="2026-11-02")
    challenged(desk, held.thread_id, outcome="accepted", outcome_on="2026-11-02", learning="Ask at once.")
    owed = desk.read(open_docket, held.file_id).owed
    assert not [one for one in owed if one.timescale.startswith("ESC-") and one.state.outstanding]


def test_only_what_a_partner_answers_for_can_be_challenged(desk: Desk) -> None:
    with pytest.raises(Missing):
        desk.do(start_challenge, uuid4())
    file_id = desk.do(open_file).result
    values = {
        "happened_on": "2026-10-30",
        "known_on": "2026-10-30",
        "taken": False,
        "not_taken_why": "booked",
    }
    ours = desk.do(record_entry, file_id, "photographs", values).result
    with pytest.raises(Invalid, match="no decision of a partner"):
        desk.do(start_challenge, ours.thread_id)


def test_a_challenge_points_only_at_an_entry_of_its_own_file(desk: Desk) -> None:
    held, other = the_conference(desk), desk.do(open_file).result
    with pytest.raises(Invalid, match="not in this file"):
        desk.do(
            record_entry, other, "challenge",
            {
                "happened_on": "2026-11-02", "known_on": "2026-11-02", "about": "conference", "agency": "social_care",
                "about_entry": str(held.thread_id), "disagreement": "D.", "asked_for": "A.",
                "stages": [{"stage": "1", "begun_on": "2026-11-02", "our_officer": "A", "counterpart": "B"}],
            },
        )  # fmt: skip
