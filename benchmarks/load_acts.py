"""What a simulated officer does, once through the desk and once in statements written by hand, as the same role."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Protocol
from uuid import UUID

import psycopg

from casefile.desk import Desk
from casefile.files.actions.drafts import save_draft, start_draft
from casefile.files.actions.entries import sign_entry
from casefile.files.queries.docket import open_docket
from casefile.files.queries.listing import list_files
from casefile.standards import library
from casefile.store.shared.address import Address
from casefile.store.shared.served import PREPARED_AFTER, Server
from casefile.supervision.queue import review_queue
from casefile.work.ids import new_id

PASSWORD = "a kettle for measuring"
VISIT = {
    "happened_on": "2026-10-20", "known_on": "2026-10-20", "kind": "visit_unannounced", "by_whom": "DC Marsh",
    "child_seen": "alone", "note": "Seen alone at school. She spoke of home, the dog and the man upstairs. " * 6,
}  # fmt: skip
SAVES = 3
"""Times a draft is saved before it is signed."""


_OF_FILE = (
    "entry_thread", "involvement", "task", "alarm", "remark", "task_event", "allocation", "divider_mark", "document",
)  # fmt: skip
_OF_PEOPLE = (
    "person_name", "person_birth", "involvement", "person_residence", "relationship", "person_characteristics",
    "person_identifier", "person_setting", "person_contact",
)  # fmt: skip
"""Tables that an opened docket shows, beside those named where they are read."""


class Officer(Protocol):
    """Somebody signed in as their own role."""

    def queue(self) -> None:
        """Look at one's queue."""
        ...

    def words(self, said: str) -> None:
        """Search the list."""
        ...

    def open(self, file_id: UUID) -> None:
        """Open a file."""
        ...

    def begin(self, file_id: UUID) -> None:
        """Begin a draft."""
        ...

    def save(self, number: int) -> None:
        """Save it."""
        ...

    def sign(self) -> UUID:
        """Sign it; identity of the entry, which the store has acknowledged."""
        ...

    def leave(self) -> None:
        """Sign out."""
        ...


class AtDesk:
    """An officer at Casefile's own desk."""

    def __init__(self, address: Address, name: str) -> None:
        """Sign in."""
        self._desk = Desk(Server(address), library())
        self._desk.sign_in(name, PASSWORD)
        self._draft: Any = None

    def queue(self) -> None:
        """Look at one's queue."""
        self._desk.read(review_queue)

    def words(self, said: str) -> None:
        """Search the list."""
        self._desk.read(list_files, text=said, limit=50)

    def open(self, file_id: UUID) -> None:
        """Open a file."""
        self._desk.read(open_docket, file_id)

    def begin(self, file_id: UUID) -> None:
        """Begin a draft."""
        self._draft = self._desk.do(start_draft, file_id, "contact").result

    def save(self, number: int) -> None:
        """Save it."""
        said = {**VISIT, "note": VISIT["note"] + str(number)}
        self._revision = self._desk.do(save_draft, self._draft.id, said, self._draft.revision + number).result

    def sign(self) -> UUID:
        """Sign it."""
        return self._desk.do(sign_entry, self._draft.id).result.id

    def leave(self) -> None:
        """Sign out."""
        self._desk.store.signed_out()


