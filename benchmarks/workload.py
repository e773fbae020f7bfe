"""The workload of 662 officers with 20,000 files on both stores, beside the same sums by hand-written statements."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import insert, select, text, update

from benchmarks.large import SEED, TODAY, many_files
from benchmarks.measure import Figure, in_turn
from benchmarks.stores import staffed
from casefile.access.model import Officer
from casefile.record.model import CaseFile
from casefile.record.weight import FileWeight
from casefile.store.engine import Store
from casefile.work.ids import new_id
from casefile.workload.queries import workload

OFFICERS, FILES = 662, 20_000
WEIGHTS = ("child_on_plan", "high_risk", "serious_allegation", "live_bail", "conference_near", "with_cps")
HELD = "SELECT officer_id, supervisor_id, count(*) FROM case_file WHERE state = 'open' GROUP BY 1, 2"
POINTS = """
SELECT c.officer_id, w.weight, sum(w.number), count(*)
FROM file_weight w JOIN case_file c ON c.id = w.file_id
WHERE c.state = 'open' AND w.from_on <= :today AND (w.until_on IS NULL OR w.until_on > :today)
GROUP BY 1, 2
"""
STAFF = ("SELECT * FROM officer", "SELECT * FROM staff_terms", "SELECT * FROM staff_accreditation",
         "SELECT * FROM officer_absence")  # fmt: skip


def figures() -> list[Figure]:
    """Measure."""
    return [_measure(engine) for engine in ("embedded", "shared")]


def _measure(engine: Literal["embedded", "shared"]) -> Figure:
    with staffed(engine) as (desk, ids):
        many_files(desk.store, FILES, ids)
        _spread(desk.store, ids)
        today = {"today": TODAY if engine == "shared" else TODAY.isoformat()}

        def floor() -> None:
            with desk.store.reading() as session:
                session.execute(text(HELD)).all()
                session.execute(text(POINTS), today).all()
                for statement in STAFF:
                    session.execute(text(statement)).all()

        ours, least = in_turn(lambda: desk.read(workload), floor, 7)
    name = f"Workload of {OFFICERS} officers, {FILES:,} files, {engine} store"
    note = "the floor reads the numbers; ours also says of each officer why they carry so much, and what they lack"
    return Figure(
        name, "the same sums and staff rows by hand-written statements", None, ours, least, note=note
    )


def _spread(store: Store, supervisors: tuple[UUID, ...]) -> None:
    """Give every file to an officer, with two or three things that weigh in it."""
    chance = random.Random(SEED)
    with store.writing() as session:
        password = session.scalars(select(Officer.password_hash)).first()
        more = [_officer(number, password) for number in range(OFFICERS - len(supervisors))]
        session.execute(insert(Officer), more)
        holders = [one["id"] for one in more]
        rows: list[dict[str, Any]] = []
        given: list[dict[str, Any]] = []
        for file_id in session.scalars(select(CaseFile.id)):
            given.append({"id": file_id, "officer_id": chance.choice(holders)})
            for position, key in enumerate(chance.sample(WEIGHTS, chance.randrange(1, 5))):
                until = TODAY + timedelta(days=chance.randrange(-5, 40)) if chance.random() < 0.3 else None
                rows.append(
                    {"file_id": file_id, "position": position, "weight": key, "number": chance.randrange(1, 4),
                     "said": "Something that weighs", "entry_id": None, "from_on": TODAY, "until_on": until}
                )  # fmt: skip
        session.execute(update(CaseFile), given)
        session.execute(insert(FileWeight), rows)


def _officer(number: int, password: str | None) -> dict[str, Any]:
    return {
        "id": new_id(), "name": f"Constable {number}", "sign_in_name": f"constable {number}", "role": "constable",
        "number": str(number), "team": f"Team {number % 32}", "active": True, "password_hash": password, "failed": 0,
        "created_at": datetime(2026, 11, 2, 9, tzinfo=UTC),
    }  # fmt: skip
