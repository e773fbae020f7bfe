"""The supervision history of one file on paper."""

from __future__ import annotations

import io
from uuid import UUID

from casefile.audit.recipient import recipient_of
from casefile.paper.listed import PrintedList, lay_list
from casefile.paper.model_file import PrintedTable
from casefile.paper.rows import Column
from casefile.paper.sheet import Imprint
from casefile.record.dates import long_date, short_date
from casefile.store.counters import next_number
from casefile.supervision.history import DirectionGiven, History, ReviewHeld, supervision_history
from casefile.work.door import action, query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

MARKING = "OFFICIAL-SENSITIVE"


@action(needs=Permission.DISCLOSE, logs=Logged.DISCLOSURE)
def print_supervision(work: Work, file_id: UUID, recipient: str) -> bytes:
    """Print how a file was supervised, as a numbered copy.

    Raises:
        Invalid: Nobody is named to receive the copy.
    """
    whom = recipient_of(recipient)
    history = supervision_history(work, file_id)
    number = next_number(work.session, f"copy/supervision/{file_id}")
    work.disclosed_to(whom)
    work.note(copy=number)
    return _printed(work, history, number)


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def preview_supervision(work: Work, file_id: UUID) -> bytes:
    """Look at the pages of a supervision history; every page says that it is no copy."""
    return _printed(work, supervision_history(work, file_id), None)


def _printed(work: Work, history: History, copy: int | None) -> bytes:
    stream = io.BytesIO()
    family = f"{history.family_name} family" if history.family_name else "Family not named"
    imprint = Imprint(MARKING, history.reference, family, work.actor.name, work.now, copy)
    tables = (
        _reviews(history), _directions(history), _challenges(history), _returned(history), _accepted(history),
        _given(history),
    )  # fmt: skip
    listed = PrintedList("Supervision history", _about(history), tables)
    work.note(pages=lay_list(listed, stream, imprint, work.progress))
    return stream.getvalue()


def _about(history: History) -> tuple[tuple[str, str], ...]:
    late = sum(
        one.due_on is not None and one.on is not None and one.on > one.due_on for one in history.reviews
    )
    undone = [one for one in history.directions if one.ended_on is None]
    owed = "; ".join(
        f"{one.title.lower()} by {long_date(one.due_on)}"
        + (f", {one.days_late} days late" if one.days_late else "")
        for one in history.owed
        if one.due_on
    )
    return (
        ("File", f"{history.reference}, {history.family_name or 'family not named'}"),
        ("Reviews", f"{len(history.reviews)}, {late} held after their day"),
        ("Owed now", f"{owed[:1].upper()}{owed[1:]}" if owed else "No review is owed"),
        ("Directions", f"{len(history.directions)}, {len(undone)} not yet carried out" if history.directions else "None"),
    )  # fmt: skip


def _reviews(history: History) -> PrintedTable:
    columns = (
        Column("Review", 20),
        Column("The child", 28),
        Column("Risk", 20),
        Column("Decision, with reasons", 32),
    )
    return PrintedTable("reviews", "Reviews", columns, tuple(_review(one) for one in history.reviews))


def _review(one: ReviewHeld) -> tuple[str, ...]:
    held = f"{short_date(one.on) or 'not dated'}: {one.kind}, {one.by}."
    if one.due_on and one.on:
        days = (one.on - one.due_on).days
        unit = "day" if days == 1 else "days"
        held += f" Due {short_date(one.due_on)}" + (f", {days} {unit} late." if days > 0 else ".")
    right = {True: "right", False: "not right", None: "not said whether right"}[one.risk_right]
    risk = f"{one.level or 'No level given'}, {right}. {one.risk_why}".strip()
    after = f" Next by {short_date(one.next_by)}." if one.next_by else ""
    child = " ".join(part for part in (one.safety, one.voice) if part) or "Nothing is said of the child."
    return held, child, risk, f"{one.decision}{after}"


def _directions(history: History) -> PrintedTable:
    columns = (
        Column("Given", 22),
        Column("What", 40),
        Column("Owner", 16),
        Column("Due", 10),
        Column("What became of it", 12),
    )
    return PrintedTable(
        "directions", "Directions", columns, tuple(_direction(one) for one in history.directions)
    )


def _direction(one: DirectionGiven) -> tuple[str, ...]:
    unit = "day" if one.days_late == 1 else "days"
    late = f", {one.days_late} {unit} late" if one.days_late else ""
    became = f"{one.state} {short_date(one.ended_on)}{late}" if one.ended_on else f"open{late}"
    return (
        f"{short_date(one.given_on)}, {one.by}",
        one.what,
        one.owner,
        short_date(one.due_on) or "no date",
        became,
    )


def _challenges(history: History) -> PrintedTable:
    columns = (Column("Raised", 15), Column("Challenge", 70), Column("Ended", 15))
    rows = tuple(
        (short_date(one.raised_on) or "not dated", one.summary, short_date(one.ended_on) or "open")
        for one in history.challenges
    )
    return PrintedTable("challenges", "Challenges", columns, rows)


def _returned(history: History) -> PrintedTable:
    columns = (Column("Entry", 28), Column("Returned", 36), Column("What was said to it", 36))
    rows = tuple(
        (
            f"{one.entry}, version {one.returned.remark.version}",
            f"{one.returned.remark.by}, {short_date(one.returned.remark.recorded_at.date())}: {one.returned.remark.says}",
            " ".join(
                f"{reply.what.value.capitalize()} by {reply.by}, {short_date(reply.recorded_at.date())}"
                + (f": {reply.says}" if reply.says else ".")
                for reply in one.returned.replies
            )
            or "Not answered.",
        )
        for one in history.returned
    )
    return PrintedTable("returned", "Work returned", columns, rows)


def _accepted(history: History) -> PrintedTable:
    columns = (Column("Alarm", 34), Column("Accepted", 26), Column("Why", 40))
    rows = tuple(
        (one.title, f"{one.by}, {short_date(one.from_on)} to {short_date(one.until_on)}", one.reason)
        for one in history.accepted
    )
    return PrintedTable("accepted", "Alarms accepted", columns, rows)


def _given(history: History) -> PrintedTable:
    columns = (Column("Given", 24), Column("To", 30), Column("Why", 46))
    rows = tuple(
        (
            f"{short_date(one.on)}, {one.by}",
            f"{one.to} as {one.role.lower()}"
            + (f", before {one.was_with}" if one.was_with else "")
            + (f"; number {one.place} of those suggested" if one.place else "; not among those suggested"),
            one.reason,
        )
        for one in history.given
    )
    return PrintedTable("given", "Given to whom, and why", columns, rows, "No decision is kept.")
