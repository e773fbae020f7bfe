"""Research by keyboard: the grid, checks of one person by single keys, the report drafted, endorsed and given."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.files.actions.drafts import start_draft
from casefile.files.actions.entries import record_entry, sign_entry
from casefile.files.actions.files import allocate, open_file
from casefile.files.actions.people import add_person, record_fact
from casefile.files.queries.docket import divider_page, open_docket
from casefile.files.queries.listing import find_file
from casefile.files.research.actions import Found, Occasion, record_checks
from casefile.files.research.queries import research
from casefile.opening import OpenStore
from casefile.sections.researched import CheckState
from tests.journeys.conftest import Picture
from tests.journeys.test_chronology import docket_of
from tests.journeys.test_keeping_a_file import PASSWORD, the_ask
from ui.app import start
from ui.files.entry_card import EntryCard
from ui.files.report_out import GiveReport
from ui.files.research import ResearchView
from ui.files.research_checks import CheckSheet
from ui.pictures import settle
from ui.shell.window import Window
from ui.work.screen import WorkScreen

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def opened(tmp_path: Path) -> OpenStore:
    """F-1: Kayla, her mother Dana who was a Vane, and Lee Pike, who is new; a conference in three weeks."""
    opened = opening.create(tmp_path / "store", "otter kettle lamp", keychain=False)
    opened.first_administrator("Hale", PASSWORD)
    desk = opened.desk
    for name, role, number in (("Okafor", "sergeant", "7"), ("Marsh", "constable", "4471")):
        desk.do(add_officer, NewOfficer(name, role, PASSWORD, number=number, team="North"))
    constable = desk.sign_in("Marsh", PASSWORD)
    today = desk.now().date()

    def ago(days: int) -> str:
        return str(today - timedelta(days=days))

    file = desk.do(open_file, "F-1", today - timedelta(days=60)).result
    people = {}
    for given, family, role, born, known in (
        ("Kayla", "Marsh", "subject", "2016-05-01", 60),
        ("Tyler", "Marsh", "subject", "2021-08-12", 60),
        ("Dana", "Marsh", "mother", "1991-03-03", 60),
        ("Lee", "Pike", "partner", "", 5),
    ):
        facts = {
            "name": {"kind": "legal", "given": given, "family": family, "known_on": ago(known)},
            "involvement": {"role": role, "known_on": ago(known)},
            "residence": {"address": "12 Weir Street", "kind": "home", "known_on": ago(known)},
        }
        people[given] = desk.do(
            add_person, file, facts | ({"birth": {"born_on": born, "known_on": ago(known)}} if born else {})
        ).result
    maiden = {"kind": "maiden", "given": "Dana", "family": "Vane", "known_on": ago(3)}
    desk.do(record_fact, file, people["Dana"], "name", maiden)
    told = {"direction": "in", "source": "2A", "account": "Shouting through the wall, three nights running."}
    desk.do(record_entry, file, "referral", {"happened_on": ago(58), "known_on": ago(58), **told})
    fixed = {
        "mode": "meeting",
        "outcome": "s47",
        "s47_kind": "joint",
        "conference_on": str(today + timedelta(days=21)),
    }
    desk.do(record_entry, file, "strategy", {"happened_on": ago(6), "known_on": ago(6), **fixed})
    old, new = Occasion(on=today - timedelta(days=50)), Occasion(on=today - timedelta(days=4))
    for name, when, found in (
        (
            "Kayla",
            old,
            [Found("local_records", "no_trace"), Found("social_care", "trace", found="Open since May.")],
        ),
        (
            "Dana",
            new,
            [Found("pnc", "no_trace", tried="Dana Marsh"), Found("social_care", "asked", tried="Dana Marsh")],
        ),
    ):
        desk.do(record_checks, file, people[name], found, when)
    desk.sign_in("Okafor", PASSWORD)
    desk.do(allocate, file, "officer", constable.id)
    desk.sign_in("Marsh", PASSWORD)
    return opened


def at(window: Window, opened: OpenStore, who: str) -> ResearchView:
    """The page of research as an officer opens it."""
    start(window, opened=opened, sign_in=(who, PASSWORD))
    settle(window)
    window.go("files", (opened.desk.read(find_file, "F-1").id, "research"))
    settle(window)
    return docket_of(window).middle.research


def test_checks_are_recorded_by_single_keys_and_the_grid_says_what_is_left(
    window: Window, opened: OpenStore, picture: Picture, qtbot: QtBot
) -> None:
    start(window, opened=opened, sign_in=("Marsh", PASSWORD))
    settle(window)
    work = window.pages.currentWidget()
    assert isinstance(work, WorkScreen)
    picture("my-work")
    owed = [one.why for one in work.tasks.items() if one.why.startswith("Research ")]
    assert {one.partition(":")[0] for one in owed} == {
        "Research Kayla Marsh", "Research Tyler Marsh", "Research Dana Marsh", "Research Lee Pike",
    }  # fmt: skip
    while "Research Lee Pike" not in work.tasks.items()[work.tasks.currentIndex().row()].why:
        qtbot.keyClick(work.tasks, Qt.Key.Key_Down)
    qtbot.keyClick(work.tasks, Qt.Key.Key_Return)
    settle(window)
    page = docket_of(window).middle.research
    docket_of(window).middle.enter()
    assert page.grid.hasFocus()
    picture("research")
    told = page.told
    assert told is not None
    lee = next(one for one in told.people if one.name == "Lee Pike")
    page.grid.choose(lee.id, "convictions")
    picture("research-missing")
    assert "Lee Pike, Convictions and warnings: missing" in str(
        page.grid.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    )
    qtbot.keyClick(page.grid, Qt.Key.Key_Return)
    settle(window)
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, CheckSheet)
    form = sheet.form
    assert (form.head.tried.value(), form.head.why.value()) == ("Lee Pike", "new_person")
    picture("record-checks")
    qtbot.keyClicks(form.table, "t")
    assert form.table.current().title == "Convictions and warnings", "what was found is to be written"
    qtbot.keyClick(form.table, Qt.Key.Key_Return)
    assert form.below.found.edit.hasFocus()
    qtbot.keyClicks(form.below.found.edit, "Caution, 2022.")
    form.choose("intelligence")
    qtbot.keyClicks(form.table, "a")
    assert form.table.current().title != "Local intelligence", "it went on to the next"
    qtbot.keyClick(
        sheet, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    settle(window)
    picture("record-checks-filled")
    qtbot.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(window)
    assert QApplication.activeModalWidget() is None
    grid = opened.desk.read(research, told.file_id)
    cells = grid.person(lee.id).cells
    assert cells["convictions"].searches[0].found == "Caution, 2022."
    assert cells["intelligence"].state is CheckState.AWAITED
    assert grid.person(lee.id).wanted == ()
    assert window.focusWidget() is page.grid, "the keyboard is where it was"
    picture("research-after")
    assert not opened.desk.read(divider_page, told.file_id, "research").drafts


@pytest.mark.parametrize(("scheme", "scale"), [("dark", 1.0), ("light", 2.0)])
def test_grid_and_sheet_are_read_in_the_dark_and_in_large_type(
    window: Window, opened: OpenStore, picture: Picture, qtbot: QtBot, scheme: str, scale: float
) -> None:
    page = at(window, opened, "Marsh")
    theme = page.theme
    theme.set_scheme(scheme)
    theme.set_scale(scale)
    settle(window)
    picture(f"research-{scheme}-{scale:.0f}")
    page.grid.setFocus()
    qtbot.keyClick(page.grid, Qt.Key.Key_Return)
    settle(window)
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, CheckSheet)
    qtbot.keyClicks(sheet.form.table, "ntp")
    picture(f"record-checks-{scheme}-{scale:.0f}")
    assert sheet.width() <= window.width()
    sheet.throw_away()
    settle(window)
    theme.set_scheme("light")
    theme.set_scale(1.0)


def test_what_was_typed_stays_as_a_draft_and_nothing_typed_leaves_nothing(
    window: Window, opened: OpenStore, qtbot: QtBot
) -> None:
    page = at(window, opened, "Marsh")
    assert page.told is not None
    file_id = page.told.file_id
    for keys, drafts in (("", 0), ("n", 1)):
        page = docket_of(window).middle.research
        page.grid.setFocus()
        qtbot.keyClick(page.grid, Qt.Key.Key_Return)
        settle(window)
        sheet = QApplication.activeModalWidget()
        assert isinstance(sheet, CheckSheet)
        qtbot.keyClicks(sheet.form.table, keys)
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)
        settle(window)
        assert QApplication.activeModalWidget() is None
        held = opened.desk.read(divider_page, file_id, "research").drafts
        assert len(held) == drafts
    assert [one["result"] for one in held[0].values["searches"]] == ["no_trace"]


def test_a_report_is_drafted_from_the_page_and_signed(
    window: Window, opened: OpenStore, picture: Picture
) -> None:
    page = at(window, opened, "Marsh")
    page.report()
    settle(window)
    docket = docket_of(window)
    assert docket.divider == "conferences"
    form = docket.records.form
    assert form is not None
    picture("report-drafted")
    form.form.editors["view"].set_value("Kayla and Tyler need a plan: nobody else sees them.")
    form.form.editors["view_code"].set_value("plan")
    form.form.changed.emit()
    form.sign()
    settle(window)
    picture("report-signed")
    assert docket.records.form is None


def test_a_supervisor_endorses_a_report_and_gives_it(
    window: Window, opened: OpenStore, picture: Picture, tmp_path: Path
) -> None:
    desk = opened.desk
    values = {"view": "Kayla and Tyler need a plan: nobody else sees them.", "view_code": "plan"}
    draft = desk.do(start_draft, desk.read(find_file, "F-1").id, "report", values=values).result
    desk.do(sign_entry, draft.id)
    at(window, opened, "Okafor")
    docket_of(window).go_to("conferences")
    settle(window)
    card = docket_of(window).records.findChildren(EntryCard)[0]
    card.remarks.endorse()
    the_ask().editors["words"].set_value("Fair and in time.")
    the_ask().verb.click()
    settle(window)
    card = docket_of(window).records.findChildren(EntryCard)[-1]
    next(one for one in card.findChildren(QPushButton) if one.text() == "On paper …").click()
    settle(window)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, GiveReport)
    picture("report-on-paper")
    dialog.ask_where()
    assert "Say for whom" in dialog.said.text()
    dialog.recipient.setText("Imelda Crane, conference chair")
    dialog.save_copy(tmp_path / "report.pdf")
    settle(window)
    picture("report-given")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    shown = opened.desk.read(open_docket, opened.desk.read(find_file, "F-1").id)
    assert "Given by police: Imelda Crane, conference chair" in [one.summary for one in shown.chronology]
    dialog.reject()
