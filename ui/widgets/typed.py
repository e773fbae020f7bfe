"""What is kept as it is typed: any widget that says its state, and takes in what others typed meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from casefile.errors import Bug
from casefile.record.described import Description


class TypedForm(QWidget):
    """A form of one kind of record, however it is laid out.

    Signals:
        changed: A person changed something; :meth:`state` is what to keep.

    Attributes:
        description: What it is a form of.
    """

    changed = Signal()
    description: Description

    def state(self) -> dict[str, Any]:
        """The form as it stands, as plain data: exactly what is to be kept as a draft."""
        raise Bug("Every form says its own state.")

    def bring_in(self, fields: Mapping[str, Any]) -> None:
        """Show other values in some fields, as they came from elsewhere."""
        raise Bug("Every form shows its own fields.")

    def knows(self, key: str) -> bool:
        """Whether the form shows a field or group of this key."""
        raise Bug("Every form knows its own fields.")
