"""Officers and teams side by side on both stores: who carries what, who sees it, and how it was on a past day."""

from __future__ import annotations

from uuid import UUID

import pytest

from casefile.errors import Missing, Refused
from casefile.files.actions.files import allocate
from casefile.files.actions.restrict import restrict_file
from casefile.files.actions.tasks import waive_task
from casefile.files.queries.docket import owed_on
from casefile.handover.absence import record_absence
from casefile.handover.officers import change_officer
from casefile.workload.keep import NewTerms, record_terms
from casefile.workload.queries import files_of, why, workload
from casefile.workload.rows import OfficerLoad, TeamLoad, Workload
from tests.casefile.workload.conftest import Shop


def load(found: Workload, officer_id: UUID) -> OfficerLoad:
    return next(one for one in found.officers if one.officer_id == officer_id)


def team(found: Workload, name: str) -> TeamLoad:
    return next(one for one in found.teams if one.team == name)


def heavy(shop: Shop, **more: str | None) -> UUID:
    """A file with two children on a plan at high risk, an allegation about both, and bail: 22 points."""
    file_id = shop.file(children=2, **more)
    shop.sign(file_id, "plan", status="on_plan", category="NEG", conference_on=shop.today)
    shop.sign(
        file_id, "risk", trigger="new_referral", level="high", rationale="Bruises", review_on=shop.day(7)
    )
    shop.sign(file_id, "investigation", offence="gbh", allegation="Two children hurt")
    shop.sign(
        file_id,
        "bail",
        suspect="A man",
        kind="pre_charge",
        safety="He lives elsewhere",
        expires_on=shop.day(20),
    )
    return file_id


def test_an_officer_beside_their_capacity_and_why(shop: Shop) -> None:
    file_id = heavy(shop)
    light = shop.file()
    found = shop.at("Okafor").read(workload)
    marsh = load(found, shop["Marsh"])
    assert (marsh.held.files, marsh.held.points, marsh.held.children, marsh.held.high) == (2, 22, 2, 1)
    assert (marsh.capacity.points, marsh.said) == (100, "room for 78 points")
    okafor = load(found, shop["Okafor"])
    assert (okafor.supervises, okafor.capacity.points) == (2, 90)
    north = team(found, "North")
    assert (north.officers, north.held.points, north.capacity) == (3, 22, 290)
    files = shop.at("Okafor").read(files_of, shop["Marsh"])
    assert [(one.file_id, one.points) for one in files.files] == [(file_id, 22), (light, 0)]
    told = shop.at("Okafor").read(why, file_id)
    assert [(one.title, one.points) for one in told.items] == [
        ("Child on a child protection plan", 6),
        ("High risk", 3),
        ("Serious assault or sexual allegation under investigation", 8),
        ("Further victim of a serious allegation", 4),
        ("Suspect on bail", 1),
    ]
    assert sum(one.points for one in told.items) == told.points == 22
    assert all(one.thread_id and one.divider and one.source for one in told.items)


def test_days_to_come_need_no_write(shop: Shop) -> None:
    file_id = heavy(shop)
    later = shop.day(21)
    assert shop.at("Okafor").read(why, file_id, as_of=later).points == 21
    shop.clock.forward(days=21)
    assert shop.at("Okafor").read(why, file_id).points == 21
    assert load(shop.at("Okafor").read(workload), shop["Marsh"]).held.points == 21


def test_a_past_day_reads_as_it_was(shop: Shop) -> None:
    """What is learnt afterwards, even of the past, does not change what stood in the list that day."""
    file_id = heavy(shop)
    began = shop.today
    before = shop.at("Okafor").read(workload)
    shop.clock.forward(days=5)
    shop.at("Okafor").do(allocate, file_id, "officer", shop["Thorne"])
    shop.sign(
        file_id,
        "risk",
        trigger="new_referral",
        level="standard",
        rationale="Seen since",
        review_on=shop.day(20),
    )
    shop.at("Lindqvist").do(record_terms, shop["Marsh"], NewTerms(began, fte=50))
    shop.clock.forward(days=5)
    now = shop.at("Okafor").read(workload)
    assert (load(now, shop["Marsh"]).held.points, load(now, shop["Thorne"]).held.points) == (0, 19)
    assert load(now, shop["Marsh"]).capacity.points == 50
    again = shop.at("Okafor").read(workload, as_of=began)
    assert load(again, shop["Marsh"]) == load(before, shop["Marsh"])
    assert load(again, shop["Thorne"]) == load(before, shop["Thorne"])
    assert team(again, "North") == team(before, "North")
    assert shop.at("Okafor").read(why, file_id, as_of=began).points == 22
    assert [one.file_id for one in shop.at("Okafor").read(files_of, shop["Marsh"], as_of=began).files] == [
        file_id
    ]


