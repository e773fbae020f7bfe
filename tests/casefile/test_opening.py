"""A store is made, unlocked, copied while in use and brought back proven; what goes wrong is said."""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path

import pytest
from sqlalchemy import text

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.access.queries import officers
from casefile.desk import Desk
from casefile.errors import Damaged, Invalid, Missing, Refused
from casefile.opening import OpenFolder
from tests.keychain import InMemory, in_memory

PASSPHRASE = "otter kettle lamp"
PASSWORD = "marble sofa thread"


@pytest.fixture(autouse=True)
def keychain(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Generator[InMemory]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with in_memory(monkeypatch) as chain:
        yield chain


@pytest.fixture
def opened(tmp_path: Path) -> Generator[OpenFolder]:
    made = opening.create(tmp_path / "store", PASSPHRASE)
    made.first_administrator("Marsh", PASSWORD)
    yield made
    made.close()


def as_marsh(desk: Desk) -> None:
    desk.sign_in("Marsh", PASSWORD)


def test_the_keychain_opens_what_it_was_given(opened: OpenFolder, tmp_path: Path) -> None:
    assert opened.kept_in
    opened.close()
    again = opening.open_with_keychain(tmp_path / "store")
    assert again is not None
    assert again.has_officers()
    again.close()


def test_without_a_key_in_the_keychain_the_passphrase_opens_and_is_remembered(
    opened: OpenFolder, tmp_path: Path, keychain: InMemory
) -> None:
    keychain.kept.clear()
    assert opening.open_with_keychain(tmp_path / "store") is None
    opening.open_with_passphrase(tmp_path / "store", PASSPHRASE).close()
    assert len(keychain.kept) == 1


def test_a_wrong_passphrase_is_refused_in_a_sentence(opened: OpenFolder, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="not the recovery passphrase"):
        opening.open_with_passphrase(tmp_path / "store", "three wrong words")


def test_a_short_passphrase_makes_no_store(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="too short"):
        opening.create(tmp_path / "new", "otter")
    assert not (tmp_path / "new").exists()


def test_no_store_there_is_said_with_the_place(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="nowhere"):
        opening.open_with_passphrase(tmp_path / "nowhere", PASSPHRASE)


def test_a_new_passphrase_replaces_the_old_one(opened: OpenFolder, tmp_path: Path) -> None:
    opened.change_passphrase("lentil cobalt drum")
    with pytest.raises(Refused):
        opening.open_with_passphrase(tmp_path / "store", PASSPHRASE)
    opening.open_with_passphrase(tmp_path / "store", "lentil cobalt drum").close()


def test_a_copy_is_equal_and_the_act_is_in_its_log(opened: OpenFolder, tmp_path: Path) -> None:
    opened.desk.do(add_officer, NewOfficer("Ash", "researcher", PASSWORD))
    opened.backup(tmp_path / "copy")
    brought = opening.restore(tmp_path / "copy", tmp_path / "back", PASSPHRASE, as_marsh)
    assert {one.name for one in brought.desk.read(officers)} == {"Marsh", "Ash"}
    assert brought.desk.verify_log().intact
    brought.close()


def test_what_happened_after_the_copy_does_not_make_the_restored_log_look_cut(
    opened: OpenFolder, tmp_path: Path
) -> None:
    opened.backup(tmp_path / "copy")
    for name in ("Ash", "Birch", "Cole"):
        opened.desk.do(add_officer, NewOfficer(name, "researcher", PASSWORD))
    opened.close()
    brought = opening.restore(tmp_path / "copy", tmp_path / "back", PASSPHRASE, as_marsh)
    assert brought.desk.verify_log().faults == ()
    brought.close()


def test_only_an_administrator_brings_a_store_back_and_else_nothing_is_left(
    opened: OpenFolder, tmp_path: Path
) -> None:
    opened.desk.do(add_officer, NewOfficer("Ash", "researcher", PASSWORD))
    opened.backup(tmp_path / "copy")
    with pytest.raises(Refused):
        opening.restore(
            tmp_path / "copy", tmp_path / "back", PASSPHRASE, lambda desk: desk.sign_in("Ash", PASSWORD)
        )
    assert not (tmp_path / "back").exists()
    assert opened.desk.verify_log().intact


def test_a_damaged_copy_is_found_and_nothing_is_left(opened: OpenFolder, tmp_path: Path) -> None:
    opened.backup(tmp_path / "copy")
    database = tmp_path / "copy" / "casefile.db"
    data = bytearray(database.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 64] = bytes(64)
    database.write_bytes(bytes(data))
    with pytest.raises(Damaged):
        opening.restore(tmp_path / "copy", tmp_path / "back", PASSPHRASE, as_marsh)
    assert not (tmp_path / "back").exists()


def test_a_recovery_file_that_is_not_one_is_said(opened: OpenFolder, tmp_path: Path) -> None:
    (tmp_path / "store" / "recovery.json").write_text(json.dumps({"store_id": 7}), "ascii")
    with pytest.raises(Damaged, match=r"recovery\.json is damaged"):
        opening.open_with_passphrase(tmp_path / "store", PASSPHRASE)


def test_a_suggested_passphrase_passes_our_own_rule_and_is_never_twice_the_same() -> None:
    several = {opening.suggest_passphrase() for _ in range(50)}
    assert len(several) == 50
    assert not any(opening.check_passphrase(one) for one in several)


def test_a_store_of_a_newer_casefile_is_left_as_it_is_and_said(opened: OpenFolder, tmp_path: Path) -> None:
    with opened.desk.store.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    opened.close()
    before = (tmp_path / "store" / "casefile.db").read_bytes()
    with pytest.raises(Damaged, match=r"newer Casefile \(schema 9999.*Update Casefile"):
        opening.open_with_keychain(tmp_path / "store")
    with pytest.raises(Damaged, match="newer Casefile"):
        opening.open_with_passphrase(tmp_path / "store", PASSPHRASE)
    assert (tmp_path / "store" / "casefile.db").read_bytes() == before
