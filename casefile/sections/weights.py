"""What a file weighs on a day, item by item, and until when: pure rules over its entries. No database, no clock.

What each item weighs stands in ``resources/standards/workload.toml`` under its key. Weight is a tool for
judgement, not a target.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from casefile.record.dates import long_date
from casefile.record.facts import EntryFact, Held
from casefile.record.owed import latest_versions, standing
from casefile.record.task import Owed, TaskSaid
from casefile.sections import SECTIONS
from casefile.sections.order import in_order
from casefile.sections.plan import PROTECTION, plan_stands
from casefile.standards import Library, WorkloadStandard

CHILDREN = ("subject", "unborn", "sibling", "other_child")
"""Roles of the children of a file."""
CONFERENCES = ("ICPC", "RCPC-1", "RCPC-n", "RCPC-B", "RCPC-B-UNFIT")
"""Timescales by which a conference is owed."""
_FIXED = (("conference", "next_on"), ("strategy", "conference_on"))
"""Where a record fixes the day of the next conference."""
ONE_DAY = timedelta(days=1)


def _about_conferences() -> frozenset[str]:
    """Sections that say when a conference is owed, or that it is owed no more."""
    found = {key for key, _ in _FIXED}
    for key, section in SECTIONS.items():
        opened = {
            name
            for one in section.opens
            for name in ([one.timescale] if isinstance(one.timescale, str) else one.among)
        }
        ended = {name for one in (*section.closes, *section.ceases) for name in one.timescales}
        if not (opened | ended).isdisjoint(CONFERENCES):
            found.add(key)
    return frozenset(found)


ABOUT_CONFERENCES = _about_conferences()
_SPEAK = frozenset(key for key, one in SECTIONS.items() if "front" in vars(one))
"""Sections that say whether a file is open."""
LOOKED_AT = frozenset({"plan", "conference", "risk", "investigation", "bail"}) | ABOUT_CONFERENCES | _SPEAK
"""Sections whose entries the rules look at; whoever replays a day reads no other."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """One thing that makes work in a file.

    Attributes:
        weight: Key in the standard.
        number: How many of it: children on the plan, victims after the first.
        said: It in words.
        entry_id: The version of the record that shows it.
        from_on: The first day asked on which it stands.
        until_on: The first day known on which it stands no more; None while none is.
    """

    weight: str
    number: int
    said: str
    entry_id: UUID | None
    from_on: date
    until_on: date | None = None

    def stands_on(self, day: date) -> bool:
        """Whether it counts on a day."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


@dataclass(frozen=True, slots=True)
class Known:
    """What was known of a file: the latest version of each entry, what is owed, and who its children are."""

    entries: Held
    owed: tuple[Owed, ...]
    children: frozenset[UUID]
    standard: WorkloadStandard

    @classmethod
    def of(
        cls,
        versions: Iterable[EntryFact],
        said: Iterable[TaskSaid],
        children: Collection[UUID],
        library: Library,
        tasks: Iterable[Owed] | None = None,
    ) -> Known:
        """From every version of every entry known, and what was said of tasks.

        Args:
            tasks: All that follows from them, also what begins or ends later, where the caller has derived it.
        """
        looked_at = [one for one in versions if one.section in LOOKED_AT]
        if tasks is None:
            about = [one for one in looked_at if one.section in ABOUT_CONFERENCES]
            tasks = standing(about, list(said), SECTIONS, library, date.max)
        latest = sorted(latest_versions(looked_at), key=in_order)
        owed = tuple(one for one in tasks if one.timescale in CONFERENCES)
        return cls(Held(latest), owed, frozenset(children), library.workload)


