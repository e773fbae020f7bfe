"""Handing the problem to HiGHS, a maintained solver; nothing here searches by itself.

The solver is loaded only when it is asked, in one thread and from the same start, so that the same question gets the
same answer. Many files are solved in two steps, both the solver's: first allowing a file to be shared out, which is
quick and leaves almost every file whole; then only those that were not. The first step also says what no answer can
do better than (``docs/decisions/022-moves-are-solved-by-highs.md``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from casefile.errors import Cancelled, Unavailable
from casefile.standards import MovesStandard
from casefile.work.progress import Progress
from casefile.workload.allocate.problem import Answer, Problem

WHOLE = 1 - 1e-6
"""A share so near to one is the whole file."""
KEPT = "Nothing has moved."


def solve(problem: Problem, moves: MovesStandard, progress: Progress) -> Answer:
    """The best answer that the solver finds, never worse than leaving everything where it is.

    Raises:
        Unavailable: The solver is not installed, or gives no answer.
        Cancelled: Somebody stopped it.
    """
    highs = _library()
    columns = _columns(problem)
    count = len(problem.points)
    progress.step(0, 2, "Weighing moves")
    if count <= moves.whole_files:
        shares, bound, in_time = _run(highs, problem, columns, moves, progress, whole=True)
    else:
        shares, bound, in_time = _run(highs, problem, columns, moves, progress, whole=False)
        fixed = _whole_ones(problem, shares)
        progress.step(1, 2, "Weighing moves")
        shares, _, second = _run(highs, problem, columns, moves, progress, whole=True, fixed=fixed)
        in_time = in_time and second
    progress.step(2, 2, "Weighing moves")
    chosen = _chosen(problem, shares)
    idle = problem.idle()
    cost = problem.cost(chosen, moves)
    if idle is not None and problem.cost(idle, moves) <= cost:
        chosen, cost = idle, problem.cost(idle, moves)
    return Answer(chosen, cost, min(bound, cost), in_time)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the options of each file begin among the solver's columns, and how many there are in all."""

    starts: tuple[int, ...]
    count: int


def model_of(problem: Problem, moves: MovesStandard, *, whole: bool) -> Any:
    """The problem as the solver takes it: a column for each option, then one for over and one for near each officer."""
    highs = _library()
    numbers = import_module("numpy")
    files, officers = len(problem.points), len(problem.officers)
    index: list[int] = []
    value: list[float] = []
    start, cost = [0], list[float]()
    for file, options in enumerate(problem.options):
        weight = float(problem.points[file])
        for one in options:
            index += [file, files + one.officer, files + officers + one.officer]
            value += [1.0, weight, weight]
            start.append(len(index))
            cost.append(float(one.cost))
    choices = len(cost)
    for place, price in enumerate([moves.over] * officers + [moves.near] * officers):
        index.append(files + place)
        value.append(-1.0)
        start.append(len(index))
        cost.append(float(price))
    infinite = highs.kHighsInf
    room = [float(can - has) for can, has in zip(problem.capacity, problem.load, strict=True)]
    near = [float(can - has) for can, has in zip(problem.near(moves), problem.load, strict=True)]
    made = highs.HighsLp()
    made.num_col_, made.num_row_ = len(cost), files + 2 * officers
    made.col_cost_ = numbers.array(cost)
    made.col_lower_ = numbers.zeros(len(cost))
    made.col_upper_ = numbers.array([1.0] * choices + [infinite] * (2 * officers))
    made.row_lower_ = numbers.array([1.0] * files + [-infinite] * (2 * officers))
    made.row_upper_ = numbers.array([1.0] * files + room + near)
    made.a_matrix_.format_ = highs.MatrixFormat.kColwise
    made.a_matrix_.start_ = numbers.array(start)
    made.a_matrix_.index_ = numbers.array(index)
    made.a_matrix_.value_ = numbers.array(value)
    if whole:
        kinds = highs.HighsVarType
        made.integrality_ = [kinds.kInteger] * choices + [kinds.kContinuous] * (2 * officers)
    return made


