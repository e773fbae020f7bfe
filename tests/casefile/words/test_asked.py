"""What is typed into the search box, read: operators, what cannot be read, and hits marked in the text itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.words.asked import FIELDS, Alone, Asked, Field, Near, Number, Row, finished, read
from casefile.words.cut import MOST_BYTES, MOST_PLACED, begun, cut, joined, worded
from casefile.words.engines import ENGINES, said
from casefile.words.snippets import WIDE, snippet


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Bruises", (Alone("bruis"),)),
        ("child’s O’Brien", (Alone("child"), Alone("obrien"))),
        ("Zażółć naïve", (Alone("zazolc"), Alone("naiv"))),
        ('"left arm"', (Row(("left", "arm")),)),
        ("“left arm”", (Row(("left", "arm")),)),
        ("F-2026-00417", (Row(("f", "2026", "00417")),)),
        ("neglec*", (Alone("neglec", True, begun("neglec")),)),
        ('"failed to thr*"', (Row(("fail", "thr"), True),)),
        ("arm NEAR bruise", (Near("arm", "bruis", 10),)),
        ("bruise near/3 arm", (Near("arm", "bruis", 3),)),
        ("bruises NEAR bruise", (Alone("bruis"),)),
        ("07700 900123", (Alone("07700900123"),)),
        ("rang +44 (0)7700 900-123 twice", (Alone("rang"), Alone("07700900123"), Alone("twice"))),
        ("07700 900", (Number(("07700", "900"), "07700900", begun=True),)),
        ("he was near the school", (Alone("he"), Alone("was"), Alone("near"), Alone("school"))),
        ("bruise bruised bruise", (Alone("bruis"),)),
    ],
)
def test_words_and_operators_are_read(line: str, wanted: tuple[object, ...]) -> None:
    found = read(line)
    assert found.wanted == wanted
    assert all("stands in nearly every record" in one for one in found.remarks)


def test_what_is_left_out_and_what_narrows() -> None:
    found = read('bruise -football -"left arm" by:marsh -section:"Legal action" after:1/3/2026')
    assert found.wanted == (Alone("bruis"),)
    assert found.unwanted == (Alone("footbal"), Row(("left", "arm")))
    assert found.fields == (
        Field("by", "marsh"), Field("section", "Legal action", without=True), Field("after", "1/3/2026"),
    )  # fmt: skip
    assert found.plain == "bruise"


@pytest.mark.parametrize(
    ("line", "remark", "wanted"),
    [
        ('arm "left', "quotation mark is not closed", (Alone("arm"), Alone("left"))),
        ("colour:red car", "“colour:” narrows nothing here", (Row(("colour", "red")), Alone("car"))),
        ("NEAR arm", "NEAR wants one word before it", (Alone("arm"),)),
        ("the of", "stands in nearly every record", ()),
        ("-football", "not only what to leave out", ()),
        ("by: marsh", "", (Alone("by"), Alone("marsh"))),
        ("seen at 10:30", "", (Alone("seen"), Alone("at"), Row(("10", "30")))),
        ("-", "", ()),
        ('"" ** ()', "", ()),
    ],
)
def test_wrong_syntax_is_said_and_the_rest_is_searched(
    line: str, remark: str, wanted: tuple[object, ...]
) -> None:
    found = read(line)
    assert found.wanted == wanted
    assert remark in " ".join(found.remarks)
    assert bool(found.remarks) == bool(remark)


def test_the_last_word_that_is_being_typed_is_the_beginning_of_one() -> None:
    """Whatever is typed of a word finds it, from three letters on."""
    for word in (
        "neglecting",
        "children",
        "abuse",
        "carried",
        "bathes",
        "hospitals",
        "bruise",
        "supervision",
    ):
        kept = next(cut(word)).word
        for letters in range(3, len(word) + 1):
            (term,) = read(f"seen {word[:letters]}", typing=True).wanted[1:]
            assert isinstance(term, Alone)
            assert kept.startswith(term.word) or kept in term.other, word[:letters]
    assert read("bathe", typing=True).wanted[0].other == ("bath",)  # type: ignore[union-attr]
    assert read("ab", typing=True).wanted == (Alone("ab"),)


_PIECES = st.sampled_from(
    ["bruise", '"', "-", "NEAR", "near/99", "by:", "file:F-1", "colour:x", "*", "the", "(", "07700", "9", "é", "\x00", "'", ":", "\\"]
)  # fmt: skip


_LINE = st.one_of(
    st.text(max_size=60),
    st.lists(_PIECES, max_size=14).map(" ".join),
    st.lists(_PIECES, max_size=8).map("".join),
)


@given(_LINE)
def test_nothing_typed_is_an_error(line: str) -> None:
    for typing in (False, True):
        found = read(line, typing=typing)
        assert all(one.endswith(".") for one in found.remarks)
        assert all(one.name in FIELDS and one.value for one in found.fields)
        for engine in ENGINES.values():
            for heading in (False, True):
                assert bool(said(engine, found, heading=heading)) == bool(found.wanted)


@given(
    st.lists(st.sampled_from(["arm", "Bruise", '"left arm"', "-seen", "by:marsh", "réd"]), unique=True),
    st.randoms(),
)
def test_order_space_and_capitals_change_nothing(words: list[str], chance: object) -> None:
    turned = list(words)
    chance.shuffle(turned)  # type: ignore[attr-defined]

    def asked(line: str) -> tuple[object, ...]:
        found = read(line)
        return (
            set(found.wanted),
            set(found.unwanted),
            {(one.name, one.value.casefold()) for one in found.fields},
        )

    assert asked(" ".join(words)) == asked("  ".join(turned).upper().replace("É", "é"))


def test_numbers_are_found_however_they_are_parted() -> None:
    for written in (
        "07700 900123",
        "07700900123",
        "+44 7700 900 123",
        "+44 (0)7700 900123",
        "(07700) 900-123",
    ):
        assert "07700900123" in joined(f"Rang {written} twice"), written
    assert joined("of 14 Mill Lane, N17 8AA, on 2026-11-02 at 10:30") == {"n178aa"}


def test_a_long_text_keeps_all_its_words_and_the_places_of_the_first() -> None:
    text = " ".join(f"w{number}" for number in range(MOST_PLACED + 500))
    found = worded("Minutes", text)
    assert found.placed.split()[:3] == ["minut", "_", "w0"]
    assert len(found.placed.split()) == MOST_PLACED
    assert {"h_minut", f"w{MOST_PLACED + 499}"} <= set(found.loose.split())
    huge = worded("x", " ".join(f"{number:050d}" for number in range(20_000)))
    assert len(huge.placed.encode()) + len(huge.loose.encode()) < MOST_BYTES * 1.4
    often = worded("x", "gone " * 1000).placed.split()
    assert (often.count("gone"), often.count("_")) == (255, 746)


def test_hits_are_marked_in_the_text_itself() -> None:
    text = f"{'It rained. ' * 60}A bruise was seen on the LEFT\narm; bruising too. {'Nothing else. ' * 60}"
    found = snippet(text, read('"left arm" bruises').words())
    assert [found.text[start:end] for start, end in found.hits] == ["bruise", "LEFT", "arm", "bruising"]
    assert found.text.startswith("…")
    assert found.text.endswith("…")
    assert len(found.text) <= WIDE + 2
    assert snippet("Nothing here", read("bruise").words()).text == "Nothing here"
    assert snippet("", read("bruise").words()) == snippet("", ())
    assert list(snippet("seen abused", Asked(wanted=(Alone("abu", True),)).words()).hits) == [(5, 11)]


@given(
    st.lists(
        st.sampled_from(
            [
                "arm",
                "Arms",
                "preschool",
                "school’s",
                "o'brien",
                "obrien",
                "’",
                "-",
                "\n",
                " ",
                "élan",
                "é",
                "_",
            ]
        )
    )
)
def test_a_hit_is_a_whole_word_wherever_it_stands(parts: list[str]) -> None:
    """What is marked is each word of the text that is searched for, and nothing within another word."""
    text = "".join(parts)[:WIDE]
    words = read("arm school obrien elan*").words()
    wanted = [
        (one.start, one.end)
        for one in cut(text)
        if any(one.word.startswith(word) if begun else one.word == word for word, begun in words)
    ]
    assert list(snippet(text, words).hits) == wanted


def test_what_is_being_typed_may_be_taken_for_whole() -> None:
    assert finished(read("seen bruises", typing=True)).wanted == (
        Alone("seen"),
        Alone("bruis", other=("bruis",)),
    )
    assert finished(read('"failed to thri*"')).wanted == (Row(("fail", "thri")),)
    assert finished(read("07700 900")).wanted == (Number(("07700", "900"), "07700900", begun=False),)
    asked = read("bruise NEAR arm")
    assert finished(asked) is asked
