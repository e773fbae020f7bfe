"""In which order entries speak for a file."""

from __future__ import annotations

from datetime import date, datetime

from casefile.record.facts import EntryFact


def in_order(entry: EntryFact) -> tuple[date, datetime, bool]:
    """By the day it happened, then as recorded; what nobody can tell apart, a closing ends."""
    return (entry.happened_on or entry.known_on, entry.recorded_at, entry.section == "closure")
