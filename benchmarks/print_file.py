"""Printing, per page, beside reportlab drawing flowables prepared beforehand; and the memory of a short and a long print."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer

from benchmarks.measure import Figure, seconds
from casefile.paper.model_file import lay_model_file
from tests.casefile.paper import invented

ROOT = Path(__file__).resolve().parents[1]
RECORDS = 1250
RUNS = 3


def figures() -> list[Figure]:
    """Measure some 500 pages."""
    pages = 0
    ours: list[float] = []
    least: list[float] = []

    def print_it() -> None:
        nonlocal pages
        file = invented.family(records=RECORDS, chronology=2 * RECORDS)
        pages = lay_model_file(file, io.BytesIO(), invented.imprint())

    print_it()
    style = ParagraphStyle("plain", fontName="Helvetica", fontSize=9, leading=13)
    file = invented.family(records=RECORDS, chronology=1)
    words = [value for divider in file.dividers for record in divider.records for _, value in record.fields]
    for _ in range(RUNS):
        flowables: list[Flowable] = [
            part for value in words for part in (Paragraph(str(value), style), Spacer(1, 6))
        ]
        drawn = SimpleDocTemplate(io.BytesIO())
        least.append(
            seconds(lambda drawn=drawn, flowables=flowables: drawn.build(flowables)) / max(drawn.page, 1)
        )
        ours.append(seconds(print_it) / pages)
    note = f"{pages:,} pages; {_memory()}"
    return [
        Figure(
            "Print, per page",
            "reportlab drawing prepared paragraphs, per page",
            1.3,
            tuple(ours),
            tuple(least),
            note=note,
        )
    ]


def _memory() -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.casefile.paper.measure", "records", "250", "2500"],
        cwd=ROOT, capture_output=True, check=True, text=True,
    )  # fmt: skip
    (few, short), (many, long) = json.loads(done.stdout)
    return f"peak memory {short // 1024} MB after {few} pages, {long // 1024} MB after {many:,}"
