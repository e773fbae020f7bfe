"""Nobody reviews or endorses their own work; every role from the registry; on both stores."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from casefile.access.roles import ROLES
from casefile.desk import Desk
from casefile.errors import Refused
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import open_file
from casefile.sections import SECTIONS
from casefile.work.names import Permission
from tests.conftest import Clock, in_role

At = Callable[[str], Desk]
NOTE: dict[str, Any] = {
    "happened_on": "2026-11-02", "known_on": "2026-11-02", "kind": "scheduled", "supervisor": "DS", "rank": "ds",
    "risk_right": True, "note": "N.", "review_on": "2026-11-09",
}  # fmt: skip
CONTACT: dict[str, Any] = {
    "happened_on": "2026-10-30", "known_on": "2026-10-30", "kind": "telephone", "by_whom": "DS", "child_seen": "not_seen",
    "note": "Rang.",
}  # fmt: skip
RISK: dict[str, Any] = {
    "happened_on": "2026-10-30", "known_on": "2026-10-30", "trigger": "first", "level": "high", "rationale": "R.",
    "review_on": "2026-11-06",
}  # fmt: skip


def review(desk: Desk, file_id: UUID, **more: Any) -> Any:
    return desk.do(record_entry, file_id, "supervision", {**NOTE, **more}).result


def test_a_supervisor_does_not_review_what_they_recorded_and_is_told_who_may(
    sign_in: At, desk: Desk, clock: Clock
) -> None:
    sergeant, inspector = sign_in("Okafor"), sign_in("Lindqvist")
    file_id = desk.do(open_file).result
    sergeant.do(record_entry, file_id, "contact", CONTACT)
    with pytest.raises(Refused) as refused:
        review(sergeant, file_id)
    assert str(refused.value) == (
        "You recorded work here yourself in a file never reviewed (“Telephone: not seen”): somebody else "
        "reviews it. It is kept as a draft. DI 104 Lindqvist may do it."
    )
    clock.forward(hours=1)
    review(inspector, file_id, kind="inspector", rank="di")
    clock.forward(days=1)
    again = {"happened_on": "2026-11-03", "known_on": "2026-11-03", "review_on": "2026-11-10"}
    review(sergeant, file_id, **again)
    clock.forward(hours=1)
    sergeant.do(
        record_entry, file_id, "contact", {**CONTACT, "happened_on": "2026-11-03", "known_on": "2026-11-03"}
    )
    with pytest.raises(Refused, match="since the review of 3 November 2026"):
        review(sergeant, file_id, **again)
    review(sergeant, file_id, **again, kind="direction")


def test_amending_counts_as_recording(sign_in: At, desk: Desk) -> None:
    from casefile.files.actions.drafts import start_draft
    from casefile.files.actions.entries import sign_entry

    sergeant = sign_in("Okafor")
    file_id = desk.do(open_file).result
    held = desk.do(record_entry, file_id, "contact", CONTACT).result
    draft = sergeant.do(start_draft, file_id, "contact", thread_id=held.thread_id).result
    sergeant.do(sign_entry, draft.id, reason="The time was wrong.")
    with pytest.raises(Refused, match="somebody else reviews it"):
        review(sergeant, file_id)


def test_earlier_notes_of_ones_own_do_not_stand_in_the_way(sign_in: At, desk: Desk, clock: Clock) -> None:
    sergeant = sign_in("Okafor")
    file_id = desk.do(open_file).result
    review(sergeant, file_id)
    clock.forward(hours=1)
    assert review(sergeant, file_id, kind="ad_hoc").get("kind") == "ad_hoc"


def test_where_nobody_else_may_the_sentence_says_so(sign_in: At, desk: Desk) -> None:
    sergeant, inspector = sign_in("Okafor"), sign_in("Lindqvist")
    file_id = desk.do(open_file).result
    for each in (sergeant, inspector):
        each.do(record_entry, file_id, "contact", CONTACT)
    with pytest.raises(Refused, match="Nobody else here may do it yet"):
        review(sergeant, file_id)


def test_nobody_writes_themselves_down_as_endorsing_their_own_assessment(sign_in: At, desk: Desk) -> None:
    sergeant = sign_in("Okafor")
    file_id = desk.do(open_file).result
    with pytest.raises(Refused, match="cannot endorse your own"):
        sergeant.do(record_entry, file_id, "risk", {**RISK, "endorsed_by": "DS 103 Okafor"})
    sergeant.do(record_entry, file_id, "risk", {**RISK, "endorsed_by": "DI Lindqvist"})


@pytest.mark.parametrize("role", sorted(ROLES))
def test_who_may_sign_which_review(role: str, sign_in: At, desk: Desk) -> None:
    """Every role of the registry: the right decides, and a rank that is claimed is one that is held."""
    file_id, held = desk.do(open_file).result, ROLES[role].permissions
    quill = in_role(sign_in, "Penrose", role)
    supervises = {Permission.KEEP_FILES, Permission.SIGN_SUPERVISION} <= held
    inspects = supervises and Permission.SIGN_INSPECTION in held
    for may, note in (
        (supervises, {"kind": "scheduled"}),
        (supervises, {"kind": "ad_hoc"}),
        (supervises, {"kind": "closing"}),
        (inspects, {"kind": "inspector"}),
        (inspects, {"kind": "senior"}),
        (inspects, {"kind": "scheduled", "rank": "dci"}),
    ):
        if may:
            assert review(quill, file_id, **note).get("kind") == note["kind"]
        else:
            with pytest.raises(Refused):
                review(quill, file_id, **note)


def test_every_section_that_only_supervisors_sign_says_so() -> None:
    supervised = {key for key, one in SECTIONS.items() if one.right({}) is Permission.SIGN_SUPERVISION}
    assert supervised == {"supervision", "closure"}
