"""Moving many files at once: what the solver may and may not answer, and what becomes of a plan on both stores."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.errors import Cancelled, Invalid, Unavailable
from casefile.files.actions.restrict import restrict_file
from casefile.handover.absence import record_absence
from casefile.handover.officers import change_officer
from casefile.paper.moves import preview_moves, print_moves
from casefile.standards import Library, MovesStandard, library
from casefile.work.ids import derived_id
from casefile.work.progress import Quiet
from casefile.workload.allocate.apply import apply_moves, approved
from casefile.workload.allocate.decide import allocation_decisions, decide_allocation
from casefile.workload.allocate.plan import Asked, plan_moves
from casefile.workload.allocate.problem import Option, Problem
from casefile.workload.allocate.solver import solve
from casefile.workload.queries import workload
from tests.casefile.paper.test_campaign import words
from tests.casefile.workload.conftest import Shop
from tests.casefile.workload.test_workload import heavy


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Files and officers of any shape: nobody has room, everybody has, files that must go and files that may stay."""
    officers = draw(st.integers(1, 5))
    files = draw(st.integers(1, 12))
    points = draw(st.lists(st.integers(0, 40), min_size=files, max_size=files))
    options: list[tuple[Option, ...]] = []
    stays: list[int | None] = []
    for _ in range(files):
        who = draw(st.lists(st.integers(0, officers - 1), min_size=1, max_size=officers, unique=True))
        options.append(tuple(Option(one, draw(st.integers(-60, 60))) for one in who))
        stays.append(draw(st.sampled_from([None, *range(len(who))])))
    return Problem(
        tuple(points),
        tuple(options),
        tuple(stays),
        tuple(derived_id("officer", one) for one in range(officers)),
        tuple(draw(st.lists(st.integers(0, 150), min_size=officers, max_size=officers))),
        tuple(draw(st.lists(st.integers(0, 120), min_size=officers, max_size=officers))),
    )


def reckoned(problem: Problem, chosen: tuple[int, ...], moves: MovesStandard) -> int:
    """What an answer costs, reckoned here from the words of the standard."""
    carried = dict(zip(range(len(problem.officers)), problem.load, strict=True))
    total = 0
    for place, option in enumerate(chosen):
        carried[problem.options[place][option].officer] += problem.points[place]
        total += problem.options[place][option].cost
    for officer, points in carried.items():
        can = problem.capacity[officer]
        total += moves.over * max(0, points - can) + moves.near * max(
            0, points - can * moves.near_percent // 100
        )
    return total


@settings(max_examples=60, deadline=None)
@given(problem=problems(), whole=st.sampled_from([1, 250]))
def test_each_file_goes_to_one_who_may_have_it_and_never_worse_than_leaving_things(
    problem: Problem, whole: int
) -> None:
    """In one step and in two: the same question gives the same answer."""
    moves = replace(library().allocation.moves, whole_files=whole)
    answer = solve(problem, moves, Quiet())
    assert len(answer.chosen) == len(problem.points)
    assert all(0 <= one < len(options) for one, options in zip(answer.chosen, problem.options, strict=True))
    assert answer.cost == problem.cost(answer.chosen, moves) == reckoned(problem, answer.chosen, moves)
    assert answer.bound <= answer.cost + 1e-6
    if (idle := problem.idle()) is not None:
        assert answer.cost <= problem.cost(idle, moves)
    assert solve(problem, moves, Quiet()) == answer


def test_the_best_answer_of_a_small_problem_is_found(standards: Library) -> None:
    """Three files of 30, 30 and 40 points fit two officers with room for 60 and 40 in one way only."""
    both = (Option(0, 0), Option(1, 0))
    problem = Problem(
        (30, 30, 40), (both, both, both), (None, None, None), (derived_id("a"), derived_id("b")), (40, 60), (100, 100)
    )  # fmt: skip
    moves = replace(standards.allocation.moves, gap_percent=0.0)
    answer = solve(problem, moves, Quiet())
    assert (answer.chosen, problem.carried(answer.chosen)) == ((0, 0, 1), [100, 100])
    assert answer.gap == 0


class Stop(Quiet):
    """Somebody who stops at once."""

    def step(self, done: int, of: int | None, what: str) -> None:
        raise Cancelled("Stopped.")


