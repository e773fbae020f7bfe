"""A search that meets a restricted file, on both stores: told to the file's supervisor where the policy says so, and to nobody else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from casefile.audit.anchor import Anchor
from casefile.audit.queries import LogLine, log_page
from casefile.desk import Desk
from casefile.errors import Invalid, Missing, Refused
from casefile.exchange.found import export_search
from casefile.files.actions.files import allocate, open_file
from casefile.files.actions.people import add_person
from casefile.files.actions.restrict import restrict_file
from casefile.names import keys
from casefile.search.people import find_people
from casefile.search.told import mark_restricted_match, restricted_matches, restricted_waiting
from casefile.search.words import search_as_typed, search_words
from casefile.standards import Library, library
from casefile.store import compared
from casefile.store.engine import Store
from tests.conftest import PASSWORD, Clock, officer_of

At = Callable[[str], Desk]
TELLS = """
[restricted_match]
tell_supervisor = true
most_files = 2
source = "Force policy 31"
confidence = "known"
"""


def force_that_tells(place: Path) -> Library:
    """The standard of a force that tells supervisors, with its copy in a folder at *place*."""
    folder = place / "force"
    folder.mkdir()
    (folder / "restricted.toml").write_text(TELLS)
    return library(folder)


@pytest.fixture(scope="module")
def telling(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The standard of a force whose policy is to tell supervisors."""
    return force_that_tells(tmp_path_factory.mktemp("telling"))


@pytest.fixture
def at(store: Store, telling: Library, clock: Clock, anchor: Anchor) -> At:
    """Desks of that force."""

    def sign_in(name: str) -> Desk:
        desk = Desk(store, telling, anchor=anchor, clock=clock)
        desk.sign_in(name, PASSWORD)
        return desk

    return sign_in


def hidden_file(sergeant: Desk, reference: str = "F-2", family: str = "Quillfeather") -> UUID:
    """A restricted file of a sergeant who supervises it, of a mother with an address and a telephone."""
    file_id = sergeant.do(open_file, reference, date(2026, 1, 6)).result
    facts: dict[str, dict[str, str]] = {
        "name": {"kind": "legal", "given": "Lena", "family": family},
        "birth": {"born_on": "12/3/1984", "precision": "exact"},
        "involvement": {"role": "mother"},
        "residence": {"address": "9 Hidden Lane", "postcode": "N17 8AA"},
        "contact": {"kind": "mobile", "value": "07700 900123"},
    }
    sergeant.do(add_person, file_id, facts)
    sergeant.do(allocate, file_id, "supervisor", officer_of(sergeant), date(2026, 1, 6))
    sergeant.do(restrict_file, file_id, [officer_of(sergeant)], "A relative works here.")
    return file_id


def test_the_supervisor_is_told_who_searched_for_what_and_how_often(at: At, clock: Clock) -> None:
    sergeant, constable = at("Okafor"), at("Marsh")
    hidden = hidden_file(sergeant)
    for line in (
        "quillfeather lena",
        "quillfether lena",
        "07700 900123",
        '"hidden lane"',
        "F-2",
        "nothing here",
    ):
        assert constable.read(search_words, line).hits == (), line
        clock.forward(seconds=1)
    constable.read(search_as_typed, "quillfeather")
    constable.read(search_words, "quillfeather", tells=False)
    assert constable.read(find_people, "quilfeather lena 12/3/1984").total == 0
    (row,) = sergeant.read(restricted_matches)
    assert (row.file_id, row.reference, row.officer, row.times) == (hidden, "F-2", "DC 102 Marsh", 6)
    assert row.lines[1:] == ("F-2", '"hidden lane"', "07700 900123", "quillfether lena")
    assert row.lines[0].startswith("quilfeather lena, born 12 March 1984")
    assert row.kinds == ("people", "words")
    assert sergeant.read(restricted_waiting) == 1

    clock.forward(minutes=5)
    sergeant.do(mark_restricted_match, row.id, "talked", "She took the call at the front desk.")
    assert (sergeant.read(restricted_matches), sergeant.read(restricted_waiting)) == ((), 0)
    (done,) = sergeant.read(restricted_matches, marked=True)
    assert done.marked is not None
    assert (done.marked.what, done.marked.by) == ("talked", "DS 103 Okafor")
    clock.forward(minutes=5)
    constable.read(search_words, "quillfeather")
    (again,) = sergeant.read(restricted_matches)
    assert (again.times, again.id) == (7, row.id), "searched again, it waits again"


def test_a_search_that_is_exported_is_told_of_too_and_one_for_something_common_is_not(at: At) -> None:
    sergeant, constable = at("Okafor"), at("Marsh")
    hidden_file(sergeant)
    constable.do(export_search, "DI Lindqvist", "lena quillfeather")
    assert [one.lines for one in sergeant.read(restricted_matches)] == [("lena quillfeather",)]
    for number in (3, 4):
        hidden_file(sergeant, f"F-{number}")
    constable.read(search_words, "quillfeather")
    constable.read(find_people, "quillfeather lena")
    assert len(sergeant.read(restricted_matches)) == 1, "three files are more than the policy's two"


