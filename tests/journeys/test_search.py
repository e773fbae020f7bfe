"""The one search box, from the keyboard: as one types, everything on a page, narrowed, kept, printed and exported."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casefile import opening
from casefile.opening import OpenStore
from casefile.sample import OFFICER, PASSWORD
from tests.journeys.conftest import Picture
from tests.journeys.test_first_run_to_printed_file import Hands
from tests.shared import PASSPHRASE, training
from ui.app import start
from ui.pictures import settle
from ui.record.printing import PrintReport
from ui.search.found import SearchScreen
from ui.search.narrowing import without
from ui.shell.palette import Palette
from ui.shell.window import Window
from ui.widgets.dialogs import Ask

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def trained(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> OpenStore:
    """A copy of the training store."""
    copy = shutil.copytree(training(tmp_path_factory), tmp_path / "store")
    return opening.open_with_passphrase(copy, PASSPHRASE, remember=False)


@pytest.fixture
def hands(window: Window, trained: OpenStore, qtbot: QtBot) -> Hands:
    start(window, opened=trained, sign_in=(OFFICER, PASSWORD))
    settle(window)
    return Hands(qtbot, window)


def palette() -> Palette:
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, Palette) and one.isVisible())


def page_of(window: Window) -> SearchScreen:
    page = window.pages.currentWidget()
    assert isinstance(page, SearchScreen)
    return page


def the_ask() -> Ask:
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, Ask) and one.isVisible())


def test_ctrl_k_finds_as_one_types_and_leads_there(
    window: Window, hands: Hands, qtbot: QtBot, picture: Picture
) -> None:
    hands.press("Ctrl+K")
    box = palette()
    assert box.found.items()[0].title.startswith(("Go to", "New", "Keep")) or box.found.items()
    hands.type("school vis")
    qtbot.waitUntil(lambda: any(one.heading and one.title == "Records" for one in box.found.items()))
    settle(window)
    picture("ctrl-k")
    chosen = box.found.items()[box.found.currentIndex().row()]
    assert not chosen.heading
    hit = next(one for one in box.found.items() if one.hits)
    assert all(hit.why[a:b].casefold().startswith(("school", "vis")) for a, b in hit.hits)
    hands.press("Up")
    assert box.found.items()[box.found.currentIndex().row()].title.startswith("Everything found for"), (
        "round to the last"
    )
    hands.press("Down")
    hands.press("Return")
    settle(window)
    assert window.pages.here == "files"


def test_everything_found_is_narrowed_kept_shown_as_a_table_and_given_out(
    window: Window, hands: Hands, qtbot: QtBot, picture: Picture, tmp_path: Path
) -> None:
    hands.press("Ctrl+Shift+F")
    page = page_of(window)
    picture("how-to-ask")
    hands.type("school")
    hands.press("Return")
    qtbot.waitUntil(lambda: len(page.list.items()) > 5)
    picture("found")
    hands.press("Ctrl+F")
    hands.type("school section:contact by:marsh colour:red")
    hands.press("Return")
    qtbot.waitUntil(lambda: len(page._results.narrowings) == 2)
    assert "“colour:” narrows nothing here" in page.remarks.text()
    picture("narrowed")
    page.bar.removed.emit(page._results.narrowings[1].typed)
    qtbot.waitUntil(lambda: len(page._results.narrowings) == 1)
    assert page.field.text() == "school section:contact colour:red"
    hands.press("Ctrl+F")
    hands.type("school kind:record")
    hands.press("Return")
    qtbot.waitUntil(lambda: [one.kind for one in page._results.groups] == ["entry"])
    hands.press("Ctrl+D")
    hands.type("Anything of school")
    hands.press("Ctrl+Return")
    qtbot.waitUntil(lambda: [one.name for one in page.keeping.kept] == ["Anything of school"])
    hands.press("Ctrl+T")
    settle(window)
    picture("table")
    assert page.table.isVisible()
    assert page.table.rows.rowCount() == len(page._results.hits)
    hands.press("Ctrl+T")

    page.out.print()
    settle(window)
    report = next(one for one in window.findChildren(PrintReport) if one.isVisible())
    report.recipient.setText("DI Lindqvist")
    report.save_copy(tmp_path / "search.pdf")
    qtbot.waitUntil(lambda: (tmp_path / "search.pdf").exists())
    settle(window)
    report.reject()
    page.out.export()
    ask = the_ask()
    page.out.save_table(tmp_path / "search.csv", "DI Lindqvist", ask)
    qtbot.waitUntil(lambda: (tmp_path / "search.csv").exists())
    settle(window)
    assert (tmp_path / "search.csv").read_text("utf-8-sig").startswith("kind,what,file")

    hands.press("Ctrl+F")
    hands.type("zebra zebra -zebra")
    hands.press("Return")
    qtbot.waitUntil(lambda: page._stack.currentWidget() is page._nothing)
    picture("nothing")
    next(run for words, run, _ in page.keeping.acts() if words == "Anything of school")()
    qtbot.waitUntil(lambda: bool(page._results.groups))
    hands.press("Down")
    hands.press("Return")
    settle(window)
    assert window.pages.here == "files"


@pytest.mark.parametrize(("scheme", "size"), [("dark", 1.0), ("light", 2.0)])
def test_it_is_legible_dark_and_large(
    window: Window, hands: Hands, qtbot: QtBot, picture: Picture, scheme: str, size: float
) -> None:
    window._theme.set_scheme(scheme)
    window._theme.set_scale(size)
    window.go("search", "school section:contact")
    page = page_of(window)
    qtbot.waitUntil(lambda: bool(page._results.groups))
    picture(f"{scheme}-{size:.0f}")
    hands.press("Ctrl+K")
    box = palette()
    hands.type("scho")
    qtbot.waitUntil(lambda: any(one.heading and one.title == "Records" for one in box.found.items()))
    picture(f"{scheme}-{size:.0f}-ctrl-k")
    box.reject()
    window._theme.set_scheme("light")
    window._theme.set_scale(1.0)


def test_what_narrows_is_taken_out_of_the_line_however_it_was_typed() -> None:
    for line, typed, left in (
        ("school by:Marsh arm", "by:Marsh", "school arm"),
        ('school section:"Legal action"', 'section:"Legal action"', "school"),
        ("BY:marsh", "by:marsh", ""),
        ("-by:marsh x", "-by:marsh", "x"),
    ):
        assert without(line, typed) == left
