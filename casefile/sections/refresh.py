"""After a write: tasks of the file derived anew, and the columns cached for lists brought up to date.

The only writer of ``file_weight`` and of the cached columns of ``case_file`` and ``person``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from casefile.access.lean import Lean
from casefile.access.queries import named
from casefile.record.facts import EntryFact
from casefile.record.looks import everything_said, refresh_looks
from casefile.record.matches import refresh_matches
from casefile.record.model import CaseFile, TaskEvent
from casefile.record.owed import Lasting, Owed, TaskSaid, as_owed, lasting, standing
from casefile.record.people import Involvement, Person
from casefile.record.persons import (
    FactView,
    PersonView,
    allocations,
    display_name,
    folded,
    full_name,
    people_of,
    persons,
)
from casefile.record.persons import asked_of_file as persons_of_file
from casefile.record.weight import FileWeight
from casefile.record.worded import keep_anew, of_file
from casefile.sections import SECTIONS, load
from casefile.sections.kept_tasks import TASKS, keep_tasks
from casefile.sections.load import entries
from casefile.sections.order import in_order
from casefile.sections.research_owed import RESEARCH, owing, research_tasks
from casefile.sections.weights import CHILDREN, Known, weigh
from casefile.store import lean
from casefile.store.base import Identity
from casefile.work.names import Kind
from casefile.work.pieces import in_pieces
from casefile.work.unit import Work

_CHILDREN = ("subject", "unborn", "sibling")
_HOLDERS = {"officer": "officer_id", "researcher": "researcher_id", "supervisor": "supervisor_id"}


_FILE = bindparam("file", type_=Identity())
SAID = Lean(
    select(
        TaskEvent.task_id, TaskEvent.what, TaskEvent.happened_on, TaskEvent.known_on, TaskEvent.reason,
        TaskEvent.title, TaskEvent.owed_by, TaskEvent.officer_id, TaskEvent.due_on,
    )
    .where(TaskEvent.file_id == _FILE)
    .order_by(TaskEvent.recorded_at, TaskEvent.id)
)  # fmt: skip
"""What was said of the tasks of a file."""
_CASE = Lean(
    select(*(getattr(CaseFile, one.key) for one in CaseFile.__table__.c)).where(CaseFile.id == _FILE)
)
_WEIGHTS = Lean(
    select(*(getattr(FileWeight, one.key) for one in FileWeight.__table__.c))
    .where(FileWeight.file_id == _FILE)
    .order_by(FileWeight.position)
)
_FOUND_BY = Lean(
    select(Person.find_text)
    .where(Person.id.in_(select(Involvement.person_id).where(Involvement.file_id == _FILE)))
    .order_by(Person.id)
)


def owed_by_file(work: Work, file_id: UUID, as_of: date) -> tuple[Owed, ...]:
    """Everything owed in a file as of any day, derived from what police knew by then."""
    return owing(
        people_of(work.session, file_id, as_of),
        file_id,
        entries(work.session, SECTIONS, file_id, all_versions=True),
        said_of_tasks(work, file_id),
        work.standards,
        as_of,
    )


def said_of_tasks(work: Work, file_id: UUID) -> list[TaskSaid]:
    """What officers said of the file's tasks, in order."""
    return [TaskSaid(*row) for row in SAID.rows(work.session, file=file_id)]


def refresh_people(work: Work, person_ids: Iterable[UUID]) -> None:
    """Bring the cached name, date of birth and search text of people up to date, and what finds and matches them."""
    whole = everything_said(work.session, person_ids)
    names: dict[UUID, str] = {}
    for person in _as_seen(work, whole):
        born, expected = _born(person)
        unborn = expected is not None and born is None
        name = display_name(person.facts.get("name", ()), unborn, _mother(work, person))
        names[person.id] = name
        words = [full_name(one.values) for one in person.facts.get("name", ())]
        words += [_address(one.values) for one in person.facts.get("residence", ())]
        words += [str(one.get("value")) for one in person.facts.get("identifier", ())]
        words += [str(one.get("value")) for one in person.facts.get("contact", ())]
        work.session.execute(
            update(Person)
            .where(Person.id == person.id)
            .values(
                display_name=name,
                born_on=born or expected,
                unborn=unborn,
                find_text=folded(" ".join([name, *words])),
            )
        )
        work.touch(Kind.PERSON)
    refresh_looks(work.session, whole, names)
    refresh_matches(work.session, names, work.now)


