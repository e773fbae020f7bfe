"""A document brought into a file: kept whole with what was inside it, read, and its minutes prefilled; never twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import pytest

from casefile.audit.queries import log_page
from casefile.desk import Desk
from casefile.errors import Cancelled, Invalid, Missing, Refused
from casefile.exchange.documents.bring_in import bring_in_document, draft_from_document
from casefile.exchange.documents.report import DocumentReport
from casefile.exchange.readers import read_whole
from casefile.files.actions.drafts import discard_draft, save_draft
from casefile.files.actions.entries import sign_entry
from casefile.files.actions.files import open_file
from casefile.files.actions.people import add_person
from casefile.files.actions.restrict import restrict_file
from casefile.files.queries.docket import entries_of, open_docket
from casefile.files.queries.documents import document, documents
from casefile.files.queries.drafts import DraftRow, my_drafts
from casefile.sections.values import DOUBTS, SOURCE
from tests.casefile.exchange.readers.test_real_documents import data_of
from tests.conftest import officer_of

ICPC = "minutes-initial-conference.docx"
TODAY = date(2026, 11, 2)


@pytest.fixture
def file_id(desk: Desk) -> UUID:
    return desk.do(open_file).result


def bring(desk: Desk, file_id: UUID, name: str, data: bytes | None = None) -> DocumentReport:
    return desk.do(
        bring_in_document, file_id, read_whole(name, data_of(name) if data is None else data)
    ).result


def draft(desk: Desk, draft_id: UUID | None) -> DraftRow:
    return next(one for one in desk.read(my_drafts) if one.id == draft_id)


def test_a_document_is_kept_whole_with_its_text(desk: Desk, file_id: UUID) -> None:
    report = bring(desk, file_id, ICPC)
    (filed,) = report.filed
    held = desk.read(document, filed.document_id)
    assert held.data == data_of(ICPC)
    assert "Moira Pettifer\tSocial worker" in held.text
    assert (held.row.received_on, held.row.origin) == (TODAY, "Safeguarding Unit")


def test_the_minutes_form_is_prefilled_to_be_confirmed(desk: Desk, file_id: UUID) -> None:
    report = bring(desk, file_id, ICPC)
    (found,) = report.drafts
    values = draft(desk, found.draft_id).values
    assert found.record == "minutes"
    assert {key: values[key] for key in ("kind", "happened_on", "happened_at", "received_on", "checked")} == {
        "kind": "initial_conference",
        "happened_on": "2026-03-12",
        "happened_at": "10:00",
        "received_on": TODAY.isoformat(),
        "checked": "not_checked",
    }
    assert values["document_id"] == str(report.filed[0].document_id)
    assert len(values["attendees"]) == 10
    assert values["attendees"][4] == {
        "name": "Dr Helen Okonjo",
        "agency": "gp",
        "role": "General practitioner, Mill Street Surgery",
        "attendance": "report_only",
    }
    assert values["actions"][0]["due_on"] == "2026-03-19"
    assert values["actions"][4]["what"].endswith("(by when, as stated: within 10 days)")
    evidence = values[SOURCE]["evidence"]
    assert evidence["happened_on"] == {
        "line": 6,
        "text": "Date of conference: Thursday 12 March 2026 at 10.00 am",
    }
    assert evidence["actions.0"]["line"] == 31


def test_what_was_prefilled_is_signed_as_any_form_and_says_where_it_came_from(
    desk: Desk, file_id: UUID
) -> None:
    (found,) = bring(desk, file_id, ICPC).drafts
    assert found.draft_id is not None
    signed = desk.do(sign_entry, found.draft_id).result
    assert (signed.section, signed.happened_on, signed.origin) == ("minutes", date(2026, 3, 12), ICPC)
    assert len(signed.rows("actions")) == 5
    docket = desk.read(open_docket, file_id)
    assert "Confirm who lives at the address by an unannounced visit" in {one.title for one in docket.owed}
    assert bring(desk, file_id, ICPC).prefilled[0].why_not.startswith("It is confirmed and signed already")


@pytest.mark.parametrize("layout", [ICPC, "forwarded-apple-mail.eml", "minutes-by-outlook.msg"])
def test_the_same_document_again_files_and_drafts_nothing_twice(
    desk: Desk, file_id: UUID, layout: str
) -> None:
    first = bring(desk, file_id, layout)
    again = bring(desk, file_id, layout)
    assert [one.document_id for one in again.filed] == [one.document_id for one in first.filed]
    assert all(one.again for one in again.filed)
    assert [one.draft_id for one in again.prefilled] == [one.draft_id for one in first.prefilled]
    assert len(desk.read(documents, file_id)) == len(first.filed)
    assert len(desk.read(my_drafts)) == len(first.drafts)


def test_the_same_minutes_by_mail_are_filed_there_too_but_not_drafted_twice(
    desk: Desk, file_id: UUID
) -> None:
    first = bring(desk, file_id, ICPC)
    mailed = bring(desk, file_id, "minutes-by-outlook.msg")
    assert [one.again for one in mailed.filed] == [False, False, False]
    assert {one.draft_id for one in mailed.drafts} == {first.drafts[0].draft_id}
    assert len(desk.read(my_drafts)) == 1


def test_what_a_person_typed_into_the_draft_outlives_the_same_document_again(
    desk: Desk, file_id: UUID
) -> None:
    (found,) = bring(desk, file_id, ICPC).drafts
    kept = draft(desk, found.draft_id)
    desk.do(save_draft, kept.id, {**kept.values, "checked_by": "Rhodes"}, kept.revision)
    bring(desk, file_id, ICPC)
    assert draft(desk, found.draft_id).values["checked_by"] == "Rhodes"


def test_a_draft_thrown_away_is_begun_again_when_asked(desk: Desk, file_id: UUID) -> None:
    report = bring(desk, file_id, ICPC)
    assert report.drafts[0].draft_id is not None
    desk.do(discard_draft, report.drafts[0].draft_id)
    again = desk.do(draft_from_document, report.filed[0].document_id).result
    assert draft(desk, again.draft_id).values["kind"] == "initial_conference"


def test_a_mail_files_its_attachments_as_its_children_and_its_day_as_received(
    desk: Desk, file_id: UUID
) -> None:
    report = bring(desk, file_id, "minutes-by-outlook.msg")
    rows = {one.name: one for one in desk.read(documents, file_id)}
    top = rows["minutes-by-outlook.msg"]
    assert top.parent_id is None
    assert {one.parent_id for name, one in rows.items() if name != top.name} == {top.id}
    assert {one.received_on for one in rows.values()} == {date(2026, 3, 27)}
    (found,) = report.drafts
    assert found.name == "Minutes ICPC Hartley-Voss.docx"
    assert draft(desk, found.draft_id).values["received_on"] == "2026-03-27"


@pytest.mark.parametrize(
    ("name", "kind", "own"),
    [
        (ICPC, "initial_conference", "conference"),
        ("minutes-review-conference.pdf", "review_conference", "conference"),
        ("minutes-pre-birth-windows.txt", "pre_birth_conference", "conference"),
        ("core-group.odt", "core_group", "core_group"),
        ("strategy-discussion.docx", "strategy", "strategy"),
    ],
)
def test_the_meeting_itself_is_recorded_from_the_same_document(
    desk: Desk, file_id: UUID, name: str, kind: str, own: str
) -> None:
    report = bring(desk, file_id, name)
    (found,) = report.drafts
    assert (draft(desk, found.draft_id).values["kind"], found.beside) == (kind, own)
    beside = desk.do(draft_from_document, report.filed[0].document_id, own).result
    values = draft(desk, beside.draft_id).values
    assert "actions" not in values, "what stands in the minutes already must not be owed twice"
    assert values["attendees"]
    assert beside.draft_id is not None
    signed = desk.do(sign_entry, beside.draft_id).result
    assert signed.section == own
    assert bring(desk, file_id, name).prefilled[0].beside == ""


def test_a_conference_from_its_minutes_opens_what_the_plan_needs(desk: Desk, file_id: UUID) -> None:
    report = bring(desk, file_id, ICPC)
    beside = desk.do(draft_from_document, report.filed[0].document_id, "conference").result
    assert beside.draft_id is not None
    signed = desk.do(sign_entry, beside.draft_id).result
    assert (signed.get("outcome"), signed.get("category")) == ("plan", "PHY")
    assert {"CG-1", "RCPC-1"} <= {one.timescale for one in desk.read(open_docket, file_id).owed}


def test_a_day_that_cannot_be_is_kept_as_stated_and_can_be_signed(desk: Desk, file_id: UUID) -> None:
    text = "Minutes of core group\nHeld on: 29 February 2009\nPresent: Jo Ward (Social Worker); PC Hale (Police)\n"
    (found,) = bring(desk, file_id, "m.txt", text.encode()).drafts
    assert draft(desk, found.draft_id).values[DOUBTS]["happened_on"]["stated"] == "29 February 2009"
    assert found.draft_id is not None
    signed = desk.do(sign_entry, found.draft_id).result
    assert signed.happened_on is None
    assert signed.doubts["happened_on"].stated == "29 February 2009"


def test_the_report_of_2009_is_kept_and_said_to_be_no_minutes(desk: Desk, file_id: UUID) -> None:
    report = bring(desk, file_id, "report-2009.txt")
    (found,) = report.prefilled
    assert found.draft_id is None
    assert found.what == "It is not minutes: it calls itself a report."
    assert any("29 February 2009" in one for one in found.doubts)
    assert "29 February 2009" in desk.read(document, report.filed[0].document_id).text
    assert desk.read(my_drafts) == ()


def test_a_file_that_the_minutes_do_not_name_is_questioned(desk: Desk, file_id: UUID) -> None:
    names = {
        "name": {"kind": "legal", "given": "Amy", "family": "Ashdown"},
        "involvement": {"role": "subject"},
    }
    desk.do(add_person, file_id, names)
    (found,) = bring(desk, file_id, ICPC).drafts
    assert any("Nobody of this file is named" in one for one in found.doubts)


def test_children_of_the_file_whom_the_minutes_name_are_whom_they_concern(desk: Desk, file_id: UUID) -> None:
    def person(given: str, family: str, role: str = "subject") -> UUID:
        facts = {"name": {"kind": "legal", "given": given, "family": family}, "involvement": {"role": role}}
        return desk.do(add_person, file_id, facts).result

    tamsin, _, _ = (
        person("Tamsin", "Hartley-Voss"),
        person("Amy", "Ashdown"),
        person("Leanne", "Voss", "mother"),
    )
    (found,) = bring(desk, file_id, ICPC).drafts
    assert draft(desk, found.draft_id).values["concerns"] == [str(tamsin)]


def test_what_cannot_be_read_is_kept_whole_and_said(desk: Desk, file_id: UUID) -> None:
    report = bring(desk, file_id, "scan.pdf", b"%PDF-1.7 torn")
    assert report.prefilled == ()
    assert "cut short" in report.lines()[1]
    assert desk.read(document, report.filed[0].document_id).data == b"%PDF-1.7 torn"
    with pytest.raises(Invalid, match="No text could be read"):
        desk.do(draft_from_document, report.filed[0].document_id)


def test_stopped_while_filing_leaves_nothing(desk: Desk, file_id: UUID) -> None:
    class StopAt:
        def step(self, done: int, of: int | None, what: str) -> None:
            if done == 1 and what == "Filing the documents":
                raise Cancelled("The work was stopped.")

    parts = read_whole("m.msg", data_of("minutes-by-outlook.msg"))
    with pytest.raises(Cancelled) as stopped:
        desk.with_(progress=StopAt()).do(bring_in_document, file_id, parts)
    assert stopped.value.kept == "Nothing of the document was filed."
    assert desk.read(documents, file_id) == ()


def test_another_officers_draft_is_not_begun_again(
    desk: Desk, file_id: UUID, sign_in: Callable[[str], Desk]
) -> None:
    bring(desk, file_id, ICPC)
    (found,) = bring(sign_in("Marsh"), file_id, ICPC).prefilled
    assert (found.draft_id, found.why_not) == (None, "Another officer has begun to confirm it.")


def test_who_may_not_keep_files_files_nothing(
    desk: Desk, file_id: UUID, sign_in: Callable[[str], Desk]
) -> None:
    with pytest.raises(Refused):
        bring(sign_in("Boss"), file_id, ICPC)
    with pytest.raises(Missing):
        bring(desk, uuid4(), ICPC)
    with pytest.raises(Invalid):
        desk.do(bring_in_document, file_id, ())
    assert desk.read(documents, file_id) == ()


def test_a_restricted_file_takes_nothing_from_those_who_may_not_see_it(
    desk: Desk, file_id: UUID, sign_in: Callable[[str], Desk]
) -> None:
    sergeant = sign_in("Okafor")
    sergeant.do(restrict_file, file_id, [officer_of(sergeant)], "A colleague's family.")
    with pytest.raises(Missing):
        bring(sign_in("Marsh"), file_id, ICPC)
    assert sergeant.read(documents, file_id) == ()


def test_it_is_logged_as_collection(sign_in: Callable[[str], Desk]) -> None:
    desk = sign_in("Rhodes")
    file_id = desk.do(open_file).result
    bring(desk, file_id, "minutes-by-outlook.msg")
    rows = [one for one in sign_in("Lindqvist").read(log_page) if one.act == "exchange.bring_in_document"]
    assert [(one.category, one.files) for one in rows] == [("collection", (file_id,))]


def test_nothing_is_signed_by_bringing_in(desk: Desk, file_id: UUID) -> None:
    bring(desk, file_id, ICPC)
    assert desk.read(entries_of, file_id) == ()
