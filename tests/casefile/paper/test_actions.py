"""Printing a real file from a real store: what is on the pages, the copy number and the log row."""

from __future__ import annotations

import itertools
import re
from collections.abc import Generator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pypdfium2
import pytest
from sqlalchemy import select

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.audit.model import LogRow
from casefile.desk import Desk
from casefile.errors import Cancelled, Invalid, Missing, Refused
from casefile.files.actions.drafts import save_draft, start_draft
from casefile.files.actions.entries import record_entry, sign_entry
from casefile.files.actions.files import mark_divider, open_file
from casefile.files.actions.people import add_person
from casefile.paper.actions import neutral_name, preview_file, print_file
from casefile.work.ids import new_id

PASSWORD = "marble sofa thread"


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 11, 23, 14, 2, tzinfo=UTC))


@pytest.fixture
def desk(sign_in: Callable[[str], Desk]) -> Desk:
    """A desk where the sergeant is signed in."""
    return sign_in("Okafor")


@pytest.fixture
def copy(desk: Desk, tmp_path: Path) -> Callable[..., list[str]]:
    """Makes a numbered copy; gives the words of its pages."""

    def made(file_id: UUID, **how: Any) -> list[str]:
        target = tmp_path / "copy.pdf"
        printed = print_copy(desk, file_id, target, **how)
        pages = read(target.read_bytes())
        assert printed.pages == len(pages)
        return pages

    return made


@pytest.fixture
def file_id(desk: Desk) -> UUID:
    file: UUID = desk.do(open_file, "F-2026-00417").result
    child = desk.do(
        add_person,
        file,
        {
            "name": {"kind": "legal", "given": "Ellis", "family": "Ashdown"},
            "birth": {"born_on": "2019-03-14", "precision": "exact"},
            "residence": {"address": "4 Mill Lane", "town": "Northbury", "postcode": "ZZ1 1ZZ"},
            "involvement": {"role": "subject"},
        },
    ).result
    desk.do(
        add_person,
        file,
        {"name": {"kind": "legal", "full": "عمر بن عبد الله"}, "involvement": {"role": "partner"}},
    )
    held = desk.do(
        record_entry,
        file,
        "strategy",
        {
            "happened_on": "2026-10-27",
            "happened_at": "15:40",
            "known_on": "2026-10-27",
            "concerns": [str(child)],
            "mode": "telephone",
            "outcome": "s47",
            "s47_kind": "joint",
            "shared": "Bruise to the left forearm, seen at school.",
            "attendees": [
                {"name": "T. Adeyemi", "agency": "social_care", "attendance": "attended"},
                {"name": "R. Collins", "agency": "health", "attendance": "report_only"},
            ],
        },
    ).result
    draft = desk.do(start_draft, file, "strategy", thread_id=held.thread_id).result
    values = {**draft.values, "shared": "Bruise to the right forearm, seen at school."}
    desk.do(save_draft, draft.id, values, draft.revision)
    desk.with_(reason="The photograph shows the right arm.").do(
        sign_entry, draft.id, reason="The photograph shows the right arm."
    )
    desk.do(mark_divider, file, "bail", applies=False, reason="Nobody was arrested.")
    return file


