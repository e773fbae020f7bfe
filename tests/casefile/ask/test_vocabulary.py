"""Every fact can be asked about by every test it takes, told, and ordered by, on both stores; on a past day too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from casefile.ask.facts import TESTS, Fact, Kind
from casefile.ask.of_file import FILE_FACTS
from casefile.ask.queries import ask
from casefile.ask.shape import View
from casefile.ask.views import undated
from casefile.ask.vocabulary import SUBJECTS
from casefile.desk import Desk
from casefile.standards import Library
from tests.casefile.ask.asked import open_files, put, say

NUMBERS = ("longer_ago", "within", "ahead", "at_least", "at_most")
HEAD = {"title": "Everything", "group": "Ours", "question": "What?", "source": "The force"}
HELD = ("file", "child", "task", "alarm", "plan")
"""Kinds of rows of which there is one."""


def clauses(fact: Fact, standards: Library) -> list[dict[str, Any]]:
    """One clause for each test that a fact takes, with a value that suits it."""
    if fact.kind is Kind.NAMES:
        return []
    suits: dict[Kind, Any] = {Kind.DAY: date(2026, 1, 1), Kind.NUMBER: 1, Kind.TEXT: "a", Kind.YES_NO: True}
    if fact.codes:
        suits[fact.kind] = standards.codes(fact.codes).codes[0].code
    found: list[dict[str, Any]] = [{"fact": fact.key, "test": one} for one in ("known", "unknown")]
    for test in sorted(TESTS[fact.kind]) if fact.kind in suits else ():
        value = 3 if test in NUMBERS else True if test == "past" else suits[fact.kind]
        value = fact.key if test in ("earlier_than", "later_than") else value
        found.append({"fact": fact.key, "test": test, "value": value, "or_unknown": test == "within"})
    return found


def test_every_fact_by_every_test(sign_in: Callable[[str], Desk], standards: Library) -> None:
    desk = sign_in("Okafor")
    files = open_files(desk, sign_in("Marsh"))
    put(desk, files["F-1"], "Bo Nowak", "subject", "1/6/2024")
    say(
        desk,
        files["F-1"],
        "plan",
        "2026-04-01",
        status="on_plan",
        actions=[{"what": "Visit", "due_on": "2026-05-01"}],
    )
    for key, subject in SUBJECTS.items():
        own = [one for one in subject.facts.values() if key == "file" or one.key not in FILE_FACTS]
        view = View.model_validate(
            {
                **HEAD, "key": key, "of": key, "column": [{"fact": one.key} for one in own],
                "where": [{"any": [clause for one in own for clause in clauses(one, standards)]}],
                "order": [one.key for one in own if one.kind not in (Kind.NAMES, Kind.CODES)][:20],
            }
        )  # fmt: skip
        assert bool(desk.read(ask, view).rows) is (key in HELD), key
        if not undated(view):
            desk.read(ask, view, as_of=date(2026, 10, 1))
