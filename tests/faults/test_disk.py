"""Disks: full, read-only, torn files, other people's files. A sentence each time, nothing half done, nothing lost."""

from __future__ import annotations

import contextlib
import random
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, event, text

from casefile import opening
from casefile.access.actions import NewOfficer, add_officer
from casefile.cli import main
from casefile.cli.speak import Code
from casefile.desk import Desk
from casefile.errors import CasefileError, Damaged, Unavailable
from casefile.files.actions.documents import add_document
from casefile.files.actions.drafts import save_draft, start_draft
from casefile.files.actions.entries import record_entry
from casefile.files.actions.files import open_file
from casefile.files.actions.people import add_person
from casefile.files.queries.docket import divider_page
from casefile.files.queries.documents import documents
from casefile.files.queries.drafts import my_drafts
from casefile.files.queries.listing import list_files
from casefile.files.queries.people import people
from tests.conftest import Clock
from tests.faults.conftest import PASSPHRASE, Kept, full, reopened
from tests.faults.victim import TYPED, whole_file

CONTACT: dict[str, Any] = {
    "happened_on": "2026-03-02", "known_on": "2026-03-02", "kind": "school", "by_whom": "DC Marsh",
    "child_seen": "alone", "note": TYPED,
}  # fmt: skip


def test_a_full_disk_says_so_and_keeps_what_was_there(kept: Kept) -> None:
    opened = reopened(kept)
    draft = opened.desk.do(start_draft, kept.file_id, "contact").result
    with full(opened.desk.store):
        with pytest.raises(Unavailable, match=r"(?i)disk.*full|no space|free") as told:
            opened.desk.do(add_document, kept.file_id, "long.txt", random.Random(1).randbytes(4_000_000))
        assert told.value.remedy
        with pytest.raises(Unavailable):
            opened.desk.do(save_draft, draft.id, {**CONTACT, "note": TYPED * 2000}, draft.revision)
    assert opened.desk.read(documents, kept.file_id) == ()
    assert opened.faults() == ()
    assert opened.desk.verify_log().intact
    saved = opened.desk.do(save_draft, draft.id, CONTACT, draft.revision).result
    assert saved.revision == draft.revision + 1, "with room again, work goes on where it stood"
    opened.close()


def test_a_real_disk_that_runs_full_loses_nothing_acknowledged(small_disk: Path) -> None:
    opened = opening.create(small_disk / "store", PASSPHRASE, keychain=False)
    opened.first_administrator("Hale", "plum river stone")
    opened.desk.do(add_officer, NewOfficer("Marsh", "sergeant", "plum river stone"))
    opened.desk.sign_in("Marsh", "plum river stone")
    file_id = opened.desk.do(open_file).result
    acknowledged = 0
    for number in range(40):
        try:
            opened.desk.do(add_document, file_id, f"{number}.bin", random.Random(number).randbytes(400_000))
        except Unavailable:
            break
        acknowledged += 1
    assert 0 < acknowledged < 40
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    assert len(opened.desk.read(documents, file_id)) == acknowledged
    assert opened.faults() == ()
    assert opened.desk.verify_log().intact
    opened.close()


def test_a_store_on_a_read_only_share_is_refused_in_a_sentence(kept: Kept, small_disk: Path) -> None:
    for part in kept.folder.iterdir():
        (small_disk / part.name).write_bytes(part.read_bytes())
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(Unavailable, match="cannot write to"):
        opening.open_with_passphrase(small_disk, PASSPHRASE, remember=False)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7\n" + b"x" * 8192, "cannot be read"),
        (b"", "none of Casefile's tables"),
        (b"SQLite format 3\x00" + b"\x00" * 8176, "cannot be read"),
    ],
)
def test_a_foreign_file_in_the_stores_place_is_named(kept: Kept, content: bytes, said: str) -> None:
    for beside in kept.folder.glob("casefile.db*"):
        beside.unlink()
    kept.database.write_bytes(content)
    with pytest.raises(Damaged, match=said) as told:
        opening.open_with_passphrase(kept.folder, PASSPHRASE, remember=False)
    assert told.value.remedy


def test_a_store_of_a_newer_casefile_is_left_alone(kept: Kept) -> None:
    opened = reopened(kept)
    with opened.desk.store.engine.connect() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.commit()
    opened.close()
    before = kept.database.read_bytes()
    with pytest.raises(Damaged, match="newer Casefile") as told:
        opening.open_with_passphrase(kept.folder, PASSPHRASE, remember=False)
    assert told.value.kept == "The store was not changed."
    assert kept.database.read_bytes() == before


def test_two_stores_mixed_up_are_found(kept: Kept, tmp_path: Path) -> None:
    other = opening.create(tmp_path / "other", PASSPHRASE, keychain=False)
    other.close()
    (kept.folder / "recovery.json").write_bytes((tmp_path / "other" / "recovery.json").read_bytes())
    with pytest.raises(Damaged):
        opening.open_with_passphrase(kept.folder, PASSPHRASE, remember=False)


