"""Hand-overs of a file as JSON: out of the store with every word, and in again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select

from casefile.exchange.json_file.ground import Ground
from casefile.exchange.json_file.named import Named, moment, plain, without_empty
from casefile.exchange.json_file.shape import HandedIn, HandoverIn, HandoverWordIn
from casefile.record.handover import Handover, HandoverFile, HandoverMark, HandoverWord
from casefile.work.unit import Work

_OFFICERS = {"receiver": "receiver_id", "interim": "interim_id", "approved_by": "approved_by"}
"""Whom a word may name: key in JSON, column."""


def handed_out(work: Work, named: Named, file_id: UUID) -> list[dict[str, Any]]:
    """Every hand-over that the file was part of, in order."""
    rows = work.session.execute(
        select(HandoverFile, Handover)
        .join(Handover, Handover.id == HandoverFile.handover_id)
        .where(HandoverFile.file_id == file_id)
        .order_by(Handover.begun_at, HandoverFile.id)
    ).all()
    return [_item(work, named, item, handover) for item, handover in rows]


def _item(work: Work, named: Named, item: HandoverFile, handover: Handover) -> dict[str, Any]:
    words = work.session.scalars(
        select(HandoverWord).where(HandoverWord.handover_file_id == item.id).order_by(HandoverWord.number)
    ).all()
    return without_empty(
        {
            "key": str(item.id),
            "role": item.role,
            "given_by": named.name(item.from_officer_id),
            "undoes": item.origin_id and str(item.origin_id),
            "handover": _handover(work, named, handover),
            "words": [_word(named, one) for one in words],
        }
    )


def _handover(work: Work, named: Named, one: Handover) -> dict[str, Any]:
    marks = work.session.scalars(
        select(HandoverMark).where(HandoverMark.handover_id == one.id).order_by(HandoverMark.id)
    ).all()
    return {
        "key": str(one.id),
        "reference": one.reference,
        "kind": one.kind,
        "officer": named.name(one.officer_id),
        "planned": one.planned,
        "reason": one.reason,
        "begins_on": one.begins_on.isoformat(),
        "begun_on": one.begun_on.isoformat(),
        "recorded_at": moment(one.begun_at),
        "recorded_by": named.name(one.begun_by),
        "marks": [
            {
                "key": str(mark.id),
                "what": mark.what,
                "said": mark.said,
                "happened_on": mark.happened_on.isoformat(),
                **named.said(mark),
            }
            for mark in marks
        ],
    }


def _word(named: Named, row: HandoverWord) -> dict[str, Any]:
    officers = {key: getattr(row, column) for key, column in _OFFICERS.items()}
    return without_empty(
        {
            "key": str(row.id),
            "what": row.what,
            "happened_on": row.happened_on.isoformat(),
            **named.said(row),
            "said": row.said,
            **{key: one and named.name(one) for key, one in officers.items()},
            "until_on": plain(row.until_on),
            "checklist": _ordered(row.checklist),
        }
    )


def _ordered(what: Any) -> Any:
    """In one order: the engines keep plain data in different ones."""
    if isinstance(what, dict):
        return {key: _ordered(what[key]) for key in sorted(what)}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if isinstance(what, list):
        return [_ordered(one) for one in what]  # pyright: ignore[reportUnknownVariableType]
    return what


def add_handovers(ground: Ground) -> None:
    """Write the hand-overs of the file that the store does not hold."""
    for place, one in enumerate(ground.read.handovers):
        at = f"$.handovers[{place}]"
        handover_id = _add_handover(ground, one.handover, f"{at}.handover")
        item_id = ground.keys.of(one.key)
        row: dict[str, Any] = {
            "id": item_id,
            "handover_id": handover_id,
            "file_id": ground.file_id,
            "role": one.role,
            "from_officer_id": ground.officer(one.given_by, f"{at}.given_by"),
            "origin_id": ground.keys.of(one.undoes) if one.undoes else None,
        }
        ground.put(HandoverFile, "hand-overs", row, at)
        _add_words(ground, one, item_id, at)


def _add_handover(ground: Ground, one: HandoverIn, at: str) -> UUID:
    """The hand-over itself, once for all its files."""
    handover_id = ground.keys.of(one.key)
    session = ground.work.session
    if session.execute(select(Handover.id).where(Handover.id == handover_id)).first() is None:
        row = one.model_dump(include={"kind", "planned", "reason", "begins_on", "begun_on"})
        row |= {
            "id": handover_id,
            "reference": _free(ground.work, one.reference, handover_id),
            "officer_id": ground.officer(one.officer, f"{at}.officer"),
            "begun_at": one.recorded_at or ground.work.now,
            "begun_by": ground.officer(one.recorded_by, f"{at}.recorded_by"),
        }
        if not ground.faults:
            session.execute(insert(Handover.__table__), row)  # type: ignore[arg-type]
    for place, mark in enumerate(one.marks):
        mark_id = ground.keys.for_part(mark, mark.key, "mark", handover_id)
        held = session.execute(select(HandoverMark.id).where(HandoverMark.id == mark_id)).first()
        row = mark.model_dump(include={"what", "said", "happened_on"})
        row |= {
            "id": mark_id,
            "handover_id": handover_id,
            **ground.said(mark, f"{at}.marks[{place}]"),
        }
        if held is None and not ground.faults:
            session.execute(insert(HandoverMark.__table__), row)  # type: ignore[arg-type]
    return handover_id


def _free(work: Work, reference: str, handover_id: UUID) -> str:
    """The reference, told apart where the store gave it to another hand-over."""
    taken = select(Handover.id).where(func.lower(Handover.reference) == reference.lower())
    return (
        f"{reference} ({str(handover_id)[-6:]})"
        if work.session.execute(taken).first() is not None
        else reference
    )


def _add_words(ground: Ground, one: HandedIn, item_id: UUID, at: str) -> None:
    for number, word in enumerate(one.words, start=1):
        here = f"{at}.words[{number - 1}]"
        if word.what == "excepted" and not (word.until_on and word.interim and word.approved_by):
            ground.fault(here, "an exception names its last day, who looks after the file and who approved")
        row = {
            **word.model_dump(include={"what", "happened_on", "said", "until_on", "checklist"}),
            **_named_in(ground, word, here),
            "id": ground.keys.for_part(word, word.key, "hand-over word", item_id, number),
            "handover_file_id": item_id,
            "file_id": ground.file_id,
            "number": number,
            **ground.said(word, here),
        }
        ground.put(HandoverWord, "words on hand-overs", row, here)


def _named_in(ground: Ground, word: HandoverWordIn, at: str) -> dict[str, UUID | None]:
    found: dict[str, UUID | None] = {}
    for key, column in _OFFICERS.items():
        name: str | None = getattr(word, key)
        found[column] = ground.officer(name, f"{at}.{key}") if name else None
    return found
