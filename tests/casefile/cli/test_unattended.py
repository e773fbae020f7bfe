"""docs/unattended.md does what it says: its script is run as it stands there."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pypdf
import pytest

ROOT = Path(__file__).resolve().parents[3]
RETURNS = ROOT / "tests" / "data" / "cin-census"


@pytest.mark.slow
def test_the_script_goes_from_nothing_to_a_printed_file(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "unattended.md").read_text("utf-8")
    script = re.search(r"```sh\n(.*?)```", page, re.DOTALL)
    assert script
    program = tmp_path / "bin" / "casefile"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m casefile "$@"\n', "utf-8")
    program.chmod(0o755)
    environment = {
        "HOME": str(tmp_path / "home"),
        "PATH": f"{program.parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "STORE": str(tmp_path / "store"),
        "RETURN": str(max(RETURNS.glob("*.xml"), key=lambda path: path.stat().st_size)),
    }
    done = subprocess.run(
        ["bash", "-c", script[1]],
        cwd=tmp_path,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=280,
    )
    assert done.returncode == 0, done.stderr
    assert "Nothing was changed: the store already holds everything" in done.stdout
    files = json.loads((tmp_path / "files.json").read_text("utf-8"))
    owed = json.loads((tmp_path / "owed.json").read_text("utf-8"))
    assert files
    assert {one["file"] for one in owed} <= {one["reference"] for one in files}
    assert set(owed[0]) >= {
        "file",
        "task",
        "standard",
        "owed_by",
        "opened_on",
        "due_on",
        "state",
        "days_late",
    }
    assert all(
        date.fromisoformat(one["opened_on"]) <= date.fromisoformat(one["due_on"])
        for one in owed
        if one["due_on"]
    )
    assert files[0]["reference"] in pypdf.PdfReader(tmp_path / "file.pdf").pages[0].extract_text()
    assert "The log is intact" in done.stdout
