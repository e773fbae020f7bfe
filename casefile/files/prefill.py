"""What the file already knows of a form about to be filled in: nobody is asked twice.

A prefilled value is a proposal. Whoever signs has read it; what only they can say (who attended this time, whether
somebody still lives there) is left empty even where the last form said it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from casefile.files.prefill_note import NoteKnown
from casefile.files.prefill_report import ReportKnown
from casefile.record.described import FieldKind, FieldSpec, GroupSpec
from casefile.record.facts import EntryFact
from casefile.record.persons import FactView, PersonView, people_of
from casefile.sections import SECTIONS
from casefile.sections.base import Section, describe
from casefile.sections.load import entries
from casefile.sections.values import DOUBTS, to_raw
from casefile.work.unit import Work

_MEETINGS = ("strategy", "conference", "core_group")
_INVITED = ("name", "agency", "role")
_OCCUPANT = ("person_id", "name", "relation")
_SEARCH = ("system", "tried")
_SUBJECTS = {"subject", "unborn"}


def form_of(entry: EntryFact) -> dict[str, Any]:
    """A signed entry as the state of its form."""
    state = to_raw(
        {
            "happened_on": entry.happened_on,
            "happened_at": entry.happened_at,
            "known_on": entry.known_on,
            "concerns": list(entry.concerns),
            **entry.values,
        }
    )
    state |= {key: [to_raw(row) for row in rows] for key, rows in entry.groups.items() if rows}
    if entry.doubts:
        state[DOUBTS] = {key: {"stated": one.stated, "why": one.why} for key, one in entry.doubts.items()}
    return state


def prefilled(work: Work, section: type[Section], file_id: UUID, officer_id: UUID | None) -> dict[str, Any]:
    """The state of a new form: every field and group whose description says where its value comes from."""
    description = describe(section)
    known = _Known(work, section, file_id, officer_id)
    state: dict[str, Any] = {}
    for spec in (*description.fields, *description.groups):
        if spec.prefill and (found := known.value(spec)):
            state[spec.key] = found
    return state


class _Known:
    """What one file knows, read once and only as far as the form asks."""

    def __init__(self, work: Work, section: type[Section], file_id: UUID, officer_id: UUID | None) -> None:
        self._work = work
        self._section = section
        self._file_id = file_id
        self._sources: Mapping[str, Callable[[], Any]] = {
            "today": work.today.isoformat,
            "officer": lambda: str(officer_id or work.officer_id),
            "me": lambda: str(work.officer_id),
            "subjects": lambda: [str(one.id) for one in self._children()],
            "home": self._home,
            "residents": self._residents,
            "invited": self._invited,
            "systems": self._systems,
            "report_given": self._report_given,
        }
        self._note = NoteKnown(work, file_id)
        self._report = ReportKnown(work, file_id)

    def value(self, spec: FieldSpec | GroupSpec) -> Any:
        """The value of one field or group as the form holds it, or nothing."""
        source = str(spec.prefill)
        if isinstance(spec, FieldSpec) and spec.kind is FieldKind.LINE and source == "officer":
            return self._work.actor.name
        if source in self._sources:
            return self._sources[source]()
        if source.startswith("note."):
            return self._note.headings[source.removeprefix("note.")]()
        if source.startswith("drafted."):
            return self._report.parts[source.removeprefix("drafted.")]()
        section, _, key = source.partition(".")
        last = self._last(self._section.key if section == "last" else section)
        return form_of(last).get(key or spec.key) if last else None

    def _last(self, *sections: str) -> EntryFact | None:
        wanted = [one for one in sections if one in SECTIONS]
        found = entries(self._work.session, SECTIONS, self._file_id, only=wanted) if wanted else ()
        return found[-1] if found else None

    def _people(self) -> Sequence[PersonView]:
        return people_of(self._work.session, self._file_id, self._work.today)

    def _children(self) -> list[PersonView]:
        return [one for one in self._people() if _SUBJECTS & set(one.roles(self._file_id))]

    def _home(self) -> str | None:
        """The address of the first child that has one."""
        for child in self._children():
            for fact in child.now("residence"):
                return ", ".join(
                    str(fact.get(key)) for key in ("address", "town", "postcode") if fact.get(key)
                )
        return None

    def _residents(self) -> list[dict[str, Any]]:
        """Who was there at the last confirmation, then whoever of the file lives at the children's addresses."""
        last = self._last("household")
        rows = [
            to_raw({key: row.get(key) for key in _OCCUPANT})
            for row in (last.rows("occupants") if last else ())
        ]
        listed = {row.get("person_id") for row in rows} | {row.get("name") for row in rows}
        homes = {_place(fact) for child in self._children() for fact in child.now("residence")}
        roles = self._work.standards.codes("involvement_role")
        for person in self._people():
            lives = any(_place(fact) in homes for fact in person.now("residence"))
            if lives and not {str(person.id), person.name} & listed:
                relation = ", ".join(roles.label(one) for one in person.roles(self._file_id))
                rows.append({"person_id": str(person.id), "name": person.name, "relation": relation})
        return rows

    def _invited(self) -> list[dict[str, Any]]:
        """Who was invited to the last meeting; whether they come this time nobody knows yet."""
        last = self._last(*_MEETINGS)
        rows = last.rows("attendees") if last else ()
        return [to_raw({key: row.get(key) for key in _INVITED}) for row in rows]

    def _systems(self) -> list[dict[str, Any]]:
        """The systems searched last time, with what was tried there; what they hold now nobody knows yet."""
        last = self._last("research")
        rows = last.rows("searches") if last else ()
        return [to_raw({key: row.get(key) for key in _SEARCH}) for row in rows]

    def _report_given(self) -> str | None:
        """The day on which a police report was given since the last conference."""
        held = self._last("conference")
        given = entries(self._work.session, SECTIONS, self._file_id, only=["disclosure"])
        days = [one.happened_on for one in given if one.get("report_id") and one.happened_on]
        since = held.happened_on if held else None
        last = max((day for day in days if since is None or day > since), default=None)
        return last.isoformat() if last else None


def _place(residence: FactView) -> str:
    address = str(residence.get("address") or "")
    return " ".join(f"{address} {residence.get('postcode') or ''}".casefold().split())
