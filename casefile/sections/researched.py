"""What research stands to whom: per person and check the searches made, and what is still wanted, why and by when. Pure.

The checks are data (``resources/standards/research.toml``). A check counts for a person from the last search that gave
an answer. It is wanted again before each conference, when a name becomes known that nobody tried, and when it is old.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from casefile.names.fold import tokens
from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.record.persons import PersonView, full_name
from casefile.sections.file_facts import CHILDREN, OUTSIDE
from casefile.standards import Check, CodeList, Library, add_working_days

ASKED = "asked"
ANSWERS = "answers"
"""Tag of the results that answer a check; what is awaited, or was not available, does not."""
_FIRST, _LATER = "CONF-R1", "CONF-R2"


class CheckState(StrEnum):
    """How one check of one person stands."""

    DONE = "checked"
    AWAITED = "answer awaited"
    POSSIBLE = "possible match"
    """Somebody who may be this person was found, and nobody has said whether it is."""
    NAME = "a name not tried"
    AGAIN = "to be repeated"
    MISSING = "missing"
    OFFERED = "not asked for"
    """The standard does not ask for it of this person; nobody made it."""

    @property
    def wanted(self) -> bool:
        """Whether somebody has still to search."""
        return self in (CheckState.MISSING, CheckState.AGAIN, CheckState.NAME)

    @property
    def open(self) -> bool:
        """Whether the check is not settled, whoever has to act."""
        return self.wanted or self in (CheckState.AWAITED, CheckState.POSSIBLE)


@dataclass(frozen=True, slots=True)
class FixedConference:
    """A conference that is fixed for a day.

    Attributes:
        first: Whether it is an initial one; else a review.
        report_by: The last day for the police report, and so for the research in it.
        counts_from: The first day of a search that counts for it.
    """

    on: date
    first: bool
    report_by: date
    counts_from: date


@dataclass(frozen=True, slots=True)
class Searched:
    """One search of one system about one person.

    Attributes:
        by: Who searched, as the entry names them, else who signed it.
        tried: Names and dates of birth tried, as written.
        grade: Source, information and handling of intelligence, as codes; each may be "".
    """

    system: str
    on: date
    by: str
    tried: str
    result: str
    found: str
    reference: str
    grade: tuple[str, str, str]
    occasion: str
    entry_id: UUID
    thread_id: UUID


@dataclass(frozen=True, slots=True)
class CheckCell:
    """One check of one person.

    Attributes:
        searches: What was searched for it, the latest first.
        why: Why it stands so and what is wanted, in sentences.
        due_on: By when it is wanted; None where nothing is.
    """

    person_id: UUID
    check: str
    state: CheckState
    searches: tuple[Searched, ...] = ()
    why: tuple[str, ...] = ()
    due_on: date | None = None


def kind_of(person: PersonView, file_id: UUID) -> str | None:
    """``child`` or ``adult``; None for those nobody researches: who work with the family, or are not born."""
    roles = set(person.roles(file_id))
    if not roles or person.unborn or any(one.get("died_on") for one in person.now("birth")):
        return None
    if roles & CHILDREN:
        return "child"
    return None if roles & OUTSIDE else "adult"


@dataclass(frozen=True, slots=True)
class Whom:
    """Somebody of whom checks are asked: what they are to the file is looked for once for all of them."""

    person: PersonView
    kind: str | None
    roles: frozenset[str]

    @classmethod
    def of(cls, person: PersonView, file_id: UUID) -> Whom:
        """A person as their facts in a file tell."""
        return cls(person, kind_of(person, file_id), frozenset(person.roles(file_id)))

    def wanted(self, check: Check, as_of: date) -> bool:
        """Whether the standard asks for a check of them on a day."""
        if self.kind not in check.of or (check.roles and self.roles.isdisjoint(check.roles)):
            return False
        born = self.person.born_on
        if not check.from_age or born is None:
            return True
        return as_of.year - born.year - ((as_of.month, as_of.day) < (born.month, born.day)) >= check.from_age


def conference_ahead(entries: Sequence[EntryFact], library: Library, as_of: date) -> FixedConference | None:
    """The next conference that the latest strategy discussion or conference fixed, if it is still to come."""
    found: list[tuple[date, bool]] = []
    held = [one.happened_on for one in entries if one.section == "conference" and one.happened_on]
    for section, key in (("strategy", "conference_on"), ("conference", "next_on")):
        last = next((one for one in reversed(entries) if one.section == section and one.get(key)), None)
        fixed: date | None = last.get(key) if last is not None else None
        if last is None or fixed is None or fixed < as_of:
            continue
        if not any(last.happened_on and day > last.happened_on for day in held):
            found.append((fixed, section == "strategy"))
    return fixed_conference(*min(found), library) if found else None


def fixed_conference(on: date, first: bool, library: Library) -> FixedConference:
    """A conference of a day, with the day of the police report by the standard in force."""
    scale = library.timescale(_FIRST if first else _LATER, on)
    report_by = (scale.due(on) if scale else None) or on
    return FixedConference(on, first, report_by, apart(on, -library.research.before_conference_days))


def apart(day: date, days: int) -> date:
    """A day so many days from another; the end of the calendar, where a year was mistyped."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.min if days < 0 else date.max


