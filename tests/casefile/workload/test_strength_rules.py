"""The formula of planned strength in cases reckoned by hand, and the report of 2009 with its own figures."""

from __future__ import annotations

import pytest

from casefile.errors import Invalid
from casefile.standards import Library
from casefile.workload.strength.assumed import (
    Assumed,
    Post,
    Rate,
    Team,
    from_plain,
    number_given,
    to_plain,
    with_figure,
    with_team,
    without_team,
)
from casefile.workload.strength.rules import against_words, checks, gap_words, needs


def assumed(**more: object) -> Assumed:
    """One team that keeps a constable and a sergeant busy."""
    return Assumed(
        posts=(Post("dc", 1800, 0.2), Post("ds", 1600, 0.0)),
        rates=(Rate("investigation", "dc", 36), Rate("investigation", "ds", 4), Rate("medical", "dc", 3)),
        teams=(Team("North", {"investigation": 200, "medical": 96}, {"dc": 5}),),
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("changes", "posts"),
    [
        # 200 × 36 + 96 × 3 = 7,488 h over 1,440 h; 200 × 4 = 800 h over 1,600 h
        ({}, {"dc": 5.2, "ds": 0.5}),
        ({"abstraction/dc": "50%"}, {"dc": 8.32, "ds": 0.5}),
        ({"abstraction/dc": "0"}, {"dc": 4.16, "ds": 0.5}),
        ({"volumes/north/investigation": "0"}, {"dc": 0.2, "ds": 0.0}),
        ({"hours/investigation/dc": "0", "hours/medical/dc": 0}, {"dc": 0.0, "ds": 0.5}),
        ({"available/ds": "1,000"}, {"dc": 5.2, "ds": 0.8}),
        ({"hours/referral/pclo": "2"}, {"dc": 5.2, "ds": 0.5, "pclo": 0.0}),
        # nothing is said of what a liaison officer gives, so no posts follow
        ({"hours/medical/pclo": "2"}, {"dc": 5.2, "ds": 0.5, "pclo": None}),
    ],
)
def test_posts_are_volumes_by_hours_over_what_a_post_gives(
    changes: dict[str, str], posts: dict[str, float | None]
) -> None:
    made = assumed()
    for path, value in changes.items():
        made = with_figure(made, path, value)
    found = {one.post: one.posts for one in needs(made)}
    assert found == {key: None if value is None else pytest.approx(value) for key, value in posts.items()}


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("available/dc", "0", "more than 0"),
        ("available/dc", "-1", "more than 0"),
        ("available/dc", "9000", "at most 8,784"),
        ("abstraction/dc", "100%", "less than 100 %"),
        ("abstraction/dc", "1", "nobody does any work"),
        ("abstraction/pclo", "0.2", "Say first how many hours"),
        ("hours/investigation/dc", "-2", "from 0"),
        ("volumes/North/referral", "-1", "cannot be less than nothing"),
        ("volumes/North/referral", "5e9", "from 0 to 1,000,000"),
        ("volumes/South/referral", "5", "no team called South"),
        ("volumes/North/referral", "nan", "is no number"),
        ("volumes/North/referral", "many", "Write it as 1650, 0.25 or 25%"),
        ("volumes/North", "1", "There is no figure called"),
        ("hats/dc", "1", "There is no figure called"),
        ("sum/growth/stated", "1", "There is no figure called"),
        ("establishment/North/dc", "-3", "cannot be less than nothing"),
    ],
)
def test_figures_that_cannot_be_are_refused_in_words(path: str, value: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        with_figure(assumed(), path, value)


def test_figures_are_read_as_people_write_them() -> None:
    assert [number_given("x", text) for text in ("1,650", " 0.25 ", "25%", 3)] == [1650, 0.25, 0.25, 3]


def test_teams_come_and_go_by_name_without_regard_to_case() -> None:
    made = with_team(assumed(), "  South  East ")
    assert [one.name for one in made.teams] == ["North", "South East"]
    for name in ("NORTH", "", "a/b"):
        with pytest.raises(Invalid):
            with_team(made, name)
    assert [one.name for one in without_team(made, "north").teams] == ["South East"]
    with pytest.raises(Invalid, match="no team called West"):
        without_team(made, "West")


def test_every_shipped_scenario_comes_back_from_the_store_as_it_was(standards: Library) -> None:
    for plain in standards.strength:
        assert from_plain(to_plain(from_plain(plain))) == from_plain(plain)


def report(standards: Library) -> Assumed:
    return from_plain(next(one for one in standards.strength if one["key"] == "report-2009"))


@pytest.mark.parametrize(
    ("label", "stated", "found"),
    [
        ("Growth in officers", "38", "38"),
        ("Growth in police staff", "51", "51"),
        ("Growth in posts", "89", "89"),
        ("Effective increase", "98", "98"),
        ("Planned strength in all", "662", "662"),
        ("Increase on the strength of 2008/9", "20 %", "19.9 %"),
        ("2005/6: total", "608", "608"),
        ("2005/6: share", "1.36 %", "1.36 %"),
        ("2006/7: total", "548", "548"),
        ("2006/7: share", "1.22 %", "1.22 %"),
        ("2007/8: total", "555", "555"),
        ("2007/8: share", "1.22 %", "1.22 %"),
        ("2008/9: total", "552", "552"),
        ("2008/9: share", "1.18 %", "1.18 %"),
        ("2009/10 (planned): total", "662", "662"),
        ("2009/10 (planned): share", "1.37 %", "1.37 %"),
    ],
)
def test_what_adds_up_in_the_report(standards: Library, label: str, stated: str, found: str) -> None:
    check = next(one for one in checks(report(standards)) if one.label == label)
    assert (check.agrees, check.stated, check.found) == (True, stated, found)


@pytest.mark.parametrize(
    ("label", "stated", "found", "difference", "words"),
    [
        ("Planned strength, officers", "459", "443", 16, "396 + 38 + 9 is 443, not 459: the total as stated is 16 more"),
        ("Police staff, from 154 to 203", "51", "49", 2, "203 − 154 is 49, not 51: the total as stated is 2 more"),
        ("Effective increase on the strength planned before", "20 %", "17.8 %", 2.18, "98 of 550"),
        ("Heading of the table of years", "since 2006", "2005/6", 1, "but the table begins with 2005/6"),
    ],
)  # fmt: skip
def test_what_does_not_add_up_in_the_report_is_said_with_by_how_much(
    standards: Library, label: str, stated: str, found: str, difference: float, words: str
) -> None:
    check = next(one for one in checks(report(standards)) if one.label == label)
    assert (check.agrees, check.stated, check.found) == (False, stated, found)
    assert check.difference == pytest.approx(difference, abs=0.01)
    assert words in check.words


def test_nothing_else_in_the_report_fails_to_add_up(standards: Library) -> None:
    found = checks(report(standards))
    assert (len(found), sum(not one.agrees for one in found)) == (20, 4)


def test_strength_beside_its_plan(standards: Library) -> None:
    assert [against_words(one) for one in report(standards).against] == [
        "379 against 396 planned: 17 short.",
        "384 against 396 planned: 12 short.",
        "398 against 396 planned: 2 over.",
    ]


def test_a_total_put_right_adds_up(standards: Library) -> None:
    made = with_figure(report(standards), "sum/planned_officers/stated", "443")
    made = with_figure(made, "sum/added_staff/before", "-152")
    made = with_figure(made, "ratio/increase_planned/whole", "490")
    made = with_figure(made, "year/2005/officers", "400")
    made = with_figure(made, "against/june_2009/planned", "400")
    wrong = {one.label for one in checks(made) if not one.agrees}
    assert wrong == {"2005/6: total", "Heading of the table of years"}
    assert against_words(made.against[-1]) == "398 against 400 planned: 2 short."
    for path in ("sum/growth/label", "year/2005/label", "ratio/increase/whole", "year/1999/total"):
        with pytest.raises(Invalid):
            with_figure(made, path, "0")


def test_gaps_in_words() -> None:
    assert [gap_words(*one) for one in ((3, 5.42), (6, 5.5), (5, 5.04))] == [
        "2.4 short",
        "0.5 over",
        "enough",
    ]
