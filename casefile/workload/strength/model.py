"""Tables of planned strength: scenarios while they are worked on, and what was adopted, which stands for good."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from casefile.record.model import IMMUTABLE
from casefile.store.base import Base
from casefile.work.ids import new_id


class StrengthScenario(Base):
    """A scenario of planned strength as it is worked on.

    Attributes:
        name_key: The name without regard to case: two scenarios never share one.
        year_until: Last day of the year whose volumes it plans with.
        copied_from: Name of the scenario it was copied from.
        values: What it assumes, as plain data (``casefile.workload.strength.assumed``).
        revision: Counts every save; a save that names an older one is a conflict.
    """

    __tablename__ = "strength_scenario"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(unique=True)
    year_until: Mapped[date]
    copied_from: Mapped[str]
    values: Mapped[dict[str, Any]] = mapped_column("assumed")
    revision: Mapped[int] = mapped_column(default=1)
    made_on: Mapped[date]
    saved_at: Mapped[datetime]
    saved_by: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))


class StrengthAdoption(Base):
    """A scenario as it was adopted, by whom and why. The latest adoption is the planned strength in force."""

    __tablename__ = "strength_adoption"
    __table_args__ = ({"info": IMMUTABLE},)

    scenario_id: Mapped[UUID] = mapped_column(ForeignKey("strength_scenario.id"), primary_key=True)
    name: Mapped[str]
    year_until: Mapped[date]
    values: Mapped[dict[str, Any]] = mapped_column("assumed")
    reason: Mapped[str]
    adopted_on: Mapped[date]
    adopted_at: Mapped[datetime]
    adopted_by: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))
