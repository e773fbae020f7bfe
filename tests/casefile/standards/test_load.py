"""Files of standards, good and bad: a force's copies, and the sentence for what cannot stand."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from casefile.errors import Damaged, Unavailable
from casefile.standards import Library, library
from casefile.standards.checked import CHECKED, digest, kept
from casefile.standards.checks import checked
from casefile.standards.files import shipped_files

HEAD = """
[standard]
key = "FORCE"
title = "Our force"
kind = "local"
source = "Force policy 12"
confidence = "known"
"""
ROW = """
[[timescale]]
id = "REF-2"
name = "Feedback to the referrer"
trigger = "the decision on the referral"
limit = 1
unit = "working_days"
owed_by = "police"
changed_by = "force"
source = "Force policy 12"
confidence = "known"
"""
Force = Callable[..., Path]


@pytest.fixture
def force(tmp_path: Path) -> Force:
    """Write a force's folder: file name to text."""

    def write(**files: str | bytes) -> Path:
        (tmp_path / "codes").mkdir(exist_ok=True)
        for name, text in files.items():
            path = tmp_path / f"{name.replace('__', '/')}.toml"
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path

    return write


def test_the_kept_result_is_what_the_files_say() -> None:
    files = shipped_files()
    held = json.loads(CHECKED.read_text("utf-8"))
    assert held["digest"] == digest(files), "run: python -m casefile.standards"
    assert held["plain"] == checked(files), "run: python -m casefile.standards"


def test_an_edited_file_is_checked_again(tmp_path: Path) -> None:
    files = shipped_files()
    assert kept(files) is not None
    assert kept(files | {"local.toml": files["local.toml"] + b"\n# a word"}) is None
    broken = tmp_path / "checked.json"
    broken.write_text("{", "utf-8")
    assert kept(files, broken) is None
    assert kept(files, tmp_path / "absent.json") is None


def test_line_endings_do_not_count() -> None:
    files = shipped_files()
    windows = {name: data.replace(b"\n", b"\r\n") for name, data in files.items()}
    assert digest(windows) == digest(files)
    assert checked(windows) == checked(files)


def test_a_forces_limit_takes_over_the_days_it_names(force: Force, standards: Library) -> None:
    ours = library(force(force=HEAD + "from = 2020-01-01\nuntil = 2021-12-31\n" + ROW))
    limits = [
        scale.limit
        for on in ("2019-12-31", "2020-01-01", "2021-12-31", "2022-01-01")
        if (scale := ours.timescale("REF-2", date.fromisoformat(on)))
    ]
    assert limits == [3, 1, 1, 3]
    changed = ours.timescale("REF-2", date(2020, 6, 1))
    assert changed is not None
    assert changed.standard_key == "FORCE"
    assert ours.versions("ICPC") == standards.versions("ICPC")


def test_a_whole_edited_copy_replaces_ours(force: Force) -> None:
    text = shipped_files()["local.toml"].decode().replace('id = "VIS-1"', 'id = "VIS-1"\nnormal_from = 5')
    ours = library(force(local=text))
    visit = ours.timescale("VIS-1", date(2020, 1, 1))
    assert visit is not None
    assert visit.normal_from == 5
    assert len(ours.versions("VIS-1")) == 1


def test_a_forces_review_interval_and_divider(force: Force, standards: Library) -> None:
    review = '[[review]]\nrisk = "high"\ndays = 5\nsource = "Force policy"\nconfidence = "known"\n'
    divider = (
        '[[divider]]\nkey = "minutes"\nnumber = 12\ntitle = "Minutes and notes"\nmust_hold = "All."\n'
        'minimum = "None missing."\nsource = "Force policy"\nconfidence = "known"\n'
    )
    ours = library(force(review_intervals=review, dividers=divider))
    interval = ours.review_interval("high", date(2020, 1, 1))
    assert interval is not None
    assert interval.days == 5
    assert ours.divider("minutes").title == "Minutes and notes"
    assert len(ours.dividers) == len(standards.dividers)


def test_a_national_limit_is_corrected_only_with_a_reason(force: Force) -> None:
    row = ROW.replace("REF-2", "ICPC").replace("limit = 1", "limit = 10")
    with pytest.raises(Damaged, match="ICPC: limit is not a force's to change"):
        library(force(force=HEAD + "from = 2024-01-01\n" + row))
    corrected = library(force(force=HEAD + "from = 2024-02-01\n" + row + 'why = "Regulations of 2024"\n'))
    scale = corrected.timescale("ICPC", date(2024, 3, 1))
    assert scale is not None
    assert (scale.limit, scale.note) == (10, "Regulations of 2024")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (HEAD + ROW.replace("working_days", "fortnights"), r"force\.toml: timescale REF-2 unit: must be .*fortnights"),
        (HEAD + ROW.replace("limit = 1", 'limit = "one"'), r"force\.toml: timescale REF-2 limit: .*integer.*one"),
        (HEAD + ROW.replace("limit = 1", "limit = -1"), r"REF-2 limit: .*greater than or equal to 0"),
        (HEAD + ROW + "from = 2021-01-01\nuntil = 2020-01-01\n", "REF-2: it ends on 2020-01-01, before it begins"),
        (HEAD + ROW + ROW, "REF-2 is set twice"),
        (HEAD + ROW.replace('"police"', '"coastguard"'), "REF-2: coastguard is not in the code list agency"),
        (HEAD + ROW.replace('name = "Feedback to the referrer"\n', ""), "REF-2 name: is missing"),
        (HEAD + ROW + 'colour = "red"\n', "REF-2 colour: is not a word this file knows"),
        (HEAD + ROW + "normal_from = 4\n", "normal_from must be less than limit"),
        (ROW, "standard: is missing"),
        ("key = ", "cannot be read as TOML"),
        (b"\xff\xfe\x00", "is not a text file in UTF-8"),
        (
            HEAD.replace('"FORCE"', '"WT2030"').replace('"local"', '"working together"') + "from = 2030-01-01\n",
            "WT2023 and WT2030 are both in force on 2030-01-01",
        ),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_a_sentence(force: Force, text: str | bytes, sentence: str) -> None:
    with pytest.raises(Damaged, match=sentence):
        library(force(force=text))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{ code = "a", label = "A" }, { code = "a", label = "B" }', "shade: the code a stands there twice"),
        ('{ code = "a", label = "A", inverse = "b" }', "shade: a has the inverse b, which is no code"),
        ("", "codes: .*at least 1 item"),
        ('{ code = "a" }', "shade: codes a label: is missing"),
        ('{ code = "a", label = "A", from = 2020-01-01, until = 2019-01-01 }', "it ends on 2019-01-01"),
    ],
)
def test_a_bad_code_list_is_refused(force: Force, text: str, sentence: str) -> None:
    listed = f'[shade]\ntitle = "Shade"\nsource = "x"\nconfidence = "known"\ncodes = [{text}]\n'
    with pytest.raises(Damaged, match=sentence):
        library(force(codes__own=listed))


