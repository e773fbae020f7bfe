"""From files to one checked whole: the shipped standard with a force's copies laid over it.

Here stand the rules that hold between files. What comes out is plain data, to be kept as JSON.

A force's row takes over the days it names from the shipped row of the same id; the days before
and after keep the limit they had, because a case is judged by what was in force on its day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Protocol, TypeVar, cast

from casefile.errors import Damaged
from casefile.standards.checks_staff import STAFF, WORKLOAD, StaffFiles
from casefile.standards.shape import (
    AlarmsFile,
    AlarmShape,
    CodeListShape,
    DividersFile,
    DividerShape,
    ReviewsFile,
    ReviewShape,
    SourcesFile,
    StandardShape,
    TimescalesFile,
    TimescaleShape,
    parsed,
    shaped,
)
from casefile.standards.shape_allocation import AllocationFile
from casefile.standards.shape_research import ResearchFile
from casefile.standards.shape_restricted import RestrictedFileShape
from casefile.standards.shape_strength import StrengthFile

ALARMS = "alarms.toml"
ALLOCATION = "allocation.toml"
DIVIDERS = "dividers.toml"
RESEARCH = "research.toml"
RESTRICTED = "restricted.toml"
REVIEWS = "review_intervals.toml"
SOURCES = "sources.toml"
ONE_DAY = timedelta(days=1)
OF_THE_FILE = {
    "ACTION",
    "TASK",
    "ANSWER",
    "HEARING",
    "RISK-REVIEW",
    "SUPERVISION",
    "INSPECTOR-REVIEW",
    "PHOTO-AGAIN",
    "RESEARCH",
}
"""Kinds of task whose date a file sets itself, or ``research.toml``; no timescale does."""

Plain = dict[str, Any]
"""What TOML and JSON hold: text, numbers, lists and tables, dates as ISO text."""


class _Spell(Protocol):
    """Anything in force between two days."""

    @property
    def from_(self) -> date | None: ...
    @property
    def until(self) -> date | None: ...


_Row = TypeVar("_Row", TimescaleShape, ReviewShape)
_Spelt = TypeVar("_Spelt", TimescaleShape, ReviewShape, StandardShape)


class _Files:
    """Everything one folder of standards holds, each thing with the file it stands in."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.standards: dict[str, StandardShape] = {}
        self.timescales: list[tuple[str, str, TimescaleShape]] = []  # file, standard key, row
        self.dividers: dict[str, DividerShape] = {}
        self.reviews: list[tuple[str, str, ReviewShape]] = []
        self.alarms: dict[str, AlarmShape] = {}
        self.codes: dict[str, tuple[str, CodeListShape]] = {}
        self.sources: dict[str, str] = {}
        self.strength: dict[str, tuple[str, StrengthFile]] = {}
        self.allocation: AllocationFile | None = None
        self.research: ResearchFile | None = None
        self.restricted: RestrictedFileShape | None = None
        self.staff = StaffFiles()
        for name, data in files.items():
            self._take(name, parsed(name, data))

    def _take(self, name: str, raw: Mapping[str, Any]) -> None:
        if name == DIVIDERS:
            for divider in shaped(name, raw, DividersFile).divider:
                if divider.key in self.dividers:
                    raise Damaged(f"{name}: divider {divider.key} stands there twice.")
                self.dividers[divider.key] = divider
        elif name == ALARMS:
            for alarm in shaped(name, raw, AlarmsFile).alarm:
                if alarm.key in self.alarms:
                    raise Damaged(f"{name}: the alarm {alarm.key} stands there twice.")
                self.alarms[alarm.key] = alarm
        elif name == REVIEWS:
            self.reviews += [(name, REVIEWS, row) for row in shaped(name, raw, ReviewsFile).review]
        elif name == SOURCES:
            self.sources |= shaped(name, raw, SourcesFile).source
        elif name in (STAFF, WORKLOAD):
            self.staff.take(name, raw)
        elif name.startswith("codes/"):
            for key, listed in raw.items():
                self._take_codes(name, key, listed)
        elif name == ALLOCATION or name.startswith("strength/"):
            self._take_planning(name, raw)
        elif name in (RESEARCH, RESTRICTED):
            self._take_searching(name, raw)
        else:
            self._take_timescales(name, shaped(name, raw, TimescalesFile))

    def _take_searching(self, name: str, raw: Mapping[str, Any]) -> None:
        if name == RESEARCH:
            self.research = shaped(name, raw, ResearchFile)
        else:
            self.restricted = shaped(name, raw, RestrictedFileShape)

    def _take_planning(self, name: str, raw: Mapping[str, Any]) -> None:
        if name == ALLOCATION:
            self.allocation = shaped(name, raw, AllocationFile)
            return
        planned = shaped(name, raw, StrengthFile)
        if planned.key in self.strength:
            raise Damaged(f"{name}: {self.strength[planned.key][0]} already has the key {planned.key}.")
        self.strength[planned.key] = (name, planned)

    def _take_timescales(self, name: str, file: TimescalesFile) -> None:
        head = file.standard
        if head.key in self.standards:
            raise Damaged(f"{name}: another file already has the standard {head.key}.")
        self.standards[head.key] = head
        for row in file.timescale:
            dates = {
                "from_": row.from_ if "from_" in row.model_fields_set else head.from_,
                "until": row.until if "until" in row.model_fields_set else head.until,
            }
            self.timescales.append((name, head.key, row.model_copy(update=dates)))

    def _take_codes(self, name: str, key: str, raw: Any) -> None:
        if key in self.codes:
            raise Damaged(f"{name}: {self.codes[key][0]} already has the code list {key}.")
        if not isinstance(raw, dict):
            raise Damaged(f"{name}: {key} is not a code list.")
        try:
            listed = shaped(name, cast("Plain", raw), CodeListShape)
        except Damaged as error:
            raise Damaged(error.sentence.replace(": ", f": {key}: ", 1)) from error
        seen: set[str] = set()
        for code in listed.codes:
            if code.code in seen:
                raise Damaged(f"{name}: {key}: the code {code.code} stands there twice.")
            seen.add(code.code)
        self.codes[key] = (name, listed)


