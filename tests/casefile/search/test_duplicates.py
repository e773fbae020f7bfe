"""Rows of a list that are of one person: found whatever was mistyped, and a family stays several people."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path

import pytest

from casefile.cli import main
from casefile.cli.speak import Code
from casefile.search.duplicates import find_duplicates
from casefile.search.fields import fields_of
from tests.crowd import Crowd

STREETS = ("Mill Lane", "Chapel Road", "Station Street", "Orchard Close", "Abbey Grove", "Kiln Terrace")


def people(count: int, again: int, seed: int = 7) -> tuple[list[dict[str, str]], set[tuple[int, int]]]:
    """A list of *count* people with *again* of them entered a second time by somebody else; and which."""
    crowd, chance = Crowd(seed), random.Random(seed)
    rows: list[dict[str, str]] = []
    for _ in range(count):
        given, _, family = crowd.name().rpartition(" ")
        rows.append(
            {
                "forename": given, "surname": family, "dob": f"{crowd.born():%d/%m/%Y}",
                "address": f"{chance.randrange(1, 200)} {chance.choice(STREETS)}",
                "postcode": f"N{chance.randrange(1, 22)} {chance.randrange(1, 9)}AB",
            }
        )  # fmt: skip
    truth: set[tuple[int, int]] = set()
    for place in chance.sample(range(count), again):
        row = dict(rows[place])
        for key in chance.sample(sorted(row), 2):
            row[key] = crowd.wrong(row[key]) if key in ("forename", "surname", "address") else ""
        truth.add((place, len(rows)))
        rows.append(row)
    return rows, truth


def test_people_entered_twice_are_found_and_hardly_anybody_else() -> None:
    rows, truth = people(500, 150)
    found = {(one.one, one.other) for one in find_duplicates(rows)}
    assert len(found & truth) / len(truth) >= 0.93
    assert len(found & truth) / len(found) >= 0.97


def test_a_family_is_not_one_person_and_the_answer_does_not_depend_on_the_run() -> None:
    rows, _ = people(200, 0)
    home = {"surname": "Fairweather", "address": "4 Weir Lane", "postcode": "N17 8AA"}
    rows += [
        {**home, "forename": given, "dob": dob} for given, dob in (("Ada", "1/2/1980"), ("Tom", "9/8/2015"))
    ]
    assert find_duplicates(rows) == find_duplicates(rows) == ()


def test_each_pair_says_which_fields_agree(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows, _ = people(150, 0)
    rows.append({**rows[3], "forename": rows[3]["surname"], "surname": rows[3]["forename"]})
    one = find_duplicates(rows)[0]
    assert (one.one, one.other) == (3, 150)
    assert one.why == ("dob, address, postcode: the same", "forename, surname: written almost alike")
    path = tmp_path / "people.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    assert main(["duplicates", str(path)]) == Code.DONE
    assert "rows 5 and 152" in capsys.readouterr().out
    assert main(["duplicates", str(path), "--json"]) == Code.DONE
    assert json.loads(capsys.readouterr().out)[0]["rows"] == [5, 152]


def test_bad_lists_get_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "list.csv"
    assert main(["duplicates", str(path)]) == Code.UNAVAILABLE
    path.write_text("", "utf-8")
    assert main(["duplicates", str(path)]) == Code.INVALID
    path.write_text("colour,size\nred,4\n", "utf-8")
    assert main(["duplicates", str(path)]) == Code.INVALID
    assert "says by its heading" in capsys.readouterr().err
    assert find_duplicates([]) == find_duplicates([{"name": "x"}]) == ()
    assert fields_of([{"colour": 1}]) == []
