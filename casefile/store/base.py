"""The declarative base of every table, and the column types both engines share."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Date, DateTime, Dialect, LargeBinary, MetaData, Text, Time, TypeDecorator, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An instant, kept in UTC on both engines; a time without a zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; SQLite keeps it without the zone, which is always UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Back as an aware UTC moment."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


_identity = lru_cache(maxsize=1 << 16)(UUID)
"""The same identities are read again and again (file, author, person), and to make one takes a while."""


class Identity(Uuid[UUID]):
    """An identity: native on PostgreSQL, 32 characters in SQLite."""

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """Back as an identity."""
        native: Any = super().result_processor(dialect, coltype)  # pyright: ignore[reportUnknownVariableType]
        return native if dialect.supports_native_uuid else _read_identity


def _read_identity(value: Any) -> UUID | None:
    return None if value is None else _identity(value)


PlainJson = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""Plain data (the state of a form, a list of codes) on both engines."""


class Base(DeclarativeBase):
    """Every mapped class. ``info={"immutable": True}`` on a table asks for triggers that guard its rows."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 (SQLAlchemy reads it as a class attribute)
        str: Text(),
        date: Date(),
        time: Time(),
        datetime: Moment(),
        UUID: Identity(),
        bytes: LargeBinary(),
        dict[str, Any]: PlainJson,
        list[str]: PlainJson,
        list[dict[str, Any]]: PlainJson,
    }
