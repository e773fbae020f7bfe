"""The review queue: who is in it, in which order, and why, in words; kept filters; the printed copy."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal
from uuid import UUID

import pikepdf
import pypdfium2
import pytest
from sqlalchemy import event, select

from benchmarks.large import many_files
from casefile.access.queries import officers
from casefile.alarms.actions import accept_alarm
from casefile.alarms.queries import alarms_now
from casefile.alarms.refresh import GRAVITY
from casefile.desk import Desk
from casefile.errors import Invalid
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import allocate, open_file
from casefile.handover.absence import record_absence
from casefile.paper.queue import print_queue
from casefile.record.model import CaseFile
from casefile.sections import SECTIONS
from casefile.supervision.queue import QueueFilter, review_queue, waiting_in_queue
from casefile.supervision.saved import forget_filter, keep_filter, kept_filters
from tests.conftest import Clock, officer_of


@pytest.fixture
def sergeant(sign_in: Callable[[str], Desk]) -> Desk:
    return sign_in("Okafor")


def _file(desk: Desk, sergeant: Desk, reference: str, level: str | None = None) -> UUID:
    """A file that the sergeant supervises, owned and reviewed, with a risk level if given."""
    file_id = desk.do(open_file, reference).result
    me = sergeant.actor.officer_id
    assert me is not None
    for role in ("officer", "supervisor"):
        sergeant.do(allocate, file_id, role, me)
    if level is not None:
        today, ahead = sergeant.now().date(), sergeant.now().date().replace(year=sergeant.now().year + 1)
        day = today.isoformat()
        told = {
            "happened_on": day,
            "known_on": day,
            "trigger": "first",
            "level": level,
            "rationale": "As seen.",
        }
        desk.do(record_entry, file_id, "risk", {**told, "review_on": ahead.isoformat()})
    return file_id


def _day(desk: Desk, days: int) -> date:
    return desk.now().date() + timedelta(days=days)


def _injury(desk: Desk, file_id: UUID) -> None:
    day = desk.now().date().isoformat()
    told = {"happened_on": day, "known_on": day, "direction": "in", "injury": True}
    desk.do(record_entry, file_id, "referral", {**told, "decision": "assessment", "decided_on": day})


def test_a_quiet_file_is_not_in_the_queue_and_comes_in_when_something_is_late(
    desk: Desk, sergeant: Desk, clock: Clock
) -> None:
    file_id = _file(desk, sergeant, "Q-1", "standard")
    assert sergeant.read(review_queue).total == 0
    assert sergeant.read(waiting_in_queue) == 0
    clock.forward(days=4)
    page = sergeant.read(review_queue)
    assert [one.file_id for one in page.rows] == [file_id]
    assert "never reviewed, open for 4 days" in page.rows[0].why
    assert page.rows[0].severity == "late"


def test_danger_comes_before_lateness_and_says_why_in_words(desk: Desk, sergeant: Desk, clock: Clock) -> None:
    late = _file(desk, sergeant, "Q-1", "high")
    danger = _file(desk, sergeant, "Q-2", "standard")
    _injury(desk, danger)
    clock.forward(days=6)
    rows = sergeant.read(review_queue).rows
    assert [one.file_id for one in rows] == [danger, late]
    assert rows[0].severity == "danger"
    assert rows[0].why.startswith("Standard risk; ")
    assert "injury not photographed" in rows[0].why


@pytest.mark.parametrize("whose", ["all", "mine"])
def test_page_by_page_the_queue_is_in_the_order_of_the_whole(
    sergeant: Desk, desk: Desk, whose: Literal["all", "mine"]
) -> None:
    me, another = officer_of(sergeant), officer_of(desk)
    many_files(sergeant.store, 300, (me, another))
    asked = QueueFilter(whose)
    whole = sergeant.read(review_queue, asked, limit=300)
    kept = CaseFile.reference, CaseFile.risk_level, CaseFile.danger_on, CaseFile.late_on, CaseFile.review_due
    with sergeant.store.reading() as session:
        of_whom = CaseFile.supervisor_id.in_([me] if whose == "mine" else [me, another])
        rows = session.execute(select(*kept).where(of_whom)).all()
    today, expected = sergeant.now().date(), []
    for reference, risk, danger_on, late_on, due in rows:
        danger, late = (day is not None and day <= today for day in (danger_on, late_on))
        if danger or late or (due is not None and due <= today):
            level = {"high": 0, "medium": 1, "standard": 2}[risk or "high"]
            since = danger_on if danger else late_on if late else due
            expected.append((0 if danger else 1 if late else 2, level, since, reference))
    assert [one.reference for one in whole.rows] == [one[-1] for one in sorted(expected)]
    assert whole.total == len(expected) > 30
    first = sergeant.read(review_queue, asked, limit=7)
    assert (first.total, first.danger) == (len(expected), sum(one[0] == 0 for one in expected)), (
        "not of one page"
    )
    by_pages = [
        row
        for first in range(0, whole.total, 7)
        for row in sergeant.read(review_queue, asked, offset=first, limit=7).rows
    ]
    assert by_pages == list(whole.rows)


def test_an_accepted_alarm_leaves_the_queue_until_its_day(desk: Desk, sergeant: Desk, clock: Clock) -> None:
    file_id = _file(desk, sergeant, "Q-1", "standard")
    clock.forward(days=5)
    alarm = sergeant.read(alarms_now, file_id)[0]
    until = sergeant.now().date()
    sergeant.do(accept_alarm, file_id, alarm.key, alarm.about, until, "Reviewed tomorrow morning.")
    assert sergeant.read(review_queue).total == 0
    clock.forward(days=1)
    assert sergeant.read(review_queue).total == 1


def test_who_was_away_is_back_and_the_file_no_longer_waits_though_nobody_wrote(
    desk: Desk, sergeant: Desk, clock: Clock
) -> None:
    file_id = _file(desk, sergeant, "Q-1", "standard")
    clock.forward(days=5)
    (alarm,) = sergeant.read(alarms_now, file_id)
    sergeant.do(
        accept_alarm, file_id, alarm.key, alarm.about, _day(sergeant, 60), "Reviewed with the others."
    )
    assert sergeant.read(review_queue).total == 0
    me = officer_of(sergeant)
    sergeant.do(record_absence, me, sergeant.now().date(), _day(sergeant, 20), "course")
    (row,) = sergeant.read(review_queue).rows
    assert "away, not handed over" in row.why
    assert sergeant.read(waiting_in_queue) == 1
    clock.forward(days=21)
    assert [one.key for one in sergeant.read(alarms_now, file_id) if one.accepted is None] == []
    assert sergeant.read(review_queue, QueueFilter("all")).total == sergeant.read(review_queue).total == 0
    assert sergeant.read(waiting_in_queue) == 0


def test_an_inspector_sees_a_file_on_the_day_their_review_is_due(
    desk: Desk, sergeant: Desk, sign_in: Callable[[str], Desk], clock: Clock
) -> None:
    file_id = _file(desk, sergeant, "Q-1", "high")
    inspector = sign_in("Lindqvist")
    with inspector.store.reading() as session:
        due_on = session.execute(select(CaseFile.inspection_due).where(CaseFile.id == file_id)).scalar_one()
    assert due_on is not None
    assert due_on > inspector.now().date()
    while inspector.now().date() < due_on:
        gone_up = any(one.told == "inspector" for one in inspector.read(alarms_now, file_id))
        assert inspector.read(review_queue).total == inspector.read(waiting_in_queue) == int(gone_up)
        clock.forward(days=1)
    (row,) = inspector.read(review_queue).rows
    assert "inspector’s review due today" in row.why
    assert inspector.read(waiting_in_queue) == 1


DAYS = (*range(8), *range(8, 75, 4))


def test_on_every_day_the_queue_is_what_the_alarms_of_that_day_say(
    desk: Desk, sergeant: Desk, sign_in: Callable[[str], Desk], clock: Clock
) -> None:
    """Alarms that begin and end by the calendar alone, for weeks in which nobody writes."""
    files = {_file(desk, sergeant, f"Q-{level}", level): level for level in ("high", "medium", "standard")}
    me = officer_of(sergeant)
    _injury(desk, next(iter(files)))
    for begins, ends in ((5, 20), (40, 60)):
        sergeant.do(record_absence, me, _day(sergeant, begins), _day(sergeant, ends), "course")
    inspector = sign_in("Lindqvist")
    seen: set[tuple[int, int, int]] = set()
    for day, following in pairwise(DAYS):
        order: list[tuple[int, int, date, UUID]] = []
        told = set[UUID]()
        for file_id, level in files.items():
            alarms = sergeant.read(alarms_now, file_id)
            grave = min((GRAVITY[one.severity] for one in alarms), default=2)
            if grave < 2:
                since = min(one.began_on for one in alarms if GRAVITY[one.severity] == grave)
                order.append((grave, ("high", "medium", "standard").index(level), since, file_id))
            if any(one.told == "inspector" for one in alarms):
                told.add(file_id)
        danger = sum(one[0] == 0 for one in order)
        for whose in ("mine", "all"):
            page = sergeant.read(review_queue, QueueFilter(whose))
            assert [one.file_id for one in page.rows] == [one[-1] for one in sorted(order)], (whose, day)
            assert (page.total, page.danger) == (len(order), danger)
        up = inspector.read(review_queue)
        assert ({one.file_id for one in up.rows}, up.total) == (told, len(told))
        assert up.danger == len(told & {one[-1] for one in order if one[0] == 0})
        assert (sergeant.read(waiting_in_queue), inspector.read(waiting_in_queue)) == (len(order), len(told))
        seen.add((len(order), danger, len(told)))
        clock.forward(days=following - day)
    assert len(seen) > 3, "something began and ended"


def test_the_queue_narrows_by_officer_alarm_risk_plan_and_words(
    desk: Desk, sergeant: Desk, clock: Clock
) -> None:
    one, other = _file(desk, sergeant, "Q-ONE", "high"), _file(desk, sergeant, "Q-TWO", "standard")
    _injury(desk, other)
    clock.forward(days=6)

    def found(**by: object) -> set[UUID]:
        return {row.file_id for row in sergeant.read(review_queue, QueueFilter("all", **by)).rows}  # type: ignore[arg-type]

    me = sergeant.actor.officer_id
    somebody = next(row.id for row in sergeant.read(officers) if row.id != me)
    assert found() == {one, other}
    assert found(risk="high") == {one}
    assert found(alarm="photographs_missing") == {other}
    assert found(text="q-one") == {one}
    assert found(officer_id=me) == {one, other}
    assert found(officer_id=somebody) == set()
    assert found(plan=True) == set()
    assert found(plan=False) == {one, other}


def test_an_inspector_sees_what_has_gone_up(
    desk: Desk, sergeant: Desk, sign_in: Callable[[str], Desk], clock: Clock
) -> None:
    file_id = _file(desk, sergeant, "Q-1", "standard")
    clock.forward(days=5)
    inspector = sign_in("Lindqvist")
    assert inspector.read(review_queue).total == 0
    clock.forward(days=8)
    assert [one.file_id for one in inspector.read(review_queue).rows] == [file_id]


def test_a_filter_is_kept_by_name_for_one_officer(sergeant: Desk, sign_in: Callable[[str], Desk]) -> None:
    wanted = QueueFilter("all", sergeant.actor.officer_id, "child_not_seen", "high", True, "mill lane")
    with pytest.raises(Invalid):
        sergeant.do(keep_filter, "  ", wanted)
    sergeant.do(keep_filter, "High and unseen", wanted)
    assert [(one.name, one.filter) for one in sergeant.read(kept_filters)] == [("High and unseen", wanted)]
    assert sign_in("Lindqvist").read(kept_filters) == ()
    sergeant.do(keep_filter, "High and unseen", QueueFilter("mine"))
    assert [one.filter for one in sergeant.read(kept_filters)] == [QueueFilter("mine")]
    sergeant.do(forget_filter, "High and unseen")
    assert sergeant.read(kept_filters) == ()


def test_the_queue_prints_with_its_marking_and_number(desk: Desk, sergeant: Desk, clock: Clock) -> None:
    _file(desk, sergeant, "Q-1", "standard")
    clock.forward(days=5)
    pdf = sergeant.do(print_queue).result
    with pikepdf.open(io.BytesIO(pdf)) as read:
        assert len(read.pages) == 1
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    assert "OFFICIAL-SENSITIVE" in text
    assert "Q-1" in text
    assert "never reviewed" in text
    assert "Copy 1" in text


def test_a_night_without_a_write_changes_nothing_in_the_store(
    desk: Desk, sergeant: Desk, clock: Clock
) -> None:
    """Rows come into force by themselves: the same rows say more a week later."""
    file_id = _file(desk, sergeant, "Q-1", "standard")
    before = sergeant.read(alarms_now, file_id)
    clock.forward(days=7)
    after = sergeant.read(alarms_now, file_id)
    assert before == ()
    assert {one.key for one in after} == {"never_supervised"}
    assert after[0].began_on == date.fromordinal(sergeant.now().date().toordinal() - 3)


WRITES = re.compile(r"^\s*(?:insert\s+into|update|delete\s+from)\s+\"?(\w+)", re.IGNORECASE)
READS = re.compile(r"\b(?:from|join)\s+\"?(\w+)", re.IGNORECASE)
DERIVED_FROM = {f"section_{one}" for one in SECTIONS} | {
    "alarm_acceptance", "entry_person", "involvement", "person_birth", "person_residence", "row_action", "task_event",
}  # fmt: skip
"""What an alarm is derived from: opening the queue looks at none of it."""


def _statements(desk: Desk, act: Callable[[], object]) -> list[str]:
    """Every statement that an act sends to the store."""
    found: list[str] = []

    def sent(_: object, __: object, statement: str, *___: object) -> None:
        found.append(statement)

    engine = desk.store.engine
    event.listen(engine, "before_cursor_execute", sent)
    try:
        act()
    finally:
        event.remove(engine, "before_cursor_execute", sent)
    return found


def test_a_night_with_no_changes_costs_nothing_and_opening_the_queue_derives_nothing(
    desk: Desk, sergeant: Desk, clock: Clock
) -> None:
    for number in range(3):
        _injury(desk, _file(desk, sergeant, f"N-{number}", "high"))
    clock.forward(days=9)
    few = _statements(sergeant, lambda: sergeant.read(review_queue))
    for number in range(3, 9):
        _injury(desk, _file(desk, sergeant, f"N-{number}", "high"))
    clock.forward(days=9)
    many = _statements(sergeant, lambda: sergeant.read(review_queue))
    clock.forward(days=1)
    next_day = _statements(sergeant, lambda: sergeant.read(review_queue))
    assert len(few) == len(many) == len(next_day), "the cost does not grow with the files, nor with a new day"
    for statements in (few, many, next_day):
        written = {found[1] for one in statements if (found := WRITES.match(one))}
        assert all("log" in table or "audit" in table for table in written), written
        assert not {table for one in statements for table in READS.findall(one)} & DERIVED_FROM
    page = sergeant.read(review_queue)
    assert page.total == 9
    assert all("injury not photographed" in one.why for one in page.rows), (
        "and yet all says what is true today"
    )
