"""What a meeting decided that somebody is to do: from tables, numbered lists, labels and prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from casefile.exchange.minutes.agencies import agency_of
from casefile.exchange.minutes.dates import due_date
from casefile.exchange.minutes.lines import Line, heading_of, pairs_of
from casefile.exchange.minutes.proposed import Known, ProposedAction, ProposedAttendee, StatedDate
from casefile.exchange.minutes.tables import Table, table_at

MOST = 200
"""Actions taken from one document."""
_HEADING = re.compile(
    r"^(?:\d[\d.]*\s+)?(?:(?:summary of |list of )?(?:agreed |further |multi-agency )?"
    r"(?:actions?|action (?:points?|plan|list)|decisions?)"
    r"(?: agreed| required| arising| points)?(?: and (?:actions?|decisions?|recommendations?))?"
    r"|(?:conference )?recommendations?(?: and (?:outline (?:child protection )?plan|actions?))?"
    r"|(?:outline )?(?:child protection )?plan|next steps)$"
)
_LABEL = re.compile(r"^(?:agreed )?(?:action|action point|task|recommendation)(?: \d+)?$|^action \d+.*$")
_OWNER = re.compile(r"^(?:by whom|owner|who|responsible|person responsible|lead|action by|responsibility)$")
_DUE = re.compile(r"^(?:by when|when|due|due date|by|timescale|deadline|target date|date|complete by)$")
_DOES = re.compile(
    r"^(?P<owner>[^\W\d_][^;:!?]{1,80}?)\s+"
    r"(?P<how>to|will|would|shall|must|should|agreed\s+to|undertook\s+to|is\s+to|are\s+to|has\s+agreed\s+to)\s+"
    r"(?P<verb>[a-z][\w’'-]*)"
)
_NOBODY = re.compile(
    r"\b(?:that|was|were|has|had|is|are|need|needs|continue|going|able|unable|report|visit|assessment|review|plan|survey|letter|"
    r"information|contact|check|checks|copy|referral|decision|recommendation|it|there|this|meeting|conference|date)\b",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"[\s–—-]*\(([^()]{2,80})\)\s*\.?$")
_BY_WHEN = re.compile(
    r"[\s,;–—-]*\b(?:by|before|no\s+later\s+than|due|on\s+or\s+before)\s+(?:the\s+)?", re.IGNORECASE
)
_ON = re.compile(r"[\s,;–—-]*\bon\s+(?:the\s+)?", re.IGNORECASE)
_DAY_FIRST = re.compile(r"(?:[a-z]+day,?\s+)?(?:the\s+)?\d", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[^\W\d_A-Z][^\W\d_])\.\s+|(?<=\d)\.\s+")
_AGREED = re.compile(r"^(?:it\s+was\s+)?(?:also\s+)?(?:agreed|decided)\s+that\s+", re.IGNORECASE)
_FIRM = frozenset({"agreed to", "undertook to", "is to", "are to", "has agreed to"})
_NUMBER = re.compile(r"\s*(\d{1,3})[.)]\s")
_AFTER = re.compile(
    r"^(?:any other business|aob|dates? of next\b.*|next (?:meeting|conference|core group)|close|signed?|distribution)$"
)
_LONGEST = 800
"""Characters of one action; a longer paragraph is no action."""
_VAGUE = re.compile(
    r"\b(?:ASAP|as\s+soon\s+as\s+possible|immediate(?:ly)?|on-?going|today|tomorrow|urgent(?:ly)?|forthwith|this\s+week|"
    r"within\s+(?:\w+|\d+)\s+(?:working\s+|calendar\s+)?(?:hours?|days?|weeks?|months?)|(?:before|by)\s+the\s+next\s+[\w\s]{3,30}|"
    r"next\s+(?:core\s+group|conference|meeting|visit))\b",
    re.IGNORECASE,
)


class Meeting:
    """What is needed to understand its actions: the day it was held, who was there, and whom the store knows."""

    def __init__(self, held: date | None, attendees: tuple[ProposedAttendee, ...], known: Known) -> None:
        self.held = held
        self._attendees = attendees
        self._officers = known.officers

    def agency(self, owner: str) -> str:
        """The owner's agency: by what the words say, else by who was at the meeting."""
        words = {one for one in re.findall(r"[^\W\d_][\w’'-]+", owner) if one[0].isupper()}
        for one in self._attendees:
            if words and one.name.split()[-1] in words and one.agency:
                return one.agency
        return agency_of(owner, owner)

    def officer(self, owner: str) -> UUID | None:
        """The officer of the store who is meant: by number, or by surname where they are of the police."""
        words = set(re.findall(r"[\w’'-]+", owner.casefold()))
        for identity, name, number in self._officers:
            surname = name.casefold().split()[-1:] or [""]
            if number and number.casefold() in words and surname[0] in words:
                return identity
        same = [
            one for one, name, _ in self._officers if name.split() and name.casefold().split()[-1] in words
        ]
        return same[0] if len(same) == 1 and self.agency(owner) == "police" else None

    def action(self, line: Line, what: str, owner: str = "", due: str = "") -> ProposedAction | None:
        """One action, its owner and date taken out of the words where no column gives them; None for no words."""
        clean = _trim(what)
        day: StatedDate | None = due_date(due, self.held) if due else None
        vague = due if due and day is None else ""
        if not owner and (bracket := _BRACKET.search(clean)) and self._names_somebody(bracket[1]):
            owner, clean = bracket[1], clean[: bracket.start()]
            day = day or due_date(owner, self.held)
            owner = _trim(owner[: _deadline(owner)[0]])
        if not owner and (does := _DOES.match(clean)) and not _NOBODY.search(does["owner"]):
            owner = does["owner"]
        if day is None and not vague:
            day, vague = self._when(clean)
        if not 3 <= len(clean) <= _LONGEST:
            return None
        owner = _trim(owner)
        return ProposedAction(
            clean, owner, self.agency(owner) if owner else "", self.officer(owner) if owner else None,
            day, _trim(vague), line.number, line.text,
        )  # fmt: skip

    def _when(self, what: str) -> tuple[StatedDate | None, str]:
        at, words = _deadline(what)
        if at < len(what) and (day := due_date(words, self.held)):
            return day, ""
        vague = _VAGUE.search(what)
        if vague and self.held and vague[0].lower() == "today":
            return StatedDate("today", self.held), ""
        return None, vague[0] if vague else ""

    def _names_somebody(self, words: str) -> bool:
        first = words[: _deadline(words)[0]].strip(" ,;–—-")
        return bool(first) and (
            bool(self.agency(first)) or bool(re.match(r"[^\W\d_a-z][\w’'-]+ [^\W\d_a-z]", first))
        )


