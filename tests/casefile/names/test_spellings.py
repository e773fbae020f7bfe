"""Which spellings of a name are offered to try, by a table of rules."""

from __future__ import annotations

import pytest

from casefile.names.spellings import Named, spellings

CASES = (
    ("family name first", Named("Dean", "Foss", "", ""), "Foss Dean"),
    ("first given name only", Named("William John", "Foss", "", ""), "William Foss"),
    ("half of the double surname", Named("Anna", "Hart-Vane", "", ""), "Anna Vane"),
    ("surname in another spelling", Named("Sean", "O’Brien", "", ""), "Sean OBrien"),
    ("surname in another spelling", Named("Sean", "O’Brien", "", ""), "Sean O Brien"),
    ("surname in another spelling", Named("Agnieszka", "Kowalska", "", ""), "Agnieszka Kowalski"),
    ("surname in another spelling", Named("Zofia", "Wójcik", "", ""), "Zofia Wojcik"),
    ("form of William", Named("William", "Foss", "", ""), "Bill Foss"),
)


@pytest.mark.parametrize(("why", "name", "text"), CASES, ids=[f"{text}: {why}" for why, _, text in CASES])
def test_a_spelling_is_offered_with_the_rule_it_follows(why: str, name: Named, text: str) -> None:
    found = {one.text: one for one in spellings([name])}
    assert text in found
    assert found[text].why == why
    assert not found[text].known


def test_names_of_the_file_come_first_each_once_and_a_whole_name_stands_as_it_is() -> None:
    names = [
        Named("Dean", "Foss", "", "legal"),
        Named("Deano", "", "", "nickname"),
        Named("", "", "রাফি চৌধুরী", ""),
    ]
    found = spellings([*names, names[0]])
    assert [(one.text, one.known) for one in found[:3]] == [
        ("Dean Foss", True), ("Deano", True), ("রাফি চৌধুরী", True),
    ]  # fmt: skip
    assert len({one.text.casefold() for one in found}) == len(found)
    assert spellings([]) == ()
