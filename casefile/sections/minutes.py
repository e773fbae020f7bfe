"""Minutes of meetings: received, checked for accuracy, challenged in time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped

from casefile.record.described import FieldKind, field, rows
from casefile.record.duties import Closes, Opens, When
from casefile.record.facts import EntryFact
from casefile.record.groups import Action, Attendee
from casefile.sections.base import Section, Words

_CONFERENCES = ("initial_conference", "review_conference", "pre_birth_conference")


def _of_conference(entry: EntryFact) -> bool:
    return entry.get("kind") in _CONFERENCES


def _kind(*kinds: str) -> When:
    """Minutes of these meetings: whoever has them knows that it was held."""

    def when(entry: EntryFact) -> bool:
        return entry.get("kind") in kinds

    return when


def _checked_on(entry: EntryFact) -> date | None:
    """The day its errors were reported; of minutes said to be checked without one, the day police knew."""
    if entry.get("checked") in (None, "not_checked"):
        return None
    return entry.get("errors_reported_on") or entry.known_on


def _received_on(entry: EntryFact) -> date | None:
    return entry.get("received_on") or entry.known_on


class Minutes(Section, key="minutes", divider="minutes", title="Minutes"):
    """The record of a meeting as sent to police.

    It is checked for accuracy; errors are reported within ten working days of receipt, or the record stands.
    """

    happened_label = "Meeting held on"

    kind: Mapped[str | None] = field("Meeting", codes="meeting_kind", needed=True)
    received_on: Mapped[date | None] = field("Received on", asked=True)
    chair: Mapped[str | None] = field("Chaired by")
    document_id: Mapped[UUID | None] = field(
        "Document", kind=FieldKind.DOCUMENT, help="The minutes as received."
    )
    said: Mapped[str | None] = field("What the minutes say", kind=FieldKind.PROSE)
    checked: Mapped[str | None] = field("Checked for accuracy", codes="minutes_check", asked=True)
    checked_by: Mapped[str | None] = field("Checked by")
    errors: Mapped[str | None] = field(
        "Errors found", kind=FieldKind.PROSE, help="Needed if errors were reported."
    )
    errors_reported_on: Mapped[date | None] = field("Errors reported on")

    attendees = rows("Who attended", Attendee)
    actions = rows("Decisions and actions", Action)

    opens = (Opens("CONF-C", when=_of_conference, counted_from=_received_on, done_on=_checked_on),)
    closes = (
        Closes(("CONF-M",), when=_of_conference, done_on=_received_on, which="same day"),
        Closes(("STR-1", "REF-1"), when=_kind("strategy")),
        Closes(("ICPC", "REF-1"), when=_kind("initial_conference", "pre_birth_conference")),
        Closes(("RCPC-1", "RCPC-n"), when=_kind("review_conference")),
        Closes(("CG-1", "CG-n"), when=_kind("core_group")),
    )

    @classmethod
    def line(cls, entry: EntryFact, words: Words) -> str:
        """Which meeting's minutes, and whether they were checked."""
        kind = words("meeting_kind", entry.get("kind") or "")
        head = f"Minutes: {kind.lower()}" if kind else "Minutes"
        checked = words("minutes_check", entry.get("checked") or "")
        return f"{head} ({checked.lower()})" if checked else head

    @classmethod
    def missing(cls, entry: EntryFact, as_of: date) -> tuple[str, ...]:
        """Somebody read them; and errors found were told to whoever wrote them."""
        found: list[str] = []
        if entry.get("checked") == "not_checked":
            found.append("nobody has checked them for accuracy")
        if entry.get("checked") == "errors_reported" and not entry.get("errors_reported_on"):
            found.append("the day the errors were reported")
        if not entry.get("document_id") and not entry.get("said"):
            found.append("the minutes themselves")
        return tuple(found)

    @classmethod
    def faults(cls, values: Mapping[str, Any]) -> Mapping[str, str]:
        """Minutes received before the meeting, or errors not described."""
        held, received = values.get("happened_on"), values.get("received_on")
        found: dict[str, str] = {}
        if held and received and received < held:
            found["received_on"] = "Minutes cannot be received before the meeting."
        if values.get("checked") == "errors_reported" and not values.get("errors"):
            found["errors"] = "Say what is wrong in the minutes."
        return found
