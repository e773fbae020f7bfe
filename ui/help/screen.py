"""Help: pages of ``resources/help``, shown inside the app; links lead only from page to page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QTextBrowser

from ui.room import Screen
from ui.shell.context import Context
from ui.widgets.lists import Item, ItemList
from ui.widgets.page import PageHead
from ui.widgets.parts import column, row

PAGES = Path(__file__).resolve().parents[2] / "resources" / "help"


class Page(QTextBrowser):
    """One page. It loads nothing: no pictures from outside, no addresses."""

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Nothing is ever fetched."""
        return None


class HelpScreen(Screen):
    """The list of pages at the left, the page at the right."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        body = column(self, gap=0)
        body.addWidget(PageHead("Help", "How to do the work, and every key"))
        line = row(gap=0)
        self.list = ItemList(context.theme, "Help pages", grounds=False)
        self.list.setFixedWidth(context.theme.px(230))
        self.list.chosen.connect(self._open)
        self.page = Page()
        self.page.setAccessibleName("Help page")
        self.page.setOpenLinks(False)
        self.page.anchorClicked.connect(lambda url: self._open(url.fileName()))
        self.page.document().setDocumentMargin(20)
        line.addWidget(self.list)
        line.addWidget(self.page, 1)
        body.addLayout(line, 1)
        self._names = [path.name for path in sorted(PAGES.glob("*.md"))]
        self.list.show_items([Item(_title(PAGES / name), data=name) for name in self._names])

    def shown(self, place: Any = None) -> None:
        """Open the page asked for, or the first."""
        if self._names and not self.list.currentIndex().isValid():
            self.list.choose(place or self._names[0])
        self.list.setFocus()

    def _open(self, name: str | None) -> None:
        if name in self._names:
            self.page.setMarkdown((PAGES / str(name)).read_text(encoding="utf-8"))


def _title(path: Path) -> str:
    return path.read_text(encoding="utf-8").splitlines()[0].lstrip("# ").strip()