def weigh(known: Known, day: date) -> tuple[Weighed, ...]:
    """Everything that makes work from a day on, each with the days on which it counts, by what is known."""
    over: list[Weighed] = []
    lasting: list[Weighed] = []
    for turn in (day, *sorted(_turns(known, day))):
        going: list[Weighed] = []
        for item in items_on(known, turn):
            before = next((one for one in lasting if replace(one, from_on=turn) == item), None)
            if before is not None:
                lasting.remove(before)
            going.append(before or item)
        over += [replace(one, until_on=turn) for one in lasting]
        lasting = going
    return (*over, *lasting)


def items_on(known: Known, day: date) -> tuple[Weighed, ...]:
    """What makes work on one day, in the order of the standard; nothing in a closed file."""
    if closed(known.entries, day):
        return ()
    found = [*_plans(known, day), *_risk(known, day), *_investigations(known, day), *_bail(known, day)]
    found += _conference(known, day)
    order = list(known.standard.weights)
    return _once(sorted(found, key=lambda one: order.index(one.weight)), known.standard)


def _once(found: Iterable[Weighed], standard: WorkloadStandard) -> tuple[Weighed, ...]:
    """What a file counts once stands once."""
    kept: dict[str, list[Weighed]] = {}
    for one in found:
        rows = kept.setdefault(one.weight, [])
        if standard.weights[one.weight].each or not rows:
            rows.append(one)
    return tuple(one for rows in kept.values() for one in rows)


def _on(entry: EntryFact) -> date:
    return entry.happened_on or entry.known_on


def _so_far(entries: Iterable[EntryFact], day: date) -> Iterator[EntryFact]:
    return (one for one in entries if _on(one) <= day)


def closed(entries: Held, day: date) -> bool:
    """Whether the file is closed on a day and nothing opened it again."""
    said = (SECTIONS[one.section].front(one).get("state") for one in _so_far(entries, day))
    return next((one for one in reversed([one for one in said if one])), "open") == "closed"


def _plans(known: Known, day: date) -> Iterator[Weighed]:
    """Each child on a plan, by the plan that stands, or by the conference that made one not on file yet."""
    entries = known.entries
    if not plan_stands(entries, day):
        return
    plans = [
        one
        for one in _so_far(entries.of("plan"), day)
        if one.get("status") in PROTECTION and (one.get("ended_on") is None or one.get("ended_on") > day)
    ]
    made = [one for one in _so_far(entries.of("conference"), day) if one.get("outcome") == "plan"]
    counted: set[UUID] = set()
    for one in plans or made[-1:]:
        children = (set(one.concerns) & known.children or set(one.concerns)) - counted
        counted |= children
        if one.concerns and not children:
            continue
        number = len(children) or 1
        whom = "A child" if number == 1 else f"{number} children"
        yield Weighed("child_on_plan", number, f"{whom} on a plan since {long_date(_on(one))}", one.id, day)


def _risk(known: Known, day: date) -> Iterator[Weighed]:
    judged = list(_so_far(known.entries.of("risk"), day))
    high = known.standard.weights["high_risk"].codes.get("risk_level", ())
    if judged and judged[-1].get("level") in high:
        yield Weighed("high_risk", 1, f"Judged high on {long_date(_on(judged[-1]))}", judged[-1].id, day)


def _investigations(known: Known, day: date) -> Iterator[Weighed]:
    for entry in _so_far(known.entries.of("investigation"), day):
        stage = _stage(known.standard, entry, day)
        if stage is not None:
            yield Weighed(stage, 1, entry.summary, entry.id, day)
        victims = len(set(entry.concerns) & known.children)
        if stage == "serious_allegation" and victims > 1:
            yield Weighed(
                "further_victim", victims - 1, f"{victims} children concerned: {entry.summary}", entry.id, day
            )


