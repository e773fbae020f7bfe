"""The ways in: first run, keychain or passphrase, sign-in, and the lock. Nothing of a case is ever here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from casefile import copies, opening
from casefile.errors import CasefileError, NoKey, Refused
from casefile.opening import Address, OpenServer, OpenStore, Place
from casefile.outbox import open_outbox
from ui.shell.firstrun import FirstRun, NewStore
from ui.shell.gate_page import GatePage
from ui.shell.jobs import Jobs
from ui.shell.server_ways import ServerWays, at, kept_connections
from ui.shell.settings import Settings
from ui.shell.signin import SignInPage
from ui.shell.unlock import UnlockPage, WherePage
from ui.widgets.stack import Stack


class Gate(Stack):
    """Shows the page that comes next until an officer is signed in.

    Signals:
        entered: An officer is signed in; carries the open store.
    """

    entered = Signal(object)

    def __init__(self, jobs: Jobs, settings: Settings, *, notice: str = "") -> None:
        super().__init__()
        self.setObjectName("page")
        self._jobs, self._settings = jobs, settings
        self._notice = notice
        self._opened: OpenStore | None = None
        self._servers = ServerWays(jobs, self._show, self._is_open, lambda: self._where(""))
        self.officer_name = ""
        self._was_locked = False

    def start(self, place: Place | None = None) -> None:
        """Begin with the store at *place*, the one last used, or none."""
        if place is None and self._settings.store:
            try:
                place = opening.place_of(self._settings.store)
            except CasefileError as error:
                self._where(self._settings.store, error)
                return
        place = place or opening.default_folder()
        if isinstance(place, Address):
            self._is_open(opening.open_server(place))
        elif copies.look(place) is not None:
            self._copy(place)
        elif opening.exists(place):
            self.open(place)
        else:
            self._first_run(place)

    def open(self, folder: Path) -> None:
        """Open a store with the key in the keychain, or ask for the passphrase."""
        page = WherePage(str(folder))
        self._show(page)
        page.busy(True)
        self._jobs.long(
            page,
            "Opening the store",
            lambda _: opening.open_with_keychain(folder),
            lambda found: self._is_open(found) if found else self._unlock(folder),
            failed=lambda error: self._not_opened(page, folder, error),
        )

    def use(self, opened: OpenStore) -> None:
        """Go on with a store that is open already (the training store)."""
        self._is_open(opened)

    def read_copy(self, opened: OpenStore) -> None:
        """Go in as the reader of a copy that is open."""
        self._opened, self._jobs.desk, self._jobs.outbox = opened, opened.desk, None
        self.enter(opened, opened.desk.actor.name)

    def _copy(self, folder: Path) -> None:
        """A copy that was taken away: its passphrase lets its reader in."""
        page = UnlockPage(folder, is_copy=True)
        page.other.connect(lambda: self._where(str(folder)))

        def tried(words: str) -> None:
            page.busy(True)
            self._jobs.long(
                page,
                "Opening the copy",
                lambda _: copies.open_copy(folder, words),
                self.read_copy,
                failed=lambda error: (page.busy(False), page.say(error)),
            )

        page.tried.connect(tried)
        self._show(page)
        page.begin()

    def lock(self, name: str) -> None:
        """Ask the officer to sign in again."""
        if self._opened is not None and self._opened.desk.store.seal is not None:
            self._copy(Path(self._opened.place))
            return
        self._was_locked = True
        page = SignInPage(at(self._opened, locked_for=name, offers_password=False), locked=True)
        page.tried.connect(lambda who, word: self._sign_in(page, who, word))
        page.other.connect(self._sign_in_page)
        self._show(page)
        page.begin()

    def _not_opened(self, page: GatePage, folder: Path, error: CasefileError) -> None:
        page.busy(False)
        if isinstance(error, NoKey):
            self._unlock(folder, error.sentence)
        else:
            self._where(str(folder), error)

    def _first_run(self, folder: Path) -> None:
        page = FirstRun(folder)
        page.existing.connect(lambda: self._where(str(folder)))
        page.server.connect(self._servers.begin)
        page.finished.connect(lambda new: self._make(page, new))
        self._show(page)
        page.begin()

    def _where(self, place: str, error: CasefileError | None = None) -> None:
        page = WherePage(place, kept_connections())
        page.opened.connect(self._open_if_there)
        page.new.connect(self._first_run)
        page.server.connect(self._servers.begin)
        self._show(page)
        page.say(error)
        page.begin()

    def _open_if_there(self, said: str) -> None:
        page = self.currentWidget()
        assert isinstance(page, GatePage)
        try:
            place = opening.place_of(said)
        except CasefileError as error:
            page.say(error)
            return
        if isinstance(place, Address):
            self._servers.open(page, place)
        elif copies.look(place) is not None:
            self._copy(place)
        elif opening.exists(place):
            self.open(place)
        else:
            page.say("There is no store in this folder.")

    def _unlock(self, folder: Path, why: str = "") -> None:
        page = UnlockPage(folder, why)
        page.other.connect(lambda: self._where(str(folder)))

        def tried(words: str) -> None:
            page.busy(True)
            self._jobs.long(
                page,
                "Opening the store",
                lambda _: opening.open_with_passphrase(folder, words),
                self._is_open,
                failed=lambda error: (page.busy(False), page.say(error)),
            )

        page.tried.connect(tried)
        self._show(page)
        page.begin()

    def _make(self, page: FirstRun, new: NewStore) -> None:
        def make() -> OpenStore:
            opened = opening.create(new.folder, new.passphrase)
            opened.first_administrator(new.name, new.password)
            return opened

        def made(opened: OpenStore) -> None:
            self._remember(opened)
            self.enter(opened, new.name)

        self._jobs.long(page, "Making the store", lambda _: make(), made, failed=page.say)

    def enter(self, opened: OpenStore, name: str) -> None:
        """Go in as the officer who signs in under *name*."""
        self.officer_name = name
        self.entered.emit(opened)

    def _is_open(self, opened: OpenStore) -> None:
        self._remember(opened)
        self._sign_in_page()

    def _remember(self, opened: OpenStore) -> None:
        self._opened = opened
        self._jobs.desk = opened.desk
        self._settings.put("store", opened.place)

    def _sign_in_page(self) -> None:
        said = self._opened.notice if self._opened else ""
        notice = f"{self._notice} {said}".strip()
        page = SignInPage(at(self._opened, offers_password=not self._was_locked), notice=notice)
        page.tried.connect(lambda who, word: self._sign_in(page, who, word))
        page.other.connect(self._another_store)
        self._show(page)
        page.begin()

    def _another_store(self) -> None:
        place = self._opened.place if self._opened else str(opening.default_folder())
        if self._opened is not None:
            self._jobs.desk = None
            self._opened.close()
            self._opened = None
        self._where(place)

    def _sign_in(self, page: SignInPage, name: str, password: str | None) -> None:
        opened = self._opened
        if opened is None:
            return
        page.busy(True)
        keeps = page.keeps

        def sign_in() -> str:
            officer = opened.desk.sign_in(name, password)
            self._jobs.outbox = open_outbox(opened.desk, password)
            if isinstance(opened, OpenServer):
                opened.signed_in_as(officer.name, password if keeps else None)
            return officer.name

        def turned_away(error: CasefileError) -> None:
            page.busy(False)
            page.say(error if not isinstance(error, Refused) else error.sentence)
            page.forget()

        self._jobs.long(
            page,
            "Signing in",
            lambda _: sign_in(),
            lambda signed: self.enter(opened, signed),
            failed=turned_away,
        )

    def _show(self, page: QWidget) -> None:
        while (old := self.widget(0)) is not None:
            self.removeWidget(old)
            old.deleteLater()
        self.addWidget(page)
        self.setCurrentWidget(page)
