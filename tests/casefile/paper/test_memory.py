"""Memory that does not grow with the pages: a long file costs no more room than a short one."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from io import RawIOBase

import pytest

from casefile.paper.model_file import PrintedFile, lay_model_file
from tests.casefile.paper import invented


class Nowhere(RawIOBase):
    """A stream that counts and keeps nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.size += len(data)
        return len(data)


def peak(file: PrintedFile) -> tuple[int, int]:
    """Pages, and the most memory in bytes that the print had at once."""
    tracemalloc.start()
    try:
        pages = lay_model_file(file, Nowhere(), invented.imprint())  # type: ignore[arg-type]
        return pages, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_thousand_pages_take_hardly_more_memory_than_a_hundred() -> None:
    peak(invented.family(records=20))  # fonts are read once
    short_pages, short = peak(invented.family(records=100, chronology=500))
    long_pages, long = peak(invented.family(records=2600, chronology=5000))
    assert long_pages >= 1000 > 10 * short_pages * 0.5
    assert long < 2 * short


def test_ten_megabytes_of_text_in_one_field_print_in_flat_memory() -> None:
    sentence = "The child was seen alone and spoke of school and of the dog. "
    text = sentence * (10_000_000 // len(sentence))
    record = replace(invented.visit(1), fields=(("Account", text),))
    file = invented.family(chronology=1)
    whole = replace(file, dividers=(replace(file.dividers[0], records=(record,)),))
    _, small = peak(invented.family(records=20))
    pages, most = peak(whole)
    assert pages > 1000
    assert most < 3 * small


pytestmark = pytest.mark.slow
