"""Reading a chronology: of one file, or of several of the same family that the officer may see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casefile.access.queries import officers, shown
from casefile.errors import Missing
from casefile.files.chronology.bands import bands_of
from casefile.files.chronology.model import Chronology, Event, FamilyFile, Mark
from casefile.files.picture.queries import read_family
from casefile.files.reach import case_file
from casefile.record.described import Description, FieldKind
from casefile.record.facts import EntryFact
from casefile.record.model import CaseFile
from casefile.record.people import Involvement, Person
from casefile.record.persons import allocations
from casefile.record.remark_rows import remarks_of
from casefile.record.remarks import RemarkFact, marked
from casefile.sections import SECTIONS
from casefile.sections.base import describe
from casefile.sections.file_facts import OUTSIDE
from casefile.sections.load import entries
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.pieces import in_pieces
from casefile.work.unit import Work


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def chronology(work: Work, file_id: UUID, beside: Sequence[UUID] = ()) -> Chronology:
    """Read the chronology of a file, with other files of the same family beside it if wanted."""
    return read_chronology(work, file_id, beside)


def read_chronology(work: Work, file_id: UUID, beside: Sequence[UUID] = ()) -> Chronology:
    """The chronology of a file and of others of its family.

    Raises:
        Missing: There is no such file for this officer, or one beside it is not of the same family.
    """
    case = case_file(work, file_id)
    others = family_files(work, file_id)
    wanted = [one for one in others if one.id in set(beside)]
    if len(wanted) < len(set(beside)):
        raise Missing(
            "A file asked for beside this one shares nobody with it, or is not yours to see.",
            remedy="Ask without it to see which files share somebody.",
        )
    work.about(files=[one.id for one in wanted])
    references = {file_id: case.reference, **{one.id: one.reference for one in wanted}}
    held = {one: entries(work.session, SECTIONS, one) for one in references}
    marks = marked(remark for one in references for remark in remarks_of(work.session, one))
    events = [event for one, entry in _each(held) for event in (_event(entry, references[one], marks),)]
    told = read_family(work, file_id)
    named = {one.id: shown(one.name, one.role, one.number) for one in officers(work, with_inactive=True)}
    concerned = {person for one in events for person in one.people}
    return Chronology(
        file_id, case.reference, case.marking, case.family_name, work.today, references,
        tuple(sorted(events, key=_place)),
        bands_of(held[file_id], told, allocations(work.session, file_id, work.today), named, work.standards),
        _names(work, concerned),
        others,
    )  # fmt: skip


def family_files(work: Work, file_id: UUID) -> tuple[FamilyFile, ...]:
    """Other files in which somebody of this family stands who is not there by profession; only those one may see."""
    here = _involved(work, Involvement.file_id == file_id)
    if not here:
        return ()
    shared: dict[UUID, set[UUID]] = {}
    for some in in_pieces(sorted(here, key=str)):
        rows = work.session.execute(
            select(Involvement.file_id, Involvement.person_id, Involvement.role).where(
                Involvement.person_id.in_(some), Involvement.file_id != file_id,
                Involvement.withdrawn.is_(False),
            )
        )  # fmt: skip
        for row in rows:
            if row.role not in OUTSIDE:
                shared.setdefault(row.file_id, set()).add(row.person_id)
    names = _names(work, {one for people in shared.values() for one in people})
    files: list[Any] = []
    for some in in_pieces(sorted(shared, key=str)):
        files += work.session.execute(
            select(CaseFile.id, CaseFile.reference, CaseFile.family_name).where(CaseFile.id.in_(some))
        ).all()
    return tuple(
        FamilyFile(
            row.id,
            row.reference,
            row.family_name,
            tuple(sorted(names.get(one, "") for one in shared[row.id])),
        )
        for row in sorted(files, key=lambda one: one.reference)
    )


def _involved(work: Work, *where: Any) -> set[UUID]:
    rows = work.session.execute(
        select(Involvement.person_id, Involvement.role).where(Involvement.withdrawn.is_(False), *where)
    )
    return {row.person_id for row in rows if row.role not in OUTSIDE}


def _names(work: Work, people: Iterable[UUID]) -> Mapping[UUID, str]:
    found: dict[UUID, str] = {}
    for some in in_pieces(sorted(people, key=str)):
        rows = work.session.execute(select(Person.id, Person.display_name).where(Person.id.in_(some)))
        found |= {row.id: row.display_name for row in rows}
    return found


def _each(held: Mapping[UUID, Sequence[EntryFact]]) -> Iterator[tuple[UUID, EntryFact]]:
    return ((file_id, entry) for file_id, found in held.items() for entry in found)


def _place(event: Event) -> tuple[Any, ...]:
    return event.day, str(event.happened_at or ""), str(event.thread_id)


def _event(entry: EntryFact, reference: str, marks: Mapping[UUID, RemarkFact]) -> Event:
    section = SECTIONS[entry.section]
    mark = marks.get(entry.thread_id)
    return Event(
        entry.file_id,
        reference,
        entry.id,
        entry.thread_id,
        entry.section,
        section.divider,
        section.title,
        entry.summary,
        entry.happened_on,
        entry.happened_at,
        entry.known_on,
        section.weight(entry),
        Mark(mark.by, mark.recorded_at, mark.says) if mark is not None else None,
        _people(describe(section), entry),
        _agencies(describe(section), entry),
        str(entry.get("what") or "") if entry.section == "agency_event" else "",
        f"{entry.author}, from {entry.origin}" if entry.origin else entry.author,
        tuple(f"{one.stated}: {one.why}" if one.stated else one.why for one in entry.doubts.values()),
    )


def _people(description: Description, entry: EntryFact) -> tuple[UUID, ...]:
    """Whom an entry concerns, and everybody of the file whom it names in a field."""
    found = list(entry.concerns)
    found += [
        value for spec in description.fields
        if spec.kind is FieldKind.PERSON and isinstance(value := entry.get(spec.key), UUID)
    ]  # fmt: skip
    for group in description.groups:
        keys = [spec.key for spec in group.fields if spec.kind is FieldKind.PERSON]
        found += [row[key] for row in entry.rows(group.key) for key in keys if isinstance(row.get(key), UUID)]
    return tuple(dict.fromkeys(found))


def _agencies(description: Description, entry: EntryFact) -> tuple[str, ...]:
    """Agencies that stand in any of its fields: who took part, told it, or owes something from it."""
    found = [entry.get(spec.key) for spec in description.fields if spec.codes == "agency"]
    for group in description.groups:
        keys = [spec.key for spec in group.fields if spec.codes == "agency"]
        found += [row.get(key) for row in entry.rows(group.key) for key in keys]
    return tuple(dict.fromkeys(str(one) for one in found if one))
