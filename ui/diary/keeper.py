"""Keeps calendar files up to date while the window is open: looked at after each change, written only when due."""

from __future__ import annotations

import platform
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from casefile.desk import Desk
from casefile.errors import CasefileError, Unavailable
from casefile.exchange.diary.feeds import FeedRow, feed_is_due, feeds, forget_writing, put_file, take_feed
from casefile.work.changed import Changed, Done
from casefile.work.names import Kind, Permission
from ui.shell.jobs import Jobs

AFTER, EACH = 2_000, 3_600_000
"""Milliseconds after a change, and between looks without one: a new day moves what a calendar holds."""


class Keeper(QObject):
    """One for the window; silent while nobody is signed in or nothing is kept."""

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._failed = False
        self._soon, self._hourly = QTimer(self), QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(AFTER)
        self._soon.timeout.connect(self.look)
        self._hourly.setInterval(EACH)
        self._hourly.timeout.connect(self.look)
        self._hourly.start()
        jobs.changed.connect(self._heard)

    def begin(self) -> None:
        """An officer has signed in."""
        self._failed = False
        self._soon.start()

    def look(self) -> None:
        """Write what is due."""
        if not self._failed:
            self._jobs.read(self, _due, self._write, failed=lambda _: None, slot="feeds")

    def _heard(self, changed: Changed) -> None:
        if changed.concerns(
            Kind.ENTRY, Kind.TASK, Kind.DRAFT, Kind.CASE_FILE, Kind.OFFICER, Kind.RESTRICTION, Kind.PERSON
        ):
            self._soon.start()

    def _write(self, due: tuple[FeedRow, ...]) -> None:
        for one in due:
            self._jobs.write(self, lambda desk, one=one: write_feed(desk, one), failed=self._tell)

    def _tell(self, error: CasefileError) -> None:
        """Said once: a disk that is away is not complained of at every change."""
        if not self._failed:
            self._failed = True
            self._jobs.trouble.emit(error)


def write_feed(desk: Desk, feed: FeedRow) -> Done[bytes]:
    """Take a calendar file as it should stand and put it to its place; due again when that fails."""
    done = desk.do(take_feed, feed.id)
    try:
        put_file(Path(feed.path), done.result)
    except Unavailable:
        desk.do(forget_writing, feed.id)
        raise
    return done


def _due(desk: Desk) -> tuple[FeedRow, ...]:
    if desk.actor.officer_id is None or not desk.actor.may(Permission.DISCLOSE):
        return ()
    here = [one for one in desk.read(feeds) if one.machine == platform.node()]
    return tuple(one for one in here if not Path(one.path).exists() or desk.read(feed_is_due, one.id))
