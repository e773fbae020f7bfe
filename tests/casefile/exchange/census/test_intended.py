"""What a child is to become: every doubt finds a record, every key is its own, the same says the same."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.exchange.census import CensusReturn, read_census
from casefile.exchange.census.intended import Intended, intended
from casefile.exchange.filing import digest_of
from casefile.sections.values import DOUBTS
from casefile.standards import library
from tests import make_census as make

DATA = Path(__file__).parents[3] / "data" / "cin-census"
FILES = ("CIN_Census_2024.xml", "fake_CIN_data.xml")
DAYS = st.dates(date(2020, 1, 1), date(2024, 12, 31))


def everything(read: CensusReturn) -> list[Intended]:
    return [intended([child], read.doubts_of(child), library()) for child in read.children]


def kept(one: Intended) -> str:
    """Everything an intended child would put on the record about doubts."""
    items = (*one.facts, *one.entries)
    marks = [mark for item in items for mark in item.raw.get(DOUBTS, {}).values()]
    return "\n".join(
        [f"{mark['stated']} {mark['why']}" for mark in marks] + [str(item.raw) for item in items]
    )


@pytest.mark.parametrize("name", FILES)
def test_every_doubt_about_a_child_is_on_its_record(name: str) -> None:
    read = read_census((DATA / name).read_bytes())
    for child, one in zip(read.children, everything(read), strict=True):
        said = kept(one)
        for doubt in read.doubts_of(child):
            assert doubt.why in said
            assert doubt.stated in said


episodes = st.builds(
    lambda referred, gaps, reason, nfa: make.episode(
        referred,
        make.assessment(2024, referred + timedelta(gaps[0]), referred + timedelta(gaps[1])),
        make.enquiry(referred + timedelta(gaps[2]), referred + timedelta(gaps[3]), not_required=nfa),
        make.plan(referred + timedelta(gaps[4]), None, [referred + timedelta(gaps[5])] * 2),
        closed=referred + timedelta(gaps[6]),
        reason=reason,
        nfa=nfa,
    ),
    DAYS,
    st.lists(st.integers(-40, 400), min_size=7, max_size=7),
    st.sampled_from(["RC2", "RC7", "RC99", None]),
    st.booleans(),
)


@given(st.lists(episodes, max_size=4))
@settings(max_examples=60, deadline=None)
def test_dates_in_any_order_keep_every_doubt_and_every_key(several: list[str]) -> None:
    data = make.census(2024, make.child(make.identifiers(2024), make.characteristics(), *several))
    read, again = read_census(data), read_census(data)
    (one,), (same,) = everything(read), everything(again)
    items = (*one.facts, *one.entries)
    assert len({item.key for item in items}) == len(items)
    assert [digest_of(item) for item in items] == [digest_of(item) for item in (*same.facts, *same.entries)]
    said = kept(one)
    assert all(doubt.why in said for doubt in read.doubts_of(read.children[0]))
    assert sum(item.kind == "referral" for item in one.entries) == len(several)


def test_two_reviews_on_one_day_stay_two() -> None:
    twice = make.plan(date(2023, 6, 1), None, [date(2023, 8, 1)] * 2)
    data = make.census(
        2024,
        make.child(make.identifiers(2024), make.characteristics(), make.episode(date(2023, 5, 2), twice)),
    )
    (one,) = everything(read_census(data))
    reviews = [item.key for item in one.entries if "/review/" in item.key]
    assert reviews == ["child/LA1001/review/2023-08-01", "child/LA1001/review/2023-08-01#2"]


def test_a_conference_stated_by_enquiry_and_episode_alike_is_one() -> None:
    held = date(2023, 6, 20)
    inside = make.enquiry(date(2023, 6, 1), held) + make.text("DateOfInitialCPC", held)
    data = make.census(
        2024,
        make.child(make.identifiers(2024), make.characteristics(), make.episode(date(2023, 5, 30), inside)),
    )
    (one,) = everything(read_census(data))
    assert [item.happened_on for item in one.entries if item.kind == "conference"] == [held]
