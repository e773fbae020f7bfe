"""What a list of two lines holds, handed to the view an item at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

ITEM = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a list.

    Attributes:
        title: What.
        why: Why it is here, quieter and below; "" for a list of one line.
        mark: A word at the right, e.g. ``9 late``.
        tone: The tone of the mark; for a timeline, of its dot.
        data: What belongs to it, handed back when it is opened.
        hint: More, for a tooltip.
        heavy: Written heavier, the mark on the line of what; why it is here has the whole width below.
        heading: It names the items below it, and cannot be chosen.
        hits: Where words begin and end that are marked in why it is here.
    """

    title: str
    why: str = ""
    mark: str = ""
    tone: str = "plain"
    data: Any = None
    hint: str = ""
    heavy: bool = False
    heading: bool = False
    hits: tuple[tuple[int, int], ...] = ()


class Items(QAbstractListModel):
    """Items as they are: a chronology of thousands is shown without touching any that is not in view."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.held: tuple[Item, ...] = ()

    def show_items(self, items: Sequence[Item]) -> None:
        """Hold these instead."""
        self.beginResetModel()
        self.held = tuple(items)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """How many."""
        return 0 if parent.isValid() else len(self.held)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The item, what of it is shown and pointed at, and all its words for whoever hears them."""
        if not index.isValid():
            return None
        item = self.held[index.row()]
        if role == ITEM:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return item.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return item.hint
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join(part for part in (item.title, item.why, item.mark, item.hint) if part)
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """A heading cannot be chosen."""
        if not index.isValid() or self.held[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
