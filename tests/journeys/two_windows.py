"""Two real windows on one store, each of a program of its own, in one process of tests."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.access.queries import officers
from casefile.desk import Desk, real_clock
from casefile.files.actions.files import allocate, open_file
from casefile.files.actions.people import add_person
from casefile.opening import OpenStore
from casefile.standards import library
from tests import owners
from tests.postgres import Postgres
from ui.app import build, start
from ui.pictures import settle
from ui.record.entry_form import EntryForm
from ui.shell.settings import Settings
from ui.shell.window import Window

PASSPHRASE, PASSWORD = "otter kettle lamp", "plum river stone"
SOON = 10_000
"""Milliseconds after which a test no longer believes that anything will come."""
Opener = Callable[[], OpenStore]


@dataclass
class Pair:
    """A sergeant's window and a constable's, with one file between them.

    Attributes:
        before: A day before which the file was opened.
        pictures: Where pictures are kept.
    """

    okafor: Window
    marsh: Window
    file_id: UUID
    pictures: Path
    qtbot: QtBot

    def settle(self) -> None:
        """Wait until neither has anything under way."""
        settle(self.okafor)
        settle(self.marsh)

    def until(self, come: Callable[[], bool]) -> None:
        """Wait until something has come to pass, in whichever window."""
        self.qtbot.waitUntil(come, timeout=SOON)
        self.settle()

    def keep(self, name: str) -> None:
        """Keep a picture of each."""
        self.settle()
        for who, window in (("sergeant", self.okafor), ("constable", self.marsh)):
            window.grab().save(str(self.pictures / f"{name}-{who}.png"))


def shared(server: Postgres, folder: Path, stores: ExitStack) -> Opener:
    """Opens one shared store, for one program after another, until *stores* is closed."""
    dsn = server.fresh_database()
    owners.build(dsn, "Hale", PASSWORD, real_clock).close()

    def opened() -> OpenStore:
        store = stores.enter_context(closing(owners.OwnersStore(dsn)))
        return OpenStore(Desk(store, library()), str(folder))

    return opened


def embedded(folder: Path) -> Opener:
    """Opens one embedded store, for one program after another."""
    opening.create(folder / "store", PASSPHRASE, keychain=False).close()
    return lambda: opening.open_with_passphrase(folder / "store", PASSPHRASE, remember=False)


def a_file(first: OpenStore) -> UUID:
    """Officers, and a file that the constable keeps under the sergeant."""
    if first.asks_first:
        first.desk.sign_in("Hale", PASSWORD)
    else:
        first.first_administrator("Hale", PASSWORD)
    team = (("Marsh", "constable", "4471"), ("Okafor", "sergeant", "5163"))
    for name, role, number in team:
        first.desk.do(add_officer, NewOfficer(name, role, PASSWORD, number))
    ids = {one.name: one.id for one in first.desk.read(officers)}
    first.desk.sign_in("Okafor", PASSWORD)
    began = first.desk.now().date() - timedelta(days=9)
    file_id = first.desk.do(open_file, None, began).result
    name = {"kind": "legal", "given": "Robin", "family": "Alder"}
    first.desk.do(add_person, file_id, {"name": name, "involvement": {"role": "subject"}})
    first.desk.do(allocate, file_id, "officer", ids["Marsh"], began)
    first.desk.do(allocate, file_id, "supervisor", ids["Okafor"], began)
    first.desk.sign_out()
    return file_id


def open_window(app: QApplication, opened: OpenStore, name: str, folder: Path) -> Window:
    """A window in which an officer is signed in."""
    made = build(app, Settings(folder / f"{name}.ini"))
    made.resize(1440, 900)
    made.show()
    start(made, opened=opened, sign_in=(name, PASSWORD))
    settle(made)
    return made


def docket(window: Window) -> Any:
    """The file that is open in a window."""
    page: Any = window.pages.currentWidget()
    return page.docket


def form(window: Window) -> EntryForm:
    """The form that is open in a window."""
    found = docket(window).records.form
    assert isinstance(found, EntryForm)
    return found


def said(widget: QWidget) -> str:
    """Every word in view."""
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())
