"""What a program writes is as that program would write it now. `make generated` writes all of it."""

from __future__ import annotations

from tools import alarms, permissions


def test_the_permission_matrix_is_fresh() -> None:
    assert permissions.PAGE.read_text("utf-8") == permissions.page()


def test_the_list_of_alarms_is_fresh() -> None:
    assert alarms.PAGE.read_text("utf-8") == alarms.page()
