"""Bringing a census return onto the record: each child a case file, each dated thing an entry.

The same return again changes nothing; a newer one adds and amends; an older one adds what was
missing and never overrides what a newer one says.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from uuid import UUID

from casefile.alarms.refresh import refresh_file
from casefile.errors import Cancelled, Fault, Invalid
from casefile.exchange.census.filing import FilingChild
from casefile.exchange.census.held import HeldReturn
from casefile.exchange.census.intended import Intended, intended
from casefile.exchange.census.model import CensusReturn, Child, Doubt
from casefile.exchange.census.read import read_census
from casefile.exchange.census.report import RESTRICTED, Became, CensusReport, ChildReport
from casefile.exchange.filing import Bringing
from casefile.sections.refresh import refresh_people
from casefile.standards import Library
from casefile.work.door import action
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

_RESTRICTED = "The child's file is restricted to named readers, of whom you are none."
_LEFT_OUT = "Not brought in. Ask a reader of the file, or the supervisor, to import the return."


@action(needs=Permission.IMPORT, logs=Logged.COLLECTION)
def bring_in_census(work: Work, data: bytes, name: str, *, received_on: date | None = None) -> CensusReport:
    """Bring in a Children in Need census return.

    Args:
        work: The unit of work.
        data: The bytes of the XML file.
        name: The file's name, for the report.
        received_on: The day police had the return, if not today: what it says is known from then.

    Raises:
        Damaged: It is no return, or one that cannot be read safely. Nothing is brought in.
        Cancelled: Somebody stopped it. Nothing is brought in.
        Invalid: It cannot have been received in the future. Nothing is brought in.
    """
    if received_on is not None and received_on > work.today:
        raise Invalid(
            [Fault("received_on", "The return cannot have been received in the future.")],
            kept="Nothing of the return was brought in.",
        )
    try:
        return _bring_in(work, data, name, received_on or work.today)
    except Cancelled as stopped:
        raise Cancelled(stopped.sentence, kept="Nothing of the return was brought in.") from stopped


def _bring_in(work: Work, data: bytes, name: str, received_on: date) -> CensusReport:
    read = read_census(data, work.progress, work.standards)
    header = read.header
    held = HeldReturn(work.session, f"cin-census/{header.lea or 'unknown'}")
    origin = " ".join(["CIN census", header.lea or "unknown authority", str(header.year or "")]).strip()
    bringing = Bringing(work, held, origin, header.reference_date, received_on)
    children: list[ChildReport] = []
    entries: dict[str, Counter[Became]] = defaultdict(Counter)
    left_out: list[Doubt] = []
    people: list[UUID] = []
    everybody = _by_key(read, work.standards)
    held.look_for([one.key for one in everybody])
    for done, one in enumerate(everybody):
        work.progress.step(done, len(everybody), "Bringing in children")
        ref = held.get(one.key)
        if ref is not None and not held.may_read(ref.file_id):
            left_out.append(Doubt(one.label, "", "", _RESTRICTED, _LEFT_OUT, RESTRICTED))
            continue
        filing = FilingChild(bringing, one)
        children.append(filing.file())
        if children[-1].opened or children[-1].changed:
            people.append(filing.person_id)
        for section, became in filing.sections.items():
            entries[section].update(became)
    _refresh(work, people, [one.file_id for one in children if one.opened or one.changed])
    report = CensusReport(
        name=name,
        header=header,
        children=tuple(children),
        counts=read.counts,
        unknown=read.unknown,
        entries={key: dict(became) for key, became in entries.items()},
        doubts=(*read.doubts, *left_out),
    )
    work.note(
        children=len(children),
        doubts=len(report.doubts),
        **{one.value: count for one, count in report.total.items()},
    )
    return report


def _refresh(work: Work, people: list[UUID], files: list[UUID]) -> None:
    """Names and search text of all at once, then what is owed in each file."""
    refresh_people(work, people)
    for done, file_id in enumerate(files):
        work.progress.step(done, len(files), "Working out what is owed")
        refresh_file(work, file_id)
    work.progress.step(len(files), len(files), "Working out what is owed")


def _by_key(read: CensusReturn, standards: Library) -> list[Intended]:
    """What every child is to become; children whom the return repeats are brought together."""
    doubts: dict[int, list[Doubt]] = defaultdict(list)
    for doubt in read.doubts:
        doubts[doubt.place].append(doubt)
    groups: dict[str, list[Child]] = {}
    for child in read.children:
        groups.setdefault(child.key, []).append(child)
    return [
        intended(group, [one for child in group for one in doubts[child.place]], standards)
        for group in groups.values()
    ]
