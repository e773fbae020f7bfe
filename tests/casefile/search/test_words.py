"""The one search box at the desk, on both stores: what is found, in which order, and by whom never."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, text, update

from casefile.audit.queries import log_page
from casefile.desk import Desk
from casefile.errors import Invalid, Refused
from casefile.exchange.documents.bring_in import bring_in_document
from casefile.exchange.found import export_search
from casefile.exchange.readers.inside import read_whole
from casefile.files.actions.drafts import start_draft
from casefile.files.actions.entries import record_entry, sign_entry
from casefile.files.actions.files import open_file
from casefile.files.actions.people import add_person, record_fact
from casefile.files.actions.restrict import restrict_file
from casefile.files.actions.tasks import add_task
from casefile.record.worded import WordRow
from casefile.search.hits import Results
from casefile.search.kept import KeptSearch, forget_search, keep_search, kept_searches
from casefile.search.mending import mend_words, stands
from casefile.search.words import search_as_typed, search_words
from casefile.supervision.queue import QueueFilter
from casefile.supervision.saved import forget_filter, keep_filter
from tests.conftest import officer_of

At = Callable[[str], Desk]


def note(
    desk: Desk, file_id: UUID, said: str, on: str = "1/6/2026", thread: UUID | None = None, **more: Any
) -> UUID:
    """Sign a contact, or amend it; gives the version's identity."""
    values = {
        "happened_on": on, "known_on": on, "kind": "visit_unannounced", "child_seen": "not_seen", "by_whom": "us",
        "note": said, **more,
    }  # fmt: skip
    draft = desk.do(start_draft, file_id, "contact", thread_id=thread, values=values).result
    return desk.do(sign_entry, draft.id, reason="Corrected" if thread else None).result.id


def filed(desk: Desk, file_id: UUID, name: str, said: str) -> None:
    """File a document as it is read."""
    parts = read_whole(name, said.encode())
    desk.do(bring_in_document, file_id, parts, received_on=date(2026, 6, 3))


@pytest.fixture
def family(desk: Desk) -> UUID:
    return desk.do(open_file, "F-1", date(2026, 1, 5)).result


def titles(found: Results) -> dict[str, list[str]]:
    """What was found, by group."""
    return {group.kind: [hit.title for hit in group.hits] for group in found.groups}


def test_people_files_records_documents_and_tasks_are_found_with_their_hits_marked(
    desk: Desk, family: UUID
) -> None:
    facts: dict[str, dict[str, str]] = {
        "name": {"kind": "legal", "given": "Anna", "family": "Nowak"},
        "involvement": {"role": "mother"},
        "residence": {"address": "14 Mill Lane", "postcode": "N17 8AA"},
        "contact": {"kind": "mobile", "value": "07700 900123"},
    }
    anna = desk.do(add_person, family, facts).result
    note(desk, family, "A bruise on the left arm, seen at football by Anna Nowak.")
    note(desk, family, "Nothing to report; no bruises. Rang 07700900123.", "2/6/2026", agency="social_care")
    filed(
        desk,
        family,
        "Bruise clinic letter.txt",
        "Seen at the clinic. " * 300 + "The left arm was x-rayed.",
    )
    desk.do(add_task, family, "Ask the clinic about the bruise", owed_by="health", due_on=date(2026, 12, 1))

    found = desk.read(search_words, "bruises")
    assert titles(found)["document"] == ["Bruise clinic letter.txt"]
    assert titles(found)["task"] == ["Ask the clinic about the bruise"]
    assert [one.on for one in found.group("entry").hits] == [date(2026, 6, 2), date(2026, 6, 1)], (
        "the newest first"
    )
    (hit,) = desk.read(search_words, '"left arm" -clinic').hits
    assert [hit.snippet.text[start:end] for start, end in hit.snippet.hits] == ["left", "arm"]
    assert (hit.kind, hit.reference, hit.section, hit.divider) == ("entry", "F-1", "contact", "contacts")
    (letter,) = desk.read(search_words, "x-rayed").hits
    assert letter.snippet.text.endswith("x-rayed.")
    for line, kinds in (
        ("novak ania", {"person"}), ("07700 900123", {"person", "entry"}), ("+44 7700 900123", {"person", "entry"}),
        ("mill lane", {"person"}), ("n178aa", {"person"}), ("f-1", {"file"}),
        ("arm near/4 bruise kind:entry", {"entry"}), ("clinic agency:health", {"task"}),
        ('report agency:"social care"', {"entry"}), ("left after:2/6/2026", {"document"}),
        ("bruise before:2/6/2026", {"entry"}), ("bruise by:rhodes section:contact", {"entry"}),
        ("bruise status:closed", set()), ("bruise file:F-1 -kind:task -kind:document", {"entry"}), ("zebra", set()),
    ):  # fmt: skip
        assert set(titles(desk.read(search_words, line))) == kinds, line
    assert desk.read(search_words, "nowak").group("person").hits[0].record_id == anna
    assert set(titles(desk.read(search_as_typed, "footb"))) == {"entry"}
    assert titles(desk.read(search_words, "footb")) == {}


