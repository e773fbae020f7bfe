"""Spreading files over several receivers: who could take them, a suggestion with its reasons, and using it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from PySide6.QtWidgets import QWidget

from casefile.desk import Desk
from casefile.handover.rows import ItemRow
from casefile.handover.spread import Placed
from casefile.handover.suggest import CarrierRow, Loads, possible_receivers, suggest_receivers
from casefile.work.names import Permission
from casefile.workload.queries import files_of, workload
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


@dataclass(frozen=True, slots=True)
class Ground:
    """What the suggestion stands on: who could receive, what files weigh, and what officers carry and can carry.

    Whoever may see the workload of others gives its points; else the few weights of the suggestion itself count.
    """

    carriers: tuple[CarrierRow, ...] = ()
    points: Mapping[UUID, float] = field(default_factory=dict[UUID, float])
    loads: Loads = field(default_factory=dict[UUID, tuple[float, float]])


class Spread(Sheet):
    """The dialog."""

    def __init__(
        self, context: Context, handover_id: UUID, rows: Sequence[ItemRow], acts: Acts, parent: QWidget
    ) -> None:
        super().__init__("Spread by workload", parent, wide=980)
        self._context, self._rows, self._acts = context, tuple(rows), acts
        self._found: tuple[Placed, ...] = ()
        self._ground = Ground()
        count = "1 file" if len(rows) == 1 else f"{len(rows):,} files"
        self.head(f"Spread {count} by workload", ABOUT)
        self.carriers = TickTable(
            (
                Column("", "Officer", lambda one: one.officer, width=0),
                Column("", "Team", lambda one: one.team, width=130),
                Column("", "Files", lambda one: f"{one.files:,}" if one.capacity else "", width=60, number=True),
                Column("", "Points", lambda one: f"{one.points:g} of {one.capacity:g}" if one.capacity else "", width=110, number=True),
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
        givers = {one.from_officer_id for one in rows}
        context.jobs.read(self, lambda desk: _ground(desk, handover_id, givers), self._carriers)

    def _carriers(self, ground: Ground) -> None:
        self._ground, found = ground, ground.carriers
        self.carriers.show_rows(found)
        self.carriers.tick([one.id for one in found if one.fits and not one.against])

    def _suggest(self) -> None:
        ids, among = [one.id for one in self._rows], sorted(self.carriers.held.ticked)
        ground = self._ground
        self._context.jobs.read(
            self,
            lambda desk: desk.read(suggest_receivers, ids, among, points=ground.points, loads=ground.loads),
            self._suggested,
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


def _ground(desk: Desk, handover_id: UUID, givers: Iterable[UUID]) -> Ground:
    if not desk.actor.may(Permission.ALLOCATE):
        return Ground(desk.read(possible_receivers, handover_id))
    loads: dict[UUID, tuple[float, float]] = {
        one.officer_id: (one.held.points, one.capacity.points) for one in desk.read(workload).officers
    }
    points: dict[UUID, float] = {
        one.file_id: one.points for giver in givers for one in desk.read(files_of, giver).files
    }
    return Ground(desk.read(possible_receivers, handover_id, loads=loads), points, loads)
