"""What changed since the last review: lines under headings, each opening its record beside the list."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSplitter, QWidget

from casefile.access.queries import OfficerRow
from casefile.errors import Fault, Invalid
from casefile.files.queries.docket import Docket
from casefile.record.dates import NotADate, long_date, read_date, short_date
from casefile.supervision.digest import Digest, DigestLine, changed_since
from ui.shell.context import Context
from ui.supervision.reader import Reader
from ui.widgets.dialogs import Ask, Field
from ui.widgets.flow import Beside
from ui.widgets.lists import Item, ItemList
from ui.widgets.parts import button, clear, column, keys, label

WIDE = 640
"""Pixels at 100 % from which the record stands at the right of the list; else below it."""
HIGH = 420
"""Pixels at 100 % that the list takes at most before it scrolls."""
MOST = 60
"""Lines shown under one heading; how many more there are is said."""
_UNDATED = {"danger": "danger", "late": "look"}
"""Words of a line that no day belongs to."""


class DigestView(QWidget):
    """The digest of one file.

    Signals:
        wanted: A file is wanted, at a divider and one of its records, or at its front.
        left: Esc on the list: the keyboard goes back to where it came from.
    """

    wanted = Signal(object)
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._docket: Docket | None = None
        self._officers: tuple[OfficerRow, ...] = ()
        self._since: date | None = None
        self.digest: Digest | None = None
        body = column(self, gap=6)
        self._head = column(gap=2)
        body.addLayout(self._head)
        self.lines = ItemList(context.theme, "What changed")
        self.lines.opened.connect(self.read_line)
        self.reader = Reader(context)
        self.reader.wanted.connect(self.wanted)
        self.reader.closed.connect(self.close_reader)
        self.reader.hide()
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.addWidget(self.lines)
        self._split.addWidget(self.reader)
        body.addWidget(self._split)
        self.setFocusProxy(self.lines)
        keys(self, "Esc", self._back)

    def show_file(self, docket: Docket, officers: tuple[OfficerRow, ...]) -> None:
        """Read and show what changed in a file; what was open beside it is closed for another file."""
        if self._docket is None or self._docket.id != docket.id:
            self._since = None
            self.reader.hide()
        self._docket, self._officers = docket, officers
        self._read()

    def begin(self) -> None:
        """Put the keyboard on the lines, and the lines in view."""
        self.lines.setFocus()
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(self.lines)

    def ask_since(self) -> None:
        """Ask from which day on changes count; nothing is the last review again."""
        day = long_date(self._since or (self.digest.since_on if self.digest else None))
        field = Field("since", "Since", value=day, help="Empty for your last review.")
        ask = Ask("What changed since a day", "The day itself counts.", (field,), "Show", self)

        def go(values: dict[str, str]) -> None:
            try:
                since = read_date(values["since"]) if values["since"].strip() else None
            except NotADate as fault:
                ask.say(Invalid([Fault("since", fault.sentence)]))
                return
            if since is not None and since > self._context.today:
                ask.say(Invalid([Fault("since", "That day is still to come.")]))
                return
            self._since = since
            ask.accept()
            self._read()

        ask.given.connect(go)
        ask.open()

    def read_line(self, line: DigestLine | None) -> None:
        """Open the record of a line beside the list."""
        if line is None or self._docket is None:
            return
        first = not self.reader.isVisibleTo(self)
        self.reader.show()
        if first:
            self._split.setSizes([1, 1])
        self._fit()
        self.reader.show_line(line, self._docket, self._officers)

    def close_reader(self) -> None:
        """Back to the list."""
        self.reader.hide()
        self._fit()
        self.lines.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside where there is room, below where there is not."""
        super().resizeEvent(event)
        wide = self.width() >= self._context.theme.px(WIDE)
        self._split.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)
        self._fit()

    def _back(self) -> None:
        if self.reader.isVisibleTo(self):
            self.close_reader()
        else:
            self.left.emit()

    def _read(self) -> None:
        if self._docket is None:
            return
        file_id, since = self._docket.id, self._since
        self._context.jobs.read(
            self, lambda desk: desk.read(changed_since, file_id, since), self._arrived, slot="digest"
        )

    def _arrived(self, digest: Digest) -> None:
        if self._docket is None or digest.file_id != self._docket.id:
            return
        self.digest = digest
        clear(self._head)
        title = f"What changed  {digest.count}" if digest.count else "Nothing has changed"
        line = Beside(label(title, "section-title", wrap=True), stacked=False)
        line.add(button("Since a day …", self.ask_since, name="link", hint="Count from another day"))
        self._head.addLayout(line)
        self._head.addWidget(label(f"Since {digest.since}", "quiet", wrap=True))
        self.lines.show_items(_items(digest))
        self.lines.setVisible(bool(digest.count))
        if digest.count and not self.lines.currentIndex().isValid():
            self.lines.choose_first()
        self._fit()

    def _fit(self) -> None:
        """As high as the lines need, up to a limit; a record that is open has room below or beside."""
        px = self._context.theme.px
        self.lines.keep_whole(px(HIGH))
        high = self.lines.height() if self.digest and self.digest.count else 0
        if self.reader.isVisibleTo(self):
            beside = self._split.orientation() == Qt.Orientation.Horizontal
            high = max(high, px(HIGH)) if beside else high + px(HIGH)
        self._split.setFixedHeight(high)


def _items(digest: Digest) -> list[Item]:
    found: list[Item] = []
    for group in digest.groups:
        found.append(Item(f"{group.title} ({len(group.lines)})", heading=True))
        found += [_item(one) for one in group.lines[:MOST]]
        if (more := len(group.lines) - MOST) > 0:
            found.append(Item(f"and {more} more: open the file to see them", heading=True))
    return found


def _item(line: DigestLine) -> Item:
    day = line.happened_on or line.known_on
    late = line.known_on and line.happened_on and line.known_on != line.happened_on
    known = f"Police knew on {long_date(line.known_on)}" if late else ""
    why = " · ".join(part for part in (line.detail, known, line.by) if part)
    return Item(line.what, why, short_date(day) or _UNDATED.get(line.tone, ""), line.tone, line, known)