def searches(entries: Iterable[EntryFact]) -> Mapping[UUID, tuple[Searched, ...]]:
    """Every search by whom it is about, the latest first."""
    found: dict[UUID, list[Searched]] = {}
    for entry in entries:
        if entry.section != "research":
            continue
        made = [_searched(entry, row) for row in entry.rows("searches") if row.get("system")]
        for person in entry.concerns:
            found.setdefault(person, []).extend(made)
    return {
        person: tuple(sorted(made, key=lambda one: one.on, reverse=True)) for person, made in found.items()
    }


def _searched(entry: EntryFact, row: Mapping[str, object]) -> Searched:
    def words(key: str) -> str:
        return str(row.get(key) or "")

    return Searched(
        words("system"), entry.happened_on or entry.known_on, str(entry.get("searched_by") or entry.author),
        words("tried"), words("result"), words("found"), words("found_ref"),
        (words("graded_source"), words("graded_information"), words("graded_handling")),
        str(entry.get("occasion") or ""), entry.id, entry.thread_id,
    )  # fmt: skip


def answers(row: Mapping[str, object], results: CodeList) -> bool:
    """Whether a search gave an answer: found, not found, possible or refused."""
    code = results.get(str(row.get("result") or ""))
    return code is not None and ANSWERS in code.tags


def answers_check(search: Searched, library: Library) -> bool:
    """Whether a search gave an answer to its check."""
    code = library.codes("research_result").get(search.result)
    return code is not None and ANSWERS in code.tags


def known_since(person: PersonView, file_id: UUID) -> date | None:
    """The day police learnt that somebody stands in the file."""
    rows = (one for one in person.facts.get("involvement", ()) if one.file_id == file_id)
    return min((day for one in rows if (day := one.get("known_on"))), default=None)


