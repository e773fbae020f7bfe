"""The only wiring of the window: settings, theme, the list of rooms, and the way in."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from casefile.errors import Unavailable, as_bug
from casefile.opening import OpenStore
from casefile.work.names import Permission
from ui.admin.screen import AdminScreen
from ui.diary.keeper import Keeper
from ui.diary.screen import DiaryScreen
from ui.files.screen import FilesScreen, count_files, find, found_items
from ui.handover.screen import HandoverScreen, count_handover
from ui.help.screen import HelpScreen
from ui.imports.screen import ImportScreen
from ui.log.screen import LogScreen
from ui.pictures import take
from ui.room import Room
from ui.shell.settings import Settings
from ui.shell.steady import keep_steady
from ui.shell.window import Window
from ui.supervision.campaigns import CampaignsScreen, count_campaigns
from ui.supervision.challenges import ChallengesScreen, count_challenges
from ui.supervision.screen import ReviewScreen, count_queue
from ui.theme.theme import Theme
from ui.widgets.lists import Item
from ui.work.screen import WorkScreen, count_waiting
from ui.workload.screen import TeamScreen

ROOMS = (
    Room("work", "My work", WorkScreen, "Ctrl+1", Permission.KEEP_FILES, count_waiting),
    Room("files", "Files", FilesScreen, "Ctrl+2", Permission.READ_FILES, count_files),
    Room("review", "Review queue", ReviewScreen, "Ctrl+3", Permission.SIGN_SUPERVISION, count_queue),
    Room("handover", "Hand-over", HandoverScreen, "Ctrl+4", Permission.READ_FILES, count_handover),
    Room("diary", "Diary", DiaryScreen, "Ctrl+5", Permission.READ_FILES),
    Room("team", "Team", TeamScreen, "Ctrl+6", Permission.READ_FILES),
    Room("campaigns", "Campaigns", CampaignsScreen, "Ctrl+7", Permission.READ_FILES, count_campaigns),
    Room("challenges", "Challenges", ChallengesScreen, "Ctrl+8", Permission.READ_FILES, count_challenges),
    Room("imports", "Import", ImportScreen, "Ctrl+9", Permission.IMPORT),
    Room("admin", "Administration", AdminScreen, "Ctrl+Shift+A", Permission.ADMINISTER, group=1),
    Room("log", "Log", LogScreen, "Ctrl+0", Permission.READ_LOG, group=1),
    Room("help", "Help", HelpScreen, "F1", group=2),
)


def run(
    *,
    folder: Path | None = None,
    opened: OpenStore | None = None,
    sign_in: tuple[str, str] | None = None,
) -> int:
    """Show the window until it is closed; gives the exit code.

    Args:
        folder: The store to open; else the one used last, or the first run.
        opened: A store that is open already, such as the training store.
        sign_in: Name and password for that store, to begin signed in.

    Raises:
        Unavailable: There is no display.
    """
    if sys.platform.startswith("linux") and not _display():
        raise Unavailable(
            "There is no display to show a window on.", remedy="Use casefile demo, or set a display."
        )
    logging.captureWarnings(capture=True)
    app = QApplication(sys.argv[:1])
    window = build(app, Settings())
    start(window, folder=folder, opened=opened, sign_in=sign_in)
    window.show()
    keep_steady()
    return app.exec()


def pictures(opened: OpenStore, sign_in: tuple[str, str], out: Path) -> list[Path]:
    """Pictures of the real window on a store that is open, drawn without a display; gives their paths."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ.setdefault(
        "QT_LOGGING_RULES", "default.warning=false"
    )  # offscreen, Qt tells of every size hint
    app = QApplication(sys.argv[:1])
    window = build(app, Settings(out / ".window.ini"))
    window.resize(1440, 900)
    start(window, opened=opened, sign_in=sign_in)
    window.show()
    found = take(window, opened.desk, out)
    window.close()
    (out / ".window.ini").unlink(missing_ok=True)
    return found


def build(app: QApplication, settings: Settings) -> Window:
    """The window, with its rooms, not yet shown."""
    app.setApplicationName("Casefile")
    QGuiApplication.setDesktopFileName("casefile")
    window = Window(app, Theme(app, settings.scheme, settings.scale), settings, ROOMS)
    window.finder = lambda text, show: _find(window, text, show)
    listen_to_the_desktop(window)
    keeper = Keeper(window.jobs, window)
    window.gate.entered.connect(lambda _: keeper.begin())
    _tell_of_mistakes(window)
    return window


def listen_to_the_desktop(window: Window) -> None:
    """Lock when the desktop locks and before the machine sleeps, where there is a service that says so."""
    if not sys.platform.startswith("linux"):
        return
    from ui.shell.desktop import Desktop  # Qt's D-Bus is not part of every build of it

    Desktop(window).locked.connect(window.lock)


def _find(window: Window, text: str, show: Callable[[list[Item]], None]) -> None:
    context = window.context
    if context is not None and context.may(Permission.READ_FILES):
        window.jobs.read(
            window,
            lambda desk: find(desk, text),
            lambda page: show(found_items(page, lambda file_id: window.go("files", file_id))),
            slot="palette",
        )


def start(
    window: Window,
    *,
    folder: Path | None = None,
    opened: OpenStore | None = None,
    sign_in: tuple[str, str] | None = None,
) -> None:
    """Lead to the first page: signed in, sign-in, passphrase or first run."""
    if opened is None:
        window.gate.start(folder)
        return
    window.gate.use(opened)
    if sign_in is not None:
        window.gate.enter(opened, opened.desk.sign_in(*sign_in).name)


def _tell_of_mistakes(window: Window) -> None:
    """A mistake of ours anywhere in the window ends in the one dialog, without case content."""

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        window.tell(as_bug(error))

    sys.excepthook = caught


def _display() -> bool:
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
