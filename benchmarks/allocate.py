"""Allocation on 662 officers and 20,000 files: plans of moves from the store, beside the solver called bare.

The floor is handed the very same model, prepared beforehand, and does nothing but solve it to the same distance from
the best. Ours also reads who may take what and why, solves, and says of every file and officer what would change.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from benchmarks.large import SEED, TODAY, many_files
from benchmarks.measure import Figure, in_turn
from benchmarks.stores import staffed
from casefile.access.model import Officer
from casefile.desk import Desk
from casefile.record.model import CaseFile
from casefile.record.weight import FileWeight
from casefile.store.engine import Store
from casefile.work.door import query
from casefile.work.ids import new_id
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work
from casefile.workload.allocate.ground import officers_now
from casefile.workload.allocate.plan import Asked, draw, plan_moves
from casefile.workload.allocate.problem import Problem
from casefile.workload.allocate.solver import model_of, quiet_solver

OFFICERS, FILES, TEAMS = 662, 20_000, 32
WEIGHTS = ("child_on_plan", "high_risk", "live_bail", "conference_near", "with_cps")


@query(needs=Permission.ALLOCATE, logs=Logged.NOT_PERSONAL)
def problem_of(work: Work, asked: Asked) -> Problem:
    """Draw a problem and hand it over unsolved."""
    return draw(work, officers_now(work), asked).problem


def figures() -> list[Figure]:
    """Measure."""
    with staffed("embedded") as (desk, ids):
        many_files(desk.store, FILES, ids)
        _spread(desk.store, ids)
        teams = tuple(f"Team {number}" for number in range(TEAMS))
        return [_measure(desk, Asked(teams=teams[:3]), 5), _measure(desk, Asked(teams=teams), 1)]


def _measure(desk: Desk, asked: Asked, runs: int) -> Figure:
    moves = desk.standards.allocation.moves
    problem = desk.read(problem_of, asked)
    model = model_of(problem, moves, whole=True)
    found: list[Any] = []

    def ours() -> None:
        found.append(desk.read(plan_moves, asked))

    def floor() -> None:
        solver = quiet_solver(moves)
        solver.passModel(model)
        solver.run()
        found.append(solver.getInfo().objective_function_value)

    mine, least = in_turn(ours, floor, runs, warm=0)
    bare, plan = found[-2], found[-1]
    note = (
        f"ours costs {plan.cost:,.0f}, the bare solver’s answer {bare:,.0f}, no answer less than {plan.bound:,.0f}; "
        f"{len(plan.moving):,} would move; the bare solver is stopped after {moves.seconds} s"
    )
    name = f"Plan {len(problem.points):,} of {FILES:,} files among {len(problem.officers)} of {OFFICERS} officers"
    return Figure(name, "HiGHS called bare on the same model", None, mine, least, note=note)


def _spread(store: Store, supervisors: tuple[UUID, ...]) -> None:
    """Give every file to an officer, some to far more than others, with nothing to three things that weigh in it."""
    chance = random.Random(SEED)
    with store.writing() as session:
        password = session.scalars(select(Officer.password_hash)).first()
        more = [_officer(number, password) for number in range(OFFICERS - len(supervisors))]
        session.execute(insert(Officer), more)
        holders = [one["id"] for one in more]
        given: list[dict[str, Any]] = []
        rows: list[dict[str, Any]] = []
        for file_id in session.scalars(select(CaseFile.id).order_by(CaseFile.reference)):
            holder = holders[min(int(chance.betavariate(1.2, 1.6) * len(holders)), len(holders) - 1)]
            given.append({"id": file_id, "officer_id": holder})
            for position, key in enumerate(chance.sample(WEIGHTS, chance.choice((0, 1, 1, 2, 3)))):
                rows.append(
                    {"file_id": file_id, "position": position, "weight": key, "number": 1, "said": "Something",
                     "entry_id": None, "from_on": TODAY, "until_on": None}
                )  # fmt: skip
        session.execute(update(CaseFile), given)
        session.execute(insert(FileWeight), rows)


def _officer(number: int, password: str | None) -> dict[str, Any]:
    return {
        "id": new_id(), "name": f"Constable {number}", "sign_in_name": f"constable {number}", "role": "constable",
        "number": str(number), "team": f"Team {number % TEAMS}", "active": True, "password_hash": password, "failed": 0,
        "created_at": datetime(2026, 11, 2, 9, tzinfo=UTC),
    }  # fmt: skip
