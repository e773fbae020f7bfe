"""Restricting a file to named readers, and lifting that again."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtWidgets import QLineEdit, QWidget

from casefile.access.queries import OfficerRow
from casefile.errors import CasefileError
from casefile.files.actions.restrict import lift_restriction, restrict_file
from casefile.files.queries.docket import Docket
from casefile.files.queries.restrict import readers
from ui.shell.context import Context
from ui.widgets.choice import Choice
from ui.widgets.fields.picks import PickMany
from ui.widgets.parts import button
from ui.widgets.sheet import Sheet


class RestrictDialog(Sheet):
    """Who may read this file from now on; everybody else does not even see that it exists."""

    def __init__(
        self, context: Context, docket: Docket, officers: Sequence[OfficerRow], parent: QWidget
    ) -> None:
        super().__init__("Restrict this file", parent, wide=520)
        self._context, self._docket = context, docket
        self.head("Named readers", "Only these officers see the file from now on. Somebody else may break the glass "
                  "with a reason; the supervisor of the file is told.")  # fmt: skip
        self.pick = PickMany(tuple(Choice(str(one.id), one.shown) for one in officers if one.active))
        self.pick.call("Named readers", "Type a part of a name to add")
        self.body.addWidget(self.pick)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("Why; it goes into the log")
        self.reason.setAccessibleName("Reason")
        self.body.addWidget(self.reason)
        self.body.addStretch(1)
        if docket.restricted:
            self.foot.addWidget(button("Lift the restriction", self._lift))
        self.foot.addWidget(button("Cancel", self.reject))
        self.foot.addWidget(button("Restrict", self._restrict, name="primary"))
        file_id = docket.id
        context.jobs.read(self, lambda desk: desk.read(readers, file_id), self._arrived)

    def _arrived(self, found: tuple[UUID, ...]) -> None:
        mine = self._context.desk.actor.officer_id
        self.pick.set_value([str(one) for one in found or ((mine,) if mine else ())])
        self.fit()

    def _restrict(self) -> None:
        file_id, reason = self._docket.id, self.reason.text()
        named = tuple(UUID(one) for one in self.pick.value() or ())
        self._context.jobs.write(
            self,
            lambda desk: desk.do(restrict_file, file_id, named, reason),
            lambda _: self.accept(),
            failed=self._say,
        )

    def _lift(self) -> None:
        file_id, reason = self._docket.id, self.reason.text()
        self._context.jobs.write(
            self,
            lambda desk: desk.do(lift_restriction, file_id, reason),
            lambda _: self.accept(),
            failed=self._say,
        )

    def _say(self, error: CasefileError) -> None:
        self.tell(error.sentence)
