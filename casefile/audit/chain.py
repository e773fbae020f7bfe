"""The hash chain: what a log row's digest covers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

GENESIS = "0" * 64
"""Digest before the first row."""

STORED, READING = "stored", "reading"
"""Details that a shared store adds: what the database saw change, and the row of the reading that it belongs to."""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """The content of one log row, before it has its place in the chain.

    Attributes:
        category: One of ``casefile.work.names.Logged``.
        act: Name of the action or query, e.g. ``record.sign_entry``.
        outcome: ``done``, ``refused`` or ``failed``.
        files, people: Whose record it concerns.
        details: Facts without case content: counts, references, recipient of a disclosure.
    """

    at: datetime
    officer_id: UUID | None
    officer: str
    role: str
    category: str
    act: str
    outcome: str
    reason: str | None = None
    files: tuple[UUID, ...] = ()
    people: tuple[UUID, ...] = ()
    details: Mapping[str, str | int] = field(default_factory=dict[str, str | int])


def told(entry: LogEntry) -> dict[str, Any]:
    """What a row holds, as plain data: the content of the digest but for the row's place."""
    return {
        "at": entry.at.isoformat(),
        "officer_id": str(entry.officer_id) if entry.officer_id else None,
        "officer": entry.officer,
        "role": entry.role,
        "category": entry.category,
        "act": entry.act,
        "outcome": entry.outcome,
        "reason": entry.reason,
        "files": [str(one) for one in entry.files],
        "people": [str(one) for one in entry.people],
        "details": dict(entry.details),
    }


def digest_of(content: Mapping[str, Any], seq: int, previous: str) -> str:
    """SHA-256 over the row's place, the digest before it and every fact it holds."""
    placed = json.dumps(
        {"seq": seq, "previous": previous, **content},
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(placed.encode()).hexdigest()


def digest(entry: LogEntry, seq: int, previous: str) -> str:
    """The digest of *entry* at its place in the chain."""
    return digest_of(told(entry), seq, previous)
