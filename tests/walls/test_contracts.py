"""The arrows of docs/architecture.md hold, and the contracts would see one that does not."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.walls.house import ROOT

PLANTED = {
    "an entry that calls the desk": (
        "casefile/record/planted.py",
        "import casefile.desk",
        "Arrows run one way",
    ),
    "the log reading sign-in": ("casefile/audit/planted.py", "import casefile.access", "Arrows run one way"),
    "paper reading a file format": (
        "casefile/paper/planted.py",
        "import casefile.exchange",
        "Arrows run one way",
    ),
    "Qt in police work": ("casefile/work/planted.py", "import PySide6", "Police work and storage"),
    "the window in police work": ("casefile/work/planted.py", "import ui", "Police work and storage"),
    "SQL in the window": ("ui/planted.py", "import sqlalchemy", "The window has never heard"),
    "a table in the window": ("ui/planted.py", "import casefile.record.model", "The window has never heard"),
    "a room that knows another": ("ui/files/planted.py", "import ui.app", "The window's arrows"),
}


def lint_imports(folder: Path) -> tuple[int, str]:
    """Run import-linter on the house in *folder*: its exit code and what it said on one line."""
    program = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run(
        [str(program), "--no-cache"], cwd=folder, check=False, capture_output=True, text=True, timeout=120
    )
    return done.returncode, " ".join((done.stdout + done.stderr).split())


def test_the_arrows_run_one_way() -> None:
    code, said = lint_imports(ROOT)
    assert code == 0, said
    assert " 0 broken" in said


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The house once more, to break in."""
    folder = tmp_path_factory.mktemp("house")
    for package in ("casefile", "ui"):
        shutil.copytree(
            ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__", "*.pyc")
        )
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_seen(fault: str, copy: Path) -> None:
    name, line, contract = PLANTED[fault]
    planted = copy / name
    planted.write_text(f'"""Planted."""\n\n{line}\n', "utf-8")
    try:
        code, said = lint_imports(copy)
    finally:
        planted.unlink()
    assert code != 0
    broken = [part for part in said.split("KEPT") if "BROKEN" in part]
    assert any(contract in part for part in broken), said
