"""The network goes while an officer works, and comes back: what is on the screen stays, what is typed is not lost."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from casefile.desk import Desk
from casefile.files.actions.drafts import discard_draft, start_draft
from casefile.files.actions.files import open_file
from casefile.files.queries.docket import divider_page
from casefile.files.queries.drafts import my_drafts
from casefile.opening import OpenStore
from casefile.standards import Library
from tests.conftest import PASSWORD, Clock, _build
from tests.faults.servers import THE_ANSWER, Wire
from tests.faults.test_server import CONTACT
from tests.owners import let_in_again
from tests.postgres import Postgres
from ui.app import start
from ui.files.screen import FilesScreen
from ui.pictures import settle
from ui.record.entry_form import EntryForm
from ui.shell.errors import Trouble
from ui.shell.signin import SignInPage
from ui.shell.unsent import Unsent
from ui.shell.window import Window
from ui.widgets.fields.text import ProseEditor

LONG = 20_000


@pytest.fixture
def wire(postgres: Postgres) -> Generator[Wire]:
    dsn = postgres.fresh_database(postgres.template("staffed", _build))
    let_in_again(dsn, PASSWORD)
    with Wire(dsn) as laid:
        yield laid
    postgres.drop(dsn)


@pytest.fixture
def opened(wire: Wire, standards: Library, clock: Clock, tmp_path: Path) -> Generator[OpenStore]:
    """The shared store at the far end of the wire."""
    desk = Desk(wire.store(), standards, clock=clock)
    yield OpenStore(desk, "the test server")
    desk.store.close()


@pytest.fixture
def at_work(window: Window, opened: OpenStore) -> Window:
    """The constable is signed in and a file is open."""
    start(window, opened=opened, sign_in=("Marsh", PASSWORD))
    settle(window)
    file_id = opened.desk.do(open_file, "F-2026-00417").result
    window.go("files", (file_id, "strategy"))
    settle(window)
    return window


def page(window: Window) -> FilesScreen:
    """The file in view."""
    shown = window.pages.currentWidget()
    assert isinstance(shown, FilesScreen)
    return shown


def heal(window: Window, wire: Wire, qtbot: QtBot, clock: Clock) -> None:
    """The network is there again eight minutes later, and the window has noticed."""
    clock.forward(minutes=8)
    wire.heal()
    with qtbot.waitSignal(window.away.back, timeout=LONG):
        window.away.try_now()


def test_a_page_that_could_not_be_read_is_read_when_the_server_is_back(
    at_work: Window, wire: Wire, qtbot: QtBot, clock: Clock, picture: Callable[[str], None]
) -> None:
    wire.cut()
    clock.forward(minutes=2)
    docket = page(at_work).docket
    assert docket is not None
    docket.go_to("risk")
    at_work.go("work")
    qtbot.waitUntil(at_work.away.isVisible, timeout=LONG)
    settle(at_work)
    assert not at_work.findChildren(Trouble), "nobody is stopped by a dialog for what comes by itself"
    assert "Not connected since 09:32" in at_work.away._state.text()
    picture("not-connected")
    wire.heal()
    with qtbot.waitSignal(at_work.away.back, timeout=LONG):
        at_work.away.try_now()
    settle(at_work)
    assert not at_work.away.isVisible()
    picture("connected-again")
    at_work.go("files", (docket.file_id, "risk"))
    settle(at_work)
    assert not at_work.findChildren(Trouble)


def begin(window: Window) -> EntryForm:
    """A form of a strategy discussion, open."""
    docket = page(window).docket
    assert docket is not None
    docket.new()
    settle(window)
    assert docket.records.form is not None
    return docket.records.form


def prose(form: EntryForm) -> ProseEditor:
    """The first field for words."""
    return next(one for one in form.form.editors.values() if isinstance(one, ProseEditor))


def write(form: EntryForm, words: str) -> None:
    """Type at the end of it."""
    inner = prose(form).inner()
    inner.setFocus()
    QTest.keyClick(inner, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(inner, words)


def line_of(form: EntryForm) -> str:
    """What the form says of where it is saved."""
    return form._head._state.text()


def kept(opened: OpenStore) -> list[str]:
    """The words of this officer's drafts, by what the server says."""
    return [str(one.values.values()) for one in opened.desk.read(my_drafts)]