def _as_seen(work: Work, whole: Sequence[PersonView]) -> Sequence[PersonView]:
    """People with the facts this officer may see; read anew only where some were learnt through a restricted file."""
    files = {fact.file_id for one in whole for facts in one.facts.values() for fact in facts}
    seen: set[UUID] = set()
    for some in in_pieces(sorted(files)):
        seen.update(work.session.scalars(select(CaseFile.id).where(CaseFile.id.in_(some))))
    return whole if seen == files else persons(work.session, [one.id for one in whole], date.max)


@dataclass(frozen=True, slots=True)
class Derived:
    """What a refresh read of the file, for whoever derives more from it.

    Attributes:
        case: The file's row as it stands.
        columns: What its cached columns are to say, which is kept with whatever else is derived (:func:`keep_columns`).
        tasks: All that follows from the entries and from what was said by today, also what begins or ends later.
    """

    entries: tuple[EntryFact, ...]
    said: tuple[TaskSaid, ...]
    people: tuple[PersonView, ...]
    holders: tuple[FactView, ...]
    case: Any
    columns: Mapping[str, Any]
    tasks: tuple[Owed, ...]


def refresh_file(work: Work, file_id: UUID) -> Derived:
    """Derive the file's tasks anew, and what its cached columns are to say.

    Writes call ``casefile.alarms.refresh.refresh_file``, which calls this.
    """
    with lean.ahead(
        work.session, *asked_of_record(), TASKS, _FOUND_BY, _WEIGHTS, file=file_id, as_of=date.max
    ):
        return _refreshed(work, file_id)


def _refreshed(work: Work, file_id: UUID) -> Derived:
    facts = entries(work.session, SECTIONS, file_id, all_versions=True)
    said = said_of_tasks(work, file_id)
    everybody = people_of(work.session, file_id, date.max)
    research = research_tasks(everybody, file_id, facts, said, work.standards, work.today, to_come=True)
    to_come = [one for one in research if one.opened_on > work.today]
    begun = [one for one in research if one.opened_on <= work.today]
    held = [one for one in facts if one.known_on <= work.today]
    spoken = [one for one in said if one.known_on <= work.today]
    lasts = lasting(held, spoken, SECTIONS, work.standards)
    stands = (
        lasts.tasks
        if lasts.from_on <= work.today
        else standing(held, spoken, SECTIONS, work.standards, work.today)
    )
    owed = as_owed((*stands, *begun), work.today)
    # what begins by itself is kept with its day, so that a night without a write costs nothing
    keep_tasks(work, file_id, (*owed, *to_come))
    latest = sorted((one for one in facts if one.version == one.versions), key=in_order)
    front: dict[str, Any] = {"state": "open", "risk_level": None, "risk_on": None}
    front |= {"plan_category": None, "plan_since": None}
    for fact in latest:
        front |= SECTIONS[fact.section].front(fact)
    allocated = allocations(work.session, file_id, date.max)
    holders, holder_names = _holders(work, allocated)
    family_name = _family_name(everybody, file_id)
    case = case_row(work, file_id)
    outstanding = [one.due_on for one in owed if one.state.outstanding and one.due_on]
    columns = {
        **front,
        **holders,
        "family_name": family_name,
        "children": sum(1 for one in everybody if set(one.roles(file_id)) & set(_CHILDREN)),
        "next_due": min(outstanding, default=None),
        "review_due": _due_first(owed, "SUPERVISION"),
        "inspection_due": _due_first(owed, "INSPECTOR-REVIEW"),
        "research_due": _due_first((*owed, *to_come), RESEARCH),
        "reviewed_on": _last_day(one for one in latest if one.section == "supervision"),
        "last_entry_on": _last_day(latest),
        "find_text": _find_text(work, file_id, case.reference, holder_names),
    }
    _keep_weights(work, file_id, facts, said, everybody, lasts)
    keep_anew(work.session, [of_file(file_id, case.reference, family_name, holder_names)])
    if case.restricted:
        # on a server whoever wrote elsewhere could not see that somebody of this file stands there too
        refresh_matches(work.session, [one.id for one in everybody], work.now)
    work.touch(Kind.CASE_FILE, file_id)
    work.touch(Kind.TASK, file_id)
    return Derived(facts, tuple(said), everybody, allocated, case, columns, lasts.tasks)


