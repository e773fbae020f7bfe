"""Docket indexes for tests, as CSV and XLSX bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

SAMPLE = Path(__file__).parents[1] / "resources" / "samples" / "docket" / "docket-index.xlsx"
HEADINGS = (
    "Docket No",
    "Surname",
    "Child",
    "DOB",
    "Sex",
    "Address",
    "Mother",
    "OIC",
    "Category",
    "Plan date",
    "Box",
)
ROW = ("W/1", "Ashby", "Kim", "14/03/2019", "F", "4 Mill Lane, LK1 2AB", "Jo Ashby (1/2/1990)", "DC Marsh", "Neglect",
       "10/02/2026", "7")  # fmt: skip


def as_csv(*rows: Sequence[str], headings: Sequence[str] = HEADINGS, delimiter: str = ",") -> bytes:
    """A CSV of these rows."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([headings, *rows])
    return out.getvalue().encode()


def as_xlsx(*rows: Sequence[Any], headings: Sequence[Any] = HEADINGS, sheet: str = "Index") -> bytes:
    """A workbook of one sheet with these rows."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in (headings, *rows):
        page.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def row(**changed: str) -> tuple[str, ...]:
    """The usual row with some cells changed, by ``ref``, ``family``, ``child`` …"""
    places = ("ref", "family", "child", "dob", "sex", "address", "mother", "oic", "category", "plan", "box")
    return tuple(changed.get(place, usual) for place, usual in zip(places, ROW, strict=True))
