"""A record moves to a server and back: nothing is lost, its log goes on, and the old place says where it went."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from casefile import opening
from casefile.access.actions import reset_password
from casefile.access.queries import officers
from casefile.audit.anchor import Anchor
from casefile.audit.model import LogRow
from casefile.audit.queries import log_page
from casefile.cli import main
from casefile.cli.speak import Code
from casefile.desk import Desk
from casefile.errors import Cancelled, Conflict, Damaged, Invalid, Refused, Unavailable
from casefile.files.actions.drafts import save_draft, start_draft
from casefile.files.actions.files import open_file
from casefile.files.queries.docket import open_docket
from casefile.files.queries.drafts import my_drafts
from casefile.files.queries.listing import list_files
from casefile.moving.ends import NewFolder, OnServer
from casefile.moving.run import Move
from casefile.moving.sources import of_desk, of_folder, take_up_again
from casefile.moving.tables import MODULES, tables
from casefile.sample import ADMINISTRATOR, OFFICER, PASSWORD
from casefile.search.people import find_people
from casefile.store.base import Base
from casefile.store.engine import sound
from casefile.store.shared import setup
from casefile.store.shared.address import Address
from casefile.store.transfer.rows import passing
from casefile.work.progress import Quiet
from tests import owners
from tests.casefile.moving.conftest import (
    NAMES,
    PASSPHRASE,
    THERE,
    AtServer,
    Held,
    Stopping,
    administered,
    everything,
    half_filled,
    to_folder,
    to_server,
)
from tests.casefile.search.test_told import force_that_tells
from tests.keychain import in_memory
from tests.served import OWNER, OWNERS_PASSWORD, Served
from tools.migration import import_models

BOSS, KEEPER = NAMES


def test_there_and_back_nothing_is_lost(
    trained: Path, address: Address, at_server: AtServer, tmp_path: Path
) -> None:
    opened = administered(trained, name=ADMINISTRATOR)
    opened.desk.sign_in(OFFICER, PASSWORD)
    draft = opened.desk.do(start_draft, opened.desk.read(list_files).rows[0].id, "contact").result
    opened.desk.do(save_draft, draft.id, {"note": "Ħalf a sentence — kept"}, draft.revision)
    opened.desk.sign_in(ADMINISTRATOR, PASSWORD)
    heads = Anchor(opening.heads_of(opened.store_id))
    moved = to_server(of_folder(opened), address)
    before = everything(opened.desk.store, log_up_to=moved.log_rows)
    assert sum(map(len, before.values())) > 5000
    assert all(before[name] for name in ("blob_chunk", "document", "draft", "handover_file", "counter"))

    shared = at_server(address, ADMINISTRATOR)
    assert everything(shared.store, log_up_to=moved.log_rows) == before
    assert shared.store_id == opened.store_id
    assert len(heads.heads()) > 5, "what this computer saw of the log before"
    assert shared.desk.verify_log().faults == ()

    shared.desk.do(reset_password, officer_called(shared.desk, OFFICER), THERE)
    shared.desk.sign_in(OFFICER, THERE)
    assert {one.values.get("note") for one in shared.desk.read(my_drafts)} >= {"Ħalf a sentence — kept"}
    numbers = {one.reference for one in shared.desk.read(list_files, limit=1000).rows}
    fresh = shared.desk.do(open_file).result
    assert shared.desk.read(open_docket, fresh).reference not in numbers

    shared.desk.sign_in(ADMINISTRATOR, THERE)
    back = to_folder(shared, tmp_path / "back")
    home = administered(tmp_path / "back", THERE, ADMINISTRATOR)
    assert everything(home.desk.store, log_up_to=back.log_rows) == everything(
        shared.store, log_up_to=back.log_rows
    )
    assert home.store_id == opened.store_id
    assert home.notice == ""
    assert home.faults() == ()
    assert home.desk.verify_log().faults == ()
    acts = [one.act for one in home.desk.read(log_page, category="administration", limit=1000)]
    assert acts.count("moving.take_in") == 2
    assert acts.count("moving.begin_move") == 2
    home.close()
    opened.desk.store.close()


def officer_called(desk: Any, name: str) -> Any:
    return next(one.id for one in desk.read(officers) if one.name == name)


def test_the_old_place_can_be_read_and_says_where_the_record_went(
    held: Held, address: Address, at_server: AtServer, folder: Path, tmp_path: Path
) -> None:
    was_open = opening.open_with_passphrase(folder, PASSPHRASE, remember=False)
    was_open.desk.sign_in(KEEPER, PASSWORD)
    moved = to_server(held.source, address)
    with pytest.raises(Refused, match="can be read, not changed"):
        was_open.desk.do(open_file)
    with pytest.raises(Refused, match="Open it again"):
        was_open.desk.read(list_files)

    opened = opening.open_with_passphrase(folder, PASSPHRASE, remember=False)
    assert f"was moved to {moved.place} on " in opened.notice
    opened.desk.sign_in(KEEPER, PASSWORD)
    assert opened.desk.read(list_files).rows
    with pytest.raises(Refused, match="can be read, not changed"):
        opened.desk.do(open_file)
    with pytest.raises(Refused, match="can be read, not changed"):
        opened.desk.do(start_draft, opened.desk.read(list_files).rows[0].id, "contact")
    telling = Desk(opened.desk.store, force_that_tells(tmp_path))
    telling.sign_in(KEEPER, PASSWORD)
    telling.read(find_people, "anna nowak")
    assert opened.desk.verify_log().faults == (), "its log goes its own way, with heads of its own"
    with opened.desk.store.reading() as session:
        after = session.scalars(select(LogRow).where(LogRow.seq > moved.log_rows)).all()
        assert len(after) > 3
        assert all(one.details["after_move"] == 1 for one in after)
    shared = at_server(address)
    assert shared.desk.verify_log().faults == (), (
        "what was read in the old place is not in the way of the new one"
    )
    opened.close()
    was_open.desk.store.close()


def test_nobody_but_the_administrator_who_moved_signs_in_until_a_password_is_given(
    held: Held, address: Address, at_server: AtServer
) -> None:
    to_server(held.source, address)
    for name, password in ((KEEPER, PASSWORD), (BOSS, PASSWORD)):
        with pytest.raises(Refused):
            at_server(address, name, password)
    shared = at_server(address)
    shared.desk.do(reset_password, officer_called(shared.desk, KEEPER), THERE)
    assert shared.desk.sign_in(KEEPER, THERE).name == KEEPER


def test_a_move_given_up_leaves_the_store_as_it_was(held: Held, address: Address) -> None:
    opened = held.opened
    with pytest.raises(Cancelled):
        to_server(held.source, address, Stopping(40))
    with pytest.raises(Refused):
        opened.desk.do(reset_password, officer_called(opened.desk, KEEPER), THERE)
    assert re.search(r"half filled.*Start the move again", half_filled(address))
    with pytest.raises(Invalid, match="Say why"):
        take_up_again(held.source, " ")
    take_up_again(held.source, "The server is not ready yet.")
    opened.desk.do(reset_password, officer_called(opened.desk, KEEPER), THERE)
    assert opened.desk.verify_log().faults == ()
    assert sound(opened.desk.store) == []
    reasons = {one.reason for one in opened.desk.read(log_page) if one.act == "moving.take_up"}
    assert reasons == {"The server is not ready yet."}


def test_a_moved_store_taken_up_again_is_in_ordinary_use_and_says_why_in_its_log(
    held: Held, address: Address, folder: Path
) -> None:
    to_server(held.source, address)
    again = administered(folder)
    take_up_again(of_folder(again), "The server burnt down.")
    again.desk.sign_in(KEEPER, PASSWORD)
    assert again.desk.do(open_file).result
    again.close()
    opened = administered(folder)
    assert opened.notice == ""
    assert opened.desk.verify_log().faults == ()
    opened.close()


def test_what_cannot_be_moved_is_said_and_left_as_it_is(
    held: Held, address: Address, at_server: AtServer, tmp_path: Path
) -> None:
    with pytest.raises(Invalid, match="too short"):
        Move(held.source, OnServer(address), "short", Quiet()).run()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("Dear", "utf-8")
    to_server(held.source, address)
    shared = at_server(address)
    with pytest.raises(Damaged, match="not empty"):
        to_folder(shared, tmp_path / "full")
    with pytest.raises(Cancelled):
        to_folder(shared, tmp_path / "back", Stopping(3))
    with pytest.raises(Conflict, match="is being moved to"):
        to_folder(shared, tmp_path / "other")
    take_up_again(shared, "Wrong folder.")
    with pytest.raises(Refused, match="was moved to"):
        to_server(held.source, address)


def test_a_database_with_a_record_in_it_takes_no_other(held: Held, address: Address) -> None:
    to_server(held.source, address)
    take_up_again(held.source, "To see what happens.")
    with pytest.raises(Damaged, match="holds a record already"):
        to_server(held.source, address)


def test_who_does_not_administer_moves_nothing(held: Held, address: Address) -> None:
    held.opened.desk.sign_in(KEEPER, PASSWORD)
    with pytest.raises(Refused, match="needs the right to administer"):
        to_server(held.source, address)
    assert held.source.standing() is None


def test_who_administers_no_more_moves_nothing_from_the_window_they_have_open(
    held: Held, address: Address, at_server: AtServer
) -> None:
    to_server(held.source, address)
    desk = at_server(address).desk
    with of_desk(desk, address, None) as source:
        assert source.desk is desk
    with setup.opened(address, None) as store, store.laying() as connection:
        connection.execute(text("UPDATE officer SET role = 'sergeant' WHERE sign_in_name = 'hale'"))
    with pytest.raises(Refused, match="role was changed"), of_desk(desk, address, None):
        pass


def test_a_keychain_that_refuses_the_key_does_not_hold_the_move_up(
    held: Held, address: Address, at_server: AtServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_server(held.source, address)
    back = NewFolder(tmp_path / "back", PASSPHRASE)
    with in_memory(monkeypatch) as chain:
        chain.locked = True
        Move(at_server(address), back, THERE, Quiet()).run()
    assert administered(tmp_path / "back", THERE).faults() == ()


def test_a_row_that_arrives_otherwise_than_it_was_sent_is_found(held: Held, address: Address) -> None:
    with pytest.raises(Cancelled):
        to_server(held.source, address, Stopping(110))
    with setup.opened(address, None) as half, half.writing() as session:
        found = session.execute(text("UPDATE person_name SET family = 'Smith' RETURNING id")).all()
        assert found, "the stop came after this table"
    with pytest.raises(Damaged, match="What arrived is not what was sent: person_name"):
        to_server(held.source, address)
    assert "half filled" in half_filled(address)


def test_a_record_whose_log_is_not_sound_is_not_moved(held: Held, address: Address) -> None:
    with held.source.store.writing() as session:
        session.execute(text("DROP TRIGGER guard_log_row_update"))
        session.execute(text("UPDATE log_row SET officer = 'DC 1 Nobody' WHERE seq = 9"))
    with pytest.raises(Damaged, match="log of this store is not sound: Row 9 was changed"):
        to_server(held.source, address)
    assert held.source.standing() is None


def test_a_server_that_is_not_there_is_said_and_nothing_is_frozen(held: Held) -> None:
    nowhere = owners.address_of("host=localhost port=1 user=keeper dbname=casefile")
    with pytest.raises(Unavailable) as told:
        to_server(held.source, nowhere)
    assert told.value.remedy
    assert held.source.standing() is None


def test_every_table_of_the_program_is_moved() -> None:
    found = {one.name for one in tables()}
    import_models()
    stays = {one.name for one in passing(Base.metadata)}
    assert found | stays | {"log_head"} == set(Base.metadata.tables)
    assert list(MODULES) == sorted(MODULES)


def test_from_the_command_line_there_and_back(
    folder: Path,
    served: Served,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """To a server with TLS, set up on the way by an administrator of it who is no superuser; who uses the roles of the
    house for no longer than that."""
    environment = {
        "OFFICER": BOSS, "PASSWORD": PASSWORD, "PASSPHRASE": PASSPHRASE, "NEW_PASSWORD": THERE,
        "SERVER_PASSWORD": OWNERS_PASSWORD,
    }  # fmt: skip
    for name, value in environment.items():
        monkeypatch.setenv(f"CASEFILE_{name}", value)
    served.forget(*NAMES)
    address, keeper = served.address("moved"), served.address("moved", user=OWNER)
    assert main(["move", str(folder), str(tmp_path / "elsewhere")]) == Code.REFUSED
    assert "casefile backup" in capsys.readouterr().err
    with served.superuser() as connection:
        connection.execute("CREATE ROLE hale")
    assert main(["move", str(folder), keeper]) == Code.INVALID
    assert "has a role of that name already, and Casefile does not touch it" in capsys.readouterr().err
    served.forget(BOSS)
    assert main(["move", str(folder), keeper]) == Code.DONE
    said = capsys.readouterr().out
    assert "each proven equal" in said
    assert "casefile officer reset" in said
    assert main(["log", "verify", str(folder)]) == Code.DONE
    assert "was moved to moved on localhost" in capsys.readouterr().err
    monkeypatch.setenv("CASEFILE_PASSWORD", THERE)
    assert main(["log", "verify", address]) == Code.DONE
    assert main(["officer", "reset", address, KEEPER]) == Code.DONE
    assert main(["move", keeper, str(tmp_path / "back")]) == Code.DONE
    capsys.readouterr()
    assert main(["log", "verify", address]) == Code.DONE
    assert "was moved to" in capsys.readouterr().err
    assert main(["log", "verify", str(tmp_path / "back")]) == Code.DONE
    assert "The log is intact" in capsys.readouterr().out
    monkeypatch.setenv("CASEFILE_PASSWORD", PASSWORD)
    assert main(["take-up", str(folder), "--reason", "The drill is over."]) == Code.DONE
    with served.superuser() as connection:
        held = "SELECT count(*) FROM pg_auth_members WHERE member = 'keeper'::regrole AND roleid::regrole::text LIKE 'casefile%'"
        assert connection.execute(held).fetchone() == (0,)
