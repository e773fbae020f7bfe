"""Hits as they are shown: what was found, read through the session, so that it shows nothing an officer may not see."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import repeat
from typing import Any

from sqlalchemy import Select, bindparam, select

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


def show(work: Work, kind: str, ids: Sequence[int], words: Hits) -> tuple[Hit, ...]:
    """The hits of one kind, in the order of the rows' numbers that are given."""
    made = dict(_MAKERS[kind](work, ids, words))
    return tuple(made[one] for one in ids if one in made)


_ROW = (WordRow.id.label("at"), WordRow.latest, WordRow.file_id, CaseFile.reference, CaseFile.family_name)
_OFFICER = (Officer.name.label("officer"), Officer.role, Officer.number)


_AT = tuple(f"at_{place}" for place in range(50))
"""Numbers of one statement: as many each time, so that it is put into words once."""


def _rows(work: Work, asked: Select[*tuple[Any, ...]], ids: Sequence[int]) -> Iterator[Any]:
    """What stands in the rows of words with these numbers, joined to what *asked* joins them to."""
    for some in in_pieces(ids, len(_AT)):
        numbers = (*some, *repeat(some[-1], len(_AT) - len(some)))
        yield from work.session.execute(asked, dict(zip(_AT, numbers, strict=True)))


def _of(*columns: Any) -> Select[*tuple[Any, ...]]:
    joined = select(*_ROW, *columns).join(CaseFile, CaseFile.id == WordRow.file_id)
    return joined.where(WordRow.id.in_([bindparam(one) for one in _AT]))


_ENTRIES = (
    _of(Entry.id, Entry.section, Entry.summary, Entry.text, Entry.happened_on, Entry.thread_id, *_OFFICER)
    .join(Entry, Entry.id == WordRow.record_id)
    .join(Officer, Officer.id == Entry.author_id)
)


def _entries(work: Work, ids: Sequence[int], words: Hits) -> Iterator[tuple[int, Hit]]:
    for (
        at, latest, file_id, reference, family, record_id, key, summary, text, on, thread_id, *officer,
    ) in _rows(work, _ENTRIES, ids):  # fmt: skip
        title, divider = _titled(key)
        body = text.removeprefix(f"{title}\n{summary}" if summary else title).strip("\n").replace("\n", " · ")
        yield at, Hit(
            "entry", record_id, file_id, reference, family, _called(title, summary),
            snippet(body, words), on, _shown(*officer), key, divider, thread_id, not latest,
        )  # fmt: skip


def _called(title: str, summary: str) -> str:
    """A record by its kind and its line, unless the line itself begins with its kind."""
    return f"{title}: {summary}" if summary and not summary.startswith(title) else summary or title


@cache
def _titled(section: str) -> tuple[str, str]:
    """Title and divider of a section."""
    return SECTIONS[section].title, SECTIONS[section].divider


_shown = lru_cache(maxsize=1024)(shown)


_DOCUMENTS = (
    _of(Document.id, Document.name, Document.text, Document.received_on, *_OFFICER)
    .join(Document, Document.id == WordRow.record_id)
    .join(Officer, Officer.id == Document.recorded_by)
)


def _documents(work: Work, ids: Sequence[int], words: Hits) -> Iterator[tuple[int, Hit]]:
    for row in _rows(work, _DOCUMENTS, ids):
        yield row.at, Hit(
            "document", row.id, row.file_id, row.reference, row.family_name, row.name, snippet(row.text, words),
            row.received_on, shown(row.officer, row.role, row.number),
        )  # fmt: skip


_STATES = {"due": "Owed", "done": "Done", "waived": "Waived", "ceased": "Fell away"}
_TASKS = _of(Task.id, Task.title, Task.owed_by, Task.due_on, Task.state).join(
    Task, Task.id == WordRow.record_id
)


def _tasks(work: Work, ids: Sequence[int], words: Hits) -> Iterator[tuple[int, Hit]]:
    agency = work.standards.codes("agency").label
    for row in _rows(work, _TASKS, ids):
        by = agency(row.owed_by)
        told = f"{_STATES.get(row.state, row.state)} by {by}"
        yield row.at, Hit(
            "task", row.id, row.file_id, row.reference, row.family_name, row.title, snippet(told, words), row.due_on, by,
        )  # fmt: skip


_PEOPLE = _of(PersonLook.person_id, PersonLook.said).join(
    PersonLook, (PersonLook.person_id == WordRow.record_id) & (PersonLook.file_id == WordRow.file_id)
)


def _people(work: Work, ids: Sequence[int], words: Hits) -> Iterator[tuple[int, Hit]]:
    for row in _rows(work, _PEOPLE, ids):
        said = row.said
        names = [name for _, name, _ in said.get("names", ())] or ["Name not known"]
        homes = (", ".join(part for part in home[:3] if part) for home in said.get("homes", ()))
        more = (str(one) for key in ("contacts", "numbers", "settings") for _, one in said.get(key, ()))
        text = " · ".join(dict.fromkeys((*names[1:], *homes, *more, *said.get("notes", ()))))
        yield (
            row.at,
            Hit(
                "person",
                row.person_id,
                row.file_id,
                row.reference,
                row.family_name,
                names[0],
                snippet(text, words),
            ),
        )


_FILES = _of(CaseFile.state, CaseFile.children, CaseFile.opened_on, *_OFFICER).outerjoin(
    Officer, Officer.id == CaseFile.officer_id
)


def _files(work: Work, ids: Sequence[int], words: Hits) -> Iterator[tuple[int, Hit]]:
    for row in _rows(work, _FILES, ids):
        by = shown(row.officer, row.role, row.number) if row.officer else ""
        children = f"{row.children} {'child' if row.children == 1 else 'children'}"
        told = f"{row.state.capitalize()}, {children}{f', held by {by}' if by else ''}"
        title = f"{row.family_name.upper() or 'Family not named'}  {row.reference}"
        yield row.at, Hit(
            "file", row.file_id, row.file_id, row.reference, row.family_name, title, snippet(told, words),
            row.opened_on, by,
        )  # fmt: skip


_MAKERS: Mapping[str, Callable[[Work, Sequence[int], Hits], Iterator[tuple[int, Hit]]]] = {
    "person": _people,
    "file": _files,
    "entry": _entries,
    "document": _documents,
    "task": _tasks,
}
