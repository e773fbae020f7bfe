"""A docket index from a terminal: by a certain guess, by a mapping file, by pairs."""

from __future__ import annotations

from pathlib import Path

import pytest

from casefile.cli import main
from casefile.cli.speak import Code
from tests.make_docket import SAMPLE, as_csv


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A store with a researcher signed in."""
    for name, value in (
        ("PASSPHRASE", "otter kettle lamp"),
        ("OFFICER", "Marsh"),
        ("PASSWORD", "marble sofa thread"),
        ("NEW_PASSWORD", "candle barn willow"),
    ):
        monkeypatch.setenv(f"CASEFILE_{name}", value)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    folder = str(tmp_path / "store")
    assert main(["init", folder]) == Code.DONE
    assert main(["officer", "add", folder, "Ash", "--role", "researcher"]) == Code.DONE
    monkeypatch.setenv("CASEFILE_OFFICER", "Ash")
    monkeypatch.setenv("CASEFILE_PASSWORD", "candle barn willow")
    return folder


def test_a_docket_index_comes_in_by_a_certain_guess_or_by_a_mapping(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sample = str(SAMPLE)
    assert main(["import", store, sample, "--show-map"]) == Code.DONE
    shown = capsys.readouterr().out
    assert '"D.O.B / EDD" = "born_on"  # certain' in shown
    mapping = tmp_path / "map.toml"
    mapping.write_text(shown, "utf-8")
    assert main(["import", store, sample, "--received-on", "2026-01-02"]) == Code.DONE
    assert "30 files opened" in capsys.readouterr().out
    assert main(["import", store, sample, "--map", str(mapping), "--received-on", "2026-01-02"]) == Code.DONE
    assert "Nothing was changed" in capsys.readouterr().out

    odd = tmp_path / "odd.csv"
    odd.write_bytes(as_csv(("X/1", "Kim Lowe", "1/2/2015"), headings=("Thing", "Kid", "DOB")))
    assert main(["import", store, str(odd)]) == Code.INVALID
    said = capsys.readouterr().err
    assert "not certain" in said
    assert "--show-map" in said
    pairs = ["--map", "reference=Thing", "--map", "Child: whole name=Kid"]
    assert main(["import", store, str(odd), *pairs]) == Code.DONE
    assert "X/1, 1 child: file opened" in capsys.readouterr().out
    assert main(["import", store, str(odd), "--map", "shoe size=Kid"]) == Code.INVALID
    assert main(["import", store, str(odd), "--map", str(mapping), "--map", "sex=DOB"]) == Code.INVALID