def checked(shipped: Mapping[str, bytes], extra: Mapping[str, bytes] | None = None) -> Plain:
    """The whole standard as plain data.

    Args:
        shipped: The app's files by name.
        extra: The force's edited copies by name.

    Raises:
        Damaged: With a sentence that names the file and what is wrong in it.
    """
    ours = _Files(shipped)
    _no_overlaps(ours)
    if extra:
        theirs = _Files(extra)
        _no_overlaps(theirs)
        _lay_over(ours, theirs)
        _no_overlaps(ours)
    _agree(ours)
    return {
        "standards": [_plain(one) for one in sorted(ours.standards.values(), key=_starts)],
        "timescales": [
            _plain(row) | {"standard_key": key}
            for _, key, row in sorted(ours.timescales, key=lambda t: (t[2].id, _starts(t[2])))
        ],
        "dividers": [_plain(one) for one in sorted(ours.dividers.values(), key=lambda d: d.number)],
        "reviews": [_plain(row) for _, _, row in ours.reviews],
        "alarms": [_plain(one) for one in ours.alarms.values()],
        **ours.staff.plain(),
        "codes": {key: _plain(listed) for key, (_, listed) in sorted(ours.codes.items())},
        "sources": ours.sources,
        "allocation": ours.allocation.model_dump(mode="json") if ours.allocation else {},
        "research": ours.research.model_dump(mode="json", by_alias=True) if ours.research else {},
        "restricted": ours.restricted.model_dump(mode="json") if ours.restricted else {},
        "strength": [_plain(one) for _, one in ours.strength.values()],
        "gaps": list(_gaps(ours)),
    }


