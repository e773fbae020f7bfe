"""Hand-over by keyboard alone: twenty files before leave, sudden sickness, the return. Every key is counted.

The counts stand in ``docs/journeys/hand-over.md``; ``CASEFILE_WRITE_DOCS=1`` writes them anew.
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from casefile.handover.absence import record_absence
from casefile.handover.begin import choose_receivers, save_checklist, send, start_handover
from casefile.handover.outstanding import outstanding
from casefile.handover.queries import accountable, handover
from casefile.handover.receive import accept, note_opened
from tests.journeys.conftest import Picture
from tests.journeys.hand_over import FAMILIES, Station, become, room, station
from tests.journeys.test_a_sergeant_clears_ten_files import Keys
from ui.app import start
from ui.handover.files import FilesView
from ui.handover.spread import Spread
from ui.pictures import settle
from ui.shell.window import Window
from ui.widgets.dialogs import Ask

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)
PAGE = Path(__file__).resolve().parents[2] / "docs" / "journeys" / "hand-over.md"
HEAD = """# Hand-over

Counted by `tests/journeys/test_hand_over.py` in the real window, with the keyboard alone. Alt+W, Alt+H, Alt+A and Alt+O lead to
what waits, hand-overs, absences and what is outstanding; Alt+1 to Alt+4 to the files, what the file says, what you add, and the
receiver.
"""
READ = "Read; all twenty are with somebody who knows them."
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Hands(Keys):
    """Keys, and waiting for what they set going."""

    def do(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, and whatever it does is done."""
        self.press(key, modifier)
        settle(self._window)
        if QApplication.activeModalWidget() is None:
            self._window.activateWindow()  # a desktop does so when a dialog closes
            settle(self._window)

    def fill(self, text: str) -> None:
        """Words in the field that has the keyboard, and on to the next."""
        self.type(text)
        self.do(Qt.Key.Key_Tab)


@pytest.fixture
def made(request: pytest.FixtureRequest, window: Window, tmp_path: Path) -> Station:
    found = station(tmp_path / "store", FAMILIES[: request.param])
    start(window, opened=found.opened)
    settle(window)
    return found


def the_ask(title: str) -> Ask:
    """The dialog in view."""
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, Ask) and one.isVisible()]
    assert [one.windowTitle() for one in found] == [title]
    return found[0]


def told(title: str, *lines: str) -> None:
    """This journey stands in the guide as it is counted now; or is written there anew."""
    section = "\n".join((f"## {title}", "", *(f"- {one}" for one in lines), ""))
    held = PAGE.read_text("utf-8") if PAGE.exists() else HEAD
    if os.environ.get("CASEFILE_WRITE_DOCS") and section not in held:
        parts = [one for one in held.split("\n## ")[1:] if not one.startswith(f"{title}\n")]
        whole = "\n".join((HEAD, *(f"## {one.rstrip()}\n" for one in parts), section))
        PAGE.write_text(whole, "utf-8")
        held = whole
    assert section in held


@pytest.mark.parametrize("made", [20], indirect=True)
def test_twenty_files_go_to_two_receivers_before_leave(
    made: Station, window: Window, picture: Picture
) -> None:
    become(window, made, "Marsh")
    hands = Hands(window)
    leave = _record_leave(hands, window, picture)
    began = hands.pressed
    _complete(hands, window)
    completed = hands.pressed - began
    _choose(hands, window, picture)
    view = room(window).going.one.files
    hands.do(Qt.Key.Key_A, CTRL)
    hands.do(Qt.Key.Key_Return, CTRL)
    assert view.said.text() == "20 files sent."
    picture("sent")
    gave = hands.pressed
    took = [_receive(made, window, name, picture) for name in ("Okafor", "Devlin")]
    signed = _sign(made, window, picture)
    owners = [made.desk.read(accountable, one).officer for one in made.files]
    assert owners == ["DC 5163 Okafor"] * 10 + ["DC 4820 Devlin"] * 10
    told(
        "Twenty files before leave",
        f"The officer records six weeks of leave and begins the hand-over with {leave} keys.",
        f"Twenty checklists, drawn from the files, are completed with {completed} keys; Ctrl+↓ brings the next file.",
        f"Ten files go to one receiver and ten to another; sent, it is {gave} keys for twenty files.",
        f"Each receiver reads ten checklists and accepts them with {max(took)} keys.",
        f"The sergeant signs with {signed} keys, of which {len(READ)} are the words.",
    )


