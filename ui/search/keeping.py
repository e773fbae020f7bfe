"""Searches that are kept under a name: the button that asks them again, keeps one more, or forgets one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal

from casefile.search.kept import KeptSearch, forget_search, keep_search, kept_searches
from ui.shell.context import Context
from ui.widgets.dialogs import Ask, Field
from ui.widgets.menu import Act, MenuButton


class Keeping(MenuButton):
    """The button.

    Signals:
        wanted: A kept search is to be asked again; carries it.
    """

    wanted = Signal(object)

    def __init__(self, context: Context, asked: Callable[[], KeptSearch | None]) -> None:
        """*asked* says what is searched for now; None while nothing is."""
        super().__init__("Kept searches", self.acts, hint="Ask again what was kept")
        self._context, self._asked = context, asked
        self.kept: tuple[KeptSearch, ...] = ()

    def read(self) -> None:
        """Read which are kept."""
        self._context.jobs.read(self, lambda desk: desk.read(kept_searches), self._known, slot="kept")

    def keep(self) -> None:
        """Ask for a name, and keep the search under it."""
        ask = Ask(
            "Keep this search",
            "It stands under Kept searches until you forget it; nobody else sees it.",
            (Field("name", "Name"),),
            "Keep it",
            self.window(),
        )
        asked = self._asked() or KeptSearch("", "")
        ask.given.connect(
            lambda values: self._context.jobs.write(
                ask,
                lambda desk: desk.do(keep_search, replace(asked, name=values["name"])),
                lambda _: ask.accept(),
                failed=ask.say,
            )
        )
        ask.open()

    def acts(self) -> list[Act]:
        """What the menu offers."""
        found: list[Act] = [(one.name, lambda one=one: self.wanted.emit(one), "") for one in self.kept]
        found.append(("Keep this search …", self.keep, "Ctrl+D"))
        return [
            *found,
            *((f"Forget “{one.name}”", lambda one=one: self._forget(one), "") for one in self.kept),
        ]

    def _forget(self, one: KeptSearch) -> None:
        self._context.jobs.write(self, lambda desk: desk.do(forget_search, one.name), lambda _: None)

    def _known(self, kept: tuple[KeptSearch, ...]) -> None:
        self.kept = kept
