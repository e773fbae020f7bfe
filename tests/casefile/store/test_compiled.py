"""Statements are put into words once for all engines of one kind: an officer who signs in anew does not wait for it."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.dialects import registry

from casefile.desk import Desk
from casefile.files.queries.listing import list_files
from casefile.store.compiled import OPTIONS, Embedded, Shared


def test_what_one_officer_asked_is_in_words_for_the_next(sign_in: Callable[[str], Desk]) -> None:
    sign_in("Okafor").read(list_files)
    known = len(OPTIONS["compiled_cache"])
    assert known > 10
    sign_in("Okafor").read(list_files)
    assert len(OPTIONS["compiled_cache"]) == known


def test_words_for_one_version_are_not_used_for_another() -> None:
    assert registry.load("sqlite.casefile") is Embedded
    one, same, newer = Shared(), Shared(), Shared()
    one.server_version_info = same.server_version_info = (15, 8)
    newer.server_version_info = (17, 1)
    assert one == same
    assert hash(one) == hash(same)
    assert one != newer
    assert one != Embedded()
