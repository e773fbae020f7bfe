"""Whatever a file tells: a day replayed is the part of a longer replay, and the past does not change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.alarms.eyes import Eyes
from casefile.alarms.history import History
from casefile.alarms.raised import raised
from casefile.alarms.replay import Accepted, Before, Stood, as_of, between
from casefile.alarms.seen import seen
from casefile.record.facts import EntryFact
from casefile.standards import library
from tests.casefile.alarms.tables import every_case
from tests.casefile.alarms.telling import entry, on, runs, tell

FIRST, LAST = date(2025, 12, 1), date(2027, 3, 31)
TOLD = [
    case.history
    for cases in every_case().values()
    for case in cases
    if all(one.known_on >= FIRST for one in case.history.entries)
]
DAYS = st.dates(FIRST, LAST)


def later(entry: EntryFact, by: int) -> EntryFact:
    """The same, known so many days later."""
    return replace(entry, known_on=entry.known_on + timedelta(days=by))


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Several of the files that the cases tell put into one, some of it known later than it was told."""
    some = draw(st.lists(st.sampled_from(TOLD), min_size=1, max_size=5))
    threads = sorted({one.thread_id for each in some for one in each.entries})
    delay = st.sampled_from([0, 0, 0, 1, 6, 30])
    delays = draw(st.fixed_dictionaries(dict.fromkeys(threads, delay)))
    entries = {one.id: later(one, delays[one.thread_id]) for each in some for one in each.entries}
    people = {one.id: one for each in some for one in each.people}
    return replace(
        some[0],
        entries=tuple(entries.values()),
        people=tuple(people.values()),
        said=tuple(one for each in some for one in each.said),
        away=tuple({one for each in some for one in each.away}),
    )


@st.composite
def told_and_accepted(draw: st.DrawFn) -> tuple[History, date, tuple[Accepted, ...]]:
    """A file, a day, and alarms of it that a supervisor accepted at some time."""
    history, day = draw(histories()), draw(DAYS)
    runs = between(history, library(), FIRST, LAST)
    words: list[Accepted] = []
    for one in draw(st.lists(st.sampled_from(runs), max_size=3)) if runs else ():
        last = min(one.ended_on - timedelta(days=1) if one.ended_on else LAST, LAST)
        if one.began_on <= last:
            from_on = draw(st.dates(one.began_on, last))
            until = from_on + timedelta(days=draw(st.integers(0, 92)))
            words.append(Accepted(one.alarm.key, one.spell.about, from_on, until, "Known.", "DS Okafor"))
    return history, day, tuple(words)


def told(found: Iterable[Stood]) -> set[tuple[Any, ...]]:
    """What stays the same however it is asked."""
    return {(one.alarm.key, one.spell.about, one.began_on) for one in found}


def lasting(found: Iterable[Stood], day: date) -> list[Stood]:
    return [one for one in found if one.lasts_on(day)]


@given(told_and_accepted(), st.integers(0, 200), st.integers(0, 200))
@settings(max_examples=60, deadline=None)
def test_a_day_is_the_part_of_a_longer_replay_that_lasts_on_it(
    case: tuple[History, date, tuple[Accepted, ...]], back: int, on: int
) -> None:
    history, day, words = case
    first, last = day - timedelta(days=back), day + timedelta(days=on)
    longer = lasting(between(history, library(), first, last, words), day)
    alone = lasting(as_of(history, library(), day, words), day)
    assert told(longer) == told(alone)
    assert len(longer) == len(alone)
    assert {(*one, run.told(day)) for run in alone for one in told([run])} == {
        (*one, run.told(day)) for run in longer for one in told([run])
    }


@given(histories(), DAYS, st.data())
@settings(max_examples=60, deadline=None)
def test_what_was_derived_before_need_not_be_derived_again(
    history: History, day: date, data: st.DataObject
) -> None:
    known = [one for one in history.entries if one.known_on <= day]
    new = data.draw(st.sampled_from(known)) if known else None
    if new is None:
        return
    without = [one for one in history.entries if one.thread_id != new.thread_id or one.version < new.version]
    learnt_on = new.known_on
    before_day = max([learnt_on, *(one.known_on for one in without if one.known_on <= day)])
    cached = as_of(replace(history, entries=tuple(without)), library(), before_day)
    runs = [((one.alarm.key, one.spell.about), one.began_on, one.ended_on) for one in cached]
    now = replace(history, entries=(*without, new))
    assert as_of(now, library(), day, before=Before.of(learnt_on, runs)) == as_of(now, library(), day)


