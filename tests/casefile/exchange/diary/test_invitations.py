"""An invitation becomes a form to confirm: right time, right kind, kept whole, moved when the meeting moves."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from casefile.desk import Desk
from casefile.diary.queries import diary
from casefile.diary.rows import DiaryState, Wanted
from casefile.errors import Damaged, Invalid
from casefile.exchange.diary.invitation import Invitation, draft_from_invitation, read_invitations
from casefile.files.actions.drafts import save_draft
from casefile.files.actions.entries import sign_entry
from casefile.files.actions.files import open_file
from casefile.files.queries.docket import open_docket
from casefile.files.queries.documents import document_text
from casefile.files.queries.drafts import my_drafts
from tests.conftest import Clock

TODAY = date(2026, 11, 2)


def ics(event: str, head: str = "METHOD:REQUEST", uid: str = "m1@la.example") -> bytes:
    text = (
        f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}\nBEGIN:VEVENT\nUID:{uid}\n{event.strip()}\n"
        "END:VEVENT\nEND:VCALENDAR\n"
    )
    return text.replace("\n", "\r\n").encode()


REVIEW = """
SUMMARY:Review Child Protection Conference
DTSTART;TZID=GMT Standard Time:20261120T103000
DTEND;TZID=GMT Standard Time:20261120T123000
LOCATION:Civic Centre\\, room 4
ORGANIZER;CN=Conference office:mailto:office@la.example
ATTENDEE;CN=DC Marsh:mailto:m@police.example
ATTENDEE;CN="Health visitor, J Lark":mailto:j@nhs.example
DESCRIPTION:Please bring your report.
"""


@pytest.fixture
def file_id(desk: Desk) -> UUID:
    return desk.do(open_file, "D-1").result


def brought(desk: Desk, file_id: UUID, data: bytes, record: str = "") -> Any:
    (one,) = read_invitations("invite.ics", data, TODAY)
    return desk.do(draft_from_invitation, file_id, one, record).result


def test_an_invitation_fills_the_form_in_and_stands_in_the_diary(desk: Desk, file_id: UUID) -> None:
    done = brought(desk, file_id, ics(REVIEW))
    assert (done.record, done.doubts, done.why_not) == ("conference", (), "")
    (draft,) = desk.read(my_drafts)
    values = draft.values
    assert (values["happened_on"], values["happened_at"]) == ("2026-11-20", "10:30")
    assert (values["kind"], values["place"]) == ("review", "Civic Centre, room 4")
    assert values["attendees"] == [
        {"name": "DC Marsh", "agency": "police"},
        {"name": "Health visitor, J Lark", "agency": "health_visiting"},
    ]
    text = desk.read(document_text, done.document_id).text
    lines = text.splitlines()
    for key, evidence in values["_source"]["evidence"].items():
        assert lines[evidence["line"] - 1] == evidence["text"], key
    of_file = Wanted(date(2026, 11, 1), date(2026, 11, 30), "file", file_id)
    (row,) = desk.read(diary, of_file).rows
    assert (row.state, row.draft_id) == (DiaryState.DRAFT, draft.id)


def test_the_form_is_confirmed_and_signed_once_the_meeting_was_held(
    desk: Desk, file_id: UUID, clock: Clock
) -> None:
    brought(desk, file_id, ics(REVIEW))
    (draft,) = desk.read(my_drafts)
    desk.do(save_draft, draft.id, {**draft.values, "review_outcome": "continue"}, draft.revision)
    with pytest.raises(Invalid, match="has not come"):
        desk.do(sign_entry, draft.id)
    clock.forward(days=18)
    desk.do(sign_entry, draft.id)
    again = brought(desk, file_id, ics(REVIEW))
    assert again.draft_id is None
    assert "signed record of that day" in again.why_not
    assert len(desk.read(open_docket, file_id).documents) == 1


def test_a_moved_meeting_moves_its_form_and_touches_nothing_else(desk: Desk, file_id: UUID) -> None:
    brought(desk, file_id, ics(REVIEW))
    (draft,) = desk.read(my_drafts)
    desk.do(save_draft, draft.id, {**draft.values, "chair": "Ms Teal"}, draft.revision)
    done = brought(desk, file_id, ics(REVIEW.replace("20261120", "20261123")))
    assert "was moved" in done.what
    (moved,) = desk.read(my_drafts)
    assert (moved.values["happened_on"], moved.values["chair"]) == ("2026-11-23", "Ms Teal")
    assert moved.revision == draft.revision + 2
    assert brought(desk, file_id, ics(REVIEW)).draft_id == draft.id
    assert len(desk.read(my_drafts)) == 1


@pytest.mark.parametrize(
    ("title", "section", "kind"),
    [
        ("ICPC 2 children", "conference", "initial"),
        ("Pre-birth conference", "conference", "pre_birth"),
        ("Core group meeting", "core_group", None),
        ("Strategy discussion", "strategy", None),
        ("Meeting", "conference", None),
    ],
)
def test_the_section_is_what_the_invitation_calls_itself(
    title: str, section: str, kind: str | None, request: pytest.FixtureRequest
) -> None:
    from casefile.exchange.diary.invitation import _kind, _values
    from casefile.exchange.documents.prefill import OWN_SECTION

    (one,) = read_invitations("x.ics", ics(f"SUMMARY:{title}\nDTSTART;VALUE=DATE:20261120"), TODAY)
    found = _kind(one.event)
    assert OWN_SECTION.get(found, "conference") == section
    assert _values(one, section, found, UUID(int=1), ()).get("kind") == kind


def test_what_is_doubtful_is_said(desk: Desk, file_id: UUID) -> None:
    done = brought(
        desk, file_id, ics("SUMMARY:Meeting\nDTSTART;VALUE=DATE:20261009\nRRULE:FREQ=DAILY;COUNT=2")
    )
    assert [one.split(" ")[0] for one in done.doubts] == ["The", "The", "The", "The"]
    assert {"The meeting repeats; only this one time was taken.", "The meeting is past."} <= set(done.doubts)
    with pytest.raises(Invalid):
        brought(desk, file_id, ics(REVIEW), "bail")


def test_of_a_repeated_meeting_the_next_time_is_taken_and_of_several_each() -> None:
    weekly = "SUMMARY:Core group\nDTSTART:20261001T090000Z\nRRULE:FREQ=WEEKLY"
    (one,) = read_invitations("x.ics", ics(weekly), TODAY)
    assert one.event.first_day == date(2026, 11, 5)
    both = ics(REVIEW).replace(b"END:VCALENDAR", ics(weekly, uid="m2").split(b"METHOD:REQUEST\r\n")[1])
    assert [one.event.title for one in read_invitations("x.ics", both, TODAY)] == [
        "Core group",
        "Review Child Protection Conference",
    ]


def test_a_mail_that_carries_the_invitation_will_do() -> None:
    mail = (
        b"From: office@la.example\r\nSubject: Conference\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nPlease come.\r\n'
        b"--b\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\n" + ics(REVIEW) + b"\r\n--b--\r\n"
    )
    (one,) = read_invitations("invite.eml", mail, TODAY)
    assert isinstance(one, Invitation)
    assert one.event.first_day == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (ics(REVIEW, "METHOD:CANCEL"), Invalid, "calls the meeting off"),
        (ics("SUMMARY:x\nDTSTART:20110101T090000Z"), Invalid, "No meeting"),
        (b"From: a@b.example\r\n\r\nHello", Damaged, "not a calendar"),
        (b"\x00\xff\xfe", Damaged, "calendar"),
    ],
)
def test_what_is_no_invitation_is_refused_in_words(data: bytes, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        read_invitations("x.ics", data, TODAY)
