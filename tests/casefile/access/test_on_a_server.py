"""Need to know where the database itself keeps it: broken glass is told whatever program is used; walls between teams."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from casefile.access.actions import NewOfficer, add_officer
from casefile.access.model import Reader
from casefile.desk import Desk
from casefile.errors import Missing, Refused
from casefile.files.actions.files import allocate, open_file
from casefile.files.actions.restrict import break_glass, restrict_file
from casefile.files.queries.docket import open_docket
from casefile.files.queries.listing import find_file, list_files
from casefile.files.queries.tasks import my_tasks
from casefile.record.model import CaseFile
from casefile.store import shared
from casefile.store.engine import Store
from tests.conftest import PASSWORD, Clock, officer_of

pytestmark = pytest.mark.parametrize("store", ["shared"], indirect=True)
At = Callable[[str], Desk]


def test_glass_broken_by_a_statement_is_told_to_the_supervisor(desk: Desk, sign_in: At, clock: Clock) -> None:
    sergeant = sign_in("Okafor")
    file_id = desk.do(open_file, "GLASS-1").result
    sergeant.do(allocate, file_id, "supervisor", officer_of(sergeant), clock.now.date())
    sergeant.do(restrict_file, file_id, [], "A relative works here.")
    with desk.store.writing() as session:
        session.add(
            Reader(
                file_id=file_id,
                officer_id=officer_of(desk),
                from_at=clock.now,
                until_at=clock.now + timedelta(hours=2),
                glass_reason="I was curious",
                recorded_by=officer_of(desk),
            )
        )
    assert desk.read(open_docket, file_id)
    sergeant.catch_up()
    (told,) = [one.task for one in sergeant.read(my_tasks) if "Glass broken" in one.task.title]
    assert told.title == "Glass broken by R 101 Rhodes: I was curious. Say whether this was right."
    assert told.due_on == clock.now.date()


def test_walls_between_teams_are_kept_by_the_database(
    desk: Desk, sign_in: At, store: Store, clock: Clock
) -> None:
    sign_in("Boss").do(add_officer, NewOfficer("Quill", "constable", PASSWORD, number="300", team="South"))
    held, free = desk.do(open_file, "NORTH-1").result, desk.do(open_file, "NOBODY-1").result
    sergeant = sign_in("Okafor")
    sergeant.do(allocate, held, "officer", officer_of(sign_in("Marsh")), clock.now.date())
    south = sign_in("Quill")
    assert south.read(list_files).total == 2
    with store.laying() as connection:
        shared.choose(connection, "team_walls", "on")
    assert [one.id for one in south.read(list_files).rows] == [free]
    assert sign_in("Marsh").read(list_files).total == 2
    with south.store.reading() as session:
        assert session.scalars(select(CaseFile.id)).all() == [free]
    with pytest.raises(Refused, match="Ask"):
        south.read(find_file, "NORTH-1")
    with pytest.raises(Missing):
        south.do(break_glass, "NORTH-9", "A child is in danger.")
    south.do(break_glass, "NORTH-1", "A child is in danger.")
    assert south.read(find_file, "NORTH-1").id == held
