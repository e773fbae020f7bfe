"""Large stores for measuring, made from a fixed seed through the same rules that real files go through."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from casefile.alarms.model import Alarm
from casefile.alarms.refresh import RISK_ORDER, refresh_file
from casefile.files.actions.entries import sign
from casefile.files.actions.files import new_file
from casefile.files.actions.people import new_person, put_fact
from casefile.record.model import CaseFile
from casefile.sections.refresh import refresh_people
from casefile.store.engine import Store
from casefile.work.door import Declared
from casefile.work.ids import new_id
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

SEED = 2007
TODAY = date(2026, 11, 2)
KINDS = (
    ("child_not_seen", "danger"),
    ("unverified_adult", "danger"),
    ("medical_report_late", "late"),
    ("minutes_missing", "late"),
    ("plan_action_undelivered", "late"),
)
NAMES = (
    "Ashdown",
    "Brierley",
    "Chaudhry",
    "Dunmore",
    "Ekwueme",
    "Fairhurst",
    "Garrity",
    "Holloway",
    "Ibrahim",
    "Jessop",
)
TOWNS = ("Sefton", "Marlow", "Thirsk", "Redhill", "Barton", "Selby", "Wembury", "Kelso")
SENTENCES = (
    "Seen alone at school; she spoke of home, the dog and the man upstairs.",
    "The house was warm and there was food in the cupboard.",
    "Mother was calm and let us look into every room.",
    "He did not answer the door; the neighbour had seen nobody since Friday.",
)


def _long_file(work: Work, entries: int) -> UUID:
    """Write one family with so many entries: visits, core groups, discussions, reviews of risk."""
    chance = random.Random(SEED)
    began = work.today - timedelta(days=1500)
    file_id = new_file(work, f"F-LONG-{entries}", began)
    people = [_person(work, file_id, role, began) for role in ("subject", "subject", "mother", "partner")]
    for number in range(entries):
        day = began + timedelta(days=number * 1490 // entries)
        section, values = _entry(chance, number, day)
        sign(work, file_id, section, {**values, "happened_on": day.isoformat(), "known_on": day.isoformat(),
                                      "concerns": [str(people[0])]})  # fmt: skip
    refresh_people(work, people)
    refresh_file(work, file_id)
    return file_id


long_file = Declared(
    _long_file,
    "benchmarks.long_file",
    Permission.KEEP_FILES,
    Logged.COLLECTION,
    False,
    True,
    "Write a family.",
)
"""The same at the desk; not in the registry, which says what the program can do."""


def many_files(store: Store, count: int, supervisors: Sequence[UUID] = ()) -> None:
    """Add so many files to the list, as rows only: what lists and the queue read of a file stands in its own row.

    Every fifth file has alarms; the first supervisor has 150 files, the others share the rest.
    """
    chance = random.Random(SEED)
    rows: list[dict[str, Any]] = []
    alarms: list[dict[str, Any]] = []
    for number in range(count):
        row = _row(chance, number)
        if supervisors:
            row["supervisor_id"] = (
                supervisors[0] if number % (count // 150) == 0 else chance.choice(supervisors[1:])
            )
        if number % 5 == 0:
            alarms += _alarms(chance, row)
        days = (row[key] for key in ("danger_on", "late_on", "review_due"))
        row["risk_order"] = RISK_ORDER.get(row["risk_level"], 0)
        row["waits_from"] = min(day for day in days if day is not None)
        rows.append(row)
    with store.writing() as session:
        session.execute(insert(CaseFile), rows)
        session.execute(insert(Alarm), alarms)
    if store.kind == "shared":  # as a server does by itself soon after so much was written
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")


def _row(chance: random.Random, number: int) -> dict[str, Any]:
    name, town = chance.choice(NAMES), chance.choice(TOWNS)
    reference = f"F-B-{number:06d}"
    return {
        "id": new_id(), "reference": reference, "opened_on": TODAY - timedelta(days=chance.randrange(2000)),
        "recorded_at": datetime(2026, 11, 2, 9, tzinfo=UTC), "family_name": name, "children": chance.randrange(1, 5),
        "risk_level": chance.choice(("high", "medium", "standard")), "state": "open",
        "next_due": TODAY + timedelta(days=chance.randrange(-20, 60)),
        "review_due": TODAY + timedelta(days=chance.randrange(-3, 28)),
        "find_text": f"{reference} {name} {town} {number} mill lane".lower(),
        "danger_on": None, "late_on": None, "inspector_on": None, "superintendent_on": None, "supervisor_id": None,
    }  # fmt: skip


def _alarms(chance: random.Random, row: dict[str, Any]) -> list[dict[str, Any]]:
    """A few alarms of one file, and the days in its row that they set."""
    found: list[dict[str, Any]] = []
    for key, severity in chance.sample(KINDS, chance.randrange(1, 5)):
        began = TODAY - timedelta(days=chance.randrange(60))
        column = f"{severity}_on"
        row[column] = min(row[column] or began, began)
        row["inspector_on"] = min(row["inspector_on"] or began, began + timedelta(days=14))
        found.append(
            {
                "id": new_id(), "file_id": row["id"], "alarm": key, "about": "file", "severity": severity,
                "gravity": 0 if severity == "danger" else 1, "told": "sergeant", "began_on": began, "ended_on": None,
                "goes_up_on": began + timedelta(days=14), "then_told": "inspector", "because": "Something, {n} late.",
                "brief": "something {n} late", "since": began, "unit": "working days", "entry_id": None,
                "accepted_until": None,
            }
        )  # fmt: skip
    return found


def _person(work: Work, file_id: UUID, role: str, day: date) -> UUID:
    person = new_person(work)
    known = {"known_on": day.isoformat(), "source": "Referral"}
    put_fact(
        work, file_id, person, "name", {"kind": "legal", "given": role.title(), "family": "Long", **known}
    )
    put_fact(work, file_id, person, "involvement", {"role": role, **known})
    put_fact(work, file_id, person, "residence", {"address": "4 Mill Lane", "kind": "home", **known})
    return person


def _entry(chance: random.Random, number: int, day: date) -> tuple[str, dict[str, Any]]:
    prose = " ".join(chance.choices(SENTENCES, k=6))
    kind = number % 10
    if kind == 0:
        people = [
            {"name": f"Worker {one}", "agency": "social_care", "attendance": "attended"} for one in range(5)
        ]
        todo = [{"what": f"Visit {number}", "owed_by": "social_care", "due_on": (day + timedelta(days=14)).isoformat(),
                 "action_state": "done", "done_on": (day + timedelta(days=9)).isoformat()}]  # fmt: skip
        return "core_group", {"progress": "some", "discussed": prose, "attendees": people, "actions": todo}
    if kind == 1:
        review = (day + timedelta(days=28)).isoformat()
        factors = [{"factor": "drugs", "factor_state": "present", "evidence": prose[:80]}]
        return "risk", {"trigger": "interval", "level": "medium", "analysis": prose, "rationale": prose[:100],
                        "review_on": review, "factors": factors}  # fmt: skip
    if kind == 2:
        return "decision", {"kind": "other", "decision": prose[:80], "decided_by": "DS Sefton", "information": prose,
                            "rationale": prose[:120]}  # fmt: skip
    return "contact", {
        "kind": "visit_unannounced",
        "by_whom": "DC Marsh",
        "child_seen": "alone",
        "note": prose,
    }
