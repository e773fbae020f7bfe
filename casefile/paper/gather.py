"""A case file gathered from the record for paper, divider by divider, entry by entry.

What each list holds is read while its page is laid, so memory does not grow with the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from uuid import UUID

from reportlab.platypus import Flowable
from sqlalchemy import func, select

from casefile.errors import Invalid
from casefile.files.picture.model import Basis
from casefile.files.picture.queries import read_family
from casefile.files.queries.docket import DividerRow, open_docket
from casefile.files.reach import case_file
from casefile.files.research.queries import read_research
from casefile.handover.owner import owners
from casefile.paper import lists
from casefile.paper.entries import printed_entry
from casefile.paper.model_file import Pairs, PrintedDivider, PrintedFile, PrintedTable
from casefile.paper.people import children_table, household_table, people_records
from casefile.paper.picture import pictured_family
from casefile.paper.records import PrintedGroup, PrintedRecord
from casefile.paper.remarks import remarks_group
from casefile.paper.research import research_table
from casefile.paper.risk import comparison, drawing
from casefile.paper.status import divider_status
from casefile.paper.words import Words
from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.record.model import CaseFile, Entry, EntryThread
from casefile.record.remark_rows import remarks_of
from casefile.record.remarks import RemarkFact
from casefile.sections import SECTIONS
from casefile.sections.accreditation import marks_of
from casefile.sections.base import Weight, describe
from casefile.sections.load import entries, numbered, numbers, thread
from casefile.sections.risk_compare import over_time
from casefile.standards import Divider
from casefile.work.unit import Work

_OTHERWISE = ("front_sheet", "chronology", "audit")
"""Dividers that are sheets of their own: front sheet, chronology and the extract of the log."""
_PEOPLE = ("child", "associated")


def gather(work: Work, file_id: UUID, dividers: Iterable[str] | None = None) -> PrintedFile:
    """The file ready for paper: whole, or the dividers named by key.

    Raises:
        Missing: there is no such file for this officer.
        Invalid: a divider is named that the model file does not have.
    """
    file = case_file(work, file_id)
    words = Words(work.session, work.standards)
    docket = open_docket(work, file_id)
    states = {row.key: row for row in docket.dividers}
    owed, dangers, alarms, front = docket.owed, docket.dangers, docket.alarms, docket.front
    seen = {one.person_id: one.lines() for one in docket.seen}
    weights: dict[UUID, Weight] = {one.entry_id: one.weight for one in docket.chronology if one.weight}
    del docket  # holds every entry's summary: only the states and what is owed are needed on
    chosen = chosen_dividers(work, dividers)
    whole = dividers is None
    named = [one for one in chosen if one.key not in _OTHERWISE and one.key in states]
    keys = {one.key for one in chosen}
    return PrintedFile(
        name=f"{file.family_name.upper()} family" if file.family_name else "Family not named",
        reference=file.reference,
        extent="Whole file" if whole else "Only: " + ", ".join(one.title for one in chosen),
        cover=_cover(file, words),
        front=(*((one.label, one.value) for one in front), *_answers(work, file)),
        warnings=(*(one.sentence for one in dangers), *lists.warnings(owed, alarms)),
        children=children_table(work, file_id, words),
        due=lists.next_due(owed, words),
        dividers=tuple(_divider(work, file_id, one, states[one.key], words, seen) for one in named),
        before=(
            *((lists.chronology(work, file_id, weights),) if whole or "chronology" in keys else ()),
            *((lists.alarms(alarms), lists.owed(owed, words)) if whole else ()),
        ),
        after=_after(work, file_id, audit=whole or "audit" in keys, whole=whole),
    )


def _answers(work: Work, file: CaseFile) -> Pairs:
    """Who answers for an open file while that is not its holder, and why."""
    if file.state != "open":
        return ()
    owner = owners(work, [file.id], work.today)[file.id]
    return () if owner.why == "holder" else (("Answers for it now", owner.sentence),)


def _after(work: Work, file_id: UUID, *, audit: bool, whole: bool) -> tuple[PrintedTable, ...]:
    found: list[PrintedTable] = []
    if whole:
        found.append(lists.documents(work, file_id))
    if audit and lists.may_read_log(work):
        found.append(lists.log_extract(work, file_id))
    return tuple(found)


def chosen_dividers(work: Work, dividers: Iterable[str] | None) -> tuple[Divider, ...]:
    """The dividers named by key, in the order of the model file; all of them for None. Invalid names what is none."""
    every = work.standards.dividers
    if dividers is None:
        return tuple(every)
    wanted = set(dividers)
    unknown = wanted - {one.key for one in every}
    if unknown or not wanted:
        said = ", ".join(sorted(unknown)) or "nothing"
        raise Invalid(
            f"The model file has no such divider: {said}. It has: {', '.join(one.key for one in every)}.",
            kept="Nothing was printed.",
        )
    return tuple(one for one in every if one.key in wanted)


def _cover(file: CaseFile, words: Words) -> Pairs:
    return (
        ("Officer in the case", words.officer(file.officer_id) if file.officer_id else "Not allocated"),
        ("Supervisor", words.officer(file.supervisor_id) if file.supervisor_id else "Not allocated"),
        ("Child protection plan", _plan(file, words)),
        ("Risk", _risk(file, words)),
        ("State", file.state.capitalize()),
    )


def _plan(file: CaseFile, words: Words) -> str:
    if not file.plan_category:
        return "None recorded"
    since = f", since {long_date(file.plan_since)}" if file.plan_since else ""
    return words.label("abuse_category", file.plan_category) + since


def _risk(file: CaseFile, words: Words) -> str:
    if not file.risk_level:
        return "Not assessed"
    on = f", assessed {long_date(file.risk_on)}" if file.risk_on else ""
    return words.label("risk_level", file.risk_level) + on


def _divider(
    work: Work,
    file_id: UUID,
    divider: Divider,
    state: DividerRow,
    words: Words,
    seen: Mapping[UUID, Pairs],
) -> PrintedDivider:
    sections = [key for key, section in SECTIONS.items() if section.divider == divider.key]
    tables: tuple[PrintedTable, ...] = ()
    people: tuple[PrintedRecord, ...] = ()
    records: Iterable[PrintedRecord] = _entries(work, file_id, sections, words)
    if divider.key in _PEOPLE:
        people = people_records(work, file_id, divider.key, words, seen)
        records = chain(people, records)
    if divider.key == "household":
        tables = (household_table(work, file_id, words),)
    if divider.key == "research" and (told := read_research(work, file_id)).people:
        tables = (research_table(told, work.standards),)
    return PrintedDivider(
        key=f"divider-{divider.key}",
        number=str(divider.number),
        title=divider.title,
        status=divider_status(state),
        asks=divider.minimum,
        count=max(state.count, len(people)),
        records=records,
        tables=tables,
        missing=(*state.missing, *state.noted),
        drawings=_drawings(work, file_id, divider.key),
    )


def _drawings(work: Work, file_id: UUID, divider: str) -> tuple[Flowable, ...]:
    """Behind the household the picture of the family today; behind risk its course, once it was judged more than once."""
    if divider == "household":
        told = read_family(work, file_id)
        return tuple(pictured_family(told, work.today, Basis.HAPPENED, work.standards)) if told.people else ()
    if divider != "risk":
        return ()
    points = over_time(entries(work.session, SECTIONS, file_id, only=("risk",)), work.standards)
    return (drawing(points, work.standards),) if len(points) > 1 else ()


def _beside(
    work: Work, entry: EntryFact, risks: tuple[EntryFact, ...], remarks: Iterable[RemarkFact]
) -> tuple[PrintedGroup, ...]:
    """What stands beside an entry: an assessment held against the last, and what was said of it."""
    compared = comparison(entry, risks, work.standards) if entry.section == "risk" else ()
    return (*compared, *remarks_group(remarks))


def _entries(work: Work, file_id: UUID, sections: list[str], words: Words) -> Iterator[PrintedRecord]:
    """The entries of a divider, oldest first, each with its versions; one at a time."""
    if not sections:
        return
    order = (func.coalesce(Entry.happened_on, Entry.known_on), Entry.recorded_at, Entry.id)
    threads = work.session.scalars(
        select(EntryThread.id)
        .join(Entry, Entry.id == EntryThread.latest_id)
        .where(EntryThread.file_id == file_id, EntryThread.section.in_(sections))
        .order_by(*order)
    ).all()
    risks = entries(work.session, SECTIONS, file_id, only=("risk",)) if "risk" in sections else ()
    said: dict[UUID, list[RemarkFact]] = {}
    for one in remarks_of(work.session, file_id):
        said.setdefault(one.thread_id, []).append(one)
    counted = {
        one: number
        for key in sections
        if SECTIONS[key].numbered
        for one, number in numbers(work.session, file_id, key).items()
    }
    for thread_id in threads:
        versions = thread(work.session, SECTIONS, thread_id)
        last = versions[-1]
        beside = _beside(work, last, risks, said.get(thread_id, ()))
        mark = marks_of(work, (last,)).get(last.id, "")
        record = printed_entry(versions, describe(SECTIONS[last.section]), words, beside, mark)
        yield replace(record, title=numbered(counted.get(thread_id), record.title))
