"""Tables of the staff record: terms of service over time, accreditations, conflicts of interest.

Dated rows that are never changed: a later row puts an earlier one right or ends it. How somebody stands on a day is
read in ``casefile.access.staffing``.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from casefile.access.model import IMMUTABLE
from casefile.store.base import Base
from casefile.work.ids import new_id


class StaffTerms(Base):
    """What of an officer's terms of service changes from a day on; a column that is empty stays as it was.

    Attributes:
        from_on: First day of the change; of two rows with the same day the later one counts.
        known_on: When it was known, so that a past day is replayed fairly.
        role, team, number: As the officer's own row says them now.
        fte: Hundredths of full time.
        probation_until: Last day of probation; a day that is past ends it.
        post: Post of the establishment, code of the list ``staff_post``.
        areas: Boroughs or areas they cover.
    """

    __tablename__ = "staff_terms"
    __table_args__ = ({"info": IMMUTABLE},)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    officer_id: Mapped[UUID] = mapped_column(ForeignKey("officer.id"), index=True)
    from_on: Mapped[date]
    known_on: Mapped[date]
    role: Mapped[str | None]
    team: Mapped[str | None]
    number: Mapped[str | None]
    fte: Mapped[int | None]
    probation_until: Mapped[date | None]
    post: Mapped[str | None]
    areas: Mapped[list[str] | None]
    note: Mapped[str | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))


class StaffAccreditation(Base):
    """A course or accreditation that an officer holds, or that was put right or taken away.

    Attributes:
        kind: Code of the list ``accreditation``.
        granted_on, expires_on: First and last day; None where it does not expire.
        evidence: What shows it: a certificate, a course list.
        replaces_id: The row that this one puts right or ends.
        withdrawn_on: First day on which it stands no more; the day it was granted where it never stood.
        reason: Why it was put right or withdrawn.
    """

    __tablename__ = "staff_accreditation"
    __table_args__ = ({"info": IMMUTABLE},)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    officer_id: Mapped[UUID] = mapped_column(ForeignKey("officer.id"), index=True)
    kind: Mapped[str]
    granted_on: Mapped[date]
    expires_on: Mapped[date | None]
    evidence: Mapped[str]
    known_on: Mapped[date]
    replaces_id: Mapped[UUID | None]
    withdrawn_on: Mapped[date | None]
    reason: Mapped[str | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))


class StaffConflict(Base):
    """A conflict of interest that an officer or a supervisor declared: with a file, a family or a person, in words.

    Attributes:
        file_id: The file; None where the conflict is with somebody whom no file is about.
        words: With whom and why, e.g. ``The mother is my cousin``.
        ended_on: First day on which it stands no more.
        replaces_id: The row that this one ends or puts right.
    """

    __tablename__ = "staff_conflict"
    __table_args__ = ({"info": IMMUTABLE},)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    officer_id: Mapped[UUID] = mapped_column(ForeignKey("officer.id"), index=True)
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("case_file.id"), index=True)
    words: Mapped[str]
    from_on: Mapped[date]
    known_on: Mapped[date]
    ended_on: Mapped[date | None]
    replaces_id: Mapped[UUID | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))
