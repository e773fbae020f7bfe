"""The keys that lead to the rooms."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from ui.app import LATER, ROOMS
from ui.shell.later import Later


def test_every_room_has_keys_of_its_own() -> None:
    """Two rooms on the same keys: Qt then opens neither."""
    keys = [QKeySequence(room.shortcut).toString() for room in ROOMS]
    assert all(keys)
    assert sorted(keys) == sorted(set(keys))


def test_the_digits_go_down_the_left_in_order() -> None:
    digits = [room.shortcut[-1] for room in ROOMS if room.shortcut[-1] in "123456789" and not room.group]
    assert digits == sorted(digits)


def test_the_first_page_does_not_wait_for_what_later_ones_need() -> None:
    loaded = "import ui.app, sys; print(*{'reportlab', 'icalendar', 'openpyxl', 'pypdfium2', 'ui.files.docket'} & {*sys.modules})"
    said = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert said.stdout.split() == []


def test_what_is_loaded_later_is_there() -> None:
    assert all(find_spec(one) for one in LATER)


def test_modules_are_loaded_one_after_another_and_then_it_goes_on(qtbot: QtBot) -> None:
    for one in ("colorsys", "stringprep"):
        sys.modules.pop(one, None)
    done: list[bool] = []
    held = QObject()
    Later(("colorsys", "stringprep"), lambda: done.append({"colorsys", "stringprep"} <= {*sys.modules}), held)
    qtbot.waitUntil(lambda: bool(done), timeout=5000)
    assert done == [True]
