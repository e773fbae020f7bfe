"""The diary outside: what a calendar file holds and what it does not, the one kept up to date, and on paper."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

import pypdfium2
import pytest

from casefile.audit.queries import LogLine, log_page
from casefile.desk import Desk
from casefile.diary.rows import Wanted
from casefile.errors import Invalid, Missing, Refused, Unavailable
from casefile.exchange.calendars import Calendar, read_calendar
from casefile.exchange.diary.feeds import begin_feed, end_feed, feed_is_due, feeds, put_file, take_feed
from casefile.exchange.diary.give_out import export_diary
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import allocate, open_file
from casefile.files.actions.people import add_person
from casefile.handover.absence import record_absence
from casefile.paper.diary import print_diary
from casefile.work.unit import LONDON
from tests.conftest import Clock, officer_of

NOVEMBER = Wanted(date(2026, 11, 1), date(2026, 11, 30))


@dataclass
class House:
    """A file with a conference fixed and an officer who goes away."""

    constable: Desk
    sergeant: Desk
    file_id: UUID
    log: Callable[[str], LogLine]


@pytest.fixture
def house(desk: Desk, sign_in: Callable[[str], Desk]) -> House:
    constable, sergeant = sign_in("Marsh"), sign_in("Okafor")
    file_id = desk.do(open_file, "D-1").result
    sergeant.do(allocate, file_id, "officer", officer_of(constable))
    name = {"kind": "legal", "given": "Wren", "family": "Ashdown"}
    desk.do(add_person, file_id, {"name": name, "involvement": {"role": "subject"}})
    told = {"happened_on": "2026-10-20", "known_on": "2026-10-20", "kind": "initial", "outcome": "nfa"}
    desk.do(record_entry, file_id, "conference", {**told, "next_on": "2026-11-20", "next_at": "10:30"})
    away = date(2026, 11, 20), date(2026, 11, 24)
    sergeant.do(record_absence, officer_of(constable), *away, "sickness", "Flu.")

    def log(act: str) -> LogLine:
        return next(one for one in sign_in("Penrose").read(log_page) if one.act == act)

    return House(constable, sergeant, file_id, log)


def calendar(data: bytes) -> Calendar:
    return read_calendar(data, date(2026, 9, 1), date(2027, 12, 31))


def test_a_calendar_file_holds_references_and_kinds_and_no_name_of_a_family(house: House) -> None:
    data = house.constable.do(export_diary, NOVEMBER, "DS Okafor").result
    for word in (b"Wren", b"Ashdown", b"ASHDOWN", b"sickness", b"Flu", b"fixed", b"initial"):
        assert word not in data
    meeting = next(one for one in calendar(data).events if one.title == "Conference D-1")
    assert meeting.starts == datetime(2026, 11, 20, 10, 30, tzinfo=LONDON)
    assert meeting.private
    away = next(one for one in calendar(data).events if one.title == "DC 102 Marsh away")
    assert (away.starts, away.ends) == (date(2026, 11, 20), date(2026, 11, 24))


def test_names_leave_only_when_they_are_asked_for(house: House) -> None:
    found = calendar(house.constable.do(export_diary, NOVEMBER, "DS Okafor", with_names=True).result)
    meeting = next(one for one in found.events if one.title == "Conference ASHDOWN D-1")
    assert "is away that day" in meeting.description
    assert house.log("exchange.export_diary").details["names"] == "yes"


def test_giving_a_calendar_out_is_a_disclosure_to_somebody(house: House) -> None:
    with pytest.raises(Invalid):
        house.constable.do(export_diary, NOVEMBER, "  ")
    house.constable.do(export_diary, NOVEMBER, "DS Okafor")
    row = house.log("exchange.export_diary")
    assert (row.category, row.details["recipient"], row.files) == (
        "disclosure",
        "DS Okafor",
        (house.file_id,),
    )


def test_the_same_date_is_the_same_event_in_the_next_calendar(house: House, clock: Clock) -> None:
    def uids() -> set[str]:
        return {one.uid for one in calendar(house.constable.do(export_diary, NOVEMBER, "me").result).events}

    before = uids()
    clock.forward(days=1)
    assert before == uids()
    assert len(before) >= 2


def test_a_calendar_is_kept_up_to_date_and_written_only_when_something_changed(
    house: House, tmp_path: Path, clock: Clock
) -> None:
    me, place = house.constable, tmp_path / "mine.ics"
    feed = me.do(begin_feed, "desk-7", str(place)).result
    assert me.read(feed_is_due, feed.id)
    put_file(place, me.do(take_feed, feed.id).result)
    assert place.stat().st_mode & 0o077 == 0 or os.name == "nt"
    assert b"Ashdown" not in place.read_bytes()
    assert not me.read(feed_is_due, feed.id)
    told = {"happened_on": "2026-11-01", "known_on": "2026-11-01", "next_on": "2026-11-27"}
    me.do(record_entry, house.file_id, "core_group", told)
    assert me.read(feed_is_due, feed.id)
    put_file(place, me.do(take_feed, feed.id).result)
    assert "Core group D-1" in {one.title for one in calendar(place.read_bytes()).events}
    assert [one.written_at for one in me.read(feeds)] == [clock.now]
    me.do(end_feed, feed.id)
    assert me.read(feeds) == ()
    with pytest.raises(Missing):
        me.do(take_feed, feed.id)


def test_a_calendar_is_ones_own_and_stands_at_a_real_place(house: House, tmp_path: Path) -> None:
    feed = house.constable.do(begin_feed, "desk-7", str(tmp_path / "mine.ics")).result
    with pytest.raises((Refused, Missing)):  # on a server another's calendar is not even seen
        house.sergeant.do(take_feed, feed.id)
    for place in ("mine.ics", str(tmp_path / "mine.txt")):
        with pytest.raises(Invalid):
            house.constable.do(begin_feed, "desk-7", place)
    for number in range(2, 6):
        house.constable.do(begin_feed, "desk-7", str(tmp_path / f"{number}.ics"))
    with pytest.raises(Invalid, match="5 calendar files"):
        house.constable.do(begin_feed, "desk-7", str(tmp_path / "6.ics"))
    again = house.constable.do(begin_feed, "desk-7", str(tmp_path / "mine.ics"), "team").result
    assert (again.id, again.whose) == (feed.id, "team")


def test_a_calendar_that_cannot_be_written_leaves_what_stood_there(tmp_path: Path) -> None:
    place = tmp_path / "folder" / "mine.ics"
    with pytest.raises(Unavailable):
        put_file(place, b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_diary_prints_week_by_week_as_a_numbered_copy(house: House) -> None:
    pdf = pypdfium2.PdfDocument(house.constable.do(print_diary, NOVEMBER, "the morning meeting").result)
    words = " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())
    assert "Week of 16 November 2026" in words
    assert "Fri 20 Nov, 10:30" in words
    assert "ASHDOWN D-1" in words
    assert "is away that day" in words
    assert house.log("paper.print_diary").details["recipient"] == "the morning meeting"
    with pytest.raises(Invalid):
        house.constable.do(print_diary, NOVEMBER, "")
