"""When the desktop locks or the machine goes to sleep, a login service says so, and the window hears it."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
from collections.abc import Generator
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

if not sys.platform.startswith("linux"):
    pytest.skip("There is no login service to hear from.", allow_module_level=True)

from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusUnixFileDescriptor,
    QDBusVirtualObject,
)

from ui.shell.desktop import LOGIN, MANAGER, MANAGER_PATH, SESSION, Desktop, session_path

OURS, OTHER = session_path("2"), session_path("c1")


class LoginService(QDBusVirtualObject):
    """Answers to ``Inhibit`` as systemd-logind does, on a bus of its own, and tells what it is asked to tell."""

    def __init__(self, bus: QDBusConnection) -> None:
        super().__init__()
        self._bus = bus
        self.asked: list[list[Any]] = []
        self.watched = -1
        assert bus.registerVirtualObject(
            MANAGER_PATH, self, QDBusConnection.VirtualObjectRegisterOption.SubPath
        )
        assert bus.registerService(LOGIN)

    def introspect(self, path: str) -> str:
        """Nothing is told of itself."""
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:  # noqa: N802
        """Give a file whose closing lets the machine sleep."""
        self.asked.append([message.member(), *message.arguments()])
        self.watched, held = os.pipe()
        connection.send(message.createReply([QDBusUnixFileDescriptor(held)]))
        os.close(held)
        return True

    def tell(self, path: str, interface: str, name: str, *arguments: Any) -> None:
        """Send a signal to whoever listens."""
        message = QDBusMessage.createSignal(path, interface, name)
        message.setArguments(list(arguments))
        assert self._bus.send(message)

    def may_sleep(self) -> bool:
        """Whether nobody holds sleep back: the other end of the file is closed."""
        return bool(select.select([self.watched], [], [], 0)[0]) and os.read(self.watched, 1) == b""


@pytest.fixture
def address() -> Generator[str]:
    """A D-Bus daemon of our own."""
    if (daemon := shutil.which("dbus-daemon")) is None:
        pytest.skip("There is no dbus-daemon here.")
    running = subprocess.Popen(
        [daemon, "--session", "--print-address=1", "--nofork", "--nopidfile"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert running.stdout is not None
    yield running.stdout.readline().strip()
    running.terminate()
    running.wait()
    running.stdout.close()


@pytest.fixture
def service(qapp: QObject, address: str) -> Generator[LoginService]:
    made = LoginService(QDBusConnection.connectToBus(address, "login service"))
    yield made
    QDBusConnection.disconnectFromBus("login service")


@pytest.fixture
def desktop(
    qtbot: QtBot, service: LoginService, address: str, monkeypatch: pytest.MonkeyPatch
) -> Generator[Desktop]:
    monkeypatch.setenv("XDG_SESSION_ID", "2")
    owner = QObject()
    bus = QDBusConnection.connectToBus(address, "casefile")
    made = Desktop(owner, bus, bus)
    qtbot.waitUntil(lambda: made.holds_sleep)
    yield made
    QDBusConnection.disconnectFromBus("casefile")


def test_it_locks_when_the_session_is_asked_to(qtbot: QtBot, desktop: Desktop, service: LoginService) -> None:
    with qtbot.waitSignal(desktop.locked):
        service.tell(OURS, SESSION, "Lock")


def test_it_locks_when_the_lock_screen_comes_up(
    qtbot: QtBot, desktop: Desktop, service: LoginService
) -> None:
    with qtbot.waitSignal(desktop.locked):
        service.tell("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", True)


def test_it_minds_its_own_session_and_no_other_news(
    qtbot: QtBot, desktop: Desktop, service: LoginService
) -> None:
    heard: list[None] = []
    desktop.locked.connect(lambda: heard.append(None))
    service.tell(OTHER, SESSION, "Lock")
    service.tell("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", False)
    service.tell(OURS, SESSION, "Unlock")
    with qtbot.waitSignal(desktop.locked):
        service.tell(OURS, SESSION, "Lock")
    assert len(heard) == 1


def test_sleep_waits_until_it_is_locked(qtbot: QtBot, desktop: Desktop, service: LoginService) -> None:
    assert service.asked == [["Inhibit", "sleep", "Casefile", "The window is locked first", "delay"]]
    assert not service.may_sleep()
    slept: list[bool] = []
    desktop.locked.connect(lambda: slept.append(service.may_sleep()))
    with qtbot.waitSignal(desktop.locked):
        service.tell(MANAGER_PATH, MANAGER, "PrepareForSleep", True)
    assert slept == [False]
    qtbot.waitUntil(service.may_sleep)
    service.tell(MANAGER_PATH, MANAGER, "PrepareForSleep", False)
    qtbot.waitUntil(lambda: desktop.holds_sleep)
    assert len(service.asked) == 2


def test_without_a_bus_or_a_service_nothing_happens(qapp: QObject, address: str) -> None:
    owner = QObject()
    nowhere = QDBusConnection("nowhere")
    assert not Desktop(owner, nowhere, nowhere).holds_sleep
    alone = QDBusConnection.connectToBus(address, "alone")
    assert alone.isConnected()
    assert not Desktop(owner, alone, nowhere).holds_sleep
    QDBusConnection.disconnectFromBus("alone")


def test_a_session_is_found_by_its_name_as_the_service_writes_it() -> None:
    assert OURS == "/org/freedesktop/login1/session/_32"
    assert OTHER == "/org/freedesktop/login1/session/c1"
    assert session_path("") == ""
