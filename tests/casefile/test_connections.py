"""Saved connections: names for addresses, kept on this computer, without any secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from casefile import opening
from casefile.cli import main
from casefile.cli.speak import Code
from casefile.errors import Damaged, Invalid, Missing
from casefile.opening import connections
from casefile.opening.connections import Connection
from casefile.opening.setup import Choices
from tests.keychain import in_memory
from tests.served import PASSWORD, Served

ADDRESS = "postgresql://records.force.example/casefile"


@pytest.fixture(autouse=True)
def own_places(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))


def test_a_name_stands_for_the_address_and_a_path_for_a_folder(tmp_path: Path) -> None:
    connections.keep(Connection("Live record", ADDRESS))
    connections.keep(Connection("live  RECORD", f"{ADDRESS}2"))
    assert [one.address for one in connections.kept()] == [f"{ADDRESS}2"], "one name is one connection"
    assert opening.place_of("Live Record") == opening.parse(f"{ADDRESS}2")
    assert opening.place_of(str(tmp_path / "Live record")) == tmp_path / "Live record"
    assert opening.place_of("elsewhere") == Path("elsewhere")
    connections.forget("live record")
    assert opening.place_of("Live record") == Path("Live record")


def test_what_cannot_be_kept_is_said_and_nothing_is_kept() -> None:
    for name, address, said in (
        ("a/b", ADDRESS, "without slashes"),
        ("live", "postgresql://boss:secret@records/casefile", "holds a password"),
    ):
        with pytest.raises(Invalid, match=said):
            connections.keep(Connection(name, address))
    with pytest.raises(Missing, match="No connection called live"):
        connections.forget("live")
    assert connections.kept() == ()


def test_a_damaged_file_of_connections_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    connections.where().parent.mkdir(parents=True)
    connections.where().write_text('[{"name": 1', "utf-8")
    with pytest.raises(Damaged, match="file of saved connections is damaged"):
        opening.place_of("live")
    assert main(["officer", "list", "live"]) == Code.DAMAGED
    assert "Mend it or take it away" in capsys.readouterr().err


def test_where_the_force_forbids_it_no_password_is_kept(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    served.store("no_words", Choices(keep_passwords=False), administrator="Verger")
    with in_memory(monkeypatch) as chain:
        opened = opening.open_server(served.address("no_words"))
        opened.desk.sign_in("Verger", PASSWORD)
        assert not opened.keep_password("Verger", PASSWORD)
        opened.close()
    assert chain.kept == {}


def test_the_parts_of_an_address_make_one() -> None:
    assert opening.address_text(" records:6432 ", "case file", "/etc/ca file.pem") == (
        "postgresql://records:6432/case%20file?sslrootcert=/etc/ca%20file.pem"
    )
    whole = f"{ADDRESS}?sslrootcert=/a.pem"
    assert opening.address_text(whole, "ignored", "/b.pem") == whole
