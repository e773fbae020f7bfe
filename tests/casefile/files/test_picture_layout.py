"""A picture of any family: nobody covers anybody, no line runs through a name, no enclosure holds a stranger."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casefile.files.picture.draw import drawing_of, key_drawing
from casefile.files.picture.enclosures import enclosures_of
from casefile.files.picture.layout import Layout, layout_of
from casefile.files.picture.model import Basis, Family, Someone, Stay, Tie, TieKind
from casefile.files.picture.shapes import Shape, Words
from casefile.files.picture.walk import Way, next_place
from tests.casefile.files.picture_families import DAY, family_of, person, tie
from tests.casefile.files.picture_geometry import faults

NATURES = {
    TieKind.PARENT: ["birth", "alleged", "adoptive", "step", "foster", "guardian"],
    TieKind.COUPLE: ["married", "partners"],
    TieKind.SIBLING: ["full", "half", "step", "twin"],
    TieKind.OTHER: ["grandparent", "aunt_uncle", "lodger", "cousin"],
}


@st.composite
def families(draw: st.DrawFn) -> Family:
    """Any people with any ties, also such as cannot be: one's own grandmother, three mothers, nobody at all."""
    count = draw(st.integers(0, 12))
    people = tuple(
        person(
            at,
            sex=draw(st.sampled_from(["F", "M", ""])),
            year=draw(st.sampled_from([None, 1950, 1980, 2010, 2020])),
            name=draw(st.sampled_from(["Dana Marsh", "Agnieszka Kowalczyk-Hathersage", "X", "أمينة", ""])),
        )
        for at in range(count)
    )
    ties: list[Tie] = []
    for _ in range(draw(st.integers(0, 16)) if count > 1 else 0):
        one, other = draw(st.lists(st.integers(0, count - 1), min_size=2, max_size=2, unique=True))
        kind = draw(st.sampled_from(TieKind))
        ties.append(tie(one, other, kind, draw(st.sampled_from(NATURES[kind])), draw(st.booleans())))
    stays = tuple(
        Stay(UUID(int=at + 1), draw(st.sampled_from(["1 Mill Lane", "2 Weir Street", "3 Quay"])))
        for at in range(count)
        if draw(st.booleans())
    )
    return Family(DAY, Basis.HAPPENED, people, tuple(ties), stays)


@given(families())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_family_gives_a_picture_without_faults(family: Family) -> None:
    layout = layout_of(family)
    assert faults(family, layout) == []
    drawing = drawing_of(family, layout)
    assert {one.key for one in drawing.places} == set(family.by_id)
    assert all(0 <= value < 1e5 for value in (drawing.width, drawing.height))
    assert letters(key_drawing(family, 800).shapes) == letters(drawing_of(family, layout, key=False).shapes)


def letters(shapes: tuple[Shape, ...]) -> set[str]:
    """The letters of households among shapes."""
    return {one.text for one in shapes if isinstance(one, Words) and one.size == 9.5 and one.room == 14}


@pytest.mark.parametrize("most", [60, 200])
def test_a_large_family_stays_readable(most: int) -> None:
    family = family_of(most)
    layout = layout_of(family)
    assert faults(family, layout) == []
    assert len(layout.spots) == len(family.people) >= most
    assert layout.height < 1100


def _family(people: list[Someone], ties: list[Tie], stays: tuple[Stay, ...] = ()) -> Family:
    return Family(DAY, Basis.HAPPENED, tuple(people), tuple(ties), stays)


def _three_generations() -> tuple[list[Someone], list[Tie]]:
    """Ada (0) and Ben (1) have Cass (2) and Dee (3); Cass and Eli (4) have Fay (5), and Gus and Hal (6, 7), twins."""
    sexes = "FMFFMFMM"
    years = [1960, 1958, 1985, 1988, 1984, 2015, 2018, 2018]
    people = [person(at, sex=sex, year=years[at], name="ABCDEFGH"[at]) for at, sex in enumerate(sexes)]
    ties = [tie(0, 1, TieKind.COUPLE, "married"), tie(2, 4, TieKind.COUPLE, "partners")]
    ties += [tie(parent, child, TieKind.PARENT, "birth") for parent in (0, 1) for child in (2, 3)]
    ties += [tie(parent, child, TieKind.PARENT, "birth") for parent in (2, 4) for child in (5, 6, 7)]
    return people, [*ties, tie(6, 7, TieKind.SIBLING, "twin")]


