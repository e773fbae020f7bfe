"""Proposing minutes from the words of a document; saying honestly where it is something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time
from uuid import UUID

from casefile.exchange.minutes.actions import Meeting, actions_of
from casefile.exchange.minutes.dates import dates_in, first_date, time_in
from casefile.exchange.minutes.decisions import answers, decisions_of
from casefile.exchange.minutes.kinds import (
    HEAD,
    KINDS,
    calls_itself_a_record,
    calls_itself_something_else,
    kind_of,
)
from casefile.exchange.minutes.lines import Line, lines_of, pairs_of
from casefile.exchange.minutes.people import attendees_of
from casefile.exchange.minutes.proposed import Found, Known, ProposedAttendee, ProposedMinutes, StatedDate
from casefile.record.persons import folded

MOST_DOUBTFUL = 50
"""Dates that cannot be, told of one document."""
_MEETING = r"(?:the )?(?:\w+ ){0,3}(?:meeting|conference|discussion|core group|group|review)"
_HELD = re.compile(
    rf"^(?:date held|held|held on|held at|meeting date|conference date|date (?:and|/|&) time(?: of {_MEETING})?|date/time"
    rf"|date of (?:this )?{_MEETING}|date (?:the )?(?:meeting|conference) (?:was )?held|(?:meeting|conference|discussion) held(?: on)?)$"
)
_PLAIN_DATE = re.compile(r"^(?:date|dated|on)$")
_OTHER_DATE = re.compile(
    r"\b(?:next|birth|report|referral|first|issued?|circulat\w*|minutes|sent|received|previous|last)\b"
)
_NEXT = re.compile(
    r"^(?:date (?:and time )?of )?(?:the )?(?:next|first|1st)\b(?: \w+){0,5}$|^(?:date of )?review (?:child protection )?conference$"
    r"|^next \w+"
)
_NEXT_SAID = re.compile(
    r"\b(?:next|first|review)\b[^.]{0,60}\b(?:conference|core group|meeting|review)\b[^.]{0,40}\b(?:on|held|for|at)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(r"^(?:venue|place|location|where|held at|place of meeting)$")
_CHAIR = re.compile(
    r"^(?:(?:independent |conference )?chair(?:person|man|woman|ed by)?|led by|lead professional|chair of \w+)$"
)
_HELD_ON = re.compile(r"\b(?:held|took\s+place|met)\b[^.]{0,80}?\bon\b", re.IGNORECASE)


def propose_minutes(text: str, title: str = "", known: Known | None = None) -> ProposedMinutes:
    """What the words of a document say about a meeting, each thing with its line.

    Args:
        text: The words, a line for each paragraph, cells of tables apart by tabs.
        title: The title or subject that the document gives itself.
        known: Whom the store knows, so that officers and people of the file are met.
    """
    lines = _after_mail_head(lines_of(text))
    head = lines[:HEAD]
    known = known or Known()
    kind = kind_of(head, title)
    held = _held(lines, kind.value if kind else "")
    attendees = attendees_of(lines)
    day = held.value.day if held else None
    actions = actions_of(lines, Meeting(day, attendees, known))
    decisions = decisions_of(lines)
    is_minutes, why = _judge(head, title, kind, (held is not None, len(attendees), len(actions)))
    return ProposedMinutes(
        is_minutes=is_minutes,
        why=why,
        kind=kind,
        held=held,
        held_at=_time(lines, held),
        place=_labelled(lines[:60], _PLACE),
        chair=_labelled(lines[:80], _CHAIR) or _in_the_chair(attendees),
        attendees=attendees,
        actions=actions,
        next_on=_next(lines, held, kind.value if kind else ""),
        decisions=decisions,
        codes=tuple(answers(kind.value if kind else "", decisions, lines[:20], attendees)),
        doubtful=tuple(_doubtful(lines)),
        named=_named(text, known),
    )


def _after_mail_head(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines below the head of a mail: its date is not the day of a meeting."""
    place = 0
    while place < len(lines) and re.match(r"(?:From|To|Cc|Date|Subject|Sent): ", lines[place].text):
        place += 1
    return lines[place:] if place > 1 else lines


