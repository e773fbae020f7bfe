"""The room of files: the list, or one open file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from casefile.desk import Desk
from casefile.files.actions.files import open_file
from casefile.files.queries.listing import list_files
from casefile.work.changed import Changed
from casefile.work.names import Kind, Permission
from ui.files.list import FileList
from ui.room import Command, Screen
from ui.shell.context import Context
from ui.widgets.dialogs import Ask, Field
from ui.widgets.parts import column
from ui.widgets.stack import Stack

if TYPE_CHECKING:
    from ui.files.docket import DocketView


class FilesScreen(Screen):
    """The list, and the file opened from it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._stack = Stack()
        column(self).addWidget(self._stack)
        self.list = FileList(context)
        self.list.opened.connect(self.open_file)
        self.list.new.connect(self.new_file)
        self.list.hidden.connect(self.break_glass)
        self._stack.addWidget(self.list)
        self.docket: DocketView | None = None
        for keys, run in (("Ctrl+F", self._find), ("Ctrl+N", self.new_file)):
            shortcut = QShortcut(QKeySequence(keys), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    def shown(self, place: Any = None) -> None:
        """Show the list, or the file asked for: its identity, or identity, divider, record and draft."""
        if isinstance(place, tuple):
            self.open_file(*place)
        elif place is not None:
            self.open_file(place)
        elif self.docket is not None:
            self.docket.read()
        else:
            self.list.read()
            self.list.finding.setFocus()

    def place(self) -> Any:
        """The open file and its divider."""
        return (self.docket.file_id, self.docket.divider) if self.docket is not None else None

    def on_changed(self, changed: Changed) -> None:
        """Read again what is in view."""
        if self.docket is not None:
            self.docket.on_changed(changed)
        elif changed.concerns(Kind.CASE_FILE, Kind.PERSON, Kind.TASK, Kind.RESTRICTION):
            self.list.read_again()

    def keep(self) -> None:
        """Save at once what was typed."""
        if self.docket is not None:
            self.docket.keep()

    def commands(self) -> tuple[Command, ...]:
        """What can be done here."""
        if self.docket is not None:
            file_id = self.docket.file_id
            dates = Command("Diary of this file", lambda: self.go.emit("diary", file_id))
            give = (Command("Allocate this file", lambda: self._allocate(file_id)),)
            return (*self.docket.commands(), dates, *(give if self._context.may(Permission.ALLOCATE) else ()))
        new = Command("New file", self.new_file, "Ctrl+N")
        glass = Command("Break the glass: open a restricted file", self.break_glass)
        back = Command("Return a copy …", self.return_copy)
        found = (new,) if self._context.may(Permission.KEEP_FILES) else ()
        found = (*found, back) if self._context.may(Permission.DISCLOSE) else found
        return (*found, glass) if self._context.may(Permission.BREAK_GLASS) else found

    def return_copy(self) -> None:
        """Return a copy that was taken away: what was read in it goes into the log."""
        from ui.files.copy import ask_return  # with all that copies need, which the list does not

        ask_return(self._context, self)

    def open_file(
        self,
        file_id: UUID,
        divider: str | None = None,
        thread: UUID | None = None,
        draft: UUID | None = None,
        record: str | None = None,
    ) -> None:
        """Open a file, at a divider, a record or a draft of a kind of record."""
        if self.docket is None or self.docket.file_id != file_id:
            self.close_file(read=False)
            from ui.files.docket import DocketView  # with all that a file needs, which the list does not

            self.docket = DocketView(self._context, file_id)
            self._show_docket(self.docket)
        self.docket.seek(divider, thread, draft, record)

    def _allocate(self, file_id: UUID) -> None:
        """Lead to where the file is given to somebody."""
        self.go.emit("team", ("allocate", file_id))

    def _show_docket(self, docket: DocketView) -> None:
        docket.left.connect(self.close_file)
        docket.elsewhere.connect(lambda file, divider, thread: self.open_file(file, divider or None, thread))
        file_id = docket.file_id
        docket.middle.allocating.connect(lambda: self._allocate(file_id))
        self._stack.addWidget(docket)
        self._stack.setCurrentWidget(docket)

    def close_file(self, *, read: bool = True) -> None:
        """Back to the list."""
        if self.docket is not None:
            self.docket.keep()
            self._stack.removeWidget(self.docket)
            self.docket.hide()
            self.docket.deleteLater()
            self.docket = None
        self._stack.setCurrentWidget(self.list)
        if read:
            self.list.read()
            self.list.table.setFocus()

    def new_file(self) -> None:
        """Open a new file for a family."""
        if not self._context.may(Permission.KEEP_FILES):
            return
        ask = Ask(
            "New file",
            "One file for one family or household. The children and adults are added next.",
            (
                Field("reference", "Reference", help="Leave empty to take the next number."),
            ),
            "Open the file",
            self,
        )  # fmt: skip

        def opened(file_id: UUID) -> None:
            ask.accept()
            self.open_file(file_id, "child")

        ask.given.connect(
            lambda values: self._context.jobs.write(
                ask, lambda desk: desk.do(open_file, values["reference"] or None), opened, failed=ask.say
            )
        )
        ask.open()

    def break_glass(self) -> None:
        """Open a restricted file without being a named reader; the supervisor is told."""
        from casefile.files.actions.restrict import break_glass

        ask = Ask(
            "Break the glass",
            "You are not a named reader. The file opens for 24 hours, your reason goes into the log, and the "
            "supervisor of the file is told.",
            (Field("reference", "Reference of the file"), Field("reason", "Why you need it now", prose=True)),
            "Open the restricted file",
            self,
        )

        def opened(file_id: UUID) -> None:
            ask.accept()
            self.open_file(file_id)

        ask.given.connect(
            lambda values: self._context.jobs.write(
                ask,
                lambda desk: desk.do(break_glass, values["reference"], values["reason"]),
                opened, failed=ask.say,
            )
        )  # fmt: skip
        ask.open()

    def _find(self) -> None:
        self.list.finding.setFocus()
        self.list.finding.selectAll()


def count_files(desk: Desk) -> int:
    """How many files are open, for the list of rooms."""
    return desk.read(list_files, state="open", limit=1).total
