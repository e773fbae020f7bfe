"""``casefile demo`` does the main job without a display: brings in, signs, prints, proves the log, takes pictures."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.slow
def test_the_demonstration_leaves_files_and_pictures(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = subprocess.run(
        [sys.executable, "-m", "casefile", "demo", "--out", str(out)],
        cwd=tmp_path,
        env={
            "HOME": str(tmp_path / "home"),
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    said = done.stdout
    assert done.stderr == ""
    assert "7 children read" in said
    assert "Nothing was changed: the store already holds everything this return says." in said
    assert "Signed in F-" in said
    assert "Initial child protection conference by" in said
    assert "The log of all this is intact" in said
    printed = sorted(out.glob("F-*.pdf"))
    assert len(printed) == 4
    assert all(len(pypdf.PdfReader(path).pages) >= 3 for path in printed)
    assert any("Strategy discussion" in page.extract_text() for page in pypdf.PdfReader(printed[-1]).pages)
    assert all(one["days_late"] > 0 for one in json.loads((out / "late.json").read_text("utf-8")))
    assert len(list(out.glob("window-*.png"))) >= 8
