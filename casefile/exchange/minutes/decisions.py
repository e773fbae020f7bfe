"""What a meeting decided, in its own words, and the answers those words give to the questions of a form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casefile.exchange.minutes.lines import Line, heading_of, pairs_of
from casefile.exchange.minutes.people import of_police
from casefile.exchange.minutes.proposed import Found, ProposedAttendee

MOST = 40
"""Lines of decisions taken from one document."""
_HEADING = re.compile(
    r"^(?:\d[\d.]*\s+)?(?:the )?(?:(?:conference |final |agreed )?(?:decisions?|outcomes?|conclusions?)"
    r"(?: of (?:the )?(?:conference|meeting|discussion))?(?: and (?:reasons?|category))?|threshold(?: decision)?)$"
)
_LABEL = re.compile(r"^(?:decision|outcome|conclusion|category(?: of abuse)?|dissent)\b")
_SAYS = re.compile(
    r"\b(?:it was (?:agreed|decided)|(?:the )?conference (?:agreed|decided)|(?:decided|agreed) that"
    r"|will be (?:made )?(?:the )?subject (?:of|to)|(?:is|are|be|remain|remains) (?:made )?(?:the )?subjects? (?:of|to)"
    r"|no longer subject|plans? (?:will|is to|are to) (?:end|cease|continue))\b",
    re.IGNORECASE,
)
_PLAN = re.compile(r"subjects?\s+(?:of|to)\s+(?:an?\s+)?child\s+protection\s+plans?", re.IGNORECASE)
_NO_PLAN = re.compile(
    r"\b(?:not|no\s+longer|cease\w*\s+to)\b[^.]{0,40}subjects?\s+(?:of|to)\s+(?:an?\s+)?child\s+protection",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\b(?:remain|continue)s?\b[^.]{0,40}(?:subject|plan)|\bplans?\s+(?:to\s+)?(?:continues?|remains?)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\bplans?\b[^.]{0,30}\b(?:ends?|ended|ceases?|discontinued)\b|no\s+longer\s+subject|removed\s+from",
    re.IGNORECASE,
)
_NOT_AGREED = re.compile(r"\bnot\s+(?:agree|end|cease)", re.IGNORECASE)
_IN_NEED = re.compile(r"child(?:ren)?\s+in\s+need", re.IGNORECASE)
_CATEGORIES = (
    ("NEG", r"neglect"),
    ("PHY", r"physical"),
    ("SAB", r"sexual"),
    ("EMO", r"emotional"),
)
_CATEGORY = re.compile(r"\bcategor(?:y|ies)\b", re.IGNORECASE)
_S47 = re.compile(r"\b(?:section\s+47|s\.?\s?47)\b", re.IGNORECASE)
_NO_S47 = re.compile(
    r"\b(?:no|not)\b[^.]{0,60}\b(?:section\s+47|s\.?\s?47)\b|threshold[^.]{0,30}not\s+met", re.IGNORECASE
)
_JOINT = re.compile(r"\bjoint(?:ly)?\b", re.IGNORECASE)
_SINGLE = re.compile(r"\bsingle[\s-]+agency\b", re.IGNORECASE)
_MODES = (
    ("video", r"\bvideo|\bteams\b|\bzoom\b|virtual"),
    ("telephone", r"\btele(?:phone|conference)|\bby\s+phone"),
    ("at_hospital", r"\bat\s+(?:the\s+)?[\w\s.’']{0,30}hospital|\bon\s+the\s+ward"),
    ("email", r"\bby\s+e-?mail"),
)
_DISSENT = re.compile(
    r"\bpolice\b[^.]{0,60}\b(?:dissent|do(?:es)?\s+not\s+agree|disagree)|\bdissent\w*\b[^.]{0,40}\bpolice\b",
    re.IGNORECASE,
)


def decisions_of(lines: tuple[Line, ...]) -> tuple[Found[str], ...]:
    """The lines in which the meeting says what it decided."""
    found: list[Found[str]] = []
    under = False
    for line in lines:
        heading = heading_of(line)
        label = pairs_of(line)[:1]
        if heading and not line.is_item:
            under = bool(_HEADING.match(heading))
            continue
        labelled = bool(label and _LABEL.match(label[0][0]))
        under = under and not (label and not labelled) and not line.cells
        if (under or labelled or _SAYS.search(line.text)) and not line.cells and len(found) < MOST:
            found.append(Found(line.text, line.number, line.text))
    return tuple(found)


def answers(
    kind: str,
    decisions: tuple[Found[str], ...],
    head: tuple[Line, ...],
    attendees: tuple[ProposedAttendee, ...],
) -> Iterator[tuple[str, Found[str]]]:
    """Answers by field key of the section, each with the line that gives it; nothing where the words do not tell."""
    if kind.endswith("_conference"):
        yield from _of_conference(kind, decisions)
    elif kind == "strategy":
        yield from _of_strategy(decisions, head)
    police = of_police(attendees)
    if kind.endswith("_conference") or kind == "core_group":
        there = next((one for one in police if one.attendance in ("attended", "by_video")), None)
        only = next((one for one in police if one.attendance == "report_only"), None)
        one = there or only
        if one is not None:
            yield "police_attendance", Found("attended" if there else "report_only", one.line, one.evidence)
            yield "police_officer", Found(one.name, one.line, one.evidence)


def _of_conference(kind: str, decisions: tuple[Found[str], ...]) -> Iterator[tuple[str, Found[str]]]:
    for one in (one for one in decisions if not _DISSENT.search(one.value)):
        if kind == "review_conference" and (code := _review(one.value)):
            yield "review_outcome", _as(code, one)
            break
        if kind != "review_conference" and _PLAN.search(one.value) and not _NO_PLAN.search(one.value):
            yield "outcome", _as("plan", one)
            break
    for one in decisions:
        at = _CATEGORY.search(one.value)
        codes = [
            code
            for code, word in _CATEGORIES
            if at and re.search(word, one.value[at.start() :], re.IGNORECASE)
        ]
        if codes:
            yield "category", _as(codes[0] if len(codes) == 1 else "MUL", one)
            break
    for one in decisions:
        if _DISSENT.search(one.value):
            yield "position", _as("dissent", one)
            yield "dissent", one
            break


def _review(said: str) -> str:
    if _GOES_ON.search(said) and not _NO_PLAN.search(said):
        return "continue"
    if _ENDS.search(said) and not _NOT_AGREED.search(said):
        return "end_in_need" if _IN_NEED.search(said) else "end"
    return ""


def _of_strategy(
    decisions: tuple[Found[str], ...], head: tuple[Line, ...]
) -> Iterator[tuple[str, Found[str]]]:
    for line in head:
        for code, pattern in _MODES:
            if re.search(pattern, line.text, re.IGNORECASE):
                yield "mode", Found(code, line.number, line.text)
                break
        else:
            continue
        break
    for one in decisions:
        if _S47.search(one.value) and not _NO_S47.search(one.value):
            yield "outcome", _as("s47", one)
            if _JOINT.search(one.value):
                yield "s47_kind", _as("joint", one)
            elif _SINGLE.search(one.value):
                yield "s47_kind", _as("single_social_care", one)
            break
    for one in decisions:
        if re.search(
            r"\bmedical\b[^.]{0,40}\bagreed\b|\bagreed\b[^.]{0,40}\bmedical\b", one.value, re.IGNORECASE
        ):
            yield "medical", _as("yes", one)
            break


def _as(code: str, of: Found[str]) -> Found[str]:
    return Found(code, of.line, of.evidence)
