"""A sergeant clears ten files of the review queue by keyboard alone; every key is counted, and told in the user guide.

The counts stand in ``docs/journeys/sergeant.md``; ``CASEFILE_WRITE_DOCS=1`` writes them anew.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.access.queries import officers
from casefile.desk import Desk
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import allocate, open_file
from casefile.files.actions.people import add_person
from casefile.supervision.queue import review_queue
from tests.journeys.conftest import Picture
from tests.journeys.test_keeping_a_file import PASSWORD
from ui.app import start
from ui.pictures import settle
from ui.shell.window import Window
from ui.supervision.screen import ReviewScreen

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)
PAGE = Path(__file__).resolve().parents[2] / "docs" / "journeys" / "sergeant.md"
FILES = 10
FAMILIES = ("Ash", "Birch", "Cedar", "Damson", "Elder", "Fir", "Gorse", "Hazel", "Ivy", "Juniper")
NOTE = "Safe today, the plan moves. Risk stays as it is."


class Keys:
    """Presses keys where the focus is, and counts them."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self.pressed = 0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key."""
        self.pressed += 1
        QTest.keyClick(QApplication.focusWidget() or self._window, key, modifier)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        """Every letter is a key."""
        self.pressed += len(text)
        QTest.keyClicks(QApplication.focusWidget() or self._window, text)
        QApplication.processEvents()

    def tab_to(self, name: str) -> None:
        """Tab until the field of that name has the keyboard."""
        for _ in range(120):
            focus = QApplication.focusWidget()
            if focus is not None and focus.accessibleName().startswith(name):
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not come to {name}")


@pytest.fixture
def queue(window: Window, tmp_path: Path) -> tuple[ReviewScreen, Desk]:
    """Ten files of a sergeant, kept by a constable, none of them reviewed yet."""
    opened = opening.create(tmp_path / "store", "otter kettle lamp", keychain=False)
    opened.first_administrator("Hale", PASSWORD)
    for name, role in (("Marsh", "constable"), ("Okafor", "sergeant")):
        opened.desk.do(add_officer, NewOfficer(name, role, PASSWORD))
    by_name = {one.name: one.id for one in opened.desk.read(officers)}
    desk = opened.desk
    today = desk.now().date()
    began = today - timedelta(days=9)
    ids: list[Any] = []
    desk.sign_in("Marsh", PASSWORD)
    for family in FAMILIES:
        file_id = desk.do(open_file, None, began).result
        ids.append(file_id)
        name = {"kind": "legal", "given": "Robin", "family": family}
        desk.do(add_person, file_id, {"name": name, "involvement": {"role": "subject"}})
        day = {"happened_on": began.isoformat(), "known_on": began.isoformat()}
        risk = {"trigger": "first", "level": "standard", "rationale": "As seen."}
        desk.do(
            record_entry,
            file_id,
            "risk",
            {**day, **risk, "review_on": (today + timedelta(days=19)).isoformat()},
        )
    desk.sign_in("Okafor", PASSWORD)
    for file_id in ids:
        desk.do(allocate, file_id, "officer", by_name["Marsh"], began)
        desk.do(allocate, file_id, "supervisor", by_name["Okafor"], began)
    start(window, opened=opened, sign_in=("Okafor", PASSWORD))
    settle(window)
    screen = window.pages.currentWidget()
    assert screen is not None
    return screen, desk  # type: ignore[return-value]


def _fill(keys: Keys, screen: ReviewScreen, review_on: str) -> None:
    """Fill what signing needs and is empty; what the file knew stands there already."""
    form = screen.page.form
    assert form is not None
    state = form.form.state()
    steps: tuple[tuple[str, str, Callable[[], None]], ...] = (
        ("happened_on", "Reviewed on", lambda: keys.type("today")),
        ("kind", "Kind of review", lambda: keys.type("Initial review")),
        ("risk_right", "The level of risk is right: yes", lambda: keys.press(Qt.Key.Key_Space)),
        ("note", "Decision, with reasons", lambda: keys.type(NOTE)),
        ("review_on", "Next review by", lambda: keys.type(review_on)),
    )
    needed = {one.key for one in form.form.description.fields if one.needed}
    for key, name, act in steps:
        if key in needed and not state.get(key):
            keys.tab_to(name)
            act()


def test_ten_files_are_cleared_without_a_mouse(
    queue: tuple[ReviewScreen, Desk], window: Window, qtbot: QtBot, picture: Picture
) -> None:
    _, desk = queue
    keys = Keys(window)
    keys.press(Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    settle(window)
    screen = window.pages.currentWidget()
    assert isinstance(screen, ReviewScreen)
    assert desk.read(review_queue).total == FILES
    review_on = (desk.now().date() + timedelta(days=27)).isoformat()
    picture("queue")
    counts: list[int] = []
    for number in range(FILES):
        before = keys.pressed
        screen.show_chosen()  # the page comes up by itself after a rest of 150 ms
        settle(window)
        keys.press(Qt.Key.Key_Return)
        settle(window)
        assert screen.page.form is not None
        _fill(keys, screen, review_on)
        if number == 0:
            picture("note")
        keys.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        settle(window)
        left = desk.read(review_queue).total
        assert left == FILES - number - 1, f"file {number + 1} was not signed"
        counts.append(keys.pressed - before)
    picture("nothing-waits")
    assert isinstance(QApplication.focusWidget(), QPlainTextEdit) is False
    page = _page(counts, keys.pressed)
    if os.environ.get("CASEFILE_WRITE_DOCS"):
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(page, "utf-8")
    assert PAGE.read_text("utf-8") == page


def _page(counts: list[int], total: int) -> str:
    typed = len(NOTE)
    each = max(counts)
    return f"""# A sergeant clears ten files

Counted by `tests/journeys/test_a_sergeant_clears_ten_files.py` in the real window, with the keyboard alone.

- Ctrl+3 opens the review queue; Enter begins the note of the file that is chosen; Ctrl+Enter signs it and brings the next.
- What the file knows stands in the note already; Tab goes from field to field.
- {total} keys for {len(counts)} files: at most {each} a file, of which {typed} are the sergeant’s own words.
"""
