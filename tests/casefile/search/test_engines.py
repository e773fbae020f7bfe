"""Both engines find exactly what the words of the records say, for any question: held against plain Python."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from casefile.desk import Desk
from casefile.record.model import CaseFile
from casefile.record.worded import Of, Words, keep_words, numbers
from casefile.store.engine import Store
from casefile.store.words import Within, find
from casefile.words.asked import Alone, Asked, Near, Number, Row, Term, read
from casefile.words.cut import AGENCY, HEAD
from casefile.words.engines import ENGINES, said
from casefile.work.ids import derived_id

At = Callable[[str], Desk]
VOCABULARY = (
    "bruise", "bruises", "bruised", "arm", "left", "right", "seen", "not", "child's", "children", "abuse", "neglect",
    "neglected", "O’Brien", "Żółć", "naïve", "football", "school", "07700", "900123", "07700900123", "N17", "8AA", "the",
    "of", "F-1", "2026", "a", "_", "x", "no", "charged", "charge", "李", "école",
)  # fmt: skip
TEXTS = 120
FILES = [derived_id("engine file", place) for place in range(3)]
SECTIONS = ("contact", "medical", "risk")


@pytest.fixture
def filled(store: Store, sign_in: At) -> tuple[Desk, list[Words]]:
    """A desk on a store with many short records of invented words, and what they say."""
    chance = random.Random(7)
    records: list[Words] = []
    for place in range(TEXTS):
        head = " ".join(chance.choices(VOCABULARY, k=chance.randrange(1, 4)))
        body = " ".join(chance.choices(VOCABULARY, k=chance.randrange(0, 14)))
        day = date(2026, 1, 1) + timedelta(days=chance.randrange(300))
        records.append(
            Words(
                chance.choice((Of.ENTRY, Of.ENTRY, Of.DOCUMENT, Of.PERSON)), derived_id("engine", place),
                chance.choice(FILES), day, head, body, chance.choice(SECTIONS), None,
                frozenset(chance.sample(["health", "education"], chance.randrange(3))), latest=chance.random() < 0.8,
            )
        )  # fmt: skip
    desk = sign_in("Rhodes")
    with store.writing() as session:
        session.execute(
            insert(CaseFile),
            [
                {"id": one, "reference": f"E-{at}", "opened_on": date(2026, 1, 1), "recorded_at": desk.now(), "state": state}
                for at, (one, state) in enumerate(zip(FILES, ("open", "closed", "open"), strict=True))
            ],
        )  # fmt: skip
        keep_words(session, records)
    return desk, records


def holds(term: Term, placed: list[str], loose: set[str]) -> bool:
    """Whether a record holds a term, said plainly."""

    def alone(word: str, *, begun: bool = False) -> bool:
        every = {*placed, *loose} - {"_"}
        return any(one.startswith(word) for one in every) if begun else word in every

    match term:
        case Alone(word, begun, other):
            return alone(word, begun=begun) or any(map(alone, other))
        case Row(words, begun):
            last = len(words) - 1
            return any(
                all(
                    one.startswith(word) if begun and at == last else one == word
                    for at, (one, word) in enumerate(
                        zip(placed[start : start + len(words)], words, strict=False)
                    )
                )
                for start in range(len(placed) - last)
            )
        case Near(one, other, within):
            here = [at for at, word in enumerate(placed) if word == one]
            there = [at for at, word in enumerate(placed) if word == other]
            return any(abs(a - b) - 1 <= within for a in here for b in there)
        case Number(parts, whole, begun):
            last = len(parts) - 1
            every = all(alone(one, begun=begun and at == last) for at, one in enumerate(parts))
            return every or alone(whole, begun=begun)


def expected(asked: Asked, records: list[Words], within: Within, agencies: frozenset[str]) -> list[int]:
    """What should be found."""
    found: list[int] = []
    states = dict(zip(FILES, ("open", "closed", "open"), strict=True))
    for record in records:
        row = record.row()
        placed, loose = str(row["placed"]).split(), set(str(row["loose"]).split())
        if (
            within.low <= row["id"] <= within.high
            and (within.older or record.latest)
            and (within.sections is None or record.section in within.sections)
            and (within.files is None or record.file_id in within.files)
            and (within.states is None or states[record.file_id] in within.states)
            and (not agencies or {f"{AGENCY}{one}" for one in agencies} & loose)
            and all(holds(one, placed, loose) for one in asked.wanted)
            and not any(holds(one, placed, loose) for one in asked.unwanted)
        ):
            found.append(row["id"])
    return sorted(found, reverse=True)


_WORD = st.sampled_from([*VOCABULARY, "bru*", "negl*", "chil*", "0770*", "zebra"])
_PHRASE = st.lists(st.sampled_from(VOCABULARY), min_size=2, max_size=3).map(
    lambda words: f'"{" ".join(words)}"'
)
_PART = st.one_of(
    _WORD,
    _PHRASE,
    _WORD.map("-{}".format),
    _PHRASE.map("-{}".format),
    st.tuples(_WORD, st.integers(0, 12), _WORD).map(lambda one: f"{one[0]} near/{one[1]} {one[2]}"),
)
_LINE = st.lists(_PART, min_size=1, max_size=4).map(" ".join)
_WITHIN = st.builds(
    lambda of, older, sections, files, states: Within(
        *numbers(of, date(2026, 2, 1), date(2026, 9, 30)),
        older=older,
        sections=sections,
        files=files,
        states=states,
    ),
    st.sampled_from([Of.ENTRY, Of.DOCUMENT, Of.PERSON]),
    st.booleans(),
    st.sampled_from([None, ("contact",), ("contact", "risk")]),
    st.sampled_from([None, None, (FILES[0], FILES[2]), ()]),
    st.sampled_from([None, ("open",), ("closed",)]),
)


_AGENCIES = st.sampled_from([frozenset[str](), frozenset({"health"})])
_QUESTION = st.tuples(_LINE, st.booleans(), _WITHIN, _AGENCIES)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_QUESTION, min_size=10, max_size=20))
def test_what_is_found_is_what_the_words_say(
    filled: tuple[Desk, list[Words]], questions: list[tuple[str, bool, Within, frozenset[str]]]
) -> None:
    desk, records = filled
    with desk.store.reading() as session:
        engine = ENGINES[session.get_bind().dialect.name]
        for line, typing, within, agencies in questions:
            asked = read(line, typing=typing)
            words = said(engine, asked, agencies=agencies)
            if asked.wanted:
                found = list(find(session, words, within, None, 1_000))
                assert found == expected(asked, records, within, agencies), line
                assert list(find(session, words, within, None, 2)) == found[:2]


def test_the_heading_alone_can_be_asked_and_nothing_but_what_narrows(
    filled: tuple[Desk, list[Words]],
) -> None:
    desk, records = filled
    within = Within(*numbers(Of.ENTRY), older=True)
    with desk.store.reading() as session:
        engine = ENGINES[session.get_bind().dialect.name]
        found = find(session, said(engine, read("bruise"), heading=True), within, None, 1_000)
        held = [one for one in records if one.of is Of.ENTRY and f"{HEAD}bruis" in one.row()["loose"].split()]
        assert set(found) == {one.number for one in held}
        everything = find(session, "", within, None, 1_000)
        assert list(everything) == sorted((one.number for one in records if one.of is Of.ENTRY), reverse=True)
