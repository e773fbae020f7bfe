"""The register of challenges on paper."""

from __future__ import annotations

import io

from casefile.audit.recipient import recipient_of
from casefile.paper.listed import PrintedList, lay_list
from casefile.paper.model_file import PrintedTable
from casefile.paper.rows import Column
from casefile.paper.sheet import Imprint
from casefile.record.dates import long_date, short_date
from casefile.store.counters import next_number
from casefile.supervision.challenges import (
    ChallengeRow,
    Register,
    RegisterFilter,
    challenge_register,
    standing,
)
from casefile.work.door import action, query
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

MARKING = "OFFICIAL-SENSITIVE"


@action(needs=Permission.DISCLOSE, logs=Logged.DISCLOSURE)
def print_register(work: Work, wanted: RegisterFilter | None, recipient: str) -> bytes:
    """Print the register of challenges, as far as the officer may see it, as a numbered copy.

    Raises:
        Invalid: Nobody is named to receive the copy.
    """
    whom = recipient_of(recipient)
    found = challenge_register(work, wanted)
    number = next_number(work.session, "copy/challenges")
    work.disclosed_to(whom)
    work.note(copy=number)
    return _printed(work, found, wanted or RegisterFilter(), number)


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def preview_register(work: Work, wanted: RegisterFilter | None = None) -> bytes:
    """Look at the pages that the register would have; every page says that it is no copy."""
    return _printed(work, challenge_register(work, wanted), wanted or RegisterFilter(), None)


def _printed(work: Work, found: Register, wanted: RegisterFilter, copy: int | None) -> bytes:
    stream = io.BytesIO()
    title = "Register of challenges"
    imprint = Imprint(MARKING, title, long_date(work.today), work.actor.name, work.now, copy)
    listed = PrintedList(title, _about(work, found, wanted), (_open(found), _ended(found)))
    work.note(pages=lay_list(listed, stream, imprint, work.progress))
    return stream.getvalue()


def _about(work: Work, found: Register, wanted: RegisterFilter) -> tuple[tuple[str, str], ...]:
    agency = work.standards.codes("agency").label(wanted.agency) if wanted.agency else ""
    told = (
        ("As of", long_date(work.today)),
        ("Files", "Those that the officer holds or supervises" if wanted.mine else "Every file that may be seen"),
        ("Agency", agency),
        ("Words", wanted.text),
        ("Raised from", long_date(wanted.raised_from) if wanted.raised_from else ""),
        ("Open", f"{found.open}, {found.late} with a stage past its day" if wanted.state != "ended" else ""),
        ("Ended", "; ".join(f"{words}: {count}" for words, count in found.ended)),
    )  # fmt: skip
    return tuple((label, words) for label, words in told if words)


def _open(found: Register) -> PrintedTable:
    columns = (
        Column("File", 16),
        Column("To whom, about what", 18),
        Column("What we disagree with, and ask", 38),
        Column("How far", 28),
    )
    rows = tuple(_open_line(one) for one in found.rows if not one.outcome)
    return PrintedTable("open", "Open", columns, rows, "No challenge is open.")


def _open_line(one: ChallengeRow) -> tuple[str, ...]:
    danger = "▲ " if one.immediate_danger else ""
    return (
        f"{danger}{one.family_name.upper() or 'Not named'} {one.reference}",
        f"{one.agency}, {one.about.lower()}, raised {short_date(one.raised_on) or 'on a day not given'}",
        f"{one.disagreement} Asked: {one.asked_for}",
        f"{standing(one)} The child meanwhile: {one.interim_safety or 'nothing is recorded'}",
    )


def _ended(found: Register) -> PrintedTable:
    columns = (
        Column("File", 16),
        Column("To whom, about what", 18),
        Column("Raised and ended", 16),
        Column("How it ended", 18),
        Column("Learnt", 32),
    )
    rows = tuple(
        (
            f"{one.family_name.upper() or 'Not named'} {one.reference}",
            f"{one.agency}, {one.about.lower()}",
            f"{short_date(one.raised_on) or 'not given'} to {short_date(one.ended_on)}, stage {one.stage}",
            one.outcome,
            one.learning or "Nothing is recorded",
        )
        for one in found.rows
        if one.outcome
    )
    return PrintedTable("ended", "Ended", columns, rows, "None that was asked for has ended.")
