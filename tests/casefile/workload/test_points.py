"""What a file weighs: each weight, both sides of each limit and day, and that its items are its points."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.record.facts import EntryFact
from casefile.sections.weights import items_on, weigh
from casefile.standards import library
from casefile.workload.held import priced
from tests.casefile.workload.facts import TODAY, day, fact, known

STANDARD = library().workload


def points(*entries: EntryFact, on: int = 0) -> dict[str, int]:
    """Points by weight, so many days from today."""
    found: dict[str, int] = {}
    for one, worth in priced(items_on(known(*entries), day(on)), STANDARD):
        found[one.weight] = found.get(one.weight, 0) + worth
    return {key: worth for key, worth in found.items() if worth}


def plan(happened: int = -10, **values: Any) -> EntryFact:
    return fact("plan", happened, **{"status": "on_plan", "conference_on": day(happened), **values})


def case(offence: str = "rape", happened: int = -10, **values: Any) -> EntryFact:
    return fact("investigation", happened, offence=offence, **values)


def bail(happened: int = -10, **values: Any) -> EntryFact:
    return fact("bail", happened, **{"suspect": "A man", "kind": "pre_charge", **values})


HIGH = fact("risk", -5, level="high")
CASES: list[tuple[str, tuple[EntryFact, ...], int, dict[str, int]]] = [
    ("an empty file weighs nothing", (), 0, {}),
    ("a child on a plan", (plan(),), 0, {"child_on_plan": 3}),
    ("each child counts", (plan(children=3),), 0, {"child_on_plan": 9}),
    ("a child of two plans counts once", (plan(-20), plan(-10)), 0, {"child_on_plan": 3}),
    ("from the day it began", (plan(1, known=0),), 0, {}),
    ("on the day it began", (plan(1, known=0),), 1, {"child_on_plan": 3}),
    ("the last day of a plan", (plan(ended_on=day(5)),), 4, {"child_on_plan": 3}),
    ("a plan that has ended", (plan(ended_on=day(5)),), 5, {}),
    ("a plan for a child in need", (plan(status="in_need"),), 0, {}),
    ("high risk", (HIGH,), 0, {"high_risk": 3}),
    ("medium risk", (fact("risk", -5, level="medium"),), 0, {}),
    ("the last judgement counts", (HIGH, fact("risk", -2, level="standard")), 0, {}),
    ("high again", (fact("risk", -9, level="standard"), HIGH), 0, {"high_risk": 3}),
    ("a serious allegation", (case(),), 0, {"serious_allegation": 8}),
    ("another allegation", (case("cruelty"),), 0, {}),
    ("two allegations", (case(), case("gbh", -9)), 0, {"serious_allegation": 16}),
    ("two victims", (case(children=2),), 0, {"serious_allegation": 8, "further_victim": 4}),
    ("four victims", (case(children=4),), 0, {"serious_allegation": 8, "further_victim": 12}),
    ("further victims of a lesser one", (case("cruelty", children=3),), 0, {}),
    ("sent to prosecutors", (case(cps_referred_on=day(-1)),), 0, {"with_cps": 2}),
    ("advice awaited", (case(cps_referred_on=day(-1), cps_advice="awaited"),), 0, {"with_cps": 2}),
    ("before it is sent", (case(cps_referred_on=day(1)),), 0, {"serious_allegation": 8}),
    (
        "more work asked for",
        (case(cps_referred_on=day(-1), cps_advice="further_work"),),
        0,
        {"serious_allegation": 8},
    ),
    ("charged", (case(outcome="1", outcome_on=day(-1)),), 0, {"charged": 4}),
    ("charged by 2009 codes", (case(outcome="charged", outcome_on=day(-1)),), 0, {"charged": 4}),
    ("one suspect charged", (case(suspects=[{"suspect_status": "charged"}]),), 0, {"charged": 4}),
    (
        "convicted",
        (case(outcome="1", outcome_on=day(-9), suspects=[{"suspect_status": "convicted"}]),),
        0,
        {},
    ),
    (
        "one convicted, one awaiting trial",
        (case(outcome="1", suspects=[{"suspect_status": "convicted"}, {"suspect_status": "charged"}]),),
        0,
        {"charged": 4},
    ),
    ("ended without charge", (case(outcome="15", outcome_on=TODAY),), 0, {"nfa_tidy": 1}),
    ("the last day of tidying up", (case(outcome="15", outcome_on=TODAY),), 28, {"nfa_tidy": 1}),
    ("tidied up", (case(outcome="15", outcome_on=TODAY),), 29, {}),
    ("before the outcome", (case(outcome="15", outcome_on=day(1)),), 0, {"serious_allegation": 8}),
    ("live bail", (bail(expires_on=day(3)),), 0, {"live_bail": 1}),
    ("the last day of bail", (bail(expires_on=day(3)),), 3, {"live_bail": 1}),
    ("bail that has run out", (bail(expires_on=day(3)),), 4, {}),
    ("bail without a last day", (bail(kind="court"),), 0, {"live_bail": 1}),
    ("two suspects on bail", (bail(), bail(-9)), 0, {"live_bail": 2}),
    ("bail extended", (bail(expires_on=day(3), ended_how="extended"),), 0, {"live_bail": 1}),
    ("bail ended", (bail(ended_how="charged", ended_on=TODAY),), 0, {}),
    ("the day before it ends", (bail(ended_how="charged", ended_on=day(1)),), 0, {"live_bail": 1}),
    ("released under investigation is no bail", (bail(kind="rui"),), 0, {}),
    ("custody is no bail", (bail(kind="remand"),), 0, {}),
    (
        "a conference 28 days ahead",
        (fact("conference", -9, kind="review", next_on=day(28)),),
        0,
        {"conference_near": 1},
    ),
    (
        "a conference 29 days ahead",
        (fact("conference", -9, kind="review", next_on=day(29), review_outcome="end"),),
        0,
        {},
    ),
    (
        "the day of a conference",
        (fact("strategy", -9, outcome="no_further_action", conference_on=TODAY),),
        0,
        {"conference_near": 1},
    ),
    ("a conference owed in time", (fact("strategy", 0, outcome="s47"),), 0, {"conference_near": 1}),
    ("a conference owed and late", (fact("strategy", -60, outcome="s47"),), 0, {"conference_near": 1}),
    (
        "a conference that was held",
        (
            fact("strategy", -20, outcome="s47", conference_on=day(-2)),
            fact("conference", -2, kind="initial", outcome="no_plan"),
        ),
        0,
        {},
    ),
    ("a closed file weighs nothing", (plan(), HIGH, fact("closure", 0)), 0, {}),
    ("the day before it closes", (HIGH, fact("closure", 1, known=0)), 0, {"high_risk": 3}),
    ("a referral opens it again", (HIGH, fact("closure", -3), fact("referral", -1)), 0, {"high_risk": 3}),
    (
        "all together",
        (plan(children=2), HIGH, case(children=2), bail()),
        0,
        {"child_on_plan": 6, "high_risk": 3, "serious_allegation": 8, "further_victim": 4, "live_bail": 1},
    ),
]


@pytest.mark.parametrize(
    ("entries", "on", "expected"), [one[1:] for one in CASES], ids=[one[0] for one in CASES]
)
def test_a_case(entries: tuple[EntryFact, ...], on: int, expected: dict[str, int]) -> None:
    assert points(*entries, on=on) == expected


def test_the_starting_values_are_those_of_the_domain() -> None:
    assert {key: one.points for key, one in STANDARD.weights.items() if one.points} == {
        "child_on_plan": 3, "high_risk": 3, "serious_allegation": 8, "further_victim": 4, "live_bail": 1,
        "charged": 4, "with_cps": 2, "nfa_tidy": 1, "conference_near": 1,
    }  # fmt: skip


def test_an_amendment_takes_the_place_of_the_version_before() -> None:
    first = case(thread=known(case()).entries[0].thread_id)
    later = case(thread=first.thread_id, version=2, known=-1, outcome="1", outcome_on=day(-1))
    assert points(first, later) == {"charged": 4}


SOME = st.lists(
    st.one_of(
        st.builds(
            plan,
            st.integers(-60, 10),
            children=st.integers(1, 4),
            ended_on=st.none() | st.integers(-5, 40).map(day),
        ),
        st.builds(
            lambda on, level: fact("risk", on, level=level),
            st.integers(-60, 10),
            st.sampled_from(["high", "medium"]),
        ),
        st.builds(
            case,
            st.sampled_from(["rape", "gbh", "cruelty"]),
            st.integers(-60, 10),
            children=st.integers(1, 4),
            outcome=st.sampled_from([None, "1", "15"]),
            outcome_on=st.none() | st.integers(-40, 40).map(day),
            cps_referred_on=st.none() | st.integers(-20, 40).map(day),
        ),
        st.builds(bail, st.integers(-60, 10), expires_on=st.none() | st.integers(-10, 40).map(day)),
        st.builds(lambda on: fact("strategy", on, outcome="s47"), st.integers(-60, 10)),
        st.builds(
            lambda on, ahead: fact("conference", on, kind="review", next_on=day(on + ahead)),
            st.integers(-60, 10),
            st.integers(1, 90),
        ),
        st.builds(lambda on: fact("closure", on), st.integers(-20, 30)),
    ),
    max_size=7,
)


@settings(max_examples=120)
@given(SOME, st.integers(0, 120))
def test_what_is_kept_today_is_true_on_every_later_day(entries: list[EntryFact], ahead: int) -> None:
    """The cache says until when: a night without a write changes nothing, and nothing is forgotten."""
    held = known(*entries)
    later = day(ahead)
    kept = [(one.weight, one.number, one.said) for one in weigh(held, TODAY) if one.stands_on(later)]
    asked = [(one.weight, one.number, one.said) for one in items_on(held, later)]
    assert sorted(kept) == sorted(asked)


@given(SOME)
def test_the_items_are_the_points(entries: list[EntryFact]) -> None:
    told = priced(items_on(known(*entries), TODAY), STANDARD)
    by_weight: dict[str, int] = {}
    for one, _ in told:
        by_weight[one.weight] = by_weight.get(one.weight, 0) + one.number
    assert sum(worth for _, worth in told) == sum(
        STANDARD.points(key, number) for key, number in by_weight.items()
    )


def test_days_at_the_end_of_the_calendar_are_no_fault() -> None:
    assert points(bail(expires_on=date.max), plan(ended_on=date.max - timedelta(days=1))) == {
        "child_on_plan": 3,
        "live_bail": 1,
    }
    assert weigh(known(bail(expires_on=date.max)), TODAY)
