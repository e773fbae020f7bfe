"""The walk through the room of hand-over: its parts, its forms with faults, its dialogs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from casefile.access.queries import officers
from casefile.handover.absence import record_absence
from casefile.handover.begin import choose_receivers, save_checklist, send, start_handover
from casefile.handover.queries import handover, handovers
from casefile.opening import OpenStore
from tests.journeys.stops import Stop, dialogs, page
from ui.handover.screen import HandoverScreen
from ui.pictures import settle
from ui.shell.window import Window


def stops(window: Window, opened: OpenStore) -> Iterator[Stop]:
    """Every page and dialog of the room, for whoever is signed in."""
    window.go("handover")
    settle(window)
    room = window.pages.currentWidget()
    assert isinstance(room, HandoverScreen)
    yield page(window, "hand-over: what waits")
    for key in ("going", "absences", "outstanding"):
        room.turn(key)
        yield page(window, f"hand-over: {key}")
    yield from _absences(window, room)
    if room.outstanding is not None:
        yield from _one(window, opened, room)
        yield from _returning(window, opened, room)
        yield from _receiving(window, opened, room)


def _absences(window: Window, room: HandoverScreen) -> Iterator[Stop]:
    room.turn("absences")
    settle(window)
    parts = room.absences
    parts.new()
    yield page(window, "absences: recording one")
    assert parts.form is not None
    parts.form.record()
    yield page(window, "absences: recording one, with faults")
    parts.form.form.set_state(
        {
            "officer": str(room._context.desk.actor.officer_id),
            "kind": "course",
            "from_on": "2026-06-05",
            "until_on": "2026-06-01",
        }
    )
    parts.form.foresee()
    yield page(window, "absences: days that cannot be")
    parts.form.closed.emit()
    settle(window)
    asks = (
        parts.ask_withdraw,
        parts.files.ask_export,
        lambda: parts.files.take(Path("calendar.ics")),
    )
    yield from dialogs(window, "absences", *asks)


def _one(window: Window, opened: OpenStore, room: HandoverScreen) -> Iterator[Stop]:
    """A hand-over that waits, with a question, and one that the supervisor begins."""
    leave = next(one for one in opened.desk.read(handovers) if one.counts.get("sent"))
    room.turn("going")
    settle(window)
    room.going.open(leave.id)
    yield page(window, "hand-over: one that waits")
    view = room.going.one
    rows = view.files.table.held.rows
    asked = next(one for one in rows if one.asked)
    yield from dialogs(
        window,
        "hand-over",
        lambda: view.files.acts.ask_take_back(rows),
        lambda: view.files.acts.ask_exception(rows),
        lambda: view.files.acts.ask_or_answer(asked),
        view.ask_end,
        view.ask_sign,
        view.print,
    )
    yield from dialogs(window, "hand-overs", room.going.ask_begin, room.going.ask_back)
    assert room.outstanding is not None
    room.turn("outstanding")
    settle(window)
    waiting = room.outstanding.list
    away = next(one.data for one in waiting.items() if one.data is not None and one.data.why == "not_begun")
    waiting.choose(away)
    yield from dialogs(window, "outstanding", room.outstanding.print, room.outstanding.go)
    sick = next(one for one in opened.desk.read(officers) if one.name == "Ainsworth")
    begun = opened.desk.do(start_handover, sick.id, reason="Nobody knows until when.").result
    room.turn("going")
    settle(window)
    room.going.open(begun.id)
    settle(window)
    view.files.checklist.begin()
    assert view.files.checklist.form is not None
    for group in view.files.checklist.form.form.groups.values():
        group.add()
    yield page(window, "hand-over: one to be completed")
    view.files.go()
    yield page(window, "hand-over: one to be completed, with faults")
    yield from dialogs(window, "hand-over", lambda: view.ask_spread(view.files.table.held.rows))
    room.going.close_one()


def _returning(window: Window, opened: OpenStore, room: HandoverScreen) -> Iterator[Stop]:
    room.turn("going")
    settle(window)
    room.going._show_back(opened.desk.read(officers)[0].id)
    settle(window)
    room.going.back.day.set_value("31 February")
    room.going.back.begin()
    yield page(window, "hand-over: the return, with faults")
    room.going.close_one()
    settle(window)


def _receiving(window: Window, opened: OpenStore, room: HandoverScreen) -> Iterator[Stop]:
    """A supervisor's own files come from another supervisor, who goes."""
    desk = opened.desk
    me = desk.actor.officer_id
    giver = next(one for one in desk.read(officers) if one.name == "Rowntree")
    today = desk.now().date()
    away = desk.do(record_absence, giver.id, today, None, "transfer").result
    begun = desk.do(start_handover, giver.id, away).result
    items = desk.read(handover, begun.id).items[:2]
    desk.do(choose_receivers, {one.id: me for one in items})
    for one in items:
        desk.do(save_checklist, one.id, {"safe": "yes", "worry": "The lodger."}, 0)
    desk.do(send, [one.id for one in items])
    room.turn("waiting")
    yield page(window, "hand-over: files that wait for me")
    row = room.waiting.table.held.rows[0]
    acts = room.waiting.acts
    yield from dialogs(window, "receiving", lambda: acts.ask_or_answer(row), lambda: acts.ask_refuse(row))
