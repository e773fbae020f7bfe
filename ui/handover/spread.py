"""Spreading files over several receivers: who could take them, a suggestion with its reasons, and using it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtWidgets import QWidget

from casefile.handover.rows import ItemRow
from casefile.handover.spread import Placed
from casefile.handover.suggest import CarrierRow, possible_receivers, suggest_receivers
from ui.handover.acts import Acts
from ui.handover.ticks import TickTable
from ui.shell.context import Context
from ui.widgets.parts import button, keys, label
from ui.widgets.sheet import Sheet
from ui.widgets.table import Column, Table

ABOUT = (
    "Tick who could receive them. The heaviest file comes first and goes to whoever has room and knows the family, else "
    "is of the same team, else has the most room. It is a suggestion: every receiver can be changed on the page."
)


class Spread(Sheet):
    """The dialog."""

    def __init__(
        self, context: Context, handover_id: UUID, rows: Sequence[ItemRow], acts: Acts, parent: QWidget
    ) -> None:
        super().__init__("Spread by workload", parent, wide=980)
        self._context, self._rows, self._acts = context, tuple(rows), acts
        self._found: tuple[Placed, ...] = ()
        count = "1 file" if len(rows) == 1 else f"{len(rows):,} files"
        self.head(f"Spread {count} by workload", ABOUT)
        self.carriers = TickTable(
            (
                Column("", "Officer", lambda one: one.officer, width=0),
                Column("", "Team", lambda one: one.team, width=130),
                Column("", "Files", lambda one: f"{one.files:,}", width=60, number=True),
                Column("", "Points", lambda one: f"{one.points:g} of {one.capacity:g}", width=110, number=True),
                Column("", "Against it", lambda one: one.against, lambda one: "late" if one.against else None, 230),
            ),
            context.theme,
            "Officers who could receive",
        )  # fmt: skip
        self.carriers.setMinimumHeight(context.theme.px(170))
        self.carriers.ticks.connect(self._suggest)
        self.body.addWidget(self.carriers, 1)
        self.suggested = Table(
            (
                Column("", "File", lambda one: one.reference, width=130),
                Column("", "Points", lambda one: f"{one.points:g}", width=60, number=True),
                Column("", "To", lambda one: one.receiver or "Nobody",
                       lambda one: None if one.receiver_id else "late", 190),
                Column("", "Why", lambda one: one.why, width=0),
            ),
            context.theme,
            "Suggestion",
        )  # fmt: skip
        self.suggested.setMinimumHeight(context.theme.px(170))
        self.body.addWidget(label("Suggestion", "strong"))
        self.body.addWidget(self.suggested, 1)
        self.foot.addWidget(button("Cancel", self.reject))
        self.use = button("Use this suggestion", self._use, name="primary")
        self.use.setEnabled(False)
        self.foot.addWidget(self.use)
        keys(self, "Ctrl+Return", self._use)
        self.carriers.setFocus()
        context.jobs.read(self, lambda desk: desk.read(possible_receivers, handover_id), self._carriers)

    def _carriers(self, found: tuple[CarrierRow, ...]) -> None:
        self.carriers.show_rows(found)
        self.carriers.tick([one.id for one in found if one.fits and not one.against])

    def _suggest(self) -> None:
        ids, among = [one.id for one in self._rows], sorted(self.carriers.held.ticked)
        self._context.jobs.read(
            self, lambda desk: desk.read(suggest_receivers, ids, among), self._suggested,
            failed=lambda error: self.tell(error.sentence), slot="suggestion",
        )  # fmt: skip

    def _suggested(self, found: tuple[Placed, ...]) -> None:
        self._found = found
        self.suggested.rows.show_rows(found)
        left = sum(one.receiver_id is None for one in found)
        self.tell(
            f"{left} of {len(found)} can go to nobody ticked." if left and self.carriers.held.ticked else ""
        )
        self.use.setEnabled(left < len(found))

    def _use(self) -> None:
        if not self.use.isEnabled():
            return
        self._acts.choose_each({one.item_id: one.receiver_id for one in self._found if one.receiver_id})
        self.accept()
