"""Documents as people have them: their words, what was attached, and sentences where they cannot be read."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.exchange.readers import package, read, read_document, read_whole

DOCUMENTS = Path(__file__).resolve().parents[3] / "data" / "documents"
REPORT = DOCUMENTS / "report-2009.txt"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def zipped(**parts: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, said in parts.items():
            made.writestr(name if name == "mimetype" else name.replace("__", "/") + ".xml", said)
    return held.getvalue()


def p(said: str) -> str:
    return f"<w:p><w:r><w:t>{said}</w:t></w:r></w:p>"


def word(body: str, head: str = "") -> bytes:
    return zipped(word__document=f"{head}<w:document {W}><w:body>{body}</w:body></w:document>")


TABLE = f"<w:tbl><w:tr><w:tc>{p('Action')}</w:tc><w:tc>{p('By whom')}</w:tc></w:tr></w:tbl>"
STRUCK = "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:t>kept</w:t></w:r></w:p>"
DOCX = word(p("Initial conference — Łódź 李") + TABLE + STRUCK)
ODT = zipped(
    mimetype="application/vnd.oasis.opendocument.text",
    content='<d xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    "<text:h>Report</text:h><text:p>Seen <text:span>by</text:span> the school.</text:p></d>",
)


def mail() -> bytes:
    made = EmailMessage()
    made["From"], made["To"] = "Head <head@school.example>", "cait@police.example"
    made["Subject"], made["Date"] = "Report for conference", "Tue, 03 Mar 2026 09:15:00 +0000"
    made.set_content("Attached is our report.\n")
    made.add_alternative('<p>Attached</p><img src="http://evil.example/x.png">', subtype="html")
    made.add_attachment(DOCX, maintype="application", subtype="octet-stream", filename="report.docx")
    return made.as_bytes()


def test_word_gives_its_words_tables_and_no_struck_text() -> None:
    reading = read_document("minutes.doc", DOCX)
    assert reading.text == "Initial conference — Łódź 李\nAction\tBy whom\nkept"
    assert reading.warnings == ()


def test_opendocument_gives_its_words() -> None:
    assert read_document("report.odt", ODT).text == "Report\nSeen by the school."


def test_mail_gives_head_words_and_attachments_whole() -> None:
    reading = read_document("report.eml", mail())
    assert (reading.title, reading.sender) == ("Report for conference", "Head <head@school.example>")
    assert reading.text.endswith("Attached is our report.")
    assert [(each.name, each.data) for each in reading.attachments] == [("report.docx", DOCX)]


def test_mail_of_html_only_gives_its_words() -> None:
    made = EmailMessage()
    made["From"], made["Subject"] = "a@b.example", "x"
    made.set_content("<style>p{}</style><p>One <b>child</b></p><p>seen</p>", subtype="html")
    assert read_document("x.eml", made.as_bytes()).text.endswith("One child\nseen")


def test_the_report_of_2009_is_read() -> None:
    assert "29 February 2009" in read_document(REPORT.name, REPORT.read_bytes()).text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_plain_text_in_any_encoding(encoding: str) -> None:
    assert read_document("n.txt", "Zoë Łukasz 李".encode(encoding)).text == "Zoë Łukasz 李"


def test_entities_are_not_followed() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    reading = read_document("x.docx", word(p("&b;"), bomb))
    assert (reading.text, len(reading.warnings)) == ("", 1)


def test_a_part_that_unpacks_beyond_the_bound_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_UNPACKED", 1000)
    reading = read_document("x.docx", word(p("a" * 5000)))
    assert reading.text == ""
    assert "unpacks to far more" in reading.warnings[0]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04", DOCX[:200], b"\x00\x01\x02"])
def test_what_cannot_be_read_is_said_in_one_sentence(data: bytes) -> None:
    reading = read_document("x.docx", data)
    assert (reading.text, len(reading.warnings)) == ("", 1)


REAL = {
    "minutes-initial-conference.docx": (
        "Bernadette Achebe\tIndependent Chair\tChildren’s Social Care\tAttended",
        [],
    ),
    "minutes-review-conference.pdf": ("Apologies: Dr Peter Szabo (GP, Bell Lane Surgery)", []),
    "core-group.odt": ("• Gwen Tasker – Health Visitor", []),
    "paediatric-report.rtf": ("“Elini sıcak suya soktu”", []),
    "strategy-discussion.docx": ("3. Dr Aziz to provide a written report by 6 February 2026.", []),
    "minutes-pre-birth-windows.txt": ("Unborn baby of Siobhán O’Dwyer", []),
    "minutes-by-outlook.msg": (
        "attached are the minutes of 12 March",
        ["Minutes ICPC Hartley-Voss.docx", "RE: draft minutes.eml"],
    ),
    "paediatrician-thunderbird.eml": ("my report on Yusuf Aydın is attached", ["Aydın report.rtf"]),
    "school-report-outlook.eml": (
        "on 01632 960 218",
        ["School report Hartley-Voss.docx"],
    ),
    "forwarded-apple-mail.eml": (
        "Callum, see below",
        ["School report for Thursday’s conference – T. Hartley-Voss.eml", "School report Hartley-Voss.docx"],
    ),
}
"""Documents made by LibreOffice, Outlook, Thunderbird and Apple Mail: a line of each, and what came inside."""


@pytest.mark.parametrize("name", REAL)
def test_documents_as_people_have_them_are_read_with_what_came_inside(name: str) -> None:
    line, inside = REAL[name]
    parts = read_whole(name, (DOCUMENTS / name).read_bytes())
    assert line in parts[0].reading.text
    assert [part.name for part in parts[1:]] == inside
    assert all(part.reading.text for part in parts)


def test_an_outlook_mail_gives_who_wrote_to_whom_and_when() -> None:
    reading = read_document("x.msg", (DOCUMENTS / "minutes-by-outlook.msg").read_bytes())
    assert reading.sender == '"Safeguarding Unit" <safeguarding@council.example>'
    assert reading.recipients == (
        "Marsh, Callum <callum.marsh@westmarch.example>",
        "Sunita Rao <s.rao@health.example>",
    )
    assert reading.dated.startswith("Fri, 27 Mar 2026 15:04")


def test_a_pdf_under_a_password_is_kept_and_said_to_be_locked() -> None:
    made = io.BytesIO()
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(made)
    reading = read_document("x.pdf", made.getvalue())
    assert (reading.text, len(reading.warnings)) == ("", 1)
    assert "locked with a password" in reading.warnings[0]


def test_a_scan_is_said_to_hold_no_words() -> None:
    made = io.BytesIO()
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(made)
    assert "probably a scan" in read_document("x.pdf", made.getvalue()).warnings[0]


def test_what_claims_300_megabytes_in_a_few_bytes_is_not_unpacked() -> None:
    bomb = io.BytesIO()
    with (
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as made,
        made.open("word/document.xml", "w") as part,
    ):
        for _ in range(300):
            part.write(b" " * 1024 * 1024)
    reading = read_document("x.docx", bomb.getvalue())
    assert reading.text == ""
    assert "unpacks to far more" in reading.warnings[0]


def test_mails_within_mails_are_opened_only_so_deep() -> None:
    inner = mail()
    for _ in range(12):
        outer = EmailMessage()
        outer["From"], outer["Subject"] = "a@b.example", "Fwd"
        outer.set_content("see below")
        outer.add_attachment(inner, maintype="application", subtype="octet-stream", filename="x.eml")
        inner = outer.as_bytes()
    parts = read_whole("x.eml", inner)
    assert len(parts) == 7
    assert "lie too deep" in parts[-1].reading.warnings[-1]


def test_a_document_larger_than_is_read_is_kept_without_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "LARGEST_READ", 1000)
    reading = read_document("x.txt", b"a" * 1001)
    assert (reading.text, reading.warnings) == ("", (read.TOO_LARGE,))


@given(st.sampled_from(sorted(DOCUMENTS.iterdir())), st.data())
@settings(max_examples=120, deadline=None)
def test_real_documents_with_bytes_changed_never_crash(path: Path, data: st.DataObject) -> None:
    whole = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(whole)))
    for hurt in (bytes(whole), bytes(whole[:cut])):
        assert all(part.reading.media_type for part in read_whole(path.name, hurt))


@given(st.sampled_from([DOCX, ODT, mail()]), st.integers(0, 4000), st.integers(0, 255), st.booleans())
def test_damaged_documents_never_crash(data: bytes, place: int, byte: int, cut: bool) -> None:
    place %= len(data)
    hurt = data[:place] if cut else data[:place] + bytes([byte]) + data[place + 1 :]
    for name in ("x.docx", "x.eml"):
        assert read_document(name, hurt).media_type


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.eml", "a.docx", "a.odt", "a"]))
def test_any_bytes_are_read_or_refused_in_words(data: bytes, name: str) -> None:
    reading = read_document(name, data)
    assert reading.text or reading.warnings or reading.attachments or not data.strip()
