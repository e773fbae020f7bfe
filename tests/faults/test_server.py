"""The server of the shared store stops, is killed, is cut off, runs full, stands by: what was acknowledged stays, and
of the rest the officer is told the truth."""

from __future__ import annotations

import random
import subprocess
import threading
from collections.abc import Generator, Iterator
from contextlib import suppress
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import Connection, event, text

from casefile.desk import Desk
from casefile.errors import Away, Unavailable, Unsure
from casefile.files.actions.documents import add_document
from casefile.files.actions.drafts import save_draft, start_draft
from casefile.files.actions.entries import sign_entry
from casefile.files.actions.files import open_file
from casefile.files.queries.docket import divider_page
from casefile.files.queries.drafts import my_drafts
from casefile.standards import library
from casefile.store.away import PATIENCE
from casefile.work.changed import Done
from tests.conftest import PASSWORD, Clock, _build
from tests.faults.servers import THE_ANSWER, THE_ORDER, Server, Wire, at_commit
from tests.owners import let_in_again

CONTACT: dict[str, Any] = {
    "happened_on": "2026-03-02", "known_on": "2026-03-02", "kind": "school", "by_whom": "DC Marsh",
    "child_seen": "alone", "note": "Amy is afraid of going home.",
}  # fmt: skip

CHANGED = {**CONTACT, "note": "Amy is afraid of going home, and will not say why."}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server() as running:
        running.halt()
        running.begin()
        yield running


@pytest.fixture
def dsn(server: Server) -> Generator[str]:
    made = server.fresh_database(server.template("staffed", _build))
    let_in_again(made, PASSWORD)
    yield made
    server.drop(made)


@pytest.fixture
def wire(dsn: str) -> Generator[Wire]:
    with Wire(dsn) as laid:
        yield laid


@pytest.fixture
def hurry() -> dict[str, str]:
    """What the address says about patience; nothing, unless a test has no time for as much as people are given."""
    return {}


@pytest.fixture
def desk(wire: Wire, hurry: dict[str, str]) -> Generator[Desk]:
    """A sergeant's desk at the far end of the wire."""
    made = Desk(wire.store(**hurry), library(), clock=Clock())
    made.sign_in("Okafor", PASSWORD)
    yield made
    made.store.close()


@pytest.fixture
def draft(desk: Desk) -> Any:
    """A form that is whole, not signed yet."""
    return desk.do(start_draft, desk.do(open_file).result, "contact", values=CONTACT).result


def signed(desk: Desk, draft: Any) -> bool:
    """Whether the record stands in the file, by what the server says."""
    return bool(desk.read(divider_page, draft.file_id, "contacts").entries)


def backends(dsn: str) -> list[int]:
    """The processes that serve whoever came through the wire."""
    with psycopg.connect(dsn, autocommit=True) as by_itself:
        return [
            pid
            for (pid,) in by_itself.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        ]


def terminate(dsn: str) -> None:
    """End them as an administrator would."""
    with psycopg.connect(dsn, autocommit=True) as by_itself:
        by_itself.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_a_backend_ended_before_the_commit_costs_nothing(desk: Desk, draft: Any, dsn: str) -> None:
    """It is certain that nothing was saved, so it is done again, once."""
    with at_commit(lambda: terminate(dsn)):
        desk.do(sign_entry, draft.id)
    assert signed(desk, draft)
    assert len(desk.read(divider_page, draft.file_id, "contacts").entries) == 1
    assert desk.verify_log().intact


def test_the_whole_server_goes_down_with_one_backend_and_the_signature_is_made(
    desk: Desk, draft: Any, server: Server, dsn: str
) -> None:
    with at_commit(lambda: server.kill(backends(dsn)[0])):
        desk.do(sign_entry, draft.id)
    assert len(desk.read(divider_page, draft.file_id, "contacts").entries) == 1
    assert desk.verify_log().intact


def test_the_answer_is_lost_and_the_signature_was_made(desk: Desk, draft: Any, wire: Wire) -> None:
    """Found by its row in the log: it is not made twice."""
    with wire.losing(THE_ANSWER):
        desk.do(sign_entry, draft.id)
    assert wire.stops_before is None
    assert len(desk.read(divider_page, draft.file_id, "contacts").entries) == 1
    assert desk.verify_log().intact


