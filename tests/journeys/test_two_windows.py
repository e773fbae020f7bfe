"""Two real windows on one server: what one signs stands in the other's queue, one draft is written in both, a clash is
decided side by side. Keys are counted and told in the user guide.

The counts stand in ``docs/journeys/working-together.md``; ``CASEFILE_WRITE_DOCS=1`` writes them anew.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backends.null import Keyring
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from casefile.files.actions.entries import record_entry
from tests.journeys.two_windows import (
    Pair,
    a_file,
    docket,
    embedded,
    form,
    open_window,
    said,
    shared,
)

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)
PAGE = Path(__file__).resolve().parents[2] / "docs" / "journeys" / "working-together.md"
RISK = {"trigger": "first", "level": "high", "rationale": "A lodger with convictions moved in."}


@pytest.fixture(params=["shared", "embedded"])
def pair(
    request: pytest.FixtureRequest,
    qtbot: QtBot,
    qapp: QApplication,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Generator[Pair]:
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    pictures = Path(os.environ.get("CASEFILE_SHOTS") or tmp_path / "pictures")
    pictures.mkdir(parents=True, exist_ok=True)
    stores = ExitStack()
    opener = (
        embedded(tmp_path)
        if request.param == "embedded"
        else shared(request.getfixturevalue("postgres"), tmp_path, stores)
    )
    first, second = opener(), opener()
    file_id = a_file(first)
    okafor = open_window(qapp, first, "Okafor", tmp_path)
    marsh = open_window(qapp, second, "Marsh", tmp_path)
    yield Pair(okafor, marsh, file_id, pictures, qtbot)
    for one in (marsh, okafor):
        one.close()
        one.deleteLater()
        QApplication.sendPostedEvents(one, QEvent.Type.DeferredDelete)
    stores.close()
    keyring.set_keyring(before)


class Keys:
    """Presses keys in one window, and counts them."""

    def __init__(self) -> None:
        self.pressed = 0

    def press(
        self, at: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        self.pressed += 1
        at.window().activateWindow()
        assert QTest.qWaitForWindowActive(at.window())
        QTest.keyClick(at, key, modifier)
        QApplication.processEvents()


def prose(one: Any, key: str) -> QPlainTextEdit:
    """The field of a form that takes prose."""
    inner = one.form.editors[key].inner()
    assert isinstance(inner, QPlainTextEdit)
    return inner


def types(field: QPlainTextEdit, words: str) -> None:
    field.window().activateWindow()
    field.setFocus()
    QTest.keyClicks(field, words)


def test_one_file_in_two_windows(pair: Pair) -> None:
    keys = Keys()
    okafor, marsh, file_id = pair.okafor, pair.marsh, pair.file_id
    # What one signs stands in the other's queue.
    okafor.go("review")
    pair.settle()
    queue: Any = okafor.pages.currentWidget()
    before = [one.why for one in queue.queue.items()]
    desk = marsh.context.desk  # type: ignore[union-attr]
    today = desk.now().date()
    day, review = today.isoformat(), (today + timedelta(days=5)).isoformat()
    risk = {**RISK, "happened_on": day, "known_on": day, "review_on": review}
    desk.do(record_entry, file_id, "risk", risk)
    pair.until(lambda: [one.why for one in queue.queue.items()] != before)
    pair.keep("1-queue")
    # One draft, begun by the constable and opened by the sergeant.
    for window in (marsh, okafor):
        window.go("files", (file_id, "strategy"))
        pair.settle()
    marsh.activateWindow()
    docket(marsh).dividers.setFocus()
    keys.press(docket(marsh).dividers, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    pair.until(lambda: docket(marsh).records.form is not None)
    mine = form(marsh)
    docket(okafor).seek("strategy")
    pair.settle()
    records = docket(okafor).records.records
    assert [one.why.split(",")[0] for one in records.items() if one.mark == "Draft"] == ["DC 4471 Marsh"]
    records.choose_first()
    keys.press(records, Qt.Key.Key_Return)
    pair.settle()
    theirs = form(okafor)
    assert theirs.draft_id == mine.draft_id
    # Who is here is shown.
    types(prose(mine, "shared"), "The school rang.")
    pair.until(lambda: "DC 4471 Marsh is writing here" in said(theirs))
    # What lies apart merges; the caret of whoever types stays where it is.
    pair.until(lambda: prose(theirs, "shared").toPlainText() == "The school rang.")
    types(prose(theirs, "risk_now"), "The lodger is known.")
    caret = prose(mine, "shared")
    caret.setFocus()
    at = caret.textCursor().position()
    pair.until(lambda: prose(mine, "risk_now").toPlainText() == "The lodger is known.")
    assert caret.textCursor().position() == at
    assert "DS 5163 Okafor wrote" in said(mine)
    pair.keep("2-merged")
    # Both write at the end of the same text: both stand side by side.
    types(prose(theirs, "shared"), " The dog barked.")
    types(prose(mine, "shared"), " The father shouted.")
    mine.keep()
    pair.until(lambda: bool(theirs.saving.waiting))
    assert "two versions stand" in said(theirs)
    pair.until(lambda: bool(mine.saving.waiting))
    pair.keep("3-clash")
    # The sergeant keeps both, by keyboard.
    keys.press(prose(theirs, "shared"), Qt.Key.Key_F6)
    assert isinstance(QApplication.focusWidget(), QPushButton)
    keys.press(QApplication.focusWidget() or theirs, Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
    both = {"The school rang. The father shouted.", "The school rang. The dog barked."}
    pair.until(lambda: set(prose(theirs, "shared").toPlainText().splitlines()) == both)
    pair.until(lambda: set(prose(mine, "shared").toPlainText().splitlines()) == both)
    assert not mine.saving.waiting
    pair.keep("4-both")
    _write(keys.pressed)


def _write(pressed: int) -> None:
    page = f"""# One file in two windows

Walked by `tests/journeys/test_two_windows.py` in two real windows, on a PostgreSQL server and on one encrypted store.

- A high risk signed by the constable stands in the sergeant’s queue within a second, and the file in hand stays in hand.
- The sergeant opens the constable’s draft behind its divider with Enter; both see who is writing.
- Words in different fields come in by themselves; the caret does not move.
- Both write at the end of the same text: F6 leads to the two versions, Alt+B keeps both.
- {pressed} keys beside the words themselves.
"""
    if os.environ.get("CASEFILE_WRITE_DOCS"):
        PAGE.write_text(page, "utf-8")
    assert PAGE.read_text("utf-8") == page
