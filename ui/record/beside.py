"""Two words for one field, side by side with the difference marked, until somebody says which is to stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from casefile.record.described import Description, FieldSpec, GroupSpec
from casefile.record.drafting import Beside, FormState
from casefile.record.merging import can_join, doubt_of, fields_of, is_doubted, joined
from ui.record.saving import Saving
from ui.widgets.choice import Around
from ui.widgets.difference import Marked
from ui.widgets.flow import Flow
from ui.widgets.parts import button, card, clear, column, keys, label, readable, row
from ui.widgets.words import moment_words, row_words, value_words


class BesideView(QWidget):
    """What lies beside the fields of one form: first what waits for a decision, then what was set aside before."""

    def __init__(self, saving: Saving, description: Description, around: Around, me: UUID | None) -> None:
        super().__init__()
        self._saving, self._description, self._around, self._me = saving, description, around, me
        body = column(self, gap=10)
        self._open, self._past = column(gap=10), column(gap=4)
        body.addLayout(self._open)
        self._turn = button("", self._show_past, name="link")
        body.addWidget(self._turn, 0, Qt.AlignmentFlag.AlignLeft)
        body.addLayout(self._past)
        self._shown: tuple[Any, ...] = ()
        self._aside: tuple[Beside, ...] = ()
        self.first: QWidget | None = None
        saving.stood.connect(self.show_state)
        self.hide()
        if saving.state is not None:
            self.show_state(saving.state)

    def show_state(self, state: FormState) -> None:
        """Show what waits and what was set aside; what is shown already stays as it is."""
        fields = fields_of(state.values)
        waiting = [(one, fields.get(one.field)) for one in state.waiting]
        aside = tuple(one for one in state.beside if not one.waits)
        if (*waiting, *aside) != self._shown:
            self._shown, self._aside, self.first = (*waiting, *aside), aside, None
            clear(self._open)
            clear(self._past)
            for one, stands in waiting:
                self._open.addWidget(self._pair(one, stands, state.hands.get(one.field, "")))
            self._turn.setText(f"Words set aside  {len(aside)}")
            self._turn.setVisible(bool(aside))
        self.setVisible(bool(waiting or aside))

    def begin(self) -> None:
        """Put the keyboard on the first decision."""
        if self.first is not None:
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pair(self, one: Beside, stands: Any, by: str) -> QWidget:
        mine = one.by_id == self._me
        who = "You" if mine else one.by or "Somebody else"
        frame = card()
        frame.setProperty("tone", "late")
        body = column(frame, margins=12, gap=8)
        body.addWidget(label(f"◆ {self._label(one.field)}: two versions stand", "strong", wrap=True))
        sides = column(gap=10) if self._around.short else row(gap=14)
        theirs, yours = self._words(one.field, stands), self._words(one.field, one.value)
        for title, words, other in (
            (f"{by or 'Somebody else'} wrote, and it stands in the draft", theirs, yours),
            (f"{who} wrote, {moment_words(one.at)}", yours, theirs),
        ):
            side = column(gap=4)
            side.addWidget(label(title, "small", wrap=True))
            shown = Marked(words or "Nothing", other)
            shown.setAccessibleName(f"{title}: {words or 'nothing'}")
            side.addWidget(shown)
            side.addStretch(1)
            sides.addLayout(side, 1)
        body.addLayout(sides)
        foot = Flow(gap=8, right=True)
        for words, value in self._choices(one, stands, mine=mine):
            made = button(words, self._decide(one, value), name="primary" if self.first is None else "")
            made.setAccessibleName(f"{words}: {self._label(one.field)}")
            self.first = self.first or made
            foot.addWidget(made)
        body.addLayout(foot)
        for keys_, place in (("Alt+M", 0), ("Alt+T", 1), ("Alt+B", 2)):
            if place < foot.count():
                keys(frame, keys_, lambda at=place: self._press(foot, at))
        return frame

    def _press(self, foot: Flow, place: int) -> None:
        item = foot.itemAt(place)
        made: Any = item.widget() if item is not None else None
        if made is not None:
            made.click()

    def _choices(self, one: Beside, stands: Any, *, mine: bool) -> Sequence[tuple[str, Any]]:
        found = [("Take mine" if mine else f"Take {one.by}’s", one.value), ("Leave what stands", stands)]
        if can_join(stands, one.value):
            found.append(("Keep both", joined(stands, one.value)))
        return found

    def _decide(self, one: Beside, value: Any) -> Callable[[], None]:
        return lambda: self._saving.settle(one, value)

    def _show_past(self) -> None:
        """What was set aside, word for word; pressed again, nothing."""
        if self._past.count():
            clear(self._past)
            return
        for one in self._aside:
            words = self._words(one.field, one.value) or "Nothing"
            head = f"{self._label(one.field)}, {one.by}, {moment_words(one.at)}"
            self._past.addWidget(label(head, "small", wrap=True))
            self._past.addWidget(readable(words))

    def _spec(self, key: str) -> FieldSpec | GroupSpec | None:
        named = (*self._description.fields, *self._description.groups)
        return next((one for one in named if one.key == key), None)

    def _label(self, key: str) -> str:
        spec = self._spec(key)
        return spec.label if spec is not None else key

    def _words(self, key: str, value: Any) -> str:
        """A value as people read it; rows of a group, a line each."""
        spec = self._spec(key)
        if is_doubted(value):
            doubt = doubt_of(value)
            return f"As stated by the source: {doubt.get('stated', '')}. {doubt.get('why', '')}".strip()
        if isinstance(spec, GroupSpec):
            rows: Sequence[Any] = value or ()
            return "\n".join(
                "– " + " · ".join(w for w in row_words(spec.fields, each, self._around) if w) for each in rows
            )
        if spec is None:
            return "" if value is None else str(value)
        return value_words(spec, value, self._around)
