"""Every act at the desk declares its right and its log category, and hands back only plain data."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
import typing
from collections.abc import Iterator
from typing import Any

import pytest

import casefile
from casefile.access.roles import ROLES
from casefile.work.door import Declared, registry
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

BEFORE_SIGN_IN = {"access.anybody", "access.sign_in", "access.add_first_administrator"}
"""Acts that need no right, because nobody has signed in yet."""


def _modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages(casefile.__path__, "casefile."):
        if ".migrations" not in found.name and not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


@pytest.fixture(scope="module", autouse=True)
def everything_imported() -> list[Any]:
    """Declaring happens on import, so everything is imported first."""
    return list(_modules())


def test_every_act_declares_its_right_and_its_log_category() -> None:
    assert registry()
    for name, declared in registry().items():
        assert isinstance(declared.logs, Logged), name
        assert isinstance(declared.needs, Permission) or name in BEFORE_SIGN_IN, name
        assert declared.sentence.endswith("."), f"{name}: {declared.sentence}"


def test_every_act_before_sign_in_still_exists() -> None:
    assert {name for name, declared in registry().items() if declared.needs is None} <= BEFORE_SIGN_IN


def test_a_reading_is_never_logged_as_a_change() -> None:
    wrong = [
        name
        for name, declared in registry().items()
        if not declared.writes and declared.logs in {Logged.ALTERATION, Logged.COLLECTION}
    ]
    assert wrong == []


def test_every_right_is_held_by_some_role() -> None:
    held = {right for role in ROLES.values() for right in role.permissions}
    assert {declared.needs for declared in registry().values() if declared.needs} <= held


def _types_in(hint: Any, seen: set[Any]) -> Iterator[type]:
    """Every class that a value of this type may hold, as deep as dataclasses go."""
    for part in typing.get_args(hint):
        yield from _types_in(part, seen)
    found = typing.get_origin(hint) or hint
    if not isinstance(found, type) or found in seen:
        return
    seen.add(found)
    yield found
    if dataclasses.is_dataclass(found):
        for held in typing.get_type_hints(found).values():
            yield from _types_in(held, seen)


def _returned(declared: Declared[..., Any]) -> Iterator[type]:
    yield from _types_in(typing.get_type_hints(declared.function).get("return"), set())


def test_nothing_alive_crosses_the_desk() -> None:
    alive = [
        f"{name} → {kind.__name__}"
        for name, declared in registry().items()
        for kind in _returned(declared)
        if hasattr(kind, "__mapper__") or kind is Work
    ]
    assert alive == []


def test_what_crosses_the_desk_is_frozen() -> None:
    loose = [
        f"{name} → {kind.__name__}"
        for name, declared in registry().items()
        for kind in _returned(declared)
        if dataclasses.is_dataclass(kind) and not getattr(kind, "__dataclass_params__").frozen  # noqa: B009 (known only when running)
    ]
    assert loose == []
