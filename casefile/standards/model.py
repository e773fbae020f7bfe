"""What the standard says, as frozen data: editions, timescales, dividers and review intervals.

No files and no checks here: ``load.py`` builds these from ``resources/standards``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from casefile.standards.calendar import add_months, add_working_days

Confidence = Literal["known", "general knowledge", "uncertain"]
"""``known``: seen in stored public material or the 2009 report. ``general knowledge``: believed,
a force should confirm. ``uncertain``: verify before relying on it."""

Unit = Literal["working_days", "calendar_days", "weeks", "months", "hours", "visits"]

DayRule = Literal["after", "inclusive", "before"]
"""``after``: the trigger day is day 0. ``inclusive``: it is day 1, as where a statute says
"beginning with". ``before``: counted back from the trigger, as for a report ahead of a meeting."""

ChangedBy = Literal["law", "nation", "profession", "partnership", "force"]
"""Who may change a limit: Parliament, a national edition, a professional body, the local
safeguarding partners, the force itself."""

UNIT_WORDS: dict[Unit, tuple[str, str]] = {
    "working_days": ("working day", "working days"),
    "calendar_days": ("day", "days"),
    "weeks": ("week", "weeks"),
    "months": ("month", "months"),
    "hours": ("hour", "hours"),
    "visits": ("visit", "visits"),
}
"""One and many of each unit, as people say them."""


@dataclass(frozen=True, slots=True)
class Standard:
    """An edition of Working Together, a statute or a set of local defaults, with its days in force.

    Attributes:
        key: Short and lasting, e.g. ``WT2006``; tasks remember it.
        kind: ``working together`` for the national editions, else ``law``, ``guidance`` or ``local``.
        from_on, until_on: First and last day in force; None is open.
        precision: ``day``, or ``month`` or ``year`` where only that is known and its first day stands in.
        note: What a reader should know, for example how a date was fixed.
    """

    key: str
    title: str
    kind: str
    from_on: date | None
    until_on: date | None
    precision: str
    source: str
    confidence: Confidence
    note: str


@dataclass(frozen=True, slots=True)
class Timescale:
    """A limit by which somebody owes something, as one standard set it.

    Attributes:
        id: The same through all editions, e.g. ``ICPC``.
        name: What is owed.
        trigger: What starts the clock, in words.
        limit: How many units; None where no limit is set and only an agreed date counts.
        normal_from: The lower end where the source gives a range (7 of "7 to 10 days").
        standard_key: The standard that sets it.
        from_on, until_on: Trigger days for which it holds, both included; None is open.
        owed_by: Code of the list ``agency``.
        changed_by: Who may change it.
        no_task: Why no entry opens a task by it; "" for those that do.
    """

    id: str
    name: str
    trigger: str
    limit: int | None
    unit: Unit
    source: str
    confidence: Confidence
    standard_key: str
    from_on: date | None
    until_on: date | None
    owed_by: str
    day_rule: DayRule = "after"
    normal_from: int | None = None
    changed_by: ChangedBy = "force"
    note: str = ""
    no_task: str = ""

    def due(self, trigger: date) -> date | None:
        """The last day on which it is in time; None where there is no limit in days.

        Hours without a time of day count by whole days: 72 hours is three days, four hours the day
        itself. Use :meth:`due_at` where the time is known.
        """
        if self.limit is None or self.unit == "visits":
            return None
        count = -self.limit if self.day_rule == "before" else self.limit
        try:
            due = self._moved(trigger, count)
            return due - timedelta(days=1) if self.day_rule == "inclusive" else due
        except (OverflowError, ValueError):  # a mistyped year at the end of the calendar
            return date.min if self.day_rule == "before" else date.max

    def due_at(self, trigger: datetime) -> datetime | None:
        """The moment a limit in hours runs out; None for every other unit.

        Args:
            trigger: An aware moment. Hours are real hours, whatever the clocks do in between.
        """
        if self.limit is None or self.unit != "hours":
            return None
        hours = timedelta(hours=-self.limit if self.day_rule == "before" else self.limit)
        return (trigger.astimezone(UTC) + hours).astimezone(trigger.tzinfo)

    def in_force(self, on: date) -> bool:
        """Whether it holds for a trigger on that day."""
        return (self.from_on is None or self.from_on <= on) and (self.until_on is None or on <= self.until_on)

    @property
    def words(self) -> str:
        """The limit as people say it: ``15 working days``, ``7 to 10 days``, ``no set limit``."""
        if self.limit is None:
            return "no set limit"
        one, many = UNIT_WORDS[self.unit]
        count = f"{self.normal_from} to {self.limit}" if self.normal_from else str(self.limit)
        words = f"{count} {one if self.limit == 1 else many}"
        return f"{words} before" if self.day_rule == "before" else words

    def _moved(self, trigger: date, count: int) -> date:
        if self.unit == "working_days":
            return add_working_days(trigger, count)
        if self.unit == "months":
            return add_months(trigger, count)
        days = {"calendar_days": count, "weeks": 7 * count, "hours": int(count / 24)}[self.unit]
        return trigger + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Divider:
    """One divider of the model file: what must stand behind it.

    Attributes:
        must_hold: What belongs there.
        minimum: The least that makes it complete, as software can test.
    """

    key: str
    number: int
    title: str
    must_hold: str
    minimum: str
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class ReviewInterval:
    """How often a risk level is reviewed, in calendar days.

    Attributes:
        days: The supervisor's review is due within so many days of the last.
        normal_from: The lower end where practice gives a range.
        inspector_days: The inspector's review; None where none is set by level alone.
    """

    risk: str
    days: int
    normal_from: int | None
    inspector_days: int | None
    from_on: date | None
    until_on: date | None
    source: str
    confidence: Confidence
    note: str

    def due(self, last: date) -> date:
        """The last day for the next review after one held on *last*."""
        return last + timedelta(days=self.days)

    def inspector_due(self, last: date) -> date | None:
        """The last day for the inspector's next review, if the level asks for one."""
        return None if self.inspector_days is None else last + timedelta(days=self.inspector_days)


