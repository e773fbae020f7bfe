"""Hits as they are shown: what was found, read through the session, so that it shows nothing an officer may not see."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casefile.access.model import Officer
from casefile.access.queries import shown
from casefile.record.looks import PersonLook
from casefile.record.model import CaseFile, Document, Entry, Task
from casefile.record.worded import WordRow
from casefile.search.hits import Hit
from casefile.sections import SECTIONS
from casefile.words.snippets import snippet
from casefile.work.pieces import in_pieces
from casefile.work.unit import Work

Hits = frozenset[tuple[str, bool]]
Rows = Mapping[int, Any]


def show(work: Work, kind: str, ids: Sequence[int], words: Hits) -> tuple[Hit, ...]:
    """The hits of one kind, in the order of the rows' numbers that are given."""
    rows: dict[int, Any] = {}
    for some in in_pieces(ids):
        asked = (
            select(WordRow.id, WordRow.record_id, WordRow.file_id, WordRow.latest, CaseFile.reference, CaseFile.family_name)
            .join(CaseFile, CaseFile.id == WordRow.file_id)
            .where(WordRow.id.in_(some))
        )  # fmt: skip
        rows |= {row.id: row for row in work.session.execute(asked)}
    made = dict(_MAKERS[kind](work, rows, words))
    return tuple(made[one] for one in ids if one in made)


def _entries(work: Work, rows: Rows, words: Hits) -> Iterator[tuple[int, Hit]]:
    held: dict[UUID, Any] = {}
    for some in in_pieces(row.record_id for row in rows.values()):
        asked = (
            select(
                Entry.id, Entry.section, Entry.summary, Entry.text, Entry.happened_on, Entry.thread_id,
                Officer.name, Officer.role, Officer.number,
            )
            .join(Officer, Officer.id == Entry.author_id)
            .where(Entry.id.in_(some))
        )  # fmt: skip
        held |= {row.id: row for row in work.session.execute(asked)}
    for at, row in rows.items():
        if (entry := held.get(row.record_id)) is None:
            continue
        section = SECTIONS[entry.section]
        head = "\n".join(one for one in (section.title, entry.summary) if one)
        body = entry.text.removeprefix(head).strip("\n").replace("\n", " · ")
        title = f"{section.title}: {entry.summary}" if entry.summary else section.title
        yield at, Hit(
            "entry", entry.id, row.file_id, row.reference, row.family_name, title, snippet(body, words),
            entry.happened_on, shown(entry.name, entry.role, entry.number), entry.section, section.divider,
            entry.thread_id, not row.latest,
        )  # fmt: skip


def _documents(work: Work, rows: Rows, words: Hits) -> Iterator[tuple[int, Hit]]:
    held: dict[UUID, Any] = {}
    for some in in_pieces(row.record_id for row in rows.values()):
        asked = (
            select(
                Document.id, Document.name, Document.text, Document.received_on, Officer.name.label("officer"),
                Officer.role, Officer.number,
            )
            .join(Officer, Officer.id == Document.recorded_by)
            .where(Document.id.in_(some))
        )  # fmt: skip
        held |= {row.id: row for row in work.session.execute(asked)}
    for at, row in rows.items():
        if (document := held.get(row.record_id)) is not None:
            yield at, Hit(
                "document", document.id, row.file_id, row.reference, row.family_name, document.name,
                snippet(document.text, words), document.received_on,
                shown(document.officer, document.role, document.number),
            )  # fmt: skip


_STATES = {"due": "Owed", "done": "Done", "waived": "Waived", "ceased": "Fell away"}


def _tasks(work: Work, rows: Rows, words: Hits) -> Iterator[tuple[int, Hit]]:
    held: dict[UUID, Any] = {}
    for some in in_pieces(row.record_id for row in rows.values()):
        asked = select(Task.id, Task.title, Task.owed_by, Task.due_on, Task.state).where(Task.id.in_(some))
        held |= {row.id: row for row in work.session.execute(asked)}
    agency = work.standards.codes("agency").label
    for at, row in rows.items():
        if (task := held.get(row.record_id)) is not None:
            by = agency(task.owed_by)
            told = f"{_STATES.get(task.state, task.state)} by {by}"
            yield at, Hit(
                "task", task.id, row.file_id, row.reference, row.family_name, task.title, snippet(told, words),
                task.due_on, by,
            )  # fmt: skip


def _people(work: Work, rows: Rows, words: Hits) -> Iterator[tuple[int, Hit]]:
    held: dict[tuple[UUID, UUID], Mapping[str, Any]] = {}
    for some in in_pieces(row.record_id for row in rows.values()):
        asked = select(PersonLook.person_id, PersonLook.file_id, PersonLook.said)
        for look in work.session.execute(asked.where(PersonLook.person_id.in_(some))):
            held[look.person_id, look.file_id] = look.said
    for at, row in rows.items():
        if (said := held.get((row.record_id, row.file_id))) is not None:
            names = [name for _, name, _ in said.get("names", ())] or ["Name not known"]
            homes = (", ".join(part for part in home[:3] if part) for home in said.get("homes", ()))
            more = (str(one) for key in ("contacts", "numbers", "settings") for _, one in said.get(key, ()))
            text = " · ".join(dict.fromkeys((*names[1:], *homes, *more, *said.get("notes", ()))))
            yield at, Hit(
                "person", row.record_id, row.file_id, row.reference, row.family_name, names[0],
                snippet(text, words),
            )  # fmt: skip


def _files(work: Work, rows: Rows, words: Hits) -> Iterator[tuple[int, Hit]]:
    held: dict[UUID, Any] = {}
    for some in in_pieces(row.file_id for row in rows.values()):
        asked = (
            select(CaseFile.id, CaseFile.state, CaseFile.children, CaseFile.opened_on, Officer.name, Officer.role, Officer.number)
            .outerjoin(Officer, Officer.id == CaseFile.officer_id)
            .where(CaseFile.id.in_(some))
        )  # fmt: skip
        held |= {row.id: row for row in work.session.execute(asked)}
    for at, row in rows.items():
        if (file := held.get(row.file_id)) is not None:
            by = shown(file.name, file.role, file.number) if file.name else ""
            children = f"{file.children} {'child' if file.children == 1 else 'children'}"
            told = f"{file.state.capitalize()}, {children}{f', held by {by}' if by else ''}"
            title = f"{row.family_name.upper() or 'Family not named'}  {row.reference}"
            yield at, Hit(
                "file", row.file_id, row.file_id, row.reference, row.family_name, title, snippet(told, words),
                file.opened_on, by,
            )  # fmt: skip


_MAKERS: Mapping[str, Callable[[Work, Rows, Hits], Iterator[tuple[int, Hit]]]] = {
    "person": _people,
    "file": _files,
    "entry": _entries,
    "document": _documents,
    "task": _tasks,
}
