"""Asking: the rows of a prepared view over every file that the officer may see, and how many there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from casefile.access.model import Officer
from casefile.access.queries import shown
from casefile.ask.facts import Kind
from casefile.ask.rows import Answer, AnswerColumn, AskedRow, Choices
from casefile.ask.said import ME, read_said
from casefile.ask.shape import View
from casefile.ask.standing import stands_in
from casefile.ask.statement import Asked, asked
from casefile.ask.views import undated
from casefile.ask.words import Teller
from casefile.errors import Fault, Invalid
from casefile.record.matches import PERSON, MatchDecision, PersonMatch
from casefile.record.model import CaseFile, Entry, EntryPerson
from casefile.record.people import Involvement, Person
from casefile.sections import SECTIONS
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.pieces import in_pieces
from casefile.work.unit import Work

PAGE = 200
"""Rows read at once."""
MOST = 5_000
"""Rows on paper or in a table that is given out; nobody reads more."""


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def ask(
    work: Work,
    view: View,
    given: Mapping[str, str] | None = None,
    *,
    as_of: date | None = None,
    sort: str = "",
    offset: int = 0,
    limit: int = PAGE,
) -> Answer:
    """Ask a prepared view across every file one may see.

    Args:
        given: What is said for its parameters, as text, beside ``officer``, ``team`` and ``closed``.
        as_of: By what police knew then; None is today.
        sort: A column to order by, ``-`` before it turns it round; "" is the order of the view.
        limit: How many rows at most; how many there are in all is told.

    Raises:
        Invalid: Something said cannot be read, or the view cannot be told as of a past day.
    """
    day = as_of or work.today
    said = read_said(work, view, given or {})
    _may_be_of(view, day, work.today)
    made = asked(view, said, day, today=day == work.today)
    if sort and not _sorts(made, sort.removeprefix("-")):
        raise Invalid(f"The rows cannot be ordered by {sort.removeprefix('-')}.", kept="Nothing was read.")
    most = min(limit, MOST)
    page: Sequence[Any] = work.session.execute(made.page(sort, offset, most)).all()
    if page:
        total = int(page[0].total)
    else:
        total = work.session.execute(made.count()).scalar_one() if offset or not most else 0
    rows = _rows(work, made, _told(work, made, page))
    work.note(view=view.key, found=total)
    return Answer(
        view.key,
        view.title,
        said.question,
        view.about,
        view.source,
        said.words,
        day,
        tuple(_column(made, one.fact) for one in view.column),
        rows,
        total,
        made.subject.one if total == 1 else made.subject.many,
    )


@query(needs=Permission.READ_FILES, logs=Logged.NOT_PERSONAL)
def count_asked(work: Work, view: View) -> int:
    """Count the rows of a view as it is asked without anything said; a number only.

    Raises:
        Invalid: It cannot be asked before something is said.
    """
    said = read_said(work, view, {})
    return work.session.execute(asked(view, said, work.today, today=True).count()).scalar_one()


@query(needs=Permission.READ_FILES, logs=Logged.NOT_PERSONAL)
def choices(work: Work) -> Choices:
    """List officers and teams, for the parameters of a view."""
    rows = work.session.execute(
        select(Officer.id, Officer.name, Officer.role, Officer.number, Officer.team)
        .where(Officer.active, Officer.role != "administrator")
        .order_by(Officer.name)
    ).all()
    teams = sorted({row.team for row in rows if row.team})
    return Choices(tuple((shown(*row[1:4]), str(row[0])) for row in rows), tuple(teams))


def _told(work: Work, made: Asked, page: Sequence[Any]) -> Sequence[Any]:
    """The rows of a page with their columns, in its order."""
    known = len(made.names())
    found: dict[tuple[Any, ...], Any] = {}
    for some in in_pieces(page):
        told = made.told({row[0] for row in some}, {row[2] for row in some} if known > 2 else ())
        found |= {tuple(row[:known]): row for row in work.session.execute(told)}
    return [row for one in page if (row := found.get(tuple(one[:known]))) is not None]


def _may_be_of(view: View, day: date, today: date) -> None:
    if day > today:
        raise Invalid([Fault("as_of", "That day has not come.")], kept="Nothing was read.")
    if day < today and (known := undated(view)):
        raise Invalid(
            [
                Fault(
                    "as_of", f"It can be asked for today only: {', '.join(known)} is not kept for past days."
                )
            ],
            kept="Nothing was read.",
        )


def _sorts(made: Asked, key: str) -> bool:
    fact = made.facts.get(key)
    return fact is not None and fact.kind not in (Kind.NAMES, Kind.CODES)


def _column(made: Asked, key: str) -> AnswerColumn:
    one = next(each for each in made.view.column if each.fact == key)
    fact = made.facts[key]
    number = fact.kind is Kind.NUMBER or one.show == "days"
    return AnswerColumn(key, one.title or fact.title, number, _sorts(made, key))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a record stands in its file."""

    divider: str
    thread_id: UUID


def _rows(work: Work, made: Asked, held: Sequence[Any]) -> tuple[AskedRow, ...]:
    """Rows with words and values, and where each is opened; the log will name whom they are about."""
    start = len(made.names())
    own = [row[2] for row in held] if start > 2 else []
    by_person = made.ground.person is not None
    places = {} if by_person or not own else _places(work, made, own)
    teller = Teller(work, made)
    beside = _beside(work, made, own)
    work.about(files=[row[0] for row in held], people=own if by_person else beside.people)
    found: list[AskedRow] = []
    for row in held:
        named = row[2] if start > 2 else row[0]
        told = [beside.of(row[0], named)] * len(made.view.column)
        values = [
            teller.value(at, told[at] if teller.beside(at) else one) for at, one in enumerate(row[start:])
        ]
        place = places.get(named)
        found.append(
            AskedRow(
                (row[0], named),
                row[0],
                row[1],
                made.view.opens or (place.divider if place else made.subject.opens or "front_sheet"),
                place.thread_id if place else None,
                tuple(teller.cell(at, one) for at, one in enumerate(values)),
                tuple(values),
            )
        )
    return tuple(found)


