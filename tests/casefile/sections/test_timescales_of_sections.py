"""What each section opens and closes, by hand-reckoned dates; the order of arrival does not matter.

Limits: domain tables of Working Together 1999-2023, Children Act 1989 s46(6).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.record.facts import EntryFact
from casefile.record.owed import Owed, TaskState, derive
from casefile.sections import SECTIONS
from casefile.standards import library
from casefile.work.ids import derived_id

FILE = derived_id("a file of the tests")


def entry(section: str, on: date, known: date | None = None, version: int = 1, **values: Any) -> EntryFact:
    """An entry as the rules see it; the same section on the same day is the same thread."""
    thread = derived_id(section, on)
    return EntryFact(
        id=uuid5(thread, str(version)), file_id=FILE, thread_id=thread, section=section, version=version,
        versions=version, happened_on=on, happened_at=None, known_on=known or on,
        recorded_at=datetime(2026, 1, 1, tzinfo=UTC), author_id=FILE, author="", reason=None, marking="",
        origin=None, summary=section, values=values,
    )  # fmt: skip


def owed(entries: Sequence[EntryFact], as_of: date) -> dict[str, Owed]:
    """What is owed or was, by timescale."""
    return {one.timescale: one for one in derive(entries, [], SECTIONS, library(), as_of)}


@pytest.mark.parametrize(
    ("section", "on", "values", "timescale", "due"),
    [
        ("strategy", date(2026, 3, 2), {"outcome": "s47"}, "ICPC", date(2026, 3, 23)),
        ("strategy", date(2009, 12, 14), {"outcome": "s47"}, "ICPC", date(2010, 1, 7)),
        ("conference", date(2026, 3, 20), {"kind": "initial", "outcome": "plan"}, "CG-1", date(2026, 4, 7)),
        ("conference", date(2026, 3, 20), {"kind": "initial", "outcome": "plan"}, "RCPC-1", date(2026, 6, 20)),
        ("conference", date(2026, 3, 20), {"kind": "initial", "outcome": "plan"}, "CONF-D", date(2026, 3, 23)),
        ("conference", date(2026, 6, 1), {"kind": "review", "review_outcome": "continue"}, "RCPC-n",
         date(2026, 12, 1)),
        ("referral", date(2026, 4, 2), {"direction": "in"}, "REF-1", date(2026, 4, 7)),
        ("assessment", date(2008, 3, 3), {"kind": "initial"}, "IA-06", date(2008, 3, 12)),
        ("assessment", date(2011, 3, 1), {"kind": "initial"}, "IA-10", date(2011, 3, 15)),
        ("police_protection", date(2026, 3, 2), {}, "PP", date(2026, 3, 5)),
        ("risk", date(2026, 3, 2), {"level": "high", "review_on": date(2026, 3, 9)}, "RISK-REVIEW",
         date(2026, 3, 9)),
    ],
)  # fmt: skip
def test_signing_opens_what_the_standard_of_the_day_asks(
    section: str, on: date, values: dict[str, Any], timescale: str, due: date
) -> None:
    assert owed([entry(section, on, **values)], on)[timescale].due_on == due


@pytest.mark.parametrize(
    ("section", "on", "values", "timescale"),
    [
        ("strategy", date(2026, 3, 2), {"outcome": "nfa"}, "ICPC"),
        ("conference", date(2026, 3, 20), {"kind": "initial", "outcome": "nfa"}, "CG-1"),
        ("assessment", date(2011, 3, 1), {"kind": "initial"}, "IA-06"),
        ("assessment", date(2008, 3, 3), {"kind": "initial"}, "IA-10"),
        ("assessment", date(2016, 3, 1), {"kind": "core"}, "CA"),
        ("assessment", date(2009, 3, 2), {"kind": "single"}, "SA"),
    ],
)
def test_what_another_edition_or_outcome_asks_is_not_opened(
    section: str, on: date, values: dict[str, Any], timescale: str
) -> None:
    assert timescale not in owed([entry(section, on, **values)], on)


STORY = (
    entry("referral", date(2026, 2, 27), direction="in"),
    entry("strategy", date(2026, 3, 2), outcome="s47"),
    entry("conference", date(2026, 3, 20), date(2026, 3, 25), kind="initial", outcome="plan"),
    entry("core_group", date(2026, 4, 1)),
    entry("conference", date(2026, 6, 25), date(2026, 7, 1), kind="review", review_outcome="end"),
)


def test_what_follows_closes_it_on_its_day() -> None:
    found = owed(STORY, date(2026, 7, 2))
    assert (found["ICPC"].state, found["ICPC"].ended_on) == (TaskState.DONE, date(2026, 3, 20))
    assert found["CG-1"].state is TaskState.DONE
    assert (found["RCPC-1"].state, found["RCPC-1"].days_late) == (TaskState.DONE_LATE, 5)
    assert found["CG-n"].state is TaskState.CEASED


@given(st.permutations(STORY), st.dates(date(2026, 2, 1), date(2026, 8, 1)))
def test_any_order_of_arrival_gives_the_same_answer(story: list[EntryFact], as_of: date) -> None:
    standards = library()
    assert derive(story, [], SECTIONS, standards, as_of) == derive(STORY, [], SECTIONS, standards, as_of)


@given(st.dates(date(2026, 2, 1), date(2026, 8, 1)))
def test_what_police_learnt_later_changes_no_earlier_day(as_of: date) -> None:
    known = [one for one in STORY if one.known_on <= as_of]
    assert derive(STORY, [], SECTIONS, library(), as_of) == derive(known, [], SECTIONS, library(), as_of)


def test_an_amendment_changes_what_is_owed_from_the_day_police_knew() -> None:
    first = entry("strategy", date(2026, 3, 2), outcome="s47")
    amended = entry("strategy", date(2026, 3, 2), date(2026, 3, 6), version=2, outcome="nfa")
    assert "ICPC" in owed([amended, first], date(2026, 3, 5))
    assert "ICPC" not in owed([amended, first], date(2026, 3, 6))
