"""A form starts with what the file already knows, and closing looks at what the file owes; on both stores."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from casefile.desk import Desk
from casefile.errors import Invalid
from casefile.files.actions.drafts import start_draft
from casefile.files.actions.entries import record_entry, sign_entry
from casefile.files.actions.files import open_file
from casefile.files.actions.people import add_person
from casefile.files.actions.tasks import add_task, waive_task
from casefile.files.prefill_note import NoteKnown
from casefile.files.prefill_report import ReportKnown
from casefile.files.queries.docket import open_docket
from casefile.record.described import FieldSpec
from casefile.sections import SECTIONS
from casefile.sections.base import describe

HOME = {"address": "4 Mill Lane", "postcode": "NR1 1AA"}
ATTENDEES = [
    {"name": "J. Amos", "agency": "social_care", "role": "Team manager", "attendance": "attended"},
    {"name": "Dr Rao", "agency": "paediatrics", "attendance": "apologies"},
]
STRATEGY: dict[str, Any] = {
    "happened_on": "2026-10-12", "known_on": "2026-10-12", "mode": "meeting", "outcome": "s47", "s47_kind": "joint",
    "attendees": ATTENDEES,
}  # fmt: skip


def somebody(desk: Desk, file_id: UUID, given: str, role: str, **residence: str) -> UUID:
    facts: dict[str, Any] = {
        "name": {"kind": "legal", "given": given, "family": "Ashdown"},
        "involvement": {"role": role},
    }
    return desk.do(add_person, file_id, facts | ({"residence": residence} if residence else {})).result


def started(desk: Desk, file_id: UUID, record: str) -> dict[str, Any]:
    return dict(desk.do(start_draft, file_id, record).result.values)


@pytest.fixture
def file_id(desk: Desk) -> UUID:
    return desk.do(open_file).result


def test_a_household_starts_with_who_lives_at_the_childs_address(desk: Desk, file_id: UUID) -> None:
    wren = somebody(desk, file_id, "Wren", "subject", **HOME)
    mother = somebody(desk, file_id, "Ruth", "mother", address="4 MILL LANE", postcode="NR1 1AA")
    somebody(desk, file_id, "Colin", "father", address="9 Dock Road")
    form = started(desk, file_id, "household")
    assert form["address"] == "4 Mill Lane, NR1 1AA"
    rows = {row["person_id"]: row for row in form["occupants"]}
    assert set(rows) == {str(wren), str(mother)}
    assert rows[str(mother)]["relation"] == "Mother"
    assert all("lives_there" not in row and "identified" not in row for row in rows.values()), (
        "nobody has looked yet"
    )


def test_the_next_household_keeps_who_was_there_and_adds_who_moved_in(desk: Desk, file_id: UUID) -> None:
    somebody(desk, file_id, "Wren", "subject", **HOME)
    found = {
        "happened_on": "2026-10-12", "known_on": "2026-10-12", "address": "4 Mill Lane", "confirmed_by": "A. Marsh",
        "occupants": [{"name": "Wren Ashdown", "identified": True}, {"name": "a man called Steve", "identified": False}],
    }  # fmt: skip
    desk.do(record_entry, file_id, "household", found)
    somebody(desk, file_id, "Kerry", "lodger", **HOME)
    names = [row["name"] for row in started(desk, file_id, "household")["occupants"]]
    assert names == ["Wren Ashdown", "a man called Steve", "Kerry Ashdown"]


def test_a_meeting_starts_with_who_was_invited_to_the_last_and_not_with_who_came(
    desk: Desk, file_id: UUID
) -> None:
    desk.do(record_entry, file_id, "strategy", STRATEGY)
    form = started(desk, file_id, "conference")
    assert form["attendees"] == [
        {"name": "J. Amos", "agency": "social_care", "role": "Team manager"},
        {"name": "Dr Rao", "agency": "paediatrics"},
    ]


def test_an_enquiry_and_a_plan_start_from_the_meeting_that_made_them(desk: Desk, file_id: UUID) -> None:
    desk.do(record_entry, file_id, "strategy", STRATEGY)
    enquiry = started(desk, file_id, "section47")
    assert (enquiry["strategy_on"], enquiry["kind"]) == ("2026-10-12", "joint")
    held = {
        "happened_on": "2026-10-26",
        "known_on": "2026-10-26",
        "kind": "initial",
        "outcome": "plan",
        "category": "NEG",
    }
    desk.do(record_entry, file_id, "conference", held)
    plan = started(desk, file_id, "plan")
    assert (plan["conference_on"], plan["category"]) == ("2026-10-26", "NEG")


def test_whoever_writes_is_named_without_typing(desk: Desk, file_id: UUID) -> None:
    assert started(desk, file_id, "contact")["by_whom"] == desk.actor.name
    assert started(desk, file_id, "decision")["decided_by"] == desk.actor.name


def test_a_search_starts_with_the_systems_of_the_last_and_without_its_results(
    desk: Desk, file_id: UUID
) -> None:
    searched = {
        "happened_on": "2026-10-12", "known_on": "2026-10-12", "occasion": "referral", "searched_by": "A. Marsh",
        "searches": [{"system": "pnd", "tried": "Ashdown, Ashdowne", "result": "no_trace"}],
    }  # fmt: skip
    desk.do(record_entry, file_id, "research", searched)
    assert started(desk, file_id, "research")["searches"] == [{"system": "pnd", "tried": "Ashdown, Ashdowne"}]


def test_every_prefill_names_a_source_that_exists() -> None:
    nobody: Any = None
    note = NoteKnown(nobody, nobody, date(2026, 11, 2))
    report = ReportKnown(nobody, nobody, date(2026, 11, 2))
    plain = {"today", "officer", "me", "subjects", "home", "residents", "invited", "systems", "report_given"}
    for key, section in SECTIONS.items():
        description = describe(section)
        for spec in (*description.fields, *description.groups):
            source, _, field = (spec.prefill or "today").partition(".")
            if source in plain:
                continue
            if source == "note":
                assert field in note.headings, f"{key}.{spec.key} is prefilled from {spec.prefill}"
                continue
            if source == "drafted":
                assert field in report.parts, f"{key}.{spec.key} is prefilled from {spec.prefill}"
                continue
            other = describe(SECTIONS[key if source == "last" else source])
            found = {one.key for one in (*other.fields, *other.groups)}
            assert (field or spec.key) in found, f"{key}.{spec.key} is prefilled from {spec.prefill}"
            if isinstance(spec, FieldSpec):
                theirs = other.field(field or spec.key)
                assert (theirs.kind, theirs.codes) == (spec.kind, spec.codes), f"{key}.{spec.key}"


CLOSING: dict[str, Any] = {"happened_on": "2026-11-02", "known_on": "2026-11-02", "closed_for": "no_plan"}
BAIL: dict[str, Any] = {
    "happened_on": "2026-10-12", "known_on": "2026-10-12", "suspect": "Colin Ashdown", "kind": "pre_charge",
    "safety": "He lives elsewhere.", "victim_told_on": "2026-10-12",
}  # fmt: skip


@pytest.fixture
def sergeant(sign_in: Callable[[str], Desk]) -> Desk:
    return sign_in("Okafor")


def test_a_file_with_live_bail_does_not_close_whatever_the_reason(
    desk: Desk, sergeant: Desk, file_id: UUID
) -> None:
    bail = desk.do(record_entry, file_id, "bail", BAIL).result
    for said in ({}, {"outstanding": "The case went to another force."}):
        with pytest.raises(Invalid, match=r"cannot close while .* is on bail"):
            sergeant.do(record_entry, file_id, "closure", {**CLOSING, **said})
    ended = {**BAIL, "ended_how": "nfa", "ended_on": CLOSING["happened_on"]}
    draft = desk.do(start_draft, file_id, "bail", thread_id=bail.thread_id, values=ended).result
    desk.do(sign_entry, draft.id, reason="No further action.")
    sergeant.do(record_entry, file_id, "closure", CLOSING)
    assert sergeant.read(open_docket, file_id).state == "closed"


def test_a_file_does_not_close_while_a_child_is_unseen_or_police_owe_something(
    desk: Desk, sergeant: Desk, file_id: UUID
) -> None:
    child = desk.do(
        add_person,
        file_id,
        {"name": {"kind": "legal", "given": "Wren", "family": "Tolley"}, "involvement": {"role": "subject"}},
    ).result
    assert child
    told = {"happened_on": "2026-10-12", "known_on": "2026-10-12", "direction": "in", "injury": True}
    desk.do(record_entry, file_id, "referral", {**told, "decision": "strategy", "decided_on": "2026-10-12"})
    task = sergeant.do(add_task, file_id, "Return the exhibits", None).result
    with pytest.raises(Invalid) as refused:
        sergeant.do(record_entry, file_id, "closure", CLOSING)
    assert "Wren Tolley has not been seen since the concern" in refused.value.sentence
    assert "Return the exhibits" in refused.value.sentence
    seen = {
        "happened_on": "2026-10-13",
        "known_on": "2026-10-13",
        "kind": "visit_joint",
        "by_whom": "DC",
        "note": "Seen.",
    }
    desk.do(record_entry, file_id, "contact", {**seen, "child_seen": "alone"})
    for one in sergeant.read(open_docket, file_id).owed:
        if one.state.outstanding and one.owed_by == "police":
            sergeant.do(waive_task, file_id, one.id, "Nothing is left to do.")
    assert task
    sergeant.do(record_entry, file_id, "closure", CLOSING)
    assert sergeant.read(open_docket, file_id).state == "closed"


def test_a_file_that_owes_nothing_closes_and_a_new_referral_opens_it_again(
    desk: Desk, sergeant: Desk, file_id: UUID
) -> None:
    sergeant.do(record_entry, file_id, "closure", {**CLOSING, "happened_on": "2026-10-12"})
    assert sergeant.read(open_docket, file_id).state == "closed"
    again = {"happened_on": "2026-10-26", "known_on": "2026-10-26", "direction": "in"}
    desk.do(record_entry, file_id, "referral", again)
    assert sergeant.read(open_docket, file_id).state == "open"
