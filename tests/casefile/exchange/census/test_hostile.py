"""XML that is broken, foreign or meant to do harm: a sentence, never a crash and never an expansion."""

from __future__ import annotations

import contextlib
import random
import tracemalloc
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.errors import Damaged
from casefile.exchange.census import CensusReturn, read_census, stream
from tests import make_census as make

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BILLION = f'<?xml version="1.0"?><!DOCTYPE Message [<!ENTITY l0 "ha">{LAUGHS}]><Message>&l9;</Message>'
EXTERNAL = (
    '<?xml version="1.0"?><!DOCTYPE M [<!ENTITY x SYSTEM "file:///etc/hostname">]><Message>&x;</Message>'
)
PARAMETER = '<!DOCTYPE M [<!ENTITY % p SYSTEM "http://localhost/evil.dtd"> %p;]><Message/>'
BARE_DOCTYPE = '<!DOCTYPE Message SYSTEM "census.dtd"><Message><Children/></Message>'


@pytest.mark.parametrize("hostile", [BILLION, EXTERNAL, PARAMETER, BARE_DOCTYPE])
def test_a_document_type_is_refused_before_anything_expands(hostile: str) -> None:
    with pytest.raises(Damaged) as refused:
        read_census(hostile.encode())
    assert "document type" in refused.value.sentence


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not xml at all",
        b"PK\x03\x04 a zip",
        b"%PDF-1.7",
        b"\x00" * 100,
        b"<Message><Children><Child>",
        b'<?xml version="1.0" encoding="klingon"?><Message/>',
        b"<html><body/></html>",
        b"<Message></Message>",
        b"<Message>\xff\xfe</Message>",
        b"<Message><Children><Child>&undefined;</Child></Children></Message>",
    ],
)
def test_what_is_not_a_return_gets_a_sentence(data: bytes) -> None:
    with pytest.raises(Damaged) as refused:
        read_census(data)
    assert refused.value.sentence.endswith(".")
    assert refused.value.kept == stream.KEPT


def test_nesting_without_end_is_refused() -> None:
    deep = b"<Message><Children><Child>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</Child></Children></Message>"
    with pytest.raises(Damaged, match="deep"):
        read_census(deep)


def test_one_child_without_end_is_refused() -> None:
    wide = (
        b"<Message><Children><Child>" + b"<a/>" * (stream.MOST_IN_ONE + 1) + b"</Child></Children></Message>"
    )
    with pytest.raises(Damaged, match="more than 50,000 elements"):
        read_census(wide)


def test_a_file_that_is_too_large_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "LARGEST", 10)
    with pytest.raises(Damaged, match="bytes"):
        read_census(make.census(2023))


def test_walking_a_large_return_keeps_memory_flat() -> None:
    one = make.child_on_plan(2023)
    small, large = (make.census(2023, *[one] * count) for count in (20, 2000))

    def peak(data: bytes) -> int:
        tracemalloc.start()
        for _ in stream.parts(data):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(large) < peak(small) + 1_000_000 < len(large)


GOOD = make.census(
    2023,
    make.child_on_plan(2023),
    make.child(make.identifiers(2023, None), make.characteristics(), make.episode(date(2022, 5, 3))),
)


@given(st.randoms(use_true_random=False), st.integers(1, 6))
@settings(max_examples=150, deadline=None)
def test_bytes_changed_anywhere_never_crash_the_reading(chance: random.Random, times: int) -> None:
    data = bytearray(GOOD)
    for _ in range(times):
        at = chance.randrange(len(data))
        data[at : at + chance.randrange(3)] = bytes(chance.randrange(256) for _ in range(chance.randrange(3)))
    read: CensusReturn | None = None
    with contextlib.suppress(Damaged):
        read = read_census(bytes(data))
    assert read is None or all(one.why and one.done and one.rule for one in read.doubts)


_NAMES = st.sampled_from(
    [
        "Child",
        "CINdetails",
        "Section47",
        "Reviews",
        "Sex",
        "UPN",
        "CPPreviewDate",
        "Assessments",
        "Header",
        "ChildIdentifiers",
        "PersonBirthDate",
        "CINreferralDate",
        "Year",
        "ReferenceDate",
        "Disabilities",
        "Odd",
    ]
)
_TEXTS = st.one_of(
    st.text(
        st.characters(codec="utf-8", exclude_characters="<>&", exclude_categories=("Cc", "Cs", "Cn")),
        max_size=12,
    ),
    st.sampled_from(["2022-05-03", "0000-00-00", "99999-01-01", "9999-12-31", "1", "true", "RC2", "UN3"]),
)
_TREES = st.recursive(
    _TEXTS,
    lambda inner: st.lists(st.tuples(_NAMES, inner), max_size=5).map(
        lambda parts: " ".join(f"<{name}>{inside}</{name}>" for name, inside in parts)
    ),
    max_leaves=25,
)


@given(_TREES, _TREES)
@settings(max_examples=150, deadline=None)
def test_elements_in_any_order_are_read_or_reported_and_all_counted(header: str, children: str) -> None:
    data = f"<Message><Header>{header}</Header><Children>{children}</Children></Message>".encode()
    read = read_census(data)
    assert sum(read.counts.values()) == data.count(b"</")
