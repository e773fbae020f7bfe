"""From a form as typed to values that can be signed, with a sentence for everything that cannot stand.

Forms, imports and JSON all come through here, so that the same thing is refused everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, cast
from uuid import UUID

from casefile.errors import Fault
from casefile.record.dates import EARLIEST, LATEST, NotADate, read_date, read_time
from casefile.record.described import Description, FieldKind, FieldSpec, GroupSpec
from casefile.record.facts import Doubt
from casefile.standards import Library

LONGEST = 200_000
"""Characters one field may hold; longer text belongs in a document."""
DOUBTS = "_doubts"
"""Key, in the state of a form, of what the source stated by field."""
SOURCE = "_source"
"""Key, in the state of a form, of the document it was prefilled from and the line each field was read in."""
NOT_GIVEN = "Not given by the source."


@dataclass(slots=True)
class Reading:
    """What came of reading a form.

    Attributes:
        values, groups: Typed values, as an :class:`~casefile.record.facts.EntryFact` holds them.
        doubts: What was kept as stated.
        faults: What cannot stand; signing is refused while there are any.
    """

    values: dict[str, Any] = field(default_factory=dict[str, Any])
    groups: dict[str, tuple[dict[str, Any], ...]] = field(
        default_factory=dict[str, tuple[dict[str, Any], ...]]
    )
    doubts: dict[str, Doubt] = field(default_factory=dict[str, Doubt])
    faults: list[Fault] = field(default_factory=list[Fault])


def read_form(
    description: Description,
    raw: Mapping[str, Any],
    library: Library,
    *,
    imported: bool = False,
) -> Reading:
    """Read the state of a form against its description.

    When *imported*, a needed value that the source does not give, and a value that cannot be
    read, become doubts instead of faults: nothing a source says is dropped, nothing is invented.
    """
    reading = Reading(doubts=_stated(raw.get(DOUBTS)))
    known = {spec.key for spec in description.fields} | {group.key for group in description.groups}
    for key in raw:
        if key not in known | {DOUBTS, SOURCE}:
            reading.faults.append(Fault(key, f"{description.title} has no field called {key}."))
    for spec in description.fields:
        reading.values[spec.key] = _field(spec, spec.key, raw.get(spec.key), reading, library, imported)
    for group in description.groups:
        reading.groups[group.key] = _group(group, raw.get(group.key), reading, library, imported)
    return reading


def to_raw(values: Mapping[str, Any]) -> dict[str, Any]:
    """Typed values back as the plain state of a form."""
    return {key: _raw(value) for key, value in values.items() if value not in (None, [], ())}


def _raw(value: Any) -> Any:
    if isinstance(value, time):
        return value.strftime("%H:%M") if not value.second else value.isoformat()
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, list | tuple):
        return [_raw(one) for one in value]  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, Mapping):
        return to_raw(value)  # pyright: ignore[reportUnknownArgumentType]
    return value


def _stated(raw: Any) -> dict[str, Doubt]:
    if not isinstance(raw, Mapping):
        return {}
    given = cast("Mapping[str, Mapping[str, object]]", raw)
    return {
        str(key): Doubt(str(one.get("stated", "")), str(one.get("why", "")))
        for key, one in given.items()
        if hasattr(one, "get")
    }


def _field(spec: FieldSpec, path: str, raw: Any, reading: Reading, library: Library, imported: bool) -> Any:
    if raw in (None, "", [], ()):
        if spec.needed and path not in reading.doubts:
            if imported:
                reading.doubts[path] = Doubt("", NOT_GIVEN)
            else:
                reading.faults.append(Fault(path, _ask(spec)))
        return None
    try:
        return _READERS[spec.kind](spec, raw, library)
    except NotADate as fault:
        return _cannot(path, raw, fault.sentence, reading, imported)
    except (ValueError, TypeError, KeyError, AttributeError):
        return _cannot(path, raw, f"“{str(raw)[:80]}” cannot stand under {spec.label}.", reading, imported)


def _cannot(path: str, raw: Any, why: str, reading: Reading, imported: bool) -> None:
    if imported:
        reading.doubts[path] = Doubt(str(raw), why)
    else:
        reading.faults.append(Fault(path, why))


def _group(
    group: GroupSpec, raw: Any, reading: Reading, library: Library, imported: bool
) -> tuple[dict[str, Any], ...]:
    rows = [row for row in _rows(raw) if any(value not in (None, "", []) for value in row.values())]
    if not rows and group.needed and not imported and group.key not in reading.doubts:
        reading.faults.append(Fault(group.key, f"Add at least one row under {group.label}."))
    found: list[dict[str, Any]] = []
    for place, row in enumerate(rows):
        at = f"{group.key}.{place}"
        for key in row:
            if key not in {spec.key for spec in group.fields}:
                reading.faults.append(Fault(f"{at}.{key}", f"{group.label} has no field called {key}."))
        found.append(
            {
                spec.key: _field(spec, f"{at}.{spec.key}", row.get(spec.key), reading, library, imported)
                for spec in group.fields
            }
        )
    return tuple(found)


def _rows(raw: Any) -> list[Mapping[str, Any]]:
    if not isinstance(raw, Iterable) or isinstance(raw, str | bytes | Mapping):
        return []
    return [row for row in raw if isinstance(row, Mapping)]  # pyright: ignore[reportUnknownVariableType]


def _ask(spec: FieldSpec) -> str:
    if spec.label.endswith("?"):
        return f"“{spec.label}” needs an answer."
    if spec.kind is FieldKind.DATE:
        return f"Say when: {spec.label} is needed before signing, or keep what the source states."
    if spec.kind in (FieldKind.CODE, FieldKind.CODES, FieldKind.YES_NO):
        return f"Choose {spec.label.lower()} before signing."
    return f"Fill in {spec.label.lower()} before signing."


def _text(spec: FieldSpec, raw: Any, library: Library) -> str:
    if not isinstance(raw, str):
        raise ValueError
    clean = raw.replace("\r\n", "\n").replace("\x00", "")
    if len(clean) > LONGEST:
        raise NotADate(
            f"{spec.label} holds {len(clean):,} characters; the most is {LONGEST:,}. Keep long text as a document."
        )
    return clean.strip() if spec.kind is FieldKind.LINE else clean.rstrip()


def _date(spec: FieldSpec, raw: Any, library: Library) -> date:
    return raw if isinstance(raw, date) and not isinstance(raw, datetime) else read_date(str(raw))


def _time(spec: FieldSpec, raw: Any, library: Library) -> time:
    return raw if isinstance(raw, time) else read_time(raw)


def _moment(spec: FieldSpec, raw: Any, library: Library) -> datetime:
    found = raw if isinstance(raw, datetime) else datetime.fromisoformat(raw)
    if found.tzinfo is None or not EARLIEST <= found.year <= LATEST:
        raise ValueError
    return found


def _number(spec: FieldSpec, raw: Any, library: Library) -> int:
    if isinstance(raw, bool) or (isinstance(raw, float) and not raw.is_integer()):
        raise ValueError
    number = int(raw)
    if abs(number) > 2**31 - 1:
        raise ValueError
    return number


def _yes_no(spec: FieldSpec, raw: Any, library: Library) -> bool:
    if isinstance(raw, bool):
        return raw
    return {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}[str(raw).lower()]


def _code(spec: FieldSpec, raw: Any, library: Library) -> str:
    if not isinstance(raw, str) or raw not in library.codes(str(spec.codes)):
        raise NotADate(f"“{str(raw)[:60]}” is not in the list {spec.label}.")
    return raw


def _codes(spec: FieldSpec, raw: Any, library: Library) -> list[str]:
    given = [raw] if isinstance(raw, str) else list(raw)
    return [_code(spec, one, library) for one in dict.fromkeys(given)]


def _identity(spec: FieldSpec, raw: Any, library: Library) -> UUID:
    return raw if isinstance(raw, UUID) else UUID(raw)


def _identities(spec: FieldSpec, raw: Any, library: Library) -> list[str]:
    return [str(_identity(spec, one, library)) for one in dict.fromkeys(raw)]


_READERS: dict[FieldKind, Callable[[FieldSpec, Any, Library], Any]] = {
    FieldKind.LINE: _text,
    FieldKind.PROSE: _text,
    FieldKind.DATE: _date,
    FieldKind.TIME: _time,
    FieldKind.MOMENT: _moment,
    FieldKind.NUMBER: _number,
    FieldKind.YES_NO: _yes_no,
    FieldKind.CODE: _code,
    FieldKind.CODES: _codes,
    FieldKind.PERSON: _identity,
    FieldKind.PEOPLE: _identities,
    FieldKind.OFFICER: _identity,
    FieldKind.DOCUMENT: _identity,
    FieldKind.ENTRY: _identity,
}
