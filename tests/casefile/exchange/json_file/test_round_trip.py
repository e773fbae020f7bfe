"""A case file out as JSON and in again: nothing lost, nothing twice, nothing half."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from jsonschema import Draft202012Validator
from sqlalchemy import func, select

from casefile.audit.anchor import Anchor
from casefile.desk import Desk
from casefile.errors import Damaged, Invalid, Missing, Refused
from casefile.exchange.json_file.bring_in import bring_in_json
from casefile.exchange.json_file.export import export_file
from casefile.exchange.json_file.schema import EXAMPLE, PLACE, build, text
from casefile.files.queries.docket import entries_of, open_docket
from casefile.files.queries.people import people
from casefile.record.model import CaseFile
from casefile.sections import SECTIONS
from casefile.sections.base import describe
from casefile.standards import Library
from casefile.store.engine import Store, embedded_engine
from tests.conftest import KEY, PASSWORD, Clock

WHOLE: dict[str, Any] = {
    **EXAMPLE,
    "officers": [
        {"name": "Hallam", "role": "sergeant", "number": "88", "team": "East",
         "away": [{"from_on": "2026-03-09", "until_on": "2026-03-13", "kind": "sickness"}]},
    ],
    "allocations": [{"says": {"role": "officer", "officer_id": "hallam", "known_on": "2026-03-02"}}],
    "documents": [
        {"key": "minutes", "name": "Minutes Łódź.txt", "media_type": "text/plain", "text": "Held on 20 March.",
         "content": base64.b64encode(b"Held on 20 March.").decode(), "recorded_by": "Hallam"},
        {"key": "part", "parent": "minutes", "name": "empty.bin", "content": ""},
    ],
    "entries": [
        *EXAMPLE["entries"],
        {
            "section": "decision",
            "versions": [
                {"happened_on": "2026-03-03", "happened_at": "09:15", "known_on": "2026-03-04",
                 "recorded_at": "2026-03-05T10:11:12.000345Z", "author": "Hallam", "concerns": ["child", "mother"],
                 "origin": "an older system"},
                {"known_on": "2026-03-06", "reason": "The day was misread.", "author": "HALLAM",
                 "doubts": {"happened_on": {"stated": "29 February 2026", "why": "There is no such day."}}},
            ],
        },
    ],
    "task_events": [
        {"task": "by hand", "what": "opened", "happened_on": "2026-03-21", "known_on": "2026-03-21",
         "title": "Ask the school", "officer": "Hallam", "due_on": "2026-03-28"}
    ],
    "divider_marks": [{"divider": "bail", "applies": False, "reason": "Nobody was arrested."}],
    "sources": [{"scheme": "cin-census/975", "source_key": "child 1", "record": "child", "stated": "abc"}],
}  # fmt: skip


def _data(what: dict[str, Any]) -> bytes:
    return json.dumps(what).encode()


def _needed(standards: Library, section: str, given: dict[str, Any]) -> dict[str, Any]:
    """Mark under doubts every needed value the sample leaves out, as an import from elsewhere does."""
    from casefile.sections import SECTIONS
    from casefile.sections.base import describe

    marks = dict(given.get("doubts", {}))
    for spec in describe(SECTIONS[section]).fields:
        if spec.needed and spec.key not in {**given, **given.get("says", {})}:
            marks.setdefault(spec.key, {"stated": "", "why": "Not given by the source."})
    return {**given, "doubts": marks}


@pytest.fixture
def whole(standards: Library) -> dict[str, Any]:
    made = deepcopy(WHOLE)
    for entry in made["entries"]:
        entry["versions"] = [_needed(standards, entry["section"], one) for one in entry["versions"]]
    return made


def _bring(desk: Desk, what: dict[str, Any]) -> UUID:
    return desk.do(bring_in_json, _data(what), "ashdown.json").result.file_id


def test_the_published_schema_is_the_one_the_sections_describe(standards: Library) -> None:
    assert PLACE.read_text("utf-8") == text(standards), "run python -m casefile.exchange.json_file.schema"


def test_the_example_of_the_schema_fits_the_schema_and_imports(desk: Desk, standards: Library) -> None:
    Draft202012Validator.check_schema(build(standards))
    Draft202012Validator(build(standards)).validate(EXAMPLE)
    docket = desk.read(open_docket, _bring(desk, EXAMPLE))
    assert (docket.reference, docket.family_name, docket.children) == ("F-2026-00417", "Ashdown", 1)
    assert {"CG-1", "RCPC-1"} <= {one.timescale for one in docket.owed}


def _elsewhere(staffed: Path, folder: Path, standards: Library) -> tuple[Store, Desk]:
    """A second store that holds officers and no file."""
    path = folder / "elsewhere.db"
    path.write_bytes(staffed.read_bytes())
    other = Store(embedded_engine(path, KEY), "embedded", "elsewhere")
    desk = Desk(other, standards, anchor=Anchor(folder / "elsewhere" / "anchor.jsonl"), clock=Clock())
    desk.sign_in("Okafor", PASSWORD)
    return other, desk


def _owed(desk: Desk, file_id: UUID) -> list[tuple[Any, ...]]:
    """What is owed, without the officer, who has an identity of their own in each store."""
    owed = desk.read(open_docket, file_id).owed
    return [(one.id, one.timescale, one.due_on, one.state, one.days_late) for one in owed]


def one_entry(section: str, **version: Any) -> dict[str, Any]:
    return {
        "format": "casefile/1",
        "reference": "F-2026-00001",
        "opened_on": "2026-03-02",
        "entries": [{"section": section, "versions": [version]}],
    }


@pytest.mark.parametrize("key", SECTIONS)
def test_the_schema_wants_what_signing_wants_or_its_doubt(key: str, standards: Library) -> None:
    """Whoever reads only the schema finds out there, and not from a refusal, what an entry needs."""
    fits = Draft202012Validator(build(standards)).is_valid
    described = describe(SECTIONS[key])
    needed = [
        one.key for one in described.fields if one.needed and one.key not in ("happened_on", "known_on")
    ]
    needed += [one.key for one in described.groups if one.needed]
    why = {"stated": "", "why": "The source does not say."}
    doubts = dict.fromkeys(needed, why)
    assert fits(one_entry(key, happened_on="2026-03-02", doubts=doubts))
    assert not fits(one_entry(key, doubts=doubts))
    assert fits(one_entry(key, doubts={**doubts, "happened_on": why}))
    for missing in needed:
        rest = {one: why for one in needed if one != missing}
        assert not fits(one_entry(key, happened_on="2026-03-02", doubts=rest)), missing


def test_the_schema_says_what_must_stand_together_and_how_a_file_is_written(standards: Library) -> None:
    built = build(standards)
    assert "joint or single" in built["$defs"]["section_strategy"]["description"]
    for word in ("doubts", "known_on", "base64", "1890", "sign in with"):
        assert word in built["description"]


def test_a_file_out_and_into_an_empty_store_is_the_same_to_the_byte(
    sign_in: Callable[[str], Desk],
    whole: dict[str, Any],
    staffed_store: Path,
    tmp_path: Path,
    standards: Library,
) -> None:
    desk = sign_in("Okafor")
    first = desk.read(export_file, _bring(desk, whole))
    Draft202012Validator(build(standards)).validate(json.loads(first))
    other, there = _elsewhere(staffed_store, tmp_path, standards)
    report = there.do(bring_in_json, first, "first.json").result
    assert report.opened
    assert there.read(export_file, report.file_id) == first
    assert _owed(there, report.file_id) == _owed(desk, report.file_id)
    other.close()


def test_an_exported_file_brought_in_where_it_came_from_adds_nothing(
    sign_in: Callable[[str], Desk], whole: dict[str, Any]
) -> None:
    desk = sign_in("Okafor")
    first = desk.read(export_file, _bring(desk, whole))
    report = desk.do(bring_in_json, first, "again.json").result
    assert not report.added
    assert "nothing new" in report.sentence
    assert desk.read(export_file, report.file_id) == first


@pytest.mark.parametrize("readers", [[], [{"officer": "Okafor"}]])
def test_a_restricted_file_stays_restricted_to_its_readers(
    sign_in: Callable[[str], Desk], whole: dict[str, Any], readers: list[dict[str, str]]
) -> None:
    whole |= {"restrictions": [{"restricted": True, "reason": "A relative works here."}], "readers": readers}
    file_id = _bring(sign_in("Rhodes"), whole)
    with pytest.raises(Missing):
        sign_in("Marsh").read(open_docket, file_id)
    if readers:
        assert sign_in("Okafor").read(open_docket, file_id).restricted
    with pytest.raises(Refused, match="restricted"):
        _bring(sign_in("Marsh" if readers else "Rhodes"), whole)


def test_the_same_hand_written_file_again_adds_nothing(desk: Desk, whole: dict[str, Any]) -> None:
    once = _bring(desk, whole)
    report = desk.do(bring_in_json, _data(whole), "ashdown.json").result
    assert (report.file_id, dict(report.added), report.opened) == (once, {}, False)


@pytest.mark.parametrize(
    ("spoil", "place"),
    [
        (lambda f: f["people"][0]["facts"]["birth"][0]["says"].update(born_on="2026-02-30"),
         "$.people[0].facts.birth[0].says.born_on"),
        (lambda f: f["entries"][0]["versions"][0]["says"].update(kind="tea party"),
         "$.entries[0].versions[0].says.kind"),
        (lambda f: f["entries"][0]["versions"][0].update(concerns=["nobody"]),
         "$.entries[0].versions[0].concerns"),
        (lambda f: f["entries"][0].update(section="gossip"), "$.entries[0].section"),
        (lambda f: f["entries"][0]["versions"][0].update(author="Ghost"), "$.entries[0].versions[0].author"),
        (lambda f: f["documents"][0].update(content="%%"), "$.documents[0].content"),
        (lambda f: f["people"][1]["facts"].pop("involvement"), "$.people[1].facts"),
        (lambda f: f.update(colour="red"), "$.colour"),
        (lambda f: f["divider_marks"][0].update(divider="cake"), "$.divider_marks[0].divider"),
    ],
)  # fmt: skip
def test_what_cannot_stand_is_named_by_its_place_and_nothing_comes_in(
    desk: Desk, store: Store, whole: dict[str, Any], spoil: Callable[[dict[str, Any]], Any], place: str
) -> None:
    spoil(whole)
    with pytest.raises(Invalid) as refused:
        _bring(desk, whole)
    assert place in {one.field for one in refused.value.faults}
    with store.engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(CaseFile.__table__)).scalar_one() == 0


@pytest.mark.parametrize(
    "data", [b"", b"{", b"\xff\xfe", b"[1]", b'{"format": "casefile/9"}', b"[" * 100_000]
)
def test_what_is_no_case_file_is_said_to_be_none(desk: Desk, data: bytes) -> None:
    with pytest.raises(Damaged, match=r"(JSON|UTF-8|case file)"):
        desk.do(bring_in_json, data, "x.json")


def test_what_does_not_say_when_police_knew_is_known_from_the_day_it_speaks_of(
    desk: Desk, whole: dict[str, Any]
) -> None:
    """An old file written by hand can be replayed for its own days, not only from the day of the import."""
    for entry in whole["entries"]:
        for version in entry["versions"]:
            version.pop("known_on", None)
            version.pop("recorded_at", None)
    for person in whole["people"]:
        for facts in person["facts"].values():
            for fact in facts:
                fact["says"].pop("known_on", None)
    file_id = _bring(desk, whole)
    entries = desk.read(entries_of, file_id)
    assert all(one.known_on == one.happened_on for one in entries if one.happened_on)
    known = {fact.get("known_on") for one in desk.read(people, file_id) for fact in one.facts["name"]}
    assert known <= {date.fromisoformat(whole["opened_on"])}
