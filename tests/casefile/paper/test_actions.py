"""Printing a real file: what is on the pages, the copy number and the log row, and who may go on meanwhile; both stores."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pypdfium2
import pytest
from sqlalchemy import select

from casefile.audit.model import LogRow
from casefile.desk import Desk
from casefile.errors import Cancelled, Invalid, Missing, Refused, Unavailable
from casefile.files.actions.drafts import save_draft, start_draft
from casefile.files.actions.entries import record_entry, sign_entry
from casefile.files.actions.files import allocate, mark_divider, open_file
from casefile.files.actions.people import add_person
from casefile.paper.actions import Copy, lay_copy, neutral_name, preview_file, print_file
from casefile.printing import print_copy
from casefile.work.ids import new_id
from tests.conftest import Clock, officer_of

Who = Callable[[str], Desk]
Print = Callable[..., list[str]]


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 11, 23, 14, 2, tzinfo=UTC))


@pytest.fixture
def desk(sign_in: Who) -> Desk:
    """A desk where the sergeant is signed in."""
    return sign_in("Okafor")


@pytest.fixture
def copy(desk: Desk, tmp_path: Path) -> Print:
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


def test_the_whole_file_is_on_paper(copy: Print, file_id: UUID) -> None:
    pages = copy(file_id)
    text = " ".join(pages)
    assert "ASHDOWN family" in pages[0]
    assert "F-2026-00417" in pages[0]
    assert "Copy 1 · Printed by DS 103 Okafor, 23 November 2026, 14:02" in pages[0]
    assert "Ellis Ashdown" in pages[1]
    assert "14 March 2019" in pages[1]
    assert "4 Mill Lane, Northbury, ZZ1 1ZZ" in text
    assert "T. Adeyemi" in text
    assert "Version 2 in place of version 1" in text
    assert "Bruise to the left forearm" in text
    assert "Bruise to the right forearm" in text
    assert "The photograph shows the right arm." in text
    assert "Not applicable: DS 103 Okafor, 23 November 2026: Nobody was arrested" in text
    assert re.search(r"SHA-256 [0-9a-f]{64}", text)
    assert "Held on: 27 October 2026 at 15:40. Police knew on 27 October 2026." in text
    assert "عبد" in text
    assert all("OFFICIAL-SENSITIVE" in page for page in pages)


def test_what_is_owed_stands_on_the_front_sheet(copy: Print, file_id: UUID) -> None:
    front = copy(file_id)[1]
    assert "17 November 2026" in front
    assert "4 working days late" in front


def test_the_front_sheet_says_who_answers_while_that_is_not_the_holder(
    desk: Desk, copy: Print, file_id: UUID
) -> None:
    assert "Answers for it now Nobody is in charge of the file" in copy(file_id)[1]
    desk.do(allocate, file_id, "officer", officer_of(desk))
    assert "Answers for it now" not in copy(file_id)[1]


def test_a_print_is_numbered_and_logged_as_a_disclosure_with_its_recipient(
    desk: Desk, copy: Print, file_id: UUID
) -> None:
    copy(file_id, recipient="Conference chair")
    second = copy(file_id, dividers=("strategy",), recipient="Crown Prosecution Service")
    assert all("Copy 2 ·" in page for page in second)
    rows = log_of(desk, "paper.print_file")
    assert [row.category for row in rows] == ["disclosure", "disclosure"]
    assert [row.details["copy"] for row in rows] == [1, 2]
    assert rows[1].details["recipient"] == "Crown Prosecution Service"
    assert rows[1].details["dividers"] == "strategy"
    assert str(file_id) in rows[0].files
    laid = log_of(desk, "paper.lay_copy")
    assert [(row.details["copy"], row.category) for row in laid] == [(1, "disclosure"), (2, "disclosure")]
    assert laid[1].details["pages"] == len(second)


def test_chosen_dividers_are_all_that_is_printed(copy: Print, file_id: UUID) -> None:
    text = " ".join(copy(file_id, dividers=("strategy",), recipient="Chair"))
    assert "Only: Strategy discussions" in text
    assert "Bruise to the right forearm" in text
    assert "4 Mill Lane" not in text.split("Index")[-1]
    assert "Extract of the log" not in text


def test_a_preview_takes_no_number_and_is_logged_as_reading(desk: Desk, copy: Print, file_id: UUID) -> None:
    pages = read(desk.read(preview_file, file_id))
    assert all("Preview, not a copy" in page for page in pages)
    assert [row.category for row in log_of(desk, "paper.preview_file")] == ["consultation"]
    assert "Copy 1 ·" in copy(file_id)[0]


class StopAt:
    def __init__(self, page: int) -> None:
        self.page = page

    def step(self, done: int, of: int | None, what: str) -> None:
        if done >= self.page:
            raise Cancelled("The print was stopped.")


def test_a_print_that_is_stopped_leaves_no_file_and_the_log_says_that_nobody_has_it(
    desk: Desk, copy: Print, file_id: UUID, tmp_path: Path
) -> None:
    target = tmp_path / "stopped.pdf"
    with pytest.raises(Cancelled):
        print_copy(desk, file_id, target, progress=StopAt(3))
    assert list(tmp_path.glob("*stopped*")) == []
    assert [row.details["copy"] for row in log_of(desk, "paper.print_file")] == [1]
    assert [row.details["result"] for row in log_of(desk, "paper.spoil_copy")] == ["not made"]
    assert "Copy 2 ·" in copy(file_id)[0]


def test_a_print_that_cannot_be_written_says_so_and_takes_no_number(
    desk: Desk, file_id: UUID, tmp_path: Path
) -> None:
    with pytest.raises(Unavailable):
        print_copy(desk, file_id, tmp_path / "nowhere" / "copy.pdf")
    assert log_of(desk, "paper.print_file") == []


class Writes:
    """Somebody else who signs an entry while the pages are laid."""

    def __init__(self, desk: Desk, file_id: UUID) -> None:
        self.desk, self.file_id, self.signed = desk, file_id, 0

    def step(self, done: int, of: int | None, what: str) -> None:
        if not self.signed:
            self.desk.do(
                record_entry, self.file_id, "contact",
                {"happened_on": "2026-11-20", "known_on": "2026-11-20", "kind": "visit_unannounced",
                 "by_whom": "DS Okafor", "child_seen": "with_others", "note": "Signed while another printed."},
            )  # fmt: skip
            self.signed = len(log_of(self.desk, "files.record_entry"))


def test_others_sign_while_a_print_runs_and_the_print_shows_one_moment(
    desk: Desk, file_id: UUID, sign_in: Who, tmp_path: Path
) -> None:
    other = Writes(sign_in("Okafor"), file_id)
    target = tmp_path / "copy.pdf"
    print_copy(desk, file_id, target, progress=other)
    assert other.signed == 2
    assert "Signed while another printed." not in " ".join(read(target.read_bytes()))


def test_a_copy_that_was_never_numbered_is_not_laid(desk: Desk, file_id: UUID) -> None:
    with pytest.raises(Missing, match="no such copy"):
        desk.read(lay_copy, Copy(file_id, 1, None, desk.now()), io.BytesIO())


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


def test_who_may_not_disclose_prints_nothing(sign_in: Who, file_id: UUID, tmp_path: Path) -> None:
    boss = sign_in("Boss")
    with pytest.raises(Refused):
        print_copy(boss, file_id, tmp_path / "copy.pdf")
    with pytest.raises(Refused):
        boss.read(preview_file, file_id)
    assert list(tmp_path.glob("*.pdf")) == []


def test_an_empty_file_prints_and_says_that_nothing_is_there(desk: Desk, copy: Print) -> None:
    pages = copy(desk.do(open_file, "F-2026-00001").result)
    assert "Family not named" in pages[0]
    assert "No child is recorded." in pages[1]
    assert "No entry is signed yet." in " ".join(pages)


def test_the_log_extract_stands_at_the_end_for_who_may_read_the_log(copy: Print, file_id: UUID) -> None:
    pages = copy(file_id)
    extract = " ".join(itertools.dropwhile(lambda page: "Extract of the log No." not in page, pages))
    assert "record entry" in extract
    assert "DS 103 Okafor" in extract


def test_the_name_of_a_print_names_nobody() -> None:
    assert neutral_name("F-2026-00417") == "F-2026-00417.pdf"
    assert neutral_name("../A/B 7") == "A-B-7.pdf"
    assert neutral_name("///") == "case-file.pdf"
