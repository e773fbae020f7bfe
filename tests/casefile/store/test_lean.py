"""Rows that are put in by words made once are what their table asks for, or nothing is put in."""

from __future__ import annotations

import pytest

from casefile.errors import Bug
from casefile.record.model import EntryThread
from casefile.store.engine import Store
from casefile.store.lean import Put
from casefile.work.ids import new_id

THREADS = Put(EntryThread.__table__)
WHOLE = {"id": new_id(), "file_id": new_id(), "section": "contact", "latest_id": new_id(), "versions": 1}


@pytest.mark.parametrize(
    "row", [{**WHOLE, "note": "A word that no column holds."}, {"id": WHOLE["id"]}], ids=["more", "less"]
)
def test_a_row_that_says_more_or_less_than_its_table_is_refused(store: Store, row: dict[str, object]) -> None:
    with store.writing() as session, pytest.raises(Bug, match="does not fit"):
        THREADS.rows(session, [row])
