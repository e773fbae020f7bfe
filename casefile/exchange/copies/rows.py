"""Which rows go into a copy of chosen files.

Said table by table, so that nothing new goes out by itself: a test holds both lists against the schema. Not in a copy:
drafts, the log, passwords, staff records, who may read a restricted file, and facts about people that other files recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import Select, Table, select

from casefile.store.base import Base
from casefile.work.pieces import in_pieces
from casefile.work.unit import Work

OF_FILE = frozenset(
    {
        "alarm", "alarm_acceptance", "allocation", "blob", "blob_chunk", "divider_mark", "document", "entry", "entry_thread", "file_weight",
        "handover_file", "handover_word", "involvement", "person_birth", "person_characteristics", "person_contact",
        "person_identifier", "person_name", "person_residence", "person_setting", "relationship", "remark",
        "restriction", "source_ref", "task", "task_event", "word_row",
    }
)  # fmt: skip
"""Go by their file."""
NAMED = ("handover", "person", "officer")
"""Go when a row that goes names them; in this order, since the first name the last."""
STAY = frozenset(
    {
        "allocation_decision", "campaign", "campaign_answer", "campaign_draft", "campaign_end", "campaign_file",
        "counter", "diary_feed", "draft", "handover_draft", "handover_mark", "kept_filter", "log_head", "log_row",
        "log_subject", "match_decision", "officer_absence", "person_called", "person_key", "person_look", "person_match", "presence",
        "reader", "restricted_file", "restricted_mark", "restricted_match", "staff_accreditation", "staff_conflict",
        "staff_terms", "store_fact", "strength_adoption", "strength_scenario", "written",
    }
)  # fmt: skip
"""Never go."""
NO_PASSWORD = "!"  # noqa: S105 (what no password has as its hash)
SIGN_IN: dict[str, Any] = {"password_hash": NO_PASSWORD, "failed": 0, "locked_until": None}
"""How an officer stands in a copy: how they sign in is nobody's to take along, and a server does not show it."""
ROWS = 500


class Sink(Protocol):
    """Where the rows of a copy go."""

    def begin(self) -> None:
        """Forget whatever was taken: it begins, or begins again."""
        ...

    def take(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Take some rows of a table."""
        ...


def pour(work: Work, files: Sequence[UUID], sink: Sink) -> frozenset[UUID]:
    """Pour the rows of these files into *sink*; gives everybody whose record goes."""
    sink.begin()
    pouring = _Pouring(work, sink)
    tables = Base.metadata.tables
    pouring.all_of(tables["case_file"], tables["case_file"].c.id, files)
    for name in sorted(OF_FILE):
        pouring.all_of(tables[name], tables[name].c.file_id, files)
    entries = sorted(pouring.seen["entry"], key=str)
    for table, column in of_entries():
        pouring.all_of(table, table.c[column], entries)
    for name in NAMED:
        pouring.all_of(tables[name], tables[name].c.id, sorted(pouring.seen[name], key=str))
    return frozenset(pouring.seen["person"])


def of_entries() -> Iterator[tuple[Table, str]]:
    """Tables that hang on an entry: the sections, their rows, who is named in it; and by which column."""
    for table in Base.metadata.sorted_tables:
        columns = [key.parent.name for key in table.foreign_keys if key.column.table.name == "entry"]
        if columns and "file_id" not in table.c:
            yield table, columns[0]


class _Pouring:
    def __init__(self, work: Work, sink: Sink) -> None:
        self._session, self._sink, self._progress = work.session, sink, work.progress
        self.seen: dict[str, set[Any]] = {name: set() for name in (*NAMED, "entry")}

    def all_of(self, table: Table, column: Any, wanted: Iterable[Any]) -> None:
        """Every row of *table* whose *column* is one of these."""
        self._progress.step(0, None, "Taking a copy")
        for piece in in_pieces(wanted):
            goes = [one for one in table.c if table.name != "officer" or one.name not in SIGN_IN]
            self._pour(table, select(*goes).where(column.in_(piece)))

    def _pour(self, table: Table, asked: Select[Any]) -> None:
        names = {
            key.parent.name: key.column.table.name
            for key in table.foreign_keys
            if key.column.table.name in self.seen
        }
        for rows in self._session.connection().execute(asked).mappings().partitions(ROWS):
            found = [dict(row) for row in rows]
            for row in found:
                for column, named in names.items():
                    if row[column] is not None:
                        self.seen[named].add(row[column])
                if table.name == "entry":
                    self.seen["entry"].add(row["id"])
                if table.name == "officer":
                    row.update(SIGN_IN)
            self._sink.take(table.name, found)
