"""The window locks after so many minutes of stillness, and any key counts as somebody."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.shell.idle import Idle


def test_it_locks_when_the_minutes_are_over(qtbot: QtBot, qapp: QApplication) -> None:
    idle = Idle(qapp, 10)
    left: list[int] = []
    idle.left.connect(left.append)
    idle.start()
    idle.look(elapsed_ms=9 * 60_000 + 30_000)
    with qtbot.waitSignal(idle.still):
        idle.look(elapsed_ms=10 * 60_000)
    assert left == [10, 1]
    qapp.removeEventFilter(idle)
