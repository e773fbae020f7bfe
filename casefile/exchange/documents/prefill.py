"""From what was read in minutes to the state of a form, each field with the line it came from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from casefile.exchange.minutes import Found, ProposedAction, ProposedAttendee, ProposedMinutes, StatedDate
from casefile.sections import SECTIONS
from casefile.sections.base import describe
from casefile.sections.values import DOUBTS, SOURCE

OWN_SECTION = {
    "strategy": "strategy",
    "initial_conference": "conference",
    "review_conference": "conference",
    "pre_birth_conference": "conference",
    "core_group": "core_group",
}
"""Meetings that have a section of their own beside their minutes, by kind."""
_CONFERENCE_TYPES = {
    "initial_conference": "initial",
    "review_conference": "review",
    "pre_birth_conference": "pre_birth",
}
MOST_EVIDENCE = 300
"""Characters of a line kept as evidence beside a field."""


@dataclass(frozen=True, slots=True)
class Source:
    """The document a form is prefilled from.

    Attributes:
        document_id, name: Which document.
        received_on: The day police had it.
        known: What the file already holds of the same meeting: actions in small letters, not to be owed twice.
        doubts: What a person should look at before signing, in sentences.
        subjects: The children whom the file is about: those of them whom the document names are whom it concerns.
    """

    document_id: UUID
    name: str
    received_on: date
    known: frozenset[str] = frozenset()
    doubts: tuple[str, ...] = ()
    subjects: frozenset[UUID] = frozenset()


def prefill(record: str, read: ProposedMinutes, source: Source) -> dict[str, Any]:
    """The state of a form of a section; nothing that the document does not say.

    What cannot be a date is kept as stated, with the doubt. The lines the values were read from stand under
    ``SOURCE``, so that a person can compare.
    """
    form = _Form(record)
    form.put("known_on", source.received_on.isoformat())
    form.date("happened_on", read.held)
    form.found("happened_at", read.held_at, lambda clock: clock.strftime("%H:%M"))
    form.found(
        "kind", read.kind, lambda kind: _CONFERENCE_TYPES.get(kind) if record == "conference" else kind
    )
    form.found("place", read.place)
    form.found("chair", read.chair)
    form.date("next_on", read.next_on)
    for key, answer in read.codes:
        form.found(key, answer, lambda code: code == "yes" if code in ("yes", "no") else code)
    said = "\n".join(one.value for one in read.decisions)
    for key in ("said", "discussed"):
        form.put(key, said, read.decisions[0] if read.decisions else None)
    form.put("document_id", str(source.document_id))
    form.put("received_on" if record == "minutes" else "record_received_on", source.received_on.isoformat())
    if record == "minutes":
        form.put("checked", "not_checked")
    form.put("concerns", [str(one) for one in read.named if one in source.subjects])
    form.rows("attendees", [(_attendee(one), one.line, one.evidence) for one in read.attendees])
    fresh = [one for one in read.actions if words_of(one).casefold() not in source.known]
    form.rows("actions", [(_action(one), one.line, one.evidence) for one in fresh])
    return form.state(source)


class _Form:
    """A form being prefilled: only the fields its section has."""

    def __init__(self, record: str) -> None:
        description = describe(SECTIONS[record])
        self._keys = {spec.key for spec in description.fields} | {group.key for group in description.groups}
        self._values: dict[str, Any] = {}
        self._doubts: dict[str, dict[str, str]] = {}
        self._evidence: dict[str, dict[str, Any]] = {}

    def put(self, key: str, value: Any, of: Found[Any] | None = None) -> None:
        """Fill one field, with the line it was read from."""
        if key not in self._keys or value in (None, "", []):
            return
        self._values[key] = value
        if of is not None:
            self._evidence[key] = _line(of.line, of.evidence)

    def found(
        self, key: str, found: Found[Any] | None, turn: Callable[[Any], Any] = lambda value: value
    ) -> None:
        """Fill one field with what was found, if anything was."""
        if found is not None:
            self.put(key, turn(found.value), found)

    def date(self, key: str, found: Found[StatedDate] | None) -> None:
        """Fill a date; one that cannot be is kept as stated."""
        if found is None or key not in self._keys:
            return
        if found.value.day is not None:
            self.put(key, found.value.day.isoformat(), found)
        else:
            self._doubts[key] = {"stated": found.value.stated, "why": found.value.why}
            self._evidence[key] = _line(found.line, found.evidence)

    def rows(self, key: str, rows: list[tuple[dict[str, Any], int, str]]) -> None:
        """Fill the rows of a group, each with its line."""
        if key not in self._keys or not rows:
            return
        self._values[key] = [{name: value for name, value in row.items() if value} for row, _, _ in rows]
        for place, (_, line, evidence) in enumerate(rows):
            self._evidence[f"{key}.{place}"] = _line(line, evidence)

    def state(self, source: Source) -> dict[str, Any]:
        """The state of the form."""
        came: dict[str, Any] = {
            "document_id": str(source.document_id),
            "name": source.name,
            "evidence": self._evidence,
            "doubts": list(source.doubts),
        }
        return self._values | ({DOUBTS: self._doubts} if self._doubts else {}) | {SOURCE: came}


def _line(number: int, evidence: str) -> dict[str, Any]:
    return {"line": number, "text": " ".join(evidence.split())[:MOST_EVIDENCE]}


def _attendee(one: ProposedAttendee) -> dict[str, Any]:
    return {"name": one.name, "agency": one.agency, "role": one.role, "attendance": one.attendance}


def _action(one: ProposedAction) -> dict[str, Any]:
    return {
        "what": words_of(one),
        "owed_by": one.agency,
        "owner": one.owner,
        "officer_id": str(one.officer_id) if one.officer_id else "",
        "due_on": one.due.day.isoformat() if one.due and one.due.day else "",
    }


def words_of(one: ProposedAction) -> str:
    """What is to be done, as the form says it: by when stays in the words where it is no day."""
    stated = one.due_words or (one.due.stated if one.due and one.due.day is None else "")
    return one.what if not stated or stated in one.what else f"{one.what} (by when, as stated: {stated})"


def held_on(state: Mapping[str, Any]) -> str:
    """The day of the meeting in the state of a form, as ISO text; "" when it is not known."""
    return str(state.get("happened_on") or "")
