"""Moving many files at once: which files, who may take each, what a solver makes of it, and why. Nothing moves here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from casefile.errors import Invalid
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work
from casefile.workload.allocate.ground import (
    FileFacts,
    Officers,
    facts_of,
    files_held,
    offer_of,
    officers_now,
)
from casefile.workload.allocate.problem import Answer, Option, Problem
from casefile.workload.allocate.rows import Balance, Move, Part, Plan
from casefile.workload.allocate.rules import against, parts_of, score_of
from casefile.workload.allocate.solver import solve
from casefile.workload.rows import count

NOT_READ = "Nothing was read."


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be moved.

    Attributes:
        leaving: Officers all of whose files must go to others.
        teams: Teams whose files may move among their officers; "" is no team.
        nobody: Whether files that nobody is named for are to be given out too.
        into: Teams whose officers may take files; empty: those of *teams* and of those leaving.
    """

    leaving: tuple[UUID, ...] = ()
    teams: tuple[str, ...] = ()
    nobody: bool = False
    into: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """A plan's problem, with what is needed to tell of its answer.

    Attributes:
        files: In the order of the problem.
        reasons: For each file and option, what speaks for and against that officer beside load.
        nobody: Files that nobody can take, with why.
        hidden: Restricted files that may not be seen and so stay out of it.
    """

    problem: Problem
    files: tuple[FileFacts, ...]
    reasons: tuple[tuple[tuple[Part, ...], ...], ...]
    nobody: tuple[tuple[FileFacts, str], ...]
    hidden: int


@query(needs=Permission.ALLOCATE, logs=Logged.CONSULTATION)
def plan_moves(work: Work, asked: Asked) -> Plan:
    """Propose how many files might move at once, with the reason for each; nothing moves until it is approved.

    Raises:
        Invalid: Nothing is asked for, or no officer can take anything.
        Unavailable: The solver is not installed, or finds no answer.
        Cancelled: Somebody stopped it.
    """
    everybody = officers_now(work)
    drawn = draw(work, everybody, asked)
    work.about(files=[one.file_id for one in drawn.files])
    work.note(files=len(drawn.files), officers=len(drawn.problem.officers))
    moves = work.standards.allocation.moves
    answer = solve(drawn.problem, moves, work.progress) if drawn.files else Answer((), 0, 0.0, in_time=True)
    idle = drawn.problem.idle()
    told = [*_moves(everybody, drawn, answer), *_left(everybody, drawn)]
    told.sort(key=lambda one: (one.to_id is None, one.stays, one.from_officer, one.to_officer, one.reference))
    return Plan(
        asked_words(everybody, asked),
        tuple(told),
        tuple(_balances(everybody, drawn, answer)),
        float(answer.cost),
        float(drawn.problem.cost(idle, moves)) if idle is not None else None,
        answer.bound,
        _how_good(answer, len(drawn.files)),
        drawn.hidden,
    )


def draw(work: Work, everybody: Officers, asked: Asked) -> Drawn:
    """The problem, from the store."""
    _something(everybody, asked)
    givers = _givers(everybody, asked)
    takers = _takers(everybody, asked)
    if not takers:
        raise Invalid(
            "Nobody there can take a file: everybody is away, hands files over, leaves, or carries none.",
            kept=NOT_READ,
        )
    held, hidden = files_held(work, {*givers, *((None, *everybody.staff.gone) if asked.nobody else ())})
    held = tuple(
        one
        for one in held
        if one.officer_id in givers or _unnamed(everybody, asked, one.officer_id, one.supervisor_id)
    )
    files = facts_of(work, held)
    kept: list[FileFacts] = []
    options: list[tuple[Option, ...]] = []
    reasons: list[tuple[tuple[Part, ...], ...]] = []
    stays: list[int | None] = []
    nobody: list[tuple[FileFacts, str]] = []
    places = {key: place for place, key in enumerate(takers)}
    for number, file in enumerate(files):
        if number % 100 == 0:
            work.progress.step(number, len(files), "Looking at who might take each file")
        found = _options(work, everybody, file, takers, number)
        if not found:
            nobody.append((file, _why_nobody(work, everybody, file, takers)))
            continue
        holder = file.holders.get("officer")
        kept.append(file)
        cost = work.standards.allocation.moves.moved
        options.append(
            tuple(
                Option(places[one], -score_of(parts) + (0 if one == holder or holder not in places else cost))
                for one, parts in found
            )
        )
        reasons.append(tuple(parts for _, parts in found))
        stays.append(next((at for at, (one, _) in enumerate(found) if one == holder), None))
    moving: dict[UUID, int] = {}
    for file in kept:
        if (holder := file.holders.get("officer")) is not None:
            moving[holder] = moving.get(holder, 0) + file.points
    problem = Problem(
        tuple(one.points for one in kept),
        tuple(options),
        tuple(stays),
        takers,
        tuple(everybody.loads[one].held.points - moving.get(one, 0) for one in takers),
        tuple(everybody.loads[one].capacity.points for one in takers),
    )
    return Drawn(problem, tuple(kept), tuple(reasons), tuple(nobody), hidden)