def _record_leave(hands: Hands, window: Window, picture: Picture) -> int:
    """Leave of six weeks, and the hand-over it asks for begun."""
    hands.do(Qt.Key.Key_4, CTRL)
    hands.do(Qt.Key.Key_A, ALT)
    page = room(window)
    hands.do(Qt.Key.Key_N, CTRL)
    assert page.absences.form is not None
    today = page._context.today
    hands.fill("Annual leave")
    hands.fill((today + timedelta(days=7)).isoformat())
    hands.fill((today + timedelta(days=49)).isoformat())
    page.absences.form.foresee()
    settle(window)
    assert "20 open files are held" in page.absences.form.means.text()
    picture("absence")
    hands.do(Qt.Key.Key_Return, CTRL)
    assert page.absences.form is None
    picture("recorded")
    hands.tab_to("Hand over …")
    hands.do(Qt.Key.Key_Space)
    the_ask("Begin a hand-over")
    picture("begin")
    hands.do(Qt.Key.Key_Return, CTRL)
    assert page._key() == "going"
    return hands.pressed


def _complete(hands: Hands, window: Window) -> None:
    """Every checklist says whether the children are safe; what was typed is kept on the way."""
    view = room(window).going.one.files
    hands.do(Qt.Key.Key_Return)
    for number in range(20):
        assert view.checklist.form is not None
        hands.fill("Yes")
        if number == 0:
            hands.fill("")
            hands.type("Go unannounced; the dog is loose.")
        hands.do(Qt.Key.Key_Down, CTRL)
    assert {one for wants in view._wants.values() for one in wants} == {"Choose a receiver."}


def _choose(hands: Hands, window: Window, picture: Picture) -> None:
    """Ten files to one receiver, ten to the other."""
    view = room(window).going.one.files
    hands.do(Qt.Key.Key_1, ALT)
    hands.do(Qt.Key.Key_Home, CTRL)
    for name in ("Okafor", "Devlin"):
        for _ in range(10):
            hands.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        hands.do(Qt.Key.Key_4, ALT)
        hands.type(name)
        hands.do(Qt.Key.Key_Return)
        hands.do(Qt.Key.Key_1, ALT)
        if name == "Okafor":
            picture("ten chosen")
            hands.do(Qt.Key.Key_A, CTRL)
            hands.do(Qt.Key.Key_A, CTRL)
    assert set(view._wants.values()) == {()}
    picture("all chosen")


def _receive(made: Station, window: Window, name: str, picture: Picture) -> int:
    """The receiver reads each checklist, then accepts all of them."""
    become(window, made, name)
    hands = Hands(window)
    hands.do(Qt.Key.Key_4, CTRL)
    view = room(window).waiting
    assert view.table.held.rowCount() == 10
    if name == "Okafor":
        picture("waiting")
        hands.do(Qt.Key.Key_A, CTRL)
        hands.do(Qt.Key.Key_Return, CTRL)
        assert "open its checklist before you accept it" in view.said.text()
        hands.do(Qt.Key.Key_A, CTRL)
    hands.do(Qt.Key.Key_Home, CTRL)
    for _ in range(9):
        hands.do(Qt.Key.Key_Down, CTRL)
    hands.do(Qt.Key.Key_A, CTRL)
    hands.do(Qt.Key.Key_Return, CTRL)
    assert "10 files are yours" in view.said.text()
    assert view.table.held.rowCount() == 0
    picture(f"accepted by {name}")
    return hands.pressed


def _sign(made: Station, window: Window, picture: Picture) -> int:
    """The sergeant reads the hand-over and signs it."""
    become(window, made, "Sefton")
    hands = Hands(window)
    hands.do(Qt.Key.Key_4, CTRL)
    hands.do(Qt.Key.Key_H, ALT)
    hands.do(Qt.Key.Key_Return)
    view = room(window).going.one
    assert view.page is not None
    assert view.page.may_sign
    picture("to be signed")
    hands.tab_to("Sign …")
    hands.do(Qt.Key.Key_Space)
    the_ask(f"Sign {view.page.row.reference}")
    hands.type(READ)
    hands.do(Qt.Key.Key_Return, CTRL)
    assert view.page.row.signed_by == "DS 2208 Sefton"
    picture("signed")
    return hands.pressed


