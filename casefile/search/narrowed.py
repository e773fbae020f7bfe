"""What stands before a colon in a search, read: to which records it is narrowed, and in words what could not be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from sqlalchemy import func, or_, select

from casefile.access.model import Officer
from casefile.access.queries import shown
from casefile.names.fold import plain
from casefile.record.dates import NotADate, long_date, read_date
from casefile.record.model import CaseFile
from casefile.record.worded import Of, numbers
from casefile.search.hits import GROUPS, Narrowing
from casefile.sections import SECTIONS
from casefile.store.words import Within
from casefile.words.asked import Field
from casefile.work.unit import Work

OFS = {"person": Of.PERSON, "file": Of.FILE, "entry": Of.ENTRY, "document": Of.DOCUMENT, "task": Of.TASK}
T = TypeVar("T", str, UUID)
_KINDS = {
    **{one: one for one in GROUPS},
    "people": "person", "files": "file", "entries": "entry", "record": "entry", "records": "entry",
    "documents": "document", "tasks": "task",
}  # fmt: skip
STATES = ("open", "closed")
_MOST_FILES = 200
_DATED = frozenset({"entry", "document", "task"})


@dataclass(frozen=True, slots=True)
class Narrowed:
    """To what a search is narrowed.

    Attributes:
        kinds: Which kinds are searched at all.
        after, before: First and last day; None narrows nothing.
        agencies, not_agencies: Codes of agencies that must, and may not, be named.
    """

    kinds: frozenset[str] = frozenset(GROUPS)
    after: date | None = None
    before: date | None = None
    sections: frozenset[str] | None = None
    authors: frozenset[UUID] | None = None
    files: frozenset[UUID] | None = None
    states: frozenset[str] | None = None
    agencies: frozenset[str] = frozenset()
    not_agencies: frozenset[str] = frozenset()
    narrowings: tuple[Narrowing, ...] = ()
    remarks: tuple[str, ...] = ()

    def within(self, kind: str, *, older: bool) -> Within:
        """The rows of one kind that are searched."""
        low, high = numbers(OFS[kind], self.after, self.before)
        return Within(
            low, high, older=older and kind == "entry", sections=_listed(self.sections), authors=_listed(self.authors),
            files=_listed(self.files), states=_listed(self.states),
        )  # fmt: skip

    def only(self, kinds: frozenset[str]) -> Narrowed:
        """Narrowed to some kinds besides."""
        return replace(self, kinds=self.kinds & kinds)


def _listed(values: frozenset[T] | None) -> tuple[T, ...] | None:
    return None if values is None else tuple(sorted(values))


@dataclass(slots=True)
class _Reader:
    work: Work
    found: Narrowed = field(default_factory=Narrowed)

    def narrow(self, said: str, one: Field, **changes: object) -> None:
        typed = f"{'-' if one.without else ''}{one.name}:{_quoted(one.value)}"
        words = f"not {said}" if one.without else said
        self.found = replace(
            self.found,
            narrowings=(*self.found.narrowings, Narrowing(typed, words)),
            **changes,
        )

    def remark(self, sentence: str) -> None:
        self.found = replace(self.found, remarks=(*self.found.remarks, sentence))


def narrowed(work: Work, fields: Iterable[Field]) -> Narrowed:
    """Read the fields of a search; what cannot be read narrows nothing and is said.

    Fields of one name widen one another (``section:contact section:medical``), those of different names narrow.
    """
    reader = _Reader(work)
    for one in fields:
        _READERS[one.name](reader, one)
    return reader.found


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value


def _kind(reader: _Reader, one: Field) -> None:
    kind = _KINDS.get(one.value.casefold())
    if kind is None:
        reader.remark(f"“{one.value}” is no kind. Kinds are person, file, record, document and task.")
        return
    stand = _told(reader, "kind")
    kinds = (
        reader.found.kinds - {kind}
        if one.without
        else frozenset({kind}) | (reader.found.kinds if stand else frozenset[str]())
    )
    reader.narrow(GROUPS[kind].lower(), one, kinds=kinds)


def _told(reader: _Reader, name: str) -> bool:
    """Whether the search is narrowed by this field already."""
    return any(one.typed.startswith(f"{name}:") for one in reader.found.narrowings)


def _section(reader: _Reader, one: Field) -> None:
    asked = plain(one.value)
    titles = {key: plain(section.title) for key, section in SECTIONS.items()}
    keys = {
        key for key, title in titles.items() if asked in (plain(key), plain(key).replace("_", " "), title)
    }
    keys = keys or {key for key, title in titles.items() if title.startswith(asked) or key.startswith(asked)}
    keys = keys or {key for key, title in titles.items() if asked in title}
    if not keys:
        reader.remark(f"“{one.value}” is no section of a file, so it narrows nothing.")
        return
    held = reader.found.sections
    if one.without:
        sections = (frozenset(SECTIONS) if held is None else held) - keys
    else:
        sections = keys | (held if held is not None and _told(reader, "section") else frozenset[str]())
    words = " or ".join(sorted(SECTIONS[key].title for key in keys))
    reader.narrow(f"in {words}", one, sections=frozenset(sections), kinds=reader.found.kinds & {"entry"})


def _by(reader: _Reader, one: Field) -> None:
    asked = plain(one.value).split()
    officers = reader.work.session.execute(
        select(Officer.id, Officer.name, Officer.role, Officer.number)
    ).all()
    fits = [row for row in officers if all(word in plain(shown(*row[1:])).split() for word in asked)]
    fits = fits or [row for row in officers if all(word in plain(shown(*row[1:])) for word in asked)]
    if not fits:
        reader.remark(f"No officer is called “{one.value}”, so nothing of theirs is found.")
    ids = frozenset(row[0] for row in fits)
    held = reader.found.authors
    if one.without:
        ids = (frozenset(row[0] for row in officers) if held is None else held) - ids
    elif held is not None:
        ids |= held
    words = " or ".join(sorted(shown(*row[1:]) for row in fits)) or one.value
    reader.narrow(f"written by {words}", one, authors=ids, kinds=reader.found.kinds & {"entry", "document"})


def _file(reader: _Reader, one: Field) -> None:
    if one.without:
        reader.remark("A file cannot be left out, so “-file:” narrows nothing.")
        return
    asked = one.value.casefold()
    found = reader.work.session.execute(
        select(CaseFile.id, CaseFile.reference)
        .where(or_(func.lower(CaseFile.reference) == asked, func.lower(CaseFile.family_name) == asked))
        .order_by(CaseFile.reference)
        .limit(_MOST_FILES)
    ).all()
    if not found:
        reader.remark(f"There is no file “{one.value}” that you can open, so nothing is found in it.")
    held = reader.found.files or frozenset()
    reader.narrow(f"in the file {one.value}", one, files=held | {row.id for row in found})


def _day(one: Field) -> date | None:
    if re.fullmatch(r"\d{4}", one.value):
        return date(int(one.value), 1, 1) if 1890 <= int(one.value) <= 2100 else None
    try:
        return read_date(one.value)
    except NotADate:
        return None


def _dates(reader: _Reader, one: Field) -> None:
    day = _day(one)
    if day is None:
        reader.remark(
            f"“{one.value}” is no date, so “{one.name}:” narrows nothing. Write it like 2/11/2026 or 2026."
        )
        return
    kinds = reader.found.kinds & _DATED
    if (one.name == "after") != one.without:
        reader.narrow(f"from {long_date(day)}", replace(one, without=False), after=day, kinds=kinds)
    else:
        last = day - timedelta(days=1)
        reader.narrow(f"before {long_date(day)}", replace(one, without=False), before=last, kinds=kinds)


def _agency(reader: _Reader, one: Field) -> None:
    asked, codes = plain(one.value), reader.work.standards.codes("agency")
    labels = {one.code: plain(one.label) for one in codes.codes}
    keys = {
        code for code, label in labels.items() if asked in (plain(code).replace("_", " "), plain(code), label)
    }
    keys = keys or {code for code, label in labels.items() if asked in label}
    if not keys:
        reader.remark(f"“{one.value}” is no agency of the list, so it narrows nothing.")
        return
    words = " or ".join(sorted(codes.label(code) for code in keys))
    name = "not_agencies" if one.without else "agencies"
    held: frozenset[str] = getattr(reader.found, name)
    reader.narrow(f"naming {words}", one, **{name: held | keys}, kinds=reader.found.kinds & {"entry", "task"})


def _status(reader: _Reader, one: Field) -> None:
    state = one.value.casefold()
    if state not in STATES:
        reader.remark(
            f"“{one.value}” is no status of a file, so it narrows nothing. A file is open or closed."
        )
        return
    held = reader.found.states
    if one.without:
        states = (frozenset(STATES) if held is None else held) - {state}
    else:
        states = frozenset({state}) | (held or frozenset())
    reader.narrow(f"in files that are {state}", one, states=states)


_READERS: Mapping[str, Callable[[_Reader, Field], None]] = {
    "agency": _agency, "after": _dates, "before": _dates, "by": _by, "file": _file, "kind": _kind,
    "section": _section, "status": _status,
}  # fmt: skip
FIELDS: Sequence[str] = tuple(_READERS)
