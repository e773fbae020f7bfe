"""What a supervision note starts with: everything the file knows already, in sentences to be read and mended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from casefile.alarms.sightings import SHOWN_BY, Sighting, sighting
from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.record.groups import owner_named
from casefile.record.owed import Owed
from casefile.record.persons import PersonView, people_of
from casefile.sections import SECTIONS
from casefile.sections.challenge import stage_now
from casefile.sections.file_facts import CHILDREN, OUTSIDE
from casefile.sections.load import entries
from casefile.sections.refresh import said_of_tasks
from casefile.sections.research_owed import owing
from casefile.sections.supervision import last_review
from casefile.work.names import Permission
from casefile.work.unit import Work

_EVIDENCE = ("CHASE", "MED-0-REPORT", "MED-0-FORENSIC", "MED-1", "PHOTO-1", "PHOTO-AGAIN", "INFO", "LEG-1")
_MEETINGS = ("strategy", "conference", "core_group")
_MEETINGS_OWED = ("STR-1", "ICPC", "RCPC-1", "RCPC-n", "RCPC-B", "RCPC-B-UNFIT", "CG-1", "CG-n", "HEARING")
_PLANNED = ("plan", "conference", "core_group", "strategy")
_HOW = {
    "investigation": "interviewed",
    "medical": "examined",
    "police_protection": "taken into police protection",
    "section47": "in the enquiry",
}
"""How a child was seen where the entry is no visit."""
_RANKS = {"sergeant": "ds", "referral_sergeant": "ds", "inspector": "di", "commander": "supt"}
"""Rank of who signs in with a role, as far as the role tells."""


class Reading:
    """What the headings draw on, as known on a day, each read once and only if it is asked for."""

    def __init__(self, work: Work, file_id: UUID, as_of: date) -> None:
        self._work, self._file_id, self._as_of = work, file_id, as_of

    @cached_property
    def _versions(self) -> tuple[EntryFact, ...]:
        return entries(self._work.session, SECTIONS, self._file_id, all_versions=True)

    @cached_property
    def _entries(self) -> tuple[EntryFact, ...]:
        return tuple(
            one for one in self._versions if one.version == one.versions and one.known_on <= self._as_of
        )

    @cached_property
    def _owed(self) -> tuple[Owed, ...]:
        said = said_of_tasks(self._work, self._file_id)
        return owing(self._people, self._file_id, self._versions, said, self._work.standards, self._as_of)

    @cached_property
    def _people(self) -> tuple[PersonView, ...]:
        return people_of(self._work.session, self._file_id, self._as_of)

    @cached_property
    def _last(self) -> EntryFact | None:
        return last_review(self._entries)

    def _of(self, *sections: str) -> list[EntryFact]:
        """Entries of some sections, the latest first."""
        return [one for one in reversed(self._entries) if one.section in sections]

    def _words(self, codes: str, code: Any) -> str:
        return self._work.standards.codes(codes).label(str(code)) if code else ""

    def _children(self) -> list[PersonView]:
        return [one for one in self._people if CHILDREN & set(one.roles(self._file_id))]

    def _is_adult(self, person: PersonView) -> bool:
        return not (CHILDREN | OUTSIDE) & set(person.roles(self._file_id))

    def _roles(self, person: PersonView) -> str:
        return ", ".join(self._words("involvement_role", one) for one in person.roles(self._file_id))

    def _due(self, timescales: Iterable[str]) -> str:
        wanted = set(timescales)
        return "\n".join(
            self._line(one) for one in self._owed if one.timescale in wanted and one.state.outstanding
        )

    def _line(self, task: Owed) -> str:
        owed_by = "" if task.owed_by == "police" else self._words("agency", task.owed_by) or task.owed_by
        named = owner_named(next((one for one in self._entries if one.id == task.entry_id), None), task.title)
        who = ", ".join(dict.fromkeys(one for one in (named, owed_by) if one))
        owner = f" ({who})" if who else ""
        due = f"due {long_date(task.due_on)}" if task.due_on else "no date"
        unit = task.late_unit.removesuffix("s") if task.days_late == 1 else task.late_unit
        late = f", {task.days_late} {unit} late" if task.days_late else ""
        return f"Open: {task.title.rstrip('.')}{owner}, {due}{late}."


class NoteKnown(Reading):
    """What one file knows for the note of a supervisor, each heading read as it is asked for."""

    def __init__(self, work: Work, file_id: UUID, as_of: date | None = None) -> None:
        """*work* is the work of who will sign; *as_of* the day of the review, today unless another is given."""
        super().__init__(work, file_id, as_of or work.today)
        self.headings: Mapping[str, Callable[[], Any]] = {
            "kind": self._kind,
            "rank": lambda: _RANKS.get(work.actor.role),
            "safety": self._safety,
            "voice": self._voice,
            "household": self._household,
            "level": self._level,
            "evidence": self._evidence,
            "bail": self._bail,
            "meetings": self._meetings,
            "plan": self._plan,
            "earlier": self._earlier,
            "challenge": self._challenge,
            "review_on": self._review_on,
        }

    def _kind(self) -> str:
        if self._work.actor.may(Permission.SIGN_INSPECTION):
            return "inspector"
        return "scheduled" if self._last else "initial"

    def _safety(self) -> str:
        """When police and anybody last saw each child: visits, interviews, medicals, enquiries."""
        seen = [found for one in self._entries if one.section in SHOWN_BY and (found := sighting(one))]
        seen = [one for one in seen if one.on <= self._as_of]
        seen.sort(key=lambda one: one.on, reverse=True)
        return "\n".join(self._seen(child, seen) for child in self._children())

    def _seen(self, child: PersonView, seen: list[Sighting]) -> str:
        mine = [one for one in seen if not one.entry.concerns or child.id in one.entry.concerns]
        police = next((one for one in mine if _by_police(one.entry)), None)
        if not mine:
            return f"{child.name}: nobody is recorded to have seen the child."
        said = f"last seen by police {self._sight(police)}" if police else "never seen by police"
        if mine[0] is not police:
            said += f"; last seen by {self._whose(mine[0].entry)} {self._sight(mine[0])}"
        return f"{child.name}: {said}."

    def _whose(self, entry: EntryFact) -> str:
        if entry.section == "medical":
            return str(entry.get("doctor") or "a doctor")
        if entry.section == "section47":
            return str(entry.get("lead") or "whoever made the enquiry")
        return self._words("agency", entry.get("agency")) or "somebody"

    def _sight(self, seen: Sighting) -> str:
        entry = seen.entry
        how = self._words("child_seen", entry.get("child_seen")).lower() if entry.get("child_seen") else ""
        how = how or _HOW.get(entry.section, "")
        by = f", by {entry.get('by_whom')}" if entry.get("by_whom") else ""
        return f"on {long_date(seen.on)} ({how}{by})"

    def _voice(self) -> str:
        """The child's last words on file, with when and to whom."""
        spoke = next((one for one in self._of("contact") if one.get("child_said")), None)
        if spoke is None:
            return "Nothing that the child said is recorded."
        alone = self._words("child_seen", spoke.get("child_seen")).lower()
        head = f"{long_date(spoke.happened_on)}, to {spoke.get('by_whom') or 'somebody not named'}, {alone}"
        return f"{head}: {spoke.get('child_said')}"

    def _household(self) -> str:
        """Who was found there last, and every adult who came into the file since the last review."""
        found = next(iter(self._of("household")), None)
        lines = ["The household was never confirmed."]
        if found is not None:
            who = "; ".join(_occupant(row) for row in found.rows("occupants"))
            lines = [f"Confirmed on {long_date(found.happened_on)}: {who}."]
        since = self._last.happened_on if self._last else None
        lines += [
            f"New since the last review: {one.name} ({self._roles(one)})."
            for one in self._people
            if since and (came := _came(one, self._file_id)) and came > since and self._is_adult(one)
        ]
        return "\n".join(lines)

    def _level(self) -> str | None:
        """The level of the last risk assessment."""
        assessed = next(iter(self._of("risk")), None)
        return str(assessed.get("level")) if assessed and assessed.get("level") else None

    def _evidence(self) -> str:
        return self._due(_EVIDENCE) or "Nothing is recorded as outstanding."

    def _bail(self) -> str:
        live = [
            one
            for one in self._of("bail")
            if not one.get("ended_how") and one.get("kind") not in ("nfa", "voluntary")
        ]
        return "\n".join(self._on_bail(one) for one in live) or "No live bail is recorded."

    def _on_bail(self, bail: EntryFact) -> str:
        until = bail.get("expires_on")
        shared = bail.get("shared_on")
        parts = [
            bail.summary,
            f"until {long_date(until)}" if until else "no end recorded",
            "; ".join(self._words("bail_condition", one) for one in bail.get("conditions") or ()),
            f"shared with social care on {long_date(shared)}" if shared else "not shared with social care",
        ]
        return f"{', '.join(part for part in parts if part)}."

    def _meetings(self) -> str:
        """Meetings since the last review with police attendance, then those that are due."""
        since = self._last.happened_on if self._last else None
        held = [
            self._meeting(one)
            for one in self._of(*_MEETINGS)
            if since is None or (one.happened_on or one.known_on) >= since
        ]
        due = self._due(_MEETINGS_OWED)
        return "\n".join([*reversed(held), *([due] if due else [])]) or "None held and none due."

    def _meeting(self, held: EntryFact) -> str:
        code = held.get("police_attendance")
        police = f", police {self._words('police_attendance', code).lower()}" if code else ""
        return f"Held: {held.summary}, {long_date(held.happened_on)}{police}."

    def _plan(self) -> str:
        opened = {one.id for one in self._of(*_PLANNED)}
        undone = [one for one in self._owed if one.timescale == "ACTION" and one.entry_id in opened]
        lines = [self._line(one) for one in undone if one.state.outstanding]
        done = sum(not one.state.outstanding for one in undone)
        if not undone:
            return "No action is recorded."
        return "\n".join([f"{done} of {len(undone)} actions are closed.", *lines])

    def _earlier(self) -> str:
        opened = {one.id for one in self._of("supervision")}
        given = [one for one in self._owed if one.entry_id in opened and one.timescale == "ACTION"]
        since = self._last.happened_on if self._last else None
        lines = [self._line(one) for one in given if one.state.outstanding]
        lines += [
            f"Closed: {one.title} ({long_date(one.ended_on)})."
            for one in given
            if one.ended_on and (since is None or one.ended_on >= since)
        ]
        return "\n".join(lines) or "None is open."

    def _challenge(self) -> str:
        lines: list[str] = []
        for one in self._of("challenge"):
            if not one.get("outcome"):
                now = stage_now(one) or {}
                whom = f", with {now['counterpart']}" if now.get("counterpart") else ""
                lines.append(f"Open: {one.summary}{whom}, since {long_date(now.get('begun_on'))}.")
        return "\n".join(lines)

    def _review_on(self) -> str | None:
        """The last day that the interval of the level of risk allows."""
        interval = self._work.standards.review_interval(self._level() or "not_assessed", self._as_of)
        return interval.due(self._as_of).isoformat() if interval else None


def _by_police(entry: EntryFact) -> bool:
    if entry.section == "contact":
        return entry.get("agency") in (None, "police") or entry.get("kind") == "visit_joint"
    if entry.section == "section47":
        return entry.get("kind") in ("joint", "single_police")
    return entry.section in ("investigation", "police_protection")


def _occupant(row: Mapping[str, Any]) -> str:
    notes = [str(row["relation"])] if row.get("relation") else []
    notes += ["not identified"] if row.get("identified") is False else []
    return f"{row.get('name')} ({', '.join(notes)})" if notes else str(row.get("name"))


def _came(person: PersonView, file_id: UUID) -> date | None:
    """The day police learnt that somebody stands in the file."""
    days = [one.get("known_on") for one in person.now("involvement") if one.file_id == file_id]
    return min((one for one in days if one), default=None)
