"""Whether the window answers while it works: the longest time in which its event loop stood still.

A timer of one millisecond beats in the real window (drawn without a display) while a sergeant goes through their day;
what lies between two beats is how long a key would have waited. The floor is a bare window with an empty table in
whose process a thread computes in Python.
"""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

from benchmarks.import_census import RETURN
from benchmarks.large import long_file, many_files
from benchmarks.measure import Figure
from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.exchange.census.bring_in import bring_in_census
from casefile.paper.actions import preview_file
from ui.app import build, start
from ui.pictures import settle
from ui.shell.palette import Palette
from ui.shell.settings import Settings
from ui.shell.steady import keep_steady
from ui.shell.window import Window

FILES, ENTRIES = 10_000, 1_000
RUNS = 5
LONGEST_MS, TYPICAL_MS = 50, 16
PASSWORD = "a kettle for measuring"
SOUGHT = "school visit"


class Pulse:
    """Beats once a millisecond where the event loop turns; keeps the seconds between beats."""

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append(now - self._last)
        self._last = now

    @contextmanager
    def listening(self) -> Generator[list[float]]:
        """Beat during the block; gives the gaps, the last one included."""
        self.gaps = []
        self._last = time.perf_counter()
        self._timer.start(1)
        yield self.gaps
        self._timer.stop()
        self._beat()


def figures() -> list[Figure]:
    """Measure."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    pulse = Pulse()
    least = _floor(pulse)
    with _window(app) as (window, file_id):
        return [_figure(work, pulse, once, undo, least, window) for work, once, undo in _day(window, file_id)]


def _day(window: Window, file_id: UUID) -> Iterator[tuple[str, Callable[[], object], Callable[[], object]]]:
    nowhere: Callable[[], object] = lambda: window.go("help")  # noqa: E731

    def type_in() -> None:
        window.go("files")
        settle(window)
        page: Any = window.pages.currentWidget()
        for typed in ("a", "as", "ash", "ashd", ""):
            page.list.finding.setText(typed)
            _wait(60)

    def search() -> None:
        window.ask_where()
        box = next(
            one for one in QApplication.topLevelWidgets() if isinstance(one, Palette) and one.isVisible()
        )
        for letters in range(1, len(SOUGHT) + 1):
            box.field.setText(SOUGHT[:letters])
            _wait(60)
        _wait(400)
        box.reject()

    def through_dividers() -> None:
        page: Any = window.pages.currentWidget()
        for divider in ("child", "contact", "risk", "conferences", "chronology"):
            page.docket.go_to(divider)
            settle(window)

    def opened() -> None:
        window.go("files", file_id)
        settle(window)

    def closed() -> None:
        page: Any = window.pages.currentWidget()
        page.close_file()
        settle(window)
        window.go("help")

    def beside(title: str, work: Callable[[Any], object]) -> Callable[[], None]:
        def once() -> None:
            window.jobs.long(window, title, lambda _: work(window.jobs.desk), lambda _: None)
            type_in()

        return once

    yield f"list of {FILES:,} files, filtered as one types", type_in, nowhere
    yield f"Ctrl+K over {FILES:,} files, searched as one types", search, nowhere
    yield f"review queue over {FILES:,} files", lambda: window.go("review"), nowhere
    yield f"open a file of {ENTRIES:,} entries", opened, closed
    opened()
    yield "walk through its dividers", through_dividers, lambda: None
    closed()
    yield (
        f"filter the list while a file of {ENTRIES:,} entries is laid for print",
        beside("Printing", lambda desk: desk.read(preview_file, file_id)),
        nowhere,
    )
    data = RETURN.read_bytes()
    yield (
        "filter the list while a census return of 332 children comes in",
        beside("Importing", lambda desk: desk.do(bring_in_census, data, RETURN.name)),
        nowhere,
    )


def _figure(
    work: str,
    pulse: Pulse,
    once: Callable[[], object],
    undo: Callable[[], object],
    least: tuple[float, ...],
    window: Window,
) -> Figure:
    longest: list[float] = []
    every: list[float] = []
    once()
    settle(window)
    for _ in range(RUNS):
        undo()
        settle(window)
        with pulse.listening() as gaps:
            once()
            settle(window)
        longest.append(max(gaps))
        every += gaps
    typical = quantiles(every, n=100)
    worst = max(longest) * 1000
    note = (
        f"the longest of all runs {worst:.0f} ms (goal ≤ {LONGEST_MS}: {'held' if worst <= LONGEST_MS else 'missed'}); "
        f"half of all beats came within {typical[49] * 1000:.1f} ms, 99 in 100 within {typical[98] * 1000:.1f} ms "
        f"(goal ≤ {TYPICAL_MS})"
    )
    floor = "a bare window beside a thread that computes, its longest stall"
    return Figure(f"Longest stall: {work}", floor, None, tuple(longest), least, note=note)


def _floor(pulse: Pulse) -> tuple[float, ...]:
    bare = QMainWindow()
    bare.setCentralWidget(QTableView())
    bare.show()
    stop = threading.Event()

    def compute() -> None:
        while not stop.is_set():
            sum(range(1000))

    thread = threading.Thread(target=compute)
    thread.start()
    found: list[float] = []
    for _ in range(RUNS):
        with pulse.listening() as gaps:
            _wait(500)
        found.append(max(gaps))
    stop.set()
    thread.join()
    bare.close()
    return tuple(found)


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


@contextmanager
def _window(app: QApplication) -> Generator[tuple[Window, UUID]]:
    """The real window, a sergeant signed in, on an encrypted store of many files and one long one."""
    with tempfile.TemporaryDirectory() as place:
        opened = opening.create(Path(place) / "store", PASSWORD, keychain=False)
        opened.first_administrator("Warden", PASSWORD)
        names = ("Marsh", "Oduya")
        ids = [opened.desk.do(add_officer, NewOfficer(one, "sergeant", PASSWORD)).result for one in names]
        opened.desk.sign_in("Marsh", PASSWORD)
        many_files(opened.desk.store, FILES, ids)
        file_id = opened.desk.do(long_file, ENTRIES).result
        window = build(app, Settings(Path(place) / "window.ini"))
        window.show()
        start(window, opened=opened, sign_in=("Marsh", PASSWORD))
        settle(window)
        keep_steady()
        try:
            yield window, file_id
        finally:
            window.close()
