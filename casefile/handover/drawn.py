"""A checklist drawn from the file: what the receiver must know and nobody need type again. Pure.

The headings are those of the checklist of domain section 6; each rule takes what police knew on the day asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from casefile.alarms.seen import Seen
from casefile.alarms.sightings import sightings
from casefile.alarms.told import day_of
from casefile.handover.drawn_work import WORK, partners_met
from casefile.handover.rows import Block, Line
from casefile.record.dates import long_date
from casefile.record.persons import PersonView, age_words, birth_words
from casefile.sections.dangers import dangers
from casefile.sections.file_facts import CHILDREN, OUTSIDE

_MOST = 8
"""Lines of a heading that list the past; the file itself has the rest."""


def drawn(seen: Seen) -> tuple[Block, ...]:
    """Every heading of the checklist with what the file says under it on the day of what is known."""
    titles = seen.library.codes("handover_heading")
    found = {key: tuple(rule(seen)) for key, (rule, _) in RULES.items()}
    return tuple(Block(key, titles.label(key), lines, RULES[key][1]) for key, lines in found.items())


def partners(seen: Seen) -> tuple[tuple[str, str], ...]:
    """Who works with the family and should hear that another officer holds the file: agency and name."""
    named: dict[str, str] = {}
    for person in seen.people:
        if set(person.roles(seen.file_id)) & OUTSIDE:
            agency = next(
                (str(one.get("agency")) for one in person.now("involvement") if one.get("agency")), ""
            )
            if agency != "police":
                named.setdefault(person.name, agency)
    for agency, name in partners_met(seen):
        named.setdefault(name, agency)
    return tuple((agency, name) for name, agency in named.items())


def _seen_lines(seen: Seen) -> Iterable[Line]:
    """Each child: when somebody last saw it, and when alone."""
    for child in seen.children:
        found = [one for one in sightings(seen, child.id) if one.on <= seen.known_by]
        if not found:
            yield Line(f"{_aged(child, seen.known_by)}: nobody has seen the child.", late=True)
            continue
        last = found[-1]
        alone = [one for one in found if one.alone]
        how = "alone" if last.alone else "not alone"
        words = f"{_aged(child, seen.known_by)}: last seen {long_date(last.on)}, {how}."
        if not last.alone:
            words += f" Last seen alone {long_date(alone[-1].on)}." if alone else " Never seen alone."
        yield Line(words, last.on, entry_id=last.entry.id)
    for person in seen.people:
        if set(person.roles(seen.file_id)) == {"unborn"}:
            yield Line(f"{person.name}: {birth_words(person) or 'expected date not known'}.")


def _risk(seen: Seen) -> Iterable[Line]:
    last = seen.last("risk")
    if last is None:
        yield Line("The risk has never been assessed.", late=True)
        return
    words = seen.library.codes("risk_level").label(str(last.get("level")))
    why = f": {last.get('rationale')}" if last.get("rationale") else "."
    yield Line(f"{words}, assessed {long_date(day_of(last))}{why}", day_of(last), entry_id=last.id)
    factors = seen.library.codes("risk_factor")
    present = [
        factors.label(str(one.get("factor")))
        for one in last.rows("factors")
        if one.get("factor_state") in ("present", "suspected")
    ]
    if present:
        yield Line(f"Factors: {'; '.join(present)}.", entry_id=last.id)
    if review := last.get("review_on"):
        yield Line("Risk to be reviewed.", review, review < seen.known_by, last.id)
    if last.get("disagreement"):
        yield Line(f"Disagreement: {last.get('disagreement')}", entry_id=last.id)


def _household(seen: Seen) -> Iterable[Line]:
    roles = seen.library.codes("involvement_role")
    for person in seen.people:
        mine = person.roles(seen.file_id)
        if set(mine) & OUTSIDE:
            continue
        what = ", ".join(roles.label(one).lower() for one in mine)
        lives = next((_address(one.values) for one in person.now("residence")), "")
        concern = any(one.get("of_concern") for one in person.now("involvement"))
        words = f"{person.name}, {what}{f', {lives}' if lives else ''}"
        yield Line(f"{words}{'. A person of concern' if concern else ''}.")
    latest = [one for one in seen.entries if one.version == one.versions]
    for danger in dangers(seen.file_id, seen.people, latest, seen.library):
        yield Line(f"Danger. {danger.sentence}", late=True)
    last = seen.last("household")
    if last is not None:
        query = f" Still open: {last.get('query')}" if last.get("query") else ""
        yield Line(
            f"Household last confirmed {long_date(day_of(last))}.{query}", day_of(last), False, last.id
        )


def _contacts(seen: Seen) -> Iterable[Line]:
    roles = seen.library.codes("involvement_role")
    means = seen.library.codes("contact_means")
    for person in seen.people:
        held = [
            f"{means.label(str(one.get('kind'))).lower()} {one.get('value')}" for one in person.now("contact")
        ]
        outside = set(person.roles(seen.file_id)) & OUTSIDE
        if held or outside:
            what = ", ".join(roles.label(one).lower() for one in person.roles(seen.file_id))
            how = ", ".join(held) or "no number on the file"
            yield Line(f"{person.name}, {what}: {how}.")
    for child in seen.people:
        if set(child.roles(seen.file_id)) & CHILDREN:
            for one in child.now("setting"):
                contact = f", {one.get('contact')}" if one.get("contact") else ""
                yield Line(f"{child.name}: {one.get('name')}{contact}.")


def _promised(seen: Seen) -> Iterable[Line]:
    """What victim and carer were last told, and the last contacts with the family."""
    for one in seen.of("investigation"):
        if one.get("victim_told_on"):
            told = seen.library.codes("victim_told")
            what = "; ".join(told.label(str(code)) for code in one.get("victim_told") or ())
            yield Line(f"Told the victim or carer: {what or 'how it stands'}.", one.get("victim_told_on"),
                       entry_id=one.id)  # fmt: skip
    kinds = seen.library.codes("contact_kind")
    ours = [one for one in seen.of("contact") if one.get("agency") in (None, "police")]
    for one in reversed(ours[-_MOST // 2 :]):
        by = f" by {one.get('by_whom')}" if one.get("by_whom") else ""
        yield Line(f"{kinds.label(str(one.get('kind')))}{by}.", day_of(one), entry_id=one.id)


def _aged(child: PersonView, today: date) -> str:
    age = age_words(child.born_on, today)
    return f"{child.name}, {age}" if age else child.name


def _address(values: Mapping[str, Any]) -> str:
    return ", ".join(str(values[one]) for one in ("address", "town", "postcode") if values.get(one))


RULES: dict[str, tuple[Callable[[Seen], Iterable[Line]], str]] = {
    "seen": (_seen_lines, "No child stands in the file."),
    "risk": (_risk, ""),
    "household": (_household, "Nobody stands in the file."),
    **WORK,
    "promises": (_promised, "The file tells of no contact by police."),
    "contacts": (_contacts, "No contact stands in the file."),
}
"""By heading: what draws it, and what stands there when there is nothing."""
