"""Rules of signing in: passwords, guesses and broken glass. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from casefile.work.unit import LONDON

GUESSES = 10
"""Wrong passwords in a row before the account waits (NCSC: limit guesses, e.g. ten)."""
WAIT = timedelta(minutes=5)
"""How long it then waits."""
MINIMUM_PASSWORD = 8
PASSWORD_RULE = (
    f"At least {MINIMUM_PASSWORD} characters, and not one of the common ones. "
    "Three random words make a good one."
)
GLASS_HOLDS = timedelta(hours=24)
"""How long a restricted file stays open to somebody who broke the glass."""
_COMMON = frozenset(
    [
        "password",
        "passw0rd",
        "password1",
        "password12",
        "password123",
        "12345678",
        "123456789",
        "1234567890",
        "qwertyui",
        "qwerty123",
        "qwertyuiop",
        "11111111",
        "00000000",
        "letmein1",
        "iloveyou",
        "welcome1",
        "welcome123",
        "casefile",
        "casefile1",
        "abcd1234",
        "abc12345",
        "admin123",
        "administrator",
        "changeme",
        "changeme1",
        "football",
        "baseball",
        "sunshine",
        "princess",
        "superman",
        "trustno1",
        "liverpool",
        "arsenal1",
        "chelsea1",
        "metropolitan",
        "constable",
        "sergeant",
    ]
)


def sign_in_name(name: str) -> str:
    """A name as it is looked up: without regard to case and to spaces around and between."""
    return " ".join(name.split()).casefold()


def password_fault(password: str, name: str) -> str | None:
    """A sentence that says what is wrong with a new password, or None. No composition rules."""
    if len(password) < MINIMUM_PASSWORD:
        return f"The password is too short. {PASSWORD_RULE}"
    if password.casefold() in _COMMON or password.casefold() == name.casefold():
        return f"That password is too easily guessed. {PASSWORD_RULE}"
    if len(set(password)) < 4:
        return f"That password repeats the same few characters. {PASSWORD_RULE}"
    return None


def waits_until(failed: int, now: datetime) -> datetime | None:
    """Until when the account takes no more guesses, after *failed* wrong ones in a row."""
    return now + WAIT if failed and failed % GUESSES == 0 else None


def waiting_sentence(until: datetime) -> str:
    """What somebody is told who guesses too often."""
    clock = until.astimezone(LONDON).strftime("%H:%M")
    return f"Too many wrong passwords. This name can sign in again at {clock}."