def test_files_without_a_named_person_are_unallocated(shop: Shop) -> None:
    """Nobody in charge, or somebody who may not sign in any more: the file is nobody's."""
    heavy(shop, holder=None)
    shop.file(holder="Vale", supervisor="Amari")
    assert shop.at("Okafor").read(workload).unallocated.files == 1
    shop.at("Boss").do(
        change_officer, shop["Vale"], role="constable", number="201", team="South", active=False
    )
    found = shop.at("Okafor").read(workload)
    assert (found.unallocated.files, found.unallocated.points) == (2, 22)
    assert shop["Vale"] not in {one.officer_id for one in found.officers}
    assert (team(found, "North").unallocated.files, team(found, "South").unallocated.files) == (1, 1)
    files = shop.at("Okafor").read(files_of, None)
    assert files.officer == "Nobody"
    assert [(one.points, one.was_with) for one in files.files] == [(22, ""), (0, "DC 201 Vale")]
    south = shop.at("Okafor").read(files_of, None, team="South")
    assert [one.was_with for one in south.files] == ["DC 201 Vale"]
    assert shop.at("Okafor").read(workload, team="South").unallocated.files == 1


def test_restricted_files_count_and_are_not_named(shop: Shop) -> None:
    file_id = heavy(shop)
    shop.at("Okafor").do(restrict_file, file_id, [shop["Marsh"], shop["Okafor"]], "An officer's family")
    for as_of in (None, shop.today):
        found = shop.at("Lindqvist").read(workload, as_of=as_of)
        held = load(found, shop["Marsh"]).held
        assert (held.points, held.hidden) == (22, "1 restricted file, 22 points")
    files = shop.at("Lindqvist").read(files_of, shop["Marsh"])
    assert files.files == ()
    assert (files.total.files, files.total.hidden_points) == (1, 22)
    with pytest.raises(Missing):
        shop.at("Lindqvist").read(why, file_id)
    assert load(shop.at("Okafor").read(workload), shop["Marsh"]).held.hidden == ""
    shop.clock.forward(days=1)
    past = shop.at("Lindqvist").read(workload, as_of=shop.day(-1))
    assert load(past, shop["Marsh"]).held.hidden == "1 restricted file, 22 points"


def test_an_officer_sees_their_own(shop: Shop) -> None:
    file_id = heavy(shop)
    found = shop.at("Marsh").read(workload)
    assert [one.officer_id for one in found.officers] == [shop["Marsh"]]
    assert (found.teams, found.whole) == ((), False)
    assert shop.at("Marsh").read(why, file_id).points == 22
    assert shop.at("Marsh").read(files_of, shop["Marsh"]).total.points == 22
    for whose in (shop["Thorne"], None):
        with pytest.raises(Refused):
            shop.at("Marsh").read(files_of, whose)
    with pytest.raises(Refused):
        shop.at("Boss").read(workload)


def test_who_is_away_can_carry_less(shop: Shop) -> None:
    shop.at("Okafor").do(record_absence, shop["Marsh"], shop.today, shop.day(6), "annual_leave")
    marsh = load(shop.at("Okafor").read(workload), shop["Marsh"])
    assert marsh.capacity.points == 75
    assert marsh.capacity.steps[-1].said == "There on 15 of the next 20 working days"


def test_a_conference_that_is_waived_weighs_nothing(shop: Shop) -> None:
    file_id = shop.file()
    shop.sign(file_id, "section47", kind="joint", strategy_on=shop.today)
    shop.sign(file_id, "strategy", mode="video", outcome="s47", s47_kind="joint")
    assert shop.at("Okafor").read(why, file_id).points == 1
    for one in shop.at("Okafor").read(owed_on, file_id, shop.today):
        if one.timescale == "ICPC":
            shop.at("Okafor").do(waive_task, file_id, one.id, "Moved to another force")
    assert shop.at("Okafor").read(why, file_id).points == 0