def asked_words(everybody: Officers, asked: Asked) -> str:
    """What was asked for, in words."""
    told = [f"every file of {everybody.staff.name(one)}, who gives all of them away" for one in asked.leaving]
    told += [f"the files of {one}, evened out" for one in asked.teams]
    told += ["the files that nobody is named for"] if asked.nobody else []
    into = f", to officers of {' and '.join(asked.into)}" if asked.into else ""
    words = "; ".join(told)
    return f"{words[:1].upper()}{words[1:]}{into}"


def _something(everybody: Officers, asked: Asked) -> None:
    if not (asked.leaving or asked.teams or asked.nobody):
        raise Invalid(
            "Say which files are to move: whose, of which team, or those that nobody is named for.",
            kept=NOT_READ,
        )
    teams = {one.team for one in everybody.loads.values()}
    for one in (*asked.teams, *asked.into):
        if one not in teams:
            raise Invalid(f"There is no team called {one}.", kept=NOT_READ)
    for one in asked.leaving:
        if one not in everybody.staff.terms:
            raise Invalid("One of the officers is not known.", kept=NOT_READ)


def _givers(everybody: Officers, asked: Asked) -> frozenset[UUID]:
    of_teams = {key for key, one in everybody.loads.items() if one.team in asked.teams}
    return frozenset({*asked.leaving, *of_teams})


def _takers(everybody: Officers, asked: Asked) -> tuple[UUID, ...]:
    """Officers who may take files, by name: of the teams asked for, who carry files, are there and give none away."""
    teams = set(asked.into) or {*asked.teams, *(everybody.staff.team(one) for one in asked.leaving)}
    found = [
        key
        for key, one in everybody.loads.items()
        if one.carries
        and (one.team in teams or not teams)
        and key not in asked.leaving
        and key not in everybody.away
        and key not in everybody.giving
    ]
    return tuple(sorted(found, key=lambda key: (everybody.loads[key].officer, key)))


def _unnamed(everybody: Officers, asked: Asked, holder: UUID | None, supervisor: UUID | None) -> bool:
    """Whether a file is one of those that nobody is named for, of the teams asked for if any are."""
    if not asked.nobody or (holder is not None and holder not in everybody.staff.gone):
        return False
    return not asked.teams or everybody.staff.team(supervisor) in ("", *asked.teams)


def _options(
    work: Work, everybody: Officers, file: FileFacts, takers: Sequence[UUID], number: int
) -> list[tuple[UUID, tuple[Part, ...]]]:
    """The officers considered for a file: its holder, then those whom most speaks for, in turn where it is the same."""
    standard = work.standards.allocation
    most = standard.moves.candidates
    can: list[tuple[int, int, UUID, tuple[Part, ...]]] = []
    holder = file.holders.get("officer")
    for turn, officer_id in enumerate(_looked_at(everybody, file, takers, number, 3 * most)):
        offer, reach = offer_of(work, everybody, file, officer_id, "officer")
        if not against(reach):
            parts = parts_of(offer, standard, load=False)
            can.append((0 if officer_id == holder else 1, -score_of(parts) * 1000 + turn, officer_id, parts))
    return [(one, parts) for _, _, one, parts in sorted(can, key=lambda each: each[:2])[:most]]


