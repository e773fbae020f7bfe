"""The digest of what bears on the child: seen or not, harm, risk and plan, disagreement. Pure rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from casefile.alarms.rules.base import lower
from casefile.alarms.rules.harm import opinions_differ
from casefile.alarms.sightings import sightings
from casefile.alarms.told import day_of
from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.record.persons import PersonView
from casefile.sections import SECTIONS
from casefile.sections.contact import SEEN
from casefile.supervision.digest_rows import Change, DigestFacts, DigestLine
from casefile.supervision.digest_words import differences

GROUP_OF = {
    "contact": "seen",
    "referral": "harm",
    "strategy": "harm",
    "section47": "harm",
    "police_protection": "harm",
    "medical": "harm",
    "photographs": "harm",
    "risk": "risk",
    "conference": "risk",
    "plan": "risk",
    "household": "household",
    "challenge": "disagreement",
}
"""Under which heading an entry of a section stands; every other under *other entries*."""
_GRAVE = ("police_protection", "photographs", "referral")
"""Sections that by themselves say that a child may have come to harm."""
_ORDER = {"not_assessed": 0, "standard": 1, "medium": 2, "high": 3}
_DISSENT = ("dissent", "agreed_after_dissent")
_DOOR = ("doorstep", "visit_failed")


def entry_line(facts: DigestFacts, change: Change, **values: Any) -> DigestLine:
    """The line of an entry: what it says, what an amendment changed, where it came from."""
    entry, before = change.entry, change.before
    parts: list[str] = [str(values.pop("detail", ""))]
    if before is not None:
        moved = differences(facts, before, entry)
        parts += [f"Amended: {'; '.join(moved)}" if moved else "Amended"]
        parts += [f"Why: {entry.reason}"] if entry.reason else []
    parts += [f"Imported: {entry.origin}"] if entry.origin else []
    return DigestLine(
        group=values.pop("group", GROUP_OF.get(entry.section, "entries")),
        what=values.pop("what", entry.summary or SECTIONS[entry.section].title),
        detail=". ".join(one.rstrip(".") for one in parts if one),
        tone=values.pop("tone", "plain"),
        happened_on=entry.happened_on,
        known_on=entry.known_on,
        by=entry.author,
        opens="entry",
        id=entry.thread_id,
    )


def care(facts: DigestFacts) -> Iterator[DigestLine]:
    """Everything of these headings."""
    yield from _contacts(facts)
    yield from _not_seen(facts)
    for change in facts.new(
        "referral", "strategy", "section47", "police_protection", "medical", "photographs"
    ):
        yield entry_line(facts, change, tone=_harm_tone(change.entry))
    yield from _risk(facts)
    yield from _front(facts)
    for change in facts.new("conference", "plan"):
        yield entry_line(facts, change)
    yield from _disagreement(facts)


def _contacts(facts: DigestFacts) -> Iterator[DigestLine]:
    for change in facts.new("contact"):
        entry = change.entry
        said = [_names(facts, entry)]
        if away := entry.get("out_of_sight"):
            said.append("; ".join(facts.words("out_of_sight", one) for one in away))
        said += ["Somebody took back what they had said"] if entry.get("retracted") else []
        let_go = bool(entry.get("discharged")) and not entry.get("discharge_agreed")
        said += ["Discharged from hospital, and nobody records that it was agreed"] if let_go else []
        grave = bool(away) or bool(entry.get("retracted")) or entry.get("child_seen") == "refused" or let_go
        yield entry_line(
            facts,
            change,
            detail=". ".join(one for one in said if one),
            tone="danger" if grave else _sight_tone(entry),
        )
        if entry.get("injury"):
            yield entry_line(
                facts, change, group="harm", what="Injury seen", detail=_names(facts, entry), tone="danger"
            )


def _sight_tone(entry: EntryFact) -> str:
    if entry.get("child_seen") not in SEEN or entry.get("kind") in _DOOR:
        return "late"
    return "done" if entry.get("child_seen") == "alone" else "plain"


def _names(facts: DigestFacts, entry: EntryFact) -> str:
    """The children an entry names; an entry that names none speaks of all."""
    named = [one.name for one in facts.seen.children if one.id in entry.concerns]
    return ", ".join(named)


def _not_seen(facts: DigestFacts) -> Iterator[DigestLine]:
    """A child whom nobody has seen since the baseline, whoever else was."""
    for child in facts.seen.children:
        found = sightings(facts.seen, child.id)
        if any(one.on > facts.baseline.day or _is_new(facts, one.entry) for one in found):
            continue
        last = found[-1] if found else None
        yield DigestLine(
            "seen",
            f"{child.name} has {'not been seen since then' if last else 'never been seen by anybody'}",
            _last_seen(facts, last.on) if last else "",
            _unseen_tone(facts, last.on if last else None),
            last.on if last else None,
            last.entry.known_on if last else None,
            last.entry.author if last else "",
            "entry" if last else "person",
            last.entry.thread_id if last else child.id,
        )


def _unseen_tone(facts: DigestFacts, last: date | None) -> str:
    """Grave from the limit of the alarm on; nobody need see the children of a closed file."""
    if any(until is None for _, until in facts.seen.closed):
        return "plain"
    limit = timedelta(days=facts.seen.library.alarms["child_not_seen"].limits["days"])
    return "danger" if last is None or facts.as_of - last > limit else "late"


def _is_new(facts: DigestFacts, entry: EntryFact) -> bool:
    return any(one.entry.thread_id == entry.thread_id for one in facts.changes)


def _last_seen(facts: DigestFacts, day: date) -> str:
    days = (facts.as_of - day).days
    return f"Last seen on {long_date(day)}, {days} {'day' if days == 1 else 'days'} ago"


def _harm_tone(entry: EntryFact) -> str:
    if entry.section == "medical":
        return "danger" if entry.get("opinion") in ("nai", "consistent") else "late"
    return "danger" if entry.section in _GRAVE or entry.get("outcome") == "s47" else "late"


def _risk(facts: DigestFacts) -> Iterator[DigestLine]:
    """The level, from what to what; and a judgement that left it as it was."""
    level = _level(facts.before)
    for change in sorted(facts.new("risk"), key=lambda one: day_of(one.entry)):
        now = str(change.entry.get("level") or "")
        was, to = (lower(facts.words("risk_level", one)) for one in (level or "not_assessed", now))
        up = _ORDER.get(now, 0) > _ORDER.get(level or "", 0)
        if now == level:
            what, tone = f"Risk judged again: {to}, as before", "plain"
        elif level is None:
            what, tone = f"Risk judged for the first time: {to}", "danger" if now == "high" else "late"
        else:
            what, tone = f"Risk moved from {was} to {to}", "danger" if up else "late"
        why = facts.words("risk_trigger", change.entry.get("trigger") or "")
        yield entry_line(
            facts, change, what=what, detail=f"Because of: {lower(why)}" if why else "", tone=tone
        )
        level = now


def _level(entries: tuple[EntryFact, ...]) -> str | None:
    found = [one.get("level") for one in entries if one.section == "risk"]
    return str(found[-1]) if found and found[-1] else None


def _front(facts: DigestFacts) -> Iterator[DigestLine]:
    """Plan and state of the file, where they moved."""
    was, now = _fronts(facts.before), _fronts(facts.seen.entries)
    old, new = was.get("plan_category"), now.get("plan_category")
    shown = _newest(facts, "plan", "conference")
    if old != new and shown is not None:
        category = lower(facts.words("abuse_category", new)) if new else ""
        before = lower(facts.words("abuse_category", old)) if old else ""
        what = (
            f"The plan has moved from {before} to {category}"
            if old and new
            else f"Now under a child protection plan: {category}"
            if new
            else f"The child protection plan has ended ({before})"
        )
        yield entry_line(facts, shown, what=what, tone="late")
    if was.get("state", "open") != now.get("state", "open"):
        shown = _newest(facts, "closure", "referral")
        if shown is not None:
            closed = now.get("state") == "closed"
            yield entry_line(
                facts, shown, group="risk", what="The file was closed" if closed else "The file was opened again",
                tone="late",
            )  # fmt: skip


def _fronts(entries: tuple[EntryFact, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in entries:
        found |= SECTIONS[one.section].front(one)
    return found


def _newest(facts: DigestFacts, *sections: str) -> Change | None:
    """The newest change that says something of the front."""
    saying = [one for one in facts.new(*sections) if SECTIONS[one.entry.section].front(one.entry)]
    return max(saying, key=lambda one: day_of(one.entry), default=None)


def _disagreement(facts: DigestFacts) -> Iterator[DigestLine]:
    for change in facts.new("challenge"):
        over = bool(change.entry.get("outcome"))
        grave = bool(change.entry.get("immediate_danger")) and not over
        yield entry_line(facts, change, tone="danger" if grave else "plain" if over else "late")
    for change in facts.new("conference"):
        if change.entry.get("position") in _DISSENT:
            yield _differs(facts, change, "Police dissented at the conference", change.entry.get("dissent"))
    for change in facts.new("strategy", "risk"):
        if words := change.entry.get("disagreement"):
            where = "strategy discussion" if change.entry.section == "strategy" else "assessment of risk"
            yield _differs(facts, change, f"Disagreement recorded in the {where}", words)
    yield from _doctors(facts)


def _differs(facts: DigestFacts, change: Change, what: str, words: str | None) -> DigestLine:
    return entry_line(
        facts, change, group="disagreement", what=what, detail=_clipped(words or ""), tone="late"
    )


def _doctors(facts: DigestFacts) -> Iterator[DigestLine]:
    """Two opinions on one child that cannot both stand, one of them new."""
    new = {one.entry.id: one for one in facts.new("medical")}
    for spell in opinions_differ(facts.seen, facts.seen.library.alarms["opinions_differ"]):
        change = new.get(spell.entry_id) if spell.entry_id else None
        if change is not None:
            child: PersonView | None = next(
                (one for one in facts.seen.children if one.id in spell.concerns), None
            )
            what = f"Doctors differ on {child.name}" if child else "Doctors differ"
            yield entry_line(
                facts, change, group="disagreement", what=what, detail=spell.because, tone="danger"
            )


def _clipped(words: str, longest: int = 160) -> str:
    line = " ".join(words.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
