"""Code lists and dividers: what the forms and rules rely on is there."""

from __future__ import annotations

from datetime import date

import pytest

from casefile.errors import Bug
from casefile.sections import SECTIONS
from casefile.sections.base import describe
from casefile.standards import Library


def test_every_list_a_section_names_is_there(standards: Library) -> None:
    named = {
        spec.codes
        for section in SECTIONS.values()
        for spec in (
            *describe(section).fields,
            *(field for group in describe(section).groups for field in group.fields),
        )
        if spec.codes
    }
    assert named
    assert named <= set(standards.code_lists)


def test_every_section_stands_behind_a_divider(standards: Library) -> None:
    for section in SECTIONS.values():
        assert standards.divider(section.divider)


@pytest.mark.parametrize(
    ("key", "codes"),
    [
        ("abuse_category", "NEG PHY SAB EMO MUL"),
        ("child_participation", "PN0 PN1 PN2 PN3 PN4 PN5 PN6 PN7"),
        ("closure_reason", "RC1 RC2 RC3 RC4 RC5 RC6 RC7 RC8 RC9"),
        ("primary_need", "N1 N2 N3 N4 N5 N6 N7 N8 N9 N0"),
        ("referral_source", "1A 1B 1C 1D 2A 2B 3A 3B 3C 3D 3E 3F 4 5A 5B 5C 6 7 8 9 10"),
        ("disability", "NONE MOB HAND PC INC COMM LD HEAR VIS BEH CON AUT DDA"),
        ("census_gender", "0 1 2 9"),
        ("mopi_group", "1 2 3 4"),
    ],
)
def test_official_lists_hold_the_official_codes(standards: Library, key: str, codes: str) -> None:
    assert [code.code for code in standards.codes(key).codes] == codes.split()


def test_assessment_factors_have_all_their_variants(standards: Library) -> None:
    factors = standards.codes("assessment_factor")
    for number in range(1, 7):
        for who in "ABC":
            assert f"{number}{who}" in factors
    for code in ("7A", "9A", "18B", "18C", "19B", "19C", "20", "21", "22A", "23A", "24A"):
        assert code in factors
    # The trio counts parents and others in the household, never the child.
    trio = {
        tag: [c.code for c in factors.tagged(f"trio:{tag}")]
        for tag in ("substance", "domestic_abuse", "mental_health")
    }
    assert trio == {
        "substance": ["1B", "1C", "2B", "2C"],
        "domestic_abuse": ["3B", "3C"],
        "mental_health": ["4B", "4C"],
    }


def test_the_reports_six_risk_factors_stand_by_name(standards: Library) -> None:
    labels = " ".join(code.label.lower() for code in standards.codes("risk_factor").tagged("report_six"))
    for word in (
        "mental health",
        "drugs",
        "domestic violence",
        "repeat victim",
        "deprivation",
        "minority ethnic",
    ):
        assert word in labels


def test_every_risk_factor_is_static_or_dynamic_in_a_domain(standards: Library) -> None:
    for code in standards.codes("risk_factor").codes:
        assert code.group in {"child", "parent", "suspect", "environment", "system"}
        assert ("static" in code.tags) != ("dynamic" in code.tags), code.code


def test_criminal_outcomes_change_in_2014(standards: Library) -> None:
    outcomes = standards.codes("criminal_outcome")
    then = [code.code for code in outcomes.in_use(date(2009, 6, 8))]
    now = [code.code for code in outcomes.in_use(date(2020, 6, 8))]
    assert then == ["charged", "caution", "reprimand", "tic", "nfa_police", "nfa_cps"]
    assert now == [str(number) for number in range(1, 23)]


def test_the_marking_of_each_time(standards: Library) -> None:
    marking = standards.codes("marking")
    assert "RESTRICTED" in {code.code for code in marking.in_use(date(2009, 6, 8))}
    assert [code.code for code in marking.in_use(date(2026, 1, 1))] == ["OFFICIAL", "OFFICIAL-SENSITIVE"]


def test_systems_of_each_time(standards: Library) -> None:
    in_2009 = {code.code for code in standards.systems(date(2009, 6, 8))}
    in_2024 = {code.code for code in standards.systems(date(2024, 6, 8))}
    assert {"cris", "merlin", "pnc", "ini"} <= in_2009
    assert "pnd" not in in_2009
    assert "pnd" in in_2024
    assert "ini" not in in_2024


def test_each_relationship_has_its_inverse(standards: Library) -> None:
    relations = standards.codes("relationship")
    for code in relations.codes:
        assert code.inverse in relations, code.code
    assert relations.inverse("mother") == "child"
    assert relations.inverse("sibling") == "sibling"


def test_an_unknown_code_stands_for_itself(standards: Library) -> None:
    agencies = standards.codes("agency")
    assert agencies.label("police") == "Police"
    assert agencies.label("coastguard") == "coastguard"
    assert "coastguard" not in agencies
    assert agencies.get(None) is None
    assert agencies.inverse("coastguard") is None


def test_the_dividers_are_numbered_from_front_sheet_to_audit(standards: Library) -> None:
    assert [divider.number for divider in standards.dividers] == list(range(1, 29))
    assert standards.dividers[0].key == "front_sheet"
    assert standards.dividers[-1].key == "audit"
    assert all(divider.must_hold and divider.minimum for divider in standards.dividers)


def test_a_list_or_divider_that_is_not_there_is_our_fault(standards: Library) -> None:
    with pytest.raises(Bug, match="no code list called nonsense"):
        standards.codes("nonsense")
    with pytest.raises(Bug, match="no divider called nonsense"):
        standards.divider("nonsense")
