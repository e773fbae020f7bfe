"""Reading what an element states: dates, codes, numbers, yes or no. What cannot be read becomes a doubt."""

from __future__ import annotations

import re
from datetime import date

from casefile.exchange.census.elements import MARKED, Ledger, Stated
from casefile.record.dates import EARLIEST, LATEST, NotADate, long_date, read_date
from casefile.standards import Library

AS_STATED = "Kept as stated; the value itself is left empty."
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_ISO_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T[\d:.]+)?(?:Z|[+-]\d{2}:\d{2})?")
_YES, _NO = {"true", "1", "yes", "y"}, {"false", "0", "no", "n"}
_SEX_OF_GENDER = {"0": "U", "1": "M", "2": "F", "9": "X"}


def day(stated: Stated | None, ledger: Ledger) -> date | None:
    """A calendar date. The census writes ``2022-10-06``; other spellings are read and marked."""
    if stated is None:
        return None
    moment = _ISO_MOMENT.fullmatch(stated.text)
    try:
        found = read_date(moment[1] if moment else stated.text)
    except (NotADate, OverflowError) as fault:
        why = fault.sentence if isinstance(fault, NotADate) else "This is not a date."
        ledger.doubt(stated.path, stated.text, why, "not-a-date", AS_STATED)
        return None
    if not _ISO.fullmatch(stated.text):
        ledger.doubt(
            stated.path,
            stated.text,
            f"The census writes dates as year-month-day; this was read as {long_date(found)}.",
            "date-spelling",
        )
    return found


def code(
    stated: Stated | None, key: str, library: Library, ledger: Ledger, on: date | None = None
) -> str | None:
    """A code of a list, in the case the list has it; a code that is not in it is kept as stated.

    With *on*, a code that was not in use that day is marked.
    """
    if stated is None:
        return None
    codes = library.codes(key)
    found = codes.get(stated.text) or codes.get(stated.text.upper())
    if found is None:
        why = f"The code is not in the list “{codes.title}”."
        ledger.doubt(stated.path, stated.text, why, "unknown-code", AS_STATED)
        return None
    if on is not None and not found.used_on(on):
        why = f"The code was not in use on {long_date(on)}."
        ledger.doubt(stated.path, stated.text, why, "code-out-of-date", MARKED)
    return found.code


def yes_no(stated: Stated | None, ledger: Ledger) -> bool | None:
    """Yes or no, as ``true``/``false`` or ``1``/``0``."""
    if stated is None:
        return None
    plain = stated.text.casefold()
    if plain in _YES | _NO:
        return plain in _YES
    ledger.doubt(stated.path, stated.text, "This is neither true nor false.", "not-yes-or-no", AS_STATED)
    return None


def number(stated: Stated | None, ledger: Ledger, most: int = 99) -> int | None:
    """A whole number from 0 to *most*."""
    if stated is None:
        return None
    if re.fullmatch(r"[0-9]{1,6}", stated.text) and int(stated.text) <= most:
        return int(stated.text)
    ledger.doubt(
        stated.path, stated.text, f"This is not a whole number from 0 to {most}.", "not-a-number", AS_STATED
    )
    return None


def year(stated: Stated | None, ledger: Ledger) -> int | None:
    """A census year."""
    found = number(stated, ledger, most=LATEST)
    if stated is not None and found is not None and found < EARLIEST:
        ledger.doubt(stated.path, stated.text, "This is not a census year.", "not-a-year", AS_STATED)
        return None
    return found


def sex(old: Stated | None, new: Stated | None, library: Library, ledger: Ledger) -> str | None:
    """Sex as a code of the list ``sex``.

    Returns up to 2023-24 give a number under ``Gender`` or ``GenderCurrent`` (0 not known, 1 male,
    2 female, 9 neither); from 2024-25 ``Sex`` gives a letter. A number under ``Sex`` or a letter
    under ``Gender`` is understood and marked.
    """
    if old is not None and new is not None:
        ledger.doubt(
            old.path, old.text, f"Sex is given too, as “{new.text}”.", "sex-twice", "Sex was imported."
        )
    stated = new or old
    if stated is None:
        return None
    number_given = stated.text in _SEX_OF_GENDER
    found = _SEX_OF_GENDER.get(stated.text) or library.codes("sex").get(stated.text.upper())
    if found is None:
        ledger.doubt(
            stated.path, stated.text, "The code is not in the list “Sex”.", "unknown-code", AS_STATED
        )
        return None
    if number_given == (stated is new):
        why = (
            "The code belongs to another year's element."
            if number_given
            else "A letter stands where a number is due."
        )
        ledger.doubt(stated.path, stated.text, why, "code-of-another-year")
    return found if isinstance(found, str) else found.code
