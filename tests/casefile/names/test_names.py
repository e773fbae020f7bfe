"""Names, births and traces compared: what is one person's, however it is written, and what is not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.names.births import Born, compare, of_age, of_day, read_age
from casefile.names.fold import plain, tokens
from casefile.names.keys import ENDS, INITIAL, NAMED, WORD, asked_keys, name_keys
from casefile.names.keys import ONE as ONE_SAME
from casefile.names.likeness import alike
from casefile.names.sounds import families, origins, sounds
from casefile.names.traces import address_key, contact_key, number_key, postcode_key, setting_key, street_key
from casefile.names.words import RESOURCES

ONE = (
    ("Nowak Anna", "Anna Novak", "Nowak and Novak sound the same"),
    ("Bill Hartley", "William Hartley", "Bill is a form of William"),
    ("Kelly Rory", "Rory Kelly", ""),
    ("Ann O Connor", "Ann O’Connor", "O’Connor is written as one word or as two"),
    ("Abdul Rahman", "Abdulrahman", "Abdulrahman is written as one word or as two"),
    ("Wong Siu Ying", "Wang Xiuying", "Wong and Wang are spellings of one name"),
    ("J Smith", "John Smith", "J may stand for John"),
    ("Anna Kowalski", "Anna Kowalska", "Kowalski and Kowalska differ only by Mac, O’, an article or the ending for a woman"),
    ("Steph Latimer", "Stephanie Latimer", "Steph is a form of Stephanie"),
)  # fmt: skip
TWO = (("John Smith", "John Hargreaves"), ("Mary Ann Cope", "Peter Cope"), ("Amina Diallo", "Aoife Daly"))


@pytest.mark.parametrize(("asked", "held", "why"), ONE)
def test_one_name_is_known_however_it_is_written_and_why_is_said(asked: str, held: str, why: str) -> None:
    found = alike(tokens(asked), tokens(held))
    assert found.score >= 85
    assert why in (*found.why, "")
    assert asked_keys(tokens(asked)) & name_keys(held)


@pytest.mark.parametrize(("one", "other"), TWO)
def test_two_names_stay_two(one: str, other: str) -> None:
    assert alike(tokens(one), tokens(other)).score < 60


def test_a_title_a_particle_and_an_accent_say_nothing() -> None:
    assert [one.plain for one in tokens("Dr. Zoë von der Berg")] == [one.plain for one in tokens("BERG  zoe")]
    assert plain("Łucja Żółć") == "lucja zolc"
    assert [one.plain for one in tokens("Mrs")] == ["mrs"]  # nothing else would be left


def test_births_stand_to_each_other_in_words() -> None:
    day = of_day(date(1984, 3, 12))
    said = {
        of_day(date(1984, 3, 12)): (100, "born on the same day"),
        of_day(date(1984, 12, 3)): (92, "day and month of birth the other way round"),
        of_day(date(1985, 3, 12)): (82, "born on the same day and month, the year off by one"),
        of_day(date(1984, 3, 13)): (80, "born in the same month, the day differs"),
        of_day(date(1948, 3, 12)): (74, "born on the same day and month, the year written otherwise"),
        of_day(date(1984, 1, 1), "year"): (80, "born in the same year"),
        of_age(42, date(2026, 11, 2)): (78, "the age fits"),
        of_day(date(1971, 8, 30)): (0, "born in another year"),
    }
    for other, (score, why) in said.items():
        assert (compare(day, other).score, compare(day, other).why) == (score, why)
        assert compare(day, other) == compare(other, day)
    assert compare(day, Born()).score is None


def test_an_age_a_year_and_a_month_are_read() -> None:
    on = date(2026, 11, 2)
    assert read_age("bill smyth aged 34", on) == (Born(1992, spare=1, by_age=True), "bill smyth  ")
    assert read_age("smyth, 34 years old", on)[0] == Born(1992, spare=1, by_age=True)
    assert read_age("smyth march 1984", on)[0] == Born(1984, 3)
    assert read_age("smyth c. 1984", on)[0] == Born(1984, spare=2)
    assert read_age("smyth", on) == (None, "smyth")


def test_traces_come_out_in_one_spelling() -> None:
    assert address_key("Flat 2, 14 Mill Lane", "N17 8AA") == address_key("2/14 Mill Ln.", "n178aa")
    assert street_key("Flat 2, 14 Mill Lane") == street_key("14 Mill Ln, Ashmere") == "14 mill"
    assert contact_key("+44 7700 900123") == contact_key("07700-900 123") == "7700900123"
    assert contact_key("Mum@Example.ORG") == "mum@example.org"
    assert number_key("AB12 CDE") == "ab12cde"
    assert number_key("unknown") == ""
    assert postcode_key("at N17 8aa since May") == "n178aa"
    assert setting_key("St Mark’s C.E. Primary School") == setting_key("St. Marks Primary")


def test_the_tables_are_sorted_sourced_and_of_plain_letters() -> None:
    assert set(origins()) >= {
        "arabic",
        "british",
        "chinese",
        "irish",
        "polish",
        "south_asian",
        "west_african",
    }
    for path in sorted(RESOURCES.glob("*.txt")):
        lines = path.read_text("utf-8").splitlines()
        heads = [line.partition(":")[0] for line in lines if not line.startswith("#")]
        assert heads == sorted(set(heads)), path.name
        assert any("copied from no table" in line for line in lines), path.name
        words = {word for line in lines if not line.startswith("#") for word in line.replace(":", "").split()}
        assert all(word == plain(word) for word in words), path.name
    assert families("bill") & families("william")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text("abcdefghijklmnopqrstuvwxyzéłßøç'’-. ", min_size=1, max_size=9), min_size=1, max_size=4),
    st.randoms(),
)
def test_order_space_and_capitals_of_a_name_change_nothing(words: list[str], chance: object) -> None:
    name = " ".join(words)
    other = name.split()
    chance.shuffle(other)  # type: ignore[attr-defined]
    turned = "   ".join(one.upper() for one in other)
    assert [one.plain for one in tokens(name)] == [one.plain for one in tokens(turned)]
    held = tokens("Anna Maria Nowak-Jones")
    assert alike(tokens(name), held).score == alike(tokens(turned), held).score
    assert alike(held, tokens(name)).score == alike(held, tokens(turned)).score
    assert name_keys(name) == name_keys(turned)


@given(st.text(max_size=30))
def test_whatever_is_typed_has_keys_and_no_fault(text: str) -> None:
    asked, held = asked_keys(tokens(text)), name_keys(text)
    assert bool(asked & held) is bool(asked)
    # also looked for: words joined, and short words as long ones, also beside a name that one is a form of
    assert {key[0] for key in asked - held} <= {WORD, ONE_SAME, ENDS, INITIAL, NAMED}
    assert {code[0] for code in sounds(plain(text))} <= {"m", "n"}
    address_key(text, text)
    contact_key(text)
    setting_key(text)
    read_age(plain(text), date(2026, 11, 2))
