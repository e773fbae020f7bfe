"""The log that a database keeps by itself: the same bytes, no change and no reading without a row, one chain for all."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import select, text, update

from casefile.audit.chain import LogEntry, digest
from casefile.audit.model import LogRow
from casefile.audit.queries import LogLine, log_page
from casefile.audit.verify import entry_of
from casefile.audit.write import append
from casefile.desk import Desk
from casefile.errors import Invalid, Refused
from casefile.files.actions.drafts import start_draft
from casefile.files.actions.files import open_file
from casefile.files.queries.docket import open_docket
from casefile.record.model import CaseFile, Draft
from casefile.store.engine import Store
from tests.conftest import Clock

NASTY = (
    "plain",
    "\"quoted\" \\ 'and' /slashed/",
    "\b\f\n\r\t\x01\x1f\x7f",
    "Łódź, 東京, 👩‍👧, \u2028\u2029\ufeff",
    '{"a": [1, null]} \' ; DROP TABLE log_row; --',
    " ",
    "",
)
SERVER = pytest.mark.parametrize("store", ["shared"], indirect=True)


def entry(reason: str | None, at: datetime, **details: str | int) -> LogEntry:
    return LogEntry(
        at, uuid4(), f"DC 1 {reason or 'Nobody'}", "constable", "access", "access.sign_in", "done", reason,
        tuple(sorted(uuid4() for _ in range(3))), (uuid4(),), details,
    )  # fmt: skip


def test_a_row_has_the_digest_that_the_program_computes(store: Store, keeper: Desk) -> None:
    moments = (datetime(2026, 11, 2, 9, 30, tzinfo=UTC), datetime(2026, 1, 31, 23, 59, 59, 7, tzinfo=UTC))
    for place, said in enumerate((*NASTY, None)):
        one = entry(
            said, moments[place % 2], **{said or "none": said or "", "b": 2, "Z": -1, "ä": 2**53, "aa": "x"}
        )
        with store.writing() as session:
            head = append(session, one)
        with store.reading() as session:
            row = session.scalars(select(LogRow).where(LogRow.seq == head.seq)).one()
            assert entry_of(row) == one
            assert digest(one, head.seq, row.previous) == head.digest == row.digest
    assert keeper.verify_log().intact


@SERVER
def test_what_no_server_can_keep_is_refused_in_a_sentence(store: Store, clock: Clock) -> None:
    for one in (entry("a\x00b", clock.now), entry("why", clock.now, said="a\x00b")):
        with pytest.raises(Invalid, match="cannot be kept"), store.writing() as session:
            append(session, one)


def _line(boss: Desk, act: str) -> LogLine:
    return next(one for one in boss.read(log_page) if one.act == act)


@SERVER
def test_a_change_outside_casefile_is_told_by_the_database(
    desk: Desk, sign_in: Callable[[str], Desk], keeper: Desk
) -> None:
    file_id = desk.do(open_file).result
    draft = desk.do(start_draft, file_id, "strategy").result
    with desk.store.writing() as session:
        session.execute(update(Draft).where(Draft.id == draft.id).values(revision=7))
    told = _line(sign_in("Boss"), "store.changed")
    assert (told.officer, told.files, told.stored) == ("R 101 Rhodes", (file_id,), "draft ~1")
    assert "outside Casefile" in told.sentence
    verdict = keeper.verify_log()
    assert verdict.intact
    assert [one for one in verdict.remarks if f"outside Casefile: row {told.seq}" in one]


@SERVER
def test_what_the_program_does_says_what_the_database_saw(desk: Desk, sign_in: Callable[[str], Desk]) -> None:
    desk.do(open_file)
    told = _line(sign_in("Boss"), "files.open_file")
    assert "case_file +1" in told.stored
    assert "counter" in told.stored


@SERVER
def test_a_reading_is_followed_by_what_was_read_or_it_is_told(
    desk: Desk, store: Store, sign_in: Callable[[str], Desk], keeper: Desk
) -> None:
    file_id = desk.do(open_file).result
    desk.read(open_docket, file_id)
    opened = _line(sign_in("Boss"), "store.open_reading")
    assert _line(sign_in("Boss"), "files.open_docket").reading is not None
    with desk.store.engine.connect() as curious:
        curious.execute(text("SELECT casefile_open_reading('')"))
        curious.commit()
        assert curious.execute(select(CaseFile.id)).scalars().all() == [file_id]
    with store.laying() as connection:
        connection.execute(text("UPDATE casefile.log_reading SET until_at = until_at - interval '1 hour'"))
    sign_in("Marsh").read(open_docket, file_id)
    told = _line(sign_in("Boss"), "store.unanswered_reading")
    assert (told.officer, told.category) == ("R 101 Rhodes", "access")
    assert told.reading not in (None, opened.seq)
    assert any("nothing says what they read" in one for one in keeper.verify_log().remarks)


@SERVER
def test_eight_at_once_make_one_chain(desk: Desk, sign_in: Callable[[str], Desk], keeper: Desk) -> None:
    file_id = desk.do(open_file).result
    desks = [sign_in(name) for name in ("Rhodes", "Marsh", "Okafor", "Lindqvist") for _ in range(2)]

    def work(one: Desk) -> None:
        for _ in range(5):
            one.read(open_docket, file_id)
            one.do(open_file)

    with ThreadPoolExecutor(len(desks)) as pool:
        list(pool.map(work, desks))
    verdict = keeper.verify_log()
    assert verdict.intact
    assert verdict.rows > 80


@SERVER
def test_only_who_has_the_right_proves_the_log_of_a_server(
    desk: Desk, sign_in: Callable[[str], Desk]
) -> None:
    with pytest.raises(Refused, match="read log"):
        desk.verify_log()
    assert sign_in("Boss").verify_log().intact
    assert sign_in("Okafor").verify_log().intact
