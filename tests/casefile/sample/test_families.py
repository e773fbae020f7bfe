"""The invented families as told: every section and fact, no sentence twice, and faults said in words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

from casefile.errors import Damaged
from casefile.sample.days import birth_of, day_of
from casefile.sample.told import Family, families
from casefile.sections import SECTIONS
from casefile.standards.calendar import add_months, is_working_day

_LONGEST_SHARED = 12
_HEAD = '[[family]]\nname = "A"\naddress = "1"\ntown = "T"\nofficer = "Marsh"\nresearcher = "Ash"\nsupervisor = "Sefton"\n'


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in cast("dict[str, Any]", value).values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in cast("list[Any]", value):
            yield from _texts(one)


def _runs(family: Family) -> set[tuple[str, ...]]:
    """Every run of thirteen words in a sentence of the family's prose."""
    found: set[tuple[str, ...]] = set()
    for text in _texts(dict(family.told)):
        for sentence in re.split(r"[.?!;]\s", text):
            words = re.findall(r"[\w'’]+", sentence.casefold())
            size = _LONGEST_SHARED + 1
            found |= {tuple(words[at : at + size]) for at in range(len(words) - size + 1)}
    return found


def test_there_are_forty_families_each_with_a_name_of_its_own() -> None:
    names = [one.name for one in families()]
    assert len(names) == len(set(names)) == 40
    assert {"Harding", "Whitlock", "Doyle"} <= set(names), "the demonstration prints these"


def test_no_two_files_share_a_sentence() -> None:
    held: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for family in families():
        for run in _runs(family):
            held[run].add(family.name)
    shared = {" ".join(run): names for run, names in held.items() if len(names) > 1}
    assert not shared


def test_every_section_appears_at_least_once() -> None:
    told = {section for family in families() for section, _, _ in family.events}
    assert set(SECTIONS) <= told


def test_most_files_are_of_middling_length_and_one_is_long() -> None:
    lengths = {one.name: len(one.events) for one in families()}
    assert lengths["Doyle"] > 300
    assert sum(5 <= one <= 60 for name, one in lengths.items() if name != "Doyle") == 39


def test_about_ten_files_have_a_fault_and_the_rest_are_well_kept() -> None:
    faulty = [one for one in families() if one.faults]
    assert 9 <= len(faulty) <= 12
    for one in faulty:
        assert re.fullmatch(r"[a-z_ ]+: .+", str(one.told["fault"])), one.where


def test_every_state_of_a_file_is_there() -> None:
    states = {one.told.get("state") for one in families()}
    assert states >= {
        "unborn sibling",
        "concealed partner",
        "lapsed medical",
        "disputed conference",
        "restricted file",
        "closed",
        "long file",
    }


def test_parents_are_older_than_their_children() -> None:
    today = date(2026, 11, 23)
    for family in families():
        people = cast("dict[str, dict[str, Any]]", family.told["person"])
        for key, one in people.items():
            for relation in one.get("is", ()):
                kind, _, others = relation.partition(" of ")
                years = {"mother": 15, "father": 15, "grandparent": 30}.get(kind)
                for other in (people[name] for name in others.split()):
                    if years is None or "born" not in one or "born" not in other:
                        continue
                    parent, child = birth_of(one["born"], today), birth_of(other["born"], today)
                    assert add_months(parent, years * 12) <= child, f"{family.where}: {key}"


def test_names_stand_in_their_own_scripts_too() -> None:
    text = " ".join(_texts([dict(one.told) for one in families()]))
    for script in ("Kołodziej", "حداد", "சிவகுமாரன்", "Adéyẹmí", "Prydderch", "陈伟", "Іваненко", "ሃና"):
        assert script in text


@pytest.mark.parametrize(
    "today", [date(2026, 11, 23), date(2026, 8, 31), date(2027, 2, 28), date(2028, 2, 29)]
)
@pytest.mark.parametrize("told", ["-1d", "-37d", "+3w", "-2m", "+9d"])
def test_a_day_told_never_falls_on_a_weekend_or_bank_holiday(told: str, today: date) -> None:
    assert is_working_day(day_of(told, today))


def test_days_keep_their_order_and_may_be_exact() -> None:
    today = date(2026, 11, 23)
    days = [day_of(f"-{one}d", today) for one in range(60, 0, -1)]
    assert days == sorted(days)
    assert day_of("-1d!", today) == date(2026, 11, 22)
    assert day_of("on+10d", today, date(2026, 11, 2)) == date(2026, 11, 12)
    assert birth_of("-7y3m", today) == date(2019, 8, 23)


@pytest.mark.parametrize("today", [date(2026, 11, 28), date(2027, 3, 29), date(2026, 12, 24)])
def test_what_is_past_stays_past_and_what_is_to_come_stays_to_come(today: date) -> None:
    for days in range(1, 30):
        assert day_of(f"-{days}d", today) < today < day_of(f"+{days}d", today)


def test_a_contact_may_confirm_the_household_too(tmp_path: Path) -> None:
    told = (
        _HEAD
        + 'person.a = { role = "subject" }\nevent = [{ contact = "-1d", household = true, kind = "school" }]\n'
    )
    (tmp_path / "one.toml").write_text(told, "utf-8")
    (family,) = families(tmp_path)
    assert family.events == (
        ("contact", "-1d", {"kind": "school"}),
        ("household", "-1d", {"how": "school"}),
    )


@pytest.mark.parametrize("told", ["yesterday", "", "37d-", "-3 d"])
def test_what_is_no_day_is_said_to_be_none(told: str) -> None:
    with pytest.raises(ValueError, match="is no day"):
        day_of(told, date(2026, 11, 23))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[family", "one.toml"),
        ('[[family]]\nname = "A"\n', "“address” is not told"),
        (_HEAD + 'colour = "red"\nevent = []\n', "nothing called “colour”"),
        (_HEAD + 'person.a = { hat = "x" }\nevent = []\n', "nothing called “hat” in the person “a”"),
        (_HEAD + 'person.a = { role = "subject" }\nevent = [{ picnic = "-1d" }]\n', "event 1 should begin"),
        ((_HEAD + 'person.a = { role = "subject" }\nevent = []\n') * 2, "another family has the same name"),
    ],
)
def test_what_does_not_fit_is_said_with_file_and_family(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "one.toml").write_text(text, "utf-8")
    with pytest.raises(Damaged, match=re.escape(said)) as refused:
        families(tmp_path)
    assert "one.toml" in refused.value.sentence
