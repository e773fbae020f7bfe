"""A search meets a restricted file: whoever searched sees nothing of it; its supervisor finds it in My work and says what was done."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.desk import Desk
from casefile.files.actions.files import allocate, open_file
from casefile.files.actions.people import add_person
from casefile.files.actions.restrict import restrict_file
from casefile.opening import OpenStore
from casefile.search.told import restricted_matches
from tests.casefile.search.test_told import force_that_tells
from tests.conftest import officer_of
from tests.journeys.conftest import Picture
from tests.journeys.test_first_run_to_printed_file import Hands
from tests.journeys.test_keeping_a_file import PASSWORD, the_ask
from ui.app import start
from ui.files.add_person import AddPerson
from ui.pictures import settle
from ui.search.found import SearchScreen
from ui.shell.window import Window
from ui.work.screen import WorkScreen

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def opened(tmp_path: Path) -> OpenStore:
    """A store of a force that tells supervisors: a restricted file of a sergeant, an open one of a constable."""
    made = opening.create(tmp_path / "store", "otter kettle lamp", keychain=False)
    made.desk._standards = force_that_tells(tmp_path)
    made.first_administrator("Hale", PASSWORD)
    made.desk.do(add_officer, NewOfficer("Okafor", "sergeant", PASSWORD, number="7"))
    made.desk.do(add_officer, NewOfficer("Marsh", "constable", PASSWORD, number="4471"))
    desk = made.desk
    desk.sign_in("Okafor", PASSWORD)
    today = desk.now().date()
    _put(desk, "F-2026-00101", "Ada", "Fenwick")
    hidden = _put(desk, "F-2026-00102", "Lena", "Quillfeather")
    desk.do(allocate, hidden, "supervisor", officer_of(desk), today)
    desk.do(restrict_file, hidden, [officer_of(desk)], "A relative works here.")
    desk.sign_out()
    return made


def _put(desk: Desk, reference: str, given: str, family: str) -> UUID:
    file_id = desk.do(open_file, reference, desk.now().date()).result
    name = {"kind": "legal", "given": given, "family": family}
    desk.do(add_person, file_id, {"name": name, "involvement": {"role": "subject"}})
    return file_id


def test_a_constable_sees_nothing_and_the_supervisor_says_what_was_done(
    window: Window, opened: OpenStore, qtbot: QtBot, picture: Picture
) -> None:
    from casefile.files.queries.listing import list_files

    start(window, opened=opened, sign_in=("Marsh", PASSWORD))
    settle(window)
    hands = Hands(qtbot, window)
    hands.press("Ctrl+Shift+F")
    page = window.pages.currentWidget()
    assert isinstance(page, SearchScreen)
    hands.type("quilfether lena")
    hands.press("Return")
    settle(window)
    assert page._nothing.isVisible()
    picture("nothing-found")
    (file,) = opened.desk.read(list_files).rows
    window.go("files", (file.id, "child"))
    settle(window)
    window.pages.currentWidget().docket.middle.people.add()  # type: ignore[attr-defined]
    settle(window)
    assert isinstance(the_ask(), AddPerson)
    hands.fill("Mother", "Lena", "Quillfeather")
    hands.press("Ctrl+Return")
    settle(window)
    window.go("work", None)
    settle(window)
    work = window.pages.currentWidget()
    assert isinstance(work, WorkScreen)
    assert not work.told.isVisible()

    opened.desk.sign_out()
    start(window, opened=opened, sign_in=("Okafor", PASSWORD))
    settle(window)
    window.go("work", None)
    settle(window)
    work = window.pages.currentWidget()
    assert isinstance(work, WorkScreen)
    qtbot.waitUntil(lambda: len(work.told.list.items()) == 1)
    (item,) = work.told.list.items()
    assert item.title.startswith("DC 4471 Marsh searched for “Lena, Quillfeather”, also “quilfether lena”")
    assert "QUILLFEATHER F-2026-00102" in item.why
    assert "2 times" in item.why
    work.told.list.setFocus()
    picture("told")
    hands.press("Ctrl+Return")
    hands.fill("Talked to the officer", "She took a call at the desk.")
    picture("asked")
    hands.press("Ctrl+Return")
    qtbot.waitUntil(lambda: not work.told.isVisible())
    (done,) = opened.desk.read(restricted_matches, marked=True)
    assert done.marked is not None
    assert done.marked.note == "She took a call at the desk."
    picture("done")
