"""The line under the search field: kinds to switch, what narrows the search as chips, and menus that narrow it further."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from casefile.access.queries import OfficerRow
from casefile.search.hits import GROUPS, Narrowing, Results
from casefile.sections import SECTIONS
from casefile.standards import Library
from ui.widgets.dialogs import Ask, Field
from ui.widgets.flow import Flow
from ui.widgets.menu import Act, MenuButton
from ui.widgets.parts import PushButton, button, column, restyle


class NarrowBar(QWidget):
    """What narrows a search.

    Signals:
        changed: Other kinds are wanted, or older versions too.
        added: Words to be put at the end of the line.
        removed: A part of the line to be taken out.
    """

    changed = Signal()
    added = Signal(str)
    removed = Signal(str)

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.officers: Sequence[OfficerRow] = ()
        body = column(self, margins=(20, 0, 16, 8), gap=6)
        line = Flow(gap=6)
        body.addLayout(line)
        self.kinds: dict[str, PushButton] = {}
        for kind, title in GROUPS.items():
            made = PushButton(title)
            made.setCheckable(True)
            made.setObjectName("toggle")
            made.setAutoDefault(False)
            made.clicked.connect(lambda _: self.changed.emit())
            line.addWidget(made)
            self.kinds[kind] = made
        self.older = QCheckBox("Older versions too")
        self.older.setToolTip("Also versions of records that were amended since")
        self.older.clicked.connect(lambda _: self.changed.emit())
        line.addWidget(self.older)
        agency = library.codes("agency")
        sections = sorted((one.title, key) for key, one in SECTIONS.items())
        for title, acts in (
            ("Section", lambda: [self._act(name, f"section:{key}") for name, key in sections]),
            ("Agency", lambda: [self._act(one.label, f"agency:{one.code}") for one in agency.codes]),
            ("Written by", lambda: [self._act(one.shown, f"by:{quoted(one.name)}") for one in self.officers]),
            (
                "File status",
                lambda: [self._act(one.capitalize(), f"status:{one}") for one in ("open", "closed")],
            ),
        ):
            line.addWidget(MenuButton(title, acts, hint=f"Narrow the search: {title.lower()}"))
        line.addWidget(button("Dates …", self.ask_dates, hint="Narrow the search to days"))
        self.chips = Flow(gap=6)
        body.addLayout(self.chips)

    def wanted(self) -> tuple[str, ...]:
        """The kinds that are switched on; none means all."""
        return tuple(kind for kind, one in self.kinds.items() if one.isChecked())

    def choose(self, kinds: Sequence[str], *, older: bool) -> None:
        """Switch as a kept search has it."""
        for kind, one in self.kinds.items():
            one.setChecked(kind in kinds)
        self.older.setChecked(older)

    def show_found(self, results: Results) -> None:
        """Say how many of each kind there are, and what narrows the search."""
        for kind, one in self.kinds.items():
            group = next((found for found in results.groups if found.kind == kind), None)
            one.setText(f"{GROUPS[kind]} {group.counted}" if group else GROUPS[kind])
            one.setAccessibleName(f"Only {GROUPS[kind].lower()}{f': {group.counted} found' if group else ''}")
            restyle(one)
        self.chips.clear()
        for narrowing in results.narrowings:
            self.chips.addWidget(self._chip(narrowing))

    def ask_dates(self) -> None:
        """Ask for the days."""
        ask = Ask(
            "Narrow to days",
            "Records, documents and tasks from a day on, or before a day. Either may stay empty.",
            (Field("after", "From"), Field("before", "Before")),
            "Narrow the search",
            self,
        )

        def given(values: dict[str, str]) -> None:
            ask.accept()
            said = [f"{name}:{quoted(value.strip())}" for name, value in values.items() if value.strip()]
            if said:
                self.added.emit(" ".join(said))

        ask.given.connect(given)
        ask.open()

    def _act(self, title: str, typed: str) -> Act:
        return title, lambda: self.added.emit(typed), ""

    def _chip(self, narrowing: Narrowing) -> PushButton:
        made = button(f"{narrowing.said}  ✕", self._taking_out(narrowing.typed), name="chip-button")
        made.setAccessibleName(f"Only {narrowing.said}: take this out")
        made.setToolTip(f"Take {narrowing.typed} out of the search")
        return made  # type: ignore[return-value]

    def _taking_out(self, typed: str) -> Callable[[], object]:
        return lambda: self.removed.emit(typed)


def quoted(value: str) -> str:
    """A value as it stands behind a colon."""
    return f'"{value}"' if " " in value else value


def without(line: str, typed: str) -> str:
    """A line without one of its parts, however it was spaced and quoted."""
    bare = typed.replace('"', "").casefold()
    for part in (typed, typed.replace('"', "")):
        place = line.casefold().find(part.casefold())
        if place >= 0:
            return " ".join(f"{line[:place]} {line[place + len(part) :]}".split())
    name, _, value = bare.partition(":")
    kept = [one for one in line.split() if not one.casefold().startswith(f"{name}:{value}")]
    return " ".join(kept)
