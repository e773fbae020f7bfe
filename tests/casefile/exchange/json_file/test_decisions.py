"""What was decided of matches between files travels with their JSON, and tells nobody of a restricted family."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from jsonschema import Draft202012Validator

from casefile.audit.anchor import Anchor
from casefile.desk import Desk
from casefile.errors import Invalid, Missing
from casefile.exchange.json_file.bring_in import bring_in_json
from casefile.exchange.json_file.export import export_file
from casefile.exchange.json_file.schema import build
from casefile.files.actions.restrict import restrict_file
from casefile.search.match_rows import MatchRow, State
from casefile.search.matches import decide_match, matches
from casefile.standards import Library
from casefile.store.engine import Store, embedded_engine
from tests.casefile.search.test_matches import HOME, opened, put
from tests.conftest import KEY, PASSWORD, Clock, officer_of

At = Callable[[str], Desk]
REASON = "Two men: seen together on 2 February."


class Before:
    """A store of before: Piotr Nowak of F-1 is not Peter Novak of F-2; their homes are the same, and it was left open."""

    def __init__(self, path: Path, standards: Library, folder: Path) -> None:
        self.store = Store(embedded_engine(path, KEY), "embedded", "before")
        self.anchor = Anchor(folder / "before" / "anchor.jsonl")
        self.standards = standards
        self.desk = self.at("Okafor")
        self.one, self.other = opened(self.desk, "F-1"), opened(self.desk, "F-2")
        put(self.desk, self.one, "Piotr Nowak", "12/3/1984", residence={"kind": "home", **HOME})
        put(self.desk, self.other, "Peter Novak", "3/12/1984")
        put(self.desk, self.other, "Ada Brook", "1/1/1990", role="mother", residence={"kind": "home", **HOME})
        by_kind = {one.kind: one for one in self.desk.read(matches)}
        self.desk.do(decide_match, by_kind["person"].id, "confirmed", "The same man: photograph compared.")
        self.desk.do(decide_match, by_kind["person"].id, "undone", "The photograph was of his brother.")
        self.desk.do(decide_match, by_kind["person"].id, "rejected", REASON)
        self.desk.do(decide_match, by_kind["address"].id, "left open", "The landlord is asked.")

    def at(self, name: str) -> Desk:
        desk = Desk(self.store, self.standards, anchor=self.anchor, clock=Clock())
        desk.sign_in(name, PASSWORD)
        return desk

    def out(self, file_id: UUID) -> bytes:
        return self.desk.read(export_file, file_id)


@pytest.fixture
def before(staffed_store: Path, tmp_path: Path, standards: Library) -> Iterator[Before]:
    path = tmp_path / "before.db"
    path.write_bytes(staffed_store.read_bytes())
    made = Before(path, standards, tmp_path)
    yield made
    made.store.close()


def told(rows: tuple[MatchRow, ...]) -> set[tuple[UUID, str, State, tuple[tuple[str, str, str], ...]]]:
    return {
        (
            one.id,
            one.kind,
            one.state,
            tuple((said.what.value, said.reason, said.by) for said in one.decisions),
        )
        for one in rows
    }


def test_a_store_moved_by_json_remembers_what_was_decided(
    before: Before, sign_in: At, standards: Library
) -> None:
    desk = sign_in("Okafor")
    first, second = before.out(before.one), before.out(before.other)
    for data in (first, second):
        Draft202012Validator(build(standards)).validate(json.loads(data))
    waiting = desk.do(bring_in_json, first, "F-1.json").result
    assert waiting.waiting == 4
    assert waiting.sentence.endswith(
        "4 decisions on matches wait: bring it in again when the other file is here."
    )
    whole = desk.do(bring_in_json, second, "F-2.json").result
    assert (whole.waiting, whole.added["decisions on matches"]) == (0, 4)
    assert told(desk.read(matches, decided=True)) == told(before.desk.read(matches, decided=True))
    assert State.REJECTED in {one.state for one in desk.read(matches, decided=True)}
    assert [one.kind for one in desk.read(matches)] == ["address"], "what was rejected stays quiet"
    again = desk.do(bring_in_json, first, "F-1.json").result
    assert (again.waiting, dict(again.added)) == (0, {})
    assert desk.read(export_file, before.one) == first
    assert desk.read(export_file, before.other) == second


def test_a_match_with_a_restricted_family_stands_in_its_own_file_alone(before: Before, sign_in: At) -> None:
    before.desk.do(restrict_file, before.other, [officer_of(before.desk)], "A relative works here.")
    open_one, closed_one = before.out(before.one), before.out(before.other)
    for said in (str(before.other), "F-2", "Novak", REASON, "landlord", "match_decisions"):
        assert said.encode() not in open_one, said
    assert REASON.encode() in closed_one
    with pytest.raises(Missing):
        before.at("Marsh").read(export_file, before.other)

    desk = sign_in("Okafor")
    assert desk.do(bring_in_json, closed_one, "F-2.json").result.waiting == 4
    desk.do(bring_in_json, open_one, "F-1.json")
    assert {one.state for one in desk.read(matches)} == {State.NEW}
    assert desk.do(bring_in_json, closed_one, "F-2.json").result.waiting == 0
    assert [one.state for one in desk.read(matches)] == [State.LEFT]
    assert sign_in("Marsh").read(matches, decided=True) == ()

    before.desk.do(restrict_file, before.one, [officer_of(before.desk)], "And here.")
    assert b"match_decisions" not in before.out(before.other), "of two restricted files neither tells"


def test_nobody_decides_by_json_on_a_file_that_is_not_theirs_to_see(before: Before, sign_in: At) -> None:
    supervisor, other = sign_in("Okafor"), sign_in("Rhodes")
    first, second = before.out(before.one), before.out(before.other)
    bare = {key: one for key, one in json.loads(first).items() if key != "match_decisions"}
    supervisor.do(bring_in_json, json.dumps(bare).encode(), "F-1.json")
    bare = {key: one for key, one in json.loads(second).items() if key != "match_decisions"}
    supervisor.do(bring_in_json, json.dumps(bare).encode(), "F-2.json")
    supervisor.do(restrict_file, before.other, [officer_of(supervisor)], "A relative works here.")
    hidden = other.do(bring_in_json, first, "F-1.json").result
    absent = json.loads(first)
    for one in absent["match_decisions"]:
        one["other_file"] = str(before.desk.actor.officer_id)
    nowhere = other.do(bring_in_json, json.dumps(absent).encode(), "F-1.json").result
    assert (hidden.waiting, hidden.sentence) == (nowhere.waiting, nowhere.sentence), (
        "hidden and absent are one"
    )
    assert {one.state for one in supervisor.read(matches)} == {State.NEW}


def test_what_names_no_match_is_said_with_its_place_and_nothing_comes_in(before: Before, sign_in: At) -> None:
    desk = sign_in("Okafor")
    whole = json.loads(before.out(before.one))
    for one in whole["match_decisions"]:
        for key in ("person", "trace"):
            one.pop(key, None)
    with pytest.raises(Invalid) as refused:
        desk.do(bring_in_json, json.dumps(whole).encode(), "F-1.json")
    assert {one.field for one in refused.value.faults} == {
        "$.match_decisions[0].person", "$.match_decisions[1].person", "$.match_decisions[2].person",
        "$.match_decisions[3].trace",
    }  # fmt: skip
