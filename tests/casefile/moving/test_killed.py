"""A move is killed at any moment: no half store ever opens, and started again the same move ends well."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.access.queries import officers
from casefile.audit.queries import log_page
from casefile.errors import Cancelled, Damaged, Missing, Unavailable
from casefile.moving.ends import NewFolder, OnServer
from casefile.moving.run import Move
from casefile.moving.sources import of_server, take_up_again
from casefile.opening import Place
from casefile.sample import PASSWORD
from casefile.store import standing
from casefile.store.engine import Store, sound
from casefile.store.shared.address import Address
from casefile.work.progress import Quiet
from tests.casefile.moving import victim
from tests.casefile.moving.conftest import (
    NAMES,
    PASSPHRASE,
    THERE,
    AtServer,
    Held,
    Stopping,
    administered,
    everything,
    to_folder,
    to_server,
)

PATIENCE = 60
KILLS = 6
MOST_STEPS = 220
"""Steps before the kill, at most: a little more than a move of the small record takes."""


@pytest.fixture(scope="module")
def server() -> ForkServerContext:
    """A fork server with everything imported once."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.casefile.moving.victim"])
    return context


def run(server: ForkServerContext, came: Place, to: Place, steps: int | None, chance: random.Random) -> bool:
    """Let it move for so many steps and a moment more, then kill it; whether it had come to its end."""
    hear, say = server.Pipe(duplex=False)
    home = str(Path(os.environ["XDG_STATE_HOME"]).parent)
    told = (say, came, to, PASSPHRASE, (NAMES[0], PASSWORD), home)
    process = server.Process(target=victim.move, args=told)
    process.start()
    say.close()
    heard: list[str] = []
    while (steps is None or len(heard) < steps) and hear.poll(PATIENCE):
        try:
            heard.append(hear.recv()[2])
        except EOFError:
            break
    if steps is not None and "over" not in heard:
        _ = hear.poll(chance.uniform(0, 0.02))
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
    process.join()
    hear.close()
    return "over" in heard


@contextmanager
def opened_at(place: Place) -> Iterator[Store]:
    """The store at a place, if anybody may open it."""
    if isinstance(place, Path):
        store = opening.open_with_passphrase(place, PASSPHRASE, remember=False).desk.store
        yield store
        store.close()
        return
    with of_server(place, None, lambda desk: None) as source:
        yield source.store


def check_whole(came: Place, to: Place) -> bool:
    """Whether the target opens; if it does, then everything is there."""
    with opened_at(came) as source:
        try:
            with opened_at(to) as store:
                with store.reading() as session:
                    last = standing.came_from(session.connection())
                assert last is not None
                assert everything(store, log_up_to=last.seq) == everything(source, log_up_to=last.seq)
                assert sound(store) == []
                return True
        except (Damaged, Missing):
            return False


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a fork server to kill quickly")
def test_killed_on_the_way_to_the_server_and_on_the_way_back(
    server: ForkServerContext, folder: Path, address: Address, tmp_path: Path
) -> None:
    chance = random.Random(5)
    for came, to in ((folder, address), (address, tmp_path / "back")):
        for _ in range(KILLS):
            if run(server, came, to, chance.randrange(1, MOST_STEPS), chance):
                break
            check_whole(came, to)
        else:
            assert run(server, came, to, None, chance)
        assert check_whole(came, to)
    back = administered(tmp_path / "back")
    assert back.desk.verify_log().faults == ()
    assert len(back.desk.read(officers)) == 2
    back.close()


class Cut(Unavailable):
    """The power went at the worst moment: the new store is whole, and the old one does not know it yet."""


class CutServer(OnServer):
    """A server that is cut off at that moment."""

    def settle(self, store: Store) -> None:
        raise Cut("The power went.")


class CutFolder(NewFolder):
    """A folder that is not yet in its place at that moment."""

    def settle(self, store: Store) -> None:
        raise Cut("The power went.")


def test_cut_between_the_two_last_moments_the_move_ends_when_it_is_started_again(
    held: Held, address: Address, at_server: AtServer, tmp_path: Path
) -> None:
    with pytest.raises(Cut):
        Move(held.source, CutServer(address), THERE, Quiet()).run()
    assert held.source.standing().state == "moving"  # type: ignore[union-attr]
    to_server(held.source, address)
    assert held.source.standing().state == "moved"  # type: ignore[union-attr]
    shared = at_server(address)
    with pytest.raises(Cut):
        Move(shared, CutFolder(tmp_path / "back", PASSPHRASE, keychain=False), THERE, Quiet()).run()
    to_folder(shared, tmp_path / "back")
    home = administered(tmp_path / "back", THERE)
    assert home.desk.verify_log().faults == ()
    assert [one.act for one in home.desk.read(log_page)].count("moving.take_in") == 2
    home.close()


def test_what_a_move_that_was_given_up_left_is_not_gone_on_with(
    held: Held, address: Address, at_server: AtServer, tmp_path: Path
) -> None:
    """Meanwhile the record changed: what lies half filled in the target is of yesterday."""
    with pytest.raises(Cancelled):
        to_server(held.source, address, Stopping(40))
    take_up_again(held.source, "Not today.")
    held.opened.desk.do(add_officer, NewOfficer("Fresh", "constable", PASSWORD))
    to_server(held.source, address)
    shared = at_server(address)
    assert {one.name for one in shared.desk.read(officers)} >= {"Fresh"}
    with pytest.raises(Cancelled):
        to_folder(shared, tmp_path / "back", Stopping(40))
    take_up_again(shared, "Not today either.")
    shared.desk.do(add_officer, NewOfficer("Fresher", "constable", PASSWORD))
    to_folder(shared, tmp_path / "back")
    home = administered(tmp_path / "back", THERE)
    assert {one.name for one in home.desk.read(officers)} >= {"Fresh", "Fresher"}
    home.close()
