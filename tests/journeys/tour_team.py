"""The walk through the room of the team: workload, staff, allocation, planned strength, and their dialogs."""

from __future__ import annotations

from collections.abc import Iterator

from casefile.work.names import Permission
from casefile.workload.strength.actions import copy_scenario, count_volumes
from casefile.workload.strength.queries import scenarios
from tests.journeys.stops import Stop, dialogs, page
from ui.pictures import settle
from ui.room import Screen
from ui.shell.window import Window
from ui.workload.allocate_page import AllocatePage
from ui.workload.load_page import LoadPage
from ui.workload.screen import TeamScreen
from ui.workload.staff_page import StaffPage
from ui.workload.strength import VIEWS, StrengthPage


def stops(window: Window) -> Iterator[Stop]:
    """Every page and dialog of the room, for whoever is signed in."""
    window.go("team", "workload")
    settle(window)
    room = window.pages.currentWidget()
    assert isinstance(room, TeamScreen)
    load = room.tabs.widget(0)
    assert isinstance(load, LoadPage)
    load.on.edit.setText("31 February 2026")
    load.read()
    yield page(window, "team: a day that is none")
    load.on.edit.clear()
    load.read()
    settle(window)
    load.open_files(None)
    yield page(window, "team: files without a named person")
    holder = max(load._officers(), key=lambda one: one.held.points)
    load.open_files(holder.officer_id)
    yield page(window, "team: why a file weighs so much")
    yield from dialogs(window, "team", load.print)
    window.go("team", "staff")
    settle(window)
    staff = room.tabs.widget(1)
    assert isinstance(staff, StaffPage)
    named = next(one for one in staff.table.rows.rows if one.officer.endswith("Marsh"))
    staff._choose(named)
    yield page(window, "team: a staff record")
    record = staff.record
    yield from dialogs(
        window,
        "team",
        record.add,
        record.ask_terms,
        record.declare,
        record._withdraw,
        record._end,
        lambda: record._change(record.found.accreditations[0] if record.found else None),
    )
    if window.context is not None and window.context.may(Permission.ALLOCATE):
        yield from _allocating(window)
    yield from _strength(window)


def _allocating(window: Window) -> Iterator[Stop]:
    window.go("team", ("allocate", None))
    settle(window)
    room = _tab(window)
    assert isinstance(room, AllocatePage)
    yield page(window, "team: who might take a file")
    room.table.choose(len(room.table.rows.rows) - 1)
    yield page(window, "team: who cannot take it")
    yield from dialogs(window, "team", room.ask_chosen)
    room.open_moves()
    yield page(window, "team: moving many files")
    moves = room.moves
    moves.propose()
    yield page(window, "team: moving many files, nothing asked for")
    moves.whose.setCurrentIndex(moves.whose.findText("Even out Team North"))
    moves.nobody.setChecked(True)
    moves.propose()
    yield page(window, "team: a plan of moves")
    yield from dialogs(window, "team", moves.ask_approve, moves.print)
    room.close_moves()


def _strength(window: Window) -> Iterator[Stop]:
    window.go("team", ("strength", "report-2009"))
    settle(window)
    room = _tab(window)
    assert isinstance(room, StrengthPage)
    room.choose_view("stated")
    yield page(window, "team: totals as stated in the report")
    yield from dialogs(window, "team", room.copy, room.print)
    desk = room._context.desk
    desk.do(copy_scenario, "starting", "Next year")
    desk.do(count_volumes, "Next year")
    room.choose_scenario(next(one.which for one in desk.read(scenarios) if one.name == "Next year"))
    for _, view in VIEWS:
        room.choose_view(view)
        yield page(window, f"team: planned strength, {view}")
    room.choose_view("posts")
    settle(window)
    room.table.typed.emit("abstraction/dc", "100%")
    yield page(window, "team: planned strength, a figure that cannot be")
    yield from dialogs(window, "team", room.asks.count, room.asks.teams, room.asks.adopt, room.asks.drop)


def _tab(window: Window) -> Screen:
    room = window.pages.currentWidget()
    assert isinstance(room, TeamScreen)
    found = room.tabs.currentWidget()
    assert isinstance(found, Screen)
    return found
