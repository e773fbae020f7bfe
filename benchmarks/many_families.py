"""Many files with families, records, plans and tasks, as rows: for what asks across files. Invented, the same each time."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, insert, text

from benchmarks.large import NAMES, TODAY, TOWNS
from casefile.alarms.model import Alarm
from casefile.desk import Desk
from casefile.record.groups import Action
from casefile.record.model import CaseFile, Entry, EntryPerson, EntryThread, Task
from casefile.record.people import Birth, Involvement, Person
from casefile.sections.contact import Contact
from casefile.sections.plan import Plan
from casefile.sections.referral import Referral
from casefile.store.base import Base
from casefile.work.pieces import in_pieces

VISITS, REFERRALS, CHILDREN, ADULTS, TASKS = 8, 3, 2, 2, 4
"""Of each file."""
_MOMENT = datetime(2026, 11, 2, 9, tzinfo=UTC)


def fill(desk: Desk, officers: Sequence[UUID], count: int) -> None:
    """Put so many files into an empty store."""
    chance = random.Random(2009)
    tables = (
        CaseFile, Person, Involvement, Birth, Entry, EntryThread, Contact, Referral, Plan, EntryPerson, Action, Task, Alarm,
    )  # fmt: skip
    with desk.store.laying() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET session_replication_role = replica"))
        for some in in_pieces(range(count), 500):
            held: dict[Any, list[dict[str, Any]]] = {one: [] for one in tables}
            for number in some:
                for kind, row in _family(chance, officers, number):
                    held[kind].append(row)
            for kind, rows in held.items():
                _put(connection, kind.__table__, rows)
        if connection.dialect.name == "postgresql":
            connection.execute(text("RESET session_replication_role"))
            connection.execute(text("ANALYZE"))  # as a server does by itself; SQLite is never told to


def _put(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _id(kind: int, number: int) -> UUID:
    """An identity in the order of time, as the program gives them."""
    return UUID(int=0x01990000_0000_7000_8000_000000000000 + (kind << 48) + number)


def _family(
    chance: random.Random, officers: Sequence[UUID], number: int
) -> Iterator[tuple[type[Base], dict[str, Any]]]:
    officer, supervisor = chance.choice(officers[5:]), chance.choice(officers[:5])
    file_id, name = _id(1, number), chance.choice(NAMES)
    opened = TODAY - timedelta(days=200 + number * 7919 % 1500)
    risk = chance.choice(("high", "medium", "standard"))
    yield CaseFile, {
        "id": file_id, "reference": f"F-A-{number:06d}", "opened_on": opened, "recorded_at": _MOMENT, "family_name": name,
        "state": "closed" if number % 10 == 9 else "open", "children": CHILDREN, "risk_level": risk, "officer_id": officer,
        "supervisor_id": supervisor, "find_text": f"f-a-{number:06d} {name} {chance.choice(TOWNS)}".lower(),
        "last_entry_on": TODAY - timedelta(days=chance.randrange(90)),
    }  # fmt: skip
    known = {"recorded_at": _MOMENT, "recorded_by": officer, "known_on": opened}
    people = [_id(2, number * 4 + place) for place in range(CHILDREN + ADULTS)]
    for place, person in enumerate(people):
        child = place < CHILDREN
        yield (
            Person,
            {"id": person, "recorded_at": _MOMENT, "recorded_by": officer, "display_name": f"{place} {name}"},
        )
        # The second adult of every twentieth file stands in the file before it too.
        stands = _id(2, number * 4 - 1) if place == 3 and number % 20 == 19 else person
        yield Involvement, {
            "id": _id(3, number * 4 + place), "file_id": file_id, "person_id": stands, **known,
            "role": "subject" if child else ("mother", "partner")[place - CHILDREN],
        }  # fmt: skip
        yield Birth, {
            "id": _id(4, number * 4 + place), "file_id": file_id, "person_id": person, **known,
            "born_on": TODAY - timedelta(days=chance.randrange(200, 5_500) + (0 if child else 7_000)),
        }  # fmt: skip
    yield from _records(chance, number, file_id, officer, people[:CHILDREN], opened)
    yield from _owed(chance, number, file_id, officer)


def _records(
    chance: random.Random, number: int, file_id: UUID, officer: UUID, children: list[UUID], opened: date
) -> Iterator[tuple[type[Base], dict[str, Any]]]:
    count = VISITS + REFERRALS + 1
    for place in range(count):
        identity = _id(5, number * count + place)
        if place < VISITS:
            kind, day = Contact, TODAY - timedelta(days=chance.randrange(1 + place * 20, 25 + place * 20))
            said = {"kind": "visit_unannounced", "child_seen": chance.choice(("alone", "with_others", "not_seen")),
                    "agency": chance.choice(("police", "social_care"))}  # fmt: skip
        elif place < VISITS + REFERRALS:
            kind, day = Referral, TODAY - timedelta(days=chance.randrange(2, 400))
            said = {
                "direction": "in",
                "source": chance.choice(("school", "health", "public")),
                "decision": "strategy",
            }
        else:
            kind, day = Plan, opened + timedelta(days=30)
            said = {"status": "on_plan" if number % 4 == 0 else "in_need", "category": "neglect"}
        yield Entry, {
            "id": identity, "file_id": file_id, "thread_id": identity, "version": 1, "section": kind.key, "happened_on": day,
            "known_on": day, "recorded_at": _MOMENT, "author_id": officer, "marking": "OFFICIAL-SENSITIVE", "summary": "",
            "text": "Seen at home; calm.", "doubts": {}, "digest": "",
        }  # fmt: skip
        yield (
            EntryThread,
            {"id": identity, "file_id": file_id, "section": kind.key, "latest_id": identity, "versions": 1},
        )
        yield kind, {"id": identity, **said}
        if place % 2 == 0:  # the others concern everybody
            yield EntryPerson, {"entry_id": identity, "person_id": chance.choice(children)}


def _owed(
    chance: random.Random, number: int, file_id: UUID, officer: UUID
) -> Iterator[tuple[type[Base], dict[str, Any]]]:
    entry_id = _id(5, (number + 1) * (VISITS + REFERRALS + 1) - 1)
    for place in range(TASKS):
        due = TODAY + timedelta(days=chance.randrange(-30, 60))
        yield Action, {
            "id": _id(6, number * TASKS + place), "group_key": "actions", "position": place, "entry_id": entry_id,
            "what": f"Visit {place}", "owner": f"Worker {chance.randrange(400)}", "owed_by": "social_care", "due_on": due,
        }  # fmt: skip
        yield Task, {
            "id": _id(7, number * TASKS + place), "file_id": file_id, "timescale": "plan_action", "standard": "2026",
            "title": f"Visit {place}", "owed_by": "social_care", "opened_on": due - timedelta(days=20), "due_on": due,
            "state": "due", "entry_id": entry_id,
        }  # fmt: skip
    if number % 5 == 0:
        yield Alarm, {
            "id": _id(8, number), "file_id": file_id, "alarm": "child_not_seen", "about": "file", "severity": "danger",
            "gravity": 0, "told": "sergeant", "began_on": TODAY - timedelta(days=chance.randrange(60)), "brief": "not seen",
            "because": "Not seen, {n} late.", "unit": "working days",
        }  # fmt: skip
