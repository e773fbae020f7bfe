"""Why a file was given to whom: the decision with the suggestion as it was shown, kept for good."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from casefile.access.visibility import OfFile
from casefile.record.model import IMMUTABLE
from casefile.store.base import Base
from casefile.work.ids import new_id


class AllocationDecision(OfFile, Base):
    """A supervisor gave a file to somebody, for a reason, with candidates and their points before them.

    Attributes:
        role: Code of ``allocation_role``.
        officer_id: To whom.
        from_officer_id: Who held it before; None where nobody did.
        place: The place of the chosen among those suggested, from 1; None where they were not suggested.
        suggested: The candidates as shown, best first: names, points before and after, score and reasons.
        plan: Reference of the plan of many moves that it belongs to; "" for a file given by itself.
        reason: Why, in the supervisor's words.
    """

    __tablename__ = "allocation_decision"
    __table_args__ = ({"info": IMMUTABLE},)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    role: Mapped[str]
    officer_id: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))
    from_officer_id: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"))
    place: Mapped[int | None]
    suggested: Mapped[dict[str, Any]]
    plan: Mapped[str]
    reason: Mapped[str]
    decided_on: Mapped[date]
    decided_at: Mapped[datetime]
    decided_by: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))
