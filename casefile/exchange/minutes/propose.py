"""From the text of a document to minutes a person can confirm, or to nothing where it holds none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time

from casefile.exchange.minutes.actions import actions_of
from casefile.exchange.minutes.outline import Block, Part, lines_of, outline
from casefile.exchange.minutes.people import attendees_of
from casefile.exchange.minutes.proposal import ProposedAction, ProposedAttendee, ProposedMinutes, StatedDate
from casefile.exchange.minutes.when import dates_in, first_date, time_in
from casefile.exchange.minutes.who import split_person, surname

_KINDS: tuple[tuple[str, str], ...] = (
    (r"strategy (?:discussion|meeting)", "strategy"),
    (r"pre.?birth (?:child protection )?(?:case )?conference", "pre_birth_conference"),
    (r"review (?:child protection |case )?conference|child protection review|\brcpc\b", "review_conference"),
    (r"initial (?:child protection |case )?conference|\bicpc\b", "initial_conference"),
    (r"core group", "core_group"),
    (r"legal (?:planning|gateway|strategy)", "legal_planning"),
    (r"discharge planning", "discharge"),
    (r"\bmarac\b|multi.agency risk assessment conference", "marac"),
    (r"\bmappa\b", "mappa"),
    (r"family group conference", "family_group_conference"),
    (r"network meeting|family network", "network"),
    (r"rapid review|(?:serious )?case review (?:panel|meeting)", "rapid_review"),
    (r"\blado\b|allegations? (?:against|management)|managing allegations", "lado"),
    (r"looked.after (?:child(?:ren)?.? )?review", "looked_after_review"),
    (r"child death (?:overview|review)", "child_death"),
    (r"professionals.? meeting", "professionals"),
)  # fmt: skip
_NOT_MINUTES = re.compile(r"\breport (?:for|to)\b|\binvitation\b|\bagenda\b", re.IGNORECASE)
_DECIDED = re.compile(
    r"subject (?:of|to) (?:a )?child protection plan|section 47 enquir|threshold", re.IGNORECASE
)
_CATEGORY = re.compile(r"category|dissent", re.IGNORECASE)
_MOST_TITLE = 110
_LOOKED_AT = 14
"""Lines of the beginning among which the title stands: below come the children, the date and who was there."""
_MOST_DOUBTS = 20


def propose_minutes(text: str) -> ProposedMinutes | None:
    """The minutes that a document holds, or None where it is not the record of a meeting.

    It is one when a title near its beginning names a kind of meeting, and people or actions are listed.
    """
    title, kind = _title(text)
    if not kind:
        return None
    blocks = outline(text)
    attendees = attendees_of(blocks)
    agencies = {surname(one.name): one.agency for one in attendees if one.agency}
    actions = actions_of(blocks, agencies)
    if len(attendees) + len(actions) < 2:
        return None
    held = _held(blocks, text)
    return ProposedMinutes(
        kind=kind,
        title=title,
        held=held,
        held_at=_held_at(blocks),
        chair=_chair(blocks, attendees),
        attendees=attendees,
        actions=actions,
        decisions=_decisions(blocks),
        next_dates=tuple(
            f"{block.heading}: {block.inline}" for block in blocks if block.part is Part.NEXT and block.inline
        ),
        doubts=doubtful_dates(text) + _of_actions(actions, held),
    )


def doubtful_dates(text: str) -> tuple[str, ...]:
    """A sentence for each date of a text that cannot be, or that bears another day of the week."""
    said = dict.fromkeys(f"“{one.stated}”: {one.why}" for one in dates_in(text) if one.why)
    return tuple(said)[:_MOST_DOUBTS]


def _title(text: str) -> tuple[str, str]:
    """The line that names the meeting and its kind; two lines of a page may make one title."""
    lines = [line for line in (" ".join(raw.split()) for raw in lines_of(text)) if line][:_LOOKED_AT]
    for place, line in enumerate(lines):
        following = lines[place + 1] if place + 1 < len(lines) else ""
        for said in (line, f"{line} {following}"):
            if len(said) > _MOST_TITLE or said.endswith(".") or ":" in line[:-1]:
                continue
            kind = next((code for pattern, code in _KINDS if re.search(pattern, said.lower())), "")
            if kind:
                return ("", "") if _NOT_MINUTES.search(said) else (said, kind)
    return "", ""


def _held(blocks: Iterable[Block], text: str) -> StatedDate | None:
    for block in blocks:
        if block.part is Part.HELD and (found := first_date(f"{block.inline} {' '.join(block.lines[:1])}")):
            return found
    found = re.search(r"\b(?:held|met|took place|discussion)\s+(?:on|at)?\b(.{0,60})", text[:3000], re.DOTALL)
    return first_date(found[1]) if found else None


def _held_at(blocks: Iterable[Block]) -> time | None:
    for block in blocks:
        named_time = block.heading.lower() in ("time", "start time")
        if (block.part is Part.HELD or named_time) and (found := time_in(block.inline)):
            return found
    return None


def _chair(blocks: Iterable[Block], attendees: Iterable[ProposedAttendee]) -> str:
    for block in blocks:
        if block.part is Part.CHAIR and block.inline:
            return split_person(block.inline)[0]
    return next((one.name for one in attendees if re.search(r"\bchair\b", one.role.lower())), "")


def _decisions(blocks: Iterable[Block]) -> tuple[str, ...]:
    """What stands under such a heading; else the sentence that says it, and the category."""
    found = [said for block in blocks if block.part is Part.DECISION for said in _said(block)]
    if not found:
        lines = [line for block in blocks for line in block.lines if "\t" not in line]
        found = [line for line in lines if _DECIDED.search(line)]
    found += [
        f"{block.heading}: {block.inline}"
        for block in blocks
        if block.inline and _CATEGORY.match(block.heading)
    ]
    return tuple(dict.fromkeys(" ".join(one.split()) for one in found))


def _said(block: Block) -> Iterable[str]:
    if block.inline:
        yield block.inline
    if block.lines:
        yield " ".join(line.strip() for line in block.lines if "\t" not in line)


def _of_actions(actions: Iterable[ProposedAction], held: StatedDate | None) -> tuple[str, ...]:
    """What is doubtful about when things are to be done."""
    if held is None or held.day is None:
        return ()
    return tuple(
        f"“{one.what}” is due on {one.due.stated}, before the meeting."
        for one in actions
        if one.due and one.due.day and one.due.day < held.day
    )