def _stage(standard: WorkloadStandard, entry: EntryFact, day: date) -> str | None:
    """How far an investigation has come on a day, as the key of its weight; None when nothing is left to do."""
    charged, tidy = standard.weights["charged"].codes, standard.weights["nfa_tidy"]
    outcome, ended_on = entry.get("outcome"), entry.get("outcome_on") or entry.known_on
    if ended_on > day:
        outcome = None
    status = {row.get("suspect_status") for row in entry.rows("suspects")}
    if status & set(charged.get("suspect_status", ())):
        return "charged"
    if outcome in charged.get("criminal_outcome", ()):
        return None if status & {"convicted", "acquitted", "died"} else "charged"
    if outcome is not None:
        listed = outcome in tidy.codes.get("criminal_outcome", ())
        return "nfa_tidy" if listed and day <= ended_on + timedelta(days=tidy.days) else None
    sent: date | None = entry.get("cps_referred_on")
    awaited = standard.weights["with_cps"].codes.get("cps_advice", ())
    if sent is not None and sent <= day and entry.get("cps_advice") in (None, *awaited):
        return "with_cps"
    serious = standard.weights["serious_allegation"].codes.get("offence_kind", ())
    return "serious_allegation" if entry.get("offence") in serious else "other_allegation"


def _bail(known: Known, day: date) -> Iterator[Weighed]:
    kinds = known.standard.weights["live_bail"].codes.get("bail_type", ())
    for entry in _so_far(known.entries.of("bail"), day):
        last: date | None = entry.get("expires_on")
        if entry.get("kind") not in kinds or (last is not None and last < day) or _ended(entry, day):
            continue
        until = f", until {long_date(last)}" if last else ""
        yield Weighed("live_bail", 1, f"{entry.summary}{until}", entry.id, day)


def _ended(entry: EntryFact, day: date) -> bool:
    how = entry.get("ended_how")
    return how is not None and how != "extended" and (entry.get("ended_on") or entry.known_on) <= day


def _conference(known: Known, day: date) -> Iterator[Weighed]:
    """The next conference, fixed or owed, when it is near or late."""
    ahead = timedelta(days=known.standard.weights["conference_near"].days)
    fixed = [(on, entry.id) for on, entry in _fixed(known.entries) if on >= day and _on(entry) <= day]
    owed = [
        (one.due_on, one.entry_id)
        for one in known.owed
        if one.due_on is not None and one.opened_on <= day and (one.ended_on is None or one.ended_on > day)
    ]
    if fixed:
        on, entry_id = min(fixed, key=lambda one: one[0])
        said = f"Conference fixed for {long_date(on)}"
    elif owed:
        on, entry_id = min(owed, key=lambda one: one[0])
        said = f"Conference {'was due' if on < day else 'due'} by {long_date(on)}"
    else:
        return
    if on <= day + ahead:
        yield Weighed("conference_near", 1, said, entry_id, day)


def _fixed(entries: Held) -> Iterator[tuple[date, EntryFact]]:
    """Days fixed for a conference that no later record of one has taken the place of."""
    held = [_on(one) for one in entries.of("conference")]
    for section, key in _FIXED:
        for entry in entries.of(section):
            on: date | None = entry.get(key)
            if on is not None and not any(_on(entry) < one <= on for one in held):
                yield on, entry


def _turns(known: Known, day: date) -> set[date]:
    """Every later day on which the answer could change by what is known now."""
    near, tidy = (timedelta(days=known.standard.weights[one].days) for one in ("conference_near", "nfa_tidy"))
    found: set[date] = set()
    for entry in known.entries:
        found.add(_on(entry))
        found |= {on for key in ("ended_on", "outcome_on", "cps_referred_on") if (on := entry.get(key))}
        if last := entry.get("expires_on"):
            found.add(_after(last))
        if entry.get("outcome"):
            found |= {entry.known_on, _after((entry.get("outcome_on") or entry.known_on) + tidy)}
    for on, _ in _fixed(known.entries):
        found |= {on - near, _after(on)}
    for task in known.owed:
        found |= {task.opened_on, task.ended_on or task.opened_on}
        if task.due_on is not None:
            found |= {max(task.due_on, date.min + near) - near, _after(task.due_on)}
    return {one for one in found if one > day}


def _after(day: date) -> date:
    return day if day == date.max else day + ONE_DAY
