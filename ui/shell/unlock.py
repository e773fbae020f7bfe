"""Opening a store whose key the keychain does not give: the recovery passphrase, or another store."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal

from ui.shell.gate_page import GatePage
from ui.widgets.parts import breakable, button


class UnlockPage(GatePage):
    """The recovery passphrase.

    Signals:
        tried: Carries the passphrase.
        other: Another store is wanted.
    """

    tried = Signal(str)
    other = Signal()

    def __init__(self, folder: Path, why: str = "", *, is_copy: bool = False) -> None:
        what, which = ("copy", "Passphrase") if is_copy else ("store", "Recovery passphrase")
        place = breakable(str(folder))
        if is_copy:
            about = f"A copy of files that were taken away stands in {place}. Its passphrase opens it, to be read only."
        else:
            about = f"The store stands in {place}. {why or 'This computer’s keychain has no key for it.'}"
            about += " Its recovery passphrase opens it."
        super().__init__(f"Open the {what}", about)
        self._words = self.field("passphrase", which, secret=True)
        self._wanted = which.lower()
        self.foot.addWidget(button("Another store", self.other.emit, name="link"))
        self.verb(f"Open the {what}", self._try)

    def _try(self) -> None:
        if not self._words.text().strip():
            self.say(f"Give the {self._wanted}.")
            return
        self.say(None)
        self.tried.emit(self._words.text())


class WherePage(GatePage):
    """Which store: one that exists, or a new one.

    Signals:
        opened: Carries the folder of a store that exists.
        new: A new store is wanted; carries the folder.
    """

    opened = Signal(Path)
    new = Signal(Path)

    def __init__(self, folder: Path) -> None:
        super().__init__(
            "Where is the store?",
            "A store is a folder with one encrypted file. Open one that exists, or make a new one in a new folder.",
        )
        self._folder = self.field("folder", "Folder", value=str(folder))
        self.more.addWidget(button("Choose a folder …", self._choose), 0, Qt.AlignmentFlag.AlignLeft)
        self.foot.addWidget(button("Make a new store here", self._new))
        self.verb("Open this store", self._open)

    def _choose(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        if chosen := QFileDialog.getExistingDirectory(self, "Folder of the store", self._folder.text()):
            self._folder.setText(chosen)

    def _open(self) -> None:
        self.opened.emit(Path(self._folder.text()).expanduser())

    def _new(self) -> None:
        self.new.emit(Path(self._folder.text()).expanduser())