def test_words_of_records_and_a_birth_alone_meet_nothing_and_narrowing_is_kept_to(at: At) -> None:
    sergeant, constable = at("Okafor"), at("Marsh")
    hidden_file(sergeant)
    for line in (
        "quillfeather kind:entry", "quillfeather file:F-9", "quillfeather status:closed", "lena -quillfeather",
        "12/3/1984", "12 march", "lane -hidden", "mother", "tamsin",
    ):  # fmt: skip
        constable.read(search_words, line)
    constable.read(find_people, "born 12/3/1984")
    assert [one.lines for one in sergeant.read(restricted_matches)] == []
    constable.read(search_words, "quillfeather status:open kind:person")
    assert sergeant.read(restricted_waiting) == 1


def test_only_a_supervisor_who_may_see_the_file_is_told(at: At) -> None:
    sergeant, inspector, constable = at("Okafor"), at("Lindqvist"), at("Marsh")
    hidden = hidden_file(sergeant)
    constable.read(search_words, "quillfeather")
    (row,) = sergeant.read(restricted_matches)
    for other in (inspector, constable, at("Rhodes")):
        assert (other.read(restricted_matches, marked=True), other.read(restricted_waiting)) == ((), 0)
        with pytest.raises((Missing, Refused)):
            other.do(mark_restricted_match, row.id, "talked", "Mine.")
    sergeant.do(allocate, hidden, "supervisor", officer_of(inspector), date(2026, 1, 7))
    assert sergeant.read(restricted_matches) == (), "another answers for the file now"
    assert inspector.read(restricted_matches) == (), "and may not see it"
    sergeant.do(restrict_file, hidden, [officer_of(inspector), officer_of(sergeant)], "He supervises it.")
    assert [one.id for one in inspector.read(restricted_matches)] == [row.id]
    with pytest.raises(Invalid, match="Say what was done"):
        inspector.do(mark_restricted_match, row.id, "shrugged", "x")
    with pytest.raises(Invalid, match="Say why"):
        inspector.do(mark_restricted_match, row.id, "no_right", " ")


def test_whoever_searches_learns_nothing_and_leaves_the_same_behind_either_way(at: At, store: Store) -> None:
    sergeant, constable = at("Okafor"), at("Marsh")
    hidden_file(sergeant)
    auditor = at("Okafor")

    def left(line: str) -> tuple[Any, ...]:
        """What a search gives, and everything it leaves: rows of the log, and rows and their sizes in the store."""
        before = auditor.read(log_page, limit=1)[0].seq
        found = constable.read(search_words, line), constable.read(find_people, line).total
        rows = [one for one in auditor.read(log_page, limit=50) if one.seq > before]
        with store.reading() as session:
            kept = session.connection().exec_driver_sql(
                "SELECT length(line), length(CAST(files AS text)) FROM restricted_match ORDER BY at DESC, id DESC"
            )
            sizes = [tuple(one) for one in kept.all()]
        return str(found).replace(line, ""), [_shape(one) for one in rows], sizes[:2], len(sizes)

    met, missed = left("lena quillfeather"), left("lena quillfeathex")
    first, second = left("mara brownfoxxxxx"), left("lena quillfeather")
    assert met[:3] == missed[:3] == first[:3] == second[:3]
    assert (missed[3] - met[3], second[3] - first[3]) == (2, 2)
    assert constable.read(restricted_matches) == ()
    assert all(
        not one.files for one in auditor.read(log_page, text="Marsh") if one.act.endswith("search_words")
    )
    with store.reading() as session:
        lines = (
            session.connection().exec_driver_sql("SELECT line FROM restricted_match WHERE NOT met").scalars()
        )
        assert {one.strip() for one in lines} == {""}, "the words of a search that met nothing are not kept"


def _shape(one: LogLine) -> tuple[Any, ...]:
    return one.act, one.category, one.outcome, one.files, one.people, dict(one.details), one.stored


def test_where_the_policy_is_off_as_it_ships_nothing_is_compared(sign_in: At, store: Store) -> None:
    assert not library().restricted.tell_supervisor
    sergeant, constable = sign_in("Okafor"), sign_in("Marsh")
    hidden_file(sergeant)
    constable.read(search_words, "quillfeather")
    constable.read(find_people, "quillfeather lena")
    assert sergeant.read(restricted_matches) == ()
    with store.reading() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM restricted_match").scalar() == 0


def test_reading_and_marking_are_logged_with_the_file(at: At) -> None:
    sergeant, constable = at("Okafor"), at("Marsh")
    hidden = hidden_file(sergeant)
    constable.read(search_words, "quillfeather")
    (row,) = sergeant.read(restricted_matches)
    sergeant.do(mark_restricted_match, row.id, "no_right", "No reason to know.")
    marked, read = (one for one in sergeant.read(log_page, limit=10) if "restricted_match" in one.act)
    assert (marked.category, read.category) == ("alteration", "consultation")
    assert marked.files == read.files == (hidden,)
    assert "quillfeather" not in str(marked).lower()


def test_both_stores_weigh_keys_alike() -> None:
    sql = (Path(compared.__file__).parent / "shared" / "sql" / "09_restricted.sql").read_text("utf-8")
    said = {kind: int(weight) for kind, weight in re.findall(r"WHEN '(.)' THEN (\d+)", sql)}
    assert said == compared.WEIGHTS
    assert f"END) >= {compared.ENOUGH}\n" in sql
    assert set(compared.WEIGHTS) == set(keys.WEIGHTS)
