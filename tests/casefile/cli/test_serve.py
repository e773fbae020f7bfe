"""A server set up and used from a terminal, by people and by scripts, on a real server with TLS."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from casefile.cli import main
from casefile.cli.speak import Code
from casefile.store.shared import setup
from casefile.store.shared.settings import by_rules
from tests.served import OWNER, OWNERS_PASSWORD, PASSWORD, Served

DATABASE = "from_a_terminal"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """One command, as somebody: its exit code, what it answered, what it said of trouble."""
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setenv("CASEFILE_SERVER_PASSWORD", OWNERS_PASSWORD)
    monkeypatch.setenv("CASEFILE_PASSWORD", PASSWORD)
    monkeypatch.setenv("CASEFILE_NEW_PASSWORD", PASSWORD)

    def command(*arguments: str, officer: str = "Steward") -> tuple[int, str, str]:
        monkeypatch.setenv("CASEFILE_OFFICER", officer)
        capsys.readouterr()
        code = main(arguments)
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def administer(server: psycopg.Connection[Any], *statements: str) -> None:
    for statement in statements:
        server.execute(statement.encode())


def test_from_nothing_to_officers_at_work(run: Run, served: Served) -> None:
    served.forget("Steward", "Ferris")
    url, address = served.address(DATABASE, user=OWNER), served.address(DATABASE)
    code, out, _ = run("serve-setup", url, "--check", "--json")
    looked = {one["what"]: one for one in json.loads(out)["settings"]}
    assert code == Code.FOUND
    assert looked["fsync"]["sound"]
    assert looked["archive_mode"]["remedy"] == "Set archive_mode = on, with an archive_command."
    assert not any(one["endangers"] for one in looked.values())

    code, out, err = run("serve-setup", url)
    assert code == Code.DONE, err
    assert f"The store is made in {DATABASE} on localhost." in out
    assert "Steward is its administrator." in out

    code, kept_up, err = run("maintain", url)
    assert code == Code.DONE, err
    assert kept_up.startswith("Nothing needed to be made. The log holds ")
    assert json.loads(run("maintain", url, "--json")[1])["ahead"] > 5_000_000
    code, _, err = run("maintain", served.address("postgres", user=OWNER))
    assert code == Code.DAMAGED
    assert "not a Casefile store" in err
    assert "▲ archive_mode: off. Without it" in out
    code, out, _ = run("serve-setup", url, "--json")
    again = json.loads(out)["store"]
    assert (code, again["new"], again["administrator"]) == (Code.DONE, False, "")

    assert run("connection", "add", "live", address)[0] == Code.DONE
    assert run("connection", "list")[1] == f"live: {address}\n"
    assert run("officer", "add", "live", "Ferris", "--role", "sergeant", "--number", "31")[0] == Code.DONE
    code, out, err = run("officer", "list", "LIVE", officer="ferris")
    assert "DS 31 Ferris" in out, err
    code, out, err = run("officer", "add", address, "Sparrow", "--role", "constable", officer="Ferris")
    assert (code, "Your role may not do this" in err) == (Code.REFUSED, True)

    code, out, err = run("log", "verify", "live", "--json", officer="Ferris")
    assert code == Code.DONE, err
    assert json.loads(out)["intact"]
    code, out, _ = run("doctor", "live", "--json")
    found = {one["what"]: one for one in json.loads(out)}
    assert found["Log"]["sound"]
    assert found["ssl"]["says"] == "on"
    assert run("connection", "remove", "live")[0] == Code.DONE
    assert run("officer", "list", "live")[0] == Code.MISSING


def test_what_is_only_for_a_store_on_this_computer_says_what_to_do_instead(run: Run, served: Served) -> None:
    address = served.address("any")
    for arguments, instead in (
        (("init", address), "serve-setup"),
        (("backup", address, "copy"), "its own tools"),
    ):
        code, _, err = run(*arguments)
        assert (code, instead in err) == (Code.INVALID, True)


def test_a_server_that_would_endanger_the_record_is_refused_unless_told(run: Run, served: Served) -> None:
    url = served.address("endangered", user=OWNER)
    with served.superuser() as server:
        administer(
            server,
            "CREATE DATABASE endangered OWNER keeper",
            "ALTER DATABASE endangered SET log_statement = 'all'",
        )
    code, out, err = run("serve-setup", url, officer="Provost")
    assert code == Code.INVALID
    assert "✗ log_statement: all. It writes statements into the server's own log files" in out
    assert "log_statement = none" in err
    assert "Nothing was made." in err
    code, _, err = run("serve-setup", url, "--accept", "fsnyc", officer="Provost")
    assert (code, "no setting called fsnyc" in err) == (Code.INVALID, True)
    assert run("serve-setup", url, "--accept", "log_statement", officer="Provost")[0] == Code.DONE
    with served.superuser("endangered") as server:
        kept = server.execute("SELECT value FROM store_fact WHERE key = 'accepted_settings'").fetchone()
    assert kept == ("log_statement",)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ssl", "off"),
        ("fsync", "off"),
        ("full_page_writes", "off"),
        ("synchronous_commit", "off"),
        ("log_statement", "mod"),
        ("log_parameter_max_length_on_error", "-1"),
        ("log_transaction_sample_rate", "0.5"),
    ],
)
def test_each_setting_that_endangers_the_record_says_why_and_what_to_do(name: str, value: str) -> None:
    (found,) = by_rules({name: value})
    assert (found.sound, found.endangers) == (False, True)
    assert found.why.endswith(".")
    assert found.remedy.startswith(f"Set {name} = ")


def test_whoever_may_not_set_a_server_up_is_told(
    run: Run, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served.superuser() as server:
        administer(server, "CREATE ROLE clerk LOGIN PASSWORD 'nine brass lanterns'")
    code, _, err = run("serve-setup", served.address("postgres", user="clerk"))
    assert (code, "clerk may not set the server up" in err) == (Code.REFUSED, True)
    code, _, err = run("serve-setup", served.address("postgres"))
    assert (code, "names nobody who may set the server up" in err) == (Code.REFUSED, True)
    monkeypatch.setattr(setup, "OLDEST", 99)
    code, _, err = run("serve-setup", served.address("postgres", user=OWNER))
    assert (code, "Casefile needs 99 or newer" in err) == (Code.DAMAGED, True)
