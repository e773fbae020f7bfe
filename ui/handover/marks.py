"""How hand-overs, their files and absences are said: words, a shape and a tone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from casefile.handover.absence import AbsenceRow
from casefile.handover.rows import HandoverRow, ItemRow, OutstandingRow
from casefile.record.dates import long_date, short_date
from casefile.record.handing import Step
from casefile.standards import Library
from ui.widgets.lists import Item

KINDS = {"hand_over": "Hand-over", "hand_back": "Hand-back"}
_BRIEF = {
    Step.DRAFTED: "To be sent",
    Step.SENT: "Waits",
    Step.ASKED: "Asks back",
    Step.REFUSED: "Refused",
    Step.ACCEPTED: "Accepted {day}",
    Step.WITHDRAWN: "Taken back",
    Step.STAYS: "Stays",
}
_SHORT = {"Choose a receiver": "no receiver", "Say whether every child": "safe now?"}
_COUNTS = (
    ("drafted", "to be sent"),
    ("sent", "waiting"),
    ("asked", "asked back"),
    ("refused", "refused"),
    ("withdrawn", "taken back"),
    ("accepted", "accepted"),
    ("excepted", "excepted"),
    ("stays", "to stay"),
    ("overtaken", "given away meanwhile"),
)


def stands(
    one: ItemRow, wants: Sequence[str] | None, me: UUID | None, *, brief: bool = False
) -> tuple[str, str]:
    """How a file of a hand-over stands, for the officer who reads it, and the tone of it.

    Args:
        wants: What still keeps it from being sent; None where it is not to be sent.
        brief: The receiver stands beside it and need not be named.
    """
    state = _BRIEF[one.step].format(day=short_date(one.since)) if brief and _plain(one) else one.state
    if one.settled:
        done = one.step is Step.ACCEPTED and not one.overtaken
        return state, "done" if done else "accent" if one.exception_until else "plain"
    late = "danger" if one.late else ""
    if one.step.waits_for_receiver:
        if one.receiver_id != me:
            return state, late or ("late" if one.step is Step.ASKED else "due")
        if one.step is Step.ASKED:
            return "You asked back", late or "due"
        read = "checklist" in one.opened
        return ("For you, read" if read else "For you, not read yet"), late or "accent"
    before = f"{state}. " if one.step is not Step.DRAFTED or one.exception_until else ""
    if wants is None:
        return state, late or "plain"
    if not wants:
        return f"{before}Ready to be sent", late or "accent"
    said = ", ".join(_short(one) for one in wants)
    return f"{before}{said[:1].upper()}{said[1:]}", late or ("late" if before else "plain")


def _short(want: str) -> str:
    """What keeps a file, in two words where it is one of the usual things; the sentence stands beside."""
    return next((words for start, words in _SHORT.items() if want.startswith(start)), want)


def _plain(one: ItemRow) -> bool:
    """Whether nothing but its step is to be said of it."""
    return one.exception_until is None and not one.overtaken


def family(one: ItemRow | OutstandingRow) -> str:
    """The family and the reference of a file."""
    return f"{one.family_name.upper() if one.family_name else 'Family not named'}  {one.reference}"


def why_away(row: HandoverRow, library: Library) -> str:
    """Why files move: the absence and its days, or the reason given."""
    if row.kind == "hand_back":
        return f"back from {long_date(row.begins_on)}"
    if not row.absence_kind:
        return row.reason
    until = f" to {long_date(row.until_on)}" if row.until_on else ", no end known"
    kind = library.codes("absence_kind").label(row.absence_kind)
    said = f"{kind}, {long_date(row.begins_on)}{until}"
    return f"{said}. {row.reason}" if row.reason else said


def counted(row: HandoverRow) -> str:
    """How far a hand-over is: files by how they stand."""
    parts = [f"{row.counts[key]} {words}" for key, words in _COUNTS if row.counts.get(key)]
    hidden = f"{row.restricted} restricted, not shown" if row.restricted else ""
    return ", ".join([*parts, *([hidden] if hidden else [])]) or "No file may be shown"


def handover_item(row: HandoverRow, library: Library) -> Item:
    """A hand-over in a list."""
    if row.ended:
        mark = f"signed {short_date(row.signed_on)}" if row.signed_on else "ended"
        tone = "done" if row.signed_on else "plain"
    elif row.files and row.settled == row.files:
        mark, tone = "to be signed", "accent"
    else:
        mark = f"{'late since' if row.late else 'by'} {short_date(row.begins_on)}"
        tone = "danger" if row.late else "due"
    title = (
        f"{row.officer}  {row.reference}"
        if row.kind == "hand_over"
        else f"{row.officer} is back  {row.reference}"
    )
    return Item(title, f"{why_away(row, library)} · {counted(row)}", mark, tone, row.id)


def absence_item(one: AbsenceRow, today: date, library: Library) -> Item:
    """An absence in a list: who, which days, why where that may be known, and whether a hand-over is asked for."""
    kind = library.codes("absence_kind").label(one.kind) if one.kind else "Away"
    until = f" to {short_date(one.until_on)}" if one.until_on else ", no end known"
    over = one.until_on is not None and one.until_on < today
    if one.needs_from is None or over:
        mark, tone = "", "plain"
    else:
        begun = one.needs_from <= today
        mark = "hand-over asked for" if begun else f"hand-over by {short_date(one.needs_from)}"
        tone = "plain" if begun else "due"
    said = f"{kind}, {short_date(one.from_on)}{until}"
    return Item(one.officer, said, mark, tone, one, one.note, heavy=True)


def outstanding_item(one: OutstandingRow) -> Item:
    """Something that wants the supervisor: what, why, and since when."""
    title = family(one) if one.file_id else one.officer
    mark = f"since {short_date(one.from_on)}" if one.late else f"by {short_date(one.from_on)}"
    said = one.sentence
    if one.file_id and one.officer and one.why != "no_owner":
        said = f"From {one.officer}. {said}"
    return Item(title, said, mark, "danger" if one.late else "due", one, heavy=True)
