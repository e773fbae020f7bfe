"""What a search found, as a numbered print."""

from __future__ import annotations

import io
from collections.abc import Collection

from casefile.audit.recipient import recipient_of
from casefile.paper.listed import PrintedList, lay_list
from casefile.paper.model_file import PrintedTable
from casefile.paper.rows import Column
from casefile.paper.sheet import Imprint
from casefile.record.dates import long_date, short_date
from casefile.search.hits import Hit, Results
from casefile.search.words import COUNTED, search_words
from casefile.store.counters import next_number
from casefile.work.door import action, query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

MARKING = "OFFICIAL-SENSITIVE"
_COLUMNS = (Column("What", 25), Column("File", 16), Column("Date, by", 14), Column("Words around it", 45))


@action(needs=Permission.DISCLOSE, logs=Logged.DISCLOSURE)
def print_search(
    work: Work, recipient: str, line: str, *, kinds: Collection[str] = (), older: bool = False
) -> bytes:
    """Print what a search finds as a numbered copy.

    Raises:
        Invalid: Nobody is named to receive the copy.
    """
    number = _given_out(work, recipient)
    return _printed(work, search_words(work, line, kinds=kinds, older=older, most=COUNTED), number)


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def preview_search(work: Work, line: str, *, kinds: Collection[str] = (), older: bool = False) -> bytes:
    """Look at the pages that a print of a search would have; every page says that it is no copy."""
    return _printed(work, search_words(work, line, kinds=kinds, older=older, most=COUNTED), None)


def _given_out(work: Work, recipient: str) -> int:
    whom = recipient_of(recipient, kept="Nothing was given out.")
    number = next_number(work.session, "copy/search")
    work.disclosed_to(whom)
    work.note(copy=number)
    return number


def _printed(work: Work, found: Results, copy: int | None) -> bytes:
    stream = io.BytesIO()
    title = "What a search found"
    imprint = Imprint(MARKING, title, long_date(work.today), work.actor.name, work.now, copy)
    about = [
        ("As of", long_date(work.today)),
        ("Searched for", found.line.strip()),
        ("Only", "; ".join(one.said for one in found.narrowings) or "everything that may be seen"),
        ("Found", ", ".join(f"{one.title.lower()} {one.counted}" for one in found.groups) or "nothing"),
    ]
    if found.remarks:
        about.append(("Not read", " ".join(found.remarks)))
    tables = tuple(
        PrintedTable(one.kind, one.title, _COLUMNS, tuple(map(_row, one.hits)), "Nothing.")
        for one in found.groups
    ) or (PrintedTable("none", "Found", _COLUMNS, (), "Nothing was found."),)
    work.note(pages=lay_list(PrintedList(title, tuple(about), tables), stream, imprint, work.progress))
    return stream.getvalue()


def _row(hit: Hit) -> tuple[str, ...]:
    when = ", ".join(one for one in (short_date(hit.on) if hit.on else "", hit.by) if one)
    older = " (amended since)" if hit.older else ""
    return (
        f"{hit.title}{older}", f"{hit.family_name.upper() or 'Family not named'} {hit.reference}", when,
        hit.snippet.text,
    )  # fmt: skip
