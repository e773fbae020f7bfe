"""Hostile and mistaken case files: a sentence with the place, and nothing of them is brought in."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from casefile.access.actions import NewOfficer, add_officer
from casefile.desk import Desk
from casefile.errors import CasefileError, Damaged, Invalid
from casefile.exchange.json_file.bring_in import bring_in_json
from casefile.exchange.json_file.export import export_file
from casefile.files.actions.files import open_file
from casefile.record.model import CaseFile, Document, Entry
from casefile.record.people import Person
from casefile.standards import Library
from casefile.store.engine import Store
from tests.casefile.exchange.json_file.any_file import AnyFile
from tests.conftest import PASSWORD

REFERENCE = "F-2026-00900"


@pytest.fixture
def whole(standards: Library) -> dict[str, Any]:
    """A file with something of everything."""
    made = AnyFile(Random(7), standards).whole(REFERENCE)
    says = {"kind": "school", "by_whom": "DC Marsh", "child_seen": "alone", "note": "Seen."}
    version = {"happened_on": "2026-03-02", "known_on": "2026-03-02", "says": says}
    made["entries"] = [{"key": "visit", "section": "contact", "versions": [version]}]
    return made


def _held(store: Store) -> list[int]:
    """How many files, people, entries and documents the store holds."""
    with store.engine.connect() as connection:
        tables = [one.__table__ for one in (CaseFile, Person, Entry, Document)]
        return [connection.execute(select(func.count()).select_from(one)).scalar_one() for one in tables]


def _refused(desk: Desk, data: bytes) -> CasefileError:
    """What is said of a file that cannot come in; nothing of it may be held."""
    before = _held(desk.store)
    with pytest.raises((Invalid, Damaged)) as told:
        desk.do(bring_in_json, data, "hostile.json")
    assert "Nothing of it was brought in." in str(told.value)
    assert _held(desk.store) == before
    return told.value


def _at(whole: dict[str, Any], *path: str | int) -> Any:
    for step in path[:-1]:
        whole = whole[step]  # type: ignore[index]
    return whole, path[-1]


SPOILT: tuple[tuple[tuple[str | int, ...], Any, str], ...] = (
    (("reference",), "", "$.reference"),
    (("reference",), " F-1 ", "$.reference"),
    (("reference",), "F-1\nF-2", "$.reference"),
    (("reference",), 7, "$.reference"),
    (("opened_on",), 7, "$.opened_on"),
    (("opened_on",), "1654646400", "$.opened_on"),
    (("opened_on",), "0001-01-01", "$.opened_on"),
    (("opened_on",), "2026-02-30", "$.opened_on"),
    (("recorded_at",), "2026-03-02T10:00:00", "$.recorded_at"),
    (("recorded_at",), "0001-01-01T00:00:00+14:00", "$.recorded_at"),
    (("recorded_at",), 1e308, "$.recorded_at"),
    (("marking",), "a\x00b", "$.marking"),
    (("marking",), "\ud83d", "$.marking"),
    (("people",), {"key": "child"}, "$.people"),
    (("people", 0, "key"), None, "$.people[0].key"),
    (("people", 0, "facts"), [], "$.people[0].facts"),
    (("people", 0, "facts", "gossip"), [], "$.people[0].facts.gossip"),
    (("entries", 0, "versions"), [], "$.entries[0].versions"),
    (("entries", 0, "versions", 0, "recorded_at"), "2026-03-02T10:00", "$.entries[0].versions[0].recorded_at"),
    (("entries", 0, "versions", 0, "happened_on"), "9999-12-31", "$.entries[0].versions[0].happened_on"),
    (("entries", 0, "versions", 0, "says", "note"), 3, "$.entries[0].versions[0].says.note"),
    (("entries", 0, "versions", 0, "says", "note"), {"a": 1}, "$.entries[0].versions[0].says.note"),
    (("entries", 0, "versions", 0, "says", "child_seen"), ["x"], "$.entries[0].versions[0].says.child_seen"),
    (("entries", 0, "versions", 0, "says", "colour"), "red", "$.entries[0].versions[0].says.colour"),
    (("entries", 0, "versions", 0, "says", "note"), "x" * 10_000_000, "$.entries[0].versions[0].says.note"),
    (("entries", 0, "versions", 0, "doubts"), {"note": "torn"}, "$.entries[0].versions[0].doubts.note"),
    (("documents", 0, "parent"), "nothing", "$.documents[0].parent"),
    (("documents", 0, "content"), "QQ", "$.documents[0].content"),
    (("task_events", 0, "due_on"), "9999-12-31", "$.task_events[0].due_on"),
    (("officers", 0, "name"), " ", "$.officers[0].name"),
    (("sources", 0, "stated"), None, "$.sources[0].stated"),
)  # fmt: skip
"""Where something is put that cannot stand there, what it is, and the place that is named."""


def test_what_cannot_be_is_told_with_its_place(desk: Desk, whole: dict[str, Any]) -> None:
    for path, value, place in SPOILT:
        spoilt = deepcopy(whole)
        holder, key = _at(spoilt, *path)
        holder[key] = value
        told = _refused(desk, json.dumps(spoilt).encode())
        assert isinstance(told, Invalid)
        assert place in {one.field for one in told.faults}, f"{path}: {str(told)[:200]}"


@pytest.mark.parametrize("kind", ["people", "entries", "documents", "officers"])
def test_one_key_for_two_things_is_told(desk: Desk, whole: dict[str, Any], kind: str) -> None:
    twin = deepcopy(whole[kind][0])
    whole[kind].append(twin)
    told = _refused(desk, json.dumps(whole).encode())
    assert isinstance(told, Invalid)
    assert any(one.field.startswith(f"$.{kind}[{len(whole[kind]) - 1}]") for one in told.faults)


def test_two_facts_under_one_key_are_told(desk: Desk, whole: dict[str, Any]) -> None:
    facts = whole["people"][0]["facts"]["name"]
    facts.append({**facts[0], "says": {**facts[0]["says"], "family": "Other"}})
    assert "used again" in str(_refused(desk, json.dumps(whole).encode()))


def test_documents_attached_to_one_another_in_a_circle_are_told(desk: Desk, whole: dict[str, Any]) -> None:
    content = base64.b64encode(b"x").decode()
    whole["documents"] = [
        {"key": "a", "parent": "b", "name": "a.txt", "content": content},
        {"key": "b", "parent": "a", "name": "b.txt", "content": content},
    ]
    assert "attached to itself" in str(_refused(desk, json.dumps(whole).encode()))


def test_an_attachment_may_stand_before_the_mail_it_came_with(desk: Desk, whole: dict[str, Any]) -> None:
    content = base64.b64encode(b"x").decode()
    whole["documents"] = [
        {"key": "part", "parent": "mail", "name": "part.txt", "content": content},
        {"key": "mail", "name": "mail.eml", "content": content},
    ]
    report = desk.do(bring_in_json, json.dumps(whole).encode(), "mail.json").result
    assert report.added["documents"] == 2


def test_a_record_of_another_file_is_never_taken_for_the_same(desk: Desk, whole: dict[str, Any]) -> None:
    """A copy under a new reference would lose every record that the store "holds already" elsewhere."""
    out = desk.read(export_file, desk.do(bring_in_json, json.dumps(whole).encode(), "a.json").result.file_id)
    copy = {**json.loads(out), "reference": "F-2026-00901", "key": str(uuid4())}
    assert "another case file" in str(_refused(desk, json.dumps(copy).encode()))


def test_a_version_that_the_store_has_otherwise_is_told(desk: Desk, whole: dict[str, Any]) -> None:
    first = whole["entries"][0]["versions"][0]
    mine = {**first, "reason": "Misread.", "says": {**first["says"], "note": "Mine."}, "key": "mine"}
    whole["entries"][0]["versions"] = [first, mine]
    desk.do(bring_in_json, json.dumps(whole).encode(), "a.json")
    whole["entries"][0]["versions"] = [first, {**mine, "key": "theirs"}]
    assert "holds another version 2" in str(_refused(desk, json.dumps(whole).encode()))


def test_a_reference_that_differs_only_in_capitals_is_the_same(desk: Desk, whole: dict[str, Any]) -> None:
    desk.do(open_file, REFERENCE.lower())
    assert REFERENCE in str(_refused(desk, json.dumps(whole).encode()))


def test_a_namesake_with_another_number_is_somebody_else(
    sign_in: Callable[[str], Desk], whole: dict[str, Any]
) -> None:
    """The store's own Marsh (102) never becomes the author of what Marsh (340) of another force wrote."""
    whole["officers"].append({"name": "Marsh", "role": "sergeant", "number": "340", "team": "West"})
    whole["entries"][0]["versions"][0]["author"] = "Marsh"
    desk = sign_in("Okafor")
    out = desk.read(export_file, desk.do(bring_in_json, json.dumps(whole).encode(), "a.json").result.file_id)
    given = json.loads(out)
    (marsh,) = [one for one in given["officers"] if one["name"] == "Marsh"]
    assert (marsh["number"], marsh["role"], marsh["team"]) == ("340", "sergeant", "West")
    assert given["entries"][0]["versions"][0]["author"] == "Marsh"
    sign_in("Boss").do(add_officer, NewOfficer("Okafor-Reid", "sergeant", PASSWORD, number="340"))
    assert not desk.do(bring_in_json, out, "again.json").result.added


