"""The diary as a file: a printed copy, a calendar file given out once, and those kept up to date."""

from __future__ import annotations

import platform
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from casefile.desk import Desk
from casefile.diary.rows import Wanted
from casefile.errors import CasefileError, Unavailable
from casefile.exchange.diary.feeds import FeedRow, begin_feed, end_feed, feeds, put_file
from casefile.exchange.diary.give_out import export_diary
from casefile.paper.diary import preview_diary, print_diary
from casefile.work.changed import Done
from ui.diary.keeper import write_feed
from ui.record.printing import Printable, PrintReport
from ui.shell.context import Context
from ui.widgets.choice import Choice
from ui.widgets.dialogs import Ask, Field, say_done
from ui.widgets.flow import Beside
from ui.widgets.parts import breakable, button, clear, column, label, readable
from ui.widgets.sheet import Sheet
from ui.widgets.words import moment_words

ABOUT = (
    "A calendar program can read these files. One that is kept up to date says which kind of date stands on which "
    "file, never a name of a child or family, and of an absence not why. Each writing is a disclosure and stands "
    "in the log."
)
_NAMES = (Choice("", "References and kinds only"), Choice("yes", "With the names of families"))


def ask_copy(context: Context, wanted: Wanted, parent: QWidget) -> None:
    """Look at the pages, say for whom the copy is, and print."""
    what = Printable(
        "Print the diary",
        "diary.pdf",
        lambda errand: errand.read(preview_diary, wanted),
        lambda errand, whom: errand.do(print_diary, wanted, whom),
    )
    PrintReport(context, what, parent).open()


def ask_once(context: Context, wanted: Wanted, parent: QWidget) -> None:
    """Ask for whom the calendar is, and whether names go with it; save it."""
    ask = Ask(
        "Give the diary out",
        "It holds the days in view. A disclosure: for whom it is goes into the log.",
        (Field("recipient", "For whom"), Field("names", "What it says", "", _NAMES)),
        "Save calendar file …",
        parent,
    )

    def go(values: dict[str, str]) -> None:
        if not values["recipient"].strip():
            ask.say("Say for whom it is: the log must name them.")
            return
        target = _target(ask, "diary.ics")
        if target is None:
            return

        def give(desk: Desk) -> Done[bytes]:
            done = desk.do(export_diary, wanted, values["recipient"], with_names=values["names"] == "yes")
            put_file(target, done.result)
            return done

        def given(_: bytes) -> None:
            ask.accept()
            say_done(parent, "Given out", f"The calendar stands in {target.name}.")

        context.jobs.write(ask, give, given, failed=ask.say)

    ask.given.connect(go)
    ask.open()


class CalendarFiles(Sheet):
    """The calendar files that are kept, and what can be begun."""

    def __init__(self, context: Context, wanted: Wanted, parent: QWidget) -> None:
        super().__init__("Calendar file", parent, wide=560)
        self._context, self._wanted, self._parent = context, wanted, parent
        self.head("Calendar file", ABOUT)
        self._kept = column(gap=8)
        self.body.addLayout(self._kept)
        self.body.addStretch(1)
        self.foot.addWidget(button("Close", self.reject))
        self.foot.addWidget(button("Give out once …", self.ask_once))
        self.foot.addWidget(button("Keep one up to date …", self.ask_place, name="primary"))
        self._read()

    def ask_once(self) -> None:
        """Ask for whom the calendar is, in a dialog of its own."""
        self.accept()
        ask_once(self._context, self._wanted, self._parent)

    def ask_place(self) -> None:
        """Ask where the calendar is kept, and begin."""
        target = _target(self, "casefile-diary.ics")
        if target is not None:
            self.begin(target)

    def begin(self, target: Path) -> None:
        """Keep a calendar file up to date at a place: one's own diary, or the team's that is in view."""
        whose = "team" if self._wanted.whose == "team" else "me"
        team = self._wanted.team if whose == "team" else ""

        def go(desk: Desk) -> Done[FeedRow]:
            done = desk.do(begin_feed, platform.node(), str(target), whose, team)
            write_feed(desk, done.result)
            return done

        self._context.jobs.write(self, go, lambda _: self._read(), failed=self._failed)

    def end(self, feed: FeedRow) -> None:
        """End a calendar file and take it away."""

        def go(desk: Desk) -> Done[FeedRow]:
            done = desk.do(end_feed, feed.id)
            if feed.machine == platform.node():
                _take_away(Path(feed.path))
            return done

        self._context.jobs.write(self, go, lambda _: self._read(), failed=self._failed)

    def _failed(self, error: CasefileError) -> None:
        self.tell(f"{error.sentence} {error.remedy}".strip())
        self._read()

    def _read(self) -> None:
        self._context.jobs.read(self, lambda desk: desk.read(feeds), self._arrived, slot="feeds")

    def _arrived(self, found: tuple[FeedRow, ...]) -> None:
        clear(self._kept)
        if not found:
            self._kept.addWidget(label("No calendar file is kept up to date.", "quiet", wrap=True))
        for one in found:
            where = "" if one.machine == platform.node() else f" on {one.machine}"
            whose = "My dates" if one.whose == "me" else one.team or "My team"
            when = f"written {moment_words(one.written_at)}" if one.written_at else "not written yet"
            line = Beside(readable(f"{whose}: {breakable(one.path)}{where}, {when}"), stacked=False)
            line.add(button("End it", lambda one=one: self.end(one), name="link", hint=f"Ends {one.path}"))
            self._kept.addLayout(line)
        QTimer.singleShot(0, self, self.fit)  # what was just added counts from the next turn on


def _target(parent: QWidget, name: str) -> Path | None:
    target, _ = QFileDialog.getSaveFileName(parent, "Calendar file", name, "Calendar (*.ics)")
    return Path(target).absolute() if target else None


def _take_away(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise Unavailable(
            f"{path.name} cannot be taken away.", kept="It is written no more.", remedy="Delete it yourself."
        ) from error
