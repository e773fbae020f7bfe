"""Re-review campaigns: which files fit, who answers, what stands for good, and what stays hidden; on both stores."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from casefile.access.queries import officers
from casefile.desk import Desk
from casefile.errors import CasefileError, Conflict, Invalid, Missing, Refused
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import allocate, open_file
from casefile.files.actions.people import add_person
from casefile.files.actions.restrict import restrict_file
from casefile.handover.officers import change_officer
from casefile.sections import SECTIONS
from casefile.standards import Library
from casefile.store.engine import Store, translated
from casefile.supervision.campaign.actions import (
    answer_campaign,
    begin_campaign,
    drop_campaign_form,
    end_campaign,
    keep_campaign_form,
)
from casefile.supervision.campaign.queries import (
    answer_form,
    begin_form,
    campaign,
    campaigns,
    fitting_files,
    my_campaign_files,
    waiting_campaign_files,
)
from tests.conftest import Clock, officer_of

ASKED: dict[str, Any] = {
    "title": "After the death of a child",
    "occasion": "death",
    "due_on": "2026-11-20",
    "why": "Every file with a child on a plan is looked at again.",
    "by": "officer",
    "questions": [
        {"question": "Was the child seen alone?", "answer": "choice"},
        {"question": "What would have changed your mind?", "answer": "text"},
    ],
}
ANSWERS: dict[str, Any] = {"q1": "no", "q1_comment": "Only at the door.", "q2": "A medical."}


class Team:
    """Three files: one of Marsh on a plan at high risk in Ashmere, one of Okafor, one of nobody."""

    def __init__(self, sign_in: Callable[[str], Desk]) -> None:
        self.sergeant, self.constable, self.inspector = (
            sign_in(one) for one in ("Okafor", "Marsh", "Lindqvist")
        )
        self.first = self._file("F-1", "2018-01-01", "Ashmere")
        self.second = self._file("F-2", "2024-06-01", "Calderfoot")
        self.third = self._file("F-3", "2010-01-01", "Ashmere")
        self.give(self.first, "officer", self.constable)
        self.give(self.second, "officer", self.sergeant)
        for one in (self.first, self.second):
            self.give(one, "supervisor", self.sergeant)
        day = {"happened_on": "2026-10-30", "known_on": "2026-10-30"}
        plan = {"kind": "initial", "outcome": "plan", "category": "NEG"}
        self.constable.do(record_entry, self.first, "conference", {**day, **plan})
        self.constable.do(
            record_entry, self.first, "plan",
            {**day, "status": "on_plan", "category": "NEG"},
        )  # fmt: skip
        risk = {"trigger": "new_referral", "level": "high", "rationale": "R.", "review_on": "2026-12-01"}
        self.constable.do(record_entry, self.first, "risk", {**day, **risk})

    def _file(self, reference: str, born: str, town: str) -> UUID:
        desk = self.constable
        file_id: UUID = desk.do(open_file, reference, date(2026, 10, int(reference[-1]))).result
        facts = {
            "name": {"kind": "legal", "given": "A", "family": f"Family{reference[-1]}"},
            "involvement": {"role": "subject"},
            "birth": {"born_on": born, "precision": "exact"},
            "residence": {"address": "1 Road", "town": town},
        }
        desk.do(add_person, file_id, facts)
        return file_id

    def give(self, file_id: UUID, role: str, desk: Desk) -> None:
        self.sergeant.do(allocate, file_id, role, officer_of(desk))

    def fits(self, desk: Desk | None = None, **criteria: Any) -> list[str]:
        found = (desk or self.sergeant).read(fitting_files, {**ASKED, **criteria})
        return [one.reference for one in found.files]

    def begin(self, **values: Any) -> UUID:
        return self.sergeant.do(begin_campaign, {**ASKED, **values}).result.id

    def asked(self, desk: Desk) -> UUID:
        return desk.read(my_campaign_files)[0].id


@pytest.fixture
def team(sign_in: Callable[[str], Desk]) -> Team:
    return Team(sign_in)


CRITERIA: tuple[tuple[dict[str, Any], list[str]], ...] = (
    ({}, ["F-1", "F-2", "F-3"]),
    ({"risk": ["high"]}, ["F-1"]),
    ({"risk": ["not_assessed"]}, ["F-2", "F-3"]),
    ({"plan": "on_plan"}, ["F-1"]),
    ({"plan": "no_plan"}, ["F-2", "F-3"]),
    ({"category": ["NEG", "PHY"]}, ["F-1"]),
    ({"town": "ashmere"}, ["F-1", "F-3"]),
    ({"town": "100%"}, []),
    ({"team": "north"}, ["F-1", "F-2"]),
    ({"team": "South"}, []),
    ({"opened_before": "2026-10-03"}, ["F-1", "F-2"]),
    ({"youngest_under": 9}, ["F-1", "F-2"]),
    ({"youngest_under": 3}, ["F-2"]),
    ({"holds": "risk"}, ["F-1"]),
    ({"holds": "medical"}, []),
    ({"town": "Ashmere", "plan": "on_plan", "risk": ["high", "medium"], "youngest_under": 10}, ["F-1"]),
)


def test_files_are_chosen_by_every_criterion_together(team: Team) -> None:
    assert [team.fits(**criteria) for criteria, _ in CRITERIA] == [found for _, found in CRITERIA]


def test_files_are_chosen_by_who_holds_them_and_closed_ones_when_asked(team: Team) -> None:
    assert team.fits(officer_id=str(officer_of(team.constable))) == ["F-1"]
    assert team.fits(supervisor_id=str(officer_of(team.sergeant))) == ["F-1", "F-2"]
    day = {"happened_on": "2026-11-02", "known_on": "2026-11-02"}
    team.sergeant.do(
        record_entry, team.third, "closure",
        {**day, "closed_for": "no_plan", "outstanding": "None."},
    )  # fmt: skip
    assert team.fits() == ["F-1", "F-2"]
    assert team.fits(closed_too=True) == ["F-1", "F-2", "F-3"]


FAULTS: tuple[tuple[dict[str, Any], str], ...] = (
    ({"due_on": "2026-10-01"}, "That day has passed"),
    ({"by": "named"}, "Name the officers"),
    ({"questions": []}, "at least one row under Questions"),
    ({"youngest_under": 30}, "from 1 to 18"),
    ({"town": "Nowhere"}, "No file fits"),
    ({"title": ""}, "Fill in title"),
    ({"colour": "red"}, "has no field called colour"),
)


def test_a_campaign_that_cannot_stand_is_not_begun(team: Team) -> None:
    for values, sentence in FAULTS:
        with pytest.raises(Invalid, match=sentence):
            team.begin(**values)
    assert team.sergeant.read(campaigns) == ()


def test_each_file_goes_to_its_reviewer(team: Team, clock: Clock) -> None:
    def reviewers(**values: Any) -> list[str]:
        return [one.reviewer for one in team.sergeant.read(fitting_files, {**ASKED, **values}).files]

    marsh, okafor, lindqvist = "DC 102 Marsh", "DS 103 Okafor", "DI 104 Lindqvist"
    assert reviewers() == [marsh, okafor, okafor]
    assert reviewers(by="supervisor") == [okafor, okafor, okafor]
    named = [{"officer_id": str(officer_of(one))} for one in (team.inspector, team.constable)]
    assert reviewers(by="named", reviewers=named) == [lindqvist, marsh, lindqvist]
    clock.forward(days=3)
    team.give(team.first, "officer", team.inspector)
    assert reviewers() == [lindqvist, okafor, okafor]
    assert reviewers(by="first_officer") == [marsh, okafor, okafor]


def test_who_may_no_longer_sign_in_reviews_nothing(team: Team, sign_in: Callable[[str], Desk]) -> None:
    boss = sign_in("Boss")
    marsh = next(one for one in boss.read(officers) if one.name == "Marsh")
    boss.do(change_officer, marsh.id, role="constable", number="102", team="North", active=False)
    assert {one.reviewer for one in team.sergeant.read(fitting_files, ASKED).files} == {"DS 103 Okafor"}


def test_what_is_asked_stands_for_good(team: Team, store: Store, clock: Clock) -> None:
    begun = team.sergeant.do(begin_campaign, {**ASKED, "plan": "on_plan"}).result
    assert (begun.reference, begun.files, begun.restricted) == ("R-2026-01", 1, 0)
    clock.forward(days=1)
    team.give(team.first, "officer", team.inspector)
    page = team.sergeant.read(campaign, "r-2026-01")
    assert [(one.reference, one.reviewer, one.state) for one in page.files] == [
        ("F-1", "DC 102 Marsh", "due")
    ]
    assert page.criteria == (("Plan", "On a plan"),)
    assert page.reviewers == "Its officer now"
    for table in ("campaign", "campaign_file"):
        with (
            pytest.raises(CasefileError, match="never changed"),
            translated(),
            store.engine.begin() as connection,
        ):
            connection.execute(text(f"DELETE FROM {table}"))
    assert team.sergeant.do(begin_campaign, ASKED).result.reference == "R-2026-02"


def test_a_file_waits_for_its_reviewer_until_it_is_answered(team: Team, clock: Clock) -> None:
    team.begin()
    assert team.constable.read(waiting_campaign_files) == 1
    owed = team.constable.read(my_campaign_files)[0]
    assert (owed.reference, owed.title, owed.days_late) == ("F-1", ASKED["title"], 0)
    clock.forward(days=20)
    assert team.constable.read(my_campaign_files)[0].days_late == 2
    team.constable.do(answer_campaign, owed.id, ANSWERS)
    assert team.constable.read(my_campaign_files) == ()
    assert team.constable.read(waiting_campaign_files) == 0
    page = team.sergeant.read(campaign, team.sergeant.read(campaigns)[0].id)
    assert (page.row.files, page.row.answered, page.row.late) == (3, 1, True)
    assert [(one.reviewer, one.answered, one.outstanding, one.late) for one in page.shares] == [
        ("DC 102 Marsh", 1, 0, 0), ("DS 103 Okafor", 0, 2, 2),
    ]  # fmt: skip
    assert [dict(one.counts) for one in page.tallies] == [{"no": 1}, {"text": 1}]
    answered = page.files[-1]
    assert (answered.state, answered.answered_by, answered.answers) == ("answered", "DC 102 Marsh", ANSWERS)


def test_no_and_partial_say_what_is_missing(team: Team) -> None:
    team.begin()
    mine = team.asked(team.constable)
    with pytest.raises(Invalid, match="Say what is missing"):
        team.constable.do(answer_campaign, mine, {"q1": "partial", "q2": "Nothing."})
    with pytest.raises(Invalid, match=r"“Was the child seen alone\?” needs an answer"):
        team.constable.do(answer_campaign, mine, {"q2": "Nothing."})
    team.constable.do(answer_campaign, mine, {"q1": "not_applicable", "q2": "Nothing."})
    with pytest.raises(Invalid, match="Say why the answer is put right"):
        team.constable.do(answer_campaign, mine, ANSWERS)
    team.constable.do(answer_campaign, mine, ANSWERS, reason="I had not looked.")
    form = team.constable.read(answer_form, mine)
    assert form.again
    assert form.values["q1"] == "no"
    assert form.asked is not None
    assert form.asked.reason == "I had not looked."


def test_a_form_is_kept_as_typed_and_never_overwritten(team: Team) -> None:
    team.begin()
    mine = team.asked(team.constable)
    desk = team.constable
    assert desk.read(answer_form, mine).revision == 0
    assert desk.do(keep_campaign_form, mine, {"q1": "no"}, 0).result.revision == 1
    assert desk.do(keep_campaign_form, mine, {"q1": "no", "q1_comment": "On"}, 1).result.revision == 2
    with pytest.raises(Conflict):
        desk.do(keep_campaign_form, mine, {"q1": "yes"}, 1)
    assert desk.read(answer_form, mine).values == {"q1": "no", "q1_comment": "On"}
    assert team.sergeant.read(answer_form, mine).values == {}
    desk.do(drop_campaign_form, mine)
    assert desk.read(answer_form, mine).values == {}
    team.sergeant.do(keep_campaign_form, None, {"title": "Half"}, 0)
    assert team.sergeant.read(begin_form).values == {"title": "Half"}
    team.begin()
    assert team.sergeant.read(begin_form).values == {}


@pytest.mark.parametrize("store", ["shared"], indirect=True)
def test_a_campaign_on_a_server_asks_about_files_that_whoever_begins_it_sees(team: Team) -> None:
    """What a file out of sight holds cannot be held against what was asked for: one of its readers asks about it."""
    team.inspector.do(restrict_file, team.first, [officer_of(team.constable)], "Need to know.")
    begun = team.sergeant.do(begin_campaign, ASKED).result
    assert (begun.files, begun.restricted) == (2, 0)
    assert team.inspector.do(begin_campaign, ASKED).result.files == 3


@pytest.mark.parametrize("store", ["embedded"], indirect=True)
def test_a_restricted_file_is_asked_about_and_seen_only_by_its_readers(
    team: Team, sign_in: Callable[[str], Desk]
) -> None:
    team.inspector.do(restrict_file, team.first, [officer_of(team.constable)], "Need to know.")
    found = team.sergeant.read(fitting_files, ASKED)
    assert [one.reference for one in found.files] == ["F-2", "F-3"]
    assert found.restricted == 1
    begun = team.sergeant.do(begin_campaign, ASKED).result
    assert (begun.files, begun.restricted) == (3, 1)
    page = team.sergeant.read(campaign, begun.id)
    assert [one.reference for one in page.files] == ["F-2", "F-3"]
    assert (page.row.files, page.row.restricted) == (2, 1)
    owed = team.constable.read(my_campaign_files)
    assert [one.reference for one in owed] == ["F-1"]
    with pytest.raises(Missing):
        team.sergeant.read(answer_form, owed[0].id)
    team.constable.do(answer_campaign, owed[0].id, ANSWERS)
    assert team.sergeant.read(campaign, begun.id).tallies[0].counts == {}
    assert dict(team.inspector.read(campaign, begun.id).tallies[0].counts) == {"no": 1}


def test_a_restricted_file_never_goes_to_a_named_officer_who_may_not_read_it(team: Team) -> None:
    team.inspector.do(restrict_file, team.first, [officer_of(team.sergeant)], "Need to know.")
    named = [{"officer_id": str(officer_of(team.constable))}]
    found = team.sergeant.read(fitting_files, {**ASKED, "by": "named", "reviewers": named})
    assert [one.reviewer for one in found.files] == ["DS 103 Okafor", "DC 102 Marsh", "DC 102 Marsh"]


def test_who_answers_and_who_sees(team: Team, sign_in: Callable[[str], Desk]) -> None:
    begun = team.begin()
    mine, theirs = team.asked(team.constable), team.asked(team.sergeant)
    page = team.constable.read(campaign, begun)
    assert [one.reference for one in page.files] == ["F-1"]
    assert (page.row.files, page.row.restricted, page.row.mine) == (1, 0, 1)
    with pytest.raises(Refused, match="Another officer"):
        team.constable.do(answer_campaign, theirs, ANSWERS)
    other = sign_in("Rhodes")
    assert other.read(campaigns) == ()
    with pytest.raises(Missing):
        other.read(campaign, begun)
    quality = sign_in("Penrose")
    assert quality.read(campaign, begun).row.files == 3
    with pytest.raises(Refused, match="Only its reviewer"):
        quality.do(answer_campaign, mine, ANSWERS)
    team.inspector.do(answer_campaign, mine, ANSWERS)
    assert team.sergeant.read(campaign, begun).files[-1].answered_by == "DI 104 Lindqvist"
    with pytest.raises(Refused):
        team.constable.do(begin_campaign, ASKED)
    with pytest.raises(Missing):
        team.sergeant.read(campaign, uuid4())
    with pytest.raises(Missing, match="no campaign R-9"):
        team.sergeant.read(campaign, "R-9")


def test_quality_assurance_answers_where_it_is_named(team: Team, sign_in: Callable[[str], Desk]) -> None:
    quality = sign_in("Penrose")
    team.begin(by="named", reviewers=[{"officer_id": str(officer_of(quality))}], plan="on_plan")
    quality.do(answer_campaign, team.asked(quality), ANSWERS)
    assert quality.read(my_campaign_files) == ()


def test_a_campaign_ends_once_with_what_was_found(team: Team) -> None:
    begun = team.begin()
    mine = team.asked(team.constable)
    with pytest.raises(Invalid, match="Say what was found"):
        team.sergeant.do(end_campaign, begun, "  ")
    team.sergeant.do(end_campaign, begun, "Children were seen at the door.")
    page = team.sergeant.read(campaign, begun)
    assert (page.findings, page.ended_by) == ("Children were seen at the door.", "DS 103 Okafor")
    assert {one.state for one in page.files} == {"not answered"}
    assert (page.row.ended_on, page.row.late) == (date(2026, 11, 2), False)
    assert team.constable.read(my_campaign_files) == ()
    for again in (lambda: team.sergeant.do(end_campaign, begun, "Twice."),
                  lambda: team.constable.do(answer_campaign, mine, ANSWERS)):  # fmt: skip
        with pytest.raises(Invalid, match="has ended"):
            again()


def test_the_list_of_kinds_of_record_is_that_of_the_sections(standards: Library) -> None:
    held = {one.code: one.label for one in standards.codes("campaign_section").codes}
    assert held == {key: section.title for key, section in SECTIONS.items()}
