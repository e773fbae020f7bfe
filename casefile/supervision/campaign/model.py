"""Tables of campaigns: what was asked of which files by whom, and the answers. All but the drafts stand for good."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casefile.access.visibility import OfFile
from casefile.record.drafting import KeptForm
from casefile.store.base import Base
from casefile.work.ids import new_id

IMMUTABLE = {"immutable": True}


class Campaign(Base):
    """A re-review of chosen files, as it was begun.

    Attributes:
        reference: As people say it, e.g. ``R-2026-01``.
        asked: The form as it was filled in: criteria, who reviews, and the questions.
        due_on: Last day on which every file should be answered.
    """

    __tablename__ = "campaign"
    __table_args__ = ({"info": IMMUTABLE},)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    asked: Mapped[dict[str, Any]]
    due_on: Mapped[date]
    begun_on: Mapped[date]
    begun_at: Mapped[datetime]
    begun_by: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))


class CampaignFile(OfFile, Base):
    """A file that a campaign asks about, and who is to answer; fixed when the campaign begins."""

    __tablename__ = "campaign_file"
    __table_args__ = (UniqueConstraint("campaign_id", "file_id"), {"info": IMMUTABLE})

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id"))
    file_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    reviewer_id: Mapped[UUID] = mapped_column(ForeignKey("officer.id"), index=True)


class CampaignAnswer(OfFile, Base):
    """What a reviewer answered about a file; a later row puts it right and says why."""

    __tablename__ = "campaign_answer"
    __table_args__ = ({"info": IMMUTABLE},)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_file_id: Mapped[UUID] = mapped_column(ForeignKey("campaign_file.id"), index=True)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    answers: Mapped[dict[str, Any]]
    reason: Mapped[str | None]
    answered_on: Mapped[date]
    answered_at: Mapped[datetime]
    answered_by: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))


class CampaignEnd(Base):
    """The end of a campaign, with what was found."""

    __tablename__ = "campaign_end"
    __table_args__ = ({"info": IMMUTABLE},)

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    findings: Mapped[str]
    ended_on: Mapped[date]
    ended_at: Mapped[datetime]
    ended_by: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))


class CampaignDraft(KeptForm, Base):
    """A form as typed: of a campaign to begin (no file), or of the answers about one file."""

    __tablename__ = "campaign_draft"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    officer_id: Mapped[UUID] = mapped_column(ForeignKey("officer.id"), index=True)
    campaign_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("campaign_file.id"))
