"""The model case file on paper, read back as a reader of the PDF would."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from casefile.errors import Cancelled, Unavailable
from casefile.paper.book import print_to
from casefile.paper.model_file import PrintedFile, lay_model_file
from casefile.paper.records import PrintedRecord
from casefile.paper.sheet import Imprint
from tests.casefile.paper import invented

REFERENCE = Path(__file__).parents[2] / "reference" / "model-file.txt"


def printed(file: PrintedFile | None = None, imprint: Imprint | None = None) -> bytes:
    stream = io.BytesIO()
    lay_model_file(file or invented.family(), stream, imprint or invented.imprint())
    return stream.getvalue()


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]
    finally:
        document.close()


def one_line(text: str) -> str:
    return " ".join(text.split())


def with_records(*records: PrintedRecord) -> PrintedFile:
    whole = invented.family(chronology=1)
    divider = replace(whole.dividers[0], records=records, count=len(records))
    return replace(whole, dividers=(divider,))


def test_every_page_bears_the_marking_in_capitals_top_and_bottom_and_its_place_and_copy() -> None:
    read = pages(printed())
    assert len(read) > 8
    for number, text in enumerate(read, 1):
        assert text.count("OFFICIAL-SENSITIVE") >= 2
        assert f"Page {number} of {len(read)} " in one_line(text)
        assert "Copy 3 · Printed by DC 4471 Marsh, 23 November 2026, 14:02" in text
        assert "Do not copy" in text
        assert "F-2026-00417" in text


def test_a_preview_says_that_it_is_no_copy() -> None:
    assert all("Preview, not a copy" in page for page in pages(printed(imprint=invented.imprint(None))))


def test_the_index_gives_the_page_on_which_each_part_begins() -> None:
    read = pages(printed(invented.family(records=9, chronology=200)))
    index = one_line(next(page for page in read if re.search(r"^Index$", page, re.MULTILINE)))
    starts = {
        "Chronology": "\nChronology\n",
        "Strategy discussions": "\n6 Strategy discussions\n",
        "Bail": "\n15 Bail\n",
        "Documents": "\nDocuments\n",
    }
    numbers = [int(one) for one in re.findall(r"\b\d+\b", index)]
    for title, heading in starts.items():
        flat = [re.sub(r"[ \u00a0]+", " ", page) for page in read]
        begun = next(number for number, page in enumerate(flat, 1) if heading in page and "Index" not in page)
        assert title in index
        assert begun in numbers, f"{title} begins on page {begun}"


def test_index_lines_link_and_bookmarks_lead_to_the_dividers() -> None:
    with pikepdf.open(io.BytesIO(printed())) as pdf:
        with pdf.open_outline() as outline:
            titles = [re.sub(r"\s+", " ", item.title) for item in outline.root]
        links = [mark for page in pdf.pages for mark in page.get("/Annots", [])]
    assert titles == [
        "Front sheet",
        "Index",
        "Chronology",
        "2 Children and household",
        "6 Strategy discussions",
        "15 Bail",
        "Documents",
    ]
    assert len(links) == 6


def test_a_sound_pdf_with_every_font_embedded_and_a_neutral_title() -> None:
    with pikepdf.open(io.BytesIO(printed())) as pdf:
        assert pdf.check_pdf_syntax() == []
        described = [font["/FontDescriptor"] for one in pdf.objects if (font := _font(one)) is not None]
        assert len(described) >= 10
        assert all("/FontFile2" in descriptor for descriptor in described)
        assert str(pdf.docinfo["/Title"]) == "Case file"
        assert "ASHDOWN" not in str(dict(pdf.docinfo))
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261123140200")


def _font(one: pikepdf.Object) -> pikepdf.Object | None:
    if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font":
        return one
    return None


def test_names_in_any_script_are_selectable_and_stand_in_their_own_font() -> None:
    text = "\n".join(pages(printed()))
    for name in invented.SCRIPTS:
        if "عمر" in name or "רחל" in name:
            assert all(word in text for word in name.split())
        else:
            assert name in text


def test_what_no_font_has_is_printed_by_its_number_and_never_breaks_a_print() -> None:
    record = replace(
        invented.visit(1), fields=(("Said", "fine \U0001f9ff\x00\x07 & <b>not bold</b> \ud800"),)
    )
    text = "\n".join(pages(printed(with_records(record))))
    assert "fine [U+1F9FF] & <b>not bold</b>" in text


def test_both_texts_of_an_amendment_its_reason_and_signatures_are_there() -> None:
    text = one_line("\n".join(pages(printed())))
    assert "Version 2 in place of version 1" in text
    assert "Bruise to the left forearm, seen at school" in text
    assert "Bruise to the right forearm, seen at school on 27 October and photographed there." in text
    assert "the note of the call said left" in text
    assert "Signed by DS 2210 Okoro, sergeant, 4 November 2026, 09:15" in text
    assert "SHA-256 " + "71be" * 16 in text
    assert "29 February 2009" in text


def test_what_is_not_applicable_says_who_said_so() -> None:
    text = one_line("\n".join(pages(printed())))
    assert "Not applicable: DS 2210 Okoro, 4 November 2026: nobody was arrested." in text


def test_the_front_sheet_is_one_page_however_much_stands_on_it() -> None:
    file = invented.family()
    crowded = replace(
        file,
        warnings=file.warnings * 6,
        children=replace(file.children, rows=tuple(file.children.rows) * 9),
    )
    read = pages(printed(crowded))
    assert "Front sheet" in read[1]
    assert "Legal planning advice" in read[1]
    assert re.search(r"^Index$", read[2], re.MULTILINE)


def test_a_table_repeats_its_heading_on_every_page() -> None:
    read = pages(printed(invented.family(chronology=120)))
    lists = [page for page in read if "Event " in page]
    assert len(lists) >= 4
    assert all("What happened" in page for page in lists)
    found = [int(one) for page in lists for one in re.findall(r"Event (\d+):", page)]
    assert found == list(range(120))


def test_a_row_longer_than_a_page_goes_on_over_pages_without_losing_a_word() -> None:
    words = [f"word{number}" for number in range(4000)]
    record = invented.strategy()
    first, second = record.versions
    long = replace(second, fields=(("What was known", " ".join(words)),))
    text = "\n".join(pages(printed(with_records(replace(record, versions=(first, long))))))
    assert re.findall(r"word\d+", text) == words


def test_long_prose_of_a_field_loses_no_word() -> None:
    words = [f"word{number}" for number in range(9000)]
    text = "\n".join(
        pages(printed(with_records(replace(invented.visit(1), fields=(("Account", " ".join(words)),)))))
    )
    assert re.findall(r"word\d+", text) == words


def test_an_unbroken_string_longer_than_a_line_is_cut_not_lost() -> None:
    text = "\n".join(pages(printed(with_records(replace(invented.visit(1), fields=(("Key", "x" * 9000),))))))
    body = text.split("Key", 1)[1].split("Signed by")[0]
    assert sum(len(run) for run in re.findall(r"x+", body) if len(run) > 3) == 9000


def test_the_same_print_at_the_same_moment_is_the_same_bytes() -> None:
    assert printed() == printed()


def test_the_words_of_the_print_are_those_of_the_reference() -> None:
    assert "\n\f\n".join(pages(printed())) == REFERENCE.read_text(encoding="utf-8")


class Stopping:
    """Somebody who stops the print after a few pages."""

    def __init__(self, after: int) -> None:
        self.after = after
        self.told: list[int] = []

    def step(self, done: int, of: int | None, what: str) -> None:
        self.told.append(done)
        if done >= self.after:
            raise Cancelled("The print was stopped.", kept="No file was written.")


def test_progress_is_told_page_by_page_and_stopping_leaves_no_file(tmp_path: Path) -> None:
    watching = Stopping(5)
    with pytest.raises(Cancelled):
        print_to(
            tmp_path / "print.pdf",
            lambda stream: lay_model_file(invented.family(), stream, invented.imprint(), watching),
        )
    assert watching.told == [1, 2, 3, 4, 5]
    assert list(tmp_path.iterdir()) == []


def test_a_print_in_place_of_another_stands_only_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "print.pdf"
    target.write_bytes(b"the earlier print")
    with pytest.raises(Cancelled):
        print_to(
            target, lambda stream: lay_model_file(invented.family(), stream, invented.imprint(), Stopping(2))
        )
    assert target.read_bytes() == b"the earlier print"
    count = print_to(target, lambda stream: lay_model_file(invented.family(), stream, invented.imprint()))
    assert len(pages(target.read_bytes())) == count
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_is_not_there_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="could not be written") as caught:
        print_to(tmp_path / "gone" / "print.pdf", lambda stream: 0)
    assert "No file was left" in caught.value.kept


def test_a_family_name_of_any_script_stands_at_the_head_of_every_page() -> None:
    imprint = replace(invented.imprint(), heading="王小明")
    assert all("王小明" in page for page in pages(printed(imprint=imprint)))
    assert all("बेग" in page for page in pages(printed(imprint=replace(imprint, heading="बेग"))))
