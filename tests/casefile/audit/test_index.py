"""Who saw this child: answered in full however far the index of the log has been filled in, and proved."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import select, update

from casefile.audit.index import MOST_BEHIND, catch_up, concerning
from casefile.audit.model import LogHead, LogRow
from casefile.desk import Desk
from casefile.files.actions.files import open_file
from casefile.files.actions.restrict import restrict_file
from casefile.files.queries.docket import open_docket
from casefile.files.queries.listing import list_files
from tests.conftest import officer_of


def _who_saw(desk: Desk, file_id: UUID) -> tuple[list[int], int]:
    """Numbers of the rows that concern a file, and up to where the index was filled in."""
    with desk.store.reading() as session:
        found = [row.seq for row in session.execute(concerning(file_id))]
        upto = session.scalars(select(LogHead.indexed)).one()
    return sorted(found), upto


def _says_so(desk: Desk, file_id: UUID) -> list[int]:
    """The same, by reading every row of the log."""
    with desk.store.reading() as session:
        rows = session.execute(select(LogRow.seq, LogRow.files, LogRow.people)).all()
    return sorted(row.seq for row in rows if str(file_id) in (*row.files, *row.people))


def test_whoever_saw_a_child_is_named_at_every_moment(desk: Desk, keeper: Desk) -> None:
    first, other = desk.do(open_file).result, desk.do(open_file).result
    filled: set[int] = set()
    for _ in range(MOST_BEHIND // 2 + 4):
        desk.read(open_docket, first)
        desk.read(list_files)
    for file_id in (first, other):
        found, upto = _who_saw(keeper, file_id)
        filled.add(upto)
        assert found == _says_so(keeper, file_id)
        assert len(found) > MOST_BEHIND // 2
    assert min(filled) > 0, "the index was filled in on the way"
    assert keeper.verify_log().intact


def test_an_index_filled_in_by_hand_says_the_same(desk: Desk, keeper: Desk) -> None:
    file_id = desk.do(open_file).result
    desk.read(open_docket, file_id)
    before, _ = _who_saw(keeper, file_id)
    with keeper.store.writing() as session:
        catch_up(session)
        catch_up(session)
    after, upto = _who_saw(keeper, file_id)
    assert before == after
    assert upto == max(after)
    assert keeper.verify_log().intact


def test_an_index_said_to_reach_further_than_it_does_is_found(desk: Desk, keeper: Desk) -> None:
    """Whoever moves the number to hide the newest readings from "who saw this child" is named by the proof."""
    file_id = desk.do(open_file).result
    desk.read(open_docket, file_id)
    last = _says_so(keeper, file_id)[-1]
    with keeper.store.engine.begin() as connection:
        connection.execute(update(LogHead).values(indexed=0))
    assert _who_saw(keeper, file_id)[0] == _says_so(keeper, file_id), "behind is never less"
    if keeper.store.kind == "shared":
        return
    with keeper.store.engine.begin() as connection:
        connection.execute(update(LogHead).values(indexed=last))
    faults = keeper.verify_log().faults
    assert (last, True) in [(one.seq, "does not name everybody" in one.sentence) for one in faults]


def test_a_reading_put_into_words_once_still_knows_who_reads(
    desk: Desk, sign_in: Callable[[str], Desk]
) -> None:
    kept, hidden = desk.do(open_file).result, desk.do(open_file).result
    sergeant = sign_in("Okafor")
    assert sergeant.read(list_files).total == desk.read(list_files).total == 2
    sergeant.do(restrict_file, hidden, [officer_of(sergeant)], "A colleague's child.")
    assert [one.id for one in desk.read(list_files).rows] == [kept]
    assert desk.read(list_files).total == 1
    assert {one.id for one in sergeant.read(list_files).rows} == {kept, hidden}