def actions_of(lines: tuple[Line, ...], meeting: Meeting) -> tuple[ProposedAction, ...]:
    """Every action of the minutes in order, the same words twice only once.

    Sentences of prose count only where the minutes hold no table, list or label of actions.
    """
    found: dict[str, ProposedAction] = {}
    for source in (_all, _prose):
        for one in source(lines, meeting):
            if one is not None and len(found) < MOST:
                found.setdefault(one.what.casefold(), one)
        if found:
            break
    return tuple(found.values())


def _prose(lines: tuple[Line, ...], meeting: Meeting) -> Iterator[ProposedAction | None]:
    """Sentences in which somebody of the meeting agrees to do something by a day."""
    for line in lines:
        for sentence in () if line.cells else _SENTENCE.split(line.text):
            said = _AGREED.sub("", sentence)
            does = _DOES.match(said)
            if does is None or _NOBODY.search(does["owner"]) or not meeting.agency(does["owner"]):
                continue
            if does["how"] in _FIRM or _deadline(said)[0] < len(said):
                yield meeting.action(line, said)


def _deadline(words: str) -> tuple[int, str]:
    """Where the words that say by when begin, and those words; the end of the text when there are none."""
    for pattern in (_BY_WHEN, _ON):
        for found in reversed(list(pattern.finditer(words))):
            rest = words[found.end() : found.end() + 60]
            if _DAY_FIRST.match(rest) or rest.lower().startswith("end of"):
                return found.start(), rest
    return len(words), ""


