"""The state of a divider in a sentence: complete, how much is missing, or not applicable and who said so."""

from __future__ import annotations

from casefile.files.queries.docket import DividerRow


def divider_status(row: DividerRow) -> str:
    """The state of a divider as the docket has it, for the index and the head of the divider."""
    if row.mark == "not_applicable":
        return f"Not applicable: {row.said_by}"
    if row.mark == "missing":
        count = len(row.missing)
        return f"Missing: {count} thing{'s' if count != 1 else ''}."
    return "Complete." if row.mark == "complete" else "Empty: nothing is filed here."
