"""Bringing returns onto the record: as much as the source says, again, newer, older, stopped and refused."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import func, select

from casefile.desk import Desk
from casefile.errors import Cancelled, Damaged, Invalid, Refused
from casefile.exchange.census.bring_in import bring_in_census
from casefile.exchange.census.report import Became, CensusReport
from casefile.files.actions.drafts import start_draft
from casefile.files.actions.entries import sign_entry
from casefile.files.actions.people import record_fact
from casefile.files.actions.restrict import restrict_file
from casefile.record.facts import EntryFact
from casefile.record.model import CaseFile, Entry, SourceRef, Task
from casefile.record.people import Birth, Characteristics, Fact, Identifier, Person, PersonName
from casefile.sections import SECTIONS
from casefile.sections.load import entries
from tests import make_census as make
from tests.conftest import Clock

DATA = Path(__file__).parents[3] / "data" / "cin-census"
FILES = ("CIN_Census_2024.xml", "fake_CIN_data.xml")
EVERYTHING = (CaseFile, Person, Entry, SourceRef, Task, PersonName, Identifier, Characteristics)


def bring_in(desk: Desk, data: bytes, **more: object) -> CensusReport:
    return desk.do(bring_in_census, data, "return.xml", **more).result  # type: ignore[arg-type]


def counted(desk: Desk) -> dict[str, int]:
    with desk.store.reading() as session:
        return {
            cls.__tablename__: session.execute(select(func.count()).select_from(cls.__table__)).scalar_one()
            for cls in EVERYTHING
        }


def signed(desk: Desk, reference: str | None = None, *, all_versions: bool = False) -> list[EntryFact]:
    with desk.store.reading() as session:
        wanted = select(CaseFile.id)
        if reference is not None:
            wanted = wanted.where(CaseFile.reference == reference)
        return [
            entry
            for file_id in session.scalars(wanted)
            for entry in entries(session, SECTIONS, file_id, all_versions=all_versions)
        ]


def standing(desk: Desk, cls: type[Fact]) -> list[Fact]:
    with desk.store.reading() as session:
        rows = list(session.scalars(select(cls)))
        session.expunge_all()
    replaced = {one.replaces_id for one in rows}
    return [one for one in rows if one.id not in replaced]


def tags(data: bytes) -> Counter[str]:
    return Counter(one.tag for one in ET.fromstring(data).iter())


def child(year: int, number: str, *inside: str, **more: object) -> str:
    who = make.identifiers(year, number, **more)  # type: ignore[arg-type]
    return make.child(who, make.characteristics(), *inside)


@pytest.mark.parametrize("name", FILES)
def test_a_real_return_comes_in_whole_and_a_second_time_changes_nothing(desk: Desk, name: str) -> None:
    data = (DATA / name).read_bytes()
    said = tags(data)
    report = bring_in(desk, data)

    held = Counter(entry.section for entry in signed(desk))
    assert counted(desk)["case_file"] == counted(desk)["person"] == said["Child"]
    assert held["referral"] == said["CINdetails"]
    assert held["assessment"] == said["Assessments"]
    assert held["section47"] == said["Section47"]
    assert held["conference"] == said["DateOfInitialCPC"] + said["CPPreviewDate"]
    assert held["plan"] == said["ChildProtectionPlans"] + said["CINPlanDates"]
    assert {key: count for key, count in report.counts.items() if key != "Message"} == {
        key: count for key, count in said.items() if key != "Message"
    }
    numbers = Counter(str(one.kind) for one in standing(desk, Identifier))  # type: ignore[attr-defined]
    assert numbers["la_child_id"] == said["LAchildID"]
    assert numbers["upn"] == said["UPN"]

    before = counted(desk)
    again = bring_in(desk, data)
    assert not again.changed
    assert "Nothing was changed" in again.sentence
    assert counted(desk) == before


def test_every_doubt_about_an_episode_is_marked_on_the_record(desk: Desk) -> None:
    report = bring_in(desk, (DATA / FILES[0]).read_bytes())
    first = report.children[0]
    marked = {
        (entry.section, key): doubt
        for entry in signed(desk, first.reference)
        for key, doubt in entry.doubts.items()
    }
    assert any(doubt.stated == "RB" for doubt in marked.values())
    assert any("before the start of the assessment" in doubt.why for doubt in marked.values())
    assert any("The episode dates its initial conference" in doubt.why for doubt in marked.values())
    factors = [
        entry.get("factors") for entry in signed(desk, first.reference) if entry.section == "assessment"
    ]
    assert factors == [["1C", "6B"]]
    said = "\n".join(report.lines())
    for doubt in report.doubts:
        assert doubt.why in said


def test_a_child_is_called_by_its_number_and_says_that_this_is_no_name(desk: Desk) -> None:
    bring_in(desk, make.census(2024, child(2024, "LA77", make.episode(date(2023, 6, 1)))))
    (name,) = standing(desk, PersonName)
    assert name.full == "Child LA77"  # type: ignore[attr-defined]
    assert "gives no names" in name.doubts["full"]["why"]
    assert name.source == "CIN census 201 2024"


def test_entries_are_known_from_the_day_the_return_was_received(desk: Desk) -> None:
    data = make.census(2024, make.child_on_plan(2024))
    bring_in(desk, data, received_on=date(2024, 6, 12))
    assert {entry.known_on for entry in signed(desk)} == {date(2024, 6, 12)}
    assert {entry.origin for entry in signed(desk)} == {"CIN census 201 2024"}


def test_a_plan_that_stands_leaves_its_next_review_owed(desk: Desk) -> None:
    bring_in(desk, make.census(2024, make.child_on_plan(2024)))
    with desk.store.reading() as session:
        states = {(task.timescale, task.state) for task in session.scalars(select(Task))}
    assert ("ICPC", "done") in states
    assert any(scale.startswith("RCPC") and state == "due" for scale, state in states)


def test_a_newer_return_amends_what_differs_and_adds_what_is_new(desk: Desk, clock: Clock) -> None:
    bring_in(desk, make.census(2023, make.child_on_plan(2023)))
    before = counted(desk)
    clock.forward(days=30)
    ended = make.child_on_plan(2023, ended=date(2023, 9, 4), reviews=2)
    report = bring_in(desk, make.census(2024, ended, child(2024, "LA2", make.episode(date(2023, 10, 2)))))

    assert [one.opened for one in report.children] == [False, True]
    first = report.children[0]
    plans = [one for one in signed(desk, first.reference, all_versions=True) if one.section == "plan"]
    assert [one.version for one in plans] == [1, 2]
    assert [one.get("ended_on") for one in plans] == [None, date(2023, 9, 4)]
    assert plans[1].reason == "Newer return, reference date 31 March 2024."
    assert report.entries["conference"][Became.ADDED] == 1
    assert counted(desk)["case_file"] == before["case_file"] + 1
    assert not bring_in(desk, make.census(2024, ended)).changed


def test_a_corrected_return_of_the_same_day_amends_and_says_so(desk: Desk) -> None:
    bring_in(desk, make.census(2024, child(2024, "LA1", make.episode(date(2023, 6, 1), need="N1"))))
    bring_in(desk, make.census(2024, child(2024, "LA1", make.episode(date(2023, 6, 1), need="N4"))))
    referrals = [one for one in signed(desk, all_versions=True) if one.section == "referral"]
    assert [one.version for one in referrals] == [1, 2]
    assert referrals[1].reason == "Corrected return, reference date 31 March 2024."


def test_an_older_return_adds_what_was_missing_and_overrides_nothing(desk: Desk) -> None:
    old = make.episode(date(2021, 6, 1), closed=date(2021, 9, 1), reason="RC7")
    bring_in(desk, make.census(2024, child(2024, "LA1", make.episode(date(2022, 6, 1), need="N4"), sex="M")))
    report = bring_in(
        desk, make.census(2023, child(2023, "LA1", old, make.episode(date(2022, 6, 1), need="N1")))
    )
    referrals = [one for one in signed(desk, all_versions=True) if one.section == "referral"]
    assert [(one.happened_on, one.version) for one in referrals] == [
        (date(2021, 6, 1), 1),
        (date(2022, 6, 1), 1),
    ]
    assert [one.sex for one in standing(desk, Characteristics)] == ["M"]  # type: ignore[attr-defined]
    assert report.total[Became.OLDER] > 0
    assert "left as a newer return states them" in report.sentence


def test_what_a_newer_return_leaves_out_stays_and_is_named(desk: Desk) -> None:
    june, july = (
        make.episode(date(2023, month, 1), closed=date(2023, month, 20), reason="RC7") for month in (6, 7)
    )
    bring_in(desk, make.census(2024, child(2024, "LA1", june, july), reference=date(2024, 1, 31)))
    report = bring_in(desk, make.census(2024, child(2024, "LA1", july)))
    assert report.children[0].no_longer
    assert "a referral of 1 Jun 2023" in report.children[0].no_longer
    assert len([one for one in signed(desk) if one.section == "referral"]) == 2


def test_a_child_repeated_in_one_return_is_one_file(desk: Desk) -> None:
    first, second = make.episode(date(2023, 6, 1)), make.episode(date(2023, 8, 1))
    report = bring_in(desk, make.census(2024, child(2024, "LA1", first), child(2024, "LA1", first, second)))
    assert counted(desk)["case_file"] == 1
    assert len([one for one in signed(desk) if one.section == "referral"]) == 2
    assert any(one.rule == "8510-repeated-child" for one in report.doubts)


def test_two_authorities_may_use_the_same_number(desk: Desk) -> None:
    one = child(2024, "LA1", make.episode(date(2023, 6, 1)))
    bring_in(desk, make.census(2024, one, lea="201"))
    bring_in(desk, make.census(2024, one, lea="202"))
    assert counted(desk)["case_file"] == 2


def test_an_unborn_child_and_its_birth(desk: Desk) -> None:
    inside = make.episode(date(2023, 12, 4))
    unborn = child(2024, "LA1", inside, born=None, expected=date(2024, 6, 1), sex="U")
    bring_in(desk, make.census(2024, unborn))
    with desk.store.reading() as session:
        assert session.scalars(select(Person.unborn)).one() is True
    bring_in(desk, make.census(2025, child(2025, "LA1", inside, born=date(2024, 5, 28))))
    with desk.store.reading() as session:
        assert session.execute(select(Person.unborn, Person.born_on)).one() == (False, date(2024, 5, 28))


def test_what_has_no_field_is_kept_as_text(desk: Desk) -> None:
    odd = "<PreProceedingsandFGDM><PPOutcome>A</PPOutcome></PreProceedingsandFGDM>"
    bring_in(
        desk,
        make.census(
            2026,
            child(2026, "LA1", make.episode(date(2025, 6, 2), odd)),
            make.child(make.identifiers(2026, "LA2"), make.characteristics(), "<Odder>yes</Odder>"),
        ),
    )
    with desk.store.reading() as session:
        kept = "\n".join(session.scalars(select(Entry.__table__.c.text)))
    assert "PPOutcome: A" in kept
    names = {one.full: one for one in standing(desk, PersonName)}  # type: ignore[attr-defined]
    assert "yes" in names["Child LA2"].doubts["full"]["stated"]


def test_what_an_officer_added_survives_a_newer_return(desk: Desk) -> None:
    once = make.episode(date(2023, 6, 1), make.plan(date(2023, 7, 3)))
    bring_in(desk, make.census(2024, child(2024, "LA1", once)))
    (plan,) = [one for one in signed(desk) if one.section == "plan"]
    aims = {"aims": "No unsupervised contact"}
    draft = desk.do(start_draft, plan.file_id, "plan", thread_id=plan.thread_id, values=aims).result
    desk.do(sign_entry, draft.id, reason="Aims added.")
    ended = make.episode(date(2023, 6, 1), make.plan(date(2023, 7, 3), date(2024, 9, 2)))
    bring_in(desk, make.census(2025, child(2025, "LA1", ended)))
    (plan,) = [one for one in signed(desk) if one.section == "plan"]
    assert (plan.version, plan.get("aims"), plan.get("ended_on")) == (
        3,
        "No unsupervised contact",
        date(2024, 9, 2),
    )


def test_what_an_officer_corrected_about_the_child_stands(desk: Desk) -> None:
    bring_in(
        desk, make.census(2024, child(2024, "LA1", make.episode(date(2023, 6, 1)), born=date(2015, 1, 1)))
    )
    (birth,) = standing(desk, Birth)
    corrected = {"born_on": "2015-01-11", "precision": "exact"}
    desk.do(record_fact, birth.file_id, birth.person_id, "birth", corrected, replaces_id=birth.id)  # type: ignore[attr-defined]
    report = bring_in(
        desk, make.census(2025, child(2025, "LA1", make.episode(date(2023, 6, 1)), born=date(2015, 11, 1)))
    )
    assert report.total[Became.CORRECTED] == 1
    assert [one.born_on for one in standing(desk, Birth)] == [date(2015, 1, 11)]  # type: ignore[attr-defined]


def test_a_restricted_file_is_left_alone_and_named(desk: Desk, sign_in: Callable[[str], Desk]) -> None:
    data = make.census(2024, make.child_on_plan(2024))
    report = bring_in(desk, data)
    sign_in("Lindqvist").do(restrict_file, report.children[0].file_id, [], "A relative works here.")
    before = counted(desk)
    again = bring_in(desk, make.census(2025, make.child_on_plan(2024, ended=date(2024, 5, 1))))
    assert again.children == ()
    assert [one.rule for one in again.doubts if one.rule == "restricted"] == ["restricted"]
    assert "restricted to named readers" in "\n".join(again.lines())
    assert counted(desk) == before


class _StopsAt:
    """Progress that a person stops after so many steps."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def step(self, done: int, of: int | None, what: str) -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled("You stopped the import.")


