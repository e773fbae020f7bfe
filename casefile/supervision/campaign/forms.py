"""The forms of a campaign, described as every other record is: what begins one, and the answers about a file. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from casefile.errors import Fault
from casefile.record.described import Description, FieldKind, FieldSpec, GroupSpec

COMMENT = "_comment"
"""How the key of the comment on an answer ends."""
TO_EXPLAIN = ("no", "partial")
"""Answers that say nothing without a comment."""

BEGIN = Description(
    "campaign",
    "campaign",
    "Campaign",
    "Chosen files are looked at again by a day, each with the same questions.",
    (
        FieldSpec("title", "Title", FieldKind.LINE, "No names of children: it stands in lists.", needed=True),
        FieldSpec("occasion", "Occasion", FieldKind.CODE, codes="campaign_occasion", needed=True),
        FieldSpec("due_on", "To be answered by", FieldKind.DATE, needed=True),
        FieldSpec(
            "why", "Why", FieldKind.PROSE, "What happened, and what must be known of every file.", needed=True
        ),
        FieldSpec("by", "Who reviews each file", FieldKind.CODE, codes="campaign_reviewer", needed=True),
        FieldSpec("risk", "Level of risk", FieldKind.CODES, "None chosen: every level.", codes="risk_level"),
        FieldSpec(
            "plan", "Plan", FieldKind.CODE, "Left empty: with a plan or without.", codes="campaign_plan"
        ),
        FieldSpec("category", "Category of the plan", FieldKind.CODES, codes="abuse_category"),
        FieldSpec("town", "Borough or town", FieldKind.LINE, "Where somebody of the family lives now."),
        FieldSpec("team", "Team", FieldKind.LINE, "Of the file’s officer or supervisor."),
        FieldSpec("officer_id", "Officer of the file", FieldKind.OFFICER),
        FieldSpec("supervisor_id", "Supervisor of the file", FieldKind.OFFICER),
        FieldSpec("opened_before", "Opened before", FieldKind.DATE),
        FieldSpec("youngest_under", "Youngest under, in years", FieldKind.NUMBER, "An unborn child counts."),
        FieldSpec("holds", "Holds a record of", FieldKind.CODE, codes="campaign_section"),
        FieldSpec("closed_too", "Closed files too", FieldKind.YES_NO),
    ),
    (
        GroupSpec(
            "questions",
            "Questions",
            "CampaignQuestion",
            (
                FieldSpec("question", "Question", FieldKind.LINE, needed=True),
                FieldSpec("answer", "Answered by", FieldKind.CODE, codes="campaign_question", needed=True),
            ),
            "The same for every file.",
            needed=True,
        ),
        GroupSpec(
            "reviewers",
            "Named officers",
            "CampaignReviewer",
            (FieldSpec("officer_id", "Officer", FieldKind.OFFICER, needed=True),),
            "Only where named officers review: the files go to them in turn.",
        ),
    ),
)
"""The form that begins a campaign."""

CRITERIA = (
    "risk", "plan", "category", "town", "team", "officer_id", "supervisor_id", "opened_before", "youngest_under",
    "holds", "closed_too",
)  # fmt: skip
"""Fields of that form that choose files."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a campaign: its key in the answers, its words, and whether it is answered in words alone."""

    key: str
    words: str
    in_words: bool


def questions(asked: Mapping[str, Any]) -> tuple[Question, ...]:
    """The questions of a campaign, from its form as it was begun."""
    rows: Iterable[Mapping[str, Any]] = asked.get("questions") or ()
    return tuple(
        Question(f"q{place}", str(row["question"]), row["answer"] == "text")
        for place, row in enumerate(rows, start=1)
    )


def answering(title: str, asked: tuple[Question, ...]) -> Description:
    """The form of the answers about one file."""
    fields: list[FieldSpec] = []
    for one in asked:
        if one.in_words:
            fields.append(FieldSpec(one.key, one.words, FieldKind.PROSE, needed=True))
            continue
        fields.append(FieldSpec(one.key, one.words, FieldKind.CODE, codes="campaign_answer", needed=True))
        fields.append(
            FieldSpec(
                f"{one.key}{COMMENT}", "Comment", FieldKind.PROSE, "Needed where the answer is no or partial."
            )
        )
    return Description("campaign_answer", "campaign", title, "The answers about one file.", tuple(fields))


def begin_faults(
    values: Mapping[str, Any], reviewers: Iterable[Mapping[str, Any]], today: date
) -> list[Fault]:
    """What cannot stand together in the form that begins a campaign."""
    found: list[Fault] = []
    due = values.get("due_on")
    if due is not None and due < today:
        found.append(Fault("due_on", "That day has passed."))
    if values.get("by") == "named" and not list(reviewers):
        found.append(Fault("reviewers", "Name the officers who review."))
    if (under := values.get("youngest_under")) is not None and not 0 < under <= 18:
        found.append(Fault("youngest_under", "Give an age from 1 to 18 years."))
    return found


def answer_faults(values: Mapping[str, Any], asked: tuple[Question, ...]) -> list[Fault]:
    """Answers that need a comment and have none."""
    return [
        Fault(f"{one.key}{COMMENT}", "Say what is missing.")
        for one in asked
        if values.get(one.key) in TO_EXPLAIN and not str(values.get(f"{one.key}{COMMENT}") or "").strip()
    ]
