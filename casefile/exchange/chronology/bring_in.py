"""Bringing another agency's chronology into a file: the document kept whole, each row an event with its source.

The rows are signed as what they are: words of another agency. The same row again is not brought in twice; a row that
says something else is an event of its own, and what was brought in before stays as it was.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from casefile.alarms.refresh import refresh_file
from casefile.errors import Fault, Invalid
from casefile.exchange.census.held import HeldReturn
from casefile.exchange.census.place import Item
from casefile.exchange.chronology.rows import Told, ToldEvent, read_rows
from casefile.exchange.chronology.sheet import KEPT, open_sheet
from casefile.exchange.filing import Bringing, Filing
from casefile.exchange.readers.inside import Part
from casefile.files.actions.documents import NewDocument, put_document
from casefile.files.reach import case_file
from casefile.record.model import Document
from casefile.record.persons import PersonView, folded, people_of
from casefile.sections.values import DOUBTS
from casefile.work.door import action
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

AGENCIES = "agency"


@dataclass(frozen=True, slots=True)
class ChronologyReport:
    """What came of a chronology.

    Attributes:
        added, held: Events that were brought in, and that the file held already.
        empty: Rows in which nothing happened.
        doubtful: Events whose date is doubtful.
        concerned: Events of which the file knows whom they are about.
    """

    reference: str
    name: str
    agency: str
    added: int
    held: int
    empty: int
    doubtful: int
    concerned: int

    @property
    def sentence(self) -> str:
        """What happened, in a sentence."""
        said = [
            f"{self.added:,} {'event' if self.added == 1 else 'events'} of {self.agency} brought into {self.reference}"
        ]
        said += [f"{self.held:,} were there already"] if self.held else []
        said += [f"{self.empty:,} rows say nothing"] if self.empty else []
        said += [f"{self.doubtful:,} dates are doubtful, and say why"] if self.doubtful else []
        return f"{'; '.join(said)}."


@action(needs=Permission.KEEP_FILES, logs=Logged.COLLECTION)
def bring_in_chronology(
    work: Work,
    file_id: UUID,
    part: Part,
    agency: str,
    columns: Mapping[str, str],
    *,
    received_on: date | None = None,
    sheet: str = "",
) -> ChronologyReport:
    """Bring another agency's chronology into a file, marked with its source.

    Args:
        work: The unit of work.
        file_id: The case file.
        part: The document, whole.
        agency: Whose chronology it is; a code of the agencies.
        columns: What columns hold, where the guess is to be corrected.
        received_on: The day police had it: everything in it is known from that day; today without it.
        sheet: Which sheet of a workbook.

    Raises:
        Missing: There is no such file for this officer.
        Invalid: The agency is none, or no column says what happened. Nothing is brought in.
        Damaged: The document cannot be read. Nothing is brought in.
    """
    reference = case_file(work, file_id).reference
    codes = work.standards.codes(AGENCIES)
    if agency not in codes:
        raise Invalid([Fault("agency", "Say whose chronology it is.")], kept=KEPT)
    told = read_rows(open_sheet(part.data, part.name, sheet), columns, work.today)
    received = min(received_on or work.today, work.today)
    document = _filed(work, file_id, part, received, codes.label(agency))
    people = people_of(work.session, file_id, work.today)
    bringing = Bringing(
        work, HeldReturn(work.session, f"agency-chronology/{agency}/{file_id}"),
        f"{codes.label(agency)}, {part.name}", None, received, "chronology",
    )  # fmt: skip
    filing, concerned, added = Filing(bringing, file_id), 0, 0
    for place, (event, key) in enumerate(_keyed(told)):
        work.progress.step(place, len(told.events), "Bringing in events")
        if bringing.held.get(key) is not None:
            continue
        about = _concerned(event, people)
        added += 1
        concerned += bool(about)
        filing.put_entry(_item(event, key, agency, document), about)
    bringing.held.flush()
    refresh_file(work, file_id)
    work.note(reference=reference, events=added, agency=agency)
    return ChronologyReport(
        reference,
        part.name,
        codes.label(agency),
        added,
        len(told.events) - added,
        told.empty,
        told.doubtful,
        concerned,
    )


def _filed(work: Work, file_id: UUID, part: Part, received: date, sender: str) -> UUID:
    """The document itself, kept whole once."""
    same = work.session.scalars(
        select(Document.id)
        .where(Document.file_id == file_id, Document.sha256 == hashlib.sha256(part.data).hexdigest())
        .limit(1)
    ).first()
    reading = part.reading
    return same or put_document(
        work, file_id,
        NewDocument(part.name, reading.media_type, part.data, reading.text, received, sender, reading.warnings, None),
    )  # fmt: skip


def _keyed(told: Told) -> list[tuple[ToldEvent, str]]:
    """Each event with what finds it again: its own words, and which of several alike it is."""
    met: Counter[str] = Counter()
    found: list[tuple[ToldEvent, str]] = []
    for one in told.events:
        words = "\x1f".join(
            (one.stated or str(one.on), str(one.at or ""), one.what, one.told_by, one.about, one.response)
        )
        digest = hashlib.sha256(words.encode()).hexdigest()
        met[digest] += 1
        found.append((one, f"{digest}/{met[digest]}"))
    return found


def _item(event: ToldEvent, key: str, agency: str, document: UUID) -> Item:
    raw = {
        "happened_on": event.on.isoformat() if event.on else None,
        "happened_at": event.at.strftime("%H:%M") if event.at else None,
        "agency": agency,
        "what": event.what,
        "told_by": event.told_by,
        "about": event.about,
        "response": event.response,
        "stated_on": event.stated,
        "document_id": str(document),
        "place": f"Row {event.row}",
    }
    doubts = {"happened_on": {"stated": event.stated, "why": event.why}} if event.why else {}
    return Item("agency_event", key, event.on, {**{k: v for k, v in raw.items() if v}, DOUBTS: doubts}, 0)


def _concerned(event: ToldEvent, people: Sequence[PersonView]) -> tuple[UUID, ...]:
    """People of the file whose whole name stands in what the row says it is about."""
    said = f" {folded(event.about)} "
    return tuple(
        one.id for one in people if event.about and len(one.name) > 3 and f" {folded(one.name)} " in said
    )