def _all(lines: tuple[Line, ...], meeting: Meeting) -> Iterator[ProposedAction | None]:
    listed, place, above = False, 0, ""
    while place < len(lines):
        line = lines[place]
        table = table_at(lines, place)
        if table is not None and table.has("what") and table.has("owner", "due"):
            yield from _rows(table, meeting)
            place, listed = table.end, False
            continue
        labelled = _labelled(lines, place)
        if labelled:
            what, owner, due, place = labelled
            yield meeting.action(line, what, owner, due)
            continue
        place += 1
        heading = heading_of(line)
        opens = bool(heading and _HEADING.match(heading))
        if heading:
            listed = opens or (listed and line.is_item and not _next_heading(line, heading, above))
        above = line.text if opens else above
        if listed and not opens:
            if line.is_item:
                yield meeting.action(line, *_item(line))
            elif (
                (does := _DOES.match(line.text)) and not _NOBODY.search(does["owner"]) and not pairs_of(line)
            ):
                yield meeting.action(line, line.text)
            else:
                listed = False


def _next_heading(line: Line, heading: str, above: str) -> bool:
    """Whether a numbered line goes on with the numbers of the headings rather than of the list."""
    if _AFTER.match(heading):
        return True
    last, this = _NUMBER.match(above), _NUMBER.match(line.text)
    return bool(last and this and int(this[1]) == int(last[1]) + 1 and not _DOES.match(line.body))


def _rows(table: Table, meeting: Meeting) -> Iterator[ProposedAction | None]:
    for line in table.rows:
        said = table.of(line)
        if said.get("what"):
            yield meeting.action(line, said["what"], said.get("owner", ""), said.get("due", ""))


def _labelled(lines: tuple[Line, ...], place: int) -> tuple[str, str, str, int] | None:
    """``Action: … By whom: … By when: …`` on one line or on lines that follow one another."""
    what = owner = due = ""
    at = place
    while at < len(lines) and at < place + 3:
        pairs = _inline(lines[at])
        if not pairs or (at > place and _LABEL.match(pairs[0][0])):
            break
        for label, value in pairs:
            if not what and _LABEL.match(label):
                what = value
            elif what and _OWNER.match(label):
                owner = value
            elif what and _DUE.match(label):
                due = value
            else:
                return (what, owner, due, at) if what and at > place else None
        if not what:
            return None
        at += 1
    return (what, owner, due, at) if what else None


_INLINE = re.compile(
    r"[\s.;,|–—-]+(?=(?:by\s+whom|by\s+when|owner|responsible|timescale|due(?:\s+date)?|deadline)\s*:)",
    re.IGNORECASE,
)


def _item(line: Line) -> tuple[str, str, str]:
    """What an item of a list says, and the owner and date that it names by labels: ``Visit. Owner: … Due: …``."""
    what, *rest = _INLINE.split(line.body)
    owner = due = ""
    for label, value in (pair for part in rest for pair in pairs_of(Line(line.number, part))):
        owner = owner or (value if _OWNER.match(label) else "")
        due = due or (value if _DUE.match(label) else "")
    return (what, owner, due) if owner or due else (line.body, "", "")


def _inline(line: Line) -> tuple[tuple[str, str], ...]:
    """The labels of a line, those that stand within a sentence too."""
    found: list[tuple[str, str]] = []
    for part in _INLINE.split(line.text):
        found.extend(pairs_of(Line(line.number, part)))
    return tuple(found)


def _trim(words: str) -> str:
    return " ".join(words.split()).strip(" ;,–—-")
