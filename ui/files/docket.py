"""A file as a docket with dividers: head, dividers, records, and what is owed."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from casefile.access.queries import OfficerRow, officers
from casefile.errors import Away, CasefileError
from casefile.files.queries.docket import Docket, open_docket
from casefile.handover.queries import accountable
from casefile.work.changed import Changed
from casefile.work.names import Kind, Permission
from ui.files.copy import ask_copy
from ui.files.divider import DividerView
from ui.files.export import export_json
from ui.files.header import FileHead
from ui.files.marks import FRONT, PICTURE, divider_items
from ui.files.middle import Middle
from ui.files.news import news
from ui.files.printing import PrintDialog
from ui.files.right import RightSide
from ui.files.sides import Sides
from ui.record.accepting import ask_accept
from ui.record.here import Staying
from ui.record.printing import print_supervision_of
from ui.room import Command
from ui.shell.context import Context
from ui.widgets.lists import ItemList
from ui.widgets.parts import column


class DocketView(QWidget):
    """One open file.

    Signals:
        left: The person goes back to the list.
        elsewhere: Another file is wanted; carries its identity, and a divider and a record of it or nothing.
    """

    left = Signal()
    elsewhere = Signal(object, str, object)

    def __init__(self, context: Context, file_id: UUID) -> None:
        super().__init__()
        self._context, self.file_id = context, file_id
        self._docket: Docket | None = None
        self._officers: tuple[OfficerRow, ...] = ()
        self._key = FRONT
        self._record: str | None = None
        self._thread: UUID | None = None
        self._draft: UUID | None = None
        self._waits = False  # a file has come, and its page is shown in the next turn
        self.head = FileHead(
            context.desk.standards,
            lambda: [(one.title, one.run, one.shortcut) for one in self.acts()],
            accepts=context.may(Permission.SIGN_SUPERVISION),
        )
        self.head.newer.connect(lambda: self.read())
        self.staying = Staying(context, file_id, None, self)
        self.staying.seen.connect(self.head.here.show_here)
        self.head.accepting.connect(lambda alarm: ask_accept(context, alarm, self))
        self.dividers = ItemList(context.theme, "Dividers", grounds=False)
        self.dividers.chosen.connect(self._chosen)
        self.dividers.opened.connect(lambda _: self.middle.enter())
        self.middle = Middle(context, file_id)
        self.middle.moved.connect(lambda: self.read())
        self.middle.wanted.connect(self.go_to)
        self.middle.drafted.connect(lambda draft, record: self.seek(None, draft=draft, record=record))
        self.middle.compared.connect(lambda compared: self._sides.make_room(compared))
        self.middle.refitted.connect(self._open)
        self.middle.elsewhere.connect(self.elsewhere)
        self.right = RightSide(context)
        self.right.wanted.connect(self.go_to)
        self._sides = Sides(context.theme, self.dividers, self.middle, self.right, self.head.beside)
        body = column(self, gap=0)
        body.addWidget(self.head)
        body.addWidget(self._sides, 1)
        self._keys()

    @property
    def records(self) -> DividerView:
        """The records behind the divider that is open."""
        return self.middle.records

    @property
    def divider(self) -> str:
        """The divider that is open."""
        return self._key

    def keep(self) -> None:
        """Save at once what was typed."""
        if self.middle.form is not None:
            self.middle.form.keep()

    def read(self, *, quiet: bool = False) -> None:
        """Read the file again; *quiet*, and nothing moves that is being read."""
        file_id = self.file_id
        self._context.jobs.read(
            self,
            lambda desk: (desk.read(open_docket, file_id), desk.read(officers, with_inactive=True)),
            lambda found: self._arrived(*found, quiet=quiet),
            failed=self._not_there,
            slot="file",
        )

    def on_changed(self, changed: Changed) -> None:
        """Something of this file was written; drafts alone change nothing else.

        What others wrote is shown at once where it moves nothing that is read; else the head says what there is.
        """
        if self.middle.form is not None:
            self.middle.form.on_changed(changed)
        self.staying.on_changed(changed)
        restricted = self._docket is not None and self._docket.restricted
        if changed.kinds <= {Kind.DRAFT, Kind.PRESENCE} or not changed.concerns(
            *Kind, file_id=self.file_id, restricted=restricted
        ):
            return
        self.read(quiet=changed.elsewhere and self._docket is not None)

    def go_to(self, divider: str, thread: UUID | None = None, draft: UUID | None = None) -> None:
        """Open a divider, at one of its records or drafts."""
        self.keep()
        self._key, self._thread, self._draft = divider, thread, draft
        self.dividers.choose(divider)
        self._open()

    def seek(
        self,
        divider: str | None,
        thread: UUID | None = None,
        draft: UUID | None = None,
        record: str | None = None,
    ) -> None:
        """Read the file and open a divider, a record or a draft in it."""
        self._record = record
        if divider or record:
            self._key = divider or ""
            self._thread, self._draft = thread, draft
        self.read()

    def commands(self) -> tuple[Command, ...]:
        """What can be done in this file."""
        dividers = (
            Command(f"Divider: {one.title}", lambda k=one.key: self.go_to(k))
            for one in (self._docket.dividers if self._docket is not None else ())
        )
        return (*dividers, *self.acts())

    def acts(self) -> tuple[Command, ...]:
        """What can be done with this file, as its menu lists it."""
        found: list[Command] = [
            Command("Picture of the family", lambda: self.go_to(PICTURE)),
            Command("Associations across files", self.middle.show_wider),
        ]
        if self._context.may(Permission.KEEP_FILES):
            found += [
                Command("Add something owed", self.right.add),
                Command("New record here", self.new, "Ctrl+N"),
                Command("Amend this record", self.middle.amend, "Ctrl+E"),
                Command("Police report to the next conference", lambda: self.middle.research.report()),
            ]
        if self._context.may(Permission.DISCLOSE):
            found.append(Command("Print this file", self.print, "Ctrl+P"))
            found.append(Command("Print the supervision history", self.print_supervision, "Ctrl+Shift+P"))
            found.append(
                Command("Export this file as JSON", lambda: export_json(self._context, self._docket, self))
            )
            found.append(Command("Take a copy away …", lambda: ask_copy(self._context, self._docket, self)))
        if self._context.may(Permission.RESTRICT_FILES):
            found.append(Command("Restrict this file to named readers", self.restrict))
        found.append(Command("Show what is new", self.read, "F5"))
        return (*found, Command("Back to the list of files", self.left.emit, "Esc"))

    def new(self) -> None:
        """Begin what belongs behind the divider that is open."""
        if self._context.may(Permission.KEEP_FILES):
            self.middle.new()

    def print_supervision(self) -> None:
        """Look at how the file was supervised on paper, then make a copy."""
        if self._docket is not None:
            print_supervision_of(self._context, self._docket.id, self._docket.reference, self)

    def print(self) -> None:
        """Ask what to print, then show it."""
        if self._docket is not None and self._context.may(Permission.DISCLOSE):
            PrintDialog(self._context, self._docket, self).open()

    def restrict(self) -> None:
        """Name who may read this file."""
        from ui.files.restrict import RestrictDialog

        if self._docket is not None:
            RestrictDialog(self._context, self._docket, self._officers, self).open()

    def _keys(self) -> None:
        for keys, run in (
            ("Ctrl+N", self.new),
            ("F5", self.read),
            ("Ctrl+E", self.middle.amend),
            ("Ctrl+P", self.print),
            ("Ctrl+Shift+P", self.print_supervision),
            ("Esc", self.left.emit),
            ("Alt+1", lambda: self._sides.turn(right=False)),
            ("Alt+2", self.middle.enter),
            ("Alt+3", lambda: self._sides.turn(right=True)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    def _arrived(
        self, docket: Docket, everyone: tuple[OfficerRow, ...], *, quiet: bool = False
    ) -> Iterator[None]:
        """Show the file, a part at a time.

        *quiet*, and owed, chronology and marks follow, and what would move waits until it is asked for.
        """
        shown, first = self._docket, self._docket is None
        if self._record is not None:
            holding = (
                one.key for one in docket.dividers if any(kind.key == self._record for kind in one.sections)
            )
            self._key, self._record = next(holding, FRONT), None
        words = news(shown, docket, self._key) if quiet and shown is not None else ""
        self.dividers.blockSignals(True)
        self.dividers.show_items(divider_items(docket))
        self.dividers.choose(self._key)
        self.dividers.blockSignals(False)
        self.head.say_news(f"{words} · Show" if words else "")
        if not words:
            self._docket, self._officers = docket, everyone
            self.head.show_file(docket, self._context.today, short=not self._sides.roomy)
            self._ask_owner(docket)
            if first:
                self.dividers.setFocus()
            self._waits = not quiet
            yield
            if self._waits:
                self._open()
        yield
        self.right.show_file(docket)

    def _ask_owner(self, docket: Docket) -> None:
        """Who answers for the file stands in its head while that is not its holder."""
        file_id = docket.id
        if docket.state == "open":
            self._context.jobs.read(
                self, lambda desk: desk.read(accountable, file_id), self.head.show_owner,
                failed=lambda _: self.head.show_owner(None), slot="owner",
            )  # fmt: skip
        else:
            self.head.show_owner(None)

    def _chosen(self, key: str | None) -> None:
        if key and self._docket is not None and key != self._key:
            self.keep()
            self._key = key
            self._thread = self._draft = None
            self._open()

    def _open(self) -> None:
        if self._docket is not None:
            self._waits = False
            draft, self._draft = self._draft, None
            self.middle.show_divider(self._docket, self._officers, self._key, self._thread, draft)

    def _not_there(self, error: CasefileError) -> None:
        """It is not to be read; a file that is on the screen stays while the server is away, and is read when it is back."""
        if isinstance(error, Away) and self._docket is not None:
            return
        self._context.jobs.trouble.emit(error)
        self.left.emit()
