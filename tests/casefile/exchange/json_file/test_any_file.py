"""Any case file that the descriptions allow goes out and in again unchanged, from either store."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from casefile.audit.anchor import Anchor
from casefile.desk import Desk
from casefile.exchange.json_file.bring_in import bring_in_json
from casefile.exchange.json_file.export import export_file
from casefile.exchange.json_file.naming import Keys, renamed
from casefile.record.described import Description, FieldKind
from casefile.record.persons import FACT_KEYS, describe_fact
from casefile.sections import SECTIONS
from casefile.sections.base import describe
from casefile.standards import Library
from casefile.store.engine import Store, embedded_engine
from tests.casefile.exchange.json_file.any_file import AnyFile
from tests.conftest import KEY, PASSWORD, Clock

_NUMBERS = count(1)


@pytest.fixture
def elsewhere(staffed_store: Path, tmp_path: Path, standards: Library) -> Iterator[Desk]:
    """A desk at a second store, embedded, that holds officers and no file."""
    path = tmp_path / "elsewhere.db"
    path.write_bytes(staffed_store.read_bytes())
    other = Store(embedded_engine(path, KEY), "embedded", "elsewhere")
    desk = Desk(other, standards, anchor=Anchor(tmp_path / "elsewhere" / "heads.jsonl"), clock=Clock())
    desk.sign_in("Okafor", PASSWORD)
    yield desk
    desk.close()


def _bring(desk: Desk, data: bytes) -> bytes:
    """Bring a file in and give what the store then gives out."""
    return desk.read(export_file, desk.do(bring_in_json, data, "any.json").result.file_id)


def check_same_both_ways(here: Desk, there: Desk, whole: dict[str, Any]) -> None:
    out = _bring(here, json.dumps(whole).encode())
    assert _bring(there, out) == out
    check_nothing_is_lost(whole, json.loads(out))


def check_nothing_is_lost(given: dict[str, Any], out: dict[str, Any]) -> None:
    """Everything that was given stands in what came out, to the letter."""
    keys = Keys(given["reference"])
    people = {one["key"]: one for one in out["people"]}
    for person in given["people"]:
        held = people[str(keys.of(person["key"]))]["facts"]
        for kind, facts in person["facts"].items():
            description = describe_fact(FACT_KEYS[kind])
            assert _sorted(held[kind]) == _sorted(_keyed(keys, description, one) for one in facts)
    entries = {one["key"]: one for one in out["entries"]}
    for entry in given["entries"]:
        held = entries[str(keys.of(entry["key"]))]["versions"]
        assert len(held) == len(entry["versions"])
        for mine, theirs in zip(entry["versions"], held, strict=True):
            wanted = _keyed(keys, describe(SECTIONS[entry["section"]]), mine)
            assert (theirs.get("says", {}), theirs.get("doubts", {})) == (wanted["says"], wanted["doubts"])
            assert (theirs["author"], theirs["origin"], theirs["reason"]) == (
                mine["author"],
                mine["origin"],
                mine["reason"],
            )
            assert (theirs.get("happened_on"), theirs["known_on"]) == (mine["happened_on"], mine["known_on"])
            assert theirs.get("concerns", []) == sorted(str(keys.of(one)) for one in mine["concerns"])
    said = [
        (str(keys.of(one["entry"])), one["version"], one["what"], one.get("says", ""), one["recorded_by"])
        for one in given["remarks"]
    ]
    held = [
        (one["entry"], one["version"], one["what"], one.get("says", ""), one["recorded_by"])
        for one in out["remarks"]
    ]
    assert sorted(held) == sorted(said)
    contents = {one["key"]: (one["name"], one["content"]) for one in out["documents"]}
    assert contents == {str(keys.of(one["key"])): (one["name"], one["content"]) for one in given["documents"]}


def _keyed(keys: Keys, description: Description, given: dict[str, Any]) -> dict[str, Any]:
    """What was given with its keys as the store names them; officers go by their names."""
    says = renamed(
        description,
        given["says"],
        lambda spec, value: value if spec.kind is FieldKind.OFFICER else str(keys.of(value)),
    )
    return {"says": says, "doubts": given["doubts"]}


def _sorted(facts: Any) -> list[str]:
    return sorted(json.dumps([one["says"], one.get("doubts", {})], sort_keys=True) for one in facts)


@pytest.fixture
def here(sign_in: Callable[[str], Desk]) -> Desk:
    """A desk at a store of either kind."""
    return sign_in("Okafor")


# One pair of stores serves every example: each file has a reference, and so identities, of its own.
SEVERAL = settings(
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@settings(SEVERAL, max_examples=12)
@given(seed=st.integers(0, 2**48))
def test_any_file_comes_out_as_it_went_in(here: Desk, elsewhere: Desk, standards: Library, seed: int) -> None:
    check_same_both_ways(here, elsewhere, AnyFile(Random(seed), standards).whole(f"F-ANY-{next(_NUMBERS)}"))


def test_a_file_with_every_field_of_every_section_comes_out_as_it_went_in(
    here: Desk, elsewhere: Desk, standards: Library
) -> None:
    check_same_both_ways(here, elsewhere, AnyFile(Random(2009), standards, full=True).whole("F-FULL"))
