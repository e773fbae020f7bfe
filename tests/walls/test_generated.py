"""What a program writes is as that program would write it now. `make generated` writes all of it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.walls.house import ROOT
from tools import permissions


def test_the_permission_matrix_is_fresh() -> None:
    assert permissions.PAGE.read_text("utf-8") == permissions.page()


def test_every_published_schema_is_json_and_says_its_version() -> None:
    published = sorted(Path(ROOT / "resources" / "schema").glob("*.json"))
    assert published
    for path in published:
        schema = json.loads(path.read_text("utf-8"))
        assert schema["$schema"].startswith("https://json-schema.org/draft/"), path.name
        assert schema.get("$id") or schema.get("title"), path.name