def _row(layout: Layout, level: int) -> list[int]:
    return [one.int - 1 for one in layout.rows[level]]


def test_generations_stand_below_one_another_and_children_in_the_order_of_birth() -> None:
    people, ties = _three_generations()
    layout = layout_of(_family(people, ties))
    assert [sorted(_row(layout, level)) for level in range(3)] == [[0, 1], [2, 3, 4], [5, 6, 7]]
    assert _row(layout, 0) == [1, 0]  # a man at the left of a couple that stands alone
    assert abs(_row(layout, 1).index(2) - _row(layout, 1).index(4)) == 1
    assert _row(layout, 2) == [5, 6, 7]
    tops = [wire.points[0] for wire in layout.wires if wire.child in (UUID(int=7), UUID(int=8))]
    assert len(set(tops)) == 1  # twins hang from one point


def test_somebody_new_moves_nobody_past_another() -> None:
    people, ties = _three_generations()
    before = layout_of(_family(people, ties))
    people.append(person(8, sex="F", year=2021, name="I"))
    ties += [tie(parent, 8, TieKind.PARENT, "birth") for parent in (2, 4)]
    after = layout_of(_family(people, ties))
    for level in range(3):
        assert [one for one in _row(after, level) if one != 8] == _row(before, level)


def test_what_contradicts_the_rest_is_told_and_not_drawn() -> None:
    people, ties = _three_generations()
    ties.append(tie(5, 0, TieKind.PARENT, "birth", verified=False))
    family = _family(people, ties)
    layout = layout_of(family)
    assert [(one.one.int, one.other.int) for one in layout.askew] == [(6, 1)]
    told = drawing_of(family, layout).told
    assert told[-1].startswith("Cannot be drawn, because it contradicts the rest: F, birth of A.")


def test_two_mothers_and_a_third_parent_are_all_drawn() -> None:
    people = [person(0, sex="F", year=1990), person(1, sex="F", year=1991), person(2, sex="M", year=1989),
              person(3, sex="F", year=2019)]  # fmt: skip
    family = _family(people, [tie(at, 3, TieKind.PARENT, "birth") for at in range(3)])
    layout = layout_of(family)
    assert faults(family, layout) == []
    assert sorted(len(one.parents) for one in layout.kin.bundles) == [1, 2]


def test_a_household_that_others_stand_between_is_drawn_in_parts_with_one_letter() -> None:
    people, ties = _three_generations()
    stays = tuple(Stay(UUID(int=at + 1), "1 Mill Lane") for at in (0, 5))
    family = _family(people, ties, stays)
    layout = layout_of(family)
    assert faults(family, layout) == []
    assert [one.letter for one in enclosures_of(family, layout)] == ["A", "A"]


def test_arrows_follow_the_lines() -> None:
    people, ties = _three_generations()
    family = _family(people, ties)
    drawing = drawing_of(family, layout_of(family))
    fay, cass, eli = UUID(int=6), UUID(int=3), UUID(int=5)
    up = next_place(drawing, fay, Way.UP)
    assert up in (cass, eli)
    assert next_place(drawing, fay, Way.RIGHT) == UUID(int=7)
    assert next_place(drawing, fay, Way.LEFT) == fay
    assert next_place(drawing, None, Way.DOWN) == UUID(int=1)
    reached, edge = {fay}, {fay}
    while edge:
        edge = {next_place(drawing, one, way) for one in edge for way in Way} - reached
        reached |= edge
    assert reached == set(family.by_id)
