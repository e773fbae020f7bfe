"""What the window remembers on this computer: look, place of the store, idle time. Never case content."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import platformdirs
from PySide6.QtCore import QByteArray, QSettings

IDLE_MINUTES = 10


class Settings:
    """Settings of this user on this computer, in one small file."""

    def __init__(self, path: Path | None = None) -> None:
        path = path or Path(platformdirs.user_config_dir("casefile")) / "window.ini"
        self._kept = QSettings(str(path), QSettings.Format.IniFormat)

    def get(self, key: str, default: Any = None) -> Any:
        """What is kept under *key*."""
        return self._kept.value(key, default)

    def put(self, key: str, value: Any) -> None:
        """Keep something under *key*."""
        self._kept.setValue(key, value)
        self._kept.sync()

    @property
    def scale(self) -> float:
        """How large type is."""
        return _number(self.get("scale"), 1.0)

    @property
    def scheme(self) -> str:
        """Light, dark, contrast, or as the system."""
        return str(self.get("scheme", "system"))

    @property
    def idle_minutes(self) -> int:
        """Minutes without a key or the mouse after which the window locks; 1 to 60."""
        return min(max(int(_number(self.get("idle_minutes"), IDLE_MINUTES)), 1), 60)

    @property
    def store(self) -> str | None:
        """The store last used: its folder, or the address of its server."""
        found = self.get("store")
        return str(found) if found else None

    @property
    def geometry(self) -> QByteArray | None:
        """Size and place of the window."""
        found = self.get("geometry")
        return found if isinstance(found, QByteArray) else None


def _number(raw: Any, default: float) -> float:
    try:
        return float(raw)
    except (TypeError, ValueError):
        return default