class ByHand:
    """The same in SQL: the same role, row security and reading, one log row by ``casefile_log`` for each act.

    It reads the same tables and writes the rows of the record that a visit makes: entry, thread, divider, words to be
    searched, the draft gone, the file's columns. What it leaves out is what Casefile is for: tasks, alarms and weights
    are not derived anew, nothing is checked, nothing read is put into words. Statements are kept ready by the server as
    Casefile's are, and nothing is rolled back, which would throw them away.
    """

    def __init__(self, address: Address, name: str) -> None:
        """Sign in and open a reading."""
        told: Any = address.told(name, PASSWORD, "by hand")
        self._connection = psycopg.connect(**told, prepare_threshold=PREPARED_AFTER)
        self._one("SELECT casefile_open_reading('')")
        (self._me,) = self._one("SELECT casefile_me()")
        self._connection.commit()

    def queue(self) -> None:
        """Two statements, as in the benchmark of the queue."""
        found = self._all(
            "SELECT c.id, c.reference, c.family_name, c.risk_level, c.review_due, o.name FROM case_file c "
            "LEFT JOIN officer o ON o.id = c.officer_id WHERE c.supervisor_id = %(me)s AND (c.danger_on <= now() "
            "OR c.late_on <= now() OR c.review_due <= now()) ORDER BY c.risk_level, c.reference LIMIT 50",
        )
        self._all(
            "SELECT brief, since FROM alarm WHERE file_id = ANY (%(files)s)", files=[one[0] for one in found]
        )
        self._read("review_queue", [one[0] for one in found])

    def words(self, said: str) -> None:
        """One page of the list, and how many there are."""
        where = "FROM case_file WHERE find_text LIKE %(like)s"
        self._all(f"SELECT count(*) {where}", like=f"%{said}%")
        found = self._all(
            f"SELECT id, reference, family_name {where} ORDER BY reference LIMIT 50", like=f"%{said}%"
        )
        self._read("list_files", [one[0] for one in found])

    def open(self, file_id: UUID) -> None:
        """The tables that a docket is made of."""
        self._all("SELECT * FROM case_file WHERE id = %(file)s", file=file_id)
        self._all(
            "SELECT e.*, c.* FROM entry e LEFT JOIN section_contact c ON c.id = e.id WHERE e.file_id = %(file)s "
            "ORDER BY e.happened_on", file=file_id,
        )  # fmt: skip
        for table in _OF_FILE:
            self._all(f"SELECT * FROM {table} WHERE file_id = %(file)s", file=file_id)
        of = "person_id IN (SELECT person_id FROM involvement WHERE file_id = %(file)s)"
        self._all(f"SELECT * FROM person WHERE {of.removeprefix('person_')}", file=file_id)
        for table in _OF_PEOPLE:
            self._all(
                f"SELECT f.*, o.name, o.role, o.number FROM {table} f JOIN officer o ON o.id = f.recorded_by "
                f"WHERE {of}", file=file_id,
            )  # fmt: skip
        self._all(
            "SELECT o.* FROM (SELECT id, name, role, number, team FROM officer) o JOIN case_file c "
            "ON o.id IN (c.officer_id, c.researcher_id, c.supervisor_id) WHERE c.id = %(file)s", file=file_id,
        )  # fmt: skip
        self._all(
            "SELECT p.* FROM entry_person p JOIN entry e ON e.id = p.entry_id WHERE e.file_id = %(file)s",
            file=file_id,
        )
        self._read("open_docket", [file_id])

    def begin(self, file_id: UUID) -> None:
        """Its row."""
        self._file, self._draft = file_id, new_id()
        self._run(
            "INSERT INTO draft (id, file_id, officer_id, record, form_values, hands, beside, revision, saved_at) "
            "VALUES (%(id)s, %(file)s, %(me)s, 'contact', '{}', '{}', '{}', 1, now())", id=self._draft, file=file_id,
        )  # fmt: skip
        self._log("alteration", "start_draft", [file_id])

    def save(self, number: int) -> None:
        """Its row, changed."""
        said = json.dumps({**VISIT, "note": VISIT["note"] + str(number)})
        self._run(
            "UPDATE draft SET form_values = %(said)s, revision = revision + 1, saved_at = now() WHERE id = %(id)s "
            "AND revision = %(revision)s", id=self._draft, said=said, revision=number + 1,
        )  # fmt: skip
        self._log("collection", "save_draft", [self._file])

    def sign(self) -> UUID:
        """Entry, thread, section and words, the draft gone, the file's columns."""
        entry, said = self._draft, VISIT["note"]
        self._run(
            "INSERT INTO entry (id, file_id, thread_id, version, section, happened_on, known_on, recorded_at, author_id, "
            "marking, summary, text, doubts, digest) VALUES (%(id)s, %(file)s, %(id)s, 1, 'contact', '2026-10-20', "
            "'2026-10-20', now(), %(me)s, 'official_sensitive', 'Visit', %(said)s, '{}', '')",
            id=entry, file=self._file, said=said,
        )  # fmt: skip
        self._run(
            "INSERT INTO entry_thread (id, file_id, section, latest_id, versions) "
            "VALUES (%(id)s, %(file)s, 'contact', %(id)s, 1)", id=entry, file=self._file,
        )  # fmt: skip
        self._run(
            "INSERT INTO section_contact (id, kind, by_whom, child_seen, note) "
            "VALUES (%(id)s, 'visit_unannounced', 'DC Marsh', 'alone', %(said)s)", id=entry, said=said,
        )  # fmt: skip
        self._run(
            "INSERT INTO word_row (id, file_id, record_id, section, author_id, latest, placed, loose) "
            "VALUES (%(number)s, %(file)s, %(id)s, 'contact', %(me)s, true, %(said)s, 'visit contact')",
            number=entry.int >> 66, file=self._file, id=entry, said=said,
        )  # fmt: skip
        self._run("DELETE FROM draft WHERE id = %(id)s", id=self._draft)
        self._run(
            "UPDATE case_file SET last_entry_on = '2026-10-20', danger_on = NULL, late_on = '2026-10-20' "
            "WHERE id = %(file)s", file=self._file,
        )  # fmt: skip
        self._log("alteration", "sign_entry", [self._file])
        return entry

    def leave(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _run(self, statement: str, **values: Any) -> psycopg.Cursor[Any]:
        return self._connection.execute(statement.encode(), {"me": self._me, **values} if values else None)

    def _all(self, statement: str, **values: Any) -> list[tuple[Any, ...]]:
        return self._run(statement, **(values or {"none": None})).fetchall()

    def _one(self, statement: str) -> tuple[Any, ...]:
        found: tuple[Any, ...] | None = self._connection.execute(statement.encode()).fetchone()
        assert found is not None
        return found

    def _read(self, act: str, files: list[UUID]) -> None:
        """The log row of a reading, committed before the answer is used."""
        self._connection.commit()
        self._log("consultation", act, files)

    def _log(self, category: str, act: str, files: list[UUID]) -> None:
        self._run(
            "SELECT casefile_log(now(), %(category)s, %(act)s, 'done', NULL, %(files)s::uuid[], '{}', '{}')",
            category=category, act=act, files=files,
        )  # fmt: skip
        self._connection.commit()


WAYS: dict[str, Callable[[Address, str], Officer]] = {"desk": AtDesk, "by hand": ByHand}
