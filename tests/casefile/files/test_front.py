"""The front sheet says who holds the file, where it stands and which files are linked; on both stores."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from casefile.desk import Desk
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import allocate, open_file
from casefile.files.actions.people import add_person, record_fact
from casefile.files.actions.restrict import restrict_file
from casefile.files.queries.docket import open_docket
from tests.conftest import officer_of


def front(desk: Desk, file_id: UUID) -> dict[str, str]:
    return {one.label: one.value for one in desk.read(open_docket, file_id).front}


def somebody(desk: Desk, file_id: UUID, role: str, given: str, *, born_on: str = "") -> UUID:
    says = {
        "name": {"kind": "legal", "given": given, "family": "Ashdown"},
        "involvement": {"role": role},
    }
    return desk.do(add_person, file_id, says | ({"birth": {"born_on": born_on}} if born_on else {})).result


def test_an_empty_file_says_what_nobody_has_filled(desk: Desk) -> None:
    said = front(desk, desk.do(open_file, "N/17/09").result)
    assert said["Reference"] == "N/17/09"
    assert said["Conference liaison officer"] == said["Supervising sergeant"] == "Nobody named"
    assert said["Next supervision"] == "No day is fixed"
    assert said["Legal status"] == "Not recorded"
    assert said["Linked files"] == "None known"


def test_who_holds_it_their_team_and_where_it_stands(desk: Desk, sign_in: Callable[[str], Desk]) -> None:
    sergeant, liaison = sign_in("Okafor"), sign_in("Lindqvist")
    file_id = desk.do(open_file).result
    older = somebody(desk, file_id, "subject", "Wren", born_on="2015-03-14")
    younger = somebody(desk, file_id, "subject", "Rowan", born_on="2021-03-14")
    for role, who in (("supervisor", sergeant), ("conference_liaison", liaison), ("deputy", sergeant)):
        sergeant.do(allocate, file_id, role, officer_of(who))
    desk.do(
        record_entry,
        file_id,
        "legal",
        {"happened_on": "2026-10-01", "known_on": "2026-10-01", "legal_status": "C1", "detail": "Made."},
    )
    said = front(desk, file_id)
    assert said["Conference liaison officer"].endswith("Lindqvist")
    assert said["Covering officer"].endswith("Okafor")
    assert said["Team"] == "North"
    assert said["Legal status"] == "Interim care order"
    desk.do(
        record_entry, file_id, "legal",
        {"happened_on": "2026-10-20", "known_on": "2026-10-20", "legal_status": "C2", "until_on": "2027-02-01", "detail": "Made.",
         "concerns": [str(older)]},
    )  # fmt: skip
    assert younger
    assert front(desk, file_id)["Legal status"] == (
        "Wren Ashdown: Full care order until 1 February 2027; Rowan Ashdown: Interim care order"
    )


def test_linked_files_are_those_in_which_somebody_of_the_family_stands(
    desk: Desk, sign_in: Callable[[str], Desk]
) -> None:
    here, there = desk.do(open_file, "A").result, desk.do(open_file, "B").result
    hidden, unlike = desk.do(open_file, "C").result, desk.do(open_file, "D").result
    mother = somebody(desk, here, "mother", "Tamsin")
    doctor = somebody(desk, here, "health_professional", "Anjali")
    for file_id, role in ((there, "ex_partner"), (hidden, "mother")):
        desk.do(record_fact, file_id, mother, "involvement", {"role": role})
    desk.do(record_fact, unlike, doctor, "involvement", {"role": "health_professional"})
    assert front(desk, here)["Linked files"] == "B (Tamsin Ashdown); C (Tamsin Ashdown)"
    sergeant = sign_in("Okafor")
    sergeant.do(restrict_file, hidden, [officer_of(sergeant)], "A relative works here.")
    assert front(desk, here)["Linked files"] == "B (Tamsin Ashdown)"
