"""A picture of any family: nobody covers anybody, no line runs through a name, no enclosure holds a stranger."""

from __future__ import annotations

from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casefile.files.picture.draw import drawing_of
from casefile.files.picture.layout import layout_of
from casefile.files.picture.model import Basis, Family, Stay, Tie, TieKind
from tests.casefile.files.picture_families import DAY, person, tie
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
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_family_gives_a_picture_without_faults(family: Family) -> None:
    layout = layout_of(family)
    assert faults(family, layout) == []
    drawing = drawing_of(family, layout)
    assert {one.key for one in drawing.places} == set(family.by_id)
    assert all(0 <= value < 1e5 for value in (drawing.width, drawing.height))
