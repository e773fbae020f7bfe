"""Documents as Word, LibreOffice and mail programs write them: their words, their senders, what was inside."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from casefile.exchange.readers import read_document, read_whole

DOCUMENTS = Path(__file__).parents[3] / "data" / "documents"
SAMPLES = Path(__file__).parents[4] / "resources" / "samples" / "documents"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

# File, what it is, its title, the day it bears (as stated), words that must be read, in this order.
READ = (
    ("minutes-initial-conference.docx", WORD, "Minutes of the Initial Child Protection Conference", "2026-03-20",
     ("Date of conference: Thursday 12 March 2026", "Leanne Voss\tMother\tFamily\tAttended", "1\tConfirm who lives")),
    ("strategy-discussion.docx", WORD, "Record of Strategy Discussion (section 47, Children Act 1989)", "2026-03-20",
     ("Child: Yusuf Aydın", "• DS 2207 Ruth Lindqvist, Police", "2. Ola Brandt to see the sibling")),
    ("core-group.odt", "application/vnd.oasis.opendocument.text", "Core Group Meeting Notes", "2026-03-20",
     ("• Fiona Strand – Social Worker", "What\tWho\tWhen", "Next core group: 3 June 2026")),
    ("minutes-review-conference.pdf", "application/pdf", "Review Child Protection Conference – Minutes", "2026-11-23",
     ("Held on: 22nd April 2026", "29 February 2025", "Date of next review: 14 October 2026")),
    ("paediatric-report.rtf", "application/rtf", "Paediatric report for child protection conference", "2026-03-20",
     ("Yusuf Aydın", "“Elini sıcak suya soktu”", "Left hand\tPartial-thickness scald")),
    ("minutes-pre-birth-windows.txt", "text/plain", "", "",
     ("Siobhán O’Dwyer (EDD 3 July 2026)", "The cost of £40 for taxis")),
    ("report-2009.txt", "text/plain", "", "", ("Date: 8 June 2009", "completed on 29 February 2009")),
    ("school-report-outlook.eml", "message/rfc822", "School report for Thursday’s conference – T. Hartley-Voss",
     "Mon, 09 Mar 2026", ("From: Gareth Pugh", 'said "Darren came back"', "– I am on 01632 960 218.")),
    ("paediatrician-thunderbird.eml", "message/rfc822", "Report Yusuf Aydın", "Thu, 05 Feb 2026",
     ("my report on Yusuf Aydın is attached",)),
    ("forwarded-apple-mail.eml", "message/rfc822", "Fwd: what the school says", "Mon, 09 Mar 2026",
     ("Callum, see below.", "Who\tWhen", "• ring Gareth")),
    ("minutes-by-outlook.msg", "application/vnd.ms-outlook", "Minutes – Hartley-Voss ICPC 12 March",
     "Fri, 27 Mar 2026", ("attached are the minutes of 12 March",)),
)  # fmt: skip


def data_of(name: str) -> bytes:
    return (DOCUMENTS / name).read_bytes()


@pytest.mark.parametrize(("name", "media_type", "title", "dated", "said"), READ, ids=[one[0] for one in READ])
def test_a_real_document_is_read(
    name: str, media_type: str, title: str, dated: str, said: tuple[str, ...]
) -> None:
    reading = read_document(name, data_of(name))
    assert (reading.media_type, reading.title) == (media_type, title)
    assert reading.dated.startswith(dated)
    places = [reading.text.find(words) for words in said]
    assert -1 not in places
    assert places == sorted(places)


def test_a_table_on_the_page_of_a_pdf_is_read_in_rows() -> None:
    lines = read_document("a.pdf", (SAMPLES / "harding-review-conference.pdf").read_bytes()).text.split("\n")
    assert "DC 4471 Marsh\tChild abuse investigation team\tPolice\tAttended" in lines
    assert "No.\tAction\tBy whom\tBy when" in lines
    assert lines.index("Present") + 1 == lines.index("Name\tRole\tAgency\tAttendance")
    assert "Apologies: Paul Tiverton (Northgate Homes)" in lines


def test_cells_that_go_over_two_columns_and_words_around_a_table_keep_their_place() -> None:
    held = io.BytesIO()
    table = Table([["Seen", "By"], ["all three children, at home", ""], ["Mia", "school"]], [200, 100], style=[
        ("GRID", (0, 0), (-1, -1), 0.5, "black"), ("SPAN", (0, 1), (1, 1)),
    ])  # fmt: skip
    words = getSampleStyleSheet()["Normal"]
    SimpleDocTemplate(held).build([Paragraph("Above", words), table, Paragraph("Below", words)])
    assert read_document("a.pdf", held.getvalue()).text.split("\n") == [
        "Above", "Seen\tBy", "all three children, at home", "Mia\tschool", "Below"
    ]  # fmt: skip


@pytest.mark.parametrize("name", [one[0] for one in READ])
def test_what_a_document_is_does_not_hang_on_its_name(name: str) -> None:
    right, wrong = read_document(name, data_of(name)), read_document("scan.jpg", data_of(name))
    assert (wrong.media_type, wrong.text) == (right.media_type, right.text)


def test_letters_of_windows_are_read_and_said_to_be_a_guess() -> None:
    reading = read_document("minutes.txt", data_of("minutes-pre-birth-windows.txt"))
    assert any("cp1252" in warning for warning in reading.warnings)


def test_a_mail_within_a_mail_is_opened_down_to_its_report() -> None:
    parts = read_whole("fwd.eml", data_of("forwarded-apple-mail.eml"))
    assert [(one.reading.media_type, one.parent) for one in parts] == [
        ("message/rfc822", None),
        ("message/rfc822", 0),
        (WORD, 1),
    ]
    assert "Darren hurt my arm" in parts[2].reading.text


def test_an_outlook_mail_gives_its_attachment_whole_and_the_mail_within() -> None:
    parts = read_whole("m.msg", data_of("minutes-by-outlook.msg"))
    assert [one.name for one in parts][1:] == ["Minutes ICPC Hartley-Voss.docx", "RE: draft minutes.eml"]
    assert parts[1].data == data_of("minutes-initial-conference.docx")
    assert parts[2].reading.dated == "Thu, 26 Mar 2026 09:12:00 +0000"
    assert "Page 2 leaves out" in parts[2].reading.text


def test_pictures_that_adorn_a_mail_and_its_scripts_are_no_attachments() -> None:
    reading = read_document("fwd.eml", data_of("forwarded-apple-mail.eml"))
    assert [one.name for one in reading.attachments] == [
        "School report for Thursday’s conference – T. Hartley-Voss.eml"
    ]
    assert "alert" not in reading.text
