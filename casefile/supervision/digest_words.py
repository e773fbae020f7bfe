"""What differs between two versions of a record, in words: label, from what, to what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any, cast

from casefile.record.dates import long_date
from casefile.record.described import FieldKind, FieldSpec
from casefile.record.facts import EntryFact
from casefile.sections import SECTIONS
from casefile.sections.base import describe
from casefile.supervision.digest_rows import DigestFacts

LONGEST = 60
"""Characters of a value that are shown; of longer prose only that it says otherwise."""
NOTHING = "nothing"


def said(facts: DigestFacts, spec: FieldSpec, value: Any) -> str:
    """A value in words; "" for none."""
    if value is None or value in ("", [], ()):
        return ""
    if spec.kind is FieldKind.YES_NO:
        return "yes" if value else "no"
    several = cast("list[Any]", value if isinstance(value, list | tuple) else [value])
    if spec.kind in (FieldKind.PERSON, FieldKind.OFFICER, FieldKind.PEOPLE):
        return ", ".join(facts.name(one) for one in several)
    if spec.kind in (FieldKind.CODE, FieldKind.CODES):
        return "; ".join(facts.words(str(spec.codes), str(one)) for one in several)
    if spec.kind in (FieldKind.DOCUMENT, FieldKind.ENTRY):
        return "another one"
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return long_date(value)
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


def differences(facts: DigestFacts, old: EntryFact, new: EntryFact) -> tuple[str, ...]:
    """What an amendment changed, field by field; rows of a group are counted."""
    description = describe(SECTIONS[new.section])
    found: list[str] = []
    for spec in description.fields:
        before, after = _comparable(old.get(spec.key)), _comparable(new.get(spec.key))
        if before != after:
            found.append(_moved(facts, spec, old.get(spec.key), new.get(spec.key)))
    for group in description.groups:
        before_rows, after_rows = old.rows(group.key), new.rows(group.key)
        if words := _rows_moved(before_rows, after_rows):
            found.append(f"{group.label}: {words}")
    return tuple(found)


def _comparable(value: Any) -> Any:
    """Nothing is nothing, however it is held."""
    return None if value in ("", [], ()) else tuple(value) if isinstance(value, list) else value  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


def _moved(facts: DigestFacts, spec: FieldSpec, old: Any, new: Any) -> str:
    before, after = said(facts, spec, old), said(facts, spec, new)
    if spec.kind is FieldKind.PROSE and max(len(before), len(after)) > LONGEST:
        return f"{spec.label} {'rewritten' if before and after else 'added' if after else 'taken out'}"
    return f"{spec.label}: {before or NOTHING} → {after or NOTHING}"


def _rows_moved(old: tuple[Mapping[str, Any], ...], new: tuple[Mapping[str, Any], ...]) -> str:
    kept = [one for one in new if one in old]
    added, gone = len(new) - len(kept), len([one for one in old if one not in new])
    changed = min(added, gone)
    counts = ((added - changed, "added"), (changed, "changed"), (gone - changed, "taken out"))
    return ", ".join(f"{count} {verb}" for count, verb in counts if count)
