"""Told without asking: who is known already is taken while adding a person; a match is decided with keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.desk import Desk
from casefile.files.actions.files import allocate, open_file
from casefile.files.actions.people import add_person
from casefile.files.queries.people import people
from casefile.opening import OpenStore
from casefile.search.match_rows import State
from casefile.search.matches import matches
from tests.conftest import officer_of
from tests.journeys.conftest import Picture
from tests.journeys.test_first_run_to_printed_file import Hands
from tests.journeys.test_keeping_a_file import PASSWORD, the_ask
from ui.app import start
from ui.files.add_person import AddPerson
from ui.pictures import settle
from ui.record.printing import PrintReport
from ui.search.matches import MatchesScreen
from ui.shell.window import Window

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def opened(tmp_path: Path) -> OpenStore:
    """Two families of one sergeant: in the first a man with a birth, an address and a maiden-named partner."""
    made = opening.create(tmp_path / "store", "otter kettle lamp", keychain=False)
    made.first_administrator("Hale", PASSWORD)
    made.desk.do(add_officer, NewOfficer("Marsh", "sergeant", PASSWORD))
    made.desk.sign_in("Marsh", PASSWORD)
    desk = made.desk
    today = desk.now().date()
    for reference, family in (("F-2026-00101", "Quill"), ("F-2026-00102", "Fenwick")):
        file_id = desk.do(open_file, reference, today).result
        desk.do(allocate, file_id, "supervisor", officer_of(desk), today)
        child = {"kind": "legal", "given": "Ada", "family": family}
        desk.do(add_person, file_id, {"name": child, "involvement": {"role": "subject"}})
    return made


def _put(desk: Desk, given: str, family: str, born: str, phone: str, role: str, file: int) -> None:
    from casefile.files.queries.listing import list_files

    file_id = desk.read(list_files).rows[file].id
    desk.do(
        add_person,
        file_id,
        {
            "name": {"kind": "legal", "given": given, "family": family},
            "involvement": {"role": role},
            "birth": {"born_on": born, "precision": "exact"},
            "residence": {"address": "14 Mill Lane", "town": "Ashmere", "postcode": "N17 8AA"},
            "contact": {"kind": "mobile", "value": phone},
        },
    )


def test_who_is_known_already_is_taken_instead_of_typed_again(
    window: Window, opened: OpenStore, qtbot: QtBot, picture: Picture
) -> None:
    desk = opened.desk
    _put(desk, "Piotr", "Szymanski", "12/3/1984", "07700 900123", "partner", 0)
    _put(desk, "Peter", "Simmons", "1/9/1979", "07700 900456", "lodger", 0)
    from casefile.files.queries.listing import list_files

    first, second = (row.id for row in desk.read(list_files).rows)
    start(window, opened=opened, sign_in=("Marsh", PASSWORD))
    settle(window)
    window.go("files", (second, "child"))
    settle(window)
    docket = window.pages.currentWidget().docket  # type: ignore[attr-defined]
    docket.middle.people.add()
    settle(window)
    ask = the_ask()
    assert isinstance(ask, AddPerson)
    hands = Hands(qtbot, window)
    hands.fill("Partner of a parent", "Peter", "Schymanski", "3/12/1984", "", "Health visitor")
    qtbot.waitUntil(lambda: bool(ask.known.items()))
    settle(window)
    picture("known")
    one = ask.known.items()[0]
    assert one.title == "Piotr Szymanski, born 12 March 1984"
    assert "Day and month of birth the other way round" in one.why or "day and month" in one.why
    hands.press("Alt+Down")
    hands.press("Ctrl+U")
    qtbot.waitUntil(lambda: len(desk.read(people, second)) == 2)
    settle(window)
    taken = next(one for one in desk.read(people, second) if one.roles(second) == ("partner",))
    assert taken.id in {one.id for one in desk.read(people, first)}
    assert [fact.get("kind") for fact in taken.facts["name"]] == ["as_stated", "legal"]
    assert docket.middle.people._person == taken.id
    (told,) = desk.read(matches, mine=True)
    assert told.kind == "stands"


def test_a_match_is_decided_with_keys_and_printed(
    window: Window, opened: OpenStore, qtbot: QtBot, picture: Picture, tmp_path: Path
) -> None:
    desk = opened.desk
    _put(desk, "Piotr", "Szymanski", "12/3/1984", "07700 900123", "partner", 0)
    _put(desk, "Peter", "Schymanski", "3/12/1984", "+44 7700 900123", "father", 1)
    _put(desk, "Una", "Fenwick", "9/9/1989", "07700 900789", "mother", 1)
    start(window, opened=opened, sign_in=("Marsh", PASSWORD))
    settle(window)
    hands = Hands(qtbot, window)
    hands.press("Ctrl+Shift+M")
    page = window.pages.currentWidget()
    assert isinstance(page, MatchesScreen)
    assert [one.data.kind for one in page.list.items()] == ["person", "address"]
    assert page._match is not None
    assert page._match.kind == "person"
    picture("matches")
    hands.press("Ctrl+Return")
    hands.type("One man: the health visitor knows him in both families.")
    hands.press("Ctrl+Return")
    qtbot.waitUntil(lambda: len(page.list.items()) == 1)
    page.decided.click()
    qtbot.waitUntil(lambda: len(page.list.items()) == 2)
    page.list.choose(page.list.items()[1].data)
    settle(window)
    assert page._match.state is State.CONFIRMED
    picture("confirmed")
    page.print()
    settle(window)
    report = next(one for one in window.findChildren(PrintReport) if one.isVisible())
    report.recipient.setText("DI Lindqvist")
    report.save_copy(tmp_path / "matches.pdf")
    qtbot.waitUntil(lambda: (tmp_path / "matches.pdf").exists())
    settle(window)
    report.reject()