def test_the_same_is_found_by_everybody_with_the_same_rights_in_whatever_order_they_ask(
    sign_in: At, desk: Desk, family: UUID
) -> None:
    for day in range(1, 8):
        note(desk, family, f"A bruise on the arm, number {day}.", f"{day}/6/2026")
    filed(desk, family, "arm.txt", "No bruise.")
    found = desk.read(search_words, "bruise arm after:2/6/2026")
    assert [one.total for one in found.groups] == [6, 1]
    for name in ("Marsh", "Okafor"):
        assert sign_in(name).read(search_words, "ARM after:2/6/2026  Bruise").groups == found.groups


def test_a_hit_in_the_heading_comes_before_a_newer_one(desk: Desk, family: UUID) -> None:
    filed(desk, family, "Old x-ray.txt", "Nothing.")
    filed(desk, family, "Other.txt", "The X-Ray came later.")
    assert titles(desk.read(search_words, "x-ray"))["document"] == ["Old x-ray.txt", "Other.txt"]


def test_the_kind_of_a_record_is_said_once(desk: Desk, family: UUID) -> None:
    note(desk, family, "Otters.")
    held = {"happened_on": "2/6/2026", "known_on": "2/6/2026", "mode": "telephone", "outcome": "nfa",
            "shared": "Otters."}  # fmt: skip
    desk.do(record_entry, family, "strategy", held)
    found = titles(desk.read(search_words, "otters"))["entry"]
    assert found == ["Strategy discussion: no further action", "Contact: Visit, unannounced: not seen"]


def test_what_cannot_be_read_is_said_and_what_narrows_is_named(desk: Desk, family: UUID) -> None:
    note(desk, family, "A bruise.")
    found = desk.read(search_words, 'bruise by:zebedee before:soon section:weather colour:red "')
    assert [one.said for one in found.narrowings] == ["written by zebedee"]
    assert found.hits == ()
    told = " ".join(found.remarks)
    for said in (
        "No officer is called “zebedee”",
        "“soon” is no date",
        "“weather” is no section",
        "“colour:”",
        "not closed",
    ):
        assert said in told
    (narrowing,) = desk.read(search_words, "bruise by:Rhodes").narrowings
    assert (narrowing.typed, narrowing.said) == ("by:Rhodes", "written by R 101 Rhodes")
    assert desk.read(search_words, "by:rhodes").group("entry").total == 1, "what narrows may stand alone"
    assert desk.read(search_words, "-bruise").remarks == (
        "Say also what to look for, not only what to leave out.",
    )
    assert desk.read(search_words, "  ").asked is False


def test_an_amended_record_is_found_by_its_newest_words_and_by_older_ones_when_asked(
    desk: Desk, family: UUID
) -> None:
    first = note(desk, family, "A bruise.")
    second = note(desk, family, "A birthmark.", thread=first)
    assert desk.read(search_words, "bruise").hits == ()
    (old,) = desk.read(search_words, "bruise", older=True).hits
    assert (old.record_id, old.older, old.thread_id) == (first, True, first)
    (new,) = desk.read(search_words, "birthmark", older=True).hits
    assert (new.record_id, new.older) == (second, False)


def test_nothing_of_a_restricted_file_is_found_counted_or_hinted_at(
    sign_in: At, desk: Desk, family: UUID
) -> None:
    sergeant, constable = sign_in("Okafor"), sign_in("Marsh")
    hidden = sergeant.do(open_file, "F-2", date(2026, 1, 6)).result
    lena = {
        "name": {"kind": "legal", "given": "Lena", "family": "Quillfeather"},
        "involvement": {"role": "mother"},
    }
    person = sergeant.do(add_person, hidden, lena).result
    sergeant.do(record_fact, family, person, "involvement", {"role": "mother"})
    for file_id in (family, hidden):
        note(sergeant, file_id, "A bruise seen by Quillfeather at 9 Hidden Lane.")
        filed(sergeant, file_id, "Quillfeather.txt", "quillfeather")
        sergeant.do(add_task, file_id, "Ring Quillfeather", owed_by="police", due_on=date(2026, 12, 1))
    asked = (
        "quillfeather", "quillfeather lena", "bruise", '"hidden lane"', "F-2", "by:okafor", "quillfeather file:F-2",
        "quillfeather kind:task", "lena",
    )  # fmt: skip
    before = {line: constable.read(search_words, line) for line in asked}
    assert before["quillfeather"].group("entry").total == 2
    sergeant.do(restrict_file, hidden, [officer_of(sergeant)], "A relative works here.")
    for line in asked:
        for found in (
            constable.read(search_words, line, older=True), constable.read(search_as_typed, line),
            constable.read(search_words, line, most=1),
        ):  # fmt: skip
            assert {one.file_id for one in found.hits} <= {family}, line
            assert str(hidden) not in str(found)
            # In the file that may be seen: one of each, and two tasks, the call and the research that she needs.
            assert all(
                one.total <= (2 if one.kind == "task" else 1) and not one.more for one in found.groups
            ), line
    assert sergeant.read(search_words, "quillfeather").group("entry").total == 2
    missing = constable.read(search_words, "quillfeather file:F-2").remarks
    assert missing == tuple(
        one.replace("F-9", "F-2") for one in constable.read(search_words, "quillfeather file:F-9").remarks
    ), "a hidden file is told as one that is not there"
    with pytest.raises(Refused):
        sign_in("Boss").read(search_words, "quillfeather")


