"""Hand-over on paper: the pack of one officer (index, each checklist, signatures), and what is outstanding."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from reportlab.platypus import CondPageBreak, Flowable, PageBreak

from casefile.audit.recipient import recipient_of
from casefile.handover.outstanding import outstanding
from casefile.handover.queries import checklist, handover
from casefile.handover.rows import Block, ChecklistPage, HandoverPage, ItemRow, OutstandingRow, WordRow
from casefile.paper import parts, sheet
from casefile.paper.book import Section, lay_book
from casefile.paper.listed import PrintedList, lay_list
from casefile.paper.model_file import Pairs, PrintedTable
from casefile.paper.rows import Column, Rows
from casefile.paper.sheet import Imprint
from casefile.record.dates import long_date, short_date
from casefile.store.counters import next_number
from casefile.work.door import action, query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

MARKING = "OFFICIAL-SENSITIVE"
_TITLES = {"hand_over": "Hand-over", "hand_back": "Hand-back"}
_WORDS = {
    "sent": "Sent",
    "opened": "Opened",
    "asked": "Asked back",
    "answered": "Answered",
    "refused": "Refused",
    "accepted": "Accepted",
    "withdrawn": "Taken back",
    "excepted": "Exception",
    "stays": "Stays",
}


@action(needs=Permission.DISCLOSE, logs=Logged.DISCLOSURE)
def print_handover(work: Work, which: UUID | str, recipient: str) -> bytes:
    """Print the pack of a hand-over as a numbered copy: index, every checklist this officer may see, signatures.

    Raises:
        Invalid: Nobody is named to receive the copy.
    """
    whom = recipient_of(recipient)
    page = handover(work, which)
    number = next_number(work.session, f"copy/handover/{page.row.id}")
    work.disclosed_to(whom)
    work.note(copy=number)
    return _pack(work, page, number)


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def preview_handover(work: Work, which: UUID | str) -> bytes:
    """Look at the pages that a pack would have; every page says that it is no copy."""
    return _pack(work, handover(work, which), None)


@action(needs=Permission.ALLOCATE, logs=Logged.DISCLOSURE)
def print_outstanding(work: Work, recipient: str = "the supervisor", *, team: str = "") -> bytes:
    """Print what of hand-over wants a supervisor, as a numbered copy."""
    number = next_number(work.session, "copy/handovers-outstanding")
    work.disclosed_to(recipient.strip() or "the supervisor")
    work.note(copy=number)
    return _list(work, team, number)


@query(needs=Permission.ALLOCATE, logs=Logged.CONSULTATION)
def preview_outstanding(work: Work, *, team: str = "") -> bytes:
    """Look at the pages of the list of what is outstanding; every page says that it is no copy."""
    return _list(work, team, None)


def _list(work: Work, team: str, copy: int | None) -> bytes:
    rows = outstanding(work, team=team)
    stream = io.BytesIO()
    day = f"outstanding {long_date(work.today)}"
    imprint = Imprint(MARKING, "Hand-over", day, work.actor.name, work.now, copy)
    pages = lay_list(_outstanding(rows, work.today, team), stream, imprint, work.progress)
    work.note(pages=pages, found=len(rows))
    return stream.getvalue()


def _pack(work: Work, page: HandoverPage, copy: int | None) -> bytes:
    stream = io.BytesIO()
    imprint = Imprint(MARKING, page.row.reference, page.row.officer, work.actor.name, work.now, copy)
    title = _TITLES[page.row.kind]
    pages = lay_book(_story(work, page), stream, imprint, title=title, progress=work.progress)
    work.note(pages=pages)
    return stream.getvalue()


def _story(work: Work, page: HandoverPage) -> Iterator[Flowable]:
    title = f"{_TITLES[page.row.kind]} of {page.row.officer}"
    yield Section("Index")
    yield parts.Heading(title, sheet.TITLE, "index", 0)
    yield parts.Gap(8)
    yield from parts.fields(_about(work, page))
    yield parts.Rule(8, 10)
    columns = (
        Column("File", 26),
        Column("Family", 22),
        Column("As", 16),
        Column("How it stands", 29),
        Column("Page", 7, number=True),
    )
    if page.items:
        yield Rows(columns, (_index_row(work, one) for one in page.items))
    else:
        yield parts.words("No file of it may be shown.", sheet.QUIETLY)
    for one in page.items:
        yield from _sheet(work, checklist(work, one.id))
    yield Section("Signatures")
    yield PageBreak()
    yield from _signatures(page)


def _about(work: Work, page: HandoverPage) -> Pairs:
    row = page.row
    kind = work.standards.codes("absence_kind").label(row.absence_kind) if row.absence_kind else ""
    until = long_date(row.until_on) if row.until_on else "Not known"
    back = row.kind == "hand_back"
    found = (
        ("Reference", row.reference),
        ("Officer", row.officer),
        ("Why", " ".join(one for one in (kind, row.reason) if one) or ("Back" if back else "")),
        ("Back on" if back else "Away from", long_date(row.begins_on)),
        ("Away until", until if row.absence_kind else ""),
        ("Begun", f"{long_date(row.begun_on)} by {row.begun_by}"),
        ("Without the officer", "" if row.planned or back else "Drawn from the files; the officer was not there."),
        ("Files", f"{row.files}, {row.settled} settled"),
        ("Not shown", f"{row.restricted} restricted" if row.restricted else ""),
        ("Signed", f"{long_date(row.signed_on)} by {row.signed_by}" if row.signed_on else ""),
        ("Ended", row.ended_why),
    )  # fmt: skip
    return tuple((label, words) for label, words in found if words)


def _index_row(work: Work, one: ItemRow) -> tuple[str | Flowable, ...]:
    mark = "◆ " if one.late else ""
    role = work.standards.codes("handover_role").label(one.role)
    return (
        f"{mark}{one.reference}",
        one.family_name or "Not named",
        role,
        one.state,
        parts.PageOf(str(one.id)),
    )


def _sheet(work: Work, page: ChecklistPage) -> Iterator[Flowable]:
    """The checklist of one file on pages of its own."""
    item = page.item
    yield Section(item.reference)
    yield PageBreak()
    family = f", {item.family_name} family" if item.family_name else ""
    yield parts.Heading(f"{item.reference}{family}", sheet.TITLE, str(item.id), 0)
    yield parts.Gap(6)
    yield from parts.fields(_head(work, page))
    for block in page.blocks:
        yield from _block(block)
    for table in _said(work, page):
        yield from _table(table)
    yield from _table(_history(page.words))
    yield CondPageBreak(70)
    yield parts.Gap(18)
    yield from _sign_here(("Given by", item.from_officer), ("Received by", item.receiver))


def _head(work: Work, page: ChecklistPage) -> Pairs:
    item, values = page.item, page.values
    safe = work.standards.codes("handover_safe").label(str(values["safe"])) if values.get("safe") else ""
    risk = work.standards.codes("risk_level").label(item.risk_level) if item.risk_level else "Not assessed"
    found = (
        ("As", work.standards.codes("handover_role").label(item.role)),
        ("From", item.from_officer),
        ("To", item.receiver or "Nobody chosen yet"),
        ("How it stands", item.state),
        ("Answers for it today", page.owner.sentence),
        ("Risk", risk),
        ("Every child safe now?", safe or "Not said yet"),
        ("What that rests on", str(values.get("safe_words") or "")),
        ("What worries the officer", str(values.get("worry") or "")),
        ("Notebooks and papers", str(values.get("notebooks") or "")),
    )
    return tuple((label, words) for label, words in found if words)


def _block(block: Block) -> Iterator[Flowable]:
    yield CondPageBreak(60)
    yield parts.Gap(10)
    if not block.lines:
        yield parts.words(block.title, sheet.COLUMN)
        yield parts.words(block.nothing or "Nothing.", sheet.QUIETLY)
        return
    columns = (Column(block.title, 82), Column("Day", 18))
    yield Rows(
        columns,
        ((f"{'◆ ' if one.late else ''}{one.text}", short_date(one.on)) for one in block.lines),
    )


def _said(work: Work, page: ChecklistPage) -> Iterator[PrintedTable]:
    """What the officer adds: corrections, promises, partners to be told; only where there is any."""
    values = page.values
    headings, agencies = work.standards.codes("handover_heading"), work.standards.codes("agency")
    if rows := _rows(values.get("corrections")):
        said = tuple(
            (headings.label(str(one.get("heading") or "")), str(one.get("says") or "")) for one in rows
        )
        columns = (Column("Heading", 30), Column("What is wrong or missing", 70))
        yield PrintedTable("corrections", "Corrections by the officer", columns, said)
    if rows := _rows(values.get("promises")):
        said = tuple(
            (
                str(one.get("who") or ""),
                str(one.get("what") or ""),
                _day(one.get("by_on")),
                str(one.get("told_by") or ""),
            )
            for one in rows
        )
        columns = (Column("To whom", 24), Column("What", 40), Column("By", 14), Column("Told by", 22))
        yield PrintedTable("promises", "Promises to child and family", columns, said)
    if rows := _rows(values.get("tell")):
        said = tuple(
            (str(one.get("whom") or ""), agencies.label(str(one.get("agency") or ""))) for one in rows
        )
        columns = (Column("Whom", 55), Column("Agency", 45))
        yield PrintedTable("tell", "Partners to be told", columns, said)


def _rows(found: Any) -> list[dict[str, Any]]:
    return list(found or ())


def _day(stated: Any) -> str:
    """A day as the form holds it; what is no day yet stands as typed."""
    try:
        return short_date(date.fromisoformat(str(stated))) if stated else ""
    except ValueError:
        return str(stated)


def _history(words: tuple[WordRow, ...]) -> PrintedTable:
    columns = (Column("Day", 14), Column("What", 16), Column("By", 24), Column("Words", 46))
    return PrintedTable(
        "words", "What was said and done", columns, tuple(_word(one) for one in words), "Nothing yet."
    )


def _word(one: WordRow) -> tuple[str, ...]:
    extra = [one.said]
    if one.what == "sent":
        extra.append(f"To {one.receiver}.")
    if one.interim:
        extra.append(
            f"{one.interim} looks after it until {long_date(one.until_on)}. Approved by {one.approved_by}."
        )
    return (
        short_date(one.on),
        _WORDS.get(one.what, one.what),
        one.by,
        " ".join(each for each in extra if each),
    )


def _table(table: PrintedTable) -> Iterator[Flowable]:
    rows = tuple(table.rows)
    yield CondPageBreak(60)
    yield parts.Gap(10)
    yield parts.words(table.title, sheet.GROUP)
    yield parts.Gap(2)
    if rows:
        yield Rows(table.columns, rows)
    else:
        yield parts.words(table.none, sheet.QUIETLY)


def _signatures(page: HandoverPage) -> Iterator[Flowable]:
    yield parts.Heading("Signatures", sheet.TITLE, "signatures", 0)
    yield parts.Gap(8)
    row = page.row
    receivers = tuple(dict.fromkeys(one.receiver for one in page.items if one.receiver))
    if row.signed_on:
        words = f"Signed by {row.signed_by} on {long_date(row.signed_on)}."
        yield parts.words(f"{words} {row.signed_words}".strip(), sheet.BODY)
        yield parts.Gap(10)
    lines = (("Given by", row.officer), *(("Received by", one) for one in receivers), ("Supervisor", ""))
    yield from _sign_here(*lines)


def _sign_here(*lines: tuple[str, str]) -> Iterator[Flowable]:
    """A place for each to sign."""
    columns = (Column("", 16), Column("Name", 30), Column("Signature", 36), Column("Date", 18))
    yield Rows(columns, ((label, name, parts.Gap(24), "") for label, name in lines))


def _outstanding(rows: tuple[OutstandingRow, ...], today: date, team: str) -> PrintedList:
    about = (
        ("As of", long_date(today)),
        ("Team", team or "Every team"),
        ("Found", f"{len(rows)}, {sum(one.late for one in rows)} late"),
    )
    columns = (
        Column("File", 17),
        Column("Officer", 18),
        Column("What is outstanding", 37),
        Column("Since or from", 14),
        Column("Answers for it", 19),
    )
    said = tuple(
        (
            f"{'▲ ' if one.late else ''}{one.reference or 'Files'} {one.family_name}".strip(),
            one.officer or "Nobody",
            one.sentence,
            short_date(one.from_on),
            one.owner,
        )
        for one in rows
    )
    table = PrintedTable("outstanding", "Outstanding", columns, said, "Nothing is outstanding.")
    return PrintedList("Hand-overs outstanding", about, (table,))
