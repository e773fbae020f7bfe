"""Passwords are slow to guess."""

from __future__ import annotations

from argon2 import extract_parameters

from casefile.access.logins import NOBODYS_HASH
from tests.conftest import SLOW_HASHER


def test_the_application_hashes_as_rfc_9106_advises() -> None:
    made = extract_parameters(SLOW_HASHER.hash("three quiet otters swim"))
    assert (made.memory_cost, made.time_cost, made.parallelism) == (65536, 3, 4)


def test_an_unknown_name_takes_as_long_as_a_wrong_password() -> None:
    assert extract_parameters(NOBODYS_HASH) == extract_parameters(SLOW_HASHER.hash("three quiet otters swim"))
