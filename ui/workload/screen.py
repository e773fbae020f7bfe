"""The room of the team: its pages as tabs. A page more is one line in PAGES."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QTabWidget

from casefile.work.changed import Changed
from casefile.work.names import Permission
from ui.room import Command, Screen
from ui.shell.context import Context
from ui.widgets.page import PageHead
from ui.widgets.parts import column, keys
from ui.workload.allocate_page import AllocatePage
from ui.workload.load_page import LoadPage
from ui.workload.staff_page import StaffPage
from ui.workload.strength import StrengthPage


@dataclass(frozen=True, slots=True)
class Page:
    """One tab: its key, its title, what makes its page, and the right without which it is not shown."""

    key: str
    title: str
    make: Callable[[Context], Screen]
    needs: Permission = Permission.READ_FILES


PAGES = (
    Page("workload", "Workload", LoadPage),
    Page("staff", "Staff", StaffPage),
    Page("allocate", "Allocate", AllocatePage, Permission.ALLOCATE),
    Page("strength", "Planned strength", StrengthPage, Permission.OWN_ACCOUNT),
)


class TeamScreen(Screen):
    """The room. A page is read when it comes into view; a place is its key and the place in it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._keys: list[str] = []
        self._shown = False
        body = column(self, gap=0)
        body.addWidget(PageHead("Team", "What officers carry beside what they can"))
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("Pages of the team")
        for number, one in enumerate((one for one in PAGES if context.may(one.needs)), start=1):
            made = one.make(context)
            made.go.connect(self.go)
            self._keys.append(one.key)
            self.tabs.addTab(made, one.title)
            self.tabs.setTabToolTip(number - 1, f"{one.title} (Alt+{number})")
            keys(self, f"Alt+{number}", lambda place=number - 1: self.tabs.setCurrentIndex(place))
        self.tabs.currentChanged.connect(lambda _: self._page().shown() if self._shown else None)
        body.addWidget(self.tabs, 1)

    def shown(self, place: Any = None) -> None:
        """Show a page, at a place in it where one is given."""
        self._shown = True
        key, inner = place if isinstance(place, tuple) else (place, None)
        if key in self._keys and self._keys.index(key) != self.tabs.currentIndex():
            self.tabs.blockSignals(True)
            self.tabs.setCurrentIndex(self._keys.index(key))
            self.tabs.blockSignals(False)
        self._page().shown(inner)

    def place(self) -> Any:
        """The page in view and where in it."""
        return self._keys[self.tabs.currentIndex()], self._page().place()

    def on_changed(self, changed: Changed) -> None:
        """Something was written: the page in view decides."""
        self._page().on_changed(changed)

    def keep(self) -> None:
        """Save at once what was typed."""
        self._page().keep()

    def commands(self) -> tuple[Command, ...]:
        """What can be done on the page in view."""
        return self._page().commands()

    def _page(self) -> Screen:
        found = self.tabs.currentWidget()
        assert isinstance(found, Screen)
        return found
