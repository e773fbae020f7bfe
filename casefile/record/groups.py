"""Rows that several sections share: who attended, what was to be done, what was shown."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped

from casefile.record.described import FieldKind, field
from casefile.record.facts import EntryFact
from casefile.record.model import Row

_DECIDED = ("directions", "actions", "lines_open")
"""Groups of entries that hold actions."""


class Attendee(Row):
    """Someone invited to a meeting: attended, sent apologies, sent a report, or neither."""

    __tablename__ = "row_attendee"

    name: Mapped[str | None] = field("Name", needed=True)
    agency: Mapped[str | None] = field("Agency", codes="agency")
    role: Mapped[str | None] = field("Role or rank")
    attendance: Mapped[str | None] = field("Attendance", codes="attendance")
    report_sent_on: Mapped[date | None] = field("Report sent")


class Action(Row):
    """Something decided, with who owes it and by when. Each becomes a task."""

    __tablename__ = "row_action"

    what: Mapped[str | None] = field("What is to be done", needed=True)
    owed_by: Mapped[str | None] = field("By whom (agency)", codes="agency")
    owner: Mapped[str | None] = field("Name of the owner")
    officer_id: Mapped[UUID | None] = field("Officer", kind=FieldKind.OFFICER)
    due_on: Mapped[date | None] = field("By when")
    action_state: Mapped[str | None] = field("State", codes="plan_action_state")
    done_on: Mapped[date | None] = field("Done on")


def owner_named(entry: EntryFact | None, what: str) -> str:
    """Whom an entry names as the owner of what is to be done; "" where it names nobody."""
    if entry is None:
        return ""
    rows = (row for key in _DECIDED for row in entry.rows(key) if row.get("what") == what)
    return str(next((row["owner"] for row in rows if row.get("owner")), ""))
