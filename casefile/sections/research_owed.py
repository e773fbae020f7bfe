"""Research as something owed: one task for each person whom somebody has still to search, naming what is missing. Pure.

A person's task opens when police learn of them, of a name that nobody tried, or of a conference that is fixed; and some
days before the last search is too old. It names every check that is wanted (:mod:`casefile.sections.researched`), is due by
the earliest of their days, and is done on the day of the search after which nothing is wanted any more. It falls away when
nobody need search any more: the conference was held, the person left the file, the file was closed.

Only what was learnt in the file itself counts, so that whoever asks finds the same task.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from casefile.record.dates import birthday, long_date
from casefile.record.facts import EntryFact, Held
from casefile.record.owed import as_told, derive, latest_versions
from casefile.record.persons import FactView, PersonView
from casefile.record.task import Owed, TaskSaid, TaskState
from casefile.sections import SECTIONS
from casefile.sections.order import in_order
from casefile.sections.researched import (
    ASKED,
    CheckCell,
    CheckState,
    FixedConference,
    Judging,
    Searched,
    Whom,
    answers_check,
    apart,
    conference_ahead,
    searches,
)
from casefile.sections.weights import closed
from casefile.standards import Check, Library
from casefile.work.ids import derived_id

RESEARCH = "RESEARCH"
"""Kind of task; its days stand in ``resources/standards/research.toml``."""
_FIX = {"strategy": "conference_on", "conference": "next_on"}
"""Where a record fixes the day of the next conference."""
_STATE = ("referral", "closure")
"""Sections whose entries open and close the file."""
_SAYS = ("involvement", "birth", "name")
"""Facts about a person that decide what is searched."""
_DAY = timedelta(days=1)
_SETTLE = ("done", "waived")
_Key = tuple[str, tuple[str, date | None]]
_Turn = tuple[date, bool]
"""A day, and whether what was searched on it counts: what opens a task on a day is there before the search."""
_Known = tuple[Judging, tuple[Check, ...], bool]
_Version = tuple[EntryFact, tuple[Searched, ...]]


@dataclass(frozen=True, slots=True)
class _Want:
    """A check that somebody has to make.

    Attributes:
        reason: What it is wanted for: a word that settles the task settles it for this and for nothing later.
        again: It was made before, and is to be made once more.
    """

    check: str
    title: str
    due_on: date
    why: str
    reason: tuple[str, date | None]
    again: bool = False

    @property
    def key(self) -> _Key:
        """The check and what it is wanted for."""
        return self.check, self.reason

    @property
    def settled_with(self) -> tuple[_Key, ...]:
        """What need not be made either once this need not be: what is missing for a conference is so after it too."""
        return self.key, (self.check, (self.reason[0], None))


@dataclass(slots=True)
class _Run:
    """One task of one person, from the first day on which something was wanted to the first on which nothing was."""

    opened_on: date
    wants: tuple[_Want, ...]
    state: TaskState = TaskState.DUE
    ended_on: date | None = None


def owing(
    people: Iterable[PersonView],
    file_id: UUID,
    versions: Sequence[EntryFact],
    said: Sequence[TaskSaid],
    library: Library,
    as_of: date,
) -> tuple[Owed, ...]:
    """Everything owed in one file as of a day: what its records open, and research of its people."""
    research = research_tasks(people, file_id, versions, said, library, as_of)
    return derive(versions, said, SECTIONS, library, as_of, research)


def research_tasks(
    people: Iterable[PersonView],
    file_id: UUID,
    versions: Iterable[EntryFact],
    said: Iterable[TaskSaid],
    library: Library,
    as_of: date,
    *,
    to_come: bool = False,
) -> list[Owed]:
    """The research owed of each person as of a day, by what police knew then, as officers spoke of it; none is called late.

    Args:
        people: Everybody involved, with their facts; those not known on the day do not count.
        to_come: Also what begins on a later day if nothing more is recorded: a search that grows old.
    """
    held = tuple(one for one in versions if one.known_on <= as_of and one.section in _LOOKED_AT)
    spoken = [one for one in said if one.known_on <= as_of]
    file = _File(file_id, held, library)
    found = [task for one in people for task in _Person(one, file, spoken, as_of).tasks(to_come=to_come)]
    return as_told(found, spoken)


_LOOKED_AT = ("research", *_FIX, *_STATE)


@dataclass
class _File:
    """What the records of a file say of research, as known on one day after another; each question is answered once."""

    file_id: UUID
    held: tuple[EntryFact, ...]
    library: Library
    _known: dict[date, _Known] = field(default_factory=dict[date, _Known])

    @cached_property
    def others(self) -> tuple[EntryFact, ...]:
        """What is no search: it says what a search is wanted for."""
        return tuple(one for one in self.held if one.section != "research")

    @cached_property
    def turns(self) -> frozenset[date]:
        """Days on which what is wanted of anybody may change: conferences are fixed, held or past; the file is closed."""
        found: set[date] = set()
        for one in self.others:
            found |= {one.known_on, one.happened_on or one.known_on}
            if (key := _FIX.get(one.section)) and (on := one.get(key)) and on < date.max:
                found.add(on + _DAY)
        return frozenset(found)

    @cached_property
    def searched(self) -> Mapping[UUID, tuple[_Version, ...]]:
        """By person, every version of each search that was ever about them, and what of it is about them."""
        threads: dict[UUID, list[EntryFact]] = {}
        for one in self.held:
            if one.section == "research":
                threads.setdefault(one.thread_id, []).append(one)
        found: dict[UUID, list[_Version]] = {}
        for versions in threads.values():
            rows = [(one, searches([one])) for one in versions]
            for person in {person for one in versions for person in one.concerns}:
                found.setdefault(person, []).extend((one, made.get(person, ())) for one, made in rows)
        return {person: tuple(versions) for person, versions in found.items()}

    def by(self, day: date) -> _Known:
        """By what was known on a day: how checks are judged, which can be made, and whether the file is closed."""
        if day not in self._known:
            latest = latest_versions(one for one in self.others if one.known_on <= day)
            ahead = conference_ahead(latest, self.library, day)
            shut = closed(Held(sorted((one for one in latest if one.section in _STATE), key=in_order)), day)
            checks = self.library.research.on(day, self.library.codes("research_system"))
            self._known[day] = Judging(self.file_id, self.library, day, ahead), checks, shut
        return self._known[day]


@dataclass(frozen=True)
class _Person:
    """The research owed of one person."""

    person: PersonView
    file: _File
    said: Sequence[TaskSaid]
    as_of: date
    _known: dict[int, Whom] = field(default_factory=dict[int, Whom])

    def tasks(self, *, to_come: bool) -> Iterable[Owed]:
        """Every task up to the day; and the first that begins later, where none is open."""
        runs: list[_Run] = []
        settled: set[_Key] = set()
        run: _Run | None = None
        for turn in self._turns():
            day, _ = turn
            if day > self.as_of and (run is not None or not to_come):
                break
            wants = self._wants(turn)
            if run is not None and (word := self._settled(run)) is not None and word.known_on <= day:
                covered = wants if word.known_on == day else run.wants
                settled |= {key for one in covered for key in one.settled_with}
                run = None
            wants = tuple(one for one in wants if one.key not in settled)
            if run is None and wants:
                run = _Run(day, wants)
                runs.append(run)
            elif run is not None and wants:
                run.wants = wants
            elif run is not None:
                run.state, run.ended_on = self._ended(run, day)
                run = None
        return [self._task(one) for one in runs]

    def _turns(self) -> list[_Turn]:
        """The days on which what is wanted of the person may change; each on which they were searched twice."""
        searched = {one.known_on for one in self._about()}
        days = self._days()
        return [(day, counts) for day in days for counts in ((False, True) if day in searched else (True,))]

    def _days(self) -> list[date]:
        rows = self._facts("involvement")
        since = min((day for one in rows if (day := one.get("known_on"))), default=None)
        if since is None:
            return []
        found = set(self.file.turns)
        found |= set(self._changes)
        times = self.file.library.research
        for entry in self._about():
            made = entry.happened_on or entry.known_on
            found |= {entry.known_on, apart(made, times.fresh_days - times.before_conference_days)}
        if born := self.person.born_on:
            found |= {birthday(born, one.from_age) for one in times.checks if one.from_age}
        return sorted({max(day, since) for day in found} | {since})

    @cached_property
    def _changes(self) -> tuple[date, ...]:
        """The days on which a fact about the person became known, or had ended."""
        facts = [one for key in _SAYS for one in self._facts(key)]
        days = (day for one in facts for day in (one.get("known_on"), _next(one.get("until_on"))) if day)
        return tuple(sorted(set(days)))

    def _facts(self, key: str) -> list[FactView]:
        return [one for one in self.person.facts.get(key, ()) if one.file_id == self.file.file_id]

    def _about(self) -> list[EntryFact]:
        versions = self.file.searched.get(self.person.id, ())
        return [entry for entry, _ in versions if self.person.id in entry.concerns]

    def _whom(self, day: date) -> Whom:
        """The person as the file knew them on a day; between two changes they are the same."""
        place = bisect_right(self._changes, day)
        if place not in self._known:
            self._known[place] = Whom.of(self._then(day), self.file.file_id)
        return self._known[place]

    def _then(self, day: date) -> PersonView:
        facts: dict[str, tuple[FactView, ...]] = {}
        for key in _SAYS:
            known = [one for one in self._facts(key) if (on := one.get("known_on")) and on <= day]
            replaced = {one.replaces_id for one in known}
            facts[key] = tuple(
                replace(
                    one,
                    current=one.id not in replaced and not one.withdrawn,
                    ended=(until := one.get("until_on")) is not None and until < day,
                )
                for one in known
            )
        return replace(self.person, facts=facts)

    def _wants(self, turn: _Turn) -> tuple[_Want, ...]:
        day, _ = turn
        judging, checks, shut = self.file.by(day)
        if shut:
            return ()
        whom = self._whom(day)
        if whom.kind is None:
            return ()
        made = self._made(turn)
        found = (_want(judging, whom, check, made) for check in checks if whom.wanted(check, day))
        return tuple(one for one in found if one is not None)

    def _made(self, turn: _Turn) -> tuple[Searched, ...]:
        """The searches about the person that were known, the latest first."""
        day, counts = turn
        latest: dict[UUID, _Version] = {}
        for version in self.file.searched.get(self.person.id, ()):
            entry, _ = version
            if entry.known_on < day or (entry.known_on == day and counts):
                held = latest.get(entry.thread_id)
                if held is None or entry.version > held[0].version:
                    latest[entry.thread_id] = version
        order = sorted(latest.values(), key=lambda one: _place(one[0]))
        made = [search for _, searched in order for search in searched]
        return tuple(sorted(made, key=lambda one: one.on, reverse=True))

    def _settled(self, run: _Run) -> TaskSaid | None:
        """The word that settled a task for good, if nobody opened it again."""
        words = [one for one in self.said if one.task_id == self._id(run) and one.what != "given"]
        return words[-1] if words and words[-1].what in _SETTLE else None

    def _ended(self, run: _Run, day: date) -> tuple[TaskState, date]:
        made = [one.happened_on or day for one in self._about() if one.known_on == day]
        if made:
            return TaskState.DONE, max(*made, run.opened_on)
        return TaskState.CEASED, day

    def _id(self, run: _Run) -> UUID:
        return derived_id(self.file.file_id, self.person.id, RESEARCH, run.opened_on)

    def _task(self, run: _Run) -> Owed:
        why = dict.fromkeys(one.why for one in run.wants)
        return Owed(
            id=self._id(run),
            entry_id=None,
            timescale=RESEARCH,
            standard="research",
            title=_title(self.person.name, run.wants),
            owed_by="police",
            officer_id=None,
            opened_on=run.opened_on,
            due_on=min(one.due_on for one in run.wants),
            state=run.state,
            ended_on=run.ended_on,
            because=" ".join(why).rstrip("."),
            concerns=(self.person.id,),
        )


def _want(judging: Judging, whom: Whom, check: Check, made: Sequence[Searched]) -> _Want | None:
    """What is owed of one check that is wanted: what nobody made, or made too long ago, or for an earlier conference."""
    cell = judging.cell(whom, check, made)
    ahead = judging.conference
    if cell.state is CheckState.MISSING and cell.due_on is not None:
        why = " ".join(cell.why[1:]) or cell.why[0]
        return _Want(check.key, check.title, cell.due_on, why, ("missing", ahead.on if ahead else None))
    last = next((one for one in cell.searches if answers_check(one, judging.library)), None)
    if last is None or cell.searches[0].result == ASKED:
        return None
    return _before_conference(check, last, ahead) or _new_name(check, cell) or _old(judging, check, last)


def _before_conference(check: Check, last: Searched, ahead: FixedConference | None) -> _Want | None:
    if ahead is None or last.on >= ahead.counts_from:
        return None
    why = (
        f"For the conference of {long_date(ahead.on)} a search counts from {long_date(ahead.counts_from)} on."
    )
    return _Want(check.key, check.title, ahead.report_by, why, ("conference", ahead.on), again=True)


def _new_name(check: Check, cell: CheckCell) -> _Want | None:
    if cell.state is not CheckState.NAME or cell.due_on is None:
        return None
    return _Want(check.key, check.title, cell.due_on, " ".join(cell.why), ("name", cell.due_on), again=True)


def _old(judging: Judging, check: Check, last: Searched) -> _Want | None:
    times = judging.library.research
    old = apart(last.on, times.fresh_days)
    if judging.as_of < apart(old, -times.before_conference_days):
        return None
    return _Want(
        check.key, check.title, old, f"Searched last on {long_date(last.on)}.", ("old", last.on), again=True
    )


def _title(name: str, wants: Sequence[_Want]) -> str:
    """Whom to search, for what, and which checks are missing."""
    checks = "; ".join(one.title for one in wants)
    reasons = {one.reason for one in wants}
    if len(reasons) == 1 and (reason := wants[0].reason)[0] == "conference":
        return f"Research {name} again for the conference of {long_date(reason[1])}: {checks}"
    return f"Research {name}{' again' if all(one.again for one in wants) else ''}: {checks}"


def _place(entry: EntryFact) -> tuple[date, date, UUID]:
    """Where an entry stands among those of a file."""
    return entry.happened_on or entry.known_on, entry.known_on, entry.thread_id


def _next(day: date | None) -> date | None:
    return apart(day, 1) if day else None
