"""Writing a signed version of an entry: the base row, its section's row, its groups, whom it concerns."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from casefile.record.described import FieldKind, FieldSpec, group_classes
from casefile.record.facts import EntryFact
from casefile.record.model import Entry, EntryPerson, EntryThread
from casefile.record.worded import Of, Words, keep_words, no_longer_latest, number
from casefile.sections.base import Section, describe
from casefile.sections.values import to_raw
from casefile.standards import Library
from casefile.store.lean import Put

_ENTRY, _THREAD, _CONCERNS = (Put(one.__table__) for one in (Entry, EntryThread, EntryPerson))
COMMON = ("happened_on", "happened_at", "known_on", "concerns")


def digest_of(fact: EntryFact) -> str:
    """SHA-256 over everything that was signed: who, when, which version, every value."""
    content = {
        "id": str(fact.id),
        "file": str(fact.file_id),
        "thread": str(fact.thread_id),
        "version": fact.version,
        "section": fact.section,
        "happened_on": _plain(fact.happened_on),
        "happened_at": _plain(fact.happened_at),
        "known_on": _plain(fact.known_on),
        "recorded_at": _plain(fact.recorded_at),
        "author": str(fact.author_id),
        "reason": fact.reason,
        "marking": fact.marking,
        "origin": fact.origin,
        "values": to_raw(fact.values),
        "groups": {key: [to_raw(row) for row in rows] for key, rows in fact.groups.items() if rows},
        "doubts": {key: [one.stated, one.why] for key, one in fact.doubts.items()},
        "concerns": sorted(str(one) for one in fact.concerns),
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def write(session: Session, section: type[Section], fact: EntryFact, library: Library) -> None:
    """Write one signed version; its summary and search text are drawn from the description."""
    head, body = search_text(section, fact, library)
    text = f"{head}\n{body}" if body else head
    base = {
        "id": fact.id,
        "file_id": fact.file_id,
        "thread_id": fact.thread_id,
        "version": fact.version,
        "section": fact.section,
        "happened_on": fact.happened_on,
        "happened_at": fact.happened_at,
        "known_on": fact.known_on,
        "recorded_at": fact.recorded_at,
        "author_id": fact.author_id,
        "reason": fact.reason,
        "marking": fact.marking,
        "origin": fact.origin,
        "summary": fact.summary,
        "text": text,
        "doubts": {key: {"stated": one.stated, "why": one.why} for key, one in fact.doubts.items()},
        "digest": fact.digest,
    }
    _ENTRY.rows(session, [base])
    own = {key: value for key, value in fact.values.items() if key not in COMMON}
    _put(section).rows(session, [{**_nothing(section), **own, "id": fact.id}])
    for key, declared in group_classes(section).items():
        if rows := fact.rows(key):
            session.execute(
                insert(declared.row),
                [
                    {"entry_id": fact.id, "group": key, "position": place, **row}
                    for place, row in enumerate(rows)
                ],
            )
    _CONCERNS.rows(session, [{"entry_id": fact.id, "person_id": one} for one in dict.fromkeys(fact.concerns)])
    _point(session, fact)
    keep_words(session, [words_in(section, fact, library)])


@cache
def _put(section: type[Section]) -> Put:
    return Put(section.__table__)


@cache
def _nothing(section: type[Section]) -> Mapping[str, None]:
    """A row of a section that says nothing."""
    return dict.fromkeys(section.__table__.c.keys())


def words_in(section: type[Section], fact: EntryFact, library: Library) -> Words:
    """The words of a signed version, to be searched."""
    head, body = search_text(section, fact, library)
    return Words(
        Of.ENTRY, fact.id, fact.file_id, fact.happened_on or fact.known_on, head, body, fact.section, fact.author_id,
        agencies_of(section, fact), latest=fact.version == fact.versions,
    )  # fmt: skip


def _point(session: Session, fact: EntryFact) -> None:
    if fact.version == 1:
        first = {
            "id": fact.thread_id,
            "file_id": fact.file_id,
            "section": fact.section,
            "latest_id": fact.id,
            "versions": 1,
        }
        _THREAD.rows(session, [first])
    else:
        before = session.execute(
            select(Entry.id, Entry.happened_on, Entry.known_on)
            .select_from(Entry)
            .join(EntryThread, EntryThread.latest_id == Entry.id)
            .where(EntryThread.id == fact.thread_id)
        ).first()
        if before is not None:
            no_longer_latest(
                session, number(Of.ENTRY, before.id, fact.file_id, before.happened_on or before.known_on)
            )
        session.execute(
            update(EntryThread)
            .where(EntryThread.id == fact.thread_id)
            .values(latest_id=fact.id, versions=fact.version)
        )


def words_of(library: Library) -> Any:
    """``words(code_list, code)``: the label of a code, or the code itself if the list has none."""

    def words(code_list: str, code: str) -> str:
        return library.codes(code_list).label(code) if code else ""

    return words


def search_text(section: type[Section], fact: EntryFact, library: Library) -> tuple[str, str]:
    """Plain text of everything the entry says, codes in words, for search: its heading, and the rest."""
    description = describe(section)
    parts = _said(description.fields, fact.values, library)
    for group in description.groups:
        for row in fact.rows(group.key):
            parts += _said(group.fields, row, library)
    parts += [doubt.stated for doubt in fact.doubts.values() if doubt.stated]
    return "\n".join(one for one in (description.title, fact.summary) if one), "\n".join(filter(None, parts))


def agencies_of(section: type[Section], fact: EntryFact) -> frozenset[str]:
    """Codes of the agencies that an entry names."""
    description = describe(section)
    found = [fact.values.get(spec.key) for spec in description.fields if spec.codes == "agency"]
    for group in description.groups:
        keys = [spec.key for spec in group.fields if spec.codes == "agency"]
        found += [row.get(key) for row in fact.rows(group.key) for key in keys]
    return frozenset(str(one) for one in found if one and isinstance(one, str))


def _said(fields: tuple[FieldSpec, ...], values: Mapping[str, Any], library: Library) -> list[str]:
    said: list[str] = []
    for spec in fields:
        value = values.get(spec.key)
        if value in (None, [], ()):
            continue
        if spec.kind in (FieldKind.LINE, FieldKind.PROSE):
            said.append(str(value))
        elif spec.kind is FieldKind.CODE and spec.codes:
            said.append(library.codes(spec.codes).label(value))
        elif spec.kind is FieldKind.CODES and spec.codes:
            said += [library.codes(spec.codes).label(one) for one in value]
    return said


def _plain(value: date | time | datetime | None) -> str | None:
    return value.isoformat() if value is not None else None
