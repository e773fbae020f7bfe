"""The suggestion of receivers: who has room, who knows the family, who cannot; and what an absence asks for beforehand."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from casefile.errors import Refused
from casefile.files.actions.entries import record_entry
from casefile.files.actions.people import add_person, record_fact
from casefile.handover.absence import absences, record_absence
from casefile.handover.begin import choose_receivers, save_checklist, start_handover
from casefile.handover.foresight import absence_versions, foresee_absence
from casefile.handover.outstanding import outstanding_late
from casefile.handover.ready import unready
from casefile.handover.spread import Carrier, ToPlace, file_points, spread
from casefile.handover.suggest import possible_receivers, suggest_receivers
from casefile.work.ids import new_id
from tests.casefile.handover.conftest import Team, held_files, items


def to_place(reference: str, points: float = 1, team: str = "North") -> ToPlace:
    return ToPlace(new_id(), new_id(), reference, points, team)


def carrier(name: str, points: float = 0, team: str = "North", capacity: float = 10) -> Carrier:
    return Carrier(new_id(), name, team, points, capacity)


def test_the_heaviest_file_goes_first_and_nobody_is_filled_beyond_their_room_while_another_has_some() -> None:
    files = [to_place("F-1"), to_place("F-2", 7), to_place("F-3", 4)]
    marsh, vale = carrier("Marsh", 4), carrier("Vale", 0)
    found = {one.reference: one.receiver for one in spread(files, [marsh, vale], {}, lambda *_: None)}
    assert found == {"F-1": "Vale", "F-2": "Vale", "F-3": "Marsh"}


def test_whoever_knows_the_family_comes_before_the_same_team_and_the_same_team_before_more_room() -> None:
    (file,) = files = [to_place("F-1")]
    near, far, knows = carrier("Near", 5), carrier("Far", 0, "South"), carrier("Knows", 8, "South")
    ties = {(file.file_id, knows.officer_id): "Signed 2 records of this file."}
    (one,) = spread(files, [near, far, knows], ties, lambda *_: None)
    assert (one.receiver, one.why) == ("Knows", "Signed 2 records of this file. 9 of 10 points with it.")
    (one,) = spread(files, [near, far], {}, lambda *_: None)
    assert (one.receiver, one.why) == ("Near", "Same team. 6 of 10 points with it.")
    full = carrier("Full", 10)
    (one,) = spread(files, [full], {}, lambda *_: None)
    assert one.why == "Same team. Beyond their room: 11 of 10 points with it."


def test_where_nobody_can_it_says_why() -> None:
    (one,) = spread([to_place("F-1")], [carrier("Vale")], {}, lambda *_: "Vale is away too.")
    assert (one.receiver_id, one.why) == (None, "Vale is away too.")
    (one,) = spread([to_place("F-1")], [], {}, lambda *_: None)
    assert (one.receiver_id, one.why) == (None, "Nobody was chosen.")


def test_a_file_weighs_by_risk_and_plan() -> None:
    assert [file_points(None, on_plan=False), file_points("high", on_plan=True)] == [1, 7]


def test_suggested_on_the_store_with_reasons(team: Team) -> None:
    files = held_files(team, 3)
    (hers,) = held_files(team, 1, "Vale")
    okafor, vale, marsh = team.at("Okafor"), team.at("Vale"), team.at("Marsh")
    child = {"name": {"kind": "legal", "given": "Robin", "family": "Ash"}, "involvement": {"role": "subject"}}
    person = okafor.do(add_person, files[0], child).result
    okafor.do(record_fact, hers, person, "involvement", {"role": "subject"})
    day = {"happened_on": str(team.today), "known_on": str(team.today)}
    note = {**day, "kind": "school", "by_whom": "Vale", "child_seen": "alone", "note": "x"}
    vale.do(record_entry, files[1], "contact", note)
    okafor.do(record_absence, team["Rhodes"], team.today, None, "left")
    begun = marsh.do(start_handover, team["Marsh"], reason="Transfer").result
    rows = {one.officer: one for one in okafor.read(possible_receivers, begun.id)}
    assert (rows["DC 201 Vale"].files, rows["DC 201 Vale"].against) == (1, "")
    assert {one.points for one in marsh.read(possible_receivers, begun.id)} == {0}, (
        "of others one hears nothing"
    )
    gone = next(one for one in rows.values() if "Rhodes" in one.officer)
    assert "is away too" in gone.against
    held = [one.id for one in items(marsh, begun.id)]
    found = marsh.read(suggest_receivers, held, [team["Vale"], team["Rhodes"]])
    assert found[2].why == "Same team. Has room for it."
    assert {one.receiver for one in found} == {"DC 201 Vale"}
    assert [one.why.split(".")[0] for one in found] == [
        f"Holds {_reference(team, hers)} of the same family", "Signed 1 record of this file", "Same team",
    ]  # fmt: skip
    heavy = marsh.read(
        suggest_receivers, held, [team["Vale"], team["Amari"]],
        points=dict.fromkeys(files, 40.0), loads={team["Vale"]: (30.0, 100.0), team["Amari"]: (0.0, 100.0)},
    )  # fmt: skip
    assert [one.receiver for one in heavy].count("DS 202 Amari") == 2


def _reference(team: Team, file_id: UUID) -> str:
    from casefile.files.queries.docket import open_docket

    return team.at("Vale").read(open_docket, file_id).reference


def test_what_keeps_each_file_is_said_before_it_is_sent(team: Team) -> None:
    held_files(team, 2)
    marsh = team.at("Marsh")
    begun = marsh.do(start_handover, team["Marsh"], reason="Transfer").result
    first, second = (one.id for one in items(marsh, begun.id))
    safe = "Say whether every child is safe now; “Not known” is an answer."
    assert set(marsh.read(unready, [first, second]).values()) == {("Choose a receiver.", safe)}
    marsh.do(choose_receivers, {first: team["Penrose"]})
    kept = marsh.do(save_checklist, first, {"safe": "no"}, 0).result
    assert len(kept.wants) == 2
    assert kept.wants[1] == "Say what that rests on, and what is being done."
    marsh.do(choose_receivers, {first: team["Vale"]})
    assert marsh.do(save_checklist, first, {"safe": "yes"}, 1).result.wants == ()
    assert marsh.read(unready, [first, second])[first] == ()


@pytest.mark.parametrize(
    ("kind", "first", "last", "needs", "says"),
    [
        ("annual_leave", 7, 11, None, "4 working days after the first: no hand-over is required up to 10"),
        ("annual_leave", 7, 39, 7, "a hand-over of every file is required by 9 November 2026"),
        ("sickness", 0, None, 15, "once it has lasted 10 working days"),
        ("left", 3, None, 3, "required by 5 November 2026"),
    ],
)
def test_what_an_absence_asks_for_is_said_beforehand(
    team: Team, kind: str, first: int, last: int | None, needs: int | None, says: str
) -> None:
    held_files(team, 2)
    marsh = team.at("Marsh")
    until: date | None = team.day(last) if last is not None else None
    sight = marsh.read(foresee_absence, team["Marsh"], team.day(first), until, kind)
    assert says in sight.sentence
    assert (sight.needs_from, sight.held) == (team.day(needs) if needs is not None else None, 2)
    assert marsh.read(absences, team["Marsh"]) == ()
    with pytest.raises(Refused):
        team.at("Vale").read(foresee_absence, team["Marsh"], team.day(first), until, kind)


def test_what_is_wrong_with_an_absence_is_said_beforehand_and_old_records_stay_readable(team: Team) -> None:
    marsh, vale = team.at("Marsh"), team.at("Vale")
    held = marsh.do(record_absence, team["Marsh"], team.day(7), team.day(11), "sickness", "Flu").result
    sight = marsh.read(foresee_absence, team["Marsh"], team.day(9), None, "course")
    assert [one.field for one in sight.faults] == ["from_on"]
    sight = marsh.read(foresee_absence, team["Marsh"], team.day(9), team.day(5), "course", replaces_id=held)
    assert [one.field for one in sight.faults] == ["until_on"]
    again = marsh.do(
        record_absence, team["Marsh"], team.day(8), team.day(12), "sickness", replaces_id=held
    ).result
    assert [one.from_on for one in marsh.read(absence_versions, again)] == [team.day(8), team.day(7)]
    (row,) = vale.read(absences)
    assert (row.kind, row.note) == ("", "")
    with pytest.raises(Refused):
        vale.read(absence_versions, again)


def test_what_is_red_is_counted_for_the_team(team: Team) -> None:
    held_files(team, 2)
    okafor = team.at("Okafor")
    before = okafor.read(outstanding_late)
    okafor.do(record_absence, team["Marsh"], team.today, None, "left")
    assert okafor.read(outstanding_late) == before + 1
    begun = okafor.do(start_handover, team["Marsh"], reason="Left").result
    assert begun.files == 2
    assert okafor.read(outstanding_late) == before + 2
