"""The form of a checklist: what only the officer can say; everything else is drawn from the file. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from casefile.errors import Fault
from casefile.record.described import Description, FieldKind, FieldSpec, GroupSpec

IN_CHARGE = "officer"
"""The role in which a file is handed over with a word on the children's safety."""

CHECKLIST = Description(
    "handover",
    "handover",
    "Checklist",
    "What the receiver must know that the file does not say. What the file says is drawn from it above.",
    (
        FieldSpec(
            "safe",
            "Is every child safe now?",
            FieldKind.CODE,
            "Your own judgement today. “Not known” is an answer.",
            codes="handover_safe",
            asked=True,
        ),
        FieldSpec("safe_words", "What that rests on", FieldKind.PROSE, "Needed unless the answer is yes."),
        FieldSpec("worry", "What worries you", FieldKind.PROSE, "What you would say if you sat together."),
        FieldSpec("notebooks", "Notebooks and papers not on the file", FieldKind.LINE, "Which, and where."),
    ),
    (
        GroupSpec(
            "corrections",
            "Corrections to what the file says",
            "HandoverCorrection",
            (
                FieldSpec("heading", "Heading", FieldKind.CODE, codes="handover_heading", needed=True),
                FieldSpec("says", "What is wrong or missing there", FieldKind.LINE, needed=True),
            ),
            "Correct the record itself too where you can.",
        ),
        GroupSpec(
            "promises",
            "Promises to child and family",
            "HandoverPromise",
            (
                FieldSpec("who", "To whom", FieldKind.LINE, needed=True),
                FieldSpec("what", "What was promised", FieldKind.LINE, needed=True),
                FieldSpec("by_on", "By", FieldKind.DATE),
                FieldSpec("told_by", "Who tells them of the change", FieldKind.LINE),
            ),
            "Each becomes a task of the receiver.",
        ),
        GroupSpec(
            "tell",
            "Partners to be told",
            "HandoverTell",
            (
                FieldSpec("agency", "Agency", FieldKind.CODE, codes="agency"),
                FieldSpec("whom", "Whom", FieldKind.LINE, needed=True),
            ),
            "Each becomes a task of the receiver. Passwords are never passed on.",
        ),
    ),
)
"""The form of one file of a hand-over."""


def checklist_faults(values: Mapping[str, Any], role: str) -> list[Fault]:
    """What keeps a checklist from being sent."""
    if role != IN_CHARGE:
        return []
    safe = values.get("safe")
    if safe is None:
        return [Fault("safe", "Say whether every child is safe now; “Not known” is an answer.")]
    if safe != "yes" and not str(values.get("safe_words") or "").strip():
        return [Fault("safe_words", "Say what that rests on, and what is being done.")]
    return []


def proposed(partners: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The state of a form nobody has touched: the partners of the file stand in it, to be struck out or kept."""
    rows = [{"agency": agency, "whom": whom} if agency else {"whom": whom} for agency, whom in partners]
    return {"tell": rows} if rows else {}