@pytest.mark.parametrize("made", [4], indirect=True)
def test_a_sergeant_deals_with_sudden_sickness(made: Station, window: Window, picture: Picture) -> None:
    become(window, made, "Sefton")
    hands = Hands(window)
    _record_sickness(hands, window, picture)
    recorded = hands.pressed
    view = _begin_without(hands, window, picture)
    for _ in range(4):
        hands.fill("Not known")
        hands.type("Visit today.")
        hands.do(Qt.Key.Key_Down, CTRL)
    _spread(hands, window, picture)
    assert set(view._wants.values()) == {()}
    hands.do(Qt.Key.Key_1, ALT)
    hands.do(Qt.Key.Key_Return, CTRL)
    assert view.said.text() == "4 files sent."
    sent = hands.pressed
    _refuse_one(made, window, picture)
    _receive_all(made, window, "Devlin")
    become(window, made, "Sefton")
    hands = Hands(window)
    _except_one(hands, window, picture)
    excepted = hands.pressed
    assert made.desk.read(outstanding) == ()
    told(
        "A sergeant deals with sudden sickness",
        f"The absence is recorded with {recorded} keys; the page says at once how many files have nobody.",
        f"Begun without the officer, completed, spread by workload and sent: {sent} keys for four files.",
        f"What one receiver refuses is excepted until a day with {excepted} keys, and the hand-over can be signed.",
    )


def _record_sickness(hands: Hands, window: Window, picture: Picture) -> None:
    """Marsh has not come for three weeks, and nobody knows until when."""
    hands.do(Qt.Key.Key_4, CTRL)
    hands.do(Qt.Key.Key_A, ALT)
    page = room(window)
    hands.do(Qt.Key.Key_N, CTRL)
    form = page.absences.form
    assert form is not None
    since = page._context.today - timedelta(days=24)
    hands.fill("DC 4471 Marsh")
    hands.fill("Sickness")
    hands.fill(since.isoformat())
    form.foresee()
    settle(window)
    assert "4 open files are held" in form.means.text()
    picture("sudden")
    hands.do(Qt.Key.Key_Return, CTRL)
    assert page.absences.form is None


def _begin_without(hands: Hands, window: Window, picture: Picture) -> FilesView:
    """The list of what is outstanding is red; from it the hand-over begins."""
    hands.do(Qt.Key.Key_O, ALT)
    page = room(window)
    assert page.outstanding is not None
    assert [one.tone for one in page.outstanding.list.items() if not one.heading] == ["danger"]
    picture("outstanding")
    hands.do(Qt.Key.Key_Return)
    the_ask("Begin a hand-over")
    hands.do(Qt.Key.Key_Return, CTRL)
    hands.do(Qt.Key.Key_Return)
    picture("without the officer")
    return page.going.one.files


def _spread(hands: Hands, window: Window, picture: Picture) -> None:
    """All files over the team as suggested."""
    hands.do(Qt.Key.Key_1, ALT)
    hands.do(Qt.Key.Key_A, CTRL)
    hands.do(Qt.Key.Key_S, ALT)
    dialog = next(one for one in window.findChildren(Spread) if one.isVisible())
    assert dialog.suggested.rows.rowCount() == 4
    assert all("points" in one.why for one in dialog.suggested.rows.rows)
    picture("suggestion")
    hands.do(Qt.Key.Key_Return, CTRL)
    assert QApplication.activeModalWidget() is None


def _refuse_one(made: Station, window: Window, picture: Picture) -> None:
    """The receiver asks back about one file and refuses it, and accepts what else there is."""
    become(window, made, "Okafor")
    hands = Hands(window)
    hands.do(Qt.Key.Key_4, CTRL)
    view = room(window).waiting
    assert view.table.held.rowCount()
    hands.do(Qt.Key.Key_R, ALT)
    hands.type("I interviewed the father as a witness.")
    hands.do(Qt.Key.Key_Return, CTRL)
    picture("refused")
    _take_the_rest(hands, window)


def _receive_all(made: Station, window: Window, name: str) -> None:
    become(window, made, name)
    hands = Hands(window)
    hands.do(Qt.Key.Key_4, CTRL)
    _take_the_rest(hands, window)


