"""The digest of people: who joined or left, who lives where, and who stands in other files. Pure rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.record.people import PERSON_FACTS
from casefile.record.persons import FactView, PersonView, age_words, describe_fact, folded
from casefile.sections.file_facts import CHILDREN, OUTSIDE
from casefile.supervision.digest_care import entry_line
from casefile.supervision.digest_rows import Change, DigestFacts, DigestLine
from casefile.supervision.digest_words import said

_DESCRIPTIONS = {one.key: one for one in (describe_fact(cls) for cls in PERSON_FACTS)}
_OWN_LINE = ("involvement", "residence", "birth")


def people(facts: DigestFacts) -> Iterator[DigestLine]:
    """Everything of these headings."""
    for person in facts.seen.people:
        yield from _standing(facts, person)
        yield from _homes(facts, person)
        yield from _births(facts, person)
        yield from _others(facts, person)
        yield from _elsewhere(facts, person)
    for change in facts.new("household"):
        yield _household(facts, change)
    if facts.restricted_elsewhere:
        yield DigestLine(
            "elsewhere",
            "Somebody of this family also stands in a restricted file",
            "You are not one of its named readers, so no more is said here",
            "late",
        )


def _line(facts: DigestFacts, person: PersonView, fact: FactView, **values: Any) -> DigestLine:
    other = facts.elsewhere.get(fact.file_id)
    learnt = f"Learnt through file {other.reference}" if other and fact.file_id != facts.seen.file_id else ""
    source = f"Source: {fact.get('source')}" if fact.get("source") else ""
    parts = (str(values.pop("detail", "")), source, learnt)
    return DigestLine(
        group=values.pop("group", "household"),
        what=str(values.pop("what")),
        detail=". ".join(one.rstrip(".") for one in parts if one),
        tone=str(values.pop("tone", "plain")),
        happened_on=values.pop("happened_on", fact.get("from_on")),
        known_on=fact.get("known_on"),
        by=fact.recorded_by,
        opens="person",
        id=person.id,
    )


def _new(facts: DigestFacts, person: PersonView, key: str) -> list[FactView]:
    """The rows of a kind that are new, oldest first."""
    rows = person.facts.get(key, ())
    found = [one for one in rows if facts.baseline.is_new(one.get("known_on"), one.recorded_at)]
    return sorted(found, key=lambda one: (one.get("known_on"), one.recorded_at, one.id))


def _standing(facts: DigestFacts, person: PersonView) -> Iterator[DigestLine]:
    """Joined the file, left it, or stands in it otherwise."""
    here = [one for one in _new(facts, person, "involvement") if one.file_id == facts.seen.file_id]
    if not here:
        return
    roles = person.roles(facts.seen.file_id)
    words = ", ".join(facts.words("involvement_role", one) for one in roles)
    known = [one for one in person.facts.get("involvement", ()) if one.file_id == facts.seen.file_id]
    joined = len(known) == len(here)
    warned = [facts.words("warning_marker", one) for fact in here for one in fact.get("warnings") or ()]
    detail = f"Warnings: {'; '.join(dict.fromkeys(warned))}" if warned else ""
    last = here[-1]
    if not roles:
        why = "recorded by mistake" if last.withdrawn else f"until {long_date(last.get('until_on'))}"
        yield _line(
            facts,
            person,
            last,
            what=f"{person.name} is no longer in the file ({why})",
            happened_on=last.get("until_on"),
            tone="late",
        )
        return
    outside = set(roles) <= OUTSIDE
    adult = not outside and not set(roles) & CHILDREN
    age = age_words(person.born_on, facts.as_of)
    who = f"{person.name}{f', {age}' if age else ''}"
    kind = "A new adult" if adult else "A new child" if not outside else "Works with the family now"
    what = f"{kind}: {who}, {words.lower()}" if joined else f"{who} stands in the file as {words.lower()}"
    tone = "plain" if outside else "danger" if warned or (joined and adult) else "late"
    yield _line(
        facts, person, last, what=what, detail=detail, tone=tone, group="keeping" if outside else "household"
    )


def _homes(facts: DigestFacts, person: PersonView) -> Iterator[DigestLine]:
    for fact in _new(facts, person, "residence"):
        where = ", ".join(str(fact.get(one)) for one in ("address", "town") if fact.get(one))
        if fact.withdrawn or not fact.current:
            continue
        until: date | None = fact.get("until_on")
        if until is not None and until <= facts.as_of:
            yield _line(
                facts, person, fact, what=f"{person.name} left {where}", happened_on=until, tone="late"
            )
        else:
            yield _line(facts, person, fact, what=f"{person.name} lives at {where}", tone="late")


def _births(facts: DigestFacts, person: PersonView) -> Iterator[DigestLine]:
    for fact in _new(facts, person, "birth"):
        if not fact.current:
            continue
        died, born = fact.get("died_on"), fact.get("born_on")
        if died:
            yield _line(
                facts, person, fact, group="harm", what=f"{person.name} died on {long_date(died)}",
                happened_on=died, tone="danger",
            )  # fmt: skip
        elif born and facts.baseline.day < born <= facts.as_of:
            yield _line(
                facts,
                person,
                fact,
                what=f"{person.name} was born on {long_date(born)}",
                happened_on=born,
                tone="late",
            )


def _others(facts: DigestFacts, person: PersonView) -> Iterator[DigestLine]:
    """Names, schools, numbers and how people are related: one line for a person."""
    outside = bool(person.roles(facts.seen.file_id)) and set(person.roles(facts.seen.file_id)) <= OUTSIDE
    news: list[FactView] = []
    told: list[str] = []
    for key, description in _DESCRIPTIONS.items():
        if key in _OWN_LINE:
            continue
        for fact in _new(facts, person, key):
            if fact.current:
                news.append(fact)
                told.append(f"{description.title.lower()}: {_value(facts, key, fact)}")
    if news and not outside:
        words = "; ".join(dict.fromkeys(told))
        yield _line(facts, person, news[-1], what=f"Learnt of {person.name}: {words}")


def _value(facts: DigestFacts, key: str, fact: FactView) -> str:
    own = [spec for spec in _DESCRIPTIONS[key].fields if spec.key in fact.values]
    common = {"from_on", "until_on", "known_on", "source", "verified"}
    words = [said(facts, spec, fact.get(spec.key)) for spec in own if spec.key not in common]
    return " ".join(one for one in words[:3] if one) or "nothing more"


def _elsewhere(facts: DigestFacts, person: PersonView) -> Iterator[DigestLine]:
    """Standing in another file that the officer may read; new ones first."""
    if person.roles(facts.seen.file_id) and set(person.roles(facts.seen.file_id)) <= OUTSIDE:
        return
    for fact in person.now("involvement"):
        other = facts.elsewhere.get(fact.file_id)
        if other is None or fact.file_id == facts.seen.file_id:
            continue
        is_new = facts.baseline.is_new(fact.get("known_on"), fact.recorded_at)
        role = facts.words("involvement_role", str(fact.get("role") or "")).lower()
        family = f", {other.family_name} family" if other.family_name else ""
        yield DigestLine(
            "elsewhere",
            f"{person.name} {'now also stands' if is_new else 'stands'} in {other.reference}{family}: {role}",
            "The file is closed" if other.state == "closed" else "",
            "late" if is_new else "plain",
            fact.get("from_on"),
            fact.get("known_on"),
            fact.recorded_by,
            "file",
            fact.file_id,
        )


def _household(facts: DigestFacts, change: Change) -> DigestLine:
    """Who was found at the address that was not found there before, and who no longer is."""
    now = _found(change.entry)
    was = _found(change.before or _previous(facts, change.entry))
    came = [row for key, row in now.items() if key not in was] if was else []
    gone = [row for key, row in was.items() if key not in now]
    unknown = [row for row in now.values() if row.get("identified") is False]
    parts = [
        f"Not found there before: {_listed(came)}" if came else "",
        f"No longer found there: {_listed(gone)}" if gone else "",
        f"Not identified: {_listed(unknown)}" if unknown else "",
    ]
    tone = "danger" if unknown or came else "late" if gone else "plain"
    return entry_line(facts, change, detail=". ".join(one for one in parts if one), tone=tone)


def _previous(facts: DigestFacts, entry: EntryFact) -> EntryFact | None:
    held = [
        one
        for one in facts.seen.of("household")
        if one.thread_id != entry.thread_id
        and (one.happened_on or one.known_on, one.recorded_at)
        < (entry.happened_on or entry.known_on, entry.recorded_at)
    ]
    return held[-1] if held else None


def _found(entry: EntryFact | None) -> Mapping[str, Mapping[str, Any]]:
    rows = entry.rows("occupants") if entry else ()
    return {str(row.get("person_id") or folded(str(row.get("name") or ""))): row for row in rows}


def _listed(rows: list[Mapping[str, Any]]) -> str:
    return ", ".join(str(row.get("name") or "somebody") for row in rows)
