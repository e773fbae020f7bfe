"""Questions asked as near to the engine as can be: the same answers under the same limits, and a server's work kept ready."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import bindparam, select, text
from sqlalchemy.exc import StatementError

from casefile.access.lean import Lean
from casefile.access.queries import named
from casefile.access.visibility import FileItself, OfFile
from casefile.desk import Desk
from casefile.errors import Away
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import allocate, open_file
from casefile.files.actions.restrict import restrict_file
from casefile.files.queries.docket import open_docket
from casefile.record.model import CaseFile
from casefile.store.base import Base, Identity
from casefile.store.engine import Store
from casefile.store.lean import ahead
from casefile.store.shared.rules import rule_of
from casefile.work.door import Declared
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work
from tests.conftest import Clock, officer_of

At = Callable[[str], Desk]
_ROW = Lean(
    select(CaseFile.reference, CaseFile.opened_on).where(CaseFile.id == bindparam("file", type_=Identity()))
)
_BARE = select(CaseFile.reference, CaseFile.opened_on)


def _asked(work: Work, file_id: UUID) -> tuple[object, ...]:
    """Ask of a file as near to the engine as can be, and once more through the session."""
    work.about(files=[file_id])
    found = tuple(map(tuple, _ROW.rows(work.session, file=file_id)))
    bare = tuple(map(tuple, work.session.execute(_BARE.where(CaseFile.id == file_id))))
    assert found == bare
    return found


asked_leanly = Declared(
    _asked, "tests.asked_leanly", Permission.READ_FILES, Logged.CONSULTATION, False, False, "Ask of a file."
)
"""Not in the registry, which says what the program can do."""


def test_it_shows_what_the_session_shows_and_no_more(desk: Desk, sign_in: At, clock: Clock) -> None:
    sergeant = sign_in("Okafor")
    file_id = desk.do(open_file, "LEAN-1").result
    assert desk.read(asked_leanly, file_id) == (("LEAN-1", clock.now.date()),)
    sergeant.do(allocate, file_id, "supervisor", officer_of(sergeant), clock.now.date())
    sergeant.do(restrict_file, file_id, [], "A relative works here.")
    assert desk.read(asked_leanly, file_id) == ()
    assert sergeant.read(asked_leanly, file_id) == (("LEAN-1", clock.now.date()),)


def test_whatever_the_session_leaves_out_a_server_leaves_out_by_itself() -> None:
    kinds: list[Any] = [
        one.class_ for one in Base.registry.mappers if issubclass(one.class_, OfFile | FileItself)
    ]
    assert len(kinds) > 40
    for one in kinds:
        rule = rule_of(one.__table__.name, one.__table__.c.keys())
        assert rule.leads in ("file", "itself", "signed"), one.__table__.name


def test_a_value_that_nobody_says_is_missed(desk: Desk) -> None:
    with desk.store.reading() as session, pytest.raises((KeyError, StatementError)):
        _ROW.rows(session)


def test_what_is_asked_ahead_is_answered_once_and_forgotten(desk: Desk, store: Store) -> None:
    file_id = desk.do(open_file, "LEAN-2").result
    with store.writing() as session:
        with ahead(session, _ROW, file=file_id):
            session.execute(text("UPDATE case_file SET family_name = 'Ash'"))
            assert [one.reference for one in _ROW.rows(session, file=file_id)] == ["LEAN-2"]
            session.execute(text("UPDATE case_file SET reference = 'LEAN-3'"))
            assert [one.reference for one in _ROW.rows(session, file=file_id)] == ["LEAN-3"]
        with ahead(session, _ROW, file=file_id):
            session.execute(text("UPDATE case_file SET reference = 'LEAN-4'"))
        assert [one.reference for one in _ROW.rows(session, file=file_id)] == ["LEAN-4"]


def test_officers_are_named_in_the_order_of_their_identities(desk: Desk, sign_in: At, store: Store) -> None:
    everybody = [officer_of(sign_in(one)) for one in ("Rhodes", "Marsh", "Okafor", "Boss", "Rhodes")]
    with store.reading() as session:
        found = named(session, [*everybody, None])
    assert list(found) == sorted(set(everybody))
    assert found[officer_of(desk)].shown == "R 101 Rhodes"


@pytest.mark.parametrize("store", ["shared"], indirect=True)
def test_what_the_server_prepared_outlives_a_reading(desk: Desk) -> None:
    file_id = desk.do(open_file, "LEAN-5").result
    for _ in range(3):
        desk.read(open_docket, file_id)
    kept = text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%involvement%'")
    with desk.store.engine.connect() as connection:
        assert connection.execute(kept).scalar_one() > 1


@pytest.mark.parametrize("store", ["shared"], indirect=True)
def test_a_signature_writes_what_is_otherwise_and_the_row_of_its_file_once(desk: Desk, store: Store) -> None:
    file_id = desk.do(open_file, "LEAN-7").result
    visit = {
        "happened_on": "2026-10-20",
        "known_on": "2026-10-20",
        "kind": "visit_unannounced",
        "by_whom": "DC Marsh",
        "child_seen": "alone",
        "note": "Seen alone at school.",
    }
    desk.do(record_entry, file_id, "contact", visit)
    desk.do(record_entry, file_id, "contact", visit)
    with store.reading() as session:
        stored = session.execute(text("SELECT details ->> 'stored' FROM log_row ORDER BY seq DESC LIMIT 2"))
        second, first = stored.scalars()
    assert "case_file ~1" in first
    assert "entry +1" in second
    assert not {"case_file", "alarm", "task", "file_weight"} & set(second.replace(",", "").split())


@pytest.mark.parametrize("store", ["shared"], indirect=True)
def test_a_reading_can_write_nothing_on_a_server(desk: Desk) -> None:
    with desk.store.reading() as session:
        assert session.execute(text("SHOW transaction_read_only")).scalar_one() == "on"


@pytest.mark.parametrize("store", ["shared"], indirect=True)
def test_a_server_that_breaks_off_between_two_questions_is_away(desk: Desk, store: Store) -> None:
    file_id = desk.do(open_file, "LEAN-6").result

    def broken_off() -> None:
        with desk.store.reading() as session:
            pid = session.execute(text("SELECT pg_backend_pid()")).scalar_one()
            with store.laying() as keeper:
                keeper.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
            _ROW.rows(session, file=file_id)

    with pytest.raises(Away):
        broken_off()
    assert desk.read(open_docket, file_id).reference == "LEAN-6"