def read(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def log_of(desk: Desk, act: str) -> list[Any]:
    wanted = (
        select(LogRow.category, LogRow.details, LogRow.files).where(LogRow.act == act).order_by(LogRow.seq)
    )
    with desk.store.reading() as session:
        return list(session.execute(wanted).all())


def test_the_whole_file_is_on_paper(desk: Desk, file_id: UUID) -> None:
    pages = read(desk.do(print_file, file_id).result)
    text = " ".join(pages)
    assert "ASHDOWN family" in pages[0]
    assert "F-2026-00417" in pages[0]
    assert "Copy 1 · Printed by DS 2210 Okoro, 23 November 2026, 14:02" in pages[0]
    assert "Ellis Ashdown" in pages[1]
    assert "14 March 2019" in pages[1]
    assert "4 Mill Lane, Northbury, ZZ1 1ZZ" in text
    assert "T. Adeyemi" in text
    assert "Version 2 in place of version 1" in text
    assert "Bruise to the left forearm" in text
    assert "Bruise to the right forearm" in text
    assert "The photograph shows the right arm." in text
    assert "Not applicable: DS 2210 Okoro, 23 November 2026: Nobody was arrested" in text
    assert re.search(r"SHA-256 [0-9a-f]{64}", text)
    assert "Held on: 27 October 2026 at 15:40. Police knew on 27 October 2026." in text
    assert "عبد" in text
    assert all("OFFICIAL-SENSITIVE" in page for page in pages)


def test_what_is_owed_stands_on_the_front_sheet(desk: Desk, file_id: UUID) -> None:
    front = read(desk.do(print_file, file_id).result)[1]
    assert "17 November 2026" in front
    assert "4 working days late" in front


def test_a_print_is_numbered_and_logged_as_a_disclosure_with_its_recipient(desk: Desk, file_id: UUID) -> None:
    desk.do(print_file, file_id, None, "Conference chair")
    second = desk.do(print_file, file_id, ("strategy",), "Crown Prosecution Service").result
    assert all("Copy 2 ·" in page for page in read(second))
    rows = log_of(desk, "paper.print_file")
    assert [row.category for row in rows] == ["disclosure", "disclosure"]
    assert [row.details["copy"] for row in rows] == [1, 2]
    assert rows[1].details["recipient"] == "Crown Prosecution Service"
    assert rows[1].details["dividers"] == "strategy"
    assert rows[1].details["pages"] == len(read(second))
    assert str(file_id) in rows[0].files


def test_chosen_dividers_are_all_that_is_printed(desk: Desk, file_id: UUID) -> None:
    text = " ".join(read(desk.do(print_file, file_id, ("strategy",), "Chair").result))
    assert "Only: Strategy discussions" in text
    assert "Bruise to the right forearm" in text
    assert "4 Mill Lane" not in text.split("Index")[-1]
    assert "Extract of the log" not in text


def test_a_preview_takes_no_number_and_is_logged_as_reading(desk: Desk, file_id: UUID) -> None:
    pages = read(desk.read(preview_file, file_id))
    assert all("Preview, not a copy" in page for page in pages)
    assert [row.category for row in log_of(desk, "paper.preview_file")] == ["consultation"]
    assert "Copy 1 ·" in read(desk.do(print_file, file_id).result)[0]


class StopAt:
    def __init__(self, page: int) -> None:
        self.page = page

    def step(self, done: int, of: int | None, what: str) -> None:
        if done >= self.page:
            raise Cancelled("The print was stopped.")


def test_a_print_that_is_stopped_uses_no_copy_number_and_leaves_no_row(desk: Desk, file_id: UUID) -> None:
    with pytest.raises(Cancelled):
        desk.with_(progress=StopAt(3)).do(print_file, file_id)
    assert log_of(desk, "paper.print_file") == []
    assert "Copy 1 ·" in read(desk.do(print_file, file_id).result)[0]


def test_a_divider_that_is_not_there_and_a_copy_for_nobody_are_refused_in_a_sentence(
    desk: Desk, file_id: UUID
) -> None:
    with pytest.raises(Invalid, match="no such divider: gossip"):
        desk.do(print_file, file_id, ("gossip",), "Chair")
    with pytest.raises(Invalid, match="Say whom the copy is for"):
        desk.do(print_file, file_id, None, "  ")
    with pytest.raises(Missing):
        desk.do(print_file, new_id())
    assert log_of(desk, "paper.print_file") == []


def test_who_may_not_disclose_prints_nothing(desk: Desk, file_id: UUID) -> None:
    desk.sign_out()
    desk.sign_in("Archer", PASSWORD)
    with pytest.raises(Refused):
        desk.do(print_file, file_id)
    with pytest.raises(Refused):
        desk.read(preview_file, file_id)


def test_an_empty_file_prints_and_says_that_nothing_is_there(desk: Desk) -> None:
    empty = desk.do(open_file, "F-2026-00001").result
    pages = read(desk.do(print_file, empty).result)
    assert "Family not named" in pages[0]
    assert "No child is recorded." in pages[1]
    assert "No entry is signed yet." in " ".join(pages)


def test_the_log_extract_stands_at_the_end_for_who_may_read_the_log(desk: Desk, file_id: UUID) -> None:
    pages = read(desk.do(print_file, file_id).result)
    extract = " ".join(itertools.dropwhile(lambda page: "Extract of the log No." not in page, pages))
    assert "record entry" in extract
    assert "DS 2210 Okoro" in extract


def test_the_name_of_a_print_names_nobody() -> None:
    assert neutral_name("F-2026-00417") == "F-2026-00417.pdf"
    assert neutral_name("../A/B 7") == "A-B-7.pdf"
    assert neutral_name("///") == "case-file.pdf"
