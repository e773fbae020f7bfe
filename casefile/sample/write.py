"""What happened in an invented family, written by the officers who would have written it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast
from uuid import UUID

from casefile.alarms.refresh import refresh_file
from casefile.errors import CasefileError
from casefile.files.actions.documents import NewDocument, put_document
from casefile.files.actions.drafts import start_draft
from casefile.files.actions.entries import sign
from casefile.files.actions.files import new_file
from casefile.files.prefill_note import NoteKnown
from casefile.record.described import FieldKind
from casefile.record.holding import give
from casefile.sample.days import day_of
from casefile.sample.names import everybody, label, posts, words
from casefile.sample.people import Written, born_by, home_of, write_people
from casefile.sample.shorthand import Who, spelt
from casefile.sample.told import Family, Happening, Team, Told, wrong
from casefile.sections import SECTIONS
from casefile.sections.base import describe
from casefile.sections.refresh import refresh_people
from casefile.sections.supervision import Supervision
from casefile.work.door import action
from casefile.work.names import Logged, Permission
from casefile.work.unit import Work

NOT_VALUES = frozenset(
    {"by", "whom", "known", "challenges", "label", "amends", "because", "draft", "document"}
)
"""Keys of a happening that say how it is written, not what stands in it."""
_PAST = frozenset(
    {"feedback_on", "decision_received_on", "record_received_on", "received_on", "child_seen_on", "viewed_on"}
)
"""Days of what usually follows; left out while they have not come."""
_READ_THEN = frozenset(
    {"safety", "voice", "household", "level", "evidence", "bail", "meetings", "plan", "earlier", "challenge"}
)
"""Headings of a supervision note that start with what the file knows."""
SYSTEMS = ("pnc", "pnd", "visor", "cris", "merlin", "crimint", "social_care")
REVIEWED = {"high": 7, "medium": 28, "standard": 28}


@action(needs=Permission.KEEP_FILES, logs=Logged.COLLECTION)
def write_family(
    work: Work, family: Family, holders: Mapping[str, UUID], elsewhere: Mapping[str, UUID]
) -> Written:
    """Open the file of an invented family for training: the people, the holders, the documents."""
    begun = min(day_of(on, work.today) for _, on, _ in family.events)
    file_id = new_file(work, None, begun)
    written = Written(family, file_id, begun)
    write_people(work, written, elsewhere)
    last = day_of(family.told["officer_until"], work.today) if "officer_until" in family.told else None
    for post, officer in holders.items():
        give(
            work, file_id, post, officer, begun, known_on=begun, until_on=last if post == "officer" else None
        )
    for told in family.told.get("document", ()):
        on = day_of(told["on"], work.today)
        new = NewDocument(
            told["name"], "text/plain", told["text"].encode(), told["text"], on, told.get("from")
        )
        written.documents[told["name"]] = put_document(work, file_id, new)
    refresh_people(work, list(written.people.values()))
    work.about(files=[file_id], people=list(written.people.values()))
    return written


@action(needs=Permission.KEEP_FILES, logs=Logged.COLLECTION)
def write_events(work: Work, written: Written, team: Team, events: Sequence[Happening]) -> None:
    """Sign what one officer wrote in the file of an invented family; leave open what they have not finished."""
    for section, on, told in events:
        what = f"{section} of {on}"
        try:
            values = _values(work, written, team, (section, on, told))
            if told.get("draft"):
                start_draft(work, written.file_id, section, values=values)
                continue
            thread = written.threads[told["amends"]] if "amends" in told else None
            entry = sign(work, written.file_id, section, values, thread_id=thread, reason=told.get("because"))
        except (CasefileError, ValueError, KeyError) as error:
            raise wrong(written.family.where, what, str(error).rstrip(".")) from error
        if "label" in told:
            written.threads[told["label"]] = entry.thread_id
    work.about(files=[written.file_id])


@action(needs=Permission.KEEP_FILES, logs=Logged.ALTERATION)
def settle(work: Work, written: Written) -> None:
    """Work out once, when everybody has written, how an invented family's file stands."""
    refresh_file(work, written.file_id)
    work.about(files=[written.file_id])


def signer(family: Family, team: Team, section: str, told: Told) -> str:
    """Who signs an entry: who is named, or whose work the section is."""
    if "by" in told:
        return str(told["by"])
    return posts(family)[team.signs.get(section, "officer")]


def _values(work: Work, written: Written, team: Team, happening: Happening) -> dict[str, Any]:
    section, on, told = happening
    family, today = written.family, work.today
    happened = day_of(on, today)
    who = everybody(family, team)
    said: dict[str, Any] = dict(told)
    if "amends" not in told:
        derived = _met(family, section, who) | _derived(written, section, told, happened, today)
        said = {**_usual(family, team, section), **derived, **told}
        if section == "supervision" and "by" in told:
            said["supervisor"] = label(told["by"], team.officers[told["by"]])
    values = _spelt_out(section, {key: one for key, one in said.items() if key not in NOT_VALUES}, who)
    if section == "supervision":
        first = values.get("kind") == "initial"
        values = _known_then(work, written, happened, assessed=not first) | values
    if section == "research":
        values["searches"] = _searched(values.get("searches", ()), written, happened, today)
    return _dated(section, values, happened, told, today, written)


def _usual(family: Family, team: Team, section: str) -> dict[str, Any]:
    """What usually stands in an entry of a section, with the officers' names filled in."""
    named = {post: label(name, team.officers[name]) for post, name in posts(family).items()}
    return {
        key: value.format_map(named) if isinstance(value, str) else value
        for key, value in team.usual.get(section, {}).items()
    }


