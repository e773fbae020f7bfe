"""The network goes while an officer works, and comes back: what is on the screen stays, what is typed is not lost."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casefile.desk import Desk
from casefile.files.actions.files import open_file
from casefile.opening import OpenStore
from casefile.standards import Library
from casefile.store.engine import Store, shared_engine
from tests.conftest import PASSWORD, Clock, _build
from tests.faults.servers import Wire
from tests.postgres import Postgres
from ui.app import start
from ui.files.screen import FilesScreen
from ui.pictures import settle
from ui.shell.errors import Trouble
from ui.shell.window import Window

LONG = 20_000


@pytest.fixture
def wire(postgres: Postgres) -> Generator[Wire]:
    dsn = postgres.fresh_database(postgres.template("staffed", _build))
    with Wire(dsn) as laid:
        yield laid
    postgres.drop(dsn)


@pytest.fixture
def opened(wire: Wire, standards: Library, clock: Clock, tmp_path: Path) -> Generator[OpenStore]:
    """The shared store at the far end of the wire."""
    store = Store(shared_engine(wire.url), "shared", "the test server")
    yield OpenStore(Desk(store, standards, clock=clock), tmp_path / "none", uuid4(), None, b"")
    store.close()


@pytest.fixture
def at_work(window: Window, opened: OpenStore) -> Window:
    """The constable is signed in and a file is open."""
    start(window, opened=opened, sign_in=("Marsh", PASSWORD))
    settle(window)
    file_id = opened.desk.do(open_file, "F-2026-00417").result
    window.go("files", (file_id, "strategy"))
    settle(window)
    return window


def page(window: Window) -> FilesScreen:
    """The file in view."""
    shown = window.pages.currentWidget()
    assert isinstance(shown, FilesScreen)
    return shown


def test_a_page_that_could_not_be_read_is_read_when_the_server_is_back(
    at_work: Window, wire: Wire, qtbot: QtBot, clock: Clock, picture: Callable[[str], None]
) -> None:
    wire.cut()
    clock.forward(minutes=2)
    docket = page(at_work).docket
    assert docket is not None
    docket.go_to("risk")
    at_work.go("work")
    qtbot.waitUntil(at_work.away.isVisible, timeout=LONG)
    settle(at_work)
    assert not at_work.findChildren(Trouble), "nobody is stopped by a dialog for what comes by itself"
    assert "Not connected since 09:32" in at_work.away._state.text()
    picture("not-connected")
    wire.heal()
    with qtbot.waitSignal(at_work.away.back, timeout=LONG):
        at_work.away.try_now()
    settle(at_work)
    assert not at_work.away.isVisible()
    picture("connected-again")
    at_work.go("files", (docket.file_id, "risk"))
    settle(at_work)
    assert not at_work.findChildren(Trouble)
