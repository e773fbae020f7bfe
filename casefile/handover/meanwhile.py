"""What changed in a file while somebody else held it, for whoever comes back; and since a checklist was sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from casefile.alarms.seen import Seen
from casefile.alarms.told import day_of
from casefile.handover.reach import words_of
from casefile.handover.rows import Block, Line
from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.record.handing import standing
from casefile.record.handover import HandoverFile
from casefile.record.task import TaskState
from casefile.sections import SECTIONS
from casefile.work.unit import LONDON, Work


def meanwhile(work: Work, item: HandoverFile, known: Seen) -> tuple[Block, ...]:
    """Of a hand-back: everything recorded since the receiver accepted, and what was promised then; else nothing."""
    if item.origin_id is None:
        return ()
    words = words_of(work, [item.origin_id], with_checklists=True)[item.origin_id]
    accepted = next((one for one in reversed(words) if one.what == "accepted"), None)
    if accepted is None:
        return ()
    sent = standing(words, accepted.on).sent
    promises = (sent.checklist or {}).get("values", {}).get("promises", ()) if sent else ()
    promised = tuple(
        Line(f"Promised before the hand-over: {one.get('who')}, {one.get('what')}.") for one in promises
    )
    lines = (*recorded_since(known, accepted.at), *_done_since(known, accepted.at), *promised)
    title = known.library.codes("handover_heading").label("changed")
    since = f"Nothing was recorded since {long_date(accepted.on)}."
    return (Block("changed", title, lines, since),)


def recorded_since(known: Seen, since: datetime) -> tuple[Line, ...]:
    """Entries signed or amended after a moment, the newest first."""
    found = [one for one in known.entries if one.recorded_at > since]
    ordered = sorted(found, key=lambda one: one.recorded_at, reverse=True)
    return tuple(Line(_told(one), day_of(one), entry_id=one.id) for one in ordered)


def _told(entry: EntryFact) -> str:
    title = SECTIONS[entry.section].title
    summary = entry.summary.rstrip(".") or title
    named = summary if summary.startswith(title) else f"{title}: {summary}"
    amended = f" Amended: {entry.reason}" if entry.version > 1 and entry.reason else ""
    return f"{named}.{amended}"


def _done_since(known: Seen, since: datetime) -> Iterable[Line]:
    """Tasks that ended after a moment."""
    day = since.astimezone(LONDON).date()
    words = {TaskState.DONE: "Done", TaskState.WAIVED: "Waived", TaskState.CEASED: "Fell away"}
    for one in known.owed():
        if one.ended_on is not None and day < one.ended_on <= known.known_by and one.state in words:
            yield Line(f"{words[one.state]}: {one.title}.", one.ended_on, entry_id=one.entry_id)
