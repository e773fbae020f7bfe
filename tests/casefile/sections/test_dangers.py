"""What whoever knocks at the door must know first stands at the top of the front sheet, on screen and on paper; both stores."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pypdfium2

from casefile.desk import Desk
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import open_file
from casefile.files.actions.people import add_person, record_fact
from casefile.files.queries.docket import open_docket
from casefile.paper.actions import preview_file

KNOWN = "2026-03-02"


def partner(desk: Desk, file_id: UUID, **involvement: Any) -> UUID:
    facts = {
        "name": {"kind": "legal", "given": "Wayne", "family": "Pike"},
        "involvement": {"role": "partner", "known_on": KNOWN, **involvement},
    }
    return desk.do(add_person, file_id, facts).result


def told(desk: Desk, file_id: UUID) -> list[str]:
    return [one.sentence for one in desk.read(open_docket, file_id).dangers]


def assess(desk: Desk, file_id: UUID, day: str, *factors: dict[str, str]) -> None:
    values = {
        "happened_on": day, "known_on": day, "trigger": desk.standards.codes("risk_trigger").codes[0].code,
        "level": "high", "rationale": "As shown.", "review_on": "2027-01-04", "factors": list(factors),
    }  # fmt: skip
    desk.do(record_entry, file_id, "risk", values)


def test_nothing_is_said_where_nothing_is_known(desk: Desk) -> None:
    file_id = desk.do(open_file).result
    partner(desk, file_id)
    assert told(desk, file_id) == []


def test_warnings_about_a_person_stand_in_the_order_of_the_list_with_their_source(desk: Desk) -> None:
    file_id = desk.do(open_file).result
    partner(desk, file_id, warnings=["do_not_visit_alone", "dangerous_dog", "weapons"], source="PNC")
    assert told(desk, file_id) == [
        "Wayne Pike, partner of a parent: Weapons; Dangerous animal; Visit in pairs (known since 2 March 2026, PNC)"
    ]


def test_a_warning_in_another_file_of_the_same_person_counts_until_it_is_withdrawn(desk: Desk) -> None:
    one, other = desk.do(open_file).result, desk.do(open_file).result
    person = partner(desk, one)
    values = {"role": "father", "warnings": ["firearms"], "known_on": KNOWN}
    fact = desk.do(record_fact, other, person, "involvement", values).result
    assert told(desk, one) == ["Wayne Pike, partner of a parent: Firearms (known since 2 March 2026)"]
    assert told(desk, other) == ["Wayne Pike, father: Firearms (known since 2 March 2026)"]
    desk.do(record_fact, other, person, "involvement", values, replaces_id=fact, withdrawn=True)
    assert told(desk, one) == []


def test_what_the_last_risk_assessment_found_in_the_home_stands_after_the_people(desk: Desk) -> None:
    file_id = desk.do(open_file).result
    partner(desk, file_id, warnings=["violent"])
    dog = {"factor": "animals_weapon", "factor_state": "present", "evidence": "A mastiff, off the lead."}
    assess(desk, file_id, "2026-06-01", {"factor": "hostile", "factor_state": "present"})
    assess(desk, file_id, "2026-07-01", dog, {"factor": "hostile", "factor_state": "not_present"})
    assert told(desk, file_id)[1:] == [
        "The home: Dangerous animal or weapon: A mastiff, off the lead (risk assessed 1 July 2026)"
    ]


def test_it_stands_first_on_the_printed_front_sheet(desk: Desk) -> None:
    file_id = desk.do(open_file).result
    partner(desk, file_id, warnings=["violent"], source="PNC")
    pdf = pypdfium2.PdfDocument(desk.read(preview_file, file_id, None))
    read = [page.get_textpage().get_text_range() for page in pdf]
    pdf.close()
    front = " ".join(
        next(page for page in read if "Front sheet" in page and "Next supervision" in page).split()
    )
    assert front.index("▲ Wayne Pike, partner of a parent: Violent") < front.index("Reference")