def quiet_solver(moves: MovesStandard) -> Any:
    """A solver that says nothing on the terminal and gives the same answer each time."""
    made = _library().Highs()
    for name, setting in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", 1),
        ("mip_rel_gap", moves.gap_percent / 100),
        ("time_limit", float(moves.seconds)),
    ):
        made.setOptionValue(name, setting)
    return made


def _run(
    highs: Any,
    problem: Problem,
    columns: Columns,
    moves: MovesStandard,
    progress: Progress,
    *,
    whole: bool,
    fixed: Sequence[int | None] = (),
) -> tuple[list[float], float, bool]:
    """Shares of every option, what no answer can do better than, and whether it came to its end."""
    model = model_of(problem, moves, whole=whole)
    _fix(model, problem, columns, fixed)
    solver = quiet_solver(moves)
    stopped = _watch(solver, progress)
    solver.passModel(model)
    solver.run()
    if stopped:
        raise Cancelled("The plan was stopped.", kept=KEPT) from stopped[0]
    status, states = solver.getModelStatus(), highs.HighsModelStatus
    shares = list(solver.getSolution().col_value)
    if status not in (states.kOptimal, states.kTimeLimit) or len(shares) < columns.count:
        raise Unavailable(
            f"The solver gave no answer ({solver.modelStatusToString(status)}).",
            kept=KEPT,
            remedy="Ask for fewer files at once.",
        )
    if any(
        abs(sum(shares[at : at + len(one)]) - 1) > 1e-4
        for at, one in zip(columns.starts, problem.options, strict=True)
    ):
        raise Unavailable(
            "The solver found no answer in the time it had.", kept=KEPT, remedy="Ask for fewer files at once."
        )
    found = solver.getInfo()
    bound = found.mip_dual_bound if whole else found.objective_function_value
    return shares, float(bound), status == states.kOptimal


def _watch(solver: Any, progress: Progress) -> list[Cancelled]:
    """Let a person stop the solver; what stopped it is kept in the list."""
    stopped: list[Cancelled] = []

    def asked(event: Any) -> None:
        try:
            progress.step(1, 2, "Weighing moves")
        except Cancelled as cancelled:
            stopped.append(cancelled)
        if stopped:
            event.interrupt()

    for name in ("cbSimplexInterrupt", "cbIpmInterrupt", "cbMipInterrupt"):
        getattr(solver, name).subscribe(asked)
    return stopped


def _columns(problem: Problem) -> Columns:
    starts: list[int] = []
    at = 0
    for options in problem.options:
        starts.append(at)
        at += len(options)
    return Columns(tuple(starts), at)


def _fix(model: Any, problem: Problem, columns: Columns, fixed: Sequence[int | None]) -> None:
    """Hold files to the option that the first step left them whole with."""
    if not fixed:
        return
    numbers = import_module("numpy")
    lower, upper = numbers.array(model.col_lower_), numbers.array(model.col_upper_)
    for at, options, option in zip(columns.starts, problem.options, fixed, strict=True):
        if option is not None:
            upper[at : at + len(options)] = 0.0
            lower[at + option] = upper[at + option] = 1.0
    model.col_lower_, model.col_upper_ = lower, upper


def _whole_ones(problem: Problem, shares: Sequence[float]) -> tuple[int | None, ...]:
    found: list[int | None] = []
    at = 0
    for options in problem.options:
        mine = shares[at : at + len(options)]
        best = max(range(len(options)), key=lambda place: mine[place])
        found.append(best if mine[best] >= WHOLE else None)
        at += len(options)
    return tuple(found)


def _chosen(problem: Problem, shares: Sequence[float]) -> tuple[int, ...]:
    found: list[int] = []
    at = 0
    for options in problem.options:
        mine = shares[at : at + len(options)]
        found.append(max(range(len(options)), key=lambda place: mine[place]))
        at += len(options)
    return tuple(found)


def _library() -> Any:
    try:
        return import_module("highspy")
    except ImportError as error:
        raise Unavailable(
            "The solver that weighs many moves at once (HiGHS) is not installed here.",
            kept=KEPT,
            remedy="Give the files one by one, or ask whoever looks after Casefile to install highspy.",
        ) from error
