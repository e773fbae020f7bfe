"""A file as a docket: its front, its dividers with their marks, what is owed, its chronology."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, select

from casefile.access.lean import Lean
from casefile.access.model import Officer
from casefile.access.queries import Named, named, shown
from casefile.alarms.queries import STANDING, AlarmRow, standing_alarms
from casefile.errors import Missing
from casefile.files.queries import documents
from casefile.files.queries.documents import DocumentRow, documents_of
from casefile.files.queries.drafts import DraftRow, drafts_of
from casefile.files.queries.front import FrontLine, front_sheet, held_by
from casefile.files.queries.seen import ChildSeen, children_seen
from casefile.files.reach import case_file
from casefile.record.described import Description
from casefile.record.facts import EntryFact
from casefile.record.model import CaseFile, DividerMark, Draft, Entry
from casefile.record.owed import Owed
from casefile.record.persons import PersonView, people_of
from casefile.record.persons import asked_of_file as persons_of_file
from casefile.record.remark_rows import OF_FILE as REMARKS
from casefile.record.remark_rows import remarks_of
from casefile.record.remarks import RemarkFact, endorsed, marked, unanswered
from casefile.sections import SECTIONS, load
from casefile.sections.accreditation import marks_of, noted
from casefile.sections.base import Weight, describe
from casefile.sections.challenge import ABOUT
from casefile.sections.completeness import FileFacts, MarkSaid, divider_states
from casefile.sections.dangers import Danger, dangers
from casefile.sections.load import entries, numbered, numbers, thread
from casefile.sections.refresh import SAID, owed_by_file, said_of_tasks
from casefile.sections.research_owed import owing
from casefile.store import lean
from casefile.store.base import Identity
from casefile.store.lean import ahead
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work


@dataclass(frozen=True, slots=True)
class DividerRow:
    """A divider as listed at the left of a file.

    Attributes:
        mark: ``complete``, ``missing``, ``not_applicable`` or ``empty``.
        missing: What is missing, in words.
        asks: What the standard asks for, and ``source`` where it says so.
        said_by: Who said that it does not apply, and why.
        sections: Descriptions of the records that stand behind it.
        noted: What a supervisor should know of its records and nothing is missing for.
    """

    key: str
    title: str
    mark: str
    count: int
    missing: tuple[str, ...]
    asks: str
    source: str
    said_by: str
    sections: tuple[Description, ...]
    noted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventRow:
    """One line of the chronology.

    Attributes:
        weight: ``danger`` where a child was hurt or out of reach, ``significant``, or "".
        source: Who signed it, and what it was imported from.
        doubtful: Whether something of it is kept as stated by the source.
    """

    entry_id: UUID
    thread_id: UUID
    divider: str
    title: str
    summary: str
    happened_on: date | None
    known_on: date
    weight: Weight
    source: str
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Docket:
    """A case file as opened.

    Attributes:
        front: The front sheet, line by line.
        seen: When each child was last seen, and what it said.
        dangers: What whoever visits must know first.
    """

    id: UUID
    reference: str
    family_name: str
    children: int
    state: str
    marking: str
    restricted: bool
    opened_on: date
    risk_level: str | None
    risk_on: date | None
    plan_category: str | None
    plan_since: date | None
    officer: str
    researcher: str
    supervisor: str
    front: tuple[FrontLine, ...]
    people: tuple[PersonView, ...]
    seen: tuple[ChildSeen, ...]
    dangers: tuple[Danger, ...]
    dividers: tuple[DividerRow, ...]
    owed: tuple[Owed, ...]
    alarms: tuple[AlarmRow, ...]
    chronology: tuple[EventRow, ...]
    documents: tuple[DocumentRow, ...]


@dataclass(frozen=True, slots=True)
class DividerPage:
    """What stands behind one divider: the latest versions, the officer's drafts, and what lies beside them.

    Attributes:
        challenges: Challenges of entries that stand here, oldest first.
        remarks: What supervisors and authors said of entries that stand here, oldest first.
        numbers: By thread, the number of an entry where the section counts them.
        marks: By version, that who made it was not accredited for it, in a sentence.
    """

    entries: tuple[EntryFact, ...]
    drafts: tuple[DraftRow, ...]
    challenges: tuple[EntryFact, ...] = ()
    remarks: tuple[RemarkFact, ...] = ()
    numbers: Mapping[UUID, int] = field(default_factory=dict[UUID, int])
    marks: Mapping[UUID, str] = field(default_factory=dict[UUID, str])

    def title_of(self, entry: EntryFact) -> str:
        """An entry in one line, with its number where the section counts them."""
        return numbered(self.numbers.get(entry.thread_id), entry.summary)

    def challenge_of(self, thread_id: UUID) -> EntryFact | None:
        """The latest challenge of an entry, or None."""
        found = [one for one in self.challenges if one.get("about_entry") == thread_id]
        return found[-1] if found else None


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def open_docket(work: Work, file_id: UUID) -> Docket:
    """Open a file: its front, dividers, what is owed and its chronology."""
    case = case_file(work, file_id)
    with ahead(work.session, *_asked(), file=file_id, as_of=work.today, today=work.today):
        return _docket(work, case)


def _asked() -> tuple[lean.Lean, ...]:
    """What every opened file asks that follows from the file alone."""
    return *load.asked_of_file(), *persons_of_file(), documents.OF_FILE, REMARKS, SAID, _MARKED, STANDING


def _docket(work: Work, case: CaseFile) -> Docket:
    file_id = case.id
    held = entries(work.session, SECTIONS, file_id, all_versions=True)
    latest = tuple(one for one in held if one.version == one.versions)
    people = people_of(work.session, file_id, work.today)
    work.about(people=[one.id for one in people])
    filed = documents_of(work, file_id)
    held_by_role = held_by(work, case)
    names = named(work.session, held_by_role.values())
    said = remarks_of(work.session, file_id)
    marks = marked(said)
    owed = owing(people, file_id, held, said_of_tasks(work, file_id), work.standards, work.today)
    return Docket(
        id=case.id,
        reference=case.reference,
        family_name=case.family_name,
        children=case.children,
        state=case.state,
        marking=case.marking,
        restricted=case.restricted,
        opened_on=case.opened_on,
        risk_level=case.risk_level,
        risk_on=case.risk_on,
        plan_category=case.plan_category,
        plan_since=case.plan_since,
        officer=_shown(names, case.officer_id),
        researcher=_shown(names, case.researcher_id),
        supervisor=_shown(names, case.supervisor_id),
        front=front_sheet(work, case, people, latest, held_by_role, names),
        people=people,
        seen=children_seen(file_id, people, latest),
        dangers=dangers(file_id, people, latest, work.standards),
        dividers=_dividers(work, case, latest, people, owed, len(filed), said),
        owed=owed,
        alarms=standing_alarms(work, file_id),
        chronology=tuple(
            EventRow(
                one.id,
                one.thread_id,
                SECTIONS[one.section].divider,
                SECTIONS[one.section].title,
                one.summary,
                one.happened_on,
                one.known_on,
                SECTIONS[one.section].weight(one) or ("significant" if one.thread_id in marks else ""),
                f"{one.author}, from {one.origin}" if one.origin else one.author,
                bool(one.doubts),
            )
            for one in reversed(latest)
        ),
        documents=filed,
    )


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def divider_page(work: Work, file_id: UUID, divider: str) -> DividerPage:
    """Read what stands behind one divider of a file."""
    case_file(work, file_id)
    keys = _sections_of(divider)
    work.note(divider=divider)
    found = entries(work.session, SECTIONS, file_id, only=keys)
    keeps = work.actor.may(Permission.KEEP_FILES)
    drafts = drafts_of(work, Draft.file_id == file_id, Draft.record.in_(keys)) if keeps else ()
    here = [one.thread_id for one in found]
    said = remarks_of(work.session, file_id) if here else ()
    return DividerPage(
        tuple(reversed(found)),
        drafts,
        _challenges(work, found),
        tuple(one for one in said if one.thread_id in set(here)),
        {
            thread_id: number
            for key in keys
            if SECTIONS[key].numbered
            for thread_id, number in numbers(work.session, file_id, key).items()
        },
        marks_of(work, found),
    )


def _challenges(work: Work, found: tuple[EntryFact, ...]) -> tuple[EntryFact, ...]:
    here = {one.thread_id for one in found if one.section in ABOUT}
    if not here:
        return ()
    every = entries(work.session, SECTIONS, found[0].file_id, only=("challenge",))
    return tuple(one for one in every if one.get("about_entry") in here)


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def versions(work: Work, thread_id: UUID) -> tuple[EntryFact, ...]:
    """Read every version of one entry, oldest first."""
    found = thread(work.session, SECTIONS, thread_id)
    if not found:
        raise Missing("That entry is not there, or not yours to see.")
    work.about(files=[found[0].file_id])
    return tuple(sorted(found, key=lambda one: one.version))


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def place_of_entry(work: Work, entry_id: UUID) -> tuple[UUID, str, UUID]:
    """Find where an entry stands: its file, its divider, and the thread of its versions."""
    found = work.session.execute(
        select(Entry.file_id, Entry.section, Entry.thread_id).where(Entry.id == entry_id)
    ).first()
    if found is None:
        raise Missing("That entry is not there, or not yours to see.")
    work.about(files=[found.file_id])
    return found.file_id, SECTIONS[found.section].divider, found.thread_id


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def owed_on(work: Work, file_id: UUID, as_of: date) -> tuple[Owed, ...]:
    """Replay what was owed in a file on any day, by what police knew then."""
    case_file(work, file_id)
    return owed_by_file(work, file_id, as_of)


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def entries_of(work: Work, file_id: UUID, *, all_versions: bool = False) -> tuple[EntryFact, ...]:
    """Read the signed entries of a file, oldest first."""
    case_file(work, file_id)
    return entries(work.session, SECTIONS, file_id, all_versions=all_versions)


def _dividers(
    work: Work,
    case: CaseFile,
    latest: tuple[EntryFact, ...],
    people: tuple[PersonView, ...],
    owed: tuple[Owed, ...],
    documents: int,
    remarks: tuple[RemarkFact, ...],
) -> tuple[DividerRow, ...]:
    facts = FileFacts(
        file_id=case.id,
        entries=latest,
        people=people,
        owed=owed,
        marks=_marks(work, case.id),
        officer=case.officer_id is not None,
        supervisor=case.supervisor_id is not None,
        risk_level=case.risk_level,
        documents=documents,
        endorsed=endorsed(remarks),
        returned=unanswered(remarks),
    )
    rows: list[DividerRow] = []
    unaccredited = marks_of(work, latest)
    for state in divider_states(facts, work.standards, work.today):
        standard = work.standards.divider(state.divider)
        rows.append(
            DividerRow(
                state.divider,
                standard.title,
                state.mark,
                state.count,
                state.missing,
                standard.minimum,
                standard.source,
                state.said_by,
                tuple(describe(one) for one in SECTIONS.values() if one.divider == state.divider),
                noted(latest, unaccredited, _sections_of(state.divider)),
            )
        )
    return tuple(rows)


def _sections_of(divider: str) -> tuple[str, ...]:
    return tuple(key for key, one in SECTIONS.items() if one.divider == divider)


_MARKED = Lean(
    select(
        DividerMark.divider, DividerMark.applies, DividerMark.reason, DividerMark.recorded_at, Officer.name,
        Officer.role, Officer.number,
    )
    .join(Officer, Officer.id == DividerMark.recorded_by)
    .where(DividerMark.file_id == bindparam("file", type_=Identity()))
    .order_by(DividerMark.recorded_at, DividerMark.id)
)  # fmt: skip


def _marks(work: Work, file_id: UUID) -> dict[str, MarkSaid]:
    return {
        one.divider: MarkSaid(
            one.applies, one.reason, shown(one.name, one.role, one.number), _day(one.recorded_at)
        )
        for one in _MARKED.rows(work.session, file=file_id)
    }


def _day(moment: datetime) -> date:
    return moment.date()


def _shown(names: Mapping[UUID, Named], officer_id: UUID | None) -> str:
    return names[officer_id].shown if officer_id and officer_id in names else ""
