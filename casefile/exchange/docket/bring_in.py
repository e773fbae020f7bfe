"""Bringing a docket index onto the record: each docket a case file, everybody it names a person.

The same index again changes nothing; a newer one adds and amends; an older one adds what was missing
and never overrides what a newer one says.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import select

from casefile.alarms.refresh import refresh_file
from casefile.errors import Cancelled, Fault, Invalid
from casefile.exchange.census.held import HeldReturn
from casefile.exchange.census.report import Became
from casefile.exchange.docket.dockets import Dockets
from casefile.exchange.docket.filing import FilingDocket, HeldFile, base_key
from casefile.exchange.docket.index import Index, open_index
from casefile.exchange.docket.mapping import DocketMap
from casefile.exchange.docket.officers import KnownOfficers
from casefile.exchange.docket.report import LEFT_OUT, DocketReport, FileReport, labels
from casefile.exchange.docket.says import DocketDoubt, DocketSays
from casefile.exchange.docket.sheet import KEPT
from casefile.exchange.docket.words import normal
from casefile.exchange.filing import Bringing
from casefile.record.closed import closed_keys, closed_references, names_others
from casefile.record.model import CaseFile, SourceRef
from casefile.sections.refresh import refresh_people
from casefile.work.door import action
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

SCHEME = "docket-index"
_ASK = "Not brought in. Ask a reader of the file, or the supervisor, to import the index."


@action(needs=Permission.IMPORT, logs=Logged.COLLECTION)
def bring_in_docket(
    work: Work, data: bytes, name: str, mapping: DocketMap, *, received_on: date | None = None
) -> DocketReport:
    """Bring in a docket index: a team's spreadsheet or register of its dockets.

    Args:
        work: The unit of work.
        data: The bytes of the CSV or XLSX file.
        name: The file's name, for the report and as the source of what it says.
        mapping: Which column holds what; columns it does not name are kept as notes.
        received_on: The day police had the index, if not today: what it says is known from then, and an
            index received later is the newer one.

    Raises:
        Damaged: It is no index, or one that cannot be read safely. Nothing is brought in.
        Invalid: The mapping does not fit, or the index names no docket. Nothing is brought in.
        Cancelled: Somebody stopped it. Nothing is brought in.
    """
    try:
        index = open_index(data, name, mapping.sheet)
        return _bring_in(work, index, mapping.fitted(index.headings), received_on or work.today)
    except Cancelled as stopped:
        raise Cancelled(stopped.sentence, kept="Nothing of the index was brought in.") from stopped


def _bring_in(work: Work, index: Index, mapping: DocketMap, received_on: date) -> DocketReport:
    if received_on > work.today:
        raise Invalid([Fault("received_on", "The index cannot have been received in the future.")], kept=KEPT)
    names_others(work.session)
    held = HeldReturn(work.session, SCHEME)
    files = _held_files(work)
    mapping = replace(mapping, columns={one: mapping.target(one) for one in index.headings})
    reading = Dockets(index, mapping, work.standards, received_on)
    dockets = reading.read(_families(files), work.progress)
    if not dockets:
        raise Invalid("No row of the index names a docket or a child by this mapping.", kept=KEPT)
    bringing = Bringing(work, held, f"Docket index {index.name}", received_on, received_on, "docket index")
    files |= _out_of_sight(work, dockets)
    bringing_in = _BringingIn(bringing, _by_reference(files, held))
    reports = bringing_in.file(dockets)
    report = DocketReport(
        name=index.name,
        sheet=index.sheet if len(index.sheets) > 1 else "",
        received_on=received_on,
        rows=reading.rows,
        files=tuple(reports),
        mapping=labels(mapping.columns),
        kept=_kept(dockets),
        entries={key: dict(became) for key, became in bringing_in.entries.items()},
        doubts=tuple(sorted((*reading.doubts, *bringing_in.doubts), key=lambda one: one.row)),
    )
    work.note(
        files=len(reports),
        doubts=len(report.doubts),
        **{one.value: count for one, count in report.total.items()},
    )
    return report


class _BringingIn:
    def __init__(self, bringing: Bringing, files: dict[str, HeldFile]) -> None:
        self._bringing = bringing
        self._work = bringing.work
        self._files = files
        self._officers = KnownOfficers(bringing.work.session)
        self.doubts: list[DocketDoubt] = []
        self.entries: dict[str, Counter[Became]] = defaultdict(Counter)

    def file(self, dockets: Sequence[DocketSays]) -> list[FileReport]:
        """Write every docket, then bring people and files up to date."""
        found: list[FileReport] = []
        people: list[UUID] = []
        for done, docket in enumerate(dockets):
            self._work.progress.step(done, len(dockets), "Bringing in dockets")
            held = (
                self._files.get(base_key(docket.key))
                or self._files.get(docket.reference)
                or self._files.get(normal(docket.reference))
            )
            if held is not None and not self._bringing.held.may_read(held.id):
                row = docket.rows[0]
                self.doubts.append(DocketDoubt(row, docket.label, "", "", docket.reference, LEFT_OUT, _ASK))
                continue
            filing = FilingDocket(self._bringing, docket, self._officers, held)
            found.append(filing.file())
            self.doubts += filing.doubts
            if found[-1].opened or found[-1].changed:
                people += filing.people
            for section, became in filing.sections.items():
                self.entries[section].update(became)
        self._refresh(people, [one.file_id for one in found if one.opened or one.changed])
        return found

    def _refresh(self, people: list[UUID], files: list[UUID]) -> None:
        refresh_people(self._work, people)
        for done, file_id in enumerate(files):
            self._work.progress.step(done, len(files), "Working out what is owed")
            refresh_file(self._work, file_id)
        self._work.progress.step(len(files), len(files), "Working out what is owed")


def _held_files(work: Work) -> dict[str, HeldFile]:
    """Files of the store by the key of the docket they came from, else by reference; restricted ones too."""
    table, ref = CaseFile.__table__.c, SourceRef.__table__.c
    rows = work.session.execute(select(table.id, table.reference, table.family_name, table.opened_on))
    by_id = {row[0]: HeldFile(row[0], row[1], row[2], row[3], ours=False) for row in rows}
    keys = work.session.execute(
        select(ref.key, ref.file_id).where(ref.scheme == SCHEME, ref.record_id == ref.file_id)
    )
    ours = {key: replace(by_id[file_id], ours=True) for key, file_id in keys if file_id in by_id}
    stated = {one.reference: one for one in by_id.values()}
    return {**{normal(one): held for one, held in stated.items()}, **stated, **ours}


def _out_of_sight(work: Work, dockets: Sequence[DocketSays]) -> dict[str, HeldFile]:
    """Files of these dockets that a server hides, by key and by reference: they are left out and told of."""
    keys = closed_keys(work.session, SCHEME, [base_key(one.key) for one in dockets])
    stated = closed_references(work.session, [one.reference for one in dockets if one.reference])
    return {
        key: HeldFile(file_id, "", "", work.today, ours=False) for key, file_id in {**keys, **stated}.items()
    }


def _families(files: dict[str, HeldFile]) -> dict[str, str]:
    """Family names of the files that came from an index, by the key of their docket."""
    return {key.removeprefix(base_key("")): one.family for key, one in files.items() if one.ours}


def _by_reference(files: dict[str, HeldFile], held: HeldReturn) -> dict[str, HeldFile]:
    """The same, with files that other sources made under their references; whether they may be read is known."""
    held.look_at(one.id for one in files.values() if not one.ours)
    return files


def _kept(dockets: Sequence[DocketSays]) -> dict[str, int]:
    """How many cells of each column were kept as notes."""
    counted: Counter[str] = Counter()
    for docket in dockets:
        for person in docket.people:
            counted.update(
                (normal(heading) and heading) or "without a heading" for heading, _ in person.notes
            )
    return dict(counted.most_common())
