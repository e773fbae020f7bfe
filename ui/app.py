"""The only wiring of the window: settings, theme, the list of rooms, and the way in."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from casefile.desk import Desk
from casefile.errors import Unavailable, as_bug
from casefile.opening import OpenStore, Place
from casefile.outbox import open_outbox
from casefile.search.matches import matches_waiting
from casefile.supervision.campaign.queries import waiting_campaign_files
from casefile.supervision.challenges import late_challenges
from casefile.supervision.queue import waiting_in_queue
from casefile.work.door import Declared
from casefile.work.names import Permission
from ui.files.screen import FilesScreen, count_files
from ui.handover.waiting import count_handover
from ui.pictures import take
from ui.room import Room, Screen
from ui.shell.context import Context
from ui.shell.later import Later
from ui.shell.palette import Finder
from ui.shell.settings import Settings
from ui.shell.steady import keep_steady
from ui.shell.window import Window
from ui.theme.theme import Theme
from ui.widgets.lists import Item
from ui.work.screen import WorkScreen, count_waiting


def _review(context: Context) -> Screen:
    from ui.supervision.screen import ReviewScreen

    return ReviewScreen(context)


def _handover(context: Context) -> Screen:
    from ui.handover.screen import HandoverScreen

    return HandoverScreen(context)


def _team(context: Context) -> Screen:
    from ui.workload.screen import TeamScreen

    return TeamScreen(context)


def _diary(context: Context) -> Screen:
    from ui.diary.screen import DiaryScreen

    return DiaryScreen(context)


def _campaigns(context: Context) -> Screen:
    from ui.supervision.campaigns import CampaignsScreen

    return CampaignsScreen(context)


def _challenges(context: Context) -> Screen:
    from ui.supervision.challenges import ChallengesScreen

    return ChallengesScreen(context)


def _search(context: Context) -> Screen:
    from ui.search.found import SearchScreen

    return SearchScreen(context)


def _matches(context: Context) -> Screen:
    from ui.search.matches import MatchesScreen

    return MatchesScreen(context)


def _ask(context: Context) -> Screen:
    from ui.ask.screen import AskScreen

    return AskScreen(context)


def _imports(context: Context) -> Screen:
    from ui.imports.screen import ImportScreen

    return ImportScreen(context)


def _admin(context: Context) -> Screen:
    from ui.admin.screen import AdminScreen

    return AdminScreen(context)


def _log(context: Context) -> Screen:
    from ui.log.screen import LogScreen

    return LogScreen(context)


def _help(context: Context) -> Screen:
    from ui.help.screen import HelpScreen

    return HelpScreen(context)


def _count(what: Declared[[], int]) -> Callable[[Desk], int]:
    """Counts what waits, given the desk."""
    return lambda desk: desk.read(what)


ROOMS = (
    Room("work", "My work", WorkScreen, "Ctrl+1", Permission.KEEP_FILES, count_waiting),
    Room("files", "Files", FilesScreen, "Ctrl+2", Permission.READ_FILES, count_files),
    Room("search", "Search", _search, "Ctrl+Shift+F", Permission.READ_FILES),
    Room("review", "Review queue", _review, "Ctrl+3", Permission.SIGN_SUPERVISION, _count(waiting_in_queue)),
    Room("handover", "Hand-over", _handover, "Ctrl+4", Permission.READ_FILES, count_handover),
    Room("diary", "Diary", _diary, "Ctrl+5", Permission.READ_FILES),
    Room("team", "Team", _team, "Ctrl+6", Permission.READ_FILES),
    Room(
        "campaigns", "Campaigns", _campaigns, "Ctrl+7", Permission.READ_FILES, _count(waiting_campaign_files)
    ),
    Room("challenges", "Challenges", _challenges, "Ctrl+8", Permission.READ_FILES, _count(late_challenges)),
    Room("matches", "Matches", _matches, "Ctrl+Shift+M", Permission.READ_FILES, _count(matches_waiting)),
    Room("ask", "Ask", _ask, "Ctrl+Shift+K", Permission.READ_FILES),
    Room("imports", "Import", _imports, "Ctrl+9", Permission.IMPORT),
    Room("admin", "Administration", _admin, "Ctrl+Shift+A", Permission.ADMINISTER, group=1),
    Room("log", "Log", _log, "Ctrl+0", Permission.READ_LOG, group=1),
    Room("help", "Help", _help, "F1", group=2),
)
SOON_MS = 1500
"""After signing in, before calendar files are looked at."""
LATER = (
    "ui.supervision.screen",
    "reportlab.platypus",
    "casefile.paper.listed",
    "casefile.exchange.json_file.shape",
    "casefile.exchange.readers",
    "ui.files.documents",
    "ui.files.docket",
    "ui.supervision.campaigns",
    "ui.supervision.challenges",
    "ui.handover.screen",
    "ui.diary.screen",
    "ui.diary.keeper",
    "ui.workload.screen",
    "snowballstemmer.english_stemmer",
    "ui.search.found",
    "ui.search.matches",
    "ui.ask.screen",
    "ui.imports.screen",
    "ui.log.screen",
    "ui.help.screen",
    "ui.admin.screen",
)
"""What pages after the first need: over a third of the start was spent on it. What takes long stands before what needs it."""


def run(
    *,
    place: Place | None = None,
    opened: OpenStore | None = None,
    sign_in: tuple[str, str] | None = None,
) -> int:
    """Show the window until it is closed; gives the exit code.

    Args:
        place: The store to open, a folder or a server; else the one used last, or the first run.
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
    start(window, place=place, opened=opened, sign_in=sign_in)
    window.show()
    Later(LATER, keep_steady, window)
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
    window.finder = lambda: _finder(window)
    listen_to_the_desktop(window)
    window.gate.entered.connect(lambda _: _keep_calendars(window))
    _tell_of_mistakes(window)
    return window


def listen_to_the_desktop(window: Window) -> None:
    """Lock when the desktop locks and before the machine sleeps, where there is a service that says so."""
    if not sys.platform.startswith("linux"):
        return
    from ui.shell.desktop import Desktop  # Qt's D-Bus is not part of every build of it

    Desktop(window).locked.connect(window.lock)


def _keep_calendars(window: Window) -> None:
    """An officer has signed in: soon, when the first page stands, keep the calendar files up to date."""

    def begin() -> None:
        from ui.diary.keeper import Keeper

        (window.findChild(Keeper) or Keeper(window.jobs, window)).begin()

    QTimer.singleShot(SOON_MS, window, begin)


def _finder(window: Window) -> Finder | None:
    """What looks for whatever somebody types into Ctrl+K; None for whoever reads no files."""
    context = window.context
    if context is None or not context.may(Permission.READ_FILES):
        return None

    def find(text: str, show: Callable[[list[Item]], None]) -> None:
        from casefile.search.words import search_as_typed
        from ui.search.items import going

        window.jobs.read(
            window,
            lambda desk: desk.read(search_as_typed, text),
            lambda found: show(going(found, window.go)),
            slot="palette",
        )

    return find


def start(
    window: Window,
    *,
    place: Place | None = None,
    opened: OpenStore | None = None,
    sign_in: tuple[str, str] | None = None,
) -> None:
    """Lead to the first page: signed in, sign-in, passphrase or first run."""
    if opened is None:
        window.gate.start(place)
        return
    if opened.desk.store.seal is not None:
        window.gate.read_copy(opened)
        return
    window.gate.use(opened)
    if sign_in is not None:
        officer = opened.desk.sign_in(*sign_in)
        window.jobs.outbox = open_outbox(opened.desk, sign_in[1])
        window.gate.enter(opened, officer.name)


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
