"""No reading of every day looks at a large table row by row, as an officer's role under row security; plans, not times."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest

from benchmarks import national
from casefile.audit.queries import log_page
from casefile.desk import Desk
from casefile.files.actions.drafts import save_draft, start_draft
from casefile.files.actions.entries import sign_entry
from casefile.files.queries.docket import divider_page, entries_of, open_docket
from casefile.files.queries.drafts import drafts_in, my_drafts
from casefile.files.queries.listing import find_file, list_files
from casefile.files.queries.people import people
from casefile.files.queries.tasks import my_tasks, waiting
from casefile.standards import library
from casefile.supervision.queue import QueueFilter, review_queue, waiting_in_queue
from tests import owners
from tests.casefile.store.plans import walked
from tests.conftest import OFFICERS, PASSWORD, Clock
from tests.postgres import Postgres

FILES, LOG = 3_000, 20_000
FEW = 1_000
"""Rows that may be looked at one by one: less than any table that grows with the record holds here."""
FILE = UUID("01990000-f11e-7000-8000-000000000005")
VISIT = {
    "happened_on": "2026-10-20", "known_on": "2026-10-20", "kind": "visit_unannounced", "by_whom": "DC Marsh",
    "child_seen": "alone", "note": "Seen alone at school.",
}  # fmt: skip


@pytest.fixture(scope="module")
def large(postgres: Postgres) -> Iterator[owners.OwnersStore]:
    """A shared store with thousands of files."""
    from tests.conftest import _hire

    dsn = postgres.fresh_database()
    made = owners.build(dsn, "Boss", PASSWORD, Clock())
    _hire(made)
    owners.let_in_again(dsn, PASSWORD)
    with made.laying() as connection:
        national.fill(connection, FILES)
        national.fill_log(connection, LOG)
    with made.engine.connect() as connection:
        national.settle(connection)
    yield made
    made.close()
    postgres.drop(dsn)


def sign(desk: Desk) -> object:
    """A draft from its first key to the signature."""
    draft = desk.do(start_draft, FILE, "contact").result
    saved = desk.do(save_draft, draft.id, VISIT, draft.revision).result
    assert saved
    return desk.do(sign_entry, draft.id).result


HOT: dict[str, tuple[str, Callable[[Desk], object]]] = {
    "the list": ("Rhodes", lambda desk: desk.read(list_files)),
    "the list by what is due": ("Rhodes", lambda desk: desk.read(list_files, sort="next_due")),
    "a file by its reference": ("Rhodes", lambda desk: desk.read(find_file, "F-N-0000005")),
    "a file": ("Rhodes", lambda desk: desk.read(open_docket, FILE)),
    "a divider": ("Rhodes", lambda desk: desk.read(divider_page, FILE, "contact")),
    "all entries": ("Rhodes", lambda desk: desk.read(entries_of, FILE)),
    "people": ("Rhodes", lambda desk: desk.read(people, FILE)),
    "drafts of a file": ("Rhodes", lambda desk: desk.read(drafts_in, FILE)),
    "my drafts": ("Rhodes", lambda desk: desk.read(my_drafts)),
    "my tasks": ("Rhodes", lambda desk: desk.read(my_tasks)),
    "how many wait": ("Rhodes", lambda desk: desk.read(waiting)),
    "a draft saved and signed": ("Rhodes", sign),
    "my queue": ("Okafor", lambda desk: desk.read(review_queue)),
    "how many wait in my queue": ("Okafor", lambda desk: desk.read(waiting_in_queue)),
    "what has gone up": ("Lindqvist", lambda desk: desk.read(review_queue)),
    "the log": ("Lindqvist", lambda desk: desk.read(log_page)),
    "the log of a file": ("Lindqvist", lambda desk: desk.read(log_page, subject=FILE)),
}
WHOLE: dict[str, tuple[str, Callable[[Desk], object]]] = {
    "words": ("Rhodes", lambda desk: desk.read(list_files, text="family17 street3")),
    "how many are open": ("Rhodes", lambda desk: desk.read(list_files, state="open", limit=1)),
    "the force's queue": ("Okafor", lambda desk: desk.read(review_queue, QueueFilter("all"))),
}
"""Questions about every file there is: the rows of files are looked at, one each, and nothing that stands in them."""


@pytest.fixture(scope="module")
def desks(large: owners.OwnersStore) -> dict[str, Desk]:
    """Officers at their desks, each as a role of the server."""
    found: dict[str, Desk] = {}
    for name in OFFICERS:
        found[name] = Desk(large, library(), clock=Clock())
        found[name].sign_in(name, PASSWORD)
    return found


@pytest.mark.parametrize("asked", HOT)
def test_nothing_large_is_looked_at_row_by_row(desks: dict[str, Desk], asked: str) -> None:
    name, ask = HOT[asked]
    with walked(desks[name].store.engine) as found:
        ask(desks[name])
    assert [one for one in found if one.rows > FEW] == []


@pytest.mark.parametrize("asked", WHOLE)
def test_what_is_asked_of_every_file_looks_at_files_alone(desks: dict[str, Desk], asked: str) -> None:
    name, ask = WHOLE[asked]
    with walked(desks[name].store.engine) as found:
        ask(desks[name])
    assert {one.table for one in found if one.rows > FEW} <= {"case_file"}


def test_a_table_that_is_looked_at_whole_would_be_found(large: owners.OwnersStore) -> None:
    with walked(large.engine) as found, large.reading() as session:
        session.connection().exec_driver_sql("SELECT count(*) FROM entry WHERE text LIKE '%%upstairs%%'")
    assert [one.table for one in found] == ["entry"]
    assert found[0].rows >= FILES * national.ENTRIES


def test_a_reference_in_other_letters_is_found_as_well(desks: dict[str, Desk]) -> None:
    assert desks["Rhodes"].read(find_file, " f-n-0000005 ").id == FILE
    assert desks["Rhodes"].read(find_file, "F-N-0000005").id == FILE
