"""Files to ask about: a handful, each with something that one view finds and another does not. Today is 2 November 2026."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from casefile.ask.queries import ask
from casefile.ask.rows import Answer
from casefile.ask.views import load_views
from casefile.desk import Desk
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import allocate, open_file
from casefile.files.actions.people import add_person, record_fact
from casefile.standards import library
from tests.conftest import officer_of

VIEWS = load_views(library(), ())


def put(desk: Desk, file_id: UUID, name: str, role: str, born: str = "", **more: Mapping[str, Any]) -> UUID:
    """A person of a file."""
    given, _, family = name.rpartition(" ")
    facts: dict[str, Mapping[str, Any]] = {
        "name": {"kind": "legal", "given": given, "family": family},
        "involvement": {"role": role},
        **more,
    }
    if born:
        facts["birth"] = {"born_on": born, "precision": "exact"}
    return desk.do(add_person, file_id, facts).result


def say(desk: Desk, file_id: UUID, section: str, day: str, *concerns: UUID, **values: Any) -> UUID:
    """A signed record, known to police on the day it happened."""
    said = {"happened_on": day, "known_on": day, "concerns": [str(one) for one in concerns], **values}
    return desk.do(record_entry, file_id, section, said).result.thread_id


def seen(desk: Desk, file_id: UUID, day: str, *whom: UUID, how: str = "with_others", **more: Any) -> UUID:
    """A visit that saw a child."""
    return say(
        desk, file_id, "contact", day, *whom, kind="visit_announced", by_whom="A worker", child_seen=how, note="At home.",
        **more,
    )  # fmt: skip


def referred(desk: Desk, file_id: UUID, day: str, source: str, **more: Any) -> UUID:
    """A referral to police, decided and answered at once."""
    values = {"decision": "strategy", "decided_on": day, "feedback": "given", "feedback_on": day, **more}
    return say(desk, file_id, "referral", day, direction="in", source=source, **values)


def open_files(sergeant: Desk, constable: Desk) -> dict[str, UUID]:
    """The files by reference."""
    made = {
        name: sergeant.do(open_file, name, date(2024, 1, 8)).result for name in ("F-1", "F-2", "F-3", "F-4")
    }
    for name in ("F-1", "F-2"):
        sergeant.do(allocate, made[name], "officer", officer_of(constable), date(2024, 1, 8))
        sergeant.do(allocate, made[name], "supervisor", officer_of(sergeant), date(2024, 1, 8))
    return made


def rows(found: Answer, column: str) -> list[str]:
    """The words of one column."""
    place = [one.key for one in found.columns].index(column)
    return [one.cells[place] for one in found.rows]


def asking(desk: Desk, key: str, column: str = "file", as_of: date | None = None, **given: str) -> list[str]:
    """The words of one column of a view that ships."""
    return rows(desk.read(ask, VIEWS.called(key), given, as_of=as_of), column)


def also_in(desk: Desk, file_id: UUID, person_id: UUID, role: str) -> None:
    """The same record stands in another file."""
    desk.do(record_fact, file_id, person_id, "involvement", {"role": role})


def reviewed(desk: Desk, file_id: UUID, day: str) -> UUID:
    """A supervisor's note."""
    return say(
        desk, file_id, "supervision", day, kind="scheduled", supervisor="DS Okafor", risk_right=True, child_seen=True,
        review_on="2026-12-01", note="Reviewed.", level="high", challenge_needed=False,
        directions=[{"what": "Ask the school", "owed_by": "police", "owner": "DC Marsh", "due_on": "2026-10-26"}],
    )  # fmt: skip
