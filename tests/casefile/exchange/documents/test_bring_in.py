"""Documents brought into a file: kept whole, read, minutes prefilled to confirm; both stores."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from casefile.desk import Desk
from casefile.errors import Missing, Refused
from casefile.exchange.documents.bring_in import file_documents
from casefile.exchange.documents.report import DocumentsReport
from casefile.exchange.readers import read_whole
from casefile.files.actions.drafts import save_draft
from casefile.files.actions.entries import sign_entry
from casefile.files.actions.files import open_file
from casefile.files.actions.restrict import restrict_file
from casefile.files.queries.docket import owed_on
from casefile.files.queries.documents import document, documents
from casefile.files.queries.drafts import my_drafts
from tests.conftest import officer_of

DOCUMENTS = Path(__file__).resolve().parents[3] / "data" / "documents"


@pytest.fixture
def file_id(desk: Desk) -> UUID:
    return desk.do(open_file, "F-2026-00001").result


def filed(desk: Desk, file_id: UUID, name: str, received_on: date | None = None) -> DocumentsReport:
    parts = read_whole(name, (DOCUMENTS / name).read_bytes())
    return desk.do(file_documents, file_id, parts, received_on).result


def test_a_mail_is_kept_whole_with_what_came_inside_it(desk: Desk, file_id: UUID) -> None:
    report = filed(desk, file_id, "minutes-by-outlook.msg")
    rows = {row.name: row for row in desk.read(documents, file_id)}
    mail = rows["minutes-by-outlook.msg"]
    assert set(rows) == {"minutes-by-outlook.msg", "Minutes ICPC Hartley-Voss.docx", "RE: draft minutes.eml"}
    assert {row.parent_id for row in rows.values()} == {None, mail.id}
    assert mail.origin is not None
    assert "Safeguarding Unit" in mail.origin
    opened = desk.read(document, mail.id)
    assert opened.data == (DOCUMENTS / "minutes-by-outlook.msg").read_bytes()
    assert "attached are the minutes of 12 March" in opened.text
    assert [one.draft_id is not None for one in report.documents] == [False, True, False]
    assert report.sentence == "3 documents filed in F-2026-00001. One minutes form waits to be confirmed."


def test_minutes_are_prefilled_confirmed_and_signed(desk: Desk, file_id: UUID) -> None:
    filed(desk, file_id, "minutes-initial-conference.docx", date(2026, 10, 30))
    (draft,) = desk.read(my_drafts)
    assert draft.record == "minutes"
    values = dict(draft.values)
    assert (values["kind"], values["happened_on"], values["happened_at"]) == (
        "initial_conference",
        "2026-03-12",
        "10:00",
    )
    assert values["received_on"] == "2026-10-30"
    assert len(values["attendees"]) == 10
    marsh = next(row for row in values["actions"] if row["owner"] == "DC Marsh, Police")
    assert "officer_id" in marsh
    desk.do(save_draft, draft.id, {**values, "checked": "accurate", "known_on": "2026-10-30"}, draft.revision)
    entry = desk.do(sign_entry, draft.id).result
    assert entry.doubts["actions.3.due_on"].stated == "Ongoing"
    owed = {one.title: one for one in desk.read(owed_on, file_id, date(2026, 11, 2))}
    assert owed["Core assessment to be completed"].due_on == date(2026, 4, 24)
    assert owed["Confirm who lives at the address by an unannounced visit"].officer_id == UUID(
        marsh["officer_id"]
    )


def test_the_same_document_again_is_not_doubled(desk: Desk, file_id: UUID) -> None:
    filed(desk, file_id, "school-report-outlook.eml")
    again = filed(desk, file_id, "school-report-outlook.eml")
    assert not any(one.new for one in again.documents)
    assert again.sentence == "school-report-outlook.eml stands in F-2026-00001 already; nothing was done."
    assert len(desk.read(documents, file_id)) == 2
    assert filed(desk, file_id, "minutes-pre-birth-windows.txt").documents[0].new
    filed(desk, file_id, "minutes-pre-birth-windows.txt")
    assert len(desk.read(my_drafts)) == 1


def test_an_impossible_due_date_waits_in_the_form_as_stated(desk: Desk, file_id: UUID) -> None:
    report = filed(desk, file_id, "minutes-pre-birth-windows.txt")
    (draft,) = desk.read(my_drafts)
    assert draft.values["_doubts"]["actions.2.due_on"]["stated"] == "31 April 2026"
    assert "due_on" not in draft.values["actions"][2]
    assert "31 April 2026" in "\n".join(report.lines())
    assert json.loads(report.as_json())["documents"][0]["draft_id"] == str(draft.id)


def test_a_broken_document_is_kept_and_said_to_be_unread(desk: Desk, file_id: UUID) -> None:
    parts = read_whole("scan.pdf", b"%PDF-1.7 torn")
    report = desk.do(file_documents, file_id, parts).result
    assert report.documents[0].words == 0
    assert "damaged" in report.documents[0].warnings[0]
    (row,) = desk.read(documents, file_id)
    assert desk.read(document, row.id).data == b"%PDF-1.7 torn"


def test_nothing_is_filed_where_the_officer_may_not_see_or_bring_in(
    desk: Desk, file_id: UUID, sign_in: Callable[[str], Desk]
) -> None:
    parts = read_whole("n.txt", b"A note of nothing in particular.")
    with pytest.raises(Refused):
        sign_in("Penrose").do(file_documents, file_id, parts)
    sergeant = sign_in("Okafor")
    sergeant.do(restrict_file, file_id, [officer_of(sergeant)], "A colleague's family.")
    with pytest.raises(Missing):
        sign_in("Marsh").do(file_documents, file_id, parts)
    assert sergeant.read(documents, file_id) == ()