def _looked_at(
    everybody: Officers, file: FileFacts, takers: Sequence[UUID], number: int, most: int
) -> Iterator[UUID]:
    """Its holder and who knows the family; then the supervisor's team and the others, beginning further on each time."""
    known = set(takers)
    first = [file.holders.get("officer"), *sorted(file.kin), *sorted(file.past)]
    team = everybody.staff.team(file.holders.get("supervisor"))
    near = [one for one in takers if everybody.loads[one].team == team]
    far = [one for one in takers if everybody.loads[one].team != team]
    told: dict[UUID, None] = {}
    for one in first:
        if one is not None and one in known:
            told[one] = None
    for some in (near, far):
        step = number * 7 % len(some) if some else 0
        for one in (*some[step:], *some[:step]):
            if len(told) >= most:
                break
            told[one] = None
    yield from told


def _why_nobody(work: Work, everybody: Officers, file: FileFacts, takers: Sequence[UUID]) -> str:
    told = [said for one in takers if (said := against(offer_of(work, everybody, file, one, "officer")[1]))]
    more = f" And {len(told) - 2} more." if len(told) > 2 else ""
    return f"Nobody can take it. {' '.join(told[:2])}{more}"


def _moves(everybody: Officers, drawn: Drawn, answer: Answer) -> Iterator[Move]:
    problem = drawn.problem
    carried = problem.carried(answer.chosen)
    for number, (file, option) in enumerate(zip(drawn.files, answer.chosen, strict=True)):
        officer = problem.options[number][option].officer
        to_id, holder = problem.officers[officer], file.holders.get("officer")
        stays = to_id == holder
        parts = [one.said for one in drawn.reasons[number][option] if one.points]
        stands = f"would carry {carried[officer]} of {problem.capacity[officer]}"
        why = "; ".join((*parts, stands))
        yield Move(
            file.file_id,
            file.reference,
            file.family_name,
            file.points,
            holder,
            everybody.staff.name(holder),
            to_id,
            everybody.staff.name(to_id),
            f"Best left where it is: {why}" if stays else f"{why[:1].upper()}{why[1:]}",
            stays,
            option + 1,
        )


def _left(everybody: Officers, drawn: Drawn) -> Iterator[Move]:
    for file, why in drawn.nobody:
        holder = file.holders.get("officer")
        yield Move(
            file.file_id, file.reference, file.family_name, file.points, holder, everybody.staff.name(holder),
            None, "", why,
        )  # fmt: skip


def _balances(everybody: Officers, drawn: Drawn, answer: Answer) -> Iterator[Balance]:
    """Everybody whose load would change, and everybody above capacity, by team and name."""
    problem = drawn.problem
    gains: dict[UUID, list[int]] = {}
    for number, (file, option) in enumerate(zip(drawn.files, answer.chosen, strict=True)):
        to_id, holder = problem.officers[problem.options[number][option].officer], file.holders.get("officer")
        if to_id != holder:
            for one, sign in ((to_id, 1), (holder, -1)):
                if one is not None:
                    files, points = gains.get(one, [0, 0])
                    gains[one] = [files + sign, points + sign * file.points]
    found: list[Balance] = []
    for key in dict.fromkeys((*problem.officers, *gains)):
        load = everybody.loads.get(key)
        if load is None:
            continue
        files, points = gains.get(key, [0, 0])
        one = Balance(
            key, load.officer, load.team, load.held.files, load.held.files + files, load.held.points,
            load.held.points + points, load.capacity.points,
        )  # fmt: skip
        if files or points or one.over > 0:
            found.append(one)
    yield from sorted(found, key=lambda one: (one.team, one.officer))


def _how_good(answer: Answer, files: int) -> str:
    if not files:
        return "There is nothing to move."
    late = "" if answer.in_time else "The solver was stopped by the clock. "
    if answer.gap == 0:
        return f"{late}{count(files, 'file')} weighed; by its own measure nothing better is possible."
    return f"{late}{count(files, 'file')} weighed; by its own measure at most {answer.gap:.1f} % from the best possible."
