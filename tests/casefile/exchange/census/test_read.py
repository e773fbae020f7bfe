"""Reading returns of every year: what they say, and what is doubtful about it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from casefile.errors import Cancelled
from casefile.exchange.census import CensusReturn, read_census
from casefile.exchange.census.checks import upn_fault
from tests import make_census as make

DATA = Path(__file__).parents[3] / "data" / "cin-census"
FILES = ("CIN_Census_2024.xml", "fake_CIN_data.xml")


def plain_counts(data: bytes) -> Counter[str]:
    """Every element counted with a plain parser that knows nothing of the census."""
    counts = Counter(one.tag for one in ET.fromstring(data).iter())
    del counts["Message"]
    return counts


def rules(read: CensusReturn) -> set[str]:
    return {one.rule for one in read.doubts}


def doubt(read: CensusReturn, rule: str):
    return next(one for one in read.doubts if one.rule == rule)


@pytest.mark.parametrize("name", FILES)
def test_every_element_of_a_real_return_is_counted(name: str) -> None:
    data = (DATA / name).read_bytes()
    counted = Counter(read_census(data).counts)
    del counted["Message"]
    assert counted == plain_counts(data)


@pytest.mark.parametrize("name", FILES)
def test_what_was_read_is_as_much_as_the_source_says(name: str) -> None:
    data = (DATA / name).read_bytes()
    said = plain_counts(data)
    read = read_census(data)
    episodes = [one for child in read.children for one in child.episodes]
    assert len(read.children) == said["Child"]
    assert len(episodes) == said["CINdetails"]
    assert sum(one.referred_on is not None for one in episodes) == said["CINreferralDate"]
    assert sum(one.closed_on is not None for one in episodes) == said["CINclosureDate"]
    assert sum(one.closure_reason is not None for one in episodes) == said["ReasonForClosure"]
    assert sum(len(one.assessments) for one in episodes) == said["Assessments"]
    assert sum(len(one.enquiries) for one in episodes) == said["Section47"]
    assert sum(len(one.plans) for one in episodes) == said["ChildProtectionPlans"]
    assert sum(len(plan.reviews) for one in episodes for plan in one.plans) == said["CPPreviewDate"]
    held = sum(one.conference_on is not None for one in episodes)
    held += sum(one.conference_on is not None for episode in episodes for one in episode.enquiries)
    assert held == said["DateOfInitialCPC"]
    assert sum(one.died_on is not None for one in read.children) == said["PersonDeathDate"]


def test_the_faulty_return_of_2024_is_told_fault_by_fault() -> None:
    read = read_census((DATA / FILES[0]).read_bytes())
    first, second = read.children
    assert (first.label, first.born_on, first.sex) == ("DfEX0000001", date(2015, 3, 27), "M")
    assert first.episodes[0].assessments[0].factors == ("1C", "6B")
    assert {one.rule for one in read.doubts_of(first)} == {
        "noise",
        "code-of-another-year",
        "unknown-code",
        "1510-upn",
        "1560Q-former-upn",
        "upn-and-reason",
        "8608-authorised-before-start",
        "2889-before-referral",
        "2884-two-conference-dates",
        "1105-before-referral",
        "many-plans",
        "after-reference-date",
    }
    assert doubt(read, "noise").stated == "PersonBirthDate"
    assert doubt(read, "unknown-code").stated == "RB"
    assert doubt(read, "unknown-code").path.endswith("FactorsIdentifiedAtAssessment/AssessmentFactors[2]")
    assert {one.rule for one in read.doubts_of(second)} == {
        "empty",
        "1103-before-referral",
        "8897Q-no-factors",
        "after-reference-date",
    }
    assert doubt(read, "year-and-reference-date").child == "the return"


def test_the_large_return_marks_every_weekend_and_bank_holiday() -> None:
    data = (DATA / FILES[1]).read_bytes()
    said = [date.fromisoformat(one.text or "") for one in ET.fromstring(data).iter("DateOfInitialCPC")]
    read = read_census(data)
    weekends = [one for one in read.doubts if one.rule == "8875-weekend"]
    assert len(weekends) == sum(one.weekday() > 4 for one in said) > 0
    holidays = [one for one in read.doubts if one.rule == "bank-holiday"]
    assert holidays
    assert all(date.fromisoformat(one.stated).weekday() < 5 for one in holidays)


@pytest.mark.parametrize("year", range(2009, 2027))
def test_a_sound_return_of_any_year_raises_no_doubt(year: int) -> None:
    read = read_census(make.census(year, make.child_on_plan(year)))
    assert [one for one in read.doubts if one.rule != "bank-holiday"] == []
    child = read.children[0]
    assert child.sex == "F"
    assert child.episodes[0].assessments[0].kind == ("initial" if year < 2013 else "single")
    assert child.episodes[0].assessments[0].authorised_on is not None
    assert child.episodes[0].plans[0].latest_category == "NEG"


def one_child(year: int, *inside: str) -> CensusReturn:
    return read_census(make.census(year, make.child(*inside)))


@pytest.mark.parametrize(
    ("inside", "rule", "stated"),
    [
        (make.enquiry(date(2022, 6, 6), date(2022, 6, 25)), "8875-weekend", "2022-06-25"),
        (make.enquiry(date(2022, 5, 16), date(2022, 6, 3)), "bank-holiday", "2022-06-03"),
        (make.enquiry(date(2022, 6, 6), date(2022, 9, 1)), "conference-late", "2022-09-01"),
        (
            make.enquiry(date(2022, 6, 6), date(2022, 6, 20), not_required=True),
            "not-required-but-held",
            "true",
        ),
        (make.enquiry(date(2022, 4, 1)), "2889-before-referral", "2022-04-01"),
        (make.plan(date(2022, 9, 1), date(2022, 8, 1)), "8925-end-before-start", "2022-08-01"),
        (make.plan(date(2022, 9, 1), None, [date(2022, 8, 1)]), "8841-review-before-plan", "2022-08-01"),
        (make.plan(date(2022, 9, 1), None, [], "XYZ"), "unknown-code", "XYZ"),
        (
            make.assessment(2023, date(2022, 9, 1), date(2022, 8, 1)),
            "8608-authorised-before-start",
            "2022-08-01",
        ),
        (make.assessment(2023, date(2022, 9, 1), date(2023, 8, 1)), "after-reference-date", "2023-08-01"),
        (
            make.assessment(2023, date(2022, 9, 1), date(2022, 9, 9), ["21", "4B"]),
            "8869-none-and-more",
            "21, 4B",
        ),
        ("<Section47/>", "empty", ""),
        (
            "<PreProceedings><Outcome>A &amp; B</Outcome></PreProceedings>",
            "unknown-element",
            "Outcome: A & B",
        ),
        ("adrift", "noise", "adrift"),
        (
            "<Assessments kind='old'><AssessmentActualStartDate>2022-07-01</AssessmentActualStartDate></Assessments>",
            "unknown-attribute",
            "old",
        ),
        (
            "<CINPlanDates><CINPlanStartDate>2022-02-30</CINPlanStartDate></CINPlanDates>",
            "not-a-date",
            "2022-02-30",
        ),
        (
            "<CINPlanDates><CINPlanStartDate>1/7/2022</CINPlanStartDate></CINPlanDates>",
            "date-spelling",
            "1/7/2022",
        ),
        ("<CINreferralDate>2022-07-09</CINreferralDate>", "repeated-element", "2022-07-09"),
        ("<ReferralNFA>perhaps</ReferralNFA>", "not-yes-or-no", "perhaps"),
    ],
)
def test_a_fault_in_an_episode_is_marked_with_what_was_stated(inside: str, rule: str, stated: str) -> None:
    read = one_child(
        2023, make.identifiers(2023), make.characteristics(), make.episode(date(2022, 5, 3), inside)
    )
    found = [one for one in read.doubts if one.rule == rule]
    assert {one.stated for one in found} == {stated}
    assert all(one.why and one.done and one.child == "LA1001" for one in found)


@pytest.mark.parametrize(
    ("identifiers", "rule"),
    [
        (make.identifiers(2023, born=None), "8525Q-no-birth"),
        (make.identifiers(2023, expected=date(2015, 4, 1)), "8525Q-both-dates"),
        (make.identifiers(2023, born=None, expected=date(2023, 1, 5)), "8530Q-expected-passed"),
        (make.identifiers(2023, born=date(2023, 5, 1)), "after-reference-date"),
        (make.identifiers(2023, died=date(2014, 1, 1)), "8535Q-death-before-birth"),
        (make.identifiers(2023, None), "8500-no-number"),
        (make.identifiers(2023, upn_given="A123"), "1510-upn"),
        (make.identifiers(2023, extra="<UPNunknown>UN99</UPNunknown>"), "unknown-code"),
        (
            make.identifiers(2023, upn_given=make.upn(950000178301), extra="<UPNunknown>UN3</UPNunknown>"),
            "upn-and-reason",
        ),
        (make.identifiers(2025).replace("<Sex>F</Sex>", "<Sex>2</Sex>"), "code-of-another-year"),
        (make.identifiers(2023, extra="<Sex>M</Sex>"), "sex-twice"),
    ],
)
def test_a_fault_in_identifiers_is_marked(identifiers: str, rule: str) -> None:
    read = one_child(2023, identifiers, make.characteristics(), make.episode(date(2022, 11, 7)))
    assert rule in rules(read)


def test_an_unborn_child_has_its_expected_date_and_no_doubt() -> None:
    unborn = make.identifiers(2023, born=None, expected=date(2023, 6, 1), sex="U")
    read = one_child(2023, unborn, make.characteristics("NOBT"), make.episode(date(2022, 11, 7)))
    assert read.children[0].expected_on == date(2023, 6, 1)
    assert read.doubts == ()


@pytest.mark.parametrize(("said", "meant"), [("true", True), ("1", True), ("0", False), ("FALSE", False)])
def test_yes_and_no_in_every_spelling(said: str, meant: bool) -> None:
    episode = make.episode(date(2022, 5, 3)).replace("<ReferralNFA>false", f"<ReferralNFA>{said}")
    read = one_child(2023, make.identifiers(2023), make.characteristics(), episode)
    assert read.children[0].episodes[0].no_further_action is meant


def test_a_child_twice_and_a_shared_pupil_number_are_marked() -> None:
    number = make.upn(950000178301)
    first = make.child(
        make.identifiers(2023, "A1", upn_given=number), make.characteristics(), make.episode(date(2022, 5, 3))
    )
    other = first.replace("A1<", "A2<")
    read = read_census(make.census(2023, first, first, other))
    assert [one.key for one in read.children] == ["child/A1", "child/A1", "child/A2"]
    assert [one.place for one in read.doubts if one.rule == "8510-repeated-child"] == [2]
    assert [one.place for one in read.doubts if one.rule == "1520-shared-upn"] == [1, 2, 3]


def test_a_child_without_number_is_known_again_by_what_is_said() -> None:
    nameless = make.child(
        make.identifiers(2023, None), make.characteristics(), make.episode(date(2022, 5, 3))
    )
    once, again = (read_census(make.census(2023, nameless)).children[0] for _ in range(2))
    assert once.key == again.key
    assert once.label == "child 1 of the return"


def test_a_namespace_and_another_encoding_change_nothing() -> None:
    plain = make.census(2023, make.child_on_plan(2023))
    spaced = plain.replace(b"<Message>", b'<Message xmlns="http://example.org/cin">')
    wide = plain.decode().replace("utf-8", "utf-16").encode("utf-16")
    assert read_census(spaced).children == read_census(plain).children == read_census(wide).children


@pytest.mark.parametrize(
    ("number", "sound"),
    [
        ("A950000178301", True),
        ("B950000178301", False),
        ("H243278544154", True),
        ("A95000017830", False),
        ("", False),
    ],
)
def test_the_check_letter_of_a_pupil_number(number: str, sound: bool) -> None:
    assert (upn_fault(number) is None) is sound


class _Stops:
    """Progress that a person stops at once."""

    def step(self, done: int, of: int | None, what: str) -> None:
        raise Cancelled("Stopped.")


def test_reading_can_be_stopped() -> None:
    with pytest.raises(Cancelled):
        read_census((DATA / FILES[1]).read_bytes(), _Stops())


def test_every_rule_of_a_doubt_is_explained_on_the_page() -> None:
    """The page names every check: what the code can say, a reader can look up."""
    root = Path(__file__).parents[4]
    page = (root / "docs" / "import-census.md").read_text("utf-8")
    code = "".join(
        path.read_text("utf-8") for path in (root / "casefile" / "exchange" / "census").glob("*.py")
    )
    known = set(re.findall(r'"((?:\d{3,4}Q?-)?[a-z0-9]+(?:-[a-z0-9]+)+)"', code)) - {
        "need-plan",
        "cin-census",
        "utf-8",
    }
    assert len(known) > 40
    assert [rule for rule in sorted(known) if f"`{rule}`" not in page] == []
