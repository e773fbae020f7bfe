"""The process is killed at any moment while it saves, signs and imports: nothing acknowledged is lost, nothing is half done.

``pytest -m long`` kills a thousand times and more; the default run kills a few.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
from collections.abc import Iterator
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from casefile.desk import Desk
from casefile.files.actions.files import open_file
from casefile.record.model import CaseFile, Draft, Entry
from casefile.record.people import Involvement
from casefile.search.mending import stands
from casefile.store.engine import sound
from tests.conftest import KEY, PASSWORD
from tests.faults import victim

KILLS = 12
MANY = 1_100
EACH_STORE = 100
"""Kills before a fresh store is taken: proving the log reads all of it every time."""
MOST_TOLD = 9
"""Acknowledgements heard before the kill, at most: somewhere in the second or third round of work."""
LONGEST = 0.03
"""Seconds after the last of them, at most: longer than any single write takes."""
PATIENCE = 60


@pytest.fixture(scope="module")
def server() -> ForkServerContext:
    """A fork server with everything imported once."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.victim"])
    return context


class Witness:
    """What was acknowledged before the kills."""

    def __init__(self) -> None:
        self.drafts: dict[UUID, int] = {}
        self.signed: set[UUID] = set()
        self.imported: set[str] = set()

    def hear(self, what: str, which: str, revision: int) -> None:
        if what == "draft":
            self.drafts[UUID(which)] = 0
        elif what == "saved":
            self.drafts[UUID(which)] = revision
        elif what == "signed":
            self.signed.add(UUID(which))
        elif what == "imported":
            self.imported.add(which)


Told = tuple[str, str, int]


def kill_once(
    server: ForkServerContext, where: tuple[Path, Path], file_id: UUID, run: int, chance: random.Random
) -> list[Told]:
    """Start the victim, let it work for a moment that chance decides, kill it; gives what it had been told."""
    store, anchor = where
    hear, say = server.Pipe(duplex=False)
    process = server.Process(
        target=victim.work, args=(say, str(store), KEY, str(anchor), ("Marsh", PASSWORD), file_id, run)
    )
    process.start()
    say.close()
    heard = [hear.recv() for _ in range(chance.randrange(1, MOST_TOLD)) if hear.poll(PATIENCE)]
    _ = hear.poll(chance.uniform(0, LONGEST)) and hear.poll(chance.uniform(0, LONGEST))
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    heard.extend(_rest(hear))
    hear.close()
    return heard


def _rest(hear: Connection) -> Iterator[Told]:
    """What stood in the pipe when it was killed; the last line may be torn."""
    while hear.poll(0):
        try:
            yield hear.recv()
        except (EOFError, OSError):
            return


def prove(desk: Desk, witness: Witness) -> None:
    """The store is sound, its log intact; everything acknowledged is there and no import is half there."""
    assert sound(desk.store) == []
    verdict = desk.verify_log()
    assert verdict.intact, verdict.faults
    with desk.store.reading() as session:
        assert stands(session).sound, "everything that is kept is found"
        assert witness.signed <= set(session.scalars(select(Entry.id)))
        kept = {row.id: row.revision for row in session.execute(select(Draft.id, Draft.revision))}
        # A draft that is gone was signed, though the kill came before the word of it.
        assert all(kept.get(draft, revision) >= revision for draft, revision in witness.drafts.items())
        files = {row.reference: row.id for row in session.execute(select(CaseFile.reference, CaseFile.id))}
        assert witness.imported <= files.keys()
        for reference, file_id in files.items():
            if reference.startswith("F-KILL-"):
                entries = list(session.scalars(select(Entry.id).where(Entry.file_id == file_id)))
                people = list(session.scalars(select(Involvement.id).where(Involvement.file_id == file_id)))
                assert (len(entries), len(people)) == (3, 1), f"{reference} came in by half"


def run_kills(server: ForkServerContext, staffed: Path, folder: Path, kills: int, seed: int) -> int:
    """Kill so many times on one store; gives how many acknowledgements were held to."""
    folder.mkdir()
    store, anchor = folder / "casefile.db", folder / "heads.jsonl"
    store.write_bytes(staffed.read_bytes())
    desk = victim.desk_at(store, KEY, anchor)
    desk.sign_in("Marsh", PASSWORD)
    file_id = desk.do(open_file, "F-2026-00001").result
    witness, chance = Witness(), random.Random(seed)
    for run in range(kills):
        for told in kill_once(server, (store, anchor), file_id, run, chance):
            witness.hear(*told)
        if run % 4 == 3 or run == kills - 1:
            prove(desk, witness)
    desk.close()
    assert witness.signed
    return len(witness.drafts) + len(witness.signed) + len(witness.imported)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a fork server to kill quickly")
def test_killed_at_random_nothing_acknowledged_is_lost(
    server: ForkServerContext, staffed_store: Path, tmp_path: Path
) -> None:
    assert run_kills(server, staffed_store, tmp_path / "store", KILLS, seed=1) > KILLS


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_killed_a_thousand_times(server: ForkServerContext, staffed_store: Path, tmp_path: Path) -> None:
    held = 0
    for number in range(MANY // EACH_STORE):
        held += run_kills(server, staffed_store, tmp_path / str(number), EACH_STORE, seed=1000 + number)
    assert held > MANY
