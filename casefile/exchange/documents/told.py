"""What a document was read as, in sentences for people."""

from __future__ import annotations

from collections.abc import Iterator

from casefile.exchange.minutes import Known, ProposedMinutes
from casefile.record.dates import long_date
from casefile.standards import Library


def read_as(read: ProposedMinutes, library: Library) -> str:
    """One sentence: minutes of what, held when, how many people and actions; or that it is no minutes."""
    if not read.is_minutes:
        return read.why
    kind = library.codes("meeting_kind").label(read.kind.value) if read.kind else ""
    meeting = (
        f"{kind[0].lower()}{kind[1:]}"
        if kind and not kind.isupper()
        else kind or "a meeting of a kind not named"
    )
    when = ""
    if read.held is not None:
        day = read.held.value.day
        when = f" held on {long_date(day)}" if day else f" held, as stated, on {read.held.value.stated}"
    undated = sum(1 for one in read.actions if one.due is None or one.due.day is None)
    without = f", {undated} of them without a day to be done by" if undated else ""
    return (
        f"read as minutes, {meeting}{when}; {_count(len(read.attendees), 'person', 'people')} and "
        f"{_count(len(read.actions), 'action', 'actions')} found{without}."
    )


def doubts(read: ProposedMinutes, known: Known, left_out: int) -> Iterator[str]:
    """What a person should look at before signing, each in a sentence."""
    for one in read.doubtful:
        yield f"Doubtful, kept as stated: “{one.value.stated}” on line {one.line}. {one.value.why}"
    if not read.is_minutes:
        return
    if read.held is None:
        yield "The day of the meeting was not found: fill it in from the document."
    if read.kind is None:
        yield "It does not say which kind of meeting it was: choose it."
    if known.people and not read.named:
        yield "Nobody of this file is named in it. Check that it belongs here before you sign."
    if left_out:
        yield (
            f"{_count(left_out, 'action stands', 'actions stand')} already in the file for this meeting "
            "and would be owed twice: left out of the form."
        )


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
