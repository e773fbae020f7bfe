"""Two officers at the same moment, on both stores: both words are kept, one signature counts, one amendment is begun."""

from __future__ import annotations

from uuid import UUID

import pytest

from casefile.desk import Desk
from casefile.errors import Missing
from casefile.files.actions.drafts import save_draft, start_draft
from casefile.files.actions.entries import sign_entry
from casefile.files.actions.files import open_file
from casefile.files.queries.docket import entries_of
from casefile.files.queries.drafts import draft_now
from casefile.record.drafting import Typing
from casefile.work.ids import new_id
from tests.casefile.files.test_keeping import STRATEGY
from tests.casefile.handover.test_at_once import both
from tests.casefile.together.conftest import Client


@pytest.fixture
def desks(client: Client) -> tuple[Desk, Desk]:
    return client("Rhodes"), client("Marsh")


@pytest.fixture
def file_id(desks: tuple[Desk, Desk]) -> UUID:
    return desks[0].do(open_file).result


def test_two_saves_at_once_keep_both_words(client: Client, desks: tuple[Desk, Desk], file_id: UUID) -> None:
    draft = desks[0].do(start_draft, file_id, "strategy", values=STRATEGY).result
    base = dict(draft.values)

    def saves(desk: Desk, **values: str) -> None:
        desk.do(save_draft, draft.id, {**base, **values}, draft.revision, Typing(base, new_id()))

    rhodes, marsh = desks
    assert both(
        lambda: saves(rhodes, shared="A lodger"), lambda: saves(marsh, shared="A dog", chair="Ms Teal")
    ) == [
        None,
        None,
    ]
    kept = rhodes.read(draft_now, draft.id).state
    assert {kept.values["shared"], *(one.value for one in kept.waiting)} == {"A lodger", "A dog"}
    assert kept.values["chair"] == "Ms Teal"
    assert client("Penrose").verify_log().intact


def test_two_signatures_at_once_make_one_entry(
    client: Client, desks: tuple[Desk, Desk], file_id: UUID
) -> None:
    rhodes, again = desks[0], client("Rhodes")
    draft = rhodes.do(start_draft, file_id, "strategy", values=STRATEGY).result
    first, second = both(lambda: rhodes.do(sign_entry, draft.id), lambda: again.do(sign_entry, draft.id))
    assert (first is None) != (second is None)
    assert isinstance(first or second, Missing)
    assert len(rhodes.read(entries_of, file_id)) == 1


def test_two_who_begin_to_amend_at_once_find_one_draft(desks: tuple[Desk, Desk], file_id: UUID) -> None:
    rhodes, marsh = desks
    signed = rhodes.do(
        sign_entry, rhodes.do(start_draft, file_id, "strategy", values=STRATEGY).result.id
    ).result
    begun: set[UUID] = set()

    def begins(desk: Desk) -> None:
        begun.add(desk.do(start_draft, file_id, "strategy", thread_id=signed.thread_id).result.id)

    assert both(lambda: begins(rhodes), lambda: begins(marsh)) == [None, None]
    assert len(begun) == 1
