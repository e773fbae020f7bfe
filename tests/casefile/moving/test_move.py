"""A record moves to a server and back: nothing is lost, its log goes on, and the old place says where it went."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from casefile import opening
from casefile.access.actions import reset_password
from casefile.access.queries import officers
from casefile.audit.model import LogRow
from casefile.audit.queries import log_page
from casefile.cli import main
from casefile.cli.speak import Code
from casefile.errors import Cancelled, CasefileError, Conflict, Damaged, Invalid, Refused, Unavailable
from casefile.files.actions.drafts import save_draft, start_draft
from casefile.files.actions.files import open_file
from casefile.files.queries.docket import open_docket
from casefile.files.queries.drafts import my_drafts
from casefile.files.queries.listing import list_files
from casefile.moving.sources import of_opened, of_server, take_up_again
from casefile.moving.tables import MODULES, tables
from casefile.sample import ADMINISTRATOR, OFFICER, PASSWORD
from casefile.store.base import Base
from casefile.store.engine import sound
from tests.casefile.moving.conftest import (
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
from tools.migration import import_models


def test_there_and_back_nothing_is_lost(
    trained: Path, address: str, at_server: AtServer, tmp_path: Path
) -> None:
    opened = administered(trained)
    opened.desk.sign_in(OFFICER, PASSWORD)
    draft = opened.desk.do(start_draft, opened.desk.read(list_files).rows[0].id, "contact").result
    opened.desk.do(save_draft, draft.id, {"note": "Ħalf a sentence — kept"}, draft.revision)
    opened.desk.sign_in(ADMINISTRATOR, PASSWORD)
    heads = opening.anchor_of(opened.store_id, None)
    moved = to_server(of_opened(opened), address)
    before = everything(opened.desk.store, log_up_to=moved.log_rows)
    assert sum(map(len, before.values())) > 5000
    assert all(before[name] for name in ("blob_chunk", "document", "draft", "handover_file", "counter"))

    shared = at_server(address)
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
    home = administered(tmp_path / "back", THERE)
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
    held: Held, address: str, at_server: AtServer, folder: Path
) -> None:
    was_open = opening.open_with_passphrase(folder, PASSPHRASE, remember=False)
    was_open.desk.sign_in(OFFICER, PASSWORD)
    moved = to_server(held.source, address)
    with pytest.raises(Refused, match="can be read, not changed"):
        was_open.desk.do(open_file)
    with pytest.raises(Refused, match="Open it again"):
        was_open.desk.read(list_files)

    opened = opening.open_with_passphrase(folder, PASSPHRASE, remember=False)
    assert f"was moved to {moved.place} on " in opened.notice
    opened.desk.sign_in(OFFICER, PASSWORD)
    assert opened.desk.read(list_files).rows
    with pytest.raises(Refused, match="can be read, not changed"):
        opened.desk.do(open_file)
    with pytest.raises(Refused, match="can be read, not changed"):
        opened.desk.do(start_draft, opened.desk.read(list_files).rows[0].id, "contact")
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
    held: Held, address: str, at_server: AtServer
) -> None:
    to_server(held.source, address)
    for name, password in ((OFFICER, PASSWORD), (OFFICER, ""), (ADMINISTRATOR, PASSWORD)):
        with pytest.raises(Refused):
            at_server(address, name, password)
    shared = at_server(address)
    shared.desk.do(reset_password, officer_called(shared.desk, OFFICER), THERE)
    assert shared.desk.sign_in(OFFICER, THERE).name == OFFICER


def test_a_move_given_up_leaves_the_store_as_it_was(held: Held, address: str) -> None:
    opened = held.opened
    with pytest.raises(Cancelled):
        to_server(held.source, address, Stopping(40))
    with pytest.raises(Refused):
        opened.desk.do(reset_password, officer_called(opened.desk, OFFICER), THERE)
    with pytest.raises(Damaged, match=r"half filled.*Start the move again"):
        of_server(address)
    with pytest.raises(Invalid, match="Say why"):
        take_up_again(held.source, " ")
    take_up_again(held.source, "The server is not ready yet.")
    opened.desk.do(reset_password, officer_called(opened.desk, OFFICER), THERE)
    assert opened.desk.verify_log().faults == ()
    assert sound(opened.desk.store) == []
    reasons = {one.reason for one in opened.desk.read(log_page) if one.act == "moving.take_up"}
    assert reasons == {"The server is not ready yet."}


def test_a_moved_store_taken_up_again_is_in_ordinary_use_and_says_why_in_its_log(
    held: Held, address: str, folder: Path
) -> None:
    to_server(held.source, address)
    again = administered(folder)
    take_up_again(of_opened(again), "The server burnt down.")
    again.desk.sign_in(OFFICER, PASSWORD)
    assert again.desk.do(open_file).result
    again.close()
    opened = administered(folder)
    assert opened.notice == ""
    assert opened.desk.verify_log().faults == ()
    opened.close()


def test_what_cannot_be_moved_is_said_and_left_as_it_is(
    held: Held, address: str, at_server: AtServer, tmp_path: Path
) -> None:
    with pytest.raises(Invalid, match="too short"):
        move_with(held, address, "short")
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


def move_with(held: Held, address: str, password: str) -> None:
    from casefile.moving.ends import Server
    from casefile.moving.run import Move
    from casefile.work.progress import Quiet

    Move(held.source, Server(address), password, Quiet()).run()


def test_a_database_with_a_record_in_it_takes_no_other(held: Held, address: str) -> None:
    to_server(held.source, address)
    take_up_again(held.source, "To see what happens.")
    with pytest.raises(Damaged, match="holds a record already"):
        to_server(held.source, address)


def test_who_does_not_administer_moves_nothing(held: Held, address: str) -> None:
    held.opened.desk.sign_in(OFFICER, PASSWORD)
    with pytest.raises(Refused, match="needs the right to administer"):
        to_server(held.source, address)
    assert held.source.standing() is None


def test_a_row_that_arrives_otherwise_than_it_was_sent_is_found(held: Held, address: str) -> None:
    with pytest.raises(Cancelled):
        to_server(held.source, address, Stopping(110))
    from casefile.moving.ends import server

    half = server(address)
    with half.writing() as session:
        session.execute(text("ALTER TABLE person_name DISABLE TRIGGER USER"))
        found = session.execute(text("UPDATE person_name SET family = 'Smith' RETURNING id")).all()
        assert found, "the stop came after this table"
    half.close()
    with pytest.raises(Damaged, match="What arrived is not what was sent: person_name"):
        to_server(held.source, address)
    with pytest.raises(Damaged, match="half filled"):
        of_server(address)


def test_a_record_whose_log_is_not_sound_is_not_moved(held: Held, address: str) -> None:
    with held.source.store.writing() as session:
        session.execute(text("DROP TRIGGER guard_log_row_update"))
        session.execute(text("UPDATE log_row SET officer = 'DC 1 Nobody' WHERE seq = 9"))
    with pytest.raises(Damaged, match="log of this store is not sound: Row 9 was changed"):
        to_server(held.source, address)
    assert held.source.standing() is None


def test_an_address_is_told_without_a_password_and_refused_with_one() -> None:
    with pytest.raises(Refused, match="must not hold a password") as told:
        of_server("postgresql://owner:secret@nowhere/casefile")
    assert "secret" not in str(told.value)
    with pytest.raises(Unavailable, match="postgresql://localhost:1/casefile does not let us in"):
        of_server("postgresql://owner@localhost:1/casefile")


def test_every_table_of_the_program_is_moved() -> None:
    found = {one.name for one in tables()}
    import_models()
    assert found | {"log_head"} == set(Base.metadata.tables)
    assert list(MODULES) == sorted(MODULES)


def test_from_the_command_line_there_and_back(
    folder: Path,
    address: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    environment = {
        "OFFICER": ADMINISTRATOR,
        "PASSWORD": PASSWORD,
        "PASSPHRASE": PASSPHRASE,
        "NEW_PASSWORD": THERE,
    }
    for name, value in environment.items():
        monkeypatch.setenv(f"CASEFILE_{name}", value)
    assert main(["move", str(folder), str(tmp_path / "elsewhere")]) == Code.REFUSED
    assert "casefile backup" in capsys.readouterr().err
    assert main(["move", str(folder), address]) == Code.DONE
    said = capsys.readouterr().out
    assert "each proven equal" in said
    assert "casefile officer reset" in said
    assert main(["log", "verify", str(folder)]) == Code.DONE
    assert "was moved to postgresql://" in capsys.readouterr().err
    monkeypatch.setenv("CASEFILE_PASSWORD", THERE)
    assert main(["move", address, str(tmp_path / "back")]) == Code.DONE
    assert main(["log", "verify", str(tmp_path / "back")]) == Code.DONE
    assert "The log is intact" in capsys.readouterr().out
    monkeypatch.setenv("CASEFILE_PASSWORD", PASSWORD)
    assert main(["take-up", str(folder), "--reason", "The drill is over."]) == Code.DONE


def test_errors_of_a_move_are_sentences(held: Held, tmp_path: Path) -> None:
    with pytest.raises(CasefileError) as told:
        to_server(held.source, "postgresql://nobody@localhost:1/none")
    assert told.value.remedy
    assert held.source.standing() is None, "nothing is frozen for a server that is not there"
