"""Files taken away for a conference: read only, encrypted, for a time, and every reading comes back with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from casefile import copies, opening
from casefile.audit.queries import log_page
from casefile.copies import Taking
from casefile.desk import Desk
from casefile.errors import Invalid, Missing, Refused
from casefile.exchange.copies.register import copies_out, longest_copy
from casefile.exchange.copies.rows import NAMED, OF_FILE, STAY, of_entries
from casefile.files.actions.documents import add_document
from casefile.files.actions.drafts import start_draft
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import open_file
from casefile.files.actions.people import add_person
from casefile.files.actions.restrict import restrict_file
from casefile.files.queries.docket import divider_page, open_docket
from casefile.files.queries.documents import documents
from casefile.files.queries.listing import list_files
from casefile.files.queries.people import people
from casefile.store.base import Base
from casefile.store.seal import SealBroken
from tests.conftest import Clock
from tools.migration import import_models

PASSPHRASE = "otter kettle lamp"
CONTACT = {
    "happened_on": "2026-03-02", "known_on": "2026-03-02", "kind": "school", "by_whom": "DC Marsh",
    "child_seen": "alone", "note": "Amy is afraid of going home.",
}  # fmt: skip


@pytest.fixture
def files(desk: Desk) -> tuple[UUID, UUID]:
    """Two families; the first has a person, a record, a draft and a document."""
    first, second = desk.do(open_file, "F-2026-00001").result, desk.do(open_file, "F-2026-00002").result
    facts = {"name": {"kind": "legal", "full": "Amy Wren"}, "involvement": {"role": "subject"}}
    desk.do(add_person, first, facts)
    desk.do(record_entry, first, "contact", CONTACT)
    desk.do(record_entry, second, "contact", {**CONTACT, "note": "Another family."})
    desk.do(start_draft, first, "strategy")
    desk.do(add_document, first, "letter.txt", b"From the school " * 9000)
    return first, second


@pytest.fixture
def wanted(files: tuple[UUID, UUID], tmp_path: Path) -> Taking:
    return Taking(
        tmp_path / "copy", files[:1], "Rhodes, at the conference", "Conference on 3 November", 24, PASSPHRASE
    )


def test_a_copy_holds_the_chosen_files_whole_and_nothing_else(
    desk: Desk, clock: Clock, wanted: Taking, files: tuple[UUID, UUID]
) -> None:
    taken = copies.take(desk, wanted)
    assert taken.references == ("F-2026-00001",)
    opened = copies.open_copy(wanted.folder, PASSPHRASE, clock=clock)
    away = opened.desk
    assert [one.reference for one in away.read(list_files).rows] == ["F-2026-00001"]
    assert [one.name for one in away.read(people, files[0])] == ["Amy Wren"]
    page = away.read(divider_page, files[0], "contacts")
    assert page == desk.read(divider_page, files[0], "contacts")
    assert away.read(open_docket, files[0]).reference == "F-2026-00001"
    assert [one.name for one in away.read(documents, files[0])] == ["letter.txt"]
    with pytest.raises(Missing):
        away.read(divider_page, files[1], "contacts")
    with pytest.raises(Refused, match="nothing written"):
        away.do(open_file)
    opened.close()
    assert all(b"afraid" not in one.read_bytes() for one in wanted.folder.iterdir())


def test_each_table_goes_or_stays_and_nothing_new_goes_by_itself() -> None:
    import_models()
    said = OF_FILE | set(NAMED) | STAY | {"case_file"}
    assert not OF_FILE & STAY
    assert set(Base.metadata.tables) - said == {table.name for table, _ in of_entries()}
    assert said <= set(Base.metadata.tables)


def test_taking_is_logged_as_a_disclosure_with_who_and_why(
    desk: Desk, wanted: Taking, files: tuple[UUID, UUID], sign_in: Callable[[str], Desk]
) -> None:
    copies.take(desk, wanted)
    (line,) = [one for one in sign_in("Okafor").read(log_page) if one.act.endswith("take_copy")]
    assert (line.category, line.reason) == ("disclosure", "Conference on 3 November")
    assert line.files == files[:1]
    assert len(line.people) == 1
    assert line.details["recipient"] == "Rhodes, at the conference"


def test_what_was_read_in_a_copy_is_in_the_log_of_the_store_when_it_is_back(
    desk: Desk, clock: Clock, wanted: Taking, files: tuple[UUID, UUID], sign_in: Callable[[str], Desk]
) -> None:
    copies.take(desk, wanted)
    clock.forward(hours=3)
    opened = copies.open_copy(wanted.folder, PASSPHRASE, clock=clock)
    opened.desk.read(divider_page, files[0], "contacts")
    assert opened.desk.verify_log().intact
    opened.close()
    clock.forward(hours=2)
    boss = sign_in("Okafor")
    (out,) = boss.read(copies_out)
    assert (out.references, out.ended_at, out.late) == (("F-2026-00001",), None, False)
    assert copies.return_copy(desk, wanted.folder, PASSPHRASE) == 1
    assert not wanted.folder.exists()
    (out,) = boss.read(copies_out)
    assert (out.ended, out.ended_at) == ("returned", clock.now)
    read = [one for one in boss.read(log_page, subject=files[0]) if "read_at" in one.details]
    assert [one.act for one in read] == ["files.divider_page"]
    assert str(read[0].details["read_at"]).startswith("2026-11-02T12:30")
    assert boss.verify_log().intact


def test_when_its_time_is_over_it_opens_no_more_and_its_key_is_gone(
    desk: Desk, clock: Clock, wanted: Taking, files: tuple[UUID, UUID], sign_in: Callable[[str], Desk]
) -> None:
    copies.take(desk, wanted)
    opened = copies.open_copy(wanted.folder, PASSPHRASE, clock=clock)
    opened.desk.read(divider_page, files[0], "contacts")
    clock.forward(hours=24)
    with pytest.raises(SealBroken, match="time of this copy is over"):
        opened.desk.read(divider_page, files[0], "contacts")
    opened.desk.store.close()
    assert [one.late for one in sign_in("Okafor").read(copies_out)] == [False]
    clock.forward(minutes=1)
    assert [one.late for one in sign_in("Okafor").read(copies_out)] == [True]
    with pytest.raises(SealBroken):
        copies.open_copy(wanted.folder, PASSPHRASE, clock=clock)
    assert not (wanted.folder / "recovery.json").exists()
    with pytest.raises(SealBroken, match="key is destroyed"):
        copies.open_copy(wanted.folder, PASSPHRASE, clock=clock)
    assert copies.return_copy(desk, wanted.folder) == 1
    assert not wanted.folder.exists()


def test_a_clock_moved_back_does_not_lengthen_it(desk: Desk, clock: Clock, wanted: Taking) -> None:
    copies.take(desk, wanted)
    clock.forward(hours=20)
    copies.open_copy(wanted.folder, PASSPHRASE, clock=clock).close()
    clock.forward(hours=-10)
    with pytest.raises(Refused, match="clock of this computer was moved back"):
        copies.open_copy(wanted.folder, PASSPHRASE, clock=clock)


def test_it_opens_as_a_copy_only_and_with_its_passphrase_only(
    desk: Desk, clock: Clock, wanted: Taking
) -> None:
    copies.take(desk, wanted)
    with pytest.raises(Refused, match="copy that was taken away"):
        opening.open_with_passphrase(wanted.folder, PASSPHRASE, remember=False)
    with pytest.raises(Refused, match="not the recovery passphrase"):
        copies.open_copy(wanted.folder, "another kettle lamp", clock=clock)
    with pytest.raises(Missing):
        copies.open_copy(wanted.folder.parent, PASSPHRASE, clock=clock)


def test_longer_than_the_standard_allows_or_without_a_reason_nothing_is_taken(
    desk: Desk, wanted: Taking, files: tuple[UUID, UUID]
) -> None:
    most = desk.read(longest_copy)
    assert most == 72
    for wrong in (
        {"hours": most + 1}, {"hours": 0}, {"reason": " "}, {"recipient": " "}, {"files": ()}, {"passphrase": "short"},
    ):  # fmt: skip
        given = {
            "folder": wanted.folder, "files": wanted.files, "recipient": wanted.recipient, "reason": wanted.reason,
            "hours": wanted.hours, "passphrase": wanted.passphrase, **wrong,
        }  # fmt: skip
        with pytest.raises(Invalid):
            copies.take(desk, Taking(**given))
        assert not wanted.folder.exists()


def test_a_restricted_file_goes_with_a_supervisor_who_may_read_it_only(
    desk: Desk, wanted: Taking, files: tuple[UUID, UUID], sign_in: Callable[[str], Desk], clock: Clock
) -> None:
    boss, reader = sign_in("Okafor"), desk.actor.officer_id
    assert boss.actor.officer_id is not None
    assert reader is not None
    boss.do(restrict_file, files[0], (boss.actor.officer_id, reader), "An officer's own family")
    with pytest.raises(Refused, match="supervisor only"):
        copies.take(desk, wanted)
    with pytest.raises(Missing):
        copies.take(sign_in("Marsh"), wanted)
    copies.take(boss, wanted)
    opened = copies.open_copy(wanted.folder, PASSPHRASE, clock=clock)
    assert len(opened.desk.read(list_files).rows) == 1
    opened.close()
