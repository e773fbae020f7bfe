"""Hearing from the desktop that it locks or goes to sleep, where somebody says so (Linux).

Casefile locks when the desktop's lock screen comes up, when ``loginctl lock-session`` asks for it, and before the
machine sleeps: systemd-logind holds sleep back until the window is locked. Where nobody says anything (Windows, macOS,
no D-Bus) nothing happens here, and the idle lock stays.

Sources: org.freedesktop.login1(5); the ScreenSaver interfaces of freedesktop.org and of the desktops.
"""

from __future__ import annotations

import os
import string
from typing import Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

LOGIN = "org.freedesktop.login1"
MANAGER, MANAGER_PATH = f"{LOGIN}.Manager", "/org/freedesktop/login1"
SESSION = f"{LOGIN}.Session"
SCREEN_SAVERS = tuple(
    f"org.{desktop}.ScreenSaver" for desktop in ("freedesktop", "gnome", "cinnamon", "mate", "xfce")
)
"""Who tells, on the bus of the session, that the lock screen is up; each desktop under its own name."""


class Desktop(QObject):
    """Listens to the desktop and to the login service.

    Signals:
        locked: The desktop locks, or the machine goes to sleep.
    """

    locked = Signal()

    def __init__(
        self, parent: QObject, system: QDBusConnection | None = None, session: QDBusConnection | None = None
    ) -> None:
        """Listen on these two buses, or on those of the machine; what is not there is not heard."""
        super().__init__(parent)
        self._system = QDBusConnection.systemBus() if system is None else system
        self._delay: Any = None  # as long as it is held, the machine does not sleep
        self._listen_to_login()
        if session is not None:
            self._listen_to_screen(session)
        elif os.environ.get("DBUS_SESSION_BUS_ADDRESS"):  # else Qt would start a bus of its own
            self._listen_to_screen(QDBusConnection.sessionBus())

    @property
    def holds_sleep(self) -> bool:
        """Whether sleep waits for the window to be locked."""
        return self._delay is not None

    @Slot()
    def asked_to_lock(self) -> None:
        """The login service asks the session to lock."""
        self.locked.emit()

    @Slot(bool)
    def screen_changed(self, up: bool) -> None:
        """The lock screen came up, or went."""
        if up:
            self.locked.emit()

    @Slot(bool)
    def sleeping(self, begins: bool) -> None:
        """The machine goes to sleep (lock, then let it), or is awake again (hold the next sleep back)."""
        if begins:
            self.locked.emit()
            self._delay = None
        else:
            self._hold_sleep()

    def _listen_to_login(self) -> None:
        registry = self._system.interface() if self._system.isConnected() else None
        if registry is None or not registry.isServiceRegistered(LOGIN).value():
            return
        path = session_path(os.environ.get("XDG_SESSION_ID", ""))
        for at, interface, name, slot in (
            (path, SESSION, "Lock", "asked_to_lock()"),
            (MANAGER_PATH, MANAGER, "PrepareForSleep", "sleeping(bool)"),
        ):
            self._system.connect(LOGIN, at, interface, name, self, SLOT(slot))  # pyright: ignore[reportArgumentType] (PySide6's stub says bytes; SLOT gives text)
        self._hold_sleep()

    def _listen_to_screen(self, session: QDBusConnection) -> None:
        if session.isConnected():
            for interface in SCREEN_SAVERS:
                session.connect("", "", interface, "ActiveChanged", self, SLOT("screen_changed(bool)"))  # pyright: ignore[reportArgumentType] (as above)

    def _hold_sleep(self) -> None:
        """Ask the login service, without waiting for it, to hold back sleep for the few seconds it allows."""
        message = QDBusMessage.createMethodCall(LOGIN, MANAGER_PATH, MANAGER, "Inhibit")
        message.setArguments(["sleep", "Casefile", "The window is locked first", "delay"])
        QDBusPendingCallWatcher(self._system.asyncCall(message), self).finished.connect(self._held)

    def _held(self, watcher: QDBusPendingCallWatcher) -> None:
        reply = watcher.reply()
        watcher.deleteLater()
        if reply.type() == QDBusMessage.MessageType.ReplyMessage:
            self._delay = reply.arguments()[0]


def session_path(session: str) -> str:
    """Where the login service keeps a session, as it writes names in paths; "", which is any, for one not known.

    Source: sd_bus_path_encode(3): what is no letter or figure, and a figure at the front, stands as ``_`` and its code.
    """
    if not session:
        return ""
    plain = string.ascii_letters + string.digits
    kept = (
        one if one in plain and not (place == 0 and one.isdigit()) else f"_{ord(one):02x}"
        for place, one in enumerate(session)
    )
    return f"{MANAGER_PATH}/session/{''.join(kept)}"
