"""Lists on paper: a heading never stands alone at the foot of a page."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from casefile.paper.listed import PrintedList, lay_list
from casefile.paper.model_file import PrintedTable
from casefile.paper.rows import Column
from casefile.paper.sheet import Imprint

COLUMNS = (Column("What", 60), Column("When", 40))
IMPRINT = Imprint(
    "OFFICIAL-SENSITIVE", "F-1", "Ashdown family", "DS Okafor", datetime(2026, 11, 2, 9, tzinfo=UTC), 1
)


@pytest.mark.parametrize("rows", range(26, 30))
def test_a_heading_is_followed_by_what_it_names(rows: int) -> None:
    tables = (
        PrintedTable("first", "Reviews", COLUMNS, tuple(("Held", str(at)) for at in range(rows))),
        PrintedTable("second", "Directions", COLUMNS, (("Ask the school", "6 November 2026"),)),
    )
    stream = io.BytesIO()
    lay_list(PrintedList("Supervision history", (("File", "F-1"),), tables), stream, IMPRINT)
    pages = [page.extract_text() for page in PdfReader(stream).pages]
    (held,) = [page for page in pages if "Directions" in page]
    assert "Ask the school" in held
