"""Memory that does not grow with the pages: a long file takes hardly more room than a short one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("resource", reason="peak memory of a process is asked of the operating system")

ROOT = Path(__file__).parents[3]
MEGABYTE = 1024
"""In KiB, as the operating system counts."""


def measured(kind: str, *sizes: int) -> list[list[int]]:
    """Pages and peak memory (KiB) after each print, in a process of its own."""
    command = [sys.executable, "-m", "tests.casefile.paper.measure", kind, *map(str, sizes)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    return json.loads(done.stdout)


@pytest.mark.slow
def test_a_thousand_pages_take_hardly_more_memory_than_a_hundred() -> None:
    (short_pages, short), (long_pages, long) = measured("records", 250, 2500)
    assert long_pages >= 1000 > 7 * short_pages
    assert long - short < 12 * MEGABYTE


@pytest.mark.slow
def test_ten_megabytes_of_text_in_one_field_take_little_more_than_the_text_itself() -> None:
    (_, short), (pages, long) = measured("field", 300_000, 10_000_000)
    assert pages > 2000
    assert long - short < 40 * MEGABYTE
