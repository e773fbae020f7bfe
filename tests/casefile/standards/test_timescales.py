"""Limits by date: the edition in force on the trigger day decides, and each says where it comes from."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.standards import Library, Timescale
from casefile.standards.model import UNIT_WORDS
from casefile.standards.table import PAGE, with_table

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("on", "key"),
    [
        ("1985-01-01", "WT1991"),
        ("1999-11-30", "WT1991"),
        ("1999-12-01", "WT1999"),
        ("2006-03-31", "WT1999"),
        ("2006-04-01", "WT2006"),
        ("2010-02-28", "WT2006"),
        ("2010-03-01", "WT2010"),
        ("2013-04-14", "WT2010"),
        ("2013-04-15", "WT2013"),
        ("2015-02-28", "WT2013"),
        ("2015-03-01", "WT2015"),
        ("2018-06-30", "WT2015"),
        ("2018-07-01", "WT2018"),
        ("2023-11-30", "WT2018"),
        ("2023-12-01", "WT2023"),
        ("2026-11-23", "WT2023"),
    ],
)
def test_the_edition_in_force(standards: Library, on: str, key: str) -> None:
    assert standards.standard(date.fromisoformat(on)).key == key


@given(st.dates())
def test_every_day_has_one_edition(on: date) -> None:
    from casefile.standards import library

    edition = library().standard(on)
    assert edition.kind == "working together"


@pytest.mark.parametrize(
    ("scale", "trigger", "due", "standard"),
    [
        # 15 working days: three weeks, and a day more for each bank holiday on the way.
        ("ICPC", "2022-12-01", "2022-12-22", "WT2018"),
        ("ICPC", "2022-12-12", "2023-01-05", "WT2018"),
        ("ICPC", "2022-09-05", "2022-09-27", "WT2018"),
        ("ICPC", "2007-06-04", "2007-06-25", "WT2006"),
        ("ICPC", "2024-03-15", "2024-04-09", "WT2023"),
        ("S47-1", "2022-12-01", "2022-12-22", "WT2018"),
        ("REF-1", "2007-06-08", "2007-06-11", "WT2006"),
        ("IA-06", "2009-03-16", "2009-03-25", "WT2006"),
        ("IA-06", "2001-03-05", "2001-03-14", "WT1999"),
        ("IA-10", "2012-03-05", "2012-03-19", "WT2010"),
        ("CA", "2007-06-04", "2007-07-23", "WT2006"),
        ("SA", "2013-06-10", "2013-08-12", "WT2013"),
        ("CG-1", "2022-12-22", "2023-01-10", "WT2018"),
        ("RCPC-1", "2008-11-30", "2009-02-28", "WT2006"),
        ("RCPC-n", "2009-02-28", "2009-08-28", "WT2006"),
        # Local and other limits.
        ("CONF-D", "2009-04-09", "2009-04-14", "LOCAL"),
        ("CONF-M", "2009-06-08", "2009-06-29", "LOCAL"),
        ("CONF-R1", "2009-04-15", "2009-04-09", "LOCAL"),
        ("CONF-R2", "2009-06-08", "2009-06-01", "LOCAL"),
        ("LEG-1", "2007-06-05", "2007-06-15", "REPORT2009"),
        ("PP", "2009-06-06", "2009-06-09", "CA1989"),
        ("EPO", "2009-06-06", "2009-06-14", "CA1989"),
        ("CARE", "2015-01-05", "2015-07-06", "CA1989"),
        ("CAO", "2009-06-01", "2009-06-07", "CA1989"),
        # "Beginning with" the bail start date: that date is day 1.
        ("BAIL-17-INSP", "2019-06-01", "2019-06-28", "PACE"),
        ("BAIL-22-CUSTODY", "2023-01-10", "2023-04-09", "PACE"),
        ("VCOP", "2022-12-23", "2023-01-04", "VICTIMS"),
        ("VCOP-ENH", "2022-12-23", "2022-12-28", "VICTIMS"),
        ("SCR-06", "2007-08-03", "2007-12-03", "WT2006"),
        ("SCR-06", "2011-08-03", "2012-02-03", "WT2010"),
        ("CRIME", "2009-06-01", "2009-06-04", "CRIMEREC"),
        ("CRIME", "2020-06-01", "2020-06-02", "CRIMEREC"),
        ("DISC-24", "2024-03-01", "2024-04-02", "PROTOCOL"),
    ],
)
def test_due_dates_by_the_standard_of_the_day(
    standards: Library, scale: str, trigger: str, due: str, standard: str
) -> None:
    day = date.fromisoformat(trigger)
    found = standards.timescale(scale, day)
    assert found is not None
    assert found.due(day) == date.fromisoformat(due)
    assert found.standard_key == standard


@pytest.mark.parametrize(
    ("scale", "first", "last"),
    [
        ("IA-06", "1999-12-01", "2010-02-28"),
        ("IA-10", "2010-03-01", "2013-04-14"),
        ("CA", "1999-12-01", "2013-04-14"),
        ("SA", "2013-04-15", None),
        ("ICPC", "1999-12-01", None),
        ("BAIL-0", None, "2017-04-02"),
        ("BAIL-17-INSP", "2017-04-03", "2022-10-27"),
        ("BAIL-22-CUSTODY", "2022-10-28", None),
        ("DISC-13", "2013-10-01", "2024-02-29"),
        ("DISC-24", "2024-03-01", None),
    ],
)
def test_a_limit_holds_only_in_its_days(
    standards: Library, scale: str, first: str | None, last: str | None
) -> None:
    versions = standards.versions(scale)
    assert versions[0].from_on == (date.fromisoformat(first) if first else None)
    assert versions[-1].until_on == (date.fromisoformat(last) if last else None)
    if first:
        day_before = date.fromordinal(date.fromisoformat(first).toordinal() - 1)
        assert standards.timescale(scale, day_before) is None
    if last:
        day_after = date.fromordinal(date.fromisoformat(last).toordinal() + 1)
        assert standards.timescale(scale, day_after) is None


def test_where_no_limit_is_set_there_is_no_due_date(standards: Library) -> None:
    bail = standards.timescale("BAIL-0", date(2007, 6, 1))
    assert bail is not None
    assert bail.due(date(2007, 6, 1)) is None
    assert bail.words == "no set limit"


def test_seventy_two_hours_are_real_hours(standards: Library) -> None:
    protection = standards.timescale("PP", date(2009, 3, 27))
    assert protection is not None
    taken = datetime(2009, 3, 27, 22, 0, tzinfo=LONDON)  # clocks go forward on 29 March
    ends = protection.due_at(taken)
    assert ends is not None
    assert (ends.astimezone(UTC) - taken.astimezone(UTC)).total_seconds() == 72 * 3600
    assert ends.hour == 23


def test_a_limit_says_itself_in_words(standards: Library) -> None:
    on = date(2022, 12, 1)
    words = {
        key: scale.words
        for key in ("ICPC", "REF-1", "LEG-1", "CONF-R1")
        if (scale := standards.timescale(key, on))
    }
    assert words == {
        "ICPC": "15 working days",
        "REF-1": "1 working day",
        "LEG-1": "7 to 10 days",
        "CONF-R1": "2 working days before",
    }


@pytest.mark.parametrize("year", [1, 9999])
def test_a_mistyped_year_breaks_nothing(standards: Library, year: int) -> None:
    for scale in standards.timescales:
        for trigger in (date(year, 1, 1), date(year, 12, 31)):
            due = scale.due(trigger)
            assert due is None or isinstance(due, date)


def test_every_limit_names_its_source_and_who_owes_it(standards: Library) -> None:
    agencies = standards.codes("agency")
    for scale in standards.timescales:
        assert scale.source
        assert scale.owed_by in agencies, scale.id
        assert scale.unit in UNIT_WORDS
        assert standards.standard_called(scale.standard_key) is not None
        for tag in re.findall(r"\bW\d+\b", scale.source):
            assert tag in standards.sources, (scale.id, tag)


def test_no_days_are_left_without_a_limit_between_versions(standards: Library) -> None:
    assert standards.gaps == ()


@given(
    st.sampled_from(["ICPC", "CG-1", "RCPC-1", "RCPC-n", "SA"]), st.dates(date(2014, 1, 1), date(2050, 1, 1))
)
def test_a_later_trigger_is_never_due_earlier(scale: str, trigger: date) -> None:
    from casefile.standards import library

    found = library().timescale(scale, trigger)
    assert isinstance(found, Timescale)
    due, next_due = found.due(trigger), found.due(date.fromordinal(trigger.toordinal() + 1))
    assert due is not None
    assert next_due is not None
    assert trigger < due <= next_due


def test_review_intervals_by_risk(standards: Library) -> None:
    on = date(2026, 11, 2)
    high, standard = standards.review_interval("high", on), standards.review_interval("standard", on)
    assert high is not None
    assert standard is not None
    assert (high.days, high.inspector_days, standard.days) == (7, 28, 28)
    assert high.due(date(2009, 6, 1)) == date(2009, 6, 8)
    assert high.inspector_due(date(2009, 6, 1)) == date(2009, 6, 29)
    for level in standards.codes("risk_level").codes:
        assert standards.review_interval(level.code, on), level.code


def test_the_page_shows_the_table_as_it_is(standards: Library) -> None:
    page = PAGE.read_text("utf-8")
    assert page == with_table(page, standards), "run: python -m casefile.standards"
