"""The ways in that lead over a server: reached, kept as a connection, or set up from here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from casefile import opening
from casefile.errors import CasefileError
from casefile.opening import Address, OpenServer, OpenStore, connections
from casefile.opening.connections import Connection
from ui.shell.gate_page import GatePage
from ui.shell.jobs import Jobs
from ui.shell.server import ServerPage
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

        def failed(error: CasefileError) -> None:
            page.busy(False)
            page.say(error)

        self._jobs.long(page, "Reaching the server", lambda _: reach(), self._is_open, failed=failed)


def kept_connections() -> tuple[Connection, ...]:
    """The connections saved here; none where their file is damaged, which is said when it is written."""
    try:
        return connections.kept()
    except CasefileError:
        return ()


def at(opened: OpenStore | None, *, locked_for: str = "") -> At:
    """What the sign-in page is told of the store."""
    if not isinstance(opened, OpenServer):
        return At(name=locked_for)
    name = locked_for or opened.officer
    password = "" if locked_for else opened.kept_password(name) or ""
    return At(opened.desk.store.place, name, password, opening.keychain_name(), opened.account)
