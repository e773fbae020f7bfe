"""Whatever keeps somebody out of a shared store is a sentence: what it is, what was kept, what to do. Real servers all."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer, reset_password
from casefile.access.queries import officers
from casefile.desk import Desk
from casefile.errors import CasefileError, Damaged, Invalid, Missing, Refused, Unavailable
from casefile.store.shared.address import parse
from tests.served import PASSWORD, Authority, Served, free_port

DATABASE, WARDEN = "way_in", "Usher"


@pytest.fixture(scope="module")
def server(served: Served) -> Served:
    served.store(DATABASE, administrator=WARDEN)
    return served


@pytest.fixture(autouse=True)
def own_places(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))


def refused(address: str, kind: type[CasefileError], name: str = WARDEN, password: str = PASSWORD) -> str:
    """What somebody is told who tries to sign in at that address."""
    with pytest.raises(kind) as told:
        opening.open_server(address).desk.sign_in(name, password)
    assert told.value.kept
    return str(told.value)


def seen(address: str) -> str:
    """What somebody is told who only gave the address."""
    with pytest.raises(CasefileError) as told:
        opening.see_whether_it_is_there(parse(address))
    return str(told.value)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("records.force.example/casefile", "begins with postgresql://"),
        ("postgresql://boss:secret@records/casefile", "holds a password"),
        ("postgresql://boss@records/casefile", "names boss"),
        ("postgresql://records/casefile?sslmode=require", "always encrypts and always checks"),
        ("postgresql://records/casefile?options=-csearch_path%3Dx", "does not take “options”"),
        ("postgresql://records/casefile?channel_binding=disable", "“require”, or “prefer”"),
        ("postgresql:///casefile", "names no server"),
        ("postgresql://records", "names no database"),
        ("postgresql://records,%2Ftmp/casefile", "mixes"),
        ("postgresql://records/casefile?no=1", "not the address of a server"),
    ],
)
def test_an_address_that_weakens_the_way_is_refused(address: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        parse(address)


def test_several_servers_stand_in_one_address() -> None:
    found = parse("postgresql://one,two:6432/casefile?sslrootcert=/ca.pem")
    assert (found.hosts, found.ports, found.shown) == (("one", "two"), ("5432", "6432"), "one and 1 more")
    told = found.told("marsh", "secret", "Casefile")
    assert (told["sslmode"], told["require_auth"]) == ("verify-full", "scram-sha-256")
    assert (told["channel_binding"], told["target_session_attrs"]) == ("require", "read-write")


def test_no_such_host_and_no_server_on_the_port(server: Served) -> None:
    nowhere = f"postgresql://no-such-host.invalid/{DATABASE}"
    assert "There is no server called no-such-host.invalid." in refused(nowhere, Unavailable)
    assert "There is no server called no-such-host.invalid." in seen(nowhere)
    port = free_port()
    closed = f"postgresql://localhost:{port}/{DATABASE}?sslrootcert={server.authority.path}"
    assert f"No server answers at localhost, port {port}." in refused(closed, Unavailable)
    assert f"No server answers at localhost, port {port}." in seen(closed)


@pytest.fixture(params=[b"HTTP/1.1 400 Bad Request\r\n\r\n", b""], ids=["web server", "hangs up"])
def stranger(request: pytest.FixtureRequest) -> Iterator[int]:
    """Something that answers on a port and is no PostgreSQL."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        done = threading.Event()

        def answer() -> None:
            while not done.is_set():
                try:
                    line, _ = listening.accept()
                except OSError:
                    return
                with line:
                    line.recv(64)
                    line.sendall(request.param)

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield int(listening.getsockname()[1])
        done.set()


def test_what_answers_is_not_postgresql(server: Served, stranger: int) -> None:
    address = f"postgresql://localhost:{stranger}/{DATABASE}?sslrootcert={server.authority.path}"
    assert "is not PostgreSQL" in refused(address, Unavailable)
    assert "is not PostgreSQL" in seen(address)


def test_no_such_database_and_one_without_a_store(server: Served) -> None:
    assert "no database “elsewhere”" in refused(server.address("elsewhere"), Missing)
    with server.superuser() as connection:
        connection.execute("CREATE DATABASE empty_one")
    assert "holds no Casefile store" in refused(server.address("empty_one"), Missing)


def test_the_authority_that_issued_nothing_here(server: Served, tmp_path: Path) -> None:
    stranger = Authority(tmp_path, "stranger")
    address = server.address(DATABASE, ca=stranger.path)
    for told in (refused(address, Unavailable), seen(address)):
        assert "not from the certificate authority that this computer was told to trust" in told
        assert "nothing was sent to it" in told
    gone = server.address(DATABASE, ca=tmp_path / "gone.pem")
    assert "authority's file that the address names is not there" in refused(gone, Missing)
    assert "authority's file that the address names is not there" in seen(gone)


