"""The lines of shorthand in which the samples tell rows: who came, what is to be done, what was found."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from casefile.sample.days import DAY

Row = dict[str, Any]
Who = Mapping[str, Mapping[str, str]]
"""Name, agency and role of everybody a line may name, by key."""

_ACTION = re.compile(
    rf"(?P<agency>\w+)(?: @(?P<owner>\w+))? (?P<due>{DAY})(?: (?P<state>done|partly|not_done) ?(?P<done>{DAY})?)?: (?P<what>.+)"
)
_CODED = re.compile(rf"(?P<one>\w+) (?P<two>\w+)(?: (?P<day>{DAY}))?: (?P<words>.+)", re.DOTALL)
_STATUS = re.compile(rf"(?P<name>[^:]+): (?P<status>\w+)(?: (?P<day>{DAY}))?")


def actions(told: list[str], who: Who) -> list[Row]:
    """``police @Marsh -170d done -171d: Visit the home`` as rows of actions."""
    return [_action(one, who) for one in told]


def attendees(told: list[str], who: Who) -> list[Row]:
    """``hv:apologies`` as rows of attendees; without a word they attended."""
    found: list[Row] = []
    for one in told:
        key, _, attendance = one.partition(":")
        if key not in who:
            raise ValueError(f"“{key}” is neither in the cast nor an officer")
        found.append({**who[key], "attendance": attendance or "attended"})
    return found


def searches(told: list[str], who: Who) -> list[Row]:
    """``pnc trace: Shop theft …`` as rows of systems searched."""
    return [{"system": row["one"], "result": row["two"], "found": row["words"]} for row in map(_coded, told)]


def factors(told: list[str], who: Who) -> list[Row]:
    """``under_5 present: The youngest is two.`` as rows of risk factors."""
    return [
        {"factor": row["one"], "factor_state": row["two"], "evidence": row["words"]}
        for row in map(_coded, told)
    ]


def injuries(told: list[str], who: Who) -> list[Row]:
    """``face bruise: Three ovals | a dropped toy`` as rows of the body map."""
    found: list[Row] = []
    for row in map(_coded, told):
        size, _, explanation = row["words"].partition(" | ")
        found.append({"site": row["one"], "injury": row["two"], "size": size, "explanation": explanation})
    return found


def evidence(told: list[str], who: Who) -> list[Row]:
    """``phone asked +3d: Handset | Digital unit`` as rows of evidence; the day is when it is chased."""
    found: list[Row] = []
    for row in map(_coded, told):
        detail, _, holder = row["words"].partition(" | ")
        found.append(
            {
                "kind": row["one"],
                "evidence_state": row["two"],
                "detail": detail,
                "holder": holder or None,
                "chase_on": row["day"] or None,
            }
        )
    return found


def suspects(told: list[str], who: Who) -> list[Row]:
    """``Dean Foss: bailed -22d`` as rows of suspects."""
    found: list[Row] = []
    for one in told:
        row = _STATUS.fullmatch(one)
        if row is None:
            raise ValueError(f"“{one}” should read like “Dean Foss: bailed -22d”")
        found.append({"name": row["name"], "suspect_status": row["status"], "status_on": row["day"] or None})
    return found


def strangers(told: list[str], who: Who) -> list[Row]:
    """``A man, perhaps Lee | Not known | The child`` as occupants whose identity is not established."""
    found: list[Row] = []
    for one in told:
        name, relation, seen_by = (*(part.strip() for part in one.split("|")), "", "")[:3]
        found.append(
            {
                "name": name,
                "relation": relation or "Not known",
                "lives_there": True,
                "identified": False,
                "seen_by": seen_by,
            }
        )
    return found


def report_lines(told: list[str], who: Who) -> list[Row]:
    """``fact: Three contacts in a year | Referrals of the year`` as lines of a report with their source."""
    found: list[Row] = []
    for one in told:
        mark, _, rest = one.partition(": ")
        what, _, source = rest.partition(" | ")
        found.append({"mark": mark, "said": what, "source": source})
    return found


SHORT: Mapping[tuple[str, str], tuple[str, Callable[[list[str], Who], list[Row]]]] = {
    ("", "who"): ("attendees", attendees),
    ("", "actions"): ("actions", actions),
    ("supervision", "directions"): ("directions", actions),
    ("investigation", "lines_open"): ("lines_open", actions),
    ("investigation", "suspects"): ("suspects", suspects),
    ("investigation", "evidence"): ("evidence", evidence),
    ("research", "found"): ("searches", searches),
    ("report", "family"): ("family", report_lines),
    ("report", "incidents"): ("incidents", report_lines),
    ("report", "checks"): ("checks", report_lines),
    ("risk", "factors"): ("factors", factors),
    ("photographs", "injuries"): ("injuries", injuries),
    ("household", "strangers"): ("occupants", strangers),
}
"""Which key of a happening is shorthand for which group, by section (empty: in any section)."""


def spelt(section: str, key: str) -> tuple[str, Callable[[list[str], Who], list[Row]]] | None:
    """What a key of a section is shorthand for, or None."""
    return SHORT.get((section, key)) or SHORT.get(("", key))


def _action(told: str, who: Who) -> Row:
    row = _ACTION.fullmatch(told)
    if row is None:
        raise ValueError(f"“{told}” should read like “police @Marsh -170d: Visit the home”")
    if row["owner"] and row["owner"] not in who:
        raise ValueError(f"“{row['owner']}” is neither in the cast nor an officer")
    said: Row = {"what": row["what"], "owed_by": row["agency"], "due_on": row["due"]}
    if row["owner"]:
        said["owner"] = who[row["owner"]]["name"]
    if row["state"]:
        said |= {"action_state": row["state"], "done_on": row["done"] or None}
    return said


def _coded(told: str) -> Mapping[str, str]:
    row = _CODED.fullmatch(told)
    if row is None:
        raise ValueError(f"“{told}” should read like “code code: words”")
    return row.groupdict()
