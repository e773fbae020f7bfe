"""What a view reckons in one statement is what each file reckons from its records, for every child of the training files."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from casefile import opening
from casefile.ask.queries import MOST, ask
from casefile.ask.shape import View
from casefile.desk import Desk
from casefile.files.queries.docket import open_docket
from casefile.files.queries.listing import list_files
from casefile.sample import OFFICER, PASSWORD
from tests.shared import PASSPHRASE, training

FACTS = ("name", "last_seen", "last_seen_alone", "last_seen_by_police", "plan_since")
EVERY_CHILD = View.model_validate(
    {
        "key": "every_child", "title": "Every child", "group": "Ours", "question": "Who?", "source": "The force",
        "of": "child", "closed": True, "column": [{"fact": one} for one in FACTS],
    }
)  # fmt: skip


def test_when_children_were_seen_and_are_on_a_plan(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    copy = shutil.copytree(training(tmp_path_factory), tmp_path / "store")
    opened = opening.open_with_passphrase(copy, PASSPHRASE, remember=False)
    opened.desk.sign_in(OFFICER, PASSWORD)
    told = {
        (row.file_id, row.id[1]): row.values for row in opened.desk.read(ask, EVERY_CHILD, limit=MOST).rows
    }
    held = _in_files(opened.desk)
    on_plans = {row.id for row in opened.desk.read(list_files, limit=MOST).rows if row.plan_since}
    opened.close()
    assert {file for (file, _), one in told.items() if one[4]} == on_plans
    assert {key: told[key][1:4] for key in held} == held
    assert len(held) > 50
    assert len(on_plans) > 5


def _in_files(desk: Desk) -> dict[Any, tuple[date | None, ...]]:
    """When each child was seen, as its file says."""
    found: dict[Any, tuple[date | None, ...]] = {}
    for file in desk.read(list_files, limit=MOST).rows:
        for child in desk.read(open_docket, file.id).seen:
            found[file.id, child.person_id] = (child.last_on, child.alone_on, child.police_on)
    return found
