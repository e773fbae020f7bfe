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
from casefile.files.prefill_searches import SearchLines, report_line, stop
from casefile.files.research.model import ResearchGrid
from casefile.files.research.queries import grid
from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.record.homes import address_words
from casefile.record.persons import FactView, PersonView, birth_words
from casefile.sections import SECTIONS
from casefile.sections.file_facts import OUTSIDE
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


class ReportKnown(Reading):
    """What one file knows for a report, each part put together as it is asked for."""

    def __init__(self, work: Work, file_id: UUID, as_of: date | None = None) -> None:
        """*work* is the work of who drafts it; *as_of* the day, today unless another is given."""
        super().__init__(work, file_id, as_of or work.today)
        self.parts: Mapping[str, Callable[[], Any]] = {
            "conference_on": lambda: self._ahead.on.isoformat() if self._ahead else None,
            "conference_kind": self._kind,
            "family": self._family,
            "incidents": self._incidents,
            "checks": lambda: self._searches.checks(),
            "not_known": lambda: self._searches.not_known(),
            "risk": self._risk,
            "withheld": self._withheld,
        }

    @cached_property
    def _grid(self) -> ResearchGrid:
        return grid(self._file_id, ("", ""), self._people, self._entries, self._work.standards, self._as_of)

    @property
    def _ahead(self) -> Any:
        return self._grid.conference

    @cached_property
    def _last_conference(self) -> date | None:
        held = [one.happened_on for one in self._of("conference") if one.happened_on]
        return max((one for one in held if one < self._as_of), default=None)

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
    def _searches(self) -> SearchLines:
        named = {one.id for one in self._named}
        people = [one for one in self._grid.people if one.id in named]
        return SearchLines(self._work.standards, self._grid, people)

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
        return report_line(person.id, None, f"{'. '.join(_capital(part) for part in parts)}.",
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
        what = " ".join(stop(one) for one in (entry.summary, *tells) if one)
        about = entry.concerns[0] if len(entry.concerns) == 1 else None
        yield report_line(about, entry.happened_on, what, self._mark(entry), _stands(entry))
        if entry.section == "medical" and (opinion := entry.get("opinion_words")):
            doctor = entry.get("doctor") or "the doctor"
            yield report_line(
                about,
                entry.happened_on,
                f"Opinion of {doctor}: {stop(str(opinion))}",
                "assessment",
                _stands(entry),
            )

    @staticmethod
    def _mark(entry: EntryFact) -> str:
        if entry.section == "assessment":
            return "assessment"
        by_others = entry.section == "contact" and entry.get("agency") not in (None, "police")
        return "told" if entry.section in _TOLD or by_others or entry.doubts or entry.origin else "fact"

    def _withheld(self) -> str:
        """Intelligence that its handling keeps within law enforcement, addresses kept safe, and who only spoke."""
        lines = self._searches.kept_back()
        for person in self._people:
            if (roles := set(person.roles(self._file_id))) and roles <= _NOT_NAMED:
                lines.append(f"{person.name}, {self._roles(person).lower()}: not named in the draft.")
            if any(home.get("kind") in _HIDDEN for home in person.now("residence")):
                lines.append(f"{person.name}: the address.")
        if self._of("referral"):
            lines.append("Names of referrers: what was said may still tell who they are. Read it for that.")
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
        reasons = stop(str(last.get("rationale") or "no reasons recorded"))
        return f"Assessed as {level} by {last.author} on {long_date(last.happened_on)}: {reasons}{factors}"


def _stands(entry: EntryFact) -> str:
    title = SECTIONS[entry.section].title
    origin = f", from {entry.origin}" if entry.origin else ""
    return f"{title}, {long_date(entry.happened_on) or 'not dated'}, {entry.author}{origin}"


def _said_by(facts: Iterable[FactView], *, doubted: bool) -> str:
    said = list(dict.fromkeys(str(one.get("source")) for one in facts if one.get("source")))
    by = list(dict.fromkeys(one.recorded_by for one in facts))
    source = "; ".join(said) or (f"Recorded by {', '.join(by)}" if by else "The file")
    return f"{source}; not verified by police" if doubted else source


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]