def test_words_that_went_astray_are_noticed_and_mended(desk: Desk, family: UUID) -> None:
    note(desk, family, "A bruise.")
    note(desk, family, "A graze.")
    filed(desk, family, "Letter.txt", "Seen.")
    with desk.store.reading() as session:
        assert stands(session).sound
    assert desk.do(mend_words).result.wrong == 0, "what was kept is what would be drawn anew"
    with desk.store.writing() as session:
        session.execute(delete(WordRow).where(WordRow.record_id == family))
        session.execute(update(WordRow).where(WordRow.section == "contact").values(placed="zebra"))
    with desk.store.reading() as session:
        assert stands(session).missing == 1
    assert desk.read(search_words, "bruise").hits == ()
    assert desk.do(mend_words).result.wrong == 3
    assert desk.read(search_words, "bruise").group("entry").total == 1
    assert desk.read(search_words, "f-1").group("file").total == 1
    with desk.store.reading() as session:
        assert stands(session).sound


def test_an_index_that_lost_what_is_kept_is_noticed_and_mended(desk: Desk, store: Any, family: UUID) -> None:
    note(desk, family, "A bruise.")
    lost = {
        "embedded": "INSERT INTO word_index (word_index) VALUES ('delete-all')",
        "shared": "DELETE FROM casefile.word_index",
    }
    with store.writing() as session:
        session.execute(text(lost[store.kind]))
    with desk.store.reading() as session:
        assert not stands(session).indexed
    desk.do(mend_words)
    with desk.store.reading() as session:
        assert stands(session).sound
    assert desk.read(search_words, "bruise").group("entry").total == 1


def test_what_one_keeps_is_ones_own_and_no_filter_of_the_queue(sign_in: At) -> None:
    sergeant, constable = sign_in("Okafor"), sign_in("Marsh")
    sergeant.do(keep_filter, "Mine", QueueFilter("mine"))
    sergeant.do(keep_search, KeptSearch("Mine", "bruise by:okafor", ("entry",)))
    sergeant.do(keep_search, KeptSearch(" Mine ", "bruise by:okafor", ("entry",), older=True))
    assert sergeant.read(kept_searches) == (KeptSearch("Mine", "bruise by:okafor", ("entry",), older=True),)
    assert constable.read(kept_searches) == ()
    constable.do(forget_search, "Mine")
    sergeant.do(forget_filter, "Mine")
    assert len(sergeant.read(kept_searches)) == 1
    with pytest.raises(Invalid, match="Give the search a name"):
        sergeant.do(keep_search, KeptSearch(" ", "bruise"))
    with pytest.raises(Invalid, match="nothing to keep"):
        sergeant.do(keep_search, KeptSearch("Empty", " "))


def test_what_is_given_out_names_whom_and_holds_what_may_be_seen(
    sign_in: At, desk: Desk, family: UUID
) -> None:
    sergeant = sign_in("Okafor")
    note(sergeant, family, "=HYPERLINK(bruise)")
    hidden = sergeant.do(open_file, "F-2").result
    note(sergeant, hidden, "A bruise.")
    sergeant.do(restrict_file, hidden, [officer_of(sergeant)], "A relative works here.")
    table = desk.do(export_search, "DI Lindqvist", "bruise").result.decode("utf-8-sig")
    assert "F-1" in table
    assert "F-2" not in table
    assert all(not line.startswith(("=", "+", "@")) for line in table.splitlines())
    with pytest.raises(Invalid, match="Say whom"):
        desk.do(export_search, " ", "bruise")
    last = next(one for one in sign_in("Penrose").read(log_page) if one.act == "exchange.export_search")
    assert (last.category, last.details["recipient"]) == ("disclosure", "DI Lindqvist")