def _take_the_rest(hands: Hands, window: Window) -> None:
    view = room(window).waiting
    hands.do(Qt.Key.Key_Home, CTRL)
    for _ in range(view.table.held.rowCount()):
        view.show_chosen()  # the checklist comes up by itself after a rest of 150 ms
        settle(window)
        hands.do(Qt.Key.Key_Down, CTRL)
    hands.do(Qt.Key.Key_A, CTRL)
    hands.do(Qt.Key.Key_Return, CTRL)
    assert view.table.held.rowCount() == 0


def _except_one(hands: Hands, window: Window, picture: Picture) -> None:
    """What was refused is red; until the day given somebody looks after it."""
    hands.do(Qt.Key.Key_4, CTRL)
    hands.do(Qt.Key.Key_O, ALT)
    page = room(window)
    assert page.outstanding is not None
    assert "Refused by DC 5163 Okafor" in page.outstanding.list.items()[1].why
    picture("refused is red")
    hands.do(Qt.Key.Key_Return)
    view = page.going.one.files
    assert view.table.current().step.value == "refused"
    picture("refused, opened")
    hands.do(Qt.Key.Key_E, ALT)
    hands.fill("Closes on Friday; the social worker knows.")
    hands.fill("DI 1097 Prior")
    hands.fill("DC 4820 Devlin")
    picture("exception")
    hands.do(Qt.Key.Key_Return, CTRL)
    assert page.going.one.page is not None
    assert page.going.one.page.may_sign


@pytest.mark.parametrize("made", [3], indirect=True)
def test_the_officer_comes_back_and_one_file_stays(made: Station, window: Window, picture: Picture) -> None:
    _gone_away(made)
    become(window, made, "Marsh")
    hands = Hands(window)
    hands.do(Qt.Key.Key_4, CTRL)
    hands.do(Qt.Key.Key_H, ALT)
    hands.do(Qt.Key.Key_B, ALT)
    page = room(window)
    assert len(page.going.back.table.held.ticked) == 3
    hands.do(Qt.Key.Key_Space)
    hands.do(Qt.Key.Key_Return, CTRL)
    assert "why the others stay" in page.going.back.said.text()
    picture("why")
    hands.type("The family knows Okafor now.")
    hands.do(Qt.Key.Key_Return, CTRL)
    assert page.going.one.page is not None
    assert page.going.one.page.row.kind == "hand_back"
    began = hands.pressed
    picture("on the way back")
    become(window, made, "Okafor")
    hands = Hands(window)
    hands.do(Qt.Key.Key_4, CTRL)
    view = room(window).waiting
    hands.do(Qt.Key.Key_Return)
    for _ in range(2):
        hands.fill("Yes")
        hands.do(Qt.Key.Key_Down, CTRL)
    assert view.checklist.page is not None
    assert view.checklist.page.blocks[0].key == "changed"
    picture("to be sent back")
    hands.do(Qt.Key.Key_1, ALT)
    hands.do(Qt.Key.Key_A, CTRL)
    hands.do(Qt.Key.Key_Return, CTRL)
    assert view.table.held.rowCount() == 0
    returned = hands.pressed
    _receive_all(made, window, "Marsh")
    holders = [made.desk.read(accountable, one).officer for one in made.files]
    assert holders == ["DC 5163 Okafor", "DC 4471 Marsh", "DC 4471 Marsh"]
    told(
        "The officer comes back, and one file stays",
        f"The officer begins the return, leaves one of three files where it is and says why: {began} keys.",
        f"Whoever holds the other two sends them back with what changed meanwhile: {returned} keys.",
    )


def _gone_away(made: Station) -> None:
    """Marsh went on leave; Okafor has held the files since."""
    desk = made.as_("Marsh")
    today = desk.now().date()
    until = today + timedelta(days=30)
    leave = desk.do(record_absence, made.ids["Marsh"], today, until, "annual_leave").result
    begun = desk.do(start_handover, made.ids["Marsh"], leave).result
    held = desk.read(handover, begun.id).items
    desk.do(choose_receivers, {one.id: made.ids["Okafor"] for one in held})
    for one in held:
        desk.do(save_checklist, one.id, {"safe": "yes"}, 0)
    desk.do(send, [one.id for one in held])
    desk = made.as_("Okafor")
    for one in held:
        desk.do(note_opened, one.id)
    desk.do(accept, [one.id for one in held])
    desk.sign_out()
