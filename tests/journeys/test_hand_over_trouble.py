"""What goes wrong in the room of hand-over is said in words, nothing moves by halves and nothing typed is lost."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from sqlalchemy import insert

from casefile.audit.queries import log_page
from casefile.files.actions.restrict import restrict_file
from casefile.handover.absence import absences, record_absence
from casefile.handover.begin import choose_receivers, save_checklist, send, start_handover, take_back
from casefile.handover.queries import accountable, checklist, handover
from casefile.record.model import CaseFile
from casefile.work.ids import new_id
from tests.journeys.hand_over import Station, become, room, station
from ui.app import start
from ui.handover.checklist import ChecklistView
from ui.pictures import settle
from ui.shell.errors import Trouble
from ui.shell.window import Window

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)
MANY = 1_000


@pytest.fixture
def made(window: Window, tmp_path: Path) -> Station:
    found = station(tmp_path / "store", ("Alder", "Ash"))
    start(window, opened=found.opened)
    settle(window)
    return found


def said(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def begun(made: Station, window: Window) -> Any:
    """Marsh hands over for no absence; the page of it is open."""
    become(window, made, "Marsh")
    which = made.desk.do(start_handover, made.ids["Marsh"], reason="Transfer").result.id
    window.go("handover", which)
    settle(window)
    return room(window).going.one


def test_absences_that_cannot_be_are_said_beside_the_field(
    made: Station, window: Window, tmp_path: Path
) -> None:
    become(window, made, "Marsh")
    today = made.desk.now().date()
    made.desk.do(record_absence, made.ids["Marsh"], today + timedelta(days=5), None, "course")
    window.go("handover", "absences")
    settle(window)
    page = room(window).absences
    page.new()
    form = page.form
    assert form is not None
    form.record()
    settle(window)
    assert "Give the kind and the first day." in said(form)
    day = {"kind": "sickness", "from_on": (today + timedelta(days=9)).isoformat()}
    for more, words in (
        ({}, "is away already from"),
        ({"until_on": today.isoformat()}, "It cannot end before it begins."),
        ({"until_on": "31 February"}, ""),
    ):
        form.form.set_state({**day, **more})
        form.foresee()
        settle(window)
        assert words in said(form)
        form.record()
        settle(window)
        assert page.form is form
    assert len(made.desk.read(absences)) == 1
    become(window, made, "Sefton")
    bad = tmp_path / "duties.csv"
    bad.write_text("Officer,Kind,From\nMarsh,course,31 February 2026\n", "utf-8")
    window.go("handover", "absences")
    settle(window)
    room(window).absences.files.take(bad)
    settle(window)
    box = next(one for one in window.findChildren(Trouble) if one.isVisible())
    assert "Line 2" in said(box)
    box.close()
    good = tmp_path / "good.csv"
    good.write_text(f"Officer,Kind,From,To\nDevlin,course,{today},{today}\n", "utf-8")
    room(window).absences.files.take(good)
    settle(window)
    assert len(made.desk.read(absences)) == 2
    room(window).absences.files.save(tmp_path / "team.ics", "Team North")
    settle(window)
    assert b"DC 4820 Devlin away" in (tmp_path / "team.ics").read_bytes()


def test_what_keeps_a_file_is_said_in_its_row_and_nothing_is_half_sent(made: Station, window: Window) -> None:
    sefton = made.as_("Sefton")
    sefton.do(restrict_file, made.files[0], [made.ids["Marsh"], made.ids["Sefton"]], "A colleague’s family")
    sefton.do(record_absence, made.ids["Devlin"], sefton.now().date(), None, "left")
    view = begun(made, window).files
    view.acts.choose(view.table.held.rows, made.ids["Okafor"])
    settle(window)
    restricted, other = view.table.held.rows
    assert "not one of its named readers" in " ".join(view._wants[restricted.id])
    made.desk.do(save_checklist, other.id, {"safe": "yes"}, 0)
    view.acts.choose((other,), made.ids["Devlin"])
    settle(window)
    assert "is away too" in view._wants[other.id][0]
    view.table.tick_all()
    view.go()
    settle(window)
    assert "Nothing was sent" in view.said.text()
    assert {one.step.value for one in made.desk.read(handover, "H-2026-001").items} <= {"drafted"}


def test_acceptance_at_the_moment_of_withdrawal_is_told_in_words(made: Station, window: Window) -> None:
    marsh = made.as_("Marsh")
    which = marsh.do(start_handover, made.ids["Marsh"], reason="Transfer").result
    held = marsh.read(handover, which.id).items
    marsh.do(choose_receivers, {one.id: made.ids["Okafor"] for one in held})
    for one in held:
        marsh.do(save_checklist, one.id, {"safe": "yes"}, 0)
    marsh.do(send, [one.id for one in held])
    become(window, made, "Okafor")
    window.go("handover", "waiting")
    settle(window)
    view = room(window).waiting
    for _ in held:
        view.show_chosen()
        settle(window)
        view.step(1)
        settle(window)
    okafor = made.desk.actor
    made.as_("Marsh").do(take_back, [held[0].id], "Wrong receiver")
    made.desk.actor = okafor
    view.table.tick_all()
    view.go()
    settle(window)
    assert "was taken back just before" in view.said.text()
    assert {made.desk.read(accountable, one).officer for one in made.files} == {"DC 4471 Marsh"}


@pytest.mark.parametrize("mine", [True, False], ids=["mine", "theirs"])
def test_a_checklist_changed_in_two_windows_is_lost_in_neither(
    made: Station, window: Window, *, mine: bool
) -> None:
    view = begun(made, window).files
    view.show_chosen()
    settle(window)
    form = view.checklist.form
    assert form is not None
    made.desk.do(save_checklist, form.item_id, {"worry": "The dog", "notebooks": "In the safe"}, 0)
    form.form.bring_in({"worry": "The lodger"})
    form.saving.typed()
    form.keep()
    settle(window)
    assert "two versions stand" in said(form)
    assert "notebooks" in said(form).casefold()
    kept = made.desk.read(checklist, form.item_id)
    assert kept.values["worry"] == "The dog"
    assert kept.state is not None
    assert [one.value for one in kept.state.waiting] == ["The lodger"]
    words = "Take mine" if mine else "Leave what stands"
    next(one for one in form.findChildren(QPushButton) if one.text() == words).click()
    settle(window)
    page = made.desk.read(checklist, form.item_id)
    assert page.values["worry"] == ("The lodger" if mine else "The dog")
    assert page.values["notebooks"] == "In the safe"
    assert page.state is not None
    assert ("The dog" if mine else "The lodger") in {one.value for one in page.state.beside}
    assert "two versions stand" not in said(form)
    form.form.bring_in({"worry": "Both"})
    form.saving.typed()
    form.keep()
    settle(window)
    assert made.desk.read(checklist, form.item_id).values["worry"] == "Both"


def test_a_thousand_files_are_one_table_and_one_checklist(made: Station, window: Window) -> None:
    now, marsh = made.desk.now(), made.ids["Marsh"]
    with made.desk.store.writing() as session:
        more = [
            {"id": new_id(), "reference": f"F-2020-{number:05}", "opened_on": now.date(), "recorded_at": now,
             "officer_id": marsh, "supervisor_id": made.ids["Sefton"]}
            for number in range(MANY - len(made.files))
        ]  # fmt: skip
        session.execute(insert(CaseFile), more)
    one = begun(made, window)
    assert one.files.table.held.rowCount() == MANY
    assert len(one.files._wants) == MANY
    assert len(one.findChildren(ChecklistView)) == 1
    one.files.table.tick_all()
    one.files.tools.receiver.set_value(str(made.ids["Okafor"]))
    one.files.tools.give()
    settle(window)
    assert one.files.said.text() == "Chosen for 1,000 files."
    assert {row.receiver for row in one.files.table.held.rows} == {"DC 5163 Okafor"}
    made.as_("Sefton")
    read = made.desk.read(log_page, text="handover.checklist")
    assert len(read) <= 3
