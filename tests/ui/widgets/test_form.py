"""A form takes in what is typed, keeps every word of it, and says under the field what cannot stand."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QScrollArea
from pytestqt.qtbot import QtBot

from casefile.errors import Fault
from casefile.record.described import Description, FieldKind, FieldSpec, GroupSpec
from casefile.standards import library
from ui.theme.theme import Theme
from ui.widgets.choice import Around, Choice
from ui.widgets.form import Form
from ui.widgets.page import scrolled
from ui.widgets.parts import readable

K = FieldKind
WHO = GroupSpec(
    "who",
    "Who attended",
    "Attendee",
    (FieldSpec("name", "Name", K.LINE, needed=True), FieldSpec("on", "On", K.DATE)),
)
ABOUT = Description(
    "strategy",
    "strategy",
    "Strategy discussion",
    "",
    (
        FieldSpec("happened_on", "Held on", K.DATE, needed=True),
        FieldSpec("happened_at", "Time", K.TIME),
        FieldSpec("mode", "How held", K.CODE, codes="strategy_mode"),
        FieldSpec("agencies", "Agencies", K.CODES, codes="agency"),
        FieldSpec("seen", "Child seen", K.YES_NO),
        FieldSpec("count", "Children", K.NUMBER),
        FieldSpec("concerns", "Concerns", K.PEOPLE),
        FieldSpec("by", "Checked by", K.OFFICER),
        FieldSpec("at", "Told at", K.MOMENT),
        FieldSpec("view", "Police view", K.PROSE),
    ),
    (WHO,),
)
PEOPLE = (Choice("p1", "Amy Ashdown"), Choice("p2", "Ben Ashdown"))


@pytest.fixture
def form(qtbot: QtBot, theme: Theme) -> Form:
    around = Around(date(2026, 11, 23), library().codes, PEOPLE, (Choice("o1", "DC 4471 Marsh"),))
    made = Form(ABOUT, around)
    qtbot.addWidget(made)
    made.show()
    return made


def test_what_is_kept_comes_back_as_it_was(form: Form) -> None:
    mode = library().codes("strategy_mode").codes[0].code
    agencies = [one.code for one in library().codes("agency").codes[:2]]
    state = {
        "happened_on": "2026-11-02",
        "happened_at": "14:02",
        "mode": mode,
        "agencies": agencies,
        "seen": False,
        "count": 3,
        "concerns": ["p2"],
        "by": "o1",
        "at": "2026-07-01T09:30:00+01:00",
        "view": "We asked.\nTwice.",
        "who": [{"name": "S Worker", "on": "2026-11-01"}],
    }
    form.set_state(state)
    assert form.state() == state


@pytest.mark.parametrize("typed", ["2 Nov 2026", "2/11/2026", "2.11.26", "2 November 2026", "2026-11-02"])
def test_british_dates_are_read_and_shown_in_full(form: Form, qtbot: QtBot, typed: str) -> None:
    line = form.editors["happened_on"].inner()
    qtbot.keyClicks(line, typed)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert form.state()["happened_on"] == "2026-11-02"
    assert line.text() == "2 November 2026"  # type: ignore[attr-defined]


def test_an_impossible_date_is_refused_and_can_be_kept_as_stated(form: Form, qtbot: QtBot) -> None:
    line = form.editors["happened_on"].inner()
    qtbot.keyClicks(line, "29 February 2009")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    under = form._under["happened_on"]
    assert under.said is not None
    assert "29 February 2009" in under.said.text()
    assert form.state()["happened_on"] == "29 February 2009"
    under.kept.emit("There is no such day.")
    state = form.state()
    assert "happened_on" not in state
    assert state["_doubts"]["happened_on"]["stated"] == "29 February 2009"
    form.set_state(state)
    assert form.state() == state
    under.undone.emit()
    assert form.state()["happened_on"] == "29 February 2009"


def test_faults_stand_under_their_fields_and_go_when_mended(form: Form, qtbot: QtBot) -> None:
    form.show_faults([Fault("by", "Say who checked."), Fault("who", "Add a row.")])
    assert form._under["by"].isVisible()
    form.editors["by"].set_value("o1")
    form.editors["by"].changed.emit()
    assert not form._under["by"].isVisible()


def test_rows_come_and_go_by_keyboard(form: Form, qtbot: QtBot) -> None:
    group = form.groups["who"]
    form.activateWindow()
    qtbot.keyClick(group.add_button, Qt.Key.Key_Space)
    assert len(group.rows) == 1
    first = group.rows[0]
    qtbot.keyClicks(first.editors["name"].inner(), "J Nurse")
    assert group.state() == [{"name": "J Nurse"}]
    first.unwanted.emit()
    assert group.state() == []


def test_a_fault_in_a_row_stands_in_that_row(form: Form) -> None:
    form.set_state({"who": [{"name": "A"}, {"name": "B"}]})
    form.show_faults([Fault("who.1.on", "Not a date.")])
    assert form.groups["who"].rows[1]._faults["on"].text() == "Not a date."
    assert form.groups["who"].rows[0]._faults["on"].text() == ""


def test_typing_part_of_a_name_finds_it(form: Form, qtbot: QtBot) -> None:
    box = form.editors["by"]
    box.box.setEditText("marsh")  # type: ignore[attr-defined]
    assert box.trouble() is not None
    box.box.setEditText("dc 4471 marsh")  # type: ignore[attr-defined]
    assert box.value() == "o1"
    assert box.trouble() is None


def test_prose_grows_with_what_is_written(form: Form) -> None:
    prose = form.editors["view"]
    before = prose.inner().height()
    prose.set_value("line\n" * 10)
    assert prose.inner().height() > before


def test_every_field_has_a_name_for_those_who_do_not_see_it(form: Form) -> None:
    for spec in ABOUT.fields:
        if spec.kind not in (K.YES_NO, K.PEOPLE):
            assert form.editors[spec.key].inner().accessibleName() == spec.label


@pytest.fixture
def low(qtbot: QtBot, theme: Theme) -> QScrollArea:
    """The form in a page far too low for it."""
    around = Around(date(2026, 11, 23), library().codes, PEOPLE, (Choice("o1", "DC 4471 Marsh"),))
    made = scrolled(Form(ABOUT, around))
    made.resize(500, 120)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def in_view(area: QScrollArea) -> bool:
    """Whether what has the keyboard can be seen."""
    focus = QApplication.focusWidget()
    assert focus is not None
    at = focus.mapTo(area.viewport(), focus.rect().center())
    return area.viewport().rect().contains(at)


@pytest.mark.parametrize("key", ["view", "who.0.on"])
def test_what_is_wrong_comes_into_view(qtbot: QtBot, low: QScrollArea, key: str) -> None:
    form = low.widget()
    assert isinstance(form, Form)
    form.set_state({"who": [{"name": "J. Amos"}]})
    low.activateWindow()
    form.editors["happened_on"].setFocus()
    form.show_faults(
        [Fault(key, "Say more, and say it in a sentence that takes more than one line of this page.")]
    )
    wanted = form.editors["view"] if key == "view" else form.groups["who"].rows[0].editors["on"]
    qtbot.waitUntil(lambda: wanted.inner().hasFocus() and in_view(low))


def test_a_row_that_is_added_comes_into_view(qtbot: QtBot, low: QScrollArea) -> None:
    form = low.widget()
    assert isinstance(form, Form)
    low.activateWindow()
    form.groups["who"].add_button.click()
    first = form.groups["who"].rows[0].editors["name"]
    qtbot.waitUntil(lambda: first.inner().hasFocus() and in_view(low))


def test_prose_that_stands_there_already_is_seen_whole(qtbot: QtBot, form: Form) -> None:
    form.resize(900, 600)
    form.set_state(
        {"view": "What the file knows stands in the note, in sentences to be read and mended. " * 6}
    )
    edit = form.editors["view"].inner()
    assert isinstance(edit, QPlainTextEdit)
    for wide in (900, 420, 700):
        form.resize(wide, 600)
        qtbot.waitUntil(lambda: edit.verticalScrollBar().maximum() == 0)


def test_a_word_without_an_end_does_not_widen_what_is_read(qtbot: QtBot) -> None:
    shown, usual = readable("See " + "x" * 10_000), readable("It was said at the school.")
    qtbot.addWidget(shown)
    qtbot.addWidget(usual)
    assert shown.minimumSizeHint().width() < 300
    assert usual.text() == "It was said at the school."
