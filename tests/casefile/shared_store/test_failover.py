"""The primary dies while officers sign: the standby takes over, they carry on, and nothing acknowledged is lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.audit.anchor import Anchor
from casefile.desk import Desk
from casefile.errors import CasefileError
from casefile.files.actions.drafts import save_draft, start_draft
from casefile.files.actions.entries import sign_entry
from casefile.files.actions.files import open_file
from casefile.files.queries.drafts import my_drafts
from casefile.opening.setup import Choices, prepare
from casefile.record.model import Entry
from casefile.store.shared.address import parse
from casefile.store.shared.setup import opened as as_keeper
from tests.servers import Pair

PASSWORD = "three quiet otters swim"
OFFICERS = ("Ash", "Birch", "Cole", "Dene")
EACH = 6
"""Entries that each officer signs."""
BEFORE = 6
"""Signatures of all of them before the primary is killed, while the next are on their way."""
TRIES = 200
CONTACT: dict[str, Any] = {
    "happened_on": "2026-03-02", "known_on": "2026-03-02", "kind": "school", "by_whom": "DC Marsh",
    "child_seen": "alone", "note": "She was seen at school.",
}  # fmt: skip


@pytest.fixture
def pair(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Pair]:
    for name in ("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    with Pair() as running:
        yield running


class Signing:
    """Officers who sign, and what each was told of it."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.acknowledged: set[UUID] = set()
        self.in_doubt = 0
        self.enough = threading.Semaphore(0)
        self.faults: list[BaseException] = []

    def work(self, name: str) -> None:
        """Draft and sign; whatever the server does meanwhile, carry on until all of it is signed."""
        try:
            desk = opening.open_server(parse(self.address)).desk
            self._until(lambda: desk.sign_in(name, PASSWORD))
            file_id = self._until(lambda: desk.do(open_file, f"F-{name}").result)
            for number in range(EACH):
                self._sign(desk, file_id, number)
            self._until(desk.close)
        except BaseException as fault:
            self.faults.append(fault)
            raise
        finally:
            self.enough.release()

    def _sign(self, desk: Desk, file_id: UUID, number: int) -> None:
        draft = self._until(lambda: self._draft(desk, file_id, number))
        for _ in range(TRIES):
            try:
                self.acknowledged.add(desk.do(sign_entry, draft).result.id)
            except CasefileError:
                # Nobody knows yet whether it was kept: the draft says, which is gone when it was.
                if self._until(lambda: draft not in {one.id for one in desk.read(my_drafts)}):
                    self.in_doubt += 1
                    break
            else:
                break
        else:
            raise AssertionError("it could not be signed")
        self.enough.release()

    def _draft(self, desk: Desk, file_id: UUID, number: int) -> UUID:
        """The draft of this number, begun now or when the server went away in the middle of it."""
        held = desk.read(my_drafts)
        draft = held[0] if held else desk.do(start_draft, file_id, "contact").result
        values = {**draft.values, **CONTACT, "note": f"Number {number}"}
        desk.do(save_draft, draft.id, values, draft.revision)
        return draft.id

    @staticmethod
    def _until(once: Any) -> Any:
        """Try again while the server is away."""
        last: CasefileError | None = None
        for _ in range(TRIES):
            try:
                return once()
            except CasefileError as error:
                last = error
                threading.Event().wait(0.05)
        raise AssertionError("the server did not come back") from last


def test_the_primary_is_killed_and_nothing_acknowledged_is_lost(pair: Pair) -> None:
    address = pair.address("casefile")
    with_keeper = parse(address.replace("postgresql://", "postgresql://postgres@"), naming=True)
    prepare(with_keeper, None, Choices(local_socket=True), lambda: ("Boss", PASSWORD))
    boss = opening.open_server(parse(address)).desk
    boss.sign_in("Boss", PASSWORD)
    for number, name in enumerate(OFFICERS):
        boss.do(add_officer, NewOfficer(name, "sergeant", PASSWORD, number=str(number)))
    identity = boss.store.identity
    boss.close()
    assert pair.primary.ask("SELECT sync_state FROM pg_stat_replication") == "sync"

    signing = Signing(address)
    threads = [threading.Thread(target=signing.work, args=(name,), daemon=True) for name in OFFICERS]
    for one in threads:
        one.start()
    assert signing.faults == []
    for _ in range(BEFORE):
        assert signing.enough.acquire(timeout=60), signing.faults
    pair.primary.kill()
    pair.standby.promote()
    for one in threads:
        one.join()
    assert signing.faults == []

    with as_keeper(with_keeper, None) as store, store.reading() as session:
        kept = set(session.scalars(select(Entry.id)))
    assert signing.acknowledged <= kept, "what was acknowledged is there"
    assert len(kept) == len(OFFICERS) * EACH == len(signing.acknowledged) + signing.in_doubt, "and once each"
    assert identity is not None
    assert len(Anchor(opening.heads_of(identity)).heads()) > len(kept)
    boss = opening.open_server(parse(address)).desk
    boss.sign_in("Boss", PASSWORD)
    assert boss.verify_log().faults == (), "the chain holds, and every head that any of them kept is in it"
    boss.close()
