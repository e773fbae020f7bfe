"""How alarms and reviews are said: a word, a shape and a tone."""

from __future__ import annotations

from datetime import date

from casefile.alarms.queries import AlarmRow
from casefile.record.dates import long_date, short_date
from casefile.supervision.queue import QueueRow
from ui.widgets.lists import Item

TONES = {"danger": "danger", "late": "late", "watch": "accent"}


def queue_item(one: QueueRow, today: date) -> Item:
    """A file of the queue: who, why it is here, and when its review is due."""
    family = one.family_name.upper() if one.family_name else "Family not named"
    words, tone = _due(one, today)
    return Item(
        f"{family}  {one.reference}", one.why, words, tone, one, one.officer or "No officer", heavy=True
    )


def _due(one: QueueRow, today: date) -> tuple[str, str]:
    alarmed = TONES.get(one.severity, "plain")
    if one.review_due is None:
        return ("danger", "danger") if one.severity == "danger" else ("alarm", alarmed)
    if one.days_late:
        return f"{one.days_late} late", "danger" if one.severity == "danger" else "late"
    if one.review_due == today:
        return "due today", "danger" if one.severity == "danger" else "late"
    return f"due {short_date(one.review_due)}", alarmed


def alarm_item(one: AlarmRow) -> Item:
    """An alarm of a file: what, why and since when, who is told."""
    if one.accepted is not None:
        words, tone = f"accepted until {short_date(one.accepted.until_on)}", "plain"
        why = f"{one.because} Accepted by {one.accepted.officer}: {one.accepted.reason}"
    else:
        words, tone = one.severity, TONES[one.severity]
        why = f"{one.because} Since {long_date(one.began_on)}; told: {one.told}."
    return Item(one.title, why, words, tone, one, f"{one.means} It ends when: {one.ends} ({one.source})")
