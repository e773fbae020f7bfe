"""Keys of the format and identities of the store; officers by the name they sign in with."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from casefile.record.described import Description, FieldKind, FieldSpec
from casefile.work.ids import derived_id

Rename = Callable[[FieldSpec, str], str]
IDENTITIES = (
    FieldKind.PERSON,
    FieldKind.PEOPLE,
    FieldKind.DOCUMENT,
    FieldKind.ENTRY,
    FieldKind.OFFICER,
)


class Keys:
    """Identities for the keys of one file: a UUID is kept, other text is derived from file and key."""

    def __init__(self, reference: str) -> None:
        self._reference = reference
        self._seen: Counter[str] = Counter()

    def of(self, key: str) -> UUID:
        """The identity of a key; the same key always gives the same one."""
        try:
            return UUID(key)
        except ValueError:
            return derived_id("casefile/1", self._reference, key)

    def for_part(self, part: BaseModel, key: str | None, *within: object) -> UUID:
        """The identity of a part: from its key, or from its content when it has none."""
        if key is not None:
            return self.of(key)
        content = json.dumps([*map(str, within), part.model_dump(mode="json")], sort_keys=True)
        self._seen[content] += 1
        return derived_id("casefile/1", self._reference, content, self._seen[content])


def renamed(description: Description, raw: Mapping[str, Any], rename: Rename) -> dict[str, Any]:
    """The state of a form with every identity in it renamed, in fields and in rows of groups."""
    found = dict(raw)
    _rename_in(found, description.fields, rename)
    for group in description.groups:
        rows = found.get(group.key)
        if isinstance(rows, list):
            found[group.key] = [_row(row, group.fields, rename) for row in rows]  # pyright: ignore[reportUnknownVariableType]
    return found


def _row(row: Any, fields: tuple[FieldSpec, ...], rename: Rename) -> Any:
    if not isinstance(row, Mapping):
        return row
    copy: dict[str, Any] = dict(row)  # pyright: ignore[reportUnknownArgumentType]
    _rename_in(copy, fields, rename)
    return copy


def _rename_in(values: dict[str, Any], fields: tuple[FieldSpec, ...], rename: Rename) -> None:
    for spec in fields:
        value = values.get(spec.key)
        if spec.kind not in IDENTITIES or not value:
            continue
        if isinstance(value, str):
            values[spec.key] = rename(spec, value)
        elif isinstance(value, list):
            values[spec.key] = [rename(spec, str(one)) for one in value]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