def asked_of_record() -> tuple[lean.Lean, ...]:
    """What everything derived of a file is derived from, for whoever asks it ahead."""
    return *load.asked_of_file(), SAID, *persons_of_file(), _CASE


def case_row(work: Work, file_id: UUID) -> Any:
    """The file's row as it stands."""
    (case,) = _CASE.rows(work.session, file=file_id)
    return case


def keep_columns(work: Work, case: Any, columns: Mapping[str, Any]) -> None:
    """Keep cached columns of a file, of which *case* is the row as it stands: those that are otherwise now."""
    otherwise = {key: value for key, value in columns.items() if getattr(case, key) != value}
    if otherwise:
        work.session.execute(update(CaseFile).where(CaseFile.id == case.id).values(**otherwise))


def _keep_weights(
    work: Work,
    file_id: UUID,
    facts: Sequence[EntryFact],
    said: Sequence[TaskSaid],
    everybody: Sequence[PersonView],
    lasts: Lasting,
) -> None:
    """What the file weighs from today on."""
    children = [one.id for one in everybody if set(one.roles(file_id)) & set(CHILDREN)]
    found = weigh(Known.of(facts, said, children, work.standards, lasts.tasks), work.today)
    rows = [{"file_id": file_id, "position": place, **asdict(one)} for place, one in enumerate(found)]
    held = [one._asdict() for one in _WEIGHTS.rows(work.session, file=file_id)]
    if held == rows:
        return
    if held:
        work.session.execute(delete(FileWeight).where(FileWeight.file_id == file_id))
    if rows:
        work.session.execute(insert(FileWeight), rows)


def _last_day(found: Iterable[EntryFact]) -> date | None:
    """The latest day on which any of them happened."""
    return max((one.happened_on for one in found if one.happened_on), default=None)


def _due_first(owed: Iterable[Owed], timescale: str) -> date | None:
    """When the first task of a kind is due, while one is owed: the supervisor's next review, research."""
    days = [one.due_on for one in owed if one.timescale == timescale and one.state.outstanding and one.due_on]
    return min(days, default=None)


def _born(person: PersonView) -> tuple[date | None, date | None]:
    for fact in person.stated("birth"):
        return fact.get("born_on"), fact.get("expected_on")
    return None, None


def _mother(work: Work, person: PersonView) -> str | None:
    """Family name of the mother an unborn child is linked to, e.g. for ``Unborn Ashdown``."""
    for link in person.now("relationship"):
        to = link.get("to_person_id")
        mother = work.session.get(Person, to) if to else None
        if mother is not None and mother.display_name:
            return mother.display_name.split()[-1]
    return None


def holder_names(session: Session, case: CaseFile) -> list[str]:
    """Names of those who hold a file, as shown."""
    return _shown(session, [one for one in (getattr(case, key) for key in _HOLDERS.values()) if one])


def _shown(session: Session, officers: Sequence[UUID]) -> list[str]:
    return [one.shown for one in named(session, officers).values()]


def _holders(work: Work, allocated: Sequence[FactView]) -> tuple[dict[str, UUID | None], list[str]]:
    holders: dict[str, UUID | None] = dict.fromkeys(_HOLDERS.values())
    for fact in reversed(allocated):
        column = _HOLDERS.get(str(fact.get("role")))
        if column and fact.current:
            until = fact.get("until_on")
            holders[column] = None if until and until < work.today else fact.get("officer_id")
    return holders, _shown(work.session, [one for one in holders.values() if one])


def _family_name(everybody: tuple[PersonView, ...], file_id: UUID) -> str:
    """The family name of the first subject child, as the file is called by."""
    for roles in (("subject",), ("unborn",), ("mother",), ()):
        for person in everybody:
            if roles and not set(person.roles(file_id)) & set(roles):
                continue
            for name in person.stated("name"):
                if name.get("family"):
                    return str(name.get("family"))
                if name.get("full"):
                    return str(name.get("full"))
            if person.unborn:
                return person.name.removeprefix("Unborn ")
    return ""


def _find_text(work: Work, file_id: UUID, reference: str, holder_names: list[str]) -> str:
    found = [folded(f"{reference} {' '.join(holder_names)}")]
    found += [one.find_text for one in _FOUND_BY.rows(work.session, file=file_id)]
    return " | ".join(found)


def _address(values: Any) -> str:
    return " ".join(str(values[one]) for one in ("address", "town", "postcode") if values.get(one))
