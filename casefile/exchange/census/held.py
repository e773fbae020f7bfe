"""What the store already holds of an authority's returns, by the keys of the return."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from casefile.record.closed import closed_keys
from casefile.record.model import CaseFile, SourceRef
from casefile.work.pieces import in_pieces


@dataclass(frozen=True, slots=True)
class HeldRef:
    """One record that came from a return.

    Attributes:
        record_id: The person, fact or entry thread it became.
        stated: Digest of what the return last said.
        stated_on: Reference date of that return.
    """

    record_id: UUID
    file_id: UUID
    stated: str
    stated_on: date | None


class HeldReturn:
    """Everything held under one authority's scheme, read at once and kept up to date while importing."""

    def __init__(self, session: Session, scheme: str) -> None:
        """Read it whole, restricted files too: a child must not be brought in twice because a file is closed to us."""
        self._session = session
        self._scheme = scheme
        table = SourceRef.__table__
        rows = session.execute(
            select(table.c.key, table.c.record_id, table.c.file_id, table.c.stated, table.c.stated_on).where(
                table.c.scheme == scheme
            )
        )
        self._refs = {row[0]: HeldRef(row[1], row[2], row[3], row[4]) for row in rows}
        self._new: list[dict[str, object]] = []
        self._by_child: dict[str, list[str]] = {}
        for key in self._refs:
            self._by_child.setdefault("/".join(key.split("/")[:2]), []).append(key)
        self._readable = self._read_readable({one.file_id for one in self._refs.values()})

    def look_for(self, keys: Collection[str]) -> None:
        """Ask of these keys whether files that a server hides hold them; on one machine they were read already."""
        for key, file_id in closed_keys(self._session, self._scheme, keys).items():
            self._refs[key] = HeldRef(file_id, file_id, "", None)

    def get(self, key: str) -> HeldRef | None:
        """What is held under a key, or None."""
        return self._refs.get(key)

    def keys_of(self, child_key: str) -> tuple[str, ...]:
        """Every key held of one child, its own first."""
        return tuple(
            key
            for key in self._by_child.get(child_key, ())
            if key == child_key or key.startswith(f"{child_key}/")
        )

    def may_read(self, file_id: UUID) -> bool:
        """Whether the officer may see that file; files of this import always."""
        return file_id in self._readable

    def look_at(self, files: Iterable[UUID]) -> None:
        """Ask for more files whether the officer may see them."""
        self._readable |= self._read_readable(set(files) - self._readable)

    def add(self, key: str, ref: HeldRef) -> None:
        """Note a new record; written with the others of the child by :meth:`flush`."""
        self._readable.add(ref.file_id)
        self._refs[key] = ref
        self._new.append(
            {
                "scheme": self._scheme,
                "key": key,
                "record_id": ref.record_id,
                "file_id": ref.file_id,
                "stated": ref.stated,
                "stated_on": ref.stated_on,
            }
        )

    def restate(self, key: str, stated: str, stated_on: date | None, record_id: UUID | None = None) -> None:
        """Note that a return states a held record anew (or the same on a later day)."""
        ref = self._refs[key]
        self._refs[key] = replace(
            ref, stated=stated, stated_on=stated_on, record_id=record_id or ref.record_id
        )
        self._session.execute(
            update(SourceRef.__table__)  # type: ignore[arg-type]
            .where(SourceRef.scheme == self._scheme, SourceRef.key == key)
            .values(stated=stated, stated_on=stated_on, record_id=self._refs[key].record_id)
        )

    def flush(self) -> None:
        """Write what was added."""
        if self._new:
            self._session.execute(insert(SourceRef.__table__), self._new)  # type: ignore[arg-type]
            self._new = []

    def _read_readable(self, files: Iterable[UUID]) -> set[UUID]:
        found: set[UUID] = set()
        for some in in_pieces(files):
            found.update(self._session.scalars(select(CaseFile.id).where(CaseFile.id.in_(some))))
        return found
