"""What a program writes is as that program would write it now. `make generated` writes all of it."""

from __future__ import annotations

from tools import permissions


def test_the_permission_matrix_is_fresh() -> None:
    assert permissions.PAGE.read_text("utf-8") == permissions.page()