@given(
    st.lists(st.tuples(st.floats(0, 0.9999), st.integers(1, 255)), min_size=1, max_size=4), st.floats(0, 1)
)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_file_is_found_or_refused_never_a_crash(
    kept: Kept, hurts: list[tuple[float, int]], cut: float
) -> None:
    """Bytes changed anywhere, or the end torn off: every page is authenticated, so nothing wrong is ever read."""
    whole = kept.database.read_bytes()
    hurt = bytearray(whole)
    for place, mask in hurts:
        hurt[int(place * len(hurt))] ^= mask
    if cut < 0.3:
        hurt = hurt[: int(len(hurt) * cut)]
    kept.database.write_bytes(bytes(hurt))
    try:
        with contextlib.suppress(CasefileError):  # anything else that is raised fails this test
            opened = opening.open_with_passphrase(kept.folder, PASSPHRASE, remember=False)
            with contextlib.suppress(CasefileError):
                opened.desk.sign_in("Marsh", "plum river stone")
                opened.desk.read(list_files)
            assert opened.faults(), "a page that is not what was written must be found"
            opened.desk.store.close()
    finally:
        for beside in kept.folder.glob("casefile.db-*"):
            beside.unlink()
        kept.database.write_bytes(whole)


def test_a_clock_set_back_neither_breaks_the_log_nor_loses_an_entry(
    desk: Desk, sign_in: Callable[[str], Desk], clock: Clock
) -> None:
    file_id = desk.do(open_file).result
    first = desk.do(record_entry, file_id, "contact", CONTACT).result
    clock.forward(days=-40)
    second = desk.do(record_entry, file_id, "contact", CONTACT).result
    assert second.recorded_at < first.recorded_at
    assert {one.id for one in desk.read(divider_page, file_id, "contacts").entries} == {first.id, second.id}
    clock.forward(days=80)
    assert sign_in("Okafor").verify_log().intact


def impatient(connection: Connection) -> None:
    """Wait a moment for another program, not the quarter of a minute that people are given."""
    connection.exec_driver_sql("PRAGMA busy_timeout=50")


def test_a_store_that_another_program_holds_is_said_to_be_busy(kept: Kept) -> None:
    opened, other = reopened(kept), reopened(kept)
    with other.desk.store.engine.connect() as holding:
        holding.exec_driver_sql("COMMIT")
        holding.exec_driver_sql("BEGIN IMMEDIATE")
        event.listen(opened.desk.store.engine, "begin", impatient, insert=True)
        with pytest.raises(Unavailable, match="busy"):
            opened.desk.do(start_draft, kept.file_id, "contact")
    assert opened.desk.read(my_drafts) == ()
    opened.close()
    other.close()


def test_ten_megabytes_in_a_field_are_refused_in_a_sentence_and_kept_as_a_draft(desk: Desk) -> None:
    file_id = desk.do(open_file).result
    draft = desk.do(start_draft, file_id, "contact").result
    typed = {**CONTACT, "note": "a" * 10_000_000}
    desk.do(save_draft, draft.id, typed, draft.revision)
    with pytest.raises(CasefileError, match="Keep long text as a document"):
        desk.do(record_entry, file_id, "contact", typed)
    (held,) = desk.read(my_drafts)
    assert len(held.values["note"]) == 10_000_000


def test_the_same_reference_twice_is_a_conflict_in_words(desk: Desk) -> None:
    desk.do(open_file, "F-2026-00077")
    with pytest.raises(CasefileError, match=r"(?i)F-2026-00077 is already used") as told:
        desk.do(open_file, "f-2026-00077")
    assert told.value.kept


@given(
    name=st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)
    .map(str.strip)
    .filter(bool)
)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_names_in_any_script_are_kept_exactly(desk: Desk, name: str) -> None:
    file_id = desk.do(open_file).result
    facts = {"name": {"kind": "legal", "full": name}, "involvement": {"role": "subject"}}
    person = desk.do(add_person, file_id, facts).result
    (found,) = [one for one in desk.read(people, file_id) if one.id == person]
    assert found.name == name


def test_a_mistake_of_ours_on_the_command_line_is_a_sentence_without_content(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def mistaken(*args: object, **kwargs: object) -> None:
        raise TypeError("Wren Ashdown of 4 Mill Lane")

    monkeypatch.setattr(opening, "open_with_passphrase", mistaken)
    monkeypatch.setattr(opening, "open_with_keychain", mistaken)
    monkeypatch.setenv("CASEFILE_PASSPHRASE", PASSPHRASE)
    assert main(["show", str(kept.folder)]) == Code.BUG
    said = capsys.readouterr().err
    assert "Casefile made a mistake (TypeError)." in said
    assert "Wren" not in said
    assert "Traceback" not in said


def test_a_half_written_file_to_import_leaves_nothing(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("CASEFILE_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("CASEFILE_OFFICER", "Marsh")
    monkeypatch.setenv("CASEFILE_PASSWORD", "plum river stone")
    whole = whole_file("F-2026-00500")
    for cut in range(0, len(whole), len(whole) // 5):
        torn = tmp_path / "torn.json"
        torn.write_bytes(whole[:cut])
        assert main(["import", str(kept.folder), str(torn)]) in (Code.DAMAGED, Code.INVALID)
        assert "Traceback" not in capsys.readouterr().err
    assert main(["show", str(kept.folder), "F-2026-00500"]) == Code.MISSING
