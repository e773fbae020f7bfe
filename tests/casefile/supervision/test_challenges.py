"""The register of challenges: what is open, how late and how the others ended, on paper too; on both stores."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pypdfium2
import pytest

from casefile.desk import Desk
from casefile.errors import Invalid
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import allocate, open_file
from casefile.files.actions.restrict import restrict_file
from casefile.paper.challenges import preview_register, print_register
from casefile.supervision.challenges import (
    Register,
    RegisterFilter,
    challenge_register,
    late_challenges,
    standing,
)
from tests.conftest import officer_of

At = Callable[[str], Desk]


def stage(number: int, begun: str, **more: Any) -> dict[str, Any]:
    return {
        "stage": str(number),
        "begun_on": begun,
        "our_officer": "DC Marsh",
        "counterpart": "J. Amos",
        **more,
    }


def challenge(desk: Desk, file_id: UUID, day: str, *stages: dict[str, Any], **more: Any) -> UUID:
    values = {
        "happened_on": day, "known_on": day, "about": "plan", "agency": "social_care",
        "disagreement": "The child goes home to the same adults.", "asked_for": "A legal meeting this week.",
        "stages": list(stages), **more,
    }  # fmt: skip
    return desk.do(record_entry, file_id, "challenge", values).result.thread_id


@pytest.fixture
def desk(sign_in: At) -> Desk:
    return sign_in("Okafor")


@pytest.fixture
def files(desk: Desk) -> list[UUID]:
    """Four files: one late, one in time and in danger, one answered, one ended. Today is Monday 2 November 2026."""
    made = [desk.do(open_file, f"F-{number}").result for number in range(1, 5)]
    desk.do(allocate, made[0], "supervisor", officer_of(desk))
    challenge(
        desk, made[0], "2026-10-26", stage(1, "2026-10-26"), interim_safety="With her aunt until Friday."
    )
    challenge(desk, made[1], "2026-10-30", stage(2, "2026-10-30"), agency="health", immediate_danger=True,
              skip_reason="He is due home tonight.")  # fmt: skip
    challenge(desk, made[2], "2026-10-20", stage(1, "2026-10-20", response="No.", responded_on="2026-10-22"))
    challenge(desk, made[3], "2026-10-01", stage(1, "2026-10-01", responded_on="2026-10-02", settled=True),
              outcome="accepted", outcome_on="2026-10-02", learning="Ring before the meeting.")  # fmt: skip
    return made


def references(found: Register) -> list[str]:
    return [one.reference for one in found.rows]


def test_open_ones_come_in_the_order_of_danger_and_lateness(desk: Desk, files: list[UUID]) -> None:
    found = desk.read(challenge_register)
    assert references(found) == ["F-2", "F-1", "F-3"]
    assert found.rows[0].skip_reason == "He is due home tonight."
    assert found.rows[2].response == "No."
    assert (found.open, found.late, found.ended) == (3, 1, ())
    assert [standing(one) for one in found.rows] == [
        "Stage 2 with J. Amos: due 6 November 2026.",
        "Stage 1 with J. Amos: 3 working days late; due 28 October 2026.",
        "Stage 1 with J. Amos: answered, not settled; take it further or end it.",
    ]


def test_those_that_ended_tell_how_and_what_was_learnt(desk: Desk, files: list[UUID]) -> None:
    found = desk.read(challenge_register, RegisterFilter("ended"))
    assert references(found) == ["F-4"]
    assert found.ended == (("Accepted: they did what we asked", 1),)
    assert (found.rows[0].learning, found.rows[0].days_late) == ("Ring before the meeting.", 0)
    assert references(desk.read(challenge_register, RegisterFilter("all"))) == ["F-2", "F-1", "F-3", "F-4"]


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        (RegisterFilter(mine=True), ["F-1"]),
        (RegisterFilter(agency="health"), ["F-2"]),
        (RegisterFilter(text="amos f-3"), ["F-3"]),
        (RegisterFilter(text="nobody of this name"), []),
    ],
)
def test_it_is_narrowed(wanted: RegisterFilter, shown: list[str], desk: Desk, files: list[UUID]) -> None:
    assert references(desk.read(challenge_register, wanted)) == shown


def test_the_count_is_of_late_stages_in_files_one_holds_or_supervises(
    desk: Desk, files: list[UUID], sign_in: At
) -> None:
    assert desk.read(late_challenges) == 1
    assert sign_in("Marsh").read(late_challenges) == 0


def test_a_restricted_file_is_not_in_the_register_of_who_may_not_read_it(
    desk: Desk, files: list[UUID], sign_in: At
) -> None:
    desk.do(restrict_file, files[0], [officer_of(desk)], "An officer's family.")
    found = sign_in("Marsh").read(challenge_register)
    assert (references(found), found.late) == (["F-2", "F-3"], 0)


def test_the_register_prints_as_it_is_filtered(desk: Desk, files: list[UUID]) -> None:
    said = words(desk.do(print_register, RegisterFilter("all"), "the partnership").result)
    for told in (
        "Register of challenges", "3, 1 with a stage past its day", "3 working days late", "F-2", "Asked: A legal meeting",
        "Accepted: they did what we asked", "Ring before the meeting.", "Copy 1", "OFFICIAL-SENSITIVE",
        "The child meanwhile: With her aunt", "The child meanwhile: nothing is", "raised 26 Oct",
    ):  # fmt: skip
        assert told in said, told
    few = words(desk.read(preview_register, RegisterFilter(agency="health")))
    assert "F-2" in few
    assert "F-1" not in few
    with pytest.raises(Invalid, match="whom the copy is for"):
        desk.do(print_register, None, " ")


def words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        text = "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
    return " ".join(text.replace("\r", "").replace("\ufffe", "-").split())
