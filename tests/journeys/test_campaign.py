"""After a death: a sergeant begins a re-review, the reviewer finds the file in My work and answers, the result prints."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.access.queries import officers
from casefile.files.actions.files import allocate, open_file
from casefile.files.actions.people import add_person
from casefile.opening import OpenStore
from tests.journeys.conftest import Picture
from tests.journeys.test_keeping_a_file import PASSWORD, the_ask
from ui.app import start
from ui.pictures import settle
from ui.record.printing import PrintReport
from ui.shell.window import Window
from ui.supervision.campaigns import CampaignsScreen
from ui.work.screen import WorkScreen

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def opened(tmp_path: Path) -> OpenStore:
    """Two files, one of them of DC Marsh."""
    opened = opening.create(tmp_path / "store", "otter kettle lamp", keychain=False)
    opened.first_administrator("Hale", PASSWORD)
    opened.desk.do(add_officer, NewOfficer("Okafor", "sergeant", PASSWORD))
    opened.desk.do(add_officer, NewOfficer("Marsh", "constable", PASSWORD))
    opened.desk.sign_in("Okafor", PASSWORD)
    desk = opened.desk
    marsh = next(one for one in desk.read(officers) if one.name == "Marsh")
    for reference in ("F-1", "F-2"):
        file_id = desk.do(open_file, reference).result
        name = {"kind": "legal", "given": "Wren", "family": f"Ashdown{reference[-1]}"}
        desk.do(add_person, file_id, {"name": name, "involvement": {"role": "subject"}})
        if reference == "F-1":
            desk.do(allocate, file_id, "officer", marsh.id)
    desk.sign_out()
    return opened


def screen(window: Window) -> Any:
    return window.pages.currentWidget()


def said(widget: Any) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def become(window: Window, opened: OpenStore, name: str) -> None:
    """Another officer sits down at the same machine."""
    window.lock()
    settle(window)
    opened.desk.sign_in(name, PASSWORD)
    window.gate.enter(opened, name)
    window.activateWindow()
    settle(window)


def begin(window: Window, qtbot: QtBot, picture: Picture) -> CampaignsScreen:
    """The sergeant fills in the form; what is missing is said under its field, and what fits is said before."""
    window.go("campaigns")
    settle(window)
    page = screen(window)
    assert isinstance(page, CampaignsScreen)
    assert "No campaign yet" in said(page)
    window.activateWindow()
    settle(window)
    qtbot.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    settle(window)
    form = page.forms.form
    assert form is not None
    form.send()
    settle(window)
    assert "to mend" in form.said.text()
    due = (page._context.today + timedelta(days=14)).isoformat()
    given = {
        "title": "After the death",
        "occasion": "death",
        "due_on": due,
        "why": "Look again.",
        "by": "officer",
    }
    for key, value in given.items():
        form.form.editors[key].set_value(value)
    questions = form.form.groups["questions"]
    for words, kind in (("Was the child seen alone?", "choice"), ("What would change your mind?", "text")):
        row = questions.add()
        row.editors["question"].set_value(words)
        row.editors["answer"].set_value(kind)
    form.form.changed.emit()
    page.forms.ask_fit(form)
    settle(window)
    assert "2 files fit." in page.forms.fits.text()
    picture("begin")
    form.close_form()
    settle(window)
    page.forms.begin()
    settle(window)
    assert page.forms.form is not None
    assert page.forms.form.form.state()["questions"][0]["question"] == "Was the child seen alone?"
    qtbot.keyClick(page.forms.form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(window)
    return page


def test_from_the_death_to_the_printed_result(
    window: Window, opened: OpenStore, qtbot: QtBot, picture: Picture, tmp_path: Path
) -> None:
    start(window, opened=opened, sign_in=("Okafor", PASSWORD))
    settle(window)
    page = begin(window, qtbot, picture)
    done = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox))
    assert "2 files are asked about" in done.text()
    done.accept()
    assert page.view.page is not None
    picture("begun")
    become(window, opened, "Marsh")
    answer_by_keys(window, qtbot, picture)
    become(window, opened, "Okafor")
    window.go("campaigns")
    settle(window)
    result(window, picture, tmp_path)


def answer_by_keys(window: Window, qtbot: QtBot, picture: Picture) -> None:
    """The constable finds the file in My work and answers."""
    window.go("work")
    settle(window)
    work = screen(window)
    assert isinstance(work, WorkScreen)
    owed = next(one for one in work.tasks.items() if one.why == "Re-review: After the death")
    assert owed.title == "ASHDOWN1  F-1"
    work.tasks.choose(owed.data)
    qtbot.keyClick(work.tasks, Qt.Key.Key_Return)
    settle(window)
    page = screen(window)
    assert isinstance(page, CampaignsScreen)
    assert not page._new.isVisible()
    form = page.forms.form
    assert form is not None
    form.form.editors["q1"].set_value("no")
    form.form.editors["q2"].set_value("A medical.")
    form.form.changed.emit()
    form.send()
    settle(window)
    assert "to mend" in form.said.text()
    picture("a comment is missing")
    form.form.editors["q1_comment"].set_value("Only at the door.")
    form.form.changed.emit()
    qtbot.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(window)
    assert page.forms.form is None
    assert page.view.page is not None
    assert page.view.page.row.answered == 1
    assert page.view.page.row.files == 1
    page.open_file(page.view.page.files[0])
    settle(window)
    assert "No. Only at the door." in said(page)
    picture("answered")
    window.go("work")
    settle(window)
    assert not [one for one in work.tasks.items() if one.why.startswith("Re-review")]


def result(window: Window, picture: Picture, tmp_path: Path) -> None:
    """The sergeant sees it ticked off, ends it and prints it."""
    page = screen(window)
    assert isinstance(page, CampaignsScreen)
    assert "1 of 2" in said(page.view)
    assert "No 1" in said(page.view)
    page.ask_end()
    ask = the_ask()
    ask.verb.click()
    settle(window)
    assert "Say what was found" in ask.said.text()
    ask.editors["findings"].set_value("Children are seen at the door.")
    ask.verb.click()
    settle(window)
    assert "Children are seen at the door." in said(page.view)
    page.print()
    settle(window)
    dialog = next(one for one in page.findChildren(PrintReport))
    dialog.ask_where()
    assert "Say for whom" in dialog.said.text()
    dialog.recipient.setText("the review panel")
    dialog.save_copy(tmp_path / "result.pdf")
    settle(window)
    picture("printed")
    assert (tmp_path / "result.pdf").read_bytes().startswith(b"%PDF")
    dialog.reject()
