"""Police dissent at a conference: signing it offers a challenge, which is written, signed and seen beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.files.actions.drafts import start_draft
from casefile.files.actions.files import open_file
from tests.journeys.conftest import Picture
from tests.journeys.test_first_run_to_printed_file import Hands
from tests.journeys.test_keeping_a_file import PASSWORD, the_ask
from ui.app import start
from ui.files.entry_card import EntryCard
from ui.pictures import settle
from ui.record.printing import PrintReport
from ui.shell.window import Window
from ui.supervision.challenges import ChallengesScreen
from ui.widgets.document_view import PdfView

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def docket(window: Window, tmp_path: Path) -> Any:
    """A file with a conference in draft at which police dissented."""
    opened = opening.create(tmp_path / "store", "otter kettle lamp", keychain=False)
    opened.first_administrator("Hale", PASSWORD)
    opened.desk.do(add_officer, NewOfficer("Marsh", "constable", PASSWORD))
    opened.desk.sign_in("Marsh", PASSWORD)
    desk = opened.desk
    file_id = desk.do(open_file).result
    day = desk.now().date().isoformat()
    values = {
        "happened_on": day, "known_on": day, "kind": "initial", "outcome": "plan", "category": "PHY",
        "position": "dissent", "dissent": "DS Okafor: the child should not go home.",
    }  # fmt: skip
    draft = desk.do(start_draft, file_id, "conference", values=values).result
    start(window, opened=opened, sign_in=("Marsh", PASSWORD))
    settle(window)
    window.go("files", (file_id, None, None, draft.id, "conference"))
    settle(window)
    return window.pages.currentWidget().docket  # type: ignore[attr-defined]


def words_on(docket: Any) -> list[str]:
    cards = docket.findChildren(EntryCard)
    return [one.text() for card in cards for one in card.findChildren(QPushButton) if one.isVisible()]


def test_a_dissent_becomes_a_challenge(window: Window, docket: Any, qtbot: QtBot, picture: Picture) -> None:
    docket.records.form.sign()
    settle(window)
    ask = the_ask()
    assert ask.windowTitle() == "Police dissented: open a challenge?"
    picture("offer")
    ask.verb.click()
    settle(window)
    form = docket.records.form
    assert docket.divider == "challenge"
    assert form.form.editors["disagreement"].value() == "DS Okafor: the child should not go home."
    form.form.editors["asked_for"].set_value("A place of safety tonight.")
    form.form.groups["stages"].rows[0].editors["counterpart"].set_value("J. Amos, team manager")
    form.form.changed.emit()
    picture("form")
    form.sign()
    settle(window)
    assert docket.records.form is None
    assert any(one.timescale == "ESC-1" for one in docket._docket.owed)
    picture("signed")
    docket.go_to("conferences")
    settle(window)
    assert "See the challenge" in words_on(docket)
    picture("conference")
    docket.findChild(EntryCard)._challenge(docket.records._page.challenges[0], may=True).click()
    settle(window)
    from_the_register(window, qtbot, picture)


def from_the_register(window: Window, qtbot: QtBot, picture: Picture) -> None:
    """The challenge stands in the register; Enter opens its record, Ctrl+P shows the register as it prints."""
    hands = Hands(qtbot, window)
    hands.press("Ctrl+8")
    register = window.pages.currentWidget()
    assert isinstance(register, ChallengesScreen)
    assert [item.data.counterpart for item in register.list.items()] == ["J. Amos, team manager"]
    said = [one.text() for one in register.findChildren(QLabel)]
    assert "How the child is safe meanwhile" in said
    assert "What we asked for" in said
    picture("register")
    hands.press("Ctrl+P")
    pages = next(
        one for one in QApplication.topLevelWidgets() if isinstance(one, PrintReport) and one.isVisible()
    )
    assert pages.findChildren(PdfView)
    qtbot.keyClick(pages, Qt.Key.Key_Escape)
    hands.press("Alt+1")
    hands.press("Return")
    assert window.pages.currentWidget().docket.divider == "challenge"  # type: ignore[attr-defined]


def test_a_dissent_may_be_left_and_challenged_later(window: Window, docket: Any) -> None:
    docket.records.form.sign()
    settle(window)
    the_ask().reject()
    settle(window)
    assert "Challenge this" in words_on(docket)
