"""Pictures of the real window, for the demo and the guide: the same pages, drawn without a display."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QWidget

from casefile.desk import Desk
from casefile.files.queries.listing import list_files
from casefile.handover.queries import handovers
from ui.files.screen import FilesScreen
from ui.shell.window import Window

PASSES = 6
"""Turns of the event loop in which a page comes to stand: a list that grows as it is made narrower makes what holds it
grow, and so on outwards."""


def take(window: Window, desk: Desk, out: Path) -> list[Path]:
    """Go through the pages and keep a picture of each; gives the paths."""
    from ui.supervision.screen import ReviewScreen  # not loaded before it is wanted

    found: list[Path] = []

    def keep(name: str, widget: QWidget | None = None) -> None:
        settle(window)
        path = out / f"window-{len(found) + 1}-{name}.png"
        (widget or window).grab().save(str(path))
        found.append(path)

    keep("my-work")
    window.go("files")
    keep("files")
    page = desk.read(list_files, sort="risk_level", descending=False, state="open", limit=1)
    if page.rows:
        window.go("files", page.rows[0].id)
        keep("front-sheet")
        screen = window.pages.currentWidget()
        assert isinstance(screen, FilesScreen)
        _inside(screen, keep, lambda: settle(window))
    window.go("review")
    settle(window)
    queue = window.pages.currentWidget()
    assert isinstance(queue, ReviewScreen)
    queue.show_chosen()
    keep("review-queue")
    _hand_over(window, desk, keep)
    window.go("log")
    keep("log")
    return found


def _hand_over(window: Window, desk: Desk, keep: Callable[[str], None]) -> None:
    """One hand-over that goes on, and what is outstanding."""
    found = next((one for one in desk.read(handovers) if one.settled < one.files), None)
    if found is not None:
        window.go("handover", found.id)
        keep("hand-over")
    window.go("handover", "outstanding")
    keep("outstanding")


def settle(window: Window) -> None:
    """Wait until nothing is under way any more and the page stands."""
    if window.jobs.busy:
        loop = QEventLoop()
        window.jobs.quiet.connect(loop.quit)
        loop.exec()
    for _ in range(PASSES):
        QEventLoop().processEvents()


def _inside(screen: FilesScreen, keep: Callable[[str], None], wait: Callable[[], None]) -> None:
    docket = screen.docket
    if docket is None:
        return
    for divider in ("child", "conferences", "risk"):
        docket.go_to(divider)
        keep(divider)
    docket.go_to("strategy")
    wait()
    docket.new()
    keep("form")
    if docket.records.form is not None:
        docket.records.form.discard()
        wait()
    screen.close_file()