def _lay_over(ours: _Files, theirs: _Files) -> None:
    """Lay a force's copies over the shipped standard."""
    for name, _, row in theirs.timescales:
        _may_change(name, row, [old for _, _, old in ours.timescales])
    ours.standards |= theirs.standards
    ours.timescales = _cut(ours.timescales, theirs.timescales, "id") + theirs.timescales
    ours.reviews = _cut(ours.reviews, theirs.reviews, "risk") + theirs.reviews
    for key in theirs.alarms:
        if key not in ours.alarms:
            raise Damaged(
                f"{ALARMS}: there is no alarm called {key}. Its limits may be edited; a new one needs a rule."
            )
    ours.alarms |= theirs.alarms
    ours.staff.lay_over(theirs.staff)
    ours.dividers |= theirs.dividers
    ours.sources |= theirs.sources
    ours.strength |= theirs.strength
    ours.allocation = theirs.allocation or ours.allocation
    ours.research = theirs.research or ours.research
    ours.restricted = theirs.restricted or ours.restricted
    for key, (name, listed) in theirs.codes.items():
        if key in ours.codes:
            kept = {code.code for code in listed.codes}
            lost = [code.code for code in ours.codes[key][1].codes if code.code not in kept]
            if lost:
                raise Damaged(
                    f"{name}: {key}: the code {lost[0]} is gone, but entries may hold it. "
                    "Keep it and give it an until date."
                )
        ours.codes[key] = (name, listed)


def _may_change(name: str, row: TimescaleShape, shipped: Sequence[TimescaleShape]) -> None:
    """A limit the force does not own may only be corrected, and the copy must say why."""
    for old in shipped:
        if old.id != row.id or old.changed_by in ("force", "partnership") or not _meet(old, row):
            continue
        changed = [key for key in ("limit", "unit", "day_rule") if getattr(old, key) != getattr(row, key)]
        if changed and not row.why:
            raise Damaged(
                f"{name}: {row.id}: {changed[0]} is not a force's to change (it is for the "
                f"{old.changed_by}). If ours is wrong, say why in a line beginning with why."
            )


def _cut(
    shipped: list[tuple[str, str, _Row]], laid: list[tuple[str, str, _Row]], by: str
) -> list[tuple[str, str, _Row]]:
    """The shipped rows without the days that laid rows of the same id take over."""
    left: list[tuple[str, str, _Row]] = []
    for name, key, row in shipped:
        pieces = [row]
        for _, _, over in laid:
            if getattr(over, by) == getattr(row, by):
                pieces = [part for piece in pieces for part in _without(piece, over)]
        left += [(name, key, piece) for piece in pieces]
    return left


def _without(row: _Row, over: _Row) -> list[_Row]:
    if not _meet(row, over):
        return [row]
    parts: list[_Row] = []
    if over.from_ and (row.from_ is None or row.from_ < over.from_):
        parts.append(row.model_copy(update={"until": over.from_ - ONE_DAY}))
    if over.until and (row.until is None or over.until < row.until):
        parts.append(row.model_copy(update={"from_": over.until + ONE_DAY}))
    return parts


def _no_overlaps(files: _Files) -> None:
    """One limit, one edition and one interval a day."""
    _set_once(_neighbours([(name, row) for name, _, row in files.timescales], "id"), "id")
    _set_once(_neighbours([(name, row) for name, _, row in files.reviews], "risk"), "risk")
    for _, earlier, later in _editions(files):
        if _meet(earlier, later):
            raise Damaged(
                f"{earlier.key} and {later.key} are both in force on {later.from_}: "
                "only one edition of Working Together can be."
            )


def _set_once(neighbours: Iterable[tuple[str, _Spelt, _Spelt]], by: str) -> None:
    for name, earlier, later in neighbours:
        if _meet(earlier, later):
            on = later.from_ or "the first days"
            raise Damaged(f"{name}: {getattr(later, by)} is set twice for {on}.")