def _spelt_out(section: str, said: Mapping[str, Any], who: Who) -> dict[str, Any]:
    """Shorthand as rows; rows that the family gives already stand first."""
    values: dict[str, Any] = {}
    for key, value in said.items():
        short = spelt(section, key)
        if short is None or not all(isinstance(one, str) for one in cast("list[Any]", value)):
            values[key] = value
            continue
        group, read = short
        earlier: list[Any] = said.get(group, []) if group != key else []
        values[group] = [*earlier, *read(value, who)]
    return values


def _dated(
    section: str, values: dict[str, Any], happened: date, told: Told, today: date, written: Written
) -> dict[str, Any]:
    description = describe(SECTIONS[section])
    dates = {spec.key for spec in description.fields if spec.kind is FieldKind.DATE}
    row_dates = {
        spec.key for group in description.groups for spec in group.fields if spec.kind is FieldKind.DATE
    }
    found: dict[str, Any] = {}
    for key, value in values.items():
        if key in dates and isinstance(value, str):
            day = day_of(value, today, happened)
            if key in _PAST and day > today:
                continue
            found[key] = day.isoformat()
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            rows = cast("list[dict[str, Any]]", value)
            found[key] = [_row(row, row_dates, happened, today) for row in rows]
        else:
            found[key] = value
    known = day_of(told["known"], today, happened) if "known" in told else happened
    whom = told.get("whom") or (written.household(happened, today) if section == "research" else None)
    people = written.about(whom, happened, today)
    found |= {"happened_on": happened.isoformat(), "known_on": known.isoformat(), "concerns": people}
    if "challenges" in told:
        found["about_entry"] = str(written.threads[told["challenges"]])
    if "document" in told:
        found["document_id"] = str(written.documents[told["document"]])
    return found


def _row(row: Mapping[str, Any], dates: set[str], happened: date, today: date) -> dict[str, Any]:
    return {
        key: day_of(value, today, happened).isoformat() if key in dates and value else value
        for key, value in row.items()
        if value is not None
    }


def _known_then(work: Work, written: Written, day: date, *, assessed: bool) -> dict[str, Any]:
    """What the form of a supervision note would have shown on its day; the supervisor's own words come on top.

    A first note is written before the risk is *assessed*, though both may fall on one day.
    """
    headings = NoteKnown(work, written.file_id, day).headings
    asked = {one.key: (one.prefill or "").removeprefix("note.") for one in describe(Supervision).fields}
    shown = {
        key: headings[source]()
        for key, source in asked.items()
        if source in _READ_THEN and (assessed or key != "level")
    }
    return {key: value for key, value in shown.items() if value}


def _met(family: Family, section: str, who: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Who usually chairs, comes to and leads: the professionals of the family, and the officer whose work it is."""
    cast, held = list(family.told.get("cast", {})), posts(family)
    lead = next((who[one]["name"] for one in cast if who[one]["agency"] == "social_care"), "")
    comes = {"strategy": held["desk"], "conference": held["pclo"], "core_group": held["officer"]}
    if section == "section47":
        return {"lead": f"{lead}; {who[held['officer']]['name']}"}
    if section not in comes:
        return {}
    chair = who["chair"]["name"] if "chair" in who and section == "conference" else lead
    away = {"chair"} if section != "conference" else set[str]()
    found: dict[str, Any] = {
        "chair": chair,
        "who": [*(one for one in cast if one not in away), comes[section]],
    }
    if section == "strategy":
        found["child_seen_by"] = f"{lead} with {who[held['officer']]['name']}"
    return found


def _derived(written: Written, section: str, told: Told, happened: date, today: date) -> dict[str, Any]:
    """What follows from the family and from the rest of the entry."""
    family = written.family.told
    if section == "risk" and "review_on" not in told:
        return {"review_on": f"on+{REVIEWED[told['level']]}d"}
    if section == "household":
        return {
            "address": f"{family['address']}, {family['town']}",
            "occupants": _occupants(written, happened, today),
        }
    if section == "plan" and "category" in told:
        return {"first_category": told["category"]}
    if section == "conference" and told.get("kind") not in {"review", "transfer_in"}:
        return {"outcome": "plan"}
    return {}


def _occupants(written: Written, happened: date, today: date) -> list[dict[str, Any]]:
    """Everybody of the file who lives where the first child does, or the mother of an unborn one."""
    people: Mapping[str, Told] = written.family.told["person"]
    homes = [home_of(one) for one in people.values() if home_of(one)]
    found: list[dict[str, Any]] = []
    for key, one in people.items():
        if home_of(one) == homes[0] and "name" in one and born_by(one, happened, today):
            relation = {"subject": "child of the file"}.get(one["role"], str(one["role"]))
            found.append(
                {
                    "person_id": str(written.people[key]),
                    "name": one["name"],
                    "relation": words(relation),
                    "lives_there": True,
                    "identified": True,
                    "seen_by": "Police",
                }
            )
    return found


def _searched(
    told: Sequence[Mapping[str, Any]], written: Written, happened: date, today: date
) -> list[dict[str, Any]]:
    """Each usual system once: with what was found there, or that nothing was."""
    people = written.family.told["person"]
    household = [people[key] for key in written.household(happened, today)]
    names = [name for one in household for name in (one.get("name"), *one.get("aka", ())) if name]
    elsewhere = any("same_as" in one for one in household)
    tried = "" if elsewhere else "; ".join(str(name).rpartition(": ")[2] for name in names)
    found = [dict(row) | {"tried": tried} for row in told]
    held = {row["system"] for row in found}
    return found + [
        {"system": one, "tried": tried, "result": "no_trace"} for one in SYSTEMS if one not in held
    ]
