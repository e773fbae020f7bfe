"""A force writes views of its own without code; one that does not load says why and keeps no other from loading."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from casefile.ask.clauses import moved
from casefile.ask.facts import TESTS
from casefile.ask.queries import ask
from casefile.ask.views import SHIPPED, load_views
from casefile.ask.vocabulary import SUBJECTS
from casefile.desk import Desk
from casefile.errors import Missing
from casefile.standards import Library
from tests.casefile.ask.asked import open_files, put, rows, say

ROOT = Path(__file__).resolve().parents[3]
HEAD = 'key = "mine"\ntitle = "Ours"\ngroup = "Ours"\nquestion = "What?"\nsource = "The force"\n'
GOOD = (
    HEAD
    + """of = "risk"
order = ["-happened_on"]
[[parameter]]
key = "factor"
title = "Signs of compliance in word only"
kind = "code"
codes = "disguised_compliance"
[[where]]
fact = "level"
value = "high"
[[where]]
fact = "compliance"
test = "holds"
value = "$factor"
[[column]]
fact = "file"
[[column]]
fact = "compliance"
[[column]]
fact = "rows_factors"
[[column]]
fact = "happened_on"
show = "days"
title = "Days ago"
"""
)
OF_FILE = HEAD + 'of = "file"\n'
SHOWS = '[[column]]\nfact = "file"\n'


def load(tmp_path: Path, standards: Library, text: str) -> str:
    """Why a view does not load; "" when it does."""
    (tmp_path / "mine.toml").write_text(text, "utf-8")
    found = load_views(standards, (tmp_path,))
    assert len(found.ready) >= 35
    return " ".join(one.why for one in found.broken)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("key = ", "mine.toml: it is no TOML"),
        ("", "mine.toml: key: it is missing."),
        (OF_FILE, "mine.toml: column: it is missing."),
        (OF_FILE + SHOWS + SHOWS, "the column file stands there twice."),
        (HEAD + 'of = "house"\n' + SHOWS, "of: there are no rows called house. There are: file, child, adult"),
        (OF_FILE + SHOWS + '[[where]]\nfact = "seen"\nvalue = 1', "where 1: there is no fact called seen. There are: file"),
        (OF_FILE + SHOWS + '[[where]]\nfact = "file_risk"\nvalue = "hi"', "where 1: hi is not in the code list risk_level."),
        (
            OF_FILE + SHOWS + '[[where]]\nfact = "file_risk"\ntest = "within"\nvalue = 3',
            "where 1: file_risk is a code, which takes is, is_not, none_of, one_of; not within.",
        ),
        (OF_FILE + SHOWS + '[[where]]\nfact = "file_opened_on"\ntest = "within"\nvalue = "x"', "within needs a number."),
        (OF_FILE + SHOWS + '[[where]]\nfact = "file_opened_on"\ntest = "within"\nvalue = "$d"', "there is no parameter called d."),
        (OF_FILE + SHOWS + '[[where]]\nfact = "file_opened_on"\ntest = "before"', "where 1: it needs a value."),
        (OF_FILE + SHOWS + '[[where]]\nfact = "file_opened_on"\ntest = "before"\nvalue = 3', "before needs a day."),
        (OF_FILE + SHOWS + '[[where]]\nfact = "file_children"\nvalue = "three"', "where 1: is needs a number."),
        (OF_FILE + SHOWS + '[[where]]\nfact = "file_children"\nvalue = 1_000_001', "1000001 is too large a number."),
        (OF_FILE + SHOWS + '[[where]]\nfact = "file_officer"\nvalue = "Marsh"', "an officer is said by a parameter."),
        (OF_FILE + SHOWS + '[[where]]\nfact = "file_state"\nvalue = ["open"]', "where 1: is needs a text."),
        (
            OF_FILE + SHOWS + '[[where]]\nfact = "file_opened_on"\ntest = "earlier_than"\nvalue = "file_state"',
            "file_state is no day to compare file_opened_on with.",
        ),
        (
            OF_FILE + SHOWS + '[[where]]\nfact = "file_risk"\nvalue = "$d"\n[[parameter]]\nkey = "d"\ntitle = "D"',
            "is needs a code, and the parameter d is a number.",
        ),
        (OF_FILE.replace("What?", "{officer.x}?") + SHOWS, "question: there is no parameter called officer.x."),
        (OF_FILE.replace("What?", "{team:>999999999}?") + SHOWS, "question: there is no parameter called team."),
        (OF_FILE + SHOWS + "[[where]]\nvalue = 1", "where 1: name a fact, or several clauses under any."),
        (OF_FILE + SHOWS + '[[where]]\nfact = "file_state"\ntest = "eval"', "where 1 test: Input should be 'is'"),
        (OF_FILE + SHOWS + '[[parameter]]\nkey = "team"\ntitle = "T"', "parameter 1: every view has team already."),
        (OF_FILE + SHOWS + '[[parameter]]\nkey = "d"\ntitle = "D"\ndefault = "x"', "parameter d: the default is no number"),
        (OF_FILE + SHOWS + '[[parameter]]\nkey = "d"\ntitle = "D"\nkind = "code"', "a code names its list under codes"),
        (OF_FILE + SHOWS + '[[gather]]\nkey = "g"\ntitle = "G"\nof = "visit"', "gather g: there is no section called visit."),
        (
            OF_FILE + SHOWS + '[[gather]]\nkey = "g"\ntitle = "G"\nof = "risk"\ngive = "last"\nfield = "level"',
            "gather g: level is no day, so there is no first or last.",
        ),
        (OF_FILE.replace("What?", "What of {x}?") + SHOWS, "question: there is no parameter called x."),
        (OF_FILE.replace("What?", "What { of?") + SHOWS, "question: a brace stands there alone"),
        (OF_FILE + 'order = ["-name"]\n' + SHOWS, "order: there is no fact called name of files."),
        (OF_FILE + 'opens = "cellar"\n' + SHOWS, "opens: there is no divider called cellar."),
        (OF_FILE + SHOWS + 'show = "days"\n', "column file: only a day can be shown as days."),
        (OF_FILE + 'sql = "DROP"\n' + SHOWS, "sql: nothing of that name can be said."),
        ("#" * 200_000, "it is larger than 100,000 bytes."),
    ],
)  # fmt: skip
def test_one_that_does_not_load_says_why(text: str, why: str, tmp_path: Path, standards: Library) -> None:
    assert why in load(tmp_path, standards, text)


def test_one_that_is_no_text_is_told_and_named_when_it_is_asked_for(
    tmp_path: Path, standards: Library
) -> None:
    (tmp_path / "90-latin.toml").write_bytes(b"\xff\xfe")
    found = load_views(standards, (tmp_path, tmp_path / "not there"))
    assert found.broken[0].why == "90-latin.toml: it is not a text file in UTF-8 (byte 0)."
    with pytest.raises(Missing, match=r"no view called latin\. 90-latin\.toml: it is not a text file"):
        found.called("latin")


def test_one_of_the_same_key_takes_the_place_of_the_one_that_ships(
    tmp_path: Path, standards: Library
) -> None:
    shipped = (SHIPPED / "20-long-plans.toml").read_text("utf-8")
    (tmp_path / "a.toml").write_text(shipped.replace("default = 18", "default = 12"), "utf-8")
    (tmp_path / "b.toml").write_text(shipped, "utf-8")
    found = load_views(standards, (tmp_path,))
    (months,) = found.called("long_plans").parameter
    assert months.default == 12
    assert [one.why for one in found.broken] == [
        "b.toml: another file of this folder already has the key long_plans."
    ]


def test_a_view_of_ones_own_is_asked_like_any_other(
    sign_in: Callable[[str], Desk], tmp_path: Path, standards: Library
) -> None:
    assert load(tmp_path, standards, GOOD) == ""
    sergeant = sign_in("Okafor")
    files = open_files(sergeant, sign_in("Marsh"))
    put(sergeant, files["F-1"], "Bo Nowak", "subject", "1/6/2024")
    say(
        sergeant, files["F-1"], "risk", "2026-10-03", trigger="first", level="high", rationale="Told.",
        review_on="2026-12-01", compliance=["cancels_then_pleases", "glib"],
        factors=[{"factor": "domestic_violence", "factor_state": "present"}],
    )  # fmt: skip
    view = load_views(standards, (tmp_path,)).called("mine")
    found = sergeant.read(ask, view)
    assert (rows(found, "file"), rows(found, "happened_on")) == (["NOWAK F-1"], ["30"])
    assert rows(found, "rows_factors") == ["1"]
    assert len(sergeant.read(ask, view, {"factor": "glib"}).rows) == 1
    assert sergeant.read(ask, view, {"factor": "splits"}).rows == ()


@pytest.mark.parametrize(
    ("number", "unit", "then"),
    [
        (-3, "days", date(2026, 10, 30)),
        (-1, "working_days", date(2026, 10, 30)),
        (-2, "weeks", date(2026, 10, 19)),
        (-18, "months", date(2025, 5, 2)),
        (-1, "years", date(2025, 11, 2)),
        (2, "weeks", date(2026, 11, 16)),
        (-99_999, "years", date(1800, 1, 1)),
        (99_999, "years", date(2400, 12, 31)),
    ],
)
def test_days_are_reckoned_in_the_unit_named(number: int, unit: str, then: date) -> None:
    assert moved(date(2026, 11, 2), number, unit) == then  # pyright: ignore[reportArgumentType]


def test_the_page_of_the_handbook_tells_what_there_is(tmp_path: Path, standards: Library) -> None:
    page = (ROOT / "docs" / "ask.md").read_text("utf-8")
    example = page.split("```toml\n")[1].split("```")[0]
    assert load(tmp_path, standards, example) == ""
    told = set(re.findall(r"`([a-z_]+)`", page))
    facts = {fact for key in ("file", "child", "adult", "task", "alarm") for fact in SUBJECTS[key].facts}
    assert facts - told == set()
    assert {test for tests in TESTS.values() for test in tests} - told == set()
