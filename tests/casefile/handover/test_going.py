"""Handing over before leave: drawn from the file, sent, read, asked about, accepted; the file and its tasks move then."""

from __future__ import annotations

from casefile.files.actions.tasks import add_task
from casefile.files.queries.listing import list_files
from casefile.files.queries.tasks import my_tasks
from casefile.handover.absence import record_absence
from casefile.handover.begin import start_handover
from casefile.handover.queries import accountable, checklist, handover, waiting_for_me
from casefile.handover.receive import accept, answer_question, ask_back
from casefile.handover.settle import sign_handover
from tests.casefile.handover.conftest import Team, held_files, items, opened, sent


def test_an_officer_hands_over_before_leave(team: Team) -> None:
    files = held_files(team, 3)
    marsh, vale, okafor = team.at("Marsh"), team.at("Vale"), team.at("Okafor")
    marsh.do(add_task, files[0], "Ring the school", team.day(5), team["Marsh"])
    leave = marsh.do(record_absence, team["Marsh"], team.day(7), team.day(40), "annual_leave").result
    begun = marsh.do(start_handover, team["Marsh"], leave).result
    assert (begun.files, begun.restricted) == (3, 0)
    going = sent(team, begun.id, "Marsh", "Vale", promises=[{"who": "Gran", "what": "a call"}])
    assert {one.state for one in going} == {"Waits for DC 201 Vale"}
    waiting = vale.read(waiting_for_me)
    assert [one.id for one in waiting] == [one.id for one in going]
    page = vale.read(checklist, going[0].id)
    assert page.may_receive
    assert not page.may_edit
    assert any("Ring the school" in line.text for one in page.blocks for line in one.lines)
    assert page.owner.why == "holder"
    ids = opened(vale, going)
    vale.do(ask_back, ids[1], "Who has the notebook?")
    assert marsh.read(waiting_for_me)[0].asked == "Who has the notebook?"
    marsh.do(answer_question, ids[1], "In my locker.")
    assert vale.do(accept, ids).result == 3
    assert {one.officer for one in okafor.read(list_files).rows} == {"DC 201 Vale"}
    mine = {one.task.title for one in vale.read(my_tasks) if one.task.officer_id == team["Vale"]}
    assert {"Ring the school", "Promised to Gran: a call"} <= mine
    assert not [one for one in marsh.read(my_tasks) if one.task.officer_id == team["Marsh"]]
    assert okafor.read(accountable, files[0]).officer_id == team["Vale"]
    assert okafor.read(handover, begun.id).may_sign
    okafor.do(sign_handover, begun.id, "All three seen.")
    assert okafor.read(handover, begun.reference).row.signed_by == "DS 103 Okafor"
    assert {one.state for one in items(okafor, begun.id)} == {"Accepted by DC 201 Vale, 2 Nov 2026"}