def test_the_order_is_lost_and_the_signature_is_made_then(desk: Desk, draft: Any, wire: Wire) -> None:
    with wire.losing(THE_ORDER):
        desk.do(sign_entry, draft.id)
    assert wire.stops_before is None
    assert len(desk.read(divider_page, draft.file_id, "contacts").entries) == 1
    assert desk.verify_log().intact


@pytest.mark.parametrize(("lost", "saved"), [(THE_ANSWER, True), (THE_ORDER, False)], ids=["answer", "order"])
def test_while_the_server_stays_away_nobody_claims_to_know(
    desk: Desk, draft: Any, wire: Wire, lost: bytes, saved: bool
) -> None:
    wire.mends = False
    with wire.losing(lost), pytest.raises(Unsure) as told:
        desk.do(sign_entry, draft.id)
    assert "not known yet" in told.value.kept
    assert told.value.ask is not None
    with pytest.raises(Unsure):
        told.value.ask()
    wire.heal()
    if saved:
        found = told.value.ask()
        assert isinstance(found, Done)
        assert signed(desk, draft)
    else:
        with pytest.raises(Away) as said:
            told.value.ask()
        assert said.value.kept == "It was not saved."
        assert not signed(desk, draft)
        assert [one.id for one in desk.read(my_drafts)] == [draft.id]
    assert desk.verify_log().intact


def test_a_transaction_whose_client_vanished_is_ended_before_anybody_says_what_became_of_it(
    desk: Desk, draft: Any, wire: Wire, dsn: str
) -> None:
    """The order is still under way when the client has given up: it may not arrive after the answer was “no”."""
    wire.mends, wire.leaves_standing = False, True
    with wire.losing(THE_ORDER), pytest.raises(Unsure) as told:
        desk.do(sign_entry, draft.id)
    assert len(backends(dsn)) == 1
    wire.heal()
    assert told.value.ask is not None
    with pytest.raises(Away, match="before this was saved"):
        told.value.ask()
    assert len(backends(dsn)) <= 1, "the one that was left standing is gone"
    assert not signed(desk, draft)
    assert desk.verify_log().intact


def test_killed_at_every_moment_what_was_acknowledged_stays(
    desk: Desk, draft: Any, wire: Wire, dsn: str
) -> None:
    """Backends end while forms are saved over and over; each revision that was given out is there."""
    stop = threading.Event()

    def harass() -> None:
        with psycopg.connect(dsn, autocommit=True) as by_itself:
            while not stop.wait(0.05):
                by_itself.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                    " ORDER BY random() LIMIT 1"
                )

    harassing = threading.Thread(target=harass)
    harassing.start()
    revision, unsure = draft.revision, 0
    try:
        for number in range(12):
            try:
                revision = desk.do(
                    save_draft, draft.id, {**CONTACT, "note": str(number)}, revision
                ).result.revision
            except Unsure:
                unsure += 1
                break
            except Away:
                continue
    finally:
        stop.set()
        harassing.join()
    (held,) = desk.read(my_drafts)
    assert revision <= held.revision <= revision + unsure
    assert desk.verify_log().intact


def test_a_server_that_is_stopped_is_missed_in_a_sentence_and_found_again(
    desk: Desk, draft: Any, server: Server
) -> None:
    server.halt()
    try:
        with pytest.raises(Away, match="server") as told:
            desk.read(my_drafts)
        assert "try again" in told.value.remedy
        assert desk.store.line.standing.away
    finally:
        server.begin()
    assert [one.id for one in desk.read(my_drafts)] == [draft.id]
    assert not desk.store.line.standing.away


def test_a_server_that_comes_back_while_it_is_tried_again_is_not_missed(
    desk: Desk, draft: Any, wire: Wire
) -> None:
    heard: list[bool] = []
    desk.store.line.tell(lambda standing: heard.append(standing.away))
    wire.cut()
    wire.turns_away = 2
    wire.heal()
    assert [one.id for one in desk.read(my_drafts)] == [draft.id]
    assert heard == [], "nobody was bothered"


