"""Finding a person however they were written: by keys to a few hundred, and by comparing to an order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from rapidfuzz import fuzz, process
from sqlalchemy import select

from casefile.access.visibility import hidden_files
from casefile.errors import Invalid
from casefile.names.births import of_day
from casefile.record.dates import long_date
from casefile.record.looks import PersonLook
from casefile.record.model import CaseFile
from casefile.search.asked import Asked, read_parts, read_text
from casefile.search.compare import LEAST, Judged, judging, known
from casefile.search.rows import Candidate, Found, Standing
from casefile.search.told import people_compared
from casefile.store.sharing import Sharing, said_of, sharing
from casefile.work.door import query
from casefile.work.names import Logged, Permission
from casefile.work.pieces import in_pieces
from casefile.work.unit import Work

SHOWN = 50
MOST_SHARING = 300
"""How many that share the most keys are weighed by all the letters of their names; six for each that is to be shown, if
that is more."""
_NEAR = 70
"""From this likeness of all the letters on (0 to 100) somebody is compared word by word."""
_SAID = 5
"""So much shared is more than a letter or an ending each: by it somebody is compared however far the letters are."""


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
    found = likely(work, asked, most=most)
    shown = described(work, found.people[:most])
    work.about(
        people=[one.person_id for one in shown], files=[at.file_id for one in shown for at in one.files]
    )
    work.note(found=len(found.people))
    return Found(asked.said, shown, len(found.people), found.more)


@dataclass(frozen=True, slots=True)
class Likely:
    """Who is like enough, the likeliest first.

    Attributes:
        more: Whether more were found than were wanted and not everybody was compared: there may be others.
    """

    people: tuple[tuple[UUID, Judged], ...]
    more: bool


def likely(work: Work, asked: Asked, *, most: int = SHOWN) -> Likely:
    """Everybody like enough among those worth comparing.

    Args:
        most: How many are wanted: who is farther than so many others by letters and by keys is not compared.
    """
    said, rest = _worth_comparing(work, asked, most)
    alike = judging(asked)
    judged = [(person_id, alike(one)) for person_id, one in said.items()]
    found = sorted((one for one in judged if one[1].score >= LEAST), key=lambda one: (-one[1].score, one[0]))
    return Likely(tuple(found), rest and len(found) > most)


def _worth_comparing(work: Work, asked: Asked, most: int) -> tuple[Mapping[UUID, list[dict[str, Any]]], bool]:
    """What the visible files say of those worth comparing, by person; whether others share something too."""
    hidden = hidden_files(work.session)
    reach = max(MOST_SHARING, 6 * most)
    rows = sharing(work.session, sorted(asked.keys()), hidden, reach)
    looks = _nearest(asked, rows, max(most, SHOWN))
    cut = len({one.look_id for one in rows}) == reach or len(looks) >= most
    return said_of(work.session, looks, hidden), cut


def _nearest(asked: Asked, rows: Sequence[Sharing], most: int) -> Sequence[int]:
    """Of those who share keys: whose names are nearest by all their letters, and whoever shares the most.

    A nickname is far by its letters and a rare misspelling shares few keys: neither is left out for the other.

    Args:
        rows: Looks by their names, with how much each shares; the most first.
        most: About how many at most by either.
    """
    some = most + most // 5
    wanted = " ".join(one.plain for one in asked.words)
    near = process.extract(
        wanted, [one.called for one in rows], scorer=fuzz.ratio, score_cutoff=_NEAR, limit=some
    )
    if len(asked.words) > 1:
        much = [one.look_id for one in rows[: most // 3] if one.shares >= _SAID]
    else:  # all the letters of a name say little of one word of it
        much = [one.look_id for one in rows[:some]]
    return tuple(dict.fromkeys([*(rows[at].look_id for _, _, at in near), *much]))


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
