"""Bringing docket indexes onto the record: as much as the sheet says, again, newer, older, stopped and refused."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from casefile.desk import Desk
from casefile.errors import Cancelled, Damaged, Invalid, Refused
from casefile.exchange.census.report import Became
from casefile.exchange.docket import DocketMap, open_index
from casefile.exchange.docket.bring_in import bring_in_docket
from casefile.exchange.docket.choose import certain_map
from casefile.exchange.docket.report import DocketReport
from casefile.exchange.json_file.bring_in import bring_in_json
from casefile.exchange.json_file.export import export_file
from casefile.files.actions.files import allocate, open_file
from casefile.files.actions.people import add_person, record_fact
from casefile.files.actions.restrict import restrict_file
from casefile.files.queries.docket import Docket, open_docket
from casefile.files.queries.listing import find_file, list_files
from casefile.record.model import CaseFile, Entry, SourceRef, Task, TaskEvent
from casefile.record.people import Allocation, Involvement, Person, PersonName
from casefile.record.persons import PersonView
from casefile.sections import SECTIONS
from casefile.sections.load import entries
from casefile.standards import Library
from casefile.store.engine import Store, embedded_engine
from tests.conftest import KEY, PASSWORD, Clock, officer_of
from tests.make_docket import HEADINGS, SAMPLE, as_csv, as_xlsx, row

EVERYTHING = (CaseFile, Person, Entry, SourceRef, Task, TaskEvent, PersonName, Involvement, Allocation)
LATER = date(2026, 11, 2)
EARLIER = date(2026, 10, 1)


def bring_in(desk: Desk, data: bytes, name: str = "index.csv", **more: object) -> DocketReport:
    mapping = more.pop("mapping", None) or certain_map(open_index(data, name))
    return desk.do(bring_in_docket, data, name, mapping, **more).result  # type: ignore[arg-type]


def counted(desk: Desk) -> dict[str, int]:
    with desk.store.reading() as session:
        return {
            cls.__tablename__: session.execute(select(func.count()).select_from(cls.__table__)).scalar_one()
            for cls in EVERYTHING
        }


def opened(desk: Desk, reference: str) -> Docket:
    return desk.read(open_docket, desk.read(find_file, reference).id)


def person(docket: Docket, name: str) -> PersonView:
    return next(one for one in docket.people if one.name == name)


def said(view: PersonView, kind: str, key: str) -> object:
    return next(iter(view.now(kind))).get(key)


def test_the_sample_comes_in_whole_and_a_second_time_changes_nothing(desk: Desk) -> None:
    data = SAMPLE.read_bytes()
    report = bring_in(desk, data, SAMPLE.name)
    assert (report.rows, len(report.files)) == (32, 30)
    assert sum(one.children for one in report.files) == 39
    assert all(one.opened for one in report.files)
    before = counted(desk)

    again = bring_in(desk, data, SAMPLE.name)
    assert not again.changed
    assert "Nothing was changed" in again.sentence
    assert counted(desk) == before


def test_a_row_becomes_a_file_with_its_people_facts_plan_and_officer(desk: Desk) -> None:
    report = bring_in(desk, as_csv(row()))
    docket = opened(desk, "W/1")
    child = person(docket, "Kim Ashby")
    assert child.born_on == date(2019, 3, 14)
    assert said(child, "characteristics", "sex") == "F"
    assert (said(child, "residence", "address"), said(child, "residence", "postcode")) == (
        "4 Mill Lane",
        "LK1 2AB",
    )
    assert said(child, "involvement", "note") == "Box: 7"
    mother = person(docket, "Jo Ashby")
    assert mother.born_on == date(1990, 2, 1)
    assert said(mother, "relationship", "to_person_id") == child.id
    row_of = desk.read(list_files).rows[0]
    assert (row_of.family_name, row_of.plan_category, row_of.plan_since) == (
        "Ashby",
        "NEG",
        date(2026, 2, 10),
    )
    assert "Marsh" in str(row_of)
    assert report.kept == {"Box": 1}
    assert "“Box” (1)" in report.sentence


def test_a_date_that_never_was_is_kept_as_stated_and_marked(desk: Desk) -> None:
    report = bring_in(desk, as_csv(row(dob="29/02/2009")))
    birth = person(opened(desk, "W/1"), "Kim Ashby").now("birth")[0]
    assert birth.get("born_on") is None
    assert birth.doubts["born_on"].stated == "29/02/2009"
    assert "There is no 29 February 2009" in birth.doubts["born_on"].why
    doubt = next(one for one in report.doubts if one.stated == "29/02/2009")
    assert (doubt.row, doubt.file, doubt.who, doubt.column) == (2, "W/1", "Kim Ashby", "DOB")


def test_a_newer_index_adds_and_amends_and_says_what_it_no_longer_states(desk: Desk) -> None:
    bring_in(desk, as_csv(row(), row(child="Lee", dob="1/1/2021")), received_on=EARLIER)
    newer = as_csv(row(address="9 New Road, LK1 2AB", category="Emotional", plan="10/02/2026"),
                   row(child="Max", dob="2/2/2023"))  # fmt: skip
    report = bring_in(desk, newer, received_on=LATER)
    (one,) = report.files
    assert not one.opened
    assert one.became[Became.AMENDED]
    docket = opened(desk, "W/1")
    assert {each.name for each in docket.people} == {"Kim Ashby", "Lee Ashby", "Max Ashby", "Jo Ashby"}
    assert said(person(docket, "Kim Ashby"), "residence", "address") == "9 New Road"
    assert len(person(docket, "Kim Ashby").facts["residence"]) == 2
    assert any("birth" in said_of for said_of in one.no_longer)
    assert not bring_in(desk, newer, received_on=LATER).changed


def test_an_older_index_never_overrides(desk: Desk) -> None:
    bring_in(desk, as_csv(row(address="9 New Road")), received_on=LATER)
    report = bring_in(desk, as_csv(row(address="4 Old Road")), received_on=EARLIER)
    assert report.files[0].became[Became.OLDER]
    assert said(person(opened(desk, "W/1"), "Kim Ashby"), "residence", "address") == "9 New Road"


def test_an_officers_correction_stands_and_notes_are_added_to_what_they_wrote(desk: Desk) -> None:
    bring_in(desk, as_csv(row(sex="M")), received_on=EARLIER)
    docket = opened(desk, "W/1")
    child = person(docket, "Kim Ashby")
    for key, changed in (
        ("characteristics", {"sex": "F"}),
        ("involvement", {"role": "sibling", "note": "Box: 7\nSeen"}),
    ):
        desk.do(record_fact, docket.id, child.id, key, changed, replaces_id=child.now(key)[0].id)
    bring_in(desk, as_csv(row(sex="U", box="8")), received_on=LATER)
    after = person(opened(desk, "W/1"), "Kim Ashby")
    assert said(after, "characteristics", "sex") == "F"
    assert [one.get("role") for one in after.now("involvement")] == ["sibling"]
    assert said(after, "involvement", "note") == "Box: 7\nSeen\nBox: 8"


def test_an_unborn_child_that_is_born_stays_the_same_child(desk: Desk) -> None:
    bring_in(desk, as_csv(row(child="Unborn Ashby", dob="EDD 1/12/2026", sex="")), received_on=EARLIER)
    first = person(opened(desk, "W/1"), "Unborn Ashby")
    assert first.unborn
    assert opened(desk, "W/1").family_name == "Ashby"
    report = bring_in(desk, as_csv(row(child="Robin", dob="30/10/2026", sex="")), received_on=LATER)
    docket = opened(desk, "W/1")
    child = person(docket, "Robin Ashby")
    assert (child.id, child.unborn, child.born_on) == (first.id, False, date(2026, 10, 30))
    assert child.roles(docket.id) == ("subject",)
    assert any("Taken as the child who was expected" in one.why for one in report.doubts)


def test_a_respelt_name_of_the_same_birth_is_the_same_child(desk: Desk) -> None:
    bring_in(desk, as_csv(row(child="Katheryn")), received_on=EARLIER)
    bring_in(desk, as_csv(row(child="Kathryn")), received_on=LATER)
    assert [one.name for one in opened(desk, "W/1").people if one.born_on == date(2019, 3, 14)] == [
        "Kathryn Ashby"
    ]


def test_two_families_under_one_reference_become_two_files_for_good(desk: Desk) -> None:
    one, two = row(), row(family="Bell", child="Sam", address="1 High St", mother="Ann Bell")
    report = bring_in(desk, as_csv(one, two))
    assert [each.reference for each in report.files] == ["W/1", "W/1 (2)"]
    assert any("gives the same reference to another family" in each.why for each in report.doubts)
    assert not bring_in(desk, as_csv(two, one)).changed
    assert opened(desk, "W/1 (2)").family_name == "Bell"


def test_one_reference_with_two_names_and_one_home_is_one_file(desk: Desk) -> None:
    report = bring_in(desk, as_csv(row(), row(family="Bell", child="Sam", mother="")))
    assert [each.reference for each in report.files] == ["W/1"]
    assert any("brought together" in each.why for each in report.doubts)


def test_brothers_and_sisters_on_one_plan_have_one_entry(desk: Desk) -> None:
    bring_in(desk, as_csv(row(child="Kim & Lee", dob="1/1/2019 & 2/2/2020", sex="F/M")))
    docket = opened(desk, "W/1")
    assert person(docket, "Lee Ashby").born_on == date(2020, 2, 2)
    with desk.store.reading() as session:
        signed = entries(session, SECTIONS, docket.id)
    assert [(one.section, len(one.concerns)) for one in signed] == [("plan", 2)]


def test_a_file_the_store_holds_under_the_reference_is_added_to(desk: Desk) -> None:
    file_id = desk.do(open_file, "W/1").result
    known = desk.do(
        add_person,
        file_id,
        {"name": {"kind": "legal", "given": "Kim", "family": "Ashby"}, "involvement": {"role": "subject"}},
    ).result
    report = bring_in(desk, as_csv(row()))
    docket = opened(desk, "W/1")
    assert docket.id == file_id
    child = person(docket, "Kim Ashby")
    assert child.id == known
    assert said(child, "name", "kind") == "legal"
    assert said(child, "involvement", "note") == "Box: 7"
    assert any("held a file of this reference already" in one.why for one in report.doubts)
    assert not bring_in(desk, as_csv(row())).changed


def test_a_restricted_docket_is_left_out_for_others(desk: Desk, sign_in: Callable[[str], Desk]) -> None:
    bring_in(desk, as_csv(row()))
    sergeant = sign_in("Okafor")
    file_id = sergeant.read(find_file, "W/1").id
    sergeant.do(restrict_file, file_id, [officer_of(sergeant)], "A relative works here.")
    before = counted(desk)
    report = bring_in(desk, as_csv(row(category="Emotional"), row(ref="W/2", child="Pat")))
    assert [one.reference for one in report.files] == ["W/2"]
    assert "1 docket was left out as restricted" in report.sentence
    assert counted(desk)["case_file"] == before["case_file"] + 1


def test_an_officer_nobody_knows_is_kept_as_stated(desk: Desk) -> None:
    report = bring_in(desk, as_csv(row(oic="DC 999 Bloggs")))
    with desk.store.reading() as session:
        (one,) = session.scalars(select(Allocation)).all()
        assert one.officer_id is None
        assert one.doubts["officer_id"]["stated"] == "DC 999 Bloggs"
    assert any("No officer of this name" in each.why for each in report.doubts)


def test_who_holds_the_file_by_an_officers_word_stays(desk: Desk, sign_in: Callable[[str], Desk]) -> None:
    bring_in(desk, as_csv(row(oic="Marsh")), received_on=EARLIER)
    sergeant = sign_in("Okafor")
    file_id = desk.read(find_file, "W/1").id
    sergeant.do(allocate, file_id, "officer", officer_of(sergeant))
    bring_in(desk, as_csv(row(oic="Lindqvist")), received_on=LATER)
    assert desk.read(list_files).rows[0].officer != ""
    assert "Okafor" in str(desk.read(list_files).rows[0])


def test_the_next_conference_is_owed_and_moves_with_a_newer_index(desk: Desk) -> None:
    headings = (*HEADINGS, "Next conference")
    bring_in(desk, as_csv((*row(), "1/12/2026"), headings=headings), received_on=EARLIER)
    bring_in(desk, as_csv((*row(), "8/12/2026"), headings=headings), received_on=LATER)
    owed = [one for one in opened(desk, "W/1").owed if one.title == "Child protection conference"]
    assert sorted((str(one.due_on), one.state.value) for one in owed) == [
        ("2026-12-01", "waived"),
        ("2026-12-08", "due"),
    ]


def test_a_closed_docket_is_a_closed_file_but_a_held_one_is_closed_by_a_supervisor_only(
    desk: Desk, sign_in: Callable[[str], Desk]
) -> None:
    headings = (*HEADINGS, "Date closed")
    bring_in(desk, as_csv((*row(), "1/10/2026"), headings=headings))
    assert desk.read(list_files, state="closed").total == 1
    desk.do(open_file, "W/9")
    other = as_csv((*row(ref="W/9"), "1/10/2026"), headings=headings)
    report = bring_in(desk, other)
    assert any("only a supervisor closes a file" in one.why for one in report.doubts)
    assert desk.read(list_files, state="closed").total == 1
    bring_in(sign_in("Okafor"), other)
    assert desk.read(list_files, state="closed").total == 2


def test_the_report_can_be_read_by_programs_and_runs_nothing(desk: Desk) -> None:
    report = bring_in(desk, as_csv(row(), row(child="Lee", dob="=1+1"), row(child="Max")))
    cells = list(csv.reader(io.StringIO(report.as_csv())))
    assert cells[0][:3] == ["row", "docket", "file"]
    assert any("'=1+1" in line for line in cells)
    told = json.loads(report.as_json())
    assert told["columns"]["DOB"] == "Child: date of birth"
    assert told["files"][0]["added"] > 5
    assert any("W/1, 3 children: file opened" in line for line in report.lines())


def test_nothing_comes_in_when_it_is_stopped_or_the_mapping_does_not_fit(desk: Desk) -> None:
    before = counted(desk)
    data = as_csv(*(row(ref=f"W/{number}", child=f"Kim{number}") for number in range(300)))

    class Stopped:
        def step(self, done: int, of: int | None, what: str) -> None:
            if what == "Bringing in dockets" and done == 200:
                raise Cancelled("Stopped.")

    with pytest.raises(Cancelled, match="Nothing of the index"):
        desk.with_(progress=Stopped()).do(
            bring_in_docket, data, "i.csv", certain_map(open_index(data, "i.csv"))
        )
    with pytest.raises(Invalid, match="no column “Nowhere”"):
        bring_in(desk, as_csv(row()), mapping=DocketMap({"Nowhere": "child_name"}))
    with pytest.raises(Invalid, match="No column holds a name"):
        bring_in(desk, as_csv(row()), mapping=DocketMap({"Docket No": "reference"}))
    with pytest.raises(Invalid, match="in the future"):
        bring_in(desk, as_csv(row()), received_on=date(2027, 1, 1))
    assert counted(desk) == before


def test_who_may_not_import_brings_nothing_in(sign_in: Callable[[str], Desk]) -> None:
    with pytest.raises(Refused):
        bring_in(sign_in("Penrose"), as_csv(row()))


def test_csv_and_xlsx_of_the_same_rows_are_one_index(desk: Desk) -> None:
    bring_in(desk, as_csv(row()))
    whole = list(row())
    assert not bring_in(desk, as_xlsx(whole), "index.csv").changed


def test_a_broken_workbook_changes_nothing(desk: Desk) -> None:
    before = counted(desk)
    with pytest.raises(Damaged):
        desk.do(bring_in_docket, as_xlsx(row())[:900], "cut.xlsx", DocketMap({"Child": "child_name"}))
    assert counted(desk) == before


def test_a_social_worker_is_no_adult_who_must_be_researched(desk: Desk) -> None:
    headings = (*HEADINGS, "Social worker")
    bring_in(desk, as_csv((*row(), "R. Adeyemi"), headings=headings))
    docket = opened(desk, "W/1")
    assert person(docket, "R. Adeyemi").roles(docket.id) == ("social_worker",)
    missing = [said for divider in docket.dividers for said in divider.missing]
    assert any("Jo Ashby" in said for said in missing)
    assert not any("Adeyemi" in said for said in missing)


def test_files_that_went_out_and_came_back_as_json_are_still_those_of_the_index(
    desk: Desk, staffed_store: Path, tmp_path: Path, standards: Library, clock: Clock
) -> None:
    data = SAMPLE.read_bytes()
    report = bring_in(desk, data, SAMPLE.name)
    path = tmp_path / "other.db"
    path.write_bytes(staffed_store.read_bytes())
    store = Store(embedded_engine(path, KEY), "embedded", "other")
    other = Desk(store, standards, clock=clock)
    other.sign_in("Rhodes", PASSWORD)
    for one in report.files:
        whole = desk.read(export_file, one.file_id, "another team")
        other.do(bring_in_json, whole, one.reference)
        assert json.loads(other.read(export_file, one.file_id, "another team")) == json.loads(whole)
    assert not bring_in(other, data, SAMPLE.name).changed
    store.close()


def test_a_sheet_of_anything_comes_in_and_a_second_time_changes_nothing(desk: Desk) -> None:
    long = "x" * 40_000
    sheet = as_csv(
        row(ref=long), row(ref="R" * 61, family="Q" * 5_000, child="Z" * 5_000), row(ref="", family="", child=""),
        row(ref="'; DROP TABLE", family="O’Ñéîl-李", child="\U0001f476 Кирилл"), row(ref="W/2", child="(((", mother="),(", dob="?"),
        row(ref="W/3", child="Unborn & Unborn", dob="EDD 1/1/2027", oic="&", category="x/y", plan="99/99/9999"),
        row(ref="W/3", child="", family="", mother="Jo (x) (y) - (z)", box="\x1b[31m\u202eabc"),
        row(ref="W/4", child="Kim,,,,&&&", address=long, mother=long),
    )  # fmt: skip
    report = bring_in(desk, sheet)
    assert report.changed
    before = counted(desk)
    assert not bring_in(desk, sheet).changed
    assert counted(desk) == before
    for one in report.files:
        assert desk.read(open_docket, one.file_id).reference == one.reference


def test_twins_yet_to_be_born_are_two_and_a_child_among_the_siblings_is_one(desk: Desk) -> None:
    headings = (*HEADINGS, "Siblings")
    sheet = as_csv(
        (*row(child="Unborn & Unborn", dob="EDD 1/1/2027"), ""), (*row(ref="W/2", family="Bell", child="Kim"), "Kim, Lee"),
        headings=headings,
    )  # fmt: skip
    bring_in(desk, sheet)
    assert sorted(one.name for one in opened(desk, "W/1").people) == [
        "Jo Ashby",
        "Unborn Ashby",
        "Unborn Ashby",
    ]
    second = opened(desk, "W/2")
    assert sorted(one.name for one in second.people) == ["Jo Ashby", "Kim Bell", "Lee Bell"]
    assert person(second, "Lee Bell").roles(second.id) == ("sibling",)
    assert not bring_in(desk, sheet).changed
