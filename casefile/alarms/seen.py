"""What police knew of one file by a day: everything the rules of alarms may look at. Plain facts, no database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from casefile.alarms.away import standing_away
from casefile.alarms.history import AWAY, EXCEPTED, HOLDERS, PEOPLE, Away, History, NoHandover
from casefile.alarms.told import Told, day_of
from casefile.record.persons import FactView, PersonView
from casefile.sections import SECTIONS
from casefile.sections.file_facts import CHILDREN, OUTSIDE
from casefile.sections.plan import PLAN_MADE_BY, plan_stands
from casefile.standards import Library, add_months

_OF_AGE = 18 * 12
"""Months."""
_SAY_STATE = ("referral", "closure")
"""Sections whose entries open and close the file."""


@dataclass(frozen=True)
class Seen(Told):
    """One file as police knew it at the end of a day: entries, tasks, people, and who holds it.

    Attributes:
        met_by: A meeting with a child that was recorded before its day counts if its day is no later than this;
            None is the day of what is known.
    """

    met_by: date | None = None

    def before_meetings_after(self, day: date) -> Seen:
        """The same file, where no meeting that was recorded ahead counts whose day is later."""
        return replace(self, met_by=day)

    @property
    def people(self) -> tuple[PersonView, ...]:
        """Everybody involved in the file, with the facts then standing."""
        return self.once("people", self._people)

    def _people(self) -> tuple[PersonView, ...]:
        self.look(PEOPLE)
        return self.history.people_then(self.known_on, self._people_then)

    def _people_then(self) -> tuple[PersonView, ...]:
        return tuple(
            replace(one, facts={key: _then(rows, self.known_on) for key, rows in one.facts.items()})
            for one in self.history.people
            if any(
                row.file_id == self.file_id and row.values["known_on"] <= self.known_on
                for row in one.facts.get("involvement", ())
            )
        )

    @property
    def holders(self) -> tuple[FactView, ...]:
        """Rows of allocation then standing, newest first."""
        self.look(HOLDERS)
        return _then(self.history.holders, self.known_on)

    @property
    def away(self) -> tuple[Away, ...]:
        """Absences of whoever held the file, as then known."""
        self.look(AWAY)
        return standing_away(one for one in self.history.away if one.known_on <= self.known_on)

    @property
    def excepted(self) -> tuple[NoHandover, ...]:
        """Exceptions from handing the file over, as then known."""
        self.look(EXCEPTED)
        return tuple(one for one in self.history.excepted if one.from_on <= self.known_on)

    @property
    def children(self) -> tuple[PersonView, ...]:
        """The children of the file who are born, alive and under eighteen."""
        return self.once("children", lambda: tuple(one for one in self.people if self._is_child(one)))

    def _is_child(self, person: PersonView) -> bool:
        roles = set(person.roles(self.file_id))
        born = self.born_on(person)
        unborn = born is None and (_expected(person) or roles & CHILDREN == {"unborn"})
        return bool(roles & CHILDREN) and not unborn and not _died(person) and not self._is_grown(born)

    def _is_grown(self, born: date | None) -> bool:
        """Whether somebody is eighteen: no child any more, though the file was opened for one."""
        if born is None:
            return False
        grown = add_months(born, _OF_AGE)
        ends = self.history.days_learnt()[-1]
        return grown <= ends and grown <= (self.known_by if grown > self.history.opened_on else ends)

    @property
    def adults(self) -> tuple[PersonView, ...]:
        """Adults of the family and others of concern; not those who work with the family."""
        return tuple(
            one
            for one in self.people
            if (roles := set(one.roles(self.file_id))) and not roles & CHILDREN and not roles & OUTSIDE
        )

    @property
    def addresses(self) -> frozenset[str]:
        """Where the children live now, folded; a child not yet born lives where its mother does."""
        return self.once("addresses", self._addresses)

    def _addresses(self) -> frozenset[str]:
        children = [one for one in self.people if CHILDREN & set(one.roles(self.file_id))]
        unborn = any(_expected(one) and self.born_on(one) is None for one in children)
        mothers = [one for one in self.people if unborn and "mother" in one.roles(self.file_id)]
        return frozenset(place(home) for one in (*children, *mothers) for home in one.now("residence"))

    def born_on(self, person: PersonView) -> date | None:
        """Date of birth as then known; None for the unborn or if unknown."""
        return next((one.get("born_on") for one in person.now("birth") if one.get("born_on")), None)

    def on_plan(self, day: date | None = None) -> bool:
        """Whether a child protection plan stands on a day; by default the day of what is known."""
        return plan_stands(self.of(*PLAN_MADE_BY), day or self.known_by)

    def risk_level(self) -> str | None:
        """The level last assessed."""
        last = self.last("risk")
        return last.get("level") if last else None

    @property
    def closed(self) -> tuple[tuple[date, date | None], ...]:
        """The stretches of days on which the file was closed.

        Of a closing and a referral of one day the one recorded last counts; the closing, if nobody can tell.
        """
        return self.once("closed", self._closed)

    def _closed(self) -> tuple[tuple[date, date | None], ...]:
        found: list[tuple[date, date | None]] = []
        since: date | None = None
        said = [(one, SECTIONS[one.section].front(one).get("state")) for one in self.of(*_SAY_STATE)]
        for entry, state in sorted(
            ((one, state) for one, state in said if state),
            key=lambda each: (day_of(each[0]), self.versions(each[0])[0].recorded_at, each[1] == "closed"),
        ):
            day = max(day_of(entry), self.first_known(entry))
            if state == "closed" and since is None:
                since = day
            elif state == "open" and since is not None:
                found.append((since, day))
                since = None
        return (*found, (since, None)) if since else tuple(found)


def place(residence: FactView) -> str:
    """An address so that the same one is the same: postcode and house, folded."""
    words = f"{residence.get('address') or ''} {residence.get('postcode') or ''}"
    return " ".join(words.casefold().replace(",", " ").split())


def seen(history: History, known_by: date, library: Library, *, whole: bool = True) -> Seen:
    """The file as police knew it at the end of a day."""
    return Seen(history, known_by, library, whole)


def _then(rows: Iterable[FactView], known_by: date) -> tuple[FactView, ...]:
    """Facts as they stood when only so much was known; what ended on that very day is over."""
    known = [one for one in rows if one.values["known_on"] <= known_by]
    replaced = {one.replaces_id for one in known if one.replaces_id}
    return tuple(
        replace(
            one,
            current=one.id not in replaced and not one.withdrawn,
            ended=(until := one.get("until_on")) is not None and until <= known_by,
        )
        for one in known
    )


def _expected(person: PersonView) -> bool:
    return any(one.get("expected_on") for one in person.now("birth"))


def _died(person: PersonView) -> bool:
    return any(one.get("died_on") for one in person.now("birth"))


def after(day: date, count: int) -> date:
    """The first day after a limit of so many calendar days has run out."""
    return day + timedelta(days=count + 1)
