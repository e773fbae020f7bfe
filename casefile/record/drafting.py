"""Keeping a form as it is typed, by one person or by several at once, so that no word of anybody is lost.

Every form that is kept before it counts (of an entry, of a checklist, of a campaign) is kept by :func:`keep`: what was
typed is put together with what others kept since it was read (:mod:`casefile.record.merging`). Where both changed one
field, theirs stands, yours is laid beside it at once, and :func:`settle` keeps what a person then decides. Whatever was
not chosen stays with the draft until it is signed or thrown away.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from casefile.access.queries import named
from casefile.errors import Conflict, Invalid, Missing
from casefile.record.merging import Clash, fields_of, form_of_fields, merge
from casefile.work.ids import new_id
from casefile.work.unit import Work

MOST = 12_000_000
"""Characters of one form; a form is not a place for a document."""
STALE = "This form was changed in another window since you opened it."


class KeptForm:
    """Marks a mapped class whose rows are forms as typed.

    Attributes:
        values: The state of the form as plain data, exactly as typed.
        revision: Counts every save.
        hands: Whose word each field is: identity of the officer by field.
        beside: Words laid beside a field because somebody else had changed it too, oldest first.
    """

    values: Mapped[dict[str, Any]] = mapped_column("form_values")
    revision: Mapped[int]
    saved_at: Mapped[datetime]
    hands: Mapped[dict[str, Any]] = mapped_column(default=dict)
    beside: Mapped[list[dict[str, Any]]] = mapped_column(default=list)

    @property
    def typed(self) -> dict[str, Any] | None:
        """The state of the form; None while nobody has typed in it."""
        return self.values if self.revision else None


@dataclass(frozen=True, slots=True)
class Typing:
    """Where a form is being written: what it held before anything was typed, and which window it is.

    Attributes:
        base: The state that the window last knew to be kept, before what it now sends was typed.
        window: The window's own identity while the form is open.
    """

    base: Mapping[str, Any]
    window: UUID


@dataclass(frozen=True, slots=True)
class Beside:
    """What somebody typed into a field that somebody else had changed too.

    Attributes:
        waits: Whether somebody has still to say which of the two is to stand.
        window: The window in which it was typed.
    """

    id: UUID
    field: str
    value: Any
    by_id: UUID
    by: str
    at: datetime
    waits: bool
    window: UUID | None


@dataclass(frozen=True, slots=True)
class CameIn:
    """Fields into which words of somebody else came while one typed, and whose."""

    by: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormState:
    """A form as it is kept: what every window that shows it goes on from.

    Attributes:
        came_in: What others changed that the window which saved did not know.
        beside: Everything laid beside its fields, oldest first; what waits for a decision among it.
        hands: Whose word each field is, as shown.
    """

    revision: int
    saved_at: datetime
    values: Mapping[str, Any]
    came_in: tuple[CameIn, ...] = ()
    beside: tuple[Beside, ...] = ()
    hands: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def waiting(self) -> tuple[Beside, ...]:
        """What waits for a decision."""
        return tuple(one for one in self.beside if one.waits)


def keep(
    work: Work, form: KeptForm, values: Mapping[str, Any], revision: int, typing: Typing | None = None
) -> FormState:
    """Keep a form as typed, put together with what others kept since.

    Args:
        work: The unit of work; the row of the form is locked in it.
        form: The row.
        values: The state of the form as typed.
        revision: How often the form had been saved when it was read.
        typing: What the window knew; without it an older copy is a conflict and never put together.

    Raises:
        Conflict: The form was saved since it was read, and nobody said what had been read.
        Invalid: It holds too much text.
    """
    if too_long(values):
        raise Invalid(
            "The form holds too much text to keep as one record. Keep long text as a document.",
            kept="The draft as last saved is kept; the window still holds what you typed.",
        )
    held = dict(form.values or {}) if form.revision else dict(typing.base if typing is not None else {})
    if typing is None and (form.revision or 0) != revision:
        raise Conflict(STALE, theirs=held, yours=dict(values))
    made = merge(typing.base if typing is not None else held, held, values)
    beside, hands = _laid(form.beside or [], made.clashes, work, typing), dict(form.hands or {})
    if made.values != held or beside != form.beside or not form.revision:
        _put(work, form, made.values, beside)
    return state_of(work, form, made.came_in if typing is not None else (), hands)


def settle(work: Work, form: KeptForm, beside_id: UUID, seen: Any, value: Any) -> FormState:
    """Keep what a person decided where two words stood for one field.

    Args:
        work: The unit of work; the row of the form is locked in it.
        form: The row.
        beside_id: What was laid beside the field.
        seen: What stood in the field when the person decided; if it has changed again, nothing is decided yet.
        value: What is to stand: theirs, yours, both, or something else.

    Raises:
        Missing: It was decided already.
    """
    one = next((each for each in form.beside or [] if each["id"] == str(beside_id) and each["waits"]), None)
    if one is None:
        raise Missing("That was decided already.", remedy="Look at the form as it stands now.")
    fields = fields_of(form.values or {})
    stood = fields.get(one["field"])
    if stood != seen:
        return state_of(work, form, [one["field"]], form.hands)
    beside = [{**each, "waits": False} if each is one else each for each in form.beside]
    if stood is not None and stood != value:
        beside.append(
            _word(one["field"], stood, (form.hands or {}).get(one["field"]), work, None, waits=False)
        )
    fields = {key: each for key, each in fields.items() if key != one["field"]}
    _put(work, form, form_of_fields(fields | ({one["field"]: value} if value is not None else {})), beside)
    return state_of(work, form)


def state_of(
    work: Work, form: KeptForm, came_in: Iterable[str] = (), before: Mapping[str, Any] | None = None
) -> FormState:
    """A form as it is kept; of the fields in *came_in*, whose words had stood there *before*."""
    hands, values = dict(form.hands or {}), fields_of(form.values or {})
    names = _names(work, {*hands.values(), *(one["by"] for one in form.beside or [])})
    by: dict[str, list[str]] = {}
    for key in came_in:
        who = (before or {}).get(key)
        by.setdefault(names.get(str(who), "Another window of yours"), []).append(key)
    return FormState(
        form.revision,
        form.saved_at,
        dict(form.values or {}),
        tuple(CameIn(name, tuple(keys)) for name, keys in by.items()),
        tuple(_beside(one, names, values) for one in form.beside or []),
        {key: names[str(one)] for key, one in hands.items() if str(one) in names},
    )


def undecided(form: KeptForm) -> tuple[str, ...]:
    """Fields for which two words stand and nobody has decided yet."""
    values = fields_of(form.values or {})
    return tuple(dict.fromkeys(one["field"] for one in form.beside or [] if _waits(one, values)))


def strangers(work: Work, form: KeptForm) -> frozenset[UUID]:
    """Officers other than the one at the desk whose words stand in a form, or beside it."""
    said = {*(form.hands or {}).values(), *(one["by"] for one in form.beside or [])}
    return frozenset(UUID(str(one)) for one in said if one) - {work.officer_id}


def too_long(values: Mapping[str, Any]) -> bool:
    """Whether a form holds more than a form may."""
    return len(json.dumps(values, default=str)) > MOST


def _put(work: Work, form: KeptForm, values: dict[str, Any], beside: list[dict[str, Any]]) -> None:
    before, after = fields_of(form.values or {}), fields_of(values)
    mine = {key: str(work.officer_id) for key in {*before, *after} if before.get(key) != after.get(key)}
    form.hands = {**(form.hands or {}), **mine}
    form.values, form.beside = values, beside
    form.revision, form.saved_at = (form.revision or 0) + 1, work.now


def _laid(
    beside: list[dict[str, Any]], clashes: Iterable[Clash], work: Work, typing: Typing | None
) -> list[dict[str, Any]]:
    """What is laid beside the fields after a save: a window that goes on typing lays its newest word, once."""
    window = str(typing.window) if typing is not None else None
    found = list(beside)
    for one in clashes:
        place = next(
            (
                at
                for at, each in enumerate(found)
                if each["field"] == one.field and each["waits"] and window and each["window"] == window
            ),
            None,
        )
        if place is None:
            found.append(_word(one.field, one.yours, str(work.officer_id), work, window, waits=True))
        elif found[place]["value"] != one.yours:
            found[place] = {**found[place], "value": one.yours, "at": work.now.isoformat()}
    return found


def _word(
    field: str, value: Any, by: str | None, work: Work, window: str | None, *, waits: bool
) -> dict[str, Any]:
    return {
        "id": str(new_id()),
        "field": field,
        "value": value,
        "by": by or str(work.officer_id),
        "at": work.now.isoformat(),
        "waits": waits,
        "window": window,
    }


def _waits(one: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    """Nothing waits where the word came to stand in the field all the same."""
    return bool(one["waits"]) and values.get(one["field"]) != one["value"]


def _beside(one: Mapping[str, Any], names: Mapping[str, str], values: Mapping[str, Any]) -> Beside:
    return Beside(
        UUID(one["id"]),
        one["field"],
        one["value"],
        UUID(one["by"]),
        names.get(one["by"], ""),
        datetime.fromisoformat(one["at"]),
        _waits(one, values),
        UUID(one["window"]) if one["window"] else None,
    )


def _names(work: Work, ids: Iterable[Any]) -> dict[str, str]:
    wanted = (UUID(str(one)) for one in ids if one)
    return {str(one): who.shown for one, who in named(work.session, wanted).items()}
