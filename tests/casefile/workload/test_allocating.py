"""Giving a file to somebody: who is suggested and why, who is kept from it, what is kept of the decision."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, select

from casefile.errors import Conflict, Invalid, Missing, Refused
from casefile.files.actions.files import allocate
from casefile.files.actions.people import record_fact
from casefile.files.actions.restrict import restrict_file
from casefile.files.actions.tasks import add_task
from casefile.handover.absence import record_absence
from casefile.handover.begin import start_handover
from casefile.handover.officers import change_officer
from casefile.paper.supervision import print_supervision
from casefile.record.allocating import AllocationDecision
from casefile.record.model import Task
from casefile.store.engine import Store
from casefile.workload.allocate.decide import allocation_decisions, decide_allocation
from casefile.workload.allocate.rows import Candidate, Suggestion
from casefile.workload.allocate.suggest import files_to_allocate, suggest_officers
from casefile.workload.keep import (
    NewAccreditation,
    NewTerms,
    declare_conflict,
    grant_accreditation,
    record_terms,
)
from casefile.workload.queries import workload
from tests.casefile.paper.test_campaign import words
from tests.casefile.workload.conftest import Shop
from tests.casefile.workload.test_workload import heavy


def suggested(shop: Shop, file_id: UUID, role: str = "officer") -> Suggestion:
    return shop.at("Okafor").read(suggest_officers, file_id, role)


def of(found: Suggestion, shop: Shop, name: str) -> Candidate:
    return next(one for one in found.candidates if one.officer_id == shop[name])


def recomputed(shop: Shop, name: str, file: dict[str, Any]) -> int:
    """The score of a constable for a file, reckoned here from the workload page and the published points."""
    points = {key: one.points for key, one in shop.at("Okafor").standards.allocation.parts.items()}
    load = next(one for one in shop.at("Okafor").read(workload).officers if one.officer_id == shop[name])
    left = load.capacity.points - load.held.points - file["points"]
    total = min(points["room"] * left, 40) if left >= 0 else points["over"] * -left
    for key in ("family", "before", "team", "area", "probation", "declared"):
        total += points[key] if file.get(key) else 0
    return total + points["lacks"] * int(file.get("lacks", 0))


def test_candidates_are_ranked_by_parts_that_can_be_added_up_again(shop: Shop) -> None:
    """The explanation is checked against a recomputation that shares no code with it."""
    okafor = shop.at("Okafor")
    kin = shop.file("Vale", "Amari")
    file_id = heavy(shop, holder=None)
    child = shop.children[file_id][0]
    okafor.do(record_fact, kin, child, "involvement", {"role": "sibling", "source": "School"})
    okafor.do(record_fact, file_id, child, "residence", {"address": "1 Road", "town": "Ashmere"})
    heavy(shop, holder="Marsh")
    for name, terms in {
        "Thorne": NewTerms(shop.today, fte=50, probation_until=shop.day(40), areas=("Ashmere", "Dale")),
        "Marsh": NewTerms(shop.today, areas=("Dale",)),
    }.items():
        okafor.do(record_terms, shop[name], terms)
    for kind in ("scaidp", "joint_interviewing"):
        okafor.do(
            grant_accreditation, shop["Marsh"], NewAccreditation(kind, shop.day(-30), evidence="Certificate")
        )
    okafor.do(
        grant_accreditation, shop["Vale"], NewAccreditation("scaidp", shop.day(-30), evidence="Certificate")
    )
    okafor.do(declare_conflict, shop["Thorne"], "My cousin is an Ashdown")

    found = suggested(shop, file_id)
    assert found.points == 22
    facts = {
        "Marsh": {"team": True},
        "Thorne": {"team": True, "area": True, "lacks": 2, "probation": True, "declared": True},
        "Vale": {"family": True, "lacks": 1},
    }
    for name, told in facts.items():
        one = of(found, shop, name)
        assert one.score == recomputed(shop, name, {"points": 22, **told}), (name, one.parts)
        assert one.score == sum(part.points for part in one.parts)
        for part in one.parts:
            assert part.points == part.number * part.each or abs(part.points) == 40
    assert [one.officer for one in found.suggested][:2] == ["DC 102 Marsh", "DC 201 Vale"]
    assert of(found, shop, "Marsh").stands == "22 → 44 of 100"
    why = of(found, shop, "Vale").why
    assert "has the same family in F-2026-" in why
    assert "lacks Joint interviewing: needed, never had" in why
    told = " ".join(of(found, shop, "Thorne").warnings)
    for said in (
        "on probation, and the file is grave",
        "“My cousin is an Ashdown”. It names this family.",
        "lacks",
    ):
        assert said in told
    assert found.digest == suggested(shop, file_id).digest


def test_who_is_kept_from_it_and_why(shop: Shop) -> None:
    okafor, file_id = shop.at("Okafor"), shop.file(None)
    assert {one.place for one in suggested(shop, file_id).candidates} == {1, 2, 3, 4, None}
    assert of(suggested(shop, file_id), shop, "Okafor").against == (
        "DS 103 Okafor is the supervisor of this file: nobody supervises their own work."
    )
    okafor.do(record_absence, shop["Marsh"], shop.day(3), shop.day(60), "family_leave")
    okafor.do(record_absence, shop["Vale"], shop.day(-1), shop.day(2), "course")
    okafor.do(declare_conflict, shop["Thorne"], "The father is my neighbour", file_id=file_id)
    held = shop.file("Amari", "Okafor")
    okafor.do(start_handover, shop["Amari"], file_ids=[held], reason="Transfer")
    found = suggested(shop, file_id)
    told = {one.officer: one.against for one in found.candidates}
    assert told["DC 102 Marsh"] == "DC 102 Marsh is away from 5 November 2026 until 1 January 2027."
    assert told["DC 201 Vale"] == "DC 201 Vale is away from 1 November 2026 until 4 November 2026."
    assert "conflict of interest with this file: “The father is my neighbour”" in told["DC 203 Thorne"]
    assert "handing files over (H-2026-001)" in told["DS 202 Amari"]
    assert found.suggested == ()
    assert any(one.startswith("Nobody can be suggested") for one in found.notes)
    for name, said in (
        ("Thorne", "conflict of interest"),
        ("Okafor", "their own work"),
        ("Penrose", "cannot hold it"),
    ):
        with pytest.raises(Invalid, match=said):
            okafor.do(decide_allocation, file_id, "officer", shop[name], "Because.")
    okafor.do(decide_allocation, file_id, "officer", shop["Vale"], "Back on Friday; knows the school.")
    assert okafor.read(allocation_decisions, file_id)[0].place is None


def test_a_restricted_file_goes_to_its_readers_only(shop: Shop) -> None:
    file_id = shop.file(None)
    shop.at("Lindqvist").do(restrict_file, file_id, [shop["Okafor"]], "Need to know.")
    okafor = shop.at("Okafor")
    found = suggested(shop, file_id)
    assert found.suggested == ()
    assert "only its named readers" in found.notes[0]
    with pytest.raises(Invalid, match="Name them first"):
        okafor.do(decide_allocation, file_id, "officer", shop["Marsh"], "He is free.")
    with pytest.raises(Missing):
        shop.at("Amari").read(suggest_officers, file_id)
    assert shop.at("Amari").read(files_to_allocate).hidden == 1
    shop.at("Lindqvist").do(restrict_file, file_id, [shop["Okafor"], shop["Marsh"]], "Need to know.")
    okafor.do(decide_allocation, file_id, "officer", shop["Marsh"], "The only reader who carries files.")
    assert suggested(shop, file_id).holder == "DC 102 Marsh"


def test_a_decision_is_kept_with_what_was_suggested_and_never_changes(shop: Shop, store: Store) -> None:
    okafor = shop.at("Okafor")
    file_id = heavy(shop)
    task_id = okafor.do(add_task, file_id, "Visit the school", shop.day(3), shop["Marsh"]).result
    found = suggested(shop, file_id)
    assert (found.holder, found.suggested[0].officer) == ("DC 102 Marsh", "DC 203 Thorne")
    with pytest.raises(Invalid, match="Say why"):
        okafor.do(decide_allocation, file_id, "officer", shop["Vale"], " ", found.digest)
    with pytest.raises(Invalid, match="holds it already"):
        okafor.do(decide_allocation, file_id, "officer", shop["Marsh"], "Again.")
    with pytest.raises(Refused):
        shop.at("Marsh").do(decide_allocation, file_id, "officer", shop["Vale"], "Mine no more.")
    with pytest.raises(Invalid, match="not as driver"):
        okafor.read(suggest_officers, file_id, "driver")
    okafor.do(decide_allocation, file_id, "officer", shop["Vale"], "He knows the grandmother.", found.digest)
    with okafor.store.reading() as session:
        assert session.scalars(select(Task.officer_id).where(Task.id == task_id)).one() == shop["Vale"]
    (row,) = shop.at("Marsh").read(allocation_decisions, file_id)
    assert (row.officer, row.was_with, row.place, row.first, row.reason, row.decided_by) == (
        "DC 201 Vale", "DC 102 Marsh", next(one.place for one in found.suggested if one.officer_id == shop["Vale"]),
        "DC 203 Thorne", "He knows the grandmother.", "DS 103 Okafor",
    )  # fmt: skip
    assert row.suggested[0].startswith("DC 203 Thorne: score ")
    told = words(okafor.do(print_supervision, file_id, "the inspector").result)
    assert "DC 201 Vale as officer in the case, before DC 102 Marsh; number" in told
    assert "He knows the grandmother." in told
    with pytest.raises(Refused, match="never changed"), store.writing() as session:
        session.execute(delete(AllocationDecision))


def test_what_changed_since_it_was_looked_at_is_a_conflict_and_nothing_is_given(shop: Shop) -> None:
    okafor = shop.at("Okafor")
    file_id = heavy(shop, holder=None)
    found = suggested(shop, file_id)
    heavy(shop, holder="Thorne")
    with pytest.raises(Conflict, match="has changed since you looked"):
        okafor.do(decide_allocation, file_id, "officer", shop["Thorne"], "Room for it.", found.digest)
    assert suggested(shop, file_id).holder == ""
    boss = shop.at("Boss")
    found = suggested(shop, file_id)
    boss.do(change_officer, shop["Thorne"], role="constable", number="203", team="North", active=False)
    with pytest.raises(Conflict):
        okafor.do(decide_allocation, file_id, "officer", shop["Thorne"], "Room for it.", found.digest)
    with pytest.raises(Invalid, match="may no longer sign in"):
        okafor.do(decide_allocation, file_id, "officer", shop["Thorne"], "Room for it.")


def test_files_that_wait_are_listed_those_of_nobody_first(shop: Shop) -> None:
    okafor = shop.at("Okafor")
    first, away, gone = heavy(shop, holder=None), shop.file("Thorne"), shop.file("Vale", "Amari")
    shop.file("Marsh")
    okafor.do(record_absence, shop["Thorne"], shop.day(1), None, "family_leave")
    shop.at("Boss").do(
        change_officer, shop["Vale"], role="constable", number="201", team="South", active=False
    )
    found = okafor.read(files_to_allocate)
    assert [(one.file_id, one.nobody) for one in found.files] == [(first, True), (gone, True), (away, False)]
    assert [one.why for one in found.files] == [
        "Nobody is named for it.",
        "Was with DC 201 Vale, who is there no more.",
        "DC 203 Thorne is away from 3 November 2026, nobody knows until when.",
    ]
    assert [one.file_id for one in okafor.read(files_to_allocate, "South").files] == [gone]
    with pytest.raises(Refused):
        shop.at("Marsh").read(files_to_allocate)


def test_researchers_and_supervisors_are_suggested_by_what_they_have(shop: Shop) -> None:
    okafor = shop.at("Okafor")
    file_id = shop.file("Marsh")
    found = suggested(shop, file_id, "researcher")
    (one,) = found.suggested
    assert (one.officer, one.stands) == ("R 101 Rhodes", "0 → 1")
    assert one.why == "lacks Researcher course: needed, never had; is of North, as its supervisor"
    okafor.do(decide_allocation, file_id, "researcher", shop["Rhodes"], "The only one.")
    (chief,) = suggested(shop, file_id, "inspector").suggested
    assert (chief.officer, chief.stands) == ("DI 104 Lindqvist", "")
    okafor.do(decide_allocation, file_id, "inspector", shop["Lindqvist"], "She reviews North.")
    assert suggested(shop, file_id, "inspector").holder == "DI 104 Lindqvist"
    over = suggested(shop, file_id, "supervisor")
    assert {one.officer for one in over.suggested} == {"DS 202 Amari", "DI 104 Lindqvist"}
    okafor.do(allocate, file_id, "officer", shop["Amari"])
    assert "the officer of this file" in of(suggested(shop, file_id, "supervisor"), shop, "Amari").against
