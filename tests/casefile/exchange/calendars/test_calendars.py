"""Calendars from outside: time zones, repetition and exceptions come out right; hostile ones get a sentence."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.errors import Damaged, Invalid, World
from casefile.exchange.calendars import Event, read_calendar, write_calendar
from casefile.work.unit import LONDON

FROM, UNTIL = date(2026, 3, 1), date(2026, 4, 30)


def ics(*events: str, head: str = "") -> bytes:
    body = "\r\n".join(f"BEGIN:VEVENT\r\n{one.strip()}\r\nEND:VEVENT" for one in events)
    text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n{head}{body}\r\nEND:VCALENDAR\r\n"
    return "\r\n".join(line.strip("\r") for line in text.split("\n")).encode()


def starts(data: bytes, from_on: date = FROM, until_on: date = UNTIL) -> list[str]:
    return [
        one.starts.isoformat() if one.whole_days else one.starts.strftime("%Y-%m-%d %H:%M")
        for one in read_calendar(data, from_on, until_on).events
    ]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("DTSTART:20260310T093000Z", ["2026-03-10 09:30"]),
        ("DTSTART:20260410T093000Z", ["2026-04-10 10:30"]),
        ("DTSTART;TZID=Europe/London:20260410T093000", ["2026-04-10 09:30"]),
        ("DTSTART;TZID=GMT Standard Time:20260410T093000", ["2026-04-10 09:30"]),
        ("DTSTART;TZID=America/New_York:20260310T093000", ["2026-03-10 13:30"]),
        ("DTSTART;TZID=/citadel.org/20250101_1/Europe/Paris:20260410T103000", ["2026-04-10 09:30"]),
        ("DTSTART:20260410T093000", ["2026-04-10 09:30"]),
        ("DTSTART;VALUE=DATE:20260410", ["2026-04-10"]),
        ("DTSTART;VALUE=DATE:20260226\r\nDTEND;VALUE=DATE:20260302", ["2026-02-26"]),
        ("DTSTART;VALUE=DATE:20260226\r\nDTEND;VALUE=DATE:20260301", []),
        (
            "DTSTART;TZID=Europe/London:20260327T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=4",
            ["2026-03-27 09:00", "2026-03-28 09:00", "2026-03-29 09:00", "2026-03-30 09:00"],
        ),
        (
            "DTSTART:20260327T090000Z\r\nRRULE:FREQ=WEEKLY;UNTIL=20260410T235959Z",
            ["2026-03-27 09:00", "2026-04-03 10:00", "2026-04-10 10:00"],
        ),
        (
            "DTSTART;VALUE=DATE:20250106\r\nRRULE:FREQ=MONTHLY;BYDAY=1MO\r\nEXDATE;VALUE=DATE:20260302",
            ["2026-04-06"],
        ),
        ("DTSTART;VALUE=DATE:20240229\r\nRRULE:FREQ=YEARLY", []),
        ("DTSTART:20260401T090000Z\r\nRDATE:20260402T090000Z", ["2026-04-01 10:00", "2026-04-02 10:00"]),
        ("DTSTART:20260401T090000Z\r\nSTATUS:CANCELLED", []),
    ],
)
def test_times_come_out_in_london(event: str, expected: list[str]) -> None:
    assert starts(ics(f"UID:1\r\nSUMMARY:Conference\r\n{event}")) == expected


def test_an_exception_moves_one_time_of_a_repeated_event() -> None:
    data = ics(
        "UID:1\r\nSUMMARY:Core group\r\nDTSTART:20260303T100000Z\r\nRRULE:FREQ=WEEKLY;COUNT=3",
        "UID:1\r\nRECURRENCE-ID:20260310T100000Z\r\nSUMMARY:Core group (moved)\r\nDTSTART:20260311T140000Z",
    )
    found = read_calendar(data, FROM, UNTIL).events
    assert [(one.title, one.starts.day) for one in found] == [
        ("Core group", 3),
        ("Core group (moved)", 11),
        ("Core group", 17),
    ]
    assert all(one.repeats for one in found[::2])


def test_a_time_zone_of_its_own_is_used_and_does_not_stay_for_the_next_calendar() -> None:
    def own(offset: str) -> bytes:
        zone = (
            "BEGIN:VTIMEZONE\r\nTZID:Ours\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
            f"TZOFFSETFROM:{offset}\r\nTZOFFSETTO:{offset}\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
        )
        return ics("UID:1\r\nSUMMARY:x\r\nDTSTART;TZID=Ours:20260310T120000", head=zone)

    assert starts(own("+0300")) == ["2026-03-10 09:00"]
    assert starts(own("-0100")) == ["2026-03-10 13:00"]


def test_whole_days_end_on_their_last_day_and_midnight_is_the_day_before() -> None:
    data = ics(
        "UID:1\r\nSUMMARY:Leave\r\nDTSTART;VALUE=DATE:20260302\r\nDTEND;VALUE=DATE:20260307",
        "UID:2\r\nSUMMARY:Night\r\nDTSTART:20260310T200000Z\r\nDTEND:20260311T000000Z",
    )
    leave, night = read_calendar(data, FROM, UNTIL).events
    assert (leave.starts, leave.ends, leave.whole_days) == (date(2026, 3, 2), date(2026, 3, 6), True)
    assert (night.first_day, night.last_day) == (date(2026, 3, 10), date(2026, 3, 10))


def test_who_is_asked_where_and_by_whom() -> None:
    data = ics(
        "UID:1\r\nSUMMARY:Review conference\\, 2 children\r\nDTSTART:20260310T093000Z\r\nDTEND:20260310T113000Z\r\n"
        "LOCATION:Civic Centre\\, room 4\r\nORGANIZER;CN=Conference office:mailto:c@example.org\r\n"
        'ATTENDEE;CN="Ames, Priya":mailto:p@example.org\r\nATTENDEE:mailto:q@example.org\r\n'
        "DESCRIPTION:First line\\nSecond\u0007 line\r\nCLASS:PRIVATE",
        head="METHOD:REQUEST\r\nX-WR-CALNAME:Conferences\r\n",
    )
    calendar = read_calendar(data, FROM, UNTIL)
    (one,) = calendar.events
    assert (calendar.name, calendar.method) == ("Conferences", "REQUEST")
    assert one.title == "Review conference, 2 children"
    assert one.where == "Civic Centre, room 4"
    assert one.attendees == ("Ames, Priya", "q@example.org")
    assert one.organiser == "Conference office"
    assert one.description == "First line\nSecond  line"
    assert one.private


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("DTSTART:20260310T093000Z\r\nRRULE:FREQ=SECONDLY", "more often than daily"),
        ("DTSTART:20260310T093000Z\r\nRRULE:FREQ=HOURLY;COUNT=9", "more often than daily"),
        ("DTSTART:20260310T093000Z\r\nRRULE:FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=1,2", "does not work out"),
        ("DTSTART:20260310T093000Z\r\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "never falls"),
        ("DTSTART:20260310T093000Z\r\nRRULE:FREQ=DAILY;INTERVAL=7;BYDAY=MO", "never falls"),
        ("DTSTART:20260310T093000Z\r\nRRULE:FREQ=DAILY;INTERVAL=0", "cannot be right"),
        ("DTSTART:20260310T093000Z\r\nRRULE:FREQ=DAILY\r\nRRULE:FREQ=WEEKLY", "several rules"),
        ("DTSTART;TZID=Mars/Olympus:20260310T093000", "Mars/Olympus"),
        ("DTSTART:20261399T093000Z", "left out"),
        ("LOCATION:nowhere", "does not say when"),
    ],
)
def test_what_cannot_be_worked_out_is_said(event: str, words: str) -> None:
    calendar = read_calendar(ics(f"UID:1\r\nSUMMARY:Panel\r\n{event}"), FROM, UNTIL)
    assert len(calendar.events) <= 1
    assert any(words in doubt and "Panel" in doubt for doubt in calendar.doubts), calendar.doubts


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   \r\n",
        b"Dear all, the meeting is on Monday.",
        b"BEGIN:VCARD\r\nEND:VCARD",
        b"BEGIN:VCALENDAR",
        b"BEGIN:VCALENDAR\r\n" * 50 + b"END:VCALENDAR\r\n" * 50,
        b"BEGIN:VCALENDAR\r\n" + b"x" * (5 * 1024 * 1024),
        b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        ics(
            "UID:1\r\nDTSTART;TZID=Slow:20260310T093000",
            head="BEGIN:VTIMEZONE\r\nTZID:Slow\r\nBEGIN:STANDARD\r\nDTSTART:19000101T000000\r\n"
            "RRULE:FREQ=SECONDLY\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n",
        ),
        ics(*(f"UID:{n}\r\nDTSTART:19750101T093000Z\r\nRRULE:FREQ=DAILY" for n in range(150))),
        ics(*(f"UID:{n}\r\nDTSTART:20260101\r\nRRULE:FREQ=DAILY;INTERVAL=7;BYDAY=MO" for n in range(9))),
    ],
    ids=lambda data: str(data[:24]) + str(len(data)),
)
def test_what_is_no_calendar_or_too_much_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(Damaged) as refused:
        read_calendar(data, FROM, UNTIL)
    assert refused.value.sentence.endswith(".")


def test_a_path_is_never_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.ics"
    secret.write_bytes(ics("UID:1\r\nSUMMARY:Secret\r\nDTSTART:20260310T093000Z"))
    with pytest.raises(Damaged):
        read_calendar(str(secret).encode(), FROM, UNTIL)


def test_the_days_asked_for_must_be_bearable() -> None:
    with pytest.raises(Invalid):
        read_calendar(ics(), UNTIL, FROM)
    with pytest.raises(Invalid):
        read_calendar(ics(), date(2000, 1, 1), UNTIL)


_LINES = st.sampled_from(
    [
        "BEGIN:VEVENT",
        "END:VEVENT",
        "BEGIN:VALARM",
        "END:VALARM",
        "BEGIN:VTIMEZONE",
        "END:VTIMEZONE",
        "TZID:Ours",
        "DTSTART:20260310T093000Z",
        "DTSTART;TZID=Ours:20260310T093000",
        "DTSTART;VALUE=DATE:20260310",
        "DTSTART:99991231T235959Z",
        "DTSTART:00010101T000000",
        "DTEND:20260309T093000Z",
        "DTEND;VALUE=DATE:99991231",
        "DURATION:-P9999999D",
        "DURATION:P99999999999D",
        "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "RRULE:FREQ=DAILY;UNTIL=20260310",
        "RRULE:FREQ=MONTHLY;BYDAY=5MO;BYSETPOS=-1",
        "RRULE:FREQ=MONTHLY;BYSETPOS=400",
        "RRULE:FREQ=WEEKLY;COUNT=99999999999999999999",
        "RRULE:FREQ=WEEKLY;INTERVAL=99999999999",
        "RRULE:COUNT=2",
        "RRULE:",
        "RDATE;VALUE=PERIOD:20260401T090000Z/PT1H",
        "EXDATE:20260310T093000Z",
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20260310T093000Z",
        "UID:1",
        "UID:2",
        "SUMMARY;LANGUAGE=en:Strategy \\, discussion",
        "ATTENDEE;CN=:mailto:",
        "X-WR-TIMEZONE:Europe/Nowhere",
        "CALSCALE:JULIAN",
        "TRIGGER:-PT15M",
        " folded",
        ";;;:::",
        "\u2028",
    ]
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.lists(st.one_of(_LINES, st.text(max_size=30)), max_size=12), max_size=4), st.booleans())
def test_whatever_comes_is_read_or_refused(events: list[list[str]], whole: bool) -> None:
    lines = [
        line
        for event in events
        for line in (
            ["BEGIN:VEVENT", *(one for one in event if one[:6] not in ("BEGIN:", "END:VE")), "END:VEVENT"]
            if whole
            else event
        )
    ]
    data = "\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR"]).encode("utf-8", "replace")
    try:
        calendar = read_calendar(data, FROM, UNTIL)
    except World:
        return
    for one in calendar.events:
        assert one.first_day <= one.last_day
        assert one.first_day <= UNTIL
        assert one.last_day >= FROM


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for given_bytes in (data, b"BEGIN:VCALENDAR\r\n" + data + b"\r\nEND:VCALENDAR"):
        try:
            events = read_calendar(given_bytes, FROM, UNTIL).events
        except World:
            continue
        assert all(one.uid for one in events)


_MOMENTS = st.integers(0, 56 * 24 * 60).map(
    lambda minutes: (datetime(2026, 3, 2, tzinfo=UTC) + timedelta(minutes=minutes)).astimezone(LONDON)
)
_WORDS = st.text(st.characters(blacklist_categories=("C", "Z")), min_size=1, max_size=40)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(_WORDS, _WORDS, _MOMENTS, st.integers(0, 600), st.booleans())
def test_what_is_written_is_read_again(
    title: str, where: str, at: datetime, minutes: int, whole_days: bool
) -> None:
    ends = at.astimezone(UTC) + timedelta(minutes=minutes)
    one = Event(
        uid="1@casefile",
        title=title,
        starts=at.date() if whole_days else at,
        ends=at.date() + timedelta(days=minutes // 100) if whole_days else ends.astimezone(LONDON),
        where=where,
        private=True,
    )
    written = write_calendar([one], "Mine", made_at=datetime(2026, 3, 1, tzinfo=UTC))
    calendar = read_calendar(written, FROM, date(2026, 5, 30))
    assert calendar.name == "Mine"
    assert calendar.events == (one,)
    assert calendar.doubts == ()
