"""What tests of the window share: a theme, a throw-away home, settings of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from ui.shell.settings import Settings
from ui.theme.theme import Theme


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home in which nothing of the real one is seen or touched."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def settings(home: Path) -> Settings:
    return Settings(home / "window.ini")


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, "light")


@pytest.fixture(autouse=True)
def widgets_go(qapp: QApplication) -> Iterator[None]:
    """What a test has shown is gone when it is over, and not when the process ends."""
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
