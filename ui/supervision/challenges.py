"""The register of challenges: those that are open, the latest first, and how the others ended."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from casefile.paper.challenges import preview_register, print_register
from casefile.record.dates import long_date, short_date
from casefile.supervision.challenges import (
    ChallengeRow,
    Register,
    RegisterFilter,
    challenge_register,
    standing,
)
from casefile.work.changed import Changed
from casefile.work.names import Kind, Permission
from ui.record.printing import Printable, PrintReport
from ui.room import Command, Screen
from ui.shell.context import Context
from ui.widgets.beside import ListAndOne
from ui.widgets.empty import Empty
from ui.widgets.flow import Flow
from ui.widgets.lists import Item
from ui.widgets.page import PageHead
from ui.widgets.parts import button, card, clear, column, keys, label, readable, row

STATES = (("open", "Open"), ("ended", "Ended"), ("all", "Open and ended"))


class ChallengesScreen(Screen):
    """The room: filters, the list, and the challenge that is chosen."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._chosen: UUID | None = None
        body = column(self, gap=0)
        may_print = context.may(Permission.DISCLOSE)
        prints = (button("Print …", self.print, hint="Ctrl+P"),) if may_print else ()
        self.head = PageHead("Challenges", "", *prints)
        body.addWidget(self.head)
        body.addWidget(self._filters())
        self._sides = ListAndOne(
            context.theme,
            ("Challenges", "The challenge"),
            (520, 680),
            Empty(
                "No challenge here",
                "Where police disagree with a partner, choose Challenge this beside the conference, plan, decision "
                "or contact. It stands here until it is settled, with its stage and its day.",
            ),
        )
        self._shown = self._sides.shown
        self.list = self._sides.list
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self._open)
        body.addWidget(self._sides, 1)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(200)
        self._wait.timeout.connect(self._read)
        keys(self, "Ctrl+F", self.finding.setFocus)
        keys(self, "Alt+1", self.list.setFocus)
        keys(self, "Ctrl+P", self.print)

    def shown(self, place: Any = None) -> None:
        """Read; *place* is the challenge to choose."""
        if isinstance(place, UUID):
            self._chosen = place
        self._read()
        self.list.setFocus()

    def place(self) -> Any:
        """The challenge chosen."""
        return self._chosen

    def on_changed(self, changed: Changed) -> None:
        """Entries or tasks changed."""
        if changed.concerns(Kind.ENTRY, Kind.TASK):
            self._read()

    def commands(self) -> tuple[Command, ...]:
        """What can be done here."""
        if not self._context.may(Permission.DISCLOSE):
            return ()
        return (Command("Print the register", self.print, "Ctrl+P"),)

    def wanted(self) -> RegisterFilter:
        """The filter as it stands."""
        return RegisterFilter(
            self.state.currentData(),
            self.mine.isChecked(),
            self.agency.currentData(),
            self.finding.text().strip(),
        )

    def print(self) -> None:
        """Look at the pages of the register as filtered, then make a copy."""
        if not self._context.may(Permission.DISCLOSE):
            return
        wanted = self.wanted()
        what = Printable(
            "Print the register of challenges",
            "challenges.pdf",
            lambda errand: errand.read(preview_register, wanted),
            lambda errand, whom: errand.do(print_register, wanted, whom),
        )
        PrintReport(self._context, what, self).open()

    def _filters(self) -> QWidget:
        made = QWidget()
        line = Flow(gap=8)
        around = column(made, margins=(20, 10, 16, 10))
        around.addLayout(line)
        self.finding = QLineEdit()
        self.finding.setPlaceholderText("Filter by file, name or words")
        self.finding.setMinimumWidth(self._context.theme.px(300))
        self.finding.setAccessibleName("Filter by file, name or words (Ctrl+F)")
        self.finding.setClearButtonEnabled(True)
        self.finding.textChanged.connect(lambda _: self._wait.start())
        self.state = QComboBox()
        self.state.setAccessibleName("Open or ended")
        for code, words in STATES:
            self.state.addItem(words, code)
        self.state.activated.connect(lambda _: self._read())
        self.agency = QComboBox()
        self.agency.setAccessibleName("Agency challenged")
        self.agency.addItem("Every agency", None)
        for one in self._context.desk.standards.codes("agency").codes:
            self.agency.addItem(one.label, one.code)
        self.agency.activated.connect(lambda _: self._read())
        self.mine = QCheckBox("Only my files")
        self.mine.clicked.connect(lambda _: self._read())
        for one in (self.finding, self.state, self.agency, self.mine):
            line.addWidget(one)
        return made

    def _read(self) -> None:
        wanted = self.wanted()
        self._context.jobs.read(
            self, lambda desk: desk.read(challenge_register, wanted), self._arrived, slot="register"
        )

    def _arrived(self, found: Register) -> None:
        late = f" · {found.late} late" if found.late else ""
        ended = "".join(f" · {count} {words[:1].lower()}{words[1:]}" for words, count in found.ended)
        self.head.say(f"{found.open} open{late}{ended}")
        self.list.blockSignals(True)
        self.list.show_items([_item(one) for one in found.rows])
        held = next((one for one in found.rows if one.thread_id == self._chosen), None)
        held = held or (found.rows[0] if found.rows else None)
        if held is not None:
            self.list.choose(held)
        self.list.blockSignals(False)
        self._sides.has_some(bool(found.rows))
        self._choose(held)

    def _choose(self, one: ChallengeRow | None) -> None:
        clear(self._shown)
        if one is None:
            return
        self._chosen = one.thread_id
        self._shown.addWidget(self._card(one))
        self._shown.addStretch(1)

    def _card(self, one: ChallengeRow) -> QWidget:
        frame = card()
        body = column(frame, margins=16, gap=8)
        body.addWidget(label(_family(one), "section-title", wrap=True))
        words = f"To {one.agency}, {one.about.lower()} · raised {long_date(one.raised_on) or 'on a day not given'}"
        body.addWidget(label(words, "quiet", wrap=True))
        ended = f"{one.outcome}, {long_date(one.ended_on)}" if one.outcome else standing(one)
        for name, told in (
            ("How it ended" if one.outcome else "How far", ended),
            ("Immediate danger", _danger(one)),
            ("What they answered", one.response),
            ("What we disagree with", one.disagreement),
            ("Evidence", one.evidence),
            ("What we asked for", one.asked_for),
            (
                "How the child is safe meanwhile",
                "" if one.outcome else one.interim_safety or "Nothing is recorded",
            ),
            ("Our officer", one.our_officer),
            ("Supervisor of the file", one.supervisor or "Nobody"),
            ("What is learnt from it", one.learning),
        ):
            if told:
                body.addWidget(label(name, "strong"))
                body.addWidget(readable(told))
        foot = row()
        foot.addStretch(1)
        foot.addWidget(button("Open the record", lambda: self._open(one), name="primary", hint="Enter"))
        body.addLayout(foot)
        return frame

    def _open(self, one: ChallengeRow | None) -> None:
        if one is not None:
            self.go.emit("files", (one.file_id, "challenge", one.thread_id))


def _danger(one: ChallengeRow) -> str:
    if not one.immediate_danger:
        return ""
    return f"Yes: stages were skipped. {one.skip_reason}" if one.skip_reason else "Yes: stages may be skipped"


def _family(one: ChallengeRow) -> str:
    return f"{one.family_name.upper() if one.family_name else 'Family not named'}  {one.reference}"


def _item(one: ChallengeRow) -> Item:
    if one.outcome:
        mark, tone = f"ended {short_date(one.ended_on)}", "plain"
    elif one.days_late:
        mark, tone = f"{one.days_late} late", "danger" if one.immediate_danger else "late"
    elif one.due_on:
        mark, tone = f"by {short_date(one.due_on)}", "danger" if one.immediate_danger else "due"
    else:
        mark, tone = "answered" if one.answered else "not begun", "accent"
    return Item(
        f"{_family(one)} · {one.agency}",
        one.outcome or standing(one),
        mark,
        tone,
        one,
        one.disagreement,
        heavy=True,
    )
