"""From first run to a printed file, by keyboard alone, through the real window."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.journeys.conftest import Picture
from ui.app import start
from ui.files.printing import PrintDialog
from ui.pictures import settle
from ui.shell.firstrun import FirstRun
from ui.shell.window import Window
from ui.widgets.parts import MAY_BREAK

PASSWORD = "plum river stone"
CTRL = Qt.KeyboardModifier.ControlModifier

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


class Hands:
    """Somebody at the keyboard: types into whatever has it."""

    def __init__(self, qtbot: QtBot, window: Window) -> None:
        self._qtbot, self.window = qtbot, window
        self.strokes = 0

    def _front(self) -> QWidget:
        if QApplication.activeWindow() is None:  # what a desktop does when a dialog closes
            self.window.activateWindow()
            self._qtbot.waitUntil(lambda: QApplication.activeWindow() is not None)
        return QApplication.focusWidget() or QApplication.activeWindow() or self.window

    def type(self, text: str) -> None:
        self.strokes += len(text)
        self._qtbot.keyClicks(self._front(), text)

    def press(self, keys: str, times: int = 1) -> None:
        for _ in range(times):
            self.strokes += 1
            combined = QKeySequence(keys)[0]  # pyright: ignore[reportIndexIssue] (PySide6's stub forgets it)
            self._qtbot.keyClick(self._front(), combined.key(), combined.keyboardModifiers())
        settle(self.window)

    def fill(self, *texts: str) -> None:
        """Type each text, going on with Tab between them."""
        for place, text in enumerate(texts):
            if place:
                self.press("Tab")
            if text:
                self.type(text)


def the_dialog(window: Window) -> QWidget:
    found = [
        one
        for one in QApplication.topLevelWidgets()
        if one.isVisible() and one is not window and one.isWindow()
    ]
    assert found, "a dialog should be open"
    return found[-1]


def test_from_first_run_to_a_printed_file(
    qtbot: QtBot, window: Window, picture: Picture, tmp_path: Path
) -> None:
    hands = Hands(qtbot, window)
    with qtbot.waitActive(window):
        window.activateWindow()
    start(window, place=tmp_path / "store")
    settle(window)
    assistant = window.gate.currentWidget()
    assert isinstance(assistant, FirstRun)
    picture("welcome")
    hands.press("Return")
    assert assistant.place.isVisible()
    hands.press("Return")
    assert assistant.passphrase.isVisible(), "Enter on the button that has the keyboard presses it"
    words = assistant.passphrase.words.text()
    assert len(words.split()) >= 3
    hands.type(words)
    picture("recovery-passphrase")
    hands.press("Return")
    hands.fill("Hale", PASSWORD, PASSWORD)
    picture("first-administrator")
    hands.press("Return")
    assert window.context is not None
    assert window.context.desk.actor.role == "administrator"
    picture("administration")

    hands.press("Ctrl+N")
    hands.fill("Marsh", "Detective sergeant", "4471", "North", PASSWORD)
    picture("add-officer")
    hands.press("Return")
    settle(window)
    assert len(window.pages.currentWidget().table.rows.rows) == 2  # type: ignore[attr-defined]

    hands.press("Ctrl+L")
    settle(window)
    assert window.context is None
    picture("locked")
    page = window.gate.currentWidget()
    page.other.emit()  # type: ignore[attr-defined]
    settle(window)
    hands.fill("Marsh", PASSWORD)
    hands.press("Return")
    settle(window)
    assert window.context is not None
    picture("my-work")

    hands.press("Ctrl+2")
    hands.press("Ctrl+N")
    hands.press("Return")
    settle(window)
    files = window.pages.currentWidget()
    docket = files.docket  # type: ignore[attr-defined]
    assert docket is not None
    picture("new-file")

    hands.press("Ctrl+N")
    hands.fill("Subject child", "Amy", "Ashdown", "14 Mar 2019", "", "School")
    picture("add-child")
    hands.press("Return")
    settle(window)
    assert [one.name for one in docket._docket.people] == ["Amy Ashdown"]

    docket.go_to("contacts")
    settle(window)
    docket.records.setFocus()
    hands.press("Ctrl+N")
    settle(window)
    form = docket.records.form
    assert form is not None
    picture("form")
    form.form.set_state({**form.form.state(), "happened_on": "2026-11-02"})
    values = filled(form)
    form.form.set_state(values)
    form.form.changed.emit()
    form.form.begin()
    hands.press("Ctrl+Return")
    settle(window)
    assert docket.records.form is None, form._said.text()
    picture("signed")

    print_it(hands, window, picture, tmp_path / "copy.pdf")
    assert hands.strokes < 450


def print_it(hands: Hands, window: Window, picture: Picture, target: Path) -> None:
    """Choose, look, turn a page, say for whom, save and close: with keys alone."""
    hands.press("Ctrl+P")
    dialog = the_dialog(window)
    assert isinstance(dialog, PrintDialog)
    picture("print")
    assert dialog.view is not None
    whole = dialog.view.document.pageCount()
    hands.press("Ctrl+Return")
    assert "Say for whom" in dialog._said.text()
    hands.type("Review conference")
    hands.press("Tab")
    hands.press("Space")
    assert dialog.chosen() == ()
    hands.press("Tab")
    hands.press("Space")
    hands.press("Tab")
    hands.press("Space")
    assert dialog.chosen() == ("front_sheet", "child")
    hands.press("F5")
    assert 1 < dialog.view.document.pageCount() < whole
    hands.press("Ctrl+PgDown")
    assert dialog.view.view.pageNavigator().currentPage() == 1
    picture("print-two-dividers")

    seen = answer_with(hands, target)
    hands.press("Ctrl+Return")
    settle(window)
    assert seen == ["Save numbered copy"]
    copy = pypdfium2.PdfDocument(target.read_bytes())
    text = copy[0].get_textpage().get_text_range()
    copy.close()
    assert "Copy 1" in text
    picture("print-saved")
    said = " ".join(one.text() for one in dialog.findChildren(QLabel))
    assert str(target) in said.replace(MAY_BREAK, "")
    hands.press("Esc")
    assert not [
        one for one in QApplication.topLevelWidgets() if isinstance(one, PrintDialog) and one.isVisible()
    ]


def answer_with(hands: Hands, target: Path) -> list[str]:
    """Type a place into the dialog that asks where to save, once it is there; gives its title when it was."""
    seen: list[str] = []
    looking = QTimer(hands.window)

    def look() -> None:
        asking = QApplication.activeModalWidget()
        if isinstance(asking, QFileDialog):
            line = asking.findChild(QLineEdit, "fileNameEdit")
            assert line is not None
            if not seen:
                seen.append(asking.windowTitle())
                line.setFocus()
                line.selectAll()
                QTest.keyClicks(line, str(target))
            offers = QApplication.activePopupWidget()
            if offers is not None:  # names that complete what was typed would take the Return for themselves
                offers.close()
            QTest.keyClick(line, Qt.Key.Key_Return)
        elif seen:
            looking.stop()

    looking.timeout.connect(look)
    looking.start(20)
    return seen


def filled(form: object) -> dict[str, object]:
    """A form with every needed field given."""
    from casefile.record.described import FieldKind

    state = dict(form.form.state())  # type: ignore[attr-defined]
    codes = form._context.desk.standards.codes  # type: ignore[attr-defined]
    for spec in form.form.description.fields:  # type: ignore[attr-defined]
        if spec.needed and spec.key not in state:
            match spec.kind:
                case FieldKind.CODE:
                    state[spec.key] = codes(spec.codes).codes[0].code
                case FieldKind.CODES:
                    state[spec.key] = [codes(spec.codes).codes[0].code]
                case FieldKind.YES_NO:
                    state[spec.key] = True
                case FieldKind.DATE:
                    state[spec.key] = "2026-11-02"
                case _:
                    state[spec.key] = "as told"
    return state
