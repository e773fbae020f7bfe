"""The front sheet: who holds the file, where it stands, which files are linked. Drawn once, for window, paper and JSON.

What it holds is the front sheet of the model file (``resources/standards/dividers.toml``, divider 1).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from casefile.access.queries import Named
from casefile.record.dates import long_date
from casefile.record.facts import EntryFact
from casefile.record.model import CaseFile
from casefile.record.persons import PersonView, allocations
from casefile.sections.file_facts import CHILDREN, OUTSIDE
from casefile.work.unit import Work

NOBODY = "Nobody named"
LINKED = 8
"""Linked files that are named; of more, the number is said: the front sheet is one page."""
_ALWAYS = ("officer", "researcher", "supervisor", "conference_liaison")
"""Roles that a file wants filled (``allocation_role``); of the others the front sheet names who is there."""


@dataclass(frozen=True, slots=True)
class FrontLine:
    """One line of the front sheet: what it is, and what the file says, in words."""

    label: str
    value: str


def front_sheet(
    work: Work,
    case: CaseFile,
    people: Sequence[PersonView],
    latest: Sequence[EntryFact],
    held: Mapping[str, UUID],
    names: Mapping[UUID, Named],
) -> tuple[FrontLine, ...]:
    """The lines of a file's front sheet.

    Args:
        case: The file.
        people: Everybody in it, with their facts.
        latest: The latest version of each of its entries.
        held: Who holds it (:func:`held_by`).
        names: Officers by identity, at least those.
    """
    codes = work.standards.codes
    holders = {role: names[one].shown for role, one in held.items() if one in names}
    words = codes("allocation_role").label
    others = (role for role in holders if role not in _ALWAYS)
    lines = (
        ("Reference", case.reference),
        ("Opened", long_date(case.opened_on)),
        ("State", codes("file_state").label(case.state)),
        ("Marking", case.marking),
        ("Team", _team(case, names) or "Not known"),
        ("Access", "Restricted to named readers" if case.restricted else "All officers who may read files"),
        *((words(role), holders.get(role) or NOBODY) for role in _ALWAYS),
        *((words(role), holders[role]) for role in others),
        ("Risk", _since(work, "risk_level", case.risk_level, ", assessed", case.risk_on) or "Not assessed"),
        ("Next supervision", long_date(case.review_due) or "No day is fixed"),
        (
            "Plan",
            _since(work, "abuse_category", case.plan_category, ", since", case.plan_since) or "None recorded",
        ),
        ("Legal status", _legal(work, case.id, people, latest)),
        ("Linked files", linked(work, case.id, people) or "None known"),
        ("Last entry", long_date(case.last_entry_on) or "None"),
        ("Standard in force", work.standards.standard(work.today).title),
    )
    return tuple(FrontLine(label, value) for label, value in lines)


def held_by(work: Work, case: CaseFile) -> dict[str, UUID]:
    """Who holds the file now, by ``allocation_role``: the last one given it, as long as they have it."""
    held: dict[str, UUID] = {}
    for fact in reversed(allocations(work.session, case.id, work.today)):
        role, until = str(fact.get("role")), fact.get("until_on")
        if fact.current:
            held.pop(role, None)
            if until is None or until >= work.today:
                held[role] = fact.get("officer_id")
    held |= {
        role: one
        for role, one in (
            ("officer", case.officer_id),
            ("researcher", case.researcher_id),
            ("supervisor", case.supervisor_id),
        )
        if one is not None
    }
    return held


def _team(case: CaseFile, names: Mapping[UUID, Named]) -> str:
    """The team of the officer in the case, or while there is none of the supervisor or researcher."""
    held = (case.officer_id, case.supervisor_id, case.researcher_id)
    return next((names[one].team for one in held if one and one in names and names[one].team), "")


def _since(work: Work, codes: str, code: str | None, joined: str, on: date | None) -> str:
    if not code:
        return ""
    return f"{work.standards.codes(codes).label(code)}{f'{joined} {long_date(on)}' if on else ''}"


def _legal(work: Work, file_id: UUID, people: Iterable[PersonView], latest: Iterable[EntryFact]) -> str:
    """Legal status and order of each child as last recorded; said once where it is the same for all of them."""
    label, order = work.standards.codes("legal_status").label, work.standards.codes("court_order").label
    stated = [one for one in latest if one.section == "legal" and one.get("legal_status")]
    found: dict[str, str] = {}
    for child in (one for one in people if CHILDREN & set(one.roles(file_id))):
        for entry in stated:
            if not entry.concerns or child.id in entry.concerns:
                said = label(str(entry.get("legal_status")))
                if entry.get("court_order"):
                    until = entry.get("until_on")
                    said += f", {order(str(entry.get('court_order')))}{f' until {long_date(until)}' if until else ''}"
                found[child.name] = said
    if len(set(found.values())) == 1:
        return next(iter(found.values()))
    return "; ".join(f"{name}: {words}" for name, words in found.items()) or "Not recorded"


def linked(work: Work, file_id: UUID, people: Iterable[PersonView]) -> str:
    """The other files in which somebody of this family stands, as far as the officer may see them, and who."""
    by_file: dict[UUID, list[str]] = {}
    for person in people:
        if set(person.roles(file_id)) <= OUTSIDE:
            continue
        for other in {fact.file_id for fact in person.now("involvement")} - {file_id}:
            by_file.setdefault(other, []).append(person.name)
    if not by_file:
        return ""
    rows = work.session.execute(
        select(CaseFile.id, CaseFile.reference).where(CaseFile.id.in_(by_file)).order_by(CaseFile.reference)
    ).all()
    said = [f"{row.reference} ({', '.join(by_file[row.id])})" for row in rows[:LINKED]]
    if len(rows) > LINKED:
        said.append(f"and {len(rows) - LINKED} more")
    return "; ".join(said)
