"""Matches between files: those that wait, both sides beside each other, and the decision."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from casefile.paper.matches import preview_matches, print_matches
from casefile.record.dates import long_date
from casefile.search.match_rows import KINDS, MatchRow, Side, State, What
from casefile.search.matches import decide_match, matches
from casefile.work.changed import Changed
from casefile.work.names import Kind, Permission
from ui.record.printing import Printable, PrintReport
from ui.room import Command, Screen
from ui.shell.context import Context
from ui.widgets.beside import ListAndOne
from ui.widgets.dialogs import Ask, Field
from ui.widgets.empty import Empty
from ui.widgets.flow import Flow
from ui.widgets.lists import Item
from ui.widgets.page import PageHead
from ui.widgets.parts import button, card, clear, column, keys, label, readable
from ui.widgets.words import LONDON

_ACTS = (
    (What.CONFIRMED, "Confirm …", "primary", "Ctrl+Return"),
    (What.REJECTED, "Reject …", "", "Ctrl+Backspace"),
    (What.OPEN, "Leave open …", "", ""),
    (What.UNDONE, "Undo …", "", ""),
)
_ASKS = {
    What.CONFIRMED: "Each file will say that the person also stands in the other. It can be undone.",
    What.REJECTED: "It stays quiet until the facts it rests on change.",
    What.OPEN: "It stays in the list, with what you say here.",
    What.UNDONE: "What was decided stays readable; the match waits for a decision again.",
}
_VERBS = {
    What.CONFIRMED: "Confirm the match",
    What.REJECTED: "Reject the match",
    What.OPEN: "Leave it open",
    What.UNDONE: "Undo the decision",
}


class MatchesScreen(Screen):
    """The room: the list at the left, both sides of the match that is chosen at the right."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._chosen: UUID | None = None
        self._match: MatchRow | None = None
        body = column(self, gap=0)
        may_print = context.may(Permission.DISCLOSE)
        self.head = PageHead(
            "Matches", "", *((button("Print …", self.print, hint="Ctrl+P"),) if may_print else ())
        )
        body.addWidget(self.head)
        filters = QWidget()
        line = Flow(gap=8)
        column(filters, margins=(20, 10, 16, 10)).addLayout(line)
        self.mine = QCheckBox("Only my files")
        self.decided = QCheckBox("Also what is decided")
        for box in (self.mine, self.decided):
            box.clicked.connect(lambda _: self._read())
            line.addWidget(box)
        body.addWidget(filters)
        self._two = ListAndOne(
            context.theme,
            ("Matches", "The match"),
            (460, 740),
            Empty(
                "No match waits",
                "When somebody of one file likely stands in another, or two files share an address, a telephone, a "
                "vehicle or a school where a suspect works, it stands here for whoever may see both files.",
            ),
        )
        self._shown = self._two.shown
        self.list = self._two.list
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(lambda one: self._open(one.one if one else None))
        body.addWidget(self._two, 1)
        keys(self, "Alt+1", self.list.setFocus)
        keys(self, "Ctrl+P", self.print)
        for what, _, _, hint in _ACTS:
            if hint:
                keys(self, hint, self._deciding(what))

    def shown(self, place: Any = None) -> None:
        """Read; *place* is the match to choose."""
        if isinstance(place, UUID):
            self._chosen = place
        self._read()
        self.list.setFocus()

    def place(self) -> Any:
        """The match chosen."""
        return self._chosen

    def on_changed(self, changed: Changed) -> None:
        """People or decisions changed."""
        if changed.concerns(Kind.PERSON, Kind.MATCH, Kind.RESTRICTION):
            self._read()

    def commands(self) -> tuple[Command, ...]:
        """What can be done here."""
        found = [
            Command(_VERBS[what], self._deciding(what), hint) for what, _, _, hint in _ACTS if self._may(what)
        ]
        if self._context.may(Permission.DISCLOSE):
            found.append(Command("Print the matches", self.print, "Ctrl+P"))
        return tuple(found)

    def print(self) -> None:
        """Look at the pages, then make a copy."""
        if not self._context.may(Permission.DISCLOSE):
            return
        mine = self.mine.isChecked()
        what = Printable(
            "Print the matches",
            "matches.pdf",
            lambda errand: errand.read(preview_matches, mine=mine),
            lambda errand, whom: errand.do(print_matches, whom, mine=mine),
        )
        PrintReport(self._context, what, self).open()

    def decide(self, what: What) -> None:
        """Ask why, and decide the match that is chosen."""
        match = self._match
        if match is None or not self._may(what):
            return
        ask = Ask(_VERBS[what], _ASKS[what], (Field("reason", "Reason", prose=True),), _VERBS[what], self)

        def go(values: dict[str, str]) -> None:
            self._context.jobs.write(
                ask,
                lambda desk: desk.do(decide_match, match.id, what.value, values["reason"]),
                lambda _: ask.accept(),
                failed=ask.say,
            )

        ask.given.connect(go)
        ask.open()

    def _deciding(self, what: What) -> Callable[[], None]:
        return lambda: self.decide(what)

    def _may(self, what: What) -> bool:
        if self._match is None or not self._context.may(Permission.KEEP_FILES):
            return False
        if what is What.UNDONE:
            return self._match.state in (State.CONFIRMED, State.REJECTED)
        return self._match.state.open

    def _read(self) -> None:
        mine, decided = self.mine.isChecked(), self.decided.isChecked()
        self._context.jobs.read(
            self, lambda desk: desk.read(matches, mine=mine, decided=decided), self._arrived, slot="matches"
        )

    def _arrived(self, found: tuple[MatchRow, ...]) -> None:
        waiting = sum(1 for one in found if one.state.open)
        self.head.say(f"{waiting} to decide" if waiting else "Nothing to decide")
        self.list.blockSignals(True)
        self.list.show_items([_item(one) for one in found])
        held = next((one for one in found if one.id == self._chosen), None) or (found[0] if found else None)
        if held is not None:
            self.list.choose(held)
        self.list.blockSignals(False)
        self._two.has_some(bool(found))
        self._choose(held)

    def _choose(self, one: MatchRow | None) -> None:
        clear(self._shown)
        self._match = one
        if one is None:
            return
        self._chosen = one.id
        self._shown.addWidget(label(f"{KINDS[one.kind]} · {one.state.value}", "section-title", wrap=True))
        why = "; ".join(one.why)
        self._shown.addWidget(readable(f"{why[:1].upper()}{why[1:]}. Likeness {one.score} of 100.", "quiet"))
        acts = Flow(gap=8)
        for what, words, name, hint in _ACTS:
            if self._may(what):
                acts.addWidget(button(words, self._deciding(what), name=name, hint=hint))
        self._shown.addLayout(acts)
        self._shown.addWidget(self._sides(one))
        if one.decisions:
            self._shown.addWidget(label("Decided", "strong"))
            for said in reversed(one.decisions):
                day = long_date(said.at.astimezone(LONDON).date())
                self._shown.addWidget(
                    readable(f"{said.what.value.capitalize()}, {said.by}, {day}: {said.reason}")
                )
        self._shown.addStretch(1)

    def _sides(self, one: MatchRow) -> QWidget:
        """Both sides beside each other, line by line."""
        frame = card()
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        column(frame, margins=16).addLayout(grid)
        for at, side in ((1, one.one), (2, one.other)):
            head = column(gap=2)
            head.addWidget(
                label(
                    f"{side.family_name.upper() or 'Family not named'}  {side.reference}", "strong", wrap=True
                )
            )
            link = button("Open the file", lambda side=side: self._open(side), name="link")
            link.setAccessibleName(f"Open the file {side.reference}")
            head.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addLayout(head, 0, at)
        line = 1
        for (name, left), (_, right) in zip(self._told(one.one), self._told(one.other), strict=True):
            if left or right:
                grid.addWidget(label(name, "label", wrap=True), line, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(
                    readable(left or "not known", "" if left else "quiet"), line, 1, Qt.AlignmentFlag.AlignTop
                )
                grid.addWidget(
                    readable(right or "not known", "" if right else "quiet"),
                    line,
                    2,
                    Qt.AlignmentFlag.AlignTop,
                )
                line += 1
        return frame

    def _told(self, side: Side) -> tuple[tuple[str, str], ...]:
        role = self._context.desk.standards.codes("involvement_role").label
        return (
            ("Name", side.name),
            ("Also known as", ", ".join(side.other_names)),
            ("Born", side.born),
            ("In the file as", ", ".join(role(one) for one in side.roles)),
            ("Lives at", "\n".join(side.homes)),
            ("Telephone, numbers", "\n".join(side.traces)),
            ("School, work, surgery", "\n".join(side.settings)),
        )

    def _open(self, side: Side | None) -> None:
        if side is not None:
            self.go.emit("files", (side.file_id, "child", None))


def _item(one: MatchRow) -> Item:
    tone = "late" if one.state.open else "done" if one.state is State.CONFIRMED else "plain"
    names = one.one.name if one.one.name == one.other.name else f"{one.one.name} / {one.other.name}"
    families = " and ".join(
        f"{side.family_name.upper() or 'Not named'} {side.reference}" for side in (one.one, one.other)
    )
    mark = "decide" if one.state in (State.NEW, State.CHANGED) else one.state.value
    return Item(f"{KINDS[one.kind]}: {names}", families, mark, tone, one, "; ".join(one.why))
