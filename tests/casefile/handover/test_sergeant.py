"""What the sergeant does: a sudden absence, refusals, exceptions that come back, signing, and the officer's return."""

from __future__ import annotations

import pytest

from casefile.alarms.queries import alarms_now
from casefile.errors import Invalid, Refused
from casefile.files.actions.files import allocate
from casefile.files.actions.tasks import add_task, mark_done
from casefile.files.queries.tasks import my_tasks
from casefile.handover.absence import absences, record_absence
from casefile.handover.back import start_hand_back, to_come_back
from casefile.handover.begin import choose_receivers, end_handover, save_checklist, send, start_handover
from casefile.handover.officers import change_officer
from casefile.handover.outstanding import outstanding
from casefile.handover.queries import accountable, checklist, handover, handovers
from casefile.handover.receive import accept, refuse
from casefile.handover.settle import record_exception, sign_handover
from tests.casefile.handover.conftest import Team, held_files, items, opened, sent


def test_sudden_sickness_is_dealt_with_without_the_officer(team: Team) -> None:
    (file_id,) = held_files(team, 1)
    okafor = team.at("Okafor")
    okafor.do(record_absence, team["Marsh"], team.day(-30), None, "sickness", planned=False)
    (wants,) = okafor.read(outstanding)
    assert (wants.why, wants.late) == ("not_begun", True)
    assert "officer_away" in {one.key for one in okafor.read(alarms_now, file_id)}
    assert okafor.read(accountable, file_id).why == "supervisor"
    sick = okafor.read(absences, team["Marsh"])[0].id
    begun = okafor.do(start_handover, team["Marsh"], sick).result
    assert not okafor.read(handover, begun.id).row.planned
    going = sent(team, begun.id, "Okafor", "Vale", safe="not_known", safe_words="Visit today.")
    vale = team.at("Vale")
    vale.do(refuse, going[0].id, "I hold forty files.")
    assert okafor.read(outstanding)[0].sentence.startswith("Refused by DC 201 Vale")
    amari = team.at("Amari")
    okafor.do(choose_receivers, {going[0].id: team["Amari"]})
    okafor.do(send, [going[0].id])
    amari.do(accept, opened(amari, items(okafor, begun.id)))
    assert okafor.read(outstanding) == ()
    assert "officer_away" not in {one.key for one in okafor.read(alarms_now, file_id)}
    assert okafor.read(accountable, file_id).officer_id == team["Amari"]


def test_an_exception_comes_back_when_its_day_has_passed(team: Team) -> None:
    (file_id,) = held_files(team, 1)
    okafor = team.at("Okafor")
    away = okafor.do(record_absence, team["Marsh"], team.today, team.day(60), "course").result
    begun = okafor.do(start_handover, team["Marsh"], away).result
    (item,) = items(okafor, begun.id)
    okafor.do(
        record_exception, [item.id], "Closes next week.", approved_by=team["Lindqvist"],
        interim_id=team["Vale"], until_on=team.day(7),
    )  # fmt: skip
    assert okafor.read(accountable, file_id).officer_id == team["Vale"]
    assert "officer_away" not in {one.key for one in okafor.read(alarms_now, file_id)}
    assert any("excepted" in one.task.title for one in team.at("Vale").read(my_tasks))
    okafor.do(sign_handover, begun.id, "")
    team.clock.forward(days=8)
    again = team.at("Okafor")
    assert again.read(accountable, file_id).why == "supervisor"
    assert {one.key for one in again.read(alarms_now, file_id)} >= {"officer_away"}
    (wants,) = again.read(outstanding)
    assert wants.late
    assert again.read(accountable, file_id, team.day(-3)).why == "interim"
    assert again.do(start_handover, team["Marsh"], away).result.files == 1


def test_an_exception_names_who_approved_and_who_looks_after_it(team: Team) -> None:
    held_files(team, 1)
    okafor = team.at("Okafor")
    begun = okafor.do(start_handover, team["Marsh"], reason="Promoted").result
    (item,) = items(okafor, begun.id)
    with pytest.raises(Invalid) as refused:
        okafor.do(
            record_exception, [item.id], " ", approved_by=team["Vale"], interim_id=team["Marsh"],
            until_on=team.day(200),
        )  # fmt: skip
    assert {one.field for one in refused.value.faults} == {"reason", "approved_by", "interim_id", "until_on"}


