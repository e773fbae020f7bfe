"""The columns of a list of people: what each holds, read into one spelling, and how like two of its values are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import OSA, JaroWinkler

from casefile.names.fold import plain
from casefile.names.likeness import words_alike
from casefile.names.traces import contact_key
from casefile.record.dates import NotADate, read_date

FAR, CLOSE, SAME = 0, 1, 2
"""How two values stand to each other; None where one of them is empty."""
Levels = tuple[int | None, ...]


class Kind(StrEnum):
    """What a column holds."""

    GIVEN = "given name"
    FAMILY = "family name"
    NAME = "name"
    BIRTH = "date of birth"
    NUMBER = "number of a person"
    CONTACT = "telephone or mail"
    PLACE = "address"
    CODE = "code"


NAMES = frozenset({Kind.GIVEN, Kind.FAMILY, Kind.NAME})
PLACES = frozenset({Kind.PLACE, Kind.CODE, Kind.CONTACT})
"""What a whole household shares."""
_NAMED: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (Kind.BIRTH, ("birth", "dob", "born")),
    (Kind.GIVEN, ("given", "forename", "first", "christian", "middle")),
    (Kind.FAMILY, ("surname", "family", "last_name", "lastname", "last name")),
    (Kind.CODE, ("postcode", "post_code", "zip", "state", "county", "number_of", "street_number", "house", "sex", "gender")),
    (Kind.CONTACT, ("phone", "mobile", "tel", "mail")),
    (Kind.PLACE, ("address", "street", "suburb", "town", "city", "road", "place")),
    (Kind.NUMBER, ("sec_id", "ssn", "nhs", "upn", "pnc", "number", "soc_sec", "insurance", "passport", "reference")),
    (Kind.NAME, ("name",)),
)  # fmt: skip
"""Parts of the names of columns that say what they hold, in the order in which they are tried."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column and what it holds."""

    name: str
    kind: Kind


def fields_of(records: Sequence[Mapping[str, object]]) -> list[Field]:
    """The columns whose names say what they hold, in the order of the first record that has them."""
    columns = list(dict.fromkeys(name for record in records for name in record))
    found: list[Field] = []
    for name in columns:
        low = name.casefold()
        kind = next((kind for kind, parts in _NAMED if any(part in low for part in parts)), None)
        if kind is not None:
            found.append(Field(name, kind))
    return found


def read(field: Field, value: object) -> str:
    """A value in one spelling; "" for what is empty. A date becomes eight figures, year first, where it is one."""
    text = "" if value is None or value != value else str(value)
    said = plain(text)
    if said in ("", "nan", "none", "null", "-", "n/a"):
        return ""
    if field.kind is Kind.BIRTH:
        return _date(said)
    if field.kind is Kind.CONTACT:
        return contact_key(said) or said
    return "".join(one for one in said if one.isalnum())


def _date(said: str) -> str:
    if len(said) == 8 and said.isdigit():
        return said
    try:
        return read_date(said).strftime("%Y%m%d")
    except NotADate:
        return "".join(one for one in said if one.isalnum())


def level(kind: Kind, one: str, other: str) -> int | None:
    """How two values of a column stand to each other."""
    if not one or not other:
        return None
    if one == other:
        return SAME
    if kind in NAMES:
        worth, _, _ = words_alike(one, other)
        near = worth >= _NAME_CLOSE or JaroWinkler.similarity(one, other) >= _LETTERS_CLOSE
        return CLOSE if near and min(len(one), len(other)) > 1 else FAR
    if kind is Kind.BIRTH:
        return CLOSE if _births_close(one, other) else FAR
    if kind is Kind.PLACE:
        return CLOSE if OSA.normalized_similarity(one, other) >= _PLACE_CLOSE else FAR
    if min(len(one), len(other)) < _SHORT:
        return FAR
    return CLOSE if OSA.distance(one, other, score_cutoff=1) <= 1 else FAR


_NAME_CLOSE, _LETTERS_CLOSE, _PLACE_CLOSE, _SHORT = 0.75, 0.9, 0.75, 4


def _births_close(one: str, other: str) -> bool:
    """One figure wrong, two changed places, or day and month the other way round."""
    if OSA.distance(one, other, score_cutoff=1) <= 1:
        return True
    return (
        len(one) == len(other) == 8
        and one[:4] == other[:4]
        and one[4:6] == other[6:]
        and one[6:] == other[4:6]
    )


def compared(fields: Sequence[Field], one: Sequence[str], other: Sequence[str]) -> Levels:
    """How two records stand to each other, field by field; what stands in the wrong column of a kind is close."""
    levels = [level(field.kind, one[at], other[at]) for at, field in enumerate(fields)]
    for group in (NAMES, frozenset({Kind.PLACE})):
        places = [at for at, field in enumerate(fields) if field.kind in group]
        for place, i in enumerate(places):
            for j in places[place + 1 :]:
                _swap(fields, (one, other), levels, (i, j))
    return tuple(levels)


def _swap(
    fields: Sequence[Field],
    both: tuple[Sequence[str], Sequence[str]],
    levels: list[int | None],
    at: tuple[int, int],
) -> None:
    """Two columns of one kind with their values changed over."""
    (one, other), (i, j) = both, at
    if (levels[i] or FAR) + (levels[j] or FAR) > FAR:
        return
    kind = fields[i].kind
    across = (level(kind, one[i], other[j]), level(kind, one[j], other[i]))
    if all(found in (CLOSE, SAME) for found in across):
        levels[i] = levels[j] = CLOSE
    elif SAME in across and None in across:
        levels[i if across[0] == SAME else j] = CLOSE
