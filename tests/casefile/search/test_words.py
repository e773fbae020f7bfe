"""Words found at the desk, on both stores."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from casefile.desk import Desk
from casefile.files.actions.drafts import save_draft, start_draft
from casefile.files.actions.entries import sign_entry
from casefile.files.actions.files import open_file
from casefile.search.words import search_as_typed, search_words

At = Callable[[str], Desk]


def note(desk: Desk, file_id: UUID, text: str, on: str = "1/6/2026", thread: UUID | None = None) -> UUID:
    """Sign a contact."""
    draft = desk.do(start_draft, file_id, "contact", thread_id=thread).result
    desk.do(
        save_draft,
        draft.id,
        {
            **draft.values,
            "happened_on": on,
            "kind": "visit_unannounced",
            "child_seen": "not_seen",
            "note": text,
        },
        draft.revision,
    )
    return desk.do(sign_entry, draft.id, reason="Corrected" if thread else None).result.id


@pytest.fixture
def family(desk: Desk) -> UUID:
    return desk.do(open_file, "F-1", date(2026, 1, 5)).result


def test_words_of_records_are_found(desk: Desk, family: UUID) -> None:
    note(desk, family, "A bruise on the left arm, seen at football.")
    note(desk, family, "Nothing to report; no bruises.", "2/6/2026")
    found = desk.read(search_words, "bruise")
    print(found)
    assert [one.on for one in found.group("entry").hits] == [date(2026, 6, 2), date(2026, 6, 1)]
    assert desk.read(search_words, "bruise -football").group("entry").total == 1
    assert desk.read(search_words, '"left arm"').group("entry").total == 1
    assert desk.read(search_words, '"arm left"').group("entry").total == 0
    assert desk.read(search_words, "arm NEAR/3 bruise").group("entry").total == 1
    assert desk.read(search_as_typed, "footba").group("entry").total == 1
    assert desk.read(search_words, "F-1").group("file").total == 1
