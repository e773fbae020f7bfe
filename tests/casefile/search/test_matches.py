"""Told without asking: who in one file likely stands in another, decided once, quiet until the facts change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

import pytest

from casefile.audit.queries import log_page
from casefile.desk import Desk
from casefile.errors import Invalid, Missing
from casefile.files.actions.files import allocate, open_file
from casefile.files.actions.people import add_person, record_fact
from casefile.files.actions.restrict import restrict_file
from casefile.search.match_rows import State
from casefile.search.matches import decide_match, matches, matches_waiting
from casefile.supervision.digest import changed_since
from tests.conftest import officer_of

At = Callable[[str], Desk]
HOME = {"address": "Flat 2, 14 Mill Lane", "postcode": "N17 8AA"}


def opened(desk: Desk, reference: str) -> UUID:
    return desk.do(open_file, reference, date(2026, 1, 5)).result


def put(
    desk: Desk, file_id: UUID, name: str, born: str = "", role: str = "partner", **more: Mapping[str, str]
) -> UUID:
    given, _, family = name.rpartition(" ")
    facts: dict[str, Mapping[str, str]] = {
        "name": {"kind": "legal", "given": given, "family": family},
        "involvement": {"role": role},
        **more,
    }
    if born:
        facts["birth"] = {"born_on": born, "precision": "exact"}
    return desk.do(add_person, file_id, facts).result


def test_a_man_written_otherwise_in_two_households_is_told_to_both_owners_and_decided(sign_in: At) -> None:
    sergeant, constable = sign_in("Okafor"), sign_in("Marsh")
    one, other = opened(sergeant, "F-1"), opened(sergeant, "F-2")
    sergeant.do(allocate, one, "officer", officer_of(constable), date(2026, 1, 5))
    sergeant.do(allocate, other, "supervisor", officer_of(sergeant), date(2026, 1, 5))
    piotr = put(sergeant, one, "Piotr Nowak", "12/3/1984")
    assert sergeant.read(matches) == ()
    peter = put(constable, other, "Peter Novak", "3/12/1984")
    (found,) = constable.read(matches, mine=True)
    assert found == sergeant.read(matches, mine=True)[0] == sergeant.read(matches, file_id=other)[0]
    assert (found.kind, found.state) == ("person", State.NEW)
    told = [line.what for group in constable.read(changed_since, other).groups for line in group.lines]
    assert "Peter Novak likely also stands in F-1, Nowak family, under another record" in told
    assert {found.one.name, found.other.name} == {"Piotr Nowak", "Peter Novak"}
    assert "day and month of birth the other way round" in found.why
    assert constable.read(matches_waiting) == sergeant.read(matches_waiting) == 1
    assert sign_in("Rhodes").read(matches_waiting) == 0

    with pytest.raises(Invalid, match="Say why"):
        constable.do(decide_match, found.id, "rejected", " ")
    constable.do(decide_match, found.id, "rejected", "Two men: seen together on 2 February.")
    assert sergeant.read(matches, mine=True) == ()
    (quiet,) = sergeant.read(matches, decided=True)
    assert [(said.what, said.by) for said in quiet.decisions] == [("rejected", "DC 102 Marsh")]
    assert quiet.state is State.REJECTED
    constable.do(record_fact, other, peter, "characteristics", {"sex": "M"})
    constable.do(record_fact, one, piotr, "characteristics", {"sex": "M"})
    assert sergeant.read(matches) == (), "whichever of the two was written last"
    constable.do(record_fact, other, peter, "contact", {"kind": "mobile", "value": "07700 900123"})
    (again,) = sergeant.read(matches)
    assert again.state is State.CHANGED

    sergeant.do(decide_match, found.id, "confirmed", "The same man: photograph compared.")
    assert sergeant.read(matches) == ()
    told = [line.what for group in sergeant.read(changed_since, one).groups for line in group.lines]
    assert "Piotr Nowak also stands in F-2, Novak family, under another record" in told
    sergeant.do(decide_match, found.id, "undone", "The photograph was of his brother.")
    (back,) = sergeant.read(matches)
    assert [said.what for said in back.decisions] == ["rejected", "confirmed", "undone"]
    rows = [row for row in sign_in("Penrose").read(log_page, text="decide_match") if row.outcome == "done"]
    assert len(rows) == 3
    assert {row.category for row in rows} == {"combination"}
    assert all(len(row.files) == 2 for row in rows)


def test_a_shared_address_telephone_and_vehicle_are_told_once_for_two_families(desk: Desk) -> None:
    one, other = opened(desk, "F-1"), opened(desk, "F-2")
    phone = {"kind": "mobile", "value": "+44 7700 900123"}
    ann = put(desk, one, "Ann Cole", role="mother", residence=HOME, contact=phone)
    put(desk, one, "Tim Cole", role="subject", residence=HOME)
    put(desk, other, "Joss Fenn", residence={"address": "14 Mill Ln (2)", "postcode": "n178aa"})
    put(desk, other, "Bo Fenn", contact={"kind": "mobile", "value": "07700900123"})
    car = {"kind": "vehicle", "value": "AB12 CDE"}
    put(desk, other, "Max Fenn", identifier=car)
    assert {match.kind for match in desk.read(matches)} == {"address", "contact"}
    put(desk, one, "Roy Cole", role="father", identifier={"kind": "vehicle", "value": "ab12cde"})
    assert sorted(match.kind for match in desk.read(matches)) == ["address", "contact", "vehicle"]
    # who was named first moves away: the child still lives there
    home = desk.do(record_fact, one, ann, "residence", {"address": "9 Weir Road", "town": "Ashmere"})
    held = [match for match in desk.read(matches) if match.kind == "address"]
    assert home
    assert len(held) == 1


def test_a_suspect_who_works_where_a_child_of_another_file_goes_is_told(desk: Desk) -> None:
    one, other = opened(desk, "F-1"), opened(desk, "F-2")
    school = {"kind": "school", "name": "St Mark’s C.E. Primary School"}
    put(desk, one, "Ivy Reed", role="subject", setting=school)
    put(desk, other, "Dan Holt", role="witness", setting={"kind": "employer", "name": "St Marks Primary"})
    assert desk.read(matches) == ()
    put(desk, other, "Lee Holt", role="suspect", setting={"kind": "employer", "name": "St. Marks Primary"})
    assert [match.kind for match in desk.read(matches)] == ["setting"]


def test_one_record_in_two_files_is_told_and_professionals_are_not(desk: Desk) -> None:
    one, other = opened(desk, "F-1"), opened(desk, "F-2")
    worker = put(desk, one, "Una Bell", "1/1/1970", role="social_worker")
    desk.do(record_fact, other, worker, "involvement", {"role": "social_worker"})
    put(desk, other, "Una Bell", "1/1/1970", role="health_professional")
    assert desk.read(matches) == ()
    man = put(desk, one, "Col Marr", "2/2/1980")
    desk.do(record_fact, other, man, "involvement", {"role": "lodger"})
    (found,) = desk.read(matches)
    assert (found.kind, found.one.person_id, found.other.person_id) == ("stands", man, man)


def test_a_match_with_a_restricted_file_is_not_hinted_at(sign_in: At) -> None:
    sergeant, constable = sign_in("Okafor"), sign_in("Marsh")
    one, hidden = opened(sergeant, "F-1"), opened(sergeant, "F-2")
    sergeant.do(allocate, one, "officer", officer_of(constable), date(2026, 1, 5))
    sergeant.do(allocate, hidden, "supervisor", officer_of(sergeant), date(2026, 1, 5))
    sergeant.do(restrict_file, hidden, [officer_of(sergeant)], "A relative works here.")
    vic = put(sergeant, hidden, "Vic Thorne", "4/4/1979")
    put(constable, one, "Victor Thorn", "4/4/1979")
    assert constable.read(matches) == constable.read(matches, decided=True) == ()
    assert constable.read(matches_waiting) == 0
    # a server hides the file from whoever writes: the match is derived when one of its readers next writes there
    sergeant.do(record_fact, hidden, vic, "characteristics", {"sex": "M"})
    (found,) = sergeant.read(matches, mine=True)
    with pytest.raises(Missing):
        constable.do(decide_match, found.id, "rejected", "Because.")
