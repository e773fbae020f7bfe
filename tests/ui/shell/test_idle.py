"""The window locks after so many minutes of stillness, and any key counts as somebody."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.app import build
from ui.shell.idle import Idle
from ui.shell.settings import Settings


def test_it_locks_when_the_minutes_are_over(qtbot: QtBot, qapp: QApplication) -> None:
    page = QObject()
    idle = Idle(qapp, 10, page)
    left: list[int] = []
    idle.left.connect(left.append)
    idle.start()
    idle.look(elapsed_ms=9 * 60_000 + 30_000)
    with qtbot.waitSignal(idle.still):
        idle.look(elapsed_ms=10 * 60_000)
    assert left == [10, 1]


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_a_window_that_is_gone_watches_nothing(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    """Every event passed by the watchers of all windows there ever were: what took 4 seconds took 90 in a long run."""
    window = build(qapp, Settings(tmp_path / "window.ini"))
    idle, theme, ended = window._idle, window._theme, list[str]()
    idle.destroyed.connect(lambda: ended.append("idle"))
    theme.destroyed.connect(lambda: ended.append("theme"))
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
    assert sorted(ended) == ["idle", "theme"]