@given(histories(), DAYS, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_in_which_things_are_recorded_does_not_matter(
    history: History, day: date, chance: Any
) -> None:
    shuffled = list(history.entries)
    chance.shuffle(shuffled)
    again = replace(history, entries=tuple(shuffled), away=history.away[::-1])
    assert told(as_of(again, library(), day)) == told(as_of(history, library(), day))


@given(histories(), histories(), DAYS)
@settings(max_examples=40, deadline=None)
def test_what_is_learnt_later_changes_nothing_of_an_earlier_day(
    history: History, more: History, day: date
) -> None:
    held = {one.thread_id for one in history.entries}
    added = [one for one in more.entries if one.known_on > day and one.thread_id not in held]
    fuller = replace(history, entries=(*history.entries, *added))
    assert as_of(fuller, library(), day) == as_of(history, library(), day)


@given(histories(), st.lists(st.integers(0, 60), min_size=1, max_size=12))
@settings(max_examples=200, deadline=None)
def test_a_rule_that_is_not_run_again_would_have_said_the_same(history: History, places: list[int]) -> None:
    eyes = Eyes(history, library())
    for one in places:
        place = one % len(eyes.learnt)
        assert eyes.at(place) == raised(seen(history, eyes.learnt[place], library()))


@pytest.mark.parametrize(
    ("alarm", "before", "more"),
    [
        ("low_level_reports", [("referral", "2026-02-02", {"source": "1A"}), ("referral", "2026-02-16", {"source": "2A"}),
                               ("referral", "2026-03-02", {"source": "3A"})], ("referral", "2026-03-20", {"source": "3B"})),
        ("visits_failed", [("contact", "2026-02-16", {}), ("contact", "2026-03-02", {})], ("contact", "2026-03-20", {})),
    ],
)  # fmt: skip
def test_what_a_supervisor_accepted_does_not_cover_what_comes_after(
    alarm: str, before: list[tuple[str, str, dict[str, Any]]], more: tuple[str, str, dict[str, Any]]
) -> None:
    usual: dict[str, dict[str, Any]] = {
        "referral": {"direction": "in", "decision": "nfa"},
        "contact": {"kind": "visit_failed", "child_seen": "not_seen"},
    }
    made = [entry(section, day, **usual[section], **values) for section, day, values in (*before, more)]
    word = Accepted(alarm, "file", on("2026-03-09"), on("2026-04-30"), "It is known.", "DS Okafor")
    for told, standing in ((made[:-1], False), (made, True)):
        found = [
            one for one in as_of(tell(*told), library(), on("2026-03-25"), [word]) if one.alarm.key == alarm
        ]
        assert any(one.lasts_on(on("2026-03-25")) for one in found) is standing
    stood = [
        one
        for one in between(tell(*made), library(), on("2026-03-01"), on("2026-06-01"), [word])
        if one.alarm.key == alarm
    ]
    assert [(one.began_on, one.ended_on) for one in stood] == [
        (on("2026-03-02"), on("2026-03-09")), (on("2026-03-20"), None),
    ]  # fmt: skip


@pytest.mark.parametrize("alarm", ["conference_late", "enquiry_late"])
def test_an_enquiry_told_twice_owes_one_conference_and_one_end(alarm: str) -> None:
    discussion = entry("strategy", "2026-03-02", outcome="s47")
    told = tell(discussion, entry("section47", "2026-03-03", kind="joint"))
    assert runs(told, alarm, "2026-03-01", "2026-06-30") == [(on("2026-03-24"), None)]
    alone = tell(entry("section47", "2026-03-02", kind="joint"))
    assert runs(alone, alarm, "2026-03-01", "2026-06-30") == [(on("2026-03-24"), None)]
