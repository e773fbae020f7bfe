"""Documents that are broken, locked, huge or meant to do harm: a reading with a sentence, never a crash."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from email.message import EmailMessage

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.platypus import SimpleDocTemplate, Table

from casefile.errors import Cancelled
from casefile.exchange.readers import package, read_document, read_whole, reading
from tests.casefile.exchange.readers.test_real_documents import DOCUMENTS, SAMPLES

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
REAL = {
    path.name: path.read_bytes()
    for path in sorted((*DOCUMENTS.iterdir(), *SAMPLES.iterdir()))
    if path.suffix != ".txt"
}
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def zipped(parts: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", how) as made:
        for name, said in parts.items():
            made.writestr(name, said)
    return held.getvalue()


def word(body: str, head: str = "") -> bytes:
    return zipped(
        {"word/document.xml": f"{head}<w:document {W}><w:body>{body}</w:body></w:document>".encode()}
    )


def odt(body: str, manifest: str = "<m/>") -> bytes:
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    return zipped({
        "mimetype": b"application/vnd.oasis.opendocument.text",
        "content.xml": f'<d xmlns:t="{text}"><t:p>{body}</t:p></d>'.encode(),
        "META-INF/manifest.xml": manifest.encode(),
    })  # fmt: skip


def p(said: str) -> str:
    return f"<w:p><w:r><w:t>{said}</w:t></w:r></w:p>"


def pdf(**save: object) -> bytes:
    held, made = io.BytesIO(), pikepdf.new()
    made.add_blank_page()
    made.save(held, **save)  # type: ignore[arg-type]
    return held.getvalue()


def table_pdf(key: str) -> bytes:
    """A small PDF with a ruled table, and a title that ends in half a letter."""
    held = io.BytesIO()
    table = Table(
        [["Seen", "By"], ["Mia", "school"]], [200, 100], style=[("GRID", (0, 0), (-1, -1), 0.5, "black")]
    )
    SimpleDocTemplate(held).build([table])
    with pikepdf.open(io.BytesIO(held.getvalue())) as made:
        torn = pikepdf.Dictionary({f"/{key}": pikepdf.Object.parse(b"<FEFF00520065DF1E>")})
        made.trailer.Info = made.make_indirect(torn)
        out = io.BytesIO()
        made.save(out)
    return out.getvalue()


def mail_within(times: int) -> bytes:
    made = EmailMessage()
    made["Subject"] = "innermost"
    made.set_content("The innermost words.")
    for depth in range(times):
        outer = EmailMessage()
        outer["From"], outer["Subject"] = "a@b.example", f"level {depth}"
        outer.set_content("See within.")
        outer.add_attachment(made)
        made = outer
    return made.as_bytes()


SENTENCES = (
    ("nothing", "a.docx", b"", "is empty"),
    ("entities", "a.docx", word(p("&l9;"), f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'), "not sound"),
    ("a part outside", "a.docx", word(p("&x;"), '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hostname">]>'), "not sound"),
    ("cut short", "a.docx", word(p("said" * 900))[:120], "cut short"),
    ("a zip bomb", "a.docx", word(p("a" * 70_000_000)), "unpacks to far more"),
    ("a zip bomb of tags", "a.docx", word("<w:p/>" * 2_100_000), "unpacks to far more"),
    ("a locked .odt", "a.odt", odt("x", "<m><encryption-data/></m>"), "password"),
    ("a locked PDF", "a.pdf", pdf(encryption=pikepdf.Encryption(owner="o", user="u")), "password"),
    ("half a PDF", "a.pdf", pdf()[:60], "cut short"),
    ("a scan", "a.pdf", pdf(), "probably a scan"),
    ("a picture called minutes", "minutes.docx", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "cannot read its text"),
    ("nulls", "a.txt", bytes(5000), "cannot read its text"),
    ("a spreadsheet", "a.docx", zipped({"xl/workbook.xml": b"<x/>"}), "cannot read its text"),
    ("an old .doc", "a.doc", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "cut short"),
    ("a page without words", "a.docx", word(p(" ")), "holds no words"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "said"), [one[1:] for one in SENTENCES], ids=[one[0] for one in SENTENCES]
)
def test_what_cannot_be_read_is_said_in_a_sentence(name: str, data: bytes, said: str) -> None:
    found = read_document(name, data)
    assert found.text == ""
    assert said in found.warnings[0]
    assert found.warnings[0].endswith(".")


def test_a_document_of_300_mb_is_read_without_unpacking_its_pictures() -> None:
    body = f"<w:document {W}><w:body>{p('Small words')}</w:body></w:document>".encode()
    data = zipped({"word/document.xml": body, "word/media/scan.tif": bytes(300 << 20)}, zipfile.ZIP_STORED)
    assert read_document("big.docx", data).text == "Small words"


def test_a_text_of_300_mb_is_kept_and_not_read() -> None:
    found = read_document("log.txt", b"a line of a log\n" * (300 << 16))
    assert found.text == ""
    assert "too large" in found.warnings[0]


def test_more_text_than_a_search_can_hold_is_cut_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_TEXT", 1000)
    found = read_document("a.txt", b"word " * 1000)
    assert len(found.text) <= 1000
    assert "Only the first 1,000 characters" in found.warnings[0]


def test_nulls_and_half_letters_never_reach_the_store() -> None:
    raw = b"From: a@b.example\nSubject: s\xed\xa0\x80\nDate: d\nContent-Type: text/plain; charset=utf-8\n\n"
    found = read_document("a.eml", raw + b"a\x00b \xed\xa0\x80 c")
    assert "\x00" not in found.text
    found.text.encode("utf-8")


@pytest.mark.parametrize(
    "stated", ["klingon-8", "utf-16", "unicode-1-1-utf-7", "idna", "zip", "", "us-ascii"]
)
def test_a_mail_that_lies_about_its_letters_is_read(stated: str) -> None:
    raw = f"From: a@b.example\nSubject: s\nDate: d\nContent-Type: text/plain; charset={stated}\n\nZoë was seen\n"
    assert "was seen" in read_document("a.eml", raw.encode("utf-8")).text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_plain_text_in_any_encoding(encoding: str) -> None:
    assert read_document("n.txt", "Zoë Łukasz 李".encode(encoding)).text == "Zoë Łukasz 李"


def test_mails_nested_without_end_are_opened_six_deep_and_the_rest_is_told() -> None:
    parts = read_whole("a.eml", mail_within(30))
    assert len(parts) == 7
    assert "too deep" in parts[-1].reading.warnings[-1]


def test_a_thousand_parts_within_one_another_are_a_sentence() -> None:
    heads = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(3000))
    found = read_document("a.eml", f"From: a@b.example\nDate: d\nSubject: s\n{heads}\nsaid\n".encode())
    assert found.text or found.warnings


def test_tables_within_tables_without_end_are_a_sentence() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 20_000 + p("x") + "</w:tc></w:tr></w:tbl>" * 20_000
    found = read_document("a.docx", word(deep))
    assert found.text or "nested deeper" in found.warnings[0]


def test_struck_out_words_are_left_out_and_text_boxes_kept() -> None:
    struck = "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:t>kept</w:t></w:r></w:p>"
    box = f"<w:p><w:r><w:pict><w:txbxContent>{p('in a box')}</w:txbxContent></w:pict></w:r></w:p>"
    assert read_document("a.docx", word(struck + box)).text == "kept\nin a box"


def test_what_is_attached_to_a_pdf_is_taken_out() -> None:
    held, made = io.BytesIO(), pikepdf.new()
    made.add_blank_page()
    made.attachments["body map.txt"] = b"left forearm"
    made.save(held)
    parts = read_whole("a.pdf", held.getvalue())
    assert [(one.name, one.reading.text) for one in parts][1:] == [("body map.txt", "left forearm")]


@pytest.mark.parametrize("key", ["Title", "Author", "CreationDate"])
def test_a_pdf_whose_title_is_torn_is_still_read(key: str) -> None:
    assert "Seen\tBy" in read_document("a.pdf", table_pdf(key)).text


def test_what_a_document_says_of_itself_is_fit_to_be_kept() -> None:
    made = zipped({
        "word/document.xml": f"<w:document {W}><w:body>{p('said')}</w:body></w:document>".encode(),
        "docProps/core.xml": "<c><title>a\nb\u200b</title><creator>x\t y</creator></c>".encode(),
    })  # fmt: skip
    found = read_document("a.docx", made)
    assert (found.title, found.sender) == ("a b\u200b", "x y")
    (part,) = read_whole("m\udcff\x00in.docx", made)
    assert part.name == "min.docx"


@pytest.mark.parametrize(
    "bomb",
    [
        b"{\\fonttbl" + b"\\f1 x" * 200_000,
        b"{\\fonttbl" + b"{\\f1\\fcharset0 a" * 100_000,
        b"{\\field{\\*\\fldinst{HYPERLINK " * 60_000,
        b"{\\pict\\bliptag12" + b"\\picw100" * 100_000 + b"z",
        b"{\\title " * 200_000,
        b"{" * 300_000,
    ],
    ids=["fonts", "fonts that never end", "links", "a picture", "titles", "braces"],
)
def test_a_rich_text_meant_to_hang_is_read_in_one_go(bomb: bytes) -> None:
    found = read_document("a.rtf", b"{\\rtf1\\ansi " + bomb + b" Seen at school.}")
    assert found.media_type == "application/rtf"


def test_letters_of_other_scripts_and_links_in_rich_text_are_read() -> None:
    fonts = rb"{\fonttbl{\f0\fnil\fcharset0 Arial;}{\f1\fnil\fcharset204 Arial Cyr;}}"
    link = rb"{\field{\*\fldinst{HYPERLINK \"http://evil.example\"}}{\fldrslt{the page}}}"
    said = rb"{\rtf1\ansi\ansicpg1252" + fonts + rb"\f1 \'cc\'e8\'f0\f0  caf\'e9 " + link + rb"\par end}"
    assert read_document("a.rtf", said).text == "Мир café the page\nend"


def test_an_outlook_mail_in_letters_nobody_knows_is_a_sentence() -> None:
    stated = struct.pack("<HHII", 0x0003, 0x3FDE, 6, 65001)
    data = REAL["minutes-by-outlook.msg"]
    assert data.count(stated) == 2
    found = read_document("m.msg", data.replace(stated, struct.pack("<HHII", 0x0003, 0x3FDE, 6, 4711)))
    assert (found.text, len(found.warnings)) == ("", 1)


def test_an_attachment_cannot_name_a_folder() -> None:
    made = EmailMessage()
    made["Subject"] = "s"
    made.set_content("x")
    made.add_attachment(b"1", maintype="text", subtype="x", filename="../../etc/passwd")
    assert [one.name for one in read_document("a.eml", made.as_bytes()).attachments] == ["passwd"]


def test_a_person_can_stop_the_reading() -> None:
    class Stop:
        def step(self, done: int, of: int | None, what: str) -> None:
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        read_whole("a.pdf", REAL["minutes-review-conference.pdf"], Stop())


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(sorted(REAL)),
    st.integers(0, 2**32 - 1),
    st.sampled_from(["flip", "cut", "splice", "fill"]),
)
def test_a_real_document_however_hurt_is_a_reading(name: str, seed: int, how: str) -> None:
    found = read_whole(name, hurt(REAL[name], random.Random(seed), how))
    assert all(one.reading.media_type for one in found)
    "".join(one.reading.text for one in found).encode("utf-8")


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["word/document.xml", "word/numbering.xml", "word/styles.xml"]), st.integers(0, 2**32 - 1)
)
def test_a_document_hurt_inside_its_wrapping_is_a_reading(part: str, seed: int) -> None:
    """The wrapping is whole, so that the damage reaches the words themselves."""
    with zipfile.ZipFile(io.BytesIO(REAL["strategy-discussion.docx"])) as held:
        parts = {one: held.read(one) for one in held.namelist()}
    parts[part] = hurt(parts[part], random.Random(seed), "flip")
    assert read_document("a.docx", zipped(parts)).media_type


@given(
    st.binary(max_size=400),
    st.sampled_from(["a.txt", "a.eml", "a.docx", "a.odt", "a.rtf", "a.msg", "a.pdf", "a"]),
)
def test_any_bytes_are_read_or_refused_in_words(data: bytes, name: str) -> None:
    found = read_document(name, data)
    assert found.text or found.warnings or found.attachments


def hurt(data: bytes, chance: random.Random, how: str) -> bytes:
    """A document as a bad disk or a bad person would leave it."""
    made = bytearray(data)
    at = chance.randrange(len(made))
    if how == "cut":
        return bytes(made[:at])
    if how == "splice":
        length = chance.randrange(1, 400)
        made[at:at] = made[chance.randrange(len(made)) :][:length]
    elif how == "fill":
        made[at : at + chance.randrange(1, 300)] = bytes([chance.randrange(256)]) * 50
    else:
        for _ in range(chance.randrange(1, 12)):
            made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def test_the_bound_on_unpacking_holds_for_all_parts_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_UNPACKED", 1500)
    parts = {f"word/header{n}.xml": f"<w:hdr {W}>{p('a' * 500)}</w:hdr>".encode() for n in range(4)}
    body = f"<w:document {W}>{p('x')}</w:document>".encode()
    assert "unpacks" in read_document("a.docx", zipped({"word/document.xml": body, **parts})).warnings[0]
