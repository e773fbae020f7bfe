"""What is told of a person in one file reaches the others; on both stores."""

from __future__ import annotations

from casefile.desk import Desk
from casefile.files.actions.files import open_file
from casefile.files.actions.people import add_person, record_fact
from casefile.files.queries.listing import list_files


def test_what_is_learnt_in_one_file_reaches_every_file_the_person_stands_in(desk: Desk) -> None:
    first, second = desk.do(open_file, "F-1").result, desk.do(open_file, "F-2").result
    name = {"kind": "legal", "given": "Wren", "family": "Ashdown"}
    child = desk.do(add_person, first, {"name": name, "involvement": {"role": "subject"}}).result
    desk.do(record_fact, second, child, "involvement", {"role": "subject"})
    desk.do(record_fact, first, child, "name", {"kind": "legal", "given": "Wren", "family": "Brackley"})
    assert [one.reference for one in desk.read(list_files, text="Brackley").rows] == ["F-1", "F-2"]
