"""The training store is made on any day: well-kept files raise no alarm, and each fault that is meant shows."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from casefile import opening
from casefile.alarms.queries import alarms_between
from casefile.desk import Desk
from casefile.files.queries.docket import Docket, divider_page, open_docket
from casefile.files.queries.listing import list_files
from casefile.record.persons import FACT_KEYS
from casefile.sample import OFFICER, PASSWORD, build
from casefile.sample.told import Family, families
from casefile.sections import SECTIONS
from casefile.standards.calendar import add_months
from casefile.work.progress import Quiet
from casefile.workload.queries import workload
from casefile.workload.record import staff

WEEKEND, BANK_HOLIDAY = date(2026, 11, 28), date(2026, 12, 28)
LEAP_DAY, EASTER_MONDAY = date(2028, 2, 29), date(2027, 3, 29)
LONG = "Doyle"
"""Six years were not kept without a slip, whatever stands today."""


@dataclass(frozen=True)
class Training:
    """A training store made on a day, and its files by family, as its sergeant opens them."""

    day: date
    desk: Desk
    files: dict[str, Docket]


@contextmanager
def _made(folder: Path, day: date, told: tuple[Family, ...]) -> Generator[Training]:
    at = datetime(day.year, day.month, day.day, 10, 15, tzinfo=UTC)
    opened = opening.create(folder / "store", "a kettle for testing", clock=lambda: at, keychain=False)
    try:
        build(opened, Quiet(), told)
        rows = sorted(opened.desk.read(list_files, limit=1000).rows, key=lambda one: one.reference)
        files = [opened.desk.read(open_docket, one.id) for one in rows]
        yield Training(day, opened.desk, dict(zip((one.name for one in told), files, strict=True)))
    finally:
        opened.close()


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(WEEKEND, id="on a Saturday"),
        pytest.param(LEAP_DAY, id="on 29 February"),
        pytest.param(BANK_HOLIDAY, id="on a bank holiday", marks=pytest.mark.long),
        pytest.param(EASTER_MONDAY, id="on Easter Monday", marks=pytest.mark.long),
    ],
)
def training(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Generator[Training]:
    """The whole training store."""
    with _made(tmp_path_factory.mktemp("training"), request.param, families()) as made:
        yield made


def test_each_file_raises_the_alarms_that_are_meant_and_no_other(training: Training) -> None:
    meant = {one.name: one.faults for one in families()}
    raised = {name: {one.key for one in file.alarms} for name, file in training.files.items()}
    assert raised == meant


def test_a_well_kept_file_never_raised_an_alarm(training: Training) -> None:
    told = [
        (name, one.key, one.because)
        for name in (one.name for one in families() if not one.faults and one.name != LONG)
        for one in training.desk.read(alarms_between, date(2000, 1, 1), training.day, training.files[name].id)
    ]
    assert told == []


def test_in_a_well_kept_file_nothing_is_missing(training: Training) -> None:
    missing = {
        one.name: told
        for one in families()
        if not one.faults
        and (told := [line for row in training.files[one.name].dividers for line in row.missing])
    }
    assert missing == {}


def test_every_divider_and_every_kind_of_fact_is_kept_somewhere(training: Training) -> None:
    dividers = {one.divider for file in training.files.values() for one in file.chronology}
    assert {section.divider for section in SECTIONS.values()} <= dividers
    facts = {kind for file in training.files.values() for one in file.people for kind in one.facts}
    assert set(FACT_KEYS) <= facts


def test_nothing_stands_in_a_file_before_it_was_opened_or_after_today(training: Training) -> None:
    for name, file in training.files.items():
        days = [one.happened_on for one in file.chronology if one.happened_on]
        assert file.opened_on <= min(days), name
        assert max(days) <= training.day, name


def test_every_file_has_its_holders_and_closed_ones_are_closed(training: Training) -> None:
    assert all(one.researcher and one.supervisor for one in training.files.values())
    meant = {one.name for one in families() if "officer_until" in one.told}
    assert {name for name, one in training.files.items() if not one.officer} == meant
    closed = {one.name for one in families() if one.told.get("state") == "closed"}
    assert {name for name, one in training.files.items() if one.state == "closed"} == closed
    assert [name for name, one in training.files.items() if one.restricted] == ["Ravenscroft"]


def test_the_team_has_a_room_that_looks_alive(training: Training) -> None:
    """Somebody over capacity, one on probation, one course run out and one soon to, and a file of nobody."""
    found = training.desk.read(workload)
    assert [one.officer for one in found.officers if one.carries and one.over > 0] == ["DC 4820 Devlin"]
    assert found.unallocated.files == 1
    assert sum(one.held.points for one in found.officers) > 50
    rows = training.desk.read(staff)
    assert [one.officer for one in rows if one.probation_until] == ["DC 5163 Okafor"]
    lacking = {one.officer: [gap.lack.value for gap in one.gaps] for one in rows if one.gaps}
    assert lacking == {
        "PCLO 6034 Lindqvist": ["expires soon"],
        "DC 4956 Tranter": ["never had"],
        "R 7188 Pemberton": ["expired"],
    }


def test_the_sergeant_is_signed_in_and_can_sign_in_again(training: Training) -> None:
    training.desk.sign_out()
    training.desk.sign_in(OFFICER, PASSWORD)
    assert training.desk.actor.name.endswith(OFFICER)


def test_nobody_is_written_of_before_their_birth(training: Training) -> None:
    file = training.files[LONG]
    rory = next(one for one in file.people if one.name == "Rory Doyle")
    born = rory.now("birth")[0].get("born_on")
    assert add_months(born, 5 * 12) <= training.day
    pages = [
        training.desk.read(divider_page, file.id, one)
        for one in {section.divider for section in SECTIONS.values()}
    ]
    earlier = [one for page in pages for one in page.entries if one.happened_on and one.happened_on < born]
    assert len(earlier) > 50
    assert not [one.summary for one in earlier if rory.id in one.concerns]


def _kept(training: Training) -> list[Any]:
    return [
        (name, file.risk_level, [(one.title, one.summary, one.happened_on) for one in file.chronology])
        for name, file in training.files.items()
    ]


def test_made_twice_on_a_day_it_is_the_same(tmp_path: Path) -> None:
    few = tuple(one for one in families() if one.name in {"Adeyemi", "Odell", "Petrescu", "Brennan"})
    found: list[list[Any]] = []
    for turn in ("first", "second"):
        with _made(tmp_path / turn, WEEKEND, few) as made:
            found.append(_kept(made))
    assert found[0] == found[1]
