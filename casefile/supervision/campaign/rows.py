"""What queries of campaigns hand over: frozen rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from casefile.record.described import Description
from casefile.record.drafting import FormState
from casefile.supervision.campaign.forms import Question


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """A campaign as one line.

    Attributes:
        files, answered: Files this officer may see, and how many of them are answered.
        restricted: Files that are asked about and that this officer may not see.
        mine: Files that this officer has still to answer.
        late: Whether its day has passed with files outstanding.
    """

    id: UUID
    reference: str
    title: str
    occasion: str
    due_on: date
    begun_on: date
    begun_by: str
    files: int
    answered: int
    restricted: int
    mine: int
    late: bool
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class AskedFile:
    """A file of a campaign: who is to answer, and what was answered.

    Attributes:
        id: Of the file in the campaign; answers go by it.
        state: ``answered``, ``due`` or ``late``; ``not answered`` once the campaign has ended.
        answers: By key of the question: a code, or words; comments under the key that ends in ``_comment``.
        reason: Why the answer was put right, if it was.
    """

    id: UUID
    file_id: UUID
    reference: str
    family_name: str
    reviewer_id: UUID
    reviewer: str
    state: str
    answered_on: date | None
    answered_by: str
    answers: Mapping[str, Any]
    reason: str


@dataclass(frozen=True, slots=True)
class Share:
    """What one reviewer has done of their files: answered, outstanding, and how many of those are late."""

    reviewer: str
    answered: int
    outstanding: int
    late: int


@dataclass(frozen=True, slots=True)
class Tally:
    """The answers to one question: how many of each code, or how many in words."""

    question: Question
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """A whole campaign as this officer may see it.

    Attributes:
        criteria: What files it asks about, in words: label and value.
        ended_by, findings: "" while it goes on.
    """

    row: CampaignRow
    why: str
    reviewers: str
    criteria: tuple[tuple[str, str], ...]
    questions: tuple[Question, ...]
    files: tuple[AskedFile, ...]
    shares: tuple[Share, ...]
    tallies: tuple[Tally, ...]
    ended_by: str
    findings: str


@dataclass(frozen=True, slots=True)
class OwedAnswer:
    """A file that an officer has still to answer for; ``days_late`` in calendar days, 0 while it is in time."""

    id: UUID
    campaign_id: UUID
    title: str
    file_id: UUID
    reference: str
    family_name: str
    due_on: date
    days_late: int


@dataclass(frozen=True, slots=True)
class FormToFill:
    """A form of a campaign: its description, the state it stands in, and how often it was saved.

    Attributes:
        asked: The file it is about; None for a campaign to begin.
        again: Whether the file was answered already, so that a reason is needed.
        state: The form as it is kept; None while nothing was typed.
    """

    description: Description
    values: Mapping[str, Any]
    revision: int
    saved_at: datetime | None
    asked: AskedFile | None = None
    again: bool = False
    state: FormState | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """A file that fits the criteria of a campaign not yet begun."""

    file_id: UUID
    reference: str
    family_name: str
    reviewer: str


@dataclass(frozen=True, slots=True)
class Fitting:
    """The files that fit, as this officer may see them, and how many more are restricted."""

    files: tuple[Fit, ...] = field(default=())
    restricted: int = 0
