"""Two officers at the same moment, on both stores: one is first, the other is told so, and nothing moves by halves."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from casefile.errors import Conflict, World
from casefile.handover.begin import save_checklist, start_handover, take_back
from casefile.handover.queries import accountable, checklist
from casefile.handover.receive import accept
from tests.casefile.handover.conftest import Team, held_files, items, opened, sent


def both(*does: Callable[[], object]) -> list[World | None]:
    """Do things at once; what each was refused with."""
    gate = Barrier(len(does))

    def one(do: Callable[[], object]) -> World | None:
        gate.wait()
        try:
            do()
        except World as refused:
            return refused
        return None

    with ThreadPoolExecutor(len(does)) as pool:
        return list(pool.map(one, does))


def test_acceptance_at_the_moment_of_withdrawal(team: Team) -> None:
    (file_id,) = held_files(team, 1)
    marsh, vale = team.at("Marsh"), team.at("Vale")
    begun = marsh.do(start_handover, team["Marsh"], reason="Transfer").result
    ids = opened(vale, sent(team, begun.id, "Marsh", "Vale"))
    accepted, taken = both(lambda: vale.do(accept, ids), lambda: marsh.do(take_back, ids, "Wrong receiver"))
    assert (accepted is None) != (taken is None)
    assert isinstance(accepted or taken, Conflict)
    (item,) = items(marsh, begun.id)
    went = accepted is None
    assert item.step.value == ("accepted" if went else "withdrawn")
    assert marsh.read(accountable, file_id).officer_id == team["Vale" if went else "Marsh"]


def test_two_edits_at_once_lose_neither(team: Team) -> None:
    held_files(team, 1)
    marsh, okafor = team.at("Marsh"), team.at("Okafor")
    begun = marsh.do(start_handover, team["Marsh"], reason="Transfer").result
    (item,) = items(marsh, begun.id)
    mine, theirs = both(
        lambda: marsh.do(save_checklist, item.id, {"worry": "A lodger"}, 0),
        lambda: okafor.do(save_checklist, item.id, {"worry": "A dog"}, 0),
    )
    lost = mine or theirs
    assert isinstance(lost, Conflict)
    assert (mine is None) != (theirs is None)
    kept = marsh.read(checklist, item.id).values
    assert {str(lost.theirs), str(lost.yours)} == {str({"worry": "A lodger"}), str({"worry": "A dog"})}
    assert kept == lost.theirs
