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

    def __init__(self, folder: Path, why: str = "") -> None:
        about = f"The store stands in {breakable(str(folder))}. {why or 'This computer’s keychain has no key for it.'}"
        super().__init__("Open the store", f"{about} Its recovery passphrase opens it.")
        self._words = self.field("passphrase", "Recovery passphrase", secret=True)
        self.foot.addWidget(button("Another store", self.other.emit, name="link"))
        self.verb("Open the store", self._try)

    def _try(self) -> None:
        if not self._words.text().strip():
            self.say("Give the recovery passphrase.")
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
