"""Right or refused in words, and nothing half moved."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from casefile.access.queries import officers
from casefile.errors import Conflict, Invalid, Missing, Refused
from casefile.files.actions.files import allocate
from casefile.files.actions.restrict import restrict_file
from casefile.handover.absence import absences, record_absence, withdraw_absence
from casefile.handover.begin import choose_receivers, save_checklist, send, start_handover, take_back
from casefile.handover.officers import change_officer
from casefile.handover.queries import accountable, checklist, handover
from casefile.handover.receive import accept, ask_back, note_opened, refuse
from tests.casefile.handover.conftest import Team, held_files, items, opened, sent


def test_an_absence_that_cannot_be(team: Team) -> None:
    okafor = team.at("Okafor")
    first = okafor.do(record_absence, team["Marsh"], team.day(5), team.day(9), "annual_leave").result
    for begins, ends, says in (
        (team.day(9), team.day(8), "cannot end before it begins"),
        (team.day(9), team.day(20), "is away already"),
        (team.day(1), None, "is away already"),
        (team.day(5), team.day(9), "is away already"),
        (team.day(10), team.day(9999), "five years"),
    ):
        with pytest.raises(Invalid, match=says):
            okafor.do(record_absence, team["Marsh"], begins, ends, "course")
    with pytest.raises(Invalid, match="no kind"):
        okafor.do(record_absence, team["Marsh"], team.day(20), None, "moonshine")
    with pytest.raises(Refused):
        team.at("Vale").do(record_absence, team["Marsh"], team.day(20), None, "course")
    okafor.do(withdraw_absence, first, "Cancelled")
    assert okafor.read(absences) == ()
    with pytest.raises(Missing):
        okafor.do(withdraw_absence, first, "Cancelled again")
    okafor.do(record_absence, team["Marsh"], team.day(9), team.day(20), "course")


def test_only_an_administrator_says_who_may_not_sign_in(team: Team) -> None:
    boss, okafor = team.at("Boss"), team.at("Okafor")
    marsh = next(one for one in boss.read(officers) if one.name == "Marsh")
    boss.do(change_officer, marsh.id, role=marsh.role, number=marsh.number, team=marsh.team, active=False)
    (held,) = okafor.read(absences)
    with pytest.raises(Refused, match="until an administrator"):
        okafor.do(withdraw_absence, held.id, "Cancelled")
    with pytest.raises(Refused, match="until an administrator"):
        okafor.do(record_absence, marsh.id, team.day(0), team.day(1), "course", replaces_id=held.id)
    with pytest.raises(Refused, match="until an administrator"):
        okafor.do(record_absence, team["Vale"], team.day(0), None, "no_access")
    with pytest.raises(Invalid, match="may not sign in from"):
        okafor.do(record_absence, marsh.id, team.day(1), team.day(9), "course")
    assert okafor.read(absences) == (held,)


def _to(name: str) -> Callable[[Team], None]:
    def away(team: Team) -> None:
        team.at("Okafor").do(record_absence, team[name], team.today, None, "secondment")

    return away


@pytest.mark.parametrize(
    ("receiver", "spoil", "says"),
    [
        ("Vale", _to("Vale"), "is away too"),
        ("Marsh", None, "holds it already"),
        ("Penrose", None, "keeps no files"),
        ("Boss", None, "keeps no files"),
    ],
)
def test_a_receiver_who_cannot(
    team: Team, receiver: str, spoil: Callable[[Team], None] | None, says: str
) -> None:
    (file_id,) = held_files(team, 1)
    if spoil is not None:
        spoil(team)
    marsh = team.at("Marsh")
    begun = marsh.do(start_handover, team["Marsh"], reason="Promoted").result
    (item,) = items(marsh, begun.id)
    marsh.do(choose_receivers, {item.id: team[receiver]})
    marsh.do(save_checklist, item.id, {"safe": "yes"}, 0)
    with pytest.raises(Invalid, match=says):
        marsh.do(send, [item.id])
    assert marsh.read(accountable, file_id).officer_id == team["Marsh"]


def test_a_restricted_file_goes_to_its_named_readers_only(team: Team) -> None:
    files = held_files(team, 2)
    okafor, marsh = team.at("Okafor"), team.at("Marsh")
    okafor.do(restrict_file, files[0], [team["Marsh"]], "A colleague’s family")
    begun = team.at("Lindqvist").do(start_handover, team["Marsh"], reason="Promoted").result
    assert (begun.files, begun.restricted) == (2, 1)
    held = items(marsh, begun.id)
    marsh.do(choose_receivers, {one.id: team["Vale"] for one in held})
    for one in held:
        marsh.do(save_checklist, one.id, {"safe": "yes"}, 0)
    with pytest.raises(Invalid, match="not one of its named readers"):
        marsh.do(send, [one.id for one in held])
    assert {one.step.value for one in items(marsh, begun.id)} == {"drafted"}
    okafor.do(restrict_file, files[0], [team["Marsh"], team["Vale"]], "Vale takes it over")
    assert marsh.do(send, [one.id for one in held]).result == 2


def test_a_circle_is_refused(team: Team) -> None:
    (mine,) = held_files(team, 1)
    (hers,) = held_files(team, 1, "Vale")
    marsh, vale = team.at("Marsh"), team.at("Vale")
    one = marsh.do(start_handover, team["Marsh"], reason="Transfer").result
    other = vale.do(start_handover, team["Vale"], reason="Transfer").result
    sent(team, one.id, "Marsh", "Vale")
    with pytest.raises(Invalid, match="a circle"):
        sent(team, other.id, "Vale", "Marsh")
    assert marsh.read(accountable, mine).officer_id == team["Marsh"]
    assert vale.read(accountable, hers).officer_id == team["Vale"]


def test_acceptance_at_the_moment_of_withdrawal(team: Team) -> None:
    held_files(team, 2)
    marsh, vale = team.at("Marsh"), team.at("Vale")
    begun = marsh.do(start_handover, team["Marsh"], reason="Transfer").result
    ids = opened(vale, sent(team, begun.id, "Marsh", "Vale"))
    marsh.do(take_back, ids[:1], "Wrong receiver")
    with pytest.raises(Conflict, match="taken back"):
        vale.do(accept, ids)
    assert {one.holder_id for one in items(marsh, begun.id)} == {team["Marsh"]}
    vale.do(accept, ids[1:])
    with pytest.raises(Conflict, match="accepted"):
        marsh.do(take_back, ids[1:], "Too late")
    with pytest.raises(Conflict):
        vale.do(refuse, ids[1], "Changed my mind")


def test_two_windows_never_overwrite_a_checklist(team: Team) -> None:
    held_files(team, 1)
    marsh, okafor = team.at("Marsh"), team.at("Okafor")
    begun = marsh.do(start_handover, team["Marsh"], reason="Transfer").result
    (item,) = items(marsh, begun.id)
    marsh.do(save_checklist, item.id, {"worry": "The new partner"}, 0)
    with pytest.raises(Conflict) as lost:
        okafor.do(save_checklist, item.id, {"worry": "Nothing"}, 0)
    assert (lost.value.theirs, lost.value.yours) == ({"worry": "The new partner"}, {"worry": "Nothing"})
    assert marsh.read(checklist, item.id).values == {"worry": "The new partner"}


def test_only_those_concerned(team: Team) -> None:
    held_files(team, 1)
    marsh, vale, rhodes = team.at("Marsh"), team.at("Vale"), team.at("Rhodes")
    with pytest.raises(Refused):
        vale.do(start_handover, team["Marsh"], reason="I want it")
    with pytest.raises(Invalid, match="Say why the files move"):
        marsh.do(start_handover, team["Marsh"])
    begun = marsh.do(start_handover, team["Marsh"], reason="Transfer").result
    with pytest.raises(Invalid, match="no open file"):
        marsh.do(start_handover, team["Marsh"], reason="Twice")
    (item,) = items(marsh, begun.id)
    marsh.do(choose_receivers, {item.id: team["Vale"]})
    with pytest.raises(Invalid, match="every child is safe"):
        marsh.do(send, [item.id])
    with pytest.raises(Refused):
        rhodes.do(save_checklist, item.id, {}, 0)
    marsh.do(save_checklist, item.id, {"safe": "yes"}, 0)
    marsh.do(send, [item.id])
    with pytest.raises(Invalid, match="Take it back"):
        marsh.do(save_checklist, item.id, {"safe": "no"}, 1)
    with pytest.raises(Refused, match="another officer"):
        rhodes.do(accept, [item.id])
    with pytest.raises(Invalid, match="open its checklist"):
        vale.do(accept, [item.id])
    assert not rhodes.do(note_opened, item.id).result
    with pytest.raises(Refused):
        rhodes.read(handover, begun.id)
    with pytest.raises(Invalid):
        vale.do(ask_back, item.id, " ")


def test_a_supervisors_files_go_to_a_supervisor(team: Team) -> None:
    (file_id,) = held_files(team, 1)
    okafor = team.at("Okafor")
    begun = okafor.do(start_handover, team["Okafor"], reason="Transfer").result
    (item,) = items(okafor, begun.id)
    okafor.do(choose_receivers, {item.id: team["Vale"]})
    with pytest.raises(Invalid, match="no supervisor"):
        okafor.do(send, [item.id])
    okafor.do(choose_receivers, {item.id: team["Amari"]})
    okafor.do(send, [item.id])
    amari = team.at("Amari")
    amari.do(accept, opened(amari, items(amari, begun.id)))
    amari.do(allocate, file_id, "officer", team["Vale"])
    assert items(amari, begun.id)[0].holder_id == team["Amari"]