@pytest.mark.parametrize("steps", [0, 3, 8])
def test_a_stopped_import_leaves_nothing(desk: Desk, steps: int) -> None:
    data = make.census(2024, *(make.child_on_plan(2024, f"LA{n}") for n in range(5)))
    before = counted(desk)
    with pytest.raises(Cancelled) as stopped:
        desk.with_(progress=_StopsAt(steps)).do(bring_in_census, data, "return.xml")
    assert stopped.value.kept == "Nothing of the return was brought in."
    assert counted(desk) == before
    assert bring_in(desk, data).changed


def test_what_is_no_return_leaves_nothing(desk: Desk) -> None:
    before = counted(desk)
    with pytest.raises(Damaged):
        bring_in(desk, b"<Message><Children><Child>")
    assert counted(desk) == before


def test_an_administrator_brings_in_no_case(sign_in: Callable[[str], Desk]) -> None:
    with pytest.raises(Refused):
        bring_in(sign_in("Boss"), make.census(2024, make.child_on_plan(2024)))


def test_the_report_as_csv_and_json(desk: Desk) -> None:
    odd = child(2024, "=1+1", make.episode(date(2023, 6, 1), "<Note>=cmd()</Note>"))
    report = bring_in(desk, make.census(2024, odd))
    rows = list(csv.reader(io.StringIO(report.as_csv())))
    assert len(rows) == 1 + len(report.doubts)
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    plain = json.loads(report.as_json())
    assert plain["elements"]["Child"] == 1
    assert plain["children"][0]["file"] == report.children[0].reference
    assert len(plain["doubts"]) == len(report.doubts)


def test_a_return_cannot_have_been_received_in_the_future(desk: Desk) -> None:
    tomorrow = desk.now().date() + timedelta(days=2)
    with pytest.raises(Invalid, match="future"):
        desk.do(bring_in_census, b"<Message/>", "return.xml", received_on=tomorrow)