def test_a_person_can_stop_it_and_a_solver_that_is_not_there_is_said(
    standards: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = Problem((1,), ((Option(0, 0),),), (None,), (derived_id("a"),), (0,), (10,))
    with pytest.raises(Cancelled):
        solve(problem, standards.allocation.moves, Stop())
    monkeypatch.setitem(sys.modules, "highspy", None)
    with pytest.raises(Unavailable, match="not installed here"):
        solve(problem, standards.allocation.moves, Quiet())


def points_of(shop: Shop) -> dict[str, int]:
    return {one.officer: one.held.points for one in shop.at("Okafor").read(workload).officers if one.carries}


def test_a_leavers_files_are_planned_and_move_only_when_approved(shop: Shop) -> None:
    okafor = shop.at("Okafor")
    files = [heavy(shop) for _ in range(4)]
    hidden = shop.file("Marsh")
    shop.at("Lindqvist").do(restrict_file, hidden, [], "Need to know.")
    readable = shop.file("Marsh")
    shop.at("Lindqvist").do(restrict_file, readable, [shop["Okafor"], shop["Thorne"]], "Need to know.")
    asked = Asked(leaving=(shop["Marsh"],), into=("North", "South"))
    before = points_of(shop)
    plan = okafor.read(plan_moves, asked)
    assert plan == okafor.read(plan_moves, asked)
    assert points_of(shop) == before
    assert plan.asked.startswith("Every file of DC 102 Marsh")
    assert {one.file_id for one in plan.moving} == {*files, readable}
    assert {one.to_officer for one in plan.moving if one.file_id == readable} == {"DC 203 Thorne"}
    assert plan.hidden == 1
    assert all(one.why for one in plan.moves)
    balances = {one.officer: (one.before, one.after) for one in plan.balances}
    assert balances["DC 102 Marsh"] == (88, 0)
    assert sum(after - was for was, after in balances.values()) == 0
    told = words(okafor.do(print_moves, asked, "the inspector").result)
    for said in ("Copy 1", "Nothing has moved", "DC 102 Marsh", "88 → 0", "Approved by"):
        assert said in told, said
    assert "Preview, not a copy" in words(okafor.read(preview_moves, asked))

    chosen = approved(plan.moves)
    taken, closed = chosen[0], chosen[1]
    okafor.do(decide_allocation, taken.file_id, "officer", shop["Vale"], "He knows them.")
    with pytest.raises(Invalid, match="Say why"):
        okafor.do(apply_moves, chosen, " ")
    with pytest.raises(Invalid, match="No file is approved"):
        okafor.do(apply_moves, (), "Leaving.")
    done = okafor.do(apply_moves, chosen, "Marsh leaves on Friday.").result
    assert (done.moved, len(done.refused)) == (len(chosen) - 1, 1)
    assert done.refused[0][0] == taken.reference
    assert done.refused[0][1] == "It changed hands since the plan was made: DC 201 Vale holds it now."
    assert points_of(shop)["DC 102 Marsh"] == 0
    (row,) = okafor.read(allocation_decisions, closed.file_id)
    assert row.plan == done.plan
    assert row.reason.startswith("Marsh leaves on Friday. (")


def test_a_team_is_evened_out_and_whoever_went_away_meanwhile_is_refused(shop: Shop) -> None:
    okafor = shop.at("Okafor")
    for _ in range(6):
        heavy(shop)
    plan = okafor.read(plan_moves, Asked(teams=("North",)))
    assert plan.idle is not None
    assert plan.bound - 1e-6 <= plan.cost < plan.idle
    assert "by its own measure" in plan.said
    after = {one.officer: one.after for one in plan.balances}
    assert max(after.values()) < 132
    assert {one.from_officer for one in plan.moving} == {"DC 102 Marsh"}
    assert all(one.why.startswith("Best left where it is") for one in plan.moves if one.stays)
    receivers = {one.to_id for one in plan.moving}
    assert receivers <= {shop["Thorne"], shop["Okafor"]}
    okafor.do(record_absence, shop["Thorne"], shop.today, None, "sickness")
    done = okafor.do(apply_moves, approved(plan.moves), "Too much for one.").result
    refused = [said for _, said in done.refused]
    assert all("DC 203 Thorne is away" in one for one in refused)
    assert len(refused) == sum(one.to_id == shop["Thorne"] for one in plan.moving) > 0
    again = okafor.read(plan_moves, Asked(teams=("North",)))
    assert shop["Thorne"] not in {one.to_id for one in again.moves}


def test_what_nobody_is_named_for_is_given_out_and_who_cannot_is_said(shop: Shop) -> None:
    okafor = shop.at("Okafor")
    file_id = heavy(shop, holder=None)
    gone = shop.file("Vale", "Amari")
    shop.at("Boss").do(
        change_officer, shop["Vale"], role="constable", number="201", team="South", active=False
    )
    plan = okafor.read(plan_moves, Asked(nobody=True))
    assert {one.file_id for one in plan.moving} == {file_id, gone}
    hidden = shop.file(None)
    shop.at("Lindqvist").do(restrict_file, hidden, [shop["Okafor"]], "Need to know.")
    plan = okafor.read(plan_moves, Asked(nobody=True, into=("South",)))
    left = {one.file_id: one.why for one in plan.moves if one.to_id is None}
    assert left.keys() == {hidden, gone}
    assert left[hidden].startswith("Nobody can take it. The file is restricted")
    assert "DS 202 Amari is the supervisor of this file" in left[gone]
    for asked, said in (
        (Asked(), "Say which files are to move"),
        (Asked(teams=("East",)), "no team called East"),
        (Asked(leaving=(derived_id("nobody"),)), "not known"),
    ):
        with pytest.raises(Invalid, match=said):
            okafor.read(plan_moves, asked)
    for name in ("Marsh", "Thorne", "Okafor"):
        okafor.do(record_absence, shop[name], shop.today, None, "sickness")
    with pytest.raises(Invalid, match="Nobody there can take a file"):
        okafor.read(plan_moves, Asked(nobody=True, into=("North",)))
