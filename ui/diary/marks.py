"""A date in words: for the lists, and short for a day of the month."""

from __future__ import annotations

from datetime import date

from casefile.diary.rows import Diary, DiaryKind, DiaryRow, DiaryState
from casefile.record.dates import long_date
from ui.widgets.lists import Item

_MARKS = {
    DiaryState.HELD: ("held", "plain"),
    DiaryState.FIXED: ("fixed", "accent"),
    DiaryState.DRAFT: ("not signed", "accent"),
    DiaryState.DUE: ("due", "due"),
    DiaryState.LATE: ("late", "late"),
    DiaryState.AWAY: ("away", "plain"),
}
_SHORT = {DiaryKind.STRATEGY: "Strategy", DiaryKind.REVIEW: "Review"}


def full_day(day: date) -> str:
    """``Friday 20 November 2026``."""
    return f"{day:%A} {long_date(day)}"


def brief(one: DiaryRow) -> str:
    """A date in a few words, for the square of a day."""
    if one.state is DiaryState.AWAY:
        return f"Away {one.officer.rsplit(' ', 1)[-1]}"
    at = f"{one.at:%H:%M} " if one.at else ""
    kind = _SHORT.get(one.kind, one.kind.label)
    return f"{at}{kind} {one.family_name.title() or one.reference}"


def by_weight(one: DiaryRow) -> int:
    """What is told first where there is little room: what clashes or is late, then what is to come."""
    if tone(one) == "late":
        return 0
    if one.state is DiaryState.AWAY:
        return 4
    return 1 if one.state.appointed else 2 if one.state is DiaryState.DUE else 3


def tone(one: DiaryRow) -> str:
    """The tone of a date: what clashes or is late is told before anything else."""
    return "late" if one.conflicts else _MARKS[one.state][1]


def shape(one: DiaryRow) -> str:
    """The shape before a date: colour never says it alone."""
    return "◆ " if tone(one) == "late" else ""


def day_words(day: date, rows: tuple[DiaryRow, ...]) -> str:
    """A day as it is read aloud: how many dates, how many in conflict, and each."""
    if not rows:
        return f"{full_day(day)}: nothing"
    clashes = sum(1 for one in rows if one.conflicts)
    told = f"{len(rows)} {'date' if len(rows) == 1 else 'dates'}"
    told += f", {clashes} in conflict" if clashes else ""
    return f"{full_day(day)}: {told}. {'; '.join(brief(one) for one in rows)}"


def item(one: DiaryRow) -> Item:
    """A date as an item of a list."""
    words, colour = _MARKS[one.state]
    if one.conflicts:
        words, colour = "conflict", "late"
    if one.state is DiaryState.AWAY:
        return Item(one.title, one.note, words, colour, one)
    at = f"{one.at:%H:%M}  " if one.at else ""
    name = one.family_name.upper() if one.family_name else "Family not named"
    who = f" · {one.officer}" if one.officer else ""
    why = "\n".join((f"{one.title}{who}", *one.conflicts))
    return Item(f"{at}{one.kind.label}  {name}  {one.reference}", why, words, colour, one)


def items_of_day(day: date, found: Diary) -> list[Item]:
    """The dates of one day under its name."""
    rows = found.on(day)
    if not rows:
        return [Item(full_day(day), heading=True), Item("Nothing stands on this day.")]
    return [Item(full_day(day), heading=True), *(item(one) for one in rows)]


def items_of_all(found: Diary) -> list[Item]:
    """Every date under the day it begins."""
    items: list[Item] = []
    last: date | None = None
    for one in found.rows:
        if one.on != last:
            last = one.on
            items.append(Item(full_day(one.on), heading=True))
        items.append(item(one))
    return items
