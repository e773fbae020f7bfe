"""What can be done with the files ticked, or with the one chosen where none is: only what this officer may do now."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from casefile.access.queries import OfficerRow
from casefile.handover.rows import ItemRow
from ui.handover.acts import Acts
from ui.shell.context import Context
from ui.widgets.choice import Choice
from ui.widgets.fields.picks import PickOne
from ui.widgets.flow import Flow
from ui.widgets.parts import button, label, row, scaled


class Tools(QWidget):
    """The line of buttons.

    Signals:
        spreads: The files are to be spread over several receivers.
    """

    spreads = Signal()

    def __init__(self, context: Context, acts: Acts) -> None:
        super().__init__()
        self._context, self._acts = context, acts
        self._meant: Sequence[ItemRow] = ()
        self._line = Flow(self, gap=8)
        self._said = label("", "quiet")
        self._giving = QWidget()
        giving = row(self._giving)
        self.receiver = PickOne((), "Receiver: type to find")
        self.receiver.call("Receiver of the files", "Who receives the files ticked (Alt+4)")
        self.receiver.box.setMinimumWidth(scaled(190))
        self.receiver.box.line.returnPressed.connect(self.give)
        giving.addWidget(self.receiver)
        giving.addWidget(button("Choose", self.give, hint="Give the files to this receiver (Enter)"))
        self.spread = button(
            "Spread …", self.ask_spread, hint="Suggest receivers by workload, with a reason for each (Alt+S)"
        )
        self.send = button("Send", lambda: acts.send(self._meant), name="primary", hint="Ctrl+Enter")
        self.accept = button("Accept", lambda: acts.accept(self._meant), name="primary", hint="Ctrl+Enter")
        self.back = button("Take back …", lambda: acts.ask_take_back(self._meant), hint="Alt+T")
        self.exception = button("Exception …", lambda: acts.ask_exception(self._meant), hint="Alt+E")
        for one in (self._said, self._giving, self.spread, self.send, self.accept, self.back, self.exception):
            self._line.addWidget(one)
        self.hide()

    def show_officers(self, officers: Sequence[OfficerRow]) -> None:
        """Offer these as receivers."""
        self._acts.officers = tuple(officers)
        held = self.receiver.value()
        self.receiver.offer(self._acts.keepers())
        self.receiver.set_value(held)

    def show_rows(self, rows: Sequence[ItemRow], meant: Sequence[ItemRow], ticked: int) -> None:
        """Show what can be done: buttons stand where any file of the table allows them, and say how many are meant."""
        self._meant, acts = meant, self._acts
        self._said.setText(f"{ticked:,} ticked" if ticked else "Space ticks, Ctrl+A all")
        giving = bool(acts.to_send(rows))
        self._giving.setVisible(giving)
        self.spread.setVisible(giving)
        self._say(self.send, "Send", len(acts.to_send(meant)), shown=giving)
        self._say(self.accept, "Accept", len(acts.to_answer(meant)), shown=bool(acts.to_answer(rows)))
        self._say(
            self.back,
            "Take back",
            len(acts.to_take_back(meant)),
            shown=bool(acts.to_take_back(rows)),
            asks=True,
        )
        excepts = [one for one in acts.to_except(rows) if not one.settled]
        self._say(self.exception, "Exception for", len(acts.to_except(meant)), shown=bool(excepts), asks=True)
        some = (self._giving, self.accept, self.back, self.exception)
        self.setVisible(any(not one.isHidden() for one in some))
        self._line.invalidate()

    def begin(self) -> None:
        """Put the keyboard on the receiver."""
        if self._giving.isVisible():
            self.receiver.setFocus()
            self.receiver.box.line.selectAll()

    def ask_spread(self) -> None:
        """Ask for a suggestion, where any file is still to be sent."""
        if not self.spread.isHidden():
            self.spreads.emit()

    def give(self) -> None:
        """Choose the receiver picked for the files meant."""
        typed = str(self.receiver.value() or "")
        fits = [one for one in self._acts.keepers() if typed and (one.key == typed or _fits(one, typed))]
        if len(fits) != 1:
            said = "Several officers fit: type more of the name." if fits else "Type who receives the files."
            self._acts.said.emit(said)
            return
        self.receiver.set_value(fits[0].key)
        self._acts.choose(self._meant, UUID(fits[0].key))

    def _say(self, made: QPushButton, verb: str, count: int, *, shown: bool, asks: bool = False) -> None:
        made.setVisible(shown)
        made.setEnabled(count > 0)
        made.setText(f"{verb} {count:,}{' …' if asks else ''}")
        made.setAccessibleName(f"{verb} {count:,} {'file' if count == 1 else 'files'}")


def _fits(one: Choice, typed: str) -> bool:
    return typed.casefold() in one.label.casefold()