def _gaps(files: _Files) -> Iterable[str]:
    """Days between two versions on which nothing is set: shown by the doctor, not refused."""
    for name, earlier, later in _neighbours([(n, row) for n, _, row in files.timescales], "id"):
        if _apart(earlier, later):
            yield f"{name}: {later.id} is not set between {earlier.until} and {later.from_}."
    for _, earlier, later in _editions(files):
        if _apart(earlier, later):
            yield f"No edition of Working Together between {earlier.key} and {later.key}."


def _editions(files: _Files) -> list[tuple[str, StandardShape, StandardShape]]:
    editions = [("", one) for one in files.standards.values() if one.kind == "working together"]
    return _neighbours(editions, "kind")


def _neighbours(rows: Iterable[tuple[str, _Spelt]], by: str) -> list[tuple[str, _Spelt, _Spelt]]:
    """Each two rows that follow one another under the same id, with the later one's file."""
    ordered = sorted(rows, key=lambda named: (getattr(named[1], by), _starts(named[1])))
    return [
        (name, earlier, later)
        for (_, earlier), (name, later) in pairwise(ordered)
        if getattr(earlier, by) == getattr(later, by)
    ]


def _agree(files: _Files) -> None:
    """What names something in another file names something that is there."""
    _listed(files, "agency", ((name, row.id, row.owed_by) for name, _, row in files.timescales))
    _listed(files, "risk_level", ((name, row.risk, row.risk) for name, _, row in files.reviews))
    for need in files.allocation.need if files.allocation else ():
        _listed(files, "accreditation", [(ALLOCATION, need.role, need.accreditation)])
        if need.weight and need.weight not in files.staff.weights:
            raise Damaged(f"{ALLOCATION}: {need.role}: there is no weight called {need.weight}.")
    for check in files.research.check if files.research else ():
        _listed(files, "research_system", ((RESEARCH, check.key, one) for one in check.systems))
        _listed(files, "involvement_role", ((RESEARCH, check.key, one) for one in check.roles))
    for name, planned in files.strength.values():
        _listed(files, "staff_post", ((name, planned.key, one) for one in planned.named_posts()))
        _listed(files, "strength_volume", ((name, planned.key, one) for one in planned.named_volumes()))
    for listed, named in files.staff.named():
        _listed(files, listed, named)
    known = {row.id for _, _, row in files.timescales} | OF_THE_FILE
    for alarm in files.alarms.values():
        if unknown := next((one for one in alarm.late if one not in known), None):
            raise Damaged(f"{ALARMS}: {alarm.key}: there is no timescale called {unknown}.")
    for key, (name, listed) in files.codes.items():
        codes = {code.code for code in listed.codes}
        for code in listed.codes:
            if code.inverse is not None and code.inverse not in codes:
                raise Damaged(f"{name}: {key}: {code.code} has the inverse {code.inverse}, which is no code.")
    numbers: dict[int, str] = {}
    for divider in files.dividers.values():
        if divider.number in numbers:
            raise Damaged(
                f"{DIVIDERS}: {divider.key} and {numbers[divider.number]} both have number {divider.number}."
            )
        numbers[divider.number] = divider.key


def _listed(files: _Files, key: str, named: Iterable[tuple[str, str, str]]) -> None:
    codes = {code.code for code in files.codes[key][1].codes} if key in files.codes else set[str]()
    for name, what, code in named:
        if code not in codes:
            raise Damaged(f"{name}: {what}: {code} is not in the code list {key}.")


def _starts(spell: _Spell) -> date:
    return spell.from_ or date.min


def _meet(one: _Spell, other: _Spell) -> bool:
    """Whether two spells have a day in common."""
    return _starts(one) <= (other.until or date.max) and _starts(other) <= (one.until or date.max)


def _apart(earlier: _Spell, later: _Spell) -> bool:
    """Whether days lie between two spells."""
    return earlier.until is not None and later.from_ is not None and later.from_ - earlier.until > ONE_DAY


def _plain(shape: Any) -> Plain:
    return shape.model_dump(mode="json", by_alias=True, exclude_defaults=True)
