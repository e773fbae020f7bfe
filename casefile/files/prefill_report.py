"""What a police report to a conference starts with: what the file records, line by line with its source, to be edited.

Nothing is concluded here. What police think is left to whoever signs; only the last assessment of the risk is quoted, with
its author. Intelligence whose handling keeps it within law enforcement is left out, and named under what was left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from casefile.files.prefill_note import Reading
from casefile.files.research.model import Researched, ResearchGrid
from casefile.files.research.queries import grid
from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.record.homes import address_words
from casefile.record.persons import FactView, PersonView, birth_words
from casefile.sections import SECTIONS
from casefile.sections.file_facts import OUTSIDE
from casefile.sections.research import FOUND
from casefile.sections.researched import CheckState, Searched
from casefile.work.unit import Work

MOST_LINES = 40
"""Lines on what happened that a draft starts with, the latest: the chronology itself can go with it."""
_HAPPENED = frozenset(
    {"referral", "strategy", "section47", "medical", "contact", "investigation", "bail", "police_protection",
     "conference", "legal", "assessment", "agency_event", "social_care_closure"}
)  # fmt: skip
_ALWAYS = frozenset({"referral", "medical", "investigation", "bail", "police_protection", "section47"})
"""Stand in a report whatever they weigh; of the others what is significant, and what came since the last conference."""
_TELLS: Mapping[str, tuple[str, ...]] = {
    "referral": ("account",),
    "section47": ("child_said",),
    "medical": ("findings",),
    "contact": ("child_said", "note"),
    "investigation": ("allegation",),
    "police_protection": ("grounds",),
    "assessment": ("findings",),
    "agency_event": ("response",),
}
"""What an entry says beside its one line, in the words in which it was signed."""
_NOT_NAMED = frozenset({"witness", "referrer", "victim"})
"""Whoever is nothing else to the file: a report that the family reads must not tell who spoke."""
_HIDDEN = frozenset({"refuge", "foster", "residential", "private_fostering"})
"""Kinds of stay whose address stays out of a draft: whom somebody was kept safe from may sit in the conference."""
_TOLD = frozenset({"referral", "agency_event"})
_POLICE_ONLY, _CONDITIONS = "police_only", "conditions"


class ReportKnown(Reading):
    """What one file knows for a report, each part put together as it is asked for."""

    def __init__(self, work: Work, file_id: UUID) -> None:
        """*work* is the work of who drafts it."""
        super().__init__(work, file_id, work.today)
        self.parts: Mapping[str, Callable[[], Any]] = {
            "conference_on": lambda: self._ahead.on.isoformat() if self._ahead else None,
            "conference_kind": self._kind,
            "family": self._family,
            "incidents": self._incidents,
            "checks": self._checks,
            "not_known": self._not_known,
            "risk": self._risk,
            "withheld": self._withheld,
        }

    @cached_property
    def _grid(self) -> ResearchGrid:
        return grid(
            self._file_id, ("", ""), self._people, self._entries, self._work.standards, self._work.today
        )

    @property
    def _ahead(self) -> Any:
        return self._grid.conference

    @cached_property
    def _last_conference(self) -> date | None:
        held = [one.happened_on for one in self._of("conference") if one.happened_on]
        return max((one for one in held if one < self._work.today), default=None)

    def _kind(self) -> str | None:
        if self._ahead is None:
            return None
        unborn = all(one.unborn for one in self._children())
        return "pre_birth" if self._ahead.first and unborn else "initial" if self._ahead.first else "review"

    def _family(self) -> list[dict[str, Any]]:
        """Children first, then adults, as the file orders them; not those who work with it, nor who only spoke."""
        children = {one.id for one in self._children()}
        whom = sorted(self._named, key=lambda one: one.id not in children)
        return [self._member(one) for one in whom]

    @cached_property
    def _named(self) -> list[PersonView]:
        """Whom the report may name."""
        roles = {one.id: set(one.roles(self._file_id)) for one in self._people}
        return [
            one
            for one in self._people
            if roles[one.id] and not roles[one.id] & OUTSIDE and not roles[one.id] <= _NOT_NAMED
        ]

    @cached_property
    def _researched(self) -> list[Researched]:
        named = {one.id for one in self._named}
        return [one for one in self._grid.people if one.id in named]

    def _member(self, person: PersonView) -> dict[str, Any]:
        homes = person.now("residence")
        born = birth_words(person)
        others = [
            one.text
            for row in self._grid.people
            if row.id == person.id
            for one in row.spellings
            if one.known and one.text != person.name
        ]
        also = f", also {', '.join(others)}" if others else ""
        parts = [
            f"{person.name}{also}: {self._roles(person).lower()}",
            born if born.startswith("expected") else f"born {born}" if born else "date of birth not recorded",
            "; ".join(self._lives(home) for home in homes) or "no address recorded",
        ]
        facts = (*person.now("involvement"), *person.now("birth"), *homes)
        doubted = any(one.get("verified") is False for one in facts)
        return _line(person.id, None, f"{'. '.join(_capital(part) for part in parts)}.",
                     "told" if doubted else "fact", _said_by(facts, doubted=doubted))  # fmt: skip

    def _lives(self, home: FactView) -> str:
        kind = str(home.get("kind") or "home")
        how = self._words("residence_kind", kind).lower()
        if kind in _HIDDEN:
            return f"{how}: address not given here"
        since = f", since {long_date(home.get('from_on'))}" if home.get("from_on") else ""
        head = "lives at" if kind in ("home", "main_carer") else f"{how}:"
        return f"{head} {address_words(home)}{since}"

    def _incidents(self) -> list[dict[str, Any]]:
        found = [one for one in self._entries if one.section in _HAPPENED and self._counts(one)]
        return [line for entry in found[-MOST_LINES:] for line in self._happened(entry)]

    def _counts(self, entry: EntryFact) -> bool:
        if entry.section in _ALWAYS or SECTIONS[entry.section].weight(entry):
            return True
        since = self._last_conference
        return since is not None and entry.happened_on is not None and entry.happened_on > since

    def _happened(self, entry: EntryFact) -> Iterable[dict[str, Any]]:
        tells = (str(entry.get(key) or "").strip() for key in _TELLS.get(entry.section, ()))
        what = " ".join(_stop(one) for one in (entry.summary, *tells) if one)
        about = entry.concerns[0] if len(entry.concerns) == 1 else None
        yield _line(about, entry.happened_on, what, self._mark(entry), _stands(entry))
        if entry.section == "medical" and (opinion := entry.get("opinion_words")):
            doctor = entry.get("doctor") or "the doctor"
            yield _line(
                about,
                entry.happened_on,
                f"Opinion of {doctor}: {_stop(str(opinion))}",
                "assessment",
                _stands(entry),
            )

    @staticmethod
    def _mark(entry: EntryFact) -> str:
        if entry.section == "assessment":
            return "assessment"
        by_others = entry.section == "contact" and entry.get("agency") not in (None, "police")
        return "told" if entry.section in _TOLD or by_others or entry.doubts or entry.origin else "fact"

    def _checks(self) -> list[dict[str, Any]]:
        """What was found, each once however many people the search was about; then where nothing was found."""
        lines: list[dict[str, Any]] = []
        for one, people in self._by_search().items():
            if one.result in FOUND and not self._kept_back(one):
                lines.append(self._found(people, one))
        return lines + self._nothing_found()

    def _by_search(self) -> dict[Searched, list[Researched]]:
        """The latest searches, each with everybody it was about."""
        found: dict[Searched, list[Researched]] = {}
        for person in self._researched:
            for one in self._latest(person):
                found.setdefault(one, []).append(person)
        return found

    def _nothing_found(self) -> list[dict[str, Any]]:
        """One line for all whom the same systems know nothing of."""
        alike: dict[tuple[str, date, str], list[Researched]] = {}
        for person in self._researched:
            none = [one for one in self._latest(person) if one.result == "no_trace"]
            if none:
                named = ", ".join(dict.fromkeys(self._words("research_system", one.system) for one in none))
                last = max(none, key=lambda one: one.on)
                alike.setdefault((named, last.on, last.by), []).append(person)
        return [
            _line(
                people[0].id if len(people) == 1 else None, on,
                f"{', '.join(one.name for one in people)}: nothing found in {systems}.", "fact",
                f"Research, {long_date(on)}, {by}",
            )
            for (systems, on, by), people in alike.items()
        ]  # fmt: skip

    def _latest(self, person: Researched) -> list[Searched]:
        """The latest answer of each system about one person."""
        found: dict[str, Searched] = {}
        for cell in person.cells.values():
            for one in cell.searches:
                if one.result in (*FOUND, "no_trace", "refused"):
                    held = found.get(one.system)
                    found[one.system] = one if held is None or one.on > held.on else held
        return list(found.values())

    def _found(self, people: list[Researched], one: Searched) -> dict[str, Any]:
        system = self._words("research_system", one.system)
        said = one.found or "what was found is not written down"
        possible = " Not confirmed to be this person." if one.result == "possible" else ""
        conditions = " Shared with conditions." if self._handling(one, _CONDITIONS) else ""
        graded = "/".join(part for part in one.grade if part)
        mark = "intelligence" if graded else "told" if one.result == "possible" else "fact"
        reference = f", {one.reference}" if one.reference else ""
        source = f"{system}{reference}, searched {long_date(one.on)} by {one.by}"
        about = people[0].id if len(people) == 1 else None
        return _line(about, one.on, f"{_stop(said)}{possible}{conditions}", mark, source, graded)

    def _handling(self, one: Searched, tag: str) -> bool:
        code = self._work.standards.codes("intelligence_handling").get(one.grade[2])
        return code is not None and tag in code.tags

    def _kept_back(self, one: Searched) -> bool:
        return self._handling(one, _POLICE_ONLY)

    def _withheld(self) -> str:
        """Intelligence that its handling keeps within law enforcement, addresses kept safe, and who only spoke."""
        codes = self._work.standards.codes("intelligence_handling")
        lines = [
            f"{', '.join(person.name for person in people)}, {self._words('research_system', one.system)} of "
            f"{long_date(one.on)}: {codes.label(one.grade[2]).lower()}."
            for one, people in self._by_search().items()
            if one.result in FOUND and self._kept_back(one)
        ]
        for person in self._people:
            if (roles := set(person.roles(self._file_id))) and roles <= _NOT_NAMED:
                lines.append(f"{person.name}, {self._roles(person).lower()}: not named in the draft.")
            if any(home.get("kind") in _HIDDEN for home in person.now("residence")):
                lines.append(f"{person.name}: the address.")
        if self._of("referral"):
            lines.append("Names of referrers: what was said may still tell who they are. Read it for that.")
        return "\n".join(lines)

    def _not_known(self) -> str:
        """Checks that are wanted or not settled, person by person."""
        lines: list[str] = []
        for person in self._researched:
            for state in CheckState:
                titles = [
                    self._grid.column(key).title for key, cell in person.cells.items()
                    if cell.state is state and state.open
                ]  # fmt: skip
                if titles:
                    lines.append(f"{person.name}: {state.value}: {', '.join(titles)}.")
        return "\n".join(lines)

    def _risk(self) -> str:
        last = next(iter(self._of("risk")), None)
        if last is None:
            return "The risk has not been assessed."
        level = self._words("risk_level", last.get("level")).lower()
        present = [
            self._words("risk_factor", row.get("factor")).lower()
            for row in last.rows("factors")
            if row.get("factor_state") in ("present", "suspected")
        ]
        factors = f" Factors: {'; '.join(present)}." if present else ""
        reasons = _stop(str(last.get("rationale") or "no reasons recorded"))
        return f"Assessed as {level} by {last.author} on {long_date(last.happened_on)}: {reasons}{factors}"


def _line(
    about: UUID | None, on: date | None, what: str, mark: str, source: str, graded: str = ""
) -> dict[str, Any]:
    row = {
        "about": str(about) if about else "",
        "said_on": on.isoformat() if on else "",
        "said": what,
        "mark": mark,
        "graded": graded,
        "source": source,
    }
    return {key: value for key, value in row.items() if value}


def _stands(entry: EntryFact) -> str:
    title = SECTIONS[entry.section].title
    origin = f", from {entry.origin}" if entry.origin else ""
    return f"{title}, {long_date(entry.happened_on) or 'not dated'}, {entry.author}{origin}"


def _said_by(facts: Iterable[FactView], *, doubted: bool) -> str:
    said = list(dict.fromkeys(str(one.get("source")) for one in facts if one.get("source")))
    by = list(dict.fromkeys(one.recorded_by for one in facts))
    source = "; ".join(said) or (f"Recorded by {', '.join(by)}" if by else "The file")
    return f"{source}; not verified by police" if doubted else source


def _stop(said: str) -> str:
    said = " ".join(said.split())
    return said if not said or said[-1] in ".!?”" else f"{said}."


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]
