"""What goes with a file to its receiver: the checklist as it is on the day it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from casefile.alarms.load import history_of
from casefile.alarms.seen import Seen, seen
from casefile.errors import Fault
from casefile.handover.drawn import drawn, partners
from casefile.handover.forms import CHECKLIST, checklist_faults, proposed
from casefile.handover.items import holder_of
from casefile.handover.meanwhile import meanwhile
from casefile.handover.rows import Block, Line
from casefile.record.handover import HandoverFile
from casefile.record.model import CaseFile
from casefile.sections.values import read_form, to_raw
from casefile.work.unit import Work


def known_today(work: Work, file_id: UUID) -> Seen:
    """The file as police know it today."""
    return seen(history_of(work, file_id), work.today, work.standards)


def blocks_of(work: Work, item: HandoverFile, known: Seen) -> tuple[Block, ...]:
    """Every heading of the checklist as the file says today; of a hand-back what changed meanwhile comes first."""
    return (*meanwhile(work, item, known), *drawn(known))


def form_state(values: Mapping[str, Any] | None, known: Seen) -> Mapping[str, Any]:
    """The state of the form: as typed, or proposed from the file while nobody has typed."""
    return values if values is not None else proposed(partners(known))


def checklist_to_send(work: Work, item: HandoverFile, values: Mapping[str, Any] | None) -> dict[str, Any]:
    """The checklist as it is sent today; nothing keeps it from being sent (:func:`form_faults`)."""
    known = known_today(work, item.file_id)
    reading = read_form(CHECKLIST, form_state(values, known), work.standards)
    said = {
        **to_raw(reading.values),
        **{key: [to_raw(row) for row in rows] for key, rows in reading.groups.items() if rows},
    }
    return {"values": said, "blocks": [_plain(one) for one in blocks_of(work, item, known)]}


def form_faults(work: Work, item: HandoverFile, values: Mapping[str, Any]) -> list[Fault]:
    """What cannot stand in a checklist as typed, or is missing; what the form proposes never is."""
    reading = read_form(CHECKLIST, values, work.standards)
    return reading.faults + checklist_faults(reading.values, item.role)


def no_longer_given(case: CaseFile, item: HandoverFile) -> str | None:
    """Why a file cannot go from its giver any more: closed, or given to somebody else meanwhile."""
    if case.state != "open":
        return "the file was closed meanwhile."
    if item.role != "tasks" and holder_of(case, item.role) != item.from_officer_id:
        return "it was given to somebody else meanwhile."
    return None


def blocks_as_sent(checklist: Mapping[str, Any]) -> tuple[Block, ...]:
    """The headings as they were when it was sent."""
    return tuple(
        Block(
            one["key"],
            one["title"],
            tuple(
                Line(
                    row["text"],
                    date.fromisoformat(row["on"]) if row.get("on") else None,
                    bool(row.get("late")),
                    UUID(row["entry"]) if row.get("entry") else None,
                )
                for row in one["lines"]
            ),
            one["nothing"],
        )
        for one in checklist.get("blocks", ())
    )


def _plain(block: Block) -> dict[str, Any]:
    return {
        "key": block.key,
        "title": block.title,
        "nothing": block.nothing,
        "lines": [
            {
                "text": one.text,
                **({"on": one.on.isoformat()} if one.on else {}),
                **({"late": True} if one.late else {}),
                **({"entry": str(one.entry_id)} if one.entry_id else {}),
            }
            for one in block.lines
        ],
    }
