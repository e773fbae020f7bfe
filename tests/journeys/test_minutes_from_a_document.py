"""Minutes from the document to the signed record, by keyboard, with the document beside the form."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.files.actions.files import open_file
from casefile.files.actions.people import add_person
from tests.journeys.conftest import Picture
from tests.journeys.test_first_run_to_printed_file import Hands
from ui.app import start
from ui.files.brought import Brought
from ui.pictures import settle
from ui.shell.window import Window

PASSWORD = "plum river stone"
DOCUMENTS = Path(__file__).parents[1] / "data" / "documents"
pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def docket(window: Window, qtbot: QtBot, tmp_path: Path) -> Any:
    """The documents page of a file of one child whom the minutes name."""
    opened = opening.create(tmp_path / "store", "otter kettle lamp", keychain=False)
    opened.first_administrator("Hale", PASSWORD)
    opened.desk.do(add_officer, NewOfficer("Marsh", "constable", PASSWORD, number="4471"))
    opened.desk.sign_in("Marsh", PASSWORD)
    file_id = opened.desk.do(open_file).result
    name = {"kind": "legal", "given": "Tamsin", "family": "Hartley-Voss"}
    opened.desk.do(add_person, file_id, {"name": name, "involvement": {"role": "subject"}})
    start(window, opened=opened, sign_in=("Marsh", PASSWORD))
    settle(window)
    with qtbot.waitActive(window):
        window.activateWindow()
    window.go("files", (file_id, "documents"))
    settle(window)
    return window.pages.currentWidget().docket  # type: ignore[attr-defined]


def told(docket: Any) -> Brought:
    return docket.middle.documents.findChildren(Brought)[-1]


def test_minutes_are_compared_confirmed_and_signed(
    qtbot: QtBot, window: Window, docket: Any, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = Hands(qtbot, window)
    minutes = DOCUMENTS / "minutes-by-outlook.msg"
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(minutes)], ""))
    hands.press("Alt+2")
    hands.press("Ctrl+N")
    said = told(docket).said.toPlainText()
    assert "initial child protection conference held on 12 March 2026; 10 people and 5 actions" in said
    assert [one.name for one in docket.middle.documents.table.rows.rows] == [
        "minutes-by-outlook.msg",
        "Minutes ICPC Hartley-Voss.docx",
        "RE: draft minutes.eml",
    ]
    picture("read-and-found")

    hands.press("Space")
    settle(window)
    form, source = docket.records.form, docket.middle.comparing.source
    assert form is not None
    assert (docket.divider, source.isVisible(), docket.right.isVisible()) == ("minutes", True, False)
    assert "Moira Pettifer\tSocial worker" in source.text.toPlainText()
    form.form.editors["happened_on"].inner().setFocus()
    settle(window)
    assert source.said.text() == "Read from line 6: Date of conference: Thursday 12 March 2026 at 10.00 am"
    (mark,) = source.text.extraSelections()
    assert mark.cursor.selectedText() == "Date of conference: Thursday 12 March 2026 at 10.00 am"
    picture("compare-with-the-document")
    form.form.groups["actions"].rows[1].editors["what"].inner().setFocus()
    settle(window)
    assert "Core assessment to be completed" in source.said.text()
    picture("compare-an-action")

    hands.press("Ctrl+Return")
    settle(window)
    assert docket.records.form is None
    assert not source.isVisible()
    assert docket.right.isVisible()
    signed = docket.records._shown()
    assert (signed.section, signed.origin) == ("minutes", "Minutes ICPC Hartley-Voss.docx")
    assert len(signed.rows("actions")) == 5
    picture("signed")


def test_the_meeting_is_recorded_from_the_same_document(
    window: Window, docket: Any, picture: Picture
) -> None:
    documents = docket.middle.documents
    documents.add_paths([DOCUMENTS / "strategy-discussion.docx"])
    settle(window)
    first, second = told(docket).buttons
    assert (first.text(), second.text()) == ("Confirm the minutes", "Record the strategy discussion")
    second.click()
    settle(window)
    assert docket.divider == "strategy"
    state = docket.records.form.form.state()
    assert (state["mode"], state["outcome"], state["s47_kind"]) == ("telephone", "s47", "joint")
    assert docket.middle.comparing.source.isVisible()
    picture("strategy-from-its-record")
    docket.go_to("documents")
    settle(window)
    assert docket.right.isVisible()
    docket.go_to("strategy")
    settle(window)
    assert not docket.right.isVisible()
    window.context.theme.set_scale(2.0)  # type: ignore[union-attr]
    docket.records.write_draft(docket.records._page.drafts[0])
    settle(window)
    assert docket.middle.comparing.orientation() is Qt.Orientation.Vertical
    picture("strategy-at-200-per-cent")
    window.context.theme.set_scale(1.0)  # type: ignore[union-attr]


def test_a_day_that_cannot_be_stands_as_stated_in_the_form(
    window: Window, docket: Any, tmp_path: Path
) -> None:
    paper = tmp_path / "minutes.txt"
    paper.write_text(
        "Minutes of core group\nHeld on: 29 February 2009\nPresent: Jo Ward (Social Worker); PC Hale\n"
    )
    docket.middle.documents.add_paths([paper])
    settle(window)
    told(docket).buttons[0].click()
    settle(window)
    under = docket.records.form.form._under["happened_on"]
    assert (
        "As stated by the source: 29 February 2009"
        in under.findChildren(type(under._line.itemAt(0).widget()))[0].text()
    )


def test_a_report_is_filed_and_said_to_be_no_minutes(window: Window, docket: Any) -> None:
    documents = docket.middle.documents
    documents.add_paths([DOCUMENTS / "report-2009.txt", tmp := Path("/nowhere/there.docx")])
    settle(window)
    card = told(docket)
    assert "It is not minutes: it calls itself a report." in card.said.toPlainText()
    assert f"{tmp.name}: " in card.said.toPlainText()
    assert card.buttons == []
    documents._open(documents.table.rows.rows[0])
    settle(window)
    documents._record(documents.table.rows.rows[0].id, "minutes")
    settle(window)
    assert docket.records.form.form.source is not None


def test_what_is_dropped_on_the_page_is_added(window: Window, docket: Any) -> None:
    documents = docket.middle.documents
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(DOCUMENTS / "core-group.odt"))])
    none, copy = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    documents.dropEvent(QDropEvent(QPointF(9, 9), copy, held, Qt.MouseButton.LeftButton, none))
    settle(window)
    assert "core group held on 6 May 2026" in told(docket).said.toPlainText()


def test_adding_can_be_stopped_and_files_nothing(window: Window, docket: Any, tmp_path: Path) -> None:
    copies = [
        shutil.copy(DOCUMENTS / "minutes-review-conference.pdf", tmp_path / f"{n}.pdf") for n in range(30)
    ]
    documents = docket.middle.documents
    documents.add_paths([Path(one) for one in copies])
    documents._busy.itemAt(0).widget().stop.click()
    settle(window)
    assert "stopped; nothing of it was filed" in told(docket).said.toPlainText()
    assert QApplication.activeModalWidget() is None
