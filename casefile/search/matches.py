"""Matches between files: who is told, what stands side by side, and what was decided of each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from casefile.access.model import Officer
from casefile.access.queries import shown
from casefile.errors import Fault, Invalid, Missing
from casefile.names.births import of_day
from casefile.record.dates import long_date
from casefile.record.looks import PersonLook
from casefile.record.matches import MatchDecision, PersonMatch
from casefile.record.model import CaseFile
from casefile.search.match_rows import Decided, MatchRow, Side, State, What
from casefile.work.door import action, query
from casefile.work.names import Kind, Logged, Permission
from casefile.work.pieces import in_pieces
from casefile.work.unit import Work

_ONE, _OTHER = aliased(CaseFile), aliased(CaseFile)
_KEPT = "Nothing was recorded."


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def matches(
    work: Work, *, file_id: UUID | None = None, mine: bool = False, decided: bool = False
) -> tuple[MatchRow, ...]:
    """List who in one file likely stands in another, what is open first; both files must be the officer’s to see.

    Args:
        file_id: Only the matches of one file.
        mine: Only those of files the officer holds, researches or supervises.
        decided: Also those that are confirmed, rejected or no longer stand.
    """
    found = _rows(work, _asked(work, file_id, mine=mine))
    rows = tuple(one for one in found if decided or one.state.open)
    work.about(
        files=[side.file_id for one in rows for side in (one.one, one.other)],
        people=[side.person_id for one in rows for side in (one.one, one.other)],
    )
    return rows


@query(needs=Permission.READ_FILES, logs=Logged.NOT_PERSONAL)
def matches_waiting(work: Work) -> int:
    """Count the open matches of the officer’s own files; a number only."""
    return sum(1 for one in _rows(work, _asked(work, None, mine=True)) if one.state.open)


@action(needs=Permission.KEEP_FILES, logs=Logged.COMBINATION)
def decide_match(work: Work, match_id: UUID, what: str, reason: str) -> UUID:
    """Confirm, reject or leave open a match between two files, or undo what was decided, with the reason.

    A confirmed match of two records links them: each file says that the person also stands in the other. A rejected
    one stays quiet until the facts it rests on change. Nothing of what was decided before is taken away.
    """
    if what not in [one.value for one in What]:
        raise Invalid(
            [Fault("what", "Say whether it is confirmed, rejected, left open or undone.")], kept=_KEPT
        )
    if not reason.strip():
        raise Invalid([Fault("reason", "Say why.")], kept=_KEPT)
    rows = _rows(work, _seen().where(PersonMatch.id == match_id))
    if not rows:
        raise Missing("There is no such match, or one of its files is not yours to see.")
    match = rows[0]
    if what == What.UNDONE and match.state not in (State.CONFIRMED, State.REJECTED):
        raise Invalid("Nothing is decided that could be undone.", kept=_KEPT)
    if what == match.state:
        raise Invalid(f"It is {what} already.", kept=_KEPT)
    facts = work.session.execute(select(PersonMatch.facts).where(PersonMatch.id == match_id)).scalar_one()
    made = MatchDecision(
        match_id=match_id,
        what=what,
        reason=reason.strip(),
        facts=facts,
        recorded_at=work.now,
        recorded_by=work.officer_id,
    )
    work.session.add(made)
    work.session.flush()
    work.about(people=[match.one.person_id, match.other.person_id])
    work.note(decided=what)
    for side in (match.one, match.other):
        work.touch(Kind.MATCH, side.file_id)
    return made.id


def _seen() -> Any:
    """Matches whose files are both the officer’s to see: the session leaves out the rest in the statement itself."""
    return (
        select(
            PersonMatch, _ONE.reference, _ONE.family_name,
            _OTHER.reference, _OTHER.family_name,
        )
        .join(_ONE, _ONE.id == PersonMatch.one_file_id)
        .join(_OTHER, _OTHER.id == PersonMatch.other_file_id)
    )  # fmt: skip


def _asked(work: Work, file_id: UUID | None, *, mine: bool) -> Any:
    asked = _seen()
    if file_id is not None:
        asked = asked.where(or_(PersonMatch.one_file_id == file_id, PersonMatch.other_file_id == file_id))
    if mine:
        me = work.officer_id
        asked = asked.where(
            or_(
                *(
                    getattr(file, held) == me
                    for file in (_ONE, _OTHER)
                    for held in ("officer_id", "supervisor_id", "researcher_id")
                )
            )
        )
    return asked


def _rows(work: Work, asked: Any) -> list[MatchRow]:
    held: list[Any] = list(work.session.execute(asked).all())
    matched: list[PersonMatch] = [row[0] for row in held]
    decided = _decisions(work, [one.id for one in matched])
    said = _said(work, held)
    rows: list[MatchRow] = []
    for row in held:
        match: PersonMatch = row[0]
        one = _side(
            said.get((match.one_person_id, match.one_file_id), {}),
            match.one_person_id,
            match.one_file_id,
            row[1],
            row[2],
        )
        other = _side(
            said.get((match.other_person_id, match.other_file_id), {}),
            match.other_person_id,
            match.other_file_id,
            row[3],
            row[4],
        )
        words = decided.get(match.id, ())
        rows.append(
            MatchRow(
                match.id, match.kind, match.score, tuple(match.why), one, other, _state(match, words), words,
                match.found_at,
            )
        )  # fmt: skip
    return sorted(
        rows, key=lambda one: (not one.state.open, -one.score, one.one.reference, one.other.reference, one.id)
    )


def _decisions(work: Work, ids: Iterable[UUID]) -> dict[UUID, tuple[Decided, ...]]:
    """What was decided of each match, oldest first."""
    found: dict[UUID, tuple[Decided, ...]] = {}
    for some in in_pieces(ids):
        rows = work.session.execute(
            select(MatchDecision, Officer.name, Officer.role, Officer.number)
            .join(Officer, Officer.id == MatchDecision.recorded_by)
            .where(MatchDecision.match_id.in_(some))
            .order_by(MatchDecision.recorded_at, MatchDecision.id)
        )
        for made, *officer in rows:
            one = Decided(What(made.what), made.reason, shown(*officer), made.recorded_at, made.facts)
            found[made.match_id] = (*found.get(made.match_id, ()), one)
    return found


def _state(match: PersonMatch, words: tuple[Decided, ...]) -> State:
    last = words[-1] if words else None
    if last is not None and last.what is What.CONFIRMED:
        return State.CONFIRMED
    if not match.stands:
        return State.GONE
    if last is not None and last.what is What.REJECTED:
        return State.REJECTED if last.facts == match.facts else State.CHANGED
    return State.LEFT if last is not None and last.what is What.OPEN else State.NEW


def _said(work: Work, held: Iterable[Any]) -> dict[tuple[UUID, UUID], dict[str, Any]]:
    people = {one for row in held for one in (row[0].one_person_id, row[0].other_person_id)}
    found: dict[tuple[UUID, UUID], dict[str, Any]] = {}
    for some in in_pieces(sorted(people)):
        read = select(PersonLook.person_id, PersonLook.file_id, PersonLook.said)
        for row in work.session.execute(read.where(PersonLook.person_id.in_(some))):
            found[row.person_id, row.file_id] = row.said
    return found


def _side(said: dict[str, Any], person_id: UUID, file_id: UUID, reference: str, family: str) -> Side:
    names = [name for _, name, stands in said.get("names", ()) if stands] or ["Name not known"]
    births = [
        long_date(date.fromisoformat(day)) if of_day(date.fromisoformat(day), how).whole else day[:4]
        for day, how, stands in said.get("births", ())
        if stands
    ]
    homes = [", ".join(part for part in home[:3] if part) for home in said.get("homes", ()) if not home[3]]
    traces = [str(value) for key in ("contacts", "numbers") for _, value in said.get(key, ())]
    return Side(
        person_id, file_id, reference, family, names[0], tuple(names[1:]), births[0] if births else "", tuple(homes),
        tuple(traces), tuple(str(name) for _, name in said.get("settings", ())), tuple(said.get("roles", ())),
    )  # fmt: skip
