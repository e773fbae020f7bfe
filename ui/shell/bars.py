"""The bar at the top (go to, marking, who) and the line at the foot, which tells the truth."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from casefile.audit.verify import Verdict
from ui.shell.jobs import Job
from ui.theme.theme import Theme
from ui.widgets.elided import Elided
from ui.widgets.parts import PushButton, button, label, restyle, row

LONDON = ZoneInfo("Europe/London")


FINDING = ("Search people, files, words, or go anywhere", "Search or go anywhere", "Search …")
"""What stands in the field that goes anywhere: the longest there is room for."""


class _Finding(PushButton):
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - 26
        fitting = (one for one in FINDING if self.fontMetrics().horizontalAdvance(one) <= room)
        self.setText(next(fitting, FINDING[-1]))


class _Who(PushButton):
    """Who is signed in; the name is cut where there is no room, and leads to what one does about oneself."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("who")
        self.setAutoDefault(False)
        self._words = ""

    def say(self, words: str) -> None:
        """Say who it is."""
        self._words = words
        self.setAccessibleName(f"Signed in: {words}")
        self.setToolTip(f"{words}: change your password, or lock")
        self.updateGeometry()
        self._cut()

    def sizeHint(self) -> QSize:
        """Room for the whole name."""
        return QSize(self._wide(self._words) + 1, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters of it."""
        return QSize(min(self._wide("mmmm"), self._wide(self._words)), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _wide(self, words: str) -> int:
        return self.fontMetrics().horizontalAdvance(f"{words} ▾") + 14

    def _cut(self) -> None:
        room = self.width() - self._wide("")
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, max(room, 0))
        self.setText(f"{shown} ▾")


class TopBar(QWidget):
    """Name of the program, the field that goes anywhere, the marking, and who is signed in.

    Signals:
        asked: The person wants to go somewhere.
        lock: The person wants the window locked.
        password: The person wants a new password.
    """

    asked = Signal()
    lock = Signal()
    password = Signal()

    def __init__(self, theme: Theme, marking: str) -> None:
        super().__init__()
        self.setObjectName("top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        line = row(self, margins=(14, 6, 14, 6), gap=14)
        self._name = label("Casefile", "strong")
        line.addWidget(self._name)
        self.finding = _Finding(FINDING[0])
        self.finding.setObjectName("find")
        self.finding.setAccessibleName("Search people, files, words, or go anywhere (Ctrl+K)")
        self.finding.setToolTip("Ctrl+K")
        self.finding.clicked.connect(self.asked)
        self.finding.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        line.addWidget(self.finding, 8)
        line.addStretch(1)
        self._marking = label(marking, "marking")
        self._marking.setAccessibleName(f"Protective marking: {marking}")
        line.addWidget(self._marking)
        self._who = _Who()
        self._who.clicked.connect(self._offer)
        line.addWidget(self._who)
        self._lock = button("Lock", self.lock.emit, hint="Lock the window (Ctrl+L)")
        line.addWidget(self._lock)
        theme.changed.connect(self._fit)
        self._fit()

    def show_officer(self, words: str) -> None:
        """Say who is signed in; nothing when nobody is."""
        self._who.say(words)
        self._who.setVisible(bool(words))
        self._lock.setVisible(bool(words))
        self.finding.setVisible(bool(words))

    def _offer(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction("Change your password …", self.password.emit)
        menu.addAction("Lock\tCtrl+L", self.lock.emit)
        menu.popup(self._who.mapToGlobal(self._who.rect().bottomLeft()))

    def _fit(self) -> None:
        self._name.setMinimumWidth(min(self._theme.px(160), 200))
        self.finding.setMinimumWidth(160)
        self.finding.setMaximumWidth(self._theme.px(520))


class StatusLine(QWidget):
    """Saved when, is the log whole, what store, which jobs run, when it locks."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line = row(self, margins=(14, 3, 14, 3), gap=22)
        self._saved, self._log, self._store = label("", "small"), Elided("", "small"), Elided("", "small")
        for part in (self._saved, self._log, self._store):
            line.addWidget(part)
        self._running: tuple[Job, ...] = ()
        self._jobs = button("", self._offer_to_stop, name="link")
        self._jobs.hide()
        line.addWidget(self._jobs)
        line.addStretch(1)
        self._lock = label("", "small")
        line.addWidget(self._lock)
        self._saved.hide()

    def show_saved(self, moment: datetime | None) -> None:
        """The last write was acknowledged at this moment."""
        self._saved.setText(f"● Saved {moment.astimezone(LONDON):%H:%M}" if moment else "")
        self._saved.setVisible(moment is not None)

    def show_saving(self) -> None:
        """Something was typed and is not saved yet."""
        self._saved.setText("○ Saving …")

    def show_verdict(self, verdict: Verdict) -> None:
        """What the last verification of the log found."""
        intact = verdict.intact
        self._log.setText("Log intact" if intact else f"▲ Log damaged: {verdict.faults[0].sentence}")
        self._log.setObjectName("small" if intact else "fault")
        restyle(self._log)

    def show_store(self, words: str) -> None:
        """What store this is."""
        self._store.setText(words)

    def show_jobs(self, jobs: tuple[Job, ...]) -> None:
        """How many long jobs run; each can be stopped from here."""
        self._running, count = jobs, len(jobs)
        self._jobs.setText(f"{count} job{'s' if count != 1 else ''} running ▸")
        self._jobs.setVisible(count > 0)

    def show_lock(self, minutes: int | None) -> None:
        """In how many minutes the window locks."""
        self._lock.setText("" if minutes is None else f"Locks in {minutes} min")

    def _offer_to_stop(self) -> None:
        menu = QMenu(self)
        for job in self._running:
            menu.addAction(f"Stop: {job.title}", job.cancel)
        menu.popup(self.mapToGlobal(self.rect().topLeft()))
