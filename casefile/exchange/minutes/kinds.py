"""Which kind of meeting a document records, by what it calls itself."""

from __future__ import annotations

import re

from casefile.exchange.minutes.lines import Line
from casefile.exchange.minutes.proposed import Found

HEAD = 14
"""Lines at the top in which a document says what it is."""
_CONFERENCE = r"(?:child\s+protection\s+)?(?:case\s+)?conference"
_KINDS: tuple[tuple[str, str], ...] = (
    ("family_group_conference", r"family\s+group\s+conference"),
    ("pre_birth_conference", rf"pre[\s-]*birth\s+(?:initial\s+)?{_CONFERENCE}"),
    ("initial_conference", rf"initial\s+{_CONFERENCE}|\bICPC\b"),
    ("review_conference", rf"review\s+{_CONFERENCE}|{_CONFERENCE}\s+review|\bRCPC\b|\bCPRC\b"),
    ("core_group", r"core\s+group"),
    ("lado", r"\bLADO\b|allegations?\s+(?:management|strategy)|position\s+of\s+trust\s+meeting"),
    ("strategy", r"strategy\s+(?:discussion|meeting)"),
    ("legal_planning", r"legal\s+(?:planning|gateway)"),
    ("discharge", r"discharge\s+(?:planning\s+)?meeting"),
    ("marac", r"\bMARAC\b|multi-?\s?agency\s+risk\s+assessment\s+conference"),
    ("mappa", r"\bMAPPA\b"),
    ("rapid_review", r"rapid\s+review|serious\s+case\s+review\s+panel"),
    ("child_death", r"child\s+death\s+(?:review|overview)"),
    ("looked_after_review", r"(?:looked[\s-]after|\bLAC\b|\bCLA\b|statutory)\s+(?:child(?:ren)?\s+)?review"),
    ("network", r"(?:family\s+)?network\s+meeting|family\s+meeting"),
    ("professionals", r"professionals?[’']?s?\s+meeting|multi-?\s?agency\s+meeting"),
)
KINDS = tuple((code, re.compile(pattern, re.IGNORECASE)) for code, pattern in _KINDS)
_RECORD = re.compile(
    r"\bminutes\b|\bnotes?\s+of\b|\b(?:meeting|group)\s+notes\b|\brecord\s+of\b|\bsummary\s+of\s+(?:the\s+)?(?:meeting|conference)\b",
    re.IGNORECASE,
)
_ELSE = (
    ("an agenda", re.compile(r"^\W*agenda\b|\bagenda\s+for\b", re.IGNORECASE)),
    ("an invitation", re.compile(r"\binvitation\s+to\b|\byou\s+are\s+invited\b", re.IGNORECASE)),
    ("a referral", re.compile(r"^\W*(?:\w+\s+){0,3}referral(?:\s+form)?\s*$", re.IGNORECASE)),
    ("a report", re.compile(r"\breport\s+(?:for|to|by|on|of)\b|^\W*report\b|\breport\s*$", re.IGNORECASE)),
)


def kind_of(head: tuple[Line, ...], title: str) -> Found[str] | None:
    """The kind of meeting named at the top, or in the title; None when none is."""
    first = head[0].number if head else 1
    top = " ".join(line.text for line in head[:4] if not line.cells)
    said = [(line.text, line.number) for line in head[:4]] + [(top, first), (title, first)]
    for words, number in (*said, *((line.text, line.number) for line in head[4:])):
        for code, pattern in KINDS:
            if pattern.search(words):
                return Found(code, number, words)
    return None


def calls_itself_a_record(head: tuple[Line, ...], title: str) -> bool:
    """Whether its top or title says minutes, notes or record of a meeting."""
    return bool(_RECORD.search(title)) or any(_RECORD.search(line.text) for line in head[:6])


def calls_itself_something_else(head: tuple[Line, ...], title: str) -> str:
    """``an agenda``, ``an invitation``, ``a referral``, ``a report``; "" when it says nothing of the kind."""
    for said in (title, *(line.text for line in head[:8])):
        for name, pattern in _ELSE:
            if len(said) < 160 and pattern.search(said) and not _RECORD.search(said):
                return name
    return ""