@dataclass(frozen=True, slots=True)
class Judging:
    """What every check of one file is judged by."""

    file_id: UUID
    library: Library
    as_of: date
    conference: FixedConference | None

    def cell(self, whom: Whom, check: Check, made: Sequence[Searched]) -> CheckCell:
        """How one check of one person stands; *made* are all searches about them, the latest first."""
        person = whom.person
        mine = tuple(one for one in made if one.system in check.systems)
        answered = [one for one in mine if answers_check(one, self.library)]
        wanted = whom.wanted(check, self.as_of)
        if not answered:
            return self._unanswered(person, check, mine, wanted)
        last = answered[0]
        if wanted and (again := self._again(last)):
            if mine[0].result == ASKED:
                return self._awaited(person, check, mine)
            return CheckCell(person.id, check.key, CheckState.AGAIN, mine, (again[0],), again[1])
        if wanted and (untried := self._untried(person, answered)):
            due = min(self._soon(day) for _, day in untried)
            why = tuple(
                f"The name {name}, known since {long_date(day)}, was not tried." for name, day in untried
            )
            return CheckCell(person.id, check.key, CheckState.NAME, mine, why, due)
        if last.result == "possible":
            why = (f"Possible match of {long_date(last.on)}: nobody has said whether it is {person.name}.",)
            return CheckCell(person.id, check.key, CheckState.POSSIBLE, mine, why)
        return CheckCell(person.id, check.key, CheckState.DONE, mine, self._next_time(last, wanted))

    def _unanswered(
        self, person: PersonView, check: Check, mine: tuple[Searched, ...], wanted: bool
    ) -> CheckCell:
        if mine and mine[0].result == ASKED:
            return self._awaited(person, check, mine)
        if not wanted:
            return CheckCell(person.id, check.key, CheckState.OFFERED, mine, (check.why,))
        since = known_since(person, self.file_id)
        why = [check.why]
        if mine:
            why.append(f"Not available on {long_date(mine[0].on)}.")
        if since is not None:
            why.append(f"In the file since {long_date(since)}.")
        due = self._soon(since) if since is not None else None
        if self.conference is not None:
            why.append(f"Needed for the conference of {long_date(self.conference.on)}.")
            due = min(due, self.conference.report_by) if due is not None else self.conference.report_by
        return CheckCell(person.id, check.key, CheckState.MISSING, mine, tuple(why), due)

    def _awaited(self, person: PersonView, check: Check, mine: tuple[Searched, ...]) -> CheckCell:
        why = (f"Asked on {long_date(mine[0].on)}, answer awaited.",)
        return CheckCell(person.id, check.key, CheckState.AWAITED, mine, why)

    def _again(self, last: Searched) -> tuple[str, date] | None:
        """Why and by when a search is to be repeated."""
        ahead = self.conference
        if ahead is not None and self.as_of >= ahead.counts_from > last.on:
            said = f"Searched last on {long_date(last.on)}; for the conference of {long_date(ahead.on)} a search counts"
            return f"{said} from {long_date(ahead.counts_from)} on.", ahead.report_by
        old = apart(last.on, self.library.research.fresh_days)
        if old < self.as_of:
            return f"Searched last on {long_date(last.on)}.", old
        return None

    def _untried(self, person: PersonView, answered: Sequence[Searched]) -> list[tuple[str, date]]:
        """Names that no search tried, each with the day from which police knew it."""
        found: list[tuple[str, date]] = []
        for name in person.stated("name"):
            said, known = full_name(name.values), name.get("known_on")
            if said and known and not any(tried(one, said, known) for one in answered):
                found.append((said, known))
        return found

    def _soon(self, day: date) -> date:
        return add_working_days(day, self.library.research.new_person_working_days)

    def _next_time(self, last: Searched, wanted: bool) -> tuple[str, ...]:
        ahead = self.conference
        if wanted and ahead is not None and last.on < ahead.counts_from:
            return (
                f"Again from {long_date(ahead.counts_from)} on, before the conference of {long_date(ahead.on)}.",
            )
        return ()


def tried(search: Searched, name: str, known: date) -> bool:
    """Whether a search tried a name, in whatever order of its words; one that does not say what it tried, all known then."""
    if not search.tried.strip():
        return known <= search.on
    return {one.plain for one in tokens(name)} <= {one.plain for one in tokens(search.tried)}


def cells(
    people: Iterable[PersonView], file_id: UUID, entries: Sequence[EntryFact], library: Library, as_of: date
) -> tuple[CheckCell, ...]:
    """Every check of everybody who is researched, person by person, in the order of the standard."""
    made = searches(entries)
    judging = Judging(file_id, library, as_of, conference_ahead(entries, library, as_of))
    checks = library.research.on(as_of, library.codes("research_system"))
    return tuple(
        judging.cell(whom, check, made.get(whom.person.id, ()))
        for whom in (Whom.of(one, file_id) for one in people)
        if whom.kind
        for check in checks
    )
