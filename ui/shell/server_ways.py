"""The ways in that lead over a server: reached, kept as a connection, or set up from here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from casefile import opening
from casefile.errors import CasefileError
from casefile.opening import Address, OpenServer, OpenStore, connections, setup
from casefile.opening.connections import Connection
from casefile.opening.findings import Finding
from ui.shell.gate_page import GatePage
from ui.shell.jobs import Jobs
from ui.shell.server import Reached, ServerPage
from ui.shell.server_setup import FoundPage, KeeperPage
from ui.shell.signin import At


class ServerWays(QObject):
    """Leads from a server's address to a store that officers can sign in to."""

    def __init__(
        self,
        jobs: Jobs,
        show: Callable[[QWidget], None],
        is_open: Callable[[OpenStore], None],
        back: Callable[[], None],
    ) -> None:
        """Shows pages with *show* and hands over what is open to *is_open*."""
        super().__init__()
        self._jobs, self._show, self._is_open, self._back = jobs, show, is_open, back

    def begin(self) -> None:
        """Ask where the server is."""
        page = ServerPage()
        page.back.connect(self._back)
        page.reached.connect(lambda found: self.open(page, found.address, found.connection))
        page.prepares.connect(self._keeper)
        self._show(page)
        page.begin()

    def open(self, page: GatePage, address: Address, connection: Connection | None = None) -> None:
        """See whether the server is there and is who it says, keep the connection, and ask who signs in."""
        page.busy(True)

        def reach() -> OpenStore:
            opening.see_whether_it_is_there(address)
            if connection is not None:
                connections.keep(connection)
            return opening.open_server(address)

        self._jobs.long(
            page,
            "Reaching the server",
            lambda _: reach(),
            self._is_open,
            failed=lambda error: _failed(page, error),
        )

    def _keeper(self, found: Reached) -> None:
        page = KeeperPage(found.address.shown, found.address.database)
        page.back.connect(self.begin)
        page.given.connect(lambda name, password: self._look(page, found, name, password))
        self._show(page)
        page.begin()

    def _look(self, page: KeeperPage, found: Reached, name: str, password: str | None) -> None:
        address = found.address.by(name)
        page.busy(True)

        def looked(findings: tuple[Finding, ...]) -> None:
            shown = FoundPage(findings)
            shown.back.connect(lambda: self._keeper(found))
            shown.given.connect(lambda: self._prepare(shown, found, address, password))
            self._show(shown)
            shown.begin()

        self._jobs.long(
            page,
            "Looking at the server",
            lambda _: setup.look(address, password),
            looked,
            failed=lambda error: _failed(page, error),
        )

    def _prepare(self, page: FoundPage, found: Reached, address: Address, password: str | None) -> None:
        choices, administrator = page.choices(), page.administrator()
        page.busy(True)

        def make() -> OpenStore:
            made = setup.prepare(address, password, choices, lambda: administrator)
            connections.keep(replace(found.connection, officer=made.administrator))
            return opening.open_server(found.address)

        self._jobs.long(
            page,
            "Setting up the server",
            lambda _: make(),
            self._is_open,
            failed=lambda error: _failed(page, error),
        )


def _failed(page: GatePage, error: CasefileError) -> None:
    page.busy(False)
    page.say(error)


def kept_connections() -> tuple[Connection, ...]:
    """The connections saved here; none where their file is damaged, which is said when it is written."""
    try:
        return connections.kept()
    except CasefileError:
        return ()


def at(opened: OpenStore | None, *, locked_for: str = "", offers_password: bool = True) -> At:
    """What the sign-in page is told of the store; a password that is kept opens a window, and never a lock."""
    if not isinstance(opened, OpenServer):
        return At(name=locked_for)
    name = locked_for or opened.officer
    password = (opened.kept_password(name) or "") if offers_password else ""
    return At(opened.desk.store.place, name, password, opening.keychain_name(), opened.account)