@pytest.mark.parametrize(
    "hurry", [{"connect_timeout": "2", "tcp_user_timeout": "1500", "keepalives_idle": "1"}], ids=["hurried"]
)
def test_packets_that_vanish_are_noticed_within_seconds(desk: Desk, draft: Any, wire: Wire) -> None:
    """Nothing is refused and nothing answers: the system's own timers end the wait, which would else last for ever."""
    assert PATIENCE["tcp_user_timeout"] <= 10_000
    assert PATIENCE["connect_timeout"] <= 5
    wire.swallow()
    with pytest.raises(Away):
        desk.do(save_draft, draft.id, CHANGED, draft.revision)
    wire.deliver()
    assert desk.do(save_draft, draft.id, CHANGED, draft.revision).result.revision == draft.revision + 1


def test_a_standby_takes_nothing_until_it_takes_over(desk: Desk, draft: Any, server: Server) -> None:
    server.halt()
    server.begin(standby=True)
    with pytest.raises(Away, match="standby") as told:
        desk.do(save_draft, draft.id, CHANGED, draft.revision)
    assert "takes over" in told.value.remedy
    with pytest.raises(Away):
        desk.read(my_drafts)
    server.promote()
    assert desk.do(save_draft, draft.id, CHANGED, draft.revision).result.revision == draft.revision + 1
    assert desk.verify_log().intact


@pytest.mark.parametrize(
    ("setting", "said"),
    [("lock_timeout", "has not finished"), ("statement_timeout", "longer than it allows")],
)
def test_waiting_has_an_end_and_a_sentence(desk: Desk, draft: Any, dsn: str, setting: str, said: str) -> None:
    def impatient(connection: Connection) -> None:
        connection.execute(text(f"SET LOCAL {setting} = '50ms'"))

    event.listen(desk.store.engine, "begin", impatient)
    with psycopg.connect(dsn) as other:
        other.execute("SELECT 1 FROM draft FOR UPDATE")
        with pytest.raises(Unavailable, match=said) as told:
            desk.do(save_draft, draft.id, CHANGED, draft.revision)
        assert told.value.remedy
    event.remove(desk.store.engine, "begin", impatient)
    assert desk.do(save_draft, draft.id, CHANGED, draft.revision).result.revision == draft.revision + 1


@pytest.fixture
def small_tablespace(server: Server) -> Generator[str]:
    """A real file system of a few megabytes for a database of its own; only where this machine lets us mount one."""
    place = server.data.parent / "small"
    place.mkdir(exist_ok=True)
    owner = server.data.stat().st_uid
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size=48m,mode=700,uid={owner}", "tmpfs", str(place)],
        capture_output=True,
        check=False,
    ).returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    with psycopg.connect(server.dsn, autocommit=True) as by_itself:
        by_itself.execute(sql.SQL("CREATE TABLESPACE small LOCATION {}").format(str(place)))
    yield str(place)
    with psycopg.connect(server.dsn, autocommit=True) as by_itself:
        by_itself.execute("DROP TABLESPACE small")
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_of_the_server_says_so_and_keeps_what_was_there(
    small_tablespace: str, desk: Desk, draft: Any, dsn: str, server: Server
) -> None:
    desk.store.close()
    name = conninfo_to_dict(dsn)["dbname"]
    with psycopg.connect(server.dsn, autocommit=True) as by_itself:
        by_itself.execute(sql.SQL("ALTER DATABASE {} SET TABLESPACE small").format(sql.Identifier(str(name))))
    with psycopg.connect(dsn, autocommit=True) as by_itself:
        by_itself.execute("CREATE TABLE filler (said text)")
        with suppress(psycopg.errors.DiskFull):
            for _ in range(200):
                by_itself.execute(
                    "INSERT INTO filler SELECT repeat(md5(n::text), 60) FROM generate_series(1, 500) AS n"
                )
    with pytest.raises(Unavailable, match="disk of the server is full") as told:
        desk.do(add_document, draft.file_id, "long.bin", random.Random(1).randbytes(2_000_000))
    assert told.value.remedy
    with psycopg.connect(dsn, autocommit=True) as by_itself:
        by_itself.execute("DROP TABLE filler")
    desk.do(add_document, draft.file_id, "long.bin", random.Random(1).randbytes(2_000_000))
    assert desk.verify_log().intact
