"""Two forms put together: what lies apart is kept of both, what meets is left to a person, and no word is lost."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.record.merging import can_join, fields_of, form_of_fields, joined, merge

LINES = st.lists(st.sampled_from(["Seen.", "Not seen.", "With aunt", "At school", ""]), max_size=5)
TEXTS = LINES.map("\n".join)
ROWS = st.lists(
    st.fixed_dictionaries({"who": st.sampled_from("abcd"), "what": st.integers(0, 2)}), max_size=4
)
TICKS = st.lists(st.sampled_from(["physical", "neglect", "sexual"]), unique=True, max_size=3)
DOUBTS = st.just({"held_on": {"stated": "31 February", "why": "No such day."}})
FORMS = st.fixed_dictionaries(
    {},
    optional={
        "note": TEXTS.filter(bool),
        "mode": st.sampled_from(["meeting", "telephone"]),
        "kinds": TICKS.filter(bool),
        "rows": ROWS.filter(bool),
        "sent": st.booleans(),
        "_doubts": DOUBTS,
    },
)


def words(value: Any) -> set[str]:
    """What was typed, piece by piece: lines of a text, rows, ticks."""
    if isinstance(value, str):
        return set(value.split("\n"))
    pieces = value if isinstance(value, list) else [] if value is None else [value]
    return {json.dumps(one, sort_keys=True) for one in pieces}


@given(FORMS, FORMS)
@settings(max_examples=60)
def test_what_one_changed_alone_is_taken(base: dict[str, Any], changed: dict[str, Any]) -> None:
    for theirs, yours in ((base, changed), (changed, base), (changed, changed)):
        made = merge(base, theirs, yours)
        assert made.values == changed
        assert made.clashes == ()


@given(FORMS, FORMS, FORMS)
@settings(max_examples=200)
def test_no_word_of_anybody_is_lost(
    base: dict[str, Any], theirs: dict[str, Any], yours: dict[str, Any]
) -> None:
    """What somebody added stands in the form or in the clash; what nobody touched is as it was."""
    made = merge(base, theirs, yours)
    before, one, other, now = (fields_of(each) for each in (base, theirs, yours, made.values))
    clashing = {each.field: each for each in made.clashes}
    for key in {*before, *one, *other}:
        if key in clashing:
            assert (clashing[key].theirs, clashing[key].yours) == (one.get(key), other.get(key))
            assert now.get(key) == one.get(key)
            continue
        for said in (one, other):
            added = words(said.get(key)) - words(before.get(key))
            assert added <= words(now.get(key)), key
        if one.get(key) == before.get(key) == other.get(key):
            assert now.get(key) == before.get(key)


@given(FORMS, FORMS, FORMS)
@settings(max_examples=100)
def test_it_is_the_same_whoever_saves_first(
    base: dict[str, Any], one: dict[str, Any], other: dict[str, Any]
) -> None:
    first, second = merge(base, one, other), merge(base, other, one)
    assert {each.field for each in first.clashes} == {each.field for each in second.clashes}
    mine, theirs = fields_of(first.values), fields_of(second.values)
    apart = {*mine, *theirs} - {each.field for each in first.clashes}
    assert all(words(mine.get(key)) == words(theirs.get(key)) for key in apart)


@given(FORMS)
def test_a_form_by_field_is_the_same_form(form: dict[str, Any]) -> None:
    assert form_of_fields(fields_of(form)) == form


@pytest.mark.parametrize(
    ("base", "theirs", "yours", "made"),
    [
        ("One.\nTwo.\nThree.", "One!\nTwo.\nThree.", "One.\nTwo.\nThree!", "One!\nTwo.\nThree!"),
        ("One.\nTwo.", "One.\nTwo.\nDog.", "One.\nTwo.\nCat.", None),
        ("One.\nTwo.", "One!\nTwo.", "One.\nTwo!", None),
        ("meeting", "telephone", "video", None),
        (None, "A lodger", "A dog", None),
        (["a", "b"], ["a"], ["a", "b", "c"], ["a", "c"]),
        ([{"w": 1}], [{"w": 1}, {"w": 2}], [{"w": 1}, {"w": 3}], [{"w": 1}, {"w": 2}, {"w": 3}]),
        ([{"w": 1}], [], [{"w": 9}], None),
        ([{"w": 1}, {"w": 2}], [{"w": 1}], [{"w": 9}, {"w": 2}], [{"w": 9}]),
    ],
)  # fmt: skip
def test_what_meets_is_left_to_a_person(base: Any, theirs: Any, yours: Any, made: Any) -> None:
    found = merge(*({"it": one} if one is not None else {} for one in (base, theirs, yours)))
    if made is None:
        assert [one.field for one in found.clashes] == ["it"]
        assert found.values.get("it", []) == theirs
    else:
        assert found.clashes == ()
        assert found.values["it"] == made


def test_a_day_never_stands_beside_its_doubt() -> None:
    doubt = {"_doubts": {"held_on": {"stated": "31 February", "why": "No such day."}}}
    found = merge({}, {"held_on": "2026-11-02"}, doubt)
    assert [one.field for one in found.clashes] == ["held_on"]
    assert found.values == {"held_on": "2026-11-02"}
    assert merge(doubt, doubt, {"held_on": "2026-11-02"}).values == {"held_on": "2026-11-02"}


def test_both_of_two_texts_are_one_below_the_other() -> None:
    assert joined("A lodger came.", "A dog came.") == "A lodger came.\nA dog came."
    assert joined("A lodger came.", "A lodger") == "A lodger came."
    assert joined(["a", "b"], ["b", "c"]) == ["a", "b", "c"]
    assert can_join("A lodger came.", "A dog came.")
    assert not can_join("meeting", "video")
    assert not can_join(True, False)
    assert not can_join("A lodger came.", None)


def test_a_very_long_text_is_left_to_a_person() -> None:
    long = "\n".join(map(str, range(5_000)))
    assert merge({"it": long}, {"it": f"A\n{long}"}, {"it": f"{long}\nB"}).clashes