def test_typing_goes_on_while_the_network_is_gone_and_is_sent_when_it_heals(
    at_work: Window, opened: OpenStore, wire: Wire, qtbot: QtBot, clock: Clock, picture: Callable[[str], None]
) -> None:
    form = begin(at_work)
    write(form, "Amy said she is afraid. ")
    qtbot.waitUntil(lambda: "saved on the server 09:30" in line_of(form), timeout=LONG)
    wire.cut()
    clock.forward(minutes=2)
    write(form, "She will not go home. ")
    qtbot.waitUntil(lambda: "saved on this computer only, 09:32; will be sent" in line_of(form), timeout=LONG)
    qtbot.waitUntil(at_work.away.isVisible, timeout=LONG)
    write(form, "School was told.")
    qtbot.waitUntil(lambda: form.saving._saving is False and form.saving._dirty, timeout=LONG)
    picture("typing-while-away")
    form.sign()
    qtbot.waitUntil(lambda: "Signing needs the server" in form._said.text(), timeout=LONG)
    picture("signing-needs-the-server")
    assert not at_work.findChildren(Trouble)
    heal(at_work, wire, qtbot, clock)
    qtbot.waitUntil(lambda: "saved on the server 09:40" in line_of(form), timeout=LONG)
    settle(at_work)
    picture("sent")
    assert "1 form typed while the server was away was sent." in at_work.away._about.text()
    (words,) = kept(opened)
    assert "Amy said she is afraid. She will not go home. School was told." in words


def test_a_form_is_begun_while_the_network_is_gone_and_is_a_draft_when_it_heals(
    at_work: Window, opened: OpenStore, wire: Wire, qtbot: QtBot, clock: Clock, picture: Callable[[str], None]
) -> None:
    docket = page(at_work).docket
    assert docket is not None
    wire.cut()
    clock.forward(minutes=2)
    docket.new()
    qtbot.waitUntil(lambda: docket.records.form is not None, timeout=LONG)
    form = docket.records.form
    assert form is not None
    assert not at_work.findChildren(Trouble)
    assert "Draft · on this computer only; will be sent" in line_of(form)
    assert "what the file knows is not filled in" in form._head._came.text()
    write(form, "Amy said she is afraid.")
    qtbot.waitUntil(lambda: "saved on this computer only, 09:32; will be sent" in line_of(form), timeout=LONG)
    qtbot.waitUntil(at_work.away.isVisible, timeout=LONG)
    picture("begun-while-away")
    form.sign()
    qtbot.waitUntil(lambda: "Signing needs the server" in form._said.text(), timeout=LONG)
    heal(at_work, wire, qtbot, clock)
    qtbot.waitUntil(lambda: "saved on the server 09:40" in line_of(form), timeout=LONG)
    settle(at_work)
    picture("begun-and-sent")
    assert not form._head._came.isVisible()
    (words,) = kept(opened)
    assert "Amy said she is afraid." in words
    write(form, " She will not go home.")
    form.keep()
    qtbot.waitUntil(lambda: form.saving.clean, timeout=LONG)
    (words,) = kept(opened)
    assert "Amy said she is afraid. She will not go home." in words, "one draft, whatever was sent how often"


def test_a_form_begun_and_left_is_sent_by_the_outbox_and_one_thrown_away_is_not(
    at_work: Window, opened: OpenStore, wire: Wire, qtbot: QtBot
) -> None:
    docket = page(at_work).docket
    assert docket is not None
    wire.cut()
    for words, leave in (("Thrown away.", EntryForm.discard), ("Kept as a draft.", EntryForm._close)):
        docket.new()
        qtbot.waitUntil(lambda: docket.records.form is not None, timeout=LONG)
        form = docket.records.form
        assert form is not None
        write(form, words)
        qtbot.waitUntil(lambda form=form: "saved on this computer only" in line_of(form), timeout=LONG)
        leave(form)
        qtbot.waitUntil(lambda: docket.records.form is None, timeout=LONG)
    wire.heal()
    with qtbot.waitSignal(at_work.away.back, timeout=LONG):
        at_work.away.try_now()
    qtbot.waitUntil(lambda: not at_work.jobs.busy, timeout=LONG)
    (words,) = kept(opened)
    assert "Kept as a draft." in words
    assert not at_work.findChildren(Trouble)


