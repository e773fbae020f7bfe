"""How two statements of when somebody was born stand to each other, and in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Born:
    """When somebody was born, as far as it is stated.

    Attributes:
        year, month, day: The parts that are known.
        spare: Years by which the year may lie to either side: 1 for an age, more for an estimate.
        by_age: Whether it was worked out from an age.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    spare: int = 0
    by_age: bool = False

    @property
    def whole(self) -> bool:
        """Whether day, month and year are known."""
        return None not in (self.year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class Told:
    """How two births stand to each other.

    Attributes:
        score: 0 for two that cannot be one person’s, 100 for the same day; None where they say nothing to each other.
    """

    score: float | None
    why: str = ""


def of_day(day: date, precision: str | None = None) -> Born:
    """A date of birth with its precision as the record holds it (code list ``date_precision``)."""
    if precision == "month":
        return Born(day.year, day.month)
    if precision in ("year", "estimated", "between", "before", "after"):
        return Born(day.year, spare={"year": 0, "estimated": 2}.get(precision, 5))
    return Born(day.year, day.month, day.day)


def of_age(age: int, on: date) -> Born:
    """Who was *age* years old on a day was born in one of two years."""
    return Born(on.year - age, spare=1, by_age=True)


def compare(one: Born, other: Born) -> Told:
    """How two births stand to each other. Which comes first makes no difference."""
    if one.year is None or other.year is None:
        return Told(None)
    apart = abs(one.year - other.year)
    if not (one.whole and other.whole):
        return _in_part(one, other, apart)
    if (one.month, one.day) == (other.month, other.day):
        if apart == 0:
            return Told(100, "born on the same day")
        if apart == 1:
            return Told(82, "born on the same day and month, the year off by one")
        if apart == 10 or _digits(one.year, other.year):
            return Told(74, "born on the same day and month, the year written otherwise")
        return Told(30 if apart > 5 else 50, f"born on the same day and month, {apart} years apart")
    if (one.month, one.day) == (other.day, other.month):
        why = "day and month of birth the other way round"
        return Told(92, why) if apart == 0 else Told(64 if apart == 1 else 20, f"{why}, the year differs")
    return _near(one, other, apart)


def _near(one: Born, other: Born, apart: int) -> Told:
    """Day or month differs."""
    if apart == 0 and one.month == other.month:
        return Told(80 if _digits(one.day, other.day) else 62, "born in the same month, the day differs")
    if apart == 0 and one.day == other.day:
        return Told(76 if _digits(one.month, other.month) else 60, "born in the same year, the month differs")
    if apart == 0:
        return Told(34, "born in the same year on another day")
    return Told(12 if apart <= 2 else 0, "born in another year")


def _in_part(one: Born, other: Born, apart: int) -> Told:
    """One of them is not known to the day."""
    spare = one.spare + other.spare
    if apart > spare:
        return Told(20 if apart - spare <= 1 else 0, "born in another year")
    if None not in (one.month, other.month) and not spare:
        if one.month != other.month:
            return Told(35, "born in the same year, in another month")
        return Told(88, "born in the same month")
    if one.by_age or other.by_age:
        return Told(78, "the age fits")
    return Told(80 if not spare else 70, "born in the same year" if not apart else "born about then")


def _digits(one: int | None, other: int | None) -> bool:
    """Whether two numbers differ by one digit, or by two changing places."""
    a, b = f"{one:02d}", f"{other:02d}"
    if len(a) != len(b):
        return False
    wrong = [at for at in range(len(a)) if a[at] != b[at]]
    return len(wrong) == 1 or (len(wrong) == 2 and a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]])


_AGE = re.compile(
    r"(?:aged?|about|c\.?|circa)\s*(\d{1,3})\b(?!\s*[/.-])|\b(\d{1,3})\s*(?:yrs?|years?|y/?o)\b(?:\s*old)?"
)
_YEAR = re.compile(r"\b(?:born\s+)?(?:c\.?\s*|circa\s+|about\s+)?((?:18|19|20)\d{2})\b")
_MONTH = re.compile(rf"\b({'|'.join(one[:3].lower() for one in _MONTHS)})[a-z]*\.?\s+((?:18|19|20)\d{{2}})\b")


def read_age(text: str, on: date) -> tuple[Born | None, str]:
    """An age, a year or a month with its year in a text in small letters, and the text without it."""
    if found := _AGE.search(text):
        return of_age(int(found[1] or found[2]), on), f"{text[: found.start()]} {text[found.end() :]}"
    if found := _MONTH.search(text):
        month = next(place for place, one in enumerate(_MONTHS, 1) if one.lower().startswith(found[1]))
        return Born(int(found[2]), month), f"{text[: found.start()]} {text[found.end() :]}"
    if found := _YEAR.search(text):
        about = text[found.start() : found.start(1)].strip().removeprefix("born").strip()
        return Born(int(found[1]), spare=2 if about else 0), f"{text[: found.start()]} {text[found.end() :]}"
    return None, text