Severity = Literal["danger", "late", "watch"]
"""``danger``: a child may be harmed now. ``late``: a limit has run out. ``watch``: a supervisor should look."""

Told = Literal["sergeant", "inspector", "superintendent"]
"""The rank that is told of an alarm."""


@dataclass(frozen=True, slots=True)
class AlarmStandard:
    """What the standard says of one alarm: how grave, who is told, when it goes up, which limits it uses.

    What makes it true is a rule of ``casefile.alarms.rules`` of the same key.

    Attributes:
        title: As shown in a list.
        means: A plain sentence for whoever sees it first.
        ends: What ends it, in words.
        told: Who is told first.
        then_told: Who is told next while it lasts; None if nobody.
        then_after: After how many days since it began.
        then_unit: ``working_days`` or ``calendar_days``.
        late: Timescales whose lateness raises it; empty where a rule of its own does.
        brief: How it reads in a list, for an alarm with *late*: ``{what}`` is what is owed, ``{n}`` the days.
        sections, but: Only, or not, tasks that entries of these sections opened.
        limits: Named numbers that its rule uses; the name says the unit.
        codes: Named lists of codes that its rule uses.
        when_closed: Whether it stands in a closed file too.
        no_acceptance: Whether only a change of the facts ends it.
        whole_file: Whether several late tasks are one alarm about the file.
    """

    key: str
    title: str
    means: str
    ends: str
    severity: Severity
    told: Told
    then_told: Told | None
    then_after: int
    then_unit: Unit
    late: tuple[str, ...]
    brief: str
    sections: tuple[str, ...]
    but: tuple[str, ...]
    limits: Mapping[str, int]
    codes: Mapping[str, tuple[str, ...]]
    when_closed: bool
    no_acceptance: bool
    whole_file: bool
    source: str
    confidence: Confidence
    note: str

    def goes_up_on(self, began_on: date) -> date | None:
        """The day from which the next rank is told, if it still lasts; None if nobody else is."""
        if self.then_told is None:
            return None
        if self.then_unit == "working_days":
            return add_working_days(began_on, self.then_after)
        return began_on + timedelta(days=self.then_after)
