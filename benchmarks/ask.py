"""Asking the file across a large store: every view that ships, and four of them beside statements written by hand.

``CASEFILE_BENCH_FILES`` says across how many files; 10,000 without it.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, Literal

from benchmarks.large import TODAY
from benchmarks.many_families import fill
from benchmarks.measure import Figure, in_turn, seconds
from benchmarks.stores import staffed
from casefile.ask.queries import ask
from casefile.ask.shape import View
from casefile.ask.views import load_views
from casefile.standards import library

FILES = int(os.environ.get("CASEFILE_BENCH_FILES", "10000"))
GOAL, RUNS = 2.0, 3
_STANDS = "i.withdrawn = {no} AND NOT EXISTS (SELECT 1 FROM involvement l WHERE l.replaces_id = i.id)"
_BY_HAND = {
    "children_not_seen": (
        "WITH told AS (SELECT e.id, e.file_id, e.happened_on AS day FROM entry e JOIN entry_thread t ON t.latest_id = e.id "
        "JOIN section_contact c ON c.id = e.id WHERE c.child_seen IN ('alone', 'with_others', 'seen_not_spoken')), "
        "seen AS (SELECT t.file_id, p.person_id, max(t.day) AS day FROM told t JOIN entry_person p ON p.entry_id = t.id "
        "GROUP BY 1, 2), everybody AS (SELECT t.file_id, max(t.day) AS day FROM told t WHERE NOT EXISTS "
        "(SELECT 1 FROM entry_person p WHERE p.entry_id = t.id) GROUP BY 1), children AS ("
        "SELECT f.id, f.family_name, f.reference, f.risk_level, f.officer_id, p.display_name, b.born_on, "
        "CASE WHEN s.day > coalesce(v.day, '0001-01-01') THEN s.day ELSE v.day END AS last_seen "
        "FROM case_file f JOIN involvement i ON i.file_id = f.id JOIN person p ON p.id = i.person_id "
        "LEFT JOIN person_birth b ON b.person_id = p.id LEFT JOIN seen s ON s.file_id = f.id AND s.person_id = p.id "
        "LEFT JOIN everybody v ON v.file_id = f.id WHERE f.state = 'open' AND i.role = 'subject' AND b.died_on IS NULL "
        f"AND {_STANDS}), unseen AS (SELECT * FROM children WHERE last_seen < '{TODAY - timedelta(days=28)}' "
        "OR last_seen IS NULL)"
    ),
    "adults_in_several_files": (
        "WITH standing AS (SELECT i.person_id, i.file_id, i.role FROM involvement i WHERE i.role <> 'subject' AND "
        f"{_STANDS}), several AS (SELECT person_id FROM standing GROUP BY 1 HAVING count(DISTINCT file_id) > 1), unseen AS ("
        "SELECT f.id, f.family_name, f.reference, f.risk_level, f.officer_id, p.display_name, s.role, NULL AS last_seen FROM "
        "several m JOIN standing s ON s.person_id = m.person_id JOIN case_file f ON f.id = s.file_id "
        "JOIN person p ON p.id = s.person_id WHERE f.state = 'open')"
    ),
    "long_plans": (
        "WITH plans AS (SELECT e.file_id, min(e.happened_on) AS since FROM entry e JOIN entry_thread t ON t.latest_id = e.id "
        "JOIN section_plan s ON s.id = e.id WHERE s.status IN ('on_plan', 'registered') AND s.ended_on IS NULL AND NOT EXISTS "
        "(SELECT 1 FROM entry_person q WHERE q.entry_id = e.id) GROUP BY 1), unseen AS (SELECT f.id, f.family_name, "
        "f.reference, f.officer_id, p.display_name, b.born_on, l.since AS last_seen FROM plans l "
        "JOIN case_file f ON f.id = l.file_id JOIN involvement i ON i.file_id = f.id JOIN person p ON p.id = i.person_id "
        "LEFT JOIN person_birth b ON b.person_id = p.id WHERE f.state = 'open' AND i.role = 'subject' AND "
        f"l.since < '{TODAY - timedelta(days=548)}' AND {_STANDS})"
    ),
    "promises_of_a_worker": (
        "WITH unseen AS (SELECT f.id, f.family_name, f.reference, k.title, k.owed_by, a.owner, k.officer_id, "
        "k.due_on AS last_seen FROM task k JOIN case_file f ON f.id = k.file_id JOIN row_action a "
        "ON a.entry_id = k.entry_id AND a.what = k.title WHERE k.state = 'due' AND f.state = 'open' "
        "AND lower(a.owner) LIKE '%37%')"
    ),
}  # fmt: skip
"""What a view asks of the records that stand here; of contacts alone, where a view knows of more."""
_GIVEN = {"promises_of_a_worker": {"worker": "37"}}


def figures() -> list[Figure]:
    """Measure."""
    return [*_across("embedded"), *_across("shared")]


def _across(engine: Literal["embedded", "shared"]) -> Iterator[Figure]:
    with staffed(engine) as (desk, officers):
        fill(desk, officers, FILES)
        gc.collect()
        gc.freeze()
        with desk.store.reading() as session:
            work = desk.with_()._work(session)
            every = {one.key: one for one in load_views(library(), ()).ready}

            def asking(view: View) -> Callable[[], Any]:
                return lambda: ask.function(work, view, _GIVEN.get(view.key, {}))

            where = f"across {FILES:,} files ({desk.store.kind} store)"
            for key, statement in _BY_HAND.items():
                by_hand = _by_hand(session.connection(), engine, statement)
                found = asking(every[key])().total
                assert found == by_hand(), (key, found, by_hand())
                times = in_turn(asking(every[key]), by_hand, RUNS)
                yield Figure(
                    f"{every[key].title}, {where}", "one statement by hand for the first 200, one to count", GOAL, *times,
                    note=f"{found:,} rows",
                )  # fmt: skip
            slow = sorted(((_once(asking(one)), one.title) for one in every.values()), reverse=True)
            whole = tuple(one for one, _ in slow)
            count = session.connection().exec_driver_sql
            floor = tuple(seconds(lambda: count("SELECT count(*) FROM entry").all()) for _ in whole)
            yield Figure(
                f"Every view once, {where}", "counting the records", None, whole, floor,
                note="the slowest: " + ", ".join(f"{title} {took * 1000:,.0f} ms" for took, title in slow[:5]),
            )  # fmt: skip


def _once(asking: Callable[[], Any]) -> float:
    asking()
    return seconds(asking)


def _by_hand(connection: Any, engine: str, statement: str) -> Callable[[], int]:
    said = statement.replace("{no}", "0" if engine == "embedded" else "false")

    def once() -> int:
        page = f"{said} SELECT * FROM unseen ORDER BY last_seen NULLS FIRST, reference LIMIT 200"
        connection.exec_driver_sql(page.replace("%", "%%") if engine == "shared" else page).all()
        count = f"{said} SELECT count(*) FROM unseen"
        return int(
            connection.exec_driver_sql(count.replace("%", "%%") if engine == "shared" else count).scalar_one()
        )

    return once