def _places(work: Work, made: Asked, ids: Sequence[UUID]) -> dict[UUID, _Place]:
    """The thread of each record, and of the record that each task or alarm follows from."""
    entry_of = {one: one for one in ids}
    if made.subject.key in ("task", "alarm"):
        row = made.ground.row
        entry_of = {
            one.id: one.entry_id
            for some in in_pieces(ids)
            for one in work.session.execute(select(row.id, row.entry_id).where(row.id.in_(some)))
            if one.entry_id
        }
    threads = {
        one.id: _Place(SECTIONS[one.section].divider, one.thread_id)
        for some in in_pieces(set(entry_of.values()))
        for one in work.session.execute(
            select(Entry.id, Entry.section, Entry.thread_id).where(Entry.id.in_(some))
        )
    }
    return {one: threads[entry_id] for one, entry_id in entry_of.items() if entry_id in threads}


@dataclass(frozen=True, slots=True)
class _Beside:
    """Names told beside rows: whom a record concerns, or the other files of a person in a file."""

    named: Mapping[tuple[UUID, ...], tuple[str, ...]]
    people: frozenset[UUID]

    def of(self, file_id: UUID, own: UUID) -> tuple[str, ...]:
        """The names beside one row."""
        return self.named.get((own,), self.named.get((file_id, own), ()))


def _beside(work: Work, made: Asked, own: Sequence[UUID]) -> _Beside:
    keys = {one.fact for one in made.view.column}
    if "about_whom" in keys:
        return _concerned(work, own)
    return _other_files(work, own) if "also_in" in keys else _Beside({}, frozenset())


def _concerned(work: Work, entries: Sequence[UUID]) -> _Beside:
    named: dict[tuple[UUID, ...], list[str]] = {}
    people: set[UUID] = set()
    for some in in_pieces(entries):
        for entry_id, person_id, name in work.session.execute(
            select(EntryPerson.entry_id, Person.id, Person.display_name)
            .join(Person, Person.id == EntryPerson.person_id)
            .where(EntryPerson.entry_id.in_(some))
            .order_by(Person.display_name)
        ):
            named.setdefault((entry_id,), []).append(name)
            people.add(person_id)
    return _Beside({key: tuple(names) for key, names in named.items()}, frozenset(people))


def _other_files(work: Work, people: Sequence[UUID]) -> _Beside:
    """The other files in which each person stands that the officer may see: the session leaves out the rest."""
    stands: dict[UUID, dict[UUID, str]] = {}
    named: dict[tuple[UUID, ...], dict[str, None]] = {}
    for some in in_pieces(people):
        for person_id, file_id, reference, family in work.session.execute(
            select(Involvement.person_id, CaseFile.id, CaseFile.reference, CaseFile.family_name)
            .join(CaseFile, CaseFile.id == Involvement.file_id)
            .where(
                Involvement.person_id.in_(some),
                stands_in(Involvement.person_id, Involvement.file_id, work.today),
            )
            .order_by(CaseFile.reference)
        ):
            stands.setdefault(person_id, {})[file_id] = f"{family.upper() or 'Not named'} {reference}"
        for here, at, told in _matched(work, some):
            named.setdefault((at, here), {})[told] = None
    for person_id, files in stands.items():
        for file_id in files:
            others = {told: None for other, told in files.items() if other != file_id}
            named[file_id, person_id] = {**others, **named.get((file_id, person_id), {})}
    return _Beside({key: tuple(files) for key, files in named.items()}, frozenset(people))


def _matched(work: Work, people: Sequence[UUID]) -> list[tuple[UUID, UUID, str]]:
    """Person, file, and the other file that a match leads to, with how sure it is."""
    one, other = aliased(CaseFile), aliased(CaseFile)
    rows = work.session.execute(
        select(PersonMatch, one.reference, one.family_name, other.reference, other.family_name)
        .join(one, one.id == PersonMatch.one_file_id)
        .join(other, other.id == PersonMatch.other_file_id)
        .where(
            PersonMatch.kind == PERSON,
            or_(PersonMatch.one_person_id.in_(people), PersonMatch.other_person_id.in_(people)),
        )
    ).all()
    said: dict[UUID, MatchDecision] = {}
    for some in in_pieces([row[0].id for row in rows]):
        decided = select(MatchDecision).where(MatchDecision.match_id.in_(some))
        for made in work.session.scalars(decided.order_by(MatchDecision.recorded_at, MatchDecision.id)):
            said[made.match_id] = made
    found: list[tuple[UUID, UUID, str]] = []
    for match, *names in rows:
        last = said.get(match.id)
        confirmed = last is not None and last.what == "confirmed"
        quiet = last is not None and last.what == "rejected" and last.facts == match.facts
        if quiet or not (confirmed or match.stands):
            continue
        how = "" if confirmed else " (likely)"
        here = f"{names[1].upper() or 'Not named'} {names[0]}{how}"
        there = f"{names[3].upper() or 'Not named'} {names[2]}{how}"
        found.append((match.one_person_id, match.one_file_id, there))
        found.append((match.other_person_id, match.other_file_id, here))
    return found


__all__ = ["ME", "MOST", "PAGE", "ask", "choices", "count_asked"]
