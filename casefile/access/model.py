"""Tables of officers, restrictions and broken glass."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from casefile.store.base import Base
from casefile.work.ids import new_id

IMMUTABLE = {"immutable": True}


class Officer(Base):
    """Someone who signs in: police officer or staff.

    Attributes:
        name: The name signed in with, unique without regard to case; as shown, e.g. ``Marsh``.
        number: Warrant or staff number.
        password_hash: argon2id; the password itself is nowhere. "" where a server knows the officer.
        failed, locked_until: Guesses since the last good sign-in, and when the next is allowed. Like the hash, read only
            where somebody signs in: no officer's role on a server may read them.
    """

    __tablename__ = "officer"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    sign_in_name: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    number: Mapped[str] = mapped_column(default="")
    team: Mapped[str] = mapped_column(default="")
    active: Mapped[bool] = mapped_column(default=True)
    password_hash: Mapped[str] = mapped_column(deferred=True, deferred_group="login")
    failed: Mapped[int] = mapped_column(default=0, deferred=True, deferred_group="login")
    locked_until: Mapped[datetime | None] = mapped_column(deferred=True, deferred_group="login")
    created_at: Mapped[datetime]


class Absence(Base):
    """An officer is away: leave, sickness, a course, or has left for good. A later row replaces an earlier one.

    Attributes:
        from_on, until_on: First and last day; None while nobody knows the last.
        known_on: When it was known, so that a past day is replayed fairly.
        kind: Code of the list ``absence_kind``; ``left`` for good, ``no_access`` when an administrator took the right
            to sign in.
        withdrawn: This row says that the one it replaces does not stand, and nothing stands in its place.
    """

    __tablename__ = "officer_absence"
    __table_args__ = ({"info": IMMUTABLE},)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    officer_id: Mapped[UUID] = mapped_column(ForeignKey("officer.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    known_on: Mapped[date]
    kind: Mapped[str]
    note: Mapped[str | None]
    replaces_id: Mapped[UUID | None]
    withdrawn: Mapped[bool] = mapped_column(default=False)
    planned: Mapped[bool] = mapped_column(default=True)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))


class Restriction(Base):
    """A file limited to named readers, or opened again: by whom and why. The latest row counts."""

    __tablename__ = "restriction"
    __table_args__ = ({"info": IMMUTABLE},)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    restricted: Mapped[bool]
    reason: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))


class Reader(Base):
    """Somebody who may read a restricted file: named, or by breaking the glass until a moment.

    Attributes:
        until_at: End of the right; None for a named reader.
        glass_reason: The officer's own words when the glass was broken; None for a named reader.
    """

    __tablename__ = "reader"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), index=True)
    officer_id: Mapped[UUID] = mapped_column(ForeignKey("officer.id"), index=True)
    from_at: Mapped[datetime]
    until_at: Mapped[datetime | None]
    glass_reason: Mapped[str | None]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("officer.id"))