def away_with_words(window: Window, wire: Wire, qtbot: QtBot) -> None:
    """Something was typed while the network was gone; the officer has locked the window and gone home."""
    form = begin(window)
    wire.cut()
    write(form, "She will not go home.")
    qtbot.waitUntil(lambda: "saved on this computer only" in line_of(form), timeout=LONG)
    window.lock()
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=LONG)


def sign_in_again(window: Window) -> None:
    """At the lock, as the same officer."""
    sheet = window.gate.currentWidget()
    assert isinstance(sheet, SignInPage)
    sheet._password.setText(PASSWORD)
    sheet.primary.click()
    settle(window)


def test_what_was_typed_is_sent_when_the_officer_signs_in_again(
    at_work: Window,
    opened: OpenStore,
    wire: Wire,
    qtbot: QtBot,
    picture: Callable[[str], None],
    tmp_path: Path,
) -> None:
    away_with_words(at_work, wire, qtbot)
    sign_in_again(at_work)
    assert at_work.context is None, "nobody is let in while nobody can say who they are"
    picture("nobody-is-let-in")
    found = [one for one in (tmp_path / "xdg_data_home").rglob("*") if one.is_file()]
    assert found
    assert all(b"will not go home" not in one.read_bytes() for one in found)
    wire.heal()
    sign_in_again(at_work)
    qtbot.waitUntil(at_work.away.isVisible, timeout=LONG)
    settle(at_work)
    picture("sent-at-sign-in")
    assert "1 form typed while the server was away was sent." in at_work.away._about.text()
    assert "She will not go home." in str(kept(opened))


def test_what_cannot_be_sent_any_more_is_shown_and_begun_anew(
    at_work: Window, opened: OpenStore, wire: Wire, qtbot: QtBot, clock: Clock, picture: Callable[[str], None]
) -> None:
    away_with_words(at_work, wire, qtbot)
    wire.heal()
    elsewhere = Desk(wire.store(), opened.desk.standards, clock=clock)
    elsewhere.sign_in("Marsh", PASSWORD)
    elsewhere.do(discard_draft, elsewhere.read(my_drafts)[0].id)
    elsewhere.close()
    sign_in_again(at_work)
    qtbot.waitUntil(at_work.away.isVisible, timeout=LONG)
    assert "1 form could not be sent" in at_work.away._about.text()
    at_work.away.show_kept.click()
    settle(at_work)
    sheet = at_work.findChild(Unsent)
    assert sheet is not None
    picture("could-not-be-sent")
    assert any("She will not go home." in one.text() for one in sheet.findChildren(QLabel))
    with qtbot.waitSignal(sheet.accepted, timeout=LONG):
        next(
            one for one in sheet.findChildren(QPushButton) if one.text() == "Begin a new form with it"
        ).click()
    settle(at_work)
    assert not at_work.away.isVisible()
    assert "She will not go home." in str(kept(opened))


def test_a_signature_whose_answer_was_lost_is_found_out_and_never_made_twice(
    at_work: Window, opened: OpenStore, wire: Wire, qtbot: QtBot, picture: Callable[[str], None]
) -> None:
    docket = page(at_work).docket
    assert docket is not None
    draft = opened.desk.do(start_draft, docket.file_id, "contact", values=CONTACT).result
    page(at_work).open_file(docket.file_id, "contacts", draft=draft.id, record="contact")
    settle(at_work)
    assert docket.records.form is not None
    form = docket.records.form
    wire.mends = False
    with wire.losing(THE_ANSWER):
        form.sign()
        qtbot.waitUntil(lambda: "not known yet" in form._said.text(), timeout=LONG)
    assert not form._foot.sign.isEnabled()
    picture("not-known-yet")
    wire.heal()
    at_work.away.try_now()
    qtbot.waitUntil(lambda: docket.records.form is not form, timeout=LONG)
    settle(at_work)
    picture("it-was-signed")
    assert len(opened.desk.read(divider_page, docket.file_id, "contacts").entries) == 1
    assert not at_work.findChildren(Trouble)
