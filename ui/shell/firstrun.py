"""The first run: where the store stands, its recovery passphrase, and the first administrator."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from casefile import opening
from casefile.access.rules import PASSWORD_RULE, password_fault
from ui.shell.gate_page import GatePage
from ui.widgets.parts import button, column, readable
from ui.widgets.stack import Stack


@dataclass(frozen=True, slots=True)
class NewStore:
    """What the assistant gathered."""

    folder: Path
    passphrase: str
    name: str
    password: str


class KindPage(GatePage):
    """Before the steps: this computer, or the force's server."""

    def __init__(self) -> None:
        super().__init__(
            "Welcome to Casefile",
            "Where is the record kept? A team of one computer keeps it in an encrypted file there. Where the force has a "
            "server for it, officers sign in to that, and all of them work in one record.",
        )


class PlacePage(GatePage):
    """Step 1: where."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            "Folder of the store",
            "Step 1 of 3. Casefile keeps its record in one encrypted file on this computer. "
            "Choose a new or empty folder for it, on a disk that is backed up.",
        )
        self.folder = self.field("folder", "Folder", value=str(folder))
        self.more.addWidget(button("Choose a folder …", self._choose), 0, Qt.AlignmentFlag.AlignLeft)

    def _choose(self) -> None:
        if chosen := QFileDialog.getExistingDirectory(self, "Folder of the store", self.folder.text()):
            self.folder.setText(chosen)


class PassphrasePage(GatePage):
    """Step 2: the way back in when the keychain is gone."""

    def __init__(self) -> None:
        super().__init__(
            "Recovery passphrase",
            "Step 2 of 3. The key of the store lies in this computer’s keychain. If that is lost, this passphrase is "
            "the only way back in: write it down and keep it in a safe. Without both, nobody can read the store.",
        )
        self.words = self.field("passphrase", "Passphrase", value=opening.suggest_passphrase())
        self.again = self.field("again", "Type it again")
        self.more.addWidget(readable(opening.PASSPHRASE_RULE, "small"))
        self.more.addWidget(button("Offer other words", self._others), 0, Qt.AlignmentFlag.AlignLeft)

    def _others(self) -> None:
        self.words.setText(opening.suggest_passphrase())
        self.again.clear()

    def fault(self) -> str | None:
        """What is wrong, in a sentence."""
        if sentence := opening.check_passphrase(self.words.text()):
            return sentence
        if self.words.text().split() != self.again.text().split():
            return "The two are not the same. Type the passphrase again, as you wrote it down."
        return None


class AdministratorPage(GatePage):
    """Step 3: the first administrator."""

    def __init__(self) -> None:
        super().__init__(
            "First administrator",
            "Step 3 of 3. An administrator keeps officers, settings and backups, and reads no case. "
            "Officers who keep files are added next.",
        )
        self.name = self.field("name", "Name to sign in with")
        self.password = self.field("password", "Password", secret=True)
        self.again = self.field("again", "Password again", secret=True)
        self.more.addWidget(readable(PASSWORD_RULE, "small"))

    def fault(self) -> str | None:
        """What is wrong, in a sentence."""
        if not self.name.text().strip():
            return "Give a name to sign in with."
        if sentence := password_fault(self.password.text(), self.name.text()):
            return sentence
        if self.password.text() != self.again.text():
            return "The two passwords are not the same."
        return None


class FirstRun(QWidget):
    """The assistant: three short steps.

    Signals:
        finished: Carries a :class:`NewStore`.
        existing: The person has a store already.
        server: The record is on the force's server.
    """

    finished = Signal(object)
    existing = Signal()
    server = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._stack = Stack()
        column(self).addWidget(self._stack)
        self.kind, self.place, self.passphrase, self.administrator = (
            KindPage(),
            PlacePage(folder),
            PassphrasePage(),
            AdministratorPage(),
        )
        self.kind.beside("Open a store that exists", self.existing.emit)
        self.kind.foot.addWidget(button("The force’s server", self.server.emit))
        self.kind.verb("This computer", lambda: self._go(1))
        for page in (self.place, self.passphrase, self.administrator):
            page.foot.addWidget(button("Back", self._back))
        self.place.verb("Next", self._placed)
        self.passphrase.verb("Next", self._worded)
        self.administrator.verb("Make the store", self._finish)
        for page in (self.kind, self.place, self.passphrase, self.administrator):
            self._stack.addWidget(page)

    def begin(self) -> None:
        """Put the keyboard where the person goes on."""
        self._page().begin()

    def say(self, error: object) -> None:
        """Say what went wrong on the last step."""
        self._page().busy(False)
        self._page().say(error)  # type: ignore[arg-type]

    def _page(self) -> GatePage:
        page = self._stack.currentWidget()
        assert isinstance(page, GatePage)
        return page

    def _go(self, place: int) -> None:
        self._page().say(None)
        self._stack.setCurrentIndex(place)
        self.begin()

    def _back(self) -> None:
        self._go(self._stack.currentIndex() - 1)

    def _placed(self) -> None:
        folder = Path(self.place.folder.text()).expanduser()
        if not self.place.folder.text().strip() or not folder.is_absolute():
            self.place.say("Give the whole path of the folder.")
        elif opening.exists(folder):
            self.place.say("There is a store in this folder already. Open it, or choose another folder.")
        elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            self.place.say("This folder is not empty. Choose a new or empty one.")
        else:
            self._go(2)

    def _worded(self) -> None:
        fault = self.passphrase.fault()
        self.passphrase.say(fault) if fault else self._go(3)

    def _finish(self) -> None:
        if fault := self.administrator.fault():
            self.administrator.say(fault)
            return
        self.administrator.busy(True)
        self.finished.emit(
            NewStore(
                Path(self.place.folder.text()).expanduser(),
                self.passphrase.words.text(),
                self.administrator.name.text(),
                self.administrator.password.text(),
            )
        )
