"""Remarks on entries in the JSON of a case file: out, and back in as they were."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casefile.exchange.json_file.ground import Ground
from casefile.record.model import Entry
from casefile.record.remark_rows import Remark, remarks_of
from casefile.record.remarks import STANDS_ALONE, Said
from casefile.work.unit import Work


def remarks_out(work: Work, file_id: UUID, name: Callable[[UUID], str]) -> list[dict[str, Any]]:
    """Every remark of a file, in the order they were made; *name* gives an officer's name in the format."""
    found: list[dict[str, Any]] = []
    for one in remarks_of(work.session, file_id):
        said: dict[str, Any] = {
            "key": str(one.id),
            "entry": str(one.thread_id),
            "version": one.version,
            "what": one.what.value,
            "says": one.says,
            "answers": str(one.answers_id) if one.answers_id else None,
            "recorded_at": one.recorded_at.astimezone(UTC).isoformat(),
            "recorded_by": name(one.by_id),
        }
        found.append({key: value for key, value in said.items() if value not in (None, "")})
    return found


def remarks_in(ground: Ground) -> None:
    """Write the remarks that the store does not hold; what was returned before what is said to it."""
    returned = {
        ground.keys.of(one.key)
        for one in ground.read.remarks
        if one.key is not None and one.what == Said.RETURNED.value
    }
    places = sorted(enumerate(ground.read.remarks), key=lambda one: one[1].answers is not None)
    for place, one in places:
        at = f"$.remarks[{place}]"
        entry_id = _version(ground, ground.keys.of(one.entry), one.version)
        if entry_id is None:
            ground.fault(f"{at}.entry", f"there is no version {one.version} of such an entry")
            continue
        answers = ground.keys.of(one.answers) if one.answers else None
        replies = one.what not in STANDS_ALONE
        if replies is not (answers is not None) or (answers is not None and answers not in returned):
            ground.fault(
                f"{at}.answers", "a reply names what was returned in this file, and nothing else does"
            )
            continue
        row = {
            "id": ground.keys.for_part(one, one.key, "remark"),
            "file_id": ground.file_id,
            "thread_id": ground.keys.of(one.entry),
            "entry_id": entry_id,
            "what": one.what,
            "says": one.says.replace("\x00", ""),
            "answers_id": answers,
            **ground.said(one, at),
        }
        ground.put(Remark, "remarks", row, at)


def _version(ground: Ground, thread_id: UUID, version: int) -> UUID | None:
    table = Entry.__table__.c
    wanted = select(table.id).where(
        table.thread_id == thread_id, table.version == version, table.file_id == ground.file_id
    )
    return ground.work.session.execute(wanted).scalar()