def test_nothing_is_signed_while_a_file_waits_and_nobody_signs_their_own(team: Team) -> None:
    held_files(team, 1)
    okafor = team.at("Okafor")
    begun = okafor.do(start_handover, team["Marsh"], reason="Promoted").result
    with pytest.raises(Invalid, match="Not every file is settled"):
        okafor.do(sign_handover, begun.id, "")
    own = okafor.do(start_handover, team["Okafor"], reason="Transfer").result
    with pytest.raises(Refused):
        okafor.do(sign_handover, own.id, "")
    okafor.do(end_handover, own.id, "Not transferred after all.")
    assert [one.ended_why for one in okafor.read(handovers, ended=True)] == ["Not transferred after all."]


def test_a_deactivated_officer_leaves_no_file_without_an_owner(team: Team) -> None:
    (file_id,) = held_files(team, 1)
    boss, okafor = team.at("Boss"), team.at("Okafor")
    boss.do(change_officer, team["Marsh"], role="constable", number="102", team="North", active=False)
    okafor.catch_up()
    assert okafor.read(accountable, file_id).why == "supervisor"
    assert "officer_away" in {one.key for one in okafor.read(alarms_now, file_id)}
    boss.do(change_officer, team["Okafor"], role="sergeant", number="103", team="North", active=False)
    assert team.at("Lindqvist").read(accountable, file_id).officer == "DI 104 Lindqvist"
    boss.do(change_officer, team["Marsh"], role="constable", number="102", team="North", active=True)
    assert team.at("Lindqvist").read(accountable, file_id).officer_id == team["Marsh"]
    team.clock.forward(days=1)
    assert team.at("Lindqvist").read(absences, team["Marsh"]) == ()


def test_coming_back_lists_what_changed_and_some_files_stay(team: Team) -> None:
    files = held_files(team, 3)
    marsh, vale = team.at("Marsh"), team.at("Vale")
    leave = marsh.do(record_absence, team["Marsh"], team.today, team.day(40), "annual_leave").result
    begun = marsh.do(start_handover, team["Marsh"], leave).result
    going = sent(team, begun.id, "Marsh", "Vale", promises=[{"who": "Gran", "what": "a call"}])
    vale.do(accept, opened(vale, going))
    team.clock.forward(days=20)
    vale = team.at("Vale")
    task = vale.do(add_task, files[0], "Ring the school", team.day(1), team["Vale"]).result
    team.clock.forward(days=1)
    vale.do(mark_done, files[0], task, team.today)
    marsh = team.at("Marsh")
    there = marsh.read(to_come_back, team["Marsh"])
    assert len(there) == 3
    back = [one.id for one in there if one.file_id != files[2]]
    with pytest.raises(Invalid, match="why the others stay"):
        marsh.do(start_hand_back, team["Marsh"], back)
    returning = marsh.do(
        start_hand_back, team["Marsh"], back, why_others_stay="The family knows Vale now."
    ).result
    assert marsh.read(absences, team["Marsh"])[0].until_on == team.day(-1)
    held = items(vale, returning.id)
    assert {one.receiver_id for one in held} == {team["Marsh"]}
    changed = next(one for one in vale.read(checklist, held[0].id).blocks if one.key == "changed")
    assert {"Done: Ring the school."} <= {one.text for one in changed.lines}
    assert any("Gran" in one.text for one in changed.lines)
    for one in held:
        vale.do(save_checklist, one.id, {"safe": "yes"}, 0)
    vale.do(send, [one.id for one in held])
    marsh.do(accept, opened(marsh, items(marsh, returning.id)))
    okafor = team.at("Okafor")
    owners = [okafor.read(accountable, one).officer_id for one in files]
    assert owners == [team["Marsh"], team["Marsh"], team["Vale"]]


def test_a_file_given_away_meanwhile_is_overtaken(team: Team) -> None:
    (file_id,) = held_files(team, 1)
    okafor = team.at("Okafor")
    begun = okafor.do(start_handover, team["Marsh"], reason="Promoted").result
    (item,) = sent(team, begun.id, "Okafor", "Vale")
    vale = team.at("Vale")
    opened(vale, (item,))
    okafor.do(allocate, file_id, "officer", team["Amari"])
    with pytest.raises(Invalid, match="given to somebody else meanwhile"):
        vale.do(accept, [item.id])
    (row,) = items(okafor, begun.id)
    assert (row.overtaken, row.settled) == (True, True)
