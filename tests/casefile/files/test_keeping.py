"""Keeping a file at the desk: people, drafts, signing, amending, owing, restricting; on both stores."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from casefile.audit.index import catch_up
from casefile.desk import Desk
from casefile.errors import CasefileError, Conflict, Invalid, Missing, Refused
from casefile.files.actions.documents import add_document
from casefile.files.actions.drafts import save_draft, start_draft
from casefile.files.actions.entries import record_entry, sign_entry
from casefile.files.actions.files import allocate, mark_divider, open_file
from casefile.files.actions.people import add_person, record_fact
from casefile.files.actions.restrict import break_glass, lift_restriction, restrict_file
from casefile.files.actions.tasks import add_task, mark_done, reopen_task, waive_task
from casefile.files.queries.docket import divider_page, open_docket, owed_on, versions
from casefile.files.queries.documents import document
from casefile.files.queries.drafts import foresee, my_drafts
from casefile.files.queries.listing import find_file, list_files
from casefile.files.queries.tasks import my_tasks, waiting
from casefile.record.owed import TaskState
from casefile.store.engine import Store, translated
from tests.conftest import officer_of

STRATEGY: dict[str, Any] = {
    "happened_on": "2026-10-12",
    "known_on": "2026-10-12",
    "mode": "meeting",
    "outcome": "s47",
    "s47_kind": "joint",
    "attendees": [
        {"name": "Team manager", "agency": "social_care", "attendance": "attended"},
        {"name": "Health visitor", "agency": "health", "attendance": "attended"},
        {"name": "Okafor", "agency": "police", "attendance": "attended"},
    ],
}


def a_child(desk: Desk, file_id: UUID, given: str = "Wren", **birth: str) -> UUID:
    return desk.do(
        add_person,
        file_id,
        {
            "name": {"kind": "legal", "given": given, "family": "Ashdown"},
            "involvement": {"role": "subject"},
            "birth": birth or {"born_on": "14 March 2021", "precision": "exact"},
        },
    ).result


def signed(desk: Desk, file_id: UUID, record: str, values: dict[str, Any]) -> Any:
    draft = desk.do(start_draft, file_id, record).result
    desk.do(save_draft, draft.id, {**draft.values, **values}, draft.revision)
    return desk.do(sign_entry, draft.id).result


def test_a_file_is_opened_with_the_next_reference_and_found_by_any_name(desk: Desk) -> None:
    first = desk.do(open_file).result
    desk.do(open_file)
    a_child(desk, first, "Zoë")
    assert [one.reference for one in desk.read(list_files).rows] == ["F-2026-00001", "F-2026-00002"]
    found = desk.read(list_files, text="zoe ash")
    assert [one.family_name for one in found.rows] == ["Ashdown"]
    assert found.total == 1
    assert desk.read(find_file, "f-2026-00001").id == first


def test_a_reference_that_is_taken_is_refused_in_a_sentence(desk: Desk) -> None:
    desk.do(open_file, "N/17/09")
    with pytest.raises(Invalid, match="already used"):
        desk.do(open_file, "N/17/09")


def test_an_unborn_child_has_an_expected_date_and_never_both(desk: Desk) -> None:
    file_id = desk.do(open_file).result
    with pytest.raises(Invalid, match="never both"):
        a_child(desk, file_id, born_on="2021-03-14", expected_on="2026-12-12")
    assert desk.read(list_files).rows[0].children == 0
    a_child(desk, file_id, expected_on="2026-12-12")
    assert desk.read(open_docket, file_id).people[0].unborn


def test_a_date_that_never_was_is_refused_and_kept_as_stated(desk: Desk) -> None:
    file_id = desk.do(open_file).result
    draft = desk.do(start_draft, file_id, "strategy").result
    desk.do(save_draft, draft.id, {**STRATEGY, "happened_on": "29 February 2009"}, draft.revision)
    with pytest.raises(Invalid, match="no 29 February 2009"):
        desk.do(sign_entry, draft.id)
    kept = {
        **STRATEGY,
        "happened_on": "",
        "_doubts": {"happened_on": {"stated": "29 February 2009", "why": "as the report prints it"}},
    }
    desk.do(save_draft, draft.id, kept, draft.revision + 1)
    entry = desk.do(sign_entry, draft.id).result
    assert entry.happened_on is None
    assert desk.read(versions, entry.thread_id)[0].doubts["happened_on"].stated == "29 February 2009"


def test_signing_a_strategy_discussion_opens_the_conference_task(desk: Desk) -> None:
    file_id = desk.do(open_file).result
    a_child(desk, file_id)
    ahead = desk.read(foresee, file_id, "strategy", STRATEGY)
    assert any("2 November 2026" in one for one in ahead.opens)
    signed(desk, file_id, "strategy", STRATEGY)
    owed = {one.timescale: one for one in desk.read(owed_on, file_id, date(2026, 10, 20))}
    assert owed["ICPC"].due_on == date(2026, 11, 2)
    assert owed["ICPC"].state is TaskState.DUE
    late = {one.timescale: one for one in desk.read(owed_on, file_id, date(2026, 11, 5))}
    assert (late["ICPC"].state, late["ICPC"].days_late) == (TaskState.LATE, 3)
    assert desk.read(owed_on, file_id, date(2026, 10, 11)) == ()


def test_a_conference_closes_the_task_and_opens_core_group_and_review(desk: Desk) -> None:
    file_id = desk.do(open_file).result
    signed(desk, file_id, "strategy", STRATEGY)
    signed(
        desk,
        file_id,
        "conference",
        {
            "happened_on": "2026-10-30",
            "known_on": "2026-10-30",
            "kind": "initial",
            "outcome": "plan",
            "category": "NEG",
        },
    )
    owed = {one.timescale: one for one in desk.read(owed_on, file_id, date(2026, 11, 2))}
    assert owed["ICPC"].state is TaskState.DONE
    assert owed["CG-1"].due_on == date(2026, 11, 13)
    assert owed["RCPC-1"].due_on == date(2027, 1, 30)


def test_an_amendment_is_a_new_version_with_a_reason_and_both_stay(desk: Desk) -> None:
    file_id = desk.do(open_file).result
    first = signed(desk, file_id, "strategy", STRATEGY)
    draft = desk.do(start_draft, file_id, "strategy", thread_id=first.thread_id).result
    assert draft.values["mode"] == "meeting"
    desk.do(save_draft, draft.id, {**draft.values, "mode": "telephone"}, draft.revision)
    with pytest.raises(Invalid, match="Say why you amend"):
        desk.do(sign_entry, draft.id)
    desk.do(sign_entry, draft.id, reason="It was held by telephone.")
    both = desk.read(versions, first.thread_id)
    assert [(one.version, one.get("mode"), one.reason) for one in both] == [
        (1, "meeting", None),
        (2, "telephone", "It was held by telephone."),
    ]
    assert len(desk.read(divider_page, file_id, "strategy").entries) == 1


@pytest.mark.parametrize("table", ["entry", "section_strategy", "row_attendee", "log_row", "log_subject"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_the_store_itself_refuses_to_change_what_is_signed(
    desk: Desk, store: Store, table: str, verb: str
) -> None:
    """Even at the word of whoever keeps it; what officers of a server may try is in ``tests/attack``."""
    file_id = desk.do(open_file).result
    signed(desk, file_id, "strategy", STRATEGY)
    with store.writing() as session:
        catch_up(session)  # the index of the log is filled in for many rows at once
    column = {"row_attendee": "name", "section_strategy": "mode", "entry": "summary"}.get(table, "seq")
    with (
        pytest.raises(CasefileError, match="never changed"),
        translated(),
        store.engine.begin() as connection,
    ):
        connection.execute(text(verb.format(table, column, column)))


def test_a_draft_saved_twice_from_two_windows_is_a_conflict_and_loses_neither(desk: Desk) -> None:
    file_id = desk.do(open_file).result
    draft = desk.do(start_draft, file_id, "strategy").result
    desk.do(save_draft, draft.id, {"mode": "meeting"}, draft.revision)
    with pytest.raises(Conflict) as clash:
        desk.do(save_draft, draft.id, {"mode": "video"}, draft.revision)
    assert (clash.value.theirs, clash.value.yours) == ({"mode": "meeting"}, {"mode": "video"})
    assert desk.read(my_drafts)[0].values == {"mode": "meeting"}


def test_ten_megabytes_in_a_field_is_refused_in_a_sentence_and_kept_as_a_draft(desk: Desk) -> None:
    file_id = desk.do(open_file).result
    draft = desk.do(start_draft, file_id, "strategy").result
    long = {**STRATEGY, "shared": "x" * 10_000_000}
    desk.do(save_draft, draft.id, long, draft.revision)
    with pytest.raises(Invalid, match="Keep long text as a document"):
        desk.do(sign_entry, draft.id)
    assert len(desk.read(my_drafts)[0].values["shared"]) == 10_000_000


def test_tasks_are_done_waived_opened_again_and_added_by_hand(
    desk: Desk, sign_in: Callable[[str], Desk]
) -> None:
    file_id = desk.do(open_file).result
    signed(desk, file_id, "strategy", STRATEGY)
    icpc = next(one for one in desk.read(owed_on, file_id, date(2026, 11, 2)) if one.timescale == "ICPC")
    with pytest.raises(Invalid, match="not come"):
        desk.do(mark_done, file_id, icpc.id, date(2027, 1, 1), "")
    with pytest.raises(Refused):
        desk.do(waive_task, file_id, icpc.id, "no need")
    sergeant = sign_in("Okafor")
    sergeant.do(waive_task, file_id, icpc.id, "Family moved abroad")
    sergeant.do(reopen_task, file_id, icpc.id, "They came back")
    desk.do(mark_done, file_id, icpc.id, "1 Nov 2026", "Held in another area")
    assert {one.id: one.state for one in desk.read(owed_on, file_id, date(2026, 11, 2))}[
        icpc.id
    ] is TaskState.DONE
    by_hand = desk.do(add_task, file_id, "Ring the school", date(2026, 11, 3), officer_of(desk)).result
    assert by_hand in {one.task.id for one in desk.read(my_tasks)}
    assert desk.read(waiting) == 1


def test_a_corrected_fact_stays_readable_beside_the_one_that_holds(desk: Desk) -> None:
    file_id = desk.do(open_file).result
    child = a_child(desk, file_id)
    first = desk.do(
        record_fact, file_id, child, "residence", {"address": "4 Mill Lane", "from_on": "2026-01-05"}
    ).result
    desk.do(
        record_fact,
        file_id,
        child,
        "residence",
        {"address": "14 Mill Lane", "from_on": "2026-01-05"},
        replaces_id=first,
    )
    person = desk.read(open_docket, file_id).people[0]
    assert [(one.get("address"), one.current) for one in person.facts["residence"]] == [
        ("14 Mill Lane", True),
        ("4 Mill Lane", False),
    ]
    assert desk.read(list_files, text="14 mill").total == 1
    with pytest.raises(Invalid, match="corrected this already"):
        desk.do(record_fact, file_id, child, "residence", {"address": "x"}, replaces_id=first)


def test_a_restricted_file_is_not_there_for_others_until_they_break_the_glass(
    desk: Desk, sign_in: Callable[[str], Desk]
) -> None:
    file_id = desk.do(open_file).result
    a_child(desk, file_id)
    sergeant, constable = sign_in("Okafor"), sign_in("Marsh")
    sergeant.do(allocate, file_id, "supervisor", officer_of(sergeant))
    sergeant.do(restrict_file, file_id, (), "The suspect is an officer")
    assert sergeant.read(list_files).total == 1
    assert constable.read(list_files).total == 0
    with pytest.raises(Missing):
        constable.read(open_docket, file_id)
    with pytest.raises(Missing):
        constable.do(record_entry, file_id, "strategy", STRATEGY)
    with pytest.raises(Refused, match="DS 103 Okafor"):
        constable.read(find_file, "F-2026-00001")
    with pytest.raises(Invalid, match="Say why"):
        constable.do(break_glass, "F-2026-00001", " ")
    constable.do(break_glass, "F-2026-00001", "The child is at the counter")
    assert constable.read(open_docket, file_id).restricted
    told = [one.task.title for one in sergeant.read(my_tasks)]
    assert any("Glass broken by DC 102 Marsh" in one for one in told)
    sergeant.do(lift_restriction, file_id, "The officer was cleared")
    assert sign_in("Penrose").read(list_files).total == 1


def test_broken_glass_mends_after_a_day(desk: Desk, sign_in: Callable[[str], Desk], clock: Any) -> None:
    file_id = desk.do(open_file).result
    sergeant, constable = sign_in("Okafor"), sign_in("Marsh")
    sergeant.do(restrict_file, file_id, (), "Named readers only")
    constable.do(break_glass, "F-2026-00001", "Immediate danger")
    clock.forward(hours=25)
    assert constable.read(list_files).total == 0


def test_a_document_is_kept_whole_and_its_bytes_once(desk: Desk) -> None:
    file_id = desk.do(open_file).result
    data = bytes(range(256)) * 9000
    first = desk.do(add_document, file_id, "photographs.bin", data).result
    desk.do(add_document, file_id, "again.bin", data)
    assert desk.read(document, first).data == data
    with desk.store.reading() as session:
        assert session.execute(text("SELECT count(*) FROM blob")).scalar_one() == 1


def test_a_divider_that_does_not_apply_says_who_said_so(desk: Desk) -> None:
    file_id = desk.do(open_file).result
    marks = {one.key: one for one in desk.read(open_docket, file_id).dividers}
    assert marks["risk"].mark == "missing"
    desk.do(mark_divider, file_id, "bail", applies=False, reason="No suspect")
    bail = {one.key: one for one in desk.read(open_docket, file_id).dividers}["bail"]
    assert bail.mark == "not_applicable"
    assert "R 101 Rhodes" in bail.said_by
    assert "No suspect" in bail.said_by
