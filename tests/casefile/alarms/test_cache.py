"""The cached alarms of a file are what a replay of the day says: after every write, and on days nobody writes."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from casefile.access.queries import officers
from casefile.alarms.actions import accept_alarm
from casefile.alarms.queries import AlarmRow, alarms_between, alarms_now, alarms_on
from casefile.desk import Desk
from casefile.errors import Invalid, Missing, Refused
from casefile.files.actions.drafts import start_draft
from casefile.files.actions.entries import record_entry, sign_entry
from casefile.files.actions.files import allocate, open_file
from casefile.files.actions.people import add_person
from casefile.files.actions.tasks import add_task, mark_done, reopen_task, waive_task
from casefile.files.queries.docket import open_docket
from casefile.handover.absence import absences, record_absence
from casefile.record.model import Task
from casefile.record.owed import TaskState, derive
from casefile.record.persons import people_of
from casefile.record.weight import FileWeight
from casefile.sections import SECTIONS
from casefile.sections.load import entries
from casefile.sections.refresh import said_of_tasks
from casefile.sections.research_owed import research_tasks
from casefile.sections.weights import CHILDREN, Known, weigh
from casefile.work.door import Declared
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work
from tests.conftest import Clock

SignIn = Callable[[str], Desk]
REVIEW = {
    "kind": "scheduled",
    "supervisor": "DS Okafor",
    "rank": "ds",
    "risk_right": True,
    "note": "Looked at.",
}
CLOSING = {"closed_for": "no_plan"}


def said(rows: tuple[AlarmRow, ...]) -> list[tuple[Any, ...]]:
    """What is shown of alarms that stand."""
    return sorted(
        (one.key, one.about, one.began_on, one.told, one.because, one.brief)
        for one in rows
        if one.accepted is None
    )


def agree(desk: Desk, file_id: UUID) -> None:
    """What is cached is what a replay of today says."""
    today = desk.now().date()
    replayed = tuple(
        one for one in desk.read(alarms_on, today, file_id) if one.accepted is None or one.began_on <= today
    )
    assert said(desk.read(alarms_now, file_id)) == sorted(
        (one.key, one.about, one.began_on, one.told, one.because, one.brief) for one in replayed
    )


def standing(desk: Desk, file_id: UUID, key: str) -> AlarmRow | None:
    """The alarm of that key that stands today."""
    found = [one for one in desk.read(alarms_now, file_id) if one.key == key and one.accepted is None]
    assert len(found) <= 1
    return found[0] if found else None


@pytest.fixture
def sergeant(sign_in: SignIn) -> Desk:
    return sign_in("Okafor")


@pytest.fixture
def file_id(desk: Desk) -> UUID:
    opened = desk.do(open_file).result
    a_child(desk, opened, "Wren")
    return opened


def a_child(desk: Desk, file_id: UUID, given: str, born: str = "2019-05-01") -> UUID:
    return desk.do(
        add_person,
        file_id,
        {
            "name": {"kind": "legal", "given": given, "family": "Ashdown"},
            "involvement": {"role": "subject"},
            "birth": {"born_on": born},
            "residence": {"address": "4 Mill Lane", "kind": "home"},
        },
    ).result


def back(desk: Desk, days: int) -> str:
    return (desk.now().date() - timedelta(days=days)).isoformat()


def ahead(desk: Desk, days: int) -> str:
    return back(desk, -days)


class Random:
    """Somebody who writes at random into one file, as different officers."""

    def __init__(self, seed: int, desk: Desk, sergeant: Desk, file_id: UUID) -> None:
        self.chance, self.desk, self.sergeant, self.file_id = random.Random(seed), desk, sergeant, file_id
        self.threads: dict[UUID, str] = {}
        self.refused = 0

    def step(self) -> None:
        """One write; what the house refuses changes nothing."""
        steps = (self.enter, self.enter, self.enter, self.amend, self.task, self.review, self.accept, self.close, self.join)  # fmt: skip
        try:
            self.chance.choice(steps)()
        except (Invalid, Missing, Refused):
            self.refused += 1

    def enter(self) -> None:
        chance = self.chance
        record, values = chance.choice(
            (
                ("referral", {"direction": "in", "source": "1A", "injury": True}),
                ("referral", {"direction": "in", "source": "5A", "decision": "nfa"}),
                ("contact", {"kind": "visit_unannounced", "by_whom": "DC Marsh", "child_seen": "alone", "note": "x"}),
                ("contact", {"kind": "visit_failed", "by_whom": "DC Marsh", "child_seen": "not_seen",
                             "failed_why": "no_answer", "note": "x"}),
                ("contact", {"kind": "telephone", "by_whom": "DC Marsh", "child_seen": "not_seen",
                             "retracted": True, "note": "x"}),
                ("strategy", {"mode": "meeting", "outcome": "s47", "s47_kind": "joint", "medical": True}),
                ("conference", {"kind": "initial", "outcome": "plan", "police_attendance": "neither", "position": "dissent"}),
                ("bail", {"suspect": "C. Hart", "kind": "pre_charge", "safety": "x", "expires_on": ahead(self.desk, 10)}),
                ("risk", {"trigger": "interval", "level": chance.choice(("high", "standard")), "rationale": "x",
                          "review_on": ahead(self.desk, 14)}),
                ("photographs", {"taken": True, "taken_on": back(self.desk, 0)}),
            )
        )  # fmt: skip
        ago = chance.choice((0, 0, 1, 3, 9))
        known = chance.choice((0, 0, min(ago, 2)))
        told = {**values, "happened_on": back(self.desk, ago), "known_on": back(self.desk, known)}
        self.threads[self.desk.do(record_entry, self.file_id, record, told).result.thread_id] = record

    def amend(self) -> None:
        if not self.threads:
            return
        thread, record = self.chance.choice(list(self.threads.items()))
        changed = {"contact": {"injury": True}, "bail": {"breaches": "x"}}.get(record, {})
        draft = self.desk.do(start_draft, self.file_id, record, thread_id=thread, values=changed).result
        self.desk.do(sign_entry, draft.id, reason="More is known.")

    def task(self) -> None:
        found = self.desk.read(open_docket, self.file_id).owed
        if not found or self.chance.random() < 0.3:
            self.desk.do(add_task, self.file_id, "Ring the school", date.fromisoformat(ahead(self.desk, 2)))
            return
        one = self.chance.choice(found)
        if not one.state.outstanding:
            self.desk.do(reopen_task, self.file_id, one.id, "Not done after all.")
        elif self.chance.random() < 0.5:
            self.desk.do(mark_done, self.file_id, one.id, date.fromisoformat(back(self.desk, 0)))
        else:
            self.sergeant.do(waive_task, self.file_id, one.id, "No longer needed.")

    def review(self) -> None:
        values = {
            **REVIEW,
            "happened_on": back(self.desk, 0),
            "known_on": back(self.desk, 0),
            "review_on": ahead(self.desk, 7),
        }
        self.sergeant.do(record_entry, self.file_id, "supervision", values)

    def accept(self) -> None:
        found = [one for one in self.sergeant.read(alarms_now, self.file_id) if one.accepted is None]
        if found:
            one = self.chance.choice(found)
            until = date.fromisoformat(ahead(self.desk, self.chance.choice((0, 3, 20))))
            self.sergeant.do(accept_alarm, self.file_id, one.key, one.about, until, "It is known.")

    def close(self) -> None:
        self.sergeant.do(
            record_entry,
            self.file_id,
            "closure",
            {**CLOSING, "happened_on": back(self.desk, 0), "known_on": back(self.desk, 0)},
        )

    def join(self) -> None:
        self.desk.do(
            add_person,
            self.file_id,
            {
                "name": {"kind": "legal", "given": "Cole", "family": "Hart"},
                "involvement": {"role": self.chance.choice(("lodger", "partner", "unknown_adult"))},
                "residence": {"address": "4 Mill Lane", "kind": "home"},
            },
        )


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_is_written_the_cache_is_the_replay(
    seed: int, desk: Desk, sergeant: Desk, file_id: UUID, clock: Clock
) -> None:
    writer = Random(seed, desk, sergeant, file_id)
    for _ in range(24):
        writer.step()
        agree(desk, file_id)
        clock.forward(days=writer.chance.choice((0, 0, 1, 4, 12)))
        agree(desk, file_id)
    assert writer.refused < 10


def _kept_and_derived(work: Work, file_id: UUID) -> tuple[list[Any], list[Any]]:
    """Tasks and weights of a file as they are kept, and as they are derived from nothing."""
    facts = entries(work.session, SECTIONS, file_id, all_versions=True)
    said, everybody = said_of_tasks(work, file_id), people_of(work.session, file_id, date.max)
    research = research_tasks(everybody, file_id, facts, said, work.standards, work.today, to_come=True)
    ahead = [one for one in research if one.opened_on > work.today]
    begun = [one for one in research if one not in ahead]
    owed = [*derive(facts, said, SECTIONS, work.standards, work.today, begun), *ahead]
    children = [one.id for one in everybody if set(one.roles(file_id)) & set(CHILDREN)]
    weights = weigh(Known.of(facts, said, children, work.standards), work.today)
    tasks = work.session.scalars(select(Task).where(Task.file_id == file_id))
    kept = work.session.scalars(
        select(FileWeight).where(FileWeight.file_id == file_id).order_by(FileWeight.position)
    )
    return (
        [
            sorted((one.id, one.title, one.opened_on, one.due_on, one.ended_on, one.state) for one in tasks),
            [(one.weight, one.number, one.entry_id, one.from_on, one.until_on) for one in kept],
        ],
        [
            sorted((one.id, one.title, one.opened_on, one.due_on, one.ended_on, IN_TIME.get(one.state, one.state).value)
                   for one in owed),
            [(one.weight, one.number, one.entry_id, one.from_on, one.until_on) for one in weights],
        ],
    )  # fmt: skip


IN_TIME = {TaskState.LATE: TaskState.DUE, TaskState.DONE_LATE: TaskState.DONE}
"""How late something is is never kept: it depends on the day asked."""
KEPT_AND_DERIVED = Declared(
    _kept_and_derived, "tests.kept_and_derived", Permission.READ_FILES, Logged.CONSULTATION, False, False, "Compare."
)  # fmt: skip


@pytest.mark.parametrize("seed", [3])
def test_whatever_is_written_what_is_kept_of_a_file_is_what_is_derived_from_nothing(
    seed: int, desk: Desk, sergeant: Desk, file_id: UUID, clock: Clock
) -> None:
    writer = Random(seed, desk, sergeant, file_id)
    writer.join()
    tasks = 0
    for _ in range(14):
        writer.step()
        clock.forward(days=writer.chance.choice((0, 0, 1, 4, 12)))
        writer.enter()
        kept, derived = desk.read(KEPT_AND_DERIVED, file_id)
        assert kept == derived
        tasks = max(tasks, len(kept[0]))
    assert tasks > 10


def hurt(desk: Desk, file_id: UUID) -> None:
    """A child is hurt today: photographs are due in two days."""
    told = {
        "direction": "in",
        "source": "1A",
        "injury": True,
        "happened_on": back(desk, 0),
        "known_on": back(desk, 0),
    }
    desk.do(record_entry, file_id, "referral", told)


def test_an_accepted_alarm_is_silent_until_its_day_and_comes_back(
    desk: Desk, sergeant: Desk, file_id: UUID, clock: Clock
) -> None:
    hurt(desk, file_id)
    clock.forward(days=3)
    found = standing(sergeant, file_id, "photographs_missing")
    assert found is not None
    sergeant.do(
        accept_alarm, file_id, found.key, found.about, sergeant.now().date() + timedelta(days=2), "Healed."
    )
    assert standing(desk, file_id, "photographs_missing") is None
    shown = [one for one in desk.read(alarms_now, file_id) if one.key == "photographs_missing"]
    assert [one.accepted.reason for one in shown if one.accepted] == ["Healed."]
    clock.forward(days=2)
    assert standing(desk, file_id, "photographs_missing") is None
    clock.forward(days=1)
    again = standing(desk, file_id, "photographs_missing")
    assert again is not None
    assert again.began_on == desk.now().date()
    agree(desk, file_id)
    began = found.began_on
    runs = [
        (one.began_on, one.ended_on)
        for one in desk.read(alarms_between, began, desk.now().date(), file_id)
        if one.key == "photographs_missing"
    ]
    assert runs == [(again.began_on, None)]


def test_it_goes_up_a_rank_on_the_day_though_nobody_writes(desk: Desk, file_id: UUID, clock: Clock) -> None:
    hurt(desk, file_id)
    clock.forward(days=3)
    told: list[str] = []
    for _ in range(5):
        found = standing(desk, file_id, "photographs_missing")
        assert found is not None
        told.append(found.told)
        clock.forward(days=1)
    assert told == ["sergeant"] * 4 + ["inspector"]


def test_what_is_undone_on_the_day_has_stood_all_along(desk: Desk, file_id: UUID, clock: Clock) -> None:
    hurt(desk, file_id)
    clock.forward(days=10)
    before = standing(desk, file_id, "photographs_missing")
    (task,) = [one for one in desk.read(open_docket, file_id).owed if one.timescale == "PHOTO-1"]
    desk.do(mark_done, file_id, task.id, desk.now().date())
    assert standing(desk, file_id, "photographs_missing") is None
    desk.do(reopen_task, file_id, task.id, "It was another child.")
    after = standing(desk, file_id, "photographs_missing")
    assert before is not None
    assert after is not None
    assert (after.began_on, after.told) == (before.began_on, "inspector")


def test_a_closed_file_is_silent_until_it_is_opened_again(
    desk: Desk, sergeant: Desk, file_id: UUID, clock: Clock
) -> None:
    clock.forward(days=8)
    assert standing(desk, file_id, "risk_not_assessed") is not None
    sergeant.do(
        record_entry, file_id, "closure", {**CLOSING, "happened_on": back(desk, 0), "known_on": back(desk, 0)}
    )
    assert desk.read(alarms_now, file_id) == ()
    clock.forward(days=30)
    assert desk.read(alarms_now, file_id) == ()
    agree(desk, file_id)
    hurt(desk, file_id)
    found = standing(desk, file_id, "risk_not_assessed")
    assert found is not None
    assert found.began_on == desk.now().date()
    agree(desk, file_id)


def test_an_absence_put_right_leaves_the_past_as_it_was_known(
    desk: Desk, sergeant: Desk, file_id: UUID, clock: Clock
) -> None:
    marsh = next(one for one in sergeant.read(officers) if one.name == "Marsh")
    sergeant.do(allocate, file_id, "officer", marsh.id)
    sergeant.do(record_absence, marsh.id, sergeant.now().date(), None, "sickness")
    clock.forward(days=20)
    stood = sergeant.now().date()
    assert standing(desk, file_id, "officer_away") is not None
    (held,) = sergeant.read(absences, marsh.id)
    sergeant.do(record_absence, marsh.id, held.from_on, stood, "sickness", replaces_id=held.id)
    clock.forward(days=1)
    assert standing(desk, file_id, "officer_away") is None
    yesterday = desk.read(alarms_on, stood - timedelta(days=1), file_id)
    assert [one.key for one in yesterday if one.key == "officer_away"] == ["officer_away"]
    agree(desk, file_id)


def test_what_the_law_limits_nobody_accepts(desk: Desk, sergeant: Desk, file_id: UUID, clock: Clock) -> None:
    taken = {
        "constable": "PC Lovell", "designated_officer": "Insp Rook", "grounds": "Hurt.",
        "happened_on": back(desk, 0), "known_on": back(desk, 0),
    }  # fmt: skip
    desk.do(record_entry, file_id, "police_protection", taken)
    clock.forward(days=2)
    found = standing(sergeant, file_id, "police_protection_ending")
    assert found is not None
    until = sergeant.now().date() + timedelta(days=1)
    with pytest.raises(Invalid, match="The law sets this limit"):
        sergeant.do(accept_alarm, file_id, found.key, found.about, until, "Known.")
    with pytest.raises(Missing, match="does not stand any more"):
        sergeant.do(accept_alarm, file_id, "trio", "file", until, "Known.")
    with pytest.raises(Refused):
        desk.do(accept_alarm, file_id, found.key, found.about, until, "Known.")
