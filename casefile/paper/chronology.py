"""A chronology on paper as it is filtered: drawn along time, then event by event with its source."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from uuid import UUID

from reportlab.platypus import Flowable

from casefile.audit.recipient import recipient_of
from casefile.files.chronology.model import Chronology, Event, Wanted, chosen
from casefile.files.chronology.queries import read_chronology
from casefile.files.chronology.timeline import scale_of, timeline_of
from casefile.paper import parts, sheet
from casefile.paper.book import Section, lay_book
from casefile.paper.model_file import PrintedTable, table_of
from casefile.paper.pictured import SMALLEST, laid
from casefile.paper.rows import Column
from casefile.paper.sheet import Imprint
from casefile.paper.words import plain
from casefile.record.dates import long_date, short_date
from casefile.sections import SECTIONS
from casefile.standards import Library
from casefile.store.counters import next_number
from casefile.work.door import action, query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

_TITLE = "Chronology"
_SIGNS = {"danger": "▲ ", "significant": "◆ "}
_EVERYTHING = Wanted()


@action(needs=Permission.DISCLOSE, logs=Logged.DISCLOSURE)
def print_chronology(
    work: Work, file_id: UUID, recipient: str, wanted: Wanted = _EVERYTHING, beside: Sequence[UUID] = ()
) -> bytes:
    """Print a chronology, of one file or of several of a family, as a numbered copy.

    Args:
        work: The unit of work.
        file_id: The case file.
        recipient: For whom the copy is; the log names them.
        wanted: Which events are on it; the copy says which were left out and by what.
        beside: Other files of the family.

    Raises:
        Missing: There is no such file for this officer, or one beside it shares nobody with it.
        Invalid: Nobody is named to receive the copy.
    """
    whom = recipient_of(recipient)
    told = read_chronology(work, file_id, beside)
    number = next_number(work.session, f"copy/{file_id}")
    work.disclosed_to(whom)
    work.note(copy=number, events=len(chosen(told, wanted)), files=len(told.files))
    return _printed(work, told, wanted, number)


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def preview_chronology(
    work: Work, file_id: UUID, wanted: Wanted = _EVERYTHING, beside: Sequence[UUID] = ()
) -> bytes:
    """Look at the pages that a chronology would have; every page says that it is no copy."""
    return _printed(work, read_chronology(work, file_id, beside), wanted, None)


def filter_words(told: Chronology, wanted: Wanted, library: Library) -> str:
    """What a filter asks for, in a sentence; "" where it asks for nothing."""
    said = [
        f"about {told.people.get(wanted.person, 'somebody not named')}" if wanted.person else "",
        f"by {library.codes('agency').label(wanted.agency)}" if wanted.agency else "",
        f"in the section {SECTIONS[wanted.section].title}" if wanted.section in SECTIONS else "",
        {"significant": "significant or dangerous", "danger": "dangerous"}.get(wanted.weight, ""),
        f"with the words “{wanted.words.strip()}”" if wanted.words.strip() else "",
        f"from {long_date(wanted.since)}" if wanted.since else "",
        f"until {long_date(wanted.until)}" if wanted.until else "",
    ]
    said = [one for one in said if one]
    return f"Only events {', '.join(said)}." if said else ""


def _printed(work: Work, told: Chronology, wanted: Wanted, copy: int | None) -> bytes:
    stream = io.BytesIO()
    heading = f"{told.family_name.upper()} family" if told.family_name else "Family not named"
    imprint = Imprint(told.marking, told.reference, heading, work.actor.name, work.now, copy)
    pages = lay_book(
        _story(told, wanted, work.standards), stream, imprint, title=_TITLE, progress=work.progress
    )
    work.note(pages=pages)
    return stream.getvalue()


def _story(told: Chronology, wanted: Wanted, library: Library) -> Iterator[Flowable]:
    events = chosen(told, wanted)
    yield Section(_TITLE)
    yield parts.Heading(_TITLE, sheet.TITLE, "chronology", 0)
    files = f"Files: {', '.join(told.files.values())}. " if len(told.files) > 1 else ""
    left = f"{filter_words(told, wanted, library)} {len(events):,} of {len(told.events):,} events. "
    signs = "▲ danger, ◆ significant; □ told by another agency and not checked by police."
    yield parts.words(f"{files}{left.strip()} {signs}", sheet.QUIETLY)
    yield parts.Gap(8)
    if events:
        scale = scale_of(events, told.today, room=sheet.TEXT_WIDTH / SMALLEST)
        yield from laid(timeline_of(told, events, scale))
        yield parts.Gap(8)
    yield from table_of(_table(told, events, library))


def _table(told: Chronology, events: Sequence[Event], library: Library) -> PrintedTable:
    several = len(told.files) > 1
    columns = (
        Column("Date", 19),
        *((Column("File", 18),) if several else ()),
        Column("What happened", 56 if several else 64),
        Column("Divider and source", 34),
        Column("Police knew", 18),
    )
    titles = {one.key: one.title for one in library.dividers}
    rows = (_row(told, one, titles.get(one.divider, one.title)) for one in events)
    return PrintedTable("events", "Events", columns, rows, "No event fits.")


def _row(told: Chronology, event: Event, divider: str) -> tuple[str, ...]:
    at = f", {plain(event.happened_at)}" if event.happened_at else ""
    when = f"{short_date(event.happened_on)}{at}" if event.happened_on else "Day not known"
    sign = _SIGNS.get(event.weight, "□ " if event.imported else "")
    what = [f"{sign}{event.told or event.summary}"]
    if event.mark is not None:
        what.append(f"Marked as significant by {event.mark.by}: {event.mark.why}")
    what += [f"Doubtful, as stated: {one}" for one in event.doubts]
    file = (event.reference,) if len(told.files) > 1 else ()
    return (when, *file, "\n".join(what), f"{divider}. {event.source}", short_date(event.known_on))
