"""The state of a divider in a sentence: complete, what is missing, or not applicable and who said so."""

from __future__ import annotations

from casefile.files.queries.docket import DividerRow

_MOST = 6
"""Missing things that are named; a longer list is cut with its number."""


def divider_status(row: DividerRow) -> str:
    """The state of a divider as the docket has it, for the index and the head of the divider."""
    if row.mark == "not_applicable":
        return f"Not applicable: {row.said_by}"
    if row.mark == "missing":
        named = "; ".join(one.rstrip(".") for one in row.missing[:_MOST])
        more = f"; and {len(row.missing) - _MOST} more" if len(row.missing) > _MOST else ""
        return f"Missing: {named}{more}."
    return "Complete." if row.mark == "complete" else "Empty."