def test_both_namesakes_in_one_file_are_told_apart_by_their_numbers(
    sign_in: Callable[[str], Desk], whole: dict[str, Any]
) -> None:
    whole["officers"].append({"name": "Marsh", "number": "340"})
    whole["entries"][0]["versions"][0]["author"] = "Marsh"
    desk = sign_in("Okafor")
    desk.do(bring_in_json, json.dumps(whole).encode(), "a.json")
    ours = {**whole, "officers": whole["officers"][:-1]}
    ours["entries"] = [{**deepcopy(whole["entries"][0]), "key": "ours"}]
    out = desk.read(
        export_file, sign_in("Marsh").do(bring_in_json, json.dumps(ours).encode(), "b.json").result.file_id
    )
    authors = {one["versions"][0]["author"] for one in json.loads(out)["entries"]}
    assert authors == {"Marsh", "Marsh (340)"}


UNREADABLE = (
    b'{"format": "casefile/1", "reference": ' + b"9" * 5000 + b"}",
    b'{"format": "casefile/1", "reference": NaN}',
    b'{"format": "casefile/1", "people": ' + b"[" * 900 + b"]" * 900 + b"}",
    b'{"format": "casefile/1", "people": ' + b'{"a":' * 60 + b"1" + b"}" * 60 + b"}",
    b'{"format": "casefile/1", "\\ud800": 1}',
    b'{"format": "casefile/1"',
    b"\x00" * 1000,
    b'"casefile/1"',
)


