"""The table of all timescales in ``docs/standards.md``, written from the data itself."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from casefile.standards.load import Library
from casefile.standards.model import Timescale

PAGE = Path(__file__).resolve().parents[2] / "docs" / "standards.md"
BEGIN = "<!-- timescales: written by python -m casefile.standards -->"
END = "<!-- end of timescales -->"


def timescale_table(library: Library) -> str:
    """All limits as Markdown; versions that differ only by their edition share a row."""
    rows = ["| id | What is owed | Clock starts | Limit | In force | Owed by | Source | Confidence |"]
    rows.append("|---|---|---|---|---|---|---|---|")
    for _, versions in groupby(library.timescales, key=_same):
        rows.append(_row(list(versions), library))
    return "\n".join(rows)


def with_table(page: str, library: Library) -> str:
    """The page with its table written anew between the two marks."""
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    return f"{before}{BEGIN}\n{timescale_table(library)}\n{END}{after}"


def _same(scale: Timescale) -> tuple[str, str, str, str, str, str]:
    return (scale.id, scale.name, scale.trigger, scale.words, scale.owed_by, scale.note)


def _row(versions: list[Timescale], library: Library) -> str:
    first, last = versions[0], versions[-1]
    if len(versions) > 1:
        source = f"{first.source}; the same in {', '.join(one.standard_key for one in versions[1:])}"
    else:
        source = first.source
    cells = (
        first.id,
        first.name,
        first.trigger,
        first.words + (" (first day counts)" if first.day_rule == "inclusive" else ""),
        f"{first.from_on or '…'} to {last.until_on or '…'}",
        library.codes("agency").label(first.owed_by),
        source + (f". {first.note}" if first.note else ""),
        first.confidence,
    )
    return "| " + " | ".join(cells) + " |"
