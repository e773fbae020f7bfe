"""Hand-overs travel in the JSON of a file; absences come by CSV and calendar and go out as one."""

from __future__ import annotations

import json

import pytest

from casefile.errors import Damaged, Invalid, Refused
from casefile.exchange.absences import export_absences, import_absences, import_calendar
from casefile.exchange.calendars import read_calendar
from casefile.exchange.json_file.bring_in import bring_in_json
from casefile.exchange.json_file.export import export_file
from casefile.files.queries.listing import list_files
from casefile.handover.absence import absences, record_absence
from casefile.handover.begin import start_handover
from casefile.handover.queries import handover
from casefile.handover.receive import accept, answer_question, ask_back
from casefile.handover.settle import record_exception, sign_handover
from tests.casefile.handover.conftest import Team, held_files, items, opened, sent

CSV = b"""Officer;Kind;From;To;Planned
Marsh;Annual leave;7 December 2026;18/12/2026;
201;long-term sickness;2026-11-02;;no
"""
ICS = b"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Duties//EN
BEGIN:VEVENT
UID:1
DTSTART;VALUE=DATE:20261207
DTEND;VALUE=DATE:20261212
SUMMARY:Annual leave
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART;VALUE=DATE:20261214
DTEND;VALUE=DATE:20261219
SUMMARY:Annual leave
END:VEVENT
BEGIN:VEVENT
UID:3
DTSTART;TZID=Europe/Paris:20270104T090000
DTEND;TZID=Europe/Paris:20270104T180000
RRULE:FREQ=DAILY;COUNT=3
SUMMARY:Training
END:VEVENT
BEGIN:VEVENT
UID:4
DTSTART:20261120T100000Z
DTEND:20261120T110000Z
SUMMARY:Team meeting
END:VEVENT
END:VCALENDAR
"""


def test_a_csv_of_absences_is_taken_once(team: Team) -> None:
    okafor = team.at("Okafor")
    report = okafor.do(import_absences, CSV, "duties.csv").result
    assert (report.added, report.held) == (2, 0)
    held = {one.officer: one for one in okafor.read(absences)}
    assert held["DC 102 Marsh"].until_on is not None
    assert held["DC 201 Vale"].until_on is None
    assert not held["DC 201 Vale"].planned
    assert okafor.do(import_absences, CSV, "duties.csv").result.held == 2


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"Officer,Kind\nMarsh,course\n", "from is missing"),
        (b"Officer,Kind,From\nNobody,course,2026-11-02\n", "Line 2: .Nobody. is no officer"),
        (b"Officer,Kind,From\nMarsh,moonshine,2026-11-02\n", "no kind of absence"),
        (b"Officer,Kind,From\nMarsh,course,31 February 2026\n", "no 31 February"),
        (b"Officer,Kind,From,To\nMarsh,course,2026-11-09,2026-11-02\n", "cannot end before"),
        (b"Officer,Kind,From\nMarsh,course,2026-11-02\nMarsh,leave,2026-11-30\n", "Line 3: .*away already"),
        (b"", "no row"),
    ],
)
def test_a_csv_that_cannot_stand_leaves_nothing(team: Team, data: bytes, says: str) -> None:
    okafor = team.at("Okafor")
    with pytest.raises(Invalid, match=says):
        okafor.do(import_absences, data, "duties.csv")
    assert okafor.read(absences) == ()


def test_a_calendar_of_absences(team: Team) -> None:
    marsh = team.at("Marsh")
    report = marsh.do(import_calendar, ICS, team["Marsh"]).result
    assert report.added == 2
    assert [one for one in report.aside if "Team meeting" in one]
    spans = {(one.kind, str(one.from_on), str(one.until_on)) for one in marsh.read(absences)}
    assert spans == {("annual_leave", "2026-12-07", "2026-12-18"), ("course", "2027-01-04", "2027-01-06")}
    with pytest.raises(Refused):
        team.at("Vale").do(import_calendar, ICS, team["Marsh"])
    with pytest.raises(Damaged):
        marsh.do(import_calendar, b"not a calendar", team["Marsh"])
    written = read_calendar(marsh.read(export_absences, "North"), team.today, team.day(90))
    assert {one.title for one in written.events} == {"DC 102 Marsh away"}
    assert b"leave" not in marsh.read(export_absences)


def test_what_was_said_of_a_hand_over_travels_with_the_file(team: Team) -> None:
    files = held_files(team, 2)
    marsh, vale, okafor = team.at("Marsh"), team.at("Vale"), team.at("Okafor")
    leave = marsh.do(record_absence, team["Marsh"], team.today, team.day(40), "annual_leave").result
    begun = marsh.do(start_handover, team["Marsh"], leave).result
    ids = opened(vale, sent(team, begun.id, "Marsh", "Vale", worry="The new partner"))
    vale.do(ask_back, ids[0], "Who?")
    marsh.do(answer_question, ids[0], "A lodger")
    vale.do(accept, ids[:1])
    okafor.do(
        record_exception, ids[1:], "Closes soon", approved_by=team["Okafor"], interim_id=team["Vale"],
        until_on=team.day(3),
    )  # fmt: skip
    okafor.do(sign_handover, begun.id, "Seen.")
    for file_id in files:
        data = okafor.read(export_file, file_id)
        told = json.loads(data)
        again = okafor.do(bring_in_json, data, "file.json").result
        assert not again.added
        assert told["handovers"][0]["words"]
        assert okafor.read(export_file, file_id) == data
    assert len(okafor.read(list_files).rows) == 2
    assert okafor.read(handover, begun.id).row.signed_words == "Seen."


def test_another_store_reads_the_hand_over_as_it_was(team: Team) -> None:
    (file_id,) = held_files(team, 1)
    marsh, vale = team.at("Marsh"), team.at("Vale")
    begun = marsh.do(start_handover, team["Marsh"], reason="Transfer").result
    vale.do(accept, opened(vale, sent(team, begun.id, "Marsh", "Vale", worry="The new partner")))
    told = json.loads(team.at("Okafor").read(export_file, file_id))
    moved = json.loads(_renamed(json.dumps(told)))
    okafor = team.at("Okafor")
    report = okafor.do(bring_in_json, json.dumps(moved).encode(), "other.json").result
    assert report.added["hand-overs"] == 1
    page = okafor.read(handover, "H-2026-001 (" + moved["handovers"][0]["handover"]["key"][-6:] + ")")
    assert [(one.state, one.holder) for one in page.items] == [
        (one.state, one.holder) for one in items(okafor, begun.id)
    ]


def _renamed(text: str) -> str:
    """The same file as another store would hold it: every identity but those of officers is another."""
    held = json.loads(text)
    made: dict[str, str] = {}

    def key(value: str) -> str:
        return made.setdefault(value, value[:-2] + ("00" if value[-2:] != "00" else "01"))

    def walk(what: object) -> object:
        if isinstance(what, dict):
            return {one: walk(value) for one, value in what.items()}
        if isinstance(what, list):
            return [walk(one) for one in what]
        if isinstance(what, str) and len(what) == 36 and what.count("-") == 4:
            return key(what)
        return what

    found = walk(held)
    assert isinstance(found, dict)
    found["reference"] = "F-2026-77777"
    return json.dumps(found)
