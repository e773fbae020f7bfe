"""A walk through every page and every dialog of the window, on the training store: what tests of the whole look at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from casefile.errors import as_bug
from casefile.files.queries.listing import list_files
from casefile.opening import OpenStore
from casefile.opening.findings import Finding
from casefile.sample import PASSWORD
from casefile.search.match_rows import What
from casefile.store.shared.settings import by_rules
from casefile.supervision.campaign.actions import answer_campaign, begin_campaign
from tests.journeys import tour_hand_over, tour_team
from tests.journeys.stops import Stop
from tests.journeys.stops import dialogs as _dialogs
from tests.journeys.stops import page as _page
from tests.make_docket import SAMPLE
from ui.admin.screen import AdminScreen
from ui.app import start
from ui.ask.screen import AskScreen
from ui.diary.bar import Of
from ui.diary.files import ask_once
from ui.diary.screen import DiaryScreen
from ui.files.docket import DocketView
from ui.files.export import export_json
from ui.files.people import About, FactDialog
from ui.files.screen import FilesScreen
from ui.imports.screen import ImportScreen
from ui.pictures import settle
from ui.search.found import SearchScreen
from ui.search.matches import MatchesScreen
from ui.shell.firstrun import FirstRun
from ui.shell.server import ServerPage
from ui.shell.server_setup import FoundPage, KeeperPage
from ui.shell.signin import At, SignInPage
from ui.shell.unlock import UnlockPage, WherePage
from ui.shell.window import Window
from ui.supervision.campaigns import CampaignsScreen
from ui.supervision.challenges import ChallengesScreen
from ui.supervision.screen import ReviewScreen
from ui.widgets.dialogs import say_done

DOCUMENTS = Path(__file__).parents[1] / "data" / "documents"
INVITATION = DOCUMENTS / "invitation-review-conference.ics"


def before_signing_in(window: Window, folder: Path) -> Iterator[Stop]:
    """The first run, the passphrase, and which store."""
    start(window, place=folder)
    settle(window)
    assistant = window.gate.currentWidget()
    assert isinstance(assistant, FirstRun)
    steps = ("where the record is", "folder", "passphrase", "administrator")
    for place, name in enumerate(f"first run: {step}" for step in steps):
        assistant._go(place)
        yield _page(window, name)
        assistant._page().say("The two are not the same. Type the passphrase again, as you wrote it down.")
        yield _page(window, f"{name}, with a fault")
    amiss = tuple(
        Finding(one.what, one.says, one.sound, one.endangers, one.why, one.remedy)
        for one in by_rules({"fsync": "off", "log_statement": "all", "archive_mode": "off", "ssl": "on"})
    )
    for name, page in (
        ("passphrase", UnlockPage(folder)),
        ("which store", WherePage(str(folder))),
        ("the force's server", ServerPage()),
        ("who keeps the server", KeeperPage("records.force.example and 1 more", "casefile")),
        ("how the server is set", FoundPage(amiss)),
        ("sign in to a server", SignInPage(At("records.force.example", "Marsh", "", "Secret Service"))),
    ):
        window.gate._show(page)
        yield _page(window, name)


def every_page(window: Window, opened: OpenStore, officer: str) -> Iterator[Stop]:
    """Every room and dialog that this officer may see."""
    start(window, opened=opened)
    yield _page(window, "sign in")
    opened.desk.sign_in(officer, PASSWORD)
    window.gate.enter(opened, officer)
    settle(window)
    for room in window._rooms():
        window.go(room.key)
        yield _page(window, room.title)
    yield from _small(window)
    keys = {one.key for one in window._rooms()}
    if "files" in keys:
        yield from _files(window, opened)
    if "review" in keys:
        yield from _review(window)
    if "handover" in keys:
        yield from tour_hand_over.stops(window, opened)
    if "diary" in keys:
        yield from _diary(window)
    if "team" in keys:
        yield from tour_team.stops(window)
    if "campaigns" in keys:
        yield from _campaigns(window, opened)
    if "challenges" in keys:
        yield from _challenges(window)
    if "search" in keys:
        yield from _search(window)
    if "matches" in keys:
        yield from _matches(window)
    if "ask" in keys:
        yield from _ask(window)
    if "imports" in keys:
        yield from _imports(window)
    if "admin" in keys:
        yield from _administration(window)
    window.lock()
    yield _page(window, "locked")


def _small(window: Window) -> Iterator[Stop]:
    yield from _dialogs(
        window,
        "dialog",
        window.ask_where,
        lambda: window.tell(as_bug(KeyError("nothing"))),
        lambda: say_done(window, "Backup made", "The backup stands in the folder that was chosen."),
    )


def _files(window: Window, opened: OpenStore) -> Iterator[Stop]:
    window.go("files")
    settle(window)
    screen = window.pages.currentWidget()
    assert isinstance(screen, FilesScreen)
    screen.list.finding.setText("nobody of this name")
    screen.list.read()
    yield _page(window, "Files: nothing fits")
    screen.list.finding.clear()
    screen.list.read()
    settle(window)
    yield from _dialogs(window, "Files", screen.new_file, screen.break_glass)
    page = opened.desk.read(list_files, sort="last_entry_on", descending=True, state="open", limit=50)
    largest = max(page.rows, key=lambda one: (one.children, bool(one.plan_category)))
    screen.open_file(largest.id)
    settle(window)
    docket = screen.docket
    assert docket is not None
    yield from _docket(window, docket)
    screen.close_file()
    settle(window)


def _docket(window: Window, docket: DocketView) -> Iterator[Stop]:
    assert docket._docket is not None
    for divider in docket._docket.dividers:
        docket.go_to(divider.key)
        yield _page(window, f"divider {divider.key}")
        for kind in divider.sections:
            docket.records.start(kind.key)
            settle(window)
            form = docket.records.form
            assert form is not None, kind.key
            for group in form.form.groups.values():
                group.add()
            yield _page(window, f"form {kind.key}")
            form.sign()
            yield _page(window, f"form {kind.key}, with faults")
            if docket.records.form is not None:
                docket.records.form.discard()
            settle(window)
    docket.go_to("picture")
    yield _page(window, "picture of the family")
    docket.middle.show_wider()
    yield _page(window, "associations across files")
    yield from _records(window, docket)
    yield from _asks(window, docket)
    docket.go_to("research")
    settle(window)
    yield from _dialogs(window, "research", docket.middle.research.record, docket.middle.research.print)
    docket.go_to("documents")
    settle(window)
    docket.middle.documents.add_paths([DOCUMENTS / "minutes-review-conference.pdf"])
    yield _page(window, "documents brought in")
    docket.middle.documents._open(docket.middle.documents.table.rows.rows[0])
    yield _page(window, "a document open")


def _records(window: Window, docket: DocketView) -> Iterator[Stop]:
    """An amendment, and versions side by side."""
    docket.go_to("contacts")
    settle(window)
    docket.records.amend()
    settle(window)
    form = docket.records.form
    assert form is not None
    yield _page(window, "amending")
    assert form._reason is not None
    form._reason.setText("The place was mistyped.")
    form.sign()
    settle(window)
    assert docket.records.form is None
    shown = docket.records._shown()
    assert shown is not None
    docket.records._ask_versions(shown)
    yield _page(window, "versions side by side")


def _asks(window: Window, docket: DocketView) -> Iterator[Stop]:
    held = docket._docket
    assert held is not None
    docket.go_to("front_sheet")
    settle(window)
    owed = next(one for one in held.owed if one.state.outstanding)
    yield from _dialogs(
        window,
        "file",
        docket.print,
        docket.print_supervision,
        docket.restrict,
        lambda: export_json(docket._context, held, docket),
        lambda: docket.right._say(owed, "done"),
        lambda: docket.right._say(owed, "waive"),
    )
    docket.go_to("bail")
    settle(window)
    yield from _dialogs(window, "divider", lambda: docket.records._ask_mark(False))
    docket.go_to("child")
    settle(window)
    people = docket.middle.people
    around = people._around
    assert around is not None
    yield from _dialogs(window, "people", people.add)
    for description in people._descriptions:
        facts = next((one.now(description.key) for one in held.people if one.now(description.key)), ())
        about = About(held.id, held.people[0], description, facts[0] if facts else None)
        yield from _dialogs(
            window, "fact", lambda about=about: FactDialog(docket._context, about, around, people).open()
        )


def _review(window: Window) -> Iterator[Stop]:
    window.go("review")
    settle(window)
    screen = window.pages.currentWidget()
    assert isinstance(screen, ReviewScreen)
    screen.show_chosen()
    yield _page(window, "Review queue: a file")
    changed = screen.page.changed
    opened: set[str] = set()
    for item in changed.lines.items():
        if item.data is not None and item.data.opens not in opened:
            opened.add(item.data.opens)
            changed.read_line(item.data)
            yield _page(window, f"Review queue: what changed, {item.data.opens or 'nothing to open'}")
    yield from _dialogs(window, "what changed", changed.ask_since)
    changed.close_reader()
    alarm = screen.page.alarms.items()[0].data
    yield from _dialogs(window, "review", lambda: screen.page.ask_accept(alarm), screen.ask_name)
    screen.page.begin()
    yield _page(window, "Review queue: the note")
    screen.filters.text.setText("nobody of this name")
    screen.filters.changed.emit()
    yield _page(window, "Review queue: nothing waits")


def _diary(window: Window) -> Iterator[Stop]:
    window.go("diary")
    settle(window)
    page = window.pages.currentWidget()
    assert isinstance(page, DiaryScreen)
    page.bar.choose_of(Of("team"))
    for view in ("week", "list", "month"):
        page.bar.choose_view(view)
        yield _page(window, f"diary: {view} of the team")
    yield from _dialogs(window, "diary", page.print, page.ask_calendar)
    yield from _dialogs(
        window,
        "diary",
        lambda: ask_once(page._context, page.wanted(), page),
        lambda: _invited(window, page),
    )


def _invited(window: Window, page: DiaryScreen) -> None:
    page.inviting.take(INVITATION, None)
    settle(window)


def _search(window: Window) -> Iterator[Stop]:
    window.go("search", 'school section:contact -zebra by:Marsh colour:"red" before:soon')
    settle(window)
    page = window.pages.currentWidget()
    assert isinstance(page, SearchScreen)
    yield _page(window, "search: narrowed, and not all of it read")
    window.go("search", "school")
    settle(window)
    yield _page(window, "search: found")
    page.as_table.click()
    yield _page(window, "search: found, as a table")
    page.as_table.click()
    yield from _dialogs(
        window, "search", page.out.print, page.out.export, page.keeping.keep, page.bar.ask_dates
    )


def _matches(window: Window) -> Iterator[Stop]:
    window.go("matches")
    settle(window)
    page = window.pages.currentWidget()
    assert isinstance(page, MatchesScreen)
    page.decided.click()
    settle(window)
    yield _page(window, "matches")
    yield from _dialogs(window, "matches", page.print, lambda: page.decide(What.REJECTED))


def _ask(window: Window) -> Iterator[Stop]:
    window.go("ask")
    settle(window)
    page = window.pages.currentWidget()
    assert isinstance(page, AskScreen)
    page.list.choose(page._views.called("alarms_standing"))
    page.answer.ask()
    settle(window)
    yield _page(window, "ask: asked")
    yield from _dialogs(window, "ask", page.answer.print, page.answer.give_out)


def _challenges(window: Window) -> Iterator[Stop]:
    window.go("challenges")
    settle(window)
    page = window.pages.currentWidget()
    assert isinstance(page, ChallengesScreen)
    yield from _dialogs(window, "challenges", page.print)
    page.finding.setText("nobody of this name")
    page._read()
    yield _page(window, "challenges: none found")


def _campaigns(window: Window, opened: OpenStore) -> Iterator[Stop]:
    window.go("campaigns")
    settle(window)
    page = window.pages.currentWidget()
    assert isinstance(page, CampaignsScreen)
    page.forms.begin()
    settle(window)
    assert page.forms.form is not None
    for group in page.forms.form.form.groups.values():
        group.add()
    yield _page(window, "campaigns: beginning one")
    page.forms.form.send()
    yield _page(window, "campaigns: beginning one, with faults")
    page.forms.close_all()
    asked = [{"question": "Was each child seen alone since the last review of the file?", "answer": "choice"}]
    given = {
        "title": "After the death of a child",
        "occasion": "death",
        "due_on": "2099-12-18",
        "why": "Look again.",
    }
    opened.desk.do(begin_campaign, {**given, "by": "supervisor", "questions": asked, "risk": ["high"]})
    window.go("campaigns")
    yield _page(window, "campaigns: one of them")
    assert page.view.page is not None
    file = page.view.page.files[0]
    page.open_file(file)
    yield _page(window, "campaigns: answering")
    assert page.forms.form is not None
    page.forms.form.send()
    yield _page(window, "campaigns: answering, with faults")
    opened.desk.do(
        answer_campaign, file.id, {"q1": "partial", "q1_comment": "Only with the mother in the room."}
    )
    page.forms.close_all()
    settle(window)
    page.open_file(page.view.page.files[-1])
    yield _page(window, "campaigns: what was answered")
    page.forms.close_all()
    settle(window)
    yield from _dialogs(window, "campaigns", page.ask_end, page.print)


def _imports(window: Window) -> Iterator[Stop]:
    window.go("imports")
    settle(window)
    page = window.pages.currentWidget()
    assert isinstance(page, ImportScreen)
    page.bring_in([SAMPLE])
    yield _page(window, "import: columns of an index")
    page.mapping.bring_in()
    yield _page(window, "import: report")


def _administration(window: Window) -> Iterator[Stop]:
    window.go("admin")
    settle(window)
    page = window.pages.currentWidget()
    assert isinstance(page, AdminScreen)
    yield from _dialogs(window, "administration", page._add, page._change, page._password)
    page.tabs.setCurrentIndex(1)
    yield _page(window, "administration: store and backup")
    yield from _dialogs(window, "administration", page.store._passphrase)
