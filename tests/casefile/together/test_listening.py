"""What one program writes, another hears at once, on both stores: kinds and files, never its own writing, never a
restricted file by name; a lost connection is sought again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, Queue
from uuid import UUID

import pytest
from sqlalchemy import text

from casefile.desk import Desk
from casefile.files.actions.drafts import save_draft, start_draft
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import open_file
from casefile.files.actions.presence import be_here, leave
from casefile.files.actions.restrict import restrict_file
from casefile.store.base import Base
from casefile.store.engine import Store
from casefile.store.shared import notices
from casefile.work.changed import Changed
from casefile.work.ids import new_id
from casefile.work.names import Kind
from tests.casefile.files.test_keeping import STRATEGY
from tests.casefile.together.conftest import Client
from tests.conftest import officer_of
from tools.migration import import_models

SILENT = {
    "blob", "blob_chunk", "counter", "diary_feed", "entry_person", "entry_thread", "file_weight", "kept_filter",
    "log_head", "log_row", "log_subject", "person_called", "person_key", "person_look", "person_match", "restricted_mark",
    "restricted_match", "source_ref", "store_fact", "word_row", "written",
}  # fmt: skip
"""Tables of which nobody is told: caches, numbers, what is one officer's own, and what comes with something that is told."""
SOON = 10.0


class Hearing:
    """Everything a desk hears, as its window would."""

    def __init__(self, desk: Desk) -> None:
        self.heard: Queue[Changed] = Queue()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._listen, args=(desk,))
        self._thread.start()

    def _listen(self, desk: Desk) -> None:
        for one in desk.changes(self._stop):
            self.heard.put(one)

    def until(self, wanted: Callable[[Changed], bool]) -> Changed:
        """Everything heard until something fits, together."""
        found: Changed | None = None
        while found is None or not wanted(found):
            one = self.heard.get(timeout=SOON)
            found = one if found is None else found.with_(one)
        return found

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()


@contextmanager
def listening(desk: Desk, by: Desk) -> Iterator[Hearing]:
    """A desk that listens already: it has heard another officer coming by."""
    hearing = Hearing(desk)
    window, file_id = new_id(), by.do(open_file).result
    try:
        while True:
            by.do(be_here, window, file_id)
            by.do(leave, window)
            try:
                hearing.heard.get(timeout=0.2)
                break
            except Empty:
                continue
        yield hearing
    finally:
        hearing.stop()


@pytest.fixture
def marsh(client: Client) -> Desk:
    return client("Marsh")


@pytest.fixture
def hearing(client: Client, marsh: Desk) -> Iterator[Hearing]:
    with listening(client("Rhodes"), marsh) as found:
        yield found


def test_kinds_and_files_are_heard(hearing: Hearing, marsh: Desk) -> None:
    file_id = marsh.do(open_file).result
    heard = hearing.until(lambda one: one.concerns(Kind.CASE_FILE, file_id=file_id))
    assert heard.elsewhere
    marsh.do(record_entry, file_id, "strategy", STRATEGY)
    heard = hearing.until(lambda one: one.concerns(Kind.ENTRY, file_id=file_id))
    assert not heard.anywhere
    draft = marsh.do(start_draft, file_id, "strategy").result
    marsh.do(save_draft, draft.id, {"shared": "More"}, draft.revision)
    hearing.until(lambda one: one.concerns(Kind.DRAFT, file_id=file_id))
    window = new_id()
    marsh.do(be_here, window, file_id)
    hearing.until(lambda one: one.concerns(Kind.PRESENCE, file_id=file_id))


def test_ones_own_writing_is_not_heard_from_outside(client: Client, marsh: Desk) -> None:
    rhodes = client("Rhodes")
    with listening(rhodes, marsh) as hearing:
        mine = rhodes.do(open_file).result
        theirs = marsh.do(open_file).result
        heard = hearing.until(lambda one: theirs in one.files)
        assert mine not in heard.files


def test_a_restricted_file_is_not_named(hearing: Hearing, marsh: Desk, client: Client, store: Store) -> None:
    file_id, sergeant = marsh.do(open_file).result, client("Okafor")
    hearing.until(lambda one: file_id in one.files)
    readers = [officer_of(marsh), officer_of(sergeant)]
    sergeant.do(restrict_file, file_id, readers, "A colleague’s family")
    heard = hearing.until(lambda one: one.concerns(Kind.RESTRICTION, file_id=file_id))
    marsh.do(record_entry, file_id, "strategy", STRATEGY)
    other = marsh.do(open_file).result
    heard = hearing.until(lambda one: other in one.files)
    if store.kind == "shared":
        assert file_id not in heard.files
        assert heard.concerns(Kind.ENTRY, file_id=file_id, restricted=True)
        assert not heard.concerns(Kind.ENTRY, file_id=new_id())


def test_what_concerns_a_great_many_files_is_told_in_pieces_that_fit(store: Store, client: Client) -> None:
    if store.kind == "embedded":
        assert client("Marsh").do(open_file).result
        return
    with store.engine.connect() as connection:
        made = connection.execution_options(isolation_level="AUTOCOMMIT")
        made.execute(text("LISTEN casefile"))
        made.execute(
            text(
                "SELECT casefile_tell('entry', ARRAY(SELECT gen_random_uuid() FROM generate_series(1, 1000)))"
            )
        )
        driver = made.connection.driver_connection
        assert driver is not None
        said = [one.payload for one in driver.notifies(timeout=SOON, stop_after=7)]
    assert len(said) == 7
    assert max(map(len, said)) < 8000


def test_a_lost_connection_is_sought_again_and_everything_is_read_anew(
    hearing: Hearing, marsh: Desk, store: Store
) -> None:
    if store.kind == "shared":
        with store.engine.connect() as connection:
            killed = connection.execute(
                text(
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query = 'LISTEN casefile'"
                )
            ).scalar()
            assert killed == 1
        heard = hearing.until(lambda one: one.anywhere)
        assert heard.kinds == frozenset(Kind)
    file_id: UUID = marsh.do(open_file).result
    assert hearing.until(lambda one: one.concerns(Kind.CASE_FILE, file_id=file_id)).elsewhere


def test_every_table_is_told_of_or_stands_among_those_that_are_not() -> None:
    import_models()
    known = set(notices.KINDS) | SILENT | {"presence"}
    parts = {name for name in Base.metadata.tables if name.startswith(("section_", "row_"))}
    assert set(Base.metadata.tables) == known | parts
    assert set(notices.KINDS.values()) <= {one.value for one in Kind}
