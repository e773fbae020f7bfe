"""The keys that lead to the rooms."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from ui.app import ROOMS


def test_every_room_has_keys_of_its_own() -> None:
    """Two rooms on the same keys: Qt then opens neither."""
    keys = [QKeySequence(room.shortcut).toString() for room in ROOMS]
    assert all(keys)
    assert sorted(keys) == sorted(set(keys))


def test_the_digits_go_down_the_left_in_order() -> None:
    digits = [room.shortcut[-1] for room in ROOMS if room.shortcut[-1] in "123456789" and not room.group]
    assert digits == sorted(digits)