def _judge(
    head: tuple[Line, ...], title: str, kind: Found[str] | None, found: tuple[bool, int, int]
) -> tuple[bool, str]:
    """Minutes say so and of what, when it was, who was there and what was agreed; most of that must be there."""
    held, people, actions = found
    record = calls_itself_a_record(head, title)
    other = calls_itself_something_else(head, title)
    score = (
        2 * record
        + 2 * (kind is not None)
        + held
        + 2 * (people > 1)
        + (actions > 0)
        - 3 * bool(other and not record)
    )
    enough = people > 0 and score >= 5
    said = (
        f"{people} attendee{'' if people == 1 else 's'}, {actions} action{'' if actions == 1 else 's'}, "
        f"{'the date' if held else 'no date'} of the meeting"
    )
    if enough:
        return True, f"It reads as the record of a meeting: {said} found."
    if other:
        return False, f"It is not minutes: it calls itself {other}."
    if record or kind:
        return False, f"It speaks of a meeting but does not read as its minutes: {said} found."
    return False, "It is not minutes: it names no meeting, nobody present and nothing agreed at one."


def _held(lines: tuple[Line, ...], kind: str) -> Found[StatedDate] | None:
    review = kind == "review_conference"
    for wanted in (_HELD, _PLAIN_DATE):
        for line in lines[:80]:
            for label, value in pairs_of(line):
                if _OTHER_DATE.search(label) or (not review and "review conference" in label):
                    continue
                if wanted.match(label) and (day := first_date(value)):
                    return Found(day, line.number, line.text)
    for line in lines[:25]:
        said = _HELD_ON.search(line.text)
        if said and (day := first_date(line.text[said.start() :])):
            return Found(day, line.number, line.text)
    for line in lines[:8]:
        if (
            any(pattern.search(line.text) for _, pattern in KINDS)
            and not pairs_of(line)
            and (day := first_date(line.text))
        ):
            return Found(day, line.number, line.text)
    return None


def _time(lines: tuple[Line, ...], held: Found[StatedDate] | None) -> Found[time] | None:
    for line in lines[:80]:
        if held is not None and line.number == held.line and (clock := time_in(line.text)):
            return Found(clock, line.number, line.text)
        for label, value in pairs_of(line):
            if label in ("time", "time of meeting", "start time", "time held") and (clock := time_in(value)):
                return Found(clock, line.number, line.text)
    return None


def _labelled(lines: tuple[Line, ...], wanted: re.Pattern[str]) -> Found[str] | None:
    for line in lines:
        for label, value in pairs_of(line):
            if value and wanted.match(label):
                return Found(value.strip(" ."), line.number, line.text)
    return None


def _in_the_chair(attendees: tuple[ProposedAttendee, ...]) -> Found[str] | None:
    """Who is listed as the chair."""
    one = next((one for one in attendees if re.search(r"\bchair", one.role, re.IGNORECASE)), None)
    return Found(one.name, one.line, one.evidence) if one else None


def _next(lines: tuple[Line, ...], held: Found[StatedDate] | None, kind: str) -> Found[StatedDate] | None:
    """The next meeting of its kind: on a line that says so, on a day after this one."""
    other = {"core_group": "conference"}.get(kind, "core group")
    for line in lines:
        if other in line.text.lower():
            continue
        labels = [value for label, value in pairs_of(line) if _NEXT.match(label)]
        if not labels and _NEXT_SAID.search(line.text) and not line.cells:
            labels = [line.text[_NEXT_SAID.search(line.text).start() :]]  # type: ignore[union-attr]
        for value in labels:
            day = first_date(value)
            later = day and not (held and day.day and held.value.day and day.day <= held.value.day)
            if day and later and not (held and line.number == held.line):
                return Found(day, line.number, line.text)
    return None


def _doubtful(lines: tuple[Line, ...]) -> Iterator[Found[StatedDate]]:
    told: set[str] = set()
    for line in lines:
        for one in dates_in(line.text):
            if one.why and one.stated not in told and len(told) < MOST_DOUBTFUL:
                told.add(one.stated)
                yield Found(one, line.number, line.text)


def _named(text: str, known: Known) -> tuple[UUID, ...]:
    """Which people of the file the document names: by the whole name, or given and family name apart."""
    words = f" {_words(text[:400_000])} "
    found: list[UUID] = []
    for identity, name in known.people:
        parts = [part for part in _words(name).split() if len(part) > 1]
        if len(parts) > 1 and all(f" {part} " in words for part in (parts[0], parts[-1])):
            found.append(identity)
    return tuple(found)


def _words(text: str) -> str:
    """Words alone, without case and accents."""
    return re.sub(r"[^\w-]+", " ", folded(text))