@pytest.mark.parametrize(
    ("names", "lasts", "sentence"),
    [
        (("localhost",), timedelta(days=-1), "has expired"),
        (("other.force.example",), timedelta(days=30), "is for another name than localhost"),
    ],
    ids=["expired", "another name"],
)
def test_a_certificate_that_proves_nothing(
    server: Served, names: tuple[str, ...], lasts: timedelta, sentence: str
) -> None:
    server.present(server.authority.issue("wrong", *names, lasts=lasts))
    try:
        server.until(lambda: sentence in seen(server.address(DATABASE)))
        assert sentence in refused(server.address(DATABASE), Unavailable)
    finally:
        server.present(server.authority.issue("server", "localhost"))
        server.until(lambda: opening.see_whether_it_is_there(parse(server.address(DATABASE))) is None)


def test_a_server_without_tls_is_sent_nothing(server: Served) -> None:
    with server.superuser() as connection:
        connection.execute("ALTER SYSTEM SET ssl = off")
        connection.execute("SELECT pg_reload_conf()")
    try:
        server.until(lambda: "no encrypted connection" in seen(server.address(DATABASE)))
        assert "nothing was sent to it" in refused(server.address(DATABASE), Unavailable)
    finally:
        with server.superuser() as connection:
            connection.execute("ALTER SYSTEM SET ssl = on")
            connection.execute("SELECT pg_reload_conf()")
        server.until(lambda: opening.see_whether_it_is_there(parse(server.address(DATABASE))) is None)


def test_a_server_that_asks_for_no_password_or_a_readable_one_is_not_trusted(server: Served) -> None:
    for method in ("trust", "password"):
        with server.rules(f"hostssl {DATABASE} all 127.0.0.1/32 {method}"):
            assert "in a way that Casefile does not trust" in refused(server.address(DATABASE), Refused)
    with server.rules(f"hostssl {DATABASE} all 127.0.0.1/32 reject"):
        assert "does not let this computer in" in refused(server.address(DATABASE), Refused)


@pytest.fixture
def officer(server: Served) -> Iterator[tuple[Desk, Desk]]:
    """An administrator and an officer called Wren, both signed in."""
    boss, wren = (opening.open_server(server.address(DATABASE)).desk for _ in range(2))
    boss.sign_in(WARDEN, PASSWORD)
    found = [one for one in boss.read(officers) if one.name == "Wren"]
    if not found:
        boss.do(add_officer, NewOfficer("Wren", "researcher", PASSWORD))
    wren.sign_in("Wren", PASSWORD)
    yield boss, wren
    for desk in (boss, wren):
        with suppress(CasefileError):
            desk.close()


def test_a_role_dropped_while_signed_in(server: Served, officer: tuple[Desk, Desk]) -> None:
    boss, wren = officer
    with server.superuser(DATABASE) as connection:
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'wren'")
        connection.execute("DROP ROLE wren")
    with pytest.raises(CasefileError):
        wren.read(officers)
    with pytest.raises(Refused, match="name or the password is wrong"):
        wren.read(officers)
    number = next(one.id for one in boss.read(officers) if one.name == "Wren")
    boss.do(reset_password, number, PASSWORD)
    assert wren.read(officers), "a new password makes the role anew"


def test_as_many_connections_as_the_server_takes(server: Served, officer: tuple[Desk, Desk]) -> None:
    with server.superuser() as connection:
        connection.execute(f"ALTER DATABASE {DATABASE} CONNECTION LIMIT 0")
    try:
        assert "as many connections as it takes" in refused(server.address(DATABASE), Unavailable)
    finally:
        with server.superuser() as connection:
            connection.execute(f"ALTER DATABASE {DATABASE} CONNECTION LIMIT -1")


@pytest.mark.parametrize(
    ("version", "kind", "sentence"),
    [
        ("9999", Damaged, "newer Casefile"),
        ("0000", Damaged, "older Casefile than this one"),
    ],
)
def test_a_store_of_another_release_is_left_as_it_is(
    server: Served, version: str, kind: type[CasefileError], sentence: str
) -> None:
    with server.superuser(DATABASE) as connection:
        before = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        assert before is not None
        connection.execute("UPDATE alembic_version SET version_num = %s", (version,))
        try:
            assert sentence in refused(server.address(DATABASE), kind)
        finally:
            connection.execute("UPDATE alembic_version SET version_num = %s", before)


def test_a_client_certificate_signs_in_without_a_password(server: Served, tmp_path: Path) -> None:
    certificate, key = server.authority.issue("usher", WARDEN.casefold())
    own = f"{server.address(DATABASE)}&sslcert={certificate}&sslkey={key}"
    with server.rules(f"hostssl {DATABASE} all 127.0.0.1/32 cert"):
        assert "asks for a certificate of your own" in _without(server.address(DATABASE))
        desk = opening.open_server(own).desk
        assert desk.sign_in(WARDEN, None).role == "administrator"
        desk.close()
        other, secret = server.authority.issue("wren", "somebody")
        told = _without(f"{server.address(DATABASE)}&sslcert={other}&sslkey={secret}")
        assert "asks for a certificate of your own" in told
    assert "does not know you by the account of this computer" in _without(server.address(DATABASE))


def _without(address: str) -> str:
    with pytest.raises(Refused) as told:
        opening.open_server(address).desk.sign_in(WARDEN, None)
    return str(told.value)
