"""Finding people at the desk, on both stores: the same answer for everybody with the same rights, and why."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casefile.desk import Desk
from casefile.errors import Invalid, Refused
from casefile.files.actions.files import open_file
from casefile.files.actions.people import add_person, record_fact
from casefile.files.actions.restrict import restrict_file
from casefile.search.people import find_people
from casefile.search.rows import Found
from tests.conftest import officer_of

At = Callable[[str], Desk]


def put(desk: Desk, file_id: UUID, given: str, family: str, born: str = "", **more: dict[str, str]) -> UUID:
    """Add somebody with a name, a birth and whatever facts are given."""
    facts: dict[str, dict[str, str]] = {
        "name": {"kind": "legal", "given": given, "family": family},
        "involvement": {"role": "mother"},
        **more,
    }
    if born:
        facts["birth"] = {"born_on": born, "precision": "exact"}
    return desk.do(add_person, file_id, facts).result


@pytest.fixture
def family(desk: Desk) -> UUID:
    return desk.do(open_file, "F-1", date(2026, 1, 5)).result


def first(found: Found) -> UUID:
    return found.candidates[0].person_id


def test_a_person_is_found_by_name_birth_number_address_and_former_name(desk: Desk, family: UUID) -> None:
    anna = put(
        desk, family, "Anna", "Nowak", "12/3/1984",
        residence={"address": "14 Mill Lane", "postcode": "N17 8AA"},
        contact={"kind": "mobile", "value": "07700 900123"},
        identifier={"kind": "vehicle", "value": "AB12 CDE"},
    )  # fmt: skip
    put(desk, family, "Peter", "Marlow", "2/2/1990")
    desk.do(record_fact, family, anna, "name", {"kind": "maiden", "given": "Anna", "family": "Zielinska"})
    for text in (
        "Novak Anna", "ania nowak", "nowak anna 3/12/1984", "Anna Nowak aged 42", "zielinski anna",
        "07700900123", "n17 8aa", "ab12cde", "12 march 1984",
    ):  # fmt: skip
        found = desk.read(find_people, text)
        assert first(found) == anna, text
        assert [one.person_id for one in found.candidates] == [anna], text
    found = desk.read(find_people, "zielinska anna")
    assert found.candidates[0].why == ("by their maiden name Anna Zielinska",)
    shown = found.candidates[0]
    assert (shown.name, shown.other_names, shown.born) == ("Anna Nowak", ("Anna Zielinska",), "12 March 1984")
    assert shown.address == "14 Mill Lane, N17 8AA"
    assert [(one.reference, one.roles) for one in shown.files] == [("F-1", ("mother",))]


def test_a_form_asks_by_its_fields_and_hears_that_the_names_are_the_other_way_round(
    desk: Desk, family: UUID
) -> None:
    gordon = put(desk, family, "Gordon", "Blake", "1/5/1980")
    found = desk.read(find_people, parts={"given": "Blake", "family": "Gordon", "born": "5.1.1980"})
    assert first(found) == gordon
    assert "given and family name the other way round" in found.candidates[0].why
    assert "day and month of birth the other way round" in found.candidates[0].why


def test_a_name_that_was_corrected_still_finds_and_one_withdrawn_does_not(desk: Desk, family: UUID) -> None:
    person = put(desk, family, "Tamsin", "Quill")
    known = desk.read(find_people, "tamsin quill")
    assert known.total == 1
    second = desk.do(
        record_fact, family, person, "name", {"kind": "legal", "given": "Tamsin", "family": "Quell"},
    ).result  # fmt: skip
    assert desk.read(find_people, "tamsin quell").total == 1
    desk.do(record_fact, family, person, "name", {}, replaces_id=second, withdrawn=True)
    assert desk.read(find_people, "tamsin quell").candidates[0].why == ("Quell and Quill sound the same",)


def test_what_was_learnt_through_a_restricted_file_finds_nobody_for_those_without_right(
    sign_in: At, family: UUID
) -> None:
    sergeant, constable = sign_in("Okafor"), sign_in("Marsh")
    hidden = sergeant.do(open_file, "F-2", date(2026, 1, 6)).result
    seen = put(sergeant, family, "Lena", "Fairbrother", "3/3/1991")
    only = put(sergeant, hidden, "Lena", "Fairbrothers", "3/3/1991")
    sergeant.do(record_fact, hidden, seen, "involvement", {"role": "mother"})
    alias = {"kind": "alias", "given": "Magda", "family": "Sokol"}
    sergeant.do(record_fact, hidden, seen, "name", alias)
    assert constable.read(find_people, "lena fairbrother").total == 2
    sergeant.do(restrict_file, hidden, [officer_of(sergeant)], "A relative works here.")
    found = constable.read(find_people, "lena fairbrother")
    assert [one.person_id for one in found.candidates] == [seen]
    assert found.total == 1
    assert [one.reference for one in found.candidates[0].files] == ["F-1"]
    assert found.candidates[0].other_names == ()
    assert constable.read(find_people, "magda sokol").total == 0
    assert {one.person_id for one in sergeant.read(find_people, "lena fairbrother").candidates} == {
        seen,
        only,
    }
    assert first(sergeant.read(find_people, "magda sokol")) == seen
    # whoever writes later, seeing less, takes nothing away from those who see more
    constable.do(record_fact, family, seen, "contact", {"kind": "mobile", "value": "07700 900555"})
    assert first(sergeant.read(find_people, "magda sokol")) == seen
    assert constable.read(find_people, "magda sokol").total == 0


def test_an_administrator_finds_nobody_and_nothing_is_not_looked_for(sign_in: At, desk: Desk) -> None:
    with pytest.raises(Refused):
        sign_in("Boss").read(find_people, "anna")
    with pytest.raises(Invalid, match="nothing here to look for"):
        desk.read(find_people, "  ?! ")
    assert desk.read(find_people, "").candidates == ()


@pytest.fixture
def several(desk: Desk, family: UUID) -> Desk:
    """A few families with names that come near one another, some of them the same."""
    names = (
        ("Anna", "Nowak"), ("Ania", "Novak"), ("Anne", "Novac"), ("Mohammed", "Khan"), ("Muhammad", "Kahn"),
        ("John", "Smith"), ("Jon", "Smyth"), ("John", "Smith"), ("Wei", "Zhang"), ("Wai", "Cheung"),
    )  # fmt: skip
    for called, name in names:
        put(desk, family, called, name, "12/3/1984")
    return desk


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(["anna", "nowak", "Smith", "JOHN", "khan", "wai", "zhang", "mohd", "dr", "12/3/1984", "al"]),
        min_size=1, max_size=4, unique=True,
    ),
    st.integers(0, 999),
)  # fmt: skip
def test_order_space_and_capitals_of_what_is_asked_change_nothing(
    several: Desk, words: list[str], seed: int
) -> None:
    turned = list(words)
    random.Random(seed).shuffle(turned)
    one = several.read(find_people, " ".join(words))
    other = several.read(find_people, "  ".join(turned).upper())
    assert [(a.person_id, a.score) for a in one.candidates] == [
        (a.person_id, a.score) for a in other.candidates
    ]
    assert one.total == other.total