def test_what_no_program_should_write_is_told(desk: Desk) -> None:
    for data in UNREADABLE:
        assert _refused(desk, data).sentence.encode("utf-8")


def test_of_hundreds_of_faults_the_first_are_told(desk: Desk, whole: dict[str, Any]) -> None:
    whole["divider_marks"] = [
        {"divider": f"cake {one}", "applies": False, "reason": "x"} for one in range(300)
    ]
    told = _refused(desk, json.dumps(whole).encode())
    assert isinstance(told, Invalid)
    assert len(told.faults) == 50


_SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5),
    st.sampled_from(["2026-03-02", "casefile/1", "child", "9999-12-31", "\x00", "\ud800", "document 0"]),
)  # fmt: skip
_JUNK = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
)


@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_anything_in_any_place_comes_in_whole_or_is_told(
    desk: Desk, standards: Library, data: st.DataObject
) -> None:
    """Junk is put in the place of any one part of a good file."""
    whole = AnyFile(Random(data.draw(st.integers(0, 30))), standards).whole(f"F-JUNK-{uuid4()}")
    holder: Any = whole
    key = data.draw(st.sampled_from(sorted(holder)))
    while isinstance(holder[key], dict | list) and holder[key] and data.draw(st.integers(0, 3)):
        holder = holder[key]
        key = data.draw(st.sampled_from(sorted(holder) if isinstance(holder, dict) else range(len(holder))))
    holder[key] = data.draw(_JUNK)
    before = _held(desk.store)
    try:
        desk.do(bring_in_json, json.dumps(whole).encode(), "junk.json")
    except (Invalid, Damaged) as error:
        told = error
    else:
        told = None
    if told is None:
        assert _held(desk.store)[0] == before[0] + 1
    else:
        assert str(told).encode("utf-8")
        assert _held(desk.store) == before
