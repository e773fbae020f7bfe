"""Finding a person however they were written: by keys to a few hundred, and by comparing to an order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, case, func, select

from casefile.access.visibility import hidden_files
from casefile.errors import Invalid
from casefile.names.births import of_day
from casefile.names.keys import WEIGHTS
from casefile.record.dates import long_date
from casefile.record.looks import PersonKey, PersonLook
from casefile.record.model import CaseFile
from casefile.search.asked import Asked, read_parts, read_text
from casefile.search.compare import LEAST, Judged, judge, known
from casefile.search.rows import Candidate, Found, Standing
from casefile.search.told import people_compared
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.pieces import in_pieces
from casefile.work.unit import Work

MOST_COMPARED = 300
"""How many that share the most keys are compared."""
SHOWN = 50
_SHARES = func.sum(
    case(
        {kind: WEIGHTS[kind] for kind in sorted(WEIGHTS, key="2mFTP".find)},
        value=func.substr(PersonKey.key, 1, 1),
    )
)
_MOST = (
    select(PersonKey.look_id)
    .where(PersonKey.key.in_(bindparam("keys", expanding=True)))
    .group_by(PersonKey.look_id)
    .order_by(_SHARES.desc(), PersonKey.look_id)
    .limit(bindparam("most"))
)
"""The looks that share the most with what is asked for; made once, which takes longer than the answer."""
_READ = select(PersonLook.person_id, PersonLook.said).where(
    PersonLook.person_id.in_(
        select(PersonLook.person_id).where(PersonLook.id.in_(bindparam("looks", expanding=True)))
    )
)


@cache
def _most_but(hidden: Select[UUID]) -> Select[int]:
    """The same, without what was learnt through the files that are hidden: they are left out here, never afterwards."""
    looks = PersonLook.__table__
    return _MOST.where(PersonKey.look_id.not_in(select(looks.c.id).where(looks.c.file_id.in_(hidden))))


@query(needs=Permission.READ_FILES, logs=Logged.CONSULTATION)
def find_people(
    work: Work,
    text: str = "",
    parts: Mapping[str, str] | None = None,
    *,
    most: int = SHOWN,
    tells: bool = True,
) -> Found:
    """Find people by a name however it is written, a birth, an address or a number; the likeliest first.

    Args:
        text: As people type it: ``nowak anna 12/3/1984``, ``bill smyth aged 34``.
        parts: By field instead (``casefile.search.asked.PARTS``), as a form holds them.
        most: How many are handed over.
        tells: Whether an officer asked it: not, while they type.
    """
    asked = read_parts(parts, work.today) if parts else read_text(text, work.today)
    if not asked.keys():
        if text.strip() or parts:
            raise Invalid(
                "There is nothing here to look for: type a name, a date of birth, a number or an address.",
                kept="Nothing was looked for.",
            )
        return Found("", (), 0)
    if tells:
        people_compared(work, asked.keys(), asked.said)
    found = likely(work, asked)
    shown = described(work, found[:most])
    work.about(
        people=[one.person_id for one in shown], files=[at.file_id for one in shown for at in one.files]
    )
    work.note(found=len(found))
    return Found(asked.said, shown, len(found))


def likely(work: Work, asked: Asked, but: Iterable[UUID] = ()) -> list[tuple[UUID, Judged]]:
    """Everybody like enough among those who share the most keys, the likeliest first; *but* these."""
    left_out = set(but)
    judged: list[tuple[UUID, Judged]] = []
    for person_id, said in _sharing(work, asked).items():
        if person_id not in left_out:
            found = judge(asked, known(said, traces=bool(asked.traces)))
            if found.score >= LEAST:
                judged.append((person_id, found))
    return sorted(judged, key=lambda one: (-one[1].score, one[0]))


def _sharing(work: Work, asked: Asked) -> dict[UUID, list[dict[str, Any]]]:
    """What the visible files say of those who share the most keys with what is asked for, by person."""
    hidden = hidden_files(work.session)
    given = {"keys": sorted(asked.keys()), "most": MOST_COMPARED}
    if hidden is None:
        ids = list(work.session.scalars(_MOST, given))
    else:
        where, who = hidden
        ids = list(work.session.scalars(_most_but(where), {**given, **who}))
    said: dict[UUID, list[dict[str, Any]]] = {}
    for some in in_pieces(ids):
        for row in work.session.execute(_READ, {"looks": some}):
            said.setdefault(row.person_id, []).append(row.said)
    return said


def described(work: Work, found: Iterable[tuple[UUID, Judged]]) -> tuple[Candidate, ...]:
    """People found, with what the officer may see of them."""
    judged = dict(found)
    looks: dict[UUID, list[Any]] = {one: [] for one in judged}
    for some in in_pieces(judged):
        read = (
            select(
                PersonLook.person_id, PersonLook.file_id, PersonLook.said, CaseFile.reference,
                CaseFile.family_name, CaseFile.state,
            )
            .join(CaseFile, CaseFile.id == PersonLook.file_id)
            .where(PersonLook.person_id.in_(some))
            .order_by(CaseFile.reference, CaseFile.id)
        )  # fmt: skip
        for row in work.session.execute(read):
            looks[row.person_id].append(row)
    return tuple(_candidate(one, judged[one], looks[one]) for one in judged)


def _candidate(person_id: UUID, judged: Judged, looks: list[Any]) -> Candidate:
    seen = known((row.said for row in looks), traces=False)
    names = list(dict.fromkeys(name for _, name, _ in sorted(seen.names, key=_first)))
    homes = [home for row in looks for home in row.said.get("homes", ())]
    homes.sort(key=lambda one: (one[3] != "", [-ord(c) for c in one[3]], one[0]))
    return Candidate(
        person_id,
        judged.score,
        judged.why,
        names[0] if names else "Name not known",
        tuple(names[1:]),
        _born(seen.births),
        ", ".join(part for part in homes[0][:3] if part) if homes else "",
        tuple(
            Standing(row.file_id, row.reference, row.family_name, row.state, tuple(row.said.get("roles", ())))
            for row in looks
        ),
    )


def _first(name: tuple[str | None, str, bool]) -> tuple[bool, bool, str]:
    return not name[2], name[0] != "legal", name[1]


def _born(births: Iterable[tuple[str, str | None, bool]]) -> str:
    for day, precision, _ in births:
        born = of_day(date.fromisoformat(day), precision)
        if born.whole:
            return long_date(date.fromisoformat(day))
        return f"about {born.year}" if born.spare else str(born.year)
    return ""
