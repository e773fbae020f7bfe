"""The real window on a real encrypted store, in a throw-away home."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from pathlib import Path

import keyring
import pytest
from keyring.backends.null import Keyring
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.app import build
from ui.pictures import settle
from ui.shell.settings import Settings
from ui.shell.window import Window

Picture = Callable[[str], None]


@pytest.fixture
def window(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Generator[Window]:
    """The window, shown, in a home where there is no keychain."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    made = build(qapp, Settings(tmp_path / "window.ini"))
    made.resize(1440, 900)
    made.show()
    yield made
    made.close()
    made.deleteLater()
    QApplication.sendPostedEvents(made, QEvent.Type.DeferredDelete)
    keyring.set_keyring(before)


@pytest.fixture
def picture(window: Window, tmp_path: Path) -> Picture:
    """Keeps a picture of the window, in CASEFILE_SHOTS if that is set."""
    folder = Path(os.environ.get("CASEFILE_SHOTS") or tmp_path / "pictures")
    folder.mkdir(parents=True, exist_ok=True)
    count = 0

    def take(name: str) -> None:
        nonlocal count
        settle(window)
        count += 1
        front: QWidget = QApplication.activeModalWidget() or window
        window.grab().save(str(folder / f"{count:02}-{name}.png"))
        if front is not window:
            front.grab().save(str(folder / f"{count:02}-{name}-dialog.png"))

    return take
