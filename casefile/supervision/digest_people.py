"""The digest of people: who joined or left, who lives where, and who stands in other files. Pure rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.record.people import PERSON_FACTS
from casefile.record.persons import COMMON, FactView, PersonView, age_words, describe_fact, folded
from casefile.sections.file_facts import CHILDREN, OUTSIDE
from casefile.supervision.digest_care import entry_line
from casefile.supervision.digest_rows import Change, DigestFacts, DigestLine
from casefile.supervision.digest_words import said

_DESCRIPTIONS = {one.key: one for one in (describe_fact(cls) for cls in PERSON_FACTS)}
_OWN_LINE = ("involvement", "residence", "birth")


def people(facts: DigestFacts) -> Iterator[DigestLine]:
    """Everything of these headings."""
    for person in facts.seen.people:
        if _joined(facts, person):
            yield _newcomer(facts, person)
        else:
            yield from _standing(facts, person)
            yield from _homes(facts, person)
            yield from _others(facts, person)
        yield from _births(facts, person)
        yield from _elsewhere(facts, person)
    yield from _linked(facts)
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


def _here(facts: DigestFacts, person: PersonView) -> list[FactView]:
    """New rows of what the person is to this file, oldest first."""
    return [one for one in _new(facts, person, "involvement") if one.file_id == facts.seen.file_id]


def _joined(facts: DigestFacts, person: PersonView) -> bool:
    """Whether the person came into the file since, and is still in it."""
    known = [one for one in person.facts.get("involvement", ()) if one.file_id == facts.seen.file_id]
    return bool(person.roles(facts.seen.file_id)) and len(known) == len(_here(facts, person))


def _outside(facts: DigestFacts, person: PersonView) -> bool:
    """Whether the person works with the family and does not belong to it."""
    roles = set(person.roles(facts.seen.file_id))
    return bool(roles) and roles <= OUTSIDE


def _roles(facts: DigestFacts, person: PersonView) -> str:
    words = (facts.words("involvement_role", one) for one in person.roles(facts.seen.file_id))
    return ", ".join(words).lower()


def _warned(facts: DigestFacts, here: list[FactView]) -> str:
    found = [facts.words("warning_marker", one) for fact in here for one in fact.get("warnings") or ()]
    return f"Warnings: {'; '.join(dict.fromkeys(found))}" if found else ""


def _newcomer(facts: DigestFacts, person: PersonView) -> DigestLine:
    """Somebody whom the file did not know, with all that is known of them, on one line."""
    here, outside = _here(facts, person), _outside(facts, person)
    child = bool(set(person.roles(facts.seen.file_id)) & CHILDREN)
    kind = "Works with the family now" if outside else "A new child" if child else "A new adult"
    age = age_words(person.born_on, facts.as_of)
    warned = _warned(facts, here)
    homes = [f"Lives at {_address(one)}" for one in person.now("residence")]
    told = [words for _, words in _learnt(facts, person, without="name")]
    first = facts.baseline.day == date.min
    tone = "danger" if warned or not (outside or child or first) else "plain" if outside or first else "late"
    return _line(
        facts,
        person,
        here[-1],
        what=f"{kind}: {person.name}{f', {age}' if age else ''}, {_roles(facts, person)}",
        detail=". ".join(one for one in (warned, *homes, "; ".join(told)) if one),
        tone=tone,
        group="keeping" if outside else "household",
    )


def _standing(facts: DigestFacts, person: PersonView) -> Iterator[DigestLine]:
    """Left the file, or stands in it otherwise."""
    here = _here(facts, person)
    if not here:
        return
    last = here[-1]
    if person.roles(facts.seen.file_id):
        warned = _warned(facts, here)
        what = f"{person.name} stands in the file as {_roles(facts, person)}"
        group = "keeping" if _outside(facts, person) else "household"
        yield _line(
            facts, person, last, what=what, detail=warned, tone="danger" if warned else "late", group=group
        )
        return
    until = last.get("until_on")
    why = f"until {long_date(until)}" if until and not last.withdrawn else "recorded by mistake"
    what = f"{person.name} is no longer in the file ({why})"
    yield _line(facts, person, last, what=what, happened_on=until, tone="late")


def _homes(facts: DigestFacts, person: PersonView) -> Iterator[DigestLine]:
    for fact in _new(facts, person, "residence"):
        if fact.withdrawn or not fact.current:
            continue
        where = _address(fact)
        until: date | None = fact.get("until_on")
        if until is not None and until <= facts.as_of:
            yield _line(
                facts, person, fact, what=f"{person.name} left {where}", happened_on=until, tone="late"
            )
        else:
            yield _line(facts, person, fact, what=f"{person.name} lives at {where}", tone="late")


def _address(fact: FactView) -> str:
    return ", ".join(str(fact.get(one)) for one in ("address", "town") if fact.get(one))


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
        elif born and max(facts.baseline.day, facts.seen.history.opened_on) < born <= facts.as_of:
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
    news = _learnt(facts, person)
    if news and not _outside(facts, person):
        words = "; ".join(dict.fromkeys(words for _, words in news))
        yield _line(facts, person, news[-1][0], what=f"Learnt of {person.name}: {words}")


def _learnt(facts: DigestFacts, person: PersonView, without: str = "") -> list[tuple[FactView, str]]:
    """New facts of the kinds that have no line of their own, each in words."""
    return [
        (fact, f"{description.title.lower()}: {_value(facts, key, fact)}")
        for key, description in _DESCRIPTIONS.items()
        if key not in (*_OWN_LINE, without)
        for fact in _new(facts, person, key)
        if fact.current
    ]


def _value(facts: DigestFacts, key: str, fact: FactView) -> str:
    if key == "relationship":
        to = fact.get("to_person_id")
        kind = facts.words("relationship", str(fact.get("kind") or "")).lower()
        return f"{kind} of {facts.name(to)}" if to else kind
    own = [spec for spec in _DESCRIPTIONS[key].fields if spec.key not in COMMON]
    words = [said(facts, spec, fact.get(spec.key)) for spec in own]
    return " ".join([one for one in words if one][:3]) or "nothing more"


def _elsewhere(facts: DigestFacts, person: PersonView) -> Iterator[DigestLine]:
    """Standing in another file that the officer may read; new ones first."""
    if _outside(facts, person):
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


def _linked(facts: DigestFacts) -> Iterator[DigestLine]:
    """Who is, or likely is, another record of another file; new ones are told as late."""
    for link in facts.links:
        other = facts.elsewhere.get(link.file_id)
        person = next((one for one in facts.seen.people if one.id == link.person_id), None)
        if other is None or person is None:
            continue
        family = f", {other.family_name} family" if other.family_name else ""
        how = "also stands" if link.confirmed else "likely also stands"
        why = "; ".join(link.why)
        yield DigestLine(
            "elsewhere",
            f"{person.name} {how} in {other.reference}{family}, under another record",
            f"Confirmed: {why}" if link.confirmed else f"{why[:1].upper()}{why[1:]}. Decide it under Matches",
            "late" if not link.confirmed or facts.baseline.is_new(None, link.found_at) else "plain",
            opens="file",
            id=link.file_id,
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