def test_a_code_that_entries_may_hold_cannot_be_taken_away(force: Force) -> None:
    listed = '[mash_rating]\ntitle = "Rating"\nsource = "x"\nconfidence = "known"\n'
    listed += 'codes = [{ code = "red", label = "Red" }]\n'
    with pytest.raises(Damaged, match=r"the code amber is gone.*until date"):
        library(force(codes__own=listed))


def test_two_dividers_cannot_have_one_number(force: Force) -> None:
    divider = (
        '[[divider]]\nkey = "extra"\nnumber = 12\ntitle = "x"\nmust_hold = "x"\nminimum = "x"\n'
        'source = "x"\nconfidence = "known"\n'
    )
    with pytest.raises(Damaged, match=r"(extra|minutes) and (extra|minutes) both have number 12"):
        library(force(dividers=divider))


def test_days_without_an_edition_are_told(force: Force) -> None:
    text = shipped_files()["working-together-2023.toml"].decode().replace("2023-12-01", "2024-01-15")
    ours = checked(shipped_files() | {"working-together-2023.toml": text.encode()})
    assert "No edition of Working Together between WT2018 and WT2023." in ours["gaps"]
    assert any("ICPC is not set between 2023-11-30 and 2024-01-15" in gap for gap in ours["gaps"])
    with pytest.raises(Damaged, match="no edition of Working Together for 2023-12-24"):
        Library(ours).standard(date(2023, 12, 24))


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="is not there"):
        library(tmp_path / "nowhere")


def test_the_folder_of_a_force_is_named_once_for_every_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = '[restricted_match]\ntell_supervisor = true\nmost_files = 3\nsource = "Force policy 31"\nconfidence = "known"\n'
    (tmp_path / "restricted.toml").write_text(text, "utf-8")
    monkeypatch.setenv("CASEFILE_STANDARDS", str(tmp_path))
    assert library().restricted.tell_supervisor is True
    monkeypatch.setenv("CASEFILE_STANDARDS", str(tmp_path / "nowhere"))
    with pytest.raises(Unavailable, match="is not there"):
        library()


TIMES = """
[times]
before_conference_days = 14
new_person_working_days = 1
fresh_days = 180
source = "Force policy 12"
confidence = "known"
"""
CHECK = """
[[check]]
key = "crime"
title = "Crime"
systems = ["connect"]
of = ["child", "adult"]
why = "What the force itself has recorded."
source = "Force policy 12"
confidence = "known"
"""


def test_a_force_says_which_checks_it_makes_and_when(force: Force) -> None:
    found = library(force(research=TIMES + CHECK)).research
    assert ([one.key for one in found.checks], found.before_conference_days) == (["crime"], 14)
    assert found.answering("connect") == found.checks
    assert found.answering("pnc") == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TIMES, "research.toml"),
        (TIMES + CHECK + CHECK, "the check crime stands there twice"),
        (TIMES + CHECK.replace('"connect"', '"abacus"'), "research.toml: crime: abacus is not in the code list research_system"),
        (TIMES + CHECK + 'roles = ["uncle"]\n', "uncle is not in the code list involvement_role"),
        (TIMES + CHECK.replace('"adult"', '"dog"'), "research.toml"),
        (TIMES + CHECK + "from = 2026-02-01\nuntil = 2026-01-01\n", "before it begins"),
        (TIMES.replace("14", "0") + CHECK, "research.toml"),
    ],
)  # fmt: skip
def test_checks_that_cannot_stand_are_refused_with_a_sentence(force: Force, text: str, said: str) -> None:
    with pytest.raises(Damaged, match=said):
        library(force(research=text))


def test_a_force_says_whether_a_supervisor_is_told_of_a_restricted_match(force: Force) -> None:
    text = '[restricted_match]\ntell_supervisor = true\nmost_files = 3\nsource = "Force policy 31"\nconfidence = "known"\n'
    assert library().restricted.tell_supervisor is False, "as it ships"
    with pytest.raises(Damaged, match=r"restricted\.toml"):
        library(force(restricted=text.replace("3", "0", 1)))
    found = library(force(restricted=text)).restricted
    assert (found.tell_supervisor, found.most_files) == (True, 3)
