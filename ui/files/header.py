"""The head of an open file: who, risk, plan, and what alarms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from casefile.alarms.queries import AlarmRow
from casefile.files.queries.docket import Docket
from casefile.handover.rows import Owner
from casefile.record.dates import long_date
from casefile.record.owed import TaskState
from casefile.standards import Library
from ui.files.marks import ALARM_TONES, RISK_TONES, task_mark
from ui.record.here import HereChips
from ui.widgets.chip import Chip
from ui.widgets.elided import Elided
from ui.widgets.flow import Flow
from ui.widgets.menu import Act, MenuButton
from ui.widgets.parts import button, clear, column, label, row

ALARMS = 5


class FileHead(QWidget):
    """Two lines: the family with its reference and marks, and what is late or due.

    Signals:
        accepting: An alarm is to be accepted until a day; carries it.
        newer: What others wrote meanwhile is to be shown.
    """

    accepting = Signal(object)
    newer = Signal()

    def __init__(self, library: Library, acts: Callable[[], Sequence[Act]], *, accepts: bool) -> None:
        """*acts* says what can be done with the file; *accepts*, whether the officer may accept alarms."""
        super().__init__()
        self._accepts, self._short = accepts, False
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._library = library
        body = column(self, margins=(20, 10, 16, 8), gap=6)
        first = row(gap=10)
        self._line = row(gap=10)
        first.addLayout(self._line, 1)
        self._news = button("", self.newer.emit, name="link", hint="F5")
        self._news.hide()
        first.addWidget(self._news)
        self.here = HereChips()
        first.addWidget(self.here)
        self.beside = button("Owed and chronology", hint="Alt+3")
        first.addWidget(self.beside)
        first.addWidget(MenuButton("This file", acts, hint="Print, export, restrict, amend"))
        body.addLayout(first)
        self._answers = label("", "quiet", wrap=True)
        self._answers.hide()
        body.addWidget(self._answers)
        self._alarms = QWidget()
        self._flow = Flow(self._alarms, gap=8)
        body.addWidget(self._alarms)

    def show_file(self, docket: Docket, today: date, *, short: bool = False) -> None:
        """Show a file; *short*, where type is large, puts risk and plan below and says of news that there is some."""
        self._short = short
        clear(self._line)
        self._flow.clear()
        name = f"{docket.family_name.upper()} family" if docket.family_name else "Family not named"
        self._line.addWidget(Elided(name, "page-title"))
        parts = [docket.reference, f"{docket.children} {'child' if docket.children == 1 else 'children'}"]
        parts += [words for words in (docket.officer, docket.researcher) if words]
        if docket.state != "open":
            parts.append(docket.state)
        about = label(" · ".join(parts), "quiet", wrap=True)
        self._line.addWidget(about, 1)
        for chip in self._chips(docket, today):
            (self._flow if short else self._line).addWidget(chip)
        self._show_alarms(docket, today, any_chips=short)

    def say_news(self, words: str) -> None:
        """Say what others wrote that is not shown yet; nothing with no words."""
        self._news.setText("Show news" if words and self._short else words)
        self._news.setToolTip(f"{words} (F5)")
        self._news.setAccessibleName(words)
        self._news.setVisible(bool(words))

    def show_owner(self, owner: Owner | None) -> None:
        """Say who answers for the file where that is not its holder; nothing where it is, or is not known."""
        words = "" if owner is None or owner.why == "holder" else f"◆ {owner.sentence}"
        self._answers.setText(words)
        self._answers.setVisible(bool(words))

    def _chips(self, docket: Docket, today: date) -> Iterator[Chip]:
        if docket.restricted:
            yield Chip("Restricted to named readers", "accent")
        if docket.risk_level:
            words = self._library.codes("risk_level").label(docket.risk_level)
            ago = (today - docket.risk_on).days if docket.risk_on else None
            when = f" · assessed {_ago(ago)}" if ago is not None else ""
            risk = words if "risk" in words.lower() else f"{words} risk"
            yield Chip(f"{risk}{when}", RISK_TONES.get(docket.risk_level, "plain"))
        else:
            yield Chip("Risk not assessed", "late")
        if docket.plan_category:
            words = self._library.codes("abuse_category").label(docket.plan_category)
            since = f", since {long_date(docket.plan_since)}" if docket.plan_since else ""
            yield Chip(f"Plan: {words.lower()}{since}")

    def _show_alarms(self, docket: Docket, today: date, *, any_chips: bool) -> None:
        most = 2 if any_chips else ALARMS
        standing = [one for one in docket.alarms if one.accepted is None]
        for alarm in standing[:most]:
            chip = Chip(alarm.brief[:1].upper() + alarm.brief[1:], ALARM_TONES[alarm.severity])
            chip.setToolTip(f"{alarm.because} {alarm.means} ({alarm.source})")
            self._flow.addWidget(chip)
        if len(standing) > most:
            self._flow.addWidget(Chip(f"{len(standing) - most} more alarms"))
        if standing and self._accepts:
            self._flow.addWidget(self._accept(standing))
        soon = [one for one in docket.owed if one.state is TaskState.DUE and one.due_on]
        for task in soon[: max(most - len(standing), 1)]:
            words, tone = task_mark(task, today)
            self._flow.addWidget(Chip(f"{task.title}: {words}", tone))
        self._alarms.setVisible(bool(standing or soon) or any_chips)
        self._alarms.updateGeometry()

    def _accept(self, standing: Sequence[AlarmRow]) -> QWidget:
        menu = QMenu(self)
        for alarm in standing:
            menu.addAction(f"{alarm.title}: {alarm.brief}", lambda one=alarm: self.accepting.emit(one))
        made = button("Accept an alarm …", name="link")
        made.clicked.connect(lambda: menu.popup(made.mapToGlobal(made.rect().bottomLeft())))
        return made


def _ago(days: int) -> str:
    return "today" if days == 0 else "yesterday" if days == 1 else f"{days} days ago"
